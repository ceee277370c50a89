//! What the guide says, chapter by chapter. A chapter whose calls the API does not have is left out.

use std::collections::BTreeSet;

use super::super::RUST_VERSION;
use super::super::docs::{Doc, code, one_line};
use super::super::example::{Shown, printed};
use super::snippet::{Function, Snippet};
use super::{Part, Section, Subject};
use crate::ir::{TypeDef, TypeKind};

/// Every chapter, in the order of reading.
pub(super) fn all(subject: &Subject<'_>) -> Vec<Section> {
    let chapters = [
        Some(quick_start(subject)),
        the_api(subject),
        keys(subject),
        Some(errors(subject)),
        Some(retries(subject)),
        lists(subject),
        webhooks(subject),
        testing(subject),
        Some(features(subject)),
        examples(subject),
        Some(compatibility(subject)),
    ];
    chapters.into_iter().flatten().collect()
}

fn text(text: impl Into<String>) -> Part {
    Part::Text(text.into())
}

impl Subject<'_> {
    /// A call that is worth showing: one that changes something when there is one.
    fn call(&self) -> Option<&Shown> {
        self.calls.write.as_ref().or(self.calls.read.as_ref())
    }

    /// An asynchronous function that is given a client.
    fn function(&self, std: &[&str], root: &[&str], types: &BTreeSet<String>, body: Vec<String>) -> Snippet {
        let head = ["async fn example(client: &Client) -> Result<(), Error>"];
        let function = Function { crate_name: &self.crate_name, std, root, types, head: &head, body };
        Snippet { lines: function.lines(), feature: None }
    }

    /// A program that makes the calls to begin with.
    fn program(&self, is_blocking: bool) -> Snippet {
        let shown: Vec<&Shown> = [&self.calls.write, &self.calls.read].into_iter().flatten().collect();
        let mut body = vec![format!("let client = Client::builder(){}.build()?;", self.calls.credentials)];
        for call in &shown {
            body.extend(if is_blocking {
                call.bound(&["send()?", "into_inner()"], ";")
            } else {
                call.bound(&["await?"], ";")
            });
        }
        body.push("Ok(())".to_owned());
        let types = shown.iter().flat_map(|call| call.types.iter().cloned()).collect();
        let signature = format!("fn main() -> Result<(), {}::Error>", self.crate_name);
        let awaits = format!("async {signature}");
        let head: &[&str] = if is_blocking { &[&signature] } else { &["#[tokio::main]", &awaits] };
        let root = if is_blocking { ["blocking::Client"] } else { ["Client"] };
        let function = Function { crate_name: &self.crate_name, std: &[], root: &root, types: &types, head, body };
        Snippet { lines: function.lines(), feature: is_blocking.then_some("blocking") }
    }

    /// The lines of `Cargo.toml` that add the crate. It is not said to be in a registry: another crate may have its name
    /// there.
    fn dependency(&self) -> Vec<String> {
        let package = &self.options.package;
        let place = match self.options.repository.as_deref().map(one_line) {
            Some(url) if !url.is_empty() => format!("git = {url:?}"),
            _ => format!("path = \"../{package}\""),
        };
        let lines = [
            "```toml",
            "[dependencies]",
            &format!("{package} = {{ {place} }}"),
            "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }",
            "```",
        ];
        lines.map(str::to_owned).to_vec()
    }
}

fn quick_start(subject: &Subject<'_>) -> Section {
    let mut parts = vec![
        Part::Block(subject.dependency()),
        Part::Code(subject.program(false)),
        text(
            "Required arguments come first, the others are setters, and `.await` sends the call. [`Request::send`] gives \
             the whole [`Answer`]: status, headers, request id and raw bytes. A client is cheap to clone, and a request \
             owns all it needs, so either may go to another task. What the crate has no method for can be called all the \
             same, by [`ApiClient::request`].",
        ),
        text(
            "Without an async runtime, with the feature `blocking`, the same calls are made by `send`, which waits for \
             the answer, and lists are iterators:",
        ),
        Part::Code(subject.program(true)),
        text(
            "Answers decode whatever they leave out. A number, a moment or an object that may be missing is an \
             `Option`, even where the API promises it: a made-up zero would be a lie. A promised text, id or enum is \
             empty instead, a promised list has no items. Enums are open: a value of tomorrow is `Unknown`.",
        ),
    ];
    let has_kind = |def: &TypeDef| matches!(&def.kind, TypeKind::Struct(body) if body.kind_field.is_some());
    if subject.api.types.iter().any(has_kind) {
        parts.push(text(
            "An answer that is of another kind than the call promises, or has not the id it promises, is an error, whatever \
             its status.",
        ));
    }
    Section { title: "Quick start", parts }
}

