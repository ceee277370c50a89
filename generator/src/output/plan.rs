//! What separates a tree on disk from the one that was emitted, and the way from the one to the other.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use super::manifest::{self, MANIFEST, Manifest};
use super::{OutputError, Tree, path};

/// What generated files say of themselves.
const GENERATED: &str = "generated";

/// The differences between a tree on disk and the emitted one.
#[derive(Debug)]
pub struct Plan {
    root: PathBuf,
    /// By path; the manifest, if it changes, is last.
    changes: Vec<Change>,
    unchanged: usize,
    /// The first file to be replaced that is not ours.
    foreign: Option<PathBuf>,
}

/// One file that differs.
#[derive(Debug)]
struct Change {
    path: String,
    target: PathBuf,
    /// `None`: it is missing.
    old: Option<Vec<u8>>,
    /// `None`: it is ours but no longer emitted.
    new: Option<Vec<u8>>,
}

/// What was done to a tree, or would be. The manifest is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files made or rewritten.
    pub written: usize,
    /// Files that already held what they should; not touched.
    pub unchanged: usize,
    /// Files that are no longer emitted.
    pub removed: usize,
}

/// Compares a tree with the disk. Writes nothing.
pub fn plan(tree: &Tree<'_>) -> Result<Plan, OutputError> {
    path::no_collisions(tree.files)?;
    let (old, old_bytes) = match Manifest::read(tree.root)? {
        Some((manifest, bytes)) => (manifest, Some(bytes)),
        None => (Manifest::default(), None),
    };

    // Files outside `only` stay listed as they were.
    let mut listed: BTreeMap<String, String> = old
        .files
        .iter()
        .filter(|(path, _)| !tree.selects(path))
        .map(|(path, hash)| (path.clone(), hash.clone()))
        .collect();
    let mut plan = Plan { root: tree.root.to_owned(), changes: Vec::new(), unchanged: 0, foreign: None };
    for file in tree.files.iter().filter(|file| tree.selects(&file.path)) {
        listed.insert(file.path.clone(), manifest::hash(&file.contents));
        plan.compare(&file.path, Some(&file.contents))?;
    }
    let emitted: HashSet<&str> = tree.files.iter().map(|file| file.path.as_str()).collect();
    for orphan in old.files.keys().filter(|path| tree.selects(path) && !emitted.contains(path.as_str())) {
        plan.compare(orphan, None)?;
    }
    plan.changes.sort_by(|a, b| a.path.cmp(&b.path));
    let foreign = plan.changes.iter().find(|change| !old.files.contains_key(&change.path) && change.replaces_foreign());
    plan.foreign = foreign.map(|change| change.target.clone());

    let manifest = Manifest::new(tree.provenance, listed).to_bytes();
    if old_bytes.as_ref() != Some(&manifest) {
        plan.changes.push(Change {
            path: MANIFEST.to_owned(),
            target: path::below(tree.root, MANIFEST)?,
            old: old_bytes,
            new: Some(manifest),
        });
    }
    Ok(plan)
}

impl Plan {
    /// Whether the disk already holds what was emitted.
    pub fn is_clean(&self) -> bool {
        self.changes.is_empty()
    }

    /// How many files differ, the manifest among them.
    pub fn differing(&self) -> usize {
        self.changes.len()
    }

    /// What [`apply`](Self::apply) would do.
    pub fn summary(&self) -> Summary {
        let counted = || self.changes.iter().filter(|change| change.path != MANIFEST);
        Summary {
            written: counted().filter(|change| change.new.is_some()).count(),
            unchanged: self.unchanged,
            removed: counted().filter(|change| change.new.is_none()).count(),
        }
    }

    /// The differences as a unified diff, from what is on disk to what was emitted; paths stand below `prefix`.
    pub fn diff(&self, prefix: &str) -> String {
        // The manifest repeats in hashes what the other files say in words: it is shown when nothing else differs.
        let alone = self.differing() == 1;
        let mut diff = String::new();
        for change in self.changes.iter().filter(|change| alone || change.path != MANIFEST) {
            change.diff(prefix, &mut diff);
        }
        diff
    }

    /// Makes the disk hold what was emitted: changed files are replaced one at a time and whole, orphans go,
    /// the manifest comes last.
    ///
    /// Nothing is written when a file would be replaced that is not ours: one the manifest does not list and that does
    /// not say it was generated.
    pub fn apply(self) -> Result<Summary, OutputError> {
        if let Some(path) = self.foreign {
            return Err(OutputError::Foreign { path });
        }
        let summary = self.summary();
        for change in &self.changes {
            match &change.new {
                Some(contents) => write(&change.target, contents)?,
                None => remove(&self.root, &change.target)?,
            }
        }
        Ok(summary)
    }

    /// Notes the difference between a file and what it should hold, if there is one.
    fn compare(&mut self, path: &str, new: Option<&[u8]>) -> Result<(), OutputError> {
        let target = path::below(&self.root, path)?;
        let old = match fs::read(&target) {
            Ok(bytes) => Some(bytes),
            Err(error) if path::is_absent(&error) => None,
            Err(error) => return Err(OutputError::io("read", target)(error)),
        };
        if old.as_deref() != new {
            self.changes.push(Change { path: path.to_owned(), target, old, new: new.map(<[u8]>::to_vec) });
        } else if new.is_some() {
            self.unchanged += 1;
        }
        Ok(())
    }
}

impl Change {
    /// Whether a file is to be replaced that does not say it was generated.
    fn replaces_foreign(&self) -> bool {
        let says_so = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(GENERATED);
        self.new.is_some() && self.old.as_ref().is_some_and(|bytes| !says_so(bytes))
    }

    fn diff(&self, prefix: &str, out: &mut String) {
        let name = |side: &str, contents: &Option<Vec<u8>>| match contents {
            Some(_) => format!("{side}/{prefix}{}", self.path),
            None => "/dev/null".to_owned(),
        };
        let (from, to) = (name("a", &self.old), name("b", &self.new));
        let (Some(old), Some(new)) = (text(&self.old), text(&self.new)) else {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "Binary files {from} and {to} differ");
            return;
        };
        let before = out.len();
        let _ = write!(out, "{}", TextDiff::from_lines(old, new).unified_diff().header(&from, &to));
        if out.len() == before {
            // An empty file that is missing, or should be, has no lines to show.
            let _ = writeln!(out, "--- {from}\n+++ {to}");
        }
    }
}

fn text(contents: &Option<Vec<u8>>) -> Option<&str> {
    std::str::from_utf8(contents.as_deref().unwrap_or_default()).ok()
}

/// Replaces a file whole: readers see the old contents or the new ones.
fn write(target: &Path, contents: &[u8]) -> Result<(), OutputError> {
    let folder = target.parent().unwrap_or(target);
    fs::create_dir_all(folder).map_err(OutputError::io("make the folder", folder))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".generated-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What any new file gets; the umask still applies.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(OutputError::io("write in", folder))?;
    file.write_all(contents).map_err(OutputError::io("write", target))?;
    file.persist(target).map_err(|error| OutputError::io("write", target)(error.error))?;
    Ok(())
}

/// Removes a file, and the folders it leaves empty.
fn remove(root: &Path, target: &Path) -> Result<(), OutputError> {
    fs::remove_file(target).map_err(OutputError::io("remove", target))?;
    for folder in target.ancestors().skip(1).take_while(|folder| *folder != root) {
        // One that is not empty stays, and so do those above it.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}
