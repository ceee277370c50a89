//! How one document fared.

use serde::{Deserialize, Serialize};

use super::trip::Trip;
use crate::report::counted;

/// One document's result. `docs/corpus.md` says what each key means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Row {
    /// Path as the index or the folder has it.
    pub(super) file: String,
    /// Whether a crate came out, with every operation of the document in it.
    pub(super) generated: bool,
    /// Whether that crate compiles.
    pub(super) compiles: bool,
    /// Operations of the crate.
    pub(super) operations: usize,
    /// Types of the crate.
    pub(super) types: usize,
    /// Places whose schema says what stands there.
    pub(super) typed_places: usize,
    /// Those of them that are untyped JSON in the crate.
    pub(super) untyped: usize,
    /// Warnings of the generator.
    pub(super) warnings: usize,
    /// Time from start to the last file written, in milliseconds.
    pub(super) ms: u64,
    /// The most memory held on the way; null where the system does not say.
    pub(super) peak_bytes: Option<u64>,
    /// What went wrong.
    pub(super) error: Option<String>,
    /// How values of its schemas fared, when that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) round_trip: Option<Trip>,
    /// Whether nothing came out and the document itself is to blame: it was refused with a message, and no index calls it
    /// valid.
    #[serde(skip)]
    pub(super) refused: bool,
}

impl Row {
    /// Whether it fared as no document may.
    pub(super) fn failed(&self) -> bool {
        !(self.refused || self.generated && self.compiles && self.error.is_none())
    }
}

/// A list, with a line for each document.
pub(super) fn json(rows: &[Row]) -> String {
    let lines: Vec<_> = rows.iter().filter_map(|row| serde_json::to_string(row).ok()).collect();
    format!("[\n{}\n]", lines.join(",\n"))
}

/// A table in Markdown.
pub(super) fn table(rows: &[Row]) -> String {
    let mut lines = vec![
        "| Document | Operations | Types | Places | Untyped | Warnings | ms | MB | |".to_owned(),
        "|---|--:|--:|--:|--:|--:|--:|--:|---|".to_owned(),
    ];
    lines.extend(rows.iter().map(|row| {
        let verdict = verdict(row);
        let megabytes = row.peak_bytes.map(|bytes| (bytes >> 20).to_string()).unwrap_or_default();
        let Row { file, operations, types, typed_places, untyped, warnings, ms, .. } = row;
        format!(
            "| {} | {operations} | {types} | {typed_places} | {untyped} | {warnings} | {ms} | {megabytes} | {verdict} |",
            file.replace('|', "\\|")
        )
    }));
    lines.join("\n")
}

fn verdict(row: &Row) -> String {
    let verdict = match (row.generated, row.compiles) {
        (true, true) => match &row.round_trip {
            Some(Trip { values, failed: 0, .. }) if row.error.is_none() => {
                return format!("compiles, {} come back", counted(*values, "value"));
            }
            Some(Trip { values, failed, .. }) if *failed > 0 => {
                return format!("compiles, {failed} of {} are lost", counted(*values, "value"));
            }
            Some(_) => "compiles, its values could not be tried",
            None => "compiles",
        },
        (true, false) => "does not compile",
        _ if row.refused => "refused",
        _ => "not generated",
    };
    verdict.to_owned()
}

/// The whole in a line.
pub(super) fn summary(rows: &[Row]) -> String {
    let count = |is: fn(&Row) -> bool| rows.iter().filter(|row| is(row)).count();
    let sum = |of: fn(&Row) -> usize| rows.iter().map(of).sum::<usize>();
    let (places, untyped) = (sum(|row| row.typed_places), sum(|row| row.untyped));
    format!(
        "{}: {} generated, {} refused, {} compile; {untyped} of {places} typed places untyped ({}.{:02} %)",
        counted(rows.len(), "document"),
        count(|row| row.generated),
        count(|row| row.refused),
        count(|row| row.compiles),
        untyped * 100 / places.max(1),
        untyped * 10_000 / places.max(1) % 100,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_failed() {
        let row = |generated, compiles, refused| Row { generated, compiles, refused, ..Row::default() };
        assert!(!row(true, true, false).failed());
        assert!(Row { error: Some("a value is lost".to_owned()), ..row(true, true, false) }.failed());
        assert!(!row(false, false, true).failed());
        assert!(row(false, false, false).failed());
        assert!(row(true, false, false).failed());
    }

    #[test]
    fn json_is_a_list_with_the_promised_keys() {
        let rows = [Row { file: "a.yaml".to_owned(), ..Row::default() }, Row::default()];
        let read: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&json(&rows)).unwrap();
        let keys: Vec<&str> = read[0].keys().map(String::as_str).collect();
        let promised = "file generated compiles operations types typed_places untyped warnings ms peak_bytes error";
        assert_eq!(keys.join(" "), promised);
    }

    #[test]
    fn the_table_says_how_many_values_came_back() {
        let trip = |failed| Some(Trip { types: 1, values: 3, failed });
        let row = |round_trip| Row { generated: true, compiles: true, round_trip, ..Row::default() };
        let said = [None, trip(0), trip(2)].map(|trip| verdict(&row(trip)));
        assert_eq!(said, ["compiles", "compiles, 3 values come back", "compiles, 2 of 3 values are lost"]);
        let broken = Row { error: Some("it does not build".to_owned()), ..row(trip(0)) };
        assert_eq!(verdict(&broken), "compiles, its values could not be tried");
    }

    #[test]
    fn percentages_round_down() {
        let row = Row { typed_places: 3_000, untyped: 31, ..Row::default() };
        assert!(summary(&[row]).ends_with("31 of 3000 typed places untyped (1.03 %)"));
        assert!(summary(&[]).ends_with("(0.00 %)"));
    }
}
