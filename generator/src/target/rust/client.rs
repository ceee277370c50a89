//! `src/client.rs` and `src/error_code.rs`: what the runtime must know of the API, and the client's own methods.

use proc_macro2::TokenStream;
use quote::quote;

use super::case::prose;
use super::docs::{Doc, code};
use super::emitter::Emitter;
use super::format::Module;
use super::imports::Imports;
use super::tokens::{ident, string};
use crate::ir::{EnumBase, TypeKind};

impl Emitter<'_> {
    /// `src/client.rs`.
    pub(super) fn client_file(&self, user_agent: &str) -> Module {
        let mut module = Module {
            docs: vec!["The client of this API: its hosts, keys and resources.".to_owned()],
            ..Module::default()
        };
        let imports = &module.imports;
        let mut items = vec![self.profile(user_agent, imports)];
        items.extend(self.scheme_constants());
        items.extend(self.hosts());
        items.push(self.client_methods(imports));
        items.push(self.builder_methods(imports));
        items.extend(self.any_call_methods(imports));
        module.items = items;
        module
    }

    fn profile(&self, user_agent: &str, imports: &Imports) -> TokenStream {
        let profile = imports.runtime("Profile");
        let conventions = &self.api.conventions;
        let user_agent = string(user_agent);
        let hosts = self.host_profiles(imports);
        let schemes = self.schemes(imports);
        let headers = conventions.headers.iter().map(|header| {
            let (ty, name, value) =
                (imports.runtime("HeaderProfile"), string(&header.wire_name), string(&header.value));
            quote!(#ty { name: #name, value: #value })
        });
        let idempotency = match &conventions.idempotency {
            Some(rule) => {
                let (ty, header) = (imports.runtime("IdempotencyProfile"), string(&rule.header));
                let methods = rule.methods.iter().map(|method| string(method));
                quote!(Some(#ty { header: #header, methods: &[#(#methods),*] }))
            }
            None => quote!(None),
        };
        let request_ids = conventions.request_id_headers.iter().map(|header| string(header));
        let rate_limit = match &conventions.rate_limit {
            Some(rule) => {
                let ty = imports.runtime("RateLimitProfile");
                let [limit, remaining, reset] = [&rule.limit, &rule.remaining, &rule.reset].map(|name| string(name));
                quote!(Some(#ty { limit: #limit, remaining: #remaining, reset: #reset }))
            }
            None => quote!(None),
        };
        let (code, message) = match &conventions.error {
            Some(shape) => (string(&shape.code), string(&shape.message)),
            None => (string(""), string("")),
        };
        quote! {
            #[doc = " What the runtime knows of this API."]
            pub(crate) static PROFILE: #profile = #profile {
                user_agent: #user_agent,
                hosts: &[#(#hosts),*],
                schemes: &[#(#schemes),*],
                headers: &[#(#headers),*],
                idempotency: #idempotency,
                request_id_headers: &[#(#request_ids),*],
                rate_limit: #rate_limit,
                error_code: #code,
                error_message: #message,
            };
        }
    }

    fn client_methods(&self, imports: &Imports) -> TokenStream {
        let (client, builder) = (imports.runtime("ApiClient"), imports.runtime("ClientBuilder"));
        let accessors = self.api.resources.iter().zip(&self.names.resources).map(|(resource, names)| {
            let docs = Doc::new(&resource.doc, &format!("{}.", prose(&resource.name))).attributes();
            let (name, ty) = (ident(&names.accessor), imports.name("crate::resources", &names.ty));
            quote! {
                #docs
                #[must_use]
                pub fn #name(&self) -> #ty<M> { #ty::new(self) }
            }
        });
        quote! {
            impl<M> #client<M> {
                #[doc = " Begins a client."]
                pub fn builder() -> #builder<M> { #builder::new(&PROFILE) }
                #(#accessors)*
            }
        }
    }

    fn builder_methods(&self, imports: &Imports) -> TokenStream {
        let builder = imports.runtime("ClientBuilder");
        let credentials = self.credential_methods(imports);
        let hosts = self.host_methods();
        let headers = self.api.conventions.headers.iter().zip(&self.names.headers).map(|(header, name)| {
            let shown = code(&header.wire_name);
            let mut doc = Doc::new(&header.doc, &format!("Sets the header {shown}."));
            doc.paragraph(&format!("Sent as {shown}; {} unless set.", code(&header.value)));
            let (docs, name, wire_name) = (doc.attributes(), ident(name), string(&header.wire_name));
            quote! {
                #docs
                pub fn #name(self, #name: impl AsRef<str>) -> Self { self.default_header(#wire_name, #name) }
            }
        });
        quote!(impl<M> #builder<M> { #(#credentials)* #hosts #(#headers)* })
    }

    /// `src/error_code.rs`, when the document has a type for the codes of its errors.
    pub(super) fn error_code_file(&self) -> Option<Module> {
        let id = self.api.conventions.error.as_ref()?.code_type?;
        let fits = match &self.api.type_def(id)?.kind {
            TypeKind::Enum(body) => body.base == EnumBase::String,
            TypeKind::Id(_) => true,
            _ => false,
        };
        if !fits {
            return None;
        }
        let mut module = Module { docs: vec!["What the API says went wrong.".to_owned()], ..Module::default() };
        let imports = &module.imports;
        let (error, ty) = (imports.runtime("Error"), imports.type_name(self.type_name(id)?));
        module.items = vec![quote! {
            impl #error {
                #[doc = " The API's code for what went wrong, when it answered with one."]
                #[must_use]
                pub fn api_code(&self) -> Option<#ty> { self.code().map(#ty::from) }
            }
        }];
        Some(module)
    }
}
