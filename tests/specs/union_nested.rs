//! Unions in unions lose nothing, and what an answer was told apart by is kept.

use spec_union_nested::types::{Contents, Goods};
use spec_union_nested::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let bodies = [
        r#"{"contents":{"pages":2},"carrier":{"kind":"ship","port":"Aden"}}"#,
        r#"{"contents":{"glass":true,"pages":2},"carrier":{"kind":"train","track":9}}"#,
        r#"{"contents":[{"crate":1,"weight":2}]}"#,
        r#"{"contents":["a","b"]}"#,
    ];
    let server = Server::answering(bodies.map(|body| Answer::json(200, body)).to_vec());
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let mut contents = Vec::new();
    for body in bodies {
        let parcel = client.parcels().retrieve("1").await.expect("a parcel");
        assert_eq!(serde_json::to_string(&parcel).expect("it serialises"), body);
        contents.push(parcel.contents.expect("contents"));
    }
    assert!(matches!(&contents[0], Contents::Letter(letter) if letter.pages == Some(2)));
    let fragile = match &contents[1] {
        Contents::Goods(goods) => match &**goods {
            Goods::Fragile(fragile) => fragile,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    assert_eq!((fragile.glass, fragile.pages), (Some(true), Some(2)));
    assert!(matches!(&contents[2], Contents::Goods(goods) if !matches!(**goods, Goods::Unknown(_))));
    assert_eq!(contents[3], Contents::from(vec!["a".to_owned(), "b".to_owned()]));
}
