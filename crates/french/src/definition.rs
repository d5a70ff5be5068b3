//! Learns from a text what its acronyms stand for: «gestionnaire d'accès aux ressources (GAR)».
//!
//! The algorithm is that of A. S. Schwartz and M. A. Hearst, «A simple algorithm for identifying abbreviation definitions
//! in biomedical text» (Pacific Symposium on Biocomputing, 2003), made over for spoken French:
//!
//! - a definition needs no brackets: a comma («l'ENT, l'espace numérique de travail»), a colon, a cue («qu'on appelle»,
//!   «signifie», «ou») link as well, and the acronym may come first or last;
//! - words are cut at apostrophes and hyphens, compared without case and accents; articles and prepositions may give a
//!   letter, and never begin or end an expansion;
//! - a letter comes from the beginning of a word. At a cost, it comes from inside one (DGESCO: scolaire), or a word
//!   gives none (RUPN: référent aux *ressources* et usages pédagogiques numériques). The cheapest reading wins, and how
//!   much a reading may cost depends on how plainly the text says that this is a definition.
//!
//! Time is in proportion to the text: the work for each acronym is bounded.

mod align;
mod hint;
mod link;
mod short;
mod words;

use std::ops::Range;

use self::{
    align::{Fit, align, may_begin, may_end},
    hint::next_sentence,
    link::Link,
    short::{Letter, Short},
    words::{Gap, Role, Words},
};

/// A place where a text says what an acronym stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The acronym as written: `GAR`, `eRUN`, `Cnesco`, `CRCN Édu`.
    pub acronym: String,
    /// What it stands for as written, without an article before it: `gestionnaire d'accès aux ressources`.
    pub expansion: String,
    /// Where the acronym stands, in bytes of the text.
    pub acronym_span: Range<usize>,
    /// Where the expansion stands, in bytes of the text.
    pub expansion_span: Range<usize>,
    /// How the text says so.
    pub pattern: Pattern,
}

/// How a text says what an acronym stands for, the plainest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pattern {
    /// In brackets: «le GAR (gestionnaire d'accès aux ressources)».
    Brackets,
    /// In so many words: «le GAR, c'est-à-dire…», «signifie», «qu'on appelle», «ou».
    Cue,
    /// Side by side, with a comma, a colon, a dash or «c'est» between: «l'ENT, l'espace numérique de travail».
    Apposition,
    /// Side by side with no sign between, as in captions: «l'ENT l'espace numérique de travail».
    Adjacent,
}

impl Pattern {
    /// How sure a definition of this kind is, from 0 to 1.
    pub fn confidence(self) -> f32 {
        match self {
            Self::Brackets => 1.0,
            Self::Cue => 0.95,
            Self::Apposition => 0.9,
            Self::Adjacent => 0.7,
        }
    }
}

/// The definitions of acronyms in `text`, in the order of the acronyms.
///
/// `text` is a title, a description, or a segment: what one speaker says. No definition goes across the end of a
/// sentence.
///
/// ```
/// let found = verbatim_french::definitions("Le gestionnaire d'accès aux ressources, qu'on appelle le GAR, y veille.");
/// assert_eq!(found[0].acronym, "GAR");
/// assert_eq!(found[0].expansion, "gestionnaire d'accès aux ressources");
/// ```
pub fn definitions(text: &str) -> Vec<Definition> {
    let mut all = Vec::new();
    let mut start = 0;
    while let Some(sentence) = next_sentence(text, start) {
        start = sentence.end;
        let found = definitions_in(&text[sentence.clone()]);
        all.extend(found.into_iter().map(|found| found.moved(sentence.start)));
    }
    all
}

fn definitions_in(text: &str) -> Vec<Definition> {
    let words = Words::new(text);
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < words.words.len() {
        let candidates = short::at(&words, at);
        let best = candidates.iter().find_map(|short| define(&words, short));
        at = match best {
            Some(best) => {
                let next = best.short.words.end;
                let twins = twins(&words, &best);
                found.push(best);
                found.extend(twins);
                next
            }
            None => at + 1,
        };
    }
    found.sort_by_key(|found| found.short.words.start);
    found.dedup_by_key(|found| found.short.words.start);
    found.into_iter().map(|found| found.definition(&words)).collect()
}

