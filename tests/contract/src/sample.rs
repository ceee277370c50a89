//! A value of a schema: always the same one, with every property unless told otherwise, as far as the schema has an end.

use serde_json::{Map, Value, json};

use crate::pattern;

/// Items of a list.
const FEW: usize = 2;
/// Depth below which properties that may be left out are left out.
const DEPTH: usize = 5;
/// Values made before the rest is left out.
const MOST: usize = 20_000;

/// Which of a schema's values is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Of several alternatives or listed values, the one with this number; numbers go round.
    pub(crate) alternative: usize,
    /// With what may be left out.
    pub(crate) optional: bool,
    /// Null in every property that may be null.
    pub(crate) null: bool,
    /// A text that is not listed where texts are.
    pub(crate) unlisted: bool,
    /// The text of properties that are required and that nobody described.
    pub(crate) undescribed: Option<&'static str>,
    /// Depth below which properties that may be left out are left out.
    pub(crate) depth: usize,
    /// Values made before the rest is left out.
    pub(crate) most: usize,
}

impl Choice {
    /// The first of everything, with every property.
    pub(crate) const WHOLE: Self = Self {
        alternative: 0,
        optional: true,
        null: false,
        unlisted: false,
        undescribed: None,
        depth: DEPTH,
        most: MOST,
    };
}

/// A text that no schema lists.
pub(crate) const UNLISTED: &str = "of-tomorrow";

/// A value of a schema that has its definitions with it. `None` when there is none.
pub(crate) fn sample(schema: &Value) -> Option<Value> {
    chosen(schema, Choice::WHOLE)
}

/// The value of a schema that was chosen.
pub(crate) fn chosen(schema: &Value, choice: Choice) -> Option<Value> {
    Sampler { root: schema, choice, entered: Vec::new(), made: 0 }.value(&[schema], 0, 0)
}

struct Sampler<'a> {
    root: &'a Value,
    choice: Choice,
    /// References that lead to where we are; none is entered twice, so there is an end.
    entered: Vec<&'a str>,
    made: usize,
}

/// What all schemas of a value say together.
#[derive(Default)]
struct View<'a> {
    schemas: Vec<&'a Map<String, Value>>,
}

