//! Names in any script, and of none, are what they were on the wire.

use spec_names_scripts::types::ZhuangTai;
use spec_names_scripts::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let thing = r#"{"ชื่อ":"a","名前":"b","اسم":"c","имя":"d","όνομα":"e","nai\u0308ve":"f","👍🏽":7,"€":"h","...":"i","1st":"j","状態":"🆕"}"#;
    let server = Server::answering(vec![Answer::json(200, thing), Answer::new(204, "")]);
    let client = Client::builder().base_url(Host::Dian, server.url()).build().expect("a client");
    let request = client.sinkhaa().duu("ก/ข").raakhaa(1).ri_ben_yu("2").lsr("3").tsena("4").time("5").cafe("é");
    let request = request.cafe_2("e\u{301}").crab("8").u12000("9").star("10").value("11").n2fa("12").grosse("13");
    let thing = request.await.expect("an answer");
    let sent = server.request();
    let decoded = percent_decoded(&sent.line);
    assert!(sent.line.is_ascii());
    assert_eq!(
        decoded,
        "GET /สินค้า/ก/ข?ราคา=1&日本語=2&السعر=3&цена=4&τιμή=5&cafe\u{301}=e\u{301}&café=é&🦀=8&\u{12000}=9&*=10&=11&2fa=12\
         &Größe=13 HTTP/1.1"
    );
    assert!(sent.line.contains("/%E0%B8%81%2F%E0%B8%82?"), "{}", sent.line);
    let texts = [&thing.chuue, &thing.ming_qian, &thing.sm, &thing.imia, &thing.onoma, &thing.naive];
    assert_eq!(texts.map(|text| text.as_deref().unwrap_or_default()).concat(), "abcdef");
    assert_eq!((thing.plus_1, thing.eur.as_deref(), thing.dot_dot_dot.as_deref()), (Some(7), Some("h"), Some("i")));
    assert_eq!((thing.n1st.as_deref(), thing.zhuang_tai.clone()), (Some("j"), Some(ZhuangTai::New)));
    for value in ["新", "旧", "신규", "جديد", "новый", "νέο", "ใหม่", " ", "", "🆕", "Ⅷ", "½", "ﬁ", "a\u{200b}b", "ab"]
    {
        assert!(!matches!(ZhuangTai::from(value), ZhuangTai::Unknown(_)), "{value:?} is known");
        assert_eq!(ZhuangTai::from(value).as_str(), value);
    }
}

/// The line as text.
fn percent_decoded(line: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), line.as_bytes());
    while let [first, others @ ..] = rest {
        rest = others;
        match (first, others) {
            (b'%', [high, low, others @ ..]) => {
                let hex = [*high, *low];
                let hex = std::str::from_utf8(&hex).expect("two digits");
                bytes.push(u8::from_str_radix(hex, 16).expect("a byte"));
                rest = others;
            }
            (other, _) => bytes.push(*other),
        }
    }
    String::from_utf8(bytes).expect("it is text")
}
