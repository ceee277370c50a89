//! Places in YAML, from the events of saphyr-parser.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::{Index, Place, ROOT};

/// A container that is being read.
enum Open {
    List {
        node: usize,
        items: usize,
    },
    Object {
        node: usize,
        key: Option<(String, Place)>,
    },
    /// A container that is itself a key: nothing in it has a pointer.
    Nowhere,
}

pub(super) fn read(text: &str, index: &mut Index) {
    let mut walk = Walk { index, open: Vec::new(), anchors: HashMap::new() };
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
    anchors: HashMap<usize, usize>,
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
                if style == ScalarStyle::Plain
                    && text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first))
                    && let Some(indexed) = node.and_then(|node| self.index.nodes.get_mut(node))
                {
                    indexed.plain = Some(text.as_ref().into());
                }
            }
            Event::Alias(anchor) => {
                if self.takes_key("", place) {
                    return;
                }
                let target = self.anchors.get(&anchor).copied();
                if let Some(indexed) = self.value(place).and_then(|node| self.index.nodes.get_mut(node)) {
                    indexed.alias = target;
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

    fn container(&mut self, place: Place, anchor: usize) -> Option<usize> {
        if self.takes_key("", place) {
            return None;
        }
        let node = self.value(place);
        self.anchor(anchor, node);
        node
    }

    /// A node for the value that starts here.
    fn value(&mut self, place: Place) -> Option<usize> {
        match self.open.last_mut() {
            None => {
                if let Some(root) = self.index.nodes.get_mut(ROOT) {
                    root.place = place;
                }
                Some(ROOT)
            }
            Some(Open::Nowhere) => None,
            Some(Open::List { node, items }) => {
                let (parent, item) = (*node, *items);
                *items += 1;
                Some(self.index.add(parent, &item.to_string(), place))
            }
            Some(Open::Object { node, key }) => {
                let parent = *node;
                let (key, place) = key.take()?;
                Some(self.index.add(parent, &key, place))
            }
        }
    }

    fn anchor(&mut self, anchor: usize, node: Option<usize>) {
        if let (1.., Some(node)) = (anchor, node) {
            self.anchors.insert(anchor, node);
        }
    }
}
