//! All that the pages say, in French and in English: the only place with sentences for visitors.

mod english;
mod french;

use verbatim_transcript::Time;

use self::{english::ENGLISH, french::FRENCH};
use crate::{note::Note, places::Places};

/// The language in which a page speaks. What is said in the videos stays French.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    French,
    English,
}

/// What a page says in one language, where it is always the same.
pub(super) struct Words {
    /// As `lang` and `hreflang` have it.
    pub(super) code: &'static str,
    /// As Open Graph has it.
    pub(super) locale: &'static str,
    /// The attribute for what is French on the page, where the page is not.
    pub(super) speech: &'static str,
    pub(super) other_code: &'static str,
    pub(super) other_name: &'static str,
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    pub(super) colon: &'static str,

    pub(super) skip: &'static str,
    pub(super) search_label: &'static str,
    pub(super) search: &'static str,
    pub(super) search_description: &'static str,
    pub(super) filter: &'static str,
    pub(super) area: &'static str,
    pub(super) all_areas: &'static str,
    pub(super) speaker: &'static str,
    pub(super) all_speakers: &'static str,

    pub(super) home_title: &'static str,
    pub(super) home_heading: &'static str,
    pub(super) start: &'static str,
    pub(super) acronyms: &'static str,
    pub(super) areas: &'static str,
    pub(super) phrase: &'static str,
    pub(super) phrase_means: &'static str,
    pub(super) without: &'static str,
    pub(super) without_means: &'static str,
    pub(super) prefix: &'static str,
    pub(super) prefix_means: &'static str,

    pub(super) results_for: &'static str,
    pub(super) instead_of: &'static str,
    pub(super) searched_too: &'static str,
    pub(super) elsewhere: &'static str,
    pub(super) advice: &'static str,
    pub(super) advice_words: &'static str,
    pub(super) advice_quotes: &'static str,
    pub(super) advice_all: &'static str,
    pub(super) pages: &'static str,
    pub(super) previous_page: &'static str,
    pub(super) next_page: &'static str,
    pub(super) whole_search: &'static str,
    pub(super) also_in: &'static str,
    pub(super) in_video: &'static str,

    pub(super) back: &'static str,
    pub(super) transcript: &'static str,
    pub(super) no_transcript: &'static str,
    pub(super) credits: &'static str,
    pub(super) speakers: &'static str,
    pub(super) play: &'static str,
    pub(super) watch: &'static str,
    pub(super) nothing_before: &'static str,
    pub(super) download: &'static str,
    pub(super) document: &'static str,
    pub(super) description: &'static str,
    pub(super) previous_passage: &'static str,
    pub(super) next_passage: &'static str,
    pub(super) not_here: &'static str,

    pub(super) missing: &'static str,
    pub(super) missing_advice: &'static str,
    pub(super) bad_address: &'static str,
    pub(super) bad_address_advice: &'static str,
    pub(super) failure: &'static str,
    pub(super) failure_advice: &'static str,
    pub(super) all_videos: &'static str,
    pub(super) integrate: &'static str,
}

/// How many places of a strip are read out.
const PLACES_SAID: usize = 6;

impl Language {
    /// The language of that code; French where it is none of ours.
    pub(super) fn of(code: Option<&str>) -> Self {
        if code == Some("en") { Self::English } else { Self::French }
    }

    pub(super) fn other(self) -> Self {
        match self {
            Self::French => Self::English,
            Self::English => Self::French,
        }
    }

