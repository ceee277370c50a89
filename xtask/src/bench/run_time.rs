//! What the emitted crate costs its users: `bench/` measures it, in processes of its own.

use std::path::Path;
use std::process::Command;
use std::rc::Rc;

use serde::Deserialize;

use super::process;
use super::results::unusable;
use super::row::{Key, Unit};
use super::session::{LONGEST, Session, built, target_folder};
use crate::failure::Failure;

pub(super) const GROUP: &str = "run time";
/// The emitted crate's name in rows.
pub(super) const EMITTED: &str = "omise";
pub(super) const BY_HAND: &str = "by hand";
/// Calls of the crowd.
const CROWD: &str = "10000";
/// Items of a short list and of a long one.
pub(super) const LISTS: [&str; 2] = ["1000", "100000"];

/// A step of the program: which rows it prints.
struct Step {
    name: &'static str,
    names: &'static [&'static str],
    inputs: &'static [&'static str],
    tools: &'static [&'static str],
    metrics: &'static [&'static str],
}

const STEPS: [Step; 3] = [
    Step {
        name: "codec",
        names: &["decode", "encode"],
        inputs: &["balance", "charge", "20 charges", "recorded charge"],
        tools: &[EMITTED, BY_HAND, "serde_json::Value"],
        metrics: &["time", "throughput"],
    },
    Step { name: "calls", names: &["call"], inputs: &["1 at once", "64 at once"], tools: &CALLERS, metrics: &["time"] },
    Step {
        name: "allocations",
        names: &["call"],
        inputs: &["allocations"],
        tools: &CALLERS,
        metrics: &["allocations", "bytes allocated"],
    },
];

/// The emitted crate and the bare client below it, twice.
const CALLERS: [&str; 4] = [EMITTED, "reqwest", "omise, blocking", "ureq"];

/// A row as the program prints it.
#[derive(Deserialize)]
struct Printed {
    name: String,
    input: String,
    tool: String,
    metric: String,
    unit: Unit,
    runs: Vec<f64>,
}

impl Step {
    fn keys(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        for name in self.names {
            for input in self.inputs {
                for tool in self.tools {
                    keys.extend(self.metrics.iter().map(|metric| Key::new(GROUP, name, input, tool, metric)));
                }
            }
        }
        keys
    }
}

/// The row of a long list, or of a crowd.
pub(super) fn key(name: &str, input: &str, tool: &str, metric: &str) -> Key {
    Key::new(GROUP, name, input, tool, metric)
}

pub(super) fn run(session: &mut Session) -> Result<(), Failure> {
    let steps: Vec<&Step> = STEPS.iter().filter(|step| session.wants_any(&step.keys())).collect();
    let lists = LISTS.iter().map(|count| ("list", format!("{count} items"), *count));
    let whole: Vec<_> = lists.chain([("crowd", format!("{CROWD} at once"), CROWD)]).collect();
    let metrics = ["time", "processor time", "peak memory"];
    let is_wanted = |(name, input, _): &(&str, String, &str)| {
        let keys = [EMITTED, "reqwest"].map(|tool| metrics.map(|metric| key(name, input, tool, metric)));
        session.wants_any(keys.as_flattened())
    };
    let whole: Vec<_> = whole.into_iter().filter(is_wanted).collect();
    if steps.is_empty() && whole.is_empty() {
        return Ok(());
    }
    let program = built("omise-bench", &target_folder())?;
    for step in steps {
        printed(session, &program, step)?;
    }
    for (name, input, count) in whole {
        for tool in [EMITTED, "reqwest"] {
            session.cold(&key(name, &input, tool, ""), LONGEST, || {
                let mut command = Command::new(&program);
                command.args([name, count, tool]);
                Ok(command)
            })?;
        }
    }
    Ok(())
}

fn printed(session: &mut Session, program: &Path, step: &Step) -> Result<(), Failure> {
    let places = Rc::clone(&session.places);
    let mut command = Command::new(program);
    command.arg(step.name);
    let recorded = places.corpus.join(&session.plan.recorded);
    if step.name == "codec" && recorded.is_file() {
        command.arg(&recorded);
    }
    let ran = process::run(&mut command, LONGEST);
    if let Some(failure) = ran.failure {
        return Err(Failure::usage(
            format!("{} {}: {failure}", program.display(), step.name),
            "see docs/benchmarks.md",
        ));
    }
    for line in ran.stdout.lines() {
        let Printed { name, input, tool, metric, unit, runs } =
            serde_json::from_str(line).map_err(|error| unusable(program, &error))?;
        session.record(key(&name, &input, &tool, &metric), unit, runs)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_has_two_steps() {
        let keys: Vec<Key> = STEPS.iter().flat_map(Step::keys).collect();
        let distinct: std::collections::BTreeSet<&Key> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
    }
}
