//! A small API written by hand, as generated code would write it.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use crate::runtime::{
    ApiClient, Async, Call, ClientBuilder, Credential, DecodeError, Endpoint, Error, Evidence, Expandable, Expands,
    File, HeaderProfile, HostProfile, IdempotencyProfile, Operation, Profile, RateLimitProfile, Request, RetryClass,
    Scheme, SchemeKind, Secret, Style, de, decode, open_enum, string_id,
};

pub static PROFILE: Profile = Profile {
    user_agent: "sample-rust/0.1.0",
    hosts: &[
        HostProfile { name: "api", url: "https://api.example.com", security: &[&[0], &[1]], variables: &[] },
        HostProfile { name: "vault", url: "https://vault.example.com/v1/", security: &[&[1]], variables: &[] },
        HostProfile { name: "relative", url: "/elsewhere", security: &[], variables: &[] },
    ],
    schemes: &[
        Scheme { name: "secret_key", kind: SchemeKind::BasicKey, prefixes: &["skey_"] },
        Scheme { name: "public_key", kind: SchemeKind::BasicKey, prefixes: &["pkey_"] },
    ],
    headers: &[HeaderProfile { name: "Api-Version", value: "2019-05-29" }],
    idempotency: Some(IdempotencyProfile { header: "Idempotency-Key", methods: &["POST", "PATCH"] }),
    request_id_headers: &["x-request-id", "x-trace"],
    rate_limit: Some(RateLimitProfile { limit: "x-limit", remaining: "x-left", reset: "x-reset" }),
    error_code: "/code",
    error_message: "/message",
};

impl<M> ApiClient<M> {
    pub fn builder() -> ClientBuilder<M> {
        ClientBuilder::new(&PROFILE)
    }

    pub fn charges(&self) -> Charges<M> {
        Charges { client: self.clone() }
    }
}

impl<M> ClientBuilder<M> {
    pub fn secret_key(self, key: impl Into<Secret>) -> Self {
        self.credential(0, Credential::key(key))
    }

    pub fn public_key(self, key: impl Into<Secret>) -> Self {
        self.credential(1, Credential::key(key))
    }
}

/// Identifies a charge: `chrg_...`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChargeId(String);
string_id!(ChargeId);

/// State of a charge.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChargeStatus {
    Successful,
    Failed,
    Unknown(String),
}

impl ChargeStatus {
    const KNOWN: &'static [(&'static str, Self)] = &[("successful", Self::Successful), ("failed", Self::Failed)];
}

open_enum!(ChargeStatus);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Charge {
    #[serde(default, deserialize_with = "de::or_default")]
    pub id: ChargeId,
    pub amount: Option<i64>,
    #[serde(default, deserialize_with = "de::or_default")]
    pub status: ChargeStatus,
    pub refund_of: Option<Expandable<Charge>>,
}

impl Expands for Charge {
    type Id = ChargeId;

    fn id(&self) -> Option<&ChargeId> {
        Some(&self.id).filter(|id| !id.is_empty())
    }
}

#[derive(Clone, Debug)]
pub struct Charges<M = Async> {
    client: ApiClient<M>,
}

impl<M> Charges<M> {
    pub fn create(&self, amount: i64, currency: impl Into<String>) -> Request<CreateCharge, M> {
        let currency = currency.into();
        Request::new(&self.client, CreateCharge { amount, currency, card: None })
    }

    pub fn retrieve(&self, id: impl Into<ChargeId>) -> Request<RetrieveCharge, M> {
        Request::new(&self.client, RetrieveCharge { id: id.into() })
    }

    pub fn list(&self) -> Request<ListCharges, M> {
        Request::new(&self.client, ListCharges { limit: None, filters: None })
    }

    pub fn upload(&self, id: impl Into<ChargeId>, file: File) -> Request<UploadEvidence, M> {
        let operation = UploadEvidence { id: id.into(), kind: "receipt".to_owned(), file };
        Request::new(&self.client, operation)
    }

    pub fn guess(&self) -> Request<Guess, M> {
        Request::new(&self.client, Guess)
    }

