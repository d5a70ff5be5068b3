//! `GET /`: what the search is where nothing is asked, and the results of what is.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::Response};
use verbatim_indexer::Sense;

use super::{
    super::{Options, Shared, ask, params::Pairs},
    asked::Asked,
    failure, frame,
    list::Item,
    render,
    visit::Visit,
    words::Words,
};
use crate::{answer::Answer, facet::Facet, links, planner::Expansion};

#[derive(Template)]
#[template(path = "results.html")]
struct ResultsPage {
    w: &'static Words,
    visit: Visit,
    other: String,
    query: String,
    title: String,
    /// Where the server is reached, where that is known.
    public_url: Option<String>,
    oembed: Option<String>,
    canonical: String,
    /// What the first page says where nothing is asked.
    home: Option<Home>,
    count: String,
    notes: Vec<String>,
    suggestion: Option<Link>,
    expansions: Vec<Expansion>,
    filters: Vec<Filter>,
    results: Vec<Item>,
    advice: Advice,
    pages: Option<Pages>,
}

/// What there is to search.
struct Home {
    lead: String,
    acronyms: Vec<Link>,
    areas: Vec<Link>,
    /// Ways to ask, each with an example that this index answers.
    ways: Vec<Way>,
}

struct Way {
    name: &'static str,
    example: Link,
    meaning: &'static str,
}

pub(super) struct Link {
    pub(super) text: String,
    pub(super) address: String,
    pub(super) count: Option<usize>,
}

/// A choice that narrows the results.
struct Filter {
    name: String,
    label: &'static str,
    all: &'static str,
    choices: Vec<Choice>,
}

struct Choice {
    value: String,
    count: usize,
    chosen: bool,
}

/// The way on where nothing was found.
struct Advice {
    /// The query without what narrows it, where something does.
    wider: Option<Link>,
    /// The same in all areas, where one was asked for, and in those that have it.
    elsewhere: Vec<Link>,
    all: String,
}

/// The way to the neighbouring pages.
pub(super) struct Pages {
    pub(super) here: String,
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
}

/// How many acronyms the first page shows.
const ACRONYMS: usize = 8;
/// How many letters of a word its example of a beginning has.
const BEGINNING: usize = 6;
/// How many speakers there are to choose from, the most frequent: a choice, not a directory.
const SPEAKERS: usize = 20;
/// How many areas it shows.
const AREAS: usize = 12;

/// `GET /`
pub(in super::super) async fn results(
    State(live): Shared,
    State(options): State<Arc<Options>>,
    pairs: Pairs,
) -> Response {
    let visit = Visit::new(&pairs);
    let Ok(asked) = Asked::new(&pairs) else { return super::bad_request(visit) };
    let request = asked.request(3);
    let is_home = asked.is_plain() && asked.page == 1;
    let answered = ask(&live, move |searcher| {
        let acronyms = if is_home { searcher.heard_acronyms(ACRONYMS) } else { Vec::new() };
        Ok((searcher.search(&request)?, acronyms))
    });
    match answered.await {
        Ok((answer, acronyms)) => {
            let mut page = ResultsPage::new(&answer, &asked, visit, &options);
            page.home = is_home.then(|| Home::new(&answer, &acronyms, &asked, visit));
            frame::unframed(render(&page))
        }
        Err(problem) => failure(&problem, visit),
    }
}

impl ResultsPage {
    fn new(answer: &Answer, asked: &Asked, visit: Visit, options: &Options) -> Self {
        let (w, language) = (visit.words(), visit.language);
        let public_url = options.public_url.as_ref().map(ToString::to_string);
        let address = asked.address("/", visit);
        let whole = public_url.as_ref().map(|public| format!("{public}{address}"));
        let suggestion = answer.suggestion.as_ref().map(|query| Link {
            text: query.clone(),
            address: asked.with_query(query).address("/", visit),
            count: None,
        });
        Self {
            w,
            visit,
            other: asked.address("/", visit.other()),
            title: if asked.is_plain() {
                w.home_title.to_owned()
            } else if asked.query.is_empty() {
                language.videos(answer.total)
            } else {
                language.title(answer.total, &asked.query, asked.page)
            },
            oembed: whole.map(|whole| format!("/oembed?url={}", links::value(&whole))),
            canonical: format!("{}/", public_url.as_deref().unwrap_or_default()),
            public_url,
            home: None,
            count: language.videos(answer.total),
            notes: answer.notes.iter().map(|note| language.note(note)).collect(),
            suggestion,
            expansions: answer.expansions.clone(),
            filters: filters(answer, asked, w),
            results: answer.results.iter().map(|found| Item::new(found, &asked.query, visit)).collect(),
            advice: Advice::new(answer, asked, visit),
            pages: Pages::new(answer, asked, "/", visit),
            query: asked.query.clone(),
        }
    }

