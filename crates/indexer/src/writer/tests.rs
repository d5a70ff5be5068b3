use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use proptest::prelude::*;
use tantivy::{
    DocSet, Index, SegmentReader, TERMINATED,
    fieldnorm::FieldNormReader,
    postings::Postings,
    schema::{Field, IndexRecordOption},
};
use verbatim_french::Analyzer;
use verbatim_transcript::{Metadata, Segment, Transcript};

use super::{Writer, count};
use crate::{
    column::value,
    dictionary::Dictionary,
    document::Accepted,
    glossary,
    records::Records,
    schema::{Fields, GAP},
    store::Opened,
};

/// Where a term of a field stands: in which transcript, how often, at which positions.
type Place = (String, u32, Vec<u32>);

/// What an index holds: the places of each term of each field, and of each transcript how many words its fields hold.
#[derive(Debug, Default, PartialEq)]
struct Content {
    terms: BTreeMap<(u32, String), BTreeSet<Place>>,
    lengths: BTreeMap<(u32, String), u32>,
    words: u64,
}

impl Content {
    /// Adds a word of a field; what has a position has it where the field has positions.
    fn add(&mut self, field: Field, term: &str, id: &str, position: Option<u32>) {
        let places = self.terms.entry((field.field_id(), term.to_owned())).or_default();
        let (_, mut count, mut positions) = places.extract_if(.., |(other, ..)| other == id).next().unwrap_or_default();
        count += 1;
        positions.extend(position);
        places.insert((id.to_owned(), count, positions));
        *self.lengths.entry((field.field_id(), id.to_owned())).or_default() += 1;
    }

    /// What the analysis says of transcripts.
    fn expected<'t>(transcripts: impl Iterator<Item = &'t Transcript>, fields: &Fields) -> Self {
        let mut content = Self::default();
        let mut analyzer = Analyzer::new();
        for transcript in transcripts {
            let (id, metadata) = (&transcript.id, &transcript.metadata);
            let mut next = 0;
            let mut hear = |text: &str, gap: u32, is_title: bool| {
                let first = next + gap;
                next = first
                    + analyzer.analyze(text, |token| {
                        let position = Some(first + token.position);
                        content.add(fields.stem, token.stem, id, position);
                        content.add(fields.fold, token.fold, id, position);
                        content.add(fields.written, token.written, id, None);
                        if let Some(also) = token.also {
                            content.add(fields.fold, also, id, position);
                        }
                        if is_title {
                            content.add(fields.title, token.stem, id, None);
                        }
                        content.words += 1;
                    });
            };
            hear(&metadata.title, 0, true);
            if let Some(description) = &metadata.description {
                hear(description, GAP, false);
            }
            let gaps = std::iter::once(GAP).chain(std::iter::repeat(0));
            transcript.segments.iter().zip(gaps).for_each(|(segment, gap)| hear(&segment.text, gap, false));
            content.add(fields.id, id, id, None);
            content.add(fields.source, id, id, None);
            metadata.area.iter().for_each(|area| content.add(fields.area, area, id, None));
            let speakers: BTreeSet<_> =
                transcript.segments.iter().filter_map(|segment| segment.speaker.as_ref()).collect();
            speakers.into_iter().for_each(|speaker| content.add(fields.speaker, speaker, id, None));
            glossary::terms(transcript).iter().for_each(|term| content.add(fields.definition, term, id, None));
        }
        // The engine keeps a length in one byte.
        let kept = |length| FieldNormReader::id_to_fieldnorm(FieldNormReader::fieldnorm_to_id(length));
        content.lengths.values_mut().for_each(|length| *length = kept(*length));
        content
    }

    /// What an index holds.
    fn read(opened: &Opened) -> Self {
        let mut content = Self::default();
        for segment in opened.index.reader().expect("an index").searcher().segment_readers() {
            content.read_segment(segment, opened);
        }
        content.words = count(opened).expect("a column").1;
        content
    }

    fn read_segment(&mut self, segment: &SegmentReader, opened: &Opened) {
        let ids = segment.fast_fields().str("id").expect("a column");
        let id = |doc| value(ids.as_ref(), doc).expect("a column").expect("each transcript has one");
        let records = Records::open(segment, &opened.dictionary).expect("a store");
        for doc in segment.doc_ids_alive() {
            let record = records.get(doc).expect("a store").expect("a record");
            assert_eq!(record.id(), id(doc));
        }
        for (field, entry) in opened.index.schema().fields().filter(|(_, entry)| entry.is_indexed()) {
            let norms = segment.get_fieldnorms_reader(field).expect("norms");
            for doc in segment.doc_ids_alive().filter(|&doc| norms.fieldnorm(doc) > 0) {
                self.lengths.insert((field.field_id(), id(doc)), norms.fieldnorm(doc));
            }
            let option = entry.field_type().index_record_option().expect("it is indexed");
            let inverted = segment.inverted_index(field).expect("postings");
            let mut terms = inverted.terms().stream().expect("terms");
            let (mut total, mut before) = (0, None);
            while terms.advance() {
                let term = String::from_utf8(terms.key().to_vec()).expect("text");
                assert!(before.replace(term.clone()) < Some(term.clone()), "terms rise");
                let mut postings = inverted.read_postings_from_terminfo(terms.value(), option).expect("postings");
                assert!(postings.doc() != TERMINATED, "no term without a transcript");
                let mut docs = 0;
                while postings.doc() != TERMINATED {
                    docs += 1;
                    total += u64::from(postings.term_freq());
                    if segment.alive_bitset().is_none_or(|alive| alive.is_alive(postings.doc())) {
                        let mut positions = Vec::new();
                        if option == IndexRecordOption::WithFreqsAndPositions {
                            postings.positions(&mut positions);
                        }
                        let place = (id(postings.doc()), postings.term_freq(), positions);
                        self.terms.entry((field.field_id(), term.clone())).or_default().insert(place);
                    }
                    postings.advance();
                }
                assert_eq!(docs, terms.value().doc_freq, "{term}");
            }
            // A merge makes an estimate of it.
            if option.has_freq() && segment.num_docs() == 1 && segment.max_doc() == 1 {
                assert_eq!(inverted.total_num_tokens(), total, "{}", entry.name());
            }
        }
    }
}

