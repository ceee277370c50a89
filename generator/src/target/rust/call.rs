//! Calls that documentation shows, of any operation and with any arguments.

use super::Options;
use super::arguments::{Arg, Kind, Source};
use super::case::{escape, snake};
use super::emitter::Emitter;
use super::example::printed_lines;
use super::expression::{Form, Writer};
use super::json_code::quoted;
use super::layout::Code;
use super::operations::Call as Emitted;
use super::structs::undressed;
use crate::ir::{Api, Argument, Literal, Output, Type, TypeKind};
use crate::target::sample::{Call, Content, Node};

/// Writes calls, as users of the crate do.
#[derive(Debug)]
pub(in crate::target) struct Caller<'a> {
    emitter: Emitter<'a>,
}

impl<'a> Caller<'a> {
    /// Decides the names of a model, as the crate has them.
    pub(in crate::target) fn new(api: &'a Api, options: &Options) -> Self {
        Self { emitter: Emitter::new(api, &options.crate_name()) }
    }

    /// The code of a call: what it imports, the call itself, and what its answer says. A `client` is in scope, in a function
    /// that is asynchronous and returns a `Result` of any error. `None` when Rust has no way to write one of the arguments.
    pub(in crate::target) fn call(&self, call: &Call<'_>) -> Option<String> {
        let resources = self.emitter.api.resources.iter().zip(&self.emitter.names.resources);
        let mut operations = resources.flat_map(|(resource, names)| {
            resource.operations.iter().zip(&names.operations).map(move |(operation, own)| (operation, own, names))
        });
        let (_, own, names) = operations.find(|(operation, ..)| operation.id == call.operation.id)?;
        let emitted = Emitted::new(call.resource, call.operation, own, names, &self.emitter);
        Some(self.emitter.shown_call(call, &emitted)?.join("\n"))
    }
}

impl Emitter<'_> {
    /// The lines of a call.
    pub(super) fn shown_call(&self, call: &Call<'_>, emitted: &Emitted<'_>) -> Option<Vec<String>> {
        let writer = Writer::new(self);
        let chain = writer.chain(call, emitted)?;
        let variable = self.variable(call.operation, emitted.resource).map(|name| self.page_name(call, name));
        let before = variable.as_ref().map(|name| format!("let {name} = ")).unwrap_or_default();
        let mut lines = writer.imports.shown(&self.crate_name);
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(chain.statement(&before, ";"));
        lines.extend(variable.map(|name| self.told(call, &name)).unwrap_or_default());
        Some(lines)
    }

    /// What to call an answer that would be called so: a page of the resource's own items has its name.
    fn page_name(&self, call: &Call<'_>, name: String) -> String {
        match call.operation.answer().and_then(|content| self.page_item(&content.ty)) {
            Some(item) if !self.item_name(item).is_some_and(|item| name.starts_with(&item)) => "page".to_owned(),
            _ => name,
        }
    }

    fn page_item(&self, ty: &Type) -> Option<&Type> {
        match &self.resolved_def(ty)?.kind {
            TypeKind::Page(page) => Some(&page.item),
            _ => None,
        }
    }

    fn item_name(&self, item: &Type) -> Option<String> {
        self.resolved_def(item).map(|def| escape(snake(&def.name)))
    }

    /// What is printed of an answer, or of each item where it is a page; nothing where nothing is fit to be.
    fn told(&self, call: &Call<'_>, variable: &str) -> Vec<String> {
        let (Output::Always { .. }, Some(content)) = (&call.operation.output, call.operation.answer()) else {
            return Vec::new();
        };
        let telling = self.telling(&content.ty);
        if telling.is_empty() {
            return Vec::new();
        }
        let Some(item) = self.page_item(&content.ty) else { return printed_lines(variable, &telling) };
        let item = self.item_name(item).filter(|item| item != variable).unwrap_or_else(|| "item".to_owned());
        let mut lines = vec![format!("for {item} in &{variable} {{")];
        lines.extend(printed_lines(&item, &telling).iter().map(|line| format!("    {line}")));
        lines.push("}".to_owned());
        lines
    }
}

