//! Knows the captions that belong to a Markdown transcript: they are the same talk, and no transcript of their own.

use std::{
    collections::HashSet,
    fs::File,
    io::{Read, Result},
    path::Path,
};

use verbatim_transcript::Format;

use crate::source::Source;

/// The front matter that is looked through for captions, in bytes; it stands at the head of the file.
const HEAD: u64 = 16 << 10;

/// Removes the captions that a Markdown file among the sources names by `captionFilePath`, a path from the root of the
/// folder, or that bear its name: `talk.vtt`, `talk.fr.srt` beside `talk.md`.
pub(crate) fn remove(sources: &mut Vec<Source>) {
    let mut named = HashSet::new();
    let mut stems = HashSet::new();
    for source in sources.iter().filter(|source| source.format == Format::Markdown) {
        stems.insert(stem(&source.name).to_owned());
        // A file that cannot be read now says so when it is indexed.
        named.extend(caption_file_path(&source.path).unwrap_or_default());
    }
    let is_companion = |source: &Source| {
        let stem_of_talk = stem(stem(&source.name));
        named.contains(&source.name) || stems.contains(stem(&source.name)) || stems.contains(stem_of_talk)
    };
    sources.retain(|source| !is_captions(source.format) || !is_companion(source));
}

fn is_captions(format: Format) -> bool {
    matches!(format, Format::WebVtt | Format::SubRip | Format::Sbv | Format::Whisper)
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The value of `captionFilePath` in the front matter of a file, as the name of a source.
fn caption_file_path(path: &Path) -> Result<Option<String>> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    let head = String::from_utf8_lossy(&head);
    let value = head.lines().find_map(|line| line.strip_prefix("captionFilePath")?.trim_start().strip_prefix(':'));
    let name = value.map(|value| value.trim().trim_matches(['"', '\'']).trim_start_matches('/').to_owned());
    Ok(name.filter(|name| !name.is_empty()))
}
