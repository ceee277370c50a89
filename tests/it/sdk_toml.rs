//! `sdk.toml`: its JSON Schema, its page of reference, and what is said of a file that is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use omise_generator::config::Config;
use serde_json::Value;

use crate::support::cargo::{text, xtask};
use crate::support::repository;

/// Every configuration in the repository.
fn configurations() -> Vec<PathBuf> {
    let specs = fs::read_dir(repository().join("tests/specs")).expect("the specs read");
    let specs = specs.map(|entry| entry.expect("an entry").path());
    let all = walkdir::WalkDir::new(repository().join("tests/it")).into_iter();
    let others = all.map(|entry| entry.expect("an entry").into_path());
    let others = others.filter(|path| path.file_name().is_some_and(|name| name == "sdk.toml"));
    let mut found: Vec<PathBuf> = specs.chain(others).collect();
    found.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    found.push(repository().join("schema/omise/sdk.toml"));
    found
}

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).expect("it reads")
}

fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&read("schema/sdk.schema.json")).expect("JSON");
    jsonschema::validator_for(&schema).expect("a schema")
}

fn as_json(text: &str) -> Value {
    let table: toml::Table = toml::from_str(text).expect("TOML");
    serde_json::to_value(table).expect("JSON")
}

/// `UPDATE_SCHEMA=1 cargo test -p tests sdk_toml` writes it.
#[test]
fn the_schema_in_the_repository_is_the_one_of_the_code() {
    let mut schema = serde_json::to_string_pretty(&Config::json_schema()).expect("JSON");
    schema.push('\n');
    let path = repository().join("schema/sdk.schema.json");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, &schema).expect("it is written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, schema, "UPDATE_SCHEMA=1 cargo test -p tests sdk_toml writes {}", path.display());
}

#[test]
fn the_schema_accepts_what_the_generator_reads() {
    let validator = validator();
    let found = configurations();
    assert!(found.len() > 3, "{found:?}");
    for path in found {
        let text = fs::read_to_string(&path).expect("it reads");
        let errors: Vec<String> = validator.iter_errors(&as_json(&text)).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", path.display());
        assert!(Config::read("sdk.toml", &text).is_ok(), "{}", path.display());
    }
    let editors = "#:schema ../sdk.schema.json\n";
    assert!(read("schema/omise/sdk.toml").starts_with(editors), "editors find the schema by the first line");
}

#[test]
fn the_schema_and_the_generator_refuse_the_same() {
    let validator = validator();
    let wrong = [
        ("nmae = 'x'", "/nmae", "`name`"),
        ("[rust]\npakcage = 'a'", "/rust/pakcage", "`package`"),
        ("[auth.key]\nprefix = ['a']", "/auth/key/prefix", "`prefixes`"),
        ("[[headers]]\nheader = 'A'\nname = 'a'\nvalue = 'v'\ndocs = 'd'", "/headers/0/docs", "`doc`"),
        ("[idempotency]\nheader = 'A'\nmethods = []\nmethod = 1", "/idempotency/method", "`methods`"),
        ("[errors]\ncode = '/c'\nmessage = '/m'\nmessages = 1", "/errors/messages", "`message`"),
        (
            "[[paging]]\nkind = 'offset'\nitems = 'd'\noffset = 'o'\nlimit = 'l'\ntotals = 't'",
            "/paging/0/totals",
            "`total`",
        ),
        (
            "[[paging]]\nkind = 'page'\nitems = 'd'\npage = 'p'\nper_page = 'q'\nlimit = 't'",
            "/paging/0/limit",
            "the keys",
        ),
        ("expandable = 'yes'", "/expandable", ""),
        ("targets = ['rust', 1]", "/targets/1", ""),
        ("form_fields = 'rack'", "/form_fields", ""),
        ("[[paging]]\nkind = 'cursors'\nitems = 'd'", "/paging/0/kind", ""),
        ("[[paging]]\nkind = 'page'\nitems = 'd'", "/paging/0", ""),
        ("[rust.dev_dependencies]\naxum = '0.8'", "/rust/dev_dependencies/axum", ""),
        (
            "[rust.dev_dependencies.axum]\nversion = '1'\nfeature = []",
            "/rust/dev_dependencies/axum/feature",
            "`features`",
        ),
        ("[rust.example_features]\na = 'webhooks'", "/rust/example_features/a", ""),
        ("[webhooks]\nscheme = 'hmac_md5'\nsignature_header = 'A'\nsigned = '{body}'", "/webhooks/scheme", ""),
        ("[webhooks]\nscheme = 'hmac_sha256'\nsignature_header = 'A'", "/webhooks", ""),
        ("[ids]\ncharge_id = 'chrg_'", "/ids/charge_id", ""),
    ];
    for (text, at, help) in wrong {
        assert!(!validator.is_valid(&as_json(text)), "the schema accepts\n{text}");
        let problems = Config::read("sdk.toml", text).expect_err(text);
        let problem = &problems[0];
        assert_eq!(problem.diagnostic.origin.as_ref().expect("a place").pointer, at, "{text}");
        assert!(problem.diagnostic.help.as_deref().unwrap_or_default().contains(help), "{text}: {problem:?}");
    }
}

