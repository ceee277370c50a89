//! Parts of the work, each in a process of its own, so that its time and memory can be seen.

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use omise_generator::diagnostic::Diagnostics;
use omise_generator::load::{Document, load};
use walkdir::WalkDir;

use super::results::unusable;
use super::synthetic::{self, Shape};
use crate::failure::Failure;
use crate::setup::SchemaArguments;

/// A part.
#[derive(Debug, Subcommand)]
pub(super) enum Part {
    /// Read a document and do nothing with it.
    Load {
        /// The document; Omise's unless given.
        schema: Option<PathBuf>,
    },
    /// Read a document, and parse, print and write files that were made of it.
    Print {
        /// The folder that was made.
        made: PathBuf,
        /// Where the files go.
        out: PathBuf,
        /// The document; Omise's unless given.
        schema: Option<PathBuf>,
    },
    /// Write Omise's document as the generator reads it, with its overlay, for others to read.
    Repaired {
        /// Where it goes.
        out: PathBuf,
    },
    /// Write a document of any size.
    Synthetic {
        /// How its types refer to each other.
        #[arg(value_enum)]
        shape: Shape,
        /// Operations, and types.
        size: usize,
        /// Where it goes.
        out: PathBuf,
    },
}

pub(super) fn run(part: &Part) -> Result<(), Failure> {
    match part {
        Part::Load { schema } => {
            // Dropping it is no part of a process that ends anyway.
            std::mem::forget(document(schema.as_deref())?);
            Ok(())
        }
        Part::Print { made, out, schema } => {
            std::mem::forget(document(schema.as_deref())?);
            print(made, out)
        }
        Part::Repaired { out } => {
            let document = document(None)?;
            let text = serde_json::to_vec_pretty(document.raw()).map_err(|error| unusable(out, &error))?;
            std::fs::write(out, text).map_err(|error| unusable(out, &error))
        }
        Part::Synthetic { shape, size, out } => {
            synthetic::write(*shape, *size, out).map_err(|error| unusable(out, &error))
        }
    }
}

fn document(schema: Option<&Path>) -> Result<Document, Failure> {
    let arguments = match schema {
        Some(schema) => SchemaArguments::foreign(schema.to_owned()),
        None => SchemaArguments::of(None),
    };
    let setup = arguments.setup()?;
    load(&setup.input, &mut Diagnostics::default()).ok_or(Failure::Unreadable)
}

/// What emitting costs at least: the files as syntax trees, as text again, and on disk.
fn print(made: &Path, out: &Path) -> Result<(), Failure> {
    for entry in WalkDir::new(made) {
        let entry = entry.map_err(|error| unusable(made, &error))?;
        let path = entry.path();
        let Ok(place) = path.strip_prefix(made) else { continue };
        let place = out.join(place);
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&place).map_err(|error| unusable(&place, &error))?;
            continue;
        }
        let text = std::fs::read_to_string(path).map_err(|error| unusable(path, &error))?;
        let text = if path.extension().is_some_and(|extension| extension == "rs") {
            let tree = syn::parse_file(&text).map_err(|error| unusable(path, &error))?;
            prettyplease::unparse(&tree)
        } else {
            text
        };
        std::fs::write(&place, text).map_err(|error| unusable(&place, &error))?;
    }
    Ok(())
}

/// The name of a shape, as an argument and in a row.
pub(super) fn name(shape: Shape) -> String {
    shape.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
