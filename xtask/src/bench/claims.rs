//! What is aimed at, and what the rows say about it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::generation::{self, GENERATE, LOAD, OWN, PRINT};
use super::results::Results;
use super::row::{Key, Unit};
use super::run_time::{self, BY_HAND, EMITTED};
use super::synthetic::SHAPES;
use super::{compare, compile, growth, program};

/// A ratio of two rows, or a row by itself, and how large it may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Claim {
    /// In words.
    pub(super) what: String,
    pub(super) input: String,
    pub(super) value: f64,
    /// Null where it is a ratio.
    pub(super) unit: Option<Unit>,
    pub(super) at_most: Option<f64>,
    /// The row.
    pub(super) of: Key,
    /// What it is divided by.
    pub(super) by: Option<Key>,
}

impl Claim {
    /// Whether it is so; `None` where nothing is aimed at.
    pub(super) fn holds(&self) -> Option<bool> {
        self.at_most.map(|most| self.value <= most)
    }
}

/// The tool that emits a client on a Java machine.
const JVM: &str = "openapi-generator";

/// Everything that can be said.
pub(super) fn all(results: &Results) -> Vec<Claim> {
    let mut claims = Vec::new();
    for input in inputs(results, generation::GROUP) {
        generating(results, &input, &mut claims);
    }
    for input in inputs(results, compare::GROUP) {
        let key = |tool: &str| Key::new(compare::GROUP, compare::COMPARE, &input, tool, "time");
        claims.extend(ratio(results, "time, to oasdiff's", &key(OWN), &key("oasdiff"), None));
    }
    running(results, &mut claims);
    for input in inputs(results, compile::GROUP) {
        compiling(results, &input, &mut claims);
    }
    claims.extend(plain(results, "small program, incremental", &program::key("time"), Some(2.0)));
    for shape in SHAPES {
        for (metric, at_most) in growth::METRICS.into_iter().zip([Some(1.1), None]) {
            let what = format!("{metric} grows with the power");
            claims.extend(plain(results, &what, &growth::exponent(shape, metric), at_most));
        }
    }
    claims
}

/// All compile what calls the same operations, so that times are to each other as times per operation are.
fn compiling(results: &Results, input: &str, claims: &mut Vec<Claim>) {
    for name in ["check, alone", "check, incremental", "debug, alone", "debug, incremental", "release, alone"] {
        let own = Key::new(compile::GROUP, name, input, OWN, "time");
        let is_peer = |key: &Key| {
            let is_same = Key { tool: OWN.to_owned(), ..key.clone() } == own;
            is_same && ![OWN, compile::CORE].contains(&key.tool.as_str())
        };
        let peers = results.rows.iter().filter(|row| is_peer(&row.key) && row.median.is_some());
        if let Some(fastest) = peers.min_by(|one, other| compare(one.median, other.median)) {
            let what = format!("{name}: time, to that of the fastest ({})", fastest.key.tool);
            claims.extend(ratio(results, &what, &own, &fastest.key, Some(0.5)));
        }
    }
    let core = Key::new(compile::GROUP, "release, cold", input, compile::CORE, "time");
    claims.extend(plain(results, "release, cold, without a transport", &core, Some(15.0)));
}

fn generating(results: &Results, input: &str, claims: &mut Vec<Claim>) {
    let key = |name: &str, tool: &str, metric: &str| Key::new(generation::GROUP, name, input, tool, metric);
    let own = |metric: &str| key(GENERATE, OWN, metric);
    let is_peer = |candidate: &Key| {
        candidate.group == generation::GROUP
            && candidate.name == GENERATE
            && candidate.input == input
            && candidate.metric == "time"
            && ![OWN, JVM].contains(&candidate.tool.as_str())
    };
    let peers = results.rows.iter().filter(|row| is_peer(&row.key) && row.median.is_some());
    if let Some(fastest) = peers.min_by(|one, other| compare(one.median, other.median)) {
        let what = format!("time, to that of the fastest in Rust ({})", fastest.key.tool);
        claims.extend(ratio(results, &what, &own("time"), &fastest.key, Some(1.0 / 3.0)));
    }
    let jvm = key(GENERATE, JVM, "time");
    claims.extend(ratio(results, "time, to that of openapi-generator", &own("time"), &jvm, Some(1.0 / 30.0)));
    let least = key(PRINT, OWN, "time");
    claims.extend(ratio(results, "time, to loading, parsing, printing, writing", &own("time"), &least, Some(1.5)));
    // What others do on the machine bears less on it; what is done in parallel makes it no smaller.
    let (of, by) = (own("processor time"), key(PRINT, OWN, "processor time"));
    claims.extend(ratio(results, "processor time, to loading, parsing, printing, writing", &of, &by, None));
    let load = key(LOAD, OWN, "peak memory");
    claims.extend(ratio(results, "memory, to loading alone", &own("peak memory"), &load, Some(3.0)));
}

