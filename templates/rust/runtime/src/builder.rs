//! How a client is set up.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, header};

use super::budget::{self, Budget};
use super::client::{ApiClient, Client, Shared, configured};
use super::hook::Hook;
use super::mode::Async;
#[cfg(feature = "blocking")]
use super::mode::Blocking;
#[cfg(any(feature = "reqwest", feature = "blocking"))]
use super::network::Network;
use super::oauth::Tokens;
use super::profile::Profile;
use super::retry::RetryPolicy;
use super::transport::Transport;
use super::{Credential, Error, base_url, credential, prepare};

/// Banks take up to a minute to decide on a charge.
const TIMEOUT: Duration = Duration::from_secs(65);
const MAX_RESPONSE_BYTES: usize = 16 * 1024 * 1024;

/// Sets up a client.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<M = Async> {
    profile: &'static Profile,
    credentials: Vec<Option<Credential>>,
    bases: Vec<Option<String>>,
    /// Which host takes the calls of each host.
    takers: Vec<usize>,
    variables: Vec<(usize, String)>,
    token_urls: Vec<Option<String>>,
    headers: Vec<(String, String)>,
    transport: Option<Box<dyn Transport>>,
    #[cfg(any(feature = "reqwest", feature = "blocking"))]
    pub(super) network: Network,
    user_agent: Option<String>,
    timeout: Duration,
    total_timeout: Option<Duration>,
    policy: RetryPolicy,
    retry_budget: u32,
    hooks: Vec<Box<dyn Hook>>,
    max_response_bytes: usize,
    allow_unverified: bool,
    allow_insecure_http: bool,
    mode: PhantomData<fn() -> M>,
}

impl<M> ClientBuilder<M> {
    /// A builder for that API.
    #[doc(hidden)]
    pub fn new(profile: &'static Profile) -> Self {
        Self {
            profile,
            credentials: vec![None; profile.schemes.len()],
            bases: vec![None; profile.hosts.len()],
            takers: (0..profile.hosts.len()).collect(),
            variables: Vec::new(),
            token_urls: vec![None; profile.schemes.len()],
            headers: Vec::new(),
            transport: None,
            #[cfg(any(feature = "reqwest", feature = "blocking"))]
            network: Network::default(),
            user_agent: None,
            timeout: TIMEOUT,
            total_timeout: None,
            policy: RetryPolicy::default(),
            retry_budget: budget::RETRIES,
            hooks: Vec::new(),
            max_response_bytes: MAX_RESPONSE_BYTES,
            allow_unverified: false,
            allow_insecure_http: false,
            mode: PhantomData,
        }
    }

    /// Sets the credential of the scheme with that index.
    #[doc(hidden)]
    pub fn credential(mut self, scheme: usize, credential: Credential) -> Self {
        if let Some(place) = self.credentials.get_mut(scheme) {
            *place = Some(credential);
        }
        self
    }

    /// Replaces the base URL of the host with that index.
    #[doc(hidden)]
    pub fn base_url_at(mut self, host: usize, url: impl Into<String>) -> Self {
        if let Some(place) = self.bases.get_mut(host) {
            *place = Some(url.into());
        }
        self
    }

    /// Sends the calls of the host with that index to another one.
    #[doc(hidden)]
    pub fn replace_host_at(mut self, host: usize, by: usize) -> Self {
        if let Some(place) = self.takers.get_mut(host) {
            *place = by;
        }
        self
    }

    /// Sets a variable in the URLs of hosts.
    #[doc(hidden)]
    pub fn variable_at(mut self, setting: usize, value: impl Into<String>) -> Self {
        self.variables.push((setting, value.into()));
        self
    }

    /// Fetches the tokens of the scheme with that index elsewhere.
    #[doc(hidden)]
    pub fn token_url_at(mut self, scheme: usize, url: impl Into<String>) -> Self {
        if let Some(place) = self.token_urls.get_mut(scheme) {
            *place = Some(url.into());
        }
        self
    }

