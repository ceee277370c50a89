//! The model as templates see it: as it serialises, with what templates would otherwise have to search for.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::ir::{Api, Argument, Operation, Param, ParamPlace, Type, TypeDef, TypeId, TypeKind};
use crate::target::sample::{Call, Node};

/// The whole model.
///
/// Every operation has beside its own members `positional`, its path parameters in the order of its path, `args`, all other
/// arguments, and `refs`; every resource and type has `refs`: the ids of the named types that it names, those inside pages,
/// aliases and expandables among them.
pub(super) fn api(api: &Api) -> Value {
    let mut value = plain(api);
    let types = api.types.iter().map(|def| type_def(api, def)).collect();
    let resources = api.resources.iter().map(|resource| {
        let mut all = Refs { api, found: BTreeSet::new() };
        resource.operations.iter().for_each(|operation| all.operation(operation));
        let mut value = plain(resource);
        set(&mut value, "operations", resource.operations.iter().map(|each| operation(api, each)).collect());
        set(&mut value, "refs", all.ids());
        value
    });
    let resources = resources.collect();
    set(&mut value, "types", types);
    set(&mut value, "resources", resources);
    value
}

fn plain(value: &impl serde::Serialize) -> Value {
    // The model is plain data with text keys, which always serialises.
    serde_json::to_value(value).unwrap_or_default()
}

fn set(value: &mut Value, key: &str, member: Value) {
    if let Some(members) = value.as_object_mut() {
        members.insert(key.to_owned(), member);
    }
}

fn type_def(api: &Api, def: &TypeDef) -> Value {
    let mut refs = Refs { api, found: BTreeSet::new() };
    refs.def(def);
    let mut value = plain(def);
    set(&mut value, "refs", refs.ids());
    value
}

fn operation(api: &Api, operation: &Operation) -> Value {
    let mut refs = Refs { api, found: BTreeSet::new() };
    refs.operation(operation);
    let mut value = plain(operation);
    set(&mut value, "refs", refs.ids());
    set(&mut value, "positional", positional(operation).into_iter().map(plain).collect());
    set(&mut value, "args", args(operation).into());
    value
}

/// A call: `positional` and `args` as an operation has them, but only those that are given, each with its `value`, the
/// required ones first; `resource` and `operation`.
pub(super) fn call(api: &Api, call: &Call<'_>) -> Value {
    let with = |mut value: Value, node: &Node| {
        set(&mut value, "value", plain(node));
        value
    };
    let own = |argument: Argument| match argument {
        Argument::Param(at) => call.operation.params.get(at),
        _ => None,
    };
    let in_path = positional(call.operation).into_iter().filter_map(|param| {
        let is_it = |argument: Argument| own(argument).is_some_and(|own| std::ptr::eq(own, param));
        let (_, node) = call.given.iter().find(|(argument, _)| is_it(*argument))?;
        Some(with(plain(param), node))
    });
    let all = args(call.operation);
    let args = call.given.iter().filter_map(|(argument, node)| {
        let (name, param) = (call.wire_name(*argument), own(*argument));
        let is_it = |value: &&Value| {
            let place = value.get("place").and_then(Value::as_str).unwrap_or_default();
            let is_same = match param {
                Some(param) => plain(&param.place) == place,
                None => matches!(place, "part" | "body"),
            };
            is_same && value.get("wire_name").and_then(Value::as_str) == Some(name)
        };
        Some(with(all.iter().find(is_it)?.clone(), node))
    });
    json!({
        "positional": in_path.collect::<Vec<_>>(),
        "args": args.collect::<Vec<_>>(),
        "operation": operation(api, call.operation),
        "resource": {"name": call.resource.name},
    })
}

/// The path parameters that are given, in the order of the path.
pub(super) fn positional(operation: &Operation) -> Vec<&Param> {
    let at = |param: &Param| operation.path.find(&format!("{{{}}}", param.wire_name));
    let in_path = |param: &&Param| param.place == ParamPlace::Path && param.constant.is_none();
    let mut params: Vec<&Param> = operation.params.iter().filter(in_path).collect();
    params.sort_by_key(|param| at(param));
    params
}

/// Every argument that is no path parameter, those of one value left out.
fn args(operation: &Operation) -> Vec<Value> {
    let params = operation.params.iter().filter(|param| param.place != ParamPlace::Path && param.constant.is_none());
    let mut all: Vec<Value> = params.map(plain).collect();
    let Some(body) = &operation.body else { return all };
    let mut part = |mut value: Value, place: &str| {
        set(&mut value, "place", place.into());
        all.push(value);
    };
    match &body.parts {
        Some(parts) => parts.iter().filter(|each| each.constant.is_none()).for_each(|each| part(plain(each), "part")),
        None => {
            let members = [
                ("name", json!(body.name)),
                ("wire_name", json!("")),
                ("ty", json!(body.ty)),
                ("required", json!(body.required)),
                ("nullable", json!(false)),
                ("deprecated", json!(false)),
                ("default", Value::Null),
                ("example", Value::Null),
                ("constraints", plain(&crate::ir::Constraints::default())),
                ("doc", json!(body.doc)),
            ];
            let members: Map<String, Value> = members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
            part(Value::Object(members), "body");
        }
    }
    all
}

/// The named types that something names.
struct Refs<'a> {
    api: &'a Api,
    found: BTreeSet<TypeId>,
}

impl Refs<'_> {
    fn ids(&self) -> Value {
        self.found.iter().map(|id| json!(id)).collect()
    }

    fn ty(&mut self, ty: &Type) {
        match ty {
            Type::List(item) | Type::Map(item) | Type::Nullable(item) => self.ty(item),
            Type::Ref(id) => {
                let is_new = self.found.insert(*id);
                match self.api.type_def(*id) {
                    Some(def) if is_new && is_transparent(def) => self.def(def),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn def(&mut self, def: &TypeDef) {
        match &def.kind {
            TypeKind::Struct(object) => {
                object.fields.iter().for_each(|field| self.ty(&field.ty));
                object.extra.iter().for_each(|extra| self.ty(extra));
            }
            TypeKind::Union(union) => union.variants.iter().for_each(|variant| self.ty(&variant.ty)),
            TypeKind::Page(page) => {
                self.found.insert(page.of);
                self.ty(&page.item);
            }
            TypeKind::Alias { of } => self.ty(of),
            TypeKind::Enum(_) | TypeKind::Id(_) => {}
        }
    }

    fn operation(&mut self, operation: &Operation) {
        operation.params.iter().for_each(|param| self.ty(&param.ty));
        if let Some(body) = &operation.body {
            self.ty(&body.ty);
            body.parts.iter().flatten().for_each(|part| self.ty(&part.ty));
        }
        let answers = operation.responses.iter().chain(&operation.errors);
        answers.filter_map(|answer| answer.content.as_ref()).for_each(|content| self.ty(&content.ty));
        operation.paging.iter().for_each(|paging| self.ty(&paging.item));
        operation.headers.iter().for_each(|header| self.ty(&header.ty));
    }
}

/// Whether a language may write what is inside a type in place of its name.
fn is_transparent(def: &TypeDef) -> bool {
    match &def.kind {
        TypeKind::Page(_) | TypeKind::Alias { .. } => true,
        TypeKind::Union(union) => union.style == crate::ir::UnionStyle::Expandable,
        _ => false,
    }
}
