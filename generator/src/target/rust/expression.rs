//! Values that are shown, as Rust: the constructors, setters and conversions that the crate has for their types.

use serde_json::Value;

use super::emitter::Emitter;
use super::enums::variant_names;
use super::imports::Imports;
use super::json_code::{json, quoted};
use super::layout::Code;
use super::structs::{Presence, settable, undressed};
use super::tokens::{group_digits, ident};
use crate::ir::{EnumBase, EnumType, Field, Literal, Struct, Type, TypeDef, TypeId, TypeKind, Union};
use crate::target::sample::{Content, Direction, Maker, Node, NodeField};

/// How a value is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// To what takes whatever converts.
    Passed,
    /// The same, beside others of one type.
    Item,
    /// As the type itself.
    Owned,
}

/// Writes values, and keeps what they import.
#[derive(Debug)]
pub(super) struct Writer<'w, 'a> {
    pub(super) emitter: &'w Emitter<'a>,
    pub(super) imports: Imports,
}

impl<'w, 'a> Writer<'w, 'a> {
    pub(super) fn new(emitter: &'w Emitter<'a>) -> Self {
        Self { emitter, imports: Imports::default() }
    }

    /// A value of a type. `None` when Rust has no way to write it.
    pub(super) fn value(&self, node: &Node, ty: &Type, form: Form) -> Option<Code> {
        let is_endless = self.emitter.def(ty).is_some_and(|def| self.emitter.is_endless(def));
        if is_endless && form == Form::Owned {
            return Some(self.json(&node.json()));
        }
        match (self.emitter.resolve(ty), &node.content) {
            (Type::Json, content) => Some(self.untyped(content, &node.json(), form)),
            (Type::Nullable(_), Content::Null) => Some(Code::plain("None")),
            (Type::Nullable(inner), _) => Some(Code::call("Some", vec![self.value(node, inner, Form::Owned)?])),
            (Type::List(item), Content::List { items }) => self.list(items, item, form),
            (Type::Map(value), Content::Map { members }) => self.map(members, value, form),
            (Type::Ref(id), _) => self.defined(node, *id, form),
            (ty, Content::Scalar { literal }) => self.scalar(literal, ty, form),
            _ => None,
        }
    }

    /// Untyped JSON.
    pub(super) fn json(&self, value: &Value) -> Code {
        json(value, &self.imports)
    }

    fn untyped(&self, content: &Content, value: &Value, form: Form) -> Code {
        match (content, form) {
            (Content::Scalar { literal: Literal::String(text) }, Form::Passed) => quoted(text),
            (Content::Scalar { literal: Literal::Bool(value) }, Form::Passed) => Code::plain(value.to_string()),
            _ => self.json(value),
        }
    }

    fn scalar(&self, literal: &Literal, ty: &Type, form: Form) -> Option<Code> {
        let converted = |code: Code| if form == Form::Owned { code.then(Code::plain("into()")) } else { code };
        // What is read from text says as what, where that is not clear.
        let parsed = |text: &str, name: Option<&str>| {
            let name = name.filter(|_| form != Form::Owned);
            let link = name.map_or("parse()?".to_owned(), |name| format!("parse::<{}>()?", self.imports.runtime(name)));
            quoted(text).then(Code::plain(link))
        };
        Some(match (ty, literal) {
            (Type::Bool, Literal::Bool(value)) => Code::plain(value.to_string()),
            (Type::Int { .. }, Literal::Number(text)) => Code::plain(integer(text)?),
            (Type::Float { .. }, Literal::Number(text)) => Code::plain(float(text)?),
            (Type::Decimal, Literal::Number(text) | Literal::String(text)) => parsed(text, Some("Decimal")),
            (Type::DateTime, Literal::String(text)) => parsed(text, Some("DateTime")),
            (Type::Date | Type::Uuid, Literal::String(text)) => parsed(text, None),
            (Type::String | Type::Uri | Type::Secret, Literal::String(text)) => converted(quoted(text)),
            // Of bytes, which no document shows, any will do.
            (Type::Bytes, _) => converted(Code::plain("b\"bytes\".to_vec()")),
            _ => return None,
        })
    }

