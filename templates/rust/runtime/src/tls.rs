//! TLS of the built-in transports: rustls on ring with the platform's certificates, or the platform's own TLS with the
//! feature `native-tls`.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;

use super::Error;

fn unusable(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::config("TLS cannot be set up").with_source(error)
}

/// The provider is named, so that neither another crate's choice nor a missing one matters.
fn ring() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// Sets up TLS for reqwest.
#[cfg(all(feature = "reqwest", not(feature = "native-tls")))]
pub(super) fn of_reqwest(
    client: reqwest::ClientBuilder,
    roots: Vec<CertificateDer<'static>>,
) -> Result<reqwest::ClientBuilder, Error> {
    let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots(roots, ring()).map_err(unusable)?;
    let config = rustls::ClientConfig::builder_with_provider(ring())
        .with_safe_default_protocol_versions()
        .map_err(unusable)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(client.tls_backend_preconfigured(config))
}

/// Sets up TLS for reqwest.
#[cfg(all(feature = "reqwest", feature = "native-tls"))]
pub(super) fn of_reqwest(
    client: reqwest::ClientBuilder,
    roots: Vec<CertificateDer<'static>>,
) -> Result<reqwest::ClientBuilder, Error> {
    let roots: Result<Vec<_>, _> = roots.iter().map(|root| reqwest::Certificate::from_der(root)).collect();
    Ok(client.tls_backend_native().tls_certs_merge(roots.map_err(unusable)?))
}

/// Sets up TLS for ureq, which takes either the platform's certificates or a list: with certificates of the caller's it
/// gets the list of both.
#[cfg(feature = "blocking")]
pub(super) fn of_ureq(roots: Vec<CertificateDer<'static>>) -> Result<ureq::tls::TlsConfig, Error> {
    use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};

    let roots = if roots.is_empty() {
        RootCerts::PlatformVerifier
    } else {
        let own = rustls_native_certs::load_native_certs().certs;
        RootCerts::from(own.iter().chain(&roots).map(|root| Certificate::from_der(root).to_owned()))
    };
    let provider = if cfg!(feature = "native-tls") { TlsProvider::NativeTls } else { TlsProvider::Rustls };
    Ok(TlsConfig::builder().provider(provider).root_certs(roots).unversioned_rustls_crypto_provider(ring()).build())
}
