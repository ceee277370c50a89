//! Enums of every base keep the values they know and those they do not.

use serde_json::{Value, json};
use spec_enums::types::{Sign, SignList, SignMaybe, SignNumber, SignText};
use spec_enums::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let sent = json!({
        "text": "a_b", "number": 9_007_199_254_740_993_i64, "flag": false, "always": true, "maybe": "yes",
        "mixed": "one", "ratio": 0.5, "list": ["green", "blue"],
    });
    let server = Server::ok(sent.to_string());
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let colours = [SignList::Green, SignList::Unknown("blue".into())];
    let sign = Sign::new().text("a_b").number(9_007_199_254_740_993).flag(false).maybe(SignMaybe::Yes);
    let sign = sign.mixed("one").ratio(0.5).list(colours);
    let answer = client.signs().create(sign.clone()).await.expect("a sign");
    let body: Value = serde_json::from_str(server.request().text()).expect("JSON");
    assert_eq!(body, sent);
    assert_eq!(answer, sign);
    for text in ["a-b", "a_b", "A B", "", " ", "+1", "-1", "1", "ไทย", "日本語", "Self", "self", "a\"b", "*/"]
    {
        let known: SignText = serde_json::from_value(json!(text)).expect("it reads");
        assert!(!matches!(known, SignText::Unknown(_)), "{text}");
        assert_eq!(serde_json::to_value(&known).expect("it serialises"), json!(text));
    }
    let unknown: SignText = serde_json::from_value(json!("new")).expect("it reads");
    assert_eq!(unknown, SignText::Unknown("new".into()));
    let number: SignNumber = serde_json::from_value(json!(5)).expect("it reads");
    assert_eq!(number, SignNumber::Unknown(5));
    let null: Sign = serde_json::from_str(r#"{"always": true, "maybe": null, "list": null}"#).expect("it reads");
    assert_eq!((null.maybe, null.list), (Some(None), None));
}