impl<'a> Sampler<'a> {
    /// A value for which all these schemas hold. Values of several `turn`s differ where they can.
    fn value(&mut self, nodes: &[&'a Value], depth: usize, turn: usize) -> Option<Value> {
        self.made += 1;
        let entered = self.entered.len();
        let made = self.enter(nodes.to_vec(), View::default(), depth, turn);
        self.entered.truncate(entered);
        made
    }

    /// Looks through references and `allOf`, and tries alternatives in order, null last.
    fn enter(&mut self, mut waiting: Vec<&'a Value>, mut view: View<'a>, depth: usize, turn: usize) -> Option<Value> {
        while let Some(node) = waiting.pop() {
            let members = match node {
                Value::Object(members) => members,
                Value::Bool(false) => return None,
                _ => continue,
            };
            view.schemas.push(members);
            if let Some(target) = members.get("$ref").and_then(Value::as_str) {
                if self.entered.contains(&target) {
                    return None;
                }
                self.entered.push(target);
                waiting.extend(target.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer)));
            }
            waiting.extend(members.get("allOf").and_then(Value::as_array).into_iter().flatten());
            for key in ["anyOf", "oneOf"] {
                let Some(Value::Array(alternatives)) = members.get(key) else { continue };
                let is_null = |schema: &Value| schema.get("type").is_some_and(|name| name == "null");
                let (nulls, mut others): (Vec<&Value>, Vec<&Value>) =
                    alternatives.iter().partition(|schema| is_null(schema));
                if self.choice.null && depth > 0 && !nulls.is_empty() {
                    others.clear();
                }
                let turns = self.choice.alternative.checked_rem(others.len()).unwrap_or(0);
                others.rotate_left(turns);
                let entered = self.entered.len();
                for alternative in others.into_iter().chain(nulls) {
                    let rest: Vec<&Value> = waiting.iter().copied().chain([alternative]).collect();
                    if let Some(made) = self.enter(rest, View { schemas: view.schemas.clone() }, depth, turn) {
                        return Some(made);
                    }
                    self.entered.truncate(entered);
                }
                return None;
            }
        }
        self.make(&view, depth, turn)
    }

    fn make(&mut self, view: &View<'a>, depth: usize, turn: usize) -> Option<Value> {
        if let Some(value) = view.last("const") {
            return Some(value.clone());
        }
        let kind = view.kind();
        if self.choice.null && depth > 0 && view.may_be_null() {
            return Some(Value::Null);
        }
        if let Some(values) = view.values() {
            let fits = |value: &&Value| kind.is_none_or(|kind| is(kind, value)) && !value.is_null();
            let fitting: Vec<&Value> = values.iter().copied().filter(fits).collect();
            if self.choice.unlisted && !fitting.is_empty() && fitting.iter().all(|value| value.is_string()) {
                return Some(json!(UNLISTED));
            }
            let turn = self.choice.alternative.checked_rem(fitting.len()).unwrap_or(0);
            return fitting.get(turn).copied().or(values.first().copied()).cloned();
        }
        Some(match kind {
            Some("object") => return self.object(view, depth, turn),
            Some("array") => return self.array(view, depth),
            Some("integer") => json!(view.integer(turn)),
            Some("number") => view.number(turn),
            Some("boolean") => Value::Bool(true),
            Some("null") => Value::Null,
            _ => Value::String(view.text(turn)),
        })
    }

    fn object(&mut self, view: &View<'a>, depth: usize, turn: usize) -> Option<Value> {
        let mut properties: Vec<(&str, Vec<&'a Value>)> = Vec::new();
        for (name, schema) in view.all("properties").filter_map(Value::as_object).flatten() {
            match properties.iter_mut().find(|(known, _)| known == name) {
                Some((_, schemas)) => schemas.push(schema),
                None => properties.push((name, vec![schema])),
            }
        }
        let required: Vec<&str> =
            view.all("required").filter_map(Value::as_array).flatten().filter_map(Value::as_str).collect();
        let mut object = Map::new();
        for (name, schemas) in &properties {
            let is_required = required.contains(name);
            if !is_required && (!self.choice.optional || depth >= self.choice.depth || self.made > self.choice.most) {
                continue;
            }
            match self.value(schemas, depth + 1, turn) {
                Some(value) => {
                    object.insert((*name).to_owned(), value);
                }
                None if is_required => return None,
                None => {}
            }
        }
        let more = view.last("additionalProperties");
        for name in required {
            if !object.contains_key(name) {
                let told: Vec<&Value> = more.into_iter().filter(|more| more.is_object()).collect();
                let value = match self.choice.undescribed.filter(|_| told.is_empty()) {
                    Some(text) => json!(text),
                    None => self.value(&told, depth + 1, turn)?,
                };
                object.insert(name.to_owned(), value);
            }
        }
        if let (true, Some(more @ Value::Object(_))) = (properties.is_empty(), more)
            && let Some(value) = self.value(&[more], depth + 1, turn)
        {
            object.entry("key").or_insert(value);
        }
        Some(Value::Object(object))
    }

    fn array(&mut self, view: &View<'a>, depth: usize) -> Option<Value> {
        let (least, most) = (view.size("minItems").unwrap_or(0), view.size("maxItems").unwrap_or(usize::MAX));
        let few = if depth < self.choice.depth && self.made < self.choice.most { FEW } else { 0 };
        let first: Vec<&Value> = view.all("prefixItems").filter_map(Value::as_array).flatten().collect();
        let items: Vec<&Value> = view.all("items").collect();
        let mut made: Vec<Value> = Vec::new();
        let unique = view.last("uniqueItems") == Some(&Value::Bool(true));
        let wanted =
            if items.is_empty() && first.is_empty() { least } else { few.max(least).max(first.len()).min(most) };
        for turn in 0..wanted {
            let schemas = first.get(turn).map_or_else(|| items.clone(), |schema| vec![*schema]);
            match self.value(&schemas, depth + 1, turn) {
                Some(value) if !(unique && made.contains(&value)) => made.push(value),
                _ => {}
            }
        }
        (made.len() >= least).then_some(Value::Array(made))
    }
}

