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

/// A block of a page between fences.
pub(crate) struct Block {
    /// What the page calls its file, in the line before: `` `path`: ``.
    pub path: Option<String>,
    /// Its language.
    pub fence: String,
    /// What stands in it.
    pub text: String,
}

/// The blocks of a page of `docs/`, which a test does what it says.
pub(crate) fn blocks(page: &str) -> Vec<Block> {
    let text = std::fs::read_to_string(repository().join(page)).expect("the page");
    let mut found = Vec::new();
    let mut pieces = text.split("\n```");
    let mut before = pieces.next().unwrap_or_default();
    // Every other piece is a block, with its language on the first line.
    while let (Some(block), Some(after)) = (pieces.next(), pieces.next()) {
        let (fence, text) = block.split_once('\n').expect("a block has a first line");
        let name = before.trim_end().lines().next_back().unwrap_or_default();
        let path = name.strip_prefix('`').and_then(|name| name.strip_suffix("`:")).map(str::to_owned);
        found.push(Block { path, fence: fence.to_owned(), text: format!("{text}\n") });
        before = after;
    }
    found
}
