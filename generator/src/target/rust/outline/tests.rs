//! What is told of a crate is what its files say.

use std::path::{Path, PathBuf};

use super::*;
use crate::config::Config;
use crate::load::{Input, Source};
use crate::target::{File, Target};

/// Files that are the same in every crate, or are no part of what users name by default.
const ASIDE: [&str; 3] = ["src/runtime", "src/samples", "src/test_util"];

/// What users can name of files.
fn written(files: &[File]) -> Outline {
    let mut outline = Outline::default();
    let is_read = |file: &&File| {
        let is_aside = ASIDE.iter().any(|aside| file.path.starts_with(aside));
        file.path.starts_with("src/") && file.path.ends_with(".rs") && !is_aside
    };
    for file in files.iter().filter(is_read) {
        let parsed = syn::parse_file(&String::from_utf8_lossy(&file.contents)).unwrap();
        parsed.items.iter().for_each(|item| outline.item(item));
    }
    outline
}

/// Holds what is told of a document's crate against the crate. Its configuration stands beside it, if it has one.
fn agree(path: &Path) {
    let config = std::fs::read_to_string(path.with_extension("toml"));
    let config = config.map_or_else(|_| Config::default(), |text| toml::from_str(&text).unwrap());
    agree_with(path, &config, Vec::new());
}

fn agree_with(path: &Path, config: &Config, overlays: Vec<Source>) {
    let input = Input { schema: Source::Path(path.to_path_buf()), overlays, ..Input::default() };
    let Some(model) = crate::model(&input, config, &mut Diagnostics::default()) else { return };
    let emitted = Target::Rust.emit(&model.lowered.api, config, &mut Diagnostics::default());
    let (told, names) = outline(&model.lowered.api);
    assert_eq!(names, emitted.names, "{}", path.display());
    let written = written(&emitted.files);
    for (symbol, is) in &written.symbols {
        assert_eq!(told.symbols.get(symbol), Some(is), "{symbol} of {}", path.display());
    }
    for (symbol, is) in &told.symbols {
        assert_eq!(written.symbols.get(symbol), Some(is), "{symbol} of {}", path.display());
    }
    for (name, is) in &written.traits {
        assert_eq!(told.traits.get(name), Some(is), "traits of {name} of {}", path.display());
    }
    assert!(told == written, "{}", path.display());
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(documents(&path));
        } else if path.extension().is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|one| extension == *one))
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn what_is_told_of_a_crate_is_what_its_files_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let documents = documents(&root.join("tests/specs"));
    assert!(documents.len() > 10);
    documents.iter().for_each(|path| agree(path));
    let own = root.join("schema/omise");
    let config = std::fs::read_to_string(own.join("sdk.toml")).unwrap();
    let overlays = vec![Source::Path(own.join("overlay.yaml"))];
    agree_with(&own.join("openapi.yaml"), &toml::from_str(&config).unwrap(), overlays);
}

/// The documents of many APIs, where they are at hand.
#[test]
fn what_is_told_of_the_crates_of_other_apis_is_what_their_files_say() {
    let Some(folder) = std::env::var_os("OUTLINE_CORPUS") else {
        eprintln!("skipped: OUTLINE_CORPUS names no folder of documents");
        return;
    };
    documents(Path::new(&folder)).iter().for_each(|path| agree(path));
}

#[test]
fn what_is_public_is_listed_as_people_write_it() {
    let text = "#[derive(Clone)]\n#[non_exhaustive]\npub struct A { pub a: Option<i64>, b: u8 }\n\
                pub struct Calls<M> { client: M }\nimpl<M> Calls<M> {\n\
                pub fn make(&self, id: impl Into<AId>, n: i64) -> Request<Make, M> { todo!() }\n\
                pub(crate) fn hidden() {} }\n#[non_exhaustive]\npub enum E { One, Two(String) }\n\
                impl Default for A { fn default() -> Self { todo!() } }\nstring_id!(AId);\n";
    let outline = written(&[File::text("src/types/a.rs", text)]);
    let names: Vec<&str> = outline.symbols.keys().map(String::as_str).collect();
    assert_eq!(names, ["A", "A::a", "Calls", "Calls::make()", "E", "E::One", "E::Two"]);
    assert_eq!(outline.symbols["A::a"].text, "Option<i64>");
    assert!(outline.symbols["A"].is_open);
    let make = &outline.symbols["Calls::make()"];
    assert_eq!(make.text, "fn make(&self, id: impl Into<AId>, n: i64) -> Request<Make, M>");
    assert_eq!(make.meaning, "fn(&self, impl Into<AId>, i64) -> Request<Make, M>");
    assert_eq!(outline.traits["A"].iter().map(String::as_str).collect::<Vec<_>>(), ["Clone", "Default"]);
    assert!(outline.traits["AId"].contains("string_id!"));
    assert_eq!(outline.members("E").map(|(name, _)| name).collect::<Vec<_>>(), ["One", "Two"]);
}