impl<'a> View<'a> {
    fn all(&self, key: &str) -> impl Iterator<Item = &'a Value> {
        self.schemas.iter().filter_map(move |schema| schema.get(key))
    }

    /// The innermost say.
    fn last(&self, key: &str) -> Option<&'a Value> {
        self.all(key).last()
    }

    /// The values that every list of values has.
    fn values(&self) -> Option<Vec<&'a Value>> {
        let mut lists = self.all("enum").filter_map(Value::as_array);
        let first = lists.next()?;
        let others: Vec<_> = lists.collect();
        Some(first.iter().filter(|value| others.iter().all(|list| list.contains(value))).collect())
    }

    /// The type that all schemas allow, null only if it is the only one; guessed from other words where none is told.
    fn kind(&self) -> Option<&'a str> {
        let lists: Vec<Vec<&str>> = self
            .all("type")
            .map(|names| match names {
                Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
                name => name.as_str().into_iter().collect(),
            })
            .collect();
        let allowed = |name: &&str| {
            lists.iter().all(|list| list.contains(name) || (*name == "integer" && list.contains(&"number")))
        };
        let told = lists.first().map(|list| list.iter().copied().filter(allowed).collect::<Vec<_>>());
        if let Some(told) = told {
            return told.iter().copied().find(|name| *name != "null").or(told.first().copied());
        }
        let has = |keys: &[&str]| keys.iter().any(|key| self.last(key).is_some());
        if has(&["properties", "additionalProperties", "required"]) {
            Some("object")
        } else if has(&["items", "prefixItems"]) {
            Some("array")
        } else if has(&["minimum", "maximum", "multipleOf"]) {
            Some("number")
        } else {
            None
        }
    }

    /// Whether types are told, and null is one of every list of them.
    fn may_be_null(&self) -> bool {
        let mut told = self.all("type").peekable();
        told.peek().is_some()
            && told.all(|names| names.as_array().is_some_and(|names| names.iter().any(|name| name == "null")))
    }

    fn size(&self, key: &str) -> Option<usize> {
        usize::try_from(self.last(key)?.as_u64()?).ok()
    }

    fn text(&self, turn: usize) -> String {
        let least = self.size("minLength").unwrap_or(0);
        let pattern = self.last("pattern").and_then(Value::as_str);
        if let Some(text) = pattern.and_then(|pattern| pattern::matching(pattern, least, turn)) {
            return text;
        }
        match self.last("format").and_then(Value::as_str) {
            Some("date-time") => format!("2030-01-{:02}T12:00:00Z", 1 + turn % 28),
            Some("date") => format!("2030-01-{:02}", 1 + turn % 28),
            Some("time") => "12:00:00Z".to_owned(),
            Some("duration") => "P1D".to_owned(),
            Some("uri" | "url" | "uri-reference" | "iri") => format!("https://example.com/{turn}"),
            Some("email") => format!("person{turn}@example.com"),
            Some("uuid") => format!("00000000-0000-4000-8000-{turn:012}"),
            Some("hostname") => "example.com".to_owned(),
            Some("ipv4") => "192.0.2.1".to_owned(),
            Some("ipv6") => "2001:db8::1".to_owned(),
            Some("byte" | "binary") => "AAAA".to_owned(),
            Some("decimal") => "1.50".to_owned(),
            _ => {
                let most = self.size("maxLength").unwrap_or(usize::MAX);
                let text = if turn == 0 { "text".to_owned() } else { format!("{turn} text") };
                text.chars().chain(std::iter::repeat('x')).take(least.max(text.len()).min(most)).collect()
            }
        }
    }

    /// One, or what is closest to it within the bounds.
    fn integer(&self, turn: usize) -> i64 {
        let whole = |key: &str| self.last(key).and_then(|bound| bound.as_i64().or_else(|| rounded(bound)));
        let least =
            whole("minimum").into_iter().chain(whole("exclusiveMinimum").map(|bound| bound.saturating_add(1))).max();
        let most =
            whole("maximum").into_iter().chain(whole("exclusiveMaximum").map(|bound| bound.saturating_sub(1))).min();
        let step = whole("multipleOf").filter(|step| *step > 0).unwrap_or(1);
        let turned = i64::try_from(turn).unwrap_or(0).saturating_add(1).saturating_mul(step);
        let above = least.map_or(turned, |least| turned.max(least));
        let fitting = above.saturating_add((step - above.rem_euclid(step)) % step);
        most.map_or(fitting, |most| fitting.min(most - most.rem_euclid(step)))
    }

    fn number(&self, turn: usize) -> Value {
        let bound = |key: &str| self.last(key).and_then(Value::as_f64);
        let least = bound("minimum").or(bound("exclusiveMinimum"));
        let most = bound("maximum").or(bound("exclusiveMaximum"));
        match (least, most) {
            (Some(least), Some(most)) if most - least < 2.0 => json!((least + most) / 2.0),
            _ => json!(self.integer(turn)),
        }
    }
}

