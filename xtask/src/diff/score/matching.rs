//! Holds findings against what is to be found.

use std::collections::HashMap;

use omise_generator::diff::{Change, Diff, Reach, Wire};

use super::cases::{Case, Expected, Level};
use super::ids::Ids;

/// What became of a case.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) expected: usize,
    pub(super) missed: Vec<String>,
    pub(super) true_findings: usize,
    pub(super) false_findings: Vec<String>,
    pub(super) verdicts: Verdicts,
}

/// How verdicts on what was found compare.
#[derive(Debug, Default)]
pub(super) struct Verdicts {
    pub(super) agreed: usize,
    /// Their id, and our verdict.
    pub(super) disagreed: Vec<(String, String)>,
    /// Warnings say neither that it breaks nor that it does not.
    pub(super) aside: usize,
}

impl Verdicts {
    pub(super) fn add(&mut self, other: &Self) {
        self.agreed += other.agreed;
        self.disagreed.extend(other.disagreed.iter().cloned());
        self.aside += other.aside;
    }
}

/// One of our changes in one direction, under the names the case may score.
struct Finding<'d> {
    change: &'d Change,
    reach: &'d Reach,
    names: Vec<&'d str>,
    /// Findings of theirs that it stands for: we say once what reaches several operations.
    used: usize,
}

impl Finding<'_> {
    /// Whether it stands for what others say several times: of each operation, and of each use of a component.
    fn is_shared(&self) -> bool {
        let place = self.change.place();
        place.pointer.starts_with("/components/") || self.used < self.reach.operations.len()
    }
}

/// Scores a case.
pub(super) fn outcome(case: &Case, diff: &Diff, ids: &Ids, levels: &HashMap<String, Level>) -> Outcome {
    let mut findings = findings(case, diff, ids, levels);
    let mut outcome = Outcome::default();
    for expected in case.expected.iter().filter(|expected| case.may_score(&expected.id)) {
        outcome.expected += 1;
        match take(&mut findings, expected) {
            Some(finding) => judge(&mut outcome.verdicts, expected, finding),
            None => outcome.missed.push(expected.id.clone()),
        }
    }
    for group in &case.expected_any_of {
        outcome.expected += 1;
        let is_found = |finding: &Finding<'_>| group.iter().any(|id| finding.names.contains(&id.as_str()));
        if !findings.iter().any(is_found) {
            outcome.missed.push(group.join(" or "));
        }
    }
    for finding in &findings {
        let is_absent = finding.names.iter().all(|name| case.absent.iter().any(|absent| absent == name));
        if is_absent || (case.is_exact() && finding.used == 0) {
            let Change { subject, message, .. } = finding.change;
            let (id, names) = (finding.change.id(), finding.names.join(", "));
            outcome.false_findings.push(format!("{id} [{names}]: {subject}: {message}"));
        } else if case.is_exact() {
            outcome.true_findings += 1;
        }
    }
    outcome
}

/// Our findings that the other tool has a word for which the case may score and its threshold lets through.
fn findings<'d>(case: &Case, diff: &'d Diff, ids: &'d Ids, levels: &HashMap<String, Level>) -> Vec<Finding<'d>> {
    let mut findings = Vec::new();
    for change in &diff.changes {
        for reach in &change.reach {
            let level = |id: &str| {
                levels.get(id).copied().unwrap_or(if reach.wire == Wire::Breaking { Level::Err } else { Level::Info })
            };
            let names: Vec<&str> = ids
                .theirs(change.id(), reach.direction)
                .iter()
                .map(String::as_str)
                .filter(|id| case.may_score(id) && level(id) >= case.threshold)
                .collect();
            if !names.is_empty() {
                findings.push(Finding { change, reach, names, used: 0 });
            }
        }
    }
    findings
}

/// The finding that is what was to be found: one that stands for nothing yet, else one that reaches several operations.
fn take<'f, 'd>(findings: &'f mut [Finding<'d>], expected: &Expected) -> Option<&'f Finding<'d>> {
    let index = {
        let is_it = |finding: &Finding<'_>| finding.names.contains(&expected.id.as_str());
        let is_there = |finding: &Finding<'_>| match (&expected.operation, &expected.path) {
            (Some(method), Some(path)) => {
                let operation = format!("{} {path}", method.to_uppercase());
                finding.reach.operations.contains(&operation)
            }
            _ => true,
        };
        let exact = |finding: &Finding<'_>| is_it(finding) && is_there(finding) && finding.used == 0;
        let free = |finding: &Finding<'_>| is_it(finding) && finding.used == 0;
        let shared = |finding: &Finding<'_>| is_it(finding) && finding.is_shared();
        findings
            .iter()
            .position(exact)
            .or_else(|| findings.iter().position(free))
            .or_else(|| findings.iter().position(shared))?
    };
    let finding = findings.get_mut(index)?;
    finding.used += 1;
    Some(finding)
}

fn judge(verdicts: &mut Verdicts, expected: &Expected, finding: &Finding<'_>) {
    let is_breaking = finding.reach.wire == Wire::Breaking;
    match expected.level {
        Level::Warn => verdicts.aside += 1,
        level if (level == Level::Err) == is_breaking => verdicts.agreed += 1,
        _ => {
            let ours = if is_breaking { "breaking" } else { "not breaking" };
            verdicts.disagreed.push((expected.id.clone(), ours.to_owned()));
        }
    }
}
