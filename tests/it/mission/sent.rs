//! Which arguments a request carries, named as the table names them.
//!
//! What stands in an argument that the table lists is the caller's own (metadata) and counts as that argument.

use std::collections::BTreeSet;

use bytes::Bytes;
use serde_json::Value;

/// Those of the query: `filters[amount]=1` and `filters[actor_email][]=a` are `filters.amount` and
/// `filters.actor_email`.
pub(super) fn query<'l>(request: &http::Request<Bytes>, listed: &[&'l str]) -> BTreeSet<&'l str> {
    let pairs = request.uri().query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    let names = pairs.map(|pair| pair.split('=').next().unwrap_or_default());
    let dotted = names.map(|name| {
        let brackets = name.replace("%5B", "[").replace("%5D", "]").replace("[]", "");
        brackets.replace('[', ".").replace(']', "")
    });
    dotted.map(|name| known(name, listed)).collect()
}

/// Those of the body, whether it is JSON or multipart.
pub(super) fn body<'l>(request: &http::Request<Bytes>, listed: &[&'l str]) -> BTreeSet<&'l str> {
    let mut found = Vec::new();
    let media_type = request.headers().get("content-type").map_or("", |value| value.to_str().expect("text"));
    if media_type.starts_with("multipart/form-data") {
        let text = String::from_utf8_lossy(request.body());
        let names = text.split("; name=\"").skip(1).filter_map(|rest| rest.split('"').next());
        found.extend(names.map(str::to_owned));
    } else if !request.body().is_empty() {
        assert_eq!(media_type, "application/json");
        members(&serde_json::from_slice(request.body()).expect("JSON"), "", &mut found);
    }
    found.into_iter().map(|name| known(name, listed)).collect()
}

/// The argument of the table that holds one of a request.
fn known<'l>(name: String, listed: &[&'l str]) -> &'l str {
    let holds = |listed: &&str| name.strip_prefix(*listed).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    listed.iter().copied().find(holds).unwrap_or_else(|| panic!("{name} is sent and not listed"))
}

fn members(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let at = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                members(value, &at, found);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            items.iter().for_each(|item| members(item, at, found));
        }
        _ => found.push(at.to_owned()),
    }
}