    fn list(&self, items: &[Node], item: &Type, form: Form) -> Option<Code> {
        let is_owned = form == Form::Owned;
        if items.is_empty() {
            let converts = self.emitter.converts(item);
            return Some(Code::plain(match (is_owned, converts) {
                (true, _) => "Vec::new()".to_owned(),
                (false, false) => "[]".to_owned(),
                (false, true) => format!("Vec::<{}>::new()", self.type_text(item)),
            }));
        }
        let form = self.item_form(item, form);
        let items = items.iter().map(|node| self.value(node, item, form)).collect::<Option<_>>()?;
        Some(if is_owned { Code::given("vec![", items, "]") } else { Code::array(items) })
    }

    fn map(&self, members: &[(String, Node)], value: &Type, form: Form) -> Option<Code> {
        let is_untyped = *self.emitter.resolve(value) == Type::Json;
        let map = || match is_untyped {
            true => self.imports.json("Map"),
            false => self.imports.name("std::collections", "BTreeMap"),
        };
        let is_owned = form == Form::Owned;
        if members.is_empty() {
            let typed = !is_owned && !is_untyped;
            let types = if typed { format!("::<String, {}>", self.type_text(value)) } else { String::new() };
            return Some(Code::plain(format!("{}{types}::new()", map())));
        }
        let all_text = members.iter().all(|(_, node)| {
            matches!(node.content, Content::Scalar { literal: Literal::String(_) }) && is_untyped && !is_owned
        });
        let item = if all_text { Form::Passed } else { self.item_form(value, form) };
        let members = members.iter().map(|(key, node)| {
            let key = if is_owned { quoted(key).then(Code::plain("into()")) } else { quoted(key) };
            Some(Code::tuple(vec![key, self.value(node, value, item)?]))
        });
        let members = Code::array(members.collect::<Option<_>>()?);
        Some(match (is_owned, is_untyped) {
            (false, _) => members,
            (true, true) => Code::call(&format!("{}::from_iter", map()), vec![members]),
            (true, false) => Code::call(&format!("{}::from", map()), vec![members]),
        })
    }

    fn item_form(&self, item: &Type, form: Form) -> Form {
        if form != Form::Owned && self.emitter.converts(item) { Form::Item } else { Form::Owned }
    }

    /// A type as it is written.
    fn type_text(&self, ty: &Type) -> String {
        self.emitter.ty(ty, &self.imports).to_string().replace(' ', "").replace(',', ", ")
    }

    fn defined(&self, node: &Node, id: TypeId, form: Form) -> Option<Code> {
        let def = self.emitter.api.type_def(id)?;
        match (&def.kind, &node.content) {
            (TypeKind::Id(_), Content::Scalar { literal: Literal::String(text) }) => {
                Some(if form == Form::Owned { quoted(text).then(Code::plain("into()")) } else { quoted(text) })
            }
            (TypeKind::Enum(body), Content::Enum { variant, literal, .. }) => self.listed(def, body, *variant, literal),
            (TypeKind::Struct(body), Content::Struct { fields }) => {
                Some(self.structure(def, body, fields).unwrap_or_else(|| self.decoded(node)))
            }
            (TypeKind::Union(union), Content::Union { variant, value, .. }) => match self.emitter.expandable(union) {
                Some(_) => self.expandable(union, *variant, value, form),
                None if self.emitter.has_own_type(def) => self.member(def, union, *variant, value, form),
                None => Some(self.json(&node.json())),
            },
            _ => None,
        }
    }

    /// An object without a constructor.
    fn decoded(&self, node: &Node) -> Code {
        Code::given("serde_json::from_value(", vec![self.json(&node.json())], ")?")
    }

    /// A value of an enum, `Currency::Thb`, or one that it does not list.
    fn listed(&self, def: &TypeDef, body: &EnumType, variant: Option<usize>, literal: &Literal) -> Option<Code> {
        let name = self.imports.type_name(self.emitter.type_name(def.id)?);
        let unlisted = match (body.base, literal) {
            (EnumBase::String, Literal::String(text)) => quoted(text),
            (EnumBase::Int, Literal::Number(text)) => Code::plain(integer(text)?),
            _ => return None,
        };
        let names = variant_names(body.variants.iter().map(|variant| &variant.name));
        Some(match variant.and_then(|at| names.get(at)) {
            Some(variant) => Code::plain(format!("{name}::{}", ident(variant))),
            None => Code::call(&format!("{name}::from"), vec![unlisted]),
        })
    }

