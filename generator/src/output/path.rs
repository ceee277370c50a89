//! Paths below a root: which are accepted, and how they become real ones.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::OutputError;
use crate::target::File;

/// Names Windows keeps for devices, whatever their extension.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// Joins a path below `root`, refusing what could leave it.
pub(super) fn below(root: &Path, path: &str) -> Result<PathBuf, OutputError> {
    let refuse = |reason| OutputError::Path { path: path.to_owned(), reason };
    let mut joined = root.to_owned();
    for segment in path.split('/') {
        let reason = match segment {
            "" => Some("it has an empty segment or is absolute"),
            "." | ".." => Some("it walks up or stays in place"),
            _ if segment.contains(['\\', ':', '\0']) => {
                Some("it holds a character that separates paths on some systems")
            }
            _ if segment.chars().any(char::is_control) => Some("it holds a control character"),
            _ if segment.ends_with(['.', ' ']) => Some("it ends in a dot or a space"),
            _ if is_device(segment) => Some("it is the name of a device on Windows"),
            _ => None,
        };
        if let Some(reason) = reason {
            return Err(refuse(reason));
        }
        joined.push(segment);
    }
    no_symlinks(root, &joined)?;
    Ok(joined)
}

/// Refuses two paths that are one where case is ignored.
pub(super) fn no_collisions(files: &[File]) -> Result<(), OutputError> {
    let mut seen = HashMap::new();
    for file in files {
        if let Some(first) = seen.insert(file.path.to_lowercase(), &file.path) {
            return Err(OutputError::Collision { first: first.clone(), second: file.path.clone() });
        }
    }
    Ok(())
}

fn is_device(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.chars().all(|digit| digit.is_ascii_digit()))
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

/// Refuses a path of which any part below the root is a symbolic link. The root itself may be one: the user chose it.
fn no_symlinks(root: &Path, path: &Path) -> Result<(), OutputError> {
    for part in path.ancestors().take_while(|part| *part != root) {
        match fs::symlink_metadata(part) {
            Ok(data) if data.is_symlink() => return Err(OutputError::Symlink { path: part.to_owned() }),
            Ok(_) => {}
            Err(error) if is_absent(&error) => {}
            Err(error) => return Err(OutputError::io("look at", part)(error)),
        }
    }
    Ok(())
}

/// Refuses a root that is a file, or stands below one.
pub(super) fn no_file_above(root: &Path) -> Result<(), OutputError> {
    let file = root.ancestors().find(|above| above.is_file());
    file.map_or(Ok(()), |path| Err(OutputError::NotAFolder { path: path.to_owned() }))
}

/// The file that stands where a path below `root` needs a folder, and its own path below the root.
pub(super) fn file_on_the_way(root: &Path, path: &str) -> Option<(String, PathBuf)> {
    let ends = path.match_indices('/').map(|(end, _)| end);
    ends.filter_map(|end| path.get(..end)).find_map(|above| {
        let file = root.join(above);
        file.is_file().then(|| (above.to_owned(), file))
    })
}

/// What a file holds; `None` where there is none.
pub(super) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether an error says that nothing is there. A file where a folder was expected means so too.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
