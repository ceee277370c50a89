//! Reads calls, one a line, makes them with the emitted crate, and writes what came of them, one a line.

mod calls;
// Either API needs a part of it.
#[allow(dead_code)]
mod protocol;

use std::io::{BufRead as _, Write as _};

#[tokio::main]
async fn main() {
    let mut out = std::io::stdout();
    for line in std::io::stdin().lock().lines() {
        let call = protocol::Line::read(&line.expect("a line"));
        let answer = call.answer(calls::make(&call).await);
        writeln!(out, "{answer}").expect("it is written");
    }
}
