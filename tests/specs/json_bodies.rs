//! Every shape of a JSON body, required and optional, on methods that have one and that seldom do.

use serde_json::{Value, json};
use spec_json_bodies::types::{Note, PutNoteLeftOutBody};
use spec_json_bodies::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 20]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let sent = |line: &str, body: &str| {
        let request = server.request();
        assert_eq!((request.line.as_str(), request.text()), (format!("{line} HTTP/1.1").as_str(), body));
        assert_eq!(request.header("content-type"), Some("application/json"));
        assert_eq!(request.header("content-length"), Some(body.len().to_string().as_str()));
    };
    let not_sent = |line: &str, length: Option<&str>| {
        let request = server.request();
        assert_eq!((request.line.as_str(), request.text()), (format!("{line} HTTP/1.1").as_str(), ""));
        assert_eq!((request.header("content-type"), request.header("content-length")), (None, length));
    };
    let (notes, note) = (client.notes(), || Note::new().text("ü"));
    notes.put_list([note(), Note::new()]).await.expect("an answer");
    sent("PUT /list", r#"[{"text":"ü"},{}]"#);
    notes.put_text("a \"b\"").await.expect("an answer");
    sent("PUT /text", r#""a \"b\"""#);
    notes.put_number(-3).await.expect("an answer");
    sent("PUT /number", "-3");
    notes.put_map([("b", 1), ("a", 2)]).await.expect("an answer");
    sent("PUT /map", r#"{"a":2,"b":1}"#);
    notes.put_ref(note()).await.expect("an answer");
    sent("PUT /ref", r#"{"text":"ü"}"#);
    notes.put_optional().await.expect("an answer");
    not_sent("PUT /optional", Some("0"));
    notes.put_optional().body(Note::new()).await.expect("an answer");
    sent("PUT /optional", "{}");
    notes.put_inline(1).word("w").await.expect("an answer");
    sent("PUT /inline", r#"{"size":1,"word":"w"}"#);
    notes.put_inline_optional().await.expect("an answer");
    not_sent("PUT /inline-optional", Some("0"));
    notes.put_inline_optional().word("w").await.expect("an answer");
    sent("PUT /inline-optional", r#"{"word":"w"}"#);
    notes.put_inline_required().await.expect("an answer");
    sent("PUT /inline-required", "{}");
    notes.put_left_out().await.expect("an answer");
    not_sent("PUT /left-out", Some("0"));
    notes.put_left_out().body(PutNoteLeftOutBody::new(1)).await.expect("an answer");
    sent("PUT /left-out", r#"{"size":1}"#);
    notes.put_any(json!([1, null])).await.expect("an answer");
    sent("PUT /any", "[1,null]");
    notes.put_any(Value::Null).await.expect("an answer");
    sent("PUT /any", "null");
    notes.patch(note()).await.expect("an answer");
    let request = server.request();
    assert_eq!((request.line.as_str(), request.text()), ("PATCH /patch HTTP/1.1", r#"{"text":"ü"}"#));
    assert_eq!(request.header("content-type"), Some("application/merge-patch+json"));
    notes.find().await.expect("an answer");
    not_sent("GET /get", None);
    notes.find().body(note()).await.expect("an answer");
    sent("GET /get", r#"{"text":"ü"}"#);
    notes.remove("old").await.expect("an answer");
    sent("DELETE /delete", r#"{"why":"old"}"#);
}
