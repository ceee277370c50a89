//! Failures on the way, futures that are dropped, and lists that are left and taken up again.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use futures_core::Stream;
use serde_json::json;

use super::server::*;
use crate::runtime::{Error, ErrorKind, Items, Pages, Position, Request};

/// Fifty items, twenty a page; `reply` may change an answer.
fn fifty(mut reply: impl FnMut(&Asked, Reply) -> Reply + Send + 'static) -> Server {
    Server::new(move |asked| {
        let answer = Reply::json(&slice(50, asked.number("offset").unwrap_or(0), 20));
        reply(asked, answer)
    })
}

fn once<T>(future: impl Future<Output = T>) -> Poll<T> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

#[tokio::test]
async fn after_a_failure_the_same_page_is_asked_for_again() {
    let server = fifty(|asked, answer| if [1, 2, 4].contains(&asked.before) { Reply::refused() } else { answer });
    let mut items = ByOffset::of(&server.client()).items();
    let (mut numbers, mut failures) = (Vec::new(), 0);
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => numbers.push(item.n),
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Api);
                failures += 1;
            }
        }
    }
    assert_eq!((numbers, failures), ((0..50).collect(), 3));
    let expected = ["", "?offset=20", "?offset=20", "?offset=20", "?offset=40", "?offset=40"];
    assert_eq!(server.lines(), expected.map(|query| format!("/shop/things{query}")));
}

#[tokio::test]
async fn what_cannot_be_read_is_asked_for_again_too() {
    let server = fifty(|asked, answer| match asked.before {
        1 => Reply::json(&json!({"data": [{"n": "x"}]})),
        _ => answer,
    });
    let mut items = ByOffset::of(&server.client()).items();
    assert_eq!(items.collect_up_to(60).await.unwrap_err().kind(), ErrorKind::Decode);
    let found = items.collect_up_to(60).await.unwrap();
    assert_eq!(found.iter().map(|item| item.n).collect::<Vec<_>>(), (0..50).collect::<Vec<_>>());
}

#[test]
fn a_future_that_is_dropped_loses_nothing() {
    let server = fifty(|_, answer| answer.waits(3));
    let mut items = ByOffset::of(&server.client()).items();
    let (mut numbers, mut pending) = (Vec::new(), 0);
    loop {
        match once(items.next()) {
            Poll::Pending => pending += 1,
            Poll::Ready(Some(item)) => numbers.push(item.unwrap().n),
            Poll::Ready(None) => break,
        }
    }
    assert_eq!((numbers, pending), ((0..50).collect(), 9));
    assert_eq!(server.lines().len(), 3, "a request in the air goes on");
}

#[test]
fn a_collection_that_is_dropped_loses_nothing() {
    let server = fifty(|_, answer| answer.waits(1));
    let mut items = ByOffset::of(&server.client()).items();
    assert!(once(items.collect_up_to(45)).is_pending());
    assert!(once(items.collect_up_to(45)).is_pending(), "the first page is there, the second is not");
    assert_eq!(items.size_hint(), (20, None));
    let Poll::Ready(Some(first)) = once(items.next()) else { panic!("an item that is there") };
    assert_eq!(first.unwrap().n, 0);
    let rest = loop {
        if let Poll::Ready(rest) = once(items.collect_up_to(usize::MAX)) {
            break rest.unwrap();
        }
    };
    assert_eq!(rest.iter().map(|item| item.n).collect::<Vec<_>>(), (1..50).collect::<Vec<_>>());
    assert_eq!(server.lines().len(), 3);
}

#[tokio::test]
async fn no_page_is_asked_for_that_is_not_needed() {
    let server = fifty(|_, answer| answer);
    let mut items = ByOffset::of(&server.client()).items();
    assert!(items.collect_up_to(0).await.unwrap().is_empty());
    assert_eq!(server.lines().len(), 0);
    assert_eq!(items.collect_up_to(20).await.unwrap().len(), 20);
    assert_eq!(server.lines().len(), 1);
    assert_eq!(items.collect_up_to(5).await.unwrap()[0].n, 20);
    assert_eq!(server.lines().len(), 2);
    assert_eq!(items.collect_up_to(100).await.unwrap().len(), 25);
    assert!(items.collect_up_to(100).await.unwrap().is_empty());
    assert_eq!(server.lines().len(), 3);
    assert_eq!(ByOffset::of(&server.client()).items().collect_up_to(3).await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_list_goes_on_from_a_position() {
    let server = fifty(|_, answer| answer);
    let request = || ByOffset::of(&server.client());
    assert_eq!(serde_json::to_value(request().items().position()).unwrap(), json!({"given": 0}));
    for taken in 0..50 {
        let mut items = request().items();
        items.collect_up_to(taken).await.unwrap();
        let position: Position = serde_json::from_value(serde_json::to_value(items.position()).unwrap()).unwrap();
        let mut rest = request().items().resume(position);
        assert_eq!(rest.next().await.unwrap().unwrap().n, taken);
        assert_eq!(rest.collect_up_to(100).await.unwrap().len(), 49 - taken);
    }
    // Also where it is already: pages that were given before are no circle.
    let mut items = request().items();
    items.collect_up_to(30).await.unwrap();
    let mut items = items.resume(serde_json::from_value(json!({"given": 5})).unwrap());
    assert_eq!(items.collect_up_to(100).await.unwrap().len(), 45);

    let mut items = request().items();
    items.collect_up_to(25).await.unwrap();
    assert_eq!(serde_json::to_value(items.position()).unwrap(), json!({"page": "25", "given": 0}));
    items.collect_up_to(100).await.unwrap();
    assert!(items.position().is_none());

    let position = serde_json::from_value(json!({"page": "x"})).unwrap();
    let error = request().items().resume(position).next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Paging, 0));
}

