//! What goes on under another name.

use std::collections::BTreeMap;

use crate::target::GivenNames;

use super::surface::{Kind, Surface, Symbol};

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
    pub(super) fn find(old: &Surface, new: &Surface, before: &GivenNames, after: &GivenNames) -> Self {
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
    fn alike(&mut self, old: &Surface, new: &Surface) {
        let is_type = |symbol: &Symbol| symbol.kind == Kind::Type;
        let come: Vec<&str> = new
            .symbols
            .iter()
            .filter(|(name, symbol)| is_type(symbol) && !old.symbols.contains_key(*name))
            .map(|(name, _)| name.as_str())
            .filter(|name| !self.types.values().any(|known| known == name))
            .collect();
        let mut found = Vec::new();
        for (name, symbol) in &old.symbols {
            if !is_type(symbol) || new.symbols.contains_key(name) || self.types.contains_key(name) {
                continue;
            }
            let shape = shape(old, name);
            let mut same = come.iter().filter(|other| !shape.is_empty() && self::shape(new, other) == shape);
            if let (Some(only), None) = (same.next(), same.next()) {
                found.push((name.clone(), (*only).to_owned()));
            }
        }
        self.types.extend(found);
    }

    /// What a symbol is called now.
    pub(super) fn symbol(&self, name: &str) -> String {
        if let Some(function) = self.functions.get(name) {
            return function.clone();
        }
        match name.split_once("::") {
            Some((owner, member)) => format!("{}::{member}", self.types.get(owner).map_or(owner, String::as_str)),
            None => self.types.get(name).cloned().unwrap_or_else(|| name.to_owned()),
        }
    }

    /// Whether a symbol itself, and not what it is a member of, has another name.
    pub(super) fn is_renamed(&self, name: &str) -> bool {
        self.functions.contains_key(name) || self.types.contains_key(name)
    }

    /// Code with the new names of types.
    pub(super) fn text(&self, text: &str) -> String {
        if self.types.is_empty() {
            text.to_owned()
        } else {
            replaced(text, |word| self.types.get(word).map(String::as_str))
        }
    }
}

/// Code with some of its words replaced.
fn replaced<'r>(text: &str, by: impl Fn(&str) -> Option<&'r str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for letter in text.chars() {
        if letter.is_alphanumeric() || letter == '_' {
            word.push(letter);
            continue;
        }
        out.push_str(by(&word).unwrap_or(&word));
        word.clear();
        out.push(letter);
    }
    out.push_str(by(&word).unwrap_or(&word));
    out
}

/// The symbol of `charges.create`: the accessor's type and the method.
pub(super) fn method(surface: &Surface, given: &str) -> Option<String> {
    let (accessor, method) = given.split_once('.')?;
    let accessor = surface.symbols.get(&format!("ApiClient::{accessor}()"))?;
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
fn shape<'s>(surface: &'s Surface, name: &str) -> Vec<(&'s str, String)> {
    let members = surface.members(name).filter(|(_, symbol)| matches!(symbol.kind, Kind::Field | Kind::Variant));
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
