//! Documents that are large, deep or knotted on purpose.

use std::fmt::Write as _;

/// A document with one operation that answers with a component schema; the schemas are given, indented by four.
fn answering(component: &str, schemas: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{title: Test, version: '1'}}
paths:
  /a:
    get:
      operationId: a.get
      responses:
        '200':
          description: ok
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/{component}'}}}}}}
components:
  schemas:
{schemas}"
    )
}

/// A union of `count` objects, each of which holds the union again.
pub(super) fn union_knot(keyword: &str, count: usize) -> String {
    let mut schemas = format!("    Knot:\n      {keyword}:\n");
    for index in 0..count {
        let _ = writeln!(schemas, "        - $ref: '#/components/schemas/S{index}'");
    }
    for index in 0..count {
        let _ = writeln!(
            schemas,
            "    S{index}: {{type: object, required: [k{index}], properties: {{k{index}: {{type: string}}, next: {{$ref: '#/components/schemas/Knot'}}}}}}"
        );
    }
    answering("Knot", &schemas)
}

/// `count` schemas, each made of all of them.
pub(super) fn lattice(keyword: &str, count: usize) -> String {
    let mut schemas = String::new();
    for index in 0..count {
        let _ = writeln!(schemas, "    S{index}:\n      {keyword}:");
        for other in 0..count {
            let _ = writeln!(schemas, "        - $ref: '#/components/schemas/S{other}'");
        }
    }
    answering("S0", &schemas)
}

/// `count` objects with a property for each of them.
pub(super) fn property_knot(count: usize) -> String {
    let mut schemas = String::new();
    for index in 0..count {
        let _ = writeln!(schemas, "    S{index}:\n      type: object\n      properties:");
        for other in 0..count {
            let _ = writeln!(schemas, "        p{other}: {{$ref: '#/components/schemas/S{other}'}}");
        }
    }
    answering("S0", &schemas)
}

/// Levels of `allOf`, each naming the next one twice: the number of ways down doubles with every level.
pub(super) fn all_of_ladder(levels: usize) -> String {
    let mut schemas = String::new();
    for index in 0..levels {
        let next = format!("{{$ref: '#/components/schemas/S{}'}}", index + 1);
        let _ = writeln!(schemas, "    S{index}: {{allOf: [{next}, {next}]}}");
    }
    let _ = writeln!(schemas, "    S{levels}: {{type: object, properties: {{a: {{type: string}}}}}}");
    answering("S0", &schemas)
}

/// A ring of schemas that are `allOf` their neighbour, each with a property of its own: every one has all properties.
pub(super) fn all_of_ring(count: usize) -> String {
    let mut schemas = String::new();
    for index in 0..count {
        let next = (index + 1) % count;
        let _ = writeln!(
            schemas,
            "    S{index}: {{allOf: [{{$ref: '#/components/schemas/S{next}'}}, {{type: object, properties: {{p{index}: {{type: string}}}}}}]}}"
        );
    }
    answering("S0", &schemas)
}

/// References that lead to references.
pub(super) fn reference_chain(count: usize) -> String {
    let mut schemas = String::new();
    for index in 0..count {
        let _ = writeln!(schemas, "    S{index}: {{$ref: '#/components/schemas/S{}'}}", index + 1);
    }
    let _ = writeln!(schemas, "    S{count}: {{type: object, properties: {{a: {{type: string}}}}}}");
    answering("S0", &schemas)
}

/// Schemas within schemas, in one line of JSON.
pub(super) fn nested(levels: usize) -> String {
    let (open, close) = (r#"{"properties":{"a":"#.repeat(levels), "}}".repeat(levels));
    format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"t","version":"1"}},"paths":{{}},"components":{{"schemas":{{"s":{open}{{}}{close}}}}}}}"#
    )
}

/// Many operations, in a hundred resources.
pub(super) fn operations(count: usize) -> String {
    let mut text = String::from("openapi: 3.0.3\ninfo: {title: Test, version: '1'}\npaths:\n");
    for index in 0..count {
        let resource = index % 100;
        let _ = write!(
            text,
            "  /r{resource}/o{index}/{{id}}:
    post:
      operationId: r{resource}.op{index}
      parameters:
        - {{name: id, in: path, required: true, schema: {{type: string}}}}
        - {{name: q, in: query, schema: {{type: integer}}}}
      requestBody: {{content: {{application/json: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}}}}}}}
      responses:
        '200': {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/S'}}}}}}}}
"
        );
    }
    text + "components: {schemas: {S: {type: object, properties: {a: {type: string}}}}}\n"
}

/// Lists of aliases of lists of aliases: eight to the power of `levels` nodes.
pub(super) fn alias_bomb(levels: usize) -> String {
    let mut text = String::from("openapi: 3.0.3\ninfo: {title: Test, version: '1'}\npaths: {}\nx-0: &a0 [x, x]\n");
    for level in 1..=levels {
        let items = vec![format!("*a{}", level - 1); 8].join(", ");
        let _ = writeln!(text, "x-{level}: &a{level} [{items}]");
    }
    text
}

/// An enum of many values.
pub(super) fn large_enum(count: usize) -> String {
    let values: Vec<String> = (0..count).map(|index| format!("v{index}")).collect();
    answering("E", &format!("    E: {{type: string, enum: [{}]}}\n", values.join(", ")))
}
