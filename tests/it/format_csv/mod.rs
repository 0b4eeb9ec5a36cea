//! CSV edge lists: reading what people and spreadsheets write, and coming back from writing.

mod reading;
mod writing;

use loopstream::format::{ImportResult, Positions, ReadError, csv};
use loopstream::model::{Delay, Document, IdSource, Polarity};

use crate::common::document::assert_valid;

pub(super) fn read(text: &str) -> Result<ImportResult, ReadError> {
    csv::read(text, &mut IdSource::new(11))
}

pub(super) fn opened(text: &str) -> ImportResult {
    let opened = read(text).unwrap_or_else(|error| panic!("{error}\n{text:?}"));
    assert_valid(&opened.document);
    assert_eq!(opened.positions, Positions::Missing);
    opened
}

pub(super) fn warnings(opened: &ImportResult) -> Vec<String> {
    opened.warnings.iter().map(ToString::to_string).collect()
}

/// From, to, sign, `||` and remark, sorted.
pub(super) fn links(document: &Document) -> Vec<(&str, &str, char, &str, &str)> {
    let name = |id| document.variables()[&id].name.as_str();
    let all = document.links().values();
    let mut links: Vec<_> = all
        .map(|link| {
            let sign = match link.polarity {
                Polarity::Positive => '+',
                Polarity::Negative => '-',
                Polarity::Unknown => '?',
            };
            let delay = match link.delay {
                Delay::Delayed => "||",
                Delay::None => "",
            };
            (
                name(link.from),
                name(link.to),
                sign,
                delay,
                link.remark.as_str(),
            )
        })
        .collect();
    links.sort_unstable();
    links
}

/// Name and remark, sorted.
pub(super) fn variables(document: &Document) -> Vec<(&str, &str)> {
    let all = document.variables().values();
    let mut all: Vec<_> = all
        .map(|variable| (variable.name.as_str(), variable.remark.as_str()))
        .collect();
    all.sort_unstable();
    all
}
