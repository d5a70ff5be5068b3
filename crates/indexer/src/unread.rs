//! What could not be looked into, and so says nothing about what is gone.

use std::path::PathBuf;

use crate::source::Skipped;

/// Files and folders that cannot be looked into; what was indexed of them is kept.
#[derive(Default)]
pub(crate) struct Unread {
    /// Their names below the folders given.
    names: Vec<String>,
}

impl Unread {
    pub(crate) fn new(skipped: &[Skipped], roots: &[PathBuf]) -> Self {
        let name = |skipped: &Skipped| {
            let below = roots.iter().find_map(|root| skipped.path.strip_prefix(root).ok())?;
            let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            Some(parts.join("/"))
        };
        Self { names: skipped.iter().filter_map(name).collect() }
    }

    /// Whether a source of that name is one of them, or lies in one; all lie in the folders given.
    pub(crate) fn covers(&self, source: &str) -> bool {
        let lies_in = |name: &String| {
            let rest = source.strip_prefix(name.as_str());
            name.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.names.iter().any(lies_in)
    }
}
