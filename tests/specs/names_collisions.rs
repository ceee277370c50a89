//! Names that fall together in Rust stay apart on the wire.

use spec_names_collisions::types::{Foo2, State};
use spec_names_collisions::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let server = Server::ok(
        r#"{"type":"a","type_":"b","@type":"c","new":"d","with new":"e","extra":1,"state":"+created","more":"f",
            "first":{"one":"g"},"second":{"two":"h"}}"#,
    );
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let request = client
        .foos()
        .replace("p")
        .query_id("q")
        .header_id("h")
        .cookie_id("c")
        .body_id("b")
        .a_b("1")
        .a_b_3("2")
        .a_open_b_close("3")
        .a_b_2("4")
        .body_a_b("5")
        .created_greater("6")
        .created_less("7");
    let request = request.with_send2("8").with_timeout("9").with_header("10").with_new("11").with_send("12");
    let foo = request.with_items("13").with_idempotency_key("14").with_operation("15").await.expect("an answer");
    let sent = server.request();
    let query = "id=q&a-b=2&a_b=1&a%5Bb%5D=3&aB=4&created%3E=6&created%3C=7&send=8&timeout=9&header=10&new=11\
                 &with_send=12&items=13";
    assert_eq!(sent.line, format!("PUT /foos/p?{query} HTTP/1.1"));
    assert_eq!(sent.header("id"), Some("h"));
    assert_eq!(sent.header("cookie"), Some("id=c"));
    assert_eq!(sent.text(), r#"{"id":"b","a_b":"5","idempotency_key":"14","operation":"15"}"#);

    assert_eq!(foo.type_.as_deref(), Some("a"));
    assert_eq!(foo.type_2.as_deref(), Some("b"));
    assert_eq!(foo.at_type.as_deref(), Some("c"));
    assert_eq!((foo.with_new2.as_deref(), foo.with_new.as_deref()), (Some("d"), Some("e")));
    assert_eq!((foo.extra, foo.extra_fields["more"].as_str()), (Some(1), "f"));
    assert_eq!(foo.state, Some(State::PlusCreated));
    let first: Option<Foo2> = foo.first.clone();
    assert_eq!(first.and_then(|first| first.one).as_deref(), Some("g"));
    assert_eq!(foo.second.as_ref().and_then(|second| second.two.as_deref()), Some("h"));

    for (value, wire) in [
        (State::UnknownValue2, "unknown"),
        (State::Created, "created"),
        (State::MinusCreated, "-created"),
        (State::LessEqual, "<="),
        (State::Star, "*"),
        (State::N1, "1"),
        (State::Minus1, "-1"),
        (State::Plus1, "+1"),
        (State::SelfValue, "self"),
    ] {
        assert_eq!(value.as_str(), wire);
        assert_eq!(State::from(wire), value);
    }
    let all = ["unknown", "Unknown", "UnknownValue", "", " ", "A", "a", "self", "Self"];
    for wire in all {
        assert!(!matches!(State::from(wire), State::Unknown(_)), "{wire:?} is known");
        assert_eq!(State::from(wire).as_str(), wire);
    }

    let _ = client.builder_resource().new_call();
    let _ = client.new_resource().builder();
    let _ = (client.foos().twice(), client.foos().twice_2(), client.foo_bar().get());
}
