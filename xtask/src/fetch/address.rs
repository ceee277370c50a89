//! Which addresses are asked, and which redirects are followed.

use std::net::IpAddr;

use reqwest::Url;

use super::problem::{ADDRESS, Problem, REDIRECT};

/// An address that may be asked: `https`, or `http` on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address(Url);

impl Address {
    /// Reads an address.
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let refuse = |why: String| {
            Problem::input(ADDRESS, format!("the address cannot be asked: {why}"))
                .help("give an `https` address with --url or in `[fetch]` of the configuration; `http` is for this machine alone")
        };
        let url = Url::parse(text).map_err(|error| refuse(error.to_string()))?;
        accept(url).map_err(refuse)
    }

    /// With a parameter in its query, in the place of one of that name.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        let others: Vec<(String, String)> =
            self.0.query_pairs().filter(|(known, _)| known != name).map(|(k, v)| (k.into(), v.into())).collect();
        self.0.query_pairs_mut().clear().extend_pairs(others).append_pair(name, value);
        self
    }

    /// Where an answer's `Location` leads.
    pub(super) fn redirected(&self, location: &str) -> Result<Self, Problem> {
        let refuse =
            |why: String| Problem::network(REDIRECT, why).help("give the address it really stands at with --url");
        let url =
            self.0.join(location).map_err(|_| refuse("the redirect leads to something that is no address".into()))?;
        let next = accept(url).map_err(|why| refuse(format!("the redirect is not followed: {why}")))?;
        if self.0.scheme() == "https" && next.0.scheme() != "https" {
            return Err(refuse(format!("the redirect from https to {} is not followed", next.shown())));
        }
        Ok(next)
    }

    /// The address without what may be secret: its query.
    pub(super) fn shown(&self) -> String {
        let mut shown = self.0.clone();
        shown.set_query(None);
        shown.set_fragment(None);
        shown.to_string()
    }

    /// Whether it has a query, which may be part of what is asked for.
    pub(super) fn has_query(&self) -> bool {
        self.0.query().is_some()
    }

    /// Whether both name one server.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        self.0.origin() == other.0.origin()
    }

    /// Whether it names this machine.
    pub(super) fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    pub(super) fn url(&self) -> Url {
        self.0.clone()
    }
}

fn accept(mut url: Url) -> Result<Address, String> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it holds a user name or a password, which would be kept in files and logs".into());
    }
    url.set_fragment(None);
    match url.scheme() {
        "https" if url.has_host() => Ok(Address(url)),
        "http" if is_loopback(&url) => Ok(Address(url)),
        "http" => Err(format!("`http` to {} can be read and changed on the way", url.host_str().unwrap_or_default())),
        scheme => Err(format!("`{scheme}` is not `https`")),
    }
}

fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::parse(text).unwrap()
    }

    #[test]
    fn plain_http_is_for_this_machine_alone() {
        for good in ["https://a.example/s", "http://127.0.0.1:8080/s", "http://localhost/s", "http://[::1]:1/s"] {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://a.example/s",
            "http://127.0.0.1.example/s",
            "http://localhost.example/s",
            "http://10.0.0.1/s",
            "ftp://a.example/s",
            "file:///etc/passwd",
            "data:text/plain,a",
            "https://user@a.example/s",
            "https://:hunter2@a.example/s",
            "a.example",
            "",
        ] {
            let problem = Address::parse(bad).unwrap_err();
            assert_eq!(problem.diagnostic.code, ADDRESS, "{bad}");
            assert!(!problem.diagnostic.message.contains("hunter2"), "{}", problem.diagnostic.message);
        }
    }

    #[test]
    fn redirects_stay_on_https() {
        let from = address("https://a.example/x/y?k=1");
        assert_eq!(from.redirected("../z").unwrap(), address("https://a.example/z"));
        assert_eq!(from.redirected("//b.example/z").unwrap(), address("https://b.example/z"));
        for refused in
            ["http://a.example/z", "http://127.0.0.1/z", "ftp://a.example/", "https://u:p@a.example/", "https://"]
        {
            assert_eq!(from.redirected(refused).unwrap_err().diagnostic.code, REDIRECT, "{refused}");
        }
        let local = address("http://127.0.0.1:1/x");
        assert!(local.redirected("http://localhost:2/y").is_ok());
        assert!(local.redirected("https://a.example/y").is_ok());
        assert!(local.redirected("http://a.example/y").is_err());
    }

    #[test]
    fn a_query_is_set_once_and_never_shown() {
        let asked = address("https://a.example/s?token=t&version=1").with("version", "2 & 3");
        assert_eq!(asked.url().as_str(), "https://a.example/s?token=t&version=2+%26+3");
        assert_eq!(asked.shown(), "https://a.example/s");
        assert!(
            asked.is_beside(&address("https://a.example:443/")) && !asked.is_beside(&address("https://b.example/"))
        );
    }
}
