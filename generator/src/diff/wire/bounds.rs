//! Limits on numbers, texts, lists and objects.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::super::Rule;
use super::super::rules as r;
use super::Comparison;
use super::schema::Views;
use super::view::View;

/// What is said when a limit is set, taken away, lowered or raised.
struct Limit {
    key: &'static str,
    set: &'static Rule,
    unset: &'static Rule,
    lowered: &'static Rule,
    raised: &'static Rule,
}

macro_rules! limit {
    ($key:literal $set:ident $unset:ident $lowered:ident $raised:ident) => {
        Limit { key: $key, set: &r::$set, unset: &r::$unset, lowered: &r::$lowered, raised: &r::$raised }
    };
}

/// Limits that are one whole number; a least number of zero is none.
#[rustfmt::skip]
static COUNTS: [Limit; 8] = [
    limit!("maxLength" MAX_LENGTH_SET MAX_LENGTH_UNSET MAX_LENGTH_LOWERED MAX_LENGTH_RAISED),
    limit!("minLength" MIN_LENGTH_SET MIN_LENGTH_UNSET MIN_LENGTH_LOWERED MIN_LENGTH_RAISED),
    limit!("maxItems" MAX_ITEMS_SET MAX_ITEMS_UNSET MAX_ITEMS_LOWERED MAX_ITEMS_RAISED),
    limit!("minItems" MIN_ITEMS_SET MIN_ITEMS_UNSET MIN_ITEMS_LOWERED MIN_ITEMS_RAISED),
    limit!("maxProperties" MAX_PROPERTIES_SET MAX_PROPERTIES_UNSET MAX_PROPERTIES_LOWERED MAX_PROPERTIES_RAISED),
    limit!("minProperties" MIN_PROPERTIES_SET MIN_PROPERTIES_UNSET MIN_PROPERTIES_LOWERED MIN_PROPERTIES_RAISED),
    limit!("maxContains" MAX_CONTAINS_SET MAX_CONTAINS_UNSET MAX_CONTAINS_LOWERED MAX_CONTAINS_RAISED),
    limit!("minContains" MIN_CONTAINS_SET MIN_CONTAINS_UNSET MIN_CONTAINS_LOWERED MIN_CONTAINS_RAISED),
];

#[rustfmt::skip]
static MAXIMUM: Limit = limit!("maximum" MAXIMUM_SET MAXIMUM_UNSET MAXIMUM_LOWERED MAXIMUM_RAISED);
#[rustfmt::skip]
static MINIMUM: Limit = limit!("minimum" MINIMUM_SET MINIMUM_UNSET MINIMUM_LOWERED MINIMUM_RAISED);
#[rustfmt::skip]
static EXCLUSIVE_MAXIMUM: Limit = limit!(
    "exclusiveMaximum" EXCLUSIVE_MAXIMUM_SET EXCLUSIVE_MAXIMUM_UNSET EXCLUSIVE_MAXIMUM_LOWERED EXCLUSIVE_MAXIMUM_RAISED
);
#[rustfmt::skip]
static EXCLUSIVE_MINIMUM: Limit = limit!(
    "exclusiveMinimum" EXCLUSIVE_MINIMUM_SET EXCLUSIVE_MINIMUM_UNSET EXCLUSIVE_MINIMUM_LOWERED EXCLUSIVE_MINIMUM_RAISED
);

/// A bound of numbers: what is allowed up to it, and what is allowed up to just before it.
#[derive(Clone, Copy, Debug, Default)]
struct Bound<'d> {
    inclusive: Option<&'d Value>,
    exclusive: Option<&'d Value>,
}

impl<'d> Bound<'d> {
    /// Reads `exclusiveMaximum: true` of 3.0 like `exclusiveMaximum: 5` of 3.1.
    fn of(view: &View<'d>, inclusive: &str, exclusive: &str) -> Self {
        let number = |key: &str| view.value(key).filter(|value| value.is_number());
        if view.flag(exclusive) {
            Self { inclusive: None, exclusive: number(inclusive) }
        } else {
            Self { inclusive: number(inclusive), exclusive: number(exclusive) }
        }
    }

    fn is_one(&self, other: &Self) -> bool {
        self.inclusive.is_some() && self.exclusive.is_none() && other.inclusive.is_none() && other.exclusive.is_some()
    }
}

