//! The arguments of an operation, wherever they travel, in one list.

use std::borrow::Cow;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::case::{prose, snake};
use super::docs::{Doc, Facts, code};
use super::emitter::Emitter;
use super::encode;
use super::imports::Imports;
use super::names::OperationNames;
use super::pass::Parameter;
use super::request_docs;
use super::structs::undressed;
use super::tokens::{self, ident};
use crate::ir::{Argument, Body, BodyPart, Constraints, Literal, MediaKind, Name, Operation, Param, Type};

/// Where an argument comes from in the model.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source<'a> {
    /// A parameter.
    Param(&'a Param),
    /// A property of the body.
    Part(&'a BodyPart),
    /// The body as a whole.
    Body(&'a Body),
}

/// What an argument is in Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A type of the model.
    Plain(Type),
    /// A type of the model or null, where null says something else than absence.
    Nullable(Type),
    /// A file of a multipart body, and whether there may be many.
    File {
        /// A list of files.
        many: bool,
    },
    /// A body of text.
    Text,
    /// A body of bytes, or of a stream of them.
    Upload,
}

/// An argument.
#[derive(Clone, Debug)]
pub(super) struct Arg<'a> {
    /// Where it comes from.
    pub source: Source<'a>,
    /// Member and setter.
    pub name: Ident,
    /// What it is.
    pub kind: Kind,
    /// Given up front.
    pub required: bool,
    /// The one value it always has, where it must be there. What may be left out is not sent unasked.
    pub constant: Option<TokenStream>,
}

/// All arguments of an operation.
#[derive(Clone, Debug)]
pub(super) struct Args<'a> {
    /// Parameters, then the body's.
    pub all: Vec<Arg<'a>>,
    /// Positions in `all` of those given up front, in call order.
    pub up_front: Vec<usize>,
    /// Whether constants of the body are members, to be serialised with the others.
    holds_constants: bool,
}

impl<'a> Args<'a> {
    /// Lists the arguments of an operation.
    pub(super) fn new(operation: &'a Operation, names: &OperationNames, emitter: &Emitter<'_>) -> Self {
        let mut all = Vec::new();
        let mut references = Vec::new();
        for (at, (param, name)) in operation.params.iter().zip(&names.params).enumerate() {
            let constant = param.constant.as_ref().filter(|_| param.required).and_then(tokens::constant);
            all.push(Arg::new(Source::Param(param), name, Kind::Plain(param.ty.clone()), param.required, constant));
            references.push(Argument::Param(at));
        }
        if let Some(body) = &operation.body {
            match &body.parts {
                Some(parts) => {
                    for (at, (part, name)) in parts.iter().zip(&names.parts).enumerate() {
                        let kind = emitter.part_kind(part, body.kind);
                        let constant = part.constant.as_ref().filter(|_| part.required).and_then(tokens::constant);
                        all.push(Arg::new(Source::Part(part), name, kind, part.required, constant));
                        references.push(Argument::Part(at));
                    }
                }
                None => {
                    let kind = match body.kind {
                        MediaKind::Text => Kind::Text,
                        MediaKind::Binary => Kind::Upload,
                        _ => match &body.ty {
                            Type::Nullable(ty) => Kind::Nullable(Type::clone(ty)),
                            ty => Kind::Plain(ty.clone()),
                        },
                    };
                    all.push(Arg::new(Source::Body(body), &names.body, kind, body.required, None));
                    references.push(Argument::Body);
                }
            }
        }
        let up_front = up_front(operation, &references, &all);
        Self { all, up_front, holds_constants: encode::serializes_itself(operation) }
    }

    /// Those given up front, in call order.
    pub(super) fn required(&self) -> impl Iterator<Item = &Arg<'a>> {
        self.up_front.iter().filter_map(|&at| self.all.get(at))
    }

    /// Those with a setter.
    pub(super) fn optional(&self) -> impl Iterator<Item = &Arg<'a>> {
        self.all.iter().filter(|arg| !arg.required && arg.constant.is_none())
    }

    /// Those the operation's struct holds.
    pub(super) fn members(&self) -> impl Iterator<Item = &Arg<'a>> {
        // A field with a style of its own is written by itself, not as part of the struct.
        let in_body =
            |arg: &Arg<'_>| self.holds_constants && matches!(arg.source, Source::Part(part) if part.style.is_none());
        self.all.iter().filter(move |arg| arg.constant.is_none() || in_body(arg))
    }
}

