//! `.generated.partial/`: where a run prepares what it will put in place, and says so before it does.
//!
//! Every new file is written here first, so that a full disk is met while the tree is still whole. Then the journal
//! is written: the hashes of every file as it was and as it will be. From then on files move into place. A run that is
//! killed leaves this folder behind: without a journal the tree is the old one; with it, each file can be told to be
//! the old one or the new one, so that neither is taken for an edit by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::{NamedTempFile, TempPath};

use super::{OutputError, path};

/// Name of the folder, in the root of a tree.
pub(super) const STAGING: &str = ".generated.partial";

/// Name of the journal, in the folder.
const JOURNAL: &str = "journal.json";

/// What every other file in the folder is called at its beginning.
const PREFIX: &str = "new-";

/// Path to the hashes that a file of ours may have.
pub(super) type Known = BTreeMap<String, BTreeSet<String>>;

/// What an earlier run left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Interrupted {
    /// It had not begun to change the tree.
    Before,
    /// Some files may be new and others old.
    Between,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Journal {
    #[serde(rename = "//", default)]
    note: String,
    files: Known,
}

/// The folder of a run.
#[derive(Debug)]
pub(super) struct Staging {
    root: PathBuf,
    folder: PathBuf,
    /// The uppermost folder that had to be made.
    made: Option<PathBuf>,
    /// Whether an earlier run left a journal here, which holds until the tree is whole.
    inherits: bool,
}

/// What an earlier run left behind, and the hashes its files may have.
pub(super) fn left_behind(root: &Path) -> Result<Option<(Interrupted, Known)>, OutputError> {
    let folder = path::below(root, STAGING)?;
    match fs::metadata(&folder) {
        Ok(data) if data.is_dir() => {}
        Ok(_) => return Ok(None),
        Err(error) if path::is_absent(&error) => return Ok(None),
        Err(error) => return Err(OutputError::io("look at", folder)(error)),
    }
    let journal = folder.join(JOURNAL);
    let bytes = match fs::read(&journal) {
        Ok(bytes) => bytes,
        Err(error) if path::is_absent(&error) => return Ok(Some((Interrupted::Before, Known::new()))),
        Err(error) => return Err(OutputError::io("read", journal)(error)),
    };
    match serde_json::from_slice::<Journal>(&bytes) {
        Ok(read) => Ok(Some((Interrupted::Between, read.files))),
        Err(error) => Err(OutputError::Manifest { path: journal, problem: error.to_string() }),
    }
}

/// A file with its contents, under a name that begins as given and goes when nobody keeps it.
///
/// # Errors
/// What the file system says.
pub fn temporary(folder: &Path, prefix: &str, contents: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What any new file gets; the umask still applies.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(contents)?;
    Ok(file)
}

impl Staging {
    /// Makes the folder, and the root if it is not there.
    pub(super) fn begin(root: &Path) -> Result<Self, OutputError> {
        let folder = path::below(root, STAGING)?;
        let missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
        let made = root.ancestors().take_while(missing).last().map(Path::to_owned);
        let inherits = folder.join(JOURNAL).exists();
        let staging = Self { root: root.to_owned(), folder, made, inherits };
        match fs::create_dir_all(&staging.folder) {
            Ok(()) => Ok(staging),
            Err(error) => {
                let error = OutputError::io("write in", root)(error);
                staging.discard();
                Err(error)
            }
        }
    }

    /// Writes a file that waits to be put in place; it goes when it is dropped.
    pub(super) fn file(&self, contents: &[u8]) -> Result<TempPath, OutputError> {
        let file = temporary(&self.folder, PREFIX, contents).map_err(OutputError::io("write in", &self.root))?;
        Ok(file.into_temp_path())
    }

    /// Says what the files were and will be.
    pub(super) fn journal(&self, files: Known) -> Result<(), OutputError> {
        let note = "A run is replacing these files, or was stopped while it did: generate again.".to_owned();
        let bytes = serde_json::to_vec_pretty(&Journal { note, files }).unwrap_or_default();
        let target = self.folder.join(JOURNAL);
        self.file(&bytes)?.persist(&target).map_err(|error| OutputError::io("write", &target)(error.error))
    }

    /// Everything is in place: the folder goes.
    pub(super) fn finish(self) -> Result<(), OutputError> {
        let journal = self.folder.join(JOURNAL);
        match fs::remove_file(&journal) {
            Err(error) if !path::is_absent(&error) => Err(OutputError::io("remove", &journal)(error)),
            _ => {
                self.clear();
                Ok(())
            }
        }
    }

    /// Nothing was changed, or all of it was taken back: what was made goes.
    pub(super) fn discard(self) {
        if !self.inherits {
            let _ = fs::remove_file(self.folder.join(JOURNAL));
        }
        self.clear();
        let Some(made) = &self.made else { return };
        for folder in self.root.ancestors().take_while(|folder| folder.starts_with(made)) {
            let _ = fs::remove_dir(folder);
        }
    }

    /// Removes what runs that were killed have written here, and the folder if nothing else is in it.
    fn clear(&self) {
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(PREFIX) {
                // What cannot be removed is in nobody's way: the next run tries again.
                let _ = fs::remove_file(entry.path());
            }
        }
        let _ = fs::remove_dir(&self.folder);
    }
}
