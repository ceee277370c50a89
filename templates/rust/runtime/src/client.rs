//! The client: what every request of it shares.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use super::Secret;
use super::budget::Budget;
use super::card_number;
use super::credential::Credential;
use super::hook::Hook;
use super::mode::Async;
use super::oauth::Tokens;
use super::profile::Profile;
use super::retry::RetryPolicy;
use super::transport::Transport;

/// A client of the API whose calls are awaited; its methods are those of [`ApiClient`].
pub type Client = ApiClient<Async>;

/// A client of the API, whose calls are made the way `M` says. Cloning it is cheap, and clones share their connections.
pub struct ApiClient<M> {
    pub(super) shared: Arc<Shared>,
    pub(super) mode: PhantomData<fn() -> M>,
}

/// What the clones of a client share.
pub(super) struct Shared {
    pub(super) profile: &'static Profile,
    /// By host index. A host of the profile may have no usable URL; then only calls to it fail.
    pub(super) bases: Vec<Result<String, String>>,
    /// By scheme index.
    pub(super) credentials: Vec<Option<Credential>>,
    /// Where tokens are fetched instead, by scheme index.
    pub(super) token_urls: Vec<Option<String>>,
    pub(super) tokens: Tokens,
    /// Sent with every request.
    pub(super) headers: HeaderMap,
    /// The client's own keys, in every form that they are quoted in, and what may be keys among the headers that the caller set.
    pub(super) secrets: Vec<Secret>,
    pub(super) transport: Box<dyn Transport>,
    pub(super) timeout: Duration,
    pub(super) total_timeout: Option<Duration>,
    pub(super) policy: RetryPolicy,
    pub(super) budget: Budget,
    pub(super) hooks: Vec<Box<dyn Hook>>,
    pub(super) max_response_bytes: usize,
    pub(super) allow_unverified: bool,
    pub(super) allow_insecure_http: bool,
}

impl Shared {
    /// Takes the client's own keys, and whatever may be a card number, out of text that came from elsewhere.
    pub(super) fn redact(&self, text: &str) -> String {
        let text = self.secrets.iter().fold(text.to_owned(), |text, secret| secret.redact(text));
        card_number::mask(&text)
    }

    /// Keeps the values of headers that repeat a key or a card number out of `Debug`.
    pub(super) fn hide(&self, headers: &mut HeaderMap) {
        for value in headers.values_mut() {
            let text = String::from_utf8_lossy(value.as_bytes());
            if self.redact(&text) != text {
                value.set_sensitive(true);
            }
        }
    }
}

impl<M> Clone for ApiClient<M> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.clone(), mode: PhantomData }
    }
}

impl<M> fmt::Debug for ApiClient<M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shared = &self.shared;
        formatter
            .debug_struct("Client")
            .field("hosts", &shared.bases.iter().flatten().collect::<Vec<_>>())
            .field("credentials", &configured(shared.profile, &shared.credentials))
            .field("timeout", &shared.timeout)
            .field("total_timeout", &shared.total_timeout)
            .field("max_retries", &shared.policy.most)
            .finish_non_exhaustive()
    }
}

/// Names of the schemes that have a credential.
pub(super) fn configured(profile: &'static Profile, credentials: &[Option<Credential>]) -> Vec<&'static str> {
    let pairs = profile.schemes.iter().zip(credentials);
    pairs.filter(|(_, credential)| credential.is_some()).map(|(scheme, _)| scheme.name).collect()
}
