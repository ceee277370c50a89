//! Documents that say the same do not differ: one and itself, one of OpenAPI 3.0 and its twin of 3.1.

use omise_generator::diagnostic::Diagnostics;
use omise_generator::diff::{Date, Diff, Notice, Options, compare};
use omise_generator::load::{Document, Input, Source, load};
use serde_json::Value;

use crate::snapshots::specs;
use crate::support::{repository, shared};
use crate::twins::newer;

fn loaded(schema: Source) -> Option<Document> {
    load(&Input { schema, keeps_written: true, ..Input::default() }, &mut Diagnostics::default())
}

fn written(tree: &Value) -> Document {
    let bytes = tree.to_string().into_bytes();
    loaded(Source::Bytes { name: "a.json".into(), bytes }).expect("it loads")
}

fn differences(old: &Document, new: &Document) -> Vec<String> {
    let Diff { changes, .. } = compare(old, new, Options { today: Date::default(), notice: Notice::default() });
    changes.iter().map(|change| format!("{} {}: {}", change.id(), change.subject, change.message)).collect()
}

#[test]
fn a_document_and_its_twin_do_not_differ() {
    let own = repository().join("schema/omise/openapi.yaml");
    let mut wrong = Vec::new();
    for (name, path) in specs().into_iter().chain([("omise".to_owned(), own)]) {
        let text = std::fs::read_to_string(&path).expect("it reads");
        let older: Value = serde_yaml::from_str(&text).expect("it parses");
        if text.contains(".yaml#") || text.contains(".json#") {
            continue;
        }
        let newer = newer::document(older.clone());
        let (older, newer) = (written(&older), written(&newer));
        for (old, new) in [(&older, &newer), (&newer, &older), (&older, &older)] {
            wrong.extend(differences(old, new).into_iter().map(|difference| format!("{name}: {difference}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn documents_of_the_wild_do_not_differ_from_themselves() {
    let Some(folder) = shared("corpus/specs") else { return };
    let mut compared = 0;
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.expect("it reads");
        // The larger ones take long, and say nothing that smaller ones do not.
        if !entry.file_type().is_file() || entry.metadata().is_ok_and(|file| file.len() > 400_000) {
            continue;
        }
        let load = || loaded(Source::Path(entry.path().to_owned()));
        if let (Some(old), Some(new)) = (load(), load()) {
            let found = differences(&old, &new);
            assert!(found.is_empty(), "{}: {found:#?}", entry.path().display());
            compared += 1;
        }
    }
    assert!(compared > 10, "{compared}");
}