impl Definition {
    /// The same in a text in which its own begins at byte `start`.
    fn moved(mut self, start: usize) -> Self {
        for span in [&mut self.acronym_span, &mut self.expansion_span] {
            *span = span.start + start..span.end + start;
        }
        self
    }
}

struct Found {
    short: Short,
    fit: Fit,
    pattern: Pattern,
    on_left: bool,
}

impl Found {
    fn definition(self, words: &Words<'_>) -> Definition {
        let expansion_span = words.words[self.fit.first].span.start..words.words[self.fit.last].span.end;
        let acronym_span = self.short.span(words);
        Definition {
            acronym: words.text[acronym_span.clone()].to_owned(),
            expansion: words.text[expansion_span.clone()].to_owned(),
            acronym_span,
            expansion_span,
            pattern: self.pattern,
        }
    }
}

/// The most other acronyms that one expansion is given.
const MOST_TWINS: usize = 3;

/// Looks for an expansion on one side of an acronym.
type Side = fn(&Words<'_>, &Short, &[Letter], Link) -> Option<(Fit, Pattern)>;

/// What the words around an acronym say it stands for: the cheaper side, the left one where they are equal, for
/// reductions follow the full form (Haralambous & Lavagnino 2011).
fn define(words: &Words<'_>, short: &Short) -> Option<Found> {
    let (left, right) = (link::left(words, short.words.start), link::right(words, short.words.end));
    if left.is_none() && right.is_none() {
        return None;
    }
    let readings = short.readings(words);
    let best = |side: Side, link: Option<Link>| {
        let fits = readings.iter().filter_map(|letters| side(words, short, letters, link?));
        fits.min_by_key(|(fit, _)| fit.cost)
    };
    let (left, right) = (best(on_left, left), best(on_right, right));
    let on_left = match (&left, &right) {
        (Some((left, _)), Some((right, _))) => left.cost <= right.cost,
        (left, _) => left.is_some(),
    };
    let (fit, pattern) = if on_left { left } else { right }?;
    Some(Found { short: short.clone(), fit, pattern, on_left })
}

/// «GAR, le gestionnaire d'accès aux ressources»
fn on_right(words: &Words<'_>, short: &Short, letters: &[Letter], link: Link) -> Option<(Fit, Pattern)> {
    let from = after_repeated_head(words, short, link.at).unwrap_or(link.at);
    if !may_begin(words, from, letters) {
        return None;
    }
    let range = from..window_end(words, from, letters.len());
    let enclosed = link.enclosed && words.gaps[range.end].has(Gap::CLOSE.with(Gap::QUOTE));
    let whole = |fit: &Fit| is_whole(words, fit, short, letters);
    if let Some(fit) = enclosed.then(|| align(words, range.clone(), letters, true, true, whole)).flatten() {
        return Some((fit, link.pattern));
    }
    let accept = |fit: &Fit| is_definition(words, fit, short, letters, link);
    let mut fit = align(words, range, letters, true, false, accept)?;
    if link.enclosed {
        fit.last = enclosed_end(words, fit.last);
    }
    Some((fit, link.pattern))
}

/// «le gestionnaire d'accès aux ressources (GAR)»
fn on_left(words: &Words<'_>, short: &Short, letters: &[Letter], link: Link) -> Option<(Fit, Pattern)> {
    let accept = |fit: &Fit| is_definition(words, fit, short, letters, link);
    let ending_with = |last: usize, accept: &dyn Fn(&Fit) -> bool| {
        let range = || window_start(words, last, letters.len())..last + 1;
        may_end(words, last, letters).then(|| align(words, range(), letters, false, true, accept)).flatten()
    };
    let fit = ending_with(link.at, &accept).or_else(|| {
        let complement = before_complement(words, link.at)?;
        let fit = ending_with(complement, &|fit| accept(fit) && is_perfect(fit, letters))?;
        let belongs = link.pattern == Pattern::Brackets && !words.starts_with_capital(link.at);
        Some(Fit { last: if belongs { link.at } else { fit.last }, ..fit })
    });
    Some((fit?, link.pattern))
}

/// Whether an expansion that fills its brackets is one: there all words are meant, and some may give no letter.
fn is_whole(words: &Words<'_>, fit: &Fit, short: &Short, letters: &[Letter]) -> bool {
    let full = fit.initials == letters.len() && letters.len() >= 3 && fit.skipped <= letters.len();
    full && is_possible(words, fit, short, letters)
}

/// Where the words end among which an expansion that begins at `from` is looked for: twice as many content words as the
/// acronym has letters.
fn window_end(words: &Words<'_>, from: usize, letters: usize) -> usize {
    let mut content = 0;
    let mut end = from;
    while end < words.words.len() && end - from < 4 * letters + 4 && (end == from || !words.gaps[end].parts()) {
        content += usize::from(words.words[end].role() == Role::Content);
        if content > 2 * letters || words.words[end].role() == Role::Break {
            break;
        }
        end += 1;
    }
    end
}

/// Where the words begin among which an expansion that ends with word `last` is looked for.
fn window_start(words: &Words<'_>, last: usize, letters: usize) -> usize {
    let mut content = 0;
    let mut start = last + 1;
    while start > 0 && last + 1 - start < 4 * letters + 4 && (start == last + 1 || !words.gaps[start].parts()) {
        content += usize::from(words.words[start - 1].role() == Role::Content);
        if content > 2 * letters || words.words[start - 1].role() == Role::Break {
            break;
        }
        start -= 1;
    }
    start
}

/// «au laboratoire IMS, le laboratoire de l'Intégration…»: the expansion begins after the noun that both share.
fn after_repeated_head(words: &Words<'_>, short: &Short, at: usize) -> Option<usize> {
    let head = words.get(short.words.start.checked_sub(1)?)?;
    let mut from = at + 1;
    let mut stop = |role| words.get(from).filter(|word| word.role() == role).map(|_| from += 1).is_some();
    if head.folded() != words.words[at].folded() || !stop(Role::Stop) {
        return None;
    }
    while stop(Role::Stop) {}
    words.get(from).map(|_| from)
}

/// «le livret scolaire unique de Timothée, le LSU»: the word before the complement that ends at `last`.
fn before_complement(words: &Words<'_>, last: usize) -> Option<usize> {
    const LONGEST: usize = 4;
    let first = (last.saturating_sub(LONGEST)..last)
        .rev()
        .find(|at| matches!(words.words[*at].folded(), "de" | "d" | "du" | "des"))?;
    let whole = (first..=last).all(|at| !words.gaps[at].closes());
    (whole && first > 0).then(|| first - 1)
}

/// Brackets and quotation marks hold the whole expansion: one more word before they close belongs to it, though it
/// gives no letter.
fn enclosed_end(words: &Words<'_>, last: usize) -> usize {
    let mut content = 0;
    for at in last + 1..(last + 4).min(words.words.len()) {
        if words.gaps[at].closes() || words.words[at].role() == Role::Break {
            return last;
        }
        content += usize::from(words.words[at].role() == Role::Content);
        if content == 1 && words.words[at].role() == Role::Content {
            return if words.gaps[at + 1].has(Gap::CLOSE.with(Gap::QUOTE)) { at } else { last };
        }
    }
    last
}

/// «…, CRCN-E ou CRCN Édu»: other acronyms beside one that is defined, of the same expansion.
fn twins(words: &Words<'_>, found: &Found) -> Vec<Found> {
    let mut twins = Vec::new();
    let fit = |short: &Short| {
        let range = found.fit.first..found.fit.last + 1;
        short.readings(words).iter().find_map(|letters| {
            align(words, range.clone(), letters, true, true, |fit| {
                fit.inner == 0 && fit.skipped <= found.fit.skipped + 1
            })
        })
    };
    let is_or = |at: usize| words.get(at).is_some_and(|word| word.folded() == "ou");
    if found.on_left {
        let mut at = found.short.words.end;
        while twins.len() < MOST_TWINS && is_or(at) && !words.gaps[at].parts() {
            at += 1;
            while words.get(at).is_some_and(|word| word.role() == Role::Stop) {
                at += 1;
            }
            if at >= words.words.len() {
                break;
            }
            let twin = short::at(words, at).into_iter().find_map(|short| fit(&short).map(|fit| (short, fit)));
            let Some((short, fit)) = twin else { break };
            at = short.words.end;
            twins.push(Found { short, fit, pattern: found.pattern, on_left: true });
        }
    }
    twins
}

/// Whether all letters begin words, one after the other.
fn is_perfect(fit: &Fit, letters: &[Letter]) -> bool {
    fit.initials == letters.len() && fit.skipped == 0 && fit.commas == 0 && letters.len() >= 3
}

/// Whether an expansion may be one at all, however the text says so.
fn is_possible(words: &Words<'_>, fit: &Fit, short: &Short, letters: &[Letter]) -> bool {
    let name = short.name && (fit.initials < letters.len().saturating_sub(2).max(3) || fit.inner > 0);
    let list = fit.commas > 0 && fit.initials < letters.len();
    fit.giving >= 2 && !name && !list && !names_itself(words, fit, short)
}

/// «les API publiques», «la CNPC la China National Petroleum la CNPC»: an expansion does not contain its acronym; it may
/// begin with it («GNU's Not Unix»), and with no other.
fn names_itself(words: &Words<'_>, fit: &Fit, short: &Short) -> bool {
    let acronym = words.words[short.words.start].folded();
    let is_capitals = |at: usize| {
        let written = words.written(at);
        written.chars().nth(1).is_some() && !written.contains(char::is_lowercase)
    };
    let recursive = words.words[fit.first].folded() == acronym && words.gaps[fit.first].has(Gap::QUOTE);
    let stands_alone = is_capitals(fit.first) && !(fit.first + 1..=fit.last).any(is_capitals);
    stands_alone && !recursive || (fit.first + 1..=fit.last).any(|at| words.words[at].folded() == acronym)
}

/// Whether an expansion is good enough, the text saying so as plainly as `link` does.
fn is_definition(words: &Words<'_>, fit: &Fit, short: &Short, letters: &[Letter], link: Link) -> bool {
    let listed = fit.commas == 0 || link.enclosed || is_list(words, fit);
    if !listed || !is_possible(words, fit, short, letters) {
        return false;
    }
    let delimited = words.gaps[fit.last + 1].closes();
    let count = letters.len();
    let odd = fit.following + fit.inner + fit.skipped;
    match (link.pattern, count) {
        (Pattern::Adjacent, 0..=2) => false,
        (Pattern::Adjacent, _) => is_perfect(fit, letters) && (link.article || count >= 4),
        (Pattern::Apposition, 2) => is_pair(fit) && (link.article || delimited),
        (_, 2) => is_pair(fit) && (link.plain || stands_apart(words, fit, short)),
        (Pattern::Brackets, 3) => odd == 0 || odd == 1 && delimited,
        (_, 3) => fit.inner == 0 && odd <= usize::from(link.plain),
        (pattern, count) => {
            let skips = match pattern {
                Pattern::Brackets => count.div_ceil(2),
                _ if link.plain => 2,
                _ => 1,
            };
            let ordinary = fit.skipped + fit.inner <= skips
                && fit.inner <= 1
                && fit.inner_before_last == 0
                && fit.initials >= if link.plain { count.div_ceil(2) } else { 3 };
            let long_name = count >= 5
                && fit.initials == count
                && fit.skipped < count
                && delimited
                && words.starts_with_capital(fit.first);
            ordinary || long_name
        }
    }
}

/// Whether a sign or an article parts an expansion from what lies beyond it, seen from the acronym.
fn stands_apart(words: &Words<'_>, fit: &Fit, short: &Short) -> bool {
    if fit.first >= short.words.end {
        return words.gaps[fit.last + 1].closes();
    }
    let before = fit.first.checked_sub(1).and_then(|before| words.get(before));
    words.gaps[fit.first].closes() || before.is_some_and(|before| before.role() == Role::Stop)
}

/// «parcours éducatif, artistique et culturel»: commas belong to an expansion that goes on with «et» or «ou».
fn is_list(words: &Words<'_>, fit: &Fit) -> bool {
    let comma = (fit.first + 1..=fit.last).rev().find(|at| words.gaps[*at].has(Gap::COMMA));
    comma
        .is_some_and(|comma| (comma..fit.last).any(|at| matches!(words.words[at].folded(), "et" | "ou" | "and" | "or")))
}

/// Two letters are soon found: both must begin words that stand side by side.
fn is_pair(fit: &Fit) -> bool {
    fit.initials == 2 && fit.skipped == 0 && fit.commas == 0
}
