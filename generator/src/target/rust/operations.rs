//! An operation: the method that begins it, the struct of its arguments, their setters, and how it is sent and read.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::answers::streams;
use super::arguments::{Arg, Args, Source};
use super::case::Scope;
use super::emitter::Emitter;
use super::encode;
use super::imports::Imports;
use super::names::{OperationNames, ResourceNames};
use super::operation_docs;
use super::structs::{null_doc, null_name, operator_lint};
use super::tokens::{ident, index, string};
use crate::ir::{Evidence, Operation, Output, Resource, RetryClass};

/// Most parameters of a method, `self` included, before clippy objects.
const MOST_PARAMETERS: usize = 7;

/// An operation with everything its items are made of.
pub(super) struct Call<'a> {
    /// The resource.
    pub group: &'a Resource,
    /// The operation.
    pub operation: &'a Operation,
    /// Its names.
    pub names: &'a OperationNames,
    /// Its resource's names.
    pub resource: &'a ResourceNames,
    /// Its arguments.
    pub args: Args<'a>,
}

impl<'a> Call<'a> {
    /// Lists the arguments of an operation.
    pub(super) fn new(
        group: &'a Resource,
        operation: &'a Operation,
        names: &'a OperationNames,
        resource: &'a ResourceNames,
        emitter: &Emitter<'_>,
    ) -> Self {
        Self { group, operation, names, resource, args: Args::new(operation, names, emitter) }
    }

    fn ty(&self) -> Ident {
        ident(&self.names.ty)
    }

    /// Whether what is required is given as one struct.
    pub(super) fn takes_struct(&self) -> bool {
        self.operation.arguments.as_struct && self.args.required().next().is_some()
    }

    /// Whether what it gives is an enum of its own.
    pub(super) fn answers_by_status(&self) -> bool {
        self.operation.output == Output::ByStatus
    }

    /// The arguments with a setter, and what the one that says null is called.
    pub(super) fn settable(&self) -> Vec<(&Arg<'a>, Option<Ident>)> {
        let mut names = Scope::with(&[]);
        for arg in &self.args.all {
            names.claim(&arg.name.to_string(), "value");
        }
        let null = |arg: &Arg<'_>, names: &mut Scope| arg.may_be_null().then(|| null_name(&arg.name, names));
        self.args.optional().map(|arg| (arg, null(arg, &mut names))).collect()
    }

    /// Whether the struct begins empty.
    pub(super) fn begins_empty(&self) -> bool {
        self.args.members().all(|arg| !arg.required && arg.constant.is_none())
    }
}

