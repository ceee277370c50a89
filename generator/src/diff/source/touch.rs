//! Which symbols a change of the document touches.

use std::collections::BTreeMap;

use crate::Model;
use crate::ir::{Api, Name, Operation, TypeKind};
use crate::target::GivenNames;

use super::super::{Change, Place, Source};
use super::SymbolChange;
use super::rename::method;
use super::surface::Surface;

/// One of the two crates, with what it is made of.
pub(super) struct Crate<'c> {
    pub(super) model: &'c Model,
    pub(super) names: &'c GivenNames,
    pub(super) surface: &'c Surface,
}

/// Symbols by the file and pointer of what they are made of.
type Made = BTreeMap<(String, String), Vec<String>>;

/// Tells each change which symbols it touches, and what that means to code.
///
/// What is touched and stays as it is, is `least` to code: what people read of it may differ.
pub(super) fn link(changes: &mut [Change], symbols: &[SymbolChange], least: Source, old: &Crate<'_>, new: &Crate<'_>) {
    let (before, after) = (made(old), made(new));
    let mut by_symbol: BTreeMap<&str, Source> = BTreeMap::new();
    for symbol in symbols {
        let worst = by_symbol.entry(&symbol.symbol).or_insert(symbol.source);
        *worst = symbol.source.max(*worst);
    }
    for change in changes {
        let mut touched: Vec<&str> = Vec::new();
        for (place, made) in [(&change.new, &after), (&change.old, &before)] {
            for symbol in nearest(place, made) {
                if !touched.contains(&symbol) {
                    touched.push(symbol);
                }
            }
        }
        let moved = touched.iter().filter_map(|symbol| worst(&by_symbol, symbol)).max();
        change.source = moved.or((!touched.is_empty()).then_some(least));
        change.symbols = touched.into_iter().map(str::to_owned).collect();
    }
}

/// The worst that happened to a symbol, or to the members of one that is a type.
fn worst(by_symbol: &BTreeMap<&str, Source>, symbol: &str) -> Option<Source> {
    let own = by_symbol.get(symbol).copied();
    if symbol.contains("::") {
        return own;
    }
    let prefix = format!("{symbol}::");
    let members = by_symbol.range(prefix.as_str()..).take_while(|(name, _)| name.starts_with(&prefix));
    members.map(|(_, source)| *source).chain(own).max()
}

/// The symbols of what a place is in, or else of what is in the place.
fn nearest<'m>(place: &Place, made: &'m Made) -> Vec<&'m str> {
    let mut pointer = place.pointer.as_str();
    loop {
        if let Some(symbols) = made.get(&(place.file.clone(), pointer.to_owned())) {
            return symbols.iter().map(String::as_str).collect();
        }
        match pointer.rsplit_once('/') {
            Some((parent, _)) => pointer = parent,
            None => break,
        }
    }
    // What is not there has nothing in it.
    let below = format!("{}/", place.pointer);
    let inside = |(file, pointer): &(String, String)| *file == place.file && pointer.starts_with(&below);
    let is_meant = place.exists && !place.pointer.is_empty();
    let all = made.iter().filter(|(key, _)| is_meant && inside(key));
    all.flat_map(|(_, symbols)| symbols.iter().map(String::as_str)).collect()
}

/// What the symbols of a crate are made of.
fn made(side: &Crate<'_>) -> Made {
    let mut made = Made::new();
    let api = &side.model.lowered.api;
    types(&mut made, api, side);
    for (_, operation) in api.operations() {
        call(&mut made, operation, side);
    }
    made
}

fn add(made: &mut Made, origin: &crate::diagnostic::Origin, symbol: String, surface: &Surface) {
    if surface.symbols.contains_key(&symbol) {
        made.entry((origin.document.to_string(), origin.pointer.clone())).or_default().push(symbol);
    }
}

fn types(made: &mut Made, api: &Api, side: &Crate<'_>) {
    for def in &api.types {
        let given = def.wire_name.as_ref().and_then(|wire_name| side.names.types.get(wire_name)).cloned();
        let own = given.unwrap_or_else(|| camel(&def.name));
        add(made, &def.origin, own.clone(), side.surface);
        if let TypeKind::Struct(body) = &def.kind {
            for field in &body.fields {
                let name = format!("{own}::{}", snake(&field.name));
                let setter = format!("{name}()");
                add(made, &field.origin, name, side.surface);
                add(made, &field.origin, setter, side.surface);
            }
        }
    }
}

/// The method of an operation, the type that holds its arguments, and the setters of that.
fn call(made: &mut Made, operation: &Operation, side: &Crate<'_>) {
    let route = format!("{} {}", operation.method, operation.path);
    let given = side.names.operations.get(&route);
    let Some(function) = given.and_then(|given| method(side.surface, given)) else { return };
    let own = camel(&operation.type_name);
    add(made, &operation.origin, function.clone(), side.surface);
    let parts = operation.body.iter().flat_map(|body| body.parts.iter().flatten());
    let arguments = operation.params.iter().map(|param| (&param.origin, &param.name, param.required));
    for (origin, name, is_required) in arguments.chain(parts.map(|part| (&part.origin, &part.name, part.required))) {
        add(made, origin, format!("{own}::{}()", snake(name)), side.surface);
        if is_required {
            add(made, origin, function.clone(), side.surface);
        }
    }
}

fn snake(name: &Name) -> String {
    name.0.join("_")
}

fn camel(name: &Name) -> String {
    let word = |word: &String| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    name.0.iter().map(word).collect()
}
