//! Knows the files that belong to a talk and are no talk of their own: the captions of a Markdown transcript, and YAML
//! files with metadata for captions and text.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    fs,
    io::{Read, Result},
    path::{Component, Path, PathBuf},
};

use rayon::prelude::*;
use verbatim_transcript::{Format, caption_file_path};

use crate::source::{self, Source};

/// The front matter that is looked through for captions, in bytes; it stands at the head of the file.
const HEAD: u64 = 16 << 10;

/// The name of the file whose metadata hold for all talks of its folder and below, without its ending.
pub(crate) const OF_FOLDER: &str = "metadata";

/// The endings of metadata files.
const METADATA: [&str; 2] = ["yaml", "yml"];

/// What lies below the paths given, or beside them, and may belong to a talk.
#[derive(Debug, Default)]
pub(crate) struct Companions {
    captions: BTreeSet<PathBuf>,
    metadata: BTreeSet<PathBuf>,
}

impl Companions {
    /// Takes note of a file.
    pub(crate) fn add(&mut self, path: &Path) {
        if is_metadata(path) {
            self.metadata.insert(path.to_owned());
        } else if captions_of(path).is_some() {
            self.captions.insert(path.to_owned());
        }
    }

    /// Takes note of all files in a folder, not below it.
    pub(crate) fn add_folder(&mut self, folder: &Path) -> Result<()> {
        let here = if folder == Path::new("") { Path::new(".") } else { folder };
        for entry in fs::read_dir(here)?.flatten() {
            self.add(&folder.join(entry.file_name()));
        }
        Ok(())
    }

    /// Gives the sources what belongs to them, and removes the captions that do from among them.
    pub(crate) fn attach(&self, sources: &mut Vec<Source>) {
        let mut of_talk: HashMap<PathBuf, Vec<&Path>> = HashMap::new();
        for path in &self.captions {
            for talk in BTreeSet::from([without_ending(path), without_language(&without_ending(path))]) {
                of_talk.entry(talk).or_default().push(path);
            }
        }
        let mut attached: HashSet<PathBuf> = HashSet::new();
        let named: Vec<_> = sources.par_iter().map(named).collect();
        for (source, named) in sources.iter_mut().zip(named) {
            match source.format {
                Format::Markdown => {
                    let beside = of_talk.get(&without_ending(&source.path)).map_or(&[][..], Vec::as_slice);
                    source.captions = named.as_ref().and_then(|(name, _)| find(name, source)).or_else(|| best(beside));
                    source.missing = named.filter(|(name, _)| find(name, source).is_none());
                    attached.extend(beside.iter().map(|path| (*path).to_owned()).chain(source.captions.clone()));
                }
                // Its records have metadata of their own.
                Format::JsonLines => {}
                _ => source.metadata = self.metadata_of(source),
            }
        }
        sources.retain(|source| !attached.contains(&source.path));
    }

    /// The metadata files that hold for a source, the nearest last.
    fn metadata_of(&self, source: &Source) -> Vec<PathBuf> {
        let root = source.root();
        let folders: Vec<&Path> =
            source.path.ancestors().skip(1).take_while(|folder| folder.starts_with(root)).collect();
        let own = without_ending(&source.path);
        let names = folders.into_iter().rev().map(|folder| folder.join(OF_FOLDER)).chain([without_language(&own), own]);
        let mut files: Vec<PathBuf> = names
            .filter_map(|name| {
                ["yaml", "yml"]
                    .map(|ending| with_ending(&name, ending))
                    .into_iter()
                    .find(|path| self.metadata.contains(path))
            })
            .collect();
        files.dedup();
        files
    }
}

/// Whether a file may hold metadata of others.
pub(crate) fn is_metadata(path: &Path) -> bool {
    path.extension().is_some_and(|ending| METADATA.iter().any(|yaml| ending == *yaml))
}

/// The format of a file, if it is one of captions.
pub(crate) fn captions_of(path: &Path) -> Option<Format> {
    let format = Format::from_path_ending(path.to_str()?)?;
    matches!(format, Format::WebVtt | Format::SubRip | Format::Sbv | Format::Whisper).then_some(format)
}

