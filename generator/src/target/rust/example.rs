//! Calls the documentation shows: ones the API really has, which are compiled as doctests.

use std::collections::BTreeSet;

use super::arguments::{Arg, Args, Kind, Source};
use super::case::{escape, snake};
use super::docs::one_line;
use super::emitter::Emitter;
use super::enums::variant_names;
use super::names::{OperationNames, ResourceNames};
use super::tokens;
use crate::ir::{AuthKind, Evidence, Literal, MediaKind, Operation, Output, Resource, Type, TypeKind};
pub(super) use crate::target::sample::WEB_PAGE;

/// Most arguments of a call that still reads well.
const MOST_ARGUMENTS: usize = 3;

/// Names that snippets import, or that stand in them.
const TAKEN: [&str; 9] = ["Client", "Duration", "Err", "Error", "ErrorKind", "Ok", "Reply", "Sample", "Scripted"];

/// Widest chain of methods on one line.
const CHAIN: usize = 60;

/// Widest line within what a macro of several lines is given.
const WIDTH: usize = 84;

/// The calls that the documentation shows, and how a client for them is built.
#[derive(Clone, Debug, Default)]
pub(super) struct Showcase {
    /// `.secret_key("skey_...")`, or nothing.
    pub credentials: String,
    /// `.secret_key(key)`, or nothing.
    pub credentials_of_key: String,
    /// One that changes something.
    pub write: Option<Shown>,
    /// One that reads.
    pub read: Option<Shown>,
    /// One that is a page of a list.
    pub list: Option<Shown>,
}

/// A call.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// What its answer is called; `None` when there is none.
    pub variable: Option<String>,
    /// `client`, `charges()`, `create(100_000, Currency::Thb)`, and setters.
    chain: Vec<String>,
    /// Types it names.
    pub types: BTreeSet<String>,
    /// The type of its answer, when that is an object.
    pub answer: Option<String>,
    /// Fields of the answer, or of an item when it is a page, that are fit to be printed.
    pub telling: Vec<String>,
}

/// A line that prints these fields of a value.
pub(super) fn printed(value: &str, fields: &[String]) -> String {
    if fields.is_empty() {
        return "println!(\"done\");".to_owned();
    }
    let (holes, values) = holes_and_values(value, fields);
    format!("println!({holes}, {});", values.join(", "))
}

/// The same on as many lines as rustfmt makes of it.
pub(super) fn printed_lines(value: &str, fields: &[String]) -> Vec<String> {
    let (holes, values) = holes_and_values(value, fields);
    let joined = values.join(", ");
    if holes.len() + 2 + joined.len() <= CHAIN {
        return vec![format!("println!({holes}, {joined});")];
    }
    let rest = if joined.len() <= WIDTH { joined } else { values.join(",\n    ") };
    format!("println!(\n    {holes},\n    {rest}\n);").lines().map(str::to_owned).collect()
}

fn holes_and_values(value: &str, fields: &[String]) -> (String, Vec<String>) {
    let holes = vec!["{:?}"; fields.len()].join(" ");
    (format!("\"{holes}\""), fields.iter().map(|field| format!("{value}.{field}")).collect())
}

impl Shown {
    /// `let charge = client.charges()…`, with more links of the chain and what stands behind it, on as many lines as read
    /// well.
    pub(super) fn bound(&self, more: &[&str], end: &str) -> Vec<String> {
        let before = self.variable.as_ref().map(|name| format!("let {name} = ")).unwrap_or_default();
        self.expression(&before, more, end)
    }

    /// The same behind any other beginning of a statement.
    pub(super) fn expression(&self, before: &str, more: &[&str], end: &str) -> Vec<String> {
        let chain: Vec<&str> = self.chain.iter().map(String::as_str).chain(more.iter().copied()).collect();
        let line = chain.join(".");
        if line.len() <= CHAIN {
            return vec![format!("{before}{line}{end}")];
        }
        let (first, rest) = chain.split_first().map_or(("", &[] as &[&str]), |(first, rest)| (*first, rest));
        let mut lines = vec![format!("{before}{first}")];
        lines.extend(rest.iter().map(|link| format!("    .{link}")));
        lines.last_mut().into_iter().for_each(|last| last.push_str(end));
        lines
    }
}

/// An operation, its resource and their names.
struct Candidate<'a> {
    operation: &'a Operation,
    names: &'a OperationNames,
    resource: &'a ResourceNames,
}

