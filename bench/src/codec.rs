//! How fast bodies are decoded and encoded: by the emitted types, by types written by hand, and as untyped JSON.

use std::hint::black_box;
use std::time::{Duration, Instant};

use omise::types;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{bodies, by_hand, row};

/// How often each is measured; in short turns, so that what disturbs one disturbs all.
const RUNS: usize = 61;
/// How long one run takes.
const RUN: Duration = Duration::from_millis(4);

pub(crate) fn run(recorded: Option<&str>) {
    body::<types::Balance, by_hand::Balance>("balance", &bodies::balance());
    body::<types::Charge, by_hand::Charge>("charge", &bodies::charge(1).to_string());
    body::<types::List<types::Charge>, by_hand::List<by_hand::Charge>>("20 charges", &bodies::page(0, 20, 1000));
    if let Some(path) = recorded {
        let text = std::fs::read_to_string(path).expect("the recorded answer reads");
        // As it is sent: without the spaces of the file.
        let text = serde_json::from_str::<Value>(&text).expect("it is JSON").to_string();
        body::<types::Charge, by_hand::Charge>("recorded charge", &text);
    }
}

fn body<Own, ByHand>(input: &str, text: &str)
where
    Own: DeserializeOwned + Serialize,
    ByHand: DeserializeOwned + Serialize,
{
    let own: Own = serde_json::from_str(text).expect("the emitted type fits");
    let by_hand: ByHand = serde_json::from_str(text).expect("the type written by hand fits");
    let untyped: Value = serde_json::from_str(text).expect("it is JSON");
    let bytes = text.as_bytes();
    measure(
        "decode",
        input,
        bytes.len(),
        [
            ("omise", &mut || drop(black_box(serde_json::from_slice::<Own>(black_box(bytes))))),
            ("by hand", &mut || drop(black_box(serde_json::from_slice::<ByHand>(black_box(bytes))))),
            ("serde_json::Value", &mut || drop(black_box(serde_json::from_slice::<Value>(black_box(bytes))))),
        ],
    );
    measure(
        "encode",
        input,
        bytes.len(),
        [
            ("omise", &mut || drop(black_box(serde_json::to_vec(black_box(&own))))),
            ("by hand", &mut || drop(black_box(serde_json::to_vec(black_box(&by_hand))))),
            ("serde_json::Value", &mut || drop(black_box(serde_json::to_vec(black_box(&untyped))))),
        ],
    );
}

type Step<'a> = (&'static str, &'a mut dyn FnMut());

fn measure<const N: usize>(name: &str, input: &str, bytes: usize, mut steps: [Step<'_>; N]) {
    // The first one decides how often all are done in a run.
    let mut times = 1_u32;
    while timed(times, steps[0].1) < RUN.as_secs_f64() {
        times *= 2;
    }
    let mut runs = vec![Vec::new(); N];
    for _ in 0..RUNS {
        for ((_, step), runs) in steps.iter_mut().zip(&mut runs) {
            runs.push(timed(times, step) / f64::from(times));
        }
    }
    for ((tool, _), runs) in steps.iter().zip(runs) {
        let throughput: Vec<f64> = runs.iter().map(|seconds| bytes as f64 / seconds).collect();
        row::print(name, input, tool, "time", "seconds", &runs);
        row::print(name, input, tool, "throughput", "bytes-per-second", &throughput);
    }
}

fn timed(times: u32, step: &mut dyn FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..times {
        step();
    }
    start.elapsed().as_secs_f64()
}
