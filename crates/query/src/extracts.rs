//! Groups the results that show the same passages: an extract of a webinar is often published beside the webinar.

use std::{cell::OnceCell, ops::Range};

use crate::answer::{Also, Found};

/// The words that are compared as one: the shingles of Broder, "On the resemblance and containment of documents" (1997).
const WORDS: usize = 4;

/// Passages with fewer shingles may be equal by chance: «Bonjour à toutes et à tous».
const LEAST: usize = 12;

/// A passage that any result before has shown is not shown again; a result that has no other is put under that one.
pub(crate) fn group(results: Vec<Found>) -> Vec<Found> {
    let mut grouped: Vec<Found> = Vec::with_capacity(results.len());
    let mut shown: Vec<(usize, Passage)> = Vec::new();
    for mut found in results {
        let mut shows = Vec::new();
        let mut under = None;
        let id = &found.id;
        let title = &found.title;
        found.snippets.retain(|snippet| {
            let passage = Passage::new(&snippet.text, &snippet.highlights);
            let twin = shown.iter().find(|(_, other)| passage.is_same(other));
            if let Some(&(at, _)) = twin {
                let also =
                    || Also { id: id.clone(), title: title.clone(), segment: snippet.segment, time: snippet.time };
                under.get_or_insert_with(|| (at, also()));
            } else {
                shows.push(passage);
            }
            twin.is_none()
        });
        match under {
            Some((at, also)) if found.snippets.is_empty() => grouped[at].also.push(also),
            _ => {
                shown.extend(shows.into_iter().map(|passage| (grouped.len(), passage)));
                grouped.push(found);
            }
        }
    }
    grouped
}

/// What a passage says, as far as it takes to know it again: numbers for every few words in a row, rising.
struct Passage {
    text: String,
    /// Those with a word that is lit.
    lit: Vec<u64>,
    /// All of them; most passages differ in those that are lit.
    all: OnceCell<Vec<u64>>,
}

impl Passage {
    fn new(text: &str, highlights: &[Range<usize>]) -> Self {
        let lit = highlights.iter().flat_map(|lit| shingles(&text[with_neighbours(text, lit)]));
        Self { lit: rising(lit.collect()), all: OnceCell::new(), text: text.to_owned() }
    }

    fn all(&self) -> &[u64] {
        self.all.get_or_init(|| rising(shingles(&self.text)))
    }

    /// Whether more than half of the words that were asked for in the shorter one are said alike in the other, and so all
    /// its words: captions and texts write some words otherwise, and passages are not cut at the same words.
    fn is_same(&self, other: &Self) -> bool {
        if !self.lit.iter().any(|shingle| other.lit.binary_search(shingle).is_ok()) {
            return false;
        }
        let (short, long) = if self.all().len() <= other.all().len() { (self, other) } else { (other, self) };
        let has_most_of = |shingles: &[u64]| {
            let common = shingles.iter().filter(|shingle| long.all().binary_search(shingle).is_ok()).count();
            2 * common > shingles.len()
        };
        short.all().len() >= LEAST && has_most_of(short.all()) && has_most_of(&short.lit)
    }
}

/// A number for every few words in a row.
fn shingles(text: &str) -> Vec<u64> {
    let words: Vec<u64> = text.split_whitespace().filter_map(number).collect();
    words.windows(WORDS).map(|words| words.iter().fold(0, |shingle, word| join(shingle, *word))).collect()
}

/// The part of a text that is lit, with as many words on either side as a shingle with one of its words has.
fn with_neighbours(text: &str, lit: &Range<usize>) -> Range<usize> {
    let (mut range, mut before, mut after) = (lit.clone(), 0, 0);
    for part in text[..lit.start].split_inclusive(char::is_whitespace).rev() {
        range.start -= part.len();
        // What touches the lit word belongs to it.
        before += usize::from(part.ends_with(char::is_whitespace) && number(part).is_some());
        if before + 1 == WORDS {
            break;
        }
    }
    for (at, part) in text[lit.end..].split_inclusive(char::is_whitespace).enumerate() {
        range.end += part.len();
        after += usize::from(at > 0 && number(part).is_some());
        if after + 1 == WORDS {
            break;
        }
    }
    range
}

fn rising(mut numbers: Vec<u64>) -> Vec<u64> {
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
    use super::Passage;

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
            let passage = |text: &str| {
                Passage::new(text, &text.match_indices("GAR").map(|(at, _)| at..at + 3).collect::<Vec<_>>())
            };
            assert_eq!(passage(one).is_same(&passage(&other)), same, "{one} / {other}");
        }
    }
}
