//! Every name that crosses files, decided before the first item is made.

use super::case::{Candidate, Scope};
use super::crate_root::EXPORTS;
use super::failures::fails_by_status;
use super::servers::settings;
use crate::ir::{Api, AuthKind, Operation, Output, TypeKind, UnionStyle};

/// Type names that generated files use for something else: the prelude, `std`, serde, `http`, and the runtime.
const RESERVED_TYPES: &[&str] = &[
    // a constructor may not be called like its type
    "New",
    "Of",
    // the prelude and what derives need
    "Self",
    // the parameters of a page and of a client
    "T",
    "M",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "String",
    "Vec",
    "Box",
    "ToString",
    "ToOwned",
    "Clone",
    "Copy",
    "Send",
    "Sync",
    "Sized",
    "Drop",
    "Fn",
    "FnMut",
    "FnOnce",
    "Iterator",
    "IntoIterator",
    "DoubleEndedIterator",
    "ExactSizeIterator",
    "Extend",
    "FromIterator",
    "Default",
    "Eq",
    "PartialEq",
    "Ord",
    "PartialOrd",
    "AsRef",
    "AsMut",
    "Into",
    "From",
    "TryFrom",
    "TryInto",
    "Debug",
    "Hash",
    "Display",
    "Future",
    "IntoFuture",
    // imported by generated files
    "Serialize",
    "Serializer",
    "Deserialize",
    "Deserializer",
    "Value",
    "Map",
    "BTreeMap",
    "Bytes",
    "Method",
    "AnyCall",
    "Answer",
    "ApiClient",
    "Async",
    "Attempt",
    "Base64",
    "Call",
    "Client",
    "ClientBuilder",
    "Credential",
    "Date",
    "DateTime",
    "Decimal",
    "DecodeError",
    "End",
    "Endpoint",
    "Error",
    "Evidence",
    "Expandable",
    "Expands",
    "File",
    "Hook",
    "Host",
    "Operation",
    "Outcome",
    "Paged",
    "Paging",
    "RateLimit",
    "Raw",
    "Request",
    "RetryClass",
    "Secret",
    "StatusCode",
    "Streams",
    "Style",
    "Upload",
    "Uuid",
];

/// Methods every request has, now or soon.
pub(super) const REQUEST_METHODS: &[&str] = &[
    "new",
    "client",
    "operation",
    "operation_mut",
    "idempotency_key",
    "timeout",
    "total_timeout",
    "header",
    "headers",
    "send",
    "stream",
    "items",
    "pages",
    "retries",
    "max_retries",
    "retry_ambiguous",
    "no_retry",
    "clone",
    "into",
    "into_future",
    "into_inner",
    "asking",
];

/// Methods every client has.
pub(super) const CLIENT_METHODS: &[&str] =
    &["new", "builder", "clone", "execute", "into", "request", "send", "try_into"];

/// Methods every resource has; those of the prelude that take it whole would hide its own.
const RESOURCE_METHODS: &[&str] = &["new", "into", "try_into"];

/// What `src/client.rs` defines beside the constants of the schemes.
const CLIENT_STATICS: &[&str] = &["PROFILE"];

/// Methods every client builder has, now or soon.
pub(super) const BUILDER_METHODS: &[&str] = &[
    "new",
    "credential",
    "base_url",
    "base_url_at",
    "token_url_at",
    "replace_host",
    "replace_host_at",
    "variable_at",
    "default_header",
    "transport",
    "timeout",
    "connect_timeout",
    "attempt_timeout",
    "total_timeout",
    "allow_unverified",
    "allow_insecure_http",
    "max_response_bytes",
    "build",
    "build_over",
    "base_urls",
    "check_token_urls",
    "default_headers",
    "has_network",
    "retries",
    "max_retries",
    "max_retry_wait",
    "retry_budget",
    "hook",
    "user_agent",
    "proxy",
    "root_certificate",
    "clone",
    "into",
];

/// The names of an API in Rust, by the indices of the model.
#[derive(Debug)]
pub(super) struct Names {
    /// Type names.
    pub types: Vec<String>,
    /// Resources.
    pub resources: Vec<ResourceNames>,
    /// Variants of `Host`.
    pub hosts: Vec<String>,
    /// Builder methods and constants of the security schemes.
    pub schemes: Vec<SchemeNames>,
    /// Builder methods of the headers.
    pub headers: Vec<String>,
    /// Variables of servers, in the order of [`super::servers::settings`].
    pub variables: Vec<VariableNames>,
}

