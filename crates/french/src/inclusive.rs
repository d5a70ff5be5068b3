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

/// What marks the plural.
const PLURAL: &str = "s";

/// The fewest letters before a capital `E`.
const SHORTEST_BASE: usize = 3;

/// The word in inclusive writing at the head of `pieces`, which begins with a word.
pub(crate) fn inclusive(text: &str, pieces: &[Piece]) -> Option<Unit> {
    // Most signs after a word end it.
    if !matches!(pieces.get(2), Some(Piece { class: Class::Word, elided: false, .. })) {
        return None;
    }
    let base = &text[pieces[0].range()];
    let capitals = pieces[0].capitals;
    if base.len() < 2
        || base.contains(|c: char| !c.is_alphabetic())
        || !(capitals || base.ends_with(char::is_lowercase))
    {
        return None;
    }
    // In a sentence of capitals the endings are in capitals too.
    let lower = |word: &str| if capitals { word.to_lowercase() } else { word.to_owned() };
    let word = |at: usize| match pieces.get(at) {
        Some(piece) if piece.class == Class::Word && !piece.elided => lower(&text[piece.range()]),
        _ => String::new(),
    };
    let sign = |at: usize| match pieces.get(at) {
        Some(Piece { class: Class::Sign(sign), .. }) => Some(*sign),
        _ => None,
    };
    let separator = sign(1)?;
    let (count, plural) = if separator == '(' {
        if sign(3) != Some(')') || !(is_ending(base, &word(2)) || word(2) == PLURAL) {
            return None;
        }
        // `motivé(e)s`
        if word(4) == PLURAL { (5, true) } else { (4, word(2).ends_with(PLURAL)) }
    } else {
        let ending = word(2);
        let is_middle_dot = matches!(separator, '·' | '•' | '‧' | '⋅' | '・');
        let fits = match separator {
            '.' | '/' => is_ending(base, &ending),
            // After a hyphen stand pronouns too: dit-elle, donne-le.
            '-' => {
                is_ending(base, &ending)
                    && !matches!(ending.as_str(), "le" | "les" | "te" | "se" | "ne" | "ses" | "tes")
            }
            _ => is_middle_dot && (is_ending(base, &ending) || ending == PLURAL),
        };
        if !fits {
            return None;
        }
        let closed = sign(3) == Some(separator) && word(4) == PLURAL;
        if closed { (5, true) } else { (3, ending.ends_with(PLURAL)) }
    };
    // A full stop is a separator only where no other word hangs on behind: apps.education.fr.
    let in_address = text[..pieces[0].start as usize].ends_with(['.', '/', '@'])
        || sign(count) == Some('.') && !word(count + 1).is_empty();
    if separator == '.' && in_address {
        return None;
    }
    Some(unit(&pieces[..count], &lower(base), &word(2), plural))
}

/// The word written with a capital `E` at the head of `pieces`: `enseignantEs`.
pub(crate) fn capital_e(text: &str, pieces: &[Piece]) -> Option<Unit> {
    let word = &text[pieces[0].range()];
    let base = word.strip_suffix('E').or_else(|| word.strip_suffix("Es"))?;
    let is_base = base.chars().count() >= SHORTEST_BASE && base.chars().all(char::is_lowercase);
    is_base.then(|| unit(&pieces[..1], base, "e", word.ends_with(PLURAL)))
}

fn unit(pieces: &[Piece], base: &str, ending: &str, plural: bool) -> Unit {
    let number = |word: &str| if plural && !word.ends_with(['s', 'x']) { format!("{word}s") } else { word.to_owned() };
    Unit {
        pieces: pieces.len(),
        start: pieces[0].start,
        end: pieces[pieces.len() - 1].end,
        kind: Kind::Word,
        written: Some(number(base)),
        term: Term::Word,
        also: Some(fold(&number(&feminine(base, ending)))),
        rules: Rules::default().with(Rule::Inclusive),
    }
}

/// The feminine of a masculine with the ending that was written: acteur and rice make actrice.
fn feminine(base: &str, ending: &str) -> String {
    let (base, ending) = (base.trim_end_matches(PLURAL), ending.trim_end_matches(PLURAL));
    // How much of the masculine the ending takes the place of.
    let replaced = match fold(ending).as_str() {
        "euse" | "rice" => 3,
        "trice" => 4,
        "ive" | "ere" => 2,
        "se" | "fe" | "ve" | "que" => usize::from(!base.ends_with('r')),
        "" => return base.to_owned(),
        _ => 0,
    };
    let kept: String = base.chars().take(base.chars().count().saturating_sub(replaced)).collect();
    if ending == "se" && base.ends_with('r') {
        format!("{}se", kept.trim_end_matches('r'))
    } else {
        format!("{kept}{ending}")
    }
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
