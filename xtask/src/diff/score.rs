//! `cargo xtask diff-score`: how well we find what another tool's tests say is to be found.
//!
//! Whether a change is found is scored apart from whether its verdict agrees.

mod cases;
mod ids;
mod matching;

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use omise_generator::diff::{Notice, Options, compare};
use omise_generator::load::{Input, Source};

use crate::failure::Failure;
use crate::report;

use super::{side, today};
use cases::{Case, Cases};
use ids::Ids;
use matching::{Outcome, Verdicts};

/// Score the comparison against cases with known findings.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// `cases.json`, or the folder it is in; `rules.json` beside it tells levels.
    cases: PathBuf,
    /// Print every case that disagrees, not only its name.
    #[arg(long)]
    details: bool,
}

/// Sums over all cases.
#[derive(Debug, Default)]
struct Sums {
    expected: usize,
    found: usize,
    /// Findings of cases that list all there is.
    true_findings: usize,
    false_findings: usize,
    false_on_negative: usize,
    verdicts: Verdicts,
    unread: usize,
}

/// Compares every pair and prints the score.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let cases = Cases::read(&arguments.cases)?;
    let ids = Ids::read()?;
    let mut sums = Sums::default();
    let mut disagreeing = String::new();
    for case in &cases.cases {
        let Some(outcome) = outcome(&cases, case, &ids) else {
            sums.unread += 1;
            let _ = writeln!(disagreeing, "{}: a document cannot be read", case.test_name);
            continue;
        };
        sums.add(case, &outcome);
        disagreeing.push_str(&told(case, &outcome, &ids, arguments.details));
    }
    report::say(disagreeing.trim_end());
    report::data(sums.table(cases.cases.len()));
    Ok(())
}

fn outcome(cases: &Cases, case: &Case, ids: &Ids) -> Option<Outcome> {
    let document = |path: &str| {
        let schema = Source::Path(cases.folder.join(path));
        let read = side::read(&Input { schema, keeps_written: true, ..Input::default() });
        read.map(|(document, _)| document).map_err(|unusable| unusable.tell(report::MOST)).ok()
    };
    let (old, new) = (document(&case.base_path)?, document(&case.revision_path)?);
    let notice = case.notice().map_or_else(Notice::default, |(beta, stable)| Notice { beta, stable });
    let diff = compare(&old, &new, Options { today: today(), notice });
    Some(matching::outcome(case, &diff, ids, &cases.levels))
}

impl Sums {
    fn add(&mut self, case: &Case, outcome: &Outcome) {
        self.expected += outcome.expected;
        self.found += outcome.expected - outcome.missed.len();
        self.true_findings += outcome.true_findings;
        self.false_findings += outcome.false_findings.len();
        if case.is_negative() {
            self.false_on_negative += outcome.false_findings.len();
        }
        self.verdicts.add(&outcome.verdicts);
    }

    fn table(&self, cases: usize) -> String {
        let share = |part: usize, all: usize| if all == 0 { 1.0 } else { part as f64 / all as f64 };
        let Verdicts { agreed, disagreed, aside } = &self.verdicts;
        let judged = agreed + disagreed.len();
        let mut text = format!(
            "cases: {cases}\nrecall: {:.4} ({} of {})\n",
            share(self.found, self.expected),
            self.found,
            self.expected
        );
        let findings = self.true_findings + self.false_findings;
        let _ = writeln!(
            text,
            "precision: {:.4} ({} of {findings})",
            share(self.true_findings, findings),
            self.true_findings
        );
        let _ = writeln!(
            text,
            "verdict_agreement: {:.4} ({agreed} of {judged}; {aside} warnings, which are no verdict, set aside)",
            share(*agreed, judged)
        );
        let _ = write!(text, "false_findings_on_negative_cases: {}", self.false_on_negative);
        if self.unread > 0 {
            let _ = write!(text, "\nunread: {}", self.unread);
        }
        text
    }
}

/// What a case disagrees in; nothing when it agrees.
fn told(case: &Case, outcome: &Outcome, ids: &Ids, details: bool) -> String {
    let mut text = String::new();
    for missed in &outcome.missed {
        let _ = writeln!(text, "{}: not found: {missed}", case.test_name);
    }
    for finding in &outcome.false_findings {
        let _ = writeln!(text, "{}: not expected: {finding}", case.test_name);
    }
    for (theirs, ours) in &outcome.verdicts.disagreed {
        match ids.reason(theirs) {
            Some(_) if !details => {}
            reason => {
                let because = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
                let _ = writeln!(text, "{}: verdict: {theirs}, ours {ours}{because}", case.test_name);
            }
        }
    }
    text
}
