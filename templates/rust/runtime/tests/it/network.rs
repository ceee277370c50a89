//! Both built-in transports over real sockets of this machine: proxies, certificates, and what becomes of connections
//! that fail. What one does the other does.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::runtime::{Client, ClientBuilder, Error, ErrorKind, blocking};
use crate::sample::Charge;
use crate::scripted::Scripted;

const CHARGE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{\"id\":\"chrg_1\"}";

/// Does the same with every connection, each in a thread of its own, until the process ends.
fn listen(each: impl Fn(TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let each = Arc::new(each);
    thread::spawn(move || {
        for socket in listener.incoming() {
            let each = each.clone();
            thread::spawn(move || each(socket.unwrap()));
        }
    });
    address
}

/// Reads the head of a request; `None` when the connection ends before.
fn head(socket: &mut impl Read) -> Option<String> {
    let mut text = Vec::new();
    let mut byte = [0];
    while !text.ends_with(b"\r\n\r\n") {
        match socket.read(&mut byte) {
            Ok(1) => text.push(byte[0]),
            _ => return None,
        }
    }
    Some(String::from_utf8(text).unwrap())
}

/// Reads as many bytes as the head announces.
fn body(socket: &mut impl Read, head: &str) -> Vec<u8> {
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    socket.read_exact(&mut body).unwrap();
    body
}

/// Answers every request with that text, and gives the requests.
fn answering(answer: &'static str) -> (String, Receiver<String>) {
    let (sender, heads) = channel();
    let address = listen(move |mut socket| {
        while let Some(head) = head(&mut socket) {
            body(&mut socket, &head);
            sender.send(head).unwrap();
            socket.write_all(answer.as_bytes()).unwrap();
        }
    });
    (address, heads)
}

/// What is set on the builders of both clients.
#[derive(Clone, Default)]
struct Settings {
    url: String,
    proxy: Option<String>,
    root: Option<String>,
    connect_timeout: Option<Duration>,
}

impl Settings {
    fn of(url: impl Into<String>) -> Self {
        Self { url: url.into(), ..Self::default() }
    }

    fn on<M>(&self, mut builder: ClientBuilder<M>) -> ClientBuilder<M> {
        builder = builder.secret_key("skey_1").base_url_at(0, &self.url).user_agent("shop/2.0").max_retries(0);
        if let Some(proxy) = &self.proxy {
            builder = builder.proxy(proxy.as_str());
        }
        if let Some(root) = &self.root {
            builder = builder.root_certificate(root.as_bytes());
        }
        if let Some(timeout) = self.connect_timeout {
            builder = builder.connect_timeout(timeout);
        }
        builder
    }

    /// Creates a charge with each client.
    fn both(&self) -> [(&'static str, Result<Charge, Error>); 2] {
        [("reqwest", self.awaited()), ("ureq", self.held())]
    }

    fn awaited(&self) -> Result<Charge, Error> {
        let client = self.on(Client::builder()).build()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(client.charges().create(100, "THB").into_future())
    }

    fn held(&self) -> Result<Charge, Error> {
        let client = self.on(blocking::Client::builder()).build()?;
        client.charges().create(100, "THB").send().map(crate::runtime::Answer::into_inner)
    }

    /// The kind of both failures, their text searched for secrets.
    fn failures(&self, secrets: &[&str]) -> [(ErrorKind, bool); 2] {
        self.both().map(|(name, result)| {
            let error = result.expect_err(name);
            let mut shown = format!("{error} {error:?}");
            let mut source = std::error::Error::source(&error);
            while let Some(error) = source {
                shown.push_str(&format!(" {error} {error:?}"));
                source = error.source();
            }
            for secret in secrets {
                assert!(!shown.contains(secret), "{name}: {shown}");
            }
            (error.kind(), error.outcome_unknown())
        })
    }
}

/// A certificate authority made for one test, and a server that it vouches for.
fn tls_server() -> (String, String) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    // Under one name with its server, it would be the server's own signature to OpenSSL.
    params.distinguished_name.push(DnType::CommonName, "an authority");
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let own = CertificateParams::new(names).unwrap().signed_by(&key, &authority).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let address = listen(move |socket| {
        let mut stream = StreamOwned::new(ServerConnection::new(config.clone()).unwrap(), socket);
        while let Some(head) = head(&mut stream) {
            body(&mut stream, &head);
            stream.write_all(CHARGE.as_bytes()).unwrap();
        }
    });
    (format!("https://{address}"), authority.pem())
}

#[test]
fn a_root_certificate_of_the_callers_is_trusted() {
    let (url, root) = tls_server();
    let settings = Settings { root: Some(root), ..Settings::of(&url) };
    for (name, result) in settings.both() {
        assert_eq!(result.expect(name).id, "chrg_1");
    }
}

#[test]
fn a_server_nobody_vouches_for_gets_nothing() {
    let (url, _) = tls_server();
    let (_, other) = tls_server();
    let unknown = Settings::of(&url);
    let mistaken = Settings { root: Some(other), ..Settings::of(&url) };
    for settings in [unknown, mistaken] {
        assert_eq!(settings.failures(&[]), [(ErrorKind::Connect, false); 2]);
    }
}

#[test]
fn what_is_no_certificate_is_refused() {
    for text in ["", "nonsense", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"] {
        let settings = Settings { root: Some(text.to_owned()), ..Settings::of("https://127.0.0.1:9") };
        assert_eq!(settings.failures(&[]), [(ErrorKind::Config, false); 2], "{text:?}");
    }
}

/// A proxy that tunnels to wherever it is asked to, answers requests in absolute form by itself, and gives both heads.
fn proxy() -> (String, Receiver<String>) {
    let (sender, heads) = channel();
    let address = listen(move |mut socket| {
        while let Some(head) = head(&mut socket) {
            let target = head.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next()).map(str::to_owned);
            sender.send(head.clone()).unwrap();
            let Some(target) = target else {
                body(&mut socket, &head);
                socket.write_all(CHARGE.as_bytes()).unwrap();
                continue;
            };
            let mut far = TcpStream::connect(target).unwrap();
            socket.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
            let (mut back, mut forth) = (socket.try_clone().unwrap(), far.try_clone().unwrap());
            thread::spawn(move || std::io::copy(&mut forth, &mut back));
            let _ = std::io::copy(&mut socket, &mut far);
            return;
        }
    });
    (address, heads)
}

#[test]
fn a_proxy_is_used_for_tls() {
    let (url, root) = tls_server();
    let (address, heads) = proxy();
    let proxy = Some(format!("http://me:p%40ss@{address}"));
    let settings = Settings { root: Some(root), proxy, ..Settings::of(&url) };
    for (name, result) in settings.both() {
        assert_eq!(result.expect(name).id, "chrg_1");
        let head = heads.recv().unwrap().to_lowercase();
        let target = url.strip_prefix("https://").unwrap();
        assert!(head.starts_with(&format!("connect {target} http/1.1\r\n")), "{name}: {head}");
        assert!(head.contains("proxy-authorization: basic bwu6cebzcw==\r\n"), "{name}: {head}");
        assert!(!head.contains("skey_") && !head.contains("\r\nauthorization"), "{name}: {head}");
    }
}

#[test]
fn a_proxy_is_used_without_tls() {
    let (target, _heads) = answering(CHARGE);
    let (address, heads) = proxy();
    let url = format!("http://{target}");
    let settings = Settings { proxy: Some(format!("http://{address}")), ..Settings::of(&url) };
    for (name, result) in settings.both() {
        assert_eq!(result.expect(name).id, "chrg_1");
        let head = heads.recv().unwrap();
        let asks = head.starts_with(&format!("CONNECT {target} ")) || head.starts_with(&format!("POST {url}/charges "));
        assert!(asks, "{name}: {head}");
    }
}

#[test]
fn a_proxy_that_refuses_has_sent_nothing_and_its_password_stays_ours() {
    let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n";
    let (address, heads) = answering(refusal);
    let proxy = Some(format!("http://me:hunter2hunter2@{address}"));
    let settings = Settings { proxy, ..Settings::of("https://api.example.com") };
    assert_eq!(settings.failures(&["hunter2", "aHVudGVyMm"]), [(ErrorKind::Connect, false); 2]);
    assert!(heads.recv().unwrap().starts_with("CONNECT api.example.com:443 "));
    let shown = format!("{:?}", settings.on(Client::builder()));
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[test]
fn what_is_no_proxy_is_refused_and_not_shown() {
    for url in ["hunter2", "socks5://me:hunter2@127.0.0.1:9", "http://me:hunter2@", "http://me:hunter2 @127.0.0.1"] {
        let settings = Settings { proxy: Some(url.to_owned()), ..Settings::of("https://127.0.0.1:9") };
        assert_eq!(settings.failures(&["hunter2"]), [(ErrorKind::Config, false); 2], "{url}");
    }
}

#[test]
fn settings_of_the_built_in_transports_do_not_go_with_another_one() {
    let builders: [fn(ClientBuilder) -> ClientBuilder; 3] = [
        |builder| builder.proxy("http://127.0.0.1:9"),
        |builder| builder.root_certificate("pem"),
        |builder| builder.connect_timeout(Duration::from_secs(1)),
    ];
    for set in builders {
        let error = set(Client::builder().transport(Scripted::default())).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.message().contains("transport"), "{error}");
    }
}

#[test]
fn a_connection_that_is_refused_has_sent_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(Settings::of(url).failures(&[]), [(ErrorKind::Connect, false); 2]);
}

