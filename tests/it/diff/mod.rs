//! `cargo xtask diff` with the real binary: what it reads, how it shows what it found, and how it ends.

mod allow;
mod formats;
mod score;
mod sides;
mod twins;
mod witness;

use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::cargo::{text, xtask, xtask_command};

/// A shop before and after a change that breaks, one that does not, and one that nobody notices.
const OLD: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '1'}
paths:
  /orders:
    post:
      operationId: order
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Order'}
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Order'}
components:
  schemas:
    Order:
      type: object
      properties:
        count: {type: integer, maximum: 9}
        next: {$ref: '#/components/schemas/Order'}
";

const NEW: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '2'}
paths:
  /orders:
    post:
      operationId: place
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Order'}
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Order'}
  /orders/{id}:
    delete:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: Gone.}}
components:
  schemas:
    Order:
      type: object
      properties:
        count: {type: integer, maximum: 5}
        next: {$ref: '#/components/schemas/Order'}
";

const EMPTY: &str = "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\npaths: {}\n";

/// A folder with files in it.
struct Folder(TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        files.iter().for_each(|(name, text)| std::fs::write(folder.at(name), text).expect("it is written"));
        folder
    }

    fn shop() -> Self {
        Self::with(&[("old.yaml", OLD), ("new.yaml", NEW), ("empty.yaml", EMPTY)])
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// `diff` in this folder.
    fn diff(&self, arguments: &[&str]) -> Output {
        let mut command = xtask_command(&["diff"]);
        command.args(arguments).current_dir(self.path()).output().expect("it starts")
    }

    /// The changes of `diff --format json`.
    fn changes(&self, arguments: &[&str]) -> Vec<Value> {
        let ran = self.diff(&[arguments, &["--format", "json"]].concat());
        let told: Value = serde_json::from_slice(&ran.stdout).unwrap_or_else(|_| panic!("{}", text(&ran)));
        told["changes"].as_array().expect("a list").clone()
    }
}

fn ids(changes: &[Value]) -> Vec<&str> {
    changes.iter().map(|change| change["id"].as_str().expect("a text")).collect()
}

