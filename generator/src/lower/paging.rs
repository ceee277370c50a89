//! Which operations page, and how: the rules of `sdk.toml` where the types of an operation fit them.

use crate::config::{Config, PagingRule, field};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::{
    Api, Literal, MediaKind, Operation, Output, Paging, PagingKind, Param, ParamPlace, RetryClass, Struct, Type,
    TypeDef, TypeKind,
};
use crate::load::pointer;

/// How many names a type may stand behind.
const LONGEST_ALIAS: usize = 64;

/// Gives every operation the first rule that fits it.
pub(super) fn decide(api: &mut Api, config: &Config, diagnostics: &mut Diagnostics) {
    let mut used = vec![false; config.paging.len()];
    for operation in api.resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        let rules = config.paging.iter().zip(&mut used);
        operation.paging = rules.into_iter().find_map(|(rule, used)| {
            let paging = paging(rule, operation, &api.types)?;
            *used = true;
            Some(paging)
        });
    }
    for (at, rule) in config.paging.iter().enumerate().filter(|(at, _)| used.get(*at) == Some(&false)) {
        let message = format!("no operation pages by rule {} of `paging`, of kind `{}`", at + 1, rule.kind());
        diagnostics.push(Diagnostic::warning("W092", message).help(
            "an operation pages when it changes nothing, has the query parameter, and always answers with the items, as \
             docs/sdk-toml.md says",
        ));
    }
}

fn paging(rule: &PagingRule, operation: &Operation, types: &[TypeDef]) -> Option<Paging> {
    // Another page is another call: only what changes nothing is called unasked.
    if operation.retry != RetryClass::Safe {
        return None;
    }
    let Output::Always { response } = operation.output else { return None };
    let content = operation.responses.get(response)?.content.as_ref();
    let content = content.filter(|content| content.kind == MediaKind::Json)?;
    if rule.schema().is_some_and(|schema| !is_made_of(&content.ty, schema, types)) {
        return None;
    }
    let parameter = match rule.parameter() {
        Some(name) => Some(moving(operation, name)?),
        None if operation.headers.iter().any(|header| header.wire_name.eq_ignore_ascii_case("link")) => None,
        None => return None,
    };
    let items = rule.items();
    let path: Vec<_> = pointer::tokens(&items).collect();
    let item = item(&content.ty, &path, types)?;
    Some(Paging { kind: kind(rule, parameter), item, items })
}

/// The query parameter of a name, when it takes a value of the caller's choice.
fn moving<'o>(operation: &'o Operation, name: &str) -> Option<&'o Param> {
    let mut params = operation.params.iter();
    let param = params.find(|param| param.place == ParamPlace::Query && param.wire_name == name)?;
    param.constant.is_none().then_some(param)
}

fn kind(rule: &PagingRule, parameter: Option<&Param>) -> PagingKind {
    let maybe = |written: &Option<String>| written.as_deref().map(field);
    match rule {
        PagingRule::Offset { offset, limit, total, .. } => {
            PagingKind::Offset { offset: offset.clone(), limit: limit.clone(), total: maybe(total) }
        }
        PagingRule::Page { page, per_page, total_pages, .. } => {
            let first = match parameter.and_then(|param| param.default.as_ref()) {
                Some(Literal::Number(number)) => number.parse().unwrap_or(1),
                _ => 1,
            };
            PagingKind::Page { page: page.clone(), per_page: per_page.clone(), first, total_pages: maybe(total_pages) }
        }
        PagingRule::Cursor { cursor, last_item: Some(own), has_more, .. } => {
            PagingKind::LastItem { cursor: cursor.clone(), field: field(own), has_more: maybe(has_more) }
        }
        PagingRule::Cursor { cursor, next, has_more, .. } => {
            let next = maybe(next).unwrap_or_default();
            PagingKind::Cursor { cursor: cursor.clone(), next, has_more: maybe(has_more) }
        }
        PagingRule::Link { .. } => PagingKind::Link,
    }
}

/// Whether a type is a component, or a page made of it.
fn is_made_of(ty: &Type, schema: &str, types: &[TypeDef]) -> bool {
    let is_it = |def: &TypeDef| def.wire_name.as_deref() == Some(schema);
    named(ty, types).is_some_and(|def| match &def.kind {
        TypeKind::Page(page) => types.get(page.of.0 as usize).is_some_and(is_it),
        _ => is_it(def),
    })
}

/// What the list at the end of a path holds.
fn item(ty: &Type, path: &[impl AsRef<str>], types: &[TypeDef]) -> Option<Type> {
    let mut ty = behind(ty, types);
    for (at, name) in path.iter().enumerate() {
        let def = named(ty, types)?;
        let (body, item) = match &def.kind {
            TypeKind::Struct(body) => (body, &Type::Json),
            TypeKind::Page(page) => match &types.get(page.of.0 as usize)?.kind {
                TypeKind::Struct(body) => (body, &page.item),
                _ => return None,
            },
            _ => return None,
        };
        let position = position(body, name.as_ref())?;
        if body.page_items == Some(position) {
            return (at + 1 == path.len()).then(|| item.clone());
        }
        ty = behind(&body.fields.get(position)?.ty, types);
    }
    match ty {
        Type::List(item) => Some(Type::clone(item)),
        _ => None,
    }
}

fn position(body: &Struct, wire_name: &str) -> Option<usize> {
    body.fields.iter().position(|field| field.wire_name == wire_name)
}

/// What a type is behind other names for it, null aside.
fn behind<'t>(ty: &'t Type, types: &'t [TypeDef]) -> &'t Type {
    let mut ty = ty;
    for _ in 0..LONGEST_ALIAS {
        match ty {
            Type::Nullable(inner) => ty = inner,
            Type::Ref(id) => match types.get(id.0 as usize).map(|def| &def.kind) {
                Some(TypeKind::Alias { of }) => ty = of,
                _ => return ty,
            },
            _ => return ty,
        }
    }
    ty
}

fn named<'t>(ty: &Type, types: &'t [TypeDef]) -> Option<&'t TypeDef> {
    let Type::Ref(id) = behind(ty, types) else { return None };
    types.get(id.0 as usize)
}
