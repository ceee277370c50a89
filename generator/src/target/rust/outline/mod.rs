//! What users of the crate can name, as plain data: found in the model without writing the crate.
//!
//! It says what the files of the crate say, and a test holds it against them for every document there is. Where there
//! is little (the client, webhooks), it is read from the very items of the files.

mod calls;
mod read;
#[cfg(test)]
mod tests;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};

use super::emitter::Emitter;
use super::imports::Imports;
use crate::diagnostic::Diagnostics;
use crate::ir::Api;
use crate::target::GivenNames;
use crate::target::callable;

/// What users can name, by its symbol: `Charge`, `Charge::amount`, `Charges::create()`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outline {
    pub(crate) symbols: BTreeMap<String, Symbol>,
    /// Traits that types implement, by the type's symbol.
    pub(crate) traits: BTreeMap<String, BTreeSet<String>>,
}

/// One thing that users can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Symbol {
    pub(crate) kind: Kind,
    /// What callers depend on, without names of arguments.
    pub(crate) meaning: String,
    /// Names of a function's arguments, in order: of two of one type, callers know which is which by nothing else.
    pub(crate) arguments: Vec<String>,
    /// As people read it.
    pub(crate) text: String,
    pub(crate) is_deprecated: bool,
    /// Of a type: whether members may be added to it without breaking anybody.
    pub(crate) is_open: bool,
}

/// What kind of thing a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Type,
    Field,
    Variant,
    Function,
    Other,
}

/// What users of the crate of a model can name, and what they write for operations and components.
pub(crate) fn outline(api: &Api) -> (Outline, GivenNames) {
    let api = callable(api, &mut Diagnostics::default());
    let emitter = Emitter::new(&api, "");
    (Outline::of(&emitter), emitter.given_names())
}

/// A function while it is told of.
struct Function<'f> {
    /// The type it is a member of.
    of: &'f str,
    name: &'f Ident,
    receiver: &'static str,
    parameters: Vec<(&'f Ident, TokenStream)>,
    result: String,
    is_deprecated: bool,
}

impl Outline {
    fn of(emitter: &Emitter<'_>) -> Self {
        let mut outline = Self::default();
        outline.read(&emitter.client_file("").items);
        emitter.error_code_file().iter().for_each(|module| outline.read(&module.items));
        let imports = Imports::unasked();
        let mut resources: Vec<_> = emitter.api.resources.iter().zip(&emitter.names.resources).collect();
        resources.sort_by(|(_, one), (_, other)| one.module.cmp(&other.module));
        resources.into_iter().for_each(|(resource, names)| outline.resource(emitter, resource, names, &imports));
        emitter.api.types.iter().for_each(|def| outline.type_of(emitter, def, &imports));
        emitter.webhooks_file("").iter().for_each(|module| outline.read(&module.items));
        outline
    }

    /// The symbols of a type's members, each with its own name.
    pub(crate) fn members<'s>(&'s self, of: &str) -> impl Iterator<Item = (&'s str, &'s Symbol)> + use<'s> {
        let prefix = format!("{of}::");
        let from = self.symbols.range(prefix.clone()..);
        from.map_while(move |(name, symbol)| Some((name.strip_prefix(prefix.as_str())?, symbol)))
    }

    fn a_type(&mut self, name: &str, text: String, is_open: bool, is_deprecated: bool) {
        let (kind, meaning, arguments) = (Kind::Type, text.clone(), Vec::new());
        let symbol = Symbol { kind, meaning, arguments, text, is_deprecated, is_open };
        self.symbols.insert(name.to_owned(), symbol);
        self.traits.entry(name.to_owned()).or_default();
    }

    fn implements(&mut self, name: &str, traits: &[&str]) {
        let known = self.traits.entry(name.to_owned()).or_default();
        known.extend(traits.iter().map(|&one| one.to_owned()));
    }

    fn member(&mut self, of: &str, name: &str, kind: Kind, text: String, is_deprecated: bool) {
        self.insert(format!("{of}::{}", plain(name)), kind, text, is_deprecated);
    }

    fn insert(&mut self, symbol: String, kind: Kind, text: String, is_deprecated: bool) {
        let (meaning, arguments) = (text.clone(), Vec::new());
        self.symbols.insert(symbol, Symbol { kind, meaning, arguments, text, is_deprecated, is_open: false });
    }

    /// A type that belongs to another one: what a call gives.
    fn associated(&mut self, of: &str, name: &str, ty: &str) {
        self.insert(format!("{of}::{name}"), Kind::Other, format!("type {name} = {ty}"), false);
    }

    fn function(&mut self, function: Function<'_>) {
        let Function { of, name, receiver, parameters, result, is_deprecated } = function;
        let types: Vec<String> = parameters.iter().map(|(_, ty)| told(ty)).collect();
        let named = parameters.iter().zip(&types).map(|((name, _), ty)| format!("{name}: {ty}"));
        let receiver = Some(receiver).filter(|receiver| !receiver.is_empty()).map(str::to_owned);
        let named: Vec<String> = receiver.iter().cloned().chain(named).collect();
        let types: Vec<String> = receiver.into_iter().chain(types).collect();
        let meaning = format!("fn({}) -> {result}", types.join(", "));
        let text = format!("fn {name}({}) -> {result}", named.join(", "));
        let arguments = parameters.iter().map(|(name, _)| name.to_string()).collect();
        let symbol = format!("{of}::{}()", plain(&name.to_string()));
        let kind = Kind::Function;
        self.symbols.insert(symbol, Symbol { kind, meaning, arguments, text, is_deprecated, is_open: false });
    }
}

/// An identifier without the mark of one that is also a keyword.
fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// Tokens as people write them.
fn told(tokens: &TokenStream) -> String {
    spaced(&tokens.to_string())
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
