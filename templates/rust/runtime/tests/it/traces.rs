//! What calls tell `tracing`.

use std::sync::{Arc, Mutex};

use http::{HeaderMap, Method};

use crate::recorder::{Recorder, Seen};
use crate::runtime::{Attempt, Client, Hook, TransportErrorKind};
use crate::scripted::{Act, Scripted, response};

const CARD: &str = "4242424242424242";

fn client(transport: &Scripted) -> Client {
    Client::builder().secret_key("skey_canary").public_key("pkey_canary").transport(transport.clone()).build().unwrap()
}

fn fields(span: &Seen) -> Vec<(&str, &str)> {
    span.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test]
async fn a_call_is_a_span_and_so_is_each_attempt_in_it() {
    let recorder = Recorder::default();
    let _listening = recorder.listen();
    let script =
        [Act::Fail(TransportErrorKind::Connect), Act::Answer(response(429, "")), Act::Answer(response(200, "{}"))];
    client(&Scripted::new(script)).charges().create(1, "THB").await.unwrap();
    let spans = recorder.spans();
    let shape: Vec<_> = spans.iter().map(|span| (span.name, span.parent)).collect();
    assert_eq!(shape, [("call", None), ("attempt", Some(0)), ("attempt", Some(0)), ("attempt", Some(0))]);
    assert!(spans.iter().all(Seen::is_closed) && recorder.is_idle());
    assert_eq!(
        fields(&spans[0]),
        [
            ("otel.name", "charges.create"),
            ("otel.kind", "internal"),
            ("api.operation", "charges.create"),
            ("http.request.method", "POST"),
            ("server.address", "api.example.com"),
            ("server.port", "443"),
            ("url.scheme", "https"),
            ("url.template", "/charges"),
            ("http.request.resend_count", "2"),
            ("http.response.status_code", "200"),
        ]
    );
    assert_eq!(
        fields(&spans[2]),
        [
            ("otel.name", "POST /charges"),
            ("otel.kind", "client"),
            ("api.operation", "charges.create"),
            ("http.request.method", "POST"),
            ("server.address", "api.example.com"),
            ("server.port", "443"),
            ("url.scheme", "https"),
            ("url.template", "/charges"),
            ("http.request.resend_count", "1"),
            ("otel.status_code", "ERROR"),
            ("http.response.status_code", "429"),
            ("error.type", "429"),
        ]
    );
    let outcomes = |name| spans[1..].iter().map(|span| span.field(name)).collect::<Vec<_>>();
    assert_eq!(outcomes("http.request.resend_count"), [None, Some("1"), Some("2")]);
    assert_eq!(outcomes("error.type"), [Some("connect"), Some("429"), None]);
    assert_eq!(outcomes("http.response.status_code"), [None, Some("429"), Some("200")]);
    assert_eq!(outcomes("otel.status_code"), [Some("ERROR"), Some("ERROR"), None]);
}

#[tokio::test]
async fn a_call_belongs_to_the_span_it_is_made_in() {
    let recorder = Recorder::default();
    let _listening = recorder.listen();
    let outer = tracing::info_span!("order");
    let call = client(&Scripted::default()).charges().retrieve("chrg_1").send();
    tracing::Instrument::instrument(call, outer).await.unwrap();
    let shape: Vec<_> = recorder.spans().iter().map(|span| (span.name, span.parent)).collect();
    assert_eq!(shape, [("order", None), ("call", Some(0)), ("attempt", Some(1))]);
}

#[tokio::test]
async fn failures_have_stable_names() {
    let recorder = Recorder::default();
    let _listening = recorder.listen();
    let failed = |script: Vec<Act>| {
        let client = client(&Scripted::new(script));
        async move { client.charges().create(1, "THB").max_retries(0).await.unwrap_err() }
    };
    let refused = client(&Scripted::default()).charges().retrieve("..").await.unwrap_err();
    let errors = [
        refused,
        failed(vec![Act::Fail(TransportErrorKind::Lost)]).await,
        failed(vec![Act::Answer(response(404, "{}"))]).await,
        failed(vec![Act::Answer(response(307, ""))]).await,
        failed(vec![Act::Answer(response(200, "[]"))]).await,
    ];
    let spans = recorder.spans();
    let calls: Vec<_> = spans.iter().filter(|span| span.name == "call").collect();
    let told = calls.iter().map(|span| span.field("error.type").unwrap()).collect::<Vec<_>>();
    assert_eq!(told, ["argument", "lost", "404", "redirect", "decode"]);
    let names = errors.iter().map(|error| error.kind().name()).collect::<Vec<_>>();
    assert_eq!(names, ["argument", "lost", "api", "redirect", "decode"]);
    // The attempt behind an answer that cannot be read was answered.
    let last = spans.last().unwrap();
    assert_eq!((last.name, last.field("error.type")), ("attempt", None));
    assert_eq!(calls[0].field("server.address"), None, "nobody was asked");
}

