//! Programs that show how an SDK is used.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// Largest program that is read.
const MOST_BYTES: u64 = 1 << 20;

/// The Rust programs of a folder: name without `.rs` to text. Other files and folders are left alone.
///
/// # Errors
/// When the folder or a program in it cannot be read, or is no program that Cargo would find.
pub fn examples(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let wrong = |why: &str| io::Error::other(format!("{}: {why}", path.display()));
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.bytes().all(is_plain) {
            return Err(wrong("programs are named with lower-case letters, digits and `_`"));
        }
        if fs::metadata(&path)?.len() > MOST_BYTES {
            return Err(wrong("it is too large"));
        }
        let text = fs::read_to_string(&path).map_err(|error| wrong(&error.to_string()))?;
        found.insert(name.to_owned(), text);
    }
    Ok(found)
}

/// The files of a folder and of those below it: path with `/` separators to text. Hidden ones are left alone.
///
/// # Errors
/// When something in it cannot be read, or is no text.
pub fn programs(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![(folder.to_owned(), String::new())];
    while let Some((folder, before)) = waiting.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            let wrong = |why: &str| io::Error::other(format!("{}: {why}", path.display()));
            if name.is_empty() || name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                waiting.push((path, format!("{before}{name}/")));
            } else if fs::metadata(&path)?.len() > MOST_BYTES {
                return Err(wrong("it is too large"));
            } else {
                let text = fs::read_to_string(&path).map_err(|error| wrong(&error.to_string()))?;
                found.insert(format!("{before}{name}"), text);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_read_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str| fs::write(folder.path().join(name), "fn main() {}").unwrap();
        write("b_2.rs");
        write("a.rs");
        write("notes.md");
        let names: Vec<String> = examples(folder.path()).unwrap().into_keys().collect();
        assert_eq!(names, ["a", "b_2"]);
        fs::create_dir(folder.path().join("deep")).unwrap();
        write("deep/c.go");
        write(".hidden");
        let paths: Vec<String> = programs(folder.path()).unwrap().into_keys().collect();
        assert_eq!(paths, ["a.rs", "b_2.rs", "deep/c.go", "notes.md"]);
        write("B c.rs");
        assert!(examples(folder.path()).unwrap_err().to_string().contains("B c.rs"));
        assert!(examples(&folder.path().join("none")).is_err());
    }
}
