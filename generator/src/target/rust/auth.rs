//! Keys: what the runtime knows of each scheme, and the builder method that sets its credential.

use proc_macro2::TokenStream;
use quote::quote;

use super::case::prose;
use super::docs::{Doc, code, one_line};
use super::emitter::Emitter;
use super::imports::Imports;
use super::names::SchemeNames;
use super::tokens::{ident, index, string};
use crate::ir::{AuthKind, AuthScheme, Flow, FlowKind, Operation, TokenSource};

impl Emitter<'_> {
    /// The schemes of the profile.
    pub(super) fn schemes(&self, imports: &Imports) -> Vec<TokenStream> {
        let schemes = self.api.auth.schemes.iter().zip(&self.names.schemes).map(|(scheme, names)| {
            let (ty, name, kind) = (imports.runtime("Scheme"), string(&names.method), scheme_kind(scheme, imports));
            let prefixes = scheme.prefixes.iter().map(|prefix| string(prefix));
            quote!(#ty { name: #name, kind: #kind, prefixes: &[#(#prefixes),*] })
        });
        schemes.collect()
    }

    /// `pub(crate) const SECRET_KEY: usize = 0;` for each scheme.
    pub(super) fn scheme_constants(&self) -> Vec<TokenStream> {
        let schemes = self.names.schemes.iter().enumerate();
        schemes
            .map(|(at, names)| {
                let (name, at) = (ident(&names.constant), index(at));
                let doc = string(&format!(" Index of the scheme whose credential `{}` sets.", names.method));
                quote!(#[doc = #doc] pub(crate) const #name: usize = #at;)
            })
            .collect()
    }

    /// The methods of the builder that set credentials, each with what is said of it first.
    pub(super) fn told_credentials(&self) -> Vec<(String, String)> {
        let schemes = self.api.auth.schemes.iter().zip(&self.names.schemes);
        let told = schemes.map(|(scheme, names)| {
            let doc = credential_doc(scheme);
            let first: Vec<&str> = doc.lines().iter().map(String::as_str).take_while(|line| !line.is_empty()).collect();
            (names.method.clone(), first.join(" "))
        });
        told.collect()
    }

    /// The methods of the builder that set credentials.
    pub(super) fn credential_methods(&self, imports: &Imports) -> Vec<TokenStream> {
        let schemes = self.api.auth.schemes.iter().zip(&self.names.schemes);
        schemes.map(|(scheme, names)| credential(scheme, names, imports)).collect()
    }

    /// The scopes of the tokens that the client may have to fetch for a call; of several alternatives, the first that
    /// needs a token says.
    pub(super) fn scopes(&self, operation: &Operation, imports: &Imports) -> Option<TokenStream> {
        let mut scopes: Vec<(&str, &[String])> = Vec::new();
        for needed in operation.security.iter().flatten() {
            let Some(scheme) = self.api.auth.schemes.get(needed.scheme) else { continue };
            let Some(names) = self.names.schemes.get(needed.scheme) else { continue };
            let fetched = matches!(scheme.kind, AuthKind::ClientCredentials { .. });
            if fetched && !scopes.iter().any(|(known, _)| *known == names.constant) {
                scopes.push((&names.constant, &needed.scopes));
            }
        }
        scopes.retain(|(_, scopes)| !scopes.is_empty());
        let pairs = scopes.iter().map(|(constant, scopes)| {
            let (constant, scopes) =
                (imports.name("crate::client", constant), scopes.iter().map(|scope| string(scope)));
            quote!((#constant, &[#(#scopes),*]))
        });
        (!scopes.is_empty())
            .then(|| quote!(const SCOPES: &'static [(usize, &'static [&'static str])] = &[#(#pairs),*];))
    }

    /// `with the public key, or without a key`: what a call is sent with, in the order of choice.
    pub(super) fn keys_of(&self, operation: &Operation) -> Option<String> {
        let mut alternatives: Vec<String> = operation
            .security
            .iter()
            .map(|alternative| {
                let keys = alternative.iter().filter_map(|needed| {
                    let method = &self.names.schemes.get(needed.scheme)?.method;
                    let scopes: Vec<String> = needed.scopes.iter().map(|scope| code(scope)).collect();
                    let link = format!("[`{method}`](crate::ClientBuilder::{method})");
                    let scopes = match scopes.len() {
                        0 => return Some(link),
                        1 => format!("scope {}", scopes.concat()),
                        _ => format!("scopes {}", scopes.join(", ")),
                    };
                    Some(format!("{link} ({scopes})"))
                });
                keys.collect::<Vec<_>>().join(" and ")
            })
            .collect();
        let optional = alternatives.iter().any(String::is_empty);
        alternatives.retain(|alternative| !alternative.is_empty());
        if alternatives.is_empty() {
            return None;
        }
        let without = if optional { ", or without a key" } else { "" };
        Some(format!("with {}{without}", alternatives.join(" or ")))
    }
}

fn scheme_kind(scheme: &AuthScheme, imports: &Imports) -> TokenStream {
    let ty = imports.runtime("SchemeKind");
    let named = |variant: &str, name: &str| {
        let (variant, name) = (ident(variant), string(name));
        quote!(#ty::#variant(#name))
    };
    match &scheme.kind {
        AuthKind::Basic => quote!(#ty::Basic),
        AuthKind::BasicKey => quote!(#ty::BasicKey),
        AuthKind::Bearer => quote!(#ty::Bearer),
        AuthKind::ClientCredentials { token_url } => named("ClientCredentials", token_url),
        AuthKind::Http { scheme } => named("Http", scheme),
        AuthKind::Header { name } => named("Header", name),
        AuthKind::Query { name } => named("Query", name),
        AuthKind::Cookie { name } => named("Cookie", name),
    }
}

fn credential(scheme: &AuthScheme, names: &SchemeNames, imports: &Imports) -> TokenStream {
    let (credential, secret) = (imports.runtime("Credential"), imports.runtime("Secret"));
    let (name, at) = (ident(&names.method), ident(&names.constant));
    let docs = credential_doc(scheme).attributes();
    match scheme.kind {
        AuthKind::Basic => quote! {
            #docs
            pub fn #name(self, user: impl Into<String>, password: impl Into<#secret>) -> Self {
                self.credential(#at, #credential::basic(user, password))
            }
        },
        AuthKind::Bearer => quote! {
            #docs
            pub fn #name(self, token: impl Into<#secret>) -> Self { self.credential(#at, #credential::key(token)) }
        },
        AuthKind::ClientCredentials { .. } => client_credentials(&docs, names, imports),
        AuthKind::Http { .. } => quote! {
            #docs
            pub fn #name(self, credentials: impl Into<#secret>) -> Self {
                self.credential(#at, #credential::key(credentials))
            }
        },
        _ => quote! {
            #docs
            pub fn #name(self, key: impl Into<#secret>) -> Self { self.credential(#at, #credential::key(key)) }
        },
    }
}

/// The client's id and secret, a token instead of them, and where tokens are fetched.
fn client_credentials(docs: &TokenStream, names: &SchemeNames, imports: &Imports) -> TokenStream {
    let (credential, secret) = (imports.runtime("Credential"), imports.runtime("Secret"));
    let (name, at) = (ident(&names.method), ident(&names.constant));
    let (token, token_url) = (ident(&names.token), ident(&names.token_url));
    let token_doc = string(&format!(
        " Sets a token, got by other means, in place of the id and the secret of [`{0}`](Self::{0}).",
        names.method
    ));
    let url_doc = string(&format!(
        " Fetches the tokens of [`{0}`](Self::{0}) elsewhere, such as from a test server.",
        names.method
    ));
    quote! {
        #docs
        pub fn #name(self, client_id: impl Into<String>, client_secret: impl Into<#secret>) -> Self {
            self.credential(#at, #credential::basic(client_id, client_secret))
        }
        #[doc = #token_doc]
        #[doc = ""]
        #[doc = " It is sent as it is and never replaced."]
        pub fn #token(self, token: impl Into<#secret>) -> Self { self.credential(#at, #credential::key(token)) }
        #[doc = #url_doc]
        pub fn #token_url(self, url: impl Into<String>) -> Self { self.token_url_at(#at, url) }
    }
}

fn credential_doc(scheme: &AuthScheme) -> Doc {
    let mut doc = Doc::new(&scheme.doc, &format!("Sets the {}.", prose(&scheme.name).to_lowercase()));
    let prefixes: Vec<String> = scheme.prefixes.iter().map(|prefix| code(&format!("{prefix}…"))).collect();
    if !prefixes.is_empty() {
        doc.paragraph(&format!("Looks like {}.", prefixes.join(" or ")));
    }
    if let AuthKind::Http { scheme } = &scheme.kind {
        doc.paragraph(&format!(
            "The credentials are sent as given, after {} in the header `Authorization`: this crate does not compute \
             them. Where each request needs its own, set that header with \
             [`Request::header`](crate::Request::header) instead.",
            code(scheme)
        ));
    }
    match &scheme.source {
        Some(TokenSource::Format { format }) => {
            doc.paragraph(&format!("A bearer token, in the format {}.", code(format)))
        }
        Some(TokenSource::OpenId { url }) => doc.paragraph(&format!(
            "A bearer token of OpenID Connect, which the caller gets: the provider describes itself at {}.",
            code(url)
        )),
        Some(TokenSource::Oauth2 { flows }) => oauth2(scheme, flows, &mut doc),
        None => {}
    }
    doc
}

/// How a token of OAuth 2 is had, and what it may allow.
fn oauth2(scheme: &AuthScheme, flows: &[Flow], doc: &mut Doc) {
    doc.paragraph(match scheme.kind {
        AuthKind::ClientCredentials { .. } => {
            "With the client's id and secret, tokens of OAuth 2 are fetched when a call needs one, kept until shortly \
             before they expire, and replaced once when a server refuses them."
        }
        _ => "A bearer token of OAuth 2, which the caller gets.",
    });
    for flow in flows {
        let grant = match flow.kind {
            FlowKind::AuthorizationCode => "authorization code",
            FlowKind::ClientCredentials => "client credentials",
            FlowKind::Implicit => "implicit",
            FlowKind::Password => "password",
        };
        let mut places = Vec::new();
        places.extend(flow.authorization_url.as_deref().map(|url| format!("the user agrees at {}", code(url))));
        places.extend(flow.token_url.as_deref().map(|url| format!("the token comes from {}", code(url))));
        let places = if places.is_empty() { String::new() } else { format!(": {}", places.join(", ")) };
        let scopes = if flow.scopes.is_empty() { "" } else { " Scopes:" };
        doc.paragraph(&format!("Flow \"{grant}\"{places}.{scopes}"));
        doc.items(flow.scopes.iter().map(|(scope, allows)| (one_line(scope), Doc::new(allows, ""))));
    }
}
