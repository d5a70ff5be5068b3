//! What a visitor takes from page to page: the language and the theme.

use super::{
    super::params::{self, Pairs},
    words::{Language, Words},
};

/// The language and the theme that an address asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Visit {
    pub(super) language: Language,
    /// None: as the visitor's system has it.
    pub(super) theme: Option<&'static str>,
}

/// What `theme` may be: one of the two sides of our own, or the colours and shapes of the French state's design system.
const THEMES: [&str; 3] = ["light", "dark", "dsfr"];

impl Visit {
    /// What the parameters ask for. What is unknown is as if it were not there: a page is shown in any case.
    pub(super) fn new(pairs: &Pairs) -> Self {
        let theme = params::text(pairs, "theme").and_then(|asked| THEMES.into_iter().find(|theme| *theme == asked));
        Self { language: Language::of(params::text(pairs, "lang")), theme }
    }

    /// The same page in the other language.
    pub(super) fn other(self) -> Self {
        Self { language: self.language.other(), ..self }
    }

    pub(super) fn words(self) -> &'static Words {
        self.language.words()
    }

    /// An address without an anchor, taken in this language and theme.
    pub(super) fn to(self, address: &str) -> String {
        let mut address = address.to_owned();
        for (name, value) in self.carried() {
            address.push(if address.contains('?') { '&' } else { '?' });
            address.push_str(&format!("{name}={value}"));
        }
        address
    }

    /// The parameters that differ from what is shown without any.
    pub(super) fn carried(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let language = (self.language != Language::French).then_some(("lang", self.words().code));
        language.into_iter().chain(self.theme.map(|theme| ("theme", theme)))
    }
}