#[tokio::test]
async fn a_call_that_is_dropped_closes_its_spans() {
    let recorder = Recorder::default();
    let _listening = recorder.listen();
    let transport = Scripted::new([Act::Hang]);
    let call = tokio::spawn(client(&transport).charges().retrieve("chrg_1").send());
    while transport.seen().is_empty() {
        tokio::task::yield_now().await;
    }
    assert!(recorder.is_idle(), "a span is not entered while its call waits");
    let open: Vec<_> = recorder.spans().iter().map(Seen::is_closed).collect();
    assert_eq!(open, [false, false]);
    call.abort();
    assert!(call.await.is_err());
    for span in recorder.spans() {
        assert!(span.is_closed(), "{span:?}");
        assert_eq!(span.field("error.type"), Some("cancelled"));
    }
    assert!(recorder.is_idle());
}

#[tokio::test]
async fn calls_that_wait_together_do_not_mix_their_spans() {
    let recorder = Recorder::default();
    let _listening = recorder.listen();
    let transport = Scripted::new([Act::Later(response(200, "{}")), Act::Later(response(200, "{}"))]);
    let charges = client(&transport).charges();
    let (one, two) = tokio::join!(charges.retrieve("chrg_1").send(), charges.create(1, "THB").send());
    one.unwrap();
    two.unwrap();
    let spans = recorder.spans();
    let shape: Vec<_> = spans.iter().map(|span| (span.field("api.operation"), span.parent)).collect();
    let (read, write) = (Some("charges.retrieve"), Some("charges.create"));
    assert_eq!(shape, [(read, None), (read, Some(0)), (write, None), (write, Some(2))]);
}

/// Writes down in which span it is called.
#[derive(Clone, Default)]
struct Within(Arc<Mutex<Vec<Option<u64>>>>);

impl Hook for Within {
    fn before(&self, _: &Attempt<'_>, _: &mut HeaderMap) {
        self.0.lock().unwrap().push(tracing::Span::current().id().map(|id| id.into_u64()));
    }

    fn after(&self, _: &Attempt<'_>, _: &crate::runtime::Outcome<'_>) {
        self.0.lock().unwrap().push(tracing::Span::current().id().map(|id| id.into_u64()));
    }
}

#[tokio::test]
async fn hooks_run_in_the_span_of_their_attempt() {
    let recorder = Recorder::default();
    let _listening = recorder.listen();
    let (transport, within) = (Scripted::new([Act::Answer(response(429, ""))]), Within::default());
    let builder = Client::builder().secret_key("skey_1").hook(within.clone()).transport(transport);
    builder.build().unwrap().charges().create(1, "THB").await.unwrap();
    assert_eq!(*within.0.lock().unwrap(), [Some(2), Some(2), Some(3), Some(3)]);
}

#[tokio::test]
async fn spans_hold_no_key_no_body_and_no_argument() {
    let recorder = Recorder::default();
    let _listening = recorder.listen();
    let quoting = r#"{"code":"canary","message":"canary 4242424242424242"}"#;
    let script = [Act::Answer(response(400, quoting)), Act::Answer(response(200, "\"canary\""))];
    let client = client(&Scripted::new(script));
    let token = client.charges().create_token(CARD).header("X-Card", CARD).idempotency_key("canary");
    token.clone().await.unwrap_err();
    token.await.unwrap();
    client.charges().retrieve("tokn_canary").await.unwrap();
    let call = client.request(Method::from_bytes(b"CANARY").unwrap(), "/tokens/canary");
    call.query("canary", "canary").await.unwrap();
    let text = recorder.text();
    assert!(text.contains("tokens.create") && text.contains("/charges/{id}") && text.contains("_OTHER"), "{text}");
    for secret in ["canary", "CANARY", CARD, "c2tleV9jYW5hcnk"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    let any = recorder.spans().into_iter().rfind(|span| span.name == "attempt").unwrap();
    assert_eq!((any.field("otel.name"), any.field("url.template")), (Some("HTTP"), None));
}

#[cfg(feature = "blocking")]
#[test]
fn calls_that_block_tell_the_same() {
    let recorder = Recorder::default();
    let _listening = recorder.listen();
    let transport = Scripted::new([Act::Answer(response(429, ""))]);
    let client = crate::runtime::blocking::Client::builder().secret_key("skey_1").transport(transport).build().unwrap();
    client.charges().create(1, "THB").send().unwrap();
    let spans = recorder.spans();
    let shape: Vec<_> = spans.iter().map(|span| (span.name, span.parent)).collect();
    assert_eq!(shape, [("call", None), ("attempt", Some(0)), ("attempt", Some(0))]);
    assert!(spans.iter().all(Seen::is_closed) && recorder.is_idle());
    assert_eq!(spans[0].field("http.request.resend_count"), Some("1"));
}
