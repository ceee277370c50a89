//! The contract server has the API's own description and the served document as its word, and its samples are what both
//! promise.

mod mock;

use std::path::PathBuf;

use contract::{Contract, Document, KeyRule, Settings};

use crate::support::{repository, shared};

/// A description of the API, with what corrects it.
pub(crate) fn contract(schema: PathBuf) -> Contract {
    let document = Document::read(&schema, &[repository().join("schema/omise/overlay.yaml")]);
    let roles = [("api", "https://api.omise.co"), ("vault", "https://vault.omise.co")];
    let key = |prefix: &str| KeyRule { prefixes: vec![prefix.to_owned()], as_username: true };
    let settings = Settings {
        roles: roles.map(|(name, url)| (name.to_owned(), url.to_owned())).to_vec(),
        keys: [("secret_key".to_owned(), key("skey_")), ("public_key".to_owned(), key("pkey_"))].into(),
    };
    Contract::new(document.expect("it reads"), settings)
}

/// Our description, and the served one where it is at hand.
fn schemas() -> Vec<PathBuf> {
    let served = shared("omise/upstream-2019-05-29.yaml");
    std::iter::once(repository().join("schema/omise/openapi.yaml")).chain(served).collect()
}

#[test]
fn samples_are_what_the_document_promises() {
    for schema in schemas() {
        let mut problems = Vec::new();
        let samples = contract(schema.clone()).samples();
        assert!(samples.len() > 200, "{}: {} samples", schema.display(), samples.len());
        for (name, value, wrong) in samples {
            if !wrong.is_empty() {
                problems.push(format!("{name}: {wrong:?}\n{value}"));
            }
        }
        assert!(problems.is_empty(), "{}: {}\n{}", schema.display(), problems.len(), problems.join("\n"));
    }
}
