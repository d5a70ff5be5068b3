//! What stands between an acronym and its expansion: brackets, a comma, «c'est-à-dire», «qu'on appelle le».

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{
    Pattern,
    words::{Gap, Role, Words},
};
use crate::list::pairs;

const LINKS: &str = include_str!("../../lists/definition_links.txt");

static MEANING: LazyLock<FxHashMap<&str, Meaning>> = LazyLock::new(|| {
    pairs(LINKS)
        .map(|(word, meaning)| {
            let meaning = match meaning {
                "cue" => Meaning::Cue,
                "hint" => Meaning::Hint,
                "naming" => Meaning::Naming,
                "also" => Meaning::Also,
                "verb" => Meaning::Verb,
                "article" => Meaning::Article,
                _ => Meaning::Filler,
            };
            (word, meaning)
        })
        .collect()
});

/// The longest link, in words: «que tout le monde appelle désormais plus simplement la».
const LONGEST: usize = 12;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Cue,
    Hint,
    Naming,
    Also,
    Verb,
    Article,
    Filler,
}

/// What links an acronym to the words on one side of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    /// The first word of the expansion, on the right, or its last, on the left.
    pub(super) at: usize,
    pub(super) pattern: Pattern,
    /// Whether the words between can mean nothing else, or brackets do.
    pub(super) plain: bool,
    /// Whether a bracket or quotation mark opened before the expansion, on the right.
    pub(super) enclosed: bool,
    /// Whether an article begins the second mention.
    pub(super) article: bool,
}

/// The link that leads from word `from - 1` to the right.
pub(super) fn right(words: &Words<'_>, from: usize) -> Option<Link> {
    let mut seen = Seen::default();
    for at in from..(from + LONGEST).min(words.words.len()) {
        seen.gap(words.gaps[at])?;
        match meaning(words, at) {
            Some(meaning) => seen.word(meaning),
            None if words.words[at].role() != Role::Content || seen.naming && !seen.also => return None,
            None => return seen.link(at),
        }
    }
    None
}

/// The link that leads from word `from` to the left.
pub(super) fn left(words: &Words<'_>, from: usize) -> Option<Link> {
    let mut seen = Seen::default();
    for at in (from.saturating_sub(LONGEST)..from).rev() {
        seen.gap(words.gaps[at + 1])?;
        match meaning(words, at) {
            Some(meaning) => seen.word(meaning),
            None => return seen.link(at),
        }
    }
    None
}

fn meaning(words: &Words<'_>, at: usize) -> Option<Meaning> {
    MEANING.get(words.words[at].folded()).copied()
}

/// What a link was seen to hold.
#[derive(Default)]
struct Seen {
    gaps: Gap,
    cue: bool,
    hint: bool,
    naming: bool,
    also: bool,
    verb: bool,
    article: bool,
    words: usize,
}

impl Seen {
    fn gap(&mut self, gap: Gap) -> Option<()> {
        self.gaps = self.gaps.with(gap);
        let leaves = gap.has(Gap::HARD) || gap.has(Gap::CLOSE) && !gap.has(Gap::QUOTE);
        (!leaves).then_some(())
    }

    fn word(&mut self, meaning: Meaning) {
        self.words += 1;
        match meaning {
            Meaning::Cue => self.cue = true,
            Meaning::Verb => self.verb = true,
            Meaning::Article => self.article = true,
            Meaning::Hint => self.hint = true,
            Meaning::Naming => self.naming = true,
            Meaning::Also => self.also = true,
            Meaning::Filler => {}
        }
    }

    fn link(&self, at: usize) -> Option<Link> {
        let pattern = if self.gaps.has(Gap::OPEN) {
            Pattern::Brackets
        } else if self.cue || self.hint || self.naming {
            Pattern::Cue
        } else if self.verb || self.gaps.has(Gap::COMMA.with(Gap::COLON)) {
            Pattern::Apposition
        } else if self.words == usize::from(self.article) && !self.gaps.has(Gap::HYPHEN) {
            Pattern::Adjacent
        } else {
            return None;
        };
        let plain = self.gaps.has(Gap::OPEN) || self.cue || self.naming;
        Some(Link { at, pattern, plain, enclosed: self.gaps.has(Gap::OPEN.with(Gap::QUOTE)), article: self.article })
    }
}
