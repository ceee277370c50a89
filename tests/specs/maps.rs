//! Objects with names of the caller's own, alone and beside known ones.

use serde_json::{Value, json};
use spec_maps::types::{Open, ReplaceSettingLimitValue, ReplaceSettingSealed};
use spec_maps::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let server = Server::ok(r#"{"version": 2, "colour": "red", "size": "xl"}"#);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let mut open: Open = serde_json::from_value(json!({"extra": "e", "more": {"a": [1]}})).expect("it reads");
    open.extra_fields.insert("own".to_owned(), json!(true));
    let request =
        client.settings().replace().labels([("a", "b")]).limits([("x", ReplaceSettingLimitValue::new().max(3))]);
    let request = request.metadata([("k", 1)]).any([("n", Value::Null)]).sealed(ReplaceSettingSealed::new().a("s"));
    let request =
        request.deep([("d", [("e".to_owned(), vec![1, 2])].into())]).gaps([("f", None), ("g", Some("h".to_owned()))]);
    let settings = request.open(open).await.expect("settings");
    let body: Value = serde_json::from_str(server.request().text()).expect("JSON");
    let expected = json!({
        "labels": {"a": "b"}, "limits": {"x": {"max": 3}}, "metadata": {"k": 1}, "any": {"n": null},
        "sealed": {"a": "s"}, "open": {"extra": "e", "more": {"a": [1]}, "own": true},
        "deep": {"d": {"e": [1, 2]}}, "gaps": {"f": null, "g": "h"},
    });
    assert_eq!(body, expected);
    assert_eq!((settings.version, settings.extra["colour"].as_str(), settings.extra.len()), (Some(2), "red", 2));
}
