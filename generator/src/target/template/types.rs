//! A type as a language writes it: a pattern for each kind, filled from the inside out.

use super::language::Language;
use crate::ir::{Api, EnumBase, Type, TypeDef, TypeId, TypeKind, UnionStyle};

/// Deepest nesting that is written. Only aliases of themselves are deeper, and those have no type.
const DEEPEST: usize = 60;

/// The types of an API in the words of a language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Types<'a> {
    pub(super) language: &'a Language,
    pub(super) api: &'a Api,
}

impl<'a> Types<'a> {
    /// A type by a view of the language.
    pub(super) fn write(self, view: &str, ty: &Type) -> Result<String, String> {
        self.nested(view, ty, 0)
    }

    fn nested(self, view: &str, ty: &Type, depth: usize) -> Result<String, String> {
        if depth > DEEPEST {
            return Err("a type is nested too deeply".to_owned());
        }
        let inner = |ty: &Type| self.nested(view, ty, depth + 1);
        let (keys, item): (&[&str], _) = match ty {
            Type::Bool => (&["bool"], None),
            Type::Int { bits: 32, signed: true } => (&["int32", "int"], None),
            Type::Int { signed: true, .. } => (&["int64", "int"], None),
            Type::Int { bits: 32, .. } => (&["uint32", "int"], None),
            Type::Int { .. } => (&["uint64", "int"], None),
            Type::Float { bits: 32 } => (&["float32", "float"], None),
            Type::Float { .. } => (&["float64", "float"], None),
            Type::Decimal => (&["decimal", "string"], None),
            Type::String => (&["string"], None),
            Type::Secret => (&["secret", "string"], None),
            Type::Bytes => (&["bytes"], None),
            Type::Date => (&["date", "string"], None),
            Type::DateTime => (&["date_time", "string"], None),
            Type::Uuid => (&["uuid", "string"], None),
            Type::Uri => (&["uri", "string"], None),
            Type::Json => (&["json"], None),
            Type::List(item) => (&["list"], Some(inner(item)?)),
            Type::Map(item) => (&["map"], Some(inner(item)?)),
            Type::Nullable(item) => (&["nullable"], Some(inner(item)?)),
            Type::Ref(id) => return self.named(view, *id, depth),
        };
        let pattern = self.pattern(view, keys)?;
        fill(pattern, &[("item", item.as_deref().unwrap_or_default())])
    }

    fn named(self, view: &str, id: TypeId, depth: usize) -> Result<String, String> {
        let def = self.api.type_def(id).ok_or_else(|| format!("there is no type {}", id.0))?;
        let (keys, inside) = kind(def);
        let pattern = self.pattern(view, keys)?;
        let [item, id] = inside.map(|ty| match ty {
            Some(ty) => self.nested(view, ty, depth + 1),
            None => Ok(String::new()),
        });
        let at = |place: &str| self.language.names.get(place).map(|rule| rule.apply(&def.name)).unwrap_or_default();
        fill(pattern, &[("name", &at("type")), ("module", &at("module")), ("item", &item?), ("id", &id?)])
    }

    /// The pattern of the first of some keys that a view has.
    fn pattern(self, view: &str, keys: &[&str]) -> Result<&'a str, String> {
        let patterns = self.language.types.get(view).ok_or_else(|| format!("there is no [types.{view}]"))?;
        let found = keys.iter().find_map(|key| patterns.get(*key));
        found.map(String::as_str).ok_or_else(|| format!("[types.{view}] has no `{}`", keys.last().unwrap_or(&"")))
    }
}

/// The keys that a named type goes by, best first, and what stands in it: its item, and the id that may stand for it.
fn kind(def: &TypeDef) -> (&'static [&'static str], [Option<&Type>; 2]) {
    match &def.kind {
        TypeKind::Struct(_) => (&["struct"], [None, None]),
        TypeKind::Enum(set) if set.base == EnumBase::Int => (&["int_enum", "enum"], [None, None]),
        TypeKind::Enum(_) => (&["enum"], [None, None]),
        TypeKind::Id(_) => (&["id", "string"], [None, None]),
        TypeKind::Page(page) => (&["page", "struct"], [Some(&page.item), None]),
        TypeKind::Alias { of } => (&["alias"], [Some(of), None]),
        TypeKind::Union(union) => {
            let variant = |at: usize| union.variants.get(at).map(|variant| &variant.ty);
            match union.style {
                UnionStyle::Expandable => (&["expandable", "union"], [variant(1), variant(0)]),
                UnionStyle::Discriminator { .. } => (&["discriminated", "union"], [None, None]),
                UnionStyle::Shape => (&["union"], [None, None]),
            }
        }
    }
}

/// A pattern with its `{places}` filled. What is filled in is not read again; a brace that names no place stands for itself.
pub(super) fn fill(pattern: &str, places: &[(&str, &str)]) -> Result<String, String> {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let place = after.split_once('}').filter(|(name, _)| is_place(name));
        let Some((name, tail)) = place else {
            out.push('{');
            rest = after;
            continue;
        };
        let value = places.iter().find(|(known, _)| *known == name);
        let (_, value) = value.ok_or_else(|| format!("`{pattern}` has a place {{{name}}}, which nothing fills"))?;
        out.push_str(value);
        rest = tail;
    }
    out.push_str(rest);
    Ok(out)
}

fn is_place(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_filled_once() {
        assert_eq!(fill("[]{item}", &[("item", "{item}")]).unwrap(), "[]{item}");
        assert_eq!(fill("{ [key: string]: {item} }", &[("item", "A")]).unwrap(), "{ [key: string]: A }");
        assert!(fill("{nothing}", &[]).unwrap_err().contains("{nothing}"));
    }
}
