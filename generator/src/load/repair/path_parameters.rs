//! Path templates and path parameters name the same variables.

use serde_json::{Value, json};

use crate::load::grammar::{self, Kind, METHODS, reference};
use crate::load::template::variables;
use crate::load::{codes, pointer};
use crate::maps::HashMap;

use super::{Context, Object};

/// Names of the path parameters under `components.parameters`, by reference.
type Shared = HashMap<String, String>;

/// Declares what templates name and parameters do not, and drops path parameters no template names.
pub(super) fn repair(tree: &mut Value, context: &mut Context<'_>) {
    let shared = shared(tree);
    let Some(Value::Object(paths)) = tree.get_mut("paths") else { return };
    for (path, item) in paths {
        let Some(item) = item.as_object_mut().filter(|_| path.starts_with('/')) else { continue };
        let at = pointer::join("/paths", path);
        let variables = variables(path);
        drop_stray(item, &variables, &shared, &at, context);
        let declared = declared(item, &shared);
        for method in METHODS {
            let Some(Value::Object(operation)) = item.get_mut(method) else { continue };
            let at = pointer::join(&at, method);
            drop_stray(operation, &variables, &shared, &at, context);
            let mut known = declared.clone();
            known.extend(self::declared(operation, &shared));
            for variable in variables.iter().filter(|variable| !known.contains(*variable)) {
                declare(operation, variable, &at, context);
            }
        }
    }
    require(tree, context);
}

fn shared(tree: &Value) -> Shared {
    let parameters = tree.pointer("/components/parameters").and_then(Value::as_object);
    let entries = parameters.into_iter().flatten();
    let mut names: Shared = HashMap::default();
    let mut aliases = Vec::new();
    for (key, parameter) in entries {
        let target = format!("#{}", pointer::join("/components/parameters", key));
        if let Some(alias) = reference(parameter) {
            aliases.push((target, alias.to_owned()));
        } else if let Some(name) = path_parameter(parameter) {
            names.insert(target, name.to_owned());
        }
    }
    // An alias of an alias needs a second look; longer chains end with the list.
    for _ in 0..aliases.len().min(8) {
        for (target, alias) in &aliases {
            if let Some(name) = names.get(alias).cloned() {
                names.insert(target.clone(), name);
            }
        }
    }
    names
}

fn path_parameter(parameter: &Value) -> Option<&str> {
    (parameter.get("in")?.as_str()? == "path").then_some(())?;
    parameter.get("name")?.as_str()
}

fn name_of<'tree>(parameter: &'tree Value, shared: &'tree Shared) -> Option<&'tree str> {
    match reference(parameter) {
        Some(target) => shared.get(target).map(String::as_str),
        None => path_parameter(parameter),
    }
}

fn declared(object: &Object, shared: &Shared) -> Vec<String> {
    let parameters = object.get("parameters").and_then(Value::as_array);
    let parameters = parameters.into_iter().flatten();
    parameters.filter_map(|parameter| name_of(parameter, shared)).map(str::to_owned).collect()
}

fn drop_stray(object: &mut Object, variables: &[String], shared: &Shared, at: &str, context: &mut Context<'_>) {
    let here = pointer::join(at, "parameters");
    let Some(Value::Array(parameters)) = object.get_mut("parameters") else { return };
    context.retain(parameters, &here, |parameter, at, context| {
        let name = name_of(parameter, shared);
        let Some(name) = name.filter(|name| !variables.iter().any(|variable| variable == name)) else { return true };
        context.warn_with_help(
            codes::STRAY_PATH_PARAMETER,
            at,
            format!("the path has no variable `{{{name}}}`; the parameter is ignored"),
            "the names in the template and in the parameters must be equal",
        );
        false
    });
}

fn declare(operation: &mut Object, variable: &str, at: &str, context: &mut Context<'_>) {
    context.warn(
        codes::UNDECLARED_PATH_PARAMETER,
        at,
        format!("the path's variable `{{{variable}}}` has no parameter; it is read as a required text"),
    );
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    let Some(parameters) = parameters.as_array_mut() else { return };
    let index = parameters.len();
    parameters.push(json!({"name": variable, "in": "path", "required": true, "schema": {"type": "string"}}));
    let origin = context.origins.resolve(at);
    context.origins.set(&format!("{at}/parameters/{index}"), origin);
}

/// A path parameter is always required.
fn require(tree: &mut Value, context: &mut Context<'_>) {
    let mut visit = |parameter: &mut Value, at: &str| {
        if path_parameter(parameter).is_some() && parameter.get("required") != Some(&Value::Bool(true)) {
            context.warn(codes::MISSING, at, "a path parameter must say `required: true`; it is read so");
            if let Some(parameter) = parameter.as_object_mut() {
                parameter.insert("required".to_owned(), Value::Bool(true));
            }
        }
    };
    let mut at = String::new();
    grammar::walk(tree, Kind::Document, false, &mut at, &mut |value, kind, at| {
        if kind == Kind::Parameter {
            visit(value, at);
        }
        true
    });
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostics;
    use crate::load::origin::Origins;
    use crate::load::version::Version;

    use super::*;

    #[test]
    fn templates_and_parameters_agree() {
        let mut tree = json!({
            "components": {"parameters": {
                "a": {"name": "a", "in": "path", "required": true, "schema": {}},
                "alias": {"$ref": "#/components/parameters/a"},
            }},
            "paths": {"/{a}/{b}/{c}": {
                "parameters": [{"$ref": "#/components/parameters/alias"}, {"name": "z", "in": "path", "required": true, "schema": {}}],
                "get": {"parameters": [{"name": "b", "in": "path", "schema": {}}]},
            }},
        });
        let (mut origins, mut diagnostics) = (Origins::new("a.yaml".into()), Diagnostics::default());
        let sources = crate::load::sources::Sources::default();
        let mut context = Context {
            origins: &mut origins,
            diagnostics: &mut diagnostics,
            version: Version::default(),
            sources: &sources,
        };
        repair(&mut tree, &mut context);
        let item = &tree["paths"]["/{a}/{b}/{c}"];
        assert_eq!(item["parameters"].as_array().unwrap().len(), 1);
        assert_eq!(item["get"]["parameters"][0]["required"], true);
        assert_eq!(item["get"]["parameters"][1]["name"], "c");
        let codes: Vec<_> = diagnostics.0.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
        assert_eq!(codes, ["W016", "W015", "W010"]);
    }
}
