//! Reads inclusive writing as one word: `enseignant·e·s`, `acteur·rice·s`, `motivé(e)s` are found like `enseignants`.

use crate::{
    fold::fold,
    pieces::{Class, Piece},
    token::{Kind, Rule, Rules},
    unit::{Term, Unit},
};

/// Feminine endings after a separator, folded, and how the masculine before it must end for them to be one. An empty
/// ending fits every word.
const ENDINGS: [(&str, &[&str]); 25] = [
    ("e", &[]),
    ("es", &[]),
    ("ne", &["n"]),
    ("nes", &["n", "ns"]),
    ("le", &["l"]),
    ("les", &["l", "ls"]),
    ("te", &["t", "s"]),
    ("tes", &["t", "ts", "s"]),
    ("se", &["x", "r", "s"]),
    ("ses", &["x", "r", "rs", "s"]),
    ("fe", &["f"]),
    ("fes", &["f", "fs"]),
    ("ve", &["f"]),
    ("ves", &["f", "fs"]),
    ("que", &["c"]),
    ("ques", &["c", "cs"]),
    ("euse", &["eur", "eux"]),
    ("euses", &["eur", "eurs", "eux"]),
    ("rice", &["eur"]),
    ("rices", &["eur", "eurs"]),
    ("trice", &["teur"]),
    ("trices", &["teur", "teurs"]),
    ("ive", &["if"]),
    ("ere", &["er"]),
    ("eres", &["er", "ers"]),
];

/// Endings that mark the plural by themselves: `ives` and its like end in them.
const PLURAL: &str = "s";

/// The word in inclusive writing at the head of `pieces`, which begins with a word.
pub(crate) fn inclusive(text: &str, pieces: &[Piece]) -> Option<Unit> {
    let base = &text[pieces[0].range()];
    if base.len() < 2 || base.contains(|c: char| !c.is_alphabetic()) || !base.ends_with(char::is_lowercase) {
        return None;
    }
    let word = |at: usize| match pieces.get(at) {
        Some(piece) if piece.class == Class::Word && !piece.elided => &text[piece.range()],
        _ => "",
    };
    let sign = |at: usize| match pieces.get(at) {
        Some(Piece { class: Class::Sign(sign), .. }) => Some(*sign),
        _ => None,
    };
    let separator = sign(1)?;
    let (count, plural) = if separator == '(' {
        if sign(3) != Some(')') || !(is_ending(base, word(2)) || word(2) == PLURAL) {
            return None;
        }
        // `motivé(e)s`
        if word(4) == PLURAL { (5, true) } else { (4, word(2).ends_with(PLURAL)) }
    } else {
        let ending = word(2);
        let is_middle_dot = matches!(separator, '·' | '•' | '‧' | '⋅' | '・');
        let fits = match separator {
            '.' | '/' => is_ending(base, ending),
            // After a hyphen stand pronouns too: dit-elle, donne-le.
            '-' => is_ending(base, ending) && !matches!(ending, "le" | "les" | "te" | "se" | "ne" | "ses" | "tes"),
            _ => is_middle_dot && (is_ending(base, ending) || ending == PLURAL),
        };
        if !fits {
            return None;
        }
        let closed = sign(3) == Some(separator) && word(4) == PLURAL;
        if closed { (5, true) } else { (3, ending.ends_with(PLURAL)) }
    };
    // A full stop is a separator only where no other word hangs on behind: apps.education.fr.
    if separator == '.' && sign(count) == Some('.') && !word(count + 1).is_empty() {
        return None;
    }
    let written = if plural && !base.ends_with(['s', 'x']) { format!("{base}s") } else { base.to_owned() };
    Some(Unit {
        pieces: count,
        start: pieces[0].start,
        end: pieces[count - 1].end,
        kind: Kind::Word,
        written: Some(written),
        term: Term::Word,
        rules: Rules::default().with(Rule::Inclusive),
    })
}

fn is_ending(base: &str, ending: &str) -> bool {
    if ending.is_empty() || ending.contains(char::is_uppercase) {
        return false;
    }
    let (base, ending) = (fold(base), fold(ending));
    ENDINGS.iter().any(|(known, after)| {
        *known == ending && (after.is_empty() || after.iter().any(|masculine| base.ends_with(masculine)))
    })
}
