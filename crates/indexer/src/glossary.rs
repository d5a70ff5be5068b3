//! What the acronyms of an index stand for: learnt from its transcripts, corrected by a file.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
};

use tantivy::{DocSet, Index, TERMINATED, schema::IndexRecordOption};
use verbatim_french::{Analyzer, Definition, definitions, fold};
use verbatim_transcript::Transcript;

use crate::{column::value, error::Error, schema::Fields};

/// What acronyms stand for.
#[derive(Debug, Default)]
pub struct Glossary {
    /// By acronym, then the sense that most transcripts have first.
    senses: Vec<Sense>,
    by_acronym: HashMap<String, Vec<usize>>,
    /// By the first stem of the expansion.
    by_stem: HashMap<String, Vec<usize>>,
}

/// One thing that an acronym stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sense {
    /// The acronym as it is written.
    pub acronym: String,
    /// What it stands for, as it is written.
    pub expansion: String,
    /// How many transcripts say so; 0 where only a file does.
    pub transcripts: u64,
    /// The id of one that says so.
    pub example: Option<String>,
    /// The stems of the expansion, each with its distance from the first.
    pub stems: Vec<(u32, String)>,
}

/// Between the acronym and its expansion in a term of the index.
const SEPARATOR: char = '\t';

/// The definitions in a transcript, as terms of the index.
pub(crate) fn terms(transcript: &Transcript) -> Vec<String> {
    let metadata = &transcript.metadata;
    let head = [Some(&metadata.title), metadata.description.as_ref()];
    let texts = head.into_iter().flatten().chain(transcript.segments.iter().map(|segment| &segment.text));
    let mut terms: Vec<String> = texts
        .flat_map(|text| definitions(text))
        .map(|Definition { acronym, expansion, .. }| format!("{acronym}{SEPARATOR}{expansion}"))
        .collect();
    terms.sort();
    terms.dedup();
    terms
}

/// What is known of a sense while the index is being read.
#[derive(Default)]
struct Found {
    transcripts: u64,
    example: Option<String>,
    /// How it is written, and how often.
    spellings: BTreeMap<(String, String), u64>,
}

impl Glossary {
    /// Reads what the transcripts of the last commit of `index` say.
    ///
    /// # Errors
    /// The index cannot be read.
    pub(crate) fn learn(index: &Index, fields: &Fields) -> tantivy::Result<Self> {
        let mut analyzer = Analyzer::new();
        let mut found: BTreeMap<(String, Vec<(u32, String)>), Found> = BTreeMap::new();
        for segment in index.reader()?.searcher().segment_readers() {
            let inverted = segment.inverted_index(fields.definition)?;
            let ids = segment.fast_fields().str("id")?;
            let mut terms = inverted.terms().stream()?;
            while terms.advance() {
                let Some((acronym, expansion)) =
                    std::str::from_utf8(terms.key()).ok().and_then(|term| term.split_once(SEPARATOR))
                else {
                    continue;
                };
                let sense = found.entry((key(acronym), stems(expansion, &mut analyzer))).or_default();
                let count = u64::from(terms.value().doc_freq);
                sense.transcripts += count;
                *sense.spellings.entry((acronym.to_owned(), expansion.to_owned())).or_default() += count;
                let mut postings = inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
                while sense.example.is_none() && postings.doc() != TERMINATED {
                    sense.example = value(ids.as_ref(), postings.doc())?;
                    postings.advance();
                }
            }
        }
        let sense = |((_, stems), found): ((String, Vec<(u32, String)>), Found)| {
            let ((acronym, expansion), _) = found.spellings.into_iter().max_by_key(|(_, count)| *count)?;
            Some(Sense { acronym, expansion, transcripts: found.transcripts, example: found.example, stems })
        };
        Ok(Self::new(found.into_iter().filter_map(sense).collect()))
    }

    fn new(mut senses: Vec<Sense>) -> Self {
        senses.retain(|sense| !sense.stems.is_empty());
        senses.sort_by_cached_key(|sense| {
            (key(&sense.acronym), std::cmp::Reverse(sense.transcripts), sense.expansion.clone())
        });
        let mut glossary = Self { senses, ..Self::default() };
        for (at, sense) in glossary.senses.iter().enumerate() {
            glossary.by_acronym.entry(key(&sense.acronym)).or_default().push(at);
            glossary.by_stem.entry(sense.stems[0].1.clone()).or_default().push(at);
        }
        glossary
    }

    /// The glossary corrected by a YAML file, whose every entry takes the place of what was learnt of its acronym:
    ///
    /// ```yaml
    /// GAR: gestionnaire d'accès aux ressources
    /// ENT: [espace numérique de travail, environnement numérique de travail]
    /// CAS: []   # stands for nothing
    /// ```
    ///
    /// # Errors
    /// The file cannot be read, or is something else.
    pub fn corrected(self, file: &Path) -> Result<Self, Error> {
        let wrong = |reason: String| Error::Glossary { path: file.to_owned(), reason };
        let text = fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
        let entries: BTreeMap<String, Expansions> =
            serde_yaml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        let mut analyzer = Analyzer::new();
        let mut senses = self.senses;
        for (acronym, expansions) in entries {
            let learnt: Vec<Sense> = senses.extract_if(.., |sense| key(&sense.acronym) == key(&acronym)).collect();
            for expansion in expansions.into_list() {
                let stems = stems(&expansion, &mut analyzer);
                let known = learnt.iter().find(|sense| sense.stems == stems);
                senses.push(Sense {
                    acronym: acronym.clone(),
                    expansion,
                    transcripts: known.map_or(0, |sense| sense.transcripts),
                    example: known.and_then(|sense| sense.example.clone()),
                    stems,
                });
            }
        }
        Ok(Self::new(senses))
    }

    /// All senses, by acronym, the most frequent of each first.
    pub fn senses(&self) -> &[Sense] {
        &self.senses
    }

    /// The senses of an acronym, however it is written.
    pub fn of(&self, acronym: &str) -> impl Iterator<Item = &Sense> {
        self.by_acronym.get(&key(acronym)).into_iter().flatten().map(|&at| &self.senses[at])
    }

    /// The senses whose expansion begins with a stem.
    pub fn starting_with(&self, stem: &str) -> impl Iterator<Item = &Sense> {
        self.by_stem.get(stem).into_iter().flatten().map(|&at| &self.senses[at])
    }
}

/// What an acronym may stand for, in a file.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Expansions {
    None(()),
    One(String),
    Many(Vec<String>),
}

impl Expansions {
    fn into_list(self) -> Vec<String> {
        match self {
            Self::None(()) => Vec::new(),
            Self::One(expansion) => vec![expansion],
            Self::Many(expansions) => expansions,
        }
    }
}

/// What acronyms are compared by: the term they have in the index.
fn key(acronym: &str) -> String {
    fold(acronym).to_uppercase().replace('.', "")
}

fn stems(expansion: &str, analyzer: &mut Analyzer) -> Vec<(u32, String)> {
    analyzer.tokens(expansion).into_iter().map(|token| (token.position, token.stem)).collect()
}