/// The captions that a file names: a path from the root of the folder, or from the file itself.
fn find(name: &str, source: &Source) -> Option<PathBuf> {
    let name = Path::new(name.trim_start_matches('/'));
    let inside = name.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let folder = source.path.parent()?;
    let found = [source.root(), folder].map(|from| from.join(name)).into_iter().find(|path| path.is_file());
    found.filter(|path| inside && captions_of(path).is_some())
}

/// Of the captions beside a transcript, the French ones, or those that name no language; the richest format first.
fn best(beside: &[&Path]) -> Option<PathBuf> {
    let richness = |format| match format {
        Format::WebVtt => 0,
        Format::Whisper => 1,
        Format::SubRip => 2,
        _ => 3,
    };
    let ranked = beside.iter().filter_map(|path| {
        let unnamed = match language(&without_ending(path)) {
            Some(language) if is_french(language) => false,
            None => true,
            Some(_) => return None,
        };
        Some((unnamed, richness(captions_of(path)?), *path))
    });
    ranked.min().map(|(.., path)| path.to_owned())
}

fn without_ending(path: &Path) -> PathBuf {
    path.with_extension("")
}

fn with_ending(stem: &Path, ending: &str) -> PathBuf {
    let mut path = stem.as_os_str().to_owned();
    path.push(".");
    path.push(ending);
    path.into()
}

/// `talk` for `talk.fr`, `talk.fr-FR`, `talk.fr-orig`.
fn without_language(stem: &Path) -> PathBuf {
    if language(stem).is_some() { stem.with_extension("") } else { stem.to_owned() }
}

/// The language at the end of a name without its ending: two or three letters, perhaps with a region and more.
fn language(stem: &Path) -> Option<&str> {
    let tag = stem.extension()?.to_str()?;
    let mut parts = tag.split(['-', '_']);
    let is_language =
        parts.next().is_some_and(|part| matches!(part.len(), 2 | 3) && part.bytes().all(|b| b.is_ascii_alphabetic()));
    let rest = parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    (is_language && rest).then_some(tag)
}

fn is_french(tag: &str) -> bool {
    let language = tag.split(['-', '_']).next().unwrap_or_default();
    ["fr", "fra", "fre"].iter().any(|french| french.eq_ignore_ascii_case(language))
}

/// The captions that a Markdown transcript names, and the line in which it does. A file that cannot be read now says so
/// when it is indexed.
fn named(source: &Source) -> Option<(String, usize)> {
    if source.format != Format::Markdown {
        return None;
    }
    let mut head = Vec::new();
    source::open(&source.path).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    caption_file_path(&head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_captions_stands_before_the_ending() {
        let check = |name: &str, expected: Option<&str>| assert_eq!(language(Path::new(name)), expected, "{name}");
        check("talks/talk.fr", Some("fr"));
        check("talk.fr-orig", Some("fr-orig"));
        check("talk.pt_BR", Some("pt_BR"));
        check("talk.fra", Some("fra"));
        check("talk", None);
        check("talk.v2", None);
        check("12.03.2024", None);
        check("talk.partie", None);
        check("talk.fr-", None);
    }

    #[test]
    fn french_captions_are_chosen_before_those_that_name_no_language() {
        let check = |beside: &[&str], expected: Option<&str>| {
            let paths: Vec<&Path> = beside.iter().map(Path::new).collect();
            assert_eq!(best(&paths), expected.map(PathBuf::from), "{beside:?}");
        };
        check(&["talk.en.vtt", "talk.fr.srt", "talk.vtt"], Some("talk.fr.srt"));
        check(&["talk.en.vtt", "talk.vtt"], Some("talk.vtt"));
        check(&["talk.srt", "talk.vtt", "talk.sbv"], Some("talk.vtt"));
        check(&["talk.fr-orig.vtt"], Some("talk.fr-orig.vtt"));
        check(&["talk.en.vtt"], None);
        check(&[], None);
    }
}
