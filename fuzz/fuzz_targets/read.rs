//! One reader, chosen by name in the variable `FUZZ_READER`.

#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use loopstream_fuzz::{TARGETS, Target, target};

/// The target that was asked for.
fn chosen() -> Target {
    static CHOSEN: OnceLock<Target> = OnceLock::new();
    *CHOSEN.get_or_init(|| {
        let name = std::env::var("FUZZ_READER").unwrap_or_default();
        target(&name).unwrap_or_else(|| {
            let names: Vec<&str> = TARGETS.iter().map(|one| one.name).collect();
            panic!(
                "FUZZ_READER names no reader; there are: {}",
                names.join(", ")
            )
        })
    })
}

fuzz_target!(|bytes: &[u8]| {
    chosen().run(bytes);
});
