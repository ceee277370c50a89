//! What a target calls the things of a document, so that a later run can say which it calls otherwise.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Names as users of an SDK write them, by what does not change when they do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GivenNames {
    /// `POST /charges` to `charges.create`.
    pub operations: BTreeMap<String, String>,
    /// A name under `components.schemas` to that of its type.
    pub types: BTreeMap<String, String>,
}

/// A thing that is still there and is called otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// What it is in the document.
    pub what: String,
    /// What it was called.
    pub old: String,
    /// What it is called.
    pub new: String,
}

impl GivenNames {
    /// What these names call otherwise than older ones did.
    pub fn renamed(&self, older: &Self) -> Vec<Renamed> {
        let operations = changed(&older.operations, &self.operations, "");
        operations.chain(changed(&older.types, &self.types, "schema ")).collect()
    }
}

fn changed<'n>(
    old: &'n BTreeMap<String, String>,
    new: &'n BTreeMap<String, String>,
    kind: &'n str,
) -> impl Iterator<Item = Renamed> {
    let both = old.iter().filter_map(|(what, old)| Some((what, old, new.get(what)?)));
    both.filter(|(_, old, new)| old != new).map(move |(what, old, new)| Renamed {
        what: format!("{kind}{what}"),
        old: old.clone(),
        new: new.clone(),
    })
}
