//! Calls of the API that wire vectors have beside Omise's.

use sdk::types::{Pet, Values};
use sdk::{Base64, Client, Date, DateTime, Decimal, Error, Host};
use serde_json::{Map, Value, json};

use crate::protocol::{Line, bytes, content, encoded, failed, file};

fn client(line: &Line) -> Result<Client, Error> {
    let mut builder = line.settings(Client::builder());
    let url = line.server("main").expect("a server");
    builder = builder.base_url(Host::Main, url).machine_token_url(format!("{url}/token"));
    let text = |key: &str| line.key(key).and_then(Value::as_str);
    let member = |key: &str, name: &str| line.key(key).and_then(|key| key[name].as_str()).map(str::to_owned);
    if let Some(key) = text("access_token") {
        builder = builder.access_token(key);
    }
    if let Some(key) = text("header_key") {
        builder = builder.header_key(key);
    }
    if let Some(key) = text("query_key") {
        builder = builder.query_key(key);
    }
    if let Some((user, password)) = member("login", "username").zip(member("login", "password")) {
        builder = builder.login(user, password);
    }
    if let Some((id, secret)) = member("machine", "client_id").zip(member("machine", "client_secret")) {
        builder = builder.machine(id, secret);
    }
    builder.build()
}

/// Sets what the call has.
macro_rules! set {
    ($request:ident, $line:ident, $($setter:ident($get:ident $(:: <$as:ty>)?, $wire:literal)),* $(,)?) => {
        $(if let Some(value) = $line.$get $(::<$as>)? ($wire) { $request = $request.$setter(value); })*
    };
}

/// Makes the call of a line.
pub async fn make(line: &Line) -> Map<String, Value> {
    let client = match client(line) {
        Ok(client) => client,
        Err(error) => return failed(&error),
    };
    let nothing = |()| Value::Null;
    let id = || line.text("id").unwrap_or_default();
    match line.operation() {
        "query.form" => {
            let mut call = client.query().form();
            set!(call, line, text(text, "text"), number(int, "number"), flag(flag, "flag"), tags(texts, "tags"));
            set!(call, line, ids(ints, "ids"), point(object, "point"), color(text, "color"), page_size(int, "page[size]"));
            set!(call, line, ratio(object::<f64>, "ratio"), day(object::<Date>, "day"), at(object::<DateTime>, "at"));
            line.shown(call, nothing).await
        }
        "query.styles" => {
            let mut call = client.query().styles();
            set!(call, line, spaces(texts, "spaces"), pipes(texts, "pipes"), filter(object, "filter"));
            set!(call, line, where_(object, "where"), raw(text, "raw"), flat(object, "flat"));
            line.shown(call, nothing).await
        }
        "paths.styles" => {
            let (list, label) = (line.ints("list").unwrap_or_default(), line.texts("label").unwrap_or_default());
            let args = sdk::resources::StylesPathArgs {
                plain: line.text("plain").unwrap_or_default(),
                list,
                label,
                matrix: line.text("matrix").unwrap_or_default(),
            };
            line.shown(client.paths().styles(args), nothing).await
        }
        "headers.send" => {
            let mut call = client.headers().send();
            set!(call, line, x_number(int, "X-Number"), x_list(texts, "X-List"), x_point(object, "X-Point"));
            line.shown(call, nothing).await
        }
        "cookies.send" => {
            let mut call = client.cookies().send();
            set!(call, line, session(text, "session"), seen(ints, "seen"));
            line.shown(call, nothing).await
        }
        "values.create" => {
            let mut call = client.values().create(line.text("name").unwrap_or_default());
            set!(call, line, big(int, "big"), ratio(object::<f64>, "ratio"), price(object::<Decimal>, "price"));
            set!(call, line, flag(flag, "flag"), day(object::<Date>, "day"), at(object::<DateTime>, "at"));
            set!(call, line, list(ints, "list"), point(object, "point"), color(text, "color"));
            set!(call, line, labels(object::<std::collections::BTreeMap<String, String>>, "labels"));
            set!(call, line, anything(object::<Value>, "anything"));
            if let Some(data) = line.get("data") {
                call = call.data(Base64::from(content(data)));
            }
            call = match line.get("note") {
                Some(Value::String(note)) => call.note(note),
                Some(_) => call.note_null(),
                None => call,
            };
            line.shown(call, encoded).await
        }
        "values.retrieve" => line.shown(client.values().retrieve(id()), encoded).await,
        "values.replace" => {
            let body: Values = line.object("").expect("a body");
            line.shown(client.values().replace(id(), body), encoded).await
        }
        "forms.create" => {
            let mut call = client.forms().create(line.text("name").unwrap_or_default());
            set!(call, line, amount(int, "amount"), flag(flag, "flag"), list(texts, "list"), plain(texts, "plain"));
            set!(call, line, point(object, "point"), deep(object, "deep"));
            line.shown(call, nothing).await
        }
        "uploads.create" => {
            let mut call = client.uploads().create(file(line.get("file").expect("a file")));
            set!(call, line, kind(text, "kind"), count(int, "count"), tags(texts, "tags"), point(object, "point"));
            if let Some(more) = line.get("more").and_then(Value::as_array) {
                call = call.more(more.iter().map(file));
            }
            line.shown(call, nothing).await
        }
        "texts.send" => line.shown(client.texts().send(line.text("").unwrap_or_default()), Value::String).await,
        "blobs.store" => line.shown(client.blobs().store(id(), content(line.get("").expect("bytes"))), nothing).await,
        "blobs.retrieve" => line.shown(client.blobs().retrieve(id()), |body| bytes(&body)).await,
        "jobs.start" => {
            use sdk::resources::StartJobAnswer as Started;
            let value = |started| match started {
                Started::Ok(job) => encoded(job),
                Started::Accepted(ticket) => encoded(ticket),
                other => json!(format!("{other:?}")),
            };
            line.shown(client.jobs().start(), value).await
        }
        "pets.create" => line.shown(client.pets().create(line.object::<Pet>("").expect("a pet")), encoded).await,
        "things.list" => {
            let mut call = client.things().list();
            set!(call, line, after(text, "after"));
            line.listed(call, |page| encoded(page.items), encoded).await
        }
        "posts.list" => line.listed(client.posts().list(), encoded, encoded).await,
        "secure.bearer" => line.shown(client.secure().bearer(), nothing).await,
        "secure.query" => line.shown(client.secure().query(), nothing).await,
        "secure.basic" => line.shown(client.secure().basic(), nothing).await,
        "secure.both" => line.shown(client.secure().both(), nothing).await,
        "secure.fetched" => line.shown(client.secure().fetched(), nothing).await,
        other => Map::from_iter([("skipped".to_owned(), json!(format!("no call of {other}")))]),
    }
}
