//! Finds the transcripts below the paths given.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use verbatim_transcript::Format;
use walkdir::{DirEntry, WalkDir};

use crate::{
    companions::Companions,
    error::Error,
    source::{NO_FILE, Skipped, Source, duplicate},
    store,
};

/// The transcripts below `paths`, in the order of their names, and what could not be looked into.
///
/// # Errors
/// A path is missing, or there is no transcript below it.
pub fn sources(paths: &[PathBuf]) -> Result<(Vec<Source>, Vec<Skipped>), Error> {
    let mut found = Vec::new();
    let mut skipped = Vec::new();
    let mut companions = Companions::default();
    let mut beside = BTreeSet::new();
    for root in paths {
        let metadata = fs::metadata(root).map_err(|cause| Error::Missing { path: root.clone(), cause })?;
        let before = found.len() + skipped.len();
        if metadata.is_dir() {
            walk(root, &mut found, &mut skipped, &mut companions);
        } else {
            found.extend(Source::new(root.clone(), Path::new(root.file_name().unwrap_or_default())));
            beside.extend(root.parent());
        }
        if found.len() + skipped.len() == before {
            return Err(Error::Empty { path: root.clone() });
        }
    }
    for folder in beside {
        // A folder that cannot be listed has nothing beside the file given.
        let _ = companions.add_folder(folder);
    }
    companions.attach(&mut found);
    found.sort_by(|left, right| left.name.cmp(&right.name));
    // Files of one name in two folders have one id.
    found.dedup_by(|later, first| {
        let same = later.name == first.name;
        if same {
            let reason = duplicate(&later.id, &first.path.display().to_string());
            skipped.push(Skipped { path: later.path.clone(), reason });
        }
        same
    });
    Ok((found, skipped))
}

/// What lies at and below `root`, links followed, but for what is hidden and for indexes.
pub(crate) fn entries(root: &Path) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let is_hidden = |entry: &DirEntry| entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    let is_index = |entry: &DirEntry| entry.file_type().is_dir() && store::is_index(entry.path());
    let is_passed_over = move |entry: &DirEntry| is_hidden(entry) || is_index(entry);
    WalkDir::new(root).follow_links(true).into_iter().filter_entry(move |entry| !is_passed_over(entry))
}

fn walk(root: &Path, found: &mut Vec<Source>, skipped: &mut Vec<Skipped>, companions: &mut Companions) {
    for entry in entries(root) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                companions.add(entry.path());
                let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
                found.extend(Source::new(entry.path().to_owned(), below));
            }
            Ok(entry)
                if entry.file_type().is_dir()
                    || Format::from_path_ending(&entry.path().to_string_lossy()).is_none() => {}
            // A pipe may never end.
            Ok(entry) => skipped.push(Skipped { path: entry.into_path(), reason: NO_FILE.to_owned() }),
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                let reason = match error.loop_ancestor() {
                    Some(ancestor) => format!("a link that leads back to {}; remove the link", ancestor.display()),
                    None => error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
                };
                skipped.push(Skipped { path, reason });
            }
        }
    }
}
