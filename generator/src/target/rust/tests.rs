//! Whole crates from models made by hand, with text meant to break out in every position that holds text.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::*;
use crate::config::Config;
use crate::ir::{Conventions, Info};

/// What documents have said, or could: ends of comments and literals, attributes, tests, text that runs backwards.
const HOSTILE: &[&str] = &[
    "*/ fn x() {} /*",
    "\"; fn x() {} //",
    "#[path = \"/etc/passwd\"] mod x;",
    "a\nfn x() {}\r\n//! b\rc",
    "\u{202e}text\u{2066} \u{0} \u{2028} \u{feff}",
    "```\nfn x() {}\n```\n\n    fn y() {}",
    "[Charge] <b> {{ package }} ${x} `",
    "../../etc/passwd",
    "",
];

fn field(text: &str, ty: &Value) -> Value {
    json!({
        "name": [text], "wire_name": text, "ty": ty, "required": true, "nullable": false, "access": "read_write",
        "boxed": false, "constant": null, "default": {"kind": "string", "value": text},
        "example": {"kind": "string", "value": text}, "constraints": constraints(text), "deprecated": true,
        "doc": text, "origin": origin(text),
    })
}

fn constraints(text: &str) -> Value {
    json!({
        "minimum": [text, false], "maximum": [text, true], "multiple_of": text, "min_length": 1, "max_length": 1,
        "min_items": 0, "max_items": 9, "unique_items": true, "pattern": text, "format": text,
    })
}

fn origin(text: &str) -> Value {
    json!({"document": text, "pointer": text})
}

fn type_def(id: usize, text: &str, kind: &Value) -> Value {
    json!({
        "id": id, "name": [text], "wire_name": text, "doc": text, "origin": origin(text), "deprecated": true,
        "usage": {"request": id.is_multiple_of(2), "response": true}, "kind": kind,
    })
}