#[test]
fn a_host_without_an_address_has_got_nothing() {
    // No part of a name may be that long, so nobody is asked about it.
    let url = format!("https://{}.example.com", "a".repeat(64));
    assert_eq!(Settings::of(url).failures(&[]), [(ErrorKind::Connect, false); 2]);
}

#[test]
fn a_handshake_that_stalls_has_sent_nothing() {
    let address = listen(|socket| {
        thread::sleep(Duration::from_secs(600));
        drop(socket);
    });
    let connect_timeout = Some(Duration::from_millis(100));
    let settings = Settings { connect_timeout, ..Settings::of(format!("https://{address}")) };
    assert_eq!(settings.failures(&[]), [(ErrorKind::Connect, false); 2]);
}

#[test]
fn a_connection_that_ends_before_its_answer_leaves_the_outcome_open() {
    for answer in ["", "HTTP/1.1 200 OK\r\ncontent-", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\""] {
        let address = listen(move |mut socket| {
            let head = head(&mut socket).unwrap();
            body(&mut socket, &head);
            socket.write_all(answer.as_bytes()).unwrap();
        });
        let settings = Settings::of(format!("http://{address}"));
        assert_eq!(settings.failures(&[]), [(ErrorKind::Lost, true); 2], "{answer:?}");
    }
}

