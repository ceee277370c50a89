//! What all calls of a client together may spend on retries, so that they do not multiply an outage.

use std::sync::atomic::{AtomicU32, Ordering};

/// A retry costs this much.
const COST: u32 = 5;

/// A call that the server answered gives this much back.
const REWARD: u32 = 1;

/// Retries that may be made in a row while nothing succeeds, unless the builder says otherwise.
pub(super) const RETRIES: u32 = 50;

/// Retries left. While a server answers, one call in five may be repeated for ever; while it does not, retries stop
/// after the first few and each call is sent once.
#[derive(Debug)]
pub(super) struct Budget {
    left: AtomicU32,
    most: u32,
}

impl Budget {
    /// Enough for that many retries.
    pub(super) fn new(retries: u32) -> Self {
        let most = retries.saturating_mul(COST);
        Self { left: AtomicU32::new(most), most }
    }

    /// Takes one retry, if there is one.
    pub(super) fn take(&self) -> bool {
        self.change(|left| left.checked_sub(COST))
    }

    /// The server did its work.
    pub(super) fn reward(&self) {
        self.change(|left| Some(left.saturating_add(REWARD).min(self.most)));
    }

    fn change(&self, change: impl Fn(u32) -> Option<u32>) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_answers_earn_a_retry_and_no_more_are_saved_than_there_were() {
        let budget = Budget::new(2);
        budget.reward();
        assert!(budget.take() && budget.take());
        assert!(!budget.take());
        (0..4).for_each(|_| budget.reward());
        assert!(!budget.take());
        budget.reward();
        assert!(budget.take());
        assert!(!budget.take());
        assert!(!Budget::new(0).take());
    }
}
