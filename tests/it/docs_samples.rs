//! The code that the documentation shows, compiled against the packages that it is about.
//!
//! What is looked at are the fenced blocks of `generated/docs/**/index.md`: a call of each operation, and what people wrote in
//! guides (`schema/omise/guides/`). A block stands where a client is ready, so that it begins with what matters:
//!
//! | Language | Where a block stands |
//! |---|---|
//! | Rust | in `async fn sample(client: &omise::Client) -> Result<(), Box<dyn Error>>`, which ends with `Ok(())`. Its `use` lines come first; the crate has all its features, and axum, futures-util, serde_json and tokio are there |
//! | TypeScript | in a module with `await` at its top, where `client` is an `Omise`. Its imports come first |
//! | Python | in a module where `client` is a `Client`, which waits. Its imports come first |
//! | Go | in `func sample(ctx context.Context, client *omise.Client) error`, which ends with `return nil` unless the block ends in a `return`. It has no imports: those packages of [`GO_PACKAGES`] that it names are imported |
//! | a shell | nowhere in particular; it is only parsed |
//!
//! A block that makes `client` itself, or has a `main`, is a whole file, with its imports. Code is as its
//! formatter has it at a width of [`WIDTH`], at which most pages can show it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::languages::{Language, link_node_modules, program, run, tool, with_tools};
use crate::support::{cargo, repository, say};

/// The widest line.
const WIDTH: &str = "100";

/// What code in Go may name, beside the package itself.
const GO_PACKAGES: [&str; 9] = ["context", "errors", "fmt", "io", "log", "net/http", "os", "strings", "time"];

/// A block of code.
struct Block {
    /// Where it stands, as the name of a file and of a module.
    name: String,
    code: String,
}

impl Block {
    /// Whether it is a file of its own.
    fn is_file(&self) -> bool {
        let signs = ["fn main()", "package main\n", "const client = ", "\nclient = Client(", " as client:"];
        signs.iter().any(|sign| self.code.contains(sign))
    }
}

/// A block that has begun.
struct Open<'t> {
    ticks: &'t str,
    fence: &'t str,
    line: usize,
    code: String,
}

/// The blocks of a page, in any language.
fn fenced(text: &str) -> Vec<Open<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<Open<'_>> = None;
    for (at, line) in text.lines().enumerate() {
        open = match open.take() {
            None => {
                let fence = line.trim_start_matches('`');
                let ticks = &line[..line.len() - fence.len()];
                (ticks.len() >= 3).then(|| Open { ticks, fence: fence.trim(), line: at + 1, code: String::new() })
            }
            Some(block) if line.trim_end() == block.ticks => {
                blocks.push(block);
                None
            }
            Some(mut block) => {
                block.code.push_str(line);
                block.code.push('\n');
                Some(block)
            }
        };
    }
    blocks
}

/// What the documentation shows in a language, each once. `None` where there is no documentation.
fn blocks(fences: &[&str]) -> Option<Vec<Block>> {
    let docs = repository().join("generated/docs");
    if !docs.exists() {
        say(&format!("skipped: {} is not there", docs.display()));
        return None;
    }
    let mut seen = BTreeSet::new();
    let mut blocks = Vec::new();
    for entry in walkdir::WalkDir::new(&docs).sort_by_file_name() {
        let path = entry.expect("an entry").into_path();
        if path.file_name().is_none_or(|name| name != "index.md") {
            continue;
        }
        let page =
            path.parent().and_then(|folder| folder.strip_prefix(&docs).ok()).expect("a page").display().to_string();
        let page: String = page.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let text = std::fs::read_to_string(&path).expect("a page");
        for block in fenced(&text) {
            if fences.contains(&block.fence) && seen.insert(block.code.clone()) {
                let name = format!("s{}_{page}_{}", blocks.len(), block.line);
                blocks.push(Block { name, code: block.code });
            }
        }
    }
    assert!(!blocks.is_empty(), "{} shows nothing in {fences:?}", docs.display());
    Some(blocks)
}

