//! When the same request is made again. A schema is only read, so asking twice does no harm.

use std::time::{Duration, SystemTime};

use super::problem::Retry;

/// Requests made before giving up.
pub(super) const ATTEMPTS: u32 = 3;

const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// The longest that a server is waited for on its word.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// How long to wait before the attempt after `made` of them; `None` to give up.
pub(super) fn pause(retry: Retry, made: u32, left: Duration) -> Option<Duration> {
    if made >= ATTEMPTS {
        return None;
    }
    let pause = match retry {
        Retry::Never => return None,
        Retry::Soon => FIRST_PAUSE.saturating_mul(3_u32.saturating_pow(made.saturating_sub(1))),
        Retry::After(seconds) => Duration::from_secs(seconds),
    };
    (pause <= LONGEST_PAUSE && pause < left).then_some(pause)
}

/// Whether a status is worth a second try, and when.
pub(super) fn of_status(status: u16, retry_after: Option<&str>, now: SystemTime) -> Retry {
    match status {
        408 | 429 | 500..=599 => retry_after.and_then(|text| seconds(text, now)).map_or(Retry::Soon, Retry::After),
        _ => Retry::Never,
    }
}

/// `Retry-After`: seconds, or a date.
fn seconds(text: &str, now: SystemTime) -> Option<u64> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
        return Some(text.parse().unwrap_or(u64::MAX));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).map_or(0, |left| left.as_secs().saturating_add(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(300);

    #[test]
    fn pauses_grow_and_end() {
        assert_eq!(pause(Retry::Soon, 1, LONG), Some(Duration::from_millis(500)));
        assert_eq!(pause(Retry::Soon, 2, LONG), Some(Duration::from_millis(1500)));
        assert_eq!(pause(Retry::Soon, 3, LONG), None);
        assert_eq!(pause(Retry::Never, 1, LONG), None);
        assert_eq!(pause(Retry::After(7), 1, LONG), Some(Duration::from_secs(7)));
        assert_eq!(pause(Retry::After(3600), 1, LONG), None);
        assert_eq!(pause(Retry::After(7), 1, Duration::from_secs(5)), None);
    }

    #[test]
    fn only_busy_and_broken_servers_are_asked_again() {
        let now = SystemTime::UNIX_EPOCH;
        assert_eq!(of_status(404, Some("1"), now), Retry::Never);
        assert_eq!(of_status(401, None, now), Retry::Never);
        assert_eq!(of_status(500, None, now), Retry::Soon);
        assert_eq!(of_status(429, Some("2"), now), Retry::After(2));
        assert_eq!(of_status(503, Some("Thu, 01 Jan 1970 00:00:09 GMT"), now), Retry::After(10));
        assert_eq!(of_status(503, Some("soon"), now), Retry::Soon);
        assert_eq!(of_status(503, Some("99999999999999999999999"), now), Retry::After(u64::MAX));
    }
}
