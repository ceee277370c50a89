//! What the other tool calls our changes, and why we judge some of them otherwise: two data files.

use std::collections::HashMap;

use omise_generator::diff::Direction;
use serde::Deserialize;

use crate::failure::Failure;
use crate::setup::repository;

/// Their ids by our id and direction.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Map {
    request: HashMap<String, Vec<String>>,
    response: HashMap<String, Vec<String>>,
    none: HashMap<String, Vec<String>>,
}

/// The two data files.
#[derive(Debug)]
pub(super) struct Ids {
    map: Map,
    /// Why we judge otherwise, by their id.
    reasons: HashMap<String, String>,
}

impl Ids {
    /// Reads the data files.
    pub(super) fn read() -> Result<Self, Failure> {
        Ok(Self { map: read("diff-ids.toml")?, reasons: read("diff-reasons.toml")? })
    }

    /// What they call a change; nothing where they have no word for it.
    pub(super) fn theirs(&self, id: &str, direction: Direction) -> &[String] {
        let map = match direction {
            Direction::Request => &self.map.request,
            Direction::Response => &self.map.response,
            Direction::None => &self.map.none,
        };
        map.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Why we judge a change otherwise.
    pub(super) fn reason(&self, theirs: &str) -> Option<&str> {
        self.reasons.get(theirs).map(String::as_str)
    }
}

fn read<T: for<'de> Deserialize<'de>>(name: &str) -> Result<T, Failure> {
    let path = repository().join("xtask/data").join(name);
    let help = "the file belongs to this repository: check it out again";
    let text = std::fs::read_to_string(&path)
        .map_err(|error| Failure::usage(format!("cannot read {}: {error}", path.display()), help))?;
    toml::from_str(&text).map_err(|error| Failure::usage(format!("cannot read {}: {error}", path.display()), help))
}
