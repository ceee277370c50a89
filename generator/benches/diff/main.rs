//! How long a comparison takes: `cargo bench -p omise-generator --bench diff`; `docs/diff.md` has the numbers.
//!
//! `pairs` are documents of real APIs before and after some months, `growth` are documents made here, each twice as large
//! as the one before: where time is linear, the operations in a second stay the same.

// A benchmark may fail loudly, as a test may.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

mod growth;
mod pairs;

use divan::black_box;
use mimalloc::MiMalloc;
use omise_generator::Model;
use omise_generator::config::Config;
use omise_generator::diagnostic::Diagnostics;
use omise_generator::diff::{Date, Diff, Notice, Options, compare_models};
use omise_generator::load::{Document, Input, Source, load};
use omise_generator::lower::lower;

/// As in the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    divan::main();
}

fn read(schema: &Source) -> Document {
    let input = Input { schema: schema.clone(), keeps_written: true, ..Input::default() };
    load(&input, &mut Diagnostics::default()).expect("the document is one")
}

fn model(document: Document) -> Model {
    let lowered = lower(&document, &Config::default(), &mut Diagnostics::default());
    Model { document, lowered }
}

fn options() -> Options {
    Options { today: Date::parse("2026-11-26").expect("a date"), notice: Notice::default() }
}

/// All that the command does: reads, lowers and compares, and writes the report.
fn whole(old: &Source, new: &Source) -> Diff {
    let (old, new) = (model(read(old)), model(read(new)));
    let diff = compare_models(&old, &new, &Config::default(), options());
    let report = omise_generator::diff::report::Report { diff: &diff, old: "old", new: "new", explain: false };
    black_box(omise_generator::diff::report::text(&report));
    diff
}
