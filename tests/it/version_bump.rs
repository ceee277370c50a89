//! A new version of an API, as `docs/version-bump.md` walks through it: its files are written, its commands run, and what it
//! says they print must be printed.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::{cargo, repository};

/// Where the walk-through says that the shop serves its document.
const ADDRESS: &str = "http://127.0.0.1:8008";

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
    let text = std::fs::read_to_string(repository().join("docs/version-bump.md")).unwrap();
    let mut steps = Vec::new();
    let mut blocks = text.split("\n```");
    let mut before = blocks.next().unwrap();
    // Every other piece is a block, with its language on the first line.
    while let (Some(block), Some(after)) = (blocks.next(), blocks.next()) {
        let (language, block) = block.split_once('\n').unwrap();
        let name = before.trim_end().lines().next_back().unwrap_or_default();
        let name = name.strip_prefix('`').and_then(|name| name.strip_suffix("`:"));
        match (language, name) {
            ("console", _) => steps.push(Step::Commands(commands(block))),
            (_, Some(path)) => steps.push(Step::File { path: path.to_owned(), text: format!("{block}\n") }),
            _ => panic!("a block of the walk-through is neither a file nor commands: {block}"),
        }
        before = after;
    }
    steps
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

/// Serves a file as it is at the time, until the test ends.
fn serve(file: PathBuf) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let head = BufReader::new(stream.try_clone().unwrap())
                .lines()
                .take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty()));
            head.for_each(drop);
            let text = std::fs::read(&file).unwrap();
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", text.len());
            stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&text)).unwrap();
        }
    });
    address
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
    let address = serve(folder.path().join("served/schema"));
    let (mut files, mut ran) = (0, 0);
    for step in steps() {
        match step {
            Step::File { path, text } => {
                let path = folder.path().join(path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text.replace(ADDRESS, &address)).unwrap();
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