impl Emitter<'_> {
    /// The method of the resource.
    pub(super) fn call_method(&self, call: &Call<'_>, imports: &Imports) -> TokenStream {
        let docs = operation_docs::method(self, call).linked(&self.links).attributes();
        let deprecated = call.operation.deprecated.then(|| quote!(#[deprecated]));
        let (name, ty, request) = (ident(&call.names.method), call.ty(), imports.runtime("Request"));
        let lint = operator_lint(&name);
        let required: Vec<&Arg<'_>> = call.args.required().collect();
        let as_struct = call.takes_struct();
        let parameters = if as_struct {
            let args = ident(&call.names.args);
            vec![quote!(args: #args)]
        } else {
            let typed = |arg: &&Arg<'_>| {
                let (name, ty) = (&arg.name, self.arg_parameter(arg, imports).ty);
                quote!(#name: #ty)
            };
            required.iter().map(typed).collect()
        };
        let crowded = (parameters.len() >= MOST_PARAMETERS).then(|| quote!(#[allow(clippy::too_many_arguments)]));
        let value = if call.args.members().next().is_none() {
            quote!(#ty {})
        } else if call.begins_empty() {
            quote!(#ty::default())
        } else {
            let values = call.args.members().map(|arg| self.initial_value(arg, as_struct, imports));
            quote!(#ty { #(#values),* })
        };
        let alias = operation_docs::alias(call.operation).map(|alias| {
            let alias = string(&alias);
            quote!(#[doc(alias = #alias)])
        });
        quote! {
            #docs
            #alias
            #lint
            #crowded
            #deprecated
            pub fn #name(&self, #(#parameters),*) -> #request<#ty, M> {
                #request::new(&self.client, #value)
            }
        }
    }

    fn initial_value(&self, arg: &Arg<'_>, as_struct: bool, imports: &Imports) -> TokenStream {
        let name = &arg.name;
        if let Some(constant) = &arg.constant {
            return quote!(#name: #constant);
        }
        if !arg.required {
            return quote!(#name: None);
        }
        if as_struct {
            return quote!(#name: args.#name);
        }
        let value = self.arg_parameter(arg, imports).value;
        if *name == value.to_string() { quote!(#name) } else { quote!(#name: #value) }
    }

    /// The struct, its setters and its `Operation`.
    pub(super) fn call_items(&self, call: &Call<'_>, imports: &Imports) -> Vec<TokenStream> {
        let mut items = Vec::new();
        if call.takes_struct() {
            items.push(self.required_struct(call, imports));
        }
        items.push(self.call_struct(call, imports));
        items.extend(self.setters(call, imports));
        items.push(self.operation_impl(call, imports));
        items.extend(self.paged_impl(call, imports));
        items.extend(self.answer_enum(call, imports));
        items.extend(self.failure_items(call, imports));
        items.extend(self.header_items(call, imports));
        items
    }

    fn required_struct(&self, call: &Call<'_>, imports: &Imports) -> TokenStream {
        let name = ident(&call.names.args);
        let doc = string(&format!(" What [`{}::{}`] cannot do without.", call.resource.ty, call.names.method));
        let fields = call.args.required().map(|arg| {
            let (docs, name, ty) =
                (arg.doc().linked(&self.links).attributes(), &arg.name, self.arg_type(&arg.kind, imports));
            quote!(#docs pub #name: #ty)
        });
        quote! {
            #[doc = #doc]
            #[derive(Clone, Debug)]
            pub struct #name { #(#fields),* }
        }
    }

    fn call_struct(&self, call: &Call<'_>, imports: &Imports) -> TokenStream {
        let name = call.ty();
        let text = format!(" A call of [`{}::{}`].", call.resource.ty, call.names.method);
        let doc = string(&text);
        let serializes = encode::serializes_itself(call.operation);
        let serialize = serializes.then(|| {
            let serialize = imports.serde("Serialize");
            quote!(, #serialize)
        });
        let has_fields = call.args.members().next().is_some();
        let default = (call.begins_empty() && has_fields).then(|| quote!(, Default));
        // What has no field yet could be made by anyone, and a first argument would break them.
        let grows = (!has_fields).then(|| quote!(#[non_exhaustive]));
        let fields = call.args.members().map(|arg| self.call_field(arg, serializes, imports));
        quote! {
            #[doc = #doc]
            #[derive(Clone, Debug #default #serialize)]
            #grows
            pub struct #name { #(#fields),* }
        }
    }

    fn call_field(&self, arg: &Arg<'_>, serializes: bool, imports: &Imports) -> TokenStream {
        let name = &arg.name;
        let serde = serializes.then(|| serde_attribute(arg)).flatten();
        let ty = match &arg.constant {
            Some(constant) => constant_type(constant),
            None => self.arg_type(&arg.kind, imports),
        };
        let optional = !arg.required && arg.constant.is_none();
        let ty = if optional { quote!(Option<#ty>) } else { ty };
        quote!(#serde #name: #ty)
    }

    fn setters(&self, call: &Call<'_>, imports: &Imports) -> Option<TokenStream> {
        let setters: Vec<TokenStream> = call
            .settable()
            .into_iter()
            .flat_map(|(arg, null)| {
                let null = null.map(|null| null_setter_of_call(arg, &null));
                std::iter::once(self.setter_of_call(arg, imports)).chain(null)
            })
            .collect();
        let (request, ty) = (imports.runtime("Request"), call.ty());
        (!setters.is_empty()).then(|| quote!(impl<M> #request<#ty, M> { #(#setters)* }))
    }

    fn setter_of_call(&self, arg: &Arg<'_>, imports: &Imports) -> TokenStream {
        let (docs, name) = (arg.doc().linked(&self.links).attributes(), &arg.name);
        let parameter = self.arg_parameter(arg, imports);
        let (ty, value) = (parameter.ty, parameter.value);
        let lint = operator_lint(name);
        let deprecated = arg.deprecated().then(|| quote!(#[deprecated]));
        quote! {
            #docs
            #lint
            #deprecated
            pub fn #name(mut self, #name: #ty) -> Self {
                self.operation_mut().#name = Some(#value);
                self
            }
        }
    }

    fn operation_impl(&self, call: &Call<'_>, imports: &Imports) -> TokenStream {
        let (operation, ty) = (imports.runtime("Operation"), call.ty());
        let endpoint = self.endpoint(call.operation, imports);
        let endpoint_type = imports.runtime("Endpoint");
        let scopes = self.scopes(call.operation, imports);
        let encode = encode::method(call.operation, &call.args, imports);
        let output = self.output(call, imports);
        let decode = self.decode_method(call, imports);
        let streams = streams(call.operation).then(|| {
            let streams = imports.runtime("Streams");
            quote!(impl #streams for #ty {})
        });
        quote! {
            impl #operation for #ty {
                type Output = #output;
                const ENDPOINT: #endpoint_type = #endpoint;
                #scopes
                #encode
                #decode
            }
            #streams
        }
    }

    fn endpoint(&self, operation: &Operation, imports: &Imports) -> TokenStream {
        let (endpoint, method) = (imports.runtime("Endpoint"), imports.name("http", "Method"));
        let (id, verb, path) = (string(&operation.id), ident(&operation.method), string(&operation.path));
        let host = self.host(operation.server, imports);
        let security = operation
            .security
            .iter()
            .map(|alternative| self.alternative(alternative.iter().map(|needed| needed.scheme), Some(imports)));
        let retry = match operation.retry {
            RetryClass::Safe => "Safe",
            RetryClass::Idempotent => "Idempotent",
            RetryClass::Unsafe => "Unsafe",
        };
        let evidence = match operation.evidence {
            Evidence::Published => "Published",
            Evidence::Weak => "Weak",
            Evidence::Guess => "Guess",
        };
        let (retry_class, retry) = (imports.runtime("RetryClass"), ident(retry));
        let (evidence_type, evidence) = (imports.runtime("Evidence"), ident(evidence));
        let mut asked: Vec<&str> = Vec::new();
        for media_type in operation.contents().filter_map(|content| content.media_type.as_deref()) {
            if !asked.contains(&media_type) {
                asked.push(media_type);
            }
        }
        let accept = if asked.is_empty() {
            quote!(None)
        } else {
            let accept = string(&asked.join(", "));
            quote!(Some(#accept))
        };
        quote! {
            #endpoint {
                id: #id,
                method: #method::#verb,
                path: #path,
                host: #host,
                security: &[#(#security),*],
                retry: #retry_class::#retry,
                evidence: #evidence_type::#evidence,
                accept: #accept,
            }
        }
    }

    /// Keys that go together. The file that defines their names imports none.
    pub(super) fn alternative(&self, schemes: impl Iterator<Item = usize>, imports: Option<&Imports>) -> TokenStream {
        let schemes = schemes.filter_map(|scheme| self.names.schemes.get(scheme)).map(|scheme| match imports {
            Some(imports) => imports.name("crate::client", &scheme.constant),
            None => ident(&scheme.constant),
        });
        quote!(&[#(#schemes),*])
    }

    fn host(&self, server: usize, imports: &Imports) -> TokenStream {
        match self.names.hosts.get(server) {
            Some(name) => {
                let (host, name) = (imports.name("crate::client", "Host"), ident(name));
                quote!(#host::#name as usize)
            }
            None => {
                let zero = index(0);
                quote!(#zero)
            }
        }
    }
}

/// The setter that says null.
fn null_setter_of_call(arg: &Arg<'_>, null: &Ident) -> TokenStream {
    let name = &arg.name;
    let doc = string(&null_doc(arg.wire_name().unwrap_or_default()));
    let deprecated = arg.deprecated().then(|| quote!(#[deprecated]));
    quote! {
        #[doc = #doc]
        #deprecated
        pub fn #null(mut self) -> Self {
            self.operation_mut().#name = Some(None);
            self
        }
    }
}

/// How a member is written as part of the body.
fn serde_attribute(arg: &Arg<'_>) -> Option<TokenStream> {
    let Source::Part(part) = arg.source else { return Some(quote!(#[serde(skip)])) };
    if part.style.is_some() {
        return Some(quote!(#[serde(skip)]));
    }
    let mut options = Vec::new();
    if arg.name != part.wire_name {
        let wire_name = string(&part.wire_name);
        options.push(quote!(rename = #wire_name));
    }
    if !arg.required && arg.constant.is_none() {
        options.push(quote!(skip_serializing_if = "Option::is_none"));
    }
    (!options.is_empty()).then(|| quote!(#[serde(#(#options),*)]))
}

/// The type of a constant's literal.
fn constant_type(constant: &TokenStream) -> TokenStream {
    let text = constant.to_string();
    match text.as_str() {
        "true" | "false" => quote!(bool),
        text if text.starts_with('"') => quote!(&'static str),
        text if text.contains(['.', 'e', 'E']) => quote!(f64),
        _ => quote!(i64),
    }
}
