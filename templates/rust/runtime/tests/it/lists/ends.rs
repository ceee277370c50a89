//! Where lists end, and what is asked for until then.

use serde_json::{Value, json};

use super::server::*;
use crate::runtime::ErrorKind;

fn numbers(to: usize) -> Vec<usize> {
    (0..to).collect()
}

/// Of that many items, at most `cap` a page and 20 unless asked for fewer or more.
fn counted(all: usize, cap: usize) -> Server {
    Server::new(move |asked| {
        let limit = asked.number("limit").unwrap_or(20).min(cap);
        Reply::json(&slice(all, asked.number("offset").unwrap_or(0), limit))
    })
}

#[tokio::test]
async fn many_pages_are_asked_for_one_after_the_other() {
    let server = counted(50, 100);
    assert_eq!(all(ByOffset::of(&server.client())).await.unwrap(), numbers(50));
    assert_eq!(server.lines(), ["/shop/things", "/shop/things?offset=20", "/shop/things?offset=40"]);
}

#[tokio::test]
async fn a_list_that_ends_with_a_full_page_is_not_asked_for_more() {
    let server = counted(40, 100);
    assert_eq!(all(ByOffset::of(&server.client())).await.unwrap(), numbers(40));
    assert_eq!(server.lines().len(), 2);
}

#[tokio::test]
async fn an_empty_list_has_no_items() {
    let server = counted(0, 100);
    assert_eq!(all(ByOffset::of(&server.client())).await.unwrap(), numbers(0));
    for body in [json!({"data": null, "total": 7}), json!({"total": 7}), json!({"data": [], "total": 7})] {
        let server = Server::new(move |_| Reply::json(&body));
        assert_eq!(all(ByOffset::of(&server.client())).await.unwrap(), numbers(0));
        assert_eq!(server.lines().len(), 1);
    }
}

#[tokio::test]
async fn a_limit_that_the_api_lowers_ends_nothing() {
    let server = counted(250, 100);
    let request = crate::runtime::Request::new(&server.client(), ByOffset { at: None, limit: Some(1000) });
    assert_eq!(all(request).await.unwrap(), numbers(250));
    let lines = server.lines();
    assert_eq!(
        lines,
        ["?limit=1000", "?limit=1000&offset=100", "?limit=1000&offset=200"].map(|query| format!("/shop/things{query}"))
    );
}

#[tokio::test]
async fn a_list_begins_where_its_arguments_say() {
    let server = counted(50, 100);
    let request =
        crate::runtime::Request::new(&server.client(), ByOffset { at: Some("35".to_owned()), limit: Some(10) });
    assert_eq!(all(request).await.unwrap(), (35..50).collect::<Vec<_>>());
    assert_eq!(server.lines(), ["/shop/things?offset=35&limit=10", "/shop/things?offset=45&limit=10"]);
}

#[tokio::test]
async fn without_a_count_a_short_page_is_the_last() {
    let uncounted = |all: usize| {
        Server::new(move |asked| {
            Reply::json(&{
                let mut page =
                    slice(all, asked.number("offset").unwrap_or(0), asked.number("limit").unwrap_or(20).min(100));
                page["total"] = Value::Null;
                page
            })
        })
    };
    // The third page has fewer than those before it.
    let server = uncounted(50);
    assert_eq!(all(ByOffsetUncounted::of(&server.client())).await.unwrap(), numbers(50));
    assert_eq!(server.lines().len(), 3);
    // The last page is full, so only an empty one shows it.
    let server = uncounted(40);
    assert_eq!(all(ByOffsetUncounted::of(&server.client())).await.unwrap(), numbers(40));
    assert_eq!(server.lines().len(), 3);
    // Fewer than asked for are no proof: the API may give no more at a time.
    let server = uncounted(150);
    let request = crate::runtime::Request::new(&server.client(), ByOffsetUncounted { at: None, limit: Some(1000) });
    assert_eq!(all(request).await.unwrap(), numbers(150));
    assert_eq!(server.lines().len(), 2);
}

