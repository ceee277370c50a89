//! The verdict on code, proved by compiling: a program is compiled against the crate of the old document and against that
//! of the new one. What is major compiles before and fails after; anything else compiles after.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use omise_generator::config::Config;
use omise_generator::diagnostic::Diagnostics;
use omise_generator::diff::{Date, Notice, Options, Source as Verdict, Wire, compare_models};
use omise_generator::load::{Input, Source};
use omise_generator::target::Target;
use omise_generator::{Model, emit, model};

use crate::support::{cargo, say};

/// A shop for animals, which every case changes in one place.
const SHOP: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '1'}
paths:
  /pets:
    get:
      operationId: pets.list
      tags: [pets]
      parameters:
        - {name: limit, in: query, schema: {type: integer, maximum: 50}}
      responses:
        '200':
          description: The pets.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pets'}}}
    post:
      operationId: pets.create
      tags: [pets]
      parameters:
        - {name: note, in: header, required: true, schema: {type: string}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}
      responses:
        '200':
          description: The pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
  /pets/{id}:
    delete:
      operationId: pets.remove
      tags: [pets]
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses: {'204': {description: Gone.}}
servers: [{url: 'https://a.example.com'}]
components:
  schemas:
    Pets:
      type: object
      required: [data]
      properties:
        data: {type: array, items: {$ref: '#/components/schemas/Pet'}}
    Pet:
      type: object
      required: [name]
      properties:
        id: {type: integer}
        name: {type: string}
        nick: {type: string}
        kind: {type: string, enum: [cat, dog, fish]}
    NewPet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        age: {type: integer, minimum: 0}
";

/// One change, the program that uses what it touches, and both verdicts.
struct Case {
    name: &'static str,
    /// What is written otherwise: from, to.
    edit: (&'static str, &'static str),
    program: &'static str,
    wire: Wire,
    source: Verdict,
}

use Verdict::{Major, Minor, Patch};
use Wire::{Breaking, Compatible, Unaffected};

