//! Whether a document stays valid with what a patch has touched.

use super::document::Document;
use super::element::{Element, LoopLabel};
use super::finding_review::FindingReview;
use super::flaw::{FieldFlaw, Flaw};
use super::id::Id;
use super::patch::{Patch, PatchError};

/// Why a patch with such a flaw in a record cannot be applied.
fn refused(id: Id, element: &Element, FieldFlaw { field, flaw }: FieldFlaw) -> PatchError {
    match flaw {
        Flaw::NoLinks | Flaw::Twice | Flaw::OutOfRange { .. }
            if matches!(element, Element::StoryStep(_)) =>
        {
            PatchError::BadStoryStep(id)
        }
        Flaw::NoLinks if matches!(element, Element::Retrospective(_) | Element::Experiment(_)) => {
            PatchError::BadRetrospective(id)
        }
        Flaw::OutOfRange { .. } if matches!(element, Element::Experiment(_)) => {
            PatchError::BadNumber(id)
        }
        Flaw::NoLinks => PatchError::EmptyLoop(id),
        Flaw::NoRecord { id: other, .. } => match element {
            Element::LoopLabel(_) => PatchError::MissingLoopLink {
                label: id,
                link: other,
            },
            Element::FindingReview(_)
            | Element::Comment(_)
            | Element::Image(_)
            | Element::Improvement(_)
            | Element::Scenario(_)
            | Element::StoryStep(_)
            | Element::Fact(_)
            | Element::Variation(_) => PatchError::MissingSubject {
                review: id,
                record: other,
            },
            _ => PatchError::MissingEnd {
                edge: id,
                end: other,
            },
        },
        Flaw::Empty if matches!(element, Element::Comment(_)) => PatchError::EmptyComment(id),
        Flaw::Twice
        | Flaw::OutOfRange { .. }
        | Flaw::NotBetween
        | Flaw::OtherUnit
        | Flaw::NoSuchMeasure
            if matches!(element, Element::Improvement(_)) =>
        {
            PatchError::BadImprovement(id)
        }
        Flaw::Twice | Flaw::OutOfRange { .. } if matches!(element, Element::Scenario(_)) => {
            PatchError::BadScenario(id)
        }
        _ if field.starts_with("table.") => PatchError::BadTable(id),
        Flaw::NotInOrder if field.starts_with("range.") => PatchError::BadNumber(id),
        Flaw::TooLong { .. } if field.starts_with("products.") => PatchError::TextTooLong(id),
        _ if field.starts_with("products.") => PatchError::BadProduct(id),
        Flaw::Empty
        | Flaw::NotInOrder
        | Flaw::NotRising
        | Flaw::TooMany { .. }
        | Flaw::NeverJudged(_) => PatchError::BadReview(id),
        Flaw::TooLong { .. } if field == "topic" => PatchError::BadReview(id),
        Flaw::TooLong { .. } => PatchError::TextTooLong(id),
        _ if field.starts_with("measures.") => PatchError::BadMeasure(id),
        Flaw::OutOfRange { .. } => PatchError::BadNumber(id),
        Flaw::NotBetween | Flaw::OtherUnit | Flaw::NoSuchMeasure | Flaw::Twice => {
            PatchError::BadMeasure(id)
        }
    }
}

impl Document {
    /// Checks what a patch that was just put in may have broken.
    pub(super) fn check(&self, patch: &Patch) -> Result<(), PatchError> {
        if let Some((_, after)) = &patch.properties
            && let Some(flaw) = after.flaws().first()
        {
            return Err(match flaw.field.as_str() {
                "title" => PatchError::TitleTooLong,
                "purpose" => PatchError::PurposeTooLong,
                field if field.starts_with("run.") => PatchError::BadRunSettings,
                _ => PatchError::BadStreamSettings,
            });
        }
        if let Some((_, Some(after))) = &patch.source_text
            && after.flaw().is_some()
        {
            return Err(PatchError::CarriedTooLong);
        }
        for (id, change) in &patch.changes {
            match &change.after {
                Some(element) => self.check_element(*id, element, patch)?,
                None => {
                    if let Some(edge) = self.edges_of(*id).next() {
                        return Err(PatchError::MissingEnd { edge, end: *id });
                    }
                    if let Some(label) = self.labels_through(*id).next() {
                        return Err(PatchError::MissingLoopLink { label, link: *id });
                    }
                    if let Some(review) = self.mentions_of(*id).next() {
                        let record = *id;
                        return Err(PatchError::MissingSubject { review, record });
                    }
                }
            }
        }
        Ok(())
    }

    fn check_element(&self, id: Id, element: &Element, patch: &Patch) -> Result<(), PatchError> {
        let missing = || element.missing(|other| self.kind_of(other));
        let flaw = element.flaws().into_iter().next();
        if let Some(flaw) = flaw.or_else(|| missing().into_iter().next()) {
            return Err(refused(id, element, flaw));
        }
        match element {
            Element::LoopLabel(label) if self.is_labelled_otherwise(id, label, patch) => {
                Err(PatchError::LoopLabelledTwice(id))
            }
            Element::FindingReview(review) if self.is_judged_otherwise(id, review, patch) => {
                Err(PatchError::JudgedTwice(id))
            }
            _ => Ok(()),
        }
    }

    /// Whether another label is of the same loop. Of two in one patch, the second is one too many.
    fn is_labelled_otherwise(&self, id: Id, label: &LoopLabel, patch: &Patch) -> bool {
        let first = label.key.links().first();
        let mut others = first
            .into_iter()
            .flat_map(|link| self.labels_through(*link));
        others.any(|other| {
            let standing = self.loop_labels().get(&other);
            let is_same = standing.is_some_and(|standing| standing.key == label.key);
            is_same && comes_first(other, id, patch)
        })
    }

    /// Whether another review answers to the same finding. Of two in one patch, the second is
    /// one too many.
    fn is_judged_otherwise(&self, id: Id, review: &FindingReview, patch: &Patch) -> bool {
        let about = &review.about;
        let is_same = |(other, standing): (Id, &FindingReview)| {
            standing.is_about(&review.topic, about) && comes_first(other, id, patch)
        };
        match about.first() {
            Some(first) => self
                .mentions_of(*first)
                .filter_map(|other| Some((other, self.reviews().get(&other)?)))
                .any(is_same),
            None => self
                .reviews()
                .iter()
                .map(|(other, standing)| (*other, standing))
                .any(is_same),
        }
    }
}

/// Whether another record was there before this one, or comes first in the same patch.
fn comes_first(other: Id, id: Id, patch: &Patch) -> bool {
    other != id && !(other > id && patch.changes.contains_key(&other))
}