/// An empty folder below the target folder.
fn workshop(name: &str) -> PathBuf {
    let folder = cargo::target().join("docs-samples").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("it is removed");
    }
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn write(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("it is written");
}

/// Does something with what the documentation shows in a language.
fn with_blocks(language: Language, fences: &[&str], then: impl FnOnce(&[Block], &Path) -> Result<(), String>) {
    if let Some(blocks) = blocks(fences) {
        with_tools(language, "samples of the documentation", || then(&blocks, &workshop(language.name())));
    }
}

#[test]
fn typescript_compiles() {
    with_blocks(Language::TypeScript, &["ts", "typescript"], |blocks, folder| {
        link_node_modules(folder)?;
        for block in blocks {
            write(folder, &format!("src/{}.ts", block.name), &block.code);
        }
        let client = "import type { Omise } from \"omise-sdk\";\n\ndeclare global {\n  const client: Omise;\n}\n";
        write(folder, "client.d.ts", client);
        let package = repository().join("generated/typescript/src/index.ts").display().to_string();
        let config = json!({
            "compilerOptions": {
                "strict": true, "exactOptionalPropertyTypes": true, "noUncheckedIndexedAccess": true, "noUnusedLocals": true,
                "target": "es2022", "lib": ["es2022", "dom", "dom.iterable"], "types": ["node"],
                "module": "esnext", "moduleResolution": "bundler", "moduleDetection": "force",
                "noEmit": true, "skipLibCheck": true, "paths": {"omise-sdk": [package]},
            },
            "include": ["src", "client.d.ts"],
        });
        write(folder, "tsconfig.json", &config.to_string());
        run(Command::new(tool(Language::TypeScript, "tsc")?).args(["-p", "."]).current_dir(folder));
        let mut prettier = Command::new(tool(Language::TypeScript, "prettier")?);
        run(prettier.args(["--print-width", WIDTH, "--check", "src"]).current_dir(folder));
        Ok(())
    });
}

#[test]
fn python_compiles() {
    with_blocks(Language::Python, &["python"], |blocks, folder| {
        let client = "from typing import cast as _cast\n\nfrom omise_sdk import Client as _Client\n\n\
                      client = _cast(_Client, None)\n";
        for block in blocks {
            let before = if block.is_file() { "" } else { client };
            write(folder, &format!("shown/{}.py", block.name), &block.code);
            write(folder, &format!("typed/{}.py", block.name), &format!("{before}{}", block.code));
        }
        let mut mypy = Command::new(tool(Language::Python, "mypy")?);
        mypy.args(["--strict", "--python-version", "3.10", "typed"]).current_dir(folder);
        run(mypy.env("MYPYPATH", repository().join("generated/python/src")));
        let mut ruff = Command::new(tool(Language::Python, "ruff")?);
        run(ruff.args(["format", "--check", "--line-length", WIDTH, "shown"]).current_dir(folder));
        Ok(())
    });
}

#[test]
fn go_compiles() {
    with_blocks(Language::Go, &["go"], |blocks, folder| {
        let mut go = program("go", "version")?;
        let package = repository().join("generated/go");
        let manifest = std::fs::read_to_string(package.join("go.mod")).expect("go.mod");
        let module = manifest.lines().find_map(|line| line.strip_prefix("module ")).expect("a module").trim();
        let manifest = format!(
            "module example.com/samples\n\ngo 1.23\n\nrequire {module} v0.0.0\n\nreplace {module} => {}\n",
            package.display()
        );
        write(folder, "go.mod", &manifest);
        for block in blocks {
            match block.is_file() {
                true => write(folder, &format!("{}/main.go", block.name), &block.code),
                // What ends in `_test.go`, or in the name of a system, would not be looked at.
                false => write(folder, &format!("samples/{}_shown.go", block.name), &go_function(block, module)),
            }
        }
        assert_eq!(run(Command::new("gofmt").arg("-l").arg(folder)), "", "gofmt changes these");
        run(go.args(["vet", "./..."]).current_dir(folder).env("GOFLAGS", "-mod=mod"));
        Ok(())
    });
}

