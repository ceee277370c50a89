//! Hosts: what the runtime knows of each, the enum that names them, and the variables in their URLs.

use proc_macro2::TokenStream;
use quote::quote;

use super::case::prose;
use super::docs::{Doc, code, one_line};
use super::emitter::Emitter;
use super::imports::Imports;
use super::names::VariableNames;
use super::tokens::{ident, index, string};
use crate::ir::{Api, Server, ServerVariable};

/// The variables of all servers, each once: those with one name and the same values are set together.
pub(super) fn settings(api: &Api) -> Vec<&ServerVariable> {
    let mut settings: Vec<&ServerVariable> = Vec::new();
    for variable in api.servers.iter().flat_map(|server| &server.variables) {
        if !settings.iter().any(|known| is_one(known, variable)) {
            settings.push(variable);
        }
    }
    settings
}

fn is_one(left: &ServerVariable, right: &ServerVariable) -> bool {
    left.wire_name == right.wire_name && left.values == right.values
}

impl Emitter<'_> {
    /// The hosts of the profile.
    pub(super) fn host_profiles(&self, imports: &Imports) -> Vec<TokenStream> {
        let ty = imports.runtime("HostProfile");
        if self.api.servers.is_empty() {
            // A model without a server: the user must name it.
            let security = self.host_security(0);
            return vec![quote!(#ty { name: "default", url: "", security: &[#(#security),*], variables: &[] })];
        }
        let hosts = self.api.servers.iter().enumerate().map(|(at, server)| {
            let security = self.host_security(at);
            let (name, url) = (string(&server.name.0.join("_")), string(&one_line(&server.url)));
            let variables = server.variables.iter().map(|variable| self.variable_profile(variable, imports));
            quote!(#ty { name: #name, url: #url, security: &[#(#security),*], variables: &[#(#variables),*] })
        });
        hosts.collect()
    }

    /// The keys that calls to a host take: those of most calls first, else as they come.
    fn host_security(&self, host: usize) -> Vec<TokenStream> {
        let mut counted: Vec<(Vec<usize>, usize)> = Vec::new();
        for (_, operation) in self.api.operations().filter(|(_, operation)| operation.server == host) {
            for alternative in &operation.security {
                let schemes: Vec<usize> = alternative.iter().map(|needed| needed.scheme).collect();
                match counted.iter_mut().find(|(known, _)| *known == schemes) {
                    Some((_, count)) => *count += 1,
                    None => counted.push((schemes, 1)),
                }
            }
        }
        counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counted.iter().map(|(schemes, _)| self.alternative(schemes.iter().copied(), None)).collect()
    }

    /// How any call of the user's own says which host it asks.
    pub(super) fn any_call_methods(&self, imports: &Imports) -> Option<TokenStream> {
        if self.api.servers.len() < 2 {
            return None;
        }
        let (request, call) = (imports.runtime("Request"), imports.runtime("AnyCall"));
        Some(quote! {
            impl<M> #request<#call, M> {
                #[doc = " Asks that host, with the keys its calls take."]
                pub fn host(self, host: Host) -> Self { self.host_at(host as usize) }
            }
        })
    }

    fn variable_profile(&self, variable: &ServerVariable, imports: &Imports) -> TokenStream {
        let ty = imports.runtime("VariableProfile");
        let settings = settings(self.api);
        let at = settings.iter().position(|known| is_one(known, variable)).unwrap_or_default();
        let (name, setting) = (string(&one_line(&variable.wire_name)), index(at));
        let default = match &variable.default {
            Some(default) => {
                let default = string(default);
                quote!(Some(#default))
            }
            None => quote!(None),
        };
        quote!(#ty { name: #name, setting: #setting, default: #default })
    }

    /// The enum of hosts, and those of the variables whose values are listed.
    pub(super) fn hosts(&self) -> Vec<TokenStream> {
        if self.api.servers.is_empty() {
            return Vec::new();
        }
        let variants = self.api.servers.iter().zip(&self.names.hosts).map(|(server, name)| {
            let (docs, name) = (self.host_doc(server).attributes(), ident(name));
            quote!(#docs #name)
        });
        let mut items = vec![quote! {
            #[doc = " A host of the API."]
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum Host { #(#variants),* }
        }];
        let settings = settings(self.api).into_iter().zip(&self.names.variables);
        for (variable, names) in settings.filter(|(variable, _)| !variable.values.is_empty()) {
            items.extend(variable_type(variable, names));
        }
        items
    }

    fn host_doc(&self, server: &Server) -> Doc {
        let url = one_line(&server.url);
        let shown = match url.as_str() {
            "" => "The document says no more than `/`: set its URL with [`ClientBuilder::base_url`].".to_owned(),
            url if !url.contains("://") && !url.starts_with('{') => {
                format!("{}, relative to somewhere: set its URL with [`ClientBuilder::base_url`].", code(url))
            }
            url => format!("{}.", code(url)),
        };
        let mut doc = Doc::new(&server.doc, &shown);
        if !server.doc.trim().is_empty() {
            doc.paragraph(&shown);
        }
        let settings = settings(self.api);
        let variables = server.variables.iter().filter_map(|variable| {
            let at = settings.iter().position(|known| is_one(known, variable))?;
            let method = &self.names.variables.get(at)?.method;
            let value = match &variable.default {
                Some(default) => format!("{} unless set with", code(default)),
                None => "to be set with".to_owned(),
            };
            let name = code(&variable.wire_name);
            Some(format!("{name} is {value} [`ClientBuilder::{method}`]"))
        });
        let variables: Vec<String> = variables.collect();
        if !variables.is_empty() {
            doc.paragraph(&format!("{}.", variables.join("; ")));
        }
        if let Some(first) = server.stands_in_for.and_then(|at| self.names.hosts.get(at)) {
            doc.paragraph(&format!(
                "Takes the calls of [`Host::{first}`] when [`ClientBuilder::replace_host`] says so."
            ));
        }
        doc
    }

    /// The methods of the builder about hosts.
    pub(super) fn host_methods(&self) -> TokenStream {
        if self.api.servers.is_empty() {
            return quote! {
                #[doc = " Sets the base URL, which the API's document does not name."]
                pub fn base_url(self, url: impl Into<String>) -> Self { self.base_url_at(0, url) }
            };
        }
        let choice = self.api.servers.iter().any(|server| server.stands_in_for.is_some()).then(|| {
            quote! {
                #[doc = " Sends the calls of a host to another host of the API, such as its sandbox."]
                pub fn replace_host(self, host: Host, by: Host) -> Self {
                    self.replace_host_at(host as usize, by as usize)
                }
            }
        });
        let settings = settings(self.api).into_iter().zip(&self.names.variables).enumerate();
        let setters = settings.map(|(at, (variable, names))| setter(at, variable, names));
        quote! {
            #[doc = " Sends the calls of a host to another base URL, such as that of a test server."]
            pub fn base_url(self, host: Host, url: impl Into<String>) -> Self {
                self.base_url_at(host as usize, url)
            }
            #choice
            #(#setters)*
        }
    }
}

fn setter(at: usize, variable: &ServerVariable, names: &VariableNames) -> TokenStream {
    let shown = code(&variable.wire_name);
    let mut doc = Doc::new(&variable.doc, &format!("Sets the variable {shown} in the URLs of hosts."));
    if !variable.doc.trim().is_empty() {
        doc.paragraph(&format!("The variable {shown} in the URLs of hosts."));
    }
    if let Some(default) = &variable.default {
        doc.paragraph(&format!("{} unless set.", code(default)));
    }
    let (docs, name, at) = (doc.attributes(), ident(&names.method), index(at));
    if variable.values.is_empty() {
        return quote! {
            #docs
            pub fn #name(self, #name: impl Into<String>) -> Self { self.variable_at(#at, #name) }
        };
    }
    let ty = ident(&names.ty);
    quote! {
        #docs
        pub fn #name(self, #name: #ty) -> Self { self.variable_at(#at, #name.as_str()) }
    }
}

/// A closed enum: no server is known for other values.
fn variable_type(variable: &ServerVariable, names: &VariableNames) -> [TokenStream; 2] {
    let ty = ident(&names.ty);
    let docs = Doc::new(&variable.doc, &format!("{}.", prose(&variable.name))).attributes();
    let variants: Vec<_> = variable.values.iter().zip(&names.values).collect();
    let listed = variants.iter().map(|(value, name)| {
        let (docs, name) = (Doc::new("", &format!("{}.", code(&value.value))).attributes(), ident(name));
        quote!(#docs #name)
    });
    let texts = variants.iter().map(|(value, name)| {
        let (name, value) = (ident(name), string(&value.value));
        quote!(Self::#name => #value)
    });
    [
        quote! {
            #docs
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #ty { #(#listed),* }
        },
        quote! {
            impl #ty {
                #[doc = " As it stands in the URL."]
                #[must_use]
                pub fn as_str(self) -> &'static str {
                    match self { #(#texts),* }
                }
            }
        },
    ]
}