    pub fn create_token(&self, number: impl Into<Secret>) -> Request<CreateToken, M> {
        Request::new(&self.client, CreateToken { number: number.into() })
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct CreateCharge {
    amount: i64,
    currency: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<String>,
}

impl<M> Request<CreateCharge, M> {
    pub fn card(mut self, card: impl Into<String>) -> Self {
        self.operation_mut().card = Some(card.into());
        self
    }
}

impl Operation for CreateCharge {
    type Output = Charge;
    const ENDPOINT: Endpoint = Endpoint {
        id: "charges.create",
        method: Method::POST,
        path: "/charges",
        host: 0,
        security: &[&[0]],
        retry: RetryClass::Unsafe,
        evidence: Evidence::Published,
        accept: Some("application/json"),
    };

    fn encode(&self, call: &mut Call) -> Result<(), Error> {
        call.json(self)
    }

    fn decode(body: &Bytes) -> Result<Charge, DecodeError> {
        decode::object(body)
    }
}

#[derive(Clone, Debug)]
pub struct RetrieveCharge {
    id: ChargeId,
}

impl Operation for RetrieveCharge {
    type Output = Charge;
    const ENDPOINT: Endpoint = Endpoint {
        id: "charges.retrieve",
        method: Method::GET,
        path: "/charges/{id}",
        host: 0,
        security: &[&[0]],
        retry: RetryClass::Safe,
        evidence: Evidence::Published,
        accept: Some("application/json"),
    };

    fn encode(&self, call: &mut Call) -> Result<(), Error> {
        call.path("id", Style::Simple, &self.id)
    }

    fn decode(body: &Bytes) -> Result<Charge, DecodeError> {
        decode::json(body)
    }
}

#[derive(Clone, Debug)]
pub struct ListCharges {
    limit: Option<i64>,
    filters: Option<Filters>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Filters {
    pub status: Option<ChargeStatus>,
    pub amount: Option<i64>,
}

impl<M> Request<ListCharges, M> {
    pub fn limit(mut self, limit: i64) -> Self {
        self.operation_mut().limit = Some(limit);
        self
    }

    pub fn filters(mut self, filters: Filters) -> Self {
        self.operation_mut().filters = Some(filters);
        self
    }
}

impl Operation for ListCharges {
    type Output = Vec<Charge>;
    const ENDPOINT: Endpoint = Endpoint {
        id: "charges.list",
        method: Method::GET,
        path: "/charges",
        host: 0,
        security: &[&[1], &[0]],
        retry: RetryClass::Safe,
        evidence: Evidence::Weak,
        accept: None,
    };

    fn encode(&self, call: &mut Call) -> Result<(), Error> {
        call.query("limit", Style::FormExplode, &self.limit)?;
        call.query("filters", Style::DeepObject, &self.filters)
    }

    fn decode(body: &Bytes) -> Result<Vec<Charge>, DecodeError> {
        decode::json(body)
    }
}

#[derive(Clone, Debug)]
pub struct UploadEvidence {
    id: ChargeId,
    kind: String,
    file: File,
}

impl Operation for UploadEvidence {
    type Output = ();
    const ENDPOINT: Endpoint = Endpoint {
        id: "charges.upload",
        method: Method::POST,
        path: "/charges/{id}/evidence",
        host: 0,
        security: &[&[0]],
        retry: RetryClass::Unsafe,
        evidence: Evidence::Published,
        accept: None,
    };

    fn encode(&self, call: &mut Call) -> Result<(), Error> {
        call.path("id", Style::Simple, &self.id)?;
        call.part("kind", None, &self.kind)?;
        call.file("file", None, &self.file)
    }

    fn decode(body: &Bytes) -> Result<(), DecodeError> {
        decode::empty(body)
    }
}

#[derive(Clone, Debug)]
pub struct Guess;

impl Operation for Guess {
    type Output = ();
    const ENDPOINT: Endpoint = Endpoint {
        id: "charges.guess",
        method: Method::DELETE,
        path: "/guess",
        host: 2,
        security: &[],
        retry: RetryClass::Idempotent,
        evidence: Evidence::Guess,
        accept: None,
    };

    fn encode(&self, _call: &mut Call) -> Result<(), Error> {
        Ok(())
    }

    fn decode(body: &Bytes) -> Result<(), DecodeError> {
        decode::empty(body)
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct CreateToken {
    number: Secret,
}

impl Operation for CreateToken {
    type Output = serde_json::Value;
    const ENDPOINT: Endpoint = Endpoint {
        id: "tokens.create",
        method: Method::POST,
        path: "/tokens",
        host: 1,
        security: &[&[1]],
        retry: RetryClass::Unsafe,
        evidence: Evidence::Published,
        accept: None,
    };

    fn encode(&self, call: &mut Call) -> Result<(), Error> {
        call.form(self)
    }

    fn decode(body: &Bytes) -> Result<serde_json::Value, DecodeError> {
        decode::json(body)
    }
}
