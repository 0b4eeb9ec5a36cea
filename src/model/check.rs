//! What makes a document valid, checked for what a patch has touched.

use super::carried::Carried;
use super::document::{Document, MAXIMUM_NAME, MAXIMUM_TEXT};
use super::element::{Element, Link, Note, Placement};
use super::flow::Flow;
use super::geometry::MAXIMUM_COORDINATE;
use super::id::Id;
use super::judgement::Judgement;
use super::measure::{MeasureKind, Measures};
use super::patch::{Patch, PatchError};

impl Document {
    /// Checks what a patch that was just put in may have broken.
    pub(super) fn check(&self, patch: &Patch) -> Result<(), PatchError> {
        if let Some((_, after)) = &patch.properties {
            if after.title.len() > MAXIMUM_NAME {
                return Err(PatchError::TitleTooLong);
            }
            if after.purpose.len() > MAXIMUM_TEXT {
                return Err(PatchError::PurposeTooLong);
            }
            if !after.stream.is_valid() {
                return Err(PatchError::BadStreamSettings);
            }
        }
        if let Some((_, Some(after))) = &patch.carried
            && after.text.len() > Carried::LONGEST
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
                    if let Some(judgement) = self.mentions_of(*id).next() {
                        let record = *id;
                        return Err(PatchError::MissingSubject { judgement, record });
                    }
                }
            }
        }
        Ok(())
    }

    fn check_element(&self, id: Id, element: &Element, patch: &Patch) -> Result<(), PatchError> {
        match element {
            Element::Variable(variable) => {
                check_texts(id, &variable.name, &variable.remark)?;
                check_placement(id, &variable.placement)
            }
            Element::Link(link) => {
                check_texts(id, "", &link.remark)?;
                for end in [link.from, link.to] {
                    if !self.variables().contains_key(&end) {
                        return Err(PatchError::MissingEnd { edge: id, end });
                    }
                }
                if !(-Link::MAXIMUM_BEND..=Link::MAXIMUM_BEND).contains(&link.bend) {
                    return Err(PatchError::BadNumber(id));
                }
                Ok(())
            }
            Element::Note(note) => {
                check_texts(id, "", &note.text)?;
                if !(Note::MINIMUM_WIDTH..=Note::MAXIMUM_WIDTH).contains(&note.width) {
                    return Err(PatchError::BadNumber(id));
                }
                check_placement(id, &note.placement)
            }
            Element::LoopLabel(label) => {
                check_texts(id, &label.name, &label.remark)?;
                if label.key.links().is_empty() {
                    return Err(PatchError::EmptyLoop(id));
                }
                for link in label.key.links() {
                    if !self.links().contains_key(link) {
                        return Err(PatchError::MissingLoopLink {
                            label: id,
                            link: *link,
                        });
                    }
                }
                let first = label.key.links().first();
                let mut others = first
                    .into_iter()
                    .flat_map(|link| self.labels_through(*link));
                // Of two in one patch, the second is one too many.
                let second = |other: Id| other > id && patch.changes.contains_key(&other);
                let same = |other: Id| {
                    let standing = self.loop_labels().get(&other);
                    let same = standing.is_some_and(|standing| standing.key == label.key);
                    same && other != id && !second(other)
                };
                if others.any(same) {
                    return Err(PatchError::LoopLabelledTwice(id));
                }
                if !in_range(label.badge_offset.x) || !in_range(label.badge_offset.y) {
                    return Err(PatchError::BadNumber(id));
                }
                Ok(())
            }
            Element::Station(station) => {
                check_texts(id, &station.name, &station.remark)?;
                check_texts(id, &station.resource, "")?;
                check_measures(id, &station.measures, MeasureKind::of_station(station.kind))?;
                check_placement(id, &station.placement)
            }
            Element::Flow(flow) => self.check_flow(id, flow),
            Element::Judgement(judgement) => self.check_judgement(id, judgement, patch),
        }
    }

    fn check_judgement(
        &self,
        id: Id,
        judgement: &Judgement,
        patch: &Patch,
    ) -> Result<(), PatchError> {
        check_texts(id, "", &judgement.remark)?;
        let about = &judgement.about;
        let in_order = about.windows(2).all(|pair| pair[0] < pair[1]);
        let topic = judgement.topic.len();
        if !in_order || topic == 0 || topic > Judgement::LONGEST_TOPIC {
            return Err(PatchError::BadJudgement(id));
        }
        for record in about {
            match self.kind_of(*record) {
                None => {
                    return Err(PatchError::MissingSubject {
                        judgement: id,
                        record: *record,
                    });
                }
                Some(kind) if !kind.can_be_judged() => return Err(PatchError::BadJudgement(id)),
                Some(_) => {}
            }
        }
        // Of two in one patch, the second is one too many.
        let second = |other: Id| other > id && patch.changes.contains_key(&other);
        let same = |(other, standing): (Id, &Judgement)| {
            standing.is_about(&judgement.topic, about) && other != id && !second(other)
        };
        let twice = match about.first() {
            Some(first) => self
                .mentions_of(*first)
                .filter_map(|other| Some((other, self.judgements().get(&other)?)))
                .any(same),
            None => self
                .judgements()
                .iter()
                .map(|(other, standing)| (*other, standing))
                .any(same),
        };
        if twice {
            return Err(PatchError::JudgedTwice(id));
        }
        Ok(())
    }

    fn check_flow(&self, id: Id, flow: &Flow) -> Result<(), PatchError> {
        check_texts(id, "", &flow.remark)?;
        for end in [flow.from, flow.to] {
            if !self.stations().contains_key(&end) {
                return Err(PatchError::MissingEnd { edge: id, end });
            }
        }
        if !(-Link::MAXIMUM_BEND..=Link::MAXIMUM_BEND).contains(&flow.bend) {
            return Err(PatchError::BadNumber(id));
        }
        check_measures(id, &flow.measures, MeasureKind::of_flow(flow.kind))
    }
}

/// Every measure is of a kind that the record may have, and fits it.
fn check_measures(id: Id, measures: &Measures, kinds: &[MeasureKind]) -> Result<(), PatchError> {
    for (kind, measure) in measures.iter() {
        check_texts(id, &measure.source, "")?;
        if !kinds.contains(&kind) || !measure.fits(kind) {
            return Err(PatchError::BadMeasure(id));
        }
    }
    Ok(())
}

fn check_texts(id: Id, name: &str, text: &str) -> Result<(), PatchError> {
    if name.len() > MAXIMUM_NAME || text.len() > MAXIMUM_TEXT {
        return Err(PatchError::TextTooLong(id));
    }
    Ok(())
}

fn check_placement(id: Id, placement: &Placement) -> Result<(), PatchError> {
    if in_range(placement.position.x) && in_range(placement.position.y) {
        Ok(())
    } else {
        Err(PatchError::BadNumber(id))
    }
}

/// False for a number out of range and for NaN.
fn in_range(coordinate: f64) -> bool {
    coordinate.abs() <= MAXIMUM_COORDINATE
}
