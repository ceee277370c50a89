//! `openapi.lock`: where the schema beside it came from. No times, so that the same document leaves the same lock.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use omise_generator::output::{OutputError, hash, temporary};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;

use super::problem::{LOCK, Problem};

/// Of the lock beside a schema of the same name.
pub(super) const EXTENSION: &str = "lock";

/// Version of the file's shape.
const FORMAT: u32 = 1;

const NOTE: &str = "# Where the schema beside this file came from. Written by `cargo xtask fetch`, never by hand.\n";

/// Where a schema came from, and what it was then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lock {
    /// Version of this file's shape.
    pub(super) format: u32,
    /// The address, without its query.
    pub(super) url: String,
    /// The API version that was asked for.
    pub(super) api_version: Option<String>,
    /// `info.version` of the document.
    pub(super) info_version: String,
    /// The server's name for these bytes.
    pub(super) etag: Option<String>,
    /// SHA-256 of the file, in hexadecimal.
    pub(super) sha256: String,
    /// Length of the file.
    pub(super) bytes: u64,
}

/// A schema on disk and its lock.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) schema: PathBuf,
    pub(super) lock_path: PathBuf,
    /// What is there.
    pub(super) bytes: Option<Vec<u8>>,
    /// What was fetched last.
    pub(super) lock: Option<Lock>,
}

/// How the schema on disk and the lock stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// There is no schema yet.
    Absent,
    /// It is what was fetched last.
    Fetched,
    /// It is something else than what was fetched last.
    Edited,
    /// Nothing says that it was fetched.
    Unknown,
}

impl Lock {
    pub(super) fn new(url: String, api_version: Option<String>, info_version: String, bytes: &[u8]) -> Self {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Self { format: FORMAT, url, api_version, info_version, etag: None, sha256: hash(bytes), bytes: length }
    }

    fn to_text(&self) -> Result<String, OutputError> {
        let text =
            toml::to_string(self).map_err(io::Error::other).map_err(OutputError::io("write", Path::new("the lock")))?;
        Ok(format!("{NOTE}{text}"))
    }
}

impl Folder {
    /// Reads what is there. A lock that is none is a problem, unless it is going to be replaced anyway.
    pub(super) fn read(schema: PathBuf, ignore_lock: bool) -> Result<Self, ReadError> {
        // A link is written through, not replaced.
        let schema = schema.canonicalize().unwrap_or(schema);
        let lock_path = schema.with_extension(EXTENSION);
        let bytes = read(&schema)?;
        let text = read(&lock_path)?;
        let lock = match text.map(|text| parse(&text)).transpose() {
            Ok(lock) => lock,
            Err(_) if ignore_lock => None,
            Err(error) => {
                let message = format!("cannot use {}: {error}", lock_path.display());
                let help = "restore it from version control; or delete it, and fetch with --force";
                return Err(ReadError::Lock(Problem::input(LOCK, message).help(help)));
            }
        };
        Ok(Self { schema, lock_path, bytes, lock })
    }

    pub(super) fn state(&self) -> State {
        match (&self.bytes, &self.lock) {
            (None, _) => State::Absent,
            (Some(_), None) => State::Unknown,
            (Some(bytes), Some(lock)) if hash(bytes) == lock.sha256 => State::Fetched,
            (Some(_), Some(_)) => State::Edited,
        }
    }

    /// Writes both files, or the lock alone when the schema is right already.
    ///
    /// Both are whole on disk before either takes its place, and the lock comes last: a crash between them leaves a
    /// lock that does not fit the schema, which the next fetch sees and mends.
    pub(super) fn write(&self, bytes: &[u8], lock: &Lock) -> Result<(), OutputError> {
        let folder = self.schema.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(OutputError::io("make the folder", folder))?;
        let lock_file = waiting(folder, lock.to_text()?.as_bytes())?;
        if self.bytes.as_deref() != Some(bytes) {
            let schema = waiting(folder, bytes)?;
            schema.persist(&self.schema).map_err(|error| OutputError::io("write", &self.schema)(error.error))?;
        }
        lock_file.persist(&self.lock_path).map_err(|error| OutputError::io("write", &self.lock_path)(error.error))?;
        Ok(())
    }
}

/// Why a folder cannot be used.
#[derive(Debug)]
pub(super) enum ReadError {
    Lock(Problem),
    Io(OutputError),
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Lock(problem) => problem.into(),
            ReadError::Io(error) => error.into(),
        }
    }
}

impl From<OutputError> for ReadError {
    fn from(error: OutputError) -> Self {
        Self::Io(error)
    }
}

fn parse(text: &[u8]) -> Result<Lock, String> {
    let text = std::str::from_utf8(text).map_err(|error| error.to_string())?;
    let lock: Lock = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    match lock.format {
        FORMAT => Ok(lock),
        other => Err(format!("its format is {other}, and this program writes {FORMAT}")),
    }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, OutputError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(OutputError::io("read", path)(error)),
    }
}

/// A file with its contents safe on disk, under a name that goes when nobody keeps it.
fn waiting(folder: &Path, contents: &[u8]) -> Result<tempfile::NamedTempFile, OutputError> {
    let safe = |file: tempfile::NamedTempFile| file.as_file().sync_all().map(|()| file);
    temporary(folder, ".fetch-", contents).and_then(safe).map_err(OutputError::io("write in", folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(bytes: &[u8]) -> Lock {
        Lock::new("https://a.example/s".into(), Some("1".into()), "2".into(), bytes)
    }

    #[test]
    fn a_pair_is_written_and_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let schema = folder.path().join("new/openapi.yaml");
        let there = Folder::read(schema.clone(), false).unwrap();
        assert_eq!(there.state(), State::Absent);
        let written = Lock { etag: Some("\"a\\b\"".into()), ..lock(b"one") };
        there.write(b"one", &written).unwrap();
        let there = Folder::read(schema.clone(), false).unwrap();
        assert_eq!((there.state(), there.lock.as_ref()), (State::Fetched, Some(&written)));
        assert_eq!(fs::read_dir(schema.parent().unwrap()).unwrap().count(), 2);
        fs::write(&schema, "by hand").unwrap();
        assert_eq!(Folder::read(schema.clone(), false).unwrap().state(), State::Edited);
        fs::remove_file(&there.lock_path).unwrap();
        assert_eq!(Folder::read(schema, false).unwrap().state(), State::Unknown);
    }

    #[test]
    fn a_lock_that_is_none_is_a_problem() {
        let folder = tempfile::tempdir().unwrap();
        let schema = folder.path().join("openapi.yaml");
        for bad in ["{", "format = 2", "\u{0}", ""] {
            fs::write(folder.path().join("openapi.lock"), bad).unwrap();
            let error = Folder::read(schema.clone(), false).unwrap_err();
            assert!(matches!(error, ReadError::Lock(problem) if problem.diagnostic.code == LOCK), "{bad:?}");
            assert_eq!(Folder::read(schema.clone(), true).unwrap().lock, None);
        }
    }
}
