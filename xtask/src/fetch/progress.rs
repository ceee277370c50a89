//! How far a download is. Shown on a terminal alone.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::report;

/// A bar that is gone when it goes out of scope.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// A bar on standard error, if that is a terminal.
    pub(super) fn new(what: &str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        bar.set_style(style("{spinner} {msg} {bytes}"));
        bar.set_message(what.to_owned());
        Self(bar)
    }

    /// No bar.
    pub(super) fn hidden() -> Self {
        Self(ProgressBar::hidden())
    }

    /// A reply begins, whose length may be known.
    pub(super) fn start(&self, length: Option<u64>) {
        self.0.reset();
        if let Some(length) = length {
            self.0.set_style(style("{msg} [{bar:24}] {bytes} of {total_bytes}"));
            self.0.set_length(length);
        }
    }

    /// So many bytes are there.
    pub(super) fn reach(&self, bytes: u64) {
        self.0.set_position(bytes);
    }

    /// Says something without disturbing the bar.
    pub(super) fn say(&self, text: &str) {
        self.0.suspend(|| report::say(text));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Without colour, whatever NO_COLOR says. A template that cannot be read shows the default.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
