//! The reading itself, on small crates.

use super::lines::Surface;

/// The surface of a crate, by the texts of its files.
fn of(files: &[(&str, &str)]) -> Surface {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(path, text).expect("it can be written");
    }
    super::surface(&folder.path().join("lib.rs"))
}

#[track_caller]
fn assert_shows(files: &[(&str, &str)], lines: &[&str]) {
    let surface = of(files);
    assert_eq!(surface.lines.iter().map(String::as_str).collect::<Vec<_>>(), lines);
    assert!(surface.unreachable.is_empty(), "{:?}", surface.unreachable);
}

#[test]
fn shows_every_kind_of_item_with_its_signature() {
    assert_shows(
        &[(
            "lib.rs",
            "pub const LIMIT: usize = 3;
             pub static mut COUNT: u8 = 0;
             pub type Pair<T> = (T, T);
             pub async unsafe fn run<'a, T: Clone>(mut names: &'a [T], ref other: u8) -> Option<&'a T> where T: Send { None }
             fn private() {}
             pub(crate) fn within() {}
             pub struct Unit;
             pub struct Open<T> { pub first: T, pub second: Vec<u8> }
             #[non_exhaustive] pub struct Later { pub first: u8 }
             pub struct Half { pub first: u8, second: u8 }
             pub struct Tuple(pub u8);
             #[derive(Clone, Debug)] pub enum Choice { One, #[deprecated] Two(u8), Three { a: u8 } }
             pub unsafe trait Shape: Send { const SIDES: u8; const ROUND: bool = false; type Of: Clone; fn area(&self) -> u8; fn name(&self) {} }",
        )],
        &[
            "COUNT: static mut COUNT: u8",
            "Choice: enum Choice",
            "Choice: impl Clone + Debug",
            "Choice::One: variant",
            "Choice::Three: variant { a: u8 }",
            "Choice::Two: #[deprecated] variant(u8)",
            "Half: struct Half { .. }",
            "Half::first: u8",
            "LIMIT: const LIMIT: usize",
            "Later: #[non_exhaustive] struct Later {}",
            "Later::first: u8",
            "Open: struct Open<T> {}",
            "Open::first: T",
            "Open::second: Vec<u8>",
            "Pair: type Pair<T> = (T, T)",
            "Shape: unsafe trait Shape: Send",
            "Shape::Of: type Of: Clone",
            "Shape::ROUND: const ROUND: bool = ..;",
            "Shape::SIDES: const SIDES: u8",
            "Shape::area: fn area(&self) -> u8",
            "Shape::name: fn name(&self) {}",
            "Tuple: struct Tuple()",
            "Tuple::0: u8",
            "Unit: struct Unit;",
            "run: async unsafe fn run<'a, T: Clone>(names: &'a [T], other: u8) -> Option<&'a T> where T: Send",
        ],
    );
}

#[test]
fn follows_reexports_with_other_names_and_globs() {
    assert_shows(
        &[
            (
                "lib.rs",
                "mod inner; pub mod open { pub use super::inner::deep::*; pub(crate) use super::inner::Second; }
                 pub use self::inner::{First as Renamed, shared::{self}};
                 pub use other::Thing;",
            ),
            ("inner/mod.rs", "pub mod deep; pub mod shared { pub struct S; } pub struct First; pub struct Second;"),
            ("inner/deep.rs", "pub struct A; pub struct B(pub crate::inner::First); struct C;"),
        ],
        &[
            "Renamed: struct First;",
            "Thing: use other::Thing",
            "open: mod",
            "open::A: struct A;",
            "open::B: struct B()",
            "open::B::0: Renamed",
            "shared: mod",
            "shared::S: struct S;",
        ],
    );
}

#[test]
fn shows_a_thing_under_its_shortest_path_and_the_others_as_names_of_it() {
    assert_shows(
        &[(
            "lib.rs",
            "pub mod long { pub struct S; pub fn f(_: S) {} } pub use long::S; pub mod a { pub use crate::long; }",
        )],
        &["S: struct S;", "a: mod", "a::long: use long", "long: mod", "long::S: use S", "long::f: fn f(_: S)"],
    );
}

