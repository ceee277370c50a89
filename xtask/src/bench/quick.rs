//! A look at three ratios, which depend little on the machine: whether they are what is committed.

use std::path::PathBuf;

use super::claims::Claim;
use super::results::Results;
use super::session::{Session, Wanted, target_folder};
use super::{all, claims};
use crate::failure::Failure;
use crate::report;

/// What a ratio may be of the committed one, and its inverse.
const MOST: f64 = 2.0;

/// The ratios: what is said, and of which input.
const WATCHED: [(&str, &str); 3] = [
    ("processor time, to loading, parsing, printing, writing", "omise"),
    ("memory, to loading alone", "omise"),
    ("time to decode, to types written by hand", "charge"),
];

/// Measures the rows again, into a file of their own.
pub(super) fn run(committed: &Results, wanted: impl Fn(Vec<String>, PathBuf) -> Wanted) -> Result<(), Failure> {
    let known: Vec<&Claim> = WATCHED.iter().filter_map(|(what, input)| find(&committed.claims, what, input)).collect();
    if known.len() < WATCHED.len() {
        return Err(Failure::usage(
            "the committed results lack a ratio to compare with",
            "measure everything first: cargo xtask bench",
        ));
    }
    let only = known.iter().flat_map(|claim| [Some(&claim.of), claim.by.as_ref()]).flatten().map(|key| key.path());
    let file = target_folder().join("bench/quick.json");
    let _ = std::fs::remove_file(&file);
    let mut session = Session::start(wanted(only.collect(), file))?;
    all(&mut session)?;
    let now = claims::all(&session.results);
    let mut differing = 0;
    for claim in known {
        let Some(again) = find(&now, &claim.what, &claim.input) else {
            return Err(Failure::No(format!("{} ({}) could not be measured", claim.what, claim.input)));
        };
        let change = again.value / claim.value;
        let verdict = if (1.0 / MOST..=MOST).contains(&change) { "as before" } else { "DIFFERS" };
        differing += usize::from(verdict != "as before");
        report::say(format_args!(
            "{} ({}): {:.2}, committed {:.2}: {verdict}",
            claim.what, claim.input, again.value, claim.value
        ));
    }
    match differing {
        0 => Ok(()),
        _ => Err(Failure::No(format!("{} more than twofold", report::counted(differing, "ratio differing")))),
    }
}

fn find<'a>(claims: &'a [Claim], what: &str, input: &str) -> Option<&'a Claim> {
    claims.iter().find(|claim| claim.what == what && claim.input == input)
}
