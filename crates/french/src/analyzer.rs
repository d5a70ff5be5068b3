//! The steps of the analysis, in their order; each is a file of its name.
//!
//! 1. `normalize`: one spelling of every character;
//! 2. `pieces`: words, spaces, signs;
//! 3. `elision`: clitics are cut off;
//! 4. `capitals`: sentences in capitals are marked;
//! 5. units, by the first rule that fits: sounds are passed over (`speech`), names with signs and spelt acronyms
//!    (`acronym`), `number`, `inclusive`, `compound`, single words;
//! 6. the terms of each unit: folded (`fold`), and stemmed then folded (`stem`);
//! 7. places: fillers and repeats (`speech`) take none.

use crate::{
    acronym,
    cache::{Cache, Forms},
    capitals, compound, elision,
    fold::fold,
    inclusive,
    normalize::Normalized,
    number,
    pieces::{self, Class, Piece},
    speech,
    stem::{self, French},
    stop,
    token::{Kind, OwnedToken, Rule, Rules, Token},
    unit::{Term, Unit},
};

/// Counts up with every change of a rule; with the lists and the stemmer it makes the [`fingerprint`].
const VERSION: u32 = 6;

/// Words longer than this many bytes are no words: they are indexed by their beginning only.
const LONGEST_TERM: usize = 80;

/// Text in, tokens out. Remembers the words it has met, so keep one for each thread.
pub struct Analyzer {
    stemmer: French,
    normalized: Normalized,
    pieces: Vec<Piece>,
    known: Cache,
}

impl Default for Analyzer {
    fn default() -> Self {
        Self::new()
    }
}

impl Analyzer {
    /// An analyzer that has met no words yet.
    pub fn new() -> Self {
        Self { stemmer: French::new(), normalized: Normalized::default(), pieces: Vec::new(), known: Cache::default() }
    }

