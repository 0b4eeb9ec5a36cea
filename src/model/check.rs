//! What makes a document valid, checked for what a patch has touched.

use super::document::{Document, MAXIMUM_NAME, MAXIMUM_TEXT};
use super::element::{Element, Link, Note, Placement};
use super::geometry::MAXIMUM_COORDINATE;
use super::id::Id;
use super::patch::{Patch, PatchError};

impl Document {
    /// Checks what a patch that was just put in may have broken.
    pub(super) fn check(&self, patch: &Patch) -> Result<(), PatchError> {
        if let Some((_, after)) = &patch.properties
            && after.title.len() > MAXIMUM_NAME
        {
            return Err(PatchError::TitleTooLong);
        }
        for (id, change) in &patch.changes {
            match &change.after {
                Some(element) => self.check_element(*id, element, patch)?,
                None => {
                    if let Some(link) = self.links_of(*id).next() {
                        return Err(PatchError::MissingEnd { link, end: *id });
                    }
                    if let Some(label) = self.labels_through(*id).next() {
                        return Err(PatchError::MissingLoopLink { label, link: *id });
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
                        return Err(PatchError::MissingEnd { link: id, end });
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
        }
    }
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
