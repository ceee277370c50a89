//! Pages of resources, types and catalogues.

use std::collections::BTreeSet;

use super::fields::{Fields, Place, deprecated, link, listed};
use super::guide::resolved;
use super::operation::{Operations, distinct_all, printed, sample};
use super::page::{
    Catalogue, Content, Entry, Incoming, Link, Listed, Page, Resource, TypeGroup, TypePage, TypeRow, Types, Webhooks,
    bare,
};
use super::urls::{self, Urls, distinct, innermost, slug};
use crate::config::CatalogueTable;
use crate::ir::{self, Api, EnumType, Type, TypeDef, TypeKind};

/// A resource.
pub(super) fn resource(operations: Operations<'_>, resource: &ir::Resource, guides: Vec<Link>) -> Resource {
    let mut objects: Vec<Link> = Vec::new();
    for content in resource.operations.iter().flat_map(ir::Operation::contents) {
        objects.extend(object(operations.api, operations.urls, &content.ty));
    }
    let mut seen = std::collections::BTreeSet::new();
    objects.retain(|link| seen.insert(link.path.clone()));
    let rows = resource.operations.iter().map(|operation| operations.row(operation)).collect();
    Resource { doc: resource.doc.clone(), operations: rows, objects, guides }
}

/// The page of the object that an answer holds, or holds a list of.
fn object(api: &Api, urls: &Urls, ty: &Type) -> Option<Link> {
    let Type::Ref(id) = innermost(api, ty) else { return None };
    match &api.type_def(*id)?.kind {
        TypeKind::Page(page) => object(api, urls, &page.item),
        _ => urls.ty(*id).cloned(),
    }
}

/// A named type.
pub(super) fn named_type(operations: Operations<'_>, def: &TypeDef) -> TypePage {
    let Operations { api, urls, .. } = operations;
    let fields = Fields { api, urls, is_sent: def.usage.request && !def.usage.response };
    let (mut members, mut variants) = fields.of_def(def, &Place::new("field"));
    distinct_all(&mut members, &mut variants);
    let (shape, values) = match &def.kind {
        TypeKind::Enum(body) => ("enum", listed(body)),
        TypeKind::Union(_) => ("union", Vec::new()),
        _ => ("object", Vec::new()),
    };
    let has_example = shape != "enum" && def.usage.response;
    let example =
        if has_example { sample(api, &Type::Ref(def.id)).map(printed).unwrap_or_default() } else { String::new() };
    TypePage {
        shape,
        doc: def.doc.clone(),
        marks: def.deprecated.then(deprecated).into_iter().collect(),
        fields: members,
        values,
        variants,
        example,
        answered_by: links(operations, |operation| operation.contents().any(|content| is(api, &content.ty, def))),
        taken_by: links(operations, |operation| takes(api, operation, def)),
        changes: Vec::new(),
    }
}

/// What the API sends by itself.
pub(super) fn webhooks(operations: Operations<'_>) -> Webhooks {
    let Operations { api, urls, .. } = operations;
    let fields = Fields { api, urls, is_sent: false };
    let mut taken = BTreeSet::new();
    let calls = api.webhooks.iter().map(|webhook| {
        let anchor = distinct(&mut taken, false, &slug(&webhook.wire_name));
        let ty = webhook.body.as_ref().map(|ty| fields.text(ty));
        let is_linked = ty.as_ref().is_some_and(|ty| ty.link.is_some());
        let members = webhook.body.as_ref().filter(|_| !is_linked);
        let (mut members, _) = members.map(|ty| fields.of_type(ty, &Place::new(&anchor))).unwrap_or_default();
        distinct_all(&mut members, &mut []);
        Incoming {
            anchor,
            title: urls.titles.of(&webhook.name),
            name: webhook.wire_name.clone(),
            method: webhook.method.clone(),
            doc: if webhook.doc.is_empty() { webhook.summary.clone() } else { webhook.doc.clone() },
            ty,
            fields: members,
            example: webhook.body.as_ref().and_then(|ty| sample(api, ty)).map(printed).unwrap_or_default(),
        }
    });
    Webhooks { calls: calls.collect() }
}

/// The list of all types, by what they are.
pub(super) fn types(pages: &[Page]) -> Types {
    let shapes = [("object", "Objects"), ("union", "One of several objects"), ("enum", "Sets of values")];
    let groups = shapes.map(|(shape, title)| {
        let rows = pages.iter().filter(|page| matches!(&page.content, Content::Type(def) if def.shape == shape));
        let rows = rows.map(|page| TypeRow { link: link(&page.title, &page.path), summary: page.summary.clone() });
        TypeGroup { title, rows: rows.collect() }
    });
    Types { groups: groups.into_iter().filter(|group| !group.rows.is_empty()).collect() }
}