    pub(super) fn words(self) -> &'static Words {
        match self {
            Self::French => &FRENCH,
            Self::English => &ENGLISH,
        }
    }

    /// «4 vidéos».
    pub(super) fn videos(self, count: usize) -> String {
        match (self, count) {
            (Self::French, 0) => "Aucune vidéo".to_owned(),
            (Self::French, 1) => "1 vidéo".to_owned(),
            (Self::French, _) => format!("{} vidéos", grouped(count, '\u{202f}')),
            (Self::English, 0) => "No video".to_owned(),
            (Self::English, 1) => "1 video".to_owned(),
            (Self::English, _) => format!("{} videos", grouped(count, ',')),
        }
    }

    /// «4 vidéos pour « GAR », page 2».
    pub(super) fn title(self, count: usize, query: &str, page: usize) -> String {
        let (videos, quoted) = (self.videos(count), self.quoted(query));
        let title = match self {
            Self::French => format!("{videos} pour {quoted}"),
            Self::English => format!("{videos} for {quoted}"),
        };
        if page > 1 { format!("{title}, page {page}") } else { title }
    }

    pub(super) fn quoted(self, text: &str) -> String {
        let words = self.words();
        format!("{}{text}{}", words.open, words.close)
    }

    /// What the search is, on its first page.
    pub(super) fn lead(self, videos: usize) -> String {
        let videos = match videos {
            0 | 1 => self.videos(videos).to_lowercase(),
            _ => self.videos(videos),
        };
        match self {
            Self::French => format!(
                "Tapez un mot, un sigle ou une phrase entendue\u{a0}: la recherche lit mot à mot ce qui est dit ({videos}) et mène au passage."
            ),
            Self::English => format!(
                "Type a word, an acronym or a sentence you heard: the search reads word by word what is said ({videos}) and leads to the passage."
            ),
        }
    }

    /// «Page 2 sur 7».
    pub(super) fn page(self, page: usize, pages: usize) -> String {
        match self {
            Self::French => format!("Page {page} sur {pages}"),
            Self::English => format!("Page {page} of {pages}"),
        }
    }

    /// «7 passages pour « GAR »».
    pub(super) fn passages(self, count: usize, query: &str) -> String {
        let (passages, quoted) = (if count == 1 { "passage" } else { "passages" }, self.quoted(query));
        match self {
            Self::French => format!("{count} {passages} pour {quoted}"),
            Self::English => format!("{count} {passages} for {quoted}"),
        }
    }

    /// «À 1 minute 23 secondes», as a screen reader should say `1:23`.
    pub(super) fn spoken(self, milliseconds: u32) -> String {
        let (at, units) = match self {
            Self::French => ("À", ["heure", "minute", "seconde"]),
            Self::English => ("At", ["hour", "minute", "second"]),
        };
        let seconds = milliseconds / 1000;
        let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60];
        let mut spoken = at.to_owned();
        for (part, unit) in parts.into_iter().zip(units).filter(|(part, _)| *part > 0) {
            spoken.push_str(&format!(" {part} {unit}{}", if part > 1 { "s" } else { "" }));
        }
        if seconds == 0 { format!("{at} 0 {}", units[2]) } else { spoken }
    }

    /// «Paragraphe 15», where no time is known.
    pub(super) fn paragraph(self, number: usize) -> String {
        match self {
            Self::French => format!("Paragraphe {number}"),
            Self::English => format!("Paragraph {number}"),
        }
    }

    /// What a strip shows, for who does not see it.
    pub(super) fn strip(self, places: &Places) -> String {
        let place = |hundredth: &u8| match (places.length_ms, self) {
            (Some(length), _) => clock((u64::from(length) * u64::from(*hundredth) / 100) as u32),
            (None, Self::French) => format!("{hundredth}\u{202f}%"),
            (None, Self::English) => format!("{hundredth}%"),
        };
        let said: Vec<String> = places.hundredths.iter().take(PLACES_SAID).map(place).collect();
        let rest = places.hundredths.len() - said.len();
        let said = said.join(", ");
        let of = match (self, places.length_ms) {
            (Self::French, Some(length)) => format!("sur {}", clock(length)),
            (Self::French, None) => "de la transcription".to_owned(),
            (Self::English, Some(length)) => format!("of {}", clock(length)),
            (Self::English, None) => "of the transcript".to_owned(),
        };
        match (self, rest) {
            (Self::French, 0) => format!("Dit vers {said} {of}"),
            (Self::French, _) => format!("Dit vers {said} {of}, et à {rest} autres endroits"),
            (Self::English, 0) => format!("Said around {said} {of}"),
            (Self::English, _) => format!("Said around {said} {of}, and in {rest} other places"),
        }
    }

    /// A note on how the query was read.
    pub(super) fn note(self, note: &Note) -> String {
        match self {
            Self::French => note.french(),
            Self::English => {
                let note = note.to_string();
                let first = note.chars().next().map_or(0, char::len_utf8);
                format!("{}{}.", note[..first].to_uppercase(), &note[first..])
            }
        }
    }
}

/// `1:23` or `1:02:03`.
pub(super) fn clock(milliseconds: u32) -> String {
    Time { start_ms: milliseconds, end_ms: milliseconds }.clock()
}

/// A number in groups of three digits.
fn grouped(number: usize, separator: char) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::{Language::*, clock, grouped};
    use crate::places::Places;

    #[test]
    fn times_are_said_as_one_says_them() {
        for (milliseconds, shown, french, english) in [
            (0, "0:00", "À 0 seconde", "At 0 second"),
            (999, "0:00", "À 0 seconde", "At 0 second"),
            (1_000, "0:01", "À 1 seconde", "At 1 second"),
            (83_200, "1:23", "À 1 minute 23 secondes", "At 1 minute 23 seconds"),
            (120_000, "2:00", "À 2 minutes", "At 2 minutes"),
            (3_723_000, "1:02:03", "À 1 heure 2 minutes 3 secondes", "At 1 hour 2 minutes 3 seconds"),
        ] {
            assert_eq!(clock(milliseconds), shown);
            assert_eq!(French.spoken(milliseconds), french);
            assert_eq!(English.spoken(milliseconds), english);
        }
    }

    #[test]
    fn counts_read_well() {
        for (count, french, english) in [
            (0, "Aucune vidéo", "No video"),
            (1, "1 vidéo", "1 video"),
            (999, "999 vidéos", "999 videos"),
            (20_000, "20\u{202f}000 vidéos", "20,000 videos"),
        ] {
            assert_eq!(French.videos(count), french);
            assert_eq!(English.videos(count), english);
        }
        assert_eq!(grouped(1_234_567, ' '), "1 234 567");
    }

    #[test]
    fn a_strip_says_what_it_shows() {
        let of_words = Places { length_ms: None, hundredths: vec![0, 12, 80] };
        assert_eq!(French.strip(&of_words), "Dit vers 0\u{202f}%, 12\u{202f}%, 80\u{202f}% de la transcription");
        let of_time = Places { length_ms: Some(760_000), hundredths: (10..18).collect() };
        assert_eq!(
            French.strip(&of_time),
            "Dit vers 1:16, 1:23, 1:31, 1:38, 1:46, 1:54 sur 12:40, et à 2 autres endroits"
        );
    }
}
