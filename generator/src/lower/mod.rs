//! Document to [`Api`], in ordered passes, one a file.
//!
//! 1. `collect`: the components, then every operation, in document order. Schemas become types on the way
//!    (`types`, `structs`, `enums`, `unions`, `pages`): a reference is a [`TypeId`] given before its body is
//!    lowered, so cycles cost nothing and no chain of references is walked by recursion.
//! 2. `tags` and `paging`: what only the finished types tell: discriminators, and how lists are walked.
//! 3. `usage`: which directions reach a type.
//! 4. `cycle`: which fields must be boxed.
//! 5. `name`: names, decided last and once; then `alias` writes down which operations share a route.

mod alias;
mod answer;
mod answer_headers;
mod auth;
mod body;
mod callbacks;
mod collect;
mod cycle;
mod encoding;
mod enums;
mod family;
mod kept;
mod links;
mod literal;
mod media;
mod name;
mod node;
mod operation;
mod pages;
mod paging;
mod params;
mod reference;
mod responses;
mod servers;
mod shape;
mod structs;
mod tags;
mod types;
mod unions;
mod unique;
mod unused;
mod usage;
mod webhooks;
mod words;

#[cfg(test)]
mod tests;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use serde::Serialize;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Diagnostics, Origin};
use crate::ir::{Api, LinkTarget, Operation, Type, TypeId, TypeKind};
use crate::load::{Document, pointer};
use crate::maps::{HashMap, HashSet};
use node::{Key, Node};
use shape::Shape;

/// What lowering made of a document.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The model.
    pub api: Api,
    /// Places that became untyped JSON, in the order they were met.
    pub untyped: Vec<Untyped>,
}

/// A place that became untyped JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Untyped {
    /// Where it stands in the resolved document, overlays applied.
    pub pointer: String,
    /// Where it was written.
    pub origin: Origin,
    /// Why.
    pub reason: String,
}

/// Properties, alternatives and references of all types together. A document of a few hundred kilobytes can mean billions, when
/// many of its schemas are `allOf` a large one; the largest real ones come to some tens of thousands.
const MOST_MEMBERS: usize = 1_000_000;

/// Lowers a document. Problems degrade the place they stand at and go to `diagnostics`.
pub fn lower(document: &Document, config: &Config, diagnostics: &mut Diagnostics) -> Lowered {
    let mut lowering = Lowering::new(document, config, diagnostics);
    let mut api = collect::collect(&mut lowering);
    if lowering.members.get() > MOST_MEMBERS {
        lowering.diagnostics.push(
            Diagnostic::error(
                "E040",
                format!("the schemas come to more than {MOST_MEMBERS} properties, alternatives and references"),
            )
            .at(document.origin(""))
            .help("a large schema that many others are `allOf` counts once for each of them; refer to it instead"),
        );
    }
    let mut untyped = std::mem::take(&mut lowering.untyped);
    // A place that several things are made of is looked at for each of them.
    let mut seen = HashSet::default();
    untyped.retain(|place| seen.insert((place.pointer.clone(), place.reason.clone())));
    unused::report(document, config, diagnostics);
    tags::settle(&mut api);
    paging::decide(&mut api, config, diagnostics);
    usage::mark(&mut api);
    kept::keep(&mut api);
    cycle::cut(&mut api);
    name::decide(&mut api, document, diagnostics);
    alias::link(&mut api);
    Lowered { api, untyped }
}

/// A type before its name is decided.
#[derive(Debug)]
struct Draft {
    /// Words its name will be made of.
    words: Vec<String>,
    wire_name: Option<String>,
    doc: String,
    origin: Origin,
    deprecated: bool,
    /// `None` until its body is lowered.
    kind: Option<TypeKind>,
}

/// A body that waits to be lowered.
struct Pending<'a> {
    id: TypeId,
    node: Node<'a>,
}

/// Where a type comes from.
struct Lineage {
    /// The type whose body brought it up.
    within: Option<TypeId>,
    /// All the schemas that hold there; `None` when one of them stands nowhere.
    place: Option<Vec<(String, bool, bool)>>,
}