#[test]
fn problems_are_printed_with_their_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sdk.toml");
    let run = |configuration: &str| {
        fs::write(&path, configuration).expect("it is written");
        let ran = xtask(&["generate", "--config", path.to_str().expect("plain"), "--out", "target/nowhere"]);
        assert_eq!(ran.status.code(), Some(2), "{}", text(&ran));
        text(&ran)
    };
    let said = run("schema = 'a.yaml'\n[rust]\n  pakcage = 'a'\n[auth.key]\nprefix = []\n");
    for part in ["error[E027]: there is no key `pakcage`", "sdk.toml:3:3", "did you mean `package`?", "sdk.toml:5:1"] {
        assert!(said.contains(part), "{part}\nis not in\n{said}");
    }
    let said = run("# é\nexpandable = 'yes'\n");
    assert!(said.contains("error[E028]: invalid type") && said.contains("sdk.toml:2:14 (#/expandable)"), "{said}");
    let said = run("[rust]\nversion = 'one'\n");
    assert!(said.contains("error[E028]") && said.contains("sdk.toml:2:11 (#/rust/version)"), "{said}");
    let said = run("[rust.dev_dependencies]\naxum = { version = 'new' }\n");
    assert!(said.contains("error[E028]") && said.contains("(#/rust/dev_dependencies/axum)"), "{said}");
    fs::write(folder.path().join("a.yaml"), "").expect("it is written");
    let said = run("schema = 'a.yaml'\n[rust]\nexamples = 'none'\n");
    assert!(said.contains("cannot read the examples in") && said.contains("none"), "{said}");
    let said = run("schema = 'a.yaml'\n[rust.example_features]\nnone = []\n");
    assert!(said.contains("there is no example `none`"), "{said}");
    for both in ["", "next = 'n'\nlast_item = 'id'\n"] {
        let rule = format!("[[paging]]\nkind = 'cursor'\nitems = 'd'\ncursor = 'c'\n{both}");
        let said = run(&rule);
        assert!(
            said.contains("error[E028]") && said.contains("`last_item`") && said.contains("(#/paging/0)"),
            "{said}"
        );
    }
    for (key, line) in [
        ("signature_header", "signature_header = 'A b'\nsigned = '{body}'"),
        ("timestamp_header", "signature_header = 'A'\ntimestamp_header = ''\nsigned = '{timestamp}{body}'"),
        ("signed", "signature_header = 'A'\nsigned = 'body'"),
        ("signed", "signature_header = 'A'\nsigned = '{body}{body}'"),
        ("signed", "signature_header = 'A'\nsigned = '{timestamp}.{body}'"),
        ("signed", "signature_header = 'A'\ntimestamp_header = 'B'\nsigned = '{body}'"),
        ("separator", "signature_header = 'A'\nsigned = '{body}'\nseparator = ''"),
        ("separator", "signature_header = 'A'\nsigned = '{body}'\nseparator = 'a'"),
    ] {
        let said = run(&format!("[webhooks]\nscheme = 'hmac_sha256'\n{line}\n"));
        assert!(said.contains("error[E028]") && said.contains(&format!("(#/webhooks/{key})")), "{said}");
    }
    let said = run("name = \n");
    assert!(said.contains("error[E026]: this is not TOML") && said.contains("sdk.toml:1:"), "{said}");
    assert!(!repository().join("target/nowhere").exists());
}

/// Keys by the heading they belong under, as the schema has them.
fn keys() -> BTreeMap<String, BTreeSet<String>> {
    let schema = Config::json_schema();
    let resolved = |of: &Value| -> Value {
        let mut of = of.clone();
        while let Some(next) = of["allOf"].get(0).or_else(|| of["anyOf"].get(0)).cloned().or_else(|| {
            let to = of["$ref"].as_str()?.strip_prefix('#')?;
            schema.pointer(to).cloned()
        }) {
            of = next;
        }
        of
    };
    let properties = |of: &Value| -> BTreeSet<String> {
        of["properties"].as_object().map(|map| map.keys().cloned().collect()).unwrap_or_default()
    };
    let mut found = BTreeMap::from([("The file".to_owned(), properties(&schema))]);
    for (key, property) in schema["properties"].as_object().expect("properties") {
        let property = resolved(property);
        let mut add = |heading: String, of: &Value| {
            let own = properties(of);
            if !own.is_empty() {
                found.insert(heading, own);
            }
        };
        add(format!("`[{key}]`"), &property);
        add(format!("`[{key}.NAME]`"), &resolved(&property["additionalProperties"]));
        let items = resolved(&property["items"]);
        add(format!("`[[{key}]]`"), &items);
        for variant in items["oneOf"].as_array().into_iter().flatten() {
            let kind = variant["properties"]["kind"]["const"].as_str().expect("a kind");
            add(format!("`[[{key}]]` of kind `{kind}`"), variant);
        }
    }
    found
}

#[test]
fn every_key_is_explained() {
    let page = read("docs/sdk-toml.md");
    let mut explained: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for section in page.split("\n## ").skip(1) {
        let (heading, body) = section.split_once('\n').expect("a body");
        let rows = body.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
        let keys: BTreeSet<String> = rows.map(|(key, _)| key.to_owned()).collect();
        if !keys.is_empty() {
            explained.insert(heading.to_owned(), keys);
        }
    }
    assert_eq!(explained, keys(), "left: docs/sdk-toml.md, right: what `config.rs` reads");
}

#[test]
fn the_examples_of_the_page_are_read() {
    let page = read("docs/sdk-toml.md");
    let examples: Vec<&str> =
        page.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default()).collect();
    assert!(examples.len() > 5);
    for example in examples {
        if let Err(problems) = Config::read("docs/sdk-toml.md", example) {
            panic!("{example}\n{problems:#?}");
        }
    }
}