#[rustfmt::skip]
const CASES: &[Case] = &[
    Case { name: "answer_loses_a_property", edit: ("        nick: {type: string}\n", ""),
        program: "pub fn f(pet: &Pet) -> bool { pet.nick.is_some() }", wire: Compatible, source: Major },
    Case { name: "answer_gains_a_property", edit: ("        nick:", "        more: {type: string}\n        nick:"),
        program: "pub fn f(pet: &Pet) -> bool { pet.nick.is_some() }", wire: Unaffected, source: Minor },
    Case { name: "answer_gains_a_value", edit: ("dog, fish", "dog, fish, newt"),
        program: "pub fn f(kind: &PetKind) -> bool { match kind { PetKind::Cat => true, _ => false } }", wire: Breaking, source: Minor },
    Case { name: "answer_loses_a_value", edit: ("dog, fish", "dog"),
        program: "pub fn f(kind: &PetKind) -> bool { matches!(kind, PetKind::Fish) }", wire: Compatible, source: Major },
    Case { name: "answer_changes_a_type", edit: ("id: {type: integer}", "id: {type: string}"),
        program: "pub fn f(pet: &Pet) -> Option<i64> { pet.id }", wire: Breaking, source: Major },
    Case { name: "answer_may_leave_a_property_out", edit: ("      required: [name]\n      properties:\n        id", "      properties:\n        id"),
        program: "pub fn f(pet: &Pet) -> &str { &pet.name }", wire: Breaking, source: Major },
    Case { name: "answer_may_be_null", edit: ("nick: {type: string}", "nick: {type: string, nullable: true}"),
        program: "pub fn f(pet: &Pet) -> Option<&str> { pet.nick.as_deref() }", wire: Breaking, source: Verdict::None },
    Case { name: "request_limit_falls", edit: ("maximum: 50", "maximum: 20"),
        program: "pub fn f(client: &Client) { let _ = client.pets().list().limit(30); }", wire: Breaking, source: Patch },
    Case { name: "request_property_has_a_limit", edit: ("name: {type: string}\n        age", "name: {type: string, minLength: 3}\n        age"),
        program: "pub fn f() -> NewPet { NewPet::new(\"a\") }", wire: Breaking, source: Patch },
    Case { name: "request_needs_a_property", edit: ("required: [name]\n      properties:\n        name: {type: string}\n        age", "required: [name, age]\n      properties:\n        name: {type: string}\n        age"),
        program: "pub fn f() -> NewPet { NewPet::new(\"a\") }", wire: Breaking, source: Major },
    Case { name: "request_takes_a_property_more", edit: ("        age:", "        colour: {type: string}\n        age:"),
        program: "pub fn f() -> NewPet { NewPet::new(\"a\").age(3) }", wire: Compatible, source: Minor },
    Case { name: "parameter_is_optional_now", edit: ("in: header, required: true,", "in: header,"),
        program: "pub fn f(client: &Client) { let _ = client.pets().create(\"note\", NewPet::new(\"a\")); }", wire: Compatible, source: Major },
    Case { name: "parameter_is_gone", edit: ("      parameters:\n        - {name: limit, in: query, schema: {type: integer, maximum: 50}}\n", ""),
        program: "pub fn f(client: &Client) { let _ = client.pets().list().limit(30); }", wire: Breaking, source: Major },
    Case { name: "parameter_is_new", edit: ("        - {name: limit", "        - {name: page, in: query, schema: {type: integer}}\n        - {name: limit"),
        program: "pub fn f(client: &Client) { let _ = client.pets().list().limit(30); }", wire: Compatible, source: Minor },
    Case { name: "operation_has_another_name", edit: ("pets.remove", "pets.release"),
        program: "pub fn f(client: &Client) { let _ = client.pets().remove(\"id\"); }", wire: Unaffected, source: Major },
    Case { name: "operation_is_gone", edit: ("  /pets/{id}:\n    delete:\n      operationId: pets.remove\n      tags: [pets]\n      parameters:\n        - {name: id, in: path, required: true, schema: {type: string}}\n      responses: {'204': {description: Gone.}}\n", ""),
        program: "pub fn f(client: &Client) { let _ = client.pets().remove(\"id\"); }", wire: Breaking, source: Major },
    Case { name: "path_parameter_has_another_name", edit: ("{id}:\n    delete:\n      operationId: pets.remove\n      tags: [pets]\n      parameters:\n        - {name: id", "{pet}:\n    delete:\n      operationId: pets.remove\n      tags: [pets]\n      parameters:\n        - {name: pet"),
        program: "pub fn f(client: &Client) { let _ = client.pets().remove(\"id\"); }", wire: Unaffected, source: Patch },
    Case { name: "call_gives_something_else", edit: ("{'204': {description: Gone.}}", "{'200': {description: Gone., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}"),
        program: "fn give<O: shop::Operation<Output = ()>>(_: shop::Request<O, shop::Async>) {}\npub fn f(client: &Client) { give(client.pets().remove(\"id\")) }", wire: Breaking, source: Major },
    Case { name: "server_moves", edit: ("https://a.", "https://b."),
        program: "pub fn f(client: &Client) { let _ = client.pets().list(); }", wire: Breaking, source: Patch },
    Case { name: "component_has_another_name", edit: ("NewPet", "PetToBe"),
        program: "pub fn f() -> NewPet { NewPet::new(\"a\") }", wire: Unaffected, source: Major },
];

fn made(text: &str) -> Model {
    let schema = Source::Bytes { name: "shop.yaml".into(), bytes: text.as_bytes().to_vec() };
    let mut diagnostics = Diagnostics::default();
    let made = model(&Input { schema, keeps_written: true, ..Input::default() }, &Config::default(), &mut diagnostics);
    made.unwrap_or_else(|| panic!("{diagnostics:#?}"))
}

fn edited(case: &Case) -> String {
    let (from, to) = case.edit;
    assert!(SHOP.contains(from), "{} changes nothing", case.name);
    SHOP.replace(from, to)
}

