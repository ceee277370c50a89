//! What users of an emitted crate can name: read from the crate as it is written.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::{Attribute, Fields, FnArg, ImplItem, Item, ReturnType, Signature, Type, Visibility};

use crate::target::File;

/// What users can name, by its symbol: `Charge`, `Charge::amount`, `Charges::create()`.
#[derive(Clone, Debug, Default)]
pub(super) struct Surface {
    pub(super) symbols: BTreeMap<String, Symbol>,
    /// Traits that types implement, by the type's symbol.
    pub(super) traits: BTreeMap<String, BTreeSet<String>>,
}

/// One thing that users can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Symbol {
    pub(super) kind: Kind,
    /// What callers depend on, without names of arguments.
    pub(super) meaning: String,
    /// As people read it.
    pub(super) text: String,
    pub(super) is_deprecated: bool,
    /// Of a type: whether members may be added to it without breaking anybody.
    pub(super) is_open: bool,
}

/// What kind of thing a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Type,
    Field,
    Variant,
    Function,
    Other,
}

/// Files that are the same in every crate, or are no part of what users name by default.
const ASIDE: [&str; 3] = ["src/runtime", "src/samples", "src/test_util"];

impl Surface {
    /// The surface of an emitted crate.
    pub(super) fn of(files: &[File]) -> Self {
        let mut surface = Self::default();
        let is_read = |file: &&File| {
            let is_aside = ASIDE.iter().any(|aside| file.path.starts_with(aside));
            file.path.starts_with("src/") && file.path.ends_with(".rs") && !is_aside
        };
        for file in files.iter().filter(is_read) {
            let text = String::from_utf8_lossy(&file.contents);
            if let Ok(parsed) = syn::parse_file(&text) {
                parsed.items.iter().for_each(|item| surface.item(item));
            }
        }
        surface
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Struct(item) if is_public(&item.vis) => {
                let name = item.ident.to_string();
                let is_closed = item.fields.iter().all(|field| is_public(&field.vis)) && !is_unexhausted(&item.attrs);
                let text = format!("struct {name}{}", told(&item.generics));
                self.a_type(&name, text, &item.attrs, !is_closed);
                if matches!(item.fields, Fields::Unnamed(_)) {
                    return;
                }
                for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
                    let Some(own) = &field.ident else { continue };
                    self.member(&name, &plain(&own.to_string()), Kind::Field, told(&field.ty), &field.attrs);
                }
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let name = item.ident.to_string();
                let text = format!("enum {name}{}", told(&item.generics));
                self.a_type(&name, text, &item.attrs, is_unexhausted(&item.attrs));
                for variant in &item.variants {
                    let own = plain(&variant.ident.to_string());
                    self.member(&name, &own, Kind::Variant, told(&variant.fields), &variant.attrs);
                }
            }
            Item::Type(item) if is_public(&item.vis) => {
                let text = format!("type {}{} = {}", item.ident, told(&item.generics), told(&item.ty));
                self.a_type(&item.ident.to_string(), text, &item.attrs, false);
            }
            Item::Const(item) if is_public(&item.vis) => {
                let text = format!("const {}: {}", item.ident, told(&item.ty));
                self.other(item.ident.to_string(), text, &item.attrs);
            }
            Item::Fn(item) if is_public(&item.vis) => self.function(None, &item.sig, &item.attrs),
            Item::Impl(item) => self.implementation(item),
            Item::Macro(item) => self.invocation(item),
            _ => {}
        }
    }

    fn a_type(&mut self, name: &str, text: String, attributes: &[Attribute], is_open: bool) {
        let symbol = Symbol {
            kind: Kind::Type,
            meaning: text.clone(),
            text,
            is_deprecated: has(attributes, "deprecated"),
            is_open,
        };
        self.symbols.insert(name.to_owned(), symbol);
        let traits = self.traits.entry(name.to_owned()).or_default();
        for derive in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
            let _ = derive.parse_nested_meta(|meta| {
                traits.insert(told(&meta.path));
                Ok(())
            });
        }
    }

    fn member(&mut self, of: &str, name: &str, kind: Kind, text: String, attributes: &[Attribute]) {
        let is_deprecated = has(attributes, "deprecated");
        let symbol = Symbol { kind, meaning: text.clone(), text, is_deprecated, is_open: false };
        self.symbols.insert(format!("{of}::{name}"), symbol);
    }

    fn other(&mut self, name: String, text: String, attributes: &[Attribute]) {
        let is_deprecated = has(attributes, "deprecated");
        self.symbols
            .insert(name, Symbol { kind: Kind::Other, meaning: text.clone(), text, is_deprecated, is_open: false });
    }

    fn function(&mut self, of: Option<&str>, signature: &Signature, attributes: &[Attribute]) {
        let name = plain(&signature.ident.to_string());
        // A field and the method that sets it have one name.
        let symbol = of.map_or_else(|| format!("{name}()"), |of| format!("{of}::{name}()"));
        let types = signature.inputs.iter().map(|input| match input {
            FnArg::Receiver(receiver) => told(receiver),
            FnArg::Typed(argument) => told(&argument.ty),
        });
        let types: Vec<String> = types.collect();
        let result = match &signature.output {
            ReturnType::Default => String::new(),
            ReturnType::Type(_, ty) => format!(" -> {}", told(ty)),
        };
        let meaning = format!("fn{}({}){result}", told(&signature.generics), types.join(", "));
        let is_deprecated = has(attributes, "deprecated");
        let kind = Kind::Function;
        self.symbols.insert(symbol, Symbol { kind, meaning, text: told(signature), is_deprecated, is_open: false });
    }

    fn implementation(&mut self, item: &syn::ItemImpl) {
        let Some(name) = own_name(&item.self_ty) else { return };
        if let Some((path, _)) = &item.trait_ {
            self.traits.entry(name).or_default().insert(told(path));
            return;
        }
        for member in &item.items {
            match member {
                ImplItem::Fn(function) if is_public(&function.vis) => {
                    self.function(Some(&name), &function.sig, &function.attrs);
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    let text = format!("const {}: {}", constant.ident, told(&constant.ty));
                    self.other(format!("{name}::{}", constant.ident), text, &constant.attrs);
                }
                _ => {}
            }
        }
    }

    /// A macro of the runtime gives the type it is called with its traits and functions.
    fn invocation(&mut self, item: &syn::ItemMacro) {
        let first = item.mac.tokens.clone().into_iter().find_map(|token| match token {
            TokenTree::Ident(name) => Some(name.to_string()),
            _ => None,
        });
        if let Some(name) = first {
            self.traits.entry(name).or_default().insert(format!("{}!", told(&item.mac.path)));
        }
    }

    /// The symbols of a type's members, each with its own name.
    pub(super) fn members<'s>(&'s self, of: &str) -> impl Iterator<Item = (&'s str, &'s Symbol)> + use<'s> {
        let prefix = format!("{of}::");
        let from = self.symbols.range(prefix.clone()..);
        from.map_while(move |(name, symbol)| Some((name.strip_prefix(prefix.as_str())?, symbol)))
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

