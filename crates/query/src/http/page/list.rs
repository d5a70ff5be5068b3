//! The list of videos that answer, as the results page and the embedded one show it.

use super::{
    visit::Visit,
    words::{Language, clock},
};
use crate::{
    answer::{Also, Found},
    html::{marked, with_french_spaces},
    links,
    places::Places,
    snippet::Snippet,
};

/// A video that answers.
pub(super) struct Item {
    pub(super) title: String,
    pub(super) link: String,
    pub(super) area: Option<String>,
    pub(super) description: Option<String>,
    /// How long it is: `12:40`.
    pub(super) length: Option<String>,
    pub(super) strip: Option<Strip>,
    pub(super) passages: Vec<Passage>,
    /// The videos that say the same.
    pub(super) also: Vec<AlsoItem>,
}

/// A video that says the same, and where it does.
pub(super) struct AlsoItem {
    pub(super) title: String,
    pub(super) link: String,
}

/// A passage, and the way to it.
pub(super) struct Passage {
    /// Escaped but for `<mark>`.
    pub(super) html: String,
    pub(super) place: Place,
    pub(super) speaker: Option<String>,
    /// The video itself at that moment, where its player takes one.
    pub(super) video: Option<String>,
}

/// Where a passage stands.
pub(super) struct Place {
    pub(super) link: String,
    /// `1:23`; the number of the paragraph where no time is known.
    pub(super) shown: String,
    /// The same as one says it.
    pub(super) spoken: String,
}

/// Where in the length of a video the words are said, drawn.
pub(super) struct Strip {
    /// The data of an SVG path: a stroke for each place, in a box of 100 by 6.
    pub(super) path: String,
    pub(super) said: String,
}

impl Item {
    pub(super) fn new(found: &Found, query: &str, visit: Visit) -> Self {
        let link = visit.to(&links::transcript(&found.id, query));
        let passage = |snippet: &Snippet| Passage {
            html: with_french_spaces(&marked(&snippet.text, &snippet.highlights)),
            place: Place::of_snippet(snippet, &link, visit.language),
            speaker: snippet.speaker.clone(),
            video: snippet.video.clone(),
        };
        let also = |also: &Also| {
            let page = visit.to(&links::transcript(&also.id, query));
            let start = also.time.map(|time| time.start_ms);
            let at = also.segment.map(|segment| Place::new(&page, segment, start, visit.language).link);
            AlsoItem { title: with_french_spaces(&also.title), link: at.unwrap_or(page) }
        };
        // The best of the video, in the order in which they are said: so they read, and so the strip shows them.
        let mut snippets: Vec<&Snippet> = found.snippets.iter().collect();
        snippets.sort_by_key(|snippet| snippet.segment);
        Self {
            passages: snippets.into_iter().map(passage).collect(),
            title: with_french_spaces(&found.title),
            area: found.area.clone(),
            description: found.description.as_deref().map(with_french_spaces),
            length: found.places.length_ms.map(clock),
            strip: Strip::new(&found.places, visit.language),
            also: found.also.iter().map(also).collect(),
            link,
        }
    }
}

impl Place {
    fn of_snippet(snippet: &Snippet, page: &str, language: Language) -> Self {
        match (snippet.segment, snippet.time) {
            (Some(segment), time) => Self::new(page, segment, time.map(|time| time.start_ms), language),
            // The description stands at the top of the page.
            (None, _) => {
                let (shown, spoken) = (String::new(), language.words().description.to_owned());
                Self { link: page.to_owned(), shown, spoken }
            }
        }
    }

    /// A segment on a page, at a time in milliseconds where that is known.
    pub(super) fn new(page: &str, segment: usize, start_ms: Option<u32>, language: Language) -> Self {
        match start_ms {
            Some(start) => {
                Self { link: format!("{page}#t={}", start / 1000), shown: clock(start), spoken: language.spoken(start) }
            }
            None => Self {
                link: format!("{page}#s{segment}"),
                shown: format!("§\u{202f}{}", segment + 1),
                spoken: language.paragraph(segment + 1),
            },
        }
    }
}

impl Strip {
    /// None where nothing is to be drawn.
    pub(super) fn new(places: &Places, language: Language) -> Option<Self> {
        if places.hundredths.is_empty() {
            return None;
        }
        let path = places.hundredths.iter().map(|place| format!("M{place}.5 0v6")).collect();
        Some(Self { path, said: language.strip(places) })
    }
}
