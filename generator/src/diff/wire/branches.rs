//! Schemas made of schemas: `allOf`, `anyOf`, `oneOf`, `not`.

use std::rc::Rc;

use serde_json::Value;

use super::super::Rule;
use super::super::rules as r;
use super::node::{Node, Side};
use super::object::properties;
use super::schema::Views;
use super::traits::Traits;
use super::view::{View, is_annotation};
use super::{Comparison, Context, Spot};
use crate::maps::HashSet;

/// Which branches of two lists are the same.
struct Matched<'d> {
    both: Vec<(Node<'d>, Node<'d>)>,
    gone: Vec<Node<'d>>,
    come: Vec<Node<'d>>,
}

impl<'d> Comparison<'d> {
    /// Takes what must hold as well into the views, and tells what must and what need not any more.
    ///
    /// Where properties only moved between a schema and what it is made of, nothing is told: the whole is compared.
    pub(super) fn all_of(&mut self, views: &mut Views<'d>) {
        let (old, new): (Vec<_>, Vec<_>) = (views.old.all_of().collect(), views.new.all_of().collect());
        if old.is_empty() && new.is_empty() {
            return;
        }
        let is_rebuilt = old.is_empty() && views.new.is_plain() || new.is_empty() && views.old.is_plain();
        let mut matched = self.same_branches(old, new);
        let (gone, come) = (std::mem::take(&mut matched.gone), std::mem::take(&mut matched.come));
        for (old, new) in &matched.both {
            views.old.join(&self.old, old);
            views.new.join(&self.new, new);
        }
        let is_replaced = !gone.is_empty() && !come.is_empty();
        let (mut lost, mut won) = (Vec::new(), Vec::new());
        for branch in gone {
            if is_rebuilt || is_replaced || self.has_moved(&views.old, &views.new, &branch, true) {
                views.old.join(&self.old, &branch);
            } else {
                lost.push(branch);
            }
        }
        for branch in come {
            if is_rebuilt || is_replaced || self.has_moved(&views.new, &views.old, &branch, false) {
                views.new.join(&self.new, &branch);
            } else {
                won.push(branch);
            }
        }
        let removed = Rules { rule: &r::ALL_OF_REMOVED, annotation: &r::ALL_OF_ANNOTATION_REMOVED };
        self.branches_gone(views, &lost, removed);
        let added = Rules { rule: &r::ALL_OF_ADDED, annotation: &r::ALL_OF_ANNOTATION_ADDED };
        self.branches_come(views, &won, added);
    }

    /// Whether a branch has properties that the other side has and this side has not without it.
    fn has_moved(&self, mine: &View<'d>, other: &View<'d>, branch: &Node<'d>, is_old: bool) -> bool {
        let side = if is_old { &self.old } else { &self.new };
        let (mine, other) = (properties(mine), properties(other));
        let traits = self.traits(side, branch);
        traits.names.iter().any(|name| other.contains_key(name) && !mine.contains_key(name))
    }

    /// `anyOf`, `oneOf`, `not` and what tells possibilities apart.
    pub(super) fn possibilities(&mut self, views: &Views<'d>) {
        let listed = views.old.listed_types().is_some() && views.new.listed_types().is_some()
            || views.old.listed_types().is_some() && views.new.types().is_some()
            || views.new.listed_types().is_some() && views.old.types().is_some();
        let (old, new) = (views.old.possibilities(), views.new.possibilities());
        let is_none = old.is_empty() && new.is_empty();
        if !(listed || is_none) {
            let is_one = |view: &View<'d>| view.get("oneOf").is_some();
            let (one_before, one_after) = (is_one(&views.old), is_one(&views.new));
            let removed = if one_before { &r::ONE_OF_REMOVED } else { &r::ANY_OF_REMOVED };
            let added = if one_after { &r::ONE_OF_ADDED } else { &r::ANY_OF_ADDED };
            if old.is_empty() || new.is_empty() {
                self.restricted(views, old.is_empty());
            } else {
                let matched = self.same_branches(old, new);
                for (old, new) in &matched.both {
                    self.schema(views.id, old, new, views.below());
                }
                self.branches_gone(views, &matched.gone, Rules::of(removed));
                self.branches_come(views, &matched.come, Rules::of(added));
            }
        }
        self.not(views);
        self.discriminator(views);
    }

