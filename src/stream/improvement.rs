//! Named improvements of a stream: what the whole does with one, beside what it does today.

use crate::model::{Document, Edit, Id, Properties, StreamSettings};

use super::figure::{Figure, FigureKind};
use super::report::StreamReport;

/// What a stream does, in the columns in which improvements are compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Prospect {
    /// What comes out.
    pub throughput: Option<Figure>,
    /// How long work takes.
    pub lead_time: Option<Figure>,
    /// The steps that limit, and whether that is certain; none where no capacity is known.
    pub constraint: Option<(Vec<Id>, Certain)>,
    /// How many more items wait before the constraint after each second of working time; none where
    /// demand or capacity is not known.
    pub queue_growth: Option<f64>,
    /// Process time over lead time.
    pub activity_ratio: Option<Figure>,
    /// The part of the items that pass all steps complete and accurate.
    pub rolled: Option<Figure>,
}

/// Whether a step that is not known could be the constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certain {
    /// None could.
    Yes,
    /// One could.
    No,
}

/// What the stream of some of these records does in a document, without what was counted at its end:
/// a count is of today, and says nothing of a stream that is another.
#[must_use]
pub fn prospect(document: &Document, about: &[Id]) -> Option<Prospect> {
    let uncounted = without_count(document);
    let report = StreamReport::of(uncounted.as_ref().unwrap_or(document));
    let results = report.about(about.iter().copied())?;
    let figure = |kind: FigureKind| results.figure(kind).copied();
    let limit = results.limit.as_ref();
    Some(Prospect {
        throughput: figure(FigureKind::Throughput),
        lead_time: figure(FigureKind::LeadTime),
        constraint: limit.map(|limit| {
            let certain = match limit.is_certain() {
                true => Certain::Yes,
                false => Certain::No,
            };
            (limit.stations().collect(), certain)
        }),
        queue_growth: limit.and_then(super::LimitReport::queue_growth),
        activity_ratio: figure(FigureKind::ActivityRatio),
        rolled: figure(FigureKind::RolledCompleteAndAccurate),
    })
}

/// The document without the throughput that was counted; none where none was.
fn without_count(document: &Document) -> Option<Document> {
    let properties = document.properties();
    properties.stream.throughput.as_ref()?;
    let stream = StreamSettings {
        throughput: None,
        ..properties.stream.clone()
    };
    let mut edit = Edit::new(document);
    edit.set_properties(Properties {
        stream,
        ..properties.clone()
    });
    let patch = edit.finish();
    let mut uncounted = document.clone();
    uncounted.apply(&patch).ok()?;
    Some(uncounted)
}
