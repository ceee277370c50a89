//! Names, decided last and once: unique in their scope for every target's case.

use super::collect::call_words;
use super::words::{Scope, name};
use crate::ir::{Api, Name, Operation, ParamPlace, TypeKind};

/// Makes every name unique. Components come first, then the arguments of operations, then what stands inside them.
pub(super) fn decide(api: &mut Api) {
    unique(api.servers.iter_mut().map(|server| &mut server.name));
    unique(api.auth.schemes.iter_mut().map(|scheme| &mut scheme.name));
    unique(api.resources.iter_mut().map(|resource| &mut resource.name));
    for resource in &mut api.resources {
        unique(resource.operations.iter_mut().map(|operation| &mut operation.name));
        for operation in &mut resource.operations {
            operation.id = format!("{}.{}", resource.name.0.join("_"), operation.name.0.join("_"));
            operation.type_name = name(call_words(&resource.name.0, &operation.name), "call");
            arguments(operation);
        }
    }
    types(api);
    for def in &mut api.types {
        match &mut def.kind {
            TypeKind::Struct(body) => unique(body.fields.iter_mut().map(|field| &mut field.name)),
            TypeKind::Enum(body) => unique(body.variants.iter_mut().map(|variant| &mut variant.name)),
            TypeKind::Union(body) => unique(body.variants.iter_mut().map(|variant| &mut variant.name)),
            TypeKind::Id(_) | TypeKind::Page(_) | TypeKind::Alias { .. } => {}
        }
    }
}

fn unique<'n>(names: impl Iterator<Item = &'n mut Name>) {
    let mut scope = Scope::default();
    for slot in names {
        *slot = scope.unique(std::mem::take(slot));
    }
}

fn types(api: &mut Api) {
    let mut scope = Scope::default();
    let (components, inline): (Vec<_>, Vec<_>) = api.types.iter_mut().partition(|def| def.wire_name.is_some());
    for def in components {
        def.name = scope.unique(std::mem::take(&mut def.name));
    }
    for operation in api.resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        operation.type_name = scope.unique(std::mem::take(&mut operation.type_name));
    }
    for def in inline {
        def.name = scope.unique(std::mem::take(&mut def.name));
    }
}

/// Arguments share one scope. One that is taken says where it travels: `id` and `body id`.
fn arguments(operation: &mut Operation) {
    let mut scope = Scope::default();
    for param in &mut operation.params {
        let place = match param.place {
            ParamPlace::Path => "path",
            ParamPlace::Query => "query",
            ParamPlace::Header => "header",
            ParamPlace::Cookie => "cookie",
        };
        param.name = placed(&mut scope, std::mem::take(&mut param.name), place);
    }
    for part in operation.body.iter_mut().flat_map(|body| body.parts.iter_mut().flatten()) {
        part.name = placed(&mut scope, std::mem::take(&mut part.name), "body");
    }
    if let Some(body) = operation.body.as_mut().filter(|body| body.parts.is_none()) {
        body.name = placed(&mut scope, std::mem::take(&mut body.name), "request");
    }
}

fn placed(scope: &mut Scope, own: Name, place: &str) -> Name {
    if scope.is_free(&own) {
        return scope.unique(own);
    }
    let mut words = vec![place.to_owned()];
    words.extend(own.0);
    scope.unique(Name(words))
}
