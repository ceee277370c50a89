//! There and back: a program for each crate that decodes values of the document's schemas and encodes them again.
//!
//! What is sent must come back exactly; what is received, but for nulls and for what nobody described.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use contract::{Document, Instance, UNDESCRIBED, UNKNOWN_FIELD, instances};
use omise_generator::Model;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How the values of one document fared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Trip {
    /// Types that values were made for.
    pub(super) types: usize,
    /// Values that were decoded and encoded again.
    pub(super) values: usize,
    /// Those that did not come back.
    pub(super) failed: usize,
}

/// The program, after the list of types.
const PROGRAM: &str = r#"
type Back = fn(&str) -> Result<Value, String>;

fn back<T: Serialize + DeserializeOwned>(text: &str) -> Result<Value, String> {
    let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    // As text, as it would be sent: a value in memory holds a narrow float as a wide one, which is another.
    let text = serde_json::to_string(&value).map_err(|error| error.to_string())?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

/// Where two values differ first, and how. Numbers are compared by what they are worth: 1 and 1.0 are one.
fn difference(at: &str, left: &Value, right: &Value) -> Option<String> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) if left == right || left.as_f64() == right.as_f64() => None,
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            let mut pairs = left.iter().zip(right).enumerate();
            pairs.find_map(|(index, (left, right))| difference(&format!("{at}/{index}"), left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            let lost = left.iter().find_map(|(key, left)| match right.get(key) {
                Some(right) => difference(&format!("{at}/{key}"), left, right),
                None => Some(format!("{at}/{key} is lost: {left}")),
            });
            let more = || right.keys().find(|key| !left.contains_key(*key)).map(|key| format!("{at}/{key} is new"));
            lost.or_else(more)
        }
        _ if left == right => None,
        _ => Some(format!("{at} was {left} and is {right}")),
    }
}

/// Without nulls, and without what nobody described.
fn stripped(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(key, value)| !value.is_null() && *key != UNKNOWN_FIELD && *value != UNDESCRIBED);
            Value::Object(kept.map(|(key, value)| (key.clone(), stripped(value))).collect())
        }
        Value::Array(items) => items.iter().map(stripped).collect(),
        _ => value.clone(),
    }
}

fn main() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../cases.json")).expect("the cases are JSON");
    for case in &cases {
        let name = case["type"].as_str().unwrap_or_default();
        let is_sent = case["sent"] == true;
        let Some((_, back)) = TYPES.iter().find(|(known, _)| *known == name) else { continue };
        for instance in case["instances"].as_array().into_iter().flatten() {
            let value = &instance["value"];
            let problem = match back(&value.to_string()) {
                Err(problem) => Some(format!("{problem}: {value}")),
                Ok(back) if is_sent => difference("", value, &back),
                Ok(back) => difference("", &stripped(value), &stripped(&back)),
            };
            let Some(problem) = problem else { continue };
            let what = instance["what"].as_str().unwrap_or_default();
            println!("{}", format!("{name} ({what}): {problem}").replace('\n', "\n    "));
            println!("failed");
        }
    }
}
"#;

/// Writes the program of a crate.
pub(super) fn write(
    document: &Path,
    model: &Model,
    names: &BTreeMap<String, String>,
    package: &str,
    folder: &Path,
) -> io::Result<Trip> {
    let document = Document::read(document, &[]).map_err(io::Error::other)?;
    let mut trip = Trip::default();
    let mut cases = Vec::new();
    let mut program = String::from(
        "//! Generated. There and back.\n#![allow(deprecated)]\n\nuse serde::{Serialize, de::DeserializeOwned};\nuse serde_json::Value;\n\n",
    );
    let _ = writeln!(
        program,
        "const UNKNOWN_FIELD: &str = {UNKNOWN_FIELD:?};\nconst UNDESCRIBED: &str = {UNDESCRIBED:?};\n\nconst TYPES: &[(&str, Back)] = &["
    );
    let sent = model.lowered.api.types.iter().filter(|def| def.usage.request);
    let sent: HashSet<&str> = sent.filter_map(|def| def.wire_name.as_deref()).collect();
    for (component, name) in names {
        let is_sent = sent.contains(component.as_str());
        let made = instances(&document, component, is_sent);
        if made.is_empty() {
            continue;
        }
        trip.types += 1;
        trip.values += made.len();
        let made: Vec<_> = made.iter().map(|Instance { what, value }| json!({"what": what, "value": value})).collect();
        cases.push(json!({"type": name, "sent": is_sent, "instances": made}));
        let _ = writeln!(program, "    ({name:?}, back::<{}::types::{name}>),", package.replace('-', "_"));
    }
    program.push_str("];\n");
    program.push_str(PROGRAM);
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("cases.json"), Value::Array(cases).to_string())?;
    fs::write(folder.join("src/main.rs"), program)?;
    fs::write(folder.join("Cargo.toml"), manifest(package))?;
    Ok(trip)
}

fn manifest(package: &str) -> String {
    format!(
        "[package]\nname = \"trip-{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         {package} = {{ path = \"../../crates/{package}\", default-features = false }}\n\
         serde = \"1\"\nserde_json = {{ version = \"1\", features = [\"preserve_order\"] }}\n"
    )
}
