//! A plan as a unified diff, from what is on disk to what was emitted.

use std::fmt::Write as _;

use similar::TextDiff;

use super::manifest::MANIFEST;
use super::plan::{Change, Plan};

impl Plan {
    /// The differences as a unified diff, fit for `patch`; paths stand below `prefix`.
    pub fn diff(&self, prefix: &str) -> String {
        // The manifest repeats in hashes what the other files say in words: it is shown when nothing else differs.
        let alone = self.differing() == 1;
        let mut diff = String::new();
        for change in self.changes.iter().filter(|change| alone || change.path != MANIFEST) {
            change.diff(prefix, &mut diff);
        }
        diff
    }
}

impl Change {
    fn diff(&self, prefix: &str, out: &mut String) {
        let name = |side: &str, contents: &Option<Vec<u8>>| match contents {
            Some(_) => format!("{side}/{prefix}{}", self.path),
            None => "/dev/null".to_owned(),
        };
        let (from, to) = (name("a", &self.old), name("b", &self.new));
        let (Some(old), Some(new)) = (text(&self.old), text(&self.new)) else {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "Binary files {from} and {to} differ");
            return;
        };
        let before = out.len();
        let _ = write!(out, "{}", TextDiff::from_lines(old, new).unified_diff().header(&from, &to));
        if out.len() == before {
            // An empty file that is missing, or should be, has no lines to show.
            let _ = writeln!(out, "--- {from}\n+++ {to}");
        }
    }
}

fn text(contents: &Option<Vec<u8>>) -> Option<&str> {
    std::str::from_utf8(contents.as_deref().unwrap_or_default()).ok()
}