#[test]
fn verdicts_are_as_the_compiler_has_them() {
    let mut files = BTreeMap::new();
    let old = made(SHOP);
    add(&mut files, "old", &old);
    for case in CASES {
        let new = made(&edited(case));
        let options = Options { today: Date::default(), notice: Notice::default() };
        let diff = compare_models(&old, &new, &Config::default(), options);
        let wire = diff.changes.iter().map(|change| change.wire()).max();
        let source = diff.source_bump();
        assert_eq!((wire, source), (Some(case.wire), Some(case.source)), "{}: {diff:#?}", case.name);
        add(&mut files, case.name, &new);
        program(&mut files, "before", "old", case);
        program(&mut files, "after", case.name, case);
    }
    let differ = CASES.iter().filter(|case| is_break(case.wire) != (case.source == Major)).count();
    assert!(differ >= 8, "{differ}");
    let failed = compile(&files);
    for case in CASES {
        assert!(!failed.contains(&format!("before_{}", case.name)), "{} does not compile before", case.name);
        let fails = failed.contains(&format!("after_{}", case.name));
        assert_eq!(fails, case.source == Major, "{}: {:?}, and after it compiles: {}", case.name, case.source, !fails);
    }
    say(&format!("{} verdicts on code compiled; in {differ} the wire says otherwise", CASES.len()));
}

fn is_break(wire: Wire) -> bool {
    wire == Breaking
}

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// The crate of a model, as a member of one workspace under a name of its own.
fn add(files: &mut Files, name: &str, model: &Model) {
    let emitted = emit(model, &Config::default(), &[Target::Rust], &mut Diagnostics::default());
    for file in emitted.into_iter().flat_map(|emitted| emitted.files) {
        let contents = if file.path == "Cargo.toml" { member(&file.contents, name) } else { file.contents };
        files.insert(Path::new(name).join(&file.path), contents);
    }
}

fn member(manifest: &[u8], name: &str) -> Vec<u8> {
    let mut manifest: toml::Table = toml::from_slice(manifest).expect("the manifest parses");
    manifest.remove("workspace");
    manifest["package"].as_table_mut().expect("a package").insert("name".into(), format!("shop_{name}").into());
    toml::to_string(&manifest).expect("it serialises").into_bytes()
}

/// A program that uses one of the crates.
fn program(files: &mut Files, when: &str, of: &str, case: &Case) {
    let folder = Path::new(when).join(case.name);
    let manifest = format!(
        "[package]\nname = \"{when}_{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         shop = {{ package = \"shop_{of}\", path = \"../../{of}\", default-features = false }}\n",
        case.name
    );
    files.insert(folder.join("Cargo.toml"), manifest.into_bytes());
    let text = format!("#![allow(unused_imports)]\nuse shop::Client;\nuse shop::types::*;\n{}\n", case.program);
    files.insert(folder.join("src/lib.rs"), text.into_bytes());
}

/// Compiles all programs; gives the names of those that fail. A crate itself must not.
fn compile(files: &Files) -> Vec<String> {
    let folder = cargo::target().join("witness");
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"old\", \"before/*\", \"after/*\"]\n";
    let _ = std::fs::remove_dir_all(&folder);
    for (path, contents) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
        std::fs::write(&path, contents).expect("it is written");
    }
    std::fs::write(folder.join("Cargo.toml"), manifest).expect("it is written");
    let ran = cargo::emitted(&folder, &["check", "--quiet", "--workspace", "--keep-going", "--message-format", "json"]);
    let mut failed = Vec::new();
    for line in String::from_utf8_lossy(&ran.stdout).lines() {
        let Ok(message) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        if message["message"]["level"] == "error" {
            let name = message["target"]["name"].as_str().expect("a name").to_owned();
            assert!(!name.starts_with("shop"), "{}", message["message"]["rendered"]);
            failed.push(name);
        }
    }
    assert!(!failed.is_empty(), "nothing failed, so nothing was compiled: {}", cargo::text(&ran));
    failed
}
