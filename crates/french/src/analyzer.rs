//! The steps of the analysis, in their order; each is a file of its name.
//!
//! 1. `normalize`: one spelling of every character;
//! 2. `pieces`: words, spaces, signs;
//! 3. `elision`: clitics are cut off;
//! 4. `capitals`: sentences in capitals are marked;
//! 5. words that were met before are looked up (`cache`): those that stand alone need no more;
//! 6. units, by the first rule that fits: sounds are passed over (`speech`), names with signs and spelt acronyms
//!    (`acronym`), `number`, `inclusive`, `compound`, single words;
//! 7. the terms of each unit: folded (`fold`), and stemmed then folded (`stem`);
//! 8. `places`: fillers and repeats (`speech`) take none.

use std::ops::Range;

use crate::{
    acronym,
    cache::{Cache, Entry, Forms},
    capitals, compound, elision,
    fold::fold,
    inclusive,
    normalize::{Normalized, Sources},
    number,
    pieces::{self, Class, Piece},
    places::Places,
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
    pub fn analyze(&mut self, text: &str, each: impl FnMut(&Token<'_>)) -> u32 {
        let Self { stemmer, normalized, pieces, known } = self;
        normalized.read(text);
        let text = normalized.text.as_str();
        pieces::cut(text, pieces);
        elision::cut(text, pieces);
        capitals::mark(text, pieces);
        known.find_all(text, pieces);

        let mut tokens = Tokens { text, sources: normalized.sources(), places: Places::default(), each };
        let mut at = 0;
        while let Some(&piece) = pieces.get(at) {
            let rest = &pieces[at..];
            if piece.class == Class::Space {
                at += 1;
            } else if let Some(entry) = alone(rest, known) {
                let rules = if piece.elided { Rules::default().with(Rule::Elision) } else { Rules::default() };
                tokens.word(piece.range(), &text[piece.range()], entry, None, rules);
                at += 1;
            } else if let sound = speech::sound(text, rest)
                && sound > 0
            {
                at += sound;
            } else if let Some(unit) = next_unit(text, pieces, at) {
                tokens.unit(&unit, piece, stemmer, known);
                at += unit.pieces;
            } else {
                tokens.places.pass(piece.class);
                at += 1;
            }
        }
        tokens.places.next
    }

    /// All tokens of `text`, to be kept.
    pub fn tokens(&mut self, text: &str) -> Vec<OwnedToken> {
        let mut tokens = Vec::new();
        self.analyze(text, |token| tokens.push(OwnedToken::from(token)));
        tokens
    }
}

/// Hands tokens out, each with its span and its place.
struct Tokens<'a, F> {
    /// The text, normalised.
    text: &'a str,
    sources: Sources<'a>,
    places: Places,
    each: F,
}

impl<F: FnMut(&Token<'_>)> Tokens<'_, F> {
    fn unit(&mut self, unit: &Unit, first: Piece, stemmer: &French, known: &mut Cache) {
        let range = unit.start as usize..unit.end as usize;
        let written = head(unit.written.as_deref().unwrap_or(&self.text[range.clone()]));
        let mut rules = unit.rules;
        if first.elided {
            rules = rules.with(Rule::Elision);
        }
        if let Term::Fixed(term) = &unit.term {
            return self.fixed(range, written, head(term), unit.kind, rules);
        }
        let lower;
        let mut word = written;
        if first.capitals && !acronym::is_unpronounceable(written) {
            // The cache knows words as they stand; in a sentence of capitals they stand otherwise.
            lower = written.to_lowercase();
            word = &lower;
            rules = rules.with(Rule::Capitals);
        }
        let entry = match known.get(word) {
            Some(entry) => entry,
            None => known.add(word, forms(stemmer, word), joins(word)),
        };
        self.word(range, word, entry, unit.also.as_deref(), rules);
    }

    fn fixed(&mut self, range: Range<usize>, written: &str, term: &str, kind: Kind, rules: Rules) {
        // Marks without their letters are no word.
        if term.is_empty() {
            return;
        }
        let (span, position) = (self.sources.of(range), self.places.name());
        (self.each)(&Token { span, position, kind, written, fold: term, stem: term, also: None, rules, word: None });
    }

    fn word(&mut self, range: Range<usize>, written: &str, entry: &Entry, also: Option<&str>, rules: Rules) {
        if entry.fold.is_empty() || entry.stem.is_empty() {
            return;
        }
        let (position, placed) = self.places.word(entry);
        (self.each)(&Token {
            span: self.sources.of(range),
            position,
            kind: entry.kind,
            written,
            fold: &entry.fold,
            stem: &entry.stem,
            also,
            rules: rules.and(entry.rules).and(placed),
            word: Some(entry.number),
        });
    }
}

/// What the word at the head of `pieces` becomes, if it is known and no rule can join it to what follows it: so it is
/// with nearly all words, which spares them the rules.
fn alone<'a>(pieces: &[Piece], known: &'a Cache) -> Option<&'a Entry> {
    let piece = pieces[0];
    let entry = known.entry(piece.known?)?;
    let class = |at: usize| pieces.get(at).map(|piece| piece.class);
    let is_followed = match class(1) {
        Some(Class::Space) => class(2) == Some(Class::Sign('&')),
        Some(Class::Sign('.')) => class(2) == Some(Class::Word),
        None | Some(Class::Sign(',' | ';' | '!' | '?' | ':' | '…' | '»' | ')')) => false,
        _ => true,
    };
    let may_be_that_is = piece.elided && entry.fold.len() == compound::EST.len();
    (!is_followed && !may_be_that_is && !piece.capitals).then_some(entry)
}

/// Whether a word may begin something longer that is one token, or may be no plain word by itself, with no sign behind
/// it that says so.
fn joins(word: &str) -> bool {
    let is_letter = word.chars().nth(1).is_none();
    is_letter && has_capital(word)
        || word.starts_with(|c: char| c.is_ascii_digit())
        || word.ends_with('E')
        || word.ends_with("Es")
        || compound::is_head(word)
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
