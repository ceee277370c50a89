//! Which member of a union an object is, when no property says so.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::Raw;

/// What a member of a union says of the properties of an object, or of the objects in a list.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    is_list: bool,
    is_open: bool,
    required: &'static [&'static str],
    known: &'static [&'static str],
    always: &'static [(&'static str, &'static str)],
    always_number: &'static [(&'static str, i64)],
}

impl Member {
    /// An object that has the `required` properties; `known` are all it may have.
    #[must_use]
    pub const fn object(required: &'static [&'static str], known: &'static [&'static str]) -> Self {
        Self { is_list: false, is_open: false, required, known, always: &[], always_number: &[] }
    }

    /// A list of such objects.
    #[must_use]
    pub const fn list(required: &'static [&'static str], known: &'static [&'static str]) -> Self {
        Self { is_list: true, ..Self::object(required, known) }
    }

    /// It keeps properties it does not know.
    #[must_use]
    pub const fn open(self) -> Self {
        Self { is_open: true, ..self }
    }

    /// Properties whose text is always the same.
    #[must_use]
    pub const fn always(self, always: &'static [(&'static str, &'static str)]) -> Self {
        Self { always, ..self }
    }

    /// Properties whose whole number is always the same.
    #[must_use]
    pub const fn always_number(self, always_number: &'static [(&'static str, i64)]) -> Self {
        Self { always_number, ..self }
    }

    /// Whether an object may be this member.
    fn may_be(&self, object: &Map<String, Value>) -> bool {
        let is_there = |property: &&str| object.get(*property).is_some_and(|value| !value.is_null());
        let is_same = |(property, text): &(&str, &str)| object.get(*property).is_none_or(|value| value == text);
        let is_equal = |(property, number): &(&str, i64)| object.get(*property).is_none_or(|value| value == number);
        self.required.iter().all(is_there) && self.always.iter().all(is_same) && self.always_number.iter().all(is_equal)
    }

    /// Whether nothing is lost when an object that has these properties becomes this member.
    fn keeps(&self, properties: &HashSet<&str>) -> bool {
        self.is_open || properties.iter().all(|property| self.known.contains(property))
    }
}

impl Raw {
    /// Positions of the members that this object, or list of objects, may be without losing a property that another
    /// member knows: those that require most come first, and those that know few properties by name come last.
    ///
    /// Properties that no member knows are as new to all of them, and decide nothing.
    pub fn fitting(&self, members: &[Member]) -> impl Iterator<Item = usize> + use<> {
        let value = self.value();
        let (is_list, objects): (bool, Vec<&Map<String, Value>>) = match &value {
            Value::Object(object) => (false, vec![object]),
            Value::Array(items) => (true, items.iter().filter_map(Value::as_object).collect()),
            _ => (false, Vec::new()),
        };
        let is_known = |property: &str| {
            members
                .iter()
                .any(|member| member.is_list == is_list && (member.is_open || member.known.contains(&property)))
        };
        let properties: HashSet<&str> =
            objects.iter().flat_map(|object| object.keys()).map(String::as_str).filter(|key| is_known(key)).collect();
        let mut fitting: Vec<(usize, &Member)> = members
            .iter()
            .enumerate()
            .filter(|(_, member)| member.is_list == is_list && !objects.is_empty())
            .filter(|(_, member)| objects.iter().all(|object| member.may_be(object)) && member.keeps(&properties))
            .collect();
        fitting.sort_by_key(|(_, member)| (member.is_open, std::cmp::Reverse(member.required.len())));
        let fitting: Vec<usize> = fitting.into_iter().map(|(position, _)| position).collect();
        fitting.into_iter()
    }
}