/// A bound that was written as a fraction.
fn rounded(bound: &Value) -> Option<i64> {
    let text = format!("{:.0}", bound.as_f64()?.ceil());
    text.parse().ok()
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => value.is_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(schema: Value, expected: Value) {
        let made = sample(&schema).unwrap();
        assert_eq!(made, expected);
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        assert!(validator.is_valid(&made), "{made} is no {schema}");
    }

    #[test]
    fn samples_fit_their_schema() {
        check(json!({"type": "string", "pattern": "^chrg_(test_)?[0-9a-z]+$"}), json!("chrg_1"));
        check(json!({"type": ["null", "string"], "enum": [null, "b", "c"]}), json!("b"));
        check(json!({"type": "string", "minLength": 6, "maxLength": 6}), json!("textxx"));
        check(json!({"type": "string", "maxLength": 2}), json!("te"));
        check(json!({"type": "integer", "minimum": 10, "multipleOf": 4}), json!(12));
        check(json!({"type": "integer", "exclusiveMaximum": 1}), json!(0));
        check(json!({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}), json!(0.5));
        check(
            json!({"type": "array", "items": {"type": "string", "format": "date"}}),
            json!(["2030-01-01", "2030-01-02"]),
        );
        check(json!({"type": "array", "uniqueItems": true, "items": {"enum": ["a"]}}), json!(["a"]));
        check(json!({"type": "array", "minItems": 3, "maxItems": 3, "items": {"type": "integer"}}), json!([1, 2, 3]));
        check(
            json!({"allOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"a": {"pattern": "^b$"}}, "required": ["a"]}]}),
            json!({"a": "b"}),
        );
        check(json!({"type": "object", "additionalProperties": {"type": "boolean"}}), json!({"key": true}));
        check(json!({"oneOf": [{"type": "null"}, {"type": "string", "const": "x"}]}), json!("x"));
    }

    #[test]
    fn circles_end() {
        let node = json!({"properties": {"next": {"$ref": "#/$defs/node"}, "all": {"type": "array", "items": {"$ref": "#/$defs/node"}}, "id": {"type": "string"}}});
        check(json!({"$ref": "#/$defs/node", "$defs": {"node": node}}), json!({"all": [], "id": "text"}));
        let or_null = json!({"required": ["next"], "properties": {"next": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]}}});
        check(json!({"$ref": "#/$defs/node", "$defs": {"node": or_null}}), json!({"next": null}));
        let endless = json!({"required": ["next"], "properties": {"next": {"$ref": "#/$defs/node"}}});
        assert_eq!(sample(&json!({"$ref": "#/$defs/node", "$defs": {"node": endless}})), None);
    }
}
