//! Takes case and accents off: `Élève` is `eleve`, `cœur` is `coeur`.

use std::{borrow::Cow, iter};

use unicode_normalization::UnicodeNormalization;

/// `word` in lower case, without accents, ligatures written out.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

/// `word`, folded, without a copy where it is folded already.
pub(crate) fn folded(word: &str) -> Cow<'_, str> {
    if is_plain(word) { Cow::Borrowed(word) } else { Cow::Owned(fold(word)) }
}

/// `word` in lower case, without a copy where it is so already.
pub(crate) fn lowered(word: &str) -> Cow<'_, str> {
    if is_plain(word) { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
}

/// Appends `word`, folded, to `out`.
pub(crate) fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        return;
    }
    word.chars().for_each(|c| push_folded(c, out));
}

/// Appends a character, folded, to `out`.
pub(crate) fn push_folded(c: char, out: &mut String) {
    match french(c) {
        Some(c) => out.push(c),
        None => fold_by_tables(c, out),
    }
}

/// The first character of `word`, folded.
pub(crate) fn folded_initial(word: &str) -> Option<char> {
    let first = word.chars().next()?;
    french(first).or_else(|| fold(first.encode_utf8(&mut [0; 4])).chars().next()).or(Some(first))
}

/// A character that French has, folded, without a look at the tables.
pub(crate) fn french(c: char) -> Option<char> {
    match c {
        '\0'..='\u{7F}' => Some(c.to_ascii_lowercase()),
        'à' | 'â' | 'À' | 'Â' => Some('a'),
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => Some('e'),
        'î' | 'ï' | 'Î' | 'Ï' => Some('i'),
        'ô' | 'Ô' => Some('o'),
        'ù' | 'û' | 'Ù' | 'Û' => Some('u'),
        'ç' | 'Ç' => Some('c'),
        _ => None,
    }
}

fn fold_by_tables(c: char, out: &mut String) {
    for c in iter::once(c).nfkd().flat_map(char::to_lowercase) {
        match c {
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            'ø' => out.push('o'),
            'đ' => out.push('d'),
            'ł' => out.push('l'),
            c if unicode_normalization::char::is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_and_accents_go() {
        let rows = [
            ("Élève", "eleve"),
            ("ÉTAT", "etat"),
            ("cœur", "coeur"),
            ("ŒUVRE", "oeuvre"),
            ("et cætera", "et caetera"),
            ("maïs", "mais"),
            ("ça", "ca"),
            ("L'Haÿ", "l'hay"),
            ("1ᵉʳ", "1er"),
            ("ﬁn", "fin"),
            ("e\u{301}le\u{300}ve", "eleve"),
            ("Ångström", "angstrom"),
        ];
        for (word, expected) in rows {
            assert_eq!(fold(word), expected, "{word}");
        }
    }
}
