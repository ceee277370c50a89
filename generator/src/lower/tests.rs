use super::{Lowered, lower};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::ir::{
    Api, Argument, Literal, Operation, Output, PagingKind, RetryClass, Type, TypeDef, TypeKind, UnionStyle,
};
use crate::load::{Input, Source, load};

/// Lowers a document whose `paths` and `components.schemas` are given, indented by two.
fn lowered(paths: &str, schemas: &str, config: &str) -> (Lowered, Diagnostics) {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Test, version: '1'}}\npaths:\n{paths}\ncomponents:\n  schemas:\n{schemas}\n"
    );
    let schema = Source::Bytes { name: "test.yaml".into(), bytes: text.into_bytes() };
    let mut diagnostics = Diagnostics::default();
    let document = load(&Input { schema, ..Input::default() }, &mut diagnostics).expect("the document loads");
    let config: Config = toml::from_str(config).expect("the configuration parses");
    let lowered = lower(&document, &config, &mut diagnostics);
    (lowered, diagnostics)
}

fn get(path: &str, schema: &str) -> String {
    format!(
        "  {path}:\n    get:\n      operationId: things.retrieve\n      responses:\n        '200':\n          description: ok\n          content: {{application/json: {{schema: {schema}}}}}\n"
    )
}

fn named<'m>(api: &'m Api, name: &str) -> &'m TypeDef {
    api.types.iter().find(|def| def.name.0.join("_") == name).unwrap_or_else(|| panic!("no type {name}"))
}

fn fields(def: &TypeDef) -> Vec<(String, Type)> {
    match &def.kind {
        TypeKind::Struct(body) => body.fields.iter().map(|f| (f.wire_name.clone(), f.ty.clone())).collect(),
        other => panic!("not a struct: {other:?}"),
    }
}

fn only(api: &Api) -> &Operation {
    api.operations().next().expect("an operation").1
}

const INT: Type = Type::Int { bits: 64, signed: true };

#[test]
fn all_of_merges_properties_and_their_schemas() {
    let schemas = "
    Base: {type: object, required: [a], properties: {a: {type: string}, list: {type: array, items: {}}}}
    Whole:
      allOf:
        - $ref: '#/components/schemas/Base'
        - {type: object, properties: {b: {type: integer}, list: {items: {type: integer}}}}
";
    let (lowered, _) = lowered("  {}", schemas, "");
    let whole = fields(named(&lowered.api, "whole"));
    assert_eq!(whole[0], ("a".into(), Type::String));
    assert_eq!(whole[1], ("list".into(), Type::List(Box::new(INT))));
    assert_eq!(whole[2], ("b".into(), INT));
}

#[test]
fn words_beside_a_reference_keep_it_a_reference() {
    let schemas = "
    Status: {type: string, enum: [on, off]}
    Thing:
      type: object
      properties:
        status: {$ref: '#/components/schemas/Status', description: How it is., type: string, enum: [on]}
";
    let (lowered, _) = lowered("  {}", schemas, "");
    let status = named(&lowered.api, "status").id;
    let TypeKind::Struct(thing) = &named(&lowered.api, "thing").kind else { panic!("a struct") };
    assert_eq!(thing.fields[0].ty, Type::Ref(status));
    assert_eq!(thing.fields[0].doc, "How it is.");
}

#[test]
fn an_object_or_its_id_is_an_expandable() {
    let schemas = "
    Customer: {type: object, properties: {id: {type: string, pattern: '^cust_[0-9a-z]+$'}}}
    Charge:
      type: object
      properties:
        customer: {oneOf: [{$ref: '#/components/schemas/Customer'}, {type: string, pattern: '^cust_[0-9a-z]+$'}]}
";
    let (lowered, _) = lowered("  {}", schemas, "expandable = true\n[ids]\ncustomer_id = ['cust_']");
    let union = named(&lowered.api, "expandable_customer");
    let TypeKind::Union(body) = &union.kind else { panic!("a union") };
    assert_eq!(body.style, UnionStyle::Expandable);
    assert_eq!(body.variants[0].ty, Type::Ref(named(&lowered.api, "customer_id").id));
    assert_eq!(body.variants[1].ty, Type::Ref(named(&lowered.api, "customer").id));
    let TypeKind::Struct(customer) = &named(&lowered.api, "customer").kind else { panic!("a struct") };
    assert_eq!(customer.id_field, Some(0));
}