/// A model in which every text is `text`, and references lead nowhere, in circles, or to the wrong kind.
fn api(text: &str) -> Api {
    let reference = |id: usize| json!({"type": "ref", "of": id});
    let string = json!({"type": "string"});
    let kinds = [
        json!({"kind": "struct", "fields": [field(text, &string), field(text, &reference(99)), field(text, &reference(4))],
            "extra": {"type": "json"}, "page_items": null, "id_field": 7}),
        json!({"kind": "struct", "fields": [field(text, &string)], "extra": null, "page_items": 0, "id_field": null}),
        json!({"kind": "enum", "base": "string", "variants": [
            {"name": [text], "value": {"kind": "string", "value": text}, "doc": text, "deprecated": true},
            {"name": [text], "value": {"kind": "number", "value": text}, "doc": text, "deprecated": true}]}),
        json!({"kind": "union", "style": {"by": "discriminator", "property": text}, "variants": [
            {"name": [text], "ty": reference(0), "tags": [text, text]},
            {"name": [text], "ty": reference(99), "tags": [text]}]}),
        json!({"kind": "alias", "of": {"type": "list", "of": reference(4)}}),
        json!({"kind": "page", "of": 1, "item": reference(5)}),
        json!({"kind": "union", "style": {"by": "expandable"}, "variants": []}),
        json!({"kind": "id", "prefixes": [text]}),
        json!({"kind": "union", "style": {"by": "shape"}, "variants": [
            {"name": [text], "ty": reference(8), "tags": []}, {"name": [text], "ty": string, "tags": []}]}),
        json!({"kind": "enum", "base": "int", "variants": [
            {"name": [text], "value": {"kind": "number", "value": "1e999"}, "doc": text, "deprecated": false}]}),
    ];
    let types: Vec<Value> = kinds.iter().enumerate().map(|(id, kind)| type_def(id, text, kind)).collect();
    let operations: Vec<Value> = ["json", "form", "multipart", "text", "binary"]
        .iter()
        .flat_map(|kind| [operation(text, kind, true), operation(text, kind, false)])
        .collect();
    serde_json::from_value(json!({
        "info": {"name": [text], "title": text, "version": text, "doc": text, "license": text, "docs_url": text},
        "servers": [{"name": [text], "url": text, "doc": text, "stands_in_for": null, "variables": [
                {"name": [text], "wire_name": text, "default": text, "values": [], "doc": text},
                {"name": [text], "wire_name": text, "default": null, "values": [{"name": [text], "value": text}], "doc": text}]},
            {"name": [text], "url": text, "doc": "", "stands_in_for": 0, "variables": []}],
        "auth": {"schemes": [
            {"name": [text], "wire_name": text, "kind": {"kind": "header", "name": text}, "source": null, "prefixes": [text], "doc": text},
            {"name": [text], "wire_name": text, "kind": {"kind": "http", "scheme": text}, "prefixes": [], "doc": text,
                "source": {"from": "format", "format": text}},
            {"name": [text], "wire_name": text, "kind": {"kind": "bearer"}, "prefixes": [], "doc": text,
                "source": {"from": "open_id", "url": text}},
            {"name": [text], "wire_name": text, "kind": {"kind": "client_credentials", "token_url": text}, "prefixes": [], "doc": "",
                "source": {"from": "oauth2", "flows": [{"kind": "implicit", "authorization_url": text,
                    "token_url": text, "scopes": [[text, text], [text, ""]]}]}},
            {"name": [text], "wire_name": text, "kind": {"kind": "basic"}, "source": null, "prefixes": [], "doc": text}]},
        "resources": [
            {"name": [text], "doc": text, "operations": operations},
            {"name": [text], "doc": text, "operations": []}],
        "types": types,
        "webhooks": [],
        "conventions": {
            "headers": [{"name": [text], "wire_name": text, "value": text, "doc": text}],
            "idempotency": {"header": text, "methods": [text]},
            "request_id_headers": [text],
            "error": {"code": text, "message": text, "code_type": 2, "body_type": 99},
            "webhooks": {"signature_header": text, "timestamp_header": text, "signed": [{"part": "text", "text": text}],
                "secret_encoding": "base64", "digest_encoding": "hex", "separator": text, "tolerance_seconds": 300,
                "event": {"type": "ref", "of": 2}}},
    }))
    .unwrap()
}

fn operation(text: &str, kind: &str, in_parts: bool) -> Value {
    let param = |place: &str, style: Value, constant: Value| {
        json!({
            "name": [text], "wire_name": text, "place": place, "style": style, "ty": {"type": "ref", "of": 2},
            "allow_reserved": place == "query", "allow_empty": true,
            "required": place == "path", "constant": constant, "default": {"kind": "number", "value": text},
            "example": null, "constraints": constraints(text), "deprecated": true, "doc": text, "origin": origin(text),
        })
    };
    let part = |ty: Value, constant: Value| {
        json!({
            "name": [text], "wire_name": text, "ty": ty, "required": false, "nullable": true, "access": "read_write",
            "constant": constant, "default": null, "example": null, "constraints": constraints(text),
            "style": null, "content_type": text, "content_types": [text], "is_file": ty["type"] != "string",
            "headers": [{"wire_name": text, "required": true, "doc": text}], "deprecated": true, "doc": text, "origin": origin(text),
        })
    };
    let parts = json!([
        part(json!({"type": "bytes"}), Value::Null),
        part(json!({"type": "list", "of": {"type": "bytes"}}), Value::Null),
        part(json!({"type": "string"}), json!({"kind": "string", "value": text})),
    ]);
    json!({
        "id": text, "name": [text], "type_name": [text], "method": "POST", "path": text,
        "params": [
            param("path", json!({"matrix": {"explode": true}}), Value::Null),
            param("query", json!("deep_object"), json!({"kind": "string", "value": text})),
            param("header", json!("json"), json!({"kind": "number", "value": "1e999"})),
        ],
        "body": {"media_type": text, "alternatives": [text], "kind": kind, "required": false, "ty": {"type": "bytes"},
            "parts": if in_parts { parts } else { Value::Null }, "name": [text], "doc": text, "origin": origin(text)},
        "arguments": {"required": [{"param": 0}, {"param": 77}, "body", {"part": 9}], "as_struct": in_parts},
        "responses": responses(text, kind),
        "output": if in_parts { json!({"kind": "by_status"}) } else { json!({"kind": "sometimes", "response": 0}) },
        "errors": responses(text, kind),
        "headers": headers(text),
        "callbacks": [{
            "wire_name": text, "method": text, "url": text, "body": {"type": "ref", "of": 5}, "summary": text,
            "doc": text, "origin": origin(text)}],
        "security": [[{"scheme": 0, "scopes": [text]}, {"scheme": 42, "scopes": []}], []],
        "server": 13,
        "paging": null, "retry": "unsafe", "evidence": "guess", "aliases": [text], "alias_of": text, "deprecated": true, "tags": [text],
        "summary": text, "doc": text, "docs_url": text, "origin": origin(text),
    })
}

