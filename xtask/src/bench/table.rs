//! `docs/performance-results.md`: what was measured, for people.

use std::fmt::Write as _;

use super::results::{Results, write};
use super::row::{Key, Row};
use super::{compare, compile, generation, growth, plot, run_time};
use crate::failure::Failure;
use crate::setup::repository;

/// A table: which rows, and what stands at its sides.
struct Layout {
    title: &'static str,
    group: &'static str,
    /// The heading of what stands at the left.
    left: &'static str,
    side: fn(&Key) -> String,
    column: fn(&Key) -> String,
}

const LAYOUTS: [Layout; 5] = [
    Layout {
        title: "Generation",
        group: generation::GROUP,
        left: "Document",
        side: |key| key.input.clone(),
        column: |key| if key.name == generation::GENERATE { key.tool.clone() } else { format!("*{}*", key.name) },
    },
    Layout {
        title: "Comparison",
        group: compare::GROUP,
        left: "Documents",
        side: |key| key.input.clone(),
        column: |key| key.tool.clone(),
    },
    Layout {
        title: "Compilation",
        group: compile::GROUP,
        left: "Crate",
        side: |key| format!("{}, {}", key.input, key.tool),
        column: |key| key.name.clone(),
    },
    Layout {
        title: "Run time",
        group: run_time::GROUP,
        left: "",
        side: |key| format!("{}: {}", key.name, key.input),
        column: |key| key.tool.clone(),
    },
    Layout {
        title: "Growth",
        group: growth::GROUP,
        left: "Operations and types",
        side: |key| match key.input.split_once(' ') {
            Some((_, size)) => size.to_owned(),
            None => "**power**".to_owned(),
        },
        column: |key| key.input.split(' ').next().unwrap_or_default().to_owned(),
    },
];

/// Writes the page and the plot.
pub(super) fn write_all(results: &Results) -> Result<(), Failure> {
    let folder = repository().join("docs");
    write(&folder.join("images/growth.svg"), &plot::growth(results)?)?;
    write(&folder.join("performance-results.md"), &page(results))
}

fn page(results: &Results) -> String {
    let machine = &results.machine;
    let mut page = String::from(
        "# What was measured\n\n\
         Written by `cargo xtask bench`; [benchmarks.md](benchmarks.md) says how to repeat it and what is measured, \
         [performance.md](performance.md) what was found by profiling. Every run is in `bench/results.json`.\n\n",
    );
    let loads = || results.rows.iter().map(|row| row.load);
    let (least, most) = (loads().fold(f64::MAX, f64::min), loads().fold(0.0, f64::max));
    let _ = writeln!(
        page,
        "Commit {}; {} ({} processors), {} GiB, {}, {}. Between {least:.1} and {most:.1} processes wanted to run while \
         this was measured{}.\n",
        results.commit,
        machine.processor,
        machine.processors,
        machine.memory_gib,
        machine.system,
        machine.rustc,
        if most > machine.processors as f64 + 1.0 {
            ": the machine was busy with other things, and times are rough"
        } else {
            ""
        },
    );
    if !results.peers.is_empty() {
        let peers: Vec<String> = results.peers.iter().map(|(name, version)| format!("{name} {version}")).collect();
        let _ = writeln!(page, "Others: {}.\n", peers.join(", "));
    }
    aims(&mut page, results);
    for layout in &LAYOUTS {
        group(&mut page, results, layout);
    }
    page
}

fn aims(page: &mut String, results: &Results) {
    let is_busy = |row: &Row| row.load > results.machine.processors as f64 + 1.0;
    page.push_str("## Aims\n\n| What | Of | Is | At most | |\n|---|---|--:|--:|---|\n");
    for claim in &results.claims {
        let number = |value: f64| claim.unit.map_or_else(|| format!("{value:.3} ×"), |unit| unit.shown(value));
        let most = claim.at_most.map(number).unwrap_or_default();
        let is_rough = claim.of.metric.contains("time") && results.row(&claim.of).is_some_and(is_busy);
        let verdict = match claim.holds() {
            Some(_) if is_rough => "not known: measured on a busy machine",
            Some(true) => "holds",
            Some(false) => "**missed**",
            None => "",
        };
        let _ = writeln!(page, "| {} | {} | {} | {most} | {verdict} |", claim.what, claim.input, number(claim.value));
    }
    page.push('\n');
}

fn group(page: &mut String, results: &Results, layout: &Layout) {
    let rows: Vec<&Row> = results.rows.iter().filter(|row| row.key.group == layout.group).collect();
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(page, "## {}\n", layout.title);
    if layout.group == growth::GROUP {
        page.push_str("![Time against operations, both axes logarithmic](images/growth.svg)\n\n");
    }
    let mut failures = Vec::new();
    for metric in distinct(rows.iter().map(|row| row.key.metric.clone())) {
        let rows: Vec<&Row> = rows.iter().filter(|row| row.key.metric == metric).copied().collect();
        let columns = distinct(rows.iter().map(|row| (layout.column)(&row.key)));
        let _ = writeln!(
            page,
            "{}{}:\n",
            metric.get(..1).unwrap_or_default().to_uppercase(),
            metric.get(1..).unwrap_or_default()
        );
        let _ = writeln!(page, "| {} | {} |", layout.left, columns.join(" | "));
        let _ = writeln!(page, "|---|{}", "--:|".repeat(columns.len()));
        for side in distinct(rows.iter().map(|row| (layout.side)(&row.key))) {
            let cell = |column: &String| {
                let is_here = |row: &&&Row| (layout.side)(&row.key) == side && &(layout.column)(&row.key) == column;
                rows.iter().find(is_here).map(|row| cell(row, &mut failures)).unwrap_or_default()
            };
            let cells: Vec<String> = columns.iter().map(cell).collect();
            let _ = writeln!(page, "| {side} | {} |", cells.join(" | "));
        }
        page.push('\n');
    }
    for (number, failure) in failures.iter().enumerate() {
        let _ = writeln!(page, "{}. `{}`", number + 1, failure.replace('`', "'"));
    }
    if !failures.is_empty() {
        page.push('\n');
    }
}

/// A number, or which of the failures below the table it is.
fn cell(row: &Row, failures: &mut Vec<String>) -> String {
    match (&row.failure, row.median) {
        (Some(failure), _) => {
            let text = format!("{}: {failure}", row.key.tool);
            let at = failures.iter().position(|known| known == &text).unwrap_or_else(|| {
                failures.push(text);
                failures.len() - 1
            });
            format!("fails ({})", at + 1)
        }
        (None, Some(median)) => row.unit.shown(median),
        (None, None) => String::new(),
    }
}

/// Each text once, in the order of first sight.
fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = Vec::new();
    for text in texts {
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    seen
}
