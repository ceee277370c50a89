//! The public surface of the emitted crate is a committed file, so that whatever changes it is seen in review.
//!
//! It is read from the sources, since what rustdoc knows of a crate has no stable form. What only the compiler knows, like
//! `Send`, is for `cargo semver-checks` to hold (`.ci/full`).

mod attributes;
mod expand;
mod implementations;
mod lines;
mod names;
mod own;
mod rewrite;
mod tree;

use std::path::Path;
use std::sync::OnceLock;

use similar::TextDiff;

use self::lines::Surface;
use self::tree::Tree;
use crate::support::repository;

/// The surface of a crate, by its root file.
fn surface(root: &Path) -> Surface {
    lines::surface(&Tree::read(root))
}

/// The surface of the emitted crate, read once.
fn emitted() -> &'static Surface {
    static READ: OnceLock<Surface> = OnceLock::new();
    READ.get_or_init(|| surface(&repository().join("generated/rust/src/lib.rs")))
}

/// `UPDATE_SURFACE=1 cargo test -p tests surface` accepts a change.
#[test]
fn of_the_emitted_crate_is_the_committed_one() {
    let path = repository().join("tests/surface/omise.txt");
    let now: String = emitted().lines.iter().map(|line| format!("{line}\n")).collect();
    if std::env::var_os("UPDATE_SURFACE").is_some() {
        std::fs::write(&path, &now).expect("it can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let diff = TextDiff::from_lines(&committed, &now);
    let changed: String = diff
        .iter_all_changes()
        .filter(|change| change.tag() != similar::ChangeTag::Equal)
        .map(|change| format!("{}{change}", change.tag()))
        .collect();
    assert!(
        changed.is_empty(),
        "the crate shows something else than {}:\n{changed}\
         Is that what you want? `UPDATE_SURFACE=1 cargo test -p tests surface` accepts it.",
        path.display()
    );
}

#[test]
fn of_the_emitted_crate_names_nothing_that_users_cannot() {
    let unreachable = &emitted().unreachable;
    assert!(unreachable.is_empty(), "{unreachable:#?}");
}
