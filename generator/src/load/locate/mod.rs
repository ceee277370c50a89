//! From a JSON pointer to line and column, through an index built when it is first asked for.

mod json;
mod yaml;

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::pointer;
use super::source::Format;

/// Line and column of a node, from one. An object's member stands where its key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// Places of all nodes of one file.
#[derive(Debug, Default)]
pub(crate) struct Index {
    nodes: Vec<Indexed>,
    /// Nodes by parent and key: there is one for every few bytes, so how keys are hashed is what building takes.
    children: HashMap<(usize, Box<str>), usize, RandomState>,
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Indexed {
    place: Place,
    /// The node that a YAML alias stands for.
    alias: Option<usize>,
    /// Text of a scalar that is neither quoted nor a text, as written: `1.10`.
    plain: Option<Box<str>>,
}

/// Bytes that a node of a real document takes, roughly.
const BYTES_OF_NODE: usize = 40;

/// The whole document.
const ROOT: usize = 0;

impl Index {
    /// Reads places from a text that has been parsed before. What cannot be read has the place of its nearest known ancestor.
    pub(crate) fn build(text: &str, format: Format) -> Self {
        let mut index = Self::default();
        let nodes = text.len() / BYTES_OF_NODE;
        index.nodes.reserve(nodes);
        index.children.reserve(nodes);
        index.nodes.push(Indexed { place: Place { line: 1, column: 1 }, alias: None, plain: None });
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(end, _)| end + 1);
        index.lines = std::iter::once(0).chain(ends).collect();
        match format {
            Format::Json => json::read(text, &mut index),
            Format::Yaml => yaml::read(text, &mut index),
        }
        index
    }

    /// The place of the node behind a pointer, or of the nearest of its ancestors that is known.
    pub(crate) fn place(&self, pointer: &str) -> Option<Place> {
        let (node, _) = self.find(pointer);
        self.nodes.get(node).map(|node| node.place)
    }

    /// A line without its end, counted from one.
    pub(crate) fn line<'text>(&self, text: &'text str, line: usize) -> &'text str {
        let start = line.checked_sub(1).and_then(|line| self.lines.get(line)).copied();
        let rest = start.and_then(|start| text.get(start..)).unwrap_or_default();
        rest.lines().next().unwrap_or_default()
    }

    /// The text of a plain scalar, as written.
    pub(crate) fn plain(&self, pointer: &str) -> Option<&str> {
        match self.find(pointer) {
            (node, true) => self.nodes.get(node)?.plain.as_deref(),
            (_, false) => None,
        }
    }

    fn find(&self, pointer: &str) -> (usize, bool) {
        let mut node = ROOT;
        for token in pointer::tokens(pointer) {
            match self.child(node, &token) {
                Some(child) => node = child,
                None => return (node, false),
            }
        }
        (node, true)
    }

    fn child(&self, parent: usize, key: &str) -> Option<usize> {
        let parent = self.behind_alias(parent);
        self.member(parent, key).or_else(|| self.merged(parent, key))
    }

    fn member(&self, parent: usize, key: &str) -> Option<usize> {
        self.children.get(&(parent, Box::from(key))).copied()
    }

    /// A member that a YAML merge brought: `<<: *a`, or `<<: [*a, *b]`.
    fn merged(&self, parent: usize, key: &str) -> Option<usize> {
        let source = self.behind_alias(self.member(parent, "<<")?);
        let listed = (0_usize..).map_while(|item| self.member(source, &item.to_string()));
        std::iter::once(source).chain(listed).find_map(|source| self.member(self.behind_alias(source), key))
    }

    fn behind_alias(&self, node: usize) -> usize {
        self.nodes.get(node).and_then(|node| node.alias).unwrap_or(node)
    }

    /// A later member of the same key takes its place: the last one counts.
    fn add(&mut self, parent: usize, key: &str, place: Place) -> usize {
        let node = self.nodes.len();
        self.nodes.push(Indexed { place, alias: None, plain: None });
        self.children.insert((parent, Box::from(key)), node);
        node
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, format: Format, pointer: &str) -> (usize, usize) {
        let place = Index::build(text, format).place(pointer).unwrap();
        (place.line, place.column)
    }

    #[test]
    fn yaml_members_stand_at_their_keys() {
        let text = "openapi: 3.0.0\npaths:\n  /a:\n    get:\n      tags: [x, y]\n    - z\n";
        assert_eq!(place(text, Format::Yaml, "/paths/~1a/get"), (4, 5));
        assert_eq!(place(text, Format::Yaml, "/paths/~1a/get/tags/1"), (5, 17));
        assert_eq!(place(text, Format::Yaml, "/paths/~1a/missing/more"), (3, 3));
    }

    #[test]
    fn yaml_aliases_lead_to_their_anchor() {
        let text = "a: &x\n  b: 1\nc: *x\n";
        assert_eq!(place(text, Format::Yaml, "/c"), (3, 1));
        assert_eq!(place(text, Format::Yaml, "/c/b"), (2, 3));
    }

    #[test]
    fn merged_members_stand_where_they_were_written() {
        let text = "a: &a\n  x: 1\nb: &b\n  y: 2\nc:\n  <<: *a\n  z: 3\nd: {<<: [*b, *a]}\n";
        assert_eq!(place(text, Format::Yaml, "/c/x"), (2, 3));
        assert_eq!(place(text, Format::Yaml, "/c/z"), (7, 3));
        assert_eq!(place(text, Format::Yaml, "/d/x"), (2, 3));
        assert_eq!(place(text, Format::Yaml, "/d/y"), (4, 3));
        assert_eq!(place(text, Format::Yaml, "/d/missing"), (8, 1));
    }

    #[test]
    fn the_last_of_two_members_counts() {
        assert_eq!(place("a: 1\nb: 2\na: 3\n", Format::Yaml, "/a"), (3, 1));
        assert_eq!(place("{\"a\": 1,\n \"a\": 2}", Format::Json, "/a"), (2, 2));
    }

    #[test]
    fn json_is_indexed_by_lines_and_characters() {
        let text = "{\n  \"ü\": [1, {\"a/b\": \"\\ud83d\\ude00 \\\" ,\", \"c\": null}]\n}";
        assert_eq!(place(text, Format::Json, "/ü"), (2, 3));
        assert_eq!(place(text, Format::Json, "/ü/1"), (2, 12));
        assert_eq!(place(text, Format::Json, "/ü/1/a~1b"), (2, 13));
        assert_eq!(place(text, Format::Json, "/ü/1/c"), (2, 41));
    }

    #[test]
    fn plain_numbers_keep_their_text() {
        let index = Index::build("a: 1.10\nb: '2.0'\nc: {d: 3.0}\n", Format::Yaml);
        assert_eq!(index.plain("/a"), Some("1.10"));
        assert_eq!(index.plain("/b"), None);
        assert_eq!(index.plain("/c/d"), Some("3.0"));
        let index = Index::build("{\"a\": 1.10}", Format::Json);
        assert_eq!(index.plain("/a"), Some("1.10"));
    }
}
