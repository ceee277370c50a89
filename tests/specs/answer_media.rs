//! What answers are asked for and read as, by their media types; those that are no JSON also as streams.

use bytes::Bytes;
use spec_answer_media::resources::PictureReportAnswer;
use spec_answer_media::types::Report;
use spec_answer_media::{Body, Client, ErrorKind, Host};

use crate::server::{Answer, Server};

const REPORT: &str = r#"{"title":"Sales"}"#;

fn client(answer: Answer) -> (Server, Client) {
    let server = Server::answering(vec![answer]);
    let client = Client::builder().base_url(Host::Default, server.url()).max_response_bytes(100_000);
    (server, client.build().expect("a client"))
}

pub async fn call() {
    json().await;
    texts_and_files().await;
    streams().await;
}

async fn json() {
    let (server, client) = client(Answer::json(200, REPORT));
    let report: Report = client.reports().summary().await.expect("an answer");
    assert_eq!(report.title, "Sales");
    assert_eq!(server.request().header("accept"), Some("application/json"));

    let (server, client) = self::client(Answer::new(200, REPORT));
    assert_eq!(client.reports().vendor().await.expect("an answer").title, "Sales");
    assert_eq!(server.request().header("accept"), Some("application/vnd.example.report+json;version=2"));

    let (server, client) = self::client(Answer::new(200, REPORT));
    assert_eq!(client.reports().any().await.expect("an answer").title, "Sales");
    assert_eq!(server.request().header("accept"), Some("application/*"));

    let (_server, client) = self::client(Answer::json(200, format!("{{\"title\":\"{}\"}}", "x".repeat(100_000))));
    assert_eq!(client.reports().summary().await.expect_err("too large").kind(), ErrorKind::TooLarge);

    let (_server, client) = self::client(Answer::new(204, ""));
    let () = client.reports().remove().await.expect("an answer");
}

async fn texts_and_files() {
    let (server, client) =
        client(Answer::new(200, "Good – mostly").header("Content-Type", "text/plain; charset=utf-8"));
    let words: String = client.reports().words().await.expect("an answer");
    assert_eq!(words, "Good – mostly");
    assert_eq!(server.request().header("accept"), Some("text/plain"));

    let (server, client) = self::client(Answer::new(200, vec![0, 159, 146, 150]));
    let file: Bytes = client.reports().file().await.expect("an answer");
    assert_eq!(file.as_ref(), [0, 159, 146, 150]);
    assert_eq!(server.request().header("accept"), Some("*/*"));

    let (server, client) = self::client(Answer::new(200, vec![137, 80, 78, 71]));
    let picture = client.reports().picture().await.expect("an answer");
    assert_eq!(picture, PictureReportAnswer::Ok(Bytes::from_static(&[137, 80, 78, 71])));
    assert_eq!(server.request().header("accept"), Some("image/*, application/json"));
    let (_server, client) = self::client(Answer::json(202, REPORT));
    let waiting = client.reports().picture().await.expect("an answer");
    assert!(matches!(waiting, PictureReportAnswer::Accepted(report) if report.title == "Sales"));

    for bytes in ["<report/>", "data: 1\n\n"] {
        let (_server, client) = self::client(Answer::new(200, bytes));
        let given = match bytes {
            "<report/>" => client.reports().xml().await,
            _ => client.reports().events().await,
        };
        assert_eq!(given.expect("an answer"), bytes);
    }
    let (server, client) = self::client(Answer::new(200, "?"));
    assert_eq!(client.reports().odd().await.expect("an answer"), "?");
    assert_eq!(server.request().header("accept"), Some("*/*"), "the transport's own");
}

async fn streams() {
    // Ten times what an answer may have in memory.
    let large: Vec<u8> = (0..1_000_000_u32).map(|at| u8::try_from(at % 251).expect("a byte")).collect();
    let (_server, client) = client(Answer::new(200, large.clone()));
    assert_eq!(client.reports().file().await.expect_err("too large").kind(), ErrorKind::TooLarge);
    let (_server, client) = self::client(Answer::new(200, large.clone()).header("X-Kind", "report"));
    let answer = client.reports().file().stream().await.expect("an answer");
    assert_eq!((answer.status().as_u16(), answer.request_id()), (200, None));
    assert_eq!(answer.headers()["x-kind"], "report");
    assert!(answer.body().is_empty(), "nothing was read");
    assert!(read(answer.into_inner()).await == large);

    let (server, client) = self::client(Answer::new(200, "a;b\n"));
    let csv = client.reports().summary().header("Accept", "text/csv").stream().await.expect("an answer");
    assert_eq!(server.request().header("accept"), Some("text/csv"));
    assert_eq!(read(csv.into_inner()).await, b"a;b\n");

    let (_server, client) = self::client(Answer::json(404, r#"{"code":"no_report"}"#));
    let refused = client.reports().file().stream().await.expect_err("no report");
    assert_eq!((refused.kind(), refused.status().map(|status| status.as_u16())), (ErrorKind::Api, Some(404)));
    assert_eq!(refused.body(), r#"{"code":"no_report"}"#);

    let (_server, client) = self::client(Answer::new(200, "abc").cut_after(2));
    let mut body = client.reports().words().stream().await.expect("it begins").into_inner();
    let mut met = Ok(Some(Bytes::new()));
    while let Ok(Some(_)) = met {
        met = body.chunk().await;
    }
    assert!(met.is_err(), "a file that ends too early is no file");
}

async fn read(mut body: Body) -> Vec<u8> {
    let mut all = Vec::new();
    while let Some(chunk) = body.chunk().await.expect("a chunk") {
        all.extend_from_slice(&chunk);
    }
    all
}
