//! `GET /transcripts/{id}`: a transcript to read, what was asked lit in it.

use std::{collections::HashSet, sync::Arc};

use askama::Template;
use axum::{
    extract::{Path, State, rejection::PathRejection},
    response::Response,
};

use super::{
    super::{
        Options, Shared, ask,
        params::{self, Pairs},
    },
    asked::Asked,
    failure, frame,
    list::{Place, Strip},
    not_found, render,
    video_object::video_object,
    visit::Visit,
    words::{Words, clock},
};
use crate::{
    answer::Reading,
    html::{marked_at, with_french_spaces},
    links,
};

#[derive(Template)]
#[template(path = "reading.html")]
struct ReadingPage {
    w: &'static Words,
    visit: Visit,
    other: String,
    query: String,
    back: String,
    canonical: String,
    public_url: Option<String>,
    /// JSON that cannot end the script it stands in.
    json: Option<String>,
    title: String,
    description: Option<String>,
    area: Option<Area>,
    length: Option<String>,
    speakers: Vec<String>,
    video: Option<Video>,
    download: Option<String>,
    document: Option<String>,
    credits: Option<String>,
    passages: String,
    strip: Option<Strip>,
    places: Vec<Place>,
    paragraphs: Vec<Paragraph>,
}

struct Area {
    name: String,
    link: String,
}

struct Video {
    address: String,
    /// Who serves it.
    host: String,
}

struct Paragraph {
    number: usize,
    /// Escaped but for `<mark>` and what it is found by.
    html: String,
    /// Said where a turn begins; a dash where nobody says whose turn it is.
    speaker: Option<String>,
    time: Option<Moment>,
    /// Where something is lit: the numbers of the paragraphs before and after where something is, too.
    lit: bool,
    previous: Option<usize>,
    next: Option<usize>,
}

struct Moment {
    seconds: u32,
    /// Whether no paragraph before has the same second, which is then an anchor.
    first: bool,
    shown: String,
    spoken: String,
}

/// `GET /transcripts/{id}`
pub(in super::super) async fn reading(
    State(live): Shared,
    State(options): State<Arc<Options>>,
    id: Result<Path<String>, PathRejection>,
    pairs: Pairs,
) -> Response {
    let visit = Visit::new(&pairs);
    let Ok(Path(id)) = id else { return not_found(visit) };
    let query = params::text(&pairs, "q").unwrap_or_default().trim().to_owned();
    let asked = query.clone();
    match ask(&live, move |searcher| searcher.read(&id, &asked)).await {
        Ok(Some(reading)) => frame::with_player(render(&ReadingPage::new(&reading, query, visit, &options))),
        Ok(None) => not_found(visit),
        Err(problem) => failure(&problem, visit),
    }
}

impl ReadingPage {
    fn new(reading: &Reading, query: String, visit: Visit, options: &Options) -> Self {
        let (w, language) = (visit.words(), visit.language);
        let record = &reading.record;
        let metadata = record.metadata();
        let public_url = options.public_url.as_ref().map(ToString::to_string);
        let canonical = format!("{}{}", public_url.as_deref().unwrap_or_default(), links::transcript(record.id(), ""));
        let lit: Vec<usize> = (0..record.len()).filter(|&at| !reading.lit[at].is_empty()).collect();
        let place = |&at: &usize| {
            let start = reading.lit[at].first().and_then(|lit| record.time_at(at, lit.start)).map(|time| time.start_ms);
            Place::new("", at, start, language)
        };
        let in_area = |name: String| {
            let asked = Asked { area: Some(name.clone()), ..Asked::default() };
            Area { link: asked.address("/", visit), name }
        };
        let back = Asked { query: query.clone(), ..Asked::default() };
        Self {
            w,
            visit,
            other: visit.other().to(&links::transcript(record.id(), &query)),
            back: back.address("/", visit),
            json: video_object(record, public_url.as_ref().map(|_| canonical.as_str())),
            canonical,
            public_url,
            title: with_french_spaces(&metadata.title),
            description: metadata.description.as_deref().map(with_french_spaces),
            area: metadata.area.map(in_area),
            length: reading.places.length_ms.map(clock),
            speakers: speakers(reading),
            video: web(metadata.video_embed_src).map(|address| Video { host: host(&address).to_owned(), address }),
            download: web(metadata.video_download_href),
            document: web(metadata.pdf_file_path),
            credits: metadata.credits.as_deref().map(with_french_spaces),
            passages: language.passages(lit.len(), &query),
            strip: Strip::new(&reading.places, language),
            places: lit.iter().map(place).collect(),
            paragraphs: paragraphs(reading, &lit, visit),
            query,
        }
    }
}

/// All paragraphs; in those that are `lit`, the way to the ones before and after.
fn paragraphs(reading: &Reading, lit: &[usize], visit: Visit) -> Vec<Paragraph> {
    let record = &reading.record;
    let second = |at: usize| record.segment(at).time.map(|time| time.start_ms / 1000);
    // A second is an anchor once: first where a paragraph begins, then where a lit word is said.
    let mut anchors: HashSet<u32> = HashSet::new();
    let firsts: Vec<bool> =
        (0..record.len()).map(|at| second(at).is_some_and(|second| anchors.insert(second))).collect();
    let mut before = None;
    record
        .segments()
        .zip(&reading.lit)
        .enumerate()
        .map(|(number, (stretch, ranges))| {
            let speaker = (stretch.speaker != before).then(|| stretch.speaker.unwrap_or("–").to_owned());
            before = stretch.speaker;
            let moment = stretch.time.map(|time| Moment {
                seconds: time.start_ms / 1000,
                first: firsts[number],
                shown: clock(time.start_ms),
                spoken: visit.language.spoken(time.start_ms),
            });
            let at = lit.partition_point(|&other| other < number);
            let is_lit = lit.get(at) == Some(&number);
            let anchor = |offset: usize| {
                let second = record.time_at(number, offset)?.start_ms / 1000;
                anchors.insert(second).then(|| format!("t={second}"))
            };
            Paragraph {
                number,
                html: with_french_spaces(&marked_at(stretch.text, ranges, anchor)),
                speaker,
                time: moment,
                lit: is_lit,
                previous: at.checked_sub(1).filter(|_| is_lit).map(|at| lit[at]),
                next: lit.get(at + 1).filter(|_| is_lit).copied(),
            }
        })
        .collect()
}

/// Who speaks, in the order of their first words.
fn speakers(reading: &Reading) -> Vec<String> {
    let mut speakers: Vec<String> = Vec::new();
    for speaker in reading.record.segments().filter_map(|stretch| stretch.speaker) {
        if !speakers.iter().any(|known| known == speaker) {
            speakers.push(speaker.to_owned());
        }
    }
    speakers
}

/// An address that is safe to follow.
fn web(link: Option<String>) -> Option<String> {
    link.filter(|link| link.starts_with("https://") || link.starts_with("http://"))
}

/// The host of an address that begins with its scheme.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    authority.rsplit('@').next().unwrap_or(authority)
}
