//! `.generated.json`: which files of a folder are ours, what they were made of, and by which generator.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{OutputError, path};
use crate::diagnostic::plain_json;
use crate::target::GivenNames;

/// Name of the manifest, in the root of a tree.
pub const MANIFEST: &str = ".generated.json";

/// Version of the manifest's shape. One of a later version is refused: what it lists may mean something else.
const FORMAT: u32 = 1;

/// Where the files come from. No times and no paths: the same input gives the same bytes everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Provenance {
    /// Version of the generator.
    pub generator: String,
    /// `info.title` of the document.
    pub title: String,
    /// `info.version` of the document.
    pub version: String,
    /// The files that were read.
    pub sources: Sources,
    /// What the SDK was reduced to, as given on the command line; empty for the whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
}

/// SHA-256 of what the files were made of, in hexadecimal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sources {
    /// The document.
    pub schema: String,
    /// The files its references led to, in the order they were met.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    /// The overlays, in the order they were applied.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overlays: Vec<String>,
    /// The configuration, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<String>,
    /// Programs emitted as examples, by their name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub examples: BTreeMap<String, String>,
    /// Templates that took the place of built-in ones, by their path.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub templates: BTreeMap<String, String>,
}

/// The manifest's contents. Unknown keys are ignored, so that an older generator can follow a newer one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    #[serde(rename = "//", default)]
    note: String,
    #[serde(default)]
    format: u32,
    #[serde(flatten)]
    pub(super) provenance: Provenance,
    /// What users of the files write.
    #[serde(default)]
    pub(super) names: GivenNames,
    /// Path to SHA-256 in hexadecimal, sorted.
    pub(super) files: BTreeMap<String, String>,
}

impl Manifest {
    pub(super) fn new(provenance: &Provenance, names: &GivenNames, files: BTreeMap<String, String>) -> Self {
        let note = "Made by the generator, which removes only files listed here. Never edit by hand.".to_owned();
        Self { note, format: FORMAT, provenance: provenance.clone(), names: names.clone(), files }
    }

    /// Reads the manifest of a tree, and its bytes; `None` where there is none.
    pub(super) fn read(root: &Path) -> Result<Option<(Self, Vec<u8>)>, OutputError> {
        let path = path::below(root, MANIFEST)?;
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if path::is_absent(&error) => return Ok(None),
            Err(error) => return Err(OutputError::io("read", path)(error)),
        };
        let manifest: Self = match serde_json::from_slice(&bytes) {
            Ok(manifest) => manifest,
            Err(error) => return Err(OutputError::Manifest { path, problem: error.to_string() }),
        };
        if manifest.format > FORMAT {
            let problem = format!("its format is {}, and this generator knows {FORMAT}", manifest.format);
            return Err(OutputError::Manifest { path, problem });
        }
        Ok(Some((manifest, bytes)))
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // Text keys and text values always serialise.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        plain_json(&text).into_bytes()
    }
}

/// SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
