//! Tools of the other languages: what `.ci/tools` installs below the target folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::driver::Language;
use crate::support::{cargo, missing, say};

fn folder() -> PathBuf {
    cargo::target().join("tools")
}

/// Runs what may need tools that are not there.
pub(crate) fn with_tools(language: Language, what: &str, then: impl FnOnce() -> Result<(), String>) {
    if !Language::wanted().contains(&language) {
        return say(&format!("{} was not asked for", language.name()));
    }
    if let Err(why) = then() {
        missing(&format!("{what} in {}: {why}", language.name()));
    }
}

/// A tool of a language. `Err` says what is missing on this machine.
pub(crate) fn tool(language: Language, name: &str) -> Result<PathBuf, String> {
    let below = match language {
        Language::TypeScript => "node_modules/.bin",
        Language::Python => "venv/bin",
        Language::Go | Language::Rust => "bin",
    };
    let path = folder().join(below).join(name);
    match path.exists() {
        true => Ok(path),
        false => Err(format!("{} is not there; `.ci/tools` installs it", path.display())),
    }
}

/// A program of the machine's own. `Err` says that it is not there.
pub(crate) fn program(name: &str, argument: &str) -> Result<Command, String> {
    match Command::new(name).arg(argument).output() {
        Ok(output) if output.status.success() => Ok(Command::new(name)),
        _ => Err(format!("{name} is not there")),
    }
}

/// Lets a TypeScript package find what it is built with.
pub(crate) fn link_node_modules(package: &Path) -> Result<(), String> {
    tool(Language::TypeScript, "tsc")?;
    let link = package.join("node_modules");
    if !link.exists() {
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder().join("node_modules"), &link).map_err(|error| error.to_string())?;
    }
    Ok(())
}
