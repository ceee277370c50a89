//! Crates for other APIs: signed otherwise, with names that are in the way, cut to a part, or without webhooks.

use std::path::Path;

use crate::support::cargo::{emitted, text, xtask};

const SHOP: &str = "
openapi: 3.0.3
info: {title: Shop, version: '1'}
security: []
paths:
  /verifiers:
    get:
      operationId: verifiers.list
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/verifier'}}}}}
components:
  schemas:
    verifier: {type: object, properties: {duration: {$ref: '#/components/schemas/duration'}}}
    duration: {type: object, properties: {seconds: {type: integer}}}
    signed_part: {x-unused: true, type: object, properties: {header_map: {$ref: '#/components/schemas/verifier'}}}
    notice: {x-unused: true, type: object, properties: {kind: {type: string}, part: {$ref: '#/components/schemas/signed_part'}}}
";

/// The crate of that API with this configuration.
fn generate(folder: &Path, config: &str, more: &[&str]) {
    std::fs::write(folder.join("shop.yaml"), SHOP).expect("it is written");
    let path = folder.join("sdk.toml");
    std::fs::write(&path, format!("schema = 'shop.yaml'\n{config}")).expect("it is written");
    let (path, out) = (path.to_str().expect("plain"), folder.to_str().expect("plain"));
    let ran = xtask(&[&["generate", "rust", "--strict", "--config", path, "--out", out], more].concat());
    assert!(ran.status.success(), "{}", text(&ran));
}

fn builds(folder: &Path) {
    let ran = emitted(&folder.join("rust"), &["check", "--quiet", "--features", "webhooks"]);
    assert!(ran.status.success(), "{}", text(&ran));
}

fn read(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join("rust").join(file)).unwrap_or_default()
}

#[test]
fn another_api_has_another_scheme() {
    let folder = tempfile::tempdir().expect("a folder");
    let rule = "[webhooks]\nscheme = 'hmac_sha256'\nsignature_header = 'X-Shop'\nsigned = 'v0:{body}'\n";
    let typed = format!("{rule}digest_encoding = 'base64'\nevent = 'notice'\n");
    generate(folder.path(), &typed, &[]);
    let module = read(folder.path(), "src/webhooks.rs");
    for part in ["EventVerifier<Notice>", "SignedPart::Text(\"v0:\"), SignedPart::Body]", "timestamp_header: None"] {
        assert!(module.contains(part), "{part}\nis not in\n{module}");
    }
    assert!(!module.contains("seconds from that moment"), "{module}");
    builds(folder.path());

    // An event whose name is in the way, and one of which nothing is known.
    for (more, event) in [("event = 'verifier'", "EventVerifier<crate::types::Verifier>"), ("", "EventVerifier<Value>")]
    {
        generate(folder.path(), &format!("{rule}{more}\n"), &[]);
        let module = read(folder.path(), "src/webhooks.rs");
        assert!(module.contains(event), "{event}\nis not in\n{module}");
        builds(folder.path());
    }
}

#[test]
fn a_crate_without_them_has_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let rule = "[webhooks]\nscheme = 'hmac_sha256'\nsignature_header = 'X-Shop'\nsigned = '{body}'\n";
    // Nothing else refers to the event, and a part without it cannot verify it.
    generate(folder.path(), &format!("{rule}event = 'notice'\n"), &["--only", "verifiers"]);
    let without = |file: &str| assert!(!read(folder.path(), file).to_lowercase().contains("webhook"), "{file}");
    for file in ["Cargo.toml", "README.md", "src/lib.rs", "src/runtime/mod.rs", "src/webhooks.rs"] {
        without(file);
    }
    assert!(!folder.path().join("rust/src/runtime/webhook.rs").exists());
}
