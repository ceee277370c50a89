//! Documents that may fail, with the reason.

use std::path::Path;

use serde::Deserialize;

use crate::failure::Failure;
use crate::setup::repository;

/// A file like this:
///
/// ```toml
/// [[document]]
/// file = "example/openapi.yaml"
/// reason = "…"
/// ```
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Suppressions {
    #[serde(default)]
    document: Vec<Suppressed>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Suppressed {
    file: String,
    reason: String,
}

impl Suppressions {
    /// Reads the file given, else the project's own.
    pub(super) fn read(file: Option<&Path>) -> Result<Self, Failure> {
        let own = repository().join("tests/corpus/suppressions.toml");
        let path = file.unwrap_or(&own);
        let unusable = |problem: String| {
            let help = "it lists `[[document]]` with `file` and `reason`";
            Failure::usage(format!("cannot read {}: {problem}", path.display()), help)
        };
        let text = std::fs::read_to_string(path).map_err(|error| unusable(error.to_string()))?;
        let read: Self = toml::from_str(&text).map_err(|error| unusable(error.to_string()))?;
        match read.document.iter().find(|suppressed| suppressed.reason.trim().is_empty()) {
            Some(suppressed) => Err(unusable(format!("{} is suppressed without a reason", suppressed.file))),
            None => Ok(read),
        }
    }

    /// Why a document may fail.
    pub(super) fn reason(&self, file: &str) -> Option<&str> {
        self.document.iter().find(|suppressed| suppressed.file == file).map(|suppressed| suppressed.reason.as_str())
    }

    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.document.iter().map(|suppressed| suppressed.file.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_required() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let read = |text: &str| {
            std::fs::write(file.path(), text).unwrap();
            Suppressions::read(Some(file.path()))
        };
        let known = read("[[document]]\nfile = \"a.yaml\"\nreason = \"it is a picture\"\n").unwrap();
        assert_eq!((known.reason("a.yaml"), known.reason("b.yaml")), (Some("it is a picture"), None));
        assert!(read("[[document]]\nfile = \"a.yaml\"\nreason = \" \"\n").is_err());
        assert!(read("[[document]]\nfile = \"a.yaml\"\n").is_err());
        assert_eq!(read("").unwrap().files().count(), 0);
    }
}