    /// Hands every token of `text` to `each`, in order; returns how many places the text takes.
    pub fn analyze(&mut self, text: &str, mut each: impl FnMut(&Token<'_>)) -> u32 {
        self.normalized.read(text);
        pieces::cut(&self.normalized.text, &mut self.pieces);
        elision::cut(&self.normalized.text, &mut self.pieces);
        capitals::mark(&self.normalized.text, &mut self.pieces);

        let mut places = Places::default();
        let mut at = 0;
        while at < self.pieces.len() {
            let rest = &self.pieces[at..];
            let sound = speech::sound(&self.normalized.text, rest);
            if sound > 0 {
                at += sound;
            } else if let Some(unit) = next_unit(&self.normalized.text, &self.pieces, at) {
                self.emit(&unit, self.pieces[at], &mut places, &mut each);
                at += unit.pieces;
            } else {
                places.pass(self.pieces[at].class);
                at += 1;
            }
        }
        places.next
    }

    /// All tokens of `text`, to be kept.
    pub fn tokens(&mut self, text: &str) -> Vec<OwnedToken> {
        let mut tokens = Vec::new();
        self.analyze(text, |token| tokens.push(OwnedToken::from(token)));
        tokens
    }

    fn emit(&mut self, unit: &Unit, first: Piece, places: &mut Places, each: &mut impl FnMut(&Token<'_>)) {
        let text = &self.normalized.text;
        let range = unit.start as usize..unit.end as usize;
        let span = self.normalized.source(range.clone());
        let written = head(unit.written.as_deref().unwrap_or(&text[range]));
        let mut rules = unit.rules;
        if first.elided {
            rules = rules.with(Rule::Elision);
        }
        if let Term::Fixed(term) = &unit.term {
            let (term, kind) = (head(term), unit.kind);
            // Marks without their letters are no word.
            if term.is_empty() {
                return;
            }
            let position = places.place(kind, term, &mut rules);
            return each(&Token {
                span,
                position,
                kind,
                written,
                fold: term,
                stem: term,
                also: None,
                rules,
                word: None,
            });
        }
        let lower;
        let mut known = written;
        if first.capitals && !acronym::is_unpronounceable(written) {
            // The cache knows words as they stand; in a sentence of capitals they stand otherwise.
            lower = written.to_lowercase();
            known = &lower;
            rules = rules.with(Rule::Capitals);
        }
        let entry = match self.known.get(known) {
            Some(entry) => entry,
            None => self.known.add(known, &forms(&self.stemmer, known)),
        };
        let kind = entry.kind;
        let (fold, stem) = self.known.terms(entry);
        if fold.is_empty() || stem.is_empty() {
            return;
        }
        rules = rules.and(entry.rules);
        let position = places.place(kind, fold, &mut rules);
        let (also, word) = (unit.also.as_deref(), Some(entry.number));
        each(&Token { span, position, kind, written: known, fold, stem, also, rules, word });
    }
}

/// Gives each token its place, never going back. What fills time, and what is said twice, stands at the place of the
/// word before.
#[derive(Default)]
struct Places {
    next: u32,
    /// The word before, while nothing but a pause came after it.
    before: String,
}

impl Places {
    /// Notes a piece that is no token.
    fn pass(&mut self, class: Class) {
        if !matches!(class, Class::Space | Class::Sign(',' | '…' | '-')) {
            self.before.clear();
        }
    }

    fn place(&mut self, kind: Kind, fold: &str, rules: &mut Rules) -> u32 {
        if rules.contains(Rule::Filler) {
            return self.next.saturating_sub(1);
        }
        if kind == Kind::Word && self.next > 0 && self.before == fold {
            *rules = rules.with(Rule::Repeat);
            return self.next - 1;
        }
        self.before.clear();
        if kind == Kind::Word {
            self.before.push_str(fold);
        }
        self.next += 1;
        self.next - 1
    }
}

/// The unit that begins at a piece, where one does.
fn next_unit(text: &str, pieces: &[Piece], at: usize) -> Option<Unit> {
    let piece = pieces[at];
    let rest = &pieces[at..];
    let next = rest.get(1).map(|piece| piece.class);
    match piece.class {
        Class::Space => return None,
        Class::Sign('.') if at == 0 || pieces[at - 1].class == Class::Space => {
            return acronym::signed(text, rest);
        }
        Class::Sign(_) => return None,
        Class::Word => {}
    }
    let word = &text[piece.range()];
    if word.starts_with(|c: char| c.is_ascii_digit()) && !has_capital(word) {
        return Some(number::digits(text, rest));
    }
    if compound::is_euphonic(text, pieces, at) {
        return None;
    }
    if let Some(unit) = inclusive::capital_e(text, rest) {
        return Some(unit);
    }
    if piece.elided
        && let Some(unit) = compound::that_is(text, rest)
    {
        return Some(unit);
    }
    let joined = match next {
        Some(Class::Sign('·' | '•' | '‧' | '⋅' | '・' | '(' | '/')) => inclusive::inclusive(text, rest),
        Some(Class::Sign('&' | '+' | '#' | '@')) => acronym::signed(text, rest),
        Some(Class::Sign('.')) => acronym::dotted(text, rest).or_else(|| inclusive::inclusive(text, rest)),
        Some(Class::Space) => acronym::spaced(text, rest)
            .or_else(|| acronym::signed(text, rest))
            .or_else(|| compound::compound(text, rest)),
        Some(Class::Sign('-')) => acronym::spaced(text, rest)
            .or_else(|| inclusive::inclusive(text, rest))
            .or_else(|| compound::compound(text, rest)),
        _ => None,
    };
    Some(joined.unwrap_or(Unit {
        pieces: 1,
        start: piece.start,
        end: piece.end,
        kind: Kind::Word,
        written: None,
        term: Term::Word,
        also: None,
        rules: Rules::default(),
    }))
}

fn has_capital(word: &str) -> bool {
    word.contains(char::is_uppercase)
}

/// What a single word becomes.
fn forms(stemmer: &French, written: &str) -> Forms {
    let rules = Rules::default();
    if has_capital(written) {
        if let Some(term) = number::roman_ordinal(written) {
            return fixed(Kind::Word, term, rules.with(Rule::Roman).with(Rule::Number));
        }
        if let Some((term, rules)) = acronym::plain(written) {
            return fixed(Kind::Acronym, term, rules);
        }
    }
    let out = elision::written_out(written);
    let rules = if out.is_some() { rules.with(Rule::Contraction) } else { rules };
    let lower = out.unwrap_or(written).to_lowercase().replace('\'', "");
    if let Some(term) = number::small_roman_ordinal(&lower) {
        return fixed(Kind::Word, term, rules.with(Rule::Roman).with(Rule::Number));
    }
    let fold = fold(&lower);
    if let Some(ordinal) = number::ordinal_in_words(&fold) {
        return fixed(Kind::Word, ordinal.to_owned(), rules.with(Rule::Number));
    }
    let rules = if speech::is_filler(&fold) { rules.with(Rule::Filler) } else { rules };
    let mut stem = String::new();
    stemmer.stem_into(&lower, &mut stem);
    Forms { kind: Kind::Word, fold, stem, rules }
}

fn fixed(kind: Kind, term: String, rules: Rules) -> Forms {
    Forms { kind, fold: term.clone(), stem: term, rules }
}

/// Whether a single word, as written, is an acronym.
pub fn is_acronym(written: &str) -> bool {
    has_capital(written) && number::roman_ordinal(written).is_none() && acronym::plain(written).is_some()
}

/// The beginning of a word that is too long to be one.
fn head(word: &str) -> &str {
    let mut end = word.len().min(LONGEST_TERM);
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    &word[..end]
}

/// Names this analysis: an index made by another one must be built again.
pub fn fingerprint() -> String {
    let lists = [
        elision::CLITICS,
        elision::EXCEPTIONS,
        elision::CONTRACTIONS,
        acronym::WORDS,
        number::ORDINALS,
        compound::PREFIXES,
        compound::COMPOUNDS,
        speech::FILLERS,
        speech::SOUNDS,
        stop::LIST,
        stem::VERSION,
        stem::APART,
        stem::FORMS,
        stem::VERBS,
    ];
    let text = format!("{VERSION}\n{}", lists.join("\n"));
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(text.as_bytes()))
}
