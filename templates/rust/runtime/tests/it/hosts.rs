//! Where a host is: its variables, and other hosts in its place.

use bytes::Bytes;
use http::Method;

use crate::runtime::{
    Call, ClientBuilder, DecodeError, Endpoint, Error, ErrorKind, Evidence, HostProfile, Operation, Profile, Request,
    RetryClass, VariableProfile,
};
use crate::scripted::Scripted;

const fn variable(name: &'static str, setting: usize, default: Option<&'static str>) -> VariableProfile {
    VariableProfile { name, setting, default }
}

static PROFILE: Profile = Profile {
    user_agent: "hosts",
    hosts: &[
        HostProfile {
            name: "live",
            url: "https://{tenant}.api{stage}.test:{port}/{base}/x",
            security: &[],
            variables: &[
                variable("tenant", 0, None),
                variable("stage", 1, Some("")),
                variable("port", 2, Some("443")),
                variable("base", 3, Some("v2/api")),
            ],
        },
        HostProfile {
            name: "test",
            url: "{scheme}://test.test",
            security: &[],
            variables: &[variable("scheme", 4, Some("https"))],
        },
        HostProfile { name: "own", url: "{url}", security: &[], variables: &[variable("url", 5, None)] },
        HostProfile { name: "odd", url: "https://{nobody}.test", security: &[], variables: &[] },
    ],
    schemes: &[],
    headers: &[],
    idempotency: None,
    request_id_headers: &[],
    rate_limit: None,
    error_code: "",
    error_message: "",
};

#[derive(Clone, Debug)]
struct On<const HOST: usize>;

impl<const HOST: usize> Operation for On<HOST> {
    type Output = ();
    const ENDPOINT: Endpoint = Endpoint {
        id: "on",
        method: Method::GET,
        path: "/p",
        host: HOST,
        security: &[],
        retry: RetryClass::Safe,
        evidence: Evidence::Published,
        accept: None,
    };

    fn encode(&self, _call: &mut Call) -> Result<(), Error> {
        Ok(())
    }

    fn decode(_body: &Bytes) -> Result<(), DecodeError> {
        Ok(())
    }
}

fn with(settings: &[(usize, &str)]) -> ClientBuilder {
    let builder = <ClientBuilder>::new(&PROFILE);
    settings.iter().fold(builder, |builder, (setting, value)| builder.variable_at(*setting, *value))
}

async fn called<const HOST: usize>(builder: ClientBuilder) -> String {
    let transport = Scripted::default();
    let client = builder.transport(transport.clone()).build().unwrap();
    Request::new(&client, On::<HOST>).await.unwrap();
    transport.seen()[0].line()
}

#[tokio::test]
async fn variables_have_their_values_or_their_defaults() {
    assert_eq!(called::<0>(with(&[(0, "acme")])).await, "GET https://acme.api.test:443/v2/api/x/p");
    let all = with(&[(0, "first"), (1, "-beta"), (2, "8443"), (3, "v3"), (0, "last")]);
    assert_eq!(called::<0>(all).await, "GET https://last.api-beta.test:8443/v3/x/p");
    assert_eq!(called::<1>(with(&[])).await, "GET https://test.test/p");
    assert_eq!(called::<2>(with(&[(5, "http://localhost:1/a")])).await, "GET http://localhost:1/a/p");
    assert_eq!(called::<0>(with(&[]).base_url_at(0, "https://b.test/")).await, "GET https://b.test/p");
}

#[tokio::test]
async fn a_host_may_take_the_calls_of_another() {
    assert_eq!(called::<0>(with(&[]).replace_host_at(0, 1)).await, "GET https://test.test/p");
    let moved = with(&[]).replace_host_at(0, 1).base_url_at(1, "https://b.test");
    assert_eq!(called::<0>(moved).await, "GET https://b.test/p");
}

#[tokio::test]
async fn what_is_missing_fails_only_the_calls_that_need_it() {
    let transport = Scripted::default();
    let client = with(&[]).transport(transport.clone()).build().unwrap();
    for (error, words) in [
        (Request::new(&client, On::<0>).await.unwrap_err(), "live needs its variable `tenant`"),
        (Request::new(&client, On::<3>).await.unwrap_err(), "odd has a variable `nobody` that nobody knows"),
    ] {
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains(words), "{error}");
    }
    assert!(transport.seen().is_empty());
}

#[test]
fn a_value_never_leaves_its_piece_of_the_url() {
    for (setting, value) in [
        (0, "evil.test/"),
        (0, "evil.test#"),
        (0, "evil.test?"),
        (0, "me@evil.test"),
        (0, "evil.test\\"),
        (0, "ä"),
        (0, ""),
        (0, "{stage}"),
        (2, "1/"),
        (3, "a?b"),
        (3, "../.."),
        (3, "a b"),
        (4, "https://evil.test/"),
        (4, "http"),
        (4, "ftp"),
        (5, "http://evil.test"),
    ] {
        let mut settings = vec![(0, "acme")];
        settings.push((setting, value));
        let error = with(&settings).transport(Scripted::default()).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{value}");
    }
}