#[test]
fn leaves_out_what_is_private_hidden_or_for_tests() {
    assert_shows(
        &[(
            "lib.rs",
            "mod private { pub struct Unseen; }
             #[doc(hidden)] pub mod hidden { pub struct S; }
             #[doc(hidden)] pub fn hidden_fn() {}
             #[cfg(test)] pub mod tests { pub fn test() {} }
             #[cfg(all(doctest, feature = \"a\"))] pub mod readme {}
             pub struct S { #[doc(hidden)] pub unseen: u8 }
             impl S { #[doc(hidden)] pub fn hidden(&self) {} fn own(&self) {} #[cfg(test)] pub fn test(&self) {} }
             impl From<private::Unseen> for S { fn from(_: private::Unseen) -> Self { S { unseen: 0 } } }
             pub enum E { A, #[doc(hidden)] B }",
        )],
        &["E: enum E", "E::A: variant", "S: struct S { .. }"],
    );
}

#[test]
fn says_what_features_something_needs_wherever_that_is_written() {
    assert_shows(
        &[
            (
                "lib.rs",
                "#[cfg(feature = \"a\")] mod inner;
                 #[cfg(feature = \"a\")] pub use inner::S;
                 pub struct T;
                 #[cfg(not(feature = \"a\"))] pub fn f() {}
                 #[cfg(any(feature = \"a\", feature = \"b\"))] impl T { #[cfg(feature = \"c\")] pub fn both(&self) {} }",
            ),
            ("inner.rs", "#[derive(Clone)] pub struct S { #[cfg(feature = \"b\")] pub field: u8 } impl S { pub fn m(&self) {} }"),
        ],
        &[
            "S: impl Clone [feature = \"a\"]",
            "S: struct S {} [feature = \"a\"]",
            "S::field: u8 [feature = \"a\", feature = \"b\"]",
            "S::m: fn m(&self) [feature = \"a\"]",
            "T: struct T;",
            "T::both: fn both(&self) [any(feature = \"a\", feature = \"b\"), feature = \"c\"]",
            "f: fn f() [not(feature = \"a\")]",
        ],
    );
}

#[test]
fn finds_impls_in_other_modules_and_those_of_foreign_types() {
    assert_shows(
        &[
            ("lib.rs", "mod far; pub struct S<T>(T); pub trait Does { type Out; } pub struct Plain;"),
            (
                "far.rs",
                "use crate::{Does, Plain, S as Renamed};
                 use std::fmt;
                 use std::io::Read as Reads;
                 impl<T: Clone> Renamed<T> { pub fn get(&self, from: impl Reads) -> &T where T: Send { &self.0 } }
                 impl Renamed<u8> { pub fn byte(&self) -> u8 { 0 } }
                 impl Default for Renamed<u8> {}
                 impl<T> Does for Renamed<T> { type Out = Vec<T>; }
                 impl<'a> Does for &'a str { type Out = Plain; }
                 impl fmt::Display for Plain { fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result { Ok(()) } }
                 impl<'de> serde::Deserialize<'de> for Plain {}
                 impl From<&Plain> for ::std::string::String {}",
            ),
        ],
        &[
            "Does: trait Does",
            "Does::Out: type Out",
            "Plain: impl Display + serde::Deserialize",
            "Plain: struct Plain;",
            "S: impl Default for S<u8>",
            "S: impl<T> Does for S<T> { type Out = Vec<T>; }",
            "S: struct S<T> { .. }",
            "S<T>::get: fn get(&self, from: impl std::io::Read) -> &T where T: Send of impl<T: Clone>",
            "S<u8>::byte: fn byte(&self) -> u8",
            "impl From<&Plain> for std::string::String",
            "impl<'a> Does for &'a str { type Out = Plain; }",
        ],
    );
}

#[test]
fn expands_the_macros_of_the_crate() {
    assert_shows(
        &[
            (
                "lib.rs",
                "mod macros; mod later { macro_rules! later { () => { pub struct Late; } } }
                 pub struct A; pub struct B;
                 named!(A, \"a\"); named!(B, \"b\");
                 many!(u8, Vec<u8>; i64,);
                 pub mod inner { later!(); }",
            ),
            (
                "macros.rs",
                "macro_rules! named { ($name:ident, $text:literal) => {
                     impl $name { pub const NAME: &'static str = $text; }
                     impl $crate::Named for $name {}
                     impl ::std::fmt::Debug for $name {}
                 }; }
                 macro_rules! many { ($($from:ty),*; $($other:ty),* $(,)?) => {
                     $(impl From<$from> for A {})*
                     $(impl PartialEq<$other> for A {})*
                 }; }
                 #[macro_export] macro_rules! shown { () => {}; }",
            ),
        ],
        &[
            "A: impl Debug + From<Vec<u8>> + From<u8> + PartialEq<i64> + crate::Named",
            "A: struct A;",
            "A::NAME: const NAME: &'static str",
            "B: impl Debug + crate::Named",
            "B: struct B;",
            "B::NAME: const NAME: &'static str",
            "inner: mod",
            "inner::Late: struct Late;",
            "shown: macro shown!",
        ],
    );
}

#[test]
fn tells_of_types_that_users_cannot_name() {
    let surface = of(&[(
        "lib.rs",
        "mod inner { pub struct Unnamed; pub trait Sealed {} }
         pub fn f() -> inner::Unnamed { inner::Unnamed }
         pub struct S<T>(T);
         impl<T: inner::Sealed> S<T> { pub fn get(&self) {} }",
    )]);
    let found: Vec<_> = surface.unreachable.iter().map(|(name, line)| format!("{name} in {line}")).collect();
    assert_eq!(
        found,
        [
            "inner::Sealed in S<T>::get: fn get(&self) of impl<T: private::inner::Sealed>",
            "inner::Unnamed in f: fn f() -> private::inner::Unnamed",
        ]
    );
}