/// What the API says of itself.
fn the_api(subject: &Subject<'_>) -> Option<Section> {
    let about = Doc::new(&subject.api.info.doc, "");
    let parts = vec![Part::Block(about.lines().to_vec())];
    (!about.lines().is_empty()).then_some(Section { title: "The API", parts })
}

fn keys(subject: &Subject<'_>) -> Option<Section> {
    let (method, _) = subject.keys.first()?;
    let listed = subject.keys.iter().map(|(method, said)| format!("- [`ClientBuilder::{method}`]: {said}"));
    let variable = format!("{}_{method}", subject.crate_name).to_uppercase();
    let body = [
        format!("let key = std::env::var(\"{variable}\")?;"),
        format!("Ok(Client::builder(){}.build()?)", subject.calls.credentials_of_key),
    ];
    let head = ["fn client() -> Result<Client, Box<dyn std::error::Error>>"];
    let (crate_name, types, body) = (&*subject.crate_name, &BTreeSet::new(), body.to_vec());
    let function = Function { crate_name, std: &[], root: &["Client"], types, head: &head, body };
    let parts = vec![
        text("The documentation of a call names the keys that it is sent with. The client's builder takes them:"),
        Part::Block(listed.collect()),
        text(
            "A call whose key is missing, or begins like one of another kind, fails before anything is sent. Keys come from \
             where a program keeps its secrets, and no `Debug` shows one:",
        ),
        Part::Code(Snippet { lines: function.lines(), feature: None }),
    ];
    Some(Section { title: "Keys", parts })
}

fn errors(subject: &Subject<'_>) -> Section {
    let mut parts = vec![text(
        "Everything that can go wrong is one [`Error`]. [`Error::kind`] says where it did: before anything was sent \
         (`Config`, `Argument`, `Unverified`, `Token`), on the way (`Connect`, `Timeout`, `Lost`), or in the answer \
         (`Redirect`, `Api`, `Decode`, `TooLarge`, `Paging`). An error that came with an answer has its status, headers, \
         body and request id, and what the API itself calls the problem.",
    )];
    if let Some(call) = subject.call() {
        let mut body = call.expression("let result = ", &["await"], ";");
        body.push("match result {".to_owned());
        let answer = if call.telling.is_empty() { "_" } else { "answer" };
        body.extend([
            format!("    Ok({answer}) => {{"),
            format!("        {}", printed("answer", &call.telling)),
            "    }".to_owned(),
        ]);
        let arms = [
            "    // It may have been carried out: look before you send it again.",
            "    Err(error) if error.outcome_unknown() => {",
            "        eprintln!(\"{error}, idempotency key {:?}\", error.idempotency_key());",
            "    }",
            "    Err(error) if error.kind() == ErrorKind::Api => {",
            "        eprintln!(\"{:?}: {}, request {:?}\", error.code(), error.message(), error.request_id());",
            "    }",
            "    Err(error) => return Err(error),",
            "}",
            "Ok(())",
        ];
        body.extend(arms.map(str::to_owned));
        parts.push(Part::Code(subject.function(&[], &["Client", "Error", "ErrorKind"], &call.types, body)));
    }
    parts.push(text(
        "No message, no `Debug` and no header shown in one holds a key or the number of a card; the body of an answer is \
         shown by nothing and read only by who asks for it.",
    ));
    Section { title: "Errors", parts }
}