/// A file with a block as a function.
fn go_function(block: &Block, module: &str) -> String {
    let code = block.code.trim_end();
    let is_named = |package: &&&str| {
        let name = package.rsplit('/').next().unwrap_or_default();
        // `client.io.`, `studio.` and the end of a sentence name no package.
        let is_it = |(at, found): (usize, &str)| {
            let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
            !code[..at].ends_with(is_word) && code[at + found.len()..].starts_with(char::is_uppercase)
        };
        code.match_indices(&format!("{name}.")).any(is_it)
    };
    let mut imports: Vec<&str> = GO_PACKAGES.iter().filter(is_named).copied().collect();
    if !imports.contains(&"context") {
        imports.insert(0, "context");
    }
    let imports: String = imports.iter().map(|package| format!("\t\"{package}\"\n")).collect();
    let indented = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("\t{line}\n") };
    let body: String = code.lines().map(indented).collect();
    let last = code.lines().next_back().unwrap_or_default();
    let end = if last.starts_with("return") { "" } else { "\treturn nil\n" };
    let name = &block.name;
    format!(
        "package samples\n\nimport (\n{imports}\n\tomise \"{module}\"\n)\n\n\
         func {name}(ctx context.Context, client *omise.Client) error {{\n{body}{end}}}\n\nvar _ = {name}\n"
    )
}

#[test]
fn rust_compiles() {
    with_blocks(Language::Rust, &["rust"], |blocks, folder| {
        let package = repository().join("generated/rust");
        let manifest = std::fs::read_to_string(package.join("Cargo.toml")).expect("the manifest");
        let manifest: toml::Table = toml::from_str(&manifest).expect("it parses");
        let features: Vec<&String> = manifest["features"].as_table().expect("features").keys().collect();
        let manifest = format!(
            "[package]\nname = \"docs-samples\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
             axum = {{ version = \"0.8\", default-features = false, features = [\"http1\", \"tokio\"] }}\n\
             futures-util = {{ version = \"0.3\", default-features = false }}\n\
             omise = {{ path = {:?}, features = {features:?} }}\n\
             serde_json = \"1\"\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\", \"signal\", \"time\"] }}\n",
            package.display().to_string()
        );
        write(folder, "Cargo.toml", &manifest);
        let (files, bodies): (Vec<&Block>, Vec<&Block>) = blocks.iter().partition(|block| block.is_file());
        for block in files {
            write(folder, &format!("src/bin/{}.rs", block.name), &block.code);
        }
        for block in &bodies {
            write(folder, &format!("src/{}.rs", block.name), &rust_function(&block.code));
        }
        let modules: String = bodies.iter().map(|block| format!("pub mod {};\n", block.name)).collect();
        write(folder, "src/lib.rs", &modules);
        cargo::check(folder);
        Ok(())
    });
}

/// A module with a block as a function. What a sample does not go on with is no mistake there.
fn rust_function(code: &str) -> String {
    format!(
        "#![allow(unreachable_code, unused_assignments, unused_variables)]\n\n\
         pub async fn sample(client: &omise::Client) -> Result<(), Box<dyn std::error::Error>> {{\n{code}    Ok(())\n}}\n"
    )
}

#[test]
#[cfg(unix)]
fn commands_parse() {
    let Some(blocks) = blocks(&["sh"]) else { return };
    let folder = workshop("sh");
    for block in &blocks {
        let file = format!("{}.sh", block.name);
        write(&folder, &file, &block.code);
        run(Command::new("sh").args(["-n", &file]).current_dir(&folder));
    }
}
