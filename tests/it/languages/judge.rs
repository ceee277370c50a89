//! Whether requests and outcomes are what a vector says.

use std::collections::BTreeMap;

use base64::Engine as _;
use serde_json::Value;

use super::script::{Arrived, Reply};
use super::vector::{Exchange, Expected, Response};

/// Headers that a transport adds by itself, or that name the SDK; every other must be in the vector.
const OF_THE_TRANSPORT: [&str; 7] =
    ["host", "connection", "content-length", "transfer-encoding", "accept-encoding", "user-agent", "te"];

/// What is sent back for an exchange.
pub(super) fn reply(response: &Response) -> Reply {
    match response.fault.as_deref() {
        Some("close") => return Reply::Close,
        Some("cut") => return Reply::Cut,
        Some("stall") => return Reply::Stall,
        Some(other) => panic!("there is no fault {other}"),
        None => {}
    }
    let mut headers: Vec<(String, String)> =
        response.headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    let body = match (&response.body_base64, &response.body) {
        (Some(text), _) => decoded(text),
        (None, Value::Null) => Vec::new(),
        (None, Value::String(text)) => text.clone().into_bytes(),
        (None, json) => {
            if !response.headers.keys().any(|name| name.eq_ignore_ascii_case("content-type")) {
                headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
            }
            json.to_string().into_bytes()
        }
    };
    Reply::Answer { status: response.status, headers, body }
}

/// What is wrong with the requests of a call.
pub(super) fn requests(exchanges: &[Exchange], arrived: &[Arrived]) -> Vec<String> {
    let mut wrong = Vec::new();
    if exchanges.len() != arrived.len() {
        let lines: Vec<String> = arrived.iter().map(|one| format!("{} {}", one.method, one.target)).collect();
        wrong.push(format!("{} requests came in place of {}: {lines:?}", arrived.len(), exchanges.len()));
    }
    let mut before: BTreeMap<String, String> = BTreeMap::new();
    for (at, (exchange, arrived)) in exchanges.iter().zip(arrived).enumerate() {
        let mut say = |what: String| wrong.push(format!("request {}: {what}", at + 1));
        request(&exchange.request, arrived, &before, &mut say);
        before = arrived.headers.iter().cloned().collect();
    }
    wrong
}

fn request(expected: &Expected, arrived: &Arrived, before: &BTreeMap<String, String>, say: &mut impl FnMut(String)) {
    if arrived.method != expected.method {
        say(format!("method {}, not {}", arrived.method, expected.method));
    }
    if let Some(server) = expected.server.as_ref().filter(|server| **server != arrived.server) {
        say(format!("went to {}, not to {server}", arrived.server));
    }
    if arrived.target != expected.target {
        say(format!("target\n    {}, not\n    {}", arrived.target, expected.target));
    }
    headers(expected, arrived, before, say);
    let boundary = arrived.headers.iter().find_map(|(_, value)| value.split_once("boundary=")).map(|(_, text)| text);
    let boundary = boundary.unwrap_or_default().trim_matches('"');
    let wanted = match &expected.body_base64 {
        Some(text) => decoded(text),
        None => expected.body.replace("{boundary}", boundary).into_bytes(),
    };
    if arrived.body != wanted {
        let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).escape_debug().to_string();
        say(format!("body\n    {}, not\n    {}", shown(&arrived.body), shown(&wanted)));
    }
}

fn headers(expected: &Expected, arrived: &Arrived, before: &BTreeMap<String, String>, say: &mut impl FnMut(String)) {
    let mut came: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, value) in &arrived.headers {
        came.entry(name).or_default().push(value);
    }
    for (name, wanted) in &expected.headers {
        let found = came.remove(name.as_str()).unwrap_or_default();
        let fits = match (wanted.as_str(), found.as_slice()) {
            ("*", [one]) => !one.is_empty(),
            ("=", [one]) => before.get(name).is_some_and(|before| before == one),
            (wanted, [one]) => without_boundary(one) == without_boundary(wanted),
            _ => false,
        };
        if !fits {
            say(format!("header {name}: {found:?}, not {wanted:?}"));
        }
    }
    for (name, values) in came {
        // Some transports ask for anything where nobody asks for something, and cannot be told not to.
        let asks_for_nothing = [("accept", "*/*"), ("accept-language", "*"), ("sec-fetch-mode", "cors")];
        if !OF_THE_TRANSPORT.contains(&name)
            && !asks_for_nothing.iter().any(|known| (name, [known.1].as_slice()) == (known.0, &values))
        {
            say(format!("header {name}: {values:?}, which is not in the vector"));
        }
    }
}

fn without_boundary(value: &str) -> &str {
    value.split_once("boundary=").map_or(value, |(before, _)| before)
}

/// What is wrong with what the caller got.
pub(super) fn outcome(expected: &Value, got: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let members = expected.as_object().expect("what is expected is an object");
    for kind in ["value", "items", "answer", "error", "skipped"] {
        match (members.get(kind), got.get(kind)) {
            (None, Some(unwanted)) => wrong.push(format!("{kind} {unwanted}, which is not in the vector")),
            (Some(wanted), got) => contains(kind, wanted, got.unwrap_or(&Value::Null), &mut wrong),
            (None, None) => {}
        }
    }
    wrong
}

/// Whether everything wanted is there: members of objects, items of lists, values to the digit.
fn contains(at: &str, wanted: &Value, got: &Value, wrong: &mut Vec<String>) {
    match (wanted, got) {
        (Value::Object(wanted), Value::Object(got)) => {
            for (key, wanted) in wanted {
                contains(&format!("{at}.{key}"), wanted, got.get(key).unwrap_or(&Value::Null), wrong);
            }
        }
        (Value::Array(wanted), Value::Array(got)) if wanted.len() == got.len() => {
            for (index, (wanted, got)) in wanted.iter().zip(got).enumerate() {
                contains(&format!("{at}[{index}]"), wanted, got, wrong);
            }
        }
        (wanted, got) if wanted == got => {}
        (wanted, got) => wrong.push(format!("{at}: {got}, not {wanted}")),
    }
}

fn decoded(text: &str) -> Vec<u8> {
    base64::engine::general_purpose::STANDARD.decode(text).expect("base64")
}