fn retries(subject: &Subject<'_>) -> Section {
    let mut parts = vec![text(
        "What was certainly not carried out is sent again, twice at most: there was no connection, or the answer was 429. \
         After a lost answer, 408 or a failure of the server only those calls are sent again that do no harm twice. Any \
         other ends in an error whose [`Error::outcome_unknown`] is true: find out whether it was carried out before you \
         send it again, by a list of what was made lately, say, in which you look for a reference of your own. That is the \
         default because doing a thing twice is worse than an error.",
    )];
    if let Some(idempotency) = &subject.api.conventions.idempotency {
        let header = code(&idempotency.header);
        parts.push(text(format!(
            "A call that changes something carries one {header} for all its attempts. Give one of your own, kept with \
             what the call is for, and the same call made after a crash carries it too. Another try, with another card say, is another call and \
             has another key. How long the API remembers a key, \
             and whether it does at all, is for its own documentation to say; `retry_ambiguous` is for calls where that \
             is certain."
        )));
    }
    if let Some(call) = subject.call() {
        let key = subject.api.conventions.idempotency.as_ref().map(|_| "idempotency_key(\"order-42-try-1\")");
        let options = ["timeout(Duration::from_secs(65))", "total_timeout(Duration::from_secs(180))", "max_retries(3)"];
        let more: Vec<&str> = key.into_iter().chain(options).chain(["await?"]).collect();
        let mut body = call.bound(&more, ";");
        body.push("Ok(())".to_owned());
        parts.push(Part::Code(subject.function(&["std::time::Duration"], &["Client", "Error"], &call.types, body)));
    }
    parts.push(text(
        "The waits between attempts grow and are random; a server that says how long to wait is heeded. All calls of a \
         client share a budget of retries, so that a failing API is not asked more often than a healthy one. Redirects \
         are never followed. The same options stand on the client's builder, for all calls.",
    ));
    Section { title: "Retries and money", parts }
}

fn lists(subject: &Subject<'_>) -> Option<Section> {
    let call = subject.calls.list.as_ref()?;
    let mut body = call.expression("let mut items = ", &["items()"], ";");
    let item = if call.telling.is_empty() { "_" } else { "item" };
    body.extend([
        "while let Some(item) = items.next().await {".to_owned(),
        format!("    let {item} = item?;"),
        format!("    {}", printed("item", &call.telling)),
        "}".to_owned(),
    ]);
    body.extend(call.expression("let first = ", &["items()", "collect_up_to(10)", "await?"], ";"));
    body.extend(["println!(\"{} at first\", first.len());", "Ok(())"].map(str::to_owned));
    let parts = vec![
        text(
            "A list is awaited as one page. [`Request::items`] gives the items of all its pages, asking for one after the \
             other as they are needed, and [`Request::pages`] the pages; [`Items`] says where a list ends, and what \
             happens when something fails or changes on the way. [`Items::position`] is where to go on in another process.",
        ),
        Part::Code(subject.function(&[], &["Client", "Error"], &call.types, body)),
    ];
    Some(Section { title: "Lists", parts })
}

fn webhooks(subject: &Subject<'_>) -> Option<Section> {
    let scheme = subject.api.conventions.webhooks.as_ref()?;
    let signature = code(&scheme.signature_header);
    let signed = match &scheme.timestamp_header {
        Some(timestamp) => format!("{signature} and {}", code(timestamp)),
        None => signature,
    };
    let parts = vec![
        text(
            "With the feature `webhooks`, what the API delivers by itself is verified before anything in it is believed, \
             and read as an event:",
        ),
        Part::Code(Snippet { lines: subject.received.clone(), feature: Some("webhooks") }),
        text(format!(
            "The headers are those of the delivery, {signed} among them, and the body is the one that came, byte for byte. \
             Give both secrets while one takes the other's place. The crate depends on no web framework; in tests, \
             `webhooks::sign` makes the headers of a delivery."
        )),
    ];
    Some(Section { title: "Webhooks", parts })
}

