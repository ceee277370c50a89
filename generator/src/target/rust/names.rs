//! Every name that crosses files, decided before the first item is made.

use super::case::{self, Scope};
use crate::ir::{Api, Name, Operation, TypeKind, UnionStyle};

/// Type names that generated files use for something else: the prelude, `std`, serde, `http`, and the runtime.
const RESERVED_TYPES: &[&str] = &[
    // the prelude and what derives need
    "Self",
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
    "Answer",
    "Base64",
    "Call",
    "Client",
    "ClientBuilder",
    "Credential",
    "Date",
    "DateTime",
    "Decimal",
    "DecodeError",
    "Endpoint",
    "Error",
    "Evidence",
    "Expandable",
    "Expands",
    "File",
    "Host",
    "Operation",
    "Raw",
    "Request",
    "RetryClass",
    "Secret",
    "Style",
    "Upload",
    "Uuid",
];

/// Methods every request has, now or soon.
const REQUEST_METHODS: &[&str] = &[
    "new",
    "client",
    "operation",
    "operation_mut",
    "idempotency_key",
    "timeout",
    "header",
    "headers",
    "send",
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
];

/// Methods every client has.
const CLIENT_METHODS: &[&str] = &["new", "builder", "clone", "execute", "into", "request", "send"];

/// Methods every client builder has, now or soon.
const BUILDER_METHODS: &[&str] = &[
    "new",
    "credential",
    "base_url",
    "base_url_at",
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
    "retries",
    "max_retries",
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
    /// Members by index in `params`.
    pub params: Vec<String>,
    /// Members by index in the body's `parts`.
    pub parts: Vec<String>,
    /// Member of the whole body.
    pub body: String,
}

/// Names of a security scheme.
#[derive(Debug)]
pub(super) struct SchemeNames {
    /// Builder method.
    pub method: String,
    /// Constant with its index.
    pub constant: String,
}

impl Names {
    /// Decides all names of an API.
    pub(super) fn new(api: &Api) -> Self {
        let mut types = Scope::with(RESERVED_TYPES);
        let type_names = api.types.iter().map(|def| types.claim_type(&def.name, suffix(&def.kind))).collect();
        let mut accessors = Scope::with(CLIENT_METHODS);
        let mut modules = Scope::of_files();
        let mut resources: Vec<ResourceNames> = api
            .resources
            .iter()
            .map(|resource| ResourceNames {
                ty: types.claim_type(&resource.name, "Resource"),
                accessor: claim_method(&mut accessors, &resource.name, "resource"),
                module: modules.claim_module(&resource.name, "resource"),
                operations: Vec::new(),
            })
            .collect();
        for (resource, names) in api.resources.iter().zip(&mut resources) {
            let mut methods = Scope::with(&["new"]);
            for operation in &resource.operations {
                names.operations.push(OperationNames::new(operation, &mut methods, &mut types));
            }
        }
        let mut hosts = Scope::with(&["Self"]);
        let mut builder = Scope::with(BUILDER_METHODS);
        let mut constants = Scope::default();
        Self {
            types: type_names,
            resources,
            hosts: api.servers.iter().map(|server| hosts.claim_type(&server.name, "Host")).collect(),
            schemes: api
                .auth
                .schemes
                .iter()
                .map(|scheme| SchemeNames {
                    method: claim_method(&mut builder, &scheme.name, "credential"),
                    constant: {
                        let name = case::screaming(&scheme.name);
                        constants.claim(&name, &name)
                    },
                })
                .collect(),
            headers: api
                .conventions
                .headers
                .iter()
                .map(|header| claim_method(&mut builder, &header.name, "header"))
                .collect(),
        }
    }
}

impl OperationNames {
    fn new(operation: &Operation, methods: &mut Scope, types: &mut Scope) -> Self {
        let ty = types.claim_type(&operation.type_name, "Call");
        let args = format!("{ty}Args");
        let mut members = Scope::with(REQUEST_METHODS);
        let parts = operation.body.as_ref().and_then(|body| body.parts.as_deref()).unwrap_or_default();
        Self {
            method: claim_method(methods, &operation.name, "call"),
            args: if operation.arguments.as_struct { types.claim(&args, &args) } else { args },
            ty,
            params: operation.params.iter().map(|param| members.claim_member(&param.name)).collect(),
            parts: parts.iter().map(|part| members.claim_member(&part.name)).collect(),
            body: match &operation.body {
                Some(body) => members.claim_member(&body.name),
                None => "body".to_owned(),
            },
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

fn claim_method(scope: &mut Scope, name: &Name, suffix: &str) -> String {
    let plain = case::snake(name);
    scope.claim(&case::escape(plain.clone()), &format!("{plain}_{suffix}"))
}