    /// A list of possibilities where there was none: fewer values are possible.
    fn restricted(&mut self, views: &Views<'d>, is_new: bool) {
        let rule = if is_new { &r::POSSIBILITIES_ADDED } else { &r::POSSIBILITIES_REMOVED };
        let view = if is_new { &views.new } else { &views.old };
        let key = if view.get("oneOf").is_some() { "oneOf" } else { "anyOf" };
        views.draft(rule, key).name(format!("`{key}`")).push(self);
    }

    /// A schema that became one of several possibilities, or the other way round. Says whether it did.
    pub(super) fn wrapped(&mut self, views: &Views<'d>) -> bool {
        let (old, new) = (views.old.possibilities(), views.new.possibilities());
        let is_bare = |view: &View<'d>| view.is_plain() && properties(view).is_empty() && view.listed_types().is_none();
        match (old.is_empty(), new.is_empty()) {
            (true, false) if is_bare(&views.new) && !is_bare(&views.old) => {
                let is_one = views.new.get("oneOf").is_some();
                let Some(home) = views.old.home().cloned() else { return false };
                let Some(kept) = self.counterpart(&home, &new, true) else { return false };
                if is_one {
                    if self.is_same(&home, &kept) {
                        self.schema(views.id, &home, &kept, views.below());
                    }
                    let spots = (views.old.here(), views.new.spot("oneOf"));
                    views.draft_at(&r::WRAPPED_IN_ONE_OF, spots).push(self);
                } else {
                    self.schema(views.id, &home, &kept, views.below());
                    self.branches_come(views, &others(&new, &kept), Rules::of(&r::ANY_OF_ADDED));
                }
                true
            }
            (false, true) if is_bare(&views.old) && !is_bare(&views.new) => {
                let Some(home) = views.new.home().cloned() else { return false };
                let Some(kept) = self.counterpart(&home, &old, false) else { return false };
                let is_one = views.old.get("oneOf").is_some();
                if !is_one || self.is_same(&kept, &home) {
                    self.schema(views.id, &kept, &home, views.below());
                }
                if is_one {
                    let spots = (views.old.spot("oneOf"), views.new.here());
                    views.draft_at(&r::UNWRAPPED_FROM_ONE_OF, spots).push(self);
                } else {
                    self.branches_gone(views, &others(&old, &kept), Rules::of(&r::ANY_OF_REMOVED));
                }
                true
            }
            _ => false,
        }
    }

