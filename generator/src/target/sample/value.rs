//! A value of any type, made from what the document says of it. The same on every run.

use serde_json::{Map, Value};

use super::{Direction, Missing, Shown, WEB_PAGE};
use crate::ir::{
    Access, Api, Constraints, Field, Name, Page, Struct, Type, TypeDef, TypeId, TypeKind, Union, UnionStyle,
};
use crate::target::words::prose;

/// How deep objects nest in a sample.
const DEEPEST: usize = 6;

/// How deep lists and maps nest in each other.
const DEEPEST_LISTS: usize = 8;

/// Most values of a sample before what may be left out is left out.
const MOST: usize = 400;

/// Most items of a list that must have many.
const MOST_ITEMS: u64 = 8;

/// Longest text that must be long.
const LONGEST: u64 = 200;

/// Makes one sample.
pub(in crate::target) struct Maker<'a> {
    api: &'a Api,
    direction: Direction,
    /// The objects that the value in the making stands in.
    open: Vec<TypeId>,
    /// How many more values there may be.
    left: usize,
}

/// Where a value stands: what it is called, and what is said of it.
#[derive(Clone, Copy)]
struct Place<'p> {
    name: &'p Name,
    limits: &'p Constraints,
    nesting: usize,
}

impl<'p> Place<'p> {
    /// A value inside of this one, of which nothing more is said.
    fn inner(self, nothing: &'p Constraints) -> Self {
        Self { limits: nothing, nesting: self.nesting + 1, ..self }
    }
}

impl<'a> Maker<'a> {
    pub(in crate::target) fn new(api: &'a Api, direction: Direction) -> Self {
        Self { api, direction, open: Vec::new(), left: MOST }
    }

    fn shown(&self) -> Shown<'a> {
        Shown { api: self.api, tells_secrets: false }
    }

    /// A value of what is called so and limited so.
    pub(in crate::target) fn named(mut self, ty: &Type, name: &Name, limits: &Constraints) -> Result<Value, Missing> {
        self.value(ty, Place { name, limits, nesting: 0 })
    }

    /// The sample of a type. That of a page has no items: they are put in later.
    pub(in crate::target) fn sample(mut self, def: &TypeDef) -> Result<Value, Missing> {
        match &def.kind {
            TypeKind::Struct(body) => Ok(Value::Object(self.object(def.id, body)?)),
            _ => self.defined(def, Place { name: &def.name, limits: &Constraints::default(), nesting: 0 }),
        }
    }

    fn value(&mut self, ty: &Type, place: Place<'_>) -> Result<Value, Missing> {
        self.left = self.left.saturating_sub(1);
        let limits = place.limits;
        Ok(match self.api.resolve(ty) {
            Type::Bool => Value::Bool(false),
            Type::Int { bits, signed } => integer(limits, *bits, *signed),
            Type::Float { .. } => float(limits),
            Type::Decimal => Value::from("1.50"),
            Type::String => Value::from(text(prose(place.name), limits)),
            Type::Secret => Value::from("secret"),
            Type::Bytes => Value::from("AAEC"),
            Type::Date => Value::from("2026-01-31"),
            Type::DateTime => Value::from("2026-01-31T09:30:00Z"),
            Type::Uuid => Value::from("01234567-89ab-4cde-8f01-23456789abcd"),
            Type::Uri => Value::from(WEB_PAGE),
            Type::Json => Value::Object(Map::new()),
            Type::List(item) => self.list(item, place),
            Type::Map(_) if place.nesting >= DEEPEST_LISTS => Value::Object(Map::new()),
            Type::Map(value) => match self.value(value, place.inner(&Constraints::default())) {
                Ok(value) => Value::Object(Map::from_iter([("key".to_owned(), value)])),
                Err(_) => Value::Object(Map::new()),
            },
            Type::Nullable(_) if place.nesting >= DEEPEST_LISTS => Value::Null,
            Type::Nullable(inner) => self.value(inner, Place { nesting: place.nesting + 1, ..place })?,
            Type::Ref(id) => match self.api.type_def(*id) {
                Some(def) => self.defined(def, place)?,
                None => Value::Object(Map::new()),
            },
        })
    }

    fn defined(&mut self, def: &TypeDef, place: Place<'_>) -> Result<Value, Missing> {
        match &def.kind {
            TypeKind::Struct(body) => Ok(Value::Object(self.object(def.id, body)?)),
            TypeKind::Page(page) => self.page(page, place),
            TypeKind::Union(union) => self.union(union, place),
            TypeKind::Id(id) => {
                let prefix = id.prefixes.first().map_or("id_", String::as_str);
                Ok(Value::from(format!("{prefix}1")))
            }
            TypeKind::Enum(body) => {
                let first = body.variants.iter().find(|variant| !variant.deprecated).or(body.variants.first());
                let shown = first.and_then(|variant| self.shown().fitting(&variant.value, &Type::Ref(def.id)));
                let other = match body.base {
                    crate::ir::EnumBase::String => Value::from("unknown"),
                    crate::ir::EnumBase::Int => Value::from(0),
                };
                Ok(shown.unwrap_or(other))
            }
            // Only one that leads back to itself is still here.
            TypeKind::Alias { .. } => Ok(Value::Object(Map::new())),
        }
    }

    fn object(&mut self, id: TypeId, body: &Struct) -> Result<Map<String, Value>, Missing> {
        if self.open.contains(&id) || self.open.len() >= DEEPEST {
            return Err(Missing::Endless);
        }
        self.open.push(id);
        let mut members = Map::new();
        for (at, field) in body.fields.iter().enumerate() {
            let is_there = self.has(field) && body.page_items != Some(at);
            // Whatever an answer leaves out decodes, so that a value without a sample is no loss.
            if is_there
                && (field.required || self.left > 0)
                && let Ok(value) = self.member(field)
            {
                members.insert(field.wire_name.clone(), value);
            }
        }
        self.open.pop();
        Ok(members)
    }

    fn has(&self, field: &Field) -> bool {
        match self.direction {
            Direction::Answered => field.access != Access::WriteOnly && !field.deprecated,
            Direction::Sent => field.access != Access::ReadOnly && (field.required || field.constant.is_some()),
        }
    }

    /// What the document shows, when it fits; else a value of its type.
    fn member(&mut self, field: &Field) -> Result<Value, Missing> {
        let shown = [&field.constant, &field.example, &field.default];
        match shown.into_iter().flatten().find_map(|literal| self.shown().fitting(literal, &field.ty)) {
            Some(value) => Ok(value),
            None => self.value(&field.ty, Place { name: &field.name, limits: &field.constraints, nesting: 0 }),
        }
    }

    fn list(&mut self, item: &Type, place: Place<'_>) -> Value {
        let (least, most) = (place.limits.min_items.unwrap_or(1), place.limits.max_items.unwrap_or(MOST_ITEMS));
        if place.nesting >= DEEPEST_LISTS || most == 0 {
            return Value::Array(Vec::new());
        }
        let count = least.clamp(1, MOST_ITEMS.min(most).max(1));
        let items = (0..count).map_while(|_| self.value(item, place.inner(&Constraints::default())).ok());
        Value::Array(items.collect())
    }

    fn page(&mut self, page: &Page, place: Place<'_>) -> Result<Value, Missing> {
        let Some(TypeKind::Struct(body)) = self.api.type_def(page.of).map(|def| &def.kind) else {
            return Err(Missing::Items);
        };
        let mut members = self.object(page.of, body)?;
        if let Some(items) = body.page_items.and_then(|at| body.fields.get(at)) {
            members.insert(items.wire_name.clone(), self.list(&page.item, place));
        }
        Ok(Value::Object(members))
    }

    /// The first member that has a sample, and says which one it is.
    fn union(&mut self, union: &Union, place: Place<'_>) -> Result<Value, Missing> {
        if place.nesting >= DEEPEST_LISTS {
            return Err(Missing::Endless);
        }
        let mut why = Missing::NoMembers;
        for variant in &union.variants {
            let mut value = match self.value(&variant.ty, Place { nesting: place.nesting + 1, ..place }) {
                Ok(value) => value,
                Err(missing) => {
                    why = missing;
                    continue;
                }
            };
            if let (UnionStyle::Discriminator { property }, Value::Object(members)) = (&union.style, &mut value)
                && let Some(tag) = variant.tags.first()
            {
                members.insert(property.clone(), Value::from(tag.as_str()));
            }
            return Ok(value);
        }
        Err(why)
    }
}

