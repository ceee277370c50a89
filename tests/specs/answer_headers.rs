//! Documented headers of answers, and of refusals, as values.

use spec_answer_headers::resources::{CountTrackHeaders, ListTracksHeaders};
use spec_answer_headers::types::ListTracksXOrder;
use spec_answer_headers::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let full = Answer::json(200, r#"["Blue","So What"]"#)
        .header("x-rate-left", "41")
        .header("X-Total", "2")
        .header("X-Since", "2024-02-29T12:00:00Z")
        .header("X-Fresh", "true")
        .header("X-Share", "0.25")
        .header("X-Order", "newest")
        .header("X-Genres", "jazz, blues")
        .header("X-Genres", "soul")
        .header("X-Sizes", "1,22,333")
        .header("X-Context", r#"{"a":1}"#)
        .header("X-Place", "lat,1.5")
        .header("Set-Cookie", "session=s3cret; Expires=Thu, 01 Jan 2030 00:00:00 GMT")
        .header("Set-Cookie", "theme=dark");
    let odd = Answer::json(200, "[]").header("X-Total", "many").header("X-Order", "random").header("X-Sizes", "1,x");
    let refused = Answer::json(429, "{}").header("X-Rate-Left", "0").header("Retry-After", "30");
    let count = Answer::new(200, "").header("X-Total", "120");
    let server = Server::answering(vec![full, odd, refused, count]);
    let builder = Client::builder().base_url(Host::Default, server.url()).max_retries(0);
    let client = builder.build().expect("a client");

    let answer = client.tracks().list().send().await.expect("an answer");
    let headers = ListTracksHeaders::of(answer.headers());
    assert!(!format!("{headers:?}").contains("s3cret"), "cookies are keys: they are not shown");
    assert_eq!((headers.x_rate_left, headers.x_total, headers.x_share), (Some(41), Some(2), Some(0.25)));
    assert_eq!(headers.x_since.expect("a moment").to_string(), "2024-02-29T12:00:00Z");
    assert_eq!(headers.x_order, Some(ListTracksXOrder::Newest));
    assert_eq!(headers.set_cookie.expect("cookies").len(), 2);
    assert_eq!(headers.x_genres.expect("a list"), ["jazz", "blues", "soul"]);
    assert_eq!(headers.x_sizes.expect("a list"), [1, 22, 333]);
    assert_eq!(headers.x_context.as_deref(), Some(r#"{"a":1}"#));
    assert_eq!(headers.x_place.as_deref(), Some("lat,1.5"));
    #[allow(deprecated)]
    let fresh = headers.x_fresh;
    assert_eq!(fresh, Some(true));
    assert_eq!(headers.retry_after, None);

    let answer = client.tracks().list().send().await.expect("an answer");
    let headers = ListTracksHeaders::of(answer.headers());
    assert_eq!((headers.x_total, headers.x_sizes), (None, None));
    assert_eq!(headers.x_order, Some(ListTracksXOrder::Unknown("random".to_owned())));
    assert_eq!(answer.headers()["x-total"], "many", "what is not as documented is there as it was sent");

    let error = client.tracks().list().await.expect_err("too many calls");
    let headers = ListTracksHeaders::of(error.headers());
    assert_eq!((headers.x_rate_left, headers.retry_after), (Some(0), Some(30)));

    let answer = client.tracks().count().send().await.expect("an answer");
    assert_eq!(CountTrackHeaders::of(answer.headers()).x_total, Some(120));
}
