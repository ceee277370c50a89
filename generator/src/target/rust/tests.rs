//! Whole crates from models made by hand.