#[test]
fn what_says_the_kind_of_an_object_has_one_value() {
    let schemas = "
    cat: {type: object, properties: {name: {type: string}, kind: {type: string, enum: [cat]}}}
    pet: {type: object, properties: {kind: {type: string, enum: [cat, dog]}}}
";
    let kind_of = |config: &str, name: &str| {
        let (lowered, _) = lowered("  {}", schemas, config);
        let TypeKind::Struct(body) = &named(&lowered.api, name).kind else { panic!("a struct") };
        body.kind_field
    };
    assert_eq!(kind_of("object_kind = \"kind\"", "cat"), Some(1));
    assert_eq!(kind_of("object_kind = \"kind\"", "pet"), None);
    assert_eq!(kind_of("", "cat"), None);
}

#[test]
fn what_is_sent_and_has_a_name_keeps_what_nobody_described() {
    let paths = "  /pets:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {
        pet: {$ref: '#/components/schemas/pet'}, closed: {$ref: '#/components/schemas/closed'},
        either: {$ref: '#/components/schemas/either'},
        nameless: {type: object, properties: {a: {type: string}}}}}}}}
      responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/told'}}}}}
";
    let schemas = "
    pet: {type: object, properties: {name: {type: string}}}
    closed: {type: object, properties: {name: {type: string}}, additionalProperties: false}
    either: {oneOf: [{type: object, properties: {b: {type: string}}}, {type: object, properties: {c: {type: string}}}]}
    told: {type: object, properties: {name: {type: string}}}
";
    let (lowered, _) = lowered(paths, schemas, "");
    let keeping =
        lowered.api.types.iter().filter(|def| matches!(&def.kind, TypeKind::Struct(body) if body.extra.is_some()));
    let keeping: Vec<Option<&str>> = keeping.map(|def| def.wire_name.as_deref()).collect();
    assert_eq!(keeping, [Some("pet"), None, None]);
}

#[test]
fn one_of_a_schema_and_of_anything_is_not_always_the_schema() {
    let schemas = "
    leaf: {type: object, properties: {x: {type: string}}}
    any: {oneOf: [{$ref: '#/components/schemas/leaf'}, {}]}
    unread: {oneOf: [{$ref: '#/components/schemas/leaf'}, {description: a tree}]}
    same: {type: object, properties: {y: {type: string}}, oneOf: [{$ref: '#/components/schemas/leaf'}, {required: [y]}]}
";
    let (lowered, _) = lowered("  {}", schemas, "");
    for name in ["any", "unread"] {
        assert!(matches!(named(&lowered.api, name).kind, TypeKind::Union(_)), "{name}");
    }
    assert!(matches!(named(&lowered.api, "same").kind, TypeKind::Struct(_)));
}

#[test]
fn a_single_alternative_may_be_made_of_the_schema_it_stands_in() {
    let schemas = "
    a: {oneOf: [{allOf: [{$ref: '#/components/schemas/a'}, {type: object, properties: {x: {type: string}}}]}]}
    b: {oneOf: [{allOf: [{$ref: '#/components/schemas/c'}, {type: object, properties: {x: {type: string}}}]}]}
    c: {oneOf: [{allOf: [{$ref: '#/components/schemas/b'}, {type: object, properties: {y: {type: string}}}]}]}
";
    let (lowered, _) = lowered("  {}", schemas, "");
    let fields = |name: &str| -> Vec<&str> {
        let TypeKind::Struct(body) = &named(&lowered.api, name).kind else { panic!("a struct") };
        body.fields.iter().map(|field| field.wire_name.as_str()).collect()
    };
    assert_eq!(fields("a"), ["x"]);
    assert_eq!(fields("b"), ["x", "y"]);
}

#[test]
fn schemas_without_a_name_may_lead_back_to_themselves() {
    let schemas = "
    a:
      anyOf:
        - {type: boolean}
        - {$ref: '#/components/schemas/c'}
        - {type: object, properties: {x: {type: string}}}
    c:
      oneOf:
        - type: object
          properties: {p: {allOf: [{$ref: '#/components/schemas/c'}, {$ref: '#/components/schemas/a'}]}}
";
    let (lowered, _) = lowered("  {}", schemas, "");
    let body = lowered.api.types.iter().find_map(|def| match &def.kind {
        TypeKind::Struct(body) if body.fields.iter().any(|field| field.wire_name == "p") => Some((def.id, body)),
        _ => None,
    });
    let (id, body) = body.expect("the one alternative");
    assert_eq!(body.fields[0].ty, Type::Ref(id));
    assert!(lowered.api.types.len() < 5);
}

