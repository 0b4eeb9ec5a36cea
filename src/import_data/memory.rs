//! What was chosen for tables with the same header, as a small text to be kept.

use super::mapping::Choices;
use crate::format::table::Table;

/// For how many headers choices are kept.
const KEPT: usize = 12;
/// The longest line that is kept, in bytes.
const LONGEST: usize = 4_000;

/// What tells the header of a table from others.
#[must_use]
pub fn signature(table: &Table<'_>) -> String {
    // Fowler, Noll & Vo: FNV-1a of 64 bits, over the names and what ends each.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in table
        .headers
        .iter()
        .flat_map(|header| header.bytes().chain([0]))
    {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// Writes a key or a value such that neither tab, line end nor `=` is in it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '%' => out.push_str("%25"),
            '\t' => out.push_str("%09"),
            '\n' => out.push_str("%0A"),
            '\r' => out.push_str("%0D"),
            '=' => out.push_str("%3D"),
            other => out.push(other),
        }
    }
    out
}

fn unescaped(text: &str) -> String {
    let mut out = text.to_owned();
    for (written, sign) in [
        ("%09", "\t"),
        ("%0A", "\n"),
        ("%0D", "\r"),
        ("%3D", "="),
        ("%25", "%"),
    ] {
        out = out.replace(written, sign);
    }
    out
}

/// What was chosen for a header; nothing if nothing is remembered.
#[must_use]
pub fn recall(memory: &str, signature: &str) -> Choices {
    let mut parts = memory.lines().map(|line| line.split('\t'));
    let found = parts.find_map(|mut parts| (parts.next() == Some(signature)).then_some(parts));
    let pairs = found
        .into_iter()
        .flatten()
        .filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(key, value)| (unescaped(key), unescaped(value)))
        .collect()
}

/// Whether a choice holds for all tables of a head, and not for one table or one diagram alone.
fn is_of_the_head(key: &str) -> bool {
    key != "date" && key != "experiment" && !key.starts_with("divide-")
}

/// The memory with what was chosen for a header, first; what was used least lately falls out. The
/// date of an export is of that export alone, the choice of an experiment of that diagram; neither is
/// kept.
#[must_use]
pub fn remember(memory: &str, signature: &str, choices: &Choices) -> String {
    let mut line = signature.to_owned();
    for (key, value) in choices.iter().filter(|(key, _)| is_of_the_head(key)) {
        line.push('\t');
        line.push_str(&escaped(key));
        line.push('=');
        line.push_str(&escaped(value));
    }
    let mut lines = vec![line];
    let others = memory
        .lines()
        .filter(|line| line.split('\t').next() != Some(signature));
    lines.extend(others.map(str::to_owned));
    lines.retain(|line| line.len() <= LONGEST && line.contains('\t'));
    lines.truncate(KEPT);
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_remembered_is_recalled(
            pairs in proptest::collection::btree_map("[a-z%=\t\n09A-D\u{e4} ]{1,8}", "[a-z%=\t\r\n09A-D ]{0,8}", 1..6),
            before in "[0-9a-f\t\n=%]{0,60}",
        ) {
            let memory = remember(&before, "0123456789abcdef", &pairs);
            prop_assert_eq!(recall(&memory, "0123456789abcdef"), pairs.clone());
            let again = remember(&memory, "fedcba9876543210", &pairs);
            prop_assert_eq!(recall(&again, "0123456789abcdef"), pairs);
        }
    }

    #[test]
    fn what_was_used_last_is_kept() {
        let choices = Choices::from([
            ("a".to_owned(), "b".to_owned()),
            ("date".to_owned(), "x".to_owned()),
        ]);
        let mut memory = String::new();
        for number in 0..40 {
            memory = remember(&memory, &number.to_string(), &choices);
        }
        assert_eq!(memory.lines().count(), KEPT);
        assert_eq!(recall(&memory, "39").len(), 1);
        assert_eq!(recall(&memory, "1"), Choices::new());
        // Without choices there is nothing to keep.
        assert_eq!(
            recall(&remember(&memory, "39", &Choices::new()), "39"),
            Choices::new()
        );
    }
}
