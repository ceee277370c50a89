//! Words that Rust keeps for itself, of every edition, in every place of a name.

use spec_names_reserved::types::{Enum, SelfObject};
use spec_names_reserved::{Client, Host};

use crate::server::Server;

/// As the document lists them.
const WORDS: &str = "as async await abstract become box break const continue crate do dyn else enum extern false final fn \
    for gen if impl in let loop macro match mod move mut override priv pub raw ref return safe self Self static struct \
    super trait true try type typeof union unsafe unsized use virtual where while yield _ macro_rules auto default null \
    r#type";

pub async fn call() {
    let members: Vec<String> = WORDS.split_whitespace().map(|word| format!("\"{word}\":\"{word}\"")).collect();
    let server = Server::ok(format!("{{{}}}", members.join(",")));
    let client = Client::builder()
        .base_url(Host::SelfHost, server.url())
        .self_("secret")
        .type_("secret")
        .crate_("secret")
        .profile("secret")
        .build()
        .expect("a client");
    let call = client.type_().match_("me").as_("1").self_2("2").query_self("3").type_("4").underscore("5").r_type("6");
    let call = call.super_("7").async_("8").gen_("9").default("10").body_crate("a").body_super("b").body_async("c");
    let answer: SelfObject = call.await.expect("an answer");
    let sent = server.request();
    assert_eq!(
        sent.line,
        "POST /words/me?as=1&async=8&gen=9&self=3&Self=2&super=7&type=4&_=5&default=10&r%23type=6 HTTP/1.1"
    );
    assert_eq!(sent.text(), r#"{"crate":"a","super":"b","async":"c"}"#);

    assert_eq!(answer.self_, "self");
    let fields =
        [&answer.self_2, &answer.type_, &answer.crate_, &answer.underscore, &answer.r_type, &answer.macro_rules];
    let read: Vec<&str> = fields.iter().filter_map(|field| field.as_deref()).collect();
    assert_eq!(read, ["Self", "type", "crate", "_", "r#type", "macro_rules"]);
    let written = serde_json::to_value(&answer).expect("it serialises");
    for word in WORDS.split_whitespace() {
        assert_eq!(written[word], word);
        assert!(!matches!(Enum::from(word), Enum::Unknown(_)), "{word} is known");
        assert_eq!(Enum::from(word).as_str(), word);
    }
}