/// An index in memory.
fn opened() -> Opened {
    let (schema, fields) = Fields::schema();
    Opened {
        index: Index::create_in_ram(schema),
        fields,
        dictionary: Arc::new(Dictionary::learn(&[])),
        generation: PathBuf::new(),
        opstamp: 0,
    }
}

/// Writes transcripts, in the place of those of the same id; builders that take `room` bytes write segments.
fn write(opened: &Opened, transcripts: &[Transcript], room: usize) {
    let mut writer = Writer::new(opened, Path::new("")).expect("an index in memory");
    writer.room = room;
    let accept = |transcript: &Transcript| {
        let source = transcript.id.clone();
        Accepted { source, fingerprint: 7, transcript: transcript.clone() }
    };
    // What is removed and what is added take turns, as in a run over many sources.
    for some in transcripts.chunks(3) {
        some.iter().for_each(|transcript| writer.remove(&transcript.id));
        writer.add(some.iter().map(accept).collect()).expect("memory is no full disk");
    }
    writer.commit().expect("memory is no full disk");
}

/// Texts that make use of all that has no word of its own, or no place.
fn text() -> impl Strategy<Value = String> {
    "(euh |le le |G A R |l['’]ENT |enseignant·e·s |17 h 30 |rendez-vous |Gestionnaire d'accès aux ressources \\(GAR\\) |[a-eéè]{1,3} |[A-E]{2,3} |[.,…] ){0,20}"
}

fn transcript() -> impl Strategy<Value = Transcript> {
    let speaker = || prop::option::of("[AB]");
    let segments = prop::collection::vec((text(), speaker()), 0..4);
    ("[a-p]", text(), prop::option::of(text()), prop::option::of("[XY]?"), segments).prop_map(
        |(id, title, description, area, segments)| Transcript {
            id,
            metadata: Metadata { title, description, area, ..Metadata::default() },
            segments: segments
                .into_iter()
                .map(|(text, speaker)| Segment { text, speaker, ..Segment::default() })
                .collect(),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_index_holds_what_the_analysis_says(
        rounds in prop::collection::vec((prop::collection::vec(transcript(), 0..12), prop::sample::select(vec![1, 2_000, 1 << 20])), 1..4),
    ) {
        let opened = opened();
        let mut all = BTreeMap::new();
        for (transcripts, room) in rounds {
            // A run takes no two transcripts of one id.
            let these: BTreeMap<_, _> = transcripts.into_iter().map(|transcript| (transcript.id.clone(), transcript)).collect();
            write(&opened, &these.values().cloned().collect::<Vec<_>>(), room);
            all.extend(these);
            prop_assert_eq!(Content::read(&opened), Content::expected(all.values(), &opened.fields));
        }
    }
}
