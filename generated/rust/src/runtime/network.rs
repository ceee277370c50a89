//! How the built-in transports reach the network, in words that belong to neither of them.

use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::{ClientBuilder, Error, Secret};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Servers and balancers drop idle connections after a minute or so. Writing to one just dropped is a request
/// of unknown outcome, so ours are dropped well before.
pub(super) const IDLE_TIMEOUT: Duration = Duration::from_secs(20);

/// What was set; all of it is checked when it is used.
#[derive(Clone, Default)]
pub(super) struct Network {
    proxy: Option<Secret>,
    /// Each the text of one or more certificates.
    roots: Vec<Vec<u8>>,
    connect_timeout: Option<Duration>,
}

impl Network {
    /// Whether anything was set.
    pub(super) fn is_set(&self) -> bool {
        self.proxy.is_some() || !self.roots.is_empty() || self.connect_timeout.is_some()
    }

    pub(super) fn connect_timeout(&self) -> Duration {
        self.connect_timeout.unwrap_or(CONNECT_TIMEOUT)
    }

    /// The proxy's URL, which may hold a password: it is never shown, not even in errors.
    pub(super) fn proxy(&self) -> Result<Option<&Secret>, Error> {
        let Some(secret) = &self.proxy else { return Ok(None) };
        let url: http::Uri = secret.expose().parse().map_err(|_| Self::no_proxy())?;
        let is_known = matches!(url.scheme_str(), Some("http" | "https"));
        if is_known && url.host().is_some_and(|host| !host.is_empty()) {
            Ok(Some(secret))
        } else {
            Err(Self::no_proxy())
        }
    }

    pub(super) fn no_proxy() -> Error {
        Error::config("the proxy is not a URL like `http://user:password@host:port`")
    }

    /// Certificates that are trusted beside the platform's.
    pub(super) fn roots(&self) -> Result<Vec<CertificateDer<'static>>, Error> {
        let mut roots = Vec::new();
        for text in &self.roots {
            let known = roots.len();
            for root in CertificateDer::pem_slice_iter(text) {
                roots.push(root.map_err(|_| Error::config("a root certificate is not PEM"))?);
            }
            if roots.len() == known {
                return Err(Error::config("a root certificate is not PEM"));
            }
        }
        Ok(roots)
    }
}

/// Settings of the built-in transports. A transport of the caller's own has its own.
impl<M> ClientBuilder<M> {
    /// Sends every request through a proxy: `http://user:password@proxy.example.com:3128`, where user and password may be
    /// missing and are percent-encoded. Without one the environment says (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`,
    /// `NO_PROXY`). The URL is never shown.
    pub fn proxy(mut self, url: impl Into<Secret>) -> Self {
        self.network.proxy = Some(url.into());
        self
    }

    /// Trusts the servers that these certificates vouch for, beside those that this machine trusts. `pem` is the text
    /// of one certificate or several.
    pub fn root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.network.roots.push(pem.into());
        self
    }

    /// How long making a connection may take, TLS included: 10 seconds unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.network.connect_timeout = Some(timeout);
        self
    }
}