fn testing(subject: &Subject<'_>) -> Option<Section> {
    let call = subject.calls.read.as_ref().or(subject.call())?;
    let mut types = call.types.clone();
    let mut body = vec!["let api = Scripted::new();".to_owned()];
    let mut names = "test_util::{Reply, Scripted}";
    match &call.answer {
        Some(answer) => {
            names = "test_util::{Reply, Sample, Scripted}";
            types.insert(answer.clone());
            body.push(format!("api.push(Reply::json(200, &Sample::<{answer}>::new().build()?));"));
        }
        None => body.push("api.push(Reply::bytes(200, \"{}\"));".to_owned()),
    }
    let credentials = &subject.calls.credentials;
    body.push(format!("let client = Client::builder(){credentials}.transport(api.clone()).build()?;"));
    body.extend(call.bound(&["await?"], ";"));
    body.extend(["assert_eq!(api.requests().len(), 1);", "assert_eq!(api.left(), 0);", "Ok(())"].map(str::to_owned));
    let head = ["async fn test() -> Result<(), Box<dyn std::error::Error>>"];
    let root = ["Client", names];
    let function =
        Function { crate_name: &subject.crate_name, std: &[], root: &root, types: &types, head: &head, body };
    let mut parts = vec![
        text(
            "With the feature `test-util`, for dev-dependencies, code that makes calls is tested without a network. \
             `Scripted` is a [`Transport`] that gives the replies it was given, answers and failures, in order; it keeps \
             every request, and no time passes but on its own clock, so that retries are waited for in no time:",
        ),
        Part::Code(Snippet { lines: function.lines(), feature: Some("test-util") }),
        text(
            "There is a sample of every object that answers hold. It has all members that may be there, also those that \
             exclude each other; `with` and `without` change it by JSON pointer, and `build` makes the object.",
        ),
    ];
    if subject.api.servers.len() > 1 {
        parts.push(text(
            "A server that stands in for the API is named on the builder by `base_url`, for each [`Host`] by itself: the \
             others stay where they are.",
        ));
    }
    Some(Section { title: "Testing", parts })
}

fn features(subject: &Subject<'_>) -> Section {
    let mut table = vec![
        "| Feature | Default | What it brings |",
        "|---|---|---|",
        "| `reqwest` | yes | the HTTP transport of `Client`, on tokio |",
        "| `blocking` | no | `blocking::Client`, over ureq, whose calls hold the thread until the answer is there. ureq tells \
         the `log` crate all that it sends and receives, keys included, at the level TRACE of `ureq_proto`: leave that off |",
        "| `native-tls` | no | the platform's own TLS in place of rustls, in either client |",
        "| `test-util` | no | the module `test_util`: a transport that answers from a script, and samples of answers |",
        "| `tracing` | no | a span of `tracing` for each call and each attempt, named as OpenTelemetry names those of HTTP \
         clients; no body, header or argument is in them |",
    ];
    if subject.api.conventions.webhooks.is_some() {
        table.push("| `webhooks` | no | the module `webhooks`, which verifies deliveries and needs no HTTP client |");
    }
    let parts = vec![
        Part::Block(table.into_iter().map(str::to_owned).collect()),
        text(
            "Without any of them the crate brings no HTTP stack, and compiles for `wasm32-unknown-unknown`: give the \
             client's builder a [`Transport`] of your own. Both clients verify servers with the platform's certificates. \
             Proxy, further root certificates, the time to connect and the user agent are set on the builder, in the \
             same words for both.",
        ),
    ];
    Section { title: "Features", parts }
}

fn examples(subject: &Subject<'_>) -> Option<Section> {
    let examples = &subject.options.examples;
    let first = examples.first()?;
    let shown = examples.iter().map(|example| {
        let (command, summary) = (code(&example.command()), example.summary());
        if summary.is_empty() { format!("- {command}") } else { format!("- {command}: {summary}") }
    });
    let parts = vec![
        text(format!(
            "Whole programs stand in the folder `examples`, to be copied. Each says in its first lines what it wants to \
             know, {} for one:",
            code(&format!("examples/{}.rs", first.name))
        )),
        Part::Block(shown.collect()),
    ];
    Some(Section { title: "Examples", parts })
}

fn compatibility(subject: &Subject<'_>) -> Section {
    let mut promise = format!(
        "Versions follow semantic versioning for everything this documentation shows. A new method, a new optional argument, \
         a new field of an answer and a new variant of an enum break nothing: types that may grow are `#[non_exhaustive]`. \
         Neither does a higher minimum version of Rust, now {RUST_VERSION}, which comes with a new minor version. Items hidden \
         from the documentation are for the generated code alone."
    );
    let version = &subject.api.info.version;
    let pinned = subject.api.conventions.headers.iter().find(|header| header.value == *version && !version.is_empty());
    if let Some(header) = pinned {
        promise.push_str(&format!(
            " Every call asks for the API as it was in version {}, by the header {}, so that answers keep their shape.",
            code(version),
            code(&header.wire_name),
        ));
    }
    Section { title: "Compatibility", parts: vec![text(promise)] }
}
