//! Which values are possible, and which is meant where none is given.

use serde_json::Value;

use super::super::rules as r;
use super::schema::Views;
use super::view::View;
use super::{Comparison, Role};

impl<'d> Comparison<'d> {
    /// `enum` and `const`. A constant is an enumeration of one value where the other side has an enumeration.
    pub(super) fn values(&mut self, views: &Views<'d>) {
        let (old, new) = (views.old.value("const"), views.new.value("const"));
        let has_enum = views.old.value("enum").is_some() || views.new.value("enum").is_some();
        match (old, new) {
            (None, None) => self.enumeration(views),
            _ if has_enum => self.enumeration(views),
            (Some(old), Some(new)) if old != new => {
                views.draft(&r::CONST_CHANGED, "const").before(Some(old)).after(Some(new)).push(self);
            }
            (None, Some(new)) => views.draft(&r::CONST_ADDED, "const").after(Some(new)).push(self),
            (Some(old), None) => views.draft(&r::CONST_REMOVED, "const").before(Some(old)).push(self),
            _ => {}
        }
        self.extensible(views);
    }

    fn enumeration(&mut self, views: &Views<'d>) {
        let (before, after) = (views.old.value("enum"), views.new.value("enum"));
        let (old, new) = (possible(&views.old), possible(&views.new));
        match (old, new) {
            (None, Some(_)) => views.draft(&r::ENUM_ADDED, "enum").after(after).push(self),
            (Some(_), None) => views.draft(&r::ENUM_REMOVED, "enum").before(before).push(self),
            (Some(old), Some(new)) => {
                for gone in old.iter().filter(|value| !new.contains(value)) {
                    views.draft(&r::ENUM_VALUE_REMOVED, "enum").before(Some(gone)).push(self);
                }
                for come in new.iter().filter(|value| !old.contains(value)) {
                    views.draft(&r::ENUM_VALUE_ADDED, "enum").after(Some(come)).push(self);
                }
            }
            (None, None) => {}
        }
    }

    /// Enumerations whose readers expect values they do not know.
    fn extensible(&mut self, views: &Views<'d>) {
        const KEY: &str = "x-extensible-enum";
        let list = |view: &View<'d>| view.value(KEY).and_then(Value::as_array);
        let (Some(old), Some(new)) = (list(&views.old), list(&views.new)) else { return };
        for gone in old.iter().filter(|value| !new.contains(value)) {
            views.draft(&r::EXTENSIBLE_ENUM_VALUE_REMOVED, KEY).before(Some(gone)).push(self);
        }
        for come in new.iter().filter(|value| !old.contains(value)) {
            views.draft(&r::EXTENSIBLE_ENUM_VALUE_ADDED, KEY).after(Some(come)).push(self);
        }
    }

    pub(super) fn defaults(&mut self, views: &Views<'d>) {
        let (before, after) = (views.old.value("default"), views.new.value("default"));
        let is_parameter = views.context.role == Role::Parameter;
        let rule = match (before, after, is_parameter) {
            (None, Some(_), true) => &r::PARAMETER_DEFAULT_ADDED,
            (None, Some(_), false) => &r::DEFAULT_ADDED,
            (Some(_), None, true) => &r::PARAMETER_DEFAULT_REMOVED,
            (Some(_), None, false) => &r::DEFAULT_REMOVED,
            (Some(old), Some(new), true) if old != new => &r::PARAMETER_DEFAULT_CHANGED,
            (Some(old), Some(new), false) if old != new => &r::DEFAULT_CHANGED,
            _ => return,
        };
        views.draft(rule, "default").before(before).after(after).push(self);
    }
}

/// The values of an enumeration; null is told by whether the schema is nullable.
fn possible<'d>(view: &View<'d>) -> Option<Vec<&'d Value>> {
    let all: Vec<&Value> = match (view.value("enum"), view.value("const")) {
        (Some(Value::Array(values)), _) => values.iter().collect(),
        (_, Some(value)) => vec![value],
        _ => return None,
    };
    Some(all.into_iter().filter(|value| !value.is_null()).collect())
}
