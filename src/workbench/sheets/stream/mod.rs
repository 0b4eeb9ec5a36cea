//! The sheets of the value stream. They are written at once: what they need of its arithmetic is
//! short, but for the list of what is missing.

mod ahead;
mod charts;
mod dora;
mod limit;
mod missing;
mod paths;
mod queues;
mod trial;

use crate::editor::describe;
use crate::model::{Dimension, Document, Id, MeasureKind};
use crate::scene::MeasureText;
use crate::stream::{FigureDimension, StreamReport};
use crate::workbench::request::SheetKind;
use crate::workbench::sheet::Block;

pub(in crate::workbench) use trial::tried;

/// The sheet of this kind, of the stream of the first of these records, or of the main one; none for
/// a kind that is not about streams.
pub(in crate::workbench) fn stream_sheet(
    kind: SheetKind,
    document: &Document,
    report: &StreamReport,
    about: &[Id],
    measure: &dyn MeasureText,
) -> Option<Vec<Block>> {
    let main = report.about(about.iter().copied());
    let or_words = |blocks: Option<Vec<Block>>, words: &str| {
        // What lacks says more than that something does.
        let lacks = || main.map(|main| limit::no_capacity(document, main).0);
        let has_limit = main.is_some_and(|main| main.limit.is_some());
        let words = || match has_limit {
            true => words.to_owned(),
            false => lacks().unwrap_or_else(|| words.to_owned()),
        };
        blocks.unwrap_or_else(|| vec![Block::Words(words())])
    };
    Some(match kind {
        SheetKind::Limit => {
            main.map_or_else(Vec::new, |main| limit::limit(document, main, measure))
        }
        SheetKind::Sequence => or_words(
            main.and_then(|main| ahead::sequence(document, main, measure)),
            "No capacity is known yet.",
        ),
        SheetKind::Paths => or_words(
            main.and_then(|main| paths::paths(document, main)),
            "No path leads from where work enters to where it arrives.",
        ),
        SheetKind::Queues => or_words(
            main.and_then(|main| queues::queues(document, main)),
            "Process times and what customers ask for are needed.",
        ),
        SheetKind::WorkInProgress => or_words(
            main.and_then(|main| ahead::work_in_progress(document, main, measure)),
            "Capacity and process times are needed.",
        ),
        SheetKind::Missing => missing::missing(document, main, measure),
        SheetKind::Dora => dora::dora(document, main),
        SheetKind::Checks
        | SheetKind::Archetypes
        | SheetKind::Leverage
        | SheetKind::Trace
        | SheetKind::LoopSets
        | SheetKind::Writers
        | SheetKind::Readers
        | SheetKind::History
        | SheetKind::Storage => return None,
    })
}

/// How an amount of a measure is read.
const fn dimension_of(kind: MeasureKind) -> FigureDimension {
    match kind.dimension() {
        Dimension::Time => FigureDimension::Time,
        Dimension::Rate => FigureDimension::Rate,
        Dimension::Share => FigureDimension::Share,
        Dimension::Count | Dimension::Ratio => FigureDimension::Number,
    }
}

/// What a station or flow is called in a list.
fn name_of(document: &Document, id: Id) -> String {
    describe(document, id)
}

/// The names of several stations.
fn names_of(document: &Document, ids: &[Id]) -> String {
    let names: Vec<String> = ids.iter().map(|id| name_of(document, *id)).collect();
    names.join(" and ")
}
