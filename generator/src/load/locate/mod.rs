//! From a JSON pointer to line and column, through an index built when it is first asked for.

mod json;
#[cfg(test)]
mod tests;
mod yaml;

use std::hash::BuildHasher;
use std::sync::OnceLock;

use foldhash::fast::RandomState;

use super::pointer;
use super::source::Format;
use crate::maps::HashMap;

/// Line and column of a node, from one. An object's member stands where its key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// Places of all nodes of one file.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// There is one for every few bytes of the file, so each is small and owns nothing.
    nodes: Vec<Indexed>,
    /// The keys of all objects, one behind the other.
    keys: String,
    /// Nodes that have many children, so that these are not gone through one by one.
    large: Vec<Id>,
    /// Children of large nodes, by parent and key; made when a node is first looked for.
    hashed: OnceLock<HashMap<u64, Id>>,
    hasher: RandomState,
    /// The nodes that YAML aliases stand for, by the alias, ascending.
    aliases: Vec<(Id, Id)>,
    /// Texts of scalars that are neither quoted nor a text, as written (`1.10`), by the node, ascending.
    plain: Vec<(Id, Box<str>)>,
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
}

/// The number of a node.
type Id = u32;

#[derive(Clone, Copy, Debug)]
struct Indexed {
    line: u32,
    column: u32,
    key: Key,
    /// Its parent's child before it, if it is not the first.
    before: Id,
    /// Its last child, if it has any.
    last: Id,
    children: u32,
}

/// What a node is to its parent.
#[derive(Clone, Copy, Debug)]
enum Key {
    /// An item of a list, by its number.
    Item(u32),
    /// A member of an object, by where its key begins in all keys, and how long it is.
    Member(u32, u32),
}

/// A key that is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Wanted<'key> {
    Item(u32),
    Member(&'key str),
}

/// The whole document. It is nobody's child, so its number also says that there is none.
const ROOT: Id = 0;

/// Bytes that a node of a real document takes, roughly.
const BYTES_OF_NODE: usize = 40;

/// Children that are gone through one by one.
const FEW: u32 = 32;

impl Index {
    /// Reads places from a text that has been parsed before. What cannot be read has the place of its nearest known ancestor.
    pub(crate) fn build(text: &str, format: Format) -> Self {
        let mut index = Self::new(text);
        if u32::try_from(text.len()).is_err() {
            return index;
        }
        match format {
            Format::Json => json::read(text, &mut index),
            Format::Yaml => yaml::read(text, &mut index),
        }
        index
    }

    fn new(text: &str) -> Self {
        let mut nodes = Vec::with_capacity(text.len() / BYTES_OF_NODE + 1);
        nodes.push(Indexed { line: 1, column: 1, key: Key::Item(0), before: ROOT, last: ROOT, children: 0 });
        let ends = text.match_indices('\n').map(|(end, _)| end + 1);
        Self { nodes, lines: std::iter::once(0).chain(ends).collect(), ..Self::default() }
    }

