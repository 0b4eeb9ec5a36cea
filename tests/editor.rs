//! The editor, as a person uses it: tables of events, and what must hold after each.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "editor/access.rs"]
mod access;
#[path = "common/document.rs"]
mod document;
#[path = "editor/drawing.rs"]
mod drawing;
#[path = "common/driver.rs"]
mod driver;
#[path = "editor/history.rs"]
mod history;
#[path = "editor/keyboard.rs"]
mod keyboard;
#[path = "editor/moving.rs"]
mod moving;
#[path = "editor/random.rs"]
mod random;
#[path = "editor/remote.rs"]
mod remote;
#[path = "editor/selecting.rs"]
mod selecting;
#[path = "common/mod.rs"]
mod shared;
#[path = "editor/streams.rs"]
mod streams;
#[path = "editor/viewing.rs"]
mod viewing;

use driver::Driver;

/// Three variables in a ring, linked one way round; nothing is selected.
fn ring() -> Driver {
    Driver::with(
        &[
            ("delays", 300.0, 200.0),
            ("batch size", 600.0, 200.0),
            ("risk", 450.0, 450.0),
        ],
        &[
            ("delays", "batch size"),
            ("batch size", "risk"),
            ("risk", "delays"),
        ],
    )
}

/// Two variables, not linked.
fn pair() -> Driver {
    Driver::with(&[("risk", 300.0, 300.0), ("trust", 600.0, 300.0)], &[])
}
