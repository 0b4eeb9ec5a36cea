//! What a step of a story mentions that is no longer in the document.

use crate::model::{Document, ElementKind, Id, LoopKey, Records, StoryFigure, StoryStep};

use super::figures::has_figure;

/// What is gone of a step. It comes back to the step when it comes back to the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gone {
    /// The records of marks, in the order of their ids; or their ids stand for something that is not
    /// drawn.
    pub records: Vec<Id>,
    /// The loops: a link is gone, or the links make no loop any more.
    pub loops: Vec<LoopKey>,
    /// The figures: their station or flow is gone or has no such measure, or there is no stream.
    pub figures: Vec<StoryFigure>,
}

impl Gone {
    /// Nothing is gone.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.records.is_empty() && self.loops.is_empty() && self.figures.is_empty()
    }

    /// How many things are gone.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.records.len() + self.loops.len() + self.figures.len()
    }

    /// What is gone, as a sentence; none where nothing is.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let counted = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{count} {many}")),
        };
        let parts: Vec<String> = [
            counted(
                self.records.len(),
                "thing on the canvas",
                "things on the canvas",
            ),
            counted(self.loops.len(), "loop", "loops"),
            counted(self.figures.len(), "figure", "figures"),
        ]
        .into_iter()
        .flatten()
        .collect();
        let parts = match parts.as_slice() {
            [] => return None,
            [one] => one.clone(),
            [most @ .., last] => format!("{} and {last}", most.join(", ")),
        };
        Some(format!("Gone since this step was made: {parts}."))
    }
}

/// What of a step is gone from a document.
#[must_use]
pub fn gone(document: &Document, step: &StoryStep) -> Gone {
    let is_drawn = |id: Id| document.kind_of(id).is_some_and(ElementKind::can_be_shown);
    let records = step.marks.iter().map(|mark| mark.about);
    let loops = step.loops.iter();
    let figures = step.figures.iter();
    Gone {
        records: records.filter(|id| !is_drawn(*id)).collect(),
        loops: loops
            .filter(|key| travel_order(document, key).is_none())
            .cloned()
            .collect(),
        figures: figures
            .filter(|figure| !has_figure(document, figure))
            .copied()
            .collect(),
    }
}

/// The links of a loop in the order of travel, from the one whose id is first; `None` where they are
/// no loop of the document: one is gone, or they do not lead once round.
#[must_use]
pub fn travel_order(document: &Document, key: &LoopKey) -> Option<Vec<Id>> {
    let links = key.links().iter();
    let mut from = Records::new();
    for id in links {
        let link = document.links().get(id)?;
        if from.insert(link.from, (*id, link.to)).is_some() {
            return None;
        }
    }
    let start = document.links().get(key.links().first()?)?.from;
    let mut order = Vec::with_capacity(key.links().len());
    let mut at = start;
    loop {
        let (id, to) = from.remove(&at)?;
        order.push(id);
        at = to;
        if at == start {
            return from.is_empty().then_some(order);
        }
    }
}
