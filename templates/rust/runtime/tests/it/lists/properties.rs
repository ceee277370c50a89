//! For any sizes of pages, delays and failures, each item comes exactly once and few requests are made.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

use super::server::*;
use crate::runtime::{Paged, Request};

/// A list of `all` items, and how the server gives it.
#[derive(Clone, Debug)]
struct Given {
    all: usize,
    /// Most items of a page, whatever is asked for.
    cap: usize,
    limit: Option<usize>,
    /// How many items the pages have where something says what comes after each: they need not be full.
    sizes: Vec<usize>,
    varies: bool,
    /// Whether the answer has counts.
    counts: bool,
    /// How often whoever waits is told to wait, and whether it then fails, by request.
    moods: Vec<(usize, bool)>,
    /// How many items are taken before the list is left and taken up at its position.
    leave: usize,
}

fn given() -> impl Strategy<Value = Given> {
    let moods = vec((0..3_usize, prop::bool::weighted(0.2)), 0..12);
    let sizes = vec(1..25_usize, 1..6);
    let given = (0..60_usize, 1..25_usize, prop::option::of(1..40_usize), sizes, any::<bool>(), moods, 0..70_usize);
    given.prop_map(|(all, cap, limit, sizes, counts, moods, leave)| Given {
        all,
        cap,
        limit,
        sizes,
        counts,
        varies: false,
        moods,
        leave,
    })
}

impl Given {
    fn size(&self) -> usize {
        self.limit.unwrap_or(20).min(self.cap)
    }

    fn server(&self) -> Server {
        let given = self.clone();
        Server::new(move |asked| {
            let (waits, fails) = given.moods.get(asked.before).copied().unwrap_or_default();
            if fails {
                return Reply::refused().waits(waits);
            }
            let size = given.size();
            let after = asked.query.get("after").map(|at| at.trim_start_matches('i').parse::<usize>().unwrap());
            let page = asked.number("page").map(|page| (page - 1) * size);
            let start = asked.number("offset").or(page).or(after).unwrap_or(0);
            let size = if given.varies { *given.sizes.get(start % given.sizes.len()).unwrap() } else { size };
            let mut body = slice(given.all, start, size);
            let next = (start + size < given.all).then(|| (start + size).to_string());
            body["meta"] = json!({"pages": given.counts.then(|| given.all.div_ceil(size)), "next": next});
            if !given.counts {
                body["total"] = json!(null);
            }
            let reply = Reply::json(&body).waits(waits);
            match next {
                Some(next) => {
                    reply.link(format!("<{}?after={next}>; rel=\"next\"", asked.uri.split('?').next().unwrap()))
                }
                None => reply,
            }
        })
    }

    fn check<O: Paged<Item = Item>>(
        mut self,
        varies: bool,
        begin: impl Fn(Option<usize>, &Server) -> Request<O>,
    ) -> Result<(), TestCaseError> {
        // Without a count a page that is not full is the last one.
        self.varies = varies && self.counts;
        let server = self.server();
        let mut items = begin(self.limit, &server).items();
        let mut numbers = Vec::new();
        let mut left = false;
        for _ in 0..2000 {
            if numbers.len() == self.leave && !left {
                left = true;
                if let Some(position) = items.position() {
                    items = begin(self.limit, &server).items().resume(position);
                }
            }
            // The future is dropped after every poll.
            match pin!(items.next()).poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(Some(Ok(item))) => numbers.push(item.n),
                Poll::Ready(None) => break,
                Poll::Ready(Some(Err(error))) => {
                    prop_assert_eq!(error.status().map(|status| status.as_u16()), Some(403))
                }
                Poll::Pending => {}
            }
        }
        prop_assert_eq!(&numbers, &(0..self.all).collect::<Vec<_>>());
        let failures = self.moods.iter().filter(|(_, fails)| *fails).count();
        // One more may show the end, and one the place where the list was left.
        let smallest = if self.varies { 1 } else { self.size() };
        let most = self.all.div_ceil(smallest) + failures + 2 + usize::from(left);
        prop_assert!(server.lines().len() <= most, "{} requests, at most {most}", server.lines().len());
        Ok(())
    }
}

macro_rules! walks {
    ($($test:ident: $list:ident, $varies:literal;)*) => {
        proptest! {
            $(#[test]
            fn $test(given in given()) {
                given.check($varies, |limit, server| Request::new(&server.client(), $list { at: None, limit }))?;
            })*
        }
    };
}

walks! {
    by_offset: ByOffset, true;
    by_offset_uncounted: ByOffsetUncounted, false;
    by_page: ByPage, false;
    by_page_uncounted: ByPageUncounted, false;
    by_cursor: ByCursor, true;
    by_link: ByLink, true;
}
