//! What compiling the emitted crate takes, beside the crates that others make of the same document.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::time::Duration;

use super::generation::{OWN, lines_of_rust};
use super::plan::{Kind, Peer};
use super::process;
use super::results::unusable;
use super::row::{Key, Unit};
use super::session::Session;
use crate::failure::Failure;

pub(super) const GROUP: &str = "compilation";
/// The emitted crate without the part that sends.
pub(super) const CORE: &str = "omise-generator, no transport";
/// Nobody waits longer.
const LONGEST: Duration = Duration::from_secs(400);

/// A way to compile a crate whose dependencies are there.
struct Way {
    /// As in `compiles` of the plan.
    name: &'static str,
    arguments: &'static [&'static str],
    /// Whether only the crates of this generator are compiled so.
    is_own: bool,
}

const RELEASE: &str = "release";

const WAYS: [Way; 3] = [
    Way { name: "check", arguments: &["check", "--quiet"], is_own: false },
    Way { name: "debug", arguments: &["build", "--quiet"], is_own: true },
    Way { name: RELEASE, arguments: &["build", "--quiet", "--release"], is_own: false },
];

/// A crate, and how Cargo is told to compile it.
struct Crate {
    document: String,
    tool: String,
    folder: PathBuf,
    features: &'static [&'static str],
}

impl Crate {
    fn is_own(&self) -> bool {
        [OWN, CORE].contains(&self.tool.as_str())
    }

    /// Whether it is of the document that is compiled in every way: what it needs is the same for the others.
    fn is_first(&self) -> bool {
        self.document == "omise"
    }
}

pub(super) fn run(session: &mut Session) -> Result<(), Failure> {
    let (plan, places) = (Rc::clone(&session.plan), Rc::clone(&session.places));
    for document in &plan.documents {
        let out = |tool: &str| places.folder.join("out").join(tool).join(&document.name);
        let own = |tool: &str, features| Crate {
            document: document.name.clone(),
            tool: tool.to_owned(),
            folder: out(OWN).join("rust"),
            features,
        };
        let mut crates = vec![own(OWN, &[]), own(CORE, &["--no-default-features"])];
        for peer in plan.peers.iter().filter(|peer| peer.kind != Kind::Diff && peer.is_installed(&places.peers)) {
            let folder = out(&peer.name);
            crates.push(Crate { document: document.name.clone(), tool: peer.name.clone(), folder, features: &[] });
        }
        for emitted in &crates {
            let peer = plan.peers.iter().find(|peer| peer.name == emitted.tool);
            one(session, emitted, peer, &document.compiles)?;
        }
    }
    Ok(())
}

fn one(session: &mut Session, emitted: &Crate, peer: Option<&Peer>, ways: &[String]) -> Result<(), Failure> {
    let row = |name: &str, metric: &str| Key::new(GROUP, name, &emitted.document, &emitted.tool, metric);
    let is_asked = |way: &&Way| ways.iter().any(|name| name == way.name) && (emitted.is_own() || !way.is_own);
    let rows_of = |way: &Way| ["alone", "incremental", "cold"].map(|how| row(&format!("{}, {how}", way.name), "time"));
    let ways: Vec<&Way> = WAYS.iter().filter(is_asked).filter(|way| session.wants_any(&rows_of(way))).collect();
    // Who failed on the document has left an empty folder, or none.
    if ways.is_empty() || lines_of_rust(&emitted.folder) == 0 {
        return Ok(());
    }
    complete(emitted, peer).map_err(|error| unusable(&emitted.folder, &error))?;
    for way in ways {
        let row = |how: &str, metric: &str| row(&format!("{}, {how}", way.name), metric);
        let is_cold = emitted.is_own() || way.name == RELEASE;
        if is_cold && emitted.is_first() {
            cold(session, emitted, way, &row("cold", ""))?;
        }
        if let Some(failure) = prepared(session, emitted, way) {
            session.failed(row("alone", "time"), Unit::Seconds, &failure)?;
            continue;
        }
        alone(session, emitted, way, &row("alone", ""))?;
        if way.name == RELEASE {
            let name = library(&emitted.folder);
            let file = target(session, emitted).join(format!("release/lib{name}.rlib"));
            if let Ok(file) = fs::metadata(file) {
                session.record(row("alone", "library"), Unit::Bytes, vec![file.len() as f64])?;
            }
        } else {
            incremental(session, emitted, way, &row("incremental", ""))?;
        }
    }
    dependencies(session, emitted, row("dependencies", "crates"))
}

