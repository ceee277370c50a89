//! Installing the other generators.

use super::plan::{Peer, Plan};
use super::results::unusable;
use super::session::target_folder;
use crate::failure::Failure;
use crate::report;

/// Installs what is missing. What cannot be installed is said, and left out of what is measured.
pub(super) fn run(peers: Option<std::path::PathBuf>) -> Result<(), Failure> {
    let peers = peers.unwrap_or_else(|| target_folder().join("peers"));
    std::fs::create_dir_all(&peers).map_err(|error| unusable(&peers, &error))?;
    let peers = std::path::absolute(&peers).map_err(|error| unusable(&peers, &error))?;
    for peer in &Plan::read()?.peers {
        let Peer { name, version, .. } = peer;
        if peer.is_installed(&peers) {
            report::say(format_args!("{name} is there"));
            continue;
        }
        let Some(mut command) = peer.install(&peers) else { continue };
        report::say(format_args!("installing {name} {version}: {command:?}"));
        match command.status() {
            Ok(status) if status.success() => {}
            Ok(status) => report::say(format_args!("{name} cannot be installed: {status}")),
            Err(error) => report::say(format_args!("{name} cannot be installed: {error}")),
        }
    }
    Ok(())
}
