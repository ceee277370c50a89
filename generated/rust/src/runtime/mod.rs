//! What every generated client stands on: requests, answers, errors, values and the transport.
//!
//! The runtime knows no API. Generated code describes one with a [`Profile`], writes each call as an
//! [`Operation`], and hands out [`Request`]s; everything between those and the wire is here.
//!
//! It is sans-IO at heart: `prepare` turns a call into an [`http::Request`], `interpret` turns an
//! [`http::Response`] into an [`Answer`] or an [`Error`]; only `attempts`, `exchange` and, for a token, `oauth` wait, and they
//! reach the network and the clock through a [`Transport`]. Whatever waits in another way shares the first two.

#![forbid(unsafe_code)]
// One runtime serves every API, and few APIs need all of it or show all of it.
#![allow(dead_code, unreachable_pub, unused_imports, unused_macros)]

mod answer;
mod any_call;
mod attempts;
mod base64;
mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
mod budget;
mod builder;
mod call;
mod card_number;
mod client;
mod credential;
mod date;
mod date_time;
pub mod de;
mod decimal;
pub mod decode;
mod download;
mod endpoint;
mod error;
mod exchange;
mod expandable;
mod file;
pub mod header;
mod hook;
mod interpret;
mod items;
mod json_at;
mod link_header;
mod macros;
mod member;
mod mode;
mod multipart;
#[cfg(any(feature = "reqwest", feature = "blocking"))]
mod network;
mod node;
mod oauth;
mod operation;
mod paging;
mod percent;
mod prepare;
mod profile;
mod random;
mod rate_limit;
mod raw;
mod request;
mod retry;
mod retry_after;
#[cfg(feature = "test-util")]
mod sample;
#[cfg(feature = "test-util")]
mod scripted;
mod secret;
pub(crate) mod sending;
mod style;
mod tagged;
#[cfg(feature = "test-util")]
pub mod test_util;
#[cfg(any(feature = "reqwest", feature = "blocking"))]
mod tls;
mod trace;
mod transport;
#[cfg(feature = "reqwest")]
mod transport_reqwest;
#[cfg(feature = "blocking")]
mod transport_ureq;
mod upload;
mod uuid;
mod walk;
mod watch;
#[cfg(feature = "webhooks")]
pub mod webhook;
#[cfg(feature = "webhooks")]
mod webhook_error;
#[cfg(feature = "webhooks")]
mod webhook_key;

pub use self::answer::Answer;
pub use self::any_call::AnyCall;
pub use self::base64::Base64;
pub use self::body::Body;
pub use self::builder::ClientBuilder;
pub use self::call::Call;
pub use self::client::{ApiClient, Client};
pub use self::credential::Credential;
pub use self::date::{Date, ParseError};
pub use self::date_time::DateTime;
pub use self::decimal::Decimal;
pub use self::decode::DecodeError;
pub use self::endpoint::{Endpoint, Evidence, RetryClass};
pub use self::error::{Error, ErrorKind};
pub use self::expandable::{Expandable, Expands};
pub use self::file::File;
pub use self::hook::{Attempt, End, Hook, Outcome};
pub use self::items::{Items, Pages};
pub(crate) use self::macros::{open_enum, open_int_enum, string_id};
pub use self::member::Member;
pub use self::mode::Async;
pub use self::operation::{Operation, Paged, Streams};
pub use self::paging::{Paging, Position};
pub use self::profile::{
    HeaderProfile, HostProfile, IdempotencyProfile, Profile, RateLimitProfile, Scheme, SchemeKind, VariableProfile,
};
pub use self::rate_limit::RateLimit;
pub use self::raw::Raw;
pub use self::request::Request;
#[cfg(feature = "test-util")]
pub(crate) use self::sample::samples;
pub use self::secret::Secret;
pub use self::style::Style;
pub use self::tagged::tagged;
pub use self::transport::{BoxFuture, Timeout, Transport, TransportError, TransportErrorKind};
#[cfg(feature = "reqwest")]
pub use self::transport_reqwest::ReqwestTransport;
#[cfg(feature = "blocking")]
pub use self::transport_ureq::UreqTransport;
pub use self::upload::Upload;
pub use self::uuid::Uuid;