/// The state of one run.
struct Lowering<'a> {
    document: &'a Document,
    config: &'a Config,
    diagnostics: &'a mut Diagnostics,
    untyped: Vec<Untyped>,
    drafts: Vec<Draft>,
    pending: VecDeque<Pending<'a>>,
    /// Properties, alternatives and references met while merging.
    members: Cell<usize>,
    /// Operations by their `operationId`, for links.
    routes: HashMap<&'a str, LinkTarget>,
    /// What each schema says, once it has been asked for.
    shapes: RefCell<HashMap<Key<'a>, Rc<Shape<'a>>>>,
    /// By component, those that are `allOf` it, once it has been asked for.
    children: OnceCell<HashMap<&'a str, Vec<&'a str>>>,
    /// What a reference to a component is.
    components: HashMap<String, Type>,
    /// Components being looked at: a reference to one of them is a cycle without a body in it.
    open: HashSet<String>,
    /// Types that the document names, by where: inherited from several places, each is one type all the same.
    named: HashMap<String, TypeId>,
    /// Types of places where components are merged, by all the schemas that hold there.
    merged: HashMap<Vec<(String, bool, bool)>, TypeId>,
    /// Where types come from.
    lineage: HashMap<TypeId, Lineage>,
    /// The type whose body is lowered.
    current: Option<TypeId>,
    /// Such places that are being looked at.
    within: HashSet<Vec<(String, bool, bool)>>,
    /// Typed ids by their name in `sdk.toml`.
    ids: HashMap<String, TypeId>,
    /// Pages by what they are made of and what they list.
    pages: HashMap<(TypeId, Type), TypeId>,
    /// Expandables by their id's and their object's type.
    expandables: HashMap<(Type, Type), TypeId>,
}

impl<'a> Lowering<'a> {
    fn new(document: &'a Document, config: &'a Config, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            document,
            config,
            diagnostics,
            untyped: Vec::new(),
            drafts: Vec::new(),
            pending: VecDeque::new(),
            members: Cell::new(0),
            routes: links::routes(document),
            shapes: RefCell::default(),
            children: OnceCell::new(),
            components: HashMap::default(),
            open: HashSet::default(),
            named: HashMap::default(),
            merged: HashMap::default(),
            lineage: HashMap::default(),
            current: None,
            within: HashSet::default(),
            ids: HashMap::default(),
            pages: HashMap::default(),
            expandables: HashMap::default(),
        }
    }

    /// The schema under `components.schemas`, as the place where it is written.
    fn component_node(&self, name: &str) -> Option<Node<'a>> {
        let schema = self.document.api.components.as_ref()?.schemas.get(name)?;
        Some(Node::new(schema, pointer::join("/components/schemas", name)))
    }

    fn warn(&mut self, code: &str, message: impl Into<String>, at: &str, help: &str) {
        let origin = self.document.origin(at);
        self.diagnostics.push(Diagnostic::warning(code, message).at(origin).help(help));
    }

    /// Notes that a place is untyped and why.
    fn untyped(&mut self, at: &str, reason: impl Into<String>) -> Type {
        let origin = self.document.origin(at);
        self.untyped.push(Untyped { pointer: at.to_owned(), origin, reason: reason.into() });
        Type::Json
    }

    fn draft(&mut self, words: Vec<String>, node: &Node<'a>, doc: Option<&str>, kind: Option<TypeKind>) -> TypeId {
        let id = TypeId(u32::try_from(self.drafts.len()).unwrap_or(u32::MAX));
        let origin = self.document.origin(node.pointer());
        let doc = doc.unwrap_or_default().to_owned();
        self.drafts.push(Draft { words, wire_name: None, doc, origin, deprecated: false, kind });
        id
    }

    fn draft_mut(&mut self, id: TypeId) -> Option<&mut Draft> {
        self.drafts.get_mut(id.0 as usize)
    }
}

/// The operation a model has under an id.
pub fn find<'m>(api: &'m Api, id: &str) -> Option<&'m Operation> {
    api.operations().map(|(_, operation)| operation).find(|operation| operation.id == id)
}