/// Names of a resource.
#[derive(Debug)]
pub(super) struct ResourceNames {
    /// Struct.
    pub ty: String,
    /// Method of the client.
    pub accessor: String,
    /// Module and file stem.
    pub module: String,
    /// Operations.
    pub operations: Vec<OperationNames>,
}

/// Names of an operation.
#[derive(Debug)]
pub(super) struct OperationNames {
    /// Method of the resource.
    pub method: String,
    /// Struct of its arguments.
    pub ty: String,
    /// Struct of its required arguments, when they are given as one.
    pub args: String,
    /// Enum of its answers, when they differ by status.
    pub answer: String,
    /// Enum of what its failures say, when they differ by status.
    pub failure: String,
    /// Struct of its answers' headers, and its members by index in `headers`.
    pub headers: (String, Vec<String>),
    /// Members by index in `params`.
    pub params: Vec<String>,
    /// Members by index in the body's `parts`.
    pub parts: Vec<String>,
    /// Member of the whole body.
    pub body: String,
}

/// Names of a variable in the URLs of servers.
#[derive(Debug)]
pub(super) struct VariableNames {
    /// Builder method.
    pub method: String,
    /// Enum of its values, if they are listed.
    pub ty: String,
    /// Variants of the enum.
    pub values: Vec<String>,
}

/// Names of a security scheme.
#[derive(Debug)]
pub(super) struct SchemeNames {
    /// Builder method.
    pub method: String,
    /// Constant with its index.
    pub constant: String,
    /// Builder method that sets a token, where the client can fetch tokens.
    pub token: String,
    /// Builder method that says where tokens are fetched.
    pub token_url: String,
}

impl Names {
    /// Decides all names of an API.
    pub(super) fn new(api: &Api) -> Self {
        let (types, resources) = types_and_resources(api);
        let mut hosts = Scope::with(&["Self"]);
        let servers: Vec<_> = api.servers.iter().map(|server| Candidate::ty(&server.name, "Host")).collect();
        let mut builder = Scope::with(BUILDER_METHODS);
        let schemes = schemes(api, &mut builder);
        let headers = api.conventions.headers.iter().map(|header| Candidate::method(&header.name, "header"));
        let headers = builder.claim_all(&headers.collect::<Vec<_>>());
        let variables = variables(api, &mut builder, &resources);
        Self { types, resources, hosts: hosts.claim_all(&servers), schemes, headers, variables }
    }
}

/// The enums stand beside the resources that the client's file uses, and at the crate's root.
fn variables(api: &Api, builder: &mut Scope, resources: &[ResourceNames]) -> Vec<VariableNames> {
    let settings = settings(api);
    let taken = RESERVED_TYPES.iter().chain(EXPORTS).copied();
    let taken = taken.chain(["HostProfile", "Profile", "Scheme", "SchemeKind", "VariableProfile", "HeaderProfile"]);
    let taken = taken.chain(["IdempotencyProfile"]).chain(resources.iter().map(|resource| resource.ty.as_str()));
    let mut types = Scope::with(&taken.collect::<Vec<_>>());
    let methods: Vec<_> = settings.iter().map(|variable| Candidate::method(&variable.name, "variable")).collect();
    let enums: Vec<_> = settings.iter().map(|variable| Candidate::ty(&variable.name, "Variable")).collect();
    let names = settings.iter().zip(builder.claim_all(&methods)).zip(types.claim_all(&enums));
    names
        .map(|((variable, method), ty)| {
            let values: Vec<_> = variable.values.iter().map(|value| Candidate::ty(&value.name, "Value")).collect();
            VariableNames { method, ty, values: Scope::with(&["Self"]).claim_all(&values) }
        })
        .collect()
}