impl Emitter<'_> {
    /// The calls of the documentation: those the document shows, else those of the resource with most operations.
    pub(super) fn showcase(&self) -> Showcase {
        let mut best = Showcase::default();
        let mut most = (0, 0, 0);
        for (resource, names) in self.api.resources.iter().zip(&self.names.resources) {
            let found = Showcase {
                write: self.first(resource, names, |operation| operation.method == "POST"),
                read: self.first(resource, names, |operation| operation.method == "GET"),
                ..Showcase::default()
            };
            let count = usize::from(found.write.is_some()) + usize::from(found.read.is_some());
            let marked = resource.operations.iter().filter(|operation| operation.example.is_some()).count();
            let rank = if count == 0 { (0, 0, 0) } else { (marked, resource.operations.len(), count) };
            if rank > most {
                most = rank;
                best = found;
            }
        }
        Showcase {
            credentials: self.credentials(None),
            credentials_of_key: self.credentials(Some("key")),
            list: self.listed(),
            ..best
        }
    }

    /// The first call of that kind, one with an example before the others.
    fn first(&self, resource: &Resource, names: &ResourceNames, is_it: impl Fn(&Operation) -> bool) -> Option<Shown> {
        let calls = resource.operations.iter().zip(&names.operations).filter(|(operation, _)| is_it(operation));
        let candidates = calls.map(|(operation, own)| Candidate { operation, names: own, resource: names });
        let (marked, others): (Vec<_>, Vec<_>) = candidates.partition(|one| one.operation.example.is_some());
        marked.iter().chain(&others).find_map(|candidate| self.shown(candidate))
    }

    /// A list without arguments, of the resource with most operations.
    fn listed(&self) -> Option<Shown> {
        let resources = self.api.resources.iter().zip(&self.names.resources);
        let lists = resources.filter_map(|(resource, names)| {
            let is_list = |operation: &Operation| operation.arguments.required.is_empty() && self.is_paged(operation);
            let mut calls = resource.operations.iter().zip(&names.operations);
            let (operation, own) = calls.find(|(operation, _)| is_list(operation))?;
            let shown = self.shown(&Candidate { operation, names: own, resource: names })?;
            Some((resource.operations.len(), shown))
        });
        // The first of those with most.
        let mut best: Option<(usize, Shown)> = None;
        for (size, shown) in lists {
            if best.as_ref().is_none_or(|(most, _)| size > *most) {
                best = Some((size, shown));
            }
        }
        best.map(|(_, shown)| shown)
    }

    /// The first key, or what holds it: one is enough to begin with.
    fn credentials(&self, held: Option<&str>) -> String {
        let Some((scheme, names)) = self.api.auth.schemes.iter().zip(&self.names.schemes).next() else {
            return String::new();
        };
        let prefix = scheme.prefixes.first().map(String::as_str).unwrap_or_default();
        let user = match scheme.kind {
            AuthKind::Basic => "\"user\", ",
            AuthKind::ClientCredentials { .. } => "\"client id\", ",
            _ => "",
        };
        let key = held.map_or_else(|| format!("{:?}", one_line(&format!("{prefix}..."))), str::to_owned);
        format!(".{}({user}{key})", names.method)
    }

    fn shown(&self, candidate: &Candidate<'_>) -> Option<Shown> {
        let Candidate { operation, names, resource } = candidate;
        let plain = operation.evidence == Evidence::Published && !operation.deprecated;
        if !plain || operation.arguments.as_struct || operation.arguments.required.len() > MOST_ARGUMENTS {
            return None;
        }
        let mut types = BTreeSet::new();
        let args = Args::new(operation, names, self);
        let required: Option<Vec<String>> =
            args.required().map(|arg| self.shown_argument(operation, arg, &mut types)).collect();
        let mut chain = vec!["client".to_owned(), format!("{}()", resource.accessor)];
        chain.push(format!("{}({})", names.method, required?.join(", ")));
        for arg in args.optional().filter(|arg| shown_value(operation, arg).is_some()) {
            let mut used = BTreeSet::new();
            if let Some(value) = self.shown_argument(operation, arg, &mut used) {
                chain.push(format!("{}({value})", arg.name));
                types.extend(used);
            }
        }
        let (variable, answer) = (self.variable(operation, resource), self.answer_name(operation));
        let telling = match &operation.output {
            Output::Always { .. } => operation.answer().map(|content| self.telling(&content.ty)).unwrap_or_default(),
            _ => Vec::new(),
        };
        Some(Shown { variable, chain, types, answer, telling })
    }

    /// The fields of an object that name it and say how it is. The others may be people's names and addresses.
    pub(super) fn telling(&self, ty: &Type) -> Vec<String> {
        let Some(def) = self.resolved_def(ty) else { return Vec::new() };
        let body = match &def.kind {
            TypeKind::Struct(body) if body.page_items.is_none() => body,
            TypeKind::Page(page) => return self.telling(&page.item),
            _ => return Vec::new(),
        };
        let names = ["id", "key", "status"].into_iter().filter_map(|name| {
            let (field, ty, _) = self.read_field(def, body, name)?;
            let is_enum = || self.resolved_def(ty).is_some_and(|def| matches!(def.kind, TypeKind::Enum(_)));
            (name == "id" || is_enum()).then(|| field.to_string())
        });
        names.collect()
    }

    /// The name of the object that answers always hold, of which there is a sample.
    fn answer_name(&self, operation: &Operation) -> Option<String> {
        let Output::Always { .. } = operation.output else { return None };
        let def = self.resolved_def(&operation.answer()?.ty)?;
        let is_object = matches!(&def.kind, TypeKind::Struct(body) if body.page_items.is_none());
        self.type_name(def.id).filter(|name| is_object && !TAKEN.contains(name)).map(str::to_owned)
    }

    /// What to call an answer: by its type, or by the resource when it is a page.
    pub(super) fn variable(&self, operation: &Operation, resource: &ResourceNames) -> Option<String> {
        match &operation.output {
            Output::Nothing => return None,
            Output::ByStatus => return Some("answer".to_owned()),
            Output::Always { .. } | Output::Sometimes { .. } => {}
        }
        let ty = operation.answer().map_or(&Type::Json, |content| &content.ty);
        Some(match self.resolved_def(ty) {
            Some(def) if matches!(def.kind, TypeKind::Page(_)) => resource.accessor.clone(),
            Some(def) => escape(snake(&def.name)),
            None => "answer".to_owned(),
        })
    }

    /// An argument as Rust: the value that the document shows, or one of its type.
    fn shown_argument(&self, operation: &Operation, arg: &Arg<'_>, types: &mut BTreeSet<String>) -> Option<String> {
        let Kind::Plain(ty) = &arg.kind else { return None };
        let is_file = matches!(arg.source, Source::Body(body) if body.kind != MediaKind::Json);
        if is_file || matches!(&operation.body, Some(body) if body.kind == MediaKind::Multipart) {
            return None;
        }
        self.example_value(ty, shown_value(operation, arg), types)
    }

    fn example_value(&self, ty: &Type, shown: Option<&Literal>, types: &mut BTreeSet<String>) -> Option<String> {
        let text = match shown {
            Some(Literal::String(text)) => Some(one_line(text)),
            _ => None,
        };
        match self.resolve(ty) {
            Type::Bool => Some(matches!(shown, None | Some(Literal::Bool(true))).to_string()),
            Type::Int { .. } => Some(match shown {
                Some(Literal::Number(number)) => tokens::integer(number)?.to_string(),
                _ => "100_000".to_owned(),
            }),
            Type::Float { .. } => Some("1.0".to_owned()),
            Type::String | Type::Secret => Some(format!("{:?}", text.unwrap_or_else(|| "...".to_owned()))),
            Type::Uri => Some(format!("{:?}", text.unwrap_or_else(|| WEB_PAGE.to_owned()))),
            Type::Ref(id) => match &self.api.type_def(*id)?.kind {
                TypeKind::Id(body) => {
                    let prefix = body.prefixes.first().map(String::as_str).unwrap_or_default();
                    Some(format!("{:?}", text.unwrap_or_else(|| one_line(&format!("{prefix}...")))))
                }
                TypeKind::Enum(body) => {
                    let names = variant_names(body.variants.iter().map(|variant| &variant.name));
                    let position = body.variants.iter().position(|variant| Some(&variant.value) == shown);
                    let variant = names.get(position.unwrap_or_default())?;
                    let name = self.type_name(*id).filter(|name| !TAKEN.contains(name))?;
                    types.insert(name.to_owned());
                    Some(format!("{name}::{variant}"))
                }
                _ => None,
            },
            _ => None,
        }
    }
}

/// The value that the document shows for an argument.
fn shown_value<'o>(operation: &'o Operation, arg: &Arg<'_>) -> Option<&'o Literal> {
    let wire_name = match arg.source {
        Source::Param(param) => &param.wire_name,
        Source::Part(part) => &part.wire_name,
        Source::Body(_) => return None,
    };
    let shown = operation.example.as_ref()?;
    shown.iter().find(|(name, _)| name == wire_name).map(|(_, value)| value)
}
