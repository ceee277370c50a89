//! The documentation site in a browser: this module makes the sites, and the scripts of `tests/browser` look at them with
//! Debian's Chromium.
//!
//! That takes minutes, so it is done when `BROWSER` asks for it, as `.ci/full browser` does: `BROWSER=1` runs all scripts and
//! takes pictures, `BROWSER=search,axe` runs `search.test.mjs` and `axe.test.mjs` alone. What is missing then fails.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::site::older;
use crate::support::cargo::{self, text, xtask};
use crate::support::{repository, say};

/// A document of nothing.
const EMPTY: &str = "openapi: 3.0.3\ninfo: {title: Nothing, version: '1'}\npaths: {}\n";

#[test]
fn the_site_works_in_a_browser() {
    let Some(asked) = std::env::var("BROWSER").ok().filter(|asked| !asked.is_empty()) else {
        return say("skipped: the site in a browser takes minutes; `.ci/full browser` looks at it");
    };
    let scripts = scripts(&asked);
    let sites = Sites::new();
    let mut is_fine =
        sites.node().args(["--test", "--test-reporter=spec"]).args(scripts).status().expect("node").success();
    if asked == "1" {
        let pictures = cargo::target().join("browser");
        is_fine &= sites.node().arg("pictures.mjs").env("PICTURES", &pictures).status().expect("node").success();
        say(&format!("pictures of its pages are in {}", pictures.display()));
    }
    assert!(is_fine, "what the scripts print says why");
}

/// The scripts that are asked for.
fn scripts(asked: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder()).expect("the scripts").map(|entry| entry.expect("an entry").file_name());
    let names = entries.map(|name| name.to_string_lossy().into_owned());
    let is_asked_for = |name: &str| {
        let stem = name.strip_suffix(".test.mjs");
        stem.is_some_and(|stem| asked == "1" || asked.split(',').any(|one| one == stem))
    };
    let mut names: Vec<String> = names.filter(|name| is_asked_for(name)).collect();
    names.sort();
    assert!(!names.is_empty(), "BROWSER={asked} names no script of {}", folder().display());
    names
}

fn folder() -> PathBuf {
    repository().join("tests/browser")
}

/// The sites that the scripts visit.
struct Sites {
    folder: tempfile::TempDir,
}

impl Sites {
    fn new() -> Self {
        let sites = Self { folder: tempfile::tempdir().expect("a folder") };
        let (empty, old) = (sites.path("empty.yaml"), sites.path("old.yaml"));
        std::fs::write(&empty, EMPTY).expect("it is written");
        // Something is gone too.
        let field = "        authorized_amount:";
        let text = older().replacen(field, &format!("        old_note: {{type: string}}\n{field}"), 1);
        assert!(text.contains("old_note"), "the schema is written otherwise");
        std::fs::write(&old, text).expect("it is written");
        sites.made("site", &["--since", plain(&old)]);
        let hostile = folder().join("hostile.toml");
        sites.made("hostile", &["--config", plain(&hostile), "--since", plain(&empty)]);
        sites.made("empty", &["--schema", plain(&empty)]);
        sites
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn made(&self, name: &str, arguments: &[&str]) {
        let out = self.path(name);
        let mut all = vec!["docs", "--out", plain(&out)];
        all.extend(arguments);
        let ran = xtask(&all);
        assert!(ran.status.success(), "{all:?}: {}", text(&ran));
    }

    /// Node in the folder of the scripts, told where the sites are.
    fn node(&self) -> Command {
        let mut node = Command::new("node");
        node.current_dir(folder())
            .env("SITE", self.path("site"))
            .env("HOSTILE_SITE", self.path("hostile"))
            .env("EMPTY_SITE", self.path("empty"))
            .env("XTASK", cargo::binary())
            .env("TOOLS", cargo::target().join("tools"));
        node
    }
}

fn plain(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}
