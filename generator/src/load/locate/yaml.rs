//! Places in YAML, from the events of saphyr-parser.

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::{Id, Index, Place, ROOT};
use crate::maps::HashMap;

/// A container that is being read.
enum Open {
    List {
        node: Id,
        items: usize,
    },
    Object {
        node: Id,
        key: Option<(String, Place)>,
    },
    /// A container that is itself a key: nothing in it has a pointer.
    Nowhere,
}

pub(super) fn read(text: &str, index: &mut Index) {
    let mut walk = Walk { index, open: Vec::new(), anchors: HashMap::default() };
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { return };
        if matches!(event, Event::DocumentEnd) {
            return;
        }
        walk.event(event, span);
    }
}

struct Walk<'index> {
    index: &'index mut Index,
    open: Vec<Open>,
    anchors: HashMap<usize, Id>,
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        let place = Place { line: span.start.line(), column: span.start.col() + 1 };
        match event {
            Event::Scalar(text, style, anchor, _) => {
                if self.takes_key(&text, place) {
                    return;
                }
                let node = self.value(place);
                self.anchor(anchor, node);
                if let (ScalarStyle::Plain, Some(node)) = (style, node) {
                    self.index.keep(node, &text);
                }
            }
            Event::Alias(anchor) => {
                if self.takes_key("", place) {
                    return;
                }
                let target = self.anchors.get(&anchor).copied();
                if let (Some(alias), Some(target)) = (self.value(place), target) {
                    self.index.aliases.push((alias, target));
                }
            }
            Event::SequenceStart(anchor, _) => {
                let node = self.container(place, anchor);
                self.open.push(node.map_or(Open::Nowhere, |node| Open::List { node, items: 0 }));
            }
            Event::MappingStart(anchor, _) => {
                let node = self.container(place, anchor);
                self.open.push(node.map_or(Open::Nowhere, |node| Open::Object { node, key: None }));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.open.pop();
            }
            _ => {}
        }
    }

    /// Whether a scalar is the key of the next member; it is kept until the member's value comes.
    fn takes_key(&mut self, text: &str, place: Place) -> bool {
        match self.open.last_mut() {
            Some(Open::Object { key: key @ None, .. }) => {
                *key = Some((text.to_owned(), place));
                true
            }
            _ => false,
        }
    }

    fn container(&mut self, place: Place, anchor: usize) -> Option<Id> {
        if self.takes_key("", place) {
            return None;
        }
        let node = self.value(place);
        self.anchor(anchor, node);
        node
    }

    /// A node for the value that starts here.
    fn value(&mut self, place: Place) -> Option<Id> {
        match self.open.last_mut() {
            None => {
                self.index.move_to(ROOT, place);
                Some(ROOT)
            }
            Some(Open::Nowhere) => None,
            Some(Open::List { node, items }) => {
                let (parent, item) = (*node, *items);
                *items += 1;
                Some(self.index.add_item(parent, item, place))
            }
            Some(Open::Object { node, key }) => {
                let parent = *node;
                let (key, place) = key.take()?;
                Some(self.index.add_member(parent, &key, place))
            }
        }
    }

    fn anchor(&mut self, anchor: usize, node: Option<Id>) {
        if let (1.., Some(node)) = (anchor, node) {
            self.anchors.insert(anchor, node);
        }
    }
}