    /// The branch that a schema went on as.
    fn counterpart(&self, schema: &Node<'d>, branches: &[Node<'d>], schema_is_old: bool) -> Option<Node<'d>> {
        let is_like = |branch: &&Node<'d>, likes: &dyn Fn(&Node<'d>, &Node<'d>) -> bool| {
            if schema_is_old { likes(schema, branch) } else { likes(branch, schema) }
        };
        let named = |branch: &&Node<'d>| is_like(branch, &|old, new| self.is_same(old, new));
        let alike = |branch: &&Node<'d>| is_like(branch, &|old, new| self.is_alike(old, new));
        branches.iter().find(named).or_else(|| branches.iter().find(alike)).cloned()
    }

    /// Says that branches of one list are gone.
    fn branches_gone(&mut self, views: &Views<'d>, branches: &[Node<'d>], rules: Rules) {
        for (branches, rule) in rules.split(branches) {
            let spots = (spot(&branches), views.new.here().into_missing());
            views.draft_at(rule, spots).name(called(&self.old, &branches)).push(self);
        }
    }

    /// Says that branches of one list are new.
    fn branches_come(&mut self, views: &Views<'d>, branches: &[Node<'d>], rules: Rules) {
        for (branches, rule) in rules.split(branches) {
            let spots = (views.old.here().into_missing(), spot(&branches));
            views.draft_at(rule, spots).name(called(&self.new, &branches)).push(self);
        }
    }

    /// Finds the branches that are the same: of one name, of one content, and then what is most alike.
    fn same_branches(&self, old: Vec<Node<'d>>, new: Vec<Node<'d>>) -> Matched<'d> {
        let mut matched = Matched { both: Vec::new(), gone: old, come: new };
        matched.pair(|old, new| self.is_same(old, new));
        matched.pair(|old, new| self.old.resolve(old).value == self.new.resolve(new).value);
        matched.pair(|old, new| self.is_alike(old, new));
        // What is left without a name on both sides, alone, is one that was edited.
        let is_inline = |node: &&Node<'d>| node.get("$ref").is_none();
        let lone = |nodes: &[Node<'d>]| nodes.iter().filter(is_inline).count() == 1;
        if lone(&matched.gone) && lone(&matched.come) {
            matched.pair(|old, new| is_inline(&old) && is_inline(&new) && !self.is_told_apart(old, new));
        }
        matched
    }

    /// Whether two schemas have one name, or are told apart from others in one way.
    fn is_same(&self, old: &Node<'d>, new: &Node<'d>) -> bool {
        let (at_old, at_new) = (self.old.resolve(old), self.new.resolve(new));
        let is_component = at_old.at.starts_with("/components/schemas/") && at_old.at.matches('/').count() == 3;
        if is_component && at_old.at == at_new.at {
            return true;
        }
        let title = |node: &Node<'d>| node.text("title");
        if title(&at_old).is_some() && title(&at_old) == title(&at_new) {
            return true;
        }
        let (mine, other) = (self.traits(&self.old, old), self.traits(&self.new, new));
        !mine.tags.is_empty() && mine.tags == other.tags
    }

    /// Whether two schemas without a common name may be the same one: of one type, and objects with common properties.
    fn is_alike(&self, old: &Node<'d>, new: &Node<'d>) -> bool {
        if self.is_told_apart(old, new) {
            return false;
        }
        let is_named = |side: &Side<'d>, node: &Node<'d>| side.resolve(node).at.starts_with("/components/schemas/");
        let (mine, other) = (self.traits(&self.old, old), self.traits(&self.new, new));
        let common = mine.names.intersection(&other.names).count();
        if !mine.names.is_empty() || !other.names.is_empty() {
            return common * 2 >= mine.names.len().max(other.names.len());
        }
        if is_named(&self.old, old) || is_named(&self.new, new) {
            return false;
        }
        let (old, new) = (View::of(&self.old, old), View::of(&self.new, new));
        let (old, new) = (old.types(), new.types());
        old.is_some() && old == new
    }

    /// Whether two schemas have a property, or are a value, that says that they are not the same.
    fn is_told_apart(&self, old: &Node<'d>, new: &Node<'d>) -> bool {
        let (mine, other) = (self.traits(&self.old, old), self.traits(&self.new, new));
        let differs = |(name, value): &(&str, &Value)| {
            other.tags.iter().any(|(known, another)| known == name && another != value)
        };
        mine.tags.iter().any(differs)
    }

    /// What schemas are told apart by, looked up once for each.
    fn traits(&self, side: &Side<'d>, node: &Node<'d>) -> Rc<Traits<'d>> {
        let node = side.resolve(node);
        let known = self.traits.borrow().get(&node.identity()).cloned();
        known.unwrap_or_else(|| {
            let traits = Rc::new(Traits::of(side, &node));
            self.traits.borrow_mut().insert(node.identity(), Rc::clone(&traits));
            traits
        })
    }

    fn not(&mut self, views: &Views<'d>) {
        match (views.old.get("not"), views.new.get("not")) {
            (Some(old), Some(new)) => {
                let context = Context { negated: !views.context.negated, ..views.below() };
                self.schema(views.id, &old, &new, context);
            }
            (Some(_), None) => views.draft(&r::NOT_REMOVED, "not").push(self),
            (None, Some(_)) => views.draft(&r::NOT_ADDED, "not").push(self),
            (None, None) => {}
        }
    }

    fn discriminator(&mut self, views: &Views<'d>) {
        let name = |node: &Node<'d>| node.object().and_then(|object| object.get("propertyName"));
        match (views.old.get("discriminator"), views.new.get("discriminator")) {
            (None, Some(new)) => {
                views.draft(&r::DISCRIMINATOR_ADDED, "discriminator").after(name(&new)).push(self);
            }
            (Some(old), None) => {
                views.draft(&r::DISCRIMINATOR_REMOVED, "discriminator").before(name(&old)).push(self);
            }
            (Some(old), Some(new)) => {
                if name(&old) != name(&new) {
                    let draft = views.draft(&r::DISCRIMINATOR_PROPERTY_CHANGED, "discriminator");
                    draft.before(name(&old)).after(name(&new)).push(self);
                }
                self.mapping(views, &old, &new);
            }
            (None, None) => {}
        }
    }

    fn mapping(&mut self, views: &Views<'d>, old: &Node<'d>, new: &Node<'d>) {
        let map =
            |node: &Node<'d>| node.get("mapping").map(|map| map.members().collect::<Vec<_>>()).unwrap_or_default();
        let (before, after) = (map(old), map(new));
        for (value, was) in &before {
            let rule = match after.iter().find(|(name, _)| name == value) {
                Some((_, is)) if is.value == was.value => continue,
                Some((_, is)) => {
                    let draft = views.draft_at(&r::DISCRIMINATOR_MAPPING_CHANGED, (Spot::from(was), Spot::from(is)));
                    draft.name(*value).before(Some(was.value)).after(Some(is.value)).push(self);
                    continue;
                }
                None => &r::DISCRIMINATOR_MAPPING_REMOVED,
            };
            let draft = views.draft_at(rule, (Spot::from(was), Spot::missing(new)));
            draft.name(*value).before(Some(was.value)).push(self);
        }
        let known: HashSet<&str> = before.iter().map(|(name, _)| *name).collect();
        for (value, is) in after.iter().filter(|(name, _)| !known.contains(name)) {
            let draft = views.draft_at(&r::DISCRIMINATOR_MAPPING_ADDED, (Spot::missing(old), Spot::from(is)));
            draft.name(*value).after(Some(is.value)).push(self);
        }
    }
}

