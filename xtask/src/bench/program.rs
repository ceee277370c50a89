//! How long somebody waits who changes a line of a small program that uses the emitted crate.

use std::fs;
use std::process::Command;
use std::rc::Rc;
use std::time::Duration;

use super::compile::GROUP;
use super::generation::OWN;
use super::process;
use super::results::unusable;
use super::row::Key;
use super::session::Session;
use crate::failure::Failure;

const LONGEST: Duration = Duration::from_secs(400);

/// The row.
pub(super) fn key(metric: &str) -> Key {
    Key::new(GROUP, "small program, incremental", "omise", OWN, metric)
}

pub(super) fn run(session: &mut Session) -> Result<(), Failure> {
    let places = Rc::clone(&session.places);
    let emitted = places.folder.join("out").join(OWN).join("omise/rust");
    if !session.wants(&key("time")) || !emitted.is_dir() {
        return Ok(());
    }
    let folder = places.folder.join("program");
    let main = folder.join("src/main.rs");
    let write = |count: usize| {
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("Cargo.toml"), manifest(&emitted.to_string_lossy()))?;
        fs::write(&main, source(count))
    };
    let command = || {
        let mut command = Command::new("cargo");
        command.args(["build", "--quiet"]).current_dir(&folder);
        command.env("CARGO_TARGET_DIR", places.folder.join("compile").join(OWN)).env("CARGO_INCREMENTAL", "1");
        command
    };
    write(0).map_err(|error| unusable(&folder, &error))?;
    process::run(&mut command(), LONGEST);
    let mut count = 0;
    session.cold(&key(""), LONGEST, || {
        count += 1;
        write(count).map_err(|error| unusable(&folder, &error))?;
        Ok(command())
    })
}

fn manifest(emitted: &str) -> String {
    format!(
        "[package]\nname = \"program\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         omise = {{ path = {emitted:?} }}\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n[workspace]\n"
    )
}

fn source(count: usize) -> String {
    format!(
        "use omise::types::Currency;\n\n\
         #[tokio::main(flavor = \"current_thread\")]\n\
         async fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    \
             let client = omise::Client::builder().secret_key(std::env::var(\"KEY\")?).build()?;\n    \
             let charge = client.charges().create(10_000 + {count}, Currency::Thb).card(\"tokn_test_1\").await?;\n    \
             println!(\"{{}} {{}}\", charge.id, client.balance().retrieve().await?.currency);\n    \
             Ok(())\n}}\n"
    )
}
