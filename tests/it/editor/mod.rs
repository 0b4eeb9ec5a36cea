//! The editor, as a person uses it: tables of events, and what must hold after each.

mod access;
mod announcing;
mod bar;
mod comments;
mod dots;
mod drawing;
mod equations;
mod experiments;
mod finding;
mod first_minute;
mod frames;
mod history;
mod improvements;
mod keyboard;
mod lines;
mod menus;
mod moving;
mod pipes;
mod playing;
mod presenting;
mod random;
mod remote;
mod selecting;
mod stories;
mod streams;
mod style;
mod tags;
mod viewing;
mod watching;

use crate::common::driver::Driver;

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
