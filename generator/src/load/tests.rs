//! The whole stage at once.
