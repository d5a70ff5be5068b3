//! The transcript as the rest of the house knows it, whatever file it came from.

use std::collections::BTreeMap;

/// One video, talk or course, with what was said in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Transcript {
    /// The name that results, judgements and URLs refer to: `edu/le-rgpd-en-milieu-scolaire`.
    pub id: String,
    /// What is known about it besides what was said.
    pub metadata: Metadata,
    /// What was said, in order.
    pub segments: Vec<Segment>,
}

/// What is known about a transcript besides what was said.
///
/// Optional texts are never empty: an empty value in the file is an absent one here.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Metadata {
    /// Its title; the last part of the id where the file gives none.
    pub title: String,
    /// One or two sentences about it.
    pub description: Option<String>,
    /// The part of a collection it belongs to: `Domaine 1`, `Webinaires`.
    pub area: Option<String>,
    /// The page of the embedded player, or a media file.
    pub video_embed_src: Option<String>,
    /// Where the video can be downloaded.
    pub video_download_href: Option<String>,
    /// The captions that belong to it, as a path from the root of the folder.
    pub caption_file_path: Option<String>,
    /// A document instead of, or beside, the video.
    pub pdf_file_path: Option<String>,
    /// What kind of resource it is: `VIDEO`, `PDF`.
    pub file_type: Option<String>,
    /// Its rank where nothing else orders a list; smaller comes first.
    pub priority: Option<i64>,
    /// Who made it and under which licence, one statement a line; given back, not searched.
    pub credits: Option<String>,
    /// All other keys, as they were given.
    pub other: BTreeMap<String, serde_json::Value>,
}

/// A stretch of speech that is shown as one paragraph.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Segment {
    /// The words, as a reader should see them: no markup, white space folded, NFC left to the analysis.
    pub text: String,
    /// Who says them, as named in the file.
    pub speaker: Option<String>,
    /// When they are said, where the source tells.
    pub time: Option<Time>,
    /// When each part of the text is said, where the source tells it more finely: the captions that
    /// were joined into this paragraph. Offsets rise, the first is 0; empty where `time` is none.
    pub cues: Vec<Cue>,
}

impl Segment {
    /// The caption in which the character at a byte offset of the text is said: the moment to jump to.
    ///
    /// ```
    /// use verbatim_transcript::{Format, parse};
    ///
    /// let file = b"1\n00:01:00,000 --> 00:01:02,000\nVoici le\n\n2\n00:01:02,000 --> 00:01:04,000\nGAR.\n";
    /// let segment = &parse(Format::SubRip, "gar", file)?.transcripts[0].segments[0];
    /// assert_eq!(segment.text, "Voici le GAR.");
    /// assert_eq!(segment.cue_at(9).map(|cue| cue.time.start_ms), Some(62_000));
    /// # Ok::<(), verbatim_transcript::Error>(())
    /// ```
    pub fn cue_at(&self, offset: usize) -> Option<&Cue> {
        let after = self.cues.partition_point(|cue| cue.offset <= offset);
        self.cues[..after].last()
    }
}

/// Where in the text of a segment a caption begins, and when it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// Where its first character stands in the text, in bytes.
    pub offset: usize,
    /// When it is shown; of a caption whose rest became the next segment, the time of the whole.
    pub time: Time,
}

/// When something is said, counted from the start of the video.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time {
    /// Begin, in milliseconds.
    pub start_ms: u32,
    /// End, in milliseconds; never before `start_ms`.
    pub end_ms: u32,
}

impl Time {
    /// When it begins, as players show it: `1:23`, `1:02:03`.
    pub fn clock(self) -> String {
        let seconds = self.start_ms / 1000;
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
    }
}
