//! The reports of the value stream. They are written at once: what they need of its arithmetic is
//! short, but for the list of what is missing.

mod ahead;
mod charts;
mod dora;
mod figures;
mod limit;
mod missing;
mod paths;
mod products;
mod queues;
mod trial;

use crate::editor::describe;
use crate::model::{Dimension, Document, Id, MeasureKind};
use crate::scene::MeasureText;
use crate::stream::{FigureDimension, StationFigures, StreamResults};
use crate::worker::report::Block;

pub(in crate::worker) use trial::tried;

/// What a report of a stream is made of.
pub(super) struct StreamInput<'a> {
    /// The document.
    pub document: &'a Document,
    /// The stream of what it is about, or the main one; none where there is no stream.
    pub results: Option<&'a StreamResults>,
    /// How words are measured.
    pub font: &'a dyn MeasureText,
}

impl StreamInput<'_> {
    /// The blocks, or why there are none: what lacks for a limit says more than `words`.
    fn or_words(&self, blocks: Option<Vec<Block>>, words: &str) -> Vec<Block> {
        blocks.unwrap_or_else(|| {
            let results = self.results.filter(|results| results.limit.is_none());
            let lacks = results.map(|results| limit::no_capacity(self.document, results).0);
            vec![Block::Words(lacks.unwrap_or_else(|| words.to_owned()))]
        })
    }
}

/// The figures of the stream.
pub(super) fn figures(input: &StreamInput<'_>) -> Vec<Block> {
    let results = input.results;
    results.map_or_else(Vec::new, |results| {
        figures::figures(input.document, results)
    })
}

/// What limits the stream.
pub(super) fn limit(input: &StreamInput<'_>) -> Vec<Block> {
    let results = input.results;
    results.map_or_else(Vec::new, |results| {
        limit::limit(input.document, results, input.font)
    })
}

/// One limit after another.
pub(super) fn sequence(input: &StreamInput<'_>) -> Vec<Block> {
    let results = input.results;
    let blocks = results.and_then(|results| ahead::sequence(input.document, results, input.font));
    input.or_words(blocks, "No capacity is known yet.")
}

/// The paths through the stream.
pub(super) fn paths(input: &StreamInput<'_>) -> Vec<Block> {
    let results = input.results;
    let blocks = results.and_then(|results| paths::paths(input.document, results));
    input.or_words(
        blocks,
        "No path leads from where work enters to where it arrives.",
    )
}

/// What the constraint does for each product.
pub(super) fn products(input: &StreamInput<'_>) -> Vec<Block> {
    let results = input.results;
    let blocks = results.and_then(|results| products::products(input.document, results));
    blocks.unwrap_or_else(|| {
        let words = "No customer names a product. Select one, and add its products there.";
        vec![Block::Words(words.to_owned())]
    })
}

/// How long work waits by chance.
pub(super) fn queues(input: &StreamInput<'_>) -> Vec<Block> {
    let results = input.results;
    let blocks = results.and_then(|results| queues::queues(input.document, results));
    input.or_words(
        blocks,
        "Process times and what customers ask for are needed.",
    )
}

/// How the stream does with more or less work in it.
pub(super) fn work_in_progress(input: &StreamInput<'_>) -> Vec<Block> {
    let results = input.results;
    let blocks =
        results.and_then(|results| ahead::work_in_progress(input.document, results, input.font));
    input.or_words(blocks, "Capacity and process times are needed.")
}

/// What nobody has measured.
pub(super) fn missing(input: &StreamInput<'_>) -> Vec<Block> {
    missing::missing(input.document, input.results, input.font)
}

/// The metrics of software delivery.
pub(super) fn dora(input: &StreamInput<'_>) -> Vec<Block> {
    dora::dora(input.document, input.results)
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

/// The stations of a stream in the order of flow.
fn in_flow_order<'r>(document: &Document, results: &'r StreamResults) -> Vec<&'r StationFigures> {
    let order = document.flow_order().into_iter();
    let of = |id: Id| Some(&results.stations[results.stream.index_of(id)?]);
    order.filter_map(of).collect()
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
