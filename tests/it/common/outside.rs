//! Files by others, which are not in this repository.
//!
//! A test that reads one is ignored, and says how to run it; what must be proved without them is
//! proved on fixtures of our own. Where such a test runs, a file that is missing fails it.

use std::path::PathBuf;

/// The folder of these files: `LOOPSTREAM_SHARED_DATA`, or else beside the repository.
pub fn shared_data() -> PathBuf {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
    std::env::var_os("LOOPSTREAM_SHARED_DATA").map_or_else(|| beside.into(), PathBuf::from)
}

/// The bytes of a file, by its path in that folder.
pub fn bytes_of(name: &str) -> Vec<u8> {
    let path = shared_data().join(name);
    std::fs::read(&path).unwrap_or_else(|error| {
        panic!(
            "LOOPSTREAM_SHARED_DATA says where they are; {}: {error}",
            path.display()
        )
    })
}

/// The text of a file, by its path in that folder.
pub fn text_of(name: &str) -> String {
    String::from_utf8(bytes_of(name)).unwrap()
}
