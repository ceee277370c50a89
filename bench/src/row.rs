//! What is printed.

use serde_json::json;

/// Prints a row: several runs of one measurement.
pub(crate) fn print(name: &str, input: &str, tool: &str, metric: &str, unit: &str, runs: &[f64]) {
    println!("{}", json!({"name": name, "input": input, "tool": tool, "metric": metric, "unit": unit, "runs": runs}));
}
