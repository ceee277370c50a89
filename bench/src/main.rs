//! What the emitted crate costs at run time, beside code written by hand. `cargo xtask bench` runs it, and reads what it
//! prints: a line of JSON for each row. `docs/benchmarks.md` says what is measured.

// An answer is a large literal.
#![recursion_limit = "256"]
// A benchmark may fail loudly, as a test may.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

mod allocations;
mod bodies;
mod by_hand;
mod calls;
mod codec;
mod crowd;
mod lists;
mod row;
mod server;

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

/// Counts what is taken of the heap.
#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["codec"] => codec::run(None),
        ["codec", recorded] => codec::run(Some(recorded)),
        ["calls"] => calls::run(),
        ["allocations"] => allocations::run(),
        ["list", count, tool] => lists::run(count.parse().expect("a number"), tool),
        ["crowd", count, tool] => crowd::run(count.parse().expect("a number"), tool),
        ["serve", crowd] => server::run(crowd.parse().expect("a number")),
        _ => panic!("usage: omise-bench codec [FILE] | calls | allocations | list N TOOL | crowd N TOOL | serve N"),
    }
}
