//! Pages: objects made of a paging rule's schema, with items of their own.

use super::Lowering;
use super::node::Node;
use super::shape::Shape;
use super::words::singular_words;
use crate::config::PagingRule;
use crate::ir::{Page, Type, TypeId, TypeKind};
use crate::load::pointer;

impl<'a> Lowering<'a> {
    /// The page type of a place, when a rule of `sdk.toml` applies and the place says what its items are.
    pub(super) fn page(&mut self, node: &Node<'a>, shape: &Shape<'a>, hint: &[String]) -> Option<Type> {
        let (component, items_field) = self.config.paging.iter().find_map(|rule| {
            let (schema, items) = template(rule)?;
            let component = shape.refs.iter().find(|name| **name == schema)?;
            Some((*component, items))
        })?;
        let data = shape.properties.get(items_field.as_str())?.clone();
        let items = self.shape(&data).items.clone()?;
        let item_shape = self.shape(&items);
        if item_shape.says_nothing() && item_shape.refs.is_empty() {
            return None;
        }
        let Type::Ref(of) = self.component_type(component) else { return None };
        let item = self.type_of(&items, &item_shape, &singular_words(hint));
        Some(Type::Ref(self.page_of(of, item, node)))
    }

    fn page_of(&mut self, of: TypeId, item: Type, node: &Node<'a>) -> TypeId {
        if let Some(known) = self.pages.get(&(of, item.clone())) {
            return *known;
        }
        let mut words = self.words_of(&item);
        words.extend(self.draft_mut(of).map(|draft| draft.words.clone()).unwrap_or_default());
        let kind = TypeKind::Page(Page { of, item: item.clone() });
        let id = self.draft(words, node, None, Some(kind));
        self.pages.insert((of, item), id);
        id
    }

    fn words_of(&mut self, ty: &Type) -> Vec<String> {
        match ty {
            Type::Ref(id) => self.draft_mut(*id).map(|draft| draft.words.clone()).unwrap_or_default(),
            _ => Vec::new(),
        }
    }
}

/// The schema a rule's pages are made of, and the field that holds their items.
pub(super) fn template(rule: &PagingRule) -> Option<(&str, String)> {
    let items = rule.items();
    let mut tokens = pointer::tokens(&items);
    match (rule.schema(), tokens.next(), tokens.next()) {
        (Some(schema), Some(field), None) => Some((schema, field.into_owned())),
        _ => None,
    }
}
