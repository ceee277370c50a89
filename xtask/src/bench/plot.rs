//! Growth as a picture.

use plotters::prelude::*;

use super::growth::{SIZES, key};
use super::part::name;
use super::results::Results;
use super::synthetic::SHAPES;
use crate::failure::Failure;

const SIZE: (u32, u32) = (720, 440);
/// Colours that are told apart without colour vision too.
const COLOURS: [RGBColor; 4] =
    [RGBColor(0, 114, 178), RGBColor(213, 94, 0), RGBColor(0, 158, 115), RGBColor(204, 121, 167)];

/// Time against operations, as SVG.
pub(super) fn growth(results: &Results) -> Result<String, Failure> {
    let mut svg = String::new();
    draw(results, &mut svg)
        .map_err(|error| Failure::usage(format!("cannot draw: {error}"), "please report it with the results"))?;
    Ok(svg)
}

fn draw(results: &Results, svg: &mut String) -> Result<(), Box<dyn std::error::Error>> {
    let area = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    area.fill(&WHITE)?;
    let point = |shape, size: &usize| Some((*size as f64, results.median(&key(shape, *size, "time"))?));
    let lines = SHAPES.map(|shape| SIZES.iter().filter_map(|size| point(shape, size)).collect::<Vec<_>>());
    let seconds = || lines.iter().flatten().map(|(_, seconds)| *seconds);
    let (least, most) = (seconds().fold(f64::MAX, f64::min), seconds().fold(f64::MIN_POSITIVE, f64::max));
    // Without a single point, whatever can be drawn.
    let (least, most) = if least < most { (least / 1.5, most * 1.5) } else { (0.1, 10.0) };
    let mut chart = ChartBuilder::on(&area)
        .margin(12)
        .x_label_area_size(44)
        .y_label_area_size(56)
        .build_cartesian_2d((800.0..130_000.0).log_scale(), (least..most).log_scale())?;
    chart
        .configure_mesh()
        .x_desc("operations, and as many types")
        .y_desc("seconds")
        .x_label_formatter(&|size| format!("{size}"))
        .y_label_formatter(&|seconds| format!("{seconds}"))
        .light_line_style(WHITE)
        .draw()?;
    for ((shape, colour), points) in SHAPES.into_iter().zip(COLOURS).zip(lines.clone()) {
        chart
            .draw_series(LineSeries::new(points, colour.stroke_width(2)).point_size(3))?
            .label(name(shape))
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 20, y)], colour.stroke_width(2)));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE)
        .border_style(BLACK.mix(0.3))
        .draw()?;
    area.present()?;
    drop(chart);
    Ok(())
}
