//! What several test modules need.

pub mod capture;
pub mod cargo;
pub mod server;

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the repository").to_owned()
}

/// A file of the folder beside the repository that holds facts and recorded answers. A fresh clone has none, so what
/// needs it says visibly that it was skipped.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = repository().parent()?.join("shared").join(path);
    if found.exists() {
        return Some(found);
    }
    // Straight to the stream: the test harness hides what goes through the print macros.
    let _ = writeln!(std::io::stderr(), "skipped: {} is not there", found.display());
    None
}