/// Makes a crate of what a peer wrote: one that belongs to no workspace, with what it says it needs.
fn complete(emitted: &Crate, peer: Option<&Peer>) -> io::Result<()> {
    let manifest = emitted.folder.join("Cargo.toml");
    if let Some(needs) = peer.and_then(|peer| peer.needs.as_ref())
        && !manifest.is_file()
    {
        let needs = fs::read_to_string(emitted.folder.join(needs))?;
        fs::write(&manifest, format!("[package]\nname = \"api\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{needs}"))?;
        fs::write(emitted.folder.join("src/lib.rs"), "#![allow(warnings)]\npub mod generated;\n")?;
    }
    let text = fs::read_to_string(&manifest)?;
    if !text.lines().any(|line| line.trim() == "[workspace]") {
        fs::write(&manifest, format!("{text}\n[workspace]\n"))?;
    }
    Ok(())
}

/// The name of the library in a folder.
fn library(folder: &Path) -> String {
    let text = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let manifest: toml::Table = text.parse().unwrap_or_default();
    let named = |table: &str| manifest.get(table)?.get("name")?.as_str().map(str::to_owned);
    named("lib").or_else(|| named("package")).unwrap_or_default().replace('-', "_")
}

fn target(session: &Session, emitted: &Crate) -> PathBuf {
    session.places.folder.join("compile").join(&emitted.tool)
}

fn cargo(emitted: &Crate, way: &Way, target: &Path) -> Command {
    let mut command = Command::new("cargo");
    command.args(way.arguments).arg("--lib").args(emitted.features);
    // What is compiled alone is compiled whole.
    command.current_dir(&emitted.folder).env("CARGO_TARGET_DIR", target).env("CARGO_INCREMENTAL", "0");
    command
}

/// Compiles the crate once with all that it needs. What failed, if something did.
fn prepared(session: &Session, emitted: &Crate, way: &Way) -> Option<String> {
    process::run(&mut cargo(emitted, way, &target(session, emitted)), LONGEST).failure
}

/// The crate alone, from nothing.
fn alone(session: &mut Session, emitted: &Crate, way: &Way, key: &Key) -> Result<(), Failure> {
    let target = target(session, emitted);
    session.cold(key, LONGEST, || {
        touch(&root(&emitted.folder))?;
        Ok(cargo(emitted, way, &target))
    })
}

/// The crate after a function was added to it.
fn incremental(session: &mut Session, emitted: &Crate, way: &Way, key: &Key) -> Result<(), Failure> {
    if !session.wants(&Key { metric: "time".to_owned(), ..key.clone() }) {
        return Ok(());
    }
    let target = target(session, emitted);
    let command = || {
        let mut command = cargo(emitted, way, &target);
        command.env("CARGO_INCREMENTAL", "1");
        command
    };
    let root = root(&emitted.folder);
    let text = fs::read_to_string(&root).map_err(|error| unusable(&root, &error))?;
    touch(&root)?;
    process::run(&mut command(), LONGEST);
    let mut count = 0;
    let measured = session.cold(key, LONGEST, || {
        count += 1;
        let added = format!("{text}\n/// Added.\npub fn added_{count}() -> u32 {{\n    {count}\n}}\n");
        fs::write(&root, added).map_err(|error| unusable(&root, &error))?;
        Ok(command())
    });
    fs::write(&root, text).map_err(|error| unusable(&root, &error))?;
    measured
}

/// The crate with all that it needs, from nothing. What comes of it is kept for what is measured next.
fn cold(session: &mut Session, emitted: &Crate, way: &Way, key: &Key) -> Result<(), Failure> {
    let places = Rc::clone(&session.places);
    let target = target(session, emitted);
    session.cold(key, LONGEST, || {
        places.emptied(&target)?;
        Ok(cargo(emitted, way, &target))
    })
}

fn dependencies(session: &mut Session, emitted: &Crate, key: Key) -> Result<(), Failure> {
    if !session.wants(&key) {
        return Ok(());
    }
    let mut command = Command::new("cargo");
    command.args(["tree", "--edges", "normal", "--prefix", "none"]).args(emitted.features).current_dir(&emitted.folder);
    let ran = process::run(&mut command, LONGEST);
    if let Some(failure) = ran.failure {
        return session.failed(key, Unit::Count, &failure);
    }
    let crates: std::collections::BTreeSet<&str> =
        ran.stdout.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    session.record(key, Unit::Count, vec![crates.len() as f64])
}

fn root(folder: &Path) -> PathBuf {
    folder.join("src/lib.rs")
}

/// Makes a file newer than what was built of it.
fn touch(file: &Path) -> Result<(), Failure> {
    let touched = fs::File::options().append(true).open(file);
    let touched = touched.and_then(|open| open.set_modified(std::time::SystemTime::now()));
    touched.map_err(|error| unusable(file, &error))
}
