//! `src/resources/`: one file a resource, with its operations.

use quote::quote;

use super::case::prose;
use super::docs::Doc;
use super::emitter::Emitter;
use super::failures::fails_by_status;
use super::format::Module;
use super::imports;
use super::names::ResourceNames;
use super::operations::Call;
use super::tokens::{ident, string};
use crate::ir::Resource;

impl Emitter<'_> {
    /// The file of a resource.
    pub(super) fn resource_file(&self, resource: &Resource, names: &ResourceNames) -> Module {
        let mut module = Module::default();
        let imports = &module.imports;
        let calls = self.calls(resource, names);
        let (name, client, mode) = (ident(&names.ty), imports.runtime("ApiClient"), imports.runtime("Async"));
        let title = prose(&resource.name);
        let doc = string(&format!(
            " Calls on {}, reached through [`{1}`](ApiClient::{1}).",
            title.to_lowercase(),
            names.accessor
        ));
        let constructor_doc = string(" The calls of a client.");
        let methods = calls.iter().map(|call| self.call_method(call, imports));
        let mut items = vec![
            quote! {
                #[doc = #doc]
                #[derive(Clone, Debug)]
                pub struct #name<M = #mode> { client: #client<M> }
            },
            quote! {
                impl<M> #name<M> {
                    #[doc = #constructor_doc]
                    pub(crate) fn new(client: &#client<M>) -> Self { let client = client.clone(); Self { client } }
                    #(#methods)*
                }
            },
        ];
        for call in &calls {
            items.extend(self.call_items(call, imports));
        }
        module.items = items;
        module.docs = Doc::new(&resource.doc, &format!("{title}.")).lines().to_vec();
        module
    }

    /// The operations of a resource.
    pub(super) fn calls<'c>(&self, resource: &'c Resource, names: &'c ResourceNames) -> Vec<Call<'c>> {
        let operations = resource.operations.iter().zip(&names.operations);
        operations.map(|(operation, own)| Call::new(resource, operation, own, names, self)).collect()
    }

    /// `src/resources/mod.rs`.
    pub(super) fn resources_index(&self) -> Module {
        let mut module = Module { docs: vec!["What can be called, by resource.".to_owned()], ..Module::default() };
        let mut resources: Vec<(&Resource, &ResourceNames)> =
            self.api.resources.iter().zip(&self.names.resources).collect();
        resources.sort_by(|(_, a), (_, b)| a.module.cmp(&b.module));
        module.modules = resources.iter().map(|(_, names)| format!("mod {};", names.module)).collect();
        let exports = resources.iter().map(|(resource, names)| {
            let mut exported = vec![names.ty.as_str()];
            let calls = self.calls(resource, names);
            for call in &calls {
                exported.push(&call.names.ty);
                exported.extend(call.takes_struct().then_some(call.names.args.as_str()));
                exported.extend(fails_by_status(call.operation).then_some(call.names.failure.as_str()));
                exported.extend((!call.operation.headers.is_empty()).then_some(call.names.headers.0.as_str()));
                exported.extend(call.answers_by_status().then_some(call.names.answer.as_str()));
            }
            exported.sort_unstable();
            imports::line("pub use", &format!("self::{}", names.module), &exported)
        });
        module.exports.push(exports.collect());
        module
    }
}
