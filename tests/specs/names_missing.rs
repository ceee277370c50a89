//! Names that are missing, empty, or nothing but signs: something can be called all the same, and the wire is exact.

use spec_names_missing::types::{Minus, SendSignValue, Underscore, Value2, ValueObject};
use spec_names_missing::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let answer = r#"{"-":{"_":"a","__":"b"},"…":"—",".":"c","..":"d"}"#;
    let server = Server::ok(answer);
    let client = Client::builder().base_url(Host::Default, server.url()).minus("secret").build().expect("a client");
    let query = client.signs().send().value("1").value_2("2").minus("3").value_3("4").value_4("5").not_question("6");
    let inner = ValueObject::new().value("e").value_2("f").value_3("g").value_4("h");
    let call = query.header_minus("7").cookie_minus("8").body_value("9").body_minus("10").value_5(inner);
    let signs: Minus = call.value_6(SendSignValue::Minus).await.expect("an answer");
    let sent = server.request();
    assert_eq!(sent.line, "POST /signs?=1&%20=2&-=3&%E2%80%A6=5&%E2%80%8B=4&%21%3F=6 HTTP/1.1");
    assert_eq!(sent.header("cookie"), Some("-=8"));
    assert_eq!(sent.text(), r#"{"":"9","-":"10","—":"-","¿":{"":"e"," ":"f","—":"h","¿":"g"}}"#);
    let Some(Underscore { underscore, underscore_underscore, .. }) = signs.minus.clone() else { panic!("{signs:?}") };
    assert_eq!((underscore.as_deref(), underscore_underscore.as_deref()), (Some("a"), Some("b")));
    assert_eq!((signs.dot.as_deref(), signs.dot_dot.as_deref()), (Some("c"), Some("d")));
    assert_eq!((signs.value.as_ref().map(Value2::as_str), Value2::from("—")), (Some("—"), Value2::Empty2));
    for wire in ["", "-", "—", "…", " ", "\u{200b}", ".", "..", "!?", "_", "__"] {
        assert!(!matches!(SendSignValue::from(wire), SendSignValue::Unknown(_)), "{wire:?} is known");
        assert_eq!(SendSignValue::from(wire).as_str(), wire);
    }

    let server = Server::answering(vec![Answer::new(204, ""); 10]);
    let client = Client::builder().base_url(Host::Default, server.url()).minus("secret").build().expect("a client");
    macro_rules! sends {
        ($($call:expr => $line:literal),* $(,)?) => {$(
            $call.await.expect("an answer");
            let sent = server.request();
            assert_eq!(sent.line, concat!($line, " HTTP/1.1"));
            assert_eq!(sent.header("-"), Some("secret"));
        )*};
    }
    sends! {
        client.root().list() => "GET /",
        client.root().retrieve("a/b") => "GET /a%2Fb",
        client.charges().create_capture("1") => "POST /charges/1/capture",
        client.charges().retrieve("1") => "GET /charges/1",
        client.charges().retrieve_2("1", 2) => "GET /charges/1/2",
        client.minus_minus_minus().list_dot_dot_dot() => "GET /---/...",
        client.minus_minus_minus().delete_empty() => "DELETE /empty",
        client.empty().list() => "GET /empty",
        client.empty().replace() => "PUT /empty",
        client.empty().empty() => "OPTIONS /empty",
    }
}
