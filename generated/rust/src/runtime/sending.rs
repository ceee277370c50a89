//! What must not be in a request wherever in its values it stands: an id that is empty.
//!
//! An answer that leaves an id out has an empty one, which a program may pass on without a look. Only the id itself sees
//! that while it is written, and an answer that is stored may well hold one, so it is told that it is on its way out.

use std::cell::Cell;

use super::Error;

thread_local! {
    static STATE: Cell<State> = const { Cell::new(State::Elsewhere) };
}

#[derive(Clone, Copy)]
enum State {
    /// What this thread writes, if anything, is no request.
    Elsewhere,
    /// A request is being written.
    Sending,
    /// It held an empty id of this type.
    Empty(&'static str),
}

/// Puts the state back, also where writing panics.
struct Restored(State);

impl Drop for Restored {
    fn drop(&mut self) {
        STATE.set(self.0);
    }
}

/// Writes a value of a request; `name` is what it is called there.
pub(super) fn written<T>(name: &str, write: impl FnOnce() -> Result<T, serde_json::Error>) -> Result<T, Error> {
    let restored = Restored(STATE.replace(State::Sending));
    let written = write();
    let state = STATE.get();
    drop(restored);
    // The error's own text may quote the value; what matters is which argument it was.
    written.map_err(|_| match state {
        State::Empty(id) => Error::argument(format!("`{name}` has an empty `{id}`")),
        State::Sending | State::Elsewhere => Error::argument(format!("`{name}` cannot be serialised")),
    })
}

/// Whether an empty id of this type must not be written now.
pub(crate) fn refuses_empty(id: &'static str) -> bool {
    let sending = matches!(STATE.get(), State::Sending | State::Empty(_));
    if sending {
        STATE.set(State::Empty(id));
    }
    sending
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_requests_refuse_and_the_state_is_put_back() {
        assert!(!refuses_empty("CustomerId"));
        let refused = written("customer", || {
            assert!(refuses_empty("CustomerId"));
            Err::<(), _>(serde::ser::Error::custom("empty"))
        });
        assert_eq!(
            refused.map_err(|error| error.message().to_owned()),
            Err("`customer` has an empty `CustomerId`".into())
        );
        let broken = written("customer", || Err::<(), _>(serde::ser::Error::custom("a secret")));
        assert_eq!(broken.map_err(|error| error.message().to_owned()), Err("`customer` cannot be serialised".into()));
        let panicked =
            std::panic::catch_unwind(|| written::<()>("customer", || std::panic::resume_unwind(Box::new(()))));
        assert!(panicked.is_err());
        assert!(!refuses_empty("CustomerId"));
    }
}