/// The listed ones, then any other that must be given.
fn up_front(operation: &Operation, references: &[Argument], all: &[Arg<'_>]) -> Vec<usize> {
    let must = |at: usize| all.get(at).is_some_and(|arg| arg.required && arg.constant.is_none());
    let mut order: Vec<usize> = Vec::new();
    let listed = operation.arguments.required.iter();
    let listed = listed.filter_map(|argument| references.iter().position(|reference| reference == argument));
    for at in listed.chain(0..all.len()).filter(|&at| must(at)) {
        if !order.contains(&at) {
            order.push(at);
        }
    }
    order
}

impl<'a> Arg<'a> {
    fn new(source: Source<'a>, name: &str, kind: Kind, required: bool, constant: Option<TokenStream>) -> Self {
        Self { source, name: ident(name), kind, required, constant }
    }

    /// Words of its name.
    fn words(&self) -> &'a Name {
        match self.source {
            Source::Param(param) => &param.name,
            Source::Part(part) => &part.name,
            Source::Body(body) => &body.name,
        }
    }

    /// Whether null may be sent for it, and it may be left out.
    pub(super) fn may_be_null(&self) -> bool {
        !self.required && self.constant.is_none() && matches!(self.kind, Kind::Nullable(_))
    }

    /// Name on the wire; the whole body has none.
    pub(super) fn wire_name(&self) -> Option<&'a str> {
        match self.source {
            Source::Param(param) => Some(&param.wire_name),
            Source::Part(part) => Some(&part.wire_name),
            Source::Body(_) => None,
        }
    }

    /// Whether there is more to say of it than its name does.
    pub(super) fn is_described(&self) -> bool {
        let doc = match self.source {
            Source::Param(param) => &param.doc,
            Source::Part(part) => &part.doc,
            Source::Body(body) => &body.doc,
        };
        !doc.trim().is_empty() || !self.sent().is_empty()
    }

    /// How it is sent, where a caller can tell the difference.
    fn sent(&self) -> String {
        match self.source {
            Source::Param(param) => request_docs::param(param),
            Source::Part(part) => request_docs::part(part),
            Source::Body(body) => request_docs::body(body),
        }
    }

    /// Whether it is marked deprecated.
    pub(super) fn deprecated(&self) -> bool {
        match self.source {
            Source::Param(param) => param.deprecated,
            Source::Part(part) => part.deprecated,
            Source::Body(_) => false,
        }
    }

    /// What it means.
    pub(super) fn doc(&self) -> Doc {
        let (text, facts): (Cow<'_, str>, Facts<'_>) = match self.source {
            Source::Param(param) => (Cow::from(&param.doc), facts(&param.default, &param.example, &param.constraints)),
            Source::Part(part) => (Cow::from(&part.doc), facts(&part.default, &part.example, &part.constraints)),
            Source::Body(body) => {
                const NONE: &Constraints = &NO_CONSTRAINTS;
                (Cow::from(&body.doc), Facts { default: None, example: None, constraints: NONE })
            }
        };
        let title = prose(self.words());
        let fallback = match self.wire_name() {
            Some(wire_name) if wire_name != snake(self.words()) => {
                format!("{title}, {} on the wire.", code(wire_name))
            }
            _ => format!("{title}."),
        };
        let mut doc = Doc::new(&text, &fallback);
        doc.paragraph(&facts.sentences());
        doc.paragraph(&self.sent());
        doc
    }
}

const NO_CONSTRAINTS: Constraints = Constraints {
    minimum: None,
    maximum: None,
    multiple_of: None,
    min_length: None,
    max_length: None,
    min_items: None,
    max_items: None,
    unique_items: false,
    pattern: None,
    format: None,
    excluded: None,
};

fn facts<'f>(default: &'f Option<Literal>, example: &'f Option<Literal>, constraints: &'f Constraints) -> Facts<'f> {
    Facts { default: default.as_ref(), example: example.as_ref(), constraints }
}

impl Emitter<'_> {
    fn part_kind(&self, part: &BodyPart, body: MediaKind) -> Kind {
        if part.is_file {
            return Kind::File { many: matches!(self.resolve(&part.ty), Type::List(_)) };
        }
        let ty = undressed(&part.ty);
        // Forms have no null, and untyped JSON has one of its own.
        let says_null = part.nullable && body == MediaKind::Json && *self.resolve(ty) != Type::Json;
        if says_null { Kind::Nullable(ty.clone()) } else { Kind::Plain(part.ty.clone()) }
    }

    /// The type of an argument's value.
    pub(super) fn arg_type(&self, kind: &Kind, imports: &Imports) -> TokenStream {
        match kind {
            Kind::Plain(ty) => self.ty(undressed(ty), imports),
            Kind::Nullable(ty) => {
                let ty = self.ty(ty, imports);
                quote!(Option<#ty>)
            }
            Kind::File { many } => {
                let file = imports.runtime("File");
                if *many { quote!(Vec<#file>) } else { quote!(#file) }
            }
            Kind::Text => quote!(String),
            Kind::Upload => {
                let upload = imports.runtime("Upload");
                quote!(#upload)
            }
        }
    }

    /// How an argument is handed over.
    pub(super) fn arg_parameter(&self, arg: &Arg<'_>, imports: &Imports) -> Parameter {
        let name = &arg.name;
        match &arg.kind {
            Kind::Plain(ty) => self.parameter(undressed(ty), name, imports),
            Kind::Nullable(_) if arg.required => self.scalar(self.arg_type(&arg.kind, imports), true, name),
            Kind::Nullable(ty) => {
                let Parameter { ty, value } = self.parameter(ty, name, imports);
                Parameter { ty, value: quote!(Some(#value)) }
            }
            Kind::File { many: true } => {
                let file = imports.runtime("File");
                Parameter { ty: quote!(impl IntoIterator<Item = #file>), value: quote!(#name.into_iter().collect()) }
            }
            Kind::File { many: false } => self.scalar(self.arg_type(&arg.kind, imports), false, name),
            Kind::Text | Kind::Upload => self.scalar(self.arg_type(&arg.kind, imports), true, name),
        }
    }
}
