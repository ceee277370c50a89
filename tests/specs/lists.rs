//! Lists of lists.

use spec_lists::types::{Grid, Point};
use spec_lists::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let server = Server::ok(r#"[[{"x": 1}, {}], []]"#);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let grid = Grid::new([vec![1, 2], vec![]]).cubes([vec![vec![Point::new().x(5)]]]);
    let rows = client.grids().create(grid).await.expect("rows");
    assert_eq!(server.request().text(), r#"{"cells":[[1,2],[]],"cubes":[[[{"x":5}]]]}"#);
    assert_eq!(rows, vec![vec![Point::new().x(1), Point::new()], vec![]]);
}