/// What stands in one scope: types, the structs of operations, and those of resources.
fn types_and_resources(api: &Api) -> (Vec<String>, Vec<ResourceNames>) {
    let mut scope = Scope::with(RESERVED_TYPES);
    let mut candidates: Vec<_> = api.types.iter().map(|def| Candidate::ty(&def.name, suffix(&def.kind))).collect();
    candidates.extend(api.operations().map(|(_, operation)| Candidate::ty(&operation.type_name, "Call")));
    candidates.extend(api.resources.iter().map(|resource| Candidate::ty(&resource.name, "Resource")));
    let mut names = scope.claim_all(&candidates).into_iter();
    let types = names.by_ref().take(api.types.len()).collect();
    let calls: Vec<String> = names.by_ref().take(api.operations().count()).collect();

    let accessors = api.resources.iter().map(|resource| Candidate::method(&resource.name, "resource"));
    let accessors = Scope::with(CLIENT_METHODS).claim_all(&accessors.collect::<Vec<_>>());
    let modules: Vec<_> = api.resources.iter().map(|resource| Candidate::module(&resource.name, "resource")).collect();
    let modules = Scope::of_files().claim_all(&modules);
    let mut calls = calls.into_iter();
    let resources = api.resources.iter().zip(names).zip(accessors).zip(modules);
    let resources = resources.map(|(((resource, ty), accessor), module)| {
        let operations = &resource.operations;
        let methods = operations.iter().map(|operation| Candidate::method(&operation.name, "call"));
        let methods = Scope::with(RESOURCE_METHODS).claim_all(&methods.collect::<Vec<_>>());
        let operations = operations.iter().zip(methods).zip(calls.by_ref());
        ResourceNames {
            ty,
            accessor,
            module,
            operations: operations
                .map(|((operation, method), ty)| OperationNames::new(operation, method, ty, &mut scope))
                .collect(),
        }
    });
    (types, resources.collect())
}

fn schemes(api: &Api, builder: &mut Scope) -> Vec<SchemeNames> {
    let schemes = &api.auth.schemes;
    let methods: Vec<_> = schemes.iter().map(|scheme| Candidate::method(&scheme.name, "credential")).collect();
    let constants: Vec<_> = schemes.iter().map(|scheme| Candidate::constant(&scheme.name, "KEY")).collect();
    let methods = builder.claim_all(&methods).into_iter();
    let constants = Scope::with(CLIENT_STATICS).claim_all(&constants).into_iter();
    let names = schemes.iter().zip(methods).zip(constants);
    names
        .map(|((scheme, method), constant)| {
            let fetched = matches!(scheme.kind, AuthKind::ClientCredentials { .. });
            let stem = method.trim_end_matches('_').to_owned();
            let mut claim = |what: &str| {
                let claim = || builder.claim(&format!("{stem}_{what}"), &format!("{stem}_own_{what}"));
                fetched.then(claim).unwrap_or_default()
            };
            let (token, token_url) = (claim("token"), claim("token_url"));
            SchemeNames { method, constant, token, token_url }
        })
        .collect()
}

impl OperationNames {
    fn new(operation: &Operation, method: String, ty: String, types: &mut Scope) -> Self {
        let mut claim = |suffix: &str, wanted: bool| {
            let name = format!("{ty}{suffix}");
            if wanted { types.claim(&name, &name) } else { name }
        };
        let parts = operation.body.as_ref().and_then(|body| body.parts.as_deref()).unwrap_or_default();
        let mut members: Vec<_> = operation.params.iter().map(|param| Candidate::member(&param.name)).collect();
        members.extend(parts.iter().map(|part| Candidate::member(&part.name)));
        members.extend(operation.body.iter().map(|body| Candidate::member(&body.name)));
        let headers: Vec<_> = operation.headers.iter().map(|header| Candidate::member(&header.name)).collect();
        let mut members = Scope::with(REQUEST_METHODS).claim_all(&members).into_iter();
        Self {
            method,
            answer: claim("Answer", operation.output == Output::ByStatus),
            failure: claim("Error", fails_by_status(operation)),
            headers: (claim("Headers", !operation.headers.is_empty()), Scope::default().claim_all(&headers)),
            args: claim("Args", operation.arguments.as_struct),
            ty,
            params: members.by_ref().take(operation.params.len()).collect(),
            parts: members.by_ref().take(parts.len()).collect(),
            body: members.next().unwrap_or_else(|| "body".to_owned()),
        }
    }
}

/// What follows the name of a type whose own name is taken.
fn suffix(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Struct(_) => "Object",
        TypeKind::Enum(_) => "Value",
        TypeKind::Union(union) if union.style == UnionStyle::Expandable => "Reference",
        TypeKind::Union(_) => "Choice",
        TypeKind::Id(_) => "Key",
        TypeKind::Page(_) => "Page",
        TypeKind::Alias { .. } => "Alias",
    }
}
