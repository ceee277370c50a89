//! Pages: objects made of a paging rule's schema, with items of their own.

use super::Lowering;
use super::node::Node;
use super::shape::Shape;
use super::words::singular_words;
use crate::config::PagingRule;
use crate::ir::{Page, Paging, PagingKind, Param, ParamPlace, Type, TypeId, TypeKind};

impl<'a> Lowering<'a> {
    /// The page type of a place, when a rule of `sdk.toml` applies and the place says what its items are.
    pub(super) fn page(&mut self, node: &Node<'a>, shape: &Shape<'a>, hint: &[String]) -> Option<Type> {
        let (component, items_field) = self.config.paging.iter().find_map(|rule| {
            let (schema, items) = parts(rule);
            let component = shape.refs.iter().find(|name| Some(**name) == schema)?;
            Some((*component, items))
        })?;
        let data = shape.properties.get(items_field)?.clone();
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

    /// How an operation's pages are walked.
    pub(super) fn paging(&mut self, params: &[Param], response: Option<&Type>) -> Option<Paging> {
        let Some(Type::Ref(id)) = response else { return None };
        let page = match self.draft_mut(*id)?.kind.as_ref() {
            Some(TypeKind::Page(page)) => page.clone(),
            _ => return None,
        };
        let has = |name: &str| params.iter().any(|param| param.place == ParamPlace::Query && param.wire_name == name);
        self.config.paging.iter().find_map(|rule| {
            let (schema, items) = parts(rule);
            let template = self.components.get(schema?)?;
            let (kind, start) = kind(rule);
            (*template == Type::Ref(page.of) && has(&start)).then(|| Paging {
                kind,
                item: page.item.clone(),
                items: items.to_owned(),
            })
        })
    }
}

/// The schema a rule's pages are made of, and the field that holds their items.
pub(super) fn parts(rule: &PagingRule) -> (Option<&str>, &str) {
    match rule {
        PagingRule::Offset { schema, items, .. } | PagingRule::Page { schema, items, .. } => (schema.as_deref(), items),
    }
}

/// The scheme of a rule, and the query parameter without which it cannot be walked.
fn kind(rule: &PagingRule) -> (PagingKind, String) {
    match rule.clone() {
        PagingRule::Offset { offset, limit, total, .. } => {
            (PagingKind::Offset { offset: offset.clone(), limit, total }, offset)
        }
        PagingRule::Page { page, per_page, total_pages, .. } => {
            (PagingKind::Page { page: page.clone(), per_page, total_pages }, page)
        }
    }
}
