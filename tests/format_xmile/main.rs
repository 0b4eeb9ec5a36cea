//! XMILE: fixtures of our own, hostile texts, and real files where they are at hand.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/document.rs"]
mod document;

mod real;
