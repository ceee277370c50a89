//! The contract over sockets.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use super::{SECRET, contract};
use crate::Server;

fn address(base_url: &str) -> SocketAddr {
    base_url.trim_start_matches("http://").split('/').next().unwrap().parse().unwrap()
}

fn ask(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn each_host_has_its_port_and_requests_are_recorded() {
    let server = Server::start(contract()).unwrap();
    let (api, vault) = (server.base_url("api").unwrap(), server.base_url("https://vault.shop.example/").unwrap());
    assert!(api.ends_with("/v1") && address(&api) != address(&vault));
    assert_eq!(server.base_url("nobody"), None);
    let request =
        format!("GET /v1/orders/search HTTP/1.1\r\nHost: a\r\nAuthorization: {SECRET}\r\nConnection: close\r\n\r\n");
    let answer = ask(address(&api), &request);
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    let answer = ask(address(&vault), &request);
    assert!(
        answer.starts_with("HTTP/1.1 404 Not Found\r\n") && answer.contains("x-contract-problem: path: "),
        "{answer}"
    );
    let recorded = server.take();
    let shown: Vec<String> = recorded.iter().map(|request| format!("{request:?}")).collect();
    assert_eq!(
        shown,
        [
            "api GET /v1/orders/search -> 200 []",
            "vault GET /v1/orders/search -> 404 [\"path: this host does not take the call; `api` does\"]",
        ]
    );
    assert_eq!(recorded[0].operation.as_deref(), Some("orders.search"));
    assert!(server.take().is_empty());
}

#[test]
fn requests_are_answered_side_by_side() {
    let server = Server::start(contract()).unwrap();
    let address = address(&server.base_url("api").unwrap());
    // Half a request holds nobody up.
    let mut slow = TcpStream::connect(address).unwrap();
    slow.write_all(b"GET /v1/orders/search HTTP/1.1\r\n").unwrap();
    let ask_once = || ask(address, &format!("GET /v1/orders/search HTTP/1.0\r\nAuthorization: {SECRET}\r\n\r\n"));
    std::thread::scope(|scope| {
        let asking: Vec<_> = (0..8).map(|_| scope.spawn(ask_once)).collect();
        for asked in asking {
            assert!(asked.join().unwrap().contains(" 200 OK"));
        }
    });
    assert_eq!(server.take().len(), 8);
}

#[test]
fn dropping_the_server_frees_its_ports() {
    let server = Server::start(contract()).unwrap();
    let address = address(&server.base_url("api").unwrap());
    let idle = TcpStream::connect(address).unwrap();
    drop(server);
    drop(idle);
    assert!(TcpStream::connect(address).is_err());
    let again = Server::start_at(contract(), address.port(), None);
    // The port after it may be somebody else's.
    if let Err(error) = again {
        assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse, "{error}");
    }
}

#[test]
fn a_port_that_is_taken_is_said() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = Server::start_at(contract(), port, None).unwrap_err();
    assert!(error.to_string().contains(&port.to_string()), "{error}");
}
