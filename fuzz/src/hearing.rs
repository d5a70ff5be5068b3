//! What is promised of the tokens of any text.

use std::cell::RefCell;

use verbatim_french::{Analyzer, Kind};

thread_local! {
    static ANALYZER: RefCell<Analyzer> = RefCell::new(Analyzer::new());
}

/// Analyses a text.
pub fn hear(text: &str) {
    let tokens = ANALYZER.with_borrow_mut(|analyzer| analyzer.tokens(text));
    let (mut end, mut place) = (0, 0);
    for token in &tokens {
        let lit = text.get(token.span.clone());
        assert!(
            lit.is_some_and(|lit| lit.contains(char::is_alphanumeric) && lit.trim() == lit),
            "{token:?} of {text:?}"
        );
        assert!(end <= token.span.start, "{token:?} begins in the one before, of {text:?}");
        assert!(place <= token.position, "{token:?} stands before the one before, of {text:?}");
        let terms = [&token.written, &token.fold, &token.stem];
        assert!(terms.iter().all(|term| !term.is_empty() && !term.contains('\n')), "{token:?} of {text:?}");
        let is_number = token.fold.starts_with(|c: char| c.is_ascii_digit());
        assert!(token.kind != Kind::Number || is_number, "{token:?} of {text:?}");
        (end, place) = (token.span.end, token.position);
    }
}