/// Whether a type is the one meant, or a list or page of it.
fn is(api: &Api, ty: &Type, def: &TypeDef) -> bool {
    let Type::Ref(id) = innermost(api, ty) else { return false };
    match api.type_def(*id).map(|own| &own.kind) {
        Some(TypeKind::Page(page)) => is(api, &page.item, def),
        _ => *id == def.id,
    }
}

fn takes(api: &Api, operation: &ir::Operation, def: &TypeDef) -> bool {
    let params = operation.params.iter().map(|param| &param.ty);
    let body = operation.body.iter().map(|body| &body.ty);
    let parts = operation.body.iter().filter_map(|body| body.parts.as_ref()).flatten().map(|part| &part.ty);
    params.chain(body).chain(parts).any(|ty| is(api, ty, def))
}

fn links(operations: Operations<'_>, is_it: impl Fn(&ir::Operation) -> bool) -> Vec<Link> {
    let all = operations.api.operations().filter(|(_, operation)| is_it(operation));
    let link = |(_, operation): (_, &ir::Operation)| {
        let link = operations.urls.operation(&operation.id)?;
        Some(Link { title: operation.id.clone(), ..link.clone() })
    };
    all.filter_map(link).collect()
}

/// A catalogue and its text, links into the site resolved; and what is wrong with it.
pub(super) fn checked(
    table: &CatalogueTable,
    api: &Api,
    meant: impl Fn(&str) -> Result<String, String>,
) -> (CatalogueTable, String, Vec<String>) {
    let mut table = table.clone();
    let (doc, mut problems) = resolved(&table.doc, &meant);
    for (value, cells) in &mut table.rows {
        for cell in cells.iter_mut() {
            let (text, found) = resolved(cell, &meant);
            problems.extend(found);
            *cell = text;
        }
        let (columns, count) = (table.columns.len().max(1), cells.len());
        if count != columns {
            problems.push(format!("`{value}` has {count} texts for {columns} columns"));
        }
    }
    let is_it = |def: &TypeDef| def.wire_name == table.ty && matches!(def.kind, TypeKind::Enum(_));
    if let Some(ty) = table.ty.as_ref().filter(|_| !api.types.iter().any(is_it)) {
        problems.push(format!("the document has no enum `{ty}`"));
    }
    (table, doc, problems)
}

/// A catalogue: the values of its type in the document's order, then those that people added.
pub(super) fn catalogue(api: &Api, urls: &Urls, table: &CatalogueTable, doc: String) -> Catalogue {
    let def = api.types.iter().find(|def| table.ty.is_some() && def.wire_name == table.ty);
    let body = def.and_then(|def| match &def.kind {
        TypeKind::Enum(body) => Some(body),
        _ => None,
    });
    let known = body.map(|body| known(body, table)).unwrap_or_default();
    let has = |value: &str| known.iter().any(|entry| entry.value == value);
    let added = table.rows.iter().filter(|(value, _)| !has(value));
    let added = added.map(|(value, cells)| entry(value, cells.clone(), false));
    let added: Vec<Entry> = added.collect();
    let columns = if table.columns.is_empty() { vec!["Meaning".to_owned()] } else { table.columns.clone() };
    let mut rows: Vec<Entry> = known.into_iter().chain(added).collect();
    let mut taken = BTreeSet::new();
    for row in &mut rows {
        row.cells.resize(columns.len(), String::new());
        // Values that differ in signs alone give the same word.
        row.anchor = distinct(&mut taken, false, &row.anchor);
    }
    Catalogue { doc, columns, rows, ty: def.and_then(|def| urls.ty(def.id)).cloned() }
}

fn known(body: &EnumType, table: &CatalogueTable) -> Vec<Entry> {
    let entries = body.variants.iter().map(|variant| {
        let value = bare(&variant.value);
        let cells = table.rows.get(&value).cloned().unwrap_or_else(|| vec![variant.doc.clone()]);
        entry(&value, cells, variant.deprecated)
    });
    entries.collect()
}

fn entry(value: &str, cells: Vec<String>, deprecated: bool) -> Entry {
    Entry { anchor: slug(value), value: value.to_owned(), cells, deprecated }
}

/// Links of catalogues, by their name.
pub(super) fn catalogue_link(name: &str, table: &CatalogueTable) -> Link {
    link(&table.title, &urls::catalogue(name))
}

/// The values of an enum in a line, for search.
pub(super) fn words(values: &[Listed]) -> String {
    values.iter().map(|listed| listed.value.as_str()).collect::<Vec<_>>().join(" ")
}
