//! Cuts a passage shorter still, for the list under a search field.

use std::ops::Range;

use crate::cut::{ends_sentence, trim};

/// The most characters that are left, ellipses aside: two lines of a list.
const MOST: usize = 120;

/// Of them, those before the first lit word, where more follows than there is room for.
const LEAD: usize = 40;

/// The text of a passage around its first lit word, and what is lit of it: byte ranges, rising, on character boundaries.
/// Words stay whole unless one is longer than all there is room for.
pub(crate) fn brief(text: &str, highlights: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let kept = window(text, highlights.first().map_or(0, |lit| lit.start));
    let mut cut = String::new();
    if kept.start > 0 {
        cut.push_str("…\u{a0}");
    }
    let lead = cut.len();
    cut.push_str(&text[kept.clone()]);
    if kept.end < text.len() && !ends_sentence(&cut) {
        cut.push_str("\u{a0}…");
    }
    let moved = highlights.iter().filter_map(|lit| {
        let lit = lit.start.max(kept.start)..lit.end.min(kept.end);
        (lit.start < lit.end).then(|| lit.start - kept.start + lead..lit.end - kept.start + lead)
    });
    (cut, moved.collect())
}

/// The bytes of `text` that are kept: all, or words around `first`.
fn window(text: &str, first: usize) -> Range<usize> {
    let length = text.chars().count();
    if length <= MOST {
        return 0..text.len();
    }
    let byte = |character: usize| text.char_indices().nth(character).map_or(text.len(), |(at, _)| at);
    let before = text[..first].chars().count();
    let from = before.saturating_sub(LEAD).min(length - MOST);
    let mut start = byte(from);
    if start > 0 && !text[..start].ends_with(' ') {
        start += text[start..first].find(' ').map_or(0, |space| space + 1);
    }
    let most = byte(text[..start].chars().count() + MOST);
    let is_whole = most == text.len() || text[most..].starts_with(' ');
    let end = if is_whole { most } else { text[first..most].rfind(' ').map_or(most, |space| first + space) };
    trim(text, start..end)
}

#[cfg(test)]
mod tests {
    use super::{MOST, brief};

    /// A text in which [what is lit] stands in brackets, and where.
    fn read(marked: &str) -> (String, Vec<std::ops::Range<usize>>) {
        let (mut text, mut lit) = (String::new(), Vec::new());
        for (at, part) in marked.split(['[', ']']).enumerate() {
            let start = text.len();
            text.push_str(part);
            if at % 2 == 1 {
                lit.push(start..text.len());
            }
        }
        (text, lit)
    }

    #[test]
    fn words_around_the_first_lit_one() {
        let rows = [
            // Short ones stay as they are.
            ("Le [GAR], c’est un accès.", "Le [GAR], c’est un accès."),
            ("", ""),
            // Near the beginning, the beginning stays.
            (
                "Le [GAR], c’est le gestionnaire d’accès aux ressources : il permet aux élèves d’ouvrir leurs manuels \
                 depuis l’[ENT] sans retaper de mot de passe, et au [GAR] de savoir.",
                "Le [GAR], c’est le gestionnaire d’accès aux ressources : il permet aux élèves d’ouvrir leurs manuels \
                 depuis l’[ENT] sans\u{a0}…",
            ),
            // In the middle, some words before.
            (
                "Par exemple, Pascal, professeur d’histoire-géographie, utilise la plateforme de curation accessible \
                 par le [GAR]. Au début de l’année, il a créé une équipe autour de la Maison des enfants d’Izieu et \
                 de son histoire.",
                "…\u{a0}de curation accessible par le [GAR]. Au début de l’année, il a créé une équipe autour de la Maison \
                 des enfants d’Izieu et\u{a0}…",
            ),
            // Near the end, all there is room for before, and a sentence that ends needs no dots.
            (
                "Par exemple, Pascal, professeur d’histoire-géographie, utilise avec ses élèves de sixième la \
                 plateforme de curation accessible par le [GAR].",
                "…\u{a0}professeur d’histoire-géographie, utilise avec ses élèves de sixième la plateforme de curation \
                 accessible par le [GAR].",
            ),
            // Nothing is lit in a description found by its title.
            (
                "Une fois que l’on a structuré sa veille, on peut avoir envie de la partager à ses collègues et de la \
                 diffuser à des membres de la communauté éducative.",
                "Une fois que l’on a structuré sa veille, on peut avoir envie de la partager à ses collègues et de la \
                 diffuser à des\u{a0}…",
            ),
        ];
        for (marked, expected) in rows {
            let (text, lit) = read(marked);
            assert_eq!(brief(&text, &lit), read(expected), "{marked}");
        }
    }

    #[test]
    fn a_word_longer_than_the_room_is_cut_between_characters() {
        let (text, lit) = read(&format!("Voici [{}] là.", "é".repeat(300)));
        let (cut, lit) = brief(&text, &lit);
        assert_eq!(cut, format!("Voici {}\u{a0}…", "é".repeat(MOST - 6)));
        assert_eq!(&cut[lit[0].clone()], "é".repeat(MOST - 6));
    }

    proptest::proptest! {
        #[test]
        fn what_is_left_is_short_and_the_first_lit_word_is_in_it(
            words in proptest::collection::vec("[a-zé«»?.… \u{a0}]{1,30}", 1..40),
            at in 0_usize..40,
        ) {
            let lit = at % words.len();
            let (mut text, mut highlights) = (String::new(), Vec::new());
            for (at, word) in words.iter().enumerate() {
                let start = text.len() + 1;
                text.push_str(&format!(" x{word}"));
                if at >= lit {
                    highlights.push(start..text.len());
                }
            }
            let (cut, moved) = brief(&text, &highlights);
            proptest::prop_assert!(cut.chars().count() <= MOST + 4, "{}", cut);
            proptest::prop_assert!(cut[moved[0].clone()].starts_with('x'));
            for (lit, moved) in highlights.iter().zip(&moved) {
                proptest::prop_assert!(text[lit.clone()].starts_with(&cut[moved.clone()]));
            }
        }
    }
}