impl<'d> Matched<'d> {
    /// Pairs the branches left over that belong together.
    fn pair(&mut self, belongs: impl Fn(&Node<'d>, &Node<'d>) -> bool) {
        let mut left = Vec::new();
        for old in std::mem::take(&mut self.gone) {
            match self.come.iter().position(|new| belongs(&old, new)) {
                Some(index) => {
                    let new = self.come.remove(index);
                    self.both.push((old, new));
                }
                None => left.push(old),
            }
        }
        self.gone = left;
    }
}

/// What is said of a branch, and of one that only describes.
#[derive(Clone, Copy)]
struct Rules {
    rule: &'static Rule,
    annotation: &'static Rule,
}

impl Rules {
    fn of(rule: &'static Rule) -> Self {
        Self { rule, annotation: rule }
    }

    /// The branches of each kind with what is said of them.
    fn split<'d>(self, branches: &[Node<'d>]) -> impl Iterator<Item = (Vec<Node<'d>>, &'static Rule)> + use<'d> {
        let is_aside = |branch: &Node<'d>| is_annotation(branch.value) && self.rule.id != self.annotation.id;
        let (aside, plain): (Vec<_>, Vec<_>) = branches.iter().cloned().partition(is_aside);
        [(plain, self.rule), (aside, self.annotation)].into_iter().filter(|(branches, _)| !branches.is_empty())
    }
}

/// The branches besides one.
fn others<'d>(branches: &[Node<'d>], one: &Node<'d>) -> Vec<Node<'d>> {
    branches.iter().filter(|branch| branch.identity() != one.identity()).cloned().collect()
}

/// Where branches stand: the only one, or the list of several.
fn spot(branches: &[Node<'_>]) -> Spot {
    match branches {
        [first, _, ..] => {
            let list = crate::load::pointer::split(&first.at).map_or(first.at.as_str(), |(list, _)| list);
            Spot { at: list.to_owned(), exists: true }
        }
        [only] => Spot::from(only),
        [] => Spot { at: String::new(), exists: false },
    }
}

/// Branches that are called by name.
const CALLED: usize = 4;

/// What people call branches.
fn called(side: &Side<'_>, branches: &[Node<'_>]) -> String {
    let names: Vec<String> = branches.iter().take(CALLED).map(|branch| one_called(side, branch)).collect();
    match branches.len().saturating_sub(CALLED) {
        0 => names.join(" or "),
        more => format!("{} or one of {more} more", names.join(" or ")),
    }
}

fn one_called<'d>(side: &Side<'d>, branch: &Node<'d>) -> String {
    let named = branch.text("$ref").and_then(|name| name.rsplit('/').next());
    if let Some(name) = named.or_else(|| branch.text("title")) {
        return format!("`{name}`");
    }
    match Traits::of(side, branch).tags.first() {
        Some(("", value)) => return format!("`{value}`"),
        Some((name, value)) => return format!("the one with `{name}: {value}`"),
        None => {}
    }
    let kind = branch.object().and_then(|object| object.get("type")).and_then(Value::as_str);
    kind.map_or_else(|| "another schema".to_owned(), |kind| format!("another {kind}"))
}
