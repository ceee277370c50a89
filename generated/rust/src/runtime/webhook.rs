//! Deliveries of webhooks: signed by the sender, verified before anything in them is believed.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::de::DeserializeOwned;

pub use super::webhook_error::{WebhookError, WebhookErrorKind};
use super::webhook_key::Key;
pub use super::webhook_key::{DigestEncoding, SecretEncoding, SignedPart, WebhookScheme};
use super::{DecodeError, Secret, decode};

/// Most digests that one delivery may carry. Each is compared with each secret's.
const MOST_DIGESTS: usize = 16;

/// An event that an API delivers by itself.
pub trait WebhookEvent: DeserializeOwned {
    /// How its deliveries are signed.
    const SCHEME: &'static WebhookScheme;

    /// Reads an event.
    ///
    /// # Errors
    /// When the body is something else.
    fn read(body: &Bytes) -> Result<Self, DecodeError> {
        decode::object(body)
    }
}

/// Tells deliveries that the API signed from all others, and reads the events in them.
///
/// It is made once and used for every delivery. `Debug` shows nothing of the secrets.
pub struct EventVerifier<E> {
    keys: Vec<Key>,
    tolerance: Duration,
    clock: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    event: PhantomData<fn() -> E>,
}

impl<E: WebhookEvent> EventVerifier<E> {
    /// A verifier that takes what any of these secrets signed: two while one takes the other's place.
    ///
    /// # Errors
    /// When there is no secret, or one is empty or not written as secrets are.
    pub fn new<S: Into<Secret>>(secrets: impl IntoIterator<Item = S>) -> Result<Self, WebhookError> {
        let keys = secrets.into_iter().enumerate().map(|(at, secret)| key(E::SCHEME, &secret.into(), at + 1));
        let keys: Vec<Key> = keys.collect::<Result<_, _>>()?;
        if keys.is_empty() {
            return Err(WebhookError::new(WebhookErrorKind::Secret, "a verifier needs a secret"));
        }
        Ok(Self { keys, tolerance: E::SCHEME.tolerance, clock: Arc::new(SystemTime::now), event: PhantomData })
    }

    /// How far the moment of signing may be from now, before or after it.
    #[must_use]
    pub fn tolerance(self, tolerance: Duration) -> Self {
        Self { tolerance, ..self }
    }

    /// What tells the time in place of the system's clock: in tests, and in WebAssembly, where the standard library has
    /// none.
    #[must_use]
    pub fn clock(self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self { clock: Arc::new(now), ..self }
    }

    /// The event in a delivery, once it is certain who sent it.
    ///
    /// Give the body as it came, byte for byte: JSON that was read and written again is another text.
    ///
    /// # Errors
    /// When the delivery cannot be taken; [`WebhookError::kind`] says why.
    pub fn verify(&self, headers: &HeaderMap, body: impl AsRef<[u8]>) -> Result<E, WebhookError> {
        let body = body.as_ref();
        self.check(headers, body)?;
        E::read(&Bytes::copy_from_slice(body)).map_err(WebhookError::decode)
    }

    /// Whether a delivery is genuine and of this time, whatever its body is.
    ///
    /// # Errors
    /// As [`EventVerifier::verify`], which also reads the event.
    pub fn check(&self, headers: &HeaderMap, body: impl AsRef<[u8]>) -> Result<(), WebhookError> {
        let scheme = E::SCHEME;
        let timestamp = scheme.timestamp_header.map(|name| only(headers, name)).transpose()?;
        let digests = digests(scheme, headers)?;
        let text = timestamp.unwrap_or_default();
        let mut is_genuine = false;
        for key in &self.keys {
            let signing = key.sign(scheme, text, body.as_ref());
            for digest in &digests {
                is_genuine |= signing.is(digest);
            }
        }
        if !is_genuine {
            return Err(WebhookError::new(WebhookErrorKind::Mismatch, "no signature of this delivery is right"));
        }
        match (timestamp, scheme.timestamp_header) {
            (Some(text), Some(name)) => self.check_age(moment(text, name)?),
            _ => Ok(()),
        }
    }