#[tokio::test]
async fn the_count_may_change_on_the_way() {
    // Ten items go while the list is read: the last page says so.
    let server = Server::new(|asked| {
        Reply::json(&slice(if asked.before == 0 { 50 } else { 40 }, asked.number("offset").unwrap_or(0), 20))
    });
    assert_eq!(all(ByOffset::of(&server.client())).await.unwrap(), numbers(40));
    assert_eq!(server.lines().len(), 2);
    // All after the first page go.
    let server = Server::new(|asked| {
        Reply::json(&slice(if asked.before == 0 { 50 } else { 20 }, asked.number("offset").unwrap_or(0), 20))
    });
    assert_eq!(all(ByOffset::of(&server.client())).await.unwrap(), numbers(20));
    assert_eq!(server.lines().len(), 2);
    // Ten come.
    let server = Server::new(|asked| {
        Reply::json(&slice(if asked.before == 0 { 35 } else { 45 }, asked.number("offset").unwrap_or(0), 20))
    });
    assert_eq!(all(ByOffset::of(&server.client())).await.unwrap(), numbers(45));
    assert_eq!(server.lines().len(), 3);
}

#[tokio::test]
async fn a_count_smaller_than_its_page_is_none() {
    let server = Server::new(|asked| {
        let mut page = slice(30, asked.number("offset").unwrap_or(0), 20);
        page["total"] = json!(0);
        Reply::json(&page)
    });
    assert_eq!(all(ByOffset::of(&server.client())).await.unwrap(), numbers(30));
}

#[tokio::test]
async fn a_repeated_page_is_given_once() {
    // Without a count there is nothing to say against it.
    let server = Server::new(|_| Reply::json(&page(0..5)));
    assert_eq!(all(ByOffsetUncounted::of(&server.client())).await.unwrap(), numbers(5));
    assert_eq!(server.lines().len(), 2);
    assert_eq!(all(ByPageUncounted::of(&server.client())).await.unwrap(), numbers(5));

    // With one, items are missing.
    let server = Server::new(|_| Reply::json(&slice(100, 0, 5)));
    let mut items = ByOffset::of(&server.client()).items();
    for number in 0..5 {
        assert_eq!(items.next().await.unwrap().unwrap().n, number);
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::Paging, Some(200)));
    assert!(
        error.to_string().starts_with("things.list: incomplete list (HTTP 200 OK): the API gave a page again"),
        "{error}"
    );
    assert!(!error.is_retryable() && !error.outcome_unknown());
    assert!(items.next().await.is_none(), "it is told once");
    assert_eq!(server.lines().len(), 2);
}

#[tokio::test]
async fn pages_in_a_circle_are_given_once() {
    let server = Server::new(|asked| Reply::json(&page(if asked.before % 2 == 0 { 0..3 } else { 3..6 })));
    assert_eq!(all(ByOffsetUncounted::of(&server.client())).await.unwrap(), numbers(6));
    assert_eq!(server.lines().len(), 3);
}

/// Pages by number, of `size` items.
fn numbered(all: usize, size: usize, pages: Option<usize>, first: usize) -> Server {
    Server::new(move |asked| {
        let number = asked.number("page").unwrap_or(first);
        let mut page = slice(all, (number - first) * size, size);
        page["meta"] = json!({"pages": pages});
        Reply::json(&page)
    })
}

#[tokio::test]
async fn pages_by_number_end_with_the_last_one_counted() {
    let server = numbered(50, 20, Some(3), 1);
    assert_eq!(all(ByPage::of(&server.client())).await.unwrap(), numbers(50));
    assert_eq!(server.lines(), ["/shop/things", "/shop/things?page=2", "/shop/things?page=3"]);
    let server = numbered(40, 20, Some(2), 1);
    assert_eq!(all(ByPage::of(&server.client())).await.unwrap(), numbers(40));
    assert_eq!(server.lines().len(), 2);
    // A count may be wrong, or missing: what is there decides.
    for pages in [None, Some(0), Some(7)] {
        let server = numbered(50, 20, pages, 1);
        assert_eq!(all(ByPage::of(&server.client())).await.unwrap(), numbers(50), "{pages:?}");
        assert!(server.lines().len() <= 4);
    }
}

