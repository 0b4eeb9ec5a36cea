//! The models that are measured, as texts of Vensim.

use std::fmt::Write as _;
use std::path::Path;

use loopstream::format::decode;

/// The models by their names; C-LEARN only where its file is.
pub fn all() -> Vec<(&'static str, String)> {
    let mut all = vec![
        ("small", SMALL.to_owned()),
        ("of World3's size", of_world3s_size()),
    ];
    match c_learn() {
        Some(text) => all.push(("C-LEARN", text)),
        None => eprintln!("C-LEARN: not measured, LOOPSTREAM_SHARED_DATA names no folder with it"),
    }
    all
}

/// Growth that slows where capacity is used up: one stock, 1,000 steps.
const SMALL: &str = "{UTF-8}
Population = INTEG(births - deaths, 10) ~~|
births = Population * birth rate * (1 - Population / capacity) ~~|
deaths = Population / lifetime ~~|
birth rate = 0.3 ~~|
capacity = 1000 ~~|
lifetime = 20 ~~|
INITIAL TIME = 0 ~~|
FINAL TIME = 100 ~~|
TIME STEP = 0.1 ~~|
SAVEPER = 1 ~~|
";

/// Stocks in a ring, each with a flow in and one out, tables and smooths between them: as many
/// variables as World3 has, and as many steps.
fn of_world3s_size() -> String {
    const STOCKS: usize = 43;
    let mut text = "{UTF-8}\n".to_owned();
    for number in 0..STOCKS {
        let next = (number + 1) % STOCKS;
        let before = (number + STOCKS - 1) % STOCKS;
        // Writing to a string does not fail.
        let _ = write!(
            text,
            "stock {number} = INTEG(in {number} - out {number}, {start}) ~~|\n\
             in {number} = stock {before} * rate {number} * effect {number} ~~|\n\
             out {number} = stock {number} / life {number} ~~|\n\
             rate {number} = 0.02 + 0.001 * MIN(pressure {number}, 2) ~~|\n\
             life {number} = 40 + {number} ~~|\n\
             effect {number} = WITH LOOKUP(pressure {number}, ((0,1.2),(0.5,1.1),(1,1),(2,0.6),(4,0.2))) ~~|\n\
             pressure {number} = SMOOTH(stock {next} / (stock {number} + 1), 5) ~~|\n",
            start = 10 + number % 7,
        );
    }
    text + "INITIAL TIME = 0 ~~|\nFINAL TIME = 200 ~~|\nTIME STEP = 0.5 ~~|\nSAVEPER = 1 ~~|\n"
}

/// C-LEARN, if its file is there.
fn c_learn() -> Option<String> {
    let folder = std::env::var("LOOPSTREAM_SHARED_DATA").ok()?;
    let path = Path::new(&folder).join("simulate/c-learn/C-LEARN v77 for Vensim.mdl");
    decode(&std::fs::read(path).ok()?).ok()
}
