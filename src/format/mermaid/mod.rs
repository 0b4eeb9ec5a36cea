//! Mermaid flowcharts (mermaid.js.org/syntax/flowchart.html).

mod write;

use super::carried::Carried;
use super::writer::Writer;

pub use write::mermaid;

/// The line of the table of writers.
pub(super) const WRITER: Writer = Writer {
    key: "mermaid",
    name: "Mermaid",
    purpose: "For GitHub, wikis and notes that draw Mermaid.",
    ending: "mmd",
    media_type: "text/vnd.mermaid",
    carries: &[
        Carried::Title,
        Carried::Names,
        Carried::Stocks,
        Carried::Polarity,
        Carried::Delay,
        Carried::Streams,
    ],
    write: |drawing| mermaid(drawing.document()),
};
