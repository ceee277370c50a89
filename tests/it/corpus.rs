//! Documents nobody here wrote: how the command judges them, and a part of the real ones.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use crate::support::cargo::{self, target, xtask_command};
use crate::support::shared;

const GOOD: &str = "openapi: 3.1.0
info: {title: Good, version: '1'}
paths:
  /pets:
    get:
      operationId: pets.list
      responses:
        '200':
          description: Pets.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}, more: {type: object}}}
";

/// Small real documents of every kind: those of the project's own folder beside the repository whose path contains this.
const PART: [&str; 11] = [
    "oai-learn",
    "libopenapi",
    "museum",
    "galaxy",
    "train-travel",
    "schema-types",
    "parameters-style",
    "polymorphism",
    "complex-nesting",
    "svix",
    "qdrant",
];

/// The folder of the crates is kept between runs, and serves one at a time.
static FOLDER: Mutex<()> = Mutex::new(());

/// Exit code, rows, and what was said to people.
fn run(folder: &Path, more: &[&str]) -> (Option<i32>, Vec<Value>, String) {
    let _alone = FOLDER.lock().unwrap_or_else(PoisonError::into_inner);
    let out: PathBuf = target().join("corpus");
    let mut command = xtask_command(&["corpus", "--format", "json", "--round-trip", "--out"]);
    let output = command.arg(out).arg(folder).args(more).output().expect("xtask starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let rows = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", cargo::text(&output)));
    (output.status.code(), rows, said)
}

#[test]
fn documents_are_judged_one_by_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join("specs").join(name), text).expect("written");
    std::fs::create_dir(folder.path().join("specs")).expect("created");
    write("good.yaml", GOOD);
    write("older.json", r#"{"swagger": "2.0", "info": {"title": "Old", "version": "1"}, "paths": {}}"#);
    write("empty.yaml", "");
    write("picture.yaml", "\u{1}PNG");
    let index = |good: Value| {
        let broken =
            ["older.json", "empty.yaml", "picture.yaml"].map(|file| json!({"file": file, "oas_schema_valid": false}));
        let rows: Vec<Value> = std::iter::once(good).chain(broken).collect();
        std::fs::write(folder.path().join("index.json"), Value::Array(rows).to_string()).expect("written");
    };

    index(json!({"file": "good.yaml", "operations": 1, "oas_schema_valid": true}));
    let (code, rows, said) = run(folder.path(), &[]);
    assert_eq!(code, Some(0), "{said}");
    let good = &rows[0];
    assert_eq!((&good["generated"], &good["compiles"], &good["error"]), (&json!(true), &json!(true), &Value::Null));
    assert_eq!((&good["operations"], &good["types"], &good["untyped"]), (&json!(1), &json!(1), &json!(1)));
    assert_eq!(good["typed_places"], 5);
    assert!(good["round_trip"]["values"].as_u64() >= Some(3) && good["round_trip"]["failed"] == 0, "{good}");
    let refused: Vec<&str> = rows[1..].iter().map(|row| row["error"].as_str().expect("an error")).collect();
    assert!(refused[0].starts_with("error[E009]"), "{refused:?}");
    assert!(refused[1].starts_with("error[E003]"), "{refused:?}");
    assert!(rows[1..].iter().all(|row| row["generated"] == false && row["compiles"] == false));

    // An operation that is missing, and a document that is called valid and refused.
    index(json!({"file": "good.yaml", "operations": 2}));
    let (code, rows, _) = run(folder.path(), &[]);
    assert_eq!((code, &rows[0]["error"]), (Some(1), &json!("1 of 2 operations")));
    index(json!({"file": "empty.yaml", "oas_schema_valid": true}));
    assert_eq!(run(folder.path(), &[]).0, Some(1));

    let suppressions = folder.path().join("suppressions.toml");
    std::fs::write(&suppressions, "[[document]]\nfile = \"empty.yaml\"\nreason = \"there is nothing in it\"\n")
        .expect("written");
    let (code, _, said) = run(folder.path(), &["--suppressions", &suppressions.display().to_string()]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("empty.yaml (suppressed: there is nothing in it)"), "{said}");
}

#[test]
fn a_part_of_the_real_ones_compiles_and_loses_nothing() {
    let Some(folder) = shared("corpus") else { return };
    let only: Vec<&str> = PART.iter().flat_map(|part| ["--only", part]).collect();
    let (code, rows, said) = run(&folder, &only);
    assert_eq!(code, Some(0), "{said}");
    assert!(rows.len() > 15, "{said}");
    let sum = |key: &str| rows.iter().filter_map(|row| row[key].as_u64()).sum::<u64>();
    assert!(sum("untyped") * 100 < sum("typed_places") * 2, "{said}");
    assert!(rows.iter().all(|row| row["generated"] == true && row["compiles"] == true), "{said}");
}