fn is_unexhausted(attributes: &[Attribute]) -> bool {
    has(attributes, "non_exhaustive")
}

/// The name of a type of this crate, without its parameters.
fn own_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

/// An identifier without the mark of one that is also a keyword.
fn plain(name: &str) -> String {
    name.strip_prefix("r#").unwrap_or(name).to_owned()
}

/// Tokens as people write them.
fn told(tokens: &impl ToTokens) -> String {
    spaced(&tokens.to_token_stream().to_string())
}

/// Takes the spaces out that Rust's printer of tokens puts everywhere.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let before = out.chars().next_back();
        let after = letters.peek().copied();
        let is_tight = matches!(before, Some('<' | '(' | '&' | '[' | ':' | '!')) && before != Some(' ')
            || matches!(after, Some('<' | '>' | ',' | ')' | ']' | ':' | ';' | '(' | '?'))
            || (matches!(before, Some('>' | '\'')) && matches!(after, Some('>' | ')')));
        // `-> T`, `: T` of a parameter and `= T` keep theirs.
        let keeps = before == Some(':') && !out.ends_with("::") || out.ends_with("->");
        if letter == ' ' && is_tight && !keeps {
            continue;
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_public_is_listed_as_people_write_it() {
        let text = "#[derive(Clone)]\n#[non_exhaustive]\npub struct A { pub a: Option<i64>, b: u8 }\n\
                    pub struct Calls<M> { client: M }\nimpl<M> Calls<M> {\n\
                    pub fn make(&self, id: impl Into<AId>, n: i64) -> Request<Make, M> { todo!() }\n\
                    pub(crate) fn hidden() {} }\n#[non_exhaustive]\npub enum E { One, Two(String) }\n\
                    impl Default for A { fn default() -> Self { todo!() } }\nstring_id!(AId);\n";
        let surface = Surface::of(&[File::text("src/types/a.rs", text)]);
        let names: Vec<&str> = surface.symbols.keys().map(String::as_str).collect();
        assert_eq!(names, ["A", "A::a", "Calls", "Calls::make()", "E", "E::One", "E::Two"]);
        assert_eq!(surface.symbols["A::a"].text, "Option<i64>");
        assert!(surface.symbols["A"].is_open);
        let make = &surface.symbols["Calls::make()"];
        assert_eq!(make.text, "fn make(&self, id: impl Into<AId>, n: i64) -> Request<Make, M>");
        assert_eq!(make.meaning, "fn(&self, impl Into<AId>, i64) -> Request<Make, M>");
        assert_eq!(surface.traits["A"].iter().map(String::as_str).collect::<Vec<_>>(), ["Clone", "Default"]);
        assert!(surface.traits["AId"].contains("string_id!"));
        assert_eq!(surface.members("E").map(|(name, _)| name).collect::<Vec<_>>(), ["One", "Two"]);
    }
}