fn stdout(ran: &Output) -> String {
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

#[test]
fn what_breaks_fails_unless_told_otherwise() {
    let folder = Folder::shop();
    let code = |arguments: &[&str]| folder.diff(arguments).status.code();
    assert_eq!(code(&["old.yaml", "new.yaml"]), Some(1));
    assert_eq!(code(&["old.yaml", "new.yaml", "--fail-on", "breaking"]), Some(1));
    assert_eq!(code(&["old.yaml", "new.yaml", "--fail-on", "any"]), Some(1));
    assert_eq!(code(&["old.yaml", "new.yaml", "--fail-on", "never"]), Some(0));
    // What is added breaks nothing, and is a change.
    assert_eq!(code(&["empty.yaml", "old.yaml"]), Some(0));
    assert_eq!(code(&["empty.yaml", "old.yaml", "--fail-on", "any"]), Some(1));
}

#[test]
fn documents_that_are_the_same_have_no_changes() {
    let folder = Folder::shop();
    for options in [&[][..], &["--fail-on", "any"], &["--explain"]] {
        let ran = folder.diff(&[&["old.yaml", "old.yaml"], options].concat());
        assert_eq!(ran.status.code(), Some(0), "{}", text(&ran));
        assert_eq!(stdout(&ran), "no changes\n");
    }
    assert_eq!(folder.changes(&["old.yaml", "old.yaml"]), [Value::Null; 0]);
}

#[test]
fn what_only_people_read_is_no_change_and_a_new_version_of_the_crate() {
    let folder = Folder::shop();
    let told = OLD.replace("maximum: 9", "maximum: 9, description: How many are wanted.");
    std::fs::write(folder.at("told.yaml"), told).unwrap();
    let ran = folder.diff(&["old.yaml", "told.yaml", "--fail-on", "any"]);
    assert_eq!(ran.status.code(), Some(0), "{}", text(&ran));
    assert!(stdout(&ran).starts_with("no changes but") && stdout(&ran).contains("bump: patch"), "{}", text(&ran));
    // A copy under another name is the same, whatever is asked for.
    std::fs::write(folder.at("copy.yaml"), OLD).unwrap();
    for format in ["text", "markdown", "github", "html"] {
        let ran = folder.diff(&["old.yaml", "copy.yaml", "--format", format]);
        assert!(ran.status.success() && stdout(&ran).contains("no changes"), "{}", text(&ran));
        assert!(!stdout(&ran).contains("bump"), "{}", text(&ran));
    }
}

#[test]
fn against_an_empty_document_every_path_comes_or_goes() {
    let folder = Folder::shop();
    assert_eq!(ids(&folder.changes(&["empty.yaml", "old.yaml"])), ["operation-added"]);
    assert_eq!(ids(&folder.changes(&["old.yaml", "empty.yaml"])), ["path-removed", "schema-removed"]);
}

#[test]
fn one_edit_of_a_component_is_one_change_with_both_places() {
    let folder = Folder::shop();
    let changes = folder.changes(&["old.yaml", "new.yaml"]);
    assert_eq!(ids(&changes), ["maximum-lowered", "operation-added", "operation-id-changed"]);
    let change = &changes[0];
    let pointer = "/components/schemas/Order/properties/count/maximum";
    for (side, file, line) in [("old", "old.yaml", 22), ("new", "new.yaml", 26)] {
        let place = &change[side];
        assert_eq!((place["file"].as_str(), place["pointer"].as_str()), (Some(file), Some(pointer)));
        assert_eq!((place["line"].as_u64(), place["column"].as_u64()), (Some(line), Some(32)));
    }
    assert_eq!((change["before"].as_u64(), change["after"].as_u64()), (Some(9), Some(5)));
    let reach = change["reach"].as_array().expect("a list");
    let ways: Vec<_> = reach.iter().map(|way| (&way["direction"], &way["effect"], &way["wire"])).collect();
    assert_eq!(ways.len(), 2);
    assert_eq!(ways[0], (&"request".into(), &"narrows".into(), &"breaking".into()));
    assert_eq!(ways[1], (&"response".into(), &"narrows".into(), &"compatible".into()));
    assert_eq!(reach[0]["operations"][0], "POST /orders");
}

#[test]
fn documents_that_lead_back_to_themselves_are_compared() {
    let looping = |limit: u32| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: Loop, version: '1'}}\npaths:\n  /a:\n    post: &call\n      \
             requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}\n      \
             responses: {{'200': {{description: Fine.}}}}\n      callbacks:\n        done: \
             {{$ref: '#/components/callbacks/Done'}}\ncomponents:\n  callbacks:\n    Done:\n      '{{$url}}':\n        \
             post:\n          requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/B'}}}}}}}}\n          \
             responses: {{'200': {{description: Fine.}}}}\n          callbacks:\n            done: \
             {{$ref: '#/components/callbacks/Done'}}\n  schemas:\n    A: {{type: object, properties: {{b: {{$ref: '#/components/schemas/B'}}}}}}\n    \
             B: {{type: object, properties: {{a: {{$ref: '#/components/schemas/A'}}, n: {{type: integer, maximum: {limit}}}}}}}\n"
        )
    };
    let folder = Folder::with(&[("old.yaml", &looping(9)), ("new.yaml", &looping(5))]);
    let changes = folder.changes(&["old.yaml", "new.yaml"]);
    assert_eq!(ids(&changes), ["maximum-lowered"]);
    // The client writes the body and reads the callback's.
    let directions: Vec<_> =
        changes[0]["reach"].as_array().unwrap().iter().map(|way| way["direction"].clone()).collect();
    assert_eq!(directions, ["request", "response"]);
}

#[test]
fn input_that_cannot_be_read_ends_with_2() {
    let folder = Folder::shop();
    std::fs::write(folder.at("broken.yaml"), "openapi: 3.0.3\npaths: {a: [}\n").unwrap();
    std::fs::write(folder.at("list.yaml"), "[1, 2]\n").unwrap();
    for (old, new) in [
        ("old.yaml", "broken.yaml"),
        ("broken.yaml", "old.yaml"),
        ("old.yaml", "missing.yaml"),
        ("old.yaml", "list.yaml"),
        ("git:no-such-revision:openapi.yaml", "old.yaml"),
        ("-", "-"),
    ] {
        let ran = folder.diff(&[old, new, "--fail-on", "never"]);
        assert_eq!(ran.status.code(), Some(2), "{old} {new}: {}", text(&ran));
        assert!(ran.stdout.is_empty() && text(&ran).contains("error"), "{old} {new}: {}", text(&ran));
    }
    assert_eq!(xtask(&["diff"]).status.code(), Some(2));
    assert_eq!(xtask(&["diff", "a", "b", "--format", "xml"]).status.code(), Some(2));
}
