//! Answers that a person can give to a finding, as actions of its row.

use crate::model::{Decision, Document, Element, FindingReview, Id, IdSource, Patch};
use crate::worker::report::{RowAction, RowCommand};

/// What a person has answered to a finding, if anything; the records in any order.
pub fn decision_on(document: &Document, topic: &str, about: &[Id]) -> Option<(Id, Decision)> {
    let mut about = about.to_vec();
    about.sort_unstable();
    about.dedup();
    let (id, review) = document.review_of(topic, &about)?;
    Some((id, review.decision))
}

/// The action that answers to a finding.
pub fn answer(
    label: &str,
    topic: &str,
    about: &[Id],
    decision: Decision,
    ids: &mut IdSource,
) -> RowAction {
    let review = FindingReview::new(topic, about.iter().copied(), decision);
    let patch = Patch::of(ids.fresh(), None, Some(Element::FindingReview(review)));
    action(label, patch)
}

/// The action that takes an answer back.
pub fn take_back(document: &Document, id: Id) -> RowAction {
    action("Ask again", Patch::of(id, document.element(id), None))
}

/// An action that makes a change.
pub fn action(label: impl Into<String>, patch: Patch) -> RowAction {
    RowAction::new(label, RowCommand::Patch(Box::new(patch)))
}
