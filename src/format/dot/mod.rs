//! Graphviz graphs in the DOT language (graphviz.org/doc/info/lang.html).

mod write;

use super::carried::Carried;
use super::writer::Writer;

pub use write::dot;

/// The line of the table of writers.
pub(super) const WRITER: Writer = Writer {
    key: "dot",
    name: "Graphviz DOT",
    purpose: "For Graphviz and whatever reads its language.",
    ending: "dot",
    media_type: "text/vnd.graphviz",
    carries: &[
        Carried::Title,
        Carried::Names,
        Carried::Stocks,
        Carried::Polarity,
        Carried::Delay,
        Carried::Remarks,
        Carried::Notes,
        Carried::Streams,
    ],
    write: |drawing| dot(drawing.document()),
};
