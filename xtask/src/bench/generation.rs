//! Generating, beside other generators, and beside the least that it could cost.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;

use walkdir::WalkDir;

use super::plan::{Kind, Peer};
use super::process;
use super::row::{Key, Unit};
use super::session::{LONGEST, Session};
use crate::failure::Failure;
use crate::report;

pub(super) const GROUP: &str = "generation";
/// This generator's name in rows.
pub(super) const OWN: &str = "omise-generator";
pub(super) const GENERATE: &str = "generate";
pub(super) const LOAD: &str = "load";
pub(super) const PRINT: &str = "load, parse, print, write";

/// A document, and its file; this repository's own is read with its overlay.
struct Work {
    name: String,
    path: PathBuf,
    is_own: bool,
}

pub(super) fn run(session: &mut Session) -> Result<(), Failure> {
    let (plan, places) = (Rc::clone(&session.plan), Rc::clone(&session.places));
    let repaired = places.folder.join("omise.json");
    places.prepared(&["repaired", &repaired.to_string_lossy()])?;
    for document in &plan.documents {
        let Some(path) = document.path(&places.corpus, &repaired) else {
            report::say(format_args!("{} is not there: left out", document.name));
            continue;
        };
        let work = Work { name: document.name.clone(), path, is_own: document.is_own() };
        own(session, &work)?;
        for peer in plan.peers.iter().filter(|peer| peer.kind != Kind::Diff) {
            other(session, &work, peer)?;
        }
    }
    Ok(())
}

fn own(session: &mut Session, work: &Work) -> Result<(), Failure> {
    let places = Rc::clone(&session.places);
    let path = work.path.to_string_lossy();
    let schema: &[&str] = if work.is_own { &[] } else { &[&path] };
    let key = |what: &str| Key::new(GROUP, what, &work.name, OWN, "");
    let (out, kept) = (places.scratch.path().join("out"), places.folder.join("out").join(OWN).join(&work.name));
    let generate = || {
        places.emptied(&out)?;
        let mut command = places.own(&["generate", "rust", "--out", &out.to_string_lossy()]);
        if let [schema] = schema {
            command.args(["--schema", schema]);
        }
        Ok(command)
    };
    session.cold(&key(GENERATE), LONGEST, generate)?;
    places.keep(&out, &kept)?;
    lines(session, work, OWN, &kept)?;
    session.cold(&key(LOAD), LONGEST, || Ok(places.part(&[&["load"], schema].concat())))?;
    let (made, printed) = (kept.join("rust"), places.scratch.path().join("printed"));
    let print = key(PRINT);
    if session.wants(&Key { metric: "time".to_owned(), ..print.clone() }) && !made.is_dir() {
        process::run(&mut generate()?, LONGEST);
        places.keep(&out, &kept)?;
    }
    session.cold(&print, LONGEST, || {
        places.emptied(&printed)?;
        Ok(places.part(&[&["print", &made.to_string_lossy(), &printed.to_string_lossy()], schema].concat()))
    })
}

fn other(session: &mut Session, work: &Work, peer: &Peer) -> Result<(), Failure> {
    let places = Rc::clone(&session.places);
    if !peer.is_installed(&places.peers) {
        return Ok(());
    }
    session.results.peers.insert(peer.name.clone(), peer.version.clone());
    let (out, kept) = (places.scratch.path().join("out"), places.folder.join("out").join(&peer.name).join(&work.name));
    let named = [("input", work.path.as_path()), ("out", &out), ("peers", &places.peers)];
    session.cold(&Key::new(GROUP, GENERATE, &work.name, &peer.name, ""), LONGEST, || {
        places.emptied(&out)?;
        Ok(peer.command(&out, &named).unwrap_or_else(|| Command::new("false")))
    })?;
    places.keep(&out, &kept)?;
    lines(session, work, &peer.name, &kept)
}

/// How much came out, in lines of Rust.
fn lines(session: &mut Session, work: &Work, tool: &str, out: &Path) -> Result<(), Failure> {
    let key = |metric: &str| Key::new(GROUP, GENERATE, &work.name, tool, metric);
    let has_run = session.results.median(&key("time")).is_some();
    if !has_run || !session.wants(&key("lines")) {
        return Ok(());
    }
    let count = lines_of_rust(out);
    session.record(key("lines"), Unit::Count, vec![count as f64])
}

/// Lines of all Rust files below a folder.
pub(super) fn lines_of_rust(folder: &Path) -> usize {
    let entries = WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    files.map(|file| std::fs::read_to_string(file.path()).unwrap_or_default().lines().count()).sum()
}