    /// Sends a header with every request, in place of one of that name the client would send by itself.
    pub fn default_header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.headers.push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    /// Says who calls: `shop/2.0`. It goes before this crate's own name in the header `User-Agent`.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = Some(name.into());
        self
    }

    /// Sends requests by other means than the built-in ones.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// How long one attempt may take, from the first byte sent to the last one read: 65 seconds unless set. A request
    /// may have its own.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long a call may take with all its attempts and the waits between: as long as they need unless set. A request
    /// may have its own.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = Some(timeout);
        self
    }

    /// How often a call is sent again after a failure: twice unless set, 0 for never. A request may have its own.
    ///
    /// What was certainly not carried out is sent again: no connection, or 429. After 408, a failure of the server
    /// (5xx) or a lost answer only calls are sent again that do no harm twice; any other ends in an error whose
    /// [`outcome_unknown`](super::Error::outcome_unknown) is true. The waits grow and are left to chance, up to
    /// 8 seconds; a server may ask for longer ones.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.policy.most = retries;
        self
    }

    /// The longest wait a server may ask for with `Retry-After`: 30 seconds unless set. When it asks for more, the call
    /// ends with its answer, and [`retry_after`](super::Error::retry_after) tells.
    pub fn max_retry_wait(mut self, wait: Duration) -> Self {
        self.policy.longest_wait = wait;
        self
    }

    /// How many retries all calls of this client may make in a row while the server answers none: 50 unless set. Five
    /// answers earn one back. So an outage is not multiplied by those who wait for its end.
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.retry_budget = retries;
        self
    }

    /// Watches every attempt, and may add headers to it. Several are called in the order they were added, and in the
    /// reverse order when an attempt is over.
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.hooks.push(Box::new(hook));
        self
    }

    /// The largest answer that is read: 16 MiB unless set. Reading stops at the first byte above it.
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.max_response_bytes = limit;
        self
    }

    /// Allows operations whose route nobody has seen. Without it they are refused before anything is sent.
    pub fn allow_unverified(mut self, allow: bool) -> Self {
        self.allow_unverified = allow;
        self
    }

    /// Allows base URLs that are not `https`. Keys then travel in the clear; to this machine itself
    /// (`localhost`, `127.0.0.1`) plain `http` is always allowed.
    pub fn allow_insecure_http(mut self, allow: bool) -> Self {
        self.allow_insecure_http = allow;
        self
    }

    fn build_over(self, built_in: fn(&Self) -> Result<Box<dyn Transport>, Error>) -> Result<ApiClient<M>, Error> {
        for (scheme, credential) in self.profile.schemes.iter().zip(&self.credentials) {
            if let Some(credential) = credential {
                credential.check(scheme, self.profile.schemes).map_err(Error::config)?;
            }
        }
        let bases = self.base_urls()?;
        self.check_token_urls()?;
        let headers = self.default_headers()?;
        let own = self.credentials.iter().flatten().flat_map(Credential::forms);
        let secrets = own.chain(self.headers.iter().flat_map(|(_, value)| credential::carried(value))).collect();
        let transport = match self.transport {
            Some(_) if self.has_network() => {
                return Err(Error::config(
                    "a proxy, root certificates and the time to connect are settings of the built-in transport, and the client has another one",
                ));
            }
            Some(transport) => transport,
            None => built_in(&self)?,
        };
        Ok(ApiClient {
            shared: Arc::new(Shared {
                profile: self.profile,
                bases,
                credentials: self.credentials,
                token_urls: self.token_urls,
                tokens: Tokens::default(),
                headers,
                secrets,
                transport,
                timeout: self.timeout,
                total_timeout: self.total_timeout,
                policy: self.policy,
                budget: Budget::new(self.retry_budget),
                hooks: self.hooks,
                max_response_bytes: self.max_response_bytes,
                allow_unverified: self.allow_unverified,
                allow_insecure_http: self.allow_insecure_http,
            }),
            mode: PhantomData,
        })
    }

    #[cfg(any(feature = "reqwest", feature = "blocking"))]
    fn has_network(&self) -> bool {
        self.network.is_set()
    }

    #[cfg(not(any(feature = "reqwest", feature = "blocking")))]
    fn has_network(&self) -> bool {
        false
    }

    /// URLs and variables set here are checked now; those of the profile matter only to the calls that use them.
    fn base_urls(&self) -> Result<Vec<Result<String, String>>, Error> {
        let urls = self.takers.iter().map(|&taker| {
            let (Some(host), Some(own)) = (self.profile.hosts.get(taker), self.bases.get(taker)) else {
                return Err(Error::config("there is no such host"));
            };
            let parse = |url: &str| base_url::parse(url, self.allow_insecure_http);
            let named = |problem: String| format!("the base URL of {} {problem}", host.name);
            if let Some(url) = own {
                return parse(url).map(Ok).map_err(|problem| Error::config(named(problem)));
            }
            let url = base_url::fill(host, &self.variables).and_then(|url| parse(&url)).map_err(named);
            let is_set = |setting: usize| self.variables.iter().any(|(set, _)| *set == setting);
            match url {
                Err(problem) if host.variables.iter().any(|variable| is_set(variable.setting)) => {
                    Err(Error::config(problem))
                }
                url => Ok(url),
            }
        });
        urls.collect()
    }

    /// Those that are relative depend on the base URL of a call, and are checked with it.
    fn check_token_urls(&self) -> Result<(), Error> {
        let pairs = self.profile.schemes.iter().zip(&self.token_urls);
        for (scheme, url) in pairs.filter_map(|(scheme, url)| Some((scheme, url.as_deref()?))) {
            if url.contains("://") {
                base_url::token_url(url, "", self.allow_insecure_http)
                    .map_err(|problem| Error::config(format!("the token URL of {} {problem}", scheme.name)))?;
            }
        }
        Ok(())
    }

    fn default_headers(&self) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::new();
        let own = self.profile.user_agent;
        let agent = self.user_agent.as_ref().map_or_else(|| own.to_owned(), |caller| format!("{caller} {own}"));
        prepare::set_header(&mut headers, header::USER_AGENT.as_str(), &agent)?;
        for own in self.profile.headers {
            prepare::set_header(&mut headers, own.name, own.value)?;
        }
        for (name, value) in &self.headers {
            if self.profile.idempotency.is_some_and(|own| own.header.eq_ignore_ascii_case(name)) {
                return Err(Error::config(format!("`{name}` belongs to one call: set it on the request")));
            }
            prepare::set_own_header(&mut headers, name, value)?;
        }
        Ok(headers)
    }
}