fn running(results: &Results, claims: &mut Vec<Claim>) {
    let key = run_time::key;
    for (name, doing) in [("decode", "decode"), ("encode", "encode")] {
        for input in ["balance", "charge", "20 charges", "recorded charge"] {
            let what = format!("time to {doing}, to types written by hand");
            let (of, by) = (key(name, input, EMITTED, "time"), key(name, input, BY_HAND, "time"));
            claims.extend(ratio(results, &what, &of, &by, Some(1.1)));
        }
    }
    for (own, bare) in [(EMITTED, "reqwest"), ("omise, blocking", "ureq")] {
        for input in ["1 at once", "64 at once"] {
            let what = format!("time of a call, to {bare}'s");
            let (of, by) = (key("call", input, own, "time"), key("call", input, bare, "time"));
            claims.extend(ratio(results, &what, &of, &by, Some(1.03)));
        }
        let what = format!("allocations of a call, to {bare}'s");
        let metric = "allocations";
        let (of, by) = (key("call", metric, own, metric), key("call", metric, bare, metric));
        claims.extend(ratio(results, &what, &of, &by, None));
    }
    let [short, long] = run_time::LISTS.map(|count| key("list", &format!("{count} items"), EMITTED, "peak memory"));
    claims.extend(ratio(results, "memory, to that of a hundredth of the items", &long, &short, Some(1.1)));
    let [own, bare] = [EMITTED, "reqwest"].map(|tool| key("crowd", "10000 at once", tool, "time"));
    claims.extend(ratio(results, "time of all calls, to reqwest's", &own, &bare, None));
}

fn compare(one: Option<f64>, other: Option<f64>) -> std::cmp::Ordering {
    one.unwrap_or(f64::MAX).total_cmp(&other.unwrap_or(f64::MAX))
}

/// Inputs of a group, in the order of measuring.
fn inputs(results: &Results, group: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let of_group = results.rows.iter().filter(|row| row.key.group == group).map(|row| row.key.input.clone());
    of_group.filter(|input| seen.insert(input.clone())).collect()
}

/// One median divided by another, where both were measured.
pub(super) fn ratio(results: &Results, what: &str, of: &Key, by: &Key, at_most: Option<f64>) -> Option<Claim> {
    let value = results.median(of)? / results.median(by)?;
    let (what, input) = (what.to_owned(), of.input.clone());
    value.is_finite().then(|| Claim { what, input, value, unit: None, at_most, of: of.clone(), by: Some(by.clone()) })
}

/// A median by itself, where it was measured.
pub(super) fn plain(results: &Results, what: &str, of: &Key, at_most: Option<f64>) -> Option<Claim> {
    let row = results.row(of)?;
    let (value, unit) = (row.median?, Some(row.unit));
    Some(Claim { what: what.to_owned(), input: of.input.clone(), value, unit, at_most, of: of.clone(), by: None })
}

#[cfg(test)]
mod tests {
    use super::super::row::Row;
    use super::*;

    #[test]
    fn a_client_is_held_against_the_fastest_peer_that_made_one() {
        let row = |name: &str, tool: &str, median: Option<f64>| Row {
            key: Key::new(generation::GROUP, name, "a", tool, "time"),
            unit: Unit::Seconds,
            runs: median.into_iter().collect(),
            median,
            failure: None,
            commit: String::new(),
            load: 0.0,
        };
        let mut results = Results::default();
        let medians = [(OWN, Some(1.0)), ("slow", Some(9.0)), ("fast", Some(2.0)), ("failing", None), (JVM, Some(1.5))];
        results.rows = medians.map(|(tool, median)| row(GENERATE, tool, median)).into();
        let claims = all(&results);
        let said = |text: &str| claims.iter().find(|claim| claim.what.contains(text)).expect("it is said");
        let rust = said("fastest in Rust (fast)");
        assert_eq!((rust.value, rust.holds()), (0.5, Some(false)));
        assert_eq!(said("openapi-generator").value, 1.0 / 1.5);
        assert_eq!(claims.len(), 2);
    }
}
