//! Walks the document once, in its own order: components first, so that their names win, then operations.

use indexmap::IndexMap;

use super::node::Node;
use super::operation::Call;
use super::words::{name, words};
use super::{Lowering, webhooks};
use crate::ir::{
    Api, Auth, ClientHeader, Conventions, ErrorShape, Idempotency, Info, Name, Operation, RateLimit, Resource, Type,
    TypeDef, TypeId, TypeKind,
};
use crate::load::pointer;

/// The whole model, with names still to be made unique.
pub(super) fn collect(lowering: &mut Lowering<'_>) -> Api {
    let info = info(lowering);
    let mut servers = lowering.servers();
    let schemes = lowering.auth_schemes();
    let components = lowering.document.api.components.as_ref();
    for name in components.iter().flat_map(|components| components.schemas.keys()) {
        lowering.component_type(name);
    }
    lowering.drain();
    let mut resources: IndexMap<Vec<String>, Resource> = IndexMap::new();
    let mut aliases = Vec::new();
    let document = lowering.document;
    for (path, item) in document.api.paths.iter() {
        let Some(item) = item.as_item() else { continue };
        for (method, operation) in item.iter() {
            let pointer = pointer::join(&pointer::join("/paths", path), method);
            let call = Call { path, method, item, operation, pointer };
            let (resource_words, operation) = lowering.operation(&call, &schemes, &mut servers);
            lowering.drain();
            aliases.extend(lowering.aliases(&call, &operation));
            add(lowering, &mut resources, resource_words, operation);
        }
    }
    // Last, so that a resource stands where its own routes do.
    for (resource_words, operation) in aliases {
        add(lowering, &mut resources, resource_words, operation);
    }
    let webhooks = lowering.webhooks();
    let conventions = conventions(lowering, &info);
    lowering.drain();
    let auth = Auth { schemes };
    let resources = resources.into_values().collect();
    Api { info, servers, auth, resources, types: types(lowering), webhooks, conventions }
}

fn info(lowering: &Lowering<'_>) -> Info {
    let api = &lowering.document.api;
    let config_name = lowering.config.name.as_deref();
    Info {
        name: name(words(config_name.unwrap_or(&api.info.title)), "api"),
        title: api.info.title.clone(),
        version: api.info.version.clone(),
        doc: api.info.description.clone().unwrap_or_default(),
        license: api.info.license.as_ref().map(|license| license.name.clone()),
        docs_url: api.external_docs.as_ref().map(|docs| docs.url.clone()),
    }
}

fn add(
    lowering: &Lowering<'_>,
    resources: &mut IndexMap<Vec<String>, Resource>,
    resource_words: Vec<String>,
    operation: Operation,
) {
    let resource = resources.entry(resource_words).or_insert_with_key(|key| Resource {
        name: name(key.clone(), "default"),
        doc: tag_doc(lowering, key),
        operations: Vec::new(),
    });
    resource.operations.push(operation);
}

fn tag_doc(lowering: &Lowering<'_>, resource_words: &[String]) -> String {
    let tags = &lowering.document.api.tags;
    let tag = tags.iter().find(|tag| words(&tag.name) == resource_words);
    tag.and_then(|tag| tag.description.clone()).unwrap_or_default()
}

fn conventions(lowering: &mut Lowering<'_>, info: &Info) -> Conventions {
    let config = lowering.config;
    let header = |rule: &crate::config::HeaderRule| ClientHeader {
        name: name(words(&rule.name), "header"),
        wire_name: rule.header.clone(),
        value: rule.value.replace("{info.version}", &info.version),
        doc: rule.doc.clone(),
    };
    Conventions {
        headers: config.headers.iter().map(header).collect(),
        idempotency: config
            .idempotency
            .as_ref()
            .map(|rule| Idempotency { header: rule.header.clone(), methods: rule.methods.clone() }),
        request_id_headers: config.request_id.clone(),
        rate_limit: config.rate_limit.clone().map(|rule| RateLimit {
            limit: rule.limit,
            remaining: rule.remaining,
            reset: rule.reset,
        }),
        error: error_shape(lowering),
        webhooks: webhooks::scheme(lowering),
    }
}

fn error_shape(lowering: &mut Lowering<'_>) -> Option<ErrorShape> {
    let rule = lowering.config.errors.as_ref()?;
    let components = lowering.document.api.components.as_ref()?;
    let schema = rule.schema.as_ref().and_then(|schema| components.schemas.get_key_value(schema));
    let mut shape =
        ErrorShape { code: rule.code.clone(), message: rule.message.clone(), code_type: None, body_type: None };
    let Some((schema_name, _)) = schema else { return Some(shape) };
    if let Type::Ref(id) = lowering.component_type(schema_name) {
        shape.body_type = Some(id);
    }
    let whole = lowering.shape(&Node::component(schema_name, String::new()));
    let code = whole.properties.get(rule.code.trim_start_matches('/')).cloned();
    if let Some(node) = code {
        let code_shape = lowering.shape(&node);
        if let Type::Ref(id) = lowering.type_of(&node, &code_shape, &words("error_code")) {
            shape.code_type = Some(id);
        }
    }
    Some(shape)
}

fn types(lowering: &mut Lowering<'_>) -> Vec<TypeDef> {
    let drafts = std::mem::take(&mut lowering.drafts);
    drafts
        .into_iter()
        .enumerate()
        .map(|(index, draft)| TypeDef {
            id: TypeId(u32::try_from(index).unwrap_or(u32::MAX)),
            name: name(draft.words, "value"),
            wire_name: draft.wire_name,
            doc: draft.doc,
            origin: draft.origin,
            deprecated: draft.deprecated,
            usage: crate::ir::Usage::default(),
            kind: draft.kind.unwrap_or(TypeKind::Alias { of: Type::Json }),
        })
        .collect()
}

/// The words of a type's name in an operation: verb, what it acts on, the rest.
///
/// `charges` + `create` → `create charge`; `customers` + `list_schedules` → `list customer schedules`.
pub(super) fn call_words(resource: &[String], operation: &Name) -> Vec<String> {
    let single = super::words::singular_words(resource);
    let says_it = |subject: &[String]| operation.0.windows(subject.len().max(1)).any(|window| window == subject);
    if resource.is_empty() || says_it(resource) || says_it(&single) {
        return if operation.0.len() == 1 {
            [operation.0.clone(), resource.to_vec()].concat()
        } else {
            operation.0.clone()
        };
    }
    let Some((verb, rest)) = operation.0.split_first() else { return single };
    let lists = rest.is_empty() && matches!(verb.as_str(), "list" | "search");
    let subject = if lists { resource.to_vec() } else { single };
    [vec![verb.clone()], subject, rest.to_vec()].concat()
}