#[test]
fn pages_share_one_struct_and_know_their_items() {
    let paths = "  /things:
    get:
      operationId: things.list
      parameters: [{name: offset, in: query, schema: {type: integer}}]
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {$ref: '#/components/schemas/list', properties: {data: {items: {$ref: '#/components/schemas/thing'}}}}
";
    let schemas = "
    list: {type: object, properties: {data: {type: array, items: {}}, total: {type: integer}}}
    thing: {type: object, properties: {id: {type: string}}}
";
    let rule = "[[paging]]\nkind = 'offset'\nschema = 'list'\nitems = 'data'\noffset = 'offset'\nlimit = 'limit'\ntotal = 'total'";
    let (lowered, _) = lowered(paths, schemas, rule);
    let thing = Type::Ref(named(&lowered.api, "thing").id);
    let list = named(&lowered.api, "list");
    let TypeKind::Struct(body) = &list.kind else { panic!("a struct") };
    assert_eq!(body.page_items, Some(0));
    let TypeKind::Page(page) = &named(&lowered.api, "thing_list").kind else { panic!("a page") };
    assert_eq!((page.of, &page.item), (list.id, &thing));
    let paging = only(&lowered.api).paging.as_ref().expect("it pages");
    assert!(matches!(&paging.kind, PagingKind::Offset { offset, .. } if offset == "offset"));
}

#[test]
fn recursion_is_boxed_where_it_needs_to_be() {
    let schemas = "
    Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}, children: {type: array, items: {$ref: '#/components/schemas/Node'}}, leaf: {$ref: '#/components/schemas/Leaf'}}}
    Leaf: {type: object, properties: {name: {type: string}}}
";
    let (lowered, _) = lowered("  {}", schemas, "");
    let TypeKind::Struct(node) = &named(&lowered.api, "node").kind else { panic!("a struct") };
    assert_eq!(node.fields.iter().map(|field| field.boxed).collect::<Vec<_>>(), [true, false, false]);
}

#[test]
fn a_list_of_itself_degrades_with_a_warning() {
    let schemas = "
    Loop: {type: array, items: {$ref: '#/components/schemas/Loop'}}
";
    let (_, diagnostics) = lowered("  {}", schemas, "");
    assert_eq!(diagnostics.0.iter().filter(|problem| problem.code == "W060").count(), 1);
}

#[test]
fn lists_in_lists_without_end_are_untyped_with_a_warning() {
    let box_of = |deep: usize| {
        let lists = format!("{}{{type: string}}{}", "{type: array, items: ".repeat(deep), "}".repeat(deep));
        lowered("  {}", &format!("    box: {{type: object, properties: {{lists: {lists}}}}}"), "")
    };
    let (lowered, diagnostics) = box_of(12);
    assert!(lowered.untyped.is_empty() && diagnostics.0.is_empty(), "{:?}", diagnostics.0);
    let (lowered, diagnostics) = box_of(14);
    assert_eq!(diagnostics.0.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), ["W041"]);
    assert_eq!(lowered.untyped.len(), 1);
    let lists = Type::List(Box::new(Type::List(Box::new(Type::Json))));
    assert_eq!(fields(named(&lowered.api, "box")), [("lists".to_owned(), lists)]);
}

#[test]
fn arguments_follow_path_then_x_args() {
    let paths = "  /things/{id}/parts:
    post:
      operationId: things.add_part
      x-args: [amount, currency]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody:
        content:
          application/json:
            schema: {type: object, required: [currency, amount], properties: {currency: {type: string}, amount: {type: integer}, note: {type: string}}}
      responses: {'204': {description: done}}
";
    let (lowered, _) = lowered(paths, "    {}", "");
    let operation = only(&lowered.api);
    assert_eq!(operation.type_name.0.join("_"), "add_thing_part");
    assert_eq!(operation.arguments.required, [Argument::Param(0), Argument::Part(1), Argument::Part(0)]);
    assert!(!operation.arguments.as_struct);
    assert_eq!(operation.retry, RetryClass::Unsafe);
    assert_eq!(operation.output, Output::Nothing);
}

