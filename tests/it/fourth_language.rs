//! A language that nobody has built in: a folder of templates and no Rust, as `docs/adding-a-language.md` shows it.

use std::path::Path;
use std::process::Output;

use crate::support::{blocks, cargo, repository};

const DOCUMENT: &str = r#"
openapi: 3.0.3
info: {title: Tea shop, version: '1'}
paths:
  /cups/{id}:
    get:
      operationId: cups.refill
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: "how 'full'", in: query, required: true, schema: {type: integer}}
        - {name: hot, in: query, schema: {type: boolean}}
      responses: {'200': {description: A cup., content: {application/json: {schema: {$ref: '#/components/schemas/charge'}}}}}
components:
  schemas:
    charge:
      type: object
      description: "A cup -- of tea\nof a length that does not fit on one line of the width that there is."
      properties:
        sizes: {type: array, items: {type: integer}}
        label: {type: string, nullable: true, default: "it's \"hot\"\u202e", maxLength: 3}
"#;

/// The files that the walk-through shows, by their names.
fn shown() -> Vec<(String, String)> {
    let blocks = blocks("docs/adding-a-language.md").into_iter();
    blocks.filter_map(|block| Some((block.path?, block.text))).collect()
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

fn generate(folder: &Path, more: &[&str]) -> Output {
    let at = |path: &str| folder.join(path).display().to_string();
    let (schema, templates, out) = (at("shop.yaml"), at("templates"), at("out"));
    let arguments = ["generate", "toy", "--schema", &schema, "--templates", &templates, "--out", &out];
    cargo::xtask(&[&arguments, more].concat())
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = shown();
    assert_eq!(files.len(), 5, "the walk-through shows five files");
    for (path, text) in &files {
        write(folder.path(), &[(path, text)]);
    }
    write(folder.path(), &[("shop.yaml", DOCUMENT), ("templates/toy/tests/core.toy", "not carried")]);
    folder
}

#[test]
fn needs_a_folder_and_no_rust() {
    let folder = folder();
    let made = generate(folder.path(), &[]);
    assert!(made.status.success(), "{}", cargo::text(&made));
    let read = |path: &str| std::fs::read_to_string(folder.path().join("out/toy/teashop_toy").join(path)).unwrap();
    assert_eq!(
        read("types/charge.toy"),
        "-- A cup - - of tea of a length that does not fit on one line\n-- of the width that there is.\ntype Charge_\n  \n  \
         'sizes' Int*\n".replace("'sizes'", "\"sizes\"")
            + "  -- Default: `\"it's \\\"hot\\\"\"`. At most 3 characters.\n  \"label\" Text = 'it\\'s \"hot\"\\u202e'\n"
    );
    assert_eq!(read("cups.toy"), "\ncups.refill <\"id\"> [\"how 'full'\"!] [\"hot\"]\n");
    assert_eq!(read("runtime/core.toy"), "package teashop_toy\n");
    assert!(!folder.path().join("out/toy/teashop_toy/tests").exists());
    let again = generate(folder.path(), &["--check"]);
    assert!(again.status.success(), "{}", cargo::text(&again));
}

#[test]
fn shows_calls_in_the_documentation() {
    let folder = folder();
    let made = generate(folder.path(), &["docs"]);
    assert!(made.status.success(), "{}", cargo::text(&made));
    let page = std::fs::read_to_string(folder.path().join("out/docs/cups/refill/index.md")).unwrap();
    assert!(page.contains("```toy\ncups.refill \"Id\" \"how 'full'\"=1\n```"), "{page}");
    let home = std::fs::read_to_string(folder.path().join("out/docs/index.md")).unwrap();
    assert!(home.contains("toy add teashop_toy"), "{home}");
}

#[test]
fn refuses_text_that_nothing_makes_harmless() {
    for (template, said) in [
        ("{{ type.doc }}", "would reach the output unescaped"),
        ("{{ type.doc | safe }}", "the filter `safe` is not used here"),
        ("{{ type.doc | escape_html }}", "the filter `escape_html` is not used here"),
        ("{{ type.doc | upper }}", "would reach the output unescaped"),
        ("{{ type.doc | number }}", "is not a number"),
        ("{{ type.doc | word }}", "is not a word"),
        ("{{ type.name | name(as=\"nothing\") }}", "[names.nothing]"),
        ("{{ type.colour }}", "colour"),
    ] {
        let folder = folder();
        write(folder.path(), &[("templates/toy/type.tera", template)]);
        let made = generate(folder.path(), &[]);
        let text = cargo::text(&made);
        assert_eq!(made.status.code(), Some(2), "{template}: {text}");
        assert!(text.contains("error[E901]") && text.contains(said), "{template}: {text}");
        assert!(!folder.path().join("out").exists(), "{template}: something was written");
    }
}

#[test]
fn says_what_its_description_lacks() {
    for (from, to, said) in [
        ("name = \"toy\"", "name = \"other\"", "says `name = \"other\"`"),
        ("case = \"kebab\"", "case = \"shouting\"", "shouting"),
        ("path = \"{package}/{name}.toy\"", "path = \"../{name}.toy\"", "no path of a file below its folder"),
        ("path = \"{package}/{name}.toy\"", "path = \"{colour}/{name}.toy\"", "{colour}"),
        ("from = \"runtime\"", "from = \"nowhere\"", "no `nowhere` to copy"),
        ("[[static]]", "[[statics]]", "unknown field"),
    ] {
        let folder = folder();
        let description = std::fs::read_to_string(folder.path().join("templates/toy/target.toml")).unwrap();
        assert!(description.contains(from), "{from}");
        write(folder.path(), &[("templates/toy/target.toml", &description.replacen(from, to, 1))]);
        let made = generate(folder.path(), &[]);
        let text = cargo::text(&made);
        assert_eq!(made.status.code(), Some(2), "{to}: {text}");
        assert!(text.contains("error[E902]") && text.contains(said), "{to}: {text}");
    }
}

#[test]
fn takes_settings_and_no_others() {
    let folder = folder();
    let config = |text: &str| {
        let text = format!("schema = \"shop.yaml\"\nout = \"out\"\n[languages.toy]\n{text}\n");
        write(folder.path(), &[("sdk.toml", &text)]);
        let at = |path: &str| folder.path().join(path).display().to_string();
        cargo::xtask(&["generate", "toy", "--config", &at("sdk.toml"), "--templates", &at("templates")])
    };
    let made = config("package = \"mine\"");
    assert!(made.status.success(), "{}", cargo::text(&made));
    assert!(folder.path().join("out/toy/mine/cups.toy").exists());
    let text = cargo::text(&config("greting = \"hi\""));
    assert!(text.contains("it has no setting `greting`. did you mean `greeting`?"), "{text}");
}

#[test]
fn no_template_of_ours_calls_text_harmless() {
    for entry in walkdir::WalkDir::new(repository().join("templates")) {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|extension| extension == "tera") {
            let text = std::fs::read_to_string(&path).unwrap();
            let is_safe = |line: &&str| line.split('|').skip(1).any(|filter| filter.trim_start().starts_with("safe"));
            assert_eq!(text.lines().find(is_safe), None, "{}", path.display());
        }
    }
}
