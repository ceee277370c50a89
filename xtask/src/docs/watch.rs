//! What the site is made of, and whether any of it changed.

use std::path::PathBuf;
use std::time::SystemTime;

use walkdir::WalkDir;

/// The files and folders that a site is made of.
#[derive(Debug)]
pub(super) struct Watch {
    roots: Vec<PathBuf>,
    seen: Vec<(PathBuf, Option<SystemTime>, u64)>,
}

impl Watch {
    pub(super) fn new(roots: Vec<PathBuf>) -> Self {
        let mut watch = Self { roots, seen: Vec::new() };
        watch.seen = watch.look();
        watch
    }

    /// Whether anything is otherwise than when this was asked last. A few hundred files are looked at in a millisecond or
    /// two, which works on every file system, network drives and containers among them.
    pub(super) fn has_changed(&mut self) -> bool {
        let seen = self.look();
        let has_changed = seen != self.seen;
        self.seen = seen;
        has_changed
    }

    fn look(&self) -> Vec<(PathBuf, Option<SystemTime>, u64)> {
        let files = self.roots.iter().flat_map(|root| WalkDir::new(root).sort_by_file_name());
        let files = files.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
        let seen = files.filter_map(|entry| {
            let data = entry.metadata().ok()?;
            Some((entry.into_path(), data.modified().ok(), data.len()))
        });
        seen.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_is_seen_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut watch = Watch::new(vec![folder.path().to_owned()]);
        assert!(!watch.has_changed());
        std::fs::write(folder.path().join("a.md"), "a").unwrap();
        assert!(watch.has_changed());
        assert!(!watch.has_changed());
        std::fs::write(folder.path().join("a.md"), "longer").unwrap();
        assert!(watch.has_changed());
        std::fs::remove_file(folder.path().join("a.md")).unwrap();
        assert!(watch.has_changed());
    }
}
