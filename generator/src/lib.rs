//! From an OpenAPI document to an SDK.
//!
//! ```text
//! bytes --load--> Document --lower--> ir::Api --target--> files --output--> disk
//! ```
//!
//! [`model`] runs the first half, [`emit`] the second up to files in memory; [`output`] compares or writes them.
//! [`diff`] compares two documents.
//! Problems on the way are [`diagnostic::Diagnostic`] values; nothing here panics on any input.

pub mod config;
pub mod diagnostic;
pub mod diff;
mod header;
pub mod ir;
pub mod load;
pub mod lower;
mod maps;
mod near;
pub mod output;
pub mod parallel;
pub mod partial;
pub mod target;

use config::Config;
use diagnostic::Diagnostics;
use load::{Document, Input};
use lower::Lowered;
use target::{Emitted, Target};

/// A document and the model made of it.
#[derive(Debug)]
pub struct Model {
    /// The document, which knows where everything was written.
    pub document: Document,
    /// The model, and the places that became untyped.
    pub lowered: Lowered,
}

/// Reads a document and lowers it. `None` comes with at least one error in `diagnostics`.
pub fn model(input: &Input, config: &Config, diagnostics: &mut Diagnostics) -> Option<Model> {
    let document = load::load(input, diagnostics)?;
    let lowered = lower::lower(&document, config, diagnostics);
    (!diagnostics.has_errors()).then_some(Model { document, lowered })
}

/// Emits a model for each target: a folder of files by target, in memory, the same bytes on every run.
pub fn emit(model: &Model, config: &Config, targets: &[Target], diagnostics: &mut Diagnostics) -> Vec<Emitted> {
    target::emit(&model.lowered.api, config, targets, diagnostics)
}
