//! `[rust]`: the emitted crate.

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Settings of the emitted Rust crate.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RustConfig {
    /// Package name; else from the SDK's name.
    pub package: Option<String>,
    /// Package version; `0.1.0` unless given.
    pub version: Option<String>,
    /// SPDX licence expression.
    pub license: Option<String>,
    /// Repository URL.
    pub repository: Option<String>,
    /// True when the crate belongs to the workspace around it; else it carries its own `[workspace]`.
    pub workspace_member: bool,
    /// Folder of programs that are emitted as the crate's examples. A part of the SDK has none.
    pub examples: Option<PathBuf>,
    /// Features without which an example does not compile or does nothing, by its name.
    pub example_features: BTreeMap<String, Vec<String>>,
    /// What examples need beside the crate.
    pub dev_dependencies: BTreeMap<String, Dependency>,
    /// The programs: name to text. Read from `examples`.
    #[serde(skip)]
    pub programs: BTreeMap<String, String>,
}

/// A dependency from the registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dependency {
    /// Versions that will do, as Cargo reads them.
    pub version: String,
    /// Whether its default features are wanted; they are not unless given.
    #[serde(default)]
    pub default_features: bool,
    /// Its features.
    #[serde(default)]
    pub features: Vec<String>,
}

impl RustConfig {
    /// Names and versions that Cargo would refuse in the emitted crate: the key, and why.
    pub(super) fn refused(&self) -> Vec<(String, String)> {
        let mut refused = Vec::new();
        if let Some(version) = &self.version
            && let Err(error) = semver::Version::parse(version)
        {
            refused.push(("version".to_owned(), format!("`{version}` is no version of a crate: {error}")));
        }
        let rule = "use ASCII letters, digits, `-` and `_`, and begin with a letter";
        if let Some(package) = self.package.as_ref().filter(|package| !is_plain(package)) {
            refused.push(("package".to_owned(), format!("`{package}` is no name of a crate: {rule}")));
        }
        for (name, dependency) in &self.dev_dependencies {
            let key = format!("dev_dependencies/{name}");
            if !is_plain(name) {
                refused.push((key, format!("`{name}` is no name of a crate: {rule}")));
            } else if let Err(error) = semver::VersionReq::parse(&dependency.version) {
                refused.push((key, format!("`{}` names no versions: {error}", dependency.version)));
            }
        }
        refused
    }
}

fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}
