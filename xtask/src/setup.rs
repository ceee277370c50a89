//! From arguments to what the pipeline needs: configuration, schema, overlays.

use std::path::{Path, PathBuf};

use clap::Args;
use omise_generator::Model;
use omise_generator::config::Config;
use omise_generator::diagnostic::Diagnostics;
use omise_generator::load::{Input, Source, load_or_files};
use omise_generator::lower::lower;
use omise_generator::output;

use crate::failure::Failure;
use crate::report;

/// Which schema, and how it is configured.
#[derive(Clone, Debug, Args)]
pub(crate) struct SchemaArguments {
    /// Configuration; Omise's unless given.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Another API's document: names come from it, and only the overlays given apply.
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,
    /// Overlay to apply, in order; with the configuration's own, after them.
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Print every problem, not only the first ten of each kind.
    #[arg(long)]
    all_problems: bool,
}

/// What a command works on.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) config: Config,
    /// SHA-256 of the configuration's file, when there is one.
    pub(crate) config_hash: Option<String>,
    pub(crate) input: Input,
    /// The configuration's file, when there is one.
    pub(crate) config_file: Option<PathBuf>,
    /// Folder the configuration's paths are relative to.
    pub(crate) folder: PathBuf,
    /// Whether the document is another API's, so that output needs a place of its own.
    pub(crate) is_foreign: bool,
    /// Problems of one code that are printed.
    pub(crate) most: usize,
}

impl SchemaArguments {
    /// The schema of a configuration; Omise's unless given.
    pub(crate) fn of(config: Option<PathBuf>) -> Self {
        Self { config, schema: None, overlay: Vec::new(), all_problems: false }
    }

    /// Another API's document, without a configuration.
    pub(crate) fn foreign(schema: PathBuf) -> Self {
        Self { config: None, schema: Some(schema), overlay: Vec::new(), all_problems: false }
    }

    /// The configuration and its overlays.
    pub(crate) fn overlays(&self) -> Result<(Config, Vec<PathBuf>), Failure> {
        let setup = self.setup()?;
        let overlays = setup.config.overlays.iter().map(|overlay| setup.folder.join(overlay)).collect();
        Ok((setup.config, overlays))
    }

    /// The document that the configuration names, where there is a configuration.
    pub(crate) fn schema_file(&self) -> Option<PathBuf> {
        let setup = self.setup().ok()?;
        setup.config.schema.map(|schema| setup.folder.join(schema))
    }

    /// Reads the configuration and names the files of the schema.
    pub(crate) fn setup(&self) -> Result<Setup, Failure> {
        let is_foreign = self.schema.is_some() && self.config.is_none();
        let own = || shown(&repository().join("schema/omise/sdk.toml"));
        let config_file = (!is_foreign).then(|| self.config.clone().unwrap_or_else(own));
        let (config, config_hash, folder) = match &config_file {
            Some(path) => read_config(path)?,
            None => (Config::default(), None, PathBuf::from(".")),
        };
        let schema = self.schema.clone().or_else(|| config.schema.as_ref().map(|schema| folder.join(schema)));
        let Some(schema) = schema else {
            return Err(Failure::usage(
                "the configuration names no schema",
                "add `schema = \"…\"`, or give --schema FILE",
            ));
        };
        let own = config.overlays.iter().map(|overlay| folder.join(overlay));
        let overlays = own.chain(self.overlay.iter().cloned()).map(Source::Path).collect();
        let input = Input { schema: Source::Path(schema), overlays, ..Input::default() };
        let most = if self.all_problems { usize::MAX } else { report::MOST };
        Ok(Setup { config, config_hash, config_file, input, folder, is_foreign, most })
    }
}

impl Setup {
    /// The overlays that apply.
    pub(crate) fn overlay_files(&self) -> Vec<PathBuf> {
        let path = |source: &Source| match source {
            Source::Path(path) => Some(path.clone()),
            _ => None,
        };
        self.input.overlays.iter().filter_map(path).collect()
    }

    /// What the documentation is made of: the document, overlays, configuration, guides and catalogues.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut files = self.overlay_files();
        files.extend(self.config_file.clone());
        if let Source::Path(path) = &self.input.schema {
            files.push(path.clone());
        }
        let docs = &self.config.docs;
        files.extend(docs.guides.iter().chain(&docs.catalogues).map(|path| self.folder.join(path)));
        files
    }

    /// Reads the schema. When it cannot be used, what is wrong has been printed.
    pub(crate) fn model(&self, diagnostics: &mut Diagnostics) -> Result<Model, Failure> {
        match load_or_files(&self.input, diagnostics) {
            Ok(document) => {
                let lowered = lower(&document, &self.config, diagnostics);
                if diagnostics.has_errors() {
                    report::diagnostics(diagnostics, document.files(), self.most);
                    return Err(Failure::Unreadable);
                }
                Ok(Model { document, lowered })
            }
            Err(files) => {
                report::diagnostics(diagnostics, &files, self.most);
                Err(Failure::Unreadable)
            }
        }
    }
}

/// A configuration, its hash, and the folder its paths are relative to.
fn read_config(path: &Path) -> Result<(Config, Option<String>, PathBuf), Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::usage(
            format!("cannot read the configuration {}: {error}", path.display()),
            "give --config FILE, or --schema FILE for a document without one",
        )
    })?;
    let config = Config::read(&path.display().to_string(), &text).map_err(|problems| {
        problems.iter().for_each(report::located);
        Failure::Unreadable
    })?;
    let hash = output::hash(text.as_bytes());
    Ok((config, Some(hash), path.parent().map(Path::to_owned).unwrap_or_default()))
}

/// The repository: where this command was built, or the current folder when it has been moved.
pub(crate) fn repository() -> PathBuf {
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default();
    if built_in.join("schema").is_dir() { built_in } else { PathBuf::from(".") }
}

/// The path relative to the current folder when it is below it, so that messages are short.
pub(crate) fn shown(path: &Path) -> PathBuf {
    let current = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&current).map_or_else(|_| path.to_owned(), Path::to_owned)
}
