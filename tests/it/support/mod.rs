//! What several test modules need.

pub(crate) mod ask;
pub(crate) mod capture;
pub(crate) mod cargo;
pub(crate) mod server;

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The repository.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the repository").to_owned()
}

/// A file of the folder beside the repository that holds facts and recorded answers. A fresh clone has none, so what
/// needs it says visibly that it was skipped.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let found = repository().parent()?.join("shared").join(path);
    if found.exists() {
        return Some(found);
    }
    say(&format!("skipped: {} is not there", found.display()));
    None
}

/// Says something also when the test passes: the harness hides what goes through the print macros.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// The model of the API that is configured.
pub(crate) fn model() -> omise_generator::ir::Api {
    let ran = cargo::xtask(&["inspect", "--format", "json"]);
    assert!(ran.status.success(), "{}", cargo::text(&ran));
    serde_json::from_slice(&ran.stdout).expect("it is the model")
}

/// Says that something is missing on this machine, which fails where everything must be there.
pub(crate) fn missing(what: &str) {
    assert!(std::env::var_os("CI").is_none(), "missing, and CI is set: {what}");
    say(&format!("skipped: {what}"));
}
