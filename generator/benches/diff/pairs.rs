//! Documents of real APIs, where they are at hand.

use std::fmt;
use std::path::{Path, PathBuf};

use divan::{Bencher, black_box};
use omise_generator::config::Config;
use omise_generator::diagnostic::Diagnostics;
use omise_generator::diff::compare_models;
use omise_generator::load::Source;
use omise_generator::lower::lower;

use super::{model, options, read, whole};

/// A document before and after.
struct Pair {
    api: String,
    old: PathBuf,
    new: PathBuf,
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.api)
    }
}

impl Pair {
    fn sources(&self) -> [Source; 2] {
        [&self.old, &self.new].map(|path| Source::Path(path.clone()))
    }
}

/// The pairs that `pairs.json` lists.
fn pairs() -> Vec<Pair> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let Ok(text) = std::fs::read_to_string(folder.join("pairs.json")) else {
        eprintln!("skipped: {} is not there", folder.display());
        return Vec::new();
    };
    let listed: Vec<serde_json::Value> = serde_json::from_str(&text).expect("a list");
    let text = |pair: &serde_json::Value, key: &str| pair[key].as_str().expect("a text").to_owned();
    let pair = |pair: &serde_json::Value| Pair {
        api: text(pair, "api"),
        old: folder.join(text(pair, "old")),
        new: folder.join(text(pair, "new")),
    };
    listed.iter().map(pair).collect()
}

/// Everything, as the command does it.
#[divan::bench(args = pairs(), sample_count = 5, sample_size = 1)]
fn all(bencher: Bencher<'_, '_>, pair: &Pair) {
    let [old, new] = pair.sources();
    bencher.bench(|| whole(&old, &new));
}

/// Reading both documents.
#[divan::bench(args = pairs(), sample_count = 5, sample_size = 1)]
fn load(bencher: Bencher<'_, '_>, pair: &Pair) {
    let sources = pair.sources();
    bencher.bench(|| sources.each_ref().map(read));
}

/// Making a model of both.
#[divan::bench(args = pairs(), sample_count = 5, sample_size = 1)]
fn model_both(bencher: Bencher<'_, '_>, pair: &Pair) {
    let documents = pair.sources().each_ref().map(read);
    bencher.bench(|| documents.each_ref().map(|one| lower(one, &Config::default(), &mut Diagnostics::default())));
}

/// Comparing what they say on the wire.
#[divan::bench(args = pairs(), sample_count = 5, sample_size = 1)]
fn wire(bencher: Bencher<'_, '_>, pair: &Pair) {
    let sources = pair.sources();
    let documents = || sources.each_ref().map(read);
    bencher.with_inputs(documents).bench_refs(|[old, new]| omise_generator::diff::compare(old, new, options()));
}

/// Comparing both what they say and what is made of them.
#[divan::bench(args = pairs(), sample_count = 5, sample_size = 1)]
fn wire_and_code(bencher: Bencher<'_, '_>, pair: &Pair) {
    let sources = pair.sources();
    let models = || sources.each_ref().map(read).map(model);
    bencher
        .with_inputs(models)
        .bench_refs(|[old, new]| black_box(compare_models(old, new, &Config::default(), options())));
}
