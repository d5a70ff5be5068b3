//! Whether a quoted YAML text is still open at the end of a line.

/// Follows one value line by line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Quote {
    open: Option<char>,
}

impl Quote {
    /// Begins with the first line of a value.
    pub(super) fn of(value: &str) -> Self {
        let mut quote = Quote { open: value.chars().next().filter(|c| matches!(c, '"' | '\'')) };
        if quote.open.is_some() {
            quote.read(&value[1..]);
        }
        quote
    }

    pub(super) fn is_open(self) -> bool {
        self.open.is_some()
    }

    /// Goes on with more of the value.
    pub(super) fn read(&mut self, text: &str) {
        let Some(open) = self.open else { return };
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if open == '"' && c == '\\' {
                chars.next();
            } else if c == open {
                // Two single quotes are one, written down.
                if open == '\'' && chars.next_if_eq(&'\'').is_some() {
                    continue;
                }
                self.open = None;
                return;
            }
        }
    }
}
