//! Groups the results that show the same passages: an extract of a webinar is often published beside the webinar.

use std::ops::Range;

use crate::answer::{Also, Found};

/// The words that are compared as one: the shingles of Broder, "On the resemblance and containment of documents" (1997).
const WORDS: usize = 4;

/// Passages with fewer shingles may be equal by chance: «Bonjour à toutes et à tous».
const LEAST: usize = 12;

/// A passage that any result before has shown is not shown again; a result that has no other is put under that one.
pub(crate) fn group(results: Vec<Found>) -> Vec<Found> {
    let mut grouped: Vec<Found> = Vec::with_capacity(results.len());
    let mut shown: Vec<(usize, Shingles)> = Vec::new();
    for mut found in results {
        let mut shows = Vec::new();
        let mut under = None;
        let id = &found.id;
        let title = &found.title;
        found.snippets.retain(|snippet| {
            let shingles = Shingles::of(&snippet.text, &snippet.highlights);
            let twin = shown.iter().find(|(_, other)| shingles.is_same(other));
            if let Some(&(at, _)) = twin {
                let also =
                    || Also { id: id.clone(), title: title.clone(), segment: snippet.segment, time: snippet.time };
                under.get_or_insert_with(|| (at, also()));
            } else {
                shows.push(shingles);
            }
            twin.is_none()
        });
        match under {
            Some((at, also)) if found.snippets.is_empty() => grouped[at].also.push(also),
            _ => {
                shown.extend(shows.into_iter().map(|shingles| (grouped.len(), shingles)));
                grouped.push(found);
            }
        }
    }
    grouped
}

/// What a passage says, as far as it takes to know it again: numbers for every few words in a row, rising.
struct Shingles {
    all: Vec<u64>,
    /// Those with a word that is lit.
    lit: Vec<u64>,
}

impl Shingles {
    fn of(text: &str, highlights: &[Range<usize>]) -> Self {
        let is_lit = |word: &Range<usize>| highlights.iter().any(|lit| lit.start < word.end && word.start < lit.end);
        let mut end = 0;
        let words = text.split_inclusive(char::is_whitespace).filter_map(|word| {
            let start = end;
            end += word.len();
            Some((number(word)?, is_lit(&(start..end))))
        });
        let words: Vec<(u64, bool)> = words.collect();
        let shingle = |words: &[(u64, bool)]| words.iter().fold(0, |shingle, (word, _)| join(shingle, *word));
        let lit = words.windows(WORDS).filter(|words| words.iter().any(|(_, lit)| *lit));
        Self { all: rising(words.windows(WORDS).map(shingle)), lit: rising(lit.map(shingle)) }
    }

    /// Whether more than half of the shorter one is in the other, and so of its words that were asked for: captions and
    /// texts write some words otherwise, and passages are not cut at the same words.
    fn is_same(&self, other: &Self) -> bool {
        let (short, long) = if self.all.len() <= other.all.len() { (self, other) } else { (other, self) };
        let has_most_of = |shingles: &[u64]| {
            let common = shingles.iter().filter(|shingle| long.all.binary_search(shingle).is_ok()).count();
            2 * common > shingles.len()
        };
        short.all.len() >= LEAST && has_most_of(&short.all) && has_most_of(&short.lit)
    }
}

fn rising(numbers: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut numbers: Vec<u64> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// A number for a word, punctuation and capitals aside; `None` for what has no letters.
fn number(word: &str) -> Option<u64> {
    let letters = word.chars().filter(|c| c.is_alphanumeric());
    // The tables of Unicode are not needed for most.
    let lower = |c: char| if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) };
    letters.map(lower).fold(None, |number, letter| Some(join(number.unwrap_or_default(), u64::from(letter))))
}

/// One number for a number and the next: FNV-1a with 64 bits.
fn join(number: u64, next: u64) -> u64 {
    (number ^ 0xcbf2_9ce4_8422_2325 ^ next).wrapping_mul(0x0100_0000_01b3)
}

#[cfg(test)]
mod tests {
    use super::Shingles;

    #[test]
    fn a_passage_is_known_again() {
        let passage = "Le GAR, c'est le gestionnaire d'accès aux ressources : il permet aux élèves d'ouvrir leurs \
                       manuels numériques depuis l'ENT sans retaper de mot de passe.";
        let filler = "On parle ici de bien d'autres choses, du temps qu'il fait et du goûter.";
        // (a passage, another one, whether they are the same when GAR was asked for)
        let rows = [
            (passage, passage.to_owned(), true),
            (passage, passage.to_uppercase().replace([',', '.', ':'], ""), true),
            (passage, format!("… {passage} Et maintenant, passons à la suite de ce webinaire avec nos invités."), true),
            (passage, passage.replace("manuels", "livres"), true),
            (passage, passage.strip_prefix("Le").unwrap_or_default().to_owned(), true),
            (passage, "Le GAR, c'est le gestionnaire d'accès aux ressources.".to_owned(), false),
            (passage, format!("Le GAR ouvre les manuels. {filler} {filler}"), false),
            // What is around is the same, what is said of the GAR is not.
            (filler, filler.to_owned(), false),
            (
                "Le GAR, expliqué. On parle ici de bien d'autres choses, du temps qu'il fait et du goûter.",
                format!("Le GAR. {filler} Encore le GAR. Toujours le GAR."),
                false,
            ),
            (passage, String::new(), false),
        ];
        for (one, other, same) in rows {
            let shingles = |text: &str| {
                Shingles::of(text, &text.match_indices("GAR").map(|(at, _)| at..at + 3).collect::<Vec<_>>())
            };
            assert_eq!(shingles(one).is_same(&shingles(&other)), same, "{one} / {other}");
        }
    }
}
