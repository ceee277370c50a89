//! The index that the site's search reads, so that a browser need not make it: what MiniSearch writes (version 2 of its format),
//! with what follows from the rest left out. `search.js` puts that back in.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::urls::slug;

/// The fields that are searched, as `search.js` names them.
const FIELDS: [&str; 3] = ["title", "name", "text"];

/// Something that is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its heading.
    pub title: String,
    /// What it is called in code and on the wire.
    pub name: String,
    /// What else is said of it.
    pub text: String,
    /// Where it is, from the root; of what is on a page, the anchor, where its name does not give it.
    pub path: String,
    /// The number of the page that it is on; none for a page itself.
    pub page: Option<usize>,
    /// `operation`, `resource`, `type`, `guide`, `catalogue`, `argument`, `field`, `section`, `value`.
    pub kind: &'static str,
    /// What is shown beside the title; of what is on a page, the page's title is.
    pub summary: String,
}

impl Entry {
    /// The anchor of what has this title on its page, as `search.js` works it out.
    pub(super) fn anchor(kind: &str, title: &str) -> String {
        match kind {
            "argument" => format!("param-{}", slug(title)),
            "field" => format!("field-{}", slug(title)),
            _ => slug(title),
        }
    }
}

/// A script that hands the index over: what a page opened as a file may load.
pub(super) fn script(entries: &[Entry]) -> String {
    // U+2028 and U+2029 are line ends in older scripts.
    let json = index(entries).to_string().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    format!("window.__searchIndex({json});\n")
}

/// Of each term, by field, in which entries it stands, and how often.
type Postings = BTreeMap<String, [BTreeMap<usize, u64>; FIELDS.len()]>;

fn index(entries: &[Entry]) -> Value {
    let mut postings = Postings::new();
    let mut lengths = Vec::new();
    let mut totals = [0_u64; FIELDS.len()];
    for (at, entry) in entries.iter().enumerate() {
        let mut own = Vec::new();
        for (field, text) in [&entry.title, &entry.name, &entry.text].into_iter().enumerate() {
            let terms = terms(text);
            for term in &terms {
                let own = postings.entry(term.clone()).or_default().get_mut(field);
                own.into_iter().for_each(|own| *own.entry(at).or_default() += 1);
            }
            let unique = terms.iter().collect::<BTreeSet<_>>().len() as u64;
            own.push(unique);
            totals.get_mut(field).into_iter().for_each(|total| *total += unique);
        }
        lengths.push(own);
    }
    let count = entries.len().max(1) as u64;
    #[allow(clippy::cast_precision_loss)]
    let average = totals.map(|total| (total as f64 / count as f64 * 100.0).round() / 100.0);
    let mut kinds: Vec<&str> = Vec::new();
    let stored: Vec<Value> = entries.iter().map(|entry| stored(entry, &mut kinds)).collect();
    let index: Vec<Value> = postings.into_iter().map(|(term, fields)| posting(term, &fields)).collect();
    json!({"fields": FIELDS, "kinds": kinds, "average": average, "lengths": lengths, "stored": stored, "index": index})
}

/// A term and, of each field up to the last that has it, the entries: how far each is from the one before, and behind it how
/// often it has the term, below zero, where that is more than once.
fn posting(term: String, fields: &[BTreeMap<usize, u64>]) -> Value {
    let last = fields.iter().rposition(|entries| !entries.is_empty()).map_or(0, |last| last + 1);
    let lists = fields.iter().take(last).map(|entries| {
        let mut before = 0;
        let mut steps = Vec::new();
        for (&at, &count) in entries {
            steps.push(json!(at - before));
            steps.extend((count > 1).then(|| json!(-i64::try_from(count).unwrap_or(i64::MAX))));
            before = at;
        }
        Value::Array(steps)
    });
    Value::Array(std::iter::once(Value::String(term)).chain(lists).collect())
}

/// What a result shows: kind and title, then of a page its address, name and summary, and of what is on one its number and
/// anchor.
fn stored(entry: &Entry, kinds: &mut Vec<&'static str>) -> Value {
    let kind = kinds.iter().position(|kind| *kind == entry.kind).unwrap_or_else(|| {
        kinds.push(entry.kind);
        kinds.len() - 1
    });
    match entry.page {
        Some(page) if entry.path.is_empty() => json!([kind, entry.title, page]),
        Some(page) => json!([kind, entry.title, page, entry.path]),
        None => json!([kind, entry.title, entry.path, entry.name, entry.summary]),
    }
}

/// Words that are on every page, which nobody searches for.
const COMMON: [&str; 24] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "in", "is", "it", "its", "not", "of", "on",
    "or", "that", "the", "to", "which", "with",
];

/// Words, as the library splits a query: at spaces and punctuation, in lower case. Names in snake case are found whole and
/// by their words.
fn terms(text: &str) -> Vec<String> {
    let is_between = |c: char| c.is_whitespace() || (c != '_' && !c.is_alphanumeric());
    let mut terms = Vec::new();
    for word in text.split(is_between).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        if COMMON.contains(&word.as_str()) && text.len() > word.len() {
            continue;
        }
        if word.contains('_') {
            terms.extend(word.split('_').filter(|part| !part.is_empty()).map(singular));
        }
        terms.push(singular(&word));
    }
    terms
}

/// Without the sign of the plural, so that charges are found under charge. It need not be a word: `search.js` does the same to
/// what is typed.
fn singular(word: &str) -> String {
    let stem = word.strip_suffix('s').filter(|stem| stem.chars().count() > 2 && !stem.ends_with('s'));
    match stem.map(|stem| (stem, stem.strip_suffix("ie"))) {
        Some((_, Some(stem))) => format!("{stem}y"),
        Some((stem, None)) => stem.to_owned(),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_names_every_word_and_where_it_stands() {
        assert_eq!(terms("POST /charges: failure_code"), ["post", "charge", "failure", "code", "failure_code"]);
        assert_eq!(terms("retries address 3ds sms"), ["retry", "address", "3ds", "sms"]);
        assert_eq!(terms("from"), ["from"], "what is all of a name is found");
        let entry = Entry { title: "Create".into(), name: "b b".into(), ..Entry::default() };
        let index = index(&[entry]);
        assert_eq!(index["index"], json!([["b", [], [0, -2]], ["create", [0]]]));
        assert_eq!(index["lengths"], json!([[1, 1, 0]]));
        assert_eq!(index["stored"], json!([[0, "Create", "", "b b", ""]]));
    }
}
