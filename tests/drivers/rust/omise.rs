//! Calls of Omise's API that wire vectors have.

use std::time::{Duration, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sdk::http::{HeaderMap, HeaderName, HeaderValue};
use sdk::types::{CreateTokenCard, SearchChargesFilters};
use sdk::webhooks::{Verifier, WebhookErrorKind};
use sdk::{Client, DateTime, Error, Host};
use serde_json::{Map, Value, json};

use crate::protocol::{Line, encoded, failed, file};

fn client(line: &Line) -> Result<Client, Error> {
    let mut builder = line.settings(Client::builder());
    for (host, role) in [(Host::Api, "api"), (Host::Vault, "vault"), (Host::Links, "links")] {
        builder = builder.base_url(host, line.server(role).expect("a server"));
    }
    let text = |key: &str| line.key(key).and_then(Value::as_str);
    if let Some(key) = text("secret_key") {
        builder = builder.secret_key(key);
    }
    if let Some(key) = text("public_key") {
        builder = builder.public_key(key);
    }
    if let Some(key) = text("links_plus_key") {
        builder = builder.links_plus_key(key);
    }
    if let Some(version) = line.line["client"]["headers"]["api_version"].as_str() {
        builder = builder.api_version(version);
    }
    builder.build()
}

/// Sets what the call has.
macro_rules! set {
    ($request:ident, $line:ident, $($setter:ident($get:ident $(:: <$as:ty>)?, $wire:literal)),* $(,)?) => {
        $(if let Some(value) = $line.$get $(::<$as>)? ($wire) { $request = $request.$setter(value); })*
    };
}

/// Makes the call of a line, or verifies its delivery.
pub async fn make(line: &Line) -> Map<String, Value> {
    if line.line["mode"] == "webhook" {
        return webhook(&line.line);
    }
    let client = match client(line) {
        Ok(client) => client,
        Err(error) => return failed(&error),
    };
    let id = || line.text("id").unwrap_or_default();
    let amount = line.int("amount").unwrap_or_default();
    match line.operation() {
        "tokens.create" => {
            let card: CreateTokenCard = line.object("card").expect("a card");
            line.shown(client.tokens().create(card), encoded).await
        }
        "charges.create" => {
            let mut call = client.charges().create(amount, line.text("currency").unwrap_or_default());
            set!(call, line, card(text, "card"), customer(text, "customer"), description(text, "description"));
            set!(call, line, capture(flag, "capture"), return_uri(text, "return_uri"), expires_at(object::<DateTime>, "expires_at"));
            set!(call, line, metadata(object::<Map<String, Value>>, "metadata"), platform_fee(object, "platform_fee"));
            set!(call, line, webhook_endpoints(texts, "webhook_endpoints"));
            line.shown(call, encoded).await
        }
        "charges.retrieve" => {
            let mut call = client.charges().retrieve(id());
            set!(call, line, expand(flag, "expand"));
            line.shown(call, encoded).await
        }
        "charges.update" => {
            let mut call = client.charges().update(id());
            set!(call, line, description(text, "description"), metadata(object::<Map<String, Value>>, "metadata"));
            line.shown(call, encoded).await
        }
        "charges.capture" => {
            let mut call = client.charges().capture(id());
            set!(call, line, capture_amount(int, "capture_amount"));
            line.shown(call, encoded).await
        }
        "charges.list" => {
            let mut call = client.charges().list();
            set!(call, line, from(object::<DateTime>, "from"), to(object::<DateTime>, "to"), order(text, "order"));
            set!(call, line, offset(int, "offset"), limit(int, "limit"), expand(flag, "expand"));
            line.listed(call, encoded, encoded).await
        }
        "charges.search" => {
            let mut call = client.charges().search();
            set!(call, line, query(text, "query"), filters(object::<SearchChargesFilters>, "filters"));
            set!(call, line, page(int, "page"), per_page(int, "per_page"), order(text, "order"));
            line.listed(call, encoded, encoded).await
        }
        "charges.reverse" => line.shown(client.charges().reverse(id()), encoded).await,
        "refunds.create" => line.shown(client.refunds().create(id(), amount), encoded).await,
        "customers.destroy" => line.shown(client.customers().destroy(id()), encoded).await,
        "customers.update" => {
            let mut call = client.customers().update(id());
            set!(call, line, description(text, "description"), email(text, "email"), card(text, "card"));
            line.shown(call, encoded).await
        }
        "documents.create" => {
            let file = file(line.get("file").expect("a file"));
            line.shown(client.documents().create(id(), file), encoded).await
        }
        "balance.retrieve" => line.shown(client.balance().retrieve(), encoded).await,
        "capability.retrieve" => line.shown(client.capability().retrieve(), encoded).await,
        "disputes.accept" => line.shown(client.disputes().accept(id()), encoded).await,
        "charge_schedules.bulk_delete" => {
            line.shown(client.charge_schedules().bulk_delete(line.texts("schedule_ids").unwrap_or_default()), |_| Value::Null).await
        }
        "links_plus.list" => {
            let call = client.links_plus().list(line.int("team_id").unwrap_or_default());
            line.shown(call, encoded).await
        }
        other => Map::from_iter([("skipped".to_owned(), json!(format!("no call of {other}")))]),
    }
}

fn webhook(line: &Value) -> Map<String, Value> {
    let refused = |kind: WebhookErrorKind| {
        let code = match kind {
            WebhookErrorKind::MissingHeader => "missing",
            WebhookErrorKind::BadHeader => "malformed",
            WebhookErrorKind::Mismatch => "mismatch",
            WebhookErrorKind::TooOld | WebhookErrorKind::TooNew => "stale",
            WebhookErrorKind::Secret => "secret",
            _ => "decode",
        };
        Map::from_iter([("error".to_owned(), json!({"kind": "webhook", "code": code}))])
    };
    let texts = |value: &Value| serde_json::from_value::<Vec<String>>(value.clone()).expect("texts");
    let mut headers = HeaderMap::new();
    for (name, value) in line["headers"].as_object().expect("headers") {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
        headers.insert(name, HeaderValue::from_str(value.as_str().expect("text")).expect("a value"));
    }
    let body = STANDARD.decode(line["body_base64"].as_str().expect("a body")).expect("base64");
    let now = UNIX_EPOCH + Duration::from_secs(line["now"].as_u64().expect("a moment"));
    let verified = Verifier::new(texts(&line["secrets"]))
        .and_then(|verifier| verifier.clock(move || now).verify(&headers, body));
    match verified {
        Ok(event) => Map::from_iter([("value".to_owned(), encoded(event))]),
        Err(error) => refused(error.kind()),
    }
}
