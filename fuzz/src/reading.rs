//! What is promised of any transcript, whatever bytes it was read from.

use verbatim_transcript::{Format, Segment, Transcript, pair as laid, parse};

/// Reads bytes in a format.
pub fn read(format: Format, bytes: &[u8]) {
    if let Ok(parsed) = parse(format, "edu/l-ent", bytes) {
        parsed.transcripts.iter().for_each(check);
    }
}

/// Reads a Markdown text and WebVTT, and lays the times of the one onto the other.
pub fn pair(text: &[u8], captions: &[u8]) {
    let (Ok(mut text), Ok(captions)) = (parse(Format::Markdown, "x", text), parse(Format::WebVtt, "x", captions))
    else {
        return;
    };
    let (text, captions) = (&mut text.transcripts[0], &captions.transcripts[0]);
    let before: Vec<String> = text.segments.iter().map(|segment| segment.text.clone()).collect();
    let agreement = laid(text, captions);
    assert!(agreement.aligned <= agreement.words);
    assert!(text.segments.iter().map(|segment| &segment.text).eq(&before), "the text stays as it is");
    let begins = text.segments.iter().flat_map(|segment| &segment.cues).map(|cue| cue.time.start_ms);
    assert!(begins.is_sorted(), "times never go back");
    check(text);
}

fn check(transcript: &Transcript) {
    assert!(!transcript.metadata.title.is_empty());
    transcript.segments.iter().for_each(check_segment);
}

fn check_segment(segment: &Segment) {
    let Segment { text, speaker, time, cues } = segment;
    assert!(!text.trim().is_empty() && text.len() <= 20_000 && !text.contains(['\n', '\r', '\t', '\0']), "{segment:?}");
    assert!(speaker.as_ref().is_none_or(|name| !name.is_empty() && !name.contains('\n')), "{segment:?}");
    assert_eq!(cues.first().map(|cue| cue.offset), time.map(|_| 0), "{segment:?}");
    assert!(time.is_none_or(|time| time.start_ms <= time.end_ms), "{segment:?}");
    assert!(cues.is_sorted_by(|cue, next| cue.offset < next.offset), "{segment:?}");
    for cue in cues {
        assert!(cue.time.start_ms <= cue.time.end_ms, "{segment:?}");
        assert!(text[cue.offset..].starts_with(|c: char| c != ' '), "{segment:?}");
    }
}
