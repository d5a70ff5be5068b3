//! A transcript and the captions of the same talk: the words of the one get the times of the other.
//!
//! People correct what they publish as text, and leave the captions as they were, so the words differ here and there.
//! Both are read as sequences of [`words`], which [`align`] brings side by side; [`lay`] puts the times of the captions
//! onto the paragraphs.

mod align;
mod lay;
mod words;

use imara_diff::InternedInput;

use crate::model::Transcript;

/// From this share of words on, in percent, captions are those of the talk.
///
/// Of two talks that have nothing to do with each other, a few phrases agree in order: in some nine thousand pairs that
/// we tried, 9 % of the words at most but for talks of a series, which begin and end alike, with up to 23 %. Captions in which
/// every second word is wrong agree in 52 % or more, and those that end halfway through a talk tell its first half.
const SAME_TALK: usize = 30;

/// How many words of a transcript were found in captions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreement {
    /// Words of the transcript that can be compared: all but numbers.
    pub words: usize,
    /// Of these, those that the captions have in the same order, in stretches too long to be chance.
    pub aligned: usize,
}

impl Agreement {
    /// The share of words aligned, rounded down; 0 where there are none.
    pub fn percent(self) -> usize {
        (self.aligned * 100).checked_div(self.words).unwrap_or(0)
    }

    /// Whether the captions are those of the transcript; if not, they told no times.
    pub fn is_same_talk(self) -> bool {
        self.percent() >= SAME_TALK
    }
}

/// Gives the segments of `transcript` times and cues, and speakers where it names none at all, from the captions of the
/// same talk.
///
/// Each cue has the time of the caption in which its words stand. Words that differ have the time of the words around
/// them; a paragraph that is not in the captions has none. Begins never go back. If the captions are not of the same
/// talk, the transcript stays as it is.
///
/// ```
/// use verbatim_transcript::{Format, pair, parse};
///
/// let mut talk = parse(Format::Markdown, "gar", "L’élève a un compte.\n\nC’est le GAR.\n".as_bytes())?;
/// let captions = b"WEBVTT\n\n00:01.000 --> 00:03.000\nl'eleve a un compte\n\n00:04.000 --> 00:05.000\nc'est le gare\n";
/// let captions = parse(Format::WebVtt, "gar", captions)?;
/// let agreement = pair(&mut talk.transcripts[0], &captions.transcripts[0]);
/// assert_eq!((agreement.words, agreement.aligned), (9, 8));
/// assert_eq!(talk.transcripts[0].segments[1].time.map(|time| time.start_ms), Some(4_000));
/// # Ok::<(), verbatim_transcript::Error>(())
/// ```
pub fn pair(transcript: &mut Transcript, captions: &Transcript) -> Agreement {
    let mut words = InternedInput::default();
    let (mut places, mut moments) = (Vec::new(), Vec::new());
    words.update_before(words::placed(&transcript.segments).map(|(place, word)| {
        places.push(place);
        word
    }));
    words.update_after(words::timed(&captions.segments).map(|(moment, word)| {
        moments.push(moment);
        word
    }));
    let runs = align::runs(&words);
    let agreement = Agreement { words: places.len(), aligned: runs.iter().map(|run| run.length).sum() };
    if agreement.is_same_talk() {
        let moments = lay::spread(&places, &moments, &runs);
        lay::times(&mut transcript.segments, &places, &moments);
        if transcript.segments.iter().all(|segment| segment.speaker.is_none()) {
            lay::speakers(&mut transcript.segments, &captions.segments, &places, &moments);
        }
    }
    agreement
}
