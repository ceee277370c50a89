//! What users can name of items as they are written.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Attribute, Fields, FnArg, GenericArgument, ImplItem, Item, PathArguments, ReturnType, Signature, Type, Visibility,
};

use super::{Kind, Outline, Symbol, plain};

impl Outline {
    /// Adds what users can name of some items.
    pub(super) fn read(&mut self, items: &[TokenStream]) {
        for item in items {
            if let Ok(parsed) = syn::parse2::<syn::File>(item.clone()) {
                parsed.items.iter().for_each(|item| self.item(item));
            }
        }
    }

    pub(super) fn item(&mut self, item: &Item) {
        match item {
            Item::Struct(item) if is_public(&item.vis) => {
                let name = item.ident.to_string();
                let is_closed = item.fields.iter().all(|field| is_public(&field.vis)) && !is_unexhausted(&item.attrs);
                let text = format!("struct {name}{}", told(&item.generics));
                self.read_type(&name, text, &item.attrs, !is_closed);
                if matches!(item.fields, Fields::Unnamed(_)) {
                    return;
                }
                for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
                    let Some(own) = &field.ident else { continue };
                    self.member(&name, &own.to_string(), Kind::Field, told(&field.ty), is_deprecated(&field.attrs));
                }
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let name = item.ident.to_string();
                let text = format!("enum {name}{}", told(&item.generics));
                self.read_type(&name, text, &item.attrs, is_unexhausted(&item.attrs));
                for variant in &item.variants {
                    let (own, held) = (variant.ident.to_string(), told(&variant.fields));
                    self.member(&name, &own, Kind::Variant, held, is_deprecated(&variant.attrs));
                }
            }
            Item::Type(item) if is_public(&item.vis) => {
                let text = format!("type {}{} = {}", item.ident, told(&item.generics), told(&item.ty));
                self.read_type(&item.ident.to_string(), text, &item.attrs, false);
            }
            Item::Const(item) if is_public(&item.vis) => {
                let text = format!("const {}: {}", item.ident, told(&item.ty));
                self.insert(item.ident.to_string(), Kind::Other, text, is_deprecated(&item.attrs));
            }
            Item::Fn(item) if is_public(&item.vis) => self.read_function(None, &item.sig, &item.attrs),
            Item::Impl(item) => self.implementation(item),
            Item::Macro(item) => self.invocation(item),
            _ => {}
        }
    }

    fn read_type(&mut self, name: &str, text: String, attributes: &[Attribute], is_open: bool) {
        self.a_type(name, text, is_open, is_deprecated(attributes));
        for derive in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
            let _ = derive.parse_nested_meta(|meta| {
                self.implements(name, &[&told(&meta.path)]);
                Ok(())
            });
        }
    }

    fn read_function(&mut self, of: Option<&str>, signature: &Signature, attributes: &[Attribute]) {
        let name = signature.ident.to_string();
        let name = plain(&name);
        // A field and the method that sets it have one name.
        let symbol = of.map_or_else(|| format!("{name}()"), |of| format!("{of}::{name}()"));
        let types = signature.inputs.iter().map(|input| match input {
            FnArg::Receiver(receiver) => told(receiver),
            FnArg::Typed(argument) => told(&argument.ty),
        });
        let types: Vec<String> = types.collect();
        let result = match &signature.output {
            ReturnType::Default => String::new(),
            ReturnType::Type(_, ty) => format!(" -> {}", told(ty)),
        };
        let meaning = format!("fn{}({}){result}", told(&signature.generics), types.join(", "));
        let arguments = signature.inputs.iter().filter_map(|input| match input {
            FnArg::Receiver(_) => None,
            FnArg::Typed(argument) => Some(told(&argument.pat)),
        });
        let arguments = arguments.collect();
        let (kind, text, is_deprecated) = (Kind::Function, told(signature), is_deprecated(attributes));
        self.symbols.insert(symbol, Symbol { kind, meaning, arguments, text, is_deprecated, is_open: false });
    }

    fn implementation(&mut self, item: &syn::ItemImpl) {
        let Some(name) = own_name(&item.self_ty) else { return };
        if let Some((path, _)) = &item.trait_ {
            let implemented = told(path);
            self.implements(&name, &[&implemented]);
            // Those of a collection follow from the type's parameter.
            if implemented != "IntoIterator" {
                item.items.iter().for_each(|member| self.associated_type(&name, member));
            }
            return;
        }
        for member in &item.items {
            match member {
                ImplItem::Fn(function) if is_public(&function.vis) => {
                    self.read_function(Some(&name), &function.sig, &function.attrs);
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    let text = format!("const {}: {}", constant.ident, told(&constant.ty));
                    let symbol = format!("{name}::{}", constant.ident);
                    self.insert(symbol, Kind::Other, text, is_deprecated(&constant.attrs));
                }
                _ => {}
            }
        }
    }

    fn associated_type(&mut self, of: &str, member: &ImplItem) {
        if let ImplItem::Type(member) = member {
            self.associated(of, &member.ident.to_string(), &told(&member.ty));
        }
    }

    /// A macro of the runtime gives the type it is called with its traits and functions.
    fn invocation(&mut self, item: &syn::ItemMacro) {
        let first = item.mac.tokens.clone().into_iter().find_map(|token| match token {
            TokenTree::Ident(name) => Some(name.to_string()),
            _ => None,
        });
        if let Some(name) = first {
            self.implements(&name, &[&format!("{}!", told(&item.mac.path))]);
        }
    }
}

/// Tokens as people write them, without the commas that end lists over several lines.
fn told(tokens: &impl ToTokens) -> String {
    super::told(&tokens.to_token_stream()).replace(",)", ")").replace(",>", ">")
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

fn is_deprecated(attributes: &[Attribute]) -> bool {
    has(attributes, "deprecated")
}

fn is_unexhausted(attributes: &[Attribute]) -> bool {
    has(attributes, "non_exhaustive")
}

/// The name of a type of this crate, without its parameters. What a request of a call can do is that call's.
fn own_name(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let call = match &last.arguments {
        PathArguments::AngleBracketed(parameters) if last.ident == "Request" => parameters.args.first(),
        _ => None,
    };
    match call {
        Some(GenericArgument::Type(call)) => own_name(call),
        _ => Some(last.ident.to_string()),
    }
}