#[tokio::test]
async fn elsewhere_a_position_is_a_page_and_how_much_of_it_was_given() {
    let server = Server::new(|asked| {
        let number = asked.number("page").unwrap_or(1);
        let mut body = slice(50, (number - 1) * 20, 20);
        body["meta"] = json!({"pages": 3});
        Reply::json(&body)
    });
    for taken in [0, 1, 19, 20, 21, 40, 49] {
        let mut items = ByPage::of(&server.client()).items();
        items.collect_up_to(taken).await.unwrap();
        let mut rest = ByPage::of(&server.client()).items().resume(items.position().unwrap());
        assert_eq!(rest.position(), items.position());
        assert_eq!(rest.next().await.unwrap().unwrap().n, taken);
        assert_eq!(rest.collect_up_to(100).await.unwrap().len(), 49 - taken);
    }
    // A page that became shorter meanwhile has nothing left.
    let position = serde_json::from_value(json!({"page": "3", "given": 15})).unwrap();
    assert!(ByPage::of(&server.client()).items().resume(position).next().await.is_none());
}

#[tokio::test]
async fn pages_come_whole() {
    let server = fifty(|asked, answer| if asked.before == 1 { Reply::refused() } else { answer });
    let mut pages = ByOffset::of(&server.client()).pages();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!((first.status().as_u16(), first.data.len()), (200, 20));
    assert!(pages.next().await.unwrap().is_err());
    assert_eq!(serde_json::to_value(pages.position()).unwrap(), json!({"page": "20", "given": 0}));
    assert_eq!(pages.next().await.unwrap().unwrap().data[0].n, 20);
    let mut rest = ByOffset::of(&server.client()).pages().resume(pages.position().unwrap());
    assert_eq!(rest.next().await.unwrap().unwrap().data[0].n, 40);
    assert!(rest.next().await.is_none() && rest.position().is_none());
}

#[tokio::test]
async fn every_page_has_the_options_of_the_request() {
    let server = fifty(|_, answer| answer);
    let request = ByOffset::of(&server.client()).header("X-Team", "a\nb");
    let mut items = request.items();
    for _ in 0..2 {
        assert_eq!(items.next().await.unwrap().unwrap_err().kind(), ErrorKind::Argument);
    }
    assert!(server.lines().is_empty());
}

#[tokio::test]
async fn lists_are_streams_that_may_be_spawned() {
    fn is_stream<T: Send + Unpin + 'static>(
        stream: impl Stream<Item = T> + Send + Unpin + 'static,
    ) -> impl Stream<Item = T> + Send + Unpin + 'static {
        stream
    }
    let server = fifty(|_, answer| answer.waits(1));
    let request: Request<ByOffset> = ByOffset::of(&server.client());
    let items: Items<ByOffset> = request.clone().items();
    assert_eq!(format!("{items:?}"), "Items { operation: \"things.list\", received: 0, .. }");
    let mut items = is_stream::<Result<Item, Error>>(items);
    let counted = tokio::spawn(async move {
        let mut count = 0;
        while let Some(item) = std::future::poll_fn(|context| Pin::new(&mut items).poll_next(context)).await {
            item.unwrap();
            count += 1;
        }
        count
    });
    assert_eq!(counted.await.unwrap(), 50);
    let pages: Pages<ByOffset> = request.clone().pages();
    drop(is_stream(pages));
    let collected = tokio::spawn(async move { request.items().collect_up_to(30).await });
    assert_eq!(collected.await.unwrap().unwrap().len(), 30);
}

#[cfg(feature = "blocking")]
#[test]
fn a_list_of_a_blocking_client_is_an_iterator() {
    use crate::runtime::blocking;

    let server = fifty(|asked, answer| if asked.before == 1 { Reply::refused() } else { answer.waits(2) });
    let client = blocking::Client::builder().secret_key("skey_1").transport(server.clone()).build().unwrap();
    let request: blocking::Request<ByOffset> = Request::new(&client, ByOffset::default());

    let mut items: blocking::Items<_> = request.clone().items();
    assert_eq!(items.collect_up_to(5).unwrap().len(), 5);
    let rest: Vec<Result<Item, Error>> = items.collect();
    let numbers: Vec<usize> = rest.iter().flatten().map(|item| item.n).collect();
    assert_eq!(numbers, (5..50).collect::<Vec<_>>());
    assert_eq!(rest.iter().filter(|item| item.is_err()).count(), 1, "a failure is no end");

    let sizes: Vec<usize> = request.pages().map(|page| page.unwrap().data.len()).collect();
    assert_eq!(sizes, [20, 20, 10]);
}
