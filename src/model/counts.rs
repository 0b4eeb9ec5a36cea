//! How much a document holds.

use super::document::Document;
use super::station::StationKind;

/// How many records of the kinds that people count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Its variables.
    pub variables: usize,
    /// Its links.
    pub links: usize,
    /// Its steps: queues, suppliers and the like are not counted.
    pub steps: usize,
    /// Its flows.
    pub flows: usize,
}

impl Counts {
    /// Those of a document.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let stations = document.stations().values();
        let steps = stations.filter(|station| station.kind == StationKind::Step);
        Self {
            variables: document.variables().len(),
            links: document.links().len(),
            steps: steps.count(),
            flows: document.flows().len(),
        }
    }
}
