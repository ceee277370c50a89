//! All files of one run, by their name in diagnostics.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, Origin};
use serde_json::Value;

use super::Location;
use super::locate::Place;
use super::parse;
use super::source::{Limits, Source, SourceFile, Tree};

/// The files read so far and what is left of the limits.
#[derive(Debug, Default)]
pub(super) struct Sources {
    files: Vec<SourceFile>,
    bytes_left: u64,
    nodes: usize,
    limits: Limits,
}

impl Sources {
    pub(super) fn new(limits: Limits) -> Self {
        Self { files: Vec::new(), bytes_left: limits.bytes, nodes: 0, limits }
    }

    /// Reads and parses a source; its index identifies it from then on.
    pub(super) fn open(
        &mut self,
        source: &Source,
        diagnostics: &mut Diagnostics,
    ) -> Result<(usize, Value), Diagnostic> {
        let file = SourceFile::read(source, &mut self.bytes_left)?;
        self.parse(file, diagnostics)
    }

    /// Reads and parses a file a reference led to, on disk or in a tree.
    pub(super) fn open_below(
        &mut self,
        path: &std::path::Path,
        name: &str,
        tree: Option<&Tree>,
        diagnostics: &mut Diagnostics,
    ) -> Result<(usize, Value), Diagnostic> {
        let file = SourceFile::read_below(path, name, tree, &mut self.bytes_left)?;
        self.parse(file, diagnostics)
    }

    fn parse(&mut self, mut file: SourceFile, diagnostics: &mut Diagnostics) -> Result<(usize, Value), Diagnostic> {
        let tree = parse::parse(&mut file, &self.limits, &mut self.nodes, diagnostics);
        // A file that cannot be parsed is kept too: its diagnostics print its lines.
        self.files.push(file);
        tree.map(|tree| (self.files.len() - 1, tree))
    }

    pub(super) fn get(&self, index: usize) -> Option<&SourceFile> {
        self.files.get(index)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    fn find(&self, document: &Arc<str>) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.name == *document)
    }

    /// Where an origin stands in its file, with the line it stands in.
    pub(super) fn locate(&self, origin: &Origin) -> Option<Location> {
        let place = self.place(origin)?;
        let file = self.find(&origin.document)?;
        let line = file.index().line(file.body(), place.line);
        Some(Location {
            path: file.name.to_string(),
            line: place.line,
            column: place.column,
            text_of_line: line.to_owned(),
        })
    }

    /// Line and column of an origin in its file.
    pub(super) fn place(&self, origin: &Origin) -> Option<Place> {
        let file = self.find(&origin.document)?;
        file.failed.or_else(|| file.index().place(&origin.pointer))
    }

    /// The text of a number as it stands in its file.
    pub(super) fn written(&self, origin: &Origin) -> Option<String> {
        let file = self.find(&origin.document)?;
        file.index().plain(&origin.pointer).map(str::to_owned)
    }
}
