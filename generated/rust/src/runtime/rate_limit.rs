//! What answers say about the rate limit.

use http::HeaderMap;

use super::profile::RateLimitProfile;

/// What an answer says about the rate limit. Nothing in the client depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// Requests allowed in a window.
    pub limit: Option<u64>,
    /// Requests left in this window.
    pub remaining: Option<u64>,
    /// When the window ends, as sent: what the number counts, seconds since 1970 for most, the API's documentation says.
    pub reset: Option<u64>,
}

/// Reads the headers; `None` when the answer has none of them.
pub(super) fn rate_limit(profile: Option<&RateLimitProfile>, headers: &HeaderMap) -> Option<RateLimit> {
    let profile = profile?;
    let read = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse().ok();
    let limit =
        RateLimit { limit: read(profile.limit), remaining: read(profile.remaining), reset: read(profile.reset) };
    (limit != RateLimit::default()).then_some(limit)
}
