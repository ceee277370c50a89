//! What every command has in common: help, exit codes, where text goes, and how it looks.

use std::process::Output;

use crate::support::cargo::{text, xtask, xtask_command};

const COMMANDS: [&str; 6] = ["generate", "fetch", "inspect", "diff", "docs", "mock"];

fn stdout(ran: &Output) -> String {
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

#[test]
fn help_is_for_everyone() {
    let ran = xtask(&["--help"]);
    assert_eq!(ran.status.code(), Some(0), "{}", text(&ran));
    for command in COMMANDS {
        assert!(stdout(&ran).lines().any(|line| line.trim_start().starts_with(command)), "{}", text(&ran));
        let ran = xtask(&[command, "--help"]);
        assert_eq!(ran.status.code(), Some(0), "{}", text(&ran));
        assert!(stdout(&ran).contains(&format!("Usage: cargo xtask {command}")), "{}", text(&ran));
        assert!(ran.stderr.is_empty() && !stdout(&ran).contains('\u{1b}'), "{}", text(&ran));
    }
    assert_eq!(xtask(&["--version"]).status.code(), Some(0));
}

#[test]
fn bad_usage_ends_with_2() {
    let cases: &[&[&str]] = &[
        &[],
        &["help"],
        &["make"],
        &["generate", "--no-such-option"],
        &["generate", "cobol"],
        &["generate", "--only", "["],
        &["generate", "--config", "no/such.toml"],
        &["generate", "--schema", "schema/omise/openapi.yaml"],
        &["fetch", "--max-bytes", "0"],
        &["fetch", "--max-bytes", "many"],
        &["fetch", "--url", "gopher://localhost/"],
        &["fetch", "--out", "schema"],
        &["fetch", "--config", "no/such.toml"],
        &["fetch", "surplus"],
        &["inspect", "--format", "xml"],
        &["inspect", "--config", "Cargo.toml"],
        &["diff", "one.yaml"],
        &["diff", "a.yaml", "b.yaml", "--fail-on", "everything"],
        &["docs", "--port", "8000"],
        &["docs", "--since", "no/such.yaml"],
        &["docs", "surplus"],
        &["mock", "--port", "many"],
        &["mock", "--port", "65536"],
    ];
    for arguments in cases {
        let ran = xtask(arguments);
        assert_eq!(ran.status.code(), Some(2), "{arguments:?}: {}", text(&ran));
        assert!(ran.stdout.is_empty() && !ran.stderr.is_empty(), "{arguments:?}: {}", text(&ran));
    }
}

#[test]
fn unreadable_input_ends_with_2_and_its_place_and_no_backtrace() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("it is written");
        path.to_str().expect("a plain path").to_owned()
    };
    let good = write("good.yaml", "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n");
    let broken = write("broken.yaml", "openapi: 3.0.3\npaths: {a: [}\n");
    let overlay = write("overlay.yaml", "overlay: 1.0.0\nactions:\n  - target: $.paths[\n    remove: true\n");
    let missing = folder.path().join("missing.yaml");
    let missing = missing.to_str().expect("a plain path");
    let place = |file: &str, line: usize| format!("--> {file}:{line}:");
    for (arguments, code, place) in [
        (vec!["--schema", broken.as_str()], "error[E004]", place(&broken, 2)),
        (vec!["--schema", missing], "error[E001]", missing.to_owned()),
        (vec!["--schema", good.as_str(), "--overlay", overlay.as_str()], "error[E012]", place(&overlay, 3)),
        (vec!["--schema", folder.path().to_str().expect("a plain path")], "error[E001]", String::new()),
    ] {
        for command in [vec!["inspect"], vec!["mock"], vec!["generate", "rust", "--out", "target/never"]] {
            let arguments = [command, arguments.clone()].concat();
            let ran = xtask_command(&arguments).env("RUST_BACKTRACE", "1").output().expect("it starts");
            let said = text(&ran);
            assert_eq!(ran.status.code(), Some(2), "{arguments:?}: {said}");
            assert!(said.contains(code) && said.contains(&place), "{arguments:?}: {said}");
            assert!(!said.contains("stack backtrace") && !said.contains("panicked"), "{arguments:?}: {said}");
            assert!(ran.stdout.is_empty(), "{arguments:?}: {said}");
        }
    }
}

#[test]
fn colour_is_for_terminals_and_no_color_wins() {
    let folder = tempfile::tempdir().expect("a folder");
    let schema = folder.path().join("api.yaml");
    std::fs::write(&schema, "openapi: 3.0.3\ninfo: {title: T}\npaths: {}\n").expect("it is written");
    let arguments = ["inspect", "--schema", schema.to_str().expect("a plain path")];
    let run = |environment: &[(&str, &str)]| {
        let mut command = xtask_command(&arguments);
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        let ran = command.envs(environment.iter().copied()).output().expect("it starts");
        assert!(ran.status.success() && text(&ran).contains("[W010]"), "{}", text(&ran));
        text(&ran).contains('\u{1b}')
    };
    assert!(!run(&[]), "there is no terminal");
    // What makes a pipe look like a terminal.
    assert!(run(&[("CLICOLOR_FORCE", "1")]));
    assert!(!run(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn data_goes_to_standard_output_and_the_rest_to_standard_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let schema = folder.path().join("api.yaml");
    std::fs::write(&schema, "openapi: 3.0.3\ninfo: {title: T}\npaths: {}\n").expect("it is written");
    let ran = xtask(&["inspect", "--format", "json", "--schema", schema.to_str().expect("a plain path")]);
    let model: serde_json::Value = serde_json::from_slice(&ran.stdout).expect("only JSON on standard output");
    assert_eq!(model["info"]["title"], "T");
    assert!(String::from_utf8_lossy(&ran.stderr).contains("warning[W010]"));
}