/// Answers that differ.
fn responses(text: &str, kind: &str) -> Value {
    let link = |target: Value| json!({"wire_name": text, "target": target, "arguments": [[text, text]], "doc": text});
    let response = |status: Value, ty: Value| {
        let example = json!({"kind": "string", "value": text});
        let content = json!({"media_type": text, "kind": kind, "ty": ty, "alternatives": [text], "example": example});
        let links = [
            link(json!({"kind": "operation", "method": "POST", "path": text})),
            link(json!({"kind": "elsewhere", "reference": text})),
        ];
        json!({"status": status, "name": [text], "content": content, "links": links, "doc": text, "origin": origin(text)})
    };
    json!([
        response(json!({"code": 200}), json!({"type": "ref", "of": 5})),
        response(json!({"code": 404}), json!({"type": "ref", "of": 99})),
        response(json!({"range": 65535}), json!({"type": "string"})),
        response(json!("default"), json!({"type": "ref", "of": 0})),
    ])
}

fn headers(text: &str) -> Value {
    let types = [
        json!({"type": "ref", "of": 7}),
        json!({"type": "list", "of": {"type": "secret"}}),
        json!({"type": "ref", "of": 4}),
        json!({"type": "map", "of": {"type": "bytes"}}),
    ];
    let header = |ty: &Value| {
        json!({
            "name": [text], "wire_name": text, "ty": ty, "statuses": [{"code": 1}, "default"],
            "example": {"kind": "string", "value": text}, "constraints": constraints(text), "deprecated": true, "doc": text,
        })
    };
    types.iter().map(header).collect()
}

fn options(api: &Api) -> Options {
    Options {
        examples: Vec::new(),
        dev_dependencies: Default::default(),
        license: Some("\"\n[x]".to_owned()),
        repository: Some("\\u".to_owned()),
        ..Options::new(api, &Config::default())
    }
}

/// The crate's own files: the runtime is the same in every crate.
fn emitted(api: &Api) -> Vec<(String, String)> {
    let mut diagnostics = Diagnostics::default();
    let files = emit(api, &options(api), &mut diagnostics).files;
    assert_eq!(diagnostics, Diagnostics::default());
    let own = files.into_iter().filter(|file| !file.path.starts_with("src/runtime/"));
    own.map(|file| (file.path, String::from_utf8(file.contents).unwrap())).collect()
}

