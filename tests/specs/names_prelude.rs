//! Names of Rust's prelude, of the crates that generated code uses, and of what generated code defines.

use spec_names_prelude::types::{ErrValue, Names, OkChoice, OptionObject, SomeObject, Str, VecValue};
use spec_names_prelude::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let answer = r#"{"Option":{"text":"a"},"Ok":{"id":"s","None":{"id":"n"}},"Err":"Self","Vec":"Unknown","Default":{"id":"d"},
        "Map":{"id":"m"},"T":[{"id":"t"}],"str":{"id":"x"},"list":[{"id":"l"}],"map":{"k":"Ok"},"maybe":null}"#;
    let server = Server::ok(answer);
    let client = Client::builder().base_url(Host::Default, server.url()).client("key").build().expect("a client");
    let body = OptionObject::new()
        .option(OptionObject::new().text("a"))
        .default(spec_names_prelude::types::DefaultObject::new("d"));
    let body = body
        .clone(spec_names_prelude::types::CloneObject::new("c"))
        .err("Ok")
        .t([Str::new("t")])
        .map_2(spec_names_prelude::types::MapObject::new("m"));
    let call =
        client.all().send().option(Names::None).some("Some").with_send("Send").with_clone("Clone").with_into("Into");
    let call = call.with_client("Client").with_operation("Operation").default("Default").from("From").t("T").str("str");
    let answer = call.body(body).await.expect("an answer");
    let sent = server.request();
    assert_eq!(
        sent.line,
        "POST /all?Option=None&Some=Some&Default=Default&Clone=Clone&Send=Send&From=From&Into=Into&Client=Client\
         &Operation=Operation&T=T&str=str HTTP/1.1"
    );
    assert_eq!(sent.header("x-client"), Some("key"));
    assert_eq!(
        sent.text(),
        r#"{"Option":{"text":"a"},"Err":"Ok","Default":{"id":"d"},"Clone":{"id":"c"},"Map":{"id":"m"},"T":[{"id":"t"}]}"#
    );

    let some: SomeObject = match answer.ok.clone() {
        Some(OkChoice::Some(some)) => *some,
        other => panic!("{other:?}"),
    };
    assert_eq!((some.id.as_str(), some.none.map(|none| none.id).as_deref()), ("s", Some("n")));
    assert_eq!((&answer.err, &answer.vec), (&Some(ErrValue::SelfValue), &Some(VecValue::UnknownValue)));
    assert_eq!(answer.option.as_ref().and_then(|option| option.text.as_deref()), Some("a"));
    let ids = [&answer.t.as_ref().expect("a list")[0].id, &answer.list.as_ref().expect("a list")[0].id];
    assert_eq!(ids, ["t", "l"]);
    assert_eq!(answer.map.as_ref().and_then(|map| map.get("k")), Some(&VecValue::Ok));
    assert_eq!(answer.maybe, Some(None));
    assert!(matches!(Names::from("bool"), Names::Bool) && matches!(Names::from("Unknown"), Names::UnknownValue));
}