    /// Whether the page lists what was asked for, which is nothing for a search engine to keep.
    fn is_answer(&self) -> bool {
        self.home.is_none()
    }
}

/// The filters that leave a choice.
fn filters(answer: &Answer, asked: &Asked, w: &'static Words) -> Vec<Filter> {
    Facet::ALL
        .into_iter()
        .map(|facet| {
            let (counts, label, all) = match facet {
                Facet::Area => (answer.areas.as_slice(), w.area, w.all_areas),
                Facet::Speaker => (&answer.speakers[..answer.speakers.len().min(SPEAKERS)], w.speaker, w.all_speakers),
            };
            let wanted = asked.wanted(facet);
            let choice = |(value, count): &(String, usize)| Choice {
                value: value.clone(),
                count: *count,
                chosen: wanted == Some(value),
            };
            let mut choices: Vec<Choice> = counts.iter().map(choice).collect();
            if let Some(value) = wanted.filter(|_| choices.iter().all(|choice| !choice.chosen)) {
                choices.push(Choice { value: value.to_owned(), count: answer.total, chosen: true });
            }
            Filter { name: facet.to_string(), label, all, choices }
        })
        .filter(|filter| filter.choices.len() > 1 || filter.choices.iter().any(|choice| choice.chosen))
        .collect()
}

impl Home {
    fn new(answer: &Answer, senses: &[Sense], asked: &Asked, visit: Visit) -> Self {
        let w = visit.words();
        let link =
            |query: String| Link { address: asked.with_query(&query).address("/", visit), text: query, count: None };
        let area = |(name, count): &(String, usize)| Link {
            text: name.clone(),
            address: asked.within(Facet::Area, Some(name)).address("/", visit),
            count: Some(*count),
        };
        let phrase = senses.first().map(|sense| format!("\"{}\"", sense.expansion));
        let without =
            senses.first().zip(senses.get(1)).map(|(one, other)| format!("{} -{}", one.acronym, other.acronym));
        let prefix = senses.iter().find_map(|sense| beginning(&sense.expansion)).map(|word| format!("{word}*"));
        let ways = [
            (w.phrase, phrase, w.phrase_means),
            (w.without, without, w.without_means),
            (w.prefix, prefix, w.prefix_means),
        ];
        let way =
            |(name, example, meaning): (_, Option<String>, _)| Some(Way { name, example: link(example?), meaning });
        Self {
            lead: visit.language.lead(answer.total),
            acronyms: senses.iter().map(|sense| link(sense.acronym.clone())).collect(),
            areas: answer.areas.iter().take(AREAS).map(area).collect(),
            ways: ways.into_iter().filter_map(way).collect(),
        }
    }
}

/// The beginning of the first long word of a text.
fn beginning(text: &str) -> Option<String> {
    let word = text.split(|c: char| !c.is_alphabetic()).find(|word| word.chars().count() > BEGINNING + 2)?;
    Some(word.chars().take(BEGINNING).collect())
}

impl Advice {
    fn new(answer: &Answer, asked: &Asked, visit: Visit) -> Self {
        let words: Vec<&str> = asked
            .query
            .split_whitespace()
            .filter(|word| !word.starts_with('-'))
            .map(|word| word.trim_matches(['"', '«', '»', '“', '”']))
            .filter(|word| !word.is_empty())
            .collect();
        let wider = words.join(" ");
        let link = |asked: Asked, text: String, count| Link { text, address: asked.address("/", visit), count };
        let of_area =
            |(name, count): &(String, usize)| link(asked.within(Facet::Area, Some(name)), name.clone(), Some(*count));
        Self {
            wider: (!wider.is_empty() && wider != asked.query).then(|| link(asked.with_query(&wider), wider, None)),
            elsewhere: answer.areas.iter().take(AREAS).map(of_area).collect(),
            all: Asked::default().address("/", visit),
        }
    }
}

impl Pages {
    /// None where all is on one page.
    pub(super) fn new(answer: &Answer, asked: &Asked, root: &str, visit: Visit) -> Option<Self> {
        let (page, pages) = (asked.page, Asked::pages(answer.total));
        let link = |page| asked.on_page(page).address(root, visit);
        (pages > 1).then(|| Self {
            here: visit.language.page(page, pages),
            previous: (page > 1).then(|| link(page - 1)),
            next: (page < pages).then(|| link(page + 1)),
        })
    }
}