    fn check_age(&self, signed: SystemTime) -> Result<(), WebhookError> {
        let now = (self.clock)();
        if now.duration_since(signed).is_ok_and(|age| age > self.tolerance) {
            return Err(WebhookError::new(WebhookErrorKind::TooOld, "this was signed too long ago"));
        }
        if signed.duration_since(now).is_ok_and(|ahead| ahead > self.tolerance) {
            return Err(WebhookError::new(WebhookErrorKind::TooNew, "this was signed at a moment still to come"));
        }
        Ok(())
    }
}

impl<E> Clone for EventVerifier<E> {
    fn clone(&self) -> Self {
        Self { keys: self.keys.clone(), tolerance: self.tolerance, clock: Arc::clone(&self.clock), event: PhantomData }
    }
}

impl<E> fmt::Debug for EventVerifier<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("EventVerifier");
        shown.field("secrets", &self.keys.len()).field("tolerance", &self.tolerance).finish_non_exhaustive()
    }
}

/// The headers of a delivery that is signed at a moment, as the API would sign it.
///
/// # Errors
/// When the secret is empty or not written as secrets are.
pub fn sign<E: WebhookEvent>(secret: &Secret, at: SystemTime, body: &[u8]) -> Result<HeaderMap, WebhookError> {
    let scheme = E::SCHEME;
    let timestamp = at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().to_string();
    let digest = key(scheme, secret, 1)?.sign(scheme, &timestamp, body).text(scheme.digest);
    let mut headers = HeaderMap::new();
    let named = [(Some(scheme.signature_header), digest), (scheme.timestamp_header, timestamp)];
    for (name, value) in named.into_iter().filter_map(|(name, value)| Some((name?, value))) {
        let header = HeaderName::from_bytes(name.as_bytes()).ok().zip(HeaderValue::from_str(&value).ok());
        let (header, value) = header.ok_or_else(|| bad(name, "cannot be sent"))?;
        headers.insert(header, value);
    }
    Ok(headers)
}

/// The key of the secret at this place.
fn key(scheme: &WebhookScheme, secret: &Secret, place: usize) -> Result<Key, WebhookError> {
    let wrong = |why| WebhookError::new(WebhookErrorKind::Secret, format!("secret {place} {why}"));
    Key::new(scheme, secret).map_err(wrong)
}

/// The text of a header that a delivery has once.
fn only<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, WebhookError> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().ok_or_else(|| missing(name))?;
    if values.next().is_some() {
        return Err(bad(name, "is there more than once"));
    }
    value.to_str().map_err(|_| bad(name, "is not text"))
}

/// The digests of a delivery. Those that cannot be right are left out.
fn digests(scheme: &WebhookScheme, headers: &HeaderMap) -> Result<Vec<Vec<u8>>, WebhookError> {
    let name = scheme.signature_header;
    let mut digests = Vec::new();
    let (mut has_header, mut count) = (false, 0);
    // A list may be sent as several lines (RFC 9110, 5.3).
    for value in headers.get_all(name) {
        has_header = true;
        let text = value.to_str().map_err(|_| bad(name, "is not text"))?;
        for digest in text.split(scheme.separator) {
            count += 1;
            if count > MOST_DIGESTS {
                return Err(bad(name, "has too many signatures"));
            }
            digests.extend(scheme.digest.decode(digest.trim()));
        }
    }
    if has_header { Ok(digests) } else { Err(missing(name)) }
}

/// The moment that a text names as seconds since 1970.
fn moment(text: &str, name: &str) -> Result<SystemTime, WebhookError> {
    // `parse` takes a sign, which deliveries have not.
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = text.parse().ok().filter(|_| is_number);
    let moment = seconds.and_then(|seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds)));
    moment.ok_or_else(|| bad(name, "is not a moment in seconds"))
}

fn missing(name: &str) -> WebhookError {
    WebhookError::new(WebhookErrorKind::MissingHeader, format!("the header `{name}` is missing"))
}

fn bad(name: &str, why: &str) -> WebhookError {
    WebhookError::new(WebhookErrorKind::BadHeader, format!("the header `{name}` {why}"))
}
