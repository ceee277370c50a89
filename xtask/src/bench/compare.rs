//! Comparing two versions of a document.

use std::process::Command;
use std::rc::Rc;

use super::generation::OWN;
use super::plan::Kind;
use super::row::Key;
use super::session::{LONGEST, Session};
use crate::failure::Failure;

pub(super) const GROUP: &str = "comparison";
pub(super) const COMPARE: &str = "compare";

pub(super) fn run(session: &mut Session) -> Result<(), Failure> {
    let (plan, places) = (Rc::clone(&session.plan), Rc::clone(&session.places));
    for pair in &plan.pairs {
        let Some([old, new]) = pair.paths(&places.corpus) else { continue };
        session.cold(&Key::new(GROUP, COMPARE, &pair.name, OWN, ""), LONGEST, || {
            let (old, new) = (old.to_string_lossy(), new.to_string_lossy());
            Ok(places.own(&["diff", &old, &new, "--fail-on", "never"]))
        })?;
        for peer in plan.peers.iter().filter(|peer| peer.kind == Kind::Diff && peer.is_installed(&places.peers)) {
            session.results.peers.insert(peer.name.clone(), peer.version.clone());
            let named = [("old", old.as_path()), ("new", new.as_path()), ("peers", &places.peers)];
            session.cold(&Key::new(GROUP, COMPARE, &pair.name, &peer.name, ""), LONGEST, || {
                Ok(peer.command(&places.folder, &named).unwrap_or_else(|| Command::new("false")))
            })?;
        }
    }
    Ok(())
}
