//! Which symbols a change of the document touches.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use indexmap::IndexSet;

use crate::Model;
use crate::diagnostic::Origin;
use crate::ir::{Field, Name, Operation, TypeDef, TypeKind};
use crate::maps::HashMap;
use crate::target::GivenNames;
use crate::target::rust::Outline;

use super::super::{Change, Place, Source};
use super::SymbolChange;
use super::rename::method;

/// One of the two crates, with what it is made of.
pub(super) struct Crate<'c> {
    pub(super) model: &'c Model,
    pub(super) names: &'c GivenNames,
    pub(super) outline: &'c Outline,
}

/// How the symbol ends that stands for what a call gives.
const OUTPUT: &str = "::Output";

/// Something of a model that symbols are made of.
#[derive(Clone, Copy)]
enum Thing<'c> {
    Type(&'c TypeDef),
    Field(&'c TypeDef, &'c Field),
    Call(&'c Operation),
    /// An argument, and whether it must be given.
    Argument(&'c Operation, &'c Name, bool),
}

/// What symbols are made of, by its file and pointer. Symbols are found when they are asked for: few places change.
struct Made<'c> {
    side: &'c Crate<'c>,
    things: HashMap<(&'c str, &'c str), Vec<Thing<'c>>>,
    sorted: OnceCell<Vec<(&'c str, &'c str)>>,
}

/// Tells each change which symbols it touches, and what that means to code.
///
/// What is touched and stays as it is, is `least` to code: what people read of it may differ.
pub(super) fn link(changes: &mut [Change], symbols: &[SymbolChange], least: Source, old: &Crate<'_>, new: &Crate<'_>) {
    let (before, after) = (Made::of(old), Made::of(new));
    let mut by_symbol: BTreeMap<&str, Source> = BTreeMap::new();
    for symbol in symbols {
        let worst = by_symbol.entry(&symbol.symbol).or_insert(symbol.source);
        *worst = symbol.source.max(*worst);
    }
    for change in changes {
        let mut touched: IndexSet<String> =
            after.nearest(&change.new).into_iter().chain(before.nearest(&change.old)).collect();
        // What a call gives goes without saying, unless it is another thing now.
        touched.retain(|symbol| !symbol.ends_with(OUTPUT) || by_symbol.contains_key(symbol.as_str()));
        let moved = touched.iter().filter_map(|symbol| worst(&by_symbol, symbol)).max();
        change.source = moved.or((!touched.is_empty()).then_some(least));
        change.symbols = touched.into_iter().collect();
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

impl<'c> Made<'c> {
    fn of(side: &'c Crate<'c>) -> Self {
        let mut made = Self { side, things: HashMap::default(), sorted: OnceCell::new() };
        let api = &side.model.lowered.api;
        for def in &api.types {
            made.add(&def.origin, Thing::Type(def));
            if let TypeKind::Struct(body) = &def.kind {
                body.fields.iter().for_each(|field| made.add(&field.origin, Thing::Field(def, field)));
            }
        }
        for (_, operation) in api.operations() {
            made.add(&operation.origin, Thing::Call(operation));
            let parts = operation.body.iter().flat_map(|body| body.parts.iter().flatten());
            let parts = parts.map(|part| (&part.origin, &part.name, part.required));
            let arguments = operation.params.iter().map(|param| (&param.origin, &param.name, param.required));
            for (origin, name, is_required) in arguments.chain(parts) {
                made.add(origin, Thing::Argument(operation, name, is_required));
            }
        }
        made
    }

    fn add(&mut self, origin: &'c Origin, thing: Thing<'c>) {
        self.things.entry((&origin.document, &origin.pointer)).or_default().push(thing);
    }

    /// The symbols of what a place is in, or else of what is in the place.
    fn nearest(&self, place: &Place) -> Vec<String> {
        let mut pointer = place.pointer.as_str();
        loop {
            let symbols = self.symbols((&place.file, pointer));
            if !symbols.is_empty() {
                return symbols;
            }
            match pointer.rsplit_once('/') {
                Some((parent, _)) => pointer = parent,
                None => break,
            }
        }
        // What is not there has nothing in it.
        if !place.exists || place.pointer.is_empty() {
            return Vec::new();
        }
        let below = format!("{}/", place.pointer);
        let sorted = self.sorted.get_or_init(|| {
            let mut sorted: Vec<_> = self.things.keys().copied().collect();
            sorted.sort_unstable();
            sorted
        });
        let from = sorted.partition_point(|key| *key < (place.file.as_str(), below.as_str()));
        let inside = sorted.iter().skip(from);
        let inside = inside.take_while(|(file, pointer)| *file == place.file && pointer.starts_with(&below));
        inside.flat_map(|key| self.symbols(*key)).collect()
    }

    /// The symbols that are made of what was written at a place.
    fn symbols(&self, place: (&str, &str)) -> Vec<String> {
        let things = self.things.get(&place).into_iter().flatten();
        let symbols = things.flat_map(|thing| match thing {
            Thing::Type(def) => [Some(self.type_name(def)), None],
            Thing::Field(def, field) => {
                let name = format!("{}::{}", self.type_name(def), snake(&field.name));
                let setter = format!("{name}()");
                [Some(name), Some(setter)]
            }
            Thing::Call(operation) => {
                [self.method(operation), Some(format!("{}{OUTPUT}", camel(&operation.type_name)))]
            }
            Thing::Argument(operation, name, is_required) => {
                let Some(method) = self.method(operation) else { return [None, None] };
                let setter = format!("{}::{}()", camel(&operation.type_name), snake(name));
                [Some(setter), is_required.then_some(method)]
            }
        });
        symbols.flatten().filter(|symbol| self.side.outline.symbols.contains_key(symbol)).collect()
    }

    fn type_name(&self, def: &TypeDef) -> String {
        let given = def.wire_name.as_ref().and_then(|wire_name| self.side.names.types.get(wire_name)).cloned();
        given.unwrap_or_else(|| camel(&def.name))
    }

    /// The method of an operation.
    fn method(&self, operation: &Operation) -> Option<String> {
        let route = format!("{} {}", operation.method, operation.path);
        method(self.side.outline, self.side.names.operations.get(&route)?)
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
