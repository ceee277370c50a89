//! Resources and their operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::answers::{covers_all, streams};
use super::super::emitter::Emitter;
use super::super::encode;
use super::super::failures::{fails_by_status, said};
use super::super::imports::Imports;
use super::super::names::ResourceNames;
use super::super::operations::Call;
use super::super::tokens::ident;
use super::{Function, Kind, Outline, told};
use crate::ir::{Resource, Response};

impl Outline {
    pub(super) fn resource(
        &mut self,
        emitter: &Emitter<'_>,
        resource: &Resource,
        names: &ResourceNames,
        imports: &Imports,
    ) {
        let own = ident(&names.ty).to_string();
        self.a_type(&own, format!("struct {own}<M = Async>"), true, false);
        self.implements(&own, &["Clone", "Debug"]);
        for call in emitter.calls(resource, names) {
            self.method(emitter, &own, &call, imports);
            self.arguments(emitter, &call, imports);
            self.setters(emitter, &call, imports);
            self.answers(emitter, &call, imports);
            self.headers(emitter, &call, imports);
        }
    }

    fn method(&mut self, emitter: &Emitter<'_>, of: &str, call: &Call<'_>, imports: &Imports) {
        let (name, args) = (ident(&call.names.method), ident("args"));
        let parameters = if call.takes_struct() {
            let ty = ident(&call.names.args);
            vec![(&args, quote!(#ty))]
        } else {
            call.args.required().map(|arg| (&arg.name, emitter.arg_parameter(arg, imports).ty)).collect()
        };
        let result = format!("Request<{}, M>", ident(&call.names.ty));
        let is_deprecated = call.operation.deprecated;
        self.function(Function { of, name: &name, receiver: "&self", parameters, result, is_deprecated });
    }

    /// The struct of what must be given, where there is one, and that of the call.
    fn arguments(&mut self, emitter: &Emitter<'_>, call: &Call<'_>, imports: &Imports) {
        if call.takes_struct() {
            let own = ident(&call.names.args).to_string();
            self.a_type(&own, format!("struct {own}"), false, false);
            self.implements(&own, &["Clone", "Debug"]);
            for arg in call.args.required() {
                let text = told(&emitter.arg_type(&arg.kind, imports));
                self.member(&own, &arg.name.to_string(), Kind::Field, text, false);
            }
        }
        let own = ident(&call.names.ty).to_string();
        self.a_type(&own, format!("struct {own}"), true, false);
        self.implements(&own, &["Clone", "Debug", "Operation"]);
        let is_given = [
            (encode::serializes_itself(call.operation), "Serialize"),
            (call.begins_empty() && call.args.members().next().is_some(), "Default"),
            (streams(call.operation), "Streams"),
            (emitter.is_paged(call.operation), "Paged"),
        ];
        is_given.iter().filter(|(is_given, _)| *is_given).for_each(|(_, one)| self.implements(&own, &[one]));
        self.associated(&own, "Output", &told(&emitter.output(call, imports)));
        if let Some(paging) = call.operation.paging.as_ref().filter(|_| emitter.is_paged(call.operation)) {
            self.associated(&own, "Item", &told(&emitter.ty(&paging.item, imports)));
        }
    }

    fn setters(&mut self, emitter: &Emitter<'_>, call: &Call<'_>, imports: &Imports) {
        let of = ident(&call.names.ty).to_string();
        for (arg, null) in call.settable() {
            let setter = |name, parameters| Function {
                of: &of,
                name,
                receiver: "mut self",
                parameters,
                result: "Self".to_owned(),
                is_deprecated: arg.deprecated(),
            };
            self.function(setter(&arg.name, vec![(&arg.name, emitter.arg_parameter(arg, imports).ty)]));
            if let Some(null) = &null {
                self.function(setter(null, Vec::new()));
            }
        }
    }

    /// The enums of answers and of failures that differ by status.
    fn answers(&mut self, emitter: &Emitter<'_>, call: &Call<'_>, imports: &Imports) {
        if call.answers_by_status() {
            let name = ident(&call.names.answer).to_string();
            self.cases(emitter, &name, &call.operation.responses, imports);
            if !covers_all(&call.operation.responses) {
                self.member(&name, "Unknown", Kind::Variant, "(StatusCode, Bytes)".to_owned(), false);
            }
        }
        if fails_by_status(call.operation) {
            let name = ident(&call.names.failure).to_string();
            self.cases(emitter, &name, &said(call.operation), imports);
            self.reads(&name, "error", quote!(&Error), "Option<Self>");
        }
    }

    fn cases(&mut self, emitter: &Emitter<'_>, name: &str, responses: &[Response], imports: &Imports) {
        self.a_type(name, format!("enum {name}"), true, false);
        self.implements(name, &["Clone", "Debug", "PartialEq"]);
        for case in emitter.cases(responses) {
            let held = emitter.held(&case, imports).map(|held| format!("({})", told(&held)));
            self.member(name, &case.name.to_string(), Kind::Variant, held.unwrap_or_default(), false);
        }
    }

    /// The struct of the headers of answers.
    fn headers(&mut self, emitter: &Emitter<'_>, call: &Call<'_>, imports: &Imports) {
        let headers = &call.operation.headers;
        if headers.is_empty() {
            return;
        }
        let (name, members) = &call.names.headers;
        let name = ident(name).to_string();
        self.a_type(&name, format!("struct {name}"), true, false);
        self.implements(&name, &["Clone", "Debug", "Default", "PartialEq"]);
        for (header, member) in headers.iter().zip(members) {
            let text = format!("Option<{}>", told(&emitter.header_type(&header.ty, imports)));
            self.member(&name, &ident(member).to_string(), Kind::Field, text, header.deprecated);
        }
        self.reads(&name, "headers", quote!(&HeaderMap), "Self");
    }

    /// The function that makes a value of what a call came back with.
    fn reads(&mut self, of: &str, argument: &str, ty: TokenStream, result: &str) {
        let (name, argument) = (ident("of"), ident(argument));
        let parameters = vec![(&argument, ty)];
        let result = result.to_owned();
        self.function(Function { of, name: &name, receiver: "", parameters, result, is_deprecated: false });
    }
}
