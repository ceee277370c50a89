//! What goes on under another name.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::maps::{HashMap, HashSet};
use crate::target::GivenNames;
use crate::target::rust::{Kind, Outline, Symbol};

/// New names by old ones.
#[derive(Debug, Default)]
pub(super) struct Renames {
    types: BTreeMap<String, String>,
    /// Whole symbols: `Charges::create()`.
    functions: BTreeMap<String, String>,
}

impl Renames {
    /// Finds what is called otherwise: the types of a component, the method of a route, and types that only their name
    /// tells from one that is gone.
    pub(super) fn find(old: &Outline, new: &Outline, before: &GivenNames, after: &GivenNames) -> Self {
        let mut renames = Self::default();
        for (component, was) in &before.types {
            let is = after.types.get(component);
            if let Some(is) = is.filter(|is| *is != was && !new.symbols.contains_key(was)) {
                renames.types.insert(was.clone(), is.clone());
            }
        }
        for (route, was) in &before.operations {
            let Some(is) = after.operations.get(route) else { continue };
            let (Some(was), Some(is)) = (method(old, was), method(new, is)) else { continue };
            let (Some(one), Some(other)) = (old.symbols.get(&was), new.symbols.get(&is)) else { continue };
            if was != is && !new.symbols.contains_key(&was) {
                renames.functions.insert(was, is);
            }
            // The type that holds a call's arguments is named after the call.
            if let (Some(was), Some(is)) = (call_type(one), call_type(other))
                && was != is
                && !new.symbols.contains_key(was)
                && !old.symbols.contains_key(is)
            {
                renames.types.insert(was.to_owned(), is.to_owned());
            }
        }
        renames.alike(old, new);
        renames
    }

    /// Types that are gone and have the members of exactly one that is new.
    fn alike(&mut self, old: &Outline, new: &Outline) {
        let is_type = |symbol: &Symbol| symbol.kind == Kind::Type;
        let known: HashSet<&str> = self.types.values().map(String::as_str).collect();
        let mut come: HashMap<Vec<(&str, Cow<'_, str>)>, Vec<&str>> = HashMap::default();
        for (name, symbol) in &new.symbols {
            if is_type(symbol) && !old.symbols.contains_key(name) && !known.contains(name.as_str()) {
                come.entry(shape(new, name)).or_default().push(name);
            }
        }
        let mut found = Vec::new();
        for (name, symbol) in &old.symbols {
            if !is_type(symbol) || new.symbols.contains_key(name) || self.types.contains_key(name) {
                continue;
            }
            let shape = shape(old, name);
            if let (false, Some([only])) = (shape.is_empty(), come.get(&shape).map(Vec::as_slice)) {
                found.push((name.clone(), (*only).to_owned()));
            }
        }
        self.types.extend(found);
    }

    /// Whether everything is called what it was.
    pub(super) fn is_empty(&self) -> bool {
        self.types.is_empty() && self.functions.is_empty()
    }

    /// What a symbol is called now.
    pub(super) fn symbol<'n>(&'n self, name: &'n str) -> Cow<'n, str> {
        if let Some(function) = self.functions.get(name) {
            return Cow::Borrowed(function);
        }
        match name.split_once("::") {
            Some((owner, member)) => match self.types.get(owner) {
                Some(owner) => Cow::Owned(format!("{owner}::{member}")),
                None => Cow::Borrowed(name),
            },
            None => Cow::Borrowed(self.types.get(name).map_or(name, String::as_str)),
        }
    }

    /// Whether a symbol itself, and not what it is a member of, has another name.
    pub(super) fn is_renamed(&self, name: &str) -> bool {
        self.functions.contains_key(name) || self.types.contains_key(name)
    }

    /// Code with the new names of types.
    pub(super) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.types.is_empty() {
            Cow::Borrowed(text)
        } else {
            replaced(text, |word| self.types.get(word).map(String::as_str))
        }
    }
}

/// Code with some of its words replaced.
fn replaced<'r, 't>(text: &'t str, by: impl Fn(&str) -> Option<&'r str>) -> Cow<'t, str> {
    let mut out = String::new();
    let mut done = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
        let (word, after) = rest.split_at(rest.find(|letter| !is_part(letter)).unwrap_or(rest.len()));
        let begin = text.len() - rest.len();
        if let Some(other) = by(word).filter(|_| !word.is_empty()) {
            out.push_str(text.get(done..begin).unwrap_or_default());
            out.push_str(other);
            done = begin + word.len();
        }
        rest = after.trim_start_matches(|letter| !is_part(letter));
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// The symbol of `charges.create`: the accessor's type and the method.
pub(super) fn method(outline: &Outline, given: &str) -> Option<String> {
    let (accessor, method) = given.split_once('.')?;
    let accessor = outline.symbols.get(&format!("ApiClient::{accessor}()"))?;
    let (_, result) = accessor.meaning.rsplit_once("-> ")?;
    let ty = result.split('<').next()?.rsplit("::").next()?;
    Some(format!("{ty}::{method}()"))
}

/// The type that a call's `Request` is of.
fn call_type(method: &Symbol) -> Option<&str> {
    let (_, result) = method.meaning.rsplit_once("-> Request<")?;
    result.split([',', '>']).next().map(str::trim)
}

/// The members of a type, by which it is known again, whatever it is called.
fn shape<'s>(outline: &'s Outline, name: &str) -> Vec<(&'s str, Cow<'s, str>)> {
    let members = outline.members(name).filter(|(_, symbol)| matches!(symbol.kind, Kind::Field | Kind::Variant));
    let own = |word: &str| (word == name).then_some("Self");
    members.map(|(member, symbol)| (member, replaced(&symbol.meaning, own))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_names_are_replaced() {
        let renames = Renames { types: [("A".to_owned(), "B".to_owned())].into(), ..Renames::default() };
        assert_eq!(renames.text("Option<A>, AB, Vec<A>"), "Option<B>, AB, Vec<B>");
        assert_eq!(renames.symbol("A::a"), "B::a");
    }
}