impl ClientBuilder {
    /// Checks what was set and makes the client. Nothing is sent.
    ///
    /// # Errors
    /// When a key is of the wrong kind, a URL or a header is malformed, or there is no transport.
    pub fn build(self) -> Result<Client, Error> {
        self.build_over(built_in)
    }
}

#[cfg(feature = "blocking")]
impl ClientBuilder<Blocking> {
    /// Checks what was set and makes the client. Nothing is sent.
    ///
    /// # Errors
    /// When a key is of the wrong kind, or a URL, a header or a certificate is malformed.
    pub fn build(self) -> Result<ApiClient<Blocking>, Error> {
        self.build_over(|builder| {
            let transport = super::UreqTransport::over(&builder.network, Some(builder.timeout))?;
            Ok(Box::new(transport))
        })
    }
}

#[cfg(feature = "reqwest")]
fn built_in(builder: &ClientBuilder) -> Result<Box<dyn Transport>, Error> {
    Ok(Box::new(super::ReqwestTransport::over(&builder.network)?))
}

#[cfg(not(feature = "reqwest"))]
fn built_in(_: &ClientBuilder) -> Result<Box<dyn Transport>, Error> {
    Err(Error::config("no transport: enable the feature `reqwest`, or give the builder one"))
}

impl<M> fmt::Debug for ClientBuilder<M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientBuilder")
            .field("credentials", &configured(self.profile, &self.credentials))
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
