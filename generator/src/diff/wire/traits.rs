//! What tells one possibility from another.

use serde_json::Value;

use super::node::{Node, Side};
use super::object::properties;
use super::view::View;
use crate::maps::HashSet;

/// What a schema is told apart by, `allOf` included.
#[derive(Debug)]
pub(super) struct Traits<'d> {
    /// The names of its properties.
    pub(super) names: HashSet<&'d str>,
    /// The only values that properties may have, by name; the schema's own stands under an empty name.
    pub(super) tags: Vec<(&'d str, &'d Value)>,
}

impl<'d> Traits<'d> {
    pub(super) fn of(side: &Side<'d>, node: &Node<'d>) -> Self {
        let mut view = View::of(side, node);
        let branches: Vec<Node<'d>> = view.all_of().collect();
        branches.iter().for_each(|branch| view.join(side, branch));
        let properties = properties(&view);
        let names = properties.keys().copied().collect();
        let views = properties.into_iter().map(|(name, property)| (name, View::of(side, &property)));
        let all = std::iter::once(("", view)).chain(views);
        Self { names, tags: all.filter_map(|(name, view)| Some((name, only_value(&view)?))).collect() }
    }
}

fn only_value<'d>(view: &View<'d>) -> Option<&'d Value> {
    let one = |values: &'d Value| match values.as_array()?.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    view.value("const").or_else(|| view.value("enum").and_then(one))
}