impl Writer<'_, '_> {
    /// `client.charges().create(100_000, Currency::Thb).card("tokn_test_...").await?`
    fn chain(&self, call: &Call<'_>, emitted: &Emitted<'_>) -> Option<Code> {
        let params = call.operation.params.len();
        let is_whole = call.operation.body.as_ref().is_some_and(|body| body.parts.is_none());
        let given = |arg: &Arg<'_>| {
            let at = emitted.args.all.iter().position(|other| other.name == arg.name)?;
            call.value(match at.checked_sub(params) {
                None => Argument::Param(at),
                Some(_) if is_whole => Argument::Body,
                Some(part) => Argument::Part(part),
            })
        };
        let mut chain = Code::plain("client").then(Code::call(&emitted.resource.accessor, Vec::new()));
        let form = if emitted.takes_struct() { Form::Owned } else { Form::Passed };
        let mut required = Vec::new();
        for arg in emitted.args.required() {
            required.push((arg.name.to_string(), self.required(arg, given(arg)?, form)?));
        }
        let arguments = match emitted.takes_struct() {
            true => {
                let name = self.imports.name("crate::resources", &emitted.names.args);
                vec![Code::literal(&name.to_string(), required)]
            }
            false => required.into_iter().map(|(_, value)| value).collect(),
        };
        chain = chain.then(Code::call(&emitted.names.method, arguments));
        for (arg, null) in emitted.settable() {
            let Some(node) = given(arg) else { continue };
            let is_null =
                matches!(&arg.kind, Kind::Plain(ty) | Kind::Nullable(ty) if self.is_null(node, undressed(ty)));
            chain = match (is_null, null) {
                (true, Some(null)) => chain.then(Code::plain(format!("{null}()"))),
                // What cannot be null is left out.
                (true, None) => chain,
                (false, _) => chain.then(Code::call(&arg.name.to_string(), vec![self.set(arg, node)?])),
            };
        }
        Some(chain.then(Code::plain("await?")))
    }

    /// An argument that is given up front, or a member of the struct of those.
    fn required(&self, arg: &Arg<'_>, node: &Node, form: Form) -> Option<Code> {
        match &arg.kind {
            Kind::Nullable(ty) => self.optional(node, ty),
            _ => self.argument(arg, node, form),
        }
    }

    /// An argument that is given to its setter.
    fn set(&self, arg: &Arg<'_>, node: &Node) -> Option<Code> {
        self.argument(arg, node, Form::Passed)
    }

    fn argument(&self, arg: &Arg<'_>, node: &Node, form: Form) -> Option<Code> {
        let own = |code: Code| if form == Form::Owned { code.then(Code::plain("into()")) } else { code };
        Some(match &arg.kind {
            Kind::Plain(ty) | Kind::Nullable(ty) => self.value(node, undressed(ty), form)?,
            Kind::File { many: false } => self.file(arg, node),
            Kind::File { many: true } if form == Form::Owned => Code::given("vec![", vec![self.file(arg, node)], "]"),
            Kind::File { many: true } => Code::array(vec![self.file(arg, node)]),
            Kind::Text => own(match &node.content {
                Content::Scalar { literal: Literal::String(text) } => quoted(text),
                _ => quoted(&node.json().to_string()),
            }),
            Kind::Upload => own(quoted("content")),
        })
    }

    /// A small file.
    fn file(&self, arg: &Arg<'_>, node: &Node) -> Code {
        let (Source::Part(part), Content::File { name, media_type }) = (&arg.source, &node.content) else {
            return quoted("content");
        };
        let callee = format!("{}::new", self.imports.runtime("File"));
        let content = Code::given("std::fs::read(", vec![quoted(name)], ")?");
        let mut file = Code::call(&callee, vec![quoted(name), content]);
        if let Some(media_type) = media_type {
            file = file.then(Code::call("with_content_type", vec![quoted(media_type)]));
        }
        for header in part.headers.iter().filter(|header| header.required) {
            file = file.then(Code::call("with_header", vec![quoted(&header.wire_name), quoted("value")]));
        }
        file
    }
}
