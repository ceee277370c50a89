//! What values of a request tell while they are written, wherever in it they stand.
//!
//! An id says that it is none: an answer that leaves an id out has an empty one, which a program may pass on without a look,
//! while an answer that is stored may well hold it. A secret says that it is sent, so that the server's words about it are
//! not repeated.

use std::cell::Cell;

use super::{Error, Secret};

thread_local! {
    static STATE: Cell<State> = const { Cell::new(State::Elsewhere) };
    /// Secrets that were written, while anybody asks for them.
    static SECRETS: Cell<Option<Vec<Secret>>> = const { Cell::new(None) };
}

/// Fewest letters of a secret that is looked for: shorter ones are in every text.
const SHORTEST: usize = 3;

/// Writes the values of a call, and gives the secrets among them.
pub(super) fn secrets_of<T>(write: impl FnOnce() -> T) -> (T, Vec<Secret>) {
    struct Ended;
    impl Drop for Ended {
        fn drop(&mut self) {
            SECRETS.set(None);
        }
    }
    SECRETS.set(Some(Vec::new()));
    let ended = Ended;
    let written = write();
    let mut secrets = SECRETS.take().unwrap_or_default();
    drop(ended);
    secrets.retain(|secret| secret.expose().chars().count() >= SHORTEST);
    (written, secrets)
}

/// Tells whoever asks that this secret is written.
pub(super) fn note(secret: &Secret) {
    if let Some(mut secrets) = SECRETS.take() {
        secrets.push(secret.clone());
        SECRETS.set(Some(secrets));
    }
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
        State::Empty(id) => Error::argument(format!("`{name}` has a `{id}` that is empty or has a line break")),
        State::Sending | State::Elsewhere => Error::argument(format!("`{name}` cannot be serialised")),
    })
}

/// Whether this id must not be written now: it is empty, blank, or has a line break that came along from a file.
pub(crate) fn refuses(ty: &'static str, id: &str) -> bool {
    let is_none = id.trim().is_empty() || id.contains(char::is_control);
    let refused = is_none && matches!(STATE.get(), State::Sending | State::Empty(_));
    if refused {
        STATE.set(State::Empty(ty));
    }
    refused
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_requests_refuse_and_the_state_is_put_back() {
        assert!(!refuses("CustomerId", ""));
        let refused = written("customer", || {
            assert!(refuses("CustomerId", ""));
            Err::<(), _>(serde::ser::Error::custom("empty"))
        });
        assert_eq!(
            refused.map_err(|error| error.message().to_owned()),
            Err("`customer` has a `CustomerId` that is empty or has a line break".into())
        );
        let broken = written("customer", || Err::<(), _>(serde::ser::Error::custom("a secret")));
        assert_eq!(broken.map_err(|error| error.message().to_owned()), Err("`customer` cannot be serialised".into()));
        let panicked =
            std::panic::catch_unwind(|| written::<()>("customer", || std::panic::resume_unwind(Box::new(()))));
        assert!(panicked.is_err());
        assert!(!refuses("CustomerId", "\n"));
        assert!(!refuses("CustomerId", ""));
    }

    #[test]
    fn secrets_are_told_to_whoever_asks() {
        note(&Secret::from("before"));
        let (_, told) = secrets_of(|| ["card", "no", "code"].map(|text| note(&Secret::from(text))));
        assert_eq!(told, [Secret::from("card"), Secret::from("code")]);
        assert!(secrets_of(|| ()).1.is_empty());
    }
}
