use super::Selection;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::ir::{Api, Requirement};
use crate::load::{Input, Source};

const SHOP: &str = "
openapi: 3.0.3
info: {title: Shop, version: '1'}
servers: [{url: 'https://a.example'}]
security: [{first: []}]
paths:
  /pets:
    get:
      operationId: pets.list
      tags: [Animals]
      responses: {'200': {description: d, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/pet'}}}}}}
    post:
      operationId: pets.create
      tags: [Animals, Writes]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/new_pet'}}}}
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/pet'}}}}}
  /orders:
    servers: [{url: 'https://b.example'}]
    get:
      operationId: orders.list
      tags: [Sales]
      security: [{second: []}, {first: []}]
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/order'}}}}}
components:
  securitySchemes:
    unused: {type: http, scheme: bearer}
    first: {type: http, scheme: basic}
    second: {type: apiKey, in: header, name: X-Key}
  schemas:
    alone: {type: object, properties: {a: {type: string}}}
    pet: {type: object, properties: {mother: {$ref: '#/components/schemas/pet'}, kind: {$ref: '#/components/schemas/kind'}}}
    kind: {type: string, enum: [cat, dog]}
    new_pet: {type: object, required: [kind], properties: {kind: {$ref: '#/components/schemas/kind'}}}
    order: {type: object, properties: {lines: {type: object, additionalProperties: {$ref: '#/components/schemas/line'}}}}
    line: {oneOf: [{$ref: '#/components/schemas/note'}, {$ref: '#/components/schemas/price'}]}
    note: {type: object, properties: {text: {type: string}}}
    price: {type: object, properties: {cents: {type: integer}}}
";

fn whole() -> Api {
    model_of(SHOP)
}

fn model_of(document: &str) -> Api {
    let schema = Source::Bytes { name: "shop.yaml".into(), bytes: document.into() };
    let input = Input { schema, ..Input::default() };
    crate::model(&input, &Config::default(), &mut Diagnostics::default()).unwrap().lowered.api
}

fn reduced(patterns: &[&str]) -> (Api, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let patterns: Vec<String> = patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
    let mut api = whole();
    Selection::new(&patterns, &mut diagnostics).reduce(&mut api, &mut diagnostics);
    (api, diagnostics)
}

fn operations(api: &Api) -> Vec<&str> {
    api.operations().map(|(_, operation)| operation.id.as_str()).collect()
}

fn types(api: &Api) -> Vec<String> {
    api.types.iter().map(|def| def.name.0.join("_")).collect()
}

fn selected(patterns: &[&str]) -> Vec<String> {
    let (api, diagnostics) = reduced(patterns);
    assert_eq!(diagnostics.0, []);
    operations(&api).into_iter().map(str::to_owned).collect()
}

#[test]
fn a_resource_a_tag_or_an_operation_selects() {
    let pets = ["pets.list", "pets.create"];
    assert_eq!(selected(&["pets"]), pets);
    assert_eq!(selected(&["p*"]), pets);
    assert_eq!(selected(&["PETS"]), pets);
    assert_eq!(selected(&["tag:animals"]), pets);
    assert_eq!(selected(&["Animals"]), pets, "no resource is called so, but a tag is");
    assert_eq!(selected(&["tag:Writes"]), ["pets.create"]);
    assert_eq!(selected(&["*.list"]), ["pets.list", "orders.list"]);
    assert_eq!(selected(&["orders.list", "pets.create"]), ["pets.create", "orders.list"]);
    assert_eq!(selected(&["pets.{list,delete}"]), ["pets.list"]);
    assert_eq!(selected(&["*"]).len(), 3);
}

#[test]
fn an_alias_is_selected_as_any_operation_is() {
    let id = "operationId: pets.create";
    let document = SHOP.replace(id, &format!("{id}\n      x-aliases: [{{id: strays.adopt, tags: [Adoption]}}]"));
    for (patterns, kept) in [
        (vec!["strays"], vec!["strays.adopt"]),
        (vec!["tag:adoption"], vec!["strays.adopt"]),
        (vec!["pets.create"], vec!["pets.create"]),
        (vec!["strays.*", "pets.create"], vec!["pets.create", "strays.adopt"]),
    ] {
        let patterns: Vec<String> = patterns.into_iter().map(str::to_owned).collect();
        let (mut api, mut diagnostics) = (model_of(&document), Diagnostics::default());
        Selection::new(&patterns, &mut diagnostics).reduce(&mut api, &mut diagnostics);
        assert_eq!(operations(&api), kept);
        assert_eq!(types(&api), ["pet", "kind", "new_pet"], "what the route needs");
        for (_, operation) in api.operations() {
            let original = (operation.id == "strays.adopt").then_some("pets.create");
            assert_eq!(operation.alias_of.as_deref(), original);
            assert_eq!(operation.aliases.len(), usize::from(original.is_none()));
        }
    }
}

#[test]
fn what_nothing_needs_goes_and_what_stays_keeps_its_name() {
    let (api, _) = reduced(&["orders"]);
    assert_eq!(types(&api), ["order", "line", "note", "price"]);
    let schemes: Vec<&str> = api.auth.schemes.iter().map(|scheme| scheme.wire_name.as_str()).collect();
    assert_eq!(schemes, ["first", "second"]);
    let order = &api.resources[0].operations[0];
    assert_eq!(needed(&order.security), [[1], [0]], "the alternatives in their order");
    assert_eq!(api.servers[order.server].url, "https://b.example");
    assert_eq!(api.servers.len(), 2, "the default host stays");

    let (api, _) = reduced(&["pets.list"]);
    assert_eq!(types(&api), ["pet", "kind"]);
    assert_eq!((api.auth.schemes.len(), api.servers.len()), (1, 1));
    assert_eq!(needed(&api.resources[0].operations[0].security), [[0]]);
}

#[test]
fn every_reference_leads_to_the_type_it_led_to() {
    let whole = whole();
    for patterns in [&["orders"][..], &["pets.list"], &["*"], &["*.list"]] {
        let (api, _) = reduced(patterns);
        for (index, def) in api.types.iter().enumerate() {
            assert_eq!(def.id.0 as usize, index);
        }
        // With ids replaced by names, a part says what the whole says.
        let parts = [named(&api), named(&whole)];
        let [part, whole] = parts;
        assert!(!part.contains("missing"), "{part}");
        for line in part.lines() {
            assert!(whole.contains(line), "{line}\nis not in\n{whole}");
        }
    }
}

/// The types, a line each, with names for ids.
fn named(api: &Api) -> String {
    let name = |id: &serde_json::Value| {
        let def = id.as_u64().and_then(|id| api.types.get(usize::try_from(id).unwrap()));
        def.map_or("missing".to_owned(), |def| def.name.0.join("_"))
    };
    fn replace(value: &mut serde_json::Value, name: &dyn Fn(&serde_json::Value) -> String) {
        if value["type"] == "ref" {
            value["of"] = name(&value["of"]).into();
        }
        match value {
            serde_json::Value::Object(map) => map.values_mut().for_each(|value| replace(value, name)),
            serde_json::Value::Array(list) => list.iter_mut().for_each(|value| replace(value, name)),
            _ => {}
        }
    }
    let lines = api.types.iter().map(|def| {
        let mut value = serde_json::to_value(def).unwrap();
        replace(&mut value, &name);
        value["id"] = serde_json::Value::Null;
        format!("{value}\n")
    });
    lines.collect()
}

#[test]
fn what_selects_nothing_is_answered_with_what_may_be_meant() {
    let cases = [
        ("pet", "`pets`"),
        ("tag:Animal", "`tag:Animals`"),
        ("pest.*", "`pets.*`"),
        ("pets.lst", "`pets.list`"),
        ("*.lists", "`*.list`"),
        ("zzz", "the resources are orders, pets"),
    ];
    for (pattern, help) in cases {
        let (api, diagnostics) = reduced(&["orders", pattern]);
        assert_eq!(diagnostics.0.len(), 1, "{pattern}");
        let problem = &diagnostics.0[0];
        assert_eq!(problem.code, "E025");
        assert!(problem.message.contains(&format!("`{pattern}`")), "{}", problem.message);
        assert!(problem.help.as_deref().unwrap_or_default().contains(help), "{pattern}: {:?}", problem.help);
        assert_eq!(operations(&api).len(), 3, "the API stays whole");
    }
    let (_, diagnostics) = reduced(&["pets.[a"]);
    assert!(diagnostics.0[0].message.contains("is not a pattern"), "{}", diagnostics.0[0].message);
}

/// The schemes of each alternative.
fn needed(security: &[Vec<Requirement>]) -> Vec<Vec<usize>> {
    security.iter().map(|all| all.iter().map(|needed| needed.scheme).collect()).collect()
}