/// A whole number: 1, or the one next to it that is allowed and fits.
fn integer(limits: &Constraints, bits: u8, signed: bool) -> Value {
    let bound = |limit: &Option<(String, bool)>, step: i64| {
        let (text, excluded) = limit.as_ref()?;
        let bound: i64 = text.parse().ok()?;
        Some(if *excluded { bound.saturating_add(step) } else { bound })
    };
    let (lowest, highest) = match (bits, signed) {
        (32, true) => (i64::from(i32::MIN), i64::from(i32::MAX)),
        (32, false) => (0, i64::from(u32::MAX)),
        (_, true) => (i64::MIN, i64::MAX),
        (_, false) => (0, i64::MAX),
    };
    let least = bound(&limits.minimum, 1).unwrap_or(lowest);
    let most = bound(&limits.maximum, -1).unwrap_or(highest);
    let mut number = 1.max(least).min(most);
    if let Some(step) = limits.multiple_of.as_ref().and_then(|text| text.parse::<i64>().ok()).filter(|step| *step > 0) {
        let above = number.rem_euclid(step);
        number = if above == 0 { number } else { number.saturating_add(step - above) };
    }
    Value::from(number.clamp(lowest, highest))
}

/// A number that every width keeps as it is, unless the document allows no such one.
fn float(limits: &Constraints) -> Value {
    let bound = |limit: &Option<(String, bool)>| limit.as_ref().and_then(|(text, _)| text.parse::<f64>().ok());
    let number =
        1.5_f64.max(bound(&limits.minimum).unwrap_or(f64::MIN)).min(bound(&limits.maximum).unwrap_or(f64::MAX));
    // Both widths keep what the narrower one keeps.
    #[allow(clippy::cast_possible_truncation)]
    let number = f64::from(number as f32);
    Value::from(if number.is_finite() { number } else { 1.5 })
}

/// Words, brought to a length that is allowed.
fn text(words: String, limits: &Constraints) -> String {
    let least = limits.min_length.unwrap_or(0).min(LONGEST);
    let most = limits.max_length.unwrap_or(u64::MAX);
    let mut words: Vec<char> = words.chars().take(usize::try_from(most).unwrap_or(usize::MAX)).collect();
    while (words.len() as u64) < least {
        words.push('x');
    }
    words.into_iter().collect()
}
