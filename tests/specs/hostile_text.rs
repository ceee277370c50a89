//! Text that breaks code is text on the wire, and what is no name of a header is never sent as one.

use spec_hostile_text::types::OptionE;
use spec_hostile_text::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let option = r#"{"a\"b\\":"1","fn":"2","Self":"3","":"4","*/":5,"e":"\u202eevil"}"#;
    let server = Server::answering(vec![Answer::json(200, option), Answer::new(204, "")]);
    let builder = Client::builder().base_url(Host::Default, server.url());
    let client = builder.cookie("secret").header("secret").length("secret").build().expect("a client");
    let call = client.etc().feature_x("/../*/").type_("\"").self_("'").with_send("#").ri_ben("\r\n");
    let answer = call.q_x_evil_1("7").seen_key_evil("8; x=9").await.expect("an answer");
    let sent = server.request();
    assert_eq!(
        sent.line,
        "GET /a%22b/%2F..%2F%2A%2F?type=%22&self=%27&send=%23&%E6%97%A5%E6%9C%AC=%0D%0A&q%0D%0AX-Evil%3A%201=7 HTTP/1.1"
    );
    assert_eq!(sent.header("cookie"), Some("seen%3B%20key%3Devil%0D%0A=8%3B%20x%3D9"));
    assert_eq!((sent.header("x-evil"), sent.header("x evil")), (None, None));
    assert_eq!(
        (answer.a_b.as_deref(), answer.fn_.as_deref(), answer.self_.as_deref()),
        (Some("1"), Some("2"), Some("3"))
    );
    assert_eq!((answer.value.as_deref(), answer.star_slash), (Some("4"), Some(5)));
    for wire in ["\"", "\\", "*/", "new\nline", "Unknown", "self", "日本", "\u{202e}evil"] {
        assert!(!matches!(OptionE::from(wire), OptionE::Unknown(_)), "{wire:?} is known");
        assert_eq!(OptionE::from(wire).as_str(), wire);
    }

    client.keys().cookie().await.expect("an answer");
    assert_eq!(server.request().header("cookie"), Some("key%3B%20admin%3D1%0D%0A=secret"));
    for refused in [client.keys().header().await, client.keys().length().await] {
        let error = refused.expect_err("no such header");
        assert!(
            error.to_string().contains("cannot travel in a header") && !error.to_string().contains("secret"),
            "{error}"
        );
    }
}
