//! What a part of a report is about, which tells it from the others while the report is written anew.

use std::collections::HashMap;

use super::form::Press;
use super::list::List;
use super::report::{Block, Row};
use crate::model::Id;

/// What a block is about. In two reports of one kind, blocks with the same key are the same thing said
/// at two times: what a person has opened and where the focus is belongs to the key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BlockKey {
    subject: Subject,
    /// How many blocks before this one are about the same.
    repeat: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Subject {
    Heading(String),
    Words(String),
    Row(String, Vec<Id>),
    Disclosure(String),
    Sentences,
    Missing,
    Paths,
    Figures,
    Metrics,
    Writers,
    Table(Vec<String>),
    Chart(String),
    Field(String),
    Button(Press),
}

impl Subject {
    fn of(block: &Block) -> Self {
        match block {
            Block::Heading(words) => Self::Heading(words.clone()),
            Block::Words(words) => Self::Words(words.clone()),
            Block::Row(row) => Self::of_row(row),
            Block::Disclosure(disclosure) => Self::Disclosure(disclosure.topic.clone()),
            Block::List(List::Sentences(_)) => Self::Sentences,
            Block::List(List::Missing(_)) => Self::Missing,
            Block::List(List::Paths(_)) => Self::Paths,
            Block::List(List::Figures(_)) => Self::Figures,
            Block::List(List::Metrics(_)) => Self::Metrics,
            Block::List(List::Writers(_)) => Self::Writers,
            Block::Table(table) => Self::Table(table.heads.clone()),
            Block::Chart(picture) => Self::Chart(picture.name.clone()),
            Block::Field(field) => Self::Field(field.key.clone()),
            Block::Button(button) => Self::Button(button.press),
        }
    }

    fn of_row(row: &Row) -> Self {
        Self::Row(row.topic.clone(), row.about.clone())
    }
}

/// Blocks with their keys, no two of which are equal.
#[must_use]
pub fn keyed(blocks: Vec<Block>) -> Vec<(BlockKey, Block)> {
    with_keys(blocks, Subject::of)
}

/// Rows with their keys, no two of which are equal.
#[must_use]
pub fn keyed_rows(rows: Vec<Row>) -> Vec<(BlockKey, Row)> {
    with_keys(rows, Subject::of_row)
}

fn with_keys<T>(things: Vec<T>, subject: fn(&T) -> Subject) -> Vec<(BlockKey, T)> {
    let mut repeats: HashMap<Subject, usize> = HashMap::new();
    let keyed = things.into_iter().map(|thing| {
        let subject = subject(&thing);
        let repeats = repeats.entry(subject.clone()).or_default();
        let key = BlockKey {
            subject,
            repeat: *repeats,
        };
        *repeats += 1;
        (key, thing)
    });
    keyed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::report::RowKind;

    fn row(topic: &str, about: u64, title: &str) -> Block {
        Block::Row(Row {
            about: vec![Id::from_bits(about)],
            ..Row::new(topic, RowKind::Hint, title)
        })
    }

    fn keys(blocks: &[Block]) -> Vec<BlockKey> {
        let keyed = keyed(blocks.to_vec()).into_iter();
        keyed.map(|(key, _)| key).collect()
    }

    #[test]
    fn a_row_keeps_its_key_when_its_words_change_and_others_come_before_it() {
        let before = keys(&[row("goal", 1, "No goal"), row("unsigned", 2, "a to b")]);
        let after = keys(&[row("unsigned", 3, "c to d"), row("unsigned", 2, "A to b")]);
        assert_eq!(before[1], after[1]);
        assert!(!after[..1].contains(&before[0]) && after[0] != after[1]);
    }

    #[test]
    fn equal_blocks_are_told_apart_by_their_order() {
        let twice = keys(&[
            row("path", 1, "x"),
            row("path", 1, "x"),
            row("path", 1, "y"),
        ]);
        assert!(twice[0] != twice[1] && twice[1] != twice[2] && twice[0] != twice[2]);
        assert_eq!(
            twice,
            keys(&[
                row("path", 1, "z"),
                row("path", 1, "x"),
                row("path", 1, "y")
            ])
        );
    }
}