#[test]
fn neighbours_of_one_type_become_a_struct() {
    let paths = "  /repos/{owner}/{repo}:
    get:
      operationId: repos.get
      parameters: [{name: owner, in: path, required: true, schema: {type: string}}, {name: repo, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: done}}
";
    let (lowered, _) = lowered(paths, "    {}", "");
    assert!(only(&lowered.api).arguments.as_struct);
}

#[test]
fn alternatives_are_told_apart_by_a_property_with_different_constants() {
    let schemas = "
    Any:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
    Cat: {type: object, properties: {kind: {type: string, enum: [cat]}, lives: {type: integer}}}
    Dog: {type: object, properties: {kind: {type: string, enum: [dog]}}}
";
    let (lowered, _) = lowered("  {}", schemas, "");
    let TypeKind::Union(body) = &named(&lowered.api, "any").kind else { panic!("a union") };
    assert_eq!(body.style, UnionStyle::Discriminator { property: "kind".into() });
    assert_eq!(body.variants.iter().map(|v| v.tags.join(",")).collect::<Vec<_>>(), ["cat", "dog"]);
    let TypeKind::Struct(cat) = &named(&lowered.api, "cat").kind else { panic!("a struct") };
    assert_eq!(cat.fields[0].constant, Some(Literal::String("cat".into())));
}

#[test]
fn a_text_or_listed_texts_is_an_open_enum() {
    let schemas = "
    Model: {anyOf: [{type: string}, {type: string, enum: [small, large]}]}
";
    let (lowered, _) = lowered("  {}", schemas, "");
    assert!(matches!(&named(&lowered.api, "model").kind, TypeKind::Enum(body) if body.variants.len() == 2));
}

#[test]
fn one_value_of_those_that_a_component_lists_is_the_only_one() {
    let schemas = "
    Step: {type: object, required: [kind], properties: {kind: {type: integer, enum: [2], allOf: [{$ref: '#/components/schemas/Kind'}]}}}
    Kind: {type: integer, oneOf: [{title: Wait, enum: [1]}, {title: Tell, enum: [2]}]}
";
    let (lowered, _) = lowered("  {}", schemas, "");
    let TypeKind::Struct(step) = &named(&lowered.api, "step").kind else { panic!("not a struct") };
    assert_eq!(step.fields[0].constant, Some(Literal::Number("2".into())));
}

#[test]
fn an_operation_without_an_id_gets_a_derived_name_and_a_warning() {
    let paths = get("/things/{id}", "{type: string}").replace("      operationId: things.retrieve\n", "");
    let (lowered, diagnostics) = lowered(&paths, "    {}", "");
    assert_eq!(only(&lowered.api).id, "things.retrieve");
    assert!(diagnostics.0.iter().any(|problem| problem.code == "W050"));
}

