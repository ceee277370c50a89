//! Structs, enums, unions and ids.

use proc_macro2::Ident;

use super::super::emitter::Emitter;
use super::super::enums::variant_names;
use super::super::imports::Imports;
use super::super::struct_traits::id_type;
use super::super::structs::{Member, Presence, has_default, settable, undressed};
use super::super::tokens::{ident, integer};
use super::{Function, Kind, Outline, told};
use crate::ir::{EnumBase, EnumType, Literal, Struct, TypeDef, TypeKind, Union};

impl Outline {
    pub(super) fn type_of(&mut self, emitter: &Emitter<'_>, def: &TypeDef, imports: &Imports) {
        if !emitter.has_own_type(def) {
            return;
        }
        let name = ident(emitter.type_name(def.id).unwrap_or("Value"));
        match &def.kind {
            TypeKind::Struct(body) => self.structure(emitter, def, &name, body, imports),
            TypeKind::Enum(body) => self.enumeration(def, &name.to_string(), body),
            TypeKind::Union(body) => self.union(emitter, def, &name, body, imports),
            TypeKind::Id(_) => {
                let name = name.to_string();
                self.a_type(&name, format!("struct {name}"), true, def.deprecated);
                let derived = ["Clone", "Debug", "Default", "PartialEq", "Eq", "Hash", "PartialOrd", "Ord"];
                self.implements(&name, &derived);
                self.implements(&name, &["string_id!"]);
            }
            TypeKind::Alias { .. } => {
                let text = format!("type {name} = {}", told(&emitter.alias_target(def, imports)));
                self.a_type(&name.to_string(), text, false, def.deprecated);
            }
            TypeKind::Page(_) => {}
        }
    }

    fn structure(&mut self, emitter: &Emitter<'_>, def: &TypeDef, name: &Ident, body: &Struct, imports: &Imports) {
        let (members, extra) = emitter.parts_of(def, body, imports);
        let own = name.to_string();
        let is_page = members.iter().any(|member| member.items);
        let parameters = if is_page { "<T>" } else { "" };
        self.a_type(&own, format!("struct {own}{parameters}"), true, def.deprecated);
        self.implements(&own, &["Clone", "Debug", "PartialEq", "Serialize", "Deserialize"]);
        for member in &members {
            let text = told(&emitter.member_type(member, imports));
            self.member(&own, &member.name.to_string(), Kind::Field, text, member.field.deprecated);
        }
        if let Some((name, ty)) = &extra {
            self.member(&own, &name.to_string(), Kind::Field, told(ty), false);
        }
        let begins_empty = has_default(&members);
        if is_page {
            self.implements(&own, &["IntoIterator"]);
        } else if begins_empty {
            self.implements(&own, &["Default"]);
        }
        if let Some(id) = emitter.expands.get(&(def.id.0 as usize)) {
            self.implements(&own, &["Expands"]);
            let typed = id.and_then(|id| emitter.type_name(id));
            self.associated(&own, "Id", &told(&id_type(typed, imports)));
        }
        if def.usage.request && !is_page {
            self.builder(emitter, &own, &members, extra.as_ref().map(|(name, _)| name), imports);
        }
    }

    fn builder(
        &mut self,
        emitter: &Emitter<'_>,
        of: &str,
        members: &[Member<'_>],
        extra: Option<&Ident>,
        imports: &Imports,
    ) {
        let given = members.iter().filter(|member| member.is_given());
        let parameters: Vec<_> = given.map(|member| (&member.name, emitter.argument(member, imports).ty)).collect();
        if parameters.is_empty() {
            self.implements(of, &["Default"]);
        }
        let (new, result) = (ident("new"), || "Self".to_owned());
        self.function(Function { of, name: &new, receiver: "", parameters, result: result(), is_deprecated: false });
        for (member, null) in settable(members, extra) {
            let is_deprecated = member.field.deprecated;
            let ty = emitter.parameter(undressed(&member.field.ty), &member.name, imports).ty;
            let setter = |name, parameters| Function {
                of,
                name,
                receiver: "mut self",
                parameters,
                result: result(),
                is_deprecated,
            };
            self.function(setter(&member.name, vec![(&member.name, ty)]));
            if let Some(null) = null.as_ref().filter(|_| member.presence == Presence::Double) {
                self.function(setter(null, Vec::new()));
            }
        }
    }

    fn enumeration(&mut self, def: &TypeDef, name: &str, body: &EnumType) {
        self.a_type(name, format!("enum {name}"), true, def.deprecated);
        self.implements(name, &["Clone", "Debug", "PartialEq", "Eq", "Hash"]);
        let (raw, register) = match body.base {
            EnumBase::String => ("(String)", "open_enum!"),
            EnumBase::Int => ("(i64)", "open_int_enum!"),
        };
        if body.base == EnumBase::Int {
            self.implements(name, &["Copy"]);
        }
        self.implements(name, &[register]);
        for (variant, own) in body.variants.iter().zip(variant_names(body.variants.iter().map(|one| &one.name))) {
            let is_there = match (&variant.value, body.base) {
                (Literal::String(_), EnumBase::String) => true,
                (Literal::Number(text), EnumBase::Int) => integer(text).is_some(),
                _ => false,
            };
            if is_there {
                self.member(name, &ident(&own).to_string(), Kind::Variant, String::new(), variant.deprecated);
            }
        }
        self.member(name, "Unknown", Kind::Variant, raw.to_owned(), false);
    }

    fn union(&mut self, emitter: &Emitter<'_>, def: &TypeDef, name: &Ident, body: &Union, imports: &Imports) {
        let own = name.to_string();
        self.a_type(&own, format!("enum {own}"), true, def.deprecated);
        self.implements(&own, &["Clone", "Debug", "PartialEq", "Serialize", "Deserialize<'de>"]);
        let members = emitter.union_members(body, None, imports);
        for member in &members {
            self.member(&own, &member.name.to_string(), Kind::Variant, format!("({})", told(&member.held)), false);
        }
        self.member(&own, "Unknown", Kind::Variant, "(Value)".to_owned(), false);
        for member in emitter.convertible(name, &members) {
            self.implements(&own, &[&format!("From<{}>", told(&emitter.ty(member.ty, imports)))]);
            if emitter.holds_text(member.ty) {
                self.implements(&own, &["From<&str>"]);
            }
        }
    }
}
