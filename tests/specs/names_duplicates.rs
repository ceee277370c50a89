//! What the document calls alike, or alike but for case and signs, is told apart in Rust and sent as it was written.

use spec_names_duplicates::resources::GetCard4Args;
use spec_names_duplicates::types::{FooBar, FooBar3, FooBar4, Foobar2};
use spec_names_duplicates::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let named =
        r#"{"foo-bar":"1","foo_bar":"2","fooBar":"3","FooBar":"4","FOO BAR":"5","foobar":"6","state":{"inner":"7"}}"#;
    let answers = [named, r#"{"a":"aB","state":{"outer":"8"}}"#, r#"{"b":"9"}"#];
    let mut answers: Vec<Answer> = answers.into_iter().map(|answer| Answer::json(200, answer)).collect();
    answers.extend([Answer::new(204, ""), Answer::new(204, "")]);
    let server = Server::answering(answers);
    let client = Client::builder().base_url(Host::Api, server.url()).api_key("secret").build().expect("a client");

    let path = GetCard4Args { card_id: "line".into(), card_id_2: "dash".into() };
    let call = client.cards().get_card_4(path).query_card_id("q").card_id_3("Q").header_card_id("h");
    let card: FooBar3 = call.await.expect("an answer");
    let sent = server.request();
    assert_eq!(sent.line, "GET /cards/dash/line?cardId=q&CARD_ID=Q HTTP/1.1");
    assert_eq!((sent.header("card-id"), sent.header("x-two")), (Some("h"), Some("secret")));
    let fields = [&card.foo_bar_6, &card.foo_bar_2, &card.foo_bar_4, &card.foo_bar_3, &card.foo_bar_5, &card.foobar];
    assert_eq!(fields.map(|field| field.as_deref().unwrap_or_default()).concat(), "123456");
    assert_eq!(card.state.as_ref().and_then(|state| state.inner.as_deref()), Some("7"));

    let card: FooBar = client.cards().get_card().await.expect("an answer");
    assert_eq!(server.request().line, "GET /cards HTTP/1.1");
    assert_eq!((&card.a, card.state.and_then(|state| state.outer).as_deref()), (&Some(Foobar2::AB4), Some("8")));
    let card: FooBar4 = client.cards().get_card_3().await.expect("an answer");
    assert_eq!((server.request().line.as_str(), card.b.as_deref()), ("POST /cards HTTP/1.1", Some("9")));
    client.cards().get_card_2().await.expect("an answer");
    assert_eq!(server.request().line, "PUT /cards HTTP/1.1");
    client.other().get_card().await.expect("an answer");
    assert_eq!(server.request().line, "GET /other HTTP/1.1");
    for wire in ["a-b", "a_b", "aB", "AB", "ab"] {
        assert!(!matches!(Foobar2::from(wire), Foobar2::Unknown(_)), "{wire} is known");
        assert_eq!(Foobar2::from(wire).as_str(), wire);
    }
}
