//! Text meant to break out, in every place of a document and of `sdk.toml` that holds text, one place at a time.
//!
//! `document.yaml` and `sdk.toml` mark each such place with a name of its own, `«title»`. A place that is referred to
//! is marked alike wherever it stands, so that a hostile name is used as a name and not only as a dangling reference.

mod build;
pub(crate) mod checks;
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

/// Every file of the crate.
fn emitted(document: &Value, config: &Value) -> Vec<File> {
    let config: Config = serde_json::from_value(config.clone()).expect("the configuration has its shape");
    let bytes = document.to_string().into_bytes();
    let schema = Source::Bytes { name: "document.json".into(), bytes };
    let mut diagnostics = Diagnostics::default();
    let model = model(&Input { schema, ..Input::default() }, &config, &mut diagnostics).expect("the document loads");
    let mut targets = emit(&model, &config, &[Target::Rust], &mut diagnostics);
    let errors: Vec<_> = diagnostics.0.iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    targets.remove(0).files
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

    /// The crate with these texts in these places.
    fn files(&self, cases: &[Case<'_>]) -> Vec<File> {
        let (mut document, mut config) = (self.document.clone(), self.config.clone());
        for (mark, text) in cases {
            document = replaced(&document, mark, text);
            config = replaced(&config, mark, text);
        }
        emitted(&document, &config)
    }

    /// What goes wrong with these texts in these places.
    fn problem(&self, cases: &[Case<'_>]) -> Option<String> {
        let found = std::panic::catch_unwind(|| self.expected.check(&self.files(cases)));
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

/// The places, and the texts that stand in them.
struct Texts {
    marks: Vec<String>,
    texts: Vec<String>,
}

impl Texts {
    fn new() -> Self {
        let marks = marks(DOCUMENT).union(&marks(CONFIG)).cloned().collect();
        Self { marks, texts: payloads::all() }
    }

    /// Runs that fill all places, with the texts one place further on in each: every text stands in every place once.
    fn together(&self) -> Vec<Vec<Case<'_>>> {
        let places = || self.marks.iter().map(String::as_str);
        let texts = |run| self.texts.iter().map(String::as_str).cycle().skip(run);
        (0..self.texts.len()).map(|run| places().zip(texts(run)).collect()).collect()
    }

    /// Runs of one text in one place.
    fn alone(&self) -> Vec<Vec<Case<'_>>> {
        let texts = |mark| self.texts.iter().map(move |text| vec![(mark, text.as_str())]);
        self.marks.iter().flat_map(|mark| texts(mark.as_str())).collect()
    }
}

/// Whether `HOSTILE` asks for it: `alone` fills one place at a time, `build` builds the crate of every run. Both take
/// minutes.
fn is_asked_for(what: &str) -> bool {
    std::env::var("HOSTILE").is_ok_and(|wanted| wanted.split(',').any(|wanted| wanted == what))
}

#[test]
fn no_text_in_any_place_breaks_out() {
    let (walk, texts) = (Walk::new(), Texts::new());
    let groups = if is_asked_for("alone") { texts.alone() } else { texts.together() };
    let failures = walk.run(&groups);
    let shown = failures.iter().take(20).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(failures.is_empty(), "{} of {} runs broke out:\n{shown}", failures.len(), groups.len());
    say(&format!("{} texts in {} places, {} runs", texts.texts.len(), texts.marks.len(), groups.len()));
}