#[test]
fn a_union_is_never_its_own_member() {
    let schemas = "
    A: {oneOf: [{type: string}, {$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/A'}]}
    B: {oneOf: [{type: integer}, {$ref: '#/components/schemas/A'}, {type: array, items: {$ref: '#/components/schemas/A'}}]}
";
    let (lowered, _) = lowered("  {}", schemas, "");
    let members = |name: &str| match &named(&lowered.api, name).kind {
        TypeKind::Union(body) => body.variants.iter().map(|variant| variant.ty.clone()).collect::<Vec<_>>(),
        other => panic!("not a union: {other:?}"),
    };
    assert_eq!(members("a"), [Type::String]);
    assert_eq!(members("b"), [INT, Type::List(Box::new(Type::Ref(named(&lowered.api, "a").id)))]);
}

#[test]
fn a_default_of_another_type_is_left_out() {
    let schemas = "
    Thing: {type: object, properties: {a: {type: boolean, default: 'false'}, b: {type: boolean, default: false}, c: {type: integer, default: 1}}}
";
    let (lowered, _) = lowered("  {}", schemas, "");
    let TypeKind::Struct(thing) = &named(&lowered.api, "thing").kind else { panic!("a struct") };
    let defaults: Vec<_> = thing.fields.iter().map(|field| field.default.clone()).collect();
    assert_eq!(defaults, [None, Some(Literal::Bool(false)), Some(Literal::Number("1".into()))]);
}

#[test]
fn the_model_reads_back_what_it_writes() {
    let (lowered, _) =
        lowered(&get("/things", "{type: object, properties: {a: {type: number, minimum: 0.10}}}"), "    {}", "");
    let text = serde_json::to_string(&lowered.api).expect("it serialises");
    let back: Api = serde_json::from_str(&text).expect("it reads back");
    assert_eq!(serde_json::to_string(&back).expect("it serialises"), text);
}

#[test]
fn what_schemas_that_are_all_of_one_another_say_is_kept() {
    let schemas = "
    A: {allOf: [{$ref: '#/components/schemas/B'}, {type: object, properties: {a: {type: string}}}]}
    B: {allOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {b: {type: integer}}}]}
";
    let (lowered, diagnostics) = lowered(&get("/a", "{$ref: '#/components/schemas/A'}"), schemas, "");
    assert_eq!(diagnostics.0.iter().map(|said| said.code.as_str()).collect::<Vec<_>>(), ["W007"]);
    assert_eq!(fields(named(&lowered.api, "a")), [("a".into(), Type::String), ("b".into(), INT)]);
    assert_eq!(lowered.untyped.len(), 0);
}

#[test]
fn schemas_that_come_to_too_much_are_an_error() {
    let base: String = (0..1100).map(|index| format!("p{index}: {{type: string}}, ")).collect();
    let mut schemas = format!("    Base: {{type: object, properties: {{{base}}}}}\n");
    for index in 0..1000 {
        schemas.push_str(&format!("    S{index}: {{allOf: [{{$ref: '#/components/schemas/Base'}}]}}\n"));
    }
    let (_, diagnostics) = lowered("  {}", &schemas, "");
    let errors: Vec<_> =
        diagnostics.0.iter().filter(|said| said.severity == crate::diagnostic::Severity::Error).collect();
    assert_eq!(errors.iter().map(|said| said.code.as_str()).collect::<Vec<_>>(), ["E040"]);
}

#[test]
fn lists_of_alternatives_that_are_not_objects_do_not_hold_together() {
    let schemas = "
    Both: {allOf: [{oneOf: [{type: string}, {type: integer}]}, {anyOf: [{type: string}, {type: boolean}]}]}
";
    let (lowered, diagnostics) = lowered(&get("/a", "{$ref: '#/components/schemas/Both'}"), schemas, "");
    assert_eq!(diagnostics.0.iter().map(|said| said.code.as_str()).collect::<Vec<_>>(), ["W061"]);
    let TypeKind::Union(union) = &named(&lowered.api, "both").kind else { panic!("no union") };
    assert_eq!(union.variants.iter().map(|variant| variant.ty.clone()).collect::<Vec<_>>(), [Type::String, INT]);
}

#[test]
fn a_place_that_merges_its_own_owner_with_more_is_one_type() {
    let schemas = "
    Node:
      type: object
      properties:
        child: {allOf: [{$ref: '#/components/schemas/Node'}, {type: object, properties: {depth: {type: integer}}}]}
        other: {readOnly: true, maximum: 10, pattern: '^a', allOf: [{$ref: '#/components/schemas/Node'}]}
        one: {oneOf: [{type: string}, {allOf: [{$ref: '#/components/schemas/Node'}, {required: [child], maximum: 3}]}]}
";
    let (lowered, _) = lowered(&get("/a", "{$ref: '#/components/schemas/Node'}"), schemas, "");
    assert!(lowered.api.types.len() < 12, "{}", lowered.api.types.len());
    let child = named(&lowered.api, "node_child");
    let names: Vec<String> = fields(child).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["child", "other", "one", "depth"]);
    assert_eq!(fields(child)[0].1, Type::Ref(child.id), "the same place is the same type");
}

#[test]
fn lists_and_maps_merged_with_themselves_are_untyped_inside() {
    let schemas = "
    L: {type: array, items: {maxItems: 3, minLength: 2, allOf: [{$ref: '#/components/schemas/L'}, {type: array, uniqueItems: true}]}}
    N: {type: array, items: {allOf: [{$ref: '#/components/schemas/N'}, {type: array, items: {maximum: 1, allOf: [{$ref: '#/components/schemas/N'}]}}]}}
    M: {type: object, additionalProperties: {allOf: [{$ref: '#/components/schemas/M'}, {type: object, minProperties: 1, maximum: 1}]}}
";
    let paths = get("/a", "{$ref: '#/components/schemas/L'}")
        + &get("/b", "{$ref: '#/components/schemas/M'}")
        + &get("/c", "{$ref: '#/components/schemas/N'}");
    let (_, diagnostics) = lowered(&paths, schemas, "");
    assert!(diagnostics.0.iter().any(|said| ["W060", "W041"].contains(&said.code.as_str())), "{diagnostics:?}");
}