#[test]
fn hostile_text_stays_text() {
    // The files with examples of ours have them whatever the API says.
    let shown = ["src/lib.rs", "src/webhooks.rs"];
    let plain = emitted(&api("plain")).into_iter().filter(|(path, _)| shown.contains(&path.as_str()));
    let ours: HashMap<String, usize> = plain.map(|(path, source)| (path, tests_in(&source))).collect();
    for text in HOSTILE {
        let mut paths = HashSet::new();
        for (path, source) in emitted(&api(text)) {
            let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | '.');
            assert!(path.chars().all(safe) && !path.contains(".."), "{text:?} gave the file {path:?}");
            assert!(paths.insert(path.to_lowercase()), "{text:?} gave {path} twice");
            let odd = |c: char| {
                (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            assert!(!source.contains(odd), "{text:?} reached {path} as it was");
            if path.ends_with(".rs") {
                let file =
                    syn::parse_file(&source).unwrap_or_else(|error| panic!("{text:?} broke {path}: {error}\n{source}"));
                assert!(!defines_x(&file.items), "{text:?} broke out in {path}:\n{source}");
                let own = ours.get(&path).copied().unwrap_or_default();
                assert!(tests_in(&source) <= own, "{text:?} is a test in {path}");
            } else if path == "Cargo.toml" {
                let manifest: toml::Table = source.parse().unwrap();
                assert!(manifest.keys().all(|key| {
                    ["package", "features", "dependencies", "dev-dependencies", "target", "workspace"]
                        .contains(&key.as_str())
                }));
            }
        }
    }
}

fn defines_x(items: &[syn::Item]) -> bool {
    items.iter().any(|item| match item {
        syn::Item::Fn(item) => item.sig.ident == "x",
        syn::Item::Mod(item) => item.ident == "x",
        _ => false,
    })
}

/// Code blocks of doc comments that rustdoc would compile.
fn tests_in(source: &str) -> usize {
    let comments = source.lines().filter_map(|line| line.trim().strip_prefix("//"));
    let mut open = false;
    let mut tests = 0;
    for comment in comments.map(|comment| comment.trim_start_matches(['/', '!'])) {
        assert!(open || !comment.starts_with("     "), "indented code: {comment:?}");
        if let Some(info) = comment.trim_start().strip_prefix("```") {
            tests += usize::from(!open && info.trim_matches('`') != "text");
            open = !open;
        }
    }
    tests
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    assert_eq!(emitted(&api("charge")), emitted(&api("charge")));
}

#[test]
fn an_empty_model_is_a_crate() {
    let empty = json!({
        "info": Info::default(), "servers": [], "auth": {"schemes": []}, "resources": [], "types": [],
        "webhooks": [], "conventions": Conventions::default(),
    });
    let files = emitted(&serde_json::from_value(empty).unwrap());
    assert!(files.iter().any(|(path, source)| path == "src/client.rs" && source.contains("base_url(self, url")));
}

#[test]
fn operations_that_cannot_be_sent_are_left_out() {
    let mut api = api("text");
    for operation in api.resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        operation.method = "BREW".to_owned();
    }
    let mut diagnostics = Diagnostics::default();
    let files = Target::Rust.emit(&api, &Config::default(), &mut diagnostics);
    assert!(diagnostics.0.iter().all(|said| said.code == "W900" && said.origin.is_some()));
    assert_eq!(diagnostics.0.len(), 10);
    assert!(files.files.iter().all(|file| file.path != "src/resources/text.rs"));
}

#[test]
fn no_type_is_called_like_a_constructor() {
    let files = emitted(&api("new"));
    let named = |name: &str| files.iter().any(|(_, source)| source.contains(&format!("pub struct {name}")));
    assert!(!named("New ") && !named("New<"));
    assert!(named("NewResource<"));
}

#[test]
fn package_names() {
    for (wanted, given) in [
        ("omise", "omise"),
        ("Omise SDK!", "omise-sdk"),
        ("2fa", "api-2fa"),
        ("", "api-client"),
        ("日本", "api-client"),
        ("serde", "serde-client"),
        ("match", "match-client"),
    ] {
        assert_eq!(package_name(wanted), given);
    }
}

#[test]
fn the_manifest_names_what_the_runtime_needs() {
    let runtime: toml::Table = include_str!("../../../../templates/rust/runtime/Cargo.toml").parse().unwrap();
    let files = emitted(&api("charge"));
    let (_, manifest) = files.iter().find(|(path, _)| path == "Cargo.toml").unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let names = |table: &toml::Table, key: &str| table[key].as_table().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&manifest, "dependencies"), names(&runtime, "dependencies"));
    assert_eq!(manifest["features"], runtime["features"]);
}
