//! Text meant to break out, in every place of a document and of `sdk.toml` that holds text, one place at a time.
//!
//! `document.yaml` and `sdk.toml` mark each such place with a name of its own, `«title»`. A place that is referred to
//! is marked alike wherever it stands, so that a hostile name is used as a name and not only as a dangling reference.

mod checks;
mod payloads;

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use omise_generator::config::Config;
use omise_generator::diagnostic::{Diagnostics, Severity};
use omise_generator::load::{Input, Source};
use omise_generator::target::{File, Target};
use omise_generator::{emit, model};
use serde_json::Value;

use crate::support::say;

const DOCUMENT: &str = include_str!("document.yaml");
const CONFIG: &str = include_str!("sdk.toml");

/// The marks of a text, each once.
fn marks(text: &str) -> BTreeSet<String> {
    let ends = text.split('«').skip(1);
    ends.map(|rest| format!("«{}»", rest.split_once('»').expect("a mark is closed").0)).collect()
}

/// A copy of a tree in which a mark reads otherwise, keys included. In references it is escaped as they want it.
fn replaced(tree: &Value, mark: &str, text: &str) -> Value {
    match tree {
        Value::String(value) if value.contains(mark) => Value::String(value.replace(mark, text)),
        Value::Array(items) => items.iter().map(|item| replaced(item, mark, text)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(key, member)| {
                let member = match member {
                    Value::String(value) if key == "$ref" => Value::String(value.replace(mark, &reference(text))),
                    other => replaced(other, mark, text),
                };
                (key.replace(mark, text), member)
            })
            .collect(),
        other => other.clone(),
    }
}

/// A key as a token of a JSON pointer in a URI.
fn reference(text: &str) -> String {
    let token = text.replace('~', "~0").replace('/', "~1");
    percent_encoding::utf8_percent_encode(&token, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// The crate's own files: the runtime is the same in every crate.
fn emitted(document: &Value, config: &Value) -> Vec<File> {
    let config: Config = serde_json::from_value(config.clone()).expect("the configuration has its shape");
    let bytes = document.to_string().into_bytes();
    let schema = Source::Bytes { name: "document.json".into(), bytes };
    let mut diagnostics = Diagnostics::default();
    let model = model(&Input { schema, ..Input::default() }, &config, &mut diagnostics).expect("the document loads");
    let mut targets = emit(&model, &config, &[Target::Rust], &mut diagnostics);
    let errors: Vec<_> = diagnostics.0.iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let files = targets.remove(0).files;
    files.into_iter().filter(|file| !file.path.starts_with("src/runtime/")).collect()
}

/// A place and the text that stands in it.
type Case<'a> = (&'a str, &'a str);

/// The document and the configuration, and what their crates have in common.
struct Walk {
    document: Value,
    config: Value,
    expected: checks::Expected,
}

impl Walk {
    fn new() -> Self {
        let document: Value = serde_yaml::from_str(DOCUMENT).expect("the document parses");
        let config: Value = toml::from_str(CONFIG).expect("the configuration parses");
        let expected = checks::Expected::new(&emitted(&document, &config));
        Self { document, config, expected }
    }

    /// What goes wrong with these texts in these places.
    fn problem(&self, cases: &[Case<'_>]) -> Option<String> {
        let found = std::panic::catch_unwind(|| {
            let (mut document, mut config) = (self.document.clone(), self.config.clone());
            for (mark, text) in cases {
                document = replaced(&document, mark, text);
                config = replaced(&config, mark, text);
            }
            self.expected.check(&emitted(&document, &config))
        });
        match found {
            Ok(found) => found.err(),
            Err(panic) => Some(format!("panicked: {:?}", panic.downcast_ref::<String>())),
        }
    }

    /// Runs groups of cases, and names what goes wrong in each.
    fn run(&self, groups: &[Vec<Case<'_>>]) -> Vec<String> {
        let next = AtomicUsize::new(0);
        let failures: Mutex<Vec<String>> = Mutex::default();
        let work = || {
            while let Some(group) = groups.get(next.fetch_add(1, Ordering::Relaxed)) {
                let Some(together) = self.problem(group) else { continue };
                let alone = group.iter().find_map(|case| Some((case, self.problem(&[*case])?)));
                let named = match alone {
                    Some(((mark, text), problem)) => format!("{mark} = {text:.60?}: {problem}"),
                    None => format!("only together: {together}: {group:?}"),
                };
                failures.lock().expect("no panic").push(named);
            }
        };
        let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(work);
            }
        });
        failures.into_inner().expect("no panic")
    }
}

/// Every text stands in every place once: each run fills all places, with the texts one place further on. With
/// `HOSTILE=alone` also one place at a time, which takes minutes.
#[test]
fn no_text_in_any_place_breaks_out() {
    let walk = Walk::new();
    let marks: Vec<String> = marks(DOCUMENT).union(&marks(CONFIG)).cloned().collect();
    let texts = payloads::all();
    let text = |at: usize| texts[at % texts.len()].as_str();
    let together = (0..texts.len())
        .map(|run| marks.iter().enumerate().map(|(place, mark)| (mark.as_str(), text(place + run))).collect());
    let mut groups: Vec<Vec<Case<'_>>> = together.collect();
    if std::env::var("HOSTILE").is_ok_and(|wanted| wanted == "alone") {
        groups = marks.iter().flat_map(|mark| texts.iter().map(|text| vec![(mark.as_str(), text.as_str())])).collect();
    }
    let failures = walk.run(&groups);
    let shown = failures.iter().take(20).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(failures.is_empty(), "{} of {} runs broke out:\n{shown}", failures.len(), groups.len());
    say(&format!("{} texts in {} places, {} runs", texts.len(), marks.len(), groups.len()));
}
