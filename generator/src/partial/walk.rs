//! Every place of a model where a type is named.

use crate::ir::{Api, Operation, Type, TypeDef, TypeId, TypeKind};

/// Places of an operation.
pub(super) fn operation(operation: &mut Operation, visit: &mut dyn FnMut(&mut TypeId)) {
    operation.params.iter_mut().for_each(|param| ty(&mut param.ty, visit));
    if let Some(body) = &mut operation.body {
        ty(&mut body.ty, visit);
        body.parts.iter_mut().flatten().for_each(|part| ty(&mut part.ty, visit));
    }
    let answers = operation.responses.iter_mut().chain(&mut operation.errors);
    answers.filter_map(|answer| answer.content.as_mut()).for_each(|content| ty(&mut content.ty, visit));
    operation.headers.iter_mut().for_each(|header| ty(&mut header.ty, visit));
    operation.callbacks.iter_mut().filter_map(|callback| callback.body.as_mut()).for_each(|body| ty(body, visit));
    operation.paging.iter_mut().for_each(|paging| ty(&mut paging.item, visit));
}

/// Places of a type's own body.
pub(super) fn def(def: &mut TypeDef, visit: &mut dyn FnMut(&mut TypeId)) {
    match &mut def.kind {
        TypeKind::Struct(body) => {
            body.fields.iter_mut().for_each(|field| ty(&mut field.ty, visit));
            body.extra.iter_mut().for_each(|extra| ty(extra, visit));
        }
        TypeKind::Union(union) => union.variants.iter_mut().for_each(|variant| ty(&mut variant.ty, visit)),
        TypeKind::Page(page) => {
            visit(&mut page.of);
            ty(&mut page.item, visit);
        }
        TypeKind::Alias { of } => ty(of, visit),
        TypeKind::Enum(_) | TypeKind::Id(_) => {}
    }
}

/// Places outside the types that keep them: operations, webhooks and conventions.
pub(super) fn roots(api: &mut Api, visit: &mut dyn FnMut(&mut TypeId)) {
    api.resources.iter_mut().flat_map(|resource| &mut resource.operations).for_each(|found| operation(found, visit));
    api.webhooks.iter_mut().filter_map(|webhook| webhook.body.as_mut()).for_each(|body| ty(body, visit));
    if let Some(shape) = &mut api.conventions.error {
        shape.code_type.iter_mut().for_each(&mut *visit);
        shape.body_type.iter_mut().for_each(&mut *visit);
    }
}

/// Places of what is delivered by itself, which are no roots: an event may hold any object of the API, and would keep the
/// whole of it.
pub(super) fn events(api: &mut Api, visit: &mut dyn FnMut(&mut TypeId)) {
    api.conventions.webhooks.iter_mut().for_each(|scheme| ty(&mut scheme.event, visit));
}

fn ty(of: &mut Type, visit: &mut dyn FnMut(&mut TypeId)) {
    match of {
        Type::Ref(id) => visit(id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => ty(inner, visit),
        _ => {}
    }
}