#[test]
fn a_connection_that_is_reset_leaves_the_outcome_open() {
    // The request is not read, so the system resets the connection instead of closing it.
    let address = listen(|mut socket| {
        socket.read_exact(&mut [0; 10]).unwrap();
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\"").unwrap();
    });
    assert_eq!(Settings::of(format!("http://{address}")).failures(&[]), [(ErrorKind::Lost, true); 2]);
}

#[test]
fn what_is_no_http_leaves_the_outcome_open() {
    let (address, _heads) = answering("SSH-2.0-OpenSSH_9.6\r\n\r\n");
    assert_eq!(Settings::of(format!("http://{address}")).failures(&[]), [(ErrorKind::Lost, true); 2]);
}

#[test]
fn a_redirect_is_not_followed() {
    for status in ["301 Moved Permanently", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let answer = format!("HTTP/1.1 {status}\r\nlocation: /again\r\ncontent-length: 0\r\n\r\n");
        let (address, heads) = answering(answer.leak());
        let kinds = Settings::of(format!("http://{address}")).failures(&[]).map(|(kind, _)| kind);
        assert_eq!(kinds, [ErrorKind::Redirect; 2], "{status}");
        assert_eq!(heads.try_iter().count(), 2, "{status}: one request of each client");
    }
}

#[test]
fn both_say_who_calls() {
    let (address, heads) = answering(CHARGE);
    for (name, result) in Settings::of(format!("http://{address}")).both() {
        assert_eq!(result.expect(name).id, "chrg_1");
        let head = heads.recv().unwrap();
        assert!(head.contains("\r\nuser-agent: shop/2.0 sample-rust/0.1.0\r\n"), "{name}: {head}");
    }
}