    /// The place of the node behind a pointer, or of the nearest of its ancestors that is known.
    pub(crate) fn place(&self, pointer: &str) -> Option<Place> {
        let (node, _) = self.find(pointer);
        self.get(node).map(|node| Place { line: node.line as usize, column: node.column as usize })
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
            (node, true) => {
                let at = self.plain.binary_search_by_key(&node, |(plain, _)| *plain).ok()?;
                self.plain.get(at).map(|(_, text)| text.as_ref())
            }
            (_, false) => None,
        }
    }

    fn get(&self, node: Id) -> Option<&Indexed> {
        self.nodes.get(node as usize)
    }

    fn find(&self, pointer: &str) -> (Id, bool) {
        let mut node = ROOT;
        for token in pointer::tokens(pointer) {
            match self.child(node, &token) {
                Some(child) => node = child,
                None => return (node, false),
            }
        }
        (node, true)
    }

    fn child(&self, parent: Id, key: &str) -> Option<Id> {
        let parent = self.behind_alias(parent);
        self.member(parent, key).or_else(|| self.merged(parent, key))
    }

    /// The child under a key. Of two members of the same key the later one counts.
    fn member(&self, parent: Id, key: &str) -> Option<Id> {
        let first = self.get(parent)?;
        let wanted = match self.get(first.last)?.key {
            Key::Item(_) => Wanted::Item(key.parse().ok().filter(|item: &u32| item.to_string() == key)?),
            Key::Member(..) => Wanted::Member(key),
        };
        if first.children > FEW {
            let found = *self.hashed.get_or_init(|| self.hashed()).get(&self.hash(parent, wanted))?;
            if self.get(found).and_then(|found| self.wanted(found.key)) == Some(wanted) {
                return Some(found);
            }
            // Two keys have one hash.
        }
        self.children(parent).find(|(_, key)| *key == wanted).map(|(child, _)| child)
    }

    /// Children of a node with their keys, from the last to the first.
    fn children(&self, parent: Id) -> impl Iterator<Item = (Id, Wanted<'_>)> {
        let one = |child: Id| Some(child).filter(|child| *child != ROOT);
        let last = self.get(parent).and_then(|parent| one(parent.last));
        let children = std::iter::successors(last, move |child| one(self.get(*child)?.before));
        children.filter_map(|child| Some((child, self.wanted(self.get(child)?.key)?)))
    }

    fn wanted(&self, key: Key) -> Option<Wanted<'_>> {
        match key {
            Key::Item(item) => Some(Wanted::Item(item)),
            Key::Member(start, length) => {
                let start = start as usize;
                self.keys.get(start..start + length as usize).map(Wanted::Member)
            }
        }
    }

    fn hashed(&self) -> HashMap<u64, Id> {
        let mut hashed = HashMap::default();
        for parent in &self.large {
            for (child, key) in self.children(*parent) {
                hashed.entry(self.hash(*parent, key)).or_insert(child);
            }
        }
        hashed
    }

    fn hash(&self, parent: Id, key: Wanted<'_>) -> u64 {
        self.hasher.hash_one((parent, key))
    }

    /// A member that a YAML merge brought: `<<: *a`, or `<<: [*a, *b]`.
    fn merged(&self, parent: Id, key: &str) -> Option<Id> {
        let source = self.behind_alias(self.member(parent, "<<")?);
        let listed = (0_usize..).map_while(|item| self.member(source, &item.to_string()));
        std::iter::once(source).chain(listed).find_map(|source| self.member(self.behind_alias(source), key))
    }

    fn behind_alias(&self, node: Id) -> Id {
        let found = self.aliases.binary_search_by_key(&node, |(alias, _)| *alias).ok();
        found.and_then(|at| self.aliases.get(at)).map_or(node, |(_, target)| *target)
    }

    fn add_member(&mut self, parent: Id, key: &str, place: Place) -> Id {
        let start = small(self.keys.len());
        self.keys.push_str(key);
        self.add(parent, Key::Member(start, small(key.len())), place)
    }

    fn add_item(&mut self, parent: Id, item: usize, place: Place) -> Id {
        self.add(parent, Key::Item(small(item)), place)
    }

    fn add(&mut self, parent: Id, key: Key, place: Place) -> Id {
        let node = small(self.nodes.len());
        let mut before = ROOT;
        if let Some(parent_node) = self.nodes.get_mut(parent as usize) {
            before = std::mem::replace(&mut parent_node.last, node);
            parent_node.children += 1;
            if parent_node.children == FEW + 1 {
                self.large.push(parent);
            }
        }
        let (line, column) = (small(place.line), small(place.column));
        self.nodes.push(Indexed { line, column, key, before, last: ROOT, children: 0 });
        node
    }

    fn move_to(&mut self, node: Id, place: Place) {
        if let Some(node) = self.nodes.get_mut(node as usize) {
            (node.line, node.column) = (small(place.line), small(place.column));
        }
    }

    /// Keeps the text of a plain scalar, if it may be a number.
    fn keep(&mut self, node: Id, text: &str) {
        if text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) {
            self.plain.push((node, text.into()));
        }
    }
}

/// All numbers fit, as the file is shorter than they could count.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
