//! Gives each token its place, never going back.
//!
//! What fills time, and what is said twice, stands at the place of the word before.

use crate::{
    cache::Entry,
    pieces::Class,
    token::{Kind, Rule, Rules},
};

/// The places of a text, given one after the other.
#[derive(Default)]
pub(crate) struct Places {
    /// The next place, which is the number of those that are taken.
    pub(crate) next: u32,
    /// How the word before sounds, while nothing but a pause came after it.
    before: Option<u64>,
}

impl Places {
    /// Notes a piece that is no token.
    pub(crate) fn pass(&mut self, class: Class) {
        if !matches!(class, Class::Space | Class::Sign(',' | '…' | '-')) {
            self.before = None;
        }
    }

    /// The place of what is no word, which is never a repeat.
    pub(crate) fn name(&mut self) -> u32 {
        self.take(None)
    }

    /// The place of a word, and what is said of it because of its place.
    pub(crate) fn word(&mut self, entry: &Entry) -> (u32, Rules) {
        let rules = Rules::default();
        if entry.rules.contains(Rule::Filler) {
            return (self.next.saturating_sub(1), rules);
        }
        if entry.kind != Kind::Word {
            return (self.name(), rules);
        }
        if self.before == Some(entry.sound) {
            return (self.next - 1, rules.with(Rule::Repeat));
        }
        (self.take(Some(entry.sound)), rules)
    }

    fn take(&mut self, sound: Option<u64>) -> u32 {
        self.before = sound;
        self.next += 1;
        self.next - 1
    }
}
