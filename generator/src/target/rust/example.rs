//! A short example of the crate, written with calls the API really has. It is compiled as a doctest.

use std::collections::BTreeSet;

use super::case::{escape, snake};
use super::docs::one_line;
use super::emitter::Emitter;
use super::enums::variant_names;
use super::names::{OperationNames, ResourceNames};
use crate::ir::{Argument, AuthKind, Evidence, MediaKind, Operation, Output, Type, TypeKind};

/// Most arguments of a call that still reads well.
const MOST_ARGUMENTS: usize = 3;

/// An example: what it uses, and what it does.
#[derive(Clone, Debug)]
pub(super) struct Example {
    /// `use` lines.
    pub imports: Vec<String>,
    /// Statements of a function that returns the crate's error.
    pub statements: Vec<String>,
    /// Whether its calls are not awaited.
    pub is_blocking: bool,
}

impl Example {
    /// As lines of a doctest that is compiled and not run.
    pub(super) fn doctest(&self, crate_name: &str) -> Vec<String> {
        let mut lines = vec!["```no_run".to_owned()];
        if self.is_blocking {
            lines.extend(["# #[cfg(feature = \"blocking\")]".to_owned(), "# mod example {".to_owned()]);
        }
        lines.extend(self.imports.iter().cloned());
        lines.push(String::new());
        let function = if self.is_blocking { "fn" } else { "async fn" };
        lines.push(format!("# {function} example() -> Result<(), {crate_name}::Error> {{"));
        lines.extend(self.statements.iter().cloned());
        lines.push("# Ok(())".to_owned());
        lines.push("# }".to_owned());
        if self.is_blocking {
            lines.push("# }".to_owned());
        }
        lines.push("```".to_owned());
        lines
    }

    /// The same calls by a client that blocks.
    pub(super) fn blocking(&self, crate_name: &str) -> Self {
        let (awaited, client) = (format!("use {crate_name}::Client;"), format!("use {crate_name}::blocking::Client;"));
        let imports = self.imports.iter().map(|line| if *line == awaited { client.clone() } else { line.clone() });
        let statements = self.statements.iter().map(|line| match line.strip_suffix(".await?;") {
            Some(call) => format!("{call}.send()?.into_inner();"),
            None => line.clone(),
        });
        Self { imports: imports.collect(), statements: statements.collect(), is_blocking: true }
    }

    /// As lines of plain Rust.
    pub(super) fn plain(&self) -> Vec<String> {
        let gap = std::iter::once(String::new());
        self.imports.iter().cloned().chain(gap).chain(self.statements.iter().cloned()).collect()
    }
}

