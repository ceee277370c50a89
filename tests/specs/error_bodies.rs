//! What refusals say: one type, or another for each status; what is not documented stays in reach.

use spec_error_bodies::resources::{BookSeatError, ClearSeatError};
use spec_error_bodies::types::Problem;
use spec_error_bodies::{Client, ErrorKind, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let answers = vec![
        Answer::json(404, r#"{"seat":"12A","row":12}"#),
        Answer::json(409, r#"{"taken_by":"Ann","free":["1B"]}"#),
        Answer::json(418, r#"{"title":"No tea here"}"#),
        Answer::new(503, "Back at noon"),
        Answer::json(500, r#"{"title":"Broken","status":500}"#),
        Answer::new(409, "<html>Conflict</html>"),
    ];
    let server = Server::answering(answers);
    let builder = Client::builder().base_url(Host::Default, server.url()).max_retries(0);
    let client = builder.build().expect("a client");
    let refused = async || client.seats().book().await.expect_err("no seat");

    let error = refused().await;
    assert!(matches!(BookSeatError::of(&error), Some(BookSeatError::NotFound(missing)) if missing.seat == "12A"));
    assert_eq!(error.json().expect("JSON")["row"], 12, "fields nobody documented are in reach");
    let Some(BookSeatError::Conflict(conflict)) = BookSeatError::of(&refused().await) else { panic!("a conflict") };
    assert_eq!((conflict.taken_by.as_str(), conflict.free), ("Ann", Some(vec!["1B".to_owned()])));
    let Some(BookSeatError::ClientError(problem)) = BookSeatError::of(&refused().await) else { panic!("a problem") };
    assert_eq!(problem.title.as_deref(), Some("No tea here"));
    let closed = BookSeatError::ServiceUnavailable("Back at noon".to_owned());
    assert_eq!(BookSeatError::of(&refused().await), Some(closed));
    let Some(BookSeatError::Other(problem)) = BookSeatError::of(&refused().await) else { panic!("a problem") };
    assert_eq!((problem.title.as_deref(), problem.status), (Some("Broken"), Some(500)));
    let error = refused().await;
    assert_eq!(BookSeatError::of(&error), None, "a proxy says what it likes");
    assert_eq!((error.kind(), error.body().as_ref()), (ErrorKind::Api, b"<html>Conflict</html>".as_ref()));

    let server = Server::answering(vec![
        Answer::json(401, r#"{"title":"Who are you?"}"#),
        Answer::json(200, "{}"),
        Answer::new(400, "?"),
        Answer::new(502, "closed"),
    ]);
    let builder = Client::builder().base_url(Host::Default, server.url()).max_retries(0);
    let client = builder.build().expect("a client");
    let error = client.seats().list().await.expect_err("nobody known");
    assert_eq!(error.decode::<Problem>().expect("a problem").title.as_deref(), Some("Who are you?"));
    let error = client.seats().list().await.expect_err("no list");
    assert_eq!((error.kind(), ClearSeatError::of(&error)), (ErrorKind::Decode, None), "a success is no refusal");
    let error = client.seats().clear().await.expect_err("a refusal");
    assert_eq!(ClearSeatError::of(&error), None, "nobody documented 400");
    let error = client.seats().clear().await.expect_err("closed");
    assert_eq!(ClearSeatError::of(&error), Some(ClearSeatError::ServerError("closed".to_owned())));
}
