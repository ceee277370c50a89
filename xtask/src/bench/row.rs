//! What was measured: a row a measurement.

use serde::{Deserialize, Serialize};

/// One thing, measured several times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Row {
    #[serde(flatten)]
    pub(super) key: Key,
    pub(super) unit: Unit,
    /// Every run, in the order of measuring.
    pub(super) runs: Vec<f64>,
    /// The median of the runs; null where it failed.
    pub(super) median: Option<f64>,
    /// How it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) failure: Option<String>,
    /// The commit that was measured.
    pub(super) commit: String,
    /// How many processes wanted to run, on average over the minute before. A measurement keeps one or two busy itself.
    pub(super) load: f64,
}

/// Which measurement it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) struct Key {
    /// What belongs together, as in the table: `generation`.
    pub(super) group: String,
    /// What is done: `generate`.
    pub(super) name: String,
    /// What it is done with: a document, or the body of an answer.
    pub(super) input: String,
    /// Who does it.
    pub(super) tool: String,
    /// What is measured of it: `time`.
    pub(super) metric: String,
}

/// What numbers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Unit {
    Seconds,
    Bytes,
    BytesPerSecond,
    Count,
    /// A power.
    Exponent,
}

impl Key {
    pub(super) fn new(group: &str, name: &str, input: &str, tool: &str, metric: &str) -> Self {
        let [group, name, input, tool, metric] = [group, name, input, tool, metric].map(str::to_owned);
        Self { group, name, input, tool, metric }
    }

    /// By which `--only` knows it.
    pub(super) fn path(&self) -> String {
        [&self.group, &self.name, &self.input, &self.tool, &self.metric].map(String::as_str).join("/")
    }
}

impl Unit {
    /// A number, short enough to be read.
    pub(super) fn shown(self, value: f64) -> String {
        match self {
            Self::Seconds if value < 1e-3 => format!("{:.2} µs", value * 1e6),
            Self::Seconds if value < 1.0 => format!("{:.1} ms", value * 1e3),
            Self::Seconds => format!("{value:.2} s"),
            Self::Bytes => bytes(value),
            Self::BytesPerSecond => format!("{}/s", bytes(value)),
            Self::Count if value.fract() != 0.0 => format!("{value:.2}"),
            Self::Count => format!("{value}"),
            Self::Exponent => format!("{value:.2}"),
        }
    }
}

fn bytes(value: f64) -> String {
    if value < 1024.0 * 1024.0 {
        format!("{:.1} KiB", value / 1024.0)
    } else {
        format!("{:.1} MiB", value / 1024.0 / 1024.0)
    }
}

/// The middle one, or the mean of the two in the middle.
pub(super) fn median(runs: &[f64]) -> Option<f64> {
    let mut sorted = runs.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = sorted.get(sorted.len() / 2)?;
    let lower = sorted.get(sorted.len().saturating_sub(1) / 2)?;
    Some(f64::midpoint(*lower, *upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(Unit::Seconds.shown(0.000_012_34), "12.34 µs");
        assert_eq!(Unit::Seconds.shown(0.0123), "12.3 ms");
        assert_eq!(Unit::Bytes.shown(3.0 * 1024.0 * 1024.0), "3.0 MiB");
        assert_eq!(Unit::Count.shown(1200.0), "1200");
    }
}
