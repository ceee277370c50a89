//! A new version of an API, as `docs/version-bump.md` walks through it: its files are written, its commands run, and what it
//! says they print must be printed.

use std::path::Path;
use std::process::{Command, Output};

use crate::fetch::server::{Answer, Server};
use crate::support::{Block, blocks, cargo};

/// Where the walk-through says that the shop serves its document.
const ADDRESS: &str = "http://127.0.0.1:8008/schema";

/// A step of the walk-through.
enum Step {
    File { path: String, text: String },
    Commands(Vec<Ran>),
}

/// A command and lines of what it prints.
struct Ran {
    command: String,
    said: Vec<String>,
}

fn steps() -> Vec<Step> {
    let step = |block: Block| match (block.fence.as_str(), block.path) {
        ("console", _) => Step::Commands(commands(&block.text)),
        (_, Some(path)) => Step::File { path, text: block.text },
        _ => panic!("a block of the walk-through is neither a file nor commands: {}", block.text),
    };
    blocks("docs/version-bump.md").into_iter().map(step).collect()
}

fn commands(block: &str) -> Vec<Ran> {
    let mut all: Vec<Ran> = Vec::new();
    for line in block.lines() {
        match line.strip_prefix("$ ") {
            Some(command) => all.push(Ran { command: command.to_owned(), said: Vec::new() }),
            None => all.last_mut().expect("a command comes first").said.push(line.to_owned()),
        }
    }
    all
}

/// A server that sends the versions of the document, one after the other.
fn server(steps: &[Step]) -> Server {
    let served = steps.iter().filter_map(|step| match step {
        Step::File { path, text } if path == "served/schema" => Some(Answer::http("200 OK", &[], text)),
        _ => None,
    });
    Server::answering(served.collect())
}

fn run(folder: &Path, command: &str) -> Output {
    let words: Vec<&str> = command.split_whitespace().collect();
    match words.as_slice() {
        ["cargo", "xtask", arguments @ ..] => {
            cargo::xtask_command(arguments).current_dir(folder).output().expect("xtask starts")
        }
        [program @ ("cp" | "cat"), arguments @ ..] => {
            Command::new(program).args(arguments).current_dir(folder).output().expect("it starts")
        }
        _ => panic!("the walk-through has a command that this test does not know: {command}"),
    }
}

#[cfg(unix)]
#[test]
fn goes_as_the_walk_through_says() {
    let folder = tempfile::tempdir().unwrap();
    let steps = steps();
    let server = server(&steps);
    let (mut files, mut ran) = (0, 0);
    for step in steps {
        match step {
            Step::File { path, text } => {
                let path = folder.path().join(path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text.replace(ADDRESS, &server.url())).unwrap();
                files += 1;
            }
            Step::Commands(commands) => {
                for Ran { command, said } in commands {
                    follows(folder.path(), &command, &said);
                    ran += 1;
                }
            }
        }
    }
    assert!(files >= 5 && ran >= 10, "{files} files, {ran} commands");
}

/// Runs a command, and holds what it prints and how it ends against what the walk-through says.
fn follows(folder: &Path, command: &str, said: &[String]) {
    let output = run(folder, command);
    let text = cargo::text(&output);
    let mut code = 0;
    for line in said.iter().filter(|line| !line.is_empty()) {
        match line.strip_prefix("exit code ") {
            Some(told) => code = told.parse().unwrap(),
            None => assert!(text.contains(line.as_str()), "`{command}` does not say `{line}`:\n{text}"),
        }
    }
    assert_eq!(output.status.code(), Some(code), "{command}\n{text}");
}
