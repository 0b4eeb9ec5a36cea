//! What several modules of tests use.

pub mod changes;
pub mod charts;
pub mod document;
pub mod driver;
pub mod foreign;
pub mod graphs;
pub mod hostile;
pub mod images;
pub mod loops;
pub mod memory;
pub mod models;
pub mod outside;
pub mod stream;
