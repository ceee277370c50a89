//! What stands in a line, and what is written for it.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sdk::{Answer, ClientBuilder, Error, File, Operation, Paged, Request};
use serde_json::{Map, Value, json};

/// A call to make.
pub struct Line {
    pub line: Value,
}

impl Line {
    pub fn read(text: &str) -> Self {
        Self { line: serde_json::from_str(text).expect("a line is JSON") }
    }

    /// The answer's line.
    pub fn answer(&self, outcome: Map<String, Value>) -> Value {
        let mut answer = json!({"id": self.line["id"]});
        answer.as_object_mut().expect("an object").extend(outcome);
        answer
    }

    pub fn operation(&self) -> &str {
        self.line["operation"].as_str().unwrap_or_default()
    }

    /// The argument of that wire name.
    pub fn get(&self, wire: &str) -> Option<&Value> {
        let args = self.line["args"].as_array()?;
        args.iter().find(|arg| arg["wire"] == wire).map(|arg| &arg["value"])
    }

    pub fn text(&self, wire: &str) -> Option<String> {
        self.get(wire)?.as_str().map(str::to_owned)
    }

    pub fn int(&self, wire: &str) -> Option<i64> {
        self.get(wire)?.as_i64()
    }

    pub fn flag(&self, wire: &str) -> Option<bool> {
        self.get(wire)?.as_bool()
    }

    pub fn texts(&self, wire: &str) -> Option<Vec<String>> {
        serde_json::from_value(self.get(wire)?.clone()).ok()
    }

    pub fn ints(&self, wire: &str) -> Option<Vec<i64>> {
        serde_json::from_value(self.get(wire)?.clone()).ok()
    }

    /// An argument as the crate's own type.
    pub fn object<T: serde::de::DeserializeOwned>(&self, wire: &str) -> Option<T> {
        Some(serde_json::from_value(self.get(wire)?.clone()).expect("it decodes"))
    }

    /// The keys, by the scheme's name.
    pub fn key(&self, scheme: &str) -> Option<&Value> {
        self.line["client"]["auth"].get(scheme)
    }

    pub fn server(&self, role: &str) -> Option<&str> {
        self.line["client"]["servers"][role].as_str()
    }

    /// The settings that are no keys and no hosts.
    pub fn settings(&self, mut builder: ClientBuilder) -> ClientBuilder {
        let client = &self.line["client"];
        let number = |key: &str| client[key].as_u64();
        if let Some(retries) = number("max_retries") {
            builder = builder.max_retries(u32::try_from(retries).expect("a few"));
        }
        if let Some(timeout) = number("timeout_ms") {
            builder = builder.timeout(Duration::from_millis(timeout));
        }
        builder = builder.allow_unverified(client["allow_unverified"] == true);
        builder
    }

    /// The call with its options.
    fn with_options<O: Operation>(&self, mut request: Request<O>) -> Request<O> {
        let options = &self.line["options"];
        if let Some(key) = options["idempotency_key"].as_str() {
            request = request.idempotency_key(key);
        }
        if let Some(timeout) = options["timeout_ms"].as_u64() {
            request = request.timeout(Duration::from_millis(timeout));
        }
        if let Some(retries) = options["max_retries"].as_u64() {
            request = request.max_retries(u32::try_from(retries).expect("a few"));
        }
        if let Some(allow) = options["retry_ambiguous"].as_bool() {
            request = request.retry_ambiguous(allow);
        }
        for (name, value) in options["headers"].as_object().into_iter().flatten() {
            request = request.header(name, value.as_str().expect("text"));
        }
        request
    }

    /// Makes a call; `value` shows what it gives.
    pub async fn shown<O: Operation>(&self, request: Request<O>, value: impl Fn(O::Output) -> Value) -> Map<String, Value> {
        match self.with_options(request).send().await {
            Err(error) => failed(&error),
            Ok(answer) if self.line["mode"] == "raw" => raw(&answer),
            Ok(answer) => one("value", value(answer.into_inner())),
        }
    }

    /// Makes a call for all its items, or for one page.
    pub async fn listed<O: Paged>(
        &self,
        request: Request<O>,
        page: impl Fn(O::Output) -> Value,
        item: impl Fn(O::Item) -> Value,
    ) -> Map<String, Value> {
        if self.line["mode"] != "items" {
            return self.shown(request, page).await;
        }
        let most = self.line["limit"].as_u64().unwrap_or(u64::MAX);
        let mut items = self.with_options(request).items();
        let (mut found, mut error) = (Vec::new(), None);
        while (found.len() as u64) < most {
            match items.next().await {
                Some(Ok(one)) => found.push(item(one)),
                Some(Err(failure)) => {
                    error = Some(failure);
                    break;
                }
                None => break,
            }
        }
        let mut outcome = one("items", Value::Array(found));
        outcome.extend(error.map(|error| failed(&error)).into_iter().flatten());
        outcome
    }
}

/// A value that encodes as JSON.
pub fn encoded(value: impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("it encodes")
}

/// Bytes, in the words of drivers.
pub fn bytes(bytes: &[u8]) -> Value {
    json!({"$base64": STANDARD.encode(bytes)})
}

/// What drivers are told to send: `{"$base64": …}`.
pub fn content(value: &Value) -> Vec<u8> {
    STANDARD.decode(value["$base64"].as_str().expect("bytes")).expect("base64")
}

/// `{"$file": {"name", "type", "base64"}}`.
pub fn file(value: &Value) -> File {
    let file = &value["$file"];
    let text = |key: &str| file[key].as_str().map(str::to_owned);
    let content = STANDARD.decode(text("base64").expect("content")).expect("base64");
    let made = File::new(text("name").expect("a name"), content);
    match text("type") {
        Some(media) => made.with_content_type(media),
        None => made,
    }
}

fn one(key: &str, value: Value) -> Map<String, Value> {
    Map::from_iter([(key.to_owned(), value)])
}

fn raw<T>(answer: &Answer<T>) -> Map<String, Value> {
    let shown = json!({
        "status": answer.status().as_u16(),
        "request_id": answer.request_id(),
        "body_base64": STANDARD.encode(answer.body()),
    });
    one("answer", shown)
}

/// An error, in words that all languages share.
pub fn failed(error: &Error) -> Map<String, Value> {
    let shown = json!({
        "kind": error.kind().name(),
        "status": error.status().map(|status| status.as_u16()),
        "code": error.code(),
        "message": error.message(),
        "request_id": error.request_id(),
        "attempts": error.attempts(),
        "retryable": error.is_retryable(),
        "outcome_unknown": error.outcome_unknown(),
        "idempotency_key": error.idempotency_key(),
    });
    let told = shown.as_object().expect("an object").iter().filter(|(_, value)| !value.is_null());
    one("error", told.map(|(key, value)| (key.clone(), value.clone())).collect::<Map<_, _>>().into())
}
