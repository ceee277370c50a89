//! `.generated.json`: which files of a folder are ours.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{OutputError, path};

/// Name of the manifest, in the root of a tree.
pub const MANIFEST: &str = ".generated.json";

/// Where the files come from. No times: the same input gives the same bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Provenance {
    /// Version of the generator.
    pub generator: String,
    /// `info.title` of the document.
    pub title: String,
    /// `info.version` of the document.
    pub version: String,
}

/// The manifest's contents. Unknown keys are ignored, so that an older generator can follow a newer one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    #[serde(rename = "//", default)]
    note: String,
    #[serde(flatten)]
    pub(super) provenance: Provenance,
    /// Path to SHA-256 in hexadecimal, sorted.
    pub(super) files: BTreeMap<String, String>,
}

impl Manifest {
    pub(super) fn new(provenance: &Provenance, files: BTreeMap<String, String>) -> Self {
        let note = "Made by the generator, which removes only files listed here. Never edit by hand.".to_owned();
        Self { note, provenance: provenance.clone(), files }
    }

    /// Reads the manifest of a tree, and its bytes; `None` where there is none.
    pub(super) fn read(root: &Path) -> Result<Option<(Self, Vec<u8>)>, OutputError> {
        let path = path::below(root, MANIFEST)?;
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if path::is_absent(&error) => return Ok(None),
            Err(error) => return Err(OutputError::io("read", path)(error)),
        };
        match serde_json::from_slice(&bytes) {
            Ok(manifest) => Ok(Some((manifest, bytes))),
            Err(source) => Err(OutputError::Manifest { path, source }),
        }
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // Text keys and text values always serialise.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// SHA-256 in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
