//! The index that the site's search reads: what MiniSearch writes, version 2 of its format, so that a browser need not make it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value, json};

/// The fields that are searched, as `search.js` names them.
const FIELDS: [&str; 3] = ["title", "name", "text"];

/// Something that is found. What is empty is not stored, since there are thousands of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Entry {
    /// Its heading.
    pub title: String,
    /// What it is called in code and on the wire.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What else is said of it.
    #[serde(skip)]
    pub text: String,
    /// Where it is, from the root; of what is on a page, the anchor alone, where its name does not give it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// The number of the page that it is on; none for a page itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// `operation`, `resource`, `type`, `guide`, `catalogue`, `argument`, `field`.
    pub kind: &'static str,
    /// What is shown beside the title; of what is on a page, the page's title is.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub summary: String,
}

/// A script that hands the index over: what a page opened as a file may load.
pub(super) fn script(entries: &[Entry]) -> String {
    // U+2028 and U+2029 are line ends in older scripts.
    let json = index(entries).to_string().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    format!("window.__searchIndex({json});\n")
}

fn index(entries: &[Entry]) -> Value {
    let mut postings: BTreeMap<String, BTreeMap<usize, BTreeMap<usize, u64>>> = BTreeMap::new();
    let mut lengths = Map::new();
    let mut totals = [0_u64; FIELDS.len()];
    for (at, entry) in entries.iter().enumerate() {
        let mut own = Vec::new();
        for (field, text) in [&entry.title, &entry.name, &entry.text].into_iter().enumerate() {
            let terms = terms(text);
            for term in &terms {
                *postings.entry(term.clone()).or_default().entry(field).or_default().entry(at).or_default() += 1;
            }
            let unique = terms.iter().collect::<BTreeSet<_>>().len() as u64;
            own.push(Value::from(unique));
            if let Some(total) = totals.get_mut(field) {
                *total += unique;
            }
        }
        lengths.insert(at.to_string(), Value::Array(own));
    }
    let count = entries.len().max(1) as u64;
    #[allow(clippy::cast_precision_loss)]
    let averages: Vec<f64> = totals.iter().map(|total| (*total as f64 / count as f64 * 100.0).round() / 100.0).collect();
    let numbered = |of: &dyn Fn(usize, &Entry) -> Value| -> Map<String, Value> {
        entries.iter().enumerate().map(|(at, entry)| (at.to_string(), of(at, entry))).collect()
    };
    let terms: Vec<Value> = postings.into_iter().map(|(term, fields)| json!([term, fields])).collect();
    let fields: Map<String, Value> =
        FIELDS.iter().enumerate().map(|(at, field)| ((*field).to_owned(), Value::from(at))).collect();
    json!({
        "documentCount": entries.len(),
        "nextId": entries.len(),
        "documentIds": numbered(&|at, _| Value::from(at)),
        "fieldIds": fields,
        "fieldLength": lengths,
        "averageFieldLength": averages,
        "storedFields": numbered(&|_, entry| serde_json::to_value(entry).unwrap_or_default()),
        "dirtCount": 0,
        "index": terms,
        "serializationVersion": 2,
    })
}

/// Words that are on every page, which nobody searches for.
const COMMON: [&str; 24] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "in", "is", "it", "its", "not", "of", "on", "or",
    "that", "the", "to", "which", "with",
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
            terms.extend(word.split('_').filter(|part| !part.is_empty()).map(str::to_owned));
        }
        terms.push(word);
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_names_every_word_and_where_it_stands() {
        assert_eq!(terms("POST /charges: failure_code"), ["post", "charges", "failure", "code", "failure_code"]);
        assert_eq!(terms("from"), ["from"], "what is all of a name is found");
        let entry = Entry { title: "Create".into(), name: "b b".into(), ..Entry::default() };
        let index = index(&[entry]);
        assert_eq!(index["index"], json!([["b", {"1": {"0": 2}}], ["create", {"0": {"0": 1}}]]));
        assert_eq!(index["fieldLength"], json!({"0": [1, 1, 0]}));
    }
}
