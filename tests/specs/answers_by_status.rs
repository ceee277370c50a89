//! Several answers of a success: one type for all, one that is not always there, or another for each status.

use spec_answers_by_status::http::StatusCode;
use spec_answers_by_status::resources::{ReplaceParcelAnswer, SendParcelAnswer};
use spec_answers_by_status::types::{Note, Parcel};
use spec_answers_by_status::{Client, ErrorKind, Host};

use crate::server::{Answer, Server};

const PARCEL: &str = r#"{"id":"p-1","weight":3}"#;

fn client(answers: Vec<Answer>) -> (Server, Client) {
    let server = Server::answering(answers);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    (server, client)
}

pub async fn call() {
    by_status().await;
    sometimes().await;
    alike().await;
}

async fn by_status() {
    let answers = [(201, PARCEL), (202, "17"), (204, ""), (200, r#"{"text":"by bicycle"}"#), (418, r#"{"text":"no"}"#)];
    let (server, client) = client(answers.map(|(status, body)| Answer::json(status, body)).to_vec());
    let send = || client.parcels().send();
    let SendParcelAnswer::Created(parcel) = send().await.expect("an answer") else { panic!("another answer") };
    assert_eq!((parcel.id.as_str(), parcel.weight), ("p-1", Some(3)));
    let request = server.request();
    assert_eq!(request.line, "POST /parcels HTTP/1.1");
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(send().await.expect("an answer"), SendParcelAnswer::Accepted(17));
    assert_eq!(send().await.expect("an answer"), SendParcelAnswer::NoContent);
    let SendParcelAnswer::Success(note) = send().await.expect("an answer") else { panic!("another answer") };
    assert_eq!(note.text.as_deref(), Some("by bicycle"));
    let refused = send().await.expect_err("`default` is no success here");
    assert_eq!((refused.kind(), refused.status()), (ErrorKind::Api, Some(StatusCode::IM_A_TEAPOT)));
}

async fn sometimes() {
    let answers = [(200, PARCEL), (202, "it is coming"), (204, ""), (200, "")];
    let (_server, client) = client(answers.map(|(status, body)| Answer::json(status, body)).to_vec());
    let retrieve = || client.parcels().retrieve("p-1");
    let parcel: Option<Parcel> = retrieve().await.expect("an answer");
    assert_eq!(parcel.expect("a parcel").id, "p-1");
    assert_eq!(retrieve().await.expect("an answer"), None, "what 202 holds is nobody's business");
    assert_eq!(retrieve().await.expect("an answer"), None);
    assert_eq!(retrieve().await.expect_err("a parcel was promised").kind(), ErrorKind::Decode);

    let (_server, client) = self::client(vec![Answer::json(200, "ignored"), Answer::json(299, PARCEL)]);
    let update = || client.parcels().update("p-1");
    assert_eq!(update().await.expect("an answer"), None, "a status listed beats its range");
    assert_eq!(update().await.expect("an answer").expect("a parcel").id, "p-1");
}

async fn alike() {
    let list = r#"{"parcels":[{"id":"p-1"},{"id":"p-2"}]}"#;
    let (_server, client) = client(vec![Answer::json(200, list), Answer::json(206, list)]);
    for status in [200, 206] {
        let answer = client.parcels().list().send().await.expect("an answer");
        assert_eq!((answer.status().as_u16(), answer.parcels.as_ref().map(Vec::len)), (status, Some(2)));
    }

    let mut answers = [(200, PARCEL), (203, "To Lyon"), (201, "what?")].map(|(status, body)| Answer::new(status, body));
    let (server, client) = self::client(answers.to_vec());
    let replace = || client.parcels().replace("p-1");
    assert!(matches!(replace().await, Ok(ReplaceParcelAnswer::Ok(parcel)) if parcel.weight == Some(3)));
    assert_eq!(server.request().header("accept"), Some("application/json, text/plain"));
    let label = ReplaceParcelAnswer::NonAuthoritativeInformation("To Lyon".to_owned());
    assert_eq!(replace().await.expect("an answer"), label);
    let unknown = ReplaceParcelAnswer::Unknown(StatusCode::CREATED, "what?".into());
    assert_eq!(replace().await.expect("an answer"), unknown);

    answers[0] = Answer::new(200, "");
    let (server, client) = self::client(vec![answers[0].clone(), Answer::json(200, r#"{"text":"gone"}"#)]);
    let () = client.parcels().exists("p-1").await.expect("an answer");
    assert_eq!(server.request().line, "HEAD /parcels/p-1 HTTP/1.1");
    let note: Note = client.parcels().remove("p-1").await.expect("`default` is the success here");
    assert_eq!(note.text.as_deref(), Some("gone"));
}