#[tokio::test]
async fn a_server_that_answers_the_last_page_for_those_beyond_it_ends_the_list() {
    let server = Server::new(|asked| Reply::json(&slice(40, (asked.number("page").unwrap_or(1).min(2) - 1) * 20, 20)));
    assert_eq!(all(ByPageUncounted::of(&server.client())).await.unwrap(), numbers(40));
    assert_eq!(server.lines().len(), 3);
}

/// Pages by a cursor, each said to lead to the next.
fn leading(to: &'static [Value]) -> Server {
    Server::new(move |asked| {
        let number = asked.before;
        let mut body = page(number * 2..number * 2 + 2);
        body["meta"] = json!({"next": to.get(number)});
        Reply::json(&body)
    })
}

#[tokio::test]
async fn cursors_lead_from_page_to_page() {
    static TO: std::sync::LazyLock<Vec<Value>> = std::sync::LazyLock::new(|| vec![json!("a b&=é"), json!(17)]);
    let server = leading(&TO);
    assert_eq!(all(ByCursor::of(&server.client())).await.unwrap(), numbers(6));
    assert_eq!(server.lines(), ["/shop/things", "/shop/things?after=a%20b%26%3D%C3%A9", "/shop/things?after=17"]);
    for end in [json!(null), json!(""), json!({"a": 1}), json!(false)] {
        let end: &'static [Value] = vec![end].leak();
        let server = leading(end);
        assert_eq!(all(ByCursor::of(&server.client())).await.unwrap(), numbers(2), "{end:?}");
    }
}

#[tokio::test]
async fn a_cursor_that_was_there_before_leads_nowhere() {
    // One that leads to its own page is an end.
    let server = leading(vec![json!("a"), json!("a"), json!("a")].leak());
    assert_eq!(all(ByCursor::of(&server.client())).await.unwrap(), numbers(4));
    // One that leads further back is a circle.
    let server = leading(vec![json!("a"), json!("b"), json!("a")].leak());
    let mut items = ByCursor::of(&server.client()).items();
    let error = items.collect_up_to(100).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Paging);
    assert_eq!(items.collect_up_to(100).await.unwrap().len(), 6, "what was received is kept");
    assert_eq!(server.lines().len(), 3);
    // The parameter is ignored.
    let server = Server::new(|asked| {
        let mut body = page(0..2);
        body["meta"] = json!({"next": asked.before});
        Reply::json(&body)
    });
    let error = all(ByCursor::of(&server.client())).await.unwrap_err();
    assert!(error.message().contains("again"), "{error}");
}

#[tokio::test]
async fn a_flag_beats_what_a_cursor_seems_to_say() {
    let flagged = |has_more: bool, next: Value, items: usize| {
        Server::new(move |asked| {
            let mut body = page(asked.before * 2..asked.before * 2 + items);
            body["has_more"] = json!(has_more);
            body["meta"] = json!({"next": next});
            Reply::json(&body)
        })
    };
    let server = flagged(false, json!("a"), 2);
    assert_eq!(all(ByCursorOrNot::of(&server.client())).await.unwrap(), numbers(2));
    for (next, items, said) in [(json!(null), 2, "but not where"), (json!("a"), 0, "an empty page")] {
        let error = all(ByCursorOrNot::of(&flagged(true, next, items).client())).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging);
        assert!(error.message().contains(said), "{error}");
    }
}

#[tokio::test]
async fn the_last_item_may_say_where_the_next_page_begins() {
    let server = Server::new(|asked| {
        let after = asked.query.get("after").map_or(0, |id| id.trim_start_matches('i').parse::<usize>().unwrap() + 1);
        let mut body = slice(7, after, 3);
        body["has_more"] = json!(after + 3 < 7);
        Reply::json(&body)
    });
    assert_eq!(all(ByLastItem::of(&server.client())).await.unwrap(), numbers(7));
    assert_eq!(server.lines(), ["/shop/things", "/shop/things?after=i2", "/shop/things?after=i5"]);

    let server = Server::new(|_| Reply::json(&json!({"data": [{"n": 1}]})));
    let error = all(ByLastItem::of(&server.client())).await.unwrap_err();
    assert!(error.message().contains("lacks"), "{error}");
}
