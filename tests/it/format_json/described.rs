//! The examples in the description of the format.

use loopstream::format::json::{read, write};
use loopstream::format::{read_patch, write_patch};

/// The blocks of JSON in the description of the format.
fn described() -> Vec<&'static str> {
    let description = include_str!("../../../docs/format.md");
    description
        .split("```json\n")
        .skip(1)
        .filter_map(|block| block.split("```").next())
        .collect()
}

#[test]
fn the_examples_of_the_description_are_as_they_are_written() {
    let [file, stream, products, patch] = described()[..] else {
        panic!("an example went missing");
    };
    for file in [file, stream, products] {
        assert_eq!(write(&read(file).unwrap().document), file);
    }
    assert_eq!(
        write_patch(&read_patch(patch.trim_end()).unwrap()),
        patch.trim_end()
    );
}
