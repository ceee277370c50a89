//! How time and memory grow with a document.

use std::rc::Rc;
use std::time::Duration;

use super::generation::{GENERATE, OWN};
use super::part::name;
use super::row::{Key, Unit};
use super::session::Session;
use super::synthetic::{SHAPES, Shape};
use crate::failure::Failure;

pub(super) const GROUP: &str = "growth";
/// Operations, and types, of each document.
pub(super) const SIZES: [usize; 5] = [1_000, 3_000, 10_000, 30_000, 100_000];
/// The largest ones take minutes.
const LONGEST: Duration = Duration::from_secs(900);
/// What is fitted.
pub(super) const METRICS: [&str; 2] = ["time", "peak memory"];

pub(super) fn run(session: &mut Session) -> Result<(), Failure> {
    let places = Rc::clone(&session.places);
    let (schema, out) = (places.folder.join("growth.json"), places.scratch.path().join("out"));
    let (schema, into) = (schema.to_string_lossy(), out.to_string_lossy());
    for shape in SHAPES {
        for size in SIZES {
            let key = key(shape, size, "");
            if !session.wants_any(&METRICS.map(|metric| Key { metric: metric.to_owned(), ..key.clone() })) {
                continue;
            }
            places.prepared(&["synthetic", &name(shape), &size.to_string(), &schema])?;
            session.cold(&key, LONGEST, || {
                places.emptied(&out)?;
                Ok(places.own(&["generate", "rust", "--schema", &schema, "--out", &into]))
            })?;
        }
        for metric in METRICS {
            fit(session, shape, metric)?;
        }
    }
    let _ = std::fs::remove_dir_all(&out);
    Ok(())
}

/// The row of a document.
pub(super) fn key(shape: Shape, size: usize, metric: &str) -> Key {
    Key::new(GROUP, GENERATE, &format!("{} {size}", name(shape)), OWN, metric)
}

/// The row of the power with which something grows.
pub(super) fn exponent(shape: Shape, metric: &str) -> Key {
    Key::new(GROUP, "exponent", &name(shape), OWN, metric)
}

fn fit(session: &mut Session, shape: Shape, metric: &str) -> Result<(), Failure> {
    let point = |size: &usize| Some((*size as f64, session.results.median(&key(shape, *size, metric))?));
    let points: Vec<(f64, f64)> = SIZES.iter().filter_map(point).collect();
    // What was left out might be what grows.
    let is_whole = points.len() == SIZES.len();
    match slope(&points).filter(|_| is_whole) {
        Some(slope) => session.record(exponent(shape, metric), Unit::Exponent, vec![slope]),
        None => Ok(()),
    }
}

/// The slope of the line that fits points best, both axes logarithmic: by least squares.
fn slope(points: &[(f64, f64)]) -> Option<f64> {
    if points.len() < 3 {
        return None;
    }
    let logarithms = || points.iter().map(|(x, y)| (x.ln(), y.ln()));
    let count = points.len() as f64;
    let (mean_x, mean_y) =
        (logarithms().map(|(x, _)| x).sum::<f64>() / count, logarithms().map(|(_, y)| y).sum::<f64>() / count);
    let above: f64 = logarithms().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let below: f64 = logarithms().map(|(x, _)| (x - mean_x).powi(2)).sum();
    Some(above / below).filter(|slope| slope.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_found() {
        let points = |power: f64| [10.0, 100.0, 1000.0, 10_000.0].map(|x: f64| (x, 3.0 * x.powf(power)));
        for power in [0.5, 1.0, 2.0] {
            assert!((slope(&points(power)).expect("a slope") - power).abs() < 1e-9);
        }
        assert_eq!(slope(&[(1.0, 1.0), (2.0, 2.0)]), None);
        assert_eq!(slope(&[(1.0, 1.0); 4]), None);
    }
}
