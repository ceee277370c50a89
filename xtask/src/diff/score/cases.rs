//! Cases with known findings, as another tool's tests state them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::failure::Failure;

/// How bad the other tool says a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Level {
    Info,
    Warn,
    Err,
}

/// All cases of a file.
#[derive(Debug)]
pub(super) struct Cases {
    pub(super) cases: Vec<Case>,
    /// The folder that paths are relative to.
    pub(super) folder: PathBuf,
    /// Levels by their id, where `rules.json` is there.
    pub(super) levels: HashMap<String, Level>,
}

/// A pair of documents, and what is to be found.
#[derive(Debug, Deserialize)]
pub(super) struct Case {
    pub(super) test_name: String,
    pub(super) base_path: String,
    pub(super) revision_path: String,
    /// Nothing below is listed.
    pub(super) threshold: Level,
    /// `exact` lists all there is.
    pub(super) expect: String,
    #[serde(default)]
    pub(super) expected: Vec<Expected>,
    #[serde(default)]
    pub(super) expected_any_of: Vec<Vec<String>>,
    #[serde(default)]
    pub(super) absent: Vec<String>,
    #[serde(default)]
    config: Value,
    /// A list, or `all`.
    comparable_ids: Value,
}

/// A finding to be found.
#[derive(Debug, Deserialize)]
pub(super) struct Expected {
    pub(super) id: String,
    pub(super) level: Level,
    #[serde(default)]
    pub(super) operation: Option<String>,
    #[serde(default)]
    pub(super) path: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Rule {
    id: String,
    level: Level,
}

impl Cases {
    /// Reads cases, and the levels beside them.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let file = if path.is_dir() { path.join("cases.json") } else { path.to_owned() };
        let folder = file.parent().map(Path::to_owned).unwrap_or_default();
        let cases = read(&file)?;
        let rules = folder.join("rules.json");
        let rules: Vec<Rule> = if rules.is_file() { read(&rules)? } else { Vec::new() };
        let levels = rules.into_iter().map(|rule| (rule.id, rule.level)).collect();
        Ok(Self { cases, folder, levels })
    }
}

impl Case {
    /// Whether an id may be scored in this case.
    pub(super) fn may_score(&self, id: &str) -> bool {
        match &self.comparable_ids {
            Value::Array(ids) => ids.iter().any(|one| one == id),
            _ => true,
        }
    }

    /// Whether all that is to be found is listed.
    pub(super) fn is_exact(&self) -> bool {
        self.expect == "exact"
    }

    /// Whether nothing is to be found.
    pub(super) fn is_negative(&self) -> bool {
        self.is_exact() && self.expected.is_empty()
    }

    /// Days of notice that the case asks for, of what is beta and of what is stable.
    pub(super) fn notice(&self) -> Option<(i64, i64)> {
        let days = self.config.get("WithDeprecation")?.as_array()?;
        let day = |index: usize| days.get(index).and_then(Value::as_i64);
        Some((day(0)?, day(1)?))
    }
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, Failure> {
    let help = "name a file of cases, or the folder it is in";
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("cannot read {}: {error}", path.display()), help))?;
    serde_json::from_str(&text)
        .map_err(|error| Failure::usage(format!("cannot read {}: {error}", path.display()), help))
}
