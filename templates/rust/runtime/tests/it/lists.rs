//! Lists, page by page: where they end, what happens to failures and to futures that are dropped, and that each item
//! comes exactly once whatever the sizes of the pages.

mod ends;
mod links;
mod properties;
mod server;
mod waiting;
