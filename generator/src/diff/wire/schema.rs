//! Two schemas.

use super::super::rules as r;
use super::super::{Direction, Rule};
use super::lifecycle::What;
use super::view::{Types, View};
use super::{Both, Comparison, Context, Draft, Pair, Spot};

/// Two schemas that are compared, as they are meant.
pub(super) struct Views<'d> {
    pub(super) id: usize,
    pub(super) old: View<'d>,
    pub(super) new: View<'d>,
    pub(super) context: Context,
}

impl<'d> Views<'d> {
    /// Where a keyword stands or would stand.
    pub(super) fn spots(&self, key: &str) -> (Spot, Spot) {
        (self.old.spot(key), self.new.spot(key))
    }

    /// The beginning of a finding at a keyword.
    pub(super) fn draft(&self, rule: &'static Rule, key: &str) -> Draft<'d> {
        self.draft_at(rule, self.spots(key))
    }

    pub(super) fn draft_at(&self, rule: &'static Rule, spots: (Spot, Spot)) -> Draft<'d> {
        Draft::new(self.id, rule, self.context.direction, spots).negated(self.context.negated)
    }

    /// The context of schemas below this one.
    pub(super) fn below(&self) -> Context {
        Context { role: super::Role::Other, ..self.context }
    }
}

impl<'d> Comparison<'d> {
    pub(super) fn schemas(&mut self, pair: Pair<'d>) {
        let old = View::of(&self.old, &pair.old);
        let new = View::of(&self.new, &pair.new);
        let mut views = Views { id: pair.id, old, new, context: pair.context };
        self.all_of(&mut views);
        self.nullable(&views);
        self.life(&views);
        if self.wrapped(&views) {
            return;
        }
        let is_other = self.types(&views);
        self.values(&views);
        self.defaults(&views);
        if is_other {
            return;
        }
        self.bounds(&views);
        self.object(&views);
        self.possibilities(&views);
        self.newer(&views);
    }

    fn nullable(&mut self, views: &Views<'d>) {
        let rule = match (views.old.is_nullable, views.new.is_nullable) {
            (false, true) => &r::BECAME_NULLABLE,
            (true, false) => &r::BECAME_NOT_NULLABLE,
            _ => return,
        };
        // 3.0 writes `nullable`, 3.1 lists the type or a possibility more.
        let spot = |view: &View<'d>| {
            let key = ["nullable", "type", "anyOf", "oneOf"].into_iter().find(|key| view.get(key).is_some());
            key.map_or_else(|| view.here(), |key| view.spot(key))
        };
        views.draft_at(rule, (spot(&views.old), spot(&views.new))).push(self);
    }

    /// Deprecation and stability of what the schema describes.
    fn life(&mut self, views: &Views<'d>) {
        if let (Some(old), Some(new)) = (views.old.home(), views.new.home()) {
            let both = Both { id: views.id, old: old.clone(), new: new.clone() };
            self.lifecycle(&both, views.context.direction, What::Property);
        }
    }

    /// Compares types; says whether they have nothing in common.
    fn types(&mut self, views: &Views<'d>) -> bool {
        let (mut old, mut new) = (views.old.types(), views.new.types());
        if old.is_none() && (new.is_some() || views.new.listed_types().is_some()) {
            old = views.old.listed_types();
        }
        if new.is_none() && (old.is_some() || views.old.listed_types().is_some()) {
            new = views.new.listed_types();
        }
        let told = |types: &Option<Types<'d>>| types.as_ref().map_or_else(|| "any".to_owned(), Types::told);
        let within = |one: &Option<Types<'d>>, other: &Option<Types<'d>>| match (one, other) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(one), Some(other)) => one.is_within(other),
        };
        let (narrower, wider) = (within(&new, &old), within(&old, &new));
        let is_disjoint = match (&old, &new) {
            (Some(old), Some(new)) => !old.0.iter().any(|name| new.has(name)),
            _ => false,
        };
        let rule = match (narrower, wider) {
            (true, true) => return self.format(views),
            _ if views.context.loose && is_text(&old, &new) => &r::TYPE_COMPATIBLE,
            (true, false) => &r::TYPE_NARROWED,
            (false, true) => &r::TYPE_WIDENED,
            (false, false) => &r::TYPE_CHANGED,
        };
        let key = |view: &View<'d>| ["type", "anyOf", "oneOf"].into_iter().find(|key| view.get(key).is_some());
        let spot = |view: &View<'d>| key(view).map_or_else(|| view.here(), |key| view.spot(key));
        let spots = (spot(&views.old), spot(&views.new));
        views.draft_at(rule, spots).was(told(&old)).is(told(&new)).push(self);
        is_disjoint && !(narrower || wider)
    }

    /// Compares formats of one type. Gives back `false`: the types are alike.
    fn format(&mut self, views: &Views<'d>) -> bool {
        let (before, after) = (views.old.text("format"), views.new.text("format"));
        if before == after || is_twin(&views.old, &views.new) || is_twin(&views.new, &views.old) {
            return false;
        }
        let contains = |wide: Option<&str>, narrow: Option<&str>| match (wide, narrow) {
            (None, _) => true,
            (Some(wide), Some(narrow)) => matches!(
                (wide, narrow),
                ("int64", "int32") | ("double", "float") | ("bigint", "int32" | "int64") | ("date-time", "date")
            ),
            (Some(_), None) => false,
        };
        let rule = match (contains(before, after), contains(after, before)) {
            (true, _) => &r::FORMAT_NARROWED,
            (_, true) => &r::FORMAT_WIDENED,
            _ => &r::FORMAT_CHANGED,
        };
        let told = |format: Option<&str>| format.unwrap_or("none").to_owned();
        views.draft(rule, "format").was(told(before)).is(told(after)).push(self);
        false
    }
}

/// Whether two types are one where every value is written as text: one is a text, or neither has parts.
fn is_text(old: &Option<Types<'_>>, new: &Option<Types<'_>>) -> bool {
    let is_only =
        |types: &Option<Types<'_>>| types.as_ref().is_some_and(|types| types.0.len() == 1 && types.has("string"));
    let is_scalar =
        |types: &Option<Types<'_>>| types.as_ref().is_none_or(|types| !types.has("object") && !types.has("array"));
    is_only(old) || is_only(new) || (is_scalar(old) && is_scalar(new))
}

/// Whether one schema says with a format what the other says with the keywords of 3.1.
fn is_twin(one: &View<'_>, other: &View<'_>) -> bool {
    match one.text("format") {
        Some("byte") => {
            other.text("contentEncoding").is_some_and(|name| name.to_ascii_lowercase().starts_with("base64"))
        }
        Some("binary") => other.text("contentMediaType") == Some("application/octet-stream"),
        _ => false,
    }
}

/// The direction of something that is only written or only read.
pub(super) fn sent(direction: Direction, view: &View<'_>) -> Direction {
    match direction {
        Direction::Request if view.flag("readOnly") => Direction::None,
        Direction::Response if view.flag("writeOnly") => Direction::None,
        same => same,
    }
}
