//! Two sequences of words side by side: the words that both have, in the same order.
//!
//! The algorithm is the histogram diff of git, after the patience diff of Bram Cohen: it holds on to the rarest words
//! that both have, where a longest common subsequence would rather pair every `de` it can get. Words that are too common
//! to hold on to are found afterwards, beside the others: so no text is so repetitive that it takes long.

use std::collections::HashMap;

use imara_diff::{Algorithm, Diff, InternedInput, Token};

/// A word that stands more often in a sequence is none to hold on to. It is what the library too takes for frequent, and
/// from where on it would need time that grows with the square.
const FREQUENT: usize = 63;

/// So many words in a row are no chance.
const SURE: usize = 4;

/// Fewer count too, within so many words of what is sure, in the text and in the captions.
const NEAR: usize = 6;

/// Words that stand in both sequences, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// The first in the text.
    pub(super) text: usize,
    /// The first in the captions.
    pub(super) said: usize,
    pub(super) length: usize,
}

/// The runs of words that both have, rising in both, without those that agree by chance.
pub(super) fn runs(words: &InternedInput<String>) -> Vec<Run> {
    let (text, said) = (words.before.as_slice(), words.after.as_slice());
    let sure = SURE.min(text.len()).min(said.len());
    let runs = grown(common(words), text, said);
    let mut trusted: Vec<bool> = runs.iter().map(|run| run.length >= sure).collect();
    // Trust goes from run to run, forwards and backwards.
    for at in 1..runs.len() {
        trusted[at] |= trusted[at - 1] && is_near(runs[at - 1], runs[at]);
    }
    for at in (1..runs.len()).rev() {
        trusted[at - 1] |= trusted[at] && is_near(runs[at - 1], runs[at]);
    }
    runs.into_iter().zip(trusted).filter(|(_, trusted)| *trusted).map(|(run, _)| run).collect()
}

fn is_near(run: Run, next: Run) -> bool {
    next.text - (run.text + run.length) <= NEAR && next.said - (run.said + run.length) <= NEAR
}

/// The words that are not frequent and that both have, each a run of its own.
fn common(words: &InternedInput<String>) -> Vec<Run> {
    let mut frequency: HashMap<Token, usize> = HashMap::new();
    let mut frequent = vec![false; words.interner.num_tokens() as usize];
    for sequence in [&words.before, &words.after] {
        frequency.clear();
        for word in sequence {
            let count = frequency.entry(*word).or_default();
            *count += 1;
            frequent[word.0 as usize] |= *count > FREQUENT;
        }
    }
    let kept = |sequence: &[Token]| -> (Vec<usize>, Vec<Token>) {
        sequence.iter().copied().enumerate().filter(|(_, word)| !frequent[word.0 as usize]).unzip()
    };
    let ((texts, text), (saids, said)) = (kept(&words.before), kept(&words.after));
    let mut diff = Diff::default();
    diff.compute_with(Algorithm::Histogram, &text, &said, words.interner.num_tokens());
    let text = (0..).zip(texts).filter(|(at, _)| !diff.is_removed(*at)).map(|(_, text)| text);
    let said = (0..).zip(saids).filter(|(at, _)| !diff.is_added(*at)).map(|(_, said)| said);
    text.zip(said).map(|(text, said)| Run { text, said, length: 1 }).collect()
}

/// Runs with the equal words before and after each, those that touch joined; what both begin or end with is a run too.
fn grown(anchors: Vec<Run>, text: &[Token], said: &[Token]) -> Vec<Run> {
    let mut runs = vec![Run { text: 0, said: 0, length: 0 }];
    for mut next in anchors.into_iter().chain([Run { text: text.len(), said: said.len(), length: 0 }]) {
        let last = runs.last_mut().expect("there is always one");
        let equal = |(left, right): &(&Token, &Token)| left == right;
        let end = (last.text + last.length, last.said + last.length);
        let (text_gap, said_gap) = (&text[end.0..next.text], &said[end.1..next.said]);
        let on = text_gap.iter().zip(said_gap).take_while(equal).count();
        last.length += on;
        let back = text_gap[on..].iter().rev().zip(said_gap[on..].iter().rev()).take_while(equal).count();
        next = Run { text: next.text - back, said: next.said - back, length: next.length + back };
        if (last.text + last.length, last.said + last.length) == (next.text, next.said) {
            last.length += next.length;
        } else {
            runs.push(next);
        }
    }
    runs.retain(|run| run.length > 0);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of the text that are found in what was said, and `-` for those that are not.
    #[track_caller]
    fn check(text: &str, said: &str, expected: &str) {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let (text, said) = (words(text), words(said));
        let mut input = InternedInput::default();
        input.update_before(text.iter().cloned());
        input.update_after(said.iter().cloned());
        let mut found = vec!["-"; text.len()];
        for Run { text: at, said: from, length } in runs(&input) {
            assert_eq!(text[at..at + length], said[from..from + length]);
            found[at..at + length].iter_mut().zip(&text[at..]).for_each(|(found, word)| *found = word);
        }
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn words_are_found_in_order_and_not_by_chance() {
        check("bonjour à tous", "bonjour à tous", "bonjour à tous");
        check("", "bonjour", "");
        check("bonjour", "", "-");
        check("un deux trois quatre cinq six", "un deux trois quatre sept six", "un deux trois quatre - six");
        check(
            "je vais vous parler du GAR et de ses usages",
            "euh je vais vous parler du gare et de ces usages",
            "je vais vous parler du - et de - usages",
        );
        // Small words agree anywhere.
        check("le chat de la voisine dort sur le lit", "la clé de mon vélo est dans le tiroir", "- - - - - - - - -");
        // A stretch that stands in one alone does not disturb what follows.
        check(
            "un deux trois quatre A B C D E F G H cinq six sept huit",
            "un deux trois quatre cinq six sept huit",
            "un deux trois quatre - - - - - - - - cinq six sept huit",
        );
    }

    #[test]
    fn words_that_come_all_the_time_are_found_beside_the_others() {
        let talk: Vec<String> = (0..200).map(|at| format!("le mot {at} de la page")).collect();
        let talk = talk.join(" ");
        check(&talk, &talk, &talk);
        let said = talk.replace(" 77 ", " zut ");
        check(&talk, &said, &talk.replace(" 77 ", " - "));
        check(&"oui ".repeat(100), &"oui ".repeat(99), &("oui ".repeat(99) + "-"));
    }
}