impl Emitter<'_> {
    /// The example of the crate.
    pub(super) fn example(&self, crate_name: &str) -> Example {
        let mut types = BTreeSet::new();
        let mut statements = vec![format!("let client = Client::builder(){}.build()?;", self.credentials())];
        let calls = self.example_calls(&mut types);
        statements.extend(calls);
        let mut imports = vec![format!("use {crate_name}::Client;")];
        if !types.is_empty() {
            let names: Vec<String> = types.into_iter().collect();
            let list = names.join(", ");
            let list = if names.len() == 1 { list } else { format!("{{{list}}}") };
            imports.push(format!("use {crate_name}::types::{list};"));
        }
        Example { imports, statements, is_blocking: false }
    }

    /// The first key: one is enough to begin with.
    fn credentials(&self) -> String {
        let Some((scheme, names)) = self.api.auth.schemes.iter().zip(&self.names.schemes).next() else {
            return String::new();
        };
        let prefix = scheme.prefixes.first().map(String::as_str).unwrap_or_default();
        let user = match scheme.kind {
            AuthKind::Basic => "\"user\", ",
            AuthKind::ClientCredentials { .. } => "\"client id\", ",
            _ => "",
        };
        format!(".{}({user}{:?})", names.method, one_line(&format!("{prefix}...")))
    }

    /// A write and a read of the resource that has most calls.
    fn example_calls(&self, types: &mut BTreeSet<String>) -> Vec<String> {
        let mut best: Vec<String> = Vec::new();
        let mut most = 0;
        for (resource, names) in self.api.resources.iter().zip(&self.names.resources) {
            let mut used = BTreeSet::new();
            let lines: Vec<String> = ["POST", "GET"]
                .into_iter()
                .filter_map(|method| {
                    let calls = resource.operations.iter().zip(&names.operations);
                    let mut calls = calls.filter(|(operation, _)| operation.method == method);
                    calls.find_map(|(operation, own)| self.example_call(operation, own, names, &mut used))
                })
                .collect();
            let size = if lines.is_empty() { 0 } else { resource.operations.len() * 10 + lines.len() };
            if size > most {
                most = size;
                best = lines;
                *types = used;
            }
        }
        best
    }

    fn example_call(
        &self,
        operation: &Operation,
        names: &OperationNames,
        resource: &ResourceNames,
        types: &mut BTreeSet<String>,
    ) -> Option<String> {
        let required = &operation.arguments.required;
        let plain = operation.evidence == Evidence::Published && !operation.deprecated;
        if !plain || operation.arguments.as_struct || required.len() > MOST_ARGUMENTS {
            return None;
        }
        let mut used = BTreeSet::new();
        let arguments: Option<Vec<String>> = required
            .iter()
            .map(|argument| self.example_value(argument_type(operation, *argument)?, &mut used))
            .collect();
        let arguments = arguments?.join(", ");
        types.extend(used);
        let call = format!("client.{}().{}({arguments}).await?;", resource.accessor, names.method);
        Some(match &operation.output {
            Output::Nothing => call,
            Output::ByStatus => format!("let answer = {call}"),
            Output::Always { .. } | Output::Sometimes { .. } => {
                let ty = operation.answer().map_or(&Type::Json, |content| &content.ty);
                format!("let {} = {call}", self.variable(ty, resource))
            }
        })
    }

    /// What to call an answer: by its type, or by the resource when it is a page.
    fn variable(&self, ty: &Type, resource: &ResourceNames) -> String {
        match self.resolved_def(ty) {
            Some(def) if matches!(def.kind, TypeKind::Page(_)) => resource.accessor.clone(),
            Some(def) => escape(snake(&def.name)),
            None => "answer".to_owned(),
        }
    }

    fn example_value(&self, ty: &Type, types: &mut BTreeSet<String>) -> Option<String> {
        match self.resolve(ty) {
            Type::Bool => Some("true".to_owned()),
            Type::Int { .. } => Some("100_000".to_owned()),
            Type::Float { .. } => Some("1.0".to_owned()),
            Type::String | Type::Secret => Some("\"...\"".to_owned()),
            Type::Uri => Some("\"https://example.com\"".to_owned()),
            Type::Ref(id) => match &self.api.type_def(*id)?.kind {
                TypeKind::Id(body) => {
                    let prefix = body.prefixes.first().map(String::as_str).unwrap_or_default();
                    Some(format!("{:?}", one_line(&format!("{prefix}..."))))
                }
                TypeKind::Enum(body) => {
                    let names = variant_names(body.variants.iter().map(|variant| &variant.name));
                    let variant = names.first()?;
                    let name = self.type_name(*id)?;
                    types.insert(name.to_owned());
                    Some(format!("{name}::{variant}"))
                }
                _ => None,
            },
            _ => None,
        }
    }
}

fn argument_type(operation: &Operation, argument: Argument) -> Option<&Type> {
    let body = operation.body.as_ref();
    match argument {
        Argument::Param(at) => operation.params.get(at).map(|param| &param.ty),
        Argument::Part(at) => {
            let body = body.filter(|body| body.kind != MediaKind::Multipart)?;
            body.parts.as_ref()?.get(at).filter(|part| !part.nullable).map(|part| &part.ty)
        }
        Argument::Body => body.filter(|body| body.kind == MediaKind::Json).map(|body| &body.ty),
    }
}
