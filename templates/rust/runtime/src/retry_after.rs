//! How long a server asks to wait (RFC 9110, "Retry-After").

use std::time::{Duration, SystemTime};

use http::{HeaderMap, header};

/// What the answer asks for: seconds, or a date. A date is compared with the server's own `Date`, since clocks differ,
/// and with ours where it sends none. `None` when it asks for nothing that can be read.
pub(super) fn retry_after(headers: &HeaderMap, now: impl FnOnce() -> SystemTime) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let sent = headers.get(header::DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    Some(until.duration_since(sent.unwrap_or_else(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(retry_after: &'static str, date: Option<&'static str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, http::HeaderValue::from_static(retry_after));
        if let Some(date) = date {
            headers.insert(header::DATE, http::HeaderValue::from_static(date));
        }
        let now = || httpdate::parse_http_date("Fri, 31 Dec 1999 23:59:59 GMT").unwrap();
        super::retry_after(&headers, now)
    }

    #[test]
    fn seconds_and_dates_are_read_and_nonsense_is_not() {
        assert_eq!(asks("0", None), Some(Duration::ZERO));
        assert_eq!(asks(" 120 ", None), Some(Duration::from_secs(120)));
        assert_eq!(asks("99999999999999999999999", None), Some(Duration::from_secs(u64::MAX)));
        assert_eq!(asks("Sat, 01 Jan 2000 00:00:09 GMT", None), Some(Duration::from_secs(10)));
        let servers = Some("Sat, 01 Jan 2000 00:00:07 GMT");
        assert_eq!(asks("Sat, 01 Jan 2000 00:00:09 GMT", servers), Some(Duration::from_secs(2)));
        assert_eq!(asks("Sat, 01 Jan 2000 00:00:09 GMT", Some("soon")), Some(Duration::from_secs(10)));
        assert_eq!(asks("Wed, 01 Dec 1999 00:00:00 GMT", None), Some(Duration::ZERO));
        for nonsense in ["", "-1", "1.5", "soon", "1 minute"] {
            assert_eq!(asks(nonsense, None), None, "{nonsense:?}");
        }
    }
}
