//! Deprecation, the day something goes, and how stable it is said to be.

use serde_json::Value;

use super::super::rules as r;
use super::super::{Date, Direction, Rule};
use super::node::Node;
use super::{Both, Comparison, Draft};

/// What has a life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Operation,
    Parameter,
    Property,
}

/// How something that is gone was announced to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gone {
    /// It was not deprecated.
    Undeclared,
    /// It was deprecated, and its day has come or was never named.
    Declared,
    /// Its day has not come.
    Early,
    /// Nobody can tell whether its day has come.
    Unreadable,
}

impl Gone {
    pub(super) fn of_path(self) -> &'static Rule {
        match self {
            Self::Undeclared => &r::PATH_REMOVED,
            Self::Declared => &r::PATH_REMOVED_AFTER_DEPRECATION,
            Self::Early => &r::PATH_REMOVED_BEFORE_SUNSET,
            Self::Unreadable => &r::REMOVED_WITH_UNREADABLE_SUNSET,
        }
    }

    pub(super) fn of_operation(self) -> &'static Rule {
        match self {
            Self::Undeclared => &r::OPERATION_REMOVED,
            Self::Declared => &r::OPERATION_REMOVED_AFTER_DEPRECATION,
            Self::Early => &r::OPERATION_REMOVED_BEFORE_SUNSET,
            Self::Unreadable => &r::REMOVED_WITH_UNREADABLE_SUNSET,
        }
    }
}

const SUNSET: &str = "x-sunset";
const STABILITY: &str = "x-stability-level";
/// From the least stable to the most.
const LEVELS: [&str; 4] = ["draft", "alpha", "beta", "stable"];

/// A level of stability: not said, one of [`LEVELS`], or none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Unsaid,
    Known(usize),
    Unreadable,
}

fn level(value: Option<&Value>) -> Level {
    let Some(value) = value else { return Level::Unsaid };
    let known = value.as_str().and_then(|name| LEVELS.iter().position(|level| *level == name));
    known.map_or(Level::Unreadable, Level::Known)
}

/// Whether an operation is said to be subject to change.
pub(super) fn is_unstable(operation: &Node<'_>) -> bool {
    matches!(operation.text(STABILITY), Some("draft" | "alpha"))
}

fn day(value: &Value) -> Option<Date> {
    value.as_str().and_then(Date::parse)
}

impl<'d> Comparison<'d> {
    /// How the going of something was announced.
    pub(super) fn gone(&self, node: &Node<'_>) -> Gone {
        if !node.flag("deprecated") {
            return Gone::Undeclared;
        }
        match node.object().and_then(|object| object.get(SUNSET)).map(day) {
            None => Gone::Declared,
            Some(None) => Gone::Unreadable,
            Some(Some(day)) if day > self.options.today => Gone::Early,
            Some(Some(_)) => Gone::Declared,
        }
    }

    pub(super) fn lifecycle(&mut self, both: &Both<'d>, direction: Direction, what: What) {
        if self.stability(both, direction) == Level::Unreadable {
            return;
        }
        match (both.old.flag("deprecated"), both.new.flag("deprecated")) {
            (false, true) => self.deprecated(both, direction, what),
            (true, false) => {
                Draft::new(both.id, &r::REACTIVATED, direction, both.spots("deprecated")).push(self);
            }
            (true, true) => self.sunset(both, direction),
            (false, false) => {}
        }
    }

    /// Compares levels of stability, and gives back the new one.
    fn stability(&mut self, both: &Both<'d>, direction: Direction) -> Level {
        let (before, after) = both.values(STABILITY);
        let (old, new) = (level(before), level(after));
        let rule = match (old, new) {
            _ if before == after => None,
            (Level::Unreadable, _) | (_, Level::Unreadable) => Some(&r::STABILITY_UNREADABLE),
            (Level::Known(old), Level::Known(new)) if new < old => Some(&r::STABILITY_LOWERED),
            (Level::Known(_), Level::Known(_)) => Some(&r::STABILITY_RAISED),
            _ => None,
        };
        if let Some(rule) = rule {
            let said = |value: Option<&Value>| value.map_or_else(|| "not said".to_owned(), short);
            let spots = both.spots(STABILITY);
            Draft::new(both.id, rule, direction, spots).was(said(before)).is(said(after)).push(self);
        }
        new
    }

    fn deprecated(&mut self, both: &Both<'d>, direction: Direction, what: What) {
        let (_, sunset) = both.values(SUNSET);
        let notice = self.notice(&both.new);
        let rule = match sunset.map(day) {
            None if notice > 0 => &r::DEPRECATED_WITHOUT_SUNSET,
            None => &r::DEPRECATED,
            Some(None) if what == What::Parameter => &r::PARAMETER_SUNSET_UNREADABLE,
            Some(None) => &r::DEPRECATED_WITH_UNREADABLE_SUNSET,
            Some(Some(day)) if day.days_since(self.options.today) < notice => &r::DEPRECATED_WITH_EARLY_SUNSET,
            Some(Some(_)) => &r::DEPRECATED_WITH_SUNSET,
        };
        Draft::new(both.id, rule, direction, both.spots("deprecated")).after(sunset).push(self);
    }

    /// The day that something deprecated goes.
    fn sunset(&mut self, both: &Both<'d>, direction: Direction) {
        let (before, after) = both.values(SUNSET);
        let rule = match (before.map(day), after.map(day)) {
            _ if before == after => return,
            (None, _) => &r::SUNSET_ANNOUNCED,
            (_, None) => &r::SUNSET_REMOVED,
            (Some(None), _) | (_, Some(None)) => &r::SUNSET_UNREADABLE,
            (Some(Some(old)), Some(Some(new))) => {
                let is_soon = new.days_since(self.options.today) < self.notice(&both.new);
                if new < old && is_soon { &r::SUNSET_MOVED_TOO_CLOSE } else { &r::SUNSET_MOVED }
            }
        };
        Draft::new(both.id, rule, direction, both.spots(SUNSET)).before(before).after(after).push(self);
    }

    /// Days that something must still be there once it is deprecated.
    fn notice(&self, node: &Node<'_>) -> i64 {
        match node.text(STABILITY) {
            _ if is_unstable(node) => 0,
            Some("beta") => self.options.notice.beta,
            _ => self.options.notice.stable,
        }
    }
}

fn short(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
