//! Whether a failed attempt is followed by another one, and after how long. Nothing here waits or sends.

use std::time::Duration;

use super::RetryClass;

/// The wait before the first retry is at most this long, and doubles with each.
const BASE: Duration = Duration::from_millis(500);

/// No wait of the client's own choice is longer.
const LONGEST: Duration = Duration::from_secs(8);

/// How often a call is sent again, and what the server may ask for.
#[derive(Clone, Copy, Debug)]
pub(super) struct RetryPolicy {
    /// Attempts after the first.
    pub(super) most: u32,
    /// The longest wait that a server may ask for with `Retry-After`; a longer one ends the call.
    pub(super) longest_wait: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { most: 2, longest_wait: Duration::from_secs(30) }
    }
}

/// What a failure says about sending the same request again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
    /// It would fail again, or must not be sent again by itself.
    None,
    /// Nothing was done: no connection, or the server refused to begin.
    Again,
    /// It may have been carried out.
    AgainIfHarmless,
}

/// What one call allows, and what has become of it so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Situation {
    pub(super) class: RetryClass,
    /// The caller accepts that an unsafe call may be carried out twice.
    pub(super) retry_ambiguous: bool,
    /// Retries already made.
    pub(super) retries: u32,
    /// What the server asked to wait.
    pub(super) retry_after: Option<Duration>,
    /// What is left of the time for the whole call.
    pub(super) left: Option<Duration>,
}

impl RetryPolicy {
    /// How long to wait before the next attempt; `None` when there is none. `chance` spreads the attempts of many
    /// clients: all of its values are equally likely.
    pub(super) fn wait(&self, remedy: Remedy, situation: &Situation, chance: u32) -> Option<Duration> {
        let is_allowed = match remedy {
            Remedy::None => false,
            Remedy::Again => true,
            Remedy::AgainIfHarmless => situation.class != RetryClass::Unsafe || situation.retry_ambiguous,
        };
        if !is_allowed || situation.retries >= self.most {
            return None;
        }
        let jitter = fraction(backoff(situation.retries), chance);
        let wait = match situation.retry_after {
            Some(asked) if asked > self.longest_wait => return None,
            // Never earlier than asked; and not all clients at the same moment.
            Some(asked) => asked.saturating_add(jitter),
            None => jitter,
        };
        situation.left.is_none_or(|left| wait < left).then_some(wait)
    }
}

/// The longest wait before a retry: doubling, up to a limit.
fn backoff(retries: u32) -> Duration {
    2_u32.checked_pow(retries).and_then(|factor| BASE.checked_mul(factor)).map_or(LONGEST, |wait| wait.min(LONGEST))
}

/// That share of a wait: nothing for 0, nearly all of it for the largest number.
fn fraction(wait: Duration, chance: u32) -> Duration {
    let nanos = wait.as_nanos().saturating_mul(u128::from(chance)) >> 32;
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: RetryPolicy = RetryPolicy { most: 2, longest_wait: Duration::from_secs(30) };

    fn situation(class: RetryClass) -> Situation {
        Situation { class, retry_ambiguous: false, retries: 0, retry_after: None, left: None }
    }

    #[test]
    fn what_may_have_been_done_is_repeated_only_where_it_is_harmless() {
        use RetryClass::{Idempotent, Safe, Unsafe};
        let waits = |remedy, situation: Situation| POLICY.wait(remedy, &situation, 0).is_some();
        for class in [Safe, Idempotent, Unsafe] {
            assert!(!waits(Remedy::None, situation(class)), "{class:?}");
            assert!(waits(Remedy::Again, situation(class)), "{class:?}");
            assert_eq!(waits(Remedy::AgainIfHarmless, situation(class)), class != Unsafe, "{class:?}");
            let told = Situation { retry_ambiguous: true, ..situation(class) };
            assert!(waits(Remedy::AgainIfHarmless, told), "{class:?}");
            assert!(!waits(Remedy::None, told), "{class:?}");
        }
    }

    #[test]
    fn retries_are_counted() {
        let after = |retries| POLICY.wait(Remedy::Again, &Situation { retries, ..situation(RetryClass::Safe) }, 0);
        assert!(after(0).is_some() && after(1).is_some());
        assert_eq!(after(2), None);
        let none = RetryPolicy { most: 0, ..POLICY };
        assert_eq!(none.wait(Remedy::Again, &situation(RetryClass::Safe), 0), None);
    }

    #[test]
    fn waits_double_up_to_a_limit_and_are_spread_from_nothing_to_all() {
        let policy = RetryPolicy { most: u32::MAX, ..POLICY };
        let wait = |retries, chance| {
            policy.wait(Remedy::Again, &Situation { retries, ..situation(RetryClass::Safe) }, chance).unwrap()
        };
        assert_eq!([wait(0, 0), wait(5, 0)], [Duration::ZERO; 2]);
        assert_eq!(wait(0, 1 << 31), Duration::from_millis(250));
        assert_eq!(wait(1, 1 << 31), Duration::from_millis(500));
        assert_eq!(wait(2, 1 << 31), Duration::from_secs(1));
        for retries in [4, 5, 31, 32, 1000] {
            assert_eq!(wait(retries, 1 << 31), Duration::from_secs(4), "{retries}");
            assert!(wait(retries, u32::MAX) < LONGEST);
        }
    }

    #[test]
    fn what_the_server_asks_for_is_kept_or_ends_the_call() {
        let asked = |seconds, chance| {
            let retry_after = Some(Duration::from_secs(seconds));
            POLICY.wait(Remedy::Again, &Situation { retry_after, ..situation(RetryClass::Unsafe) }, chance)
        };
        assert_eq!(asked(0, 0), Some(Duration::ZERO));
        assert_eq!(asked(30, 0), Some(Duration::from_secs(30)));
        assert_eq!(asked(30, 1 << 31), Some(Duration::from_millis(30_250)));
        assert_eq!(asked(31, 0), None);
        assert_eq!(asked(u64::MAX, u32::MAX), None);
    }

    #[test]
    fn no_wait_goes_past_the_time_for_the_whole_call() {
        let left = |left, chance| {
            let left = Some(Duration::from_millis(left));
            POLICY.wait(Remedy::Again, &Situation { left, ..situation(RetryClass::Safe) }, chance)
        };
        assert_eq!(left(0, 0), None);
        assert_eq!(left(250, 1 << 31), None);
        assert_eq!(left(251, 1 << 31), Some(Duration::from_millis(250)));
    }
}
