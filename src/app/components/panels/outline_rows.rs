//! The lines of the outline.

use crate::app::state::App;
use crate::editor::{Find, Pattern, describe};
use crate::model::{ElementKind, Id};

/// How many lines a list shows; the filter finds the others.
pub const PAGE: usize = 200;

/// A line of the outline.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Row {
    /// The record.
    pub id: Id,
    /// Its words.
    pub words: String,
}

/// The lines of one kind that contain `filter`, by their words, and how many there are.
pub fn rows(app: App, kind: ElementKind, filter: &str) -> (Vec<Row>, usize) {
    let pattern = Pattern::new(filter);
    app.with(|core| {
        let document = core.editor.document();
        let found = core.editor.find().map(Find::records);
        // By its words here, such as those of both ends of a link, or by any of its texts.
        let is_sought = |row: &Row| match &pattern {
            Some(pattern) => {
                let is_found = found.is_some_and(|found| found.contains(&row.id));
                is_found || pattern.is_in(&row.words)
            }
            None => true,
        };
        let ids: Vec<Id> = match kind {
            ElementKind::Variable => document.variables().keys().copied().collect(),
            ElementKind::Link => document.links().keys().copied().collect(),
            ElementKind::Note => document.notes().keys().copied().collect(),
            ElementKind::Station => document.flow_order(),
            ElementKind::Flow => document.flows().keys().copied().collect(),
            ElementKind::Frame => document.frames().keys().copied().collect(),
            ElementKind::Improvement => {
                let improvements = document.improvements_in_order();
                improvements.into_iter().map(|(id, _)| id).collect()
            }
            ElementKind::Scenario => {
                let scenarios = document.scenarios_in_order();
                scenarios.into_iter().map(|(id, _)| id).collect()
            }
            ElementKind::LoopLabel
            | ElementKind::FindingReview
            | ElementKind::Comment
            | ElementKind::Image
            | ElementKind::Story
            | ElementKind::StoryStep
            | ElementKind::Retrospective
            | ElementKind::Fact
            | ElementKind::Variation
            | ElementKind::Experiment => Vec::new(),
        };
        let mut lines: Vec<Row> = ids
            .into_iter()
            .map(|id| Row {
                id,
                words: describe(document, id),
            })
            .filter(is_sought)
            .collect();
        // Stations stand in the order of flow, improvements and scenarios as they were saved.
        let has_order = matches!(
            kind,
            ElementKind::Station | ElementKind::Improvement | ElementKind::Scenario
        );
        if !has_order {
            lines.sort_by_key(|line| (line.words.to_ascii_lowercase(), line.id));
        }
        let count = lines.len();
        lines.truncate(PAGE);
        (lines, count)
    })
}