impl<'d> Comparison<'d> {
    pub(super) fn bounds(&mut self, views: &Views<'d>) {
        for limit in &COUNTS {
            let value = |view: &View<'d>| {
                let is_least = limit.key.starts_with("min") && limit.key != "minContains";
                let value = view.value(limit.key).filter(|value| number(value).is_some());
                value.filter(|value| !(is_least && value.as_f64() == Some(0.0)))
            };
            self.limit(views, limit, [limit.key; 2], value(&views.old), value(&views.new));
        }
        self.numeric(views, &MAXIMUM, &EXCLUSIVE_MAXIMUM);
        self.numeric(views, &MINIMUM, &EXCLUSIVE_MINIMUM);
        self.multiple(views);
        self.pattern(views);
        self.unique(views);
    }

    fn limit(
        &mut self,
        views: &Views<'d>,
        limit: &Limit,
        keys: [&'static str; 2],
        before: Option<&'d Value>,
        after: Option<&'d Value>,
    ) {
        let rule = match (before.and_then(number), after.and_then(number)) {
            (None, Some(_)) => limit.set,
            (Some(_), None) => limit.unset,
            (Some(old), Some(new)) => match order(old, new) {
                Ordering::Less => limit.raised,
                Ordering::Greater => limit.lowered,
                Ordering::Equal => return,
            },
            (None, None) => return,
        };
        let [old, new] = keys;
        let spots = (views.old.spot(old), views.new.spot(new));
        views.draft_at(rule, spots).before(before).after(after).push(self);
    }

    fn numeric(&mut self, views: &Views<'d>, inclusive: &Limit, exclusive: &Limit) {
        let of = |view: &View<'d>| Bound::of(view, inclusive.key, exclusive.key);
        let (old, new) = (of(&views.old), of(&views.new));
        if old.is_one(&new) || new.is_one(&old) {
            return self.other_kind(views, inclusive, exclusive, old, new);
        }
        for (limit, before, after) in
            [(inclusive, old.inclusive, new.inclusive), (exclusive, old.exclusive, new.exclusive)]
        {
            // In 3.0 the number of an exclusive bound stands where an inclusive one does.
            let key = |value: Option<&Value>, view: &View<'d>| {
                if view.flag(exclusive.key) && value.is_some() { inclusive.key } else { limit.key }
            };
            let keys = [key(before, &views.old), key(after, &views.new)];
            self.limit(views, limit, keys, before, after);
        }
    }

    /// A bound that was inclusive and is exclusive, or the other way round, is one change.
    fn other_kind(&mut self, views: &Views<'d>, inclusive: &Limit, exclusive: &Limit, old: Bound<'d>, new: Bound<'d>) {
        let became_exclusive = new.exclusive.is_some();
        let pair = if became_exclusive { old.inclusive.zip(new.exclusive) } else { old.exclusive.zip(new.inclusive) };
        let Some((before, after)) = pair else { return };
        let is_maximum = inclusive.key == "maximum";
        let Some((one, other)) = number(before).zip(number(after)) else { return };
        let moved = if is_maximum { order(other, one) } else { order(one, other) };
        // At one number, the exclusive bound is the tighter one.
        let is_tighter = moved == Ordering::Less || (moved == Ordering::Equal && became_exclusive);
        let rule = match (is_tighter, is_maximum) {
            (true, _) if became_exclusive => exclusive.set,
            (false, _) if !became_exclusive => exclusive.unset,
            (true, true) | (false, false) => inclusive.lowered,
            (true, false) | (false, true) => inclusive.raised,
        };
        let spots = views.spots(exclusive.key);
        views.draft_at(rule, spots).before(Some(before)).after(Some(after)).push(self);
    }

    fn multiple(&mut self, views: &Views<'d>) {
        let (before, after) = (views.old.value("multipleOf"), views.new.value("multipleOf"));
        let divides = |small: f64, large: f64| small != 0.0 && (large / small).fract() == 0.0;
        let rule = match (before.and_then(Value::as_f64), after.and_then(Value::as_f64)) {
            (None, Some(_)) => &r::MULTIPLE_OF_SET,
            (Some(_), None) => &r::MULTIPLE_OF_UNSET,
            (Some(old), Some(new)) if old.total_cmp(&new).is_ne() => match (divides(old, new), divides(new, old)) {
                (true, _) => &r::MULTIPLE_OF_NARROWED,
                (_, true) => &r::MULTIPLE_OF_WIDENED,
                _ => &r::MULTIPLE_OF_CHANGED,
            },
            _ => return,
        };
        views.draft(rule, "multipleOf").before(before).after(after).push(self);
    }

    fn pattern(&mut self, views: &Views<'d>) {
        let (before, after) = (views.old.value("pattern"), views.new.value("pattern"));
        let is_anything = |value: &Value| matches!(value.as_str(), Some("" | ".*" | "^.*$" | "^.*" | ".*$"));
        let rule = match (before, after) {
            (None, Some(_)) => &r::PATTERN_ADDED,
            (Some(_), None) => &r::PATTERN_REMOVED,
            (Some(old), Some(new)) if old != new && is_anything(new) => &r::PATTERN_GENERALIZED,
            (Some(old), Some(new)) if old != new => &r::PATTERN_CHANGED,
            _ => return,
        };
        views.draft(rule, "pattern").before(before).after(after).push(self);
    }

    fn unique(&mut self, views: &Views<'d>) {
        let rule = match (views.old.flag("uniqueItems"), views.new.flag("uniqueItems")) {
            (false, true) => &r::UNIQUE_ITEMS_REQUIRED,
            (true, false) => &r::UNIQUE_ITEMS_NO_LONGER_REQUIRED,
            _ => return,
        };
        views.draft(rule, "uniqueItems").push(self);
    }
}

fn number(value: &Value) -> Option<&Number> {
    if let Value::Number(number) = value { Some(number) } else { None }
}

/// Compares two numbers without going through a float where both are whole.
fn order(one: &Number, other: &Number) -> Ordering {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => one.as_f64().partial_cmp(&other.as_f64()).unwrap_or(Ordering::Equal),
    }
}
