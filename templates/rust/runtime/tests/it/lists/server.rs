//! A server that answers by what it is asked for, and calls of its lists.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::runtime::{
    Body, BoxFuture, Call, Client, DecodeError, Endpoint, Error, Evidence, Operation, Paged, Paging, Request,
    RetryClass, Style, Transport, TransportError, de, decode,
};

/// What the server is asked: its query, and how many requests came before.
pub struct Asked {
    pub uri: String,
    pub query: BTreeMap<String, String>,
    pub before: usize,
}

impl Asked {
    pub fn number(&self, name: &str) -> Option<usize> {
        self.query.get(name).map(|value| value.parse().unwrap())
    }
}

/// What it answers, and how often whoever waits is told to wait on.
pub struct Reply {
    pub status: u16,
    pub body: String,
    pub link: Option<String>,
    pub waits: usize,
}

impl Reply {
    pub fn json(body: &Value) -> Self {
        Self { status: 200, body: body.to_string(), link: None, waits: 0 }
    }

    /// A refusal that nobody repeats by himself.
    pub fn refused() -> Self {
        Self { status: 403, body: json!({"code": "no"}).to_string(), link: None, waits: 0 }
    }

    pub fn link(mut self, link: impl Into<String>) -> Self {
        self.link = Some(link.into());
        self
    }

    pub fn waits(mut self, waits: usize) -> Self {
        self.waits = waits;
        self
    }
}

/// A page of items that are called by their numbers.
pub fn page(items: impl IntoIterator<Item = usize>) -> Value {
    let items: Vec<Value> = items.into_iter().map(|item| json!({"id": format!("i{item}"), "n": item})).collect();
    json!({"data": items})
}

/// Of `all` items those from `offset`, at most `limit`, with the count.
pub fn slice(all: usize, offset: usize, limit: usize) -> Value {
    let mut page = page(offset.min(all)..all.min(offset.saturating_add(limit)));
    page["total"] = json!(all);
    page
}

type Answering = dyn FnMut(&Asked) -> Reply + Send;

#[derive(Clone)]
pub struct Server {
    answering: Arc<Mutex<Box<Answering>>>,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub fn new(answering: impl FnMut(&Asked) -> Reply + Send + 'static) -> Self {
        Self { answering: Arc::new(Mutex::new(Box::new(answering))), lines: Arc::default() }
    }

    pub fn client(&self) -> Client {
        Client::builder().secret_key("skey_1").transport(self.clone()).build().unwrap()
    }

    /// Path and query of every request.
    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }
}

impl Transport for Server {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let uri = request.uri();
        let pairs = uri.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
        let mut lines = self.lines.lock().unwrap();
        let asked = Asked {
            uri: uri.to_string(),
            query: pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            before: lines.len(),
        };
        lines.push(uri.path_and_query().unwrap().to_string());
        let reply = (self.answering.lock().unwrap())(&asked);
        Box::pin(async move {
            let mut waits = reply.waits;
            std::future::poll_fn(|context| {
                if waits == 0 {
                    return std::task::Poll::Ready(());
                }
                waits -= 1;
                context.waker().wake_by_ref();
                std::task::Poll::Pending
            })
            .await;
            let mut response = http::Response::builder().status(reply.status);
            if let Some(link) = reply.link {
                response = response.header("Link", link);
            }
            Ok(response.body(Body::from(reply.body.into_bytes())).unwrap())
        })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Item {
    pub n: usize,
}

#[derive(Debug, Deserialize)]
pub struct Listed {
    #[serde(default, deserialize_with = "de::or_default")]
    pub data: Vec<Item>,
}

/// A list that is paged in one way: its type and the rule.
macro_rules! list {
    ($name:ident, $paging:expr) => {
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            pub at: Option<String>,
            pub limit: Option<usize>,
        }

        impl $name {
            /// The list from its beginning.
            pub fn of(client: &Client) -> Request<Self> {
                Request::new(client, Self::default())
            }
        }

        impl Operation for $name {
            type Output = Listed;
            const ENDPOINT: Endpoint = Endpoint {
                id: "things.list",
                method: Method::GET,
                path: "/shop/things",
                host: 0,
                security: &[&[0]],
                retry: RetryClass::Safe,
                evidence: Evidence::Published,
                accept: None,
            };

            fn encode(&self, call: &mut Call) -> Result<(), Error> {
                let parameter = match stringify!($name) {
                    "ByOffset" | "ByOffsetUncounted" => "offset",
                    "ByPage" | "ByPageUncounted" => "page",
                    _ => "after",
                };
                call.query(parameter, Style::FormExplode, &self.at)?;
                call.query("limit", Style::FormExplode, &self.limit)
            }

            fn decode(body: &Bytes) -> Result<Listed, DecodeError> {
                decode::object(body)
            }
        }

        impl Paged for $name {
            type Item = Item;
            const PAGING: Paging = $paging;

            fn items(page: Listed) -> Vec<Item> {
                page.data
            }
        }
    };
}

list!(ByOffset, Paging::offset("/data", "offset", Some("/total")));
list!(ByOffsetUncounted, Paging::offset("/data", "offset", None));
list!(ByPage, Paging::page("/data", "page", 1, Some("/meta/pages")));
list!(ByPageUncounted, Paging::page("/data", "page", 1, None));
list!(ByCursor, Paging::cursor("/data", "after", "/meta/next", None));
list!(ByCursorOrNot, Paging::cursor("/data", "after", "/meta/next", Some("/has_more")));
list!(ByLastItem, Paging::last_item("/data", "after", "/id", Some("/has_more")));
list!(ByLink, Paging::link("/data"));

/// Everything a list gives: numbers of items, and the errors between them.
pub async fn all<O: Paged<Item = Item>>(request: Request<O>) -> Result<Vec<usize>, Error> {
    let mut items = request.items();
    let mut numbers = Vec::new();
    while let Some(item) = items.next().await {
        numbers.push(item?.n);
        assert!(numbers.len() < 10_000, "an endless list");
    }
    assert!(items.next().await.is_none(), "an end stays one");
    assert!(items.position().is_none());
    Ok(numbers)
}
