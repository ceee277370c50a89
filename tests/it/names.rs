//! Names that last: those that stay, those that an overlay holds, and what is said when one changes all the same.

use std::path::Path;

use crate::support::cargo::{text, xtask};

const PATHS: &str = "paths:
  /charges:
    post: {responses: {'200': {description: A charge., content: {application/json: {schema: {$ref: '#/components/schemas/foo-bar'}}}}}}
  /charges/{id}:
    get:
      operationId: charges.find
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: Done.}}
";

/// A folder with a document, and what was generated from it.
struct Sdk(tempfile::TempDir);

impl Sdk {
    /// Generates once, from a document with these schemas.
    fn new(schemas: &str) -> Self {
        let sdk = Self(tempfile::tempdir().expect("a folder"));
        sdk.writes(schemas, "");
        let said = sdk.generate(&[]);
        assert!(!said.contains("renamed"), "nothing was there: {said}");
        sdk
    }

    fn at(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("a plain path").to_owned()
    }

    fn writes(&self, schemas: &str, charges_create: &str) {
        let paths = PATHS.replace("post: {", &format!("post: {{{charges_create}"));
        let document = format!(
            "openapi: 3.0.3\ninfo: {{title: Names, version: '1'}}\nservers: [{{url: 'https://api.example.org'}}]\n\
             security: []\n{paths}components:\n  schemas:\n{schemas}"
        );
        std::fs::write(self.at("api.yaml"), document).expect("it is written");
    }

    fn generate(&self, more: &[&str]) -> String {
        let (schema, out) = (self.at("api.yaml"), self.at("out"));
        let ran = xtask(&[&["generate", "rust", "--schema", &schema, "--out", &out], more].concat());
        assert!(ran.status.code() < Some(2), "{}", text(&ran));
        text(&ran)
    }

    fn emitted(&self, path: &str) -> String {
        std::fs::read_to_string(Path::new(&self.at("out")).join("rust").join(path)).expect("it reads")
    }
}

/// The lines that tell of a change.
fn renames(said: &str) -> Vec<&str> {
    said.lines().filter_map(|line| line.split_once("renamed: ")).map(|(_, renamed)| renamed).collect()
}

const DASHED: &str = "    foo-bar: {type: object, properties: {a: {type: string}}}\n";

#[test]
fn a_name_that_changed_is_told_once() {
    let sdk = Sdk::new(DASHED);
    sdk.writes(DASHED, "operationId: charges.authorize, ");
    let checked = sdk.generate(&["--check"]);
    assert_eq!(renames(&checked), ["charges.create -> charges.authorize (POST /charges)"], "{checked}");
    let said = sdk.generate(&[]);
    assert_eq!(renames(&said), ["charges.create -> charges.authorize (POST /charges)"], "{said}");
    assert!(said.contains("docs/names.md"), "{said}");
    assert!(renames(&sdk.generate(&[])).is_empty());
}

#[test]
fn what_is_added_or_removed_renames_nothing_else() {
    let sdk = Sdk::new(DASHED);
    let manifest = sdk.emitted(".generated.json");
    let more = "    aaa: {type: object, properties: {b: {$ref: '#/components/schemas/foo-bar'}}}\n    foo-bar-2: {type: string, enum: [a, b]}\n";
    sdk.writes(&format!("{more}{DASHED}"), "");
    assert!(renames(&sdk.generate(&[])).is_empty());
    assert!(sdk.emitted(".generated.json").contains(r#""aaa": "Aaa""#));
    sdk.writes(DASHED, "");
    assert!(renames(&sdk.generate(&[])).is_empty());
    assert_eq!(sdk.emitted(".generated.json"), manifest);
}

#[test]
fn a_name_that_another_takes_is_told_and_an_overlay_gives_it_back() {
    let sdk = Sdk::new(DASHED);
    let both = format!("{DASHED}    foo_bar: {{type: object, properties: {{c: {{type: string}}}}}}\n");
    sdk.writes(&both, "");
    let checked = sdk.generate(&["--check"]);
    assert_eq!(renames(&checked), ["FooBar -> FooBar2 (schema foo-bar)"], "{checked}");
    assert!(checked.contains("W055"), "{checked}");

    let overlay = sdk.at("names.yaml");
    let actions = "  - target: $.components.schemas.foo_bar\n    update: {x-name: foo_with_a_line, x-unused: true}\n  \
                     - target: $.paths['/charges'].post\n    update: {operationId: charges.create}\n";
    let pinned = format!("overlay: 1.0.0\ninfo: {{title: Names, version: '1'}}\nactions:\n{actions}");
    std::fs::write(&overlay, pinned).expect("it is written");
    let said = sdk.generate(&["--overlay", &overlay, "--strict"]);
    assert!(renames(&said).is_empty() && said.contains("written"), "{said}");
    let names: serde_json::Value = serde_json::from_str(&sdk.emitted(".generated.json")).expect("JSON");
    let names = &names["names"];
    assert_eq!(names["types"], serde_json::json!({"foo-bar": "FooBar", "foo_bar": "FooWithALine"}));
    assert_eq!(names["operations"]["POST /charges"], "charges.create");
    assert!(sdk.emitted("src/types/foo_with_a_line.rs").contains("pub struct FooWithALine"));
}
