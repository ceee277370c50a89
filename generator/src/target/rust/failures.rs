//! What failures say, when it differs by status: an enum that reads an error.

use proc_macro2::TokenStream;
use quote::quote;

use super::answers::{pattern, statuses};
use super::case::prose;
use super::docs::Doc;
use super::emitter::Emitter;
use super::imports::Imports;
use super::operations::Call;
use super::tokens::{ident, string};
use crate::ir::{Content, Operation, Response, Status};

/// Whether failures of an operation say different things.
pub(super) fn fails_by_status(operation: &Operation) -> bool {
    let mut contents = operation.errors.iter().filter_map(|response| response.content.as_ref());
    let first: Option<&Content> = contents.next();
    first.is_some_and(|first| contents.any(|other| !other.reads_as(first)))
}

/// The failures that say something.
pub(super) fn said(operation: &Operation) -> Vec<Response> {
    operation.errors.iter().filter(|response| response.content.is_some()).cloned().collect()
}

impl Emitter<'_> {
    /// The enum of what failures say, and how it is read.
    pub(super) fn failure_items(&self, call: &Call<'_>, imports: &Imports) -> Vec<TokenStream> {
        if !fails_by_status(call.operation) {
            return Vec::new();
        }
        let said = said(call.operation);
        let (name, cases) = (ident(&call.names.failure), self.cases(&said));
        let doc =
            string(&format!(" What the API says when it refuses [`{}::{}`].", call.resource.ty, call.names.method));
        let error = imports.runtime("Error");
        imports.runtime("decode");
        let mut spoken = cases.iter();
        let arms: Vec<TokenStream> = call
            .operation
            .errors
            .iter()
            .filter_map(|response| {
                let pattern = pattern(response.status);
                let Some(content) = &response.content else {
                    // Listed without a body, it says nothing, whatever its range would say.
                    return (response.status != Status::Default).then(|| quote!(#pattern => return None));
                };
                let (reader, case) = (self.reader(content), spoken.next()?);
                let variant = &case.name;
                let value = quote!(decode::#reader(body).ok()?);
                let value = if case.boxed { quote!(Box::new(#value)) } else { value };
                Some(quote!(#pattern => Self::#variant(#value)))
            })
            .collect();
        let rest = (!said.iter().any(|response| response.status == Status::Default)).then(|| quote!(_ => return None,));
        let variants = cases.iter().filter_map(|case| {
            let (variant, response) = (&case.name, case.response);
            let mut doc = Doc::new(&response.doc, &format!("{}.", prose(&response.name)));
            doc.paragraph(&statuses(response.status));
            let docs = doc.attributes();
            let held = self.held(case, imports)?;
            Some(quote!(#docs #variant(#held)))
        });
        vec![
            quote! {
                #[doc = #doc]
                #[derive(Clone, Debug, PartialEq)]
                #[non_exhaustive]
                pub enum #name { #(#variants),* }
            },
            quote! {
                impl #name {
                    #[doc = " What an error of that call says; `None` when it is no answer, or another than is documented."]
                    #[must_use]
                    pub fn of(error: &#error) -> Option<Self> {
                        let body = error.body();
                        let said = match error.refusal()? { #(#arms,)* #rest };
                        Some(said)
                    }
                }
            },
        ]
    }
}
