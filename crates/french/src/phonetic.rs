//! How a French word sounds, roughly: misheard names meet by it when nothing else finds them.
//!
//! The rules are those of French spelling, from the left, the longest first; what French does not tell apart in
//! careless speech or recognition (é and è, o and au, in and un, a doubled letter) is one sign. The code is for
//! comparison only.

use crate::fold::fold;

/// The code of a word; words that sound alike have the same.
pub fn phonetic(word: &str) -> String {
    // A written accent says that an e is heard.
    let heard = word.to_lowercase().replace('ç', "ss").replace(['é', 'è', 'ê', 'ë'], HEARD);
    let folded = heard.split_inclusive(HEARD_E).flat_map(|part| match part.strip_suffix(HEARD_E) {
        Some(before) => format!("{}{HEARD}", fold(before)).chars().collect::<Vec<_>>(),
        None => fold(part).chars().collect(),
    });
    let letters: Vec<char> = folded.filter(|&c| c == HEARD_E || c.is_alphanumeric()).collect();
    let mut code = String::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        let rest = &letters[at..];
        let (length, sound) = sound(rest, at.checked_sub(1).map(|before| letters[before]));
        for c in sound.chars() {
            if !code.ends_with(c) {
                code.push(c);
            }
        }
        at += length;
    }
    code
}

/// The code of a word in -er whose r is heard, as in many names and never in a verb: Philibert, misheard as Filiber.
pub fn phonetic_with_final_r(word: &str) -> Option<String> {
    let is_heard = word.to_lowercase().ends_with("er");
    // What follows is no ending any more, and a doubled letter is one sign.
    is_heard.then(|| phonetic(&format!("{word}r")))
}

/// An e that is heard, while a word is being read.
const HEARD_E: char = '\u{1}';
const HEARD: &str = "\u{1}";

/// Spellings and their sounds, longest first. `E` is é, è, ai; `A` is an, en; `I` is in, ain, un; `O` is on; `U` is
/// ou; `S` is ch; `N` is gn; `J` is j and soft g.
const SOUNDS: [(&str, &str); 41] = [
    ("guill", "gi"),
    ("tion", "siO"),
    ("eaux", "o"),
    ("eau", "o"),
    ("aux", "o"),
    ("ain", "I"),
    ("ein", "I"),
    ("aim", "I"),
    ("oin", "wI"),
    ("ien", "iI"),
    ("oeu", "e"),
    ("ill", "i"),
    ("sch", "S"),
    ("sce", "se"),
    ("sci", "si"),
    ("gea", "Ja"),
    ("geo", "Jo"),
    ("gue", "ge"),
    ("gui", "gi"),
    ("ais", "E"),
    ("ait", "E"),
    ("ph", "f"),
    ("th", "t"),
    ("ch", "S"),
    ("sh", "S"),
    ("gn", "N"),
    ("qu", "k"),
    ("au", "o"),
    ("ou", "U"),
    ("oi", "wa"),
    ("oy", "wa"),
    ("ai", "E"),
    ("ei", "E"),
    ("ay", "E"),
    ("eu", "e"),
    ("ck", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("ge", "Je"),
    ("gi", "Ji"),
];

/// The length of the spelling at the head of `rest` and how it sounds.
fn sound(rest: &[char], before: Option<char>) -> (usize, &'static str) {
    if let Some(end) = silent_end(rest, before) {
        return end;
    }
    if let Some(nasal) = nasal(rest) {
        return nasal;
    }
    for (spelling, sound) in SOUNDS {
        let length = spelling.len();
        let same = |(spelt, &c): (char, &char)| spelt == c || spelt == 'e' && c == HEARD_E;
        if rest.len() >= length && spelling.chars().zip(rest).all(same) {
            return (length, sound);
        }
    }
    let is_vowel = |c: Option<&char>| c.is_some_and(|c| "aeiouy\u{1}".contains(*c));
    let single = match rest[0] {
        'a' => "a",
        'b' => "b",
        'c' | 'k' | 'q' => "k",
        'd' => "d",
        'e' | HEARD_E => "e",
        'f' => "f",
        'g' => "g",
        'h' => "",
        'i' | 'y' => "i",
        'j' => "J",
        'l' => "l",
        'm' => "m",
        'n' => "n",
        'o' => "o",
        'p' => "p",
        'r' => "r",
        's' if before.is_some_and(|c| "aeiouy\u{1}".contains(c)) && is_vowel(rest.get(1)) => "z",
        's' => "s",
        't' => "t",
        'u' => "u",
        'v' | 'w' => "v",
        'x' => "ks",
        'z' => "z",
        _ => "",
    };
    (1, single)
}

/// Endings that are not heard (-e, -s, -t, -d, -x), or all heard alike (-er, -ez, -et, -ée).
fn silent_end(rest: &[char], before: Option<char>) -> Option<(usize, &'static str)> {
    before?;
    let end: String = rest.iter().collect();
    match end.as_str() {
        "er" | "ez" | "et" | "ets" | "\u{1}e" | "\u{1}es" | "\u{1}s" => Some((rest.len(), "e")),
        "e" | "es" | "s" | "t" | "ts" | "d" | "ds" | "x" | "p" | "lt" | "ld" => Some((rest.len(), "")),
        _ => None,
    }
}

/// A vowel before n or m, unless another vowel or the same letter follows.
fn nasal(rest: &[char]) -> Option<(usize, &'static str)> {
    let [vowel, 'n' | 'm', ..] = rest else { return None };
    if rest.get(2).is_some_and(|&c| "aeiouyhnm\u{1}".contains(c)) {
        return None;
    }
    match vowel {
        'a' | 'e' => Some((2, "A")),
        'i' | 'u' | 'y' => Some((2, "I")),
        'o' => Some((2, "O")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{phonetic, phonetic_with_final_r};

    #[test]
    fn what_sounds_alike_meets() {
        for (left, right) in [
            ("Thibaudier", "Tibodier"),
            ("Kervadec", "Kervadek"),
            ("Belaroussi", "Bellaroussi"),
            ("Philippe", "Filipe"),
            ("Quesnel", "Kesnel"),
            ("Dupont", "Dupond"),
            ("Reneau", "Renault"),
            ("Philibert", "filibère"),
            ("Guillaumin", "guiyomin"),
            ("Guillemet", "guiyemé"),
            ("philosophie", "filosofi"),
            ("phonétique", "fonétik"),
            ("numérique", "numérik"),
            ("cyberharcèlement", "siberarcelement"),
            ("pédagogie", "pédagojie"),
        ] {
            assert_eq!(phonetic(left), phonetic(right), "{left} and {right}");
        }
        assert_eq!(phonetic_with_final_r("Filiber"), Some(phonetic("Philibert")));
        assert_eq!(phonetic_with_final_r("Philibert"), None);
        for (left, right) in [("gare", "garçon"), ("école", "élève"), ("Dupont", "Dupin"), ("chat", "cas")] {
            assert_ne!(phonetic(left), phonetic(right), "{left} and {right}");
        }
    }
}
