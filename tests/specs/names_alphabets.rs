//! Names in every script that has a word for them: what comes and goes is what the document wrote.

use serde_json::{Map, Value, json};
use spec_names_alphabets::types::{Names, Values};
use spec_names_alphabets::{Client, Host};

use crate::server::{Answer, Server};

/// As the document lists them.
const NAMES: &str = "ñandú Việt Łódź İstanbul όνομα имя անուն სახელი ᲡᲐᲮᲔᲚᲘ שם اسم نام ܫܡܐ ނަން नाम নাম ਨਾਂ નામ ନାମ பெயர் పేరు ಹೆಸರು പേര് නම ชื่อ ຊື່ མིང အမည် ឈ្មោះ ᠨᠡᠷ ስም ᏙᏓ ᐊᑎᖅ 이름 なまえ ナマエ ㄇㄧㄥ 名字 ꂷ ߕߐ ⵉⵙⵎ 𒈬 𐌽𐌰𐌼𐍉 𐐤 𝒩𝒶𝓂𝑒 ＮＡＭＥ 𓂋𓈖 ꕉ ᱧᱩᱛᱩᱢ ꦗꦼꦤꦼꦁ ᚾᚨᛗᛟ ᚐᚅᚋ ⲣⲁⲛ ߁߂ ٣ ４";

/// Those of them that are schemas too.
const SCHEMAS: &str = "שם नाम სახელი ስም 이름 ᏙᏓ ᠨᠡᠷ 𒈬";

pub async fn call() {
    let all: Vec<&str> = NAMES.split(' ').collect();
    for name in &all {
        assert!(!matches!(Values::from(*name), Values::Unknown(_)), "{name} is known");
        assert_eq!(Values::from(*name).as_str(), *name);
    }
    let value = |name: &str| match name {
        "ñandú" => json!(all),
        _ if SCHEMAS.split(' ').any(|known| known == name) => json!({ name: name }),
        _ => json!(name),
    };
    let names: Map<String, Value> = all.iter().map(|name| ((*name).to_owned(), value(name))).collect();
    let names = Value::Object(names);
    let answers = [Answer::json(200, names.to_string()), Answer::new(204, ""), Answer::new(204, "")];
    let server = Server::answering(answers.into());
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let body: Names = serde_json::from_value(names.clone()).expect("names");
    let call = client.names().send(body).nandu("1").viet("2").istanbul("3").onoma("4").imia("5").shm("6").sm("7");
    let call = call.naam("8").chuue("9").ireum("10").namae("11").ming_zi("12").u1222c("13").name("14");
    let read = call.await.expect("an answer");
    let sent = server.request();
    let parameters = [
        "%C3%B1and%C3%BA=1",
        "Vi%E1%BB%87t=2",
        "%C4%B0stanbul=3",
        "%CF%8C%CE%BD%CE%BF%CE%BC%CE%B1=4",
        "%D0%B8%D0%BC%D1%8F=5",
        "%D7%A9%D7%9D=6",
        "%D8%A7%D8%B3%D9%85=7",
        "%E0%A4%A8%E0%A4%BE%E0%A4%AE=8",
        "%E0%B8%8A%E0%B8%B7%E0%B9%88%E0%B8%AD=9",
        "%EC%9D%B4%EB%A6%84=10",
        "%E3%83%8A%E3%83%9E%E3%82%A8=11",
        "%E5%90%8D%E5%AD%97=12",
        "%F0%92%88%AC=13",
        "%EF%BC%AE%EF%BC%A1%EF%BC%AD%EF%BC%A5=14",
    ];
    assert_eq!(sent.line, format!("POST /names?{} HTTP/1.1", parameters.join("&")));
    // Whatever it is called in Rust, each field read its own member, and wrote it again.
    assert_eq!(serde_json::from_str::<Value>(sent.text()).expect("JSON"), names);
    assert_eq!(serde_json::to_value(&read).expect("JSON"), names);

    client.shm().shm().await.expect("an answer");
    assert_eq!(server.request().line, "GET /%D7%A9%D7%9D HTTP/1.1");
    client.naam().naam().await.expect("an answer");
    assert_eq!(server.request().line, "GET /%E0%A4%A8%E0%A4%BE%E0%A4%AE HTTP/1.1");
}