    /// An object: `new` with what must be given, and a setter for everything else.
    fn structure(&self, def: &TypeDef, body: &Struct, fields: &[NodeField]) -> Option<Code> {
        let (members, extra) = self.emitter.parts_of(def, body, &Imports::unasked());
        if !def.usage.request || members.iter().any(|member| member.items) {
            return None;
        }
        let given = |field: &Field| fields.iter().find(|given| given.wire_name == field.wire_name);
        let mut arguments = Vec::new();
        for member in members.iter().filter(|member| member.is_given()) {
            let made = || self.made(member.field);
            let node = given(member.field).map(|given| given.value.clone()).or_else(made)?;
            let ty = undressed(&member.field.ty);
            arguments.push(match member.presence {
                Presence::Nullable => self.optional(&node, ty)?,
                _ => self.value(&node, ty, Form::Passed)?,
            });
        }
        let name = self.imports.type_name(self.emitter.type_name(def.id)?);
        let mut code = Code::call(&format!("{name}::new"), arguments);
        for (member, null) in settable(&members, extra.as_ref().map(|(name, _)| name)) {
            let Some(NodeField { value: node, .. }) = given(member.field) else { continue };
            let ty = undressed(&member.field.ty);
            code = match (self.is_null(node, ty), null) {
                (true, Some(null)) => code.then(Code::plain(format!("{null}()"))),
                (true, None) => code,
                (false, _) => {
                    code.then(Code::call(&member.name.to_string(), vec![self.value(node, ty, Form::Passed)?]))
                }
            };
        }
        Some(code)
    }

    /// A value, or `None` where it is null, for what takes either.
    pub(super) fn optional(&self, node: &Node, ty: &Type) -> Option<Code> {
        if self.is_null(node, ty) {
            return Some(Code::plain("None"));
        }
        Some(Code::call("Some", vec![self.value(node, ty, Form::Owned)?]))
    }

    /// Whether it is null where the type itself has none.
    pub(super) fn is_null(&self, node: &Node, ty: &Type) -> bool {
        matches!(node.content, Content::Null) && !matches!(self.emitter.resolve(ty), Type::Nullable(_) | Type::Json)
    }

    /// A value for a field that must be given and is not.
    fn made(&self, field: &Field) -> Option<Node> {
        let api = self.emitter.api;
        let value = Maker::new(api, Direction::Sent).named(&field.ty, &field.name, &field.constraints).ok()?;
        Node::of(api, &field.ty, &value)
    }

    fn expandable(&self, union: &Union, variant: usize, value: &Node, form: Form) -> Option<Code> {
        let ty = &union.variants.get(variant)?.ty;
        let inner = self.value(value, ty, Form::Owned)?;
        if variant == 0 {
            return Some(Code::call(&format!("{}::Id", self.imports.runtime("Expandable")), vec![inner]));
        }
        Some(match form {
            Form::Passed => inner,
            _ => Code::call(&format!("{}::from", self.imports.runtime("Expandable")), vec![inner]),
        })
    }

    /// A member of a union: by itself where it converts, else `Method::Card(Box::new(…))`.
    fn member(&self, def: &TypeDef, union: &Union, at: usize, value: &Node, form: Form) -> Option<Code> {
        let emitter = self.emitter;
        let ty = &union.variants.get(at)?.ty;
        let plain = emitter.type_name(def.id)?;
        let members = emitter.union_members(union, None, &Imports::unasked());
        let variant = members.get(at)?.name.clone();
        let convertible = emitter.convertible(&ident(plain), &members);
        let converts = form == Form::Passed && convertible.iter().any(|member| member.name == variant);
        if converts && emitter.holds_text(ty) {
            return self.value(value, ty, Form::Passed);
        }
        let says_itself = match &value.content {
            Content::Enum { .. } => true,
            Content::Struct { fields } => match emitter.resolved_def(ty).map(|def| (def, &def.kind)) {
                Some((def, TypeKind::Struct(body))) => self.structure(def, body, fields).is_some(),
                _ => false,
            },
            _ => false,
        };
        let inner = self.value(value, ty, Form::Owned)?;
        if converts && says_itself {
            return Some(inner);
        }
        let held = if emitter.is_large(ty) { Code::call("Box::new", vec![inner]) } else { inner };
        Some(Code::call(&format!("{}::{variant}", self.imports.type_name(plain)), vec![held]))
    }
}

/// A whole number with `_` between thousands.
fn integer(text: &str) -> Option<String> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    Some(format!("{sign}{}", group_digits(digits.parse().ok()?)))
}

fn float(text: &str) -> Option<String> {
    let value: f64 = text.parse().ok()?;
    value.is_finite().then(|| format!("{value:?}"))
}
