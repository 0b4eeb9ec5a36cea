//! Lining up what is selected, and giving it equal gaps.

use std::collections::BTreeSet;

use crate::model::{Document, Edit, Id, Patch, Placement, Records, Rect, Vector};
use crate::scene::Scene;

use super::edits;
use super::event::Effect;
use super::history::Continuity;
use super::state::{Editor, Environment};

/// What things are aligned by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Their left sides.
    Left,
    /// Their middles, from left to right.
    Center,
    /// Their right sides.
    Right,
    /// Their upper sides.
    Top,
    /// Their middles, from top to bottom.
    Middle,
    /// Their lower sides.
    Bottom,
}

/// The way along which things are distributed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From left to right.
    Across,
    /// From top to bottom.
    Down,
}

/// What is moved as one: a thing, or a group.
#[derive(Clone, Debug)]
struct Unit {
    ids: Vec<Id>,
    rect: Rect,
    /// It, or a part of it, is locked.
    is_held: bool,
}

/// The parts of a selection that stand by themselves; the members of one group alone are parts of
/// their own.
fn units(document: &Document, scene: &Scene, ids: &BTreeSet<Id>) -> Vec<Unit> {
    let standing = ids.iter().filter_map(|id| {
        // Of a rate its valve lines up.
        let rect = scene.nodes().get(id)?.lined_up();
        Some((*id, document.placement(*id)?, rect))
    });
    let mut groups: Records<Unit> = Records::new();
    for (id, placement, rect) in standing.clone() {
        let unit = groups.entry(placement.group.unwrap_or(id)).or_insert(Unit {
            ids: Vec::new(),
            rect,
            is_held: false,
        });
        unit.ids.push(id);
        unit.rect = unit.rect.union(&rect);
        unit.is_held |= placement.locked;
    }
    if groups.len() > 1 {
        return groups.into_values().collect();
    }
    let single = |(id, placement, rect): (Id, &Placement, Rect)| Unit {
        ids: vec![id],
        rect,
        is_held: placement.locked,
    };
    standing.map(single).collect()
}

/// Lines things up at the box around all of them; what is locked stays.
#[must_use]
pub fn align(document: &Document, scene: &Scene, ids: &BTreeSet<Id>, line: Line) -> Patch {
    let units = units(document, scene, ids);
    let all = units.iter().map(|unit| unit.rect);
    let Some(all) = all.reduce(|all, rect| all.union(&rect)) else {
        return Patch::default();
    };
    let shift = |rect: &Rect| match line {
        Line::Left => Vector::new(all.left - rect.left, 0.0),
        Line::Center => Vector::new(all.center().x - rect.center().x, 0.0),
        Line::Right => Vector::new(all.right - rect.right, 0.0),
        Line::Top => Vector::new(0.0, all.top - rect.top),
        Line::Middle => Vector::new(0.0, all.center().y - rect.center().y),
        Line::Bottom => Vector::new(0.0, all.bottom - rect.bottom),
    };
    let shifts = units.iter().map(|unit| (unit, shift(&unit.rect)));
    moved(document, shifts)
}

/// Gives things equal gaps, or where they have no room for gaps, middles equally far apart; the
/// first, the last and what is locked stay, and so does the order.
#[must_use]
pub fn distribute(document: &Document, scene: &Scene, ids: &BTreeSet<Id>, way: Way) -> Patch {
    let span = |rect: &Rect| match way {
        Way::Across => (rect.left, rect.right),
        Way::Down => (rect.top, rect.bottom),
    };
    let middle = |rect: &Rect| f64::midpoint(span(rect).0, span(rect).1);
    let mut units = units(document, scene, ids);
    units.sort_by(|one, other| {
        let order = middle(&one.rect).total_cmp(&middle(&other.rect));
        order.then_with(|| one.ids.cmp(&other.ids))
    });
    let last = units.len().saturating_sub(1);
    let mut shifts = Vec::new();
    let mut from = 0;
    for at in 1..units.len() {
        if at < last && !units[at].is_held {
            continue;
        }
        let part = &units[from..=at];
        let (start, end) = (&part[0].rect, &part[part.len() - 1].rect);
        let between = &part[1..part.len() - 1];
        let parts = (between.len() + 1) as f64;
        let taken: f64 = between
            .iter()
            .map(|unit| span(&unit.rect).1 - span(&unit.rect).0)
            .sum();
        let gap = (span(end).0 - span(start).1 - taken) / parts;
        let pitch = (middle(end) - middle(start)) / parts;
        let mut edge = span(start).1;
        for (number, unit) in between.iter().enumerate() {
            let (first, second) = span(&unit.rect);
            let by = match gap >= 0.0 {
                true => edge + gap - first,
                false => middle(start) + pitch * (number + 1) as f64 - middle(&unit.rect),
            };
            edge += gap + second - first;
            let shift = match way {
                Way::Across => Vector::new(by, 0.0),
                Way::Down => Vector::new(0.0, by),
            };
            shifts.push((unit, shift));
        }
        from = at;
    }
    moved(document, shifts.into_iter())
}

fn moved<'a>(document: &Document, shifts: impl Iterator<Item = (&'a Unit, Vector)>) -> Patch {
    // What is nearly there already would change by what nobody sees.
    const LEAST: f64 = 1.0e-6;
    let mut edit = Edit::new(document);
    for (unit, shift) in shifts {
        if unit.is_held || shift.length() < LEAST {
            continue;
        }
        for id in &unit.ids {
            edit.change(*id, |element| {
                if let Some(placement) = element.placement_mut() {
                    placement.position = (placement.position + shift).on_canvas();
                }
            });
        }
    }
    edit.finish()
}

impl Editor {
    /// How many things or groups that stand by themselves are selected, counted up to `most`; the
    /// members of one group alone count each.
    pub(super) fn standing(&self, most: usize) -> usize {
        let placements = self.overlay.selection.iter();
        let placements = placements.filter_map(|id| Some((*id, self.document.placement(*id)?)));
        let mut groups = BTreeSet::new();
        let mut count = 0;
        for (id, placement) in placements {
            groups.insert(placement.group.unwrap_or(id));
            count += 1;
            if groups.len() == most {
                return most;
            }
        }
        match groups.len() {
            1 => count.min(most),
            several => several,
        }
    }

    pub(super) fn align(&mut self, line: Line, env: &mut Environment<'_>) -> Vec<Effect> {
        let patch = align(&self.document, &self.scene, &self.overlay.selection, line);
        self.lined_up(patch, "Aligned", env)
    }

    pub(super) fn distribute(&mut self, way: Way, env: &mut Environment<'_>) -> Vec<Effect> {
        let patch = distribute(&self.document, &self.scene, &self.overlay.selection, way);
        self.lined_up(patch, "Distributed", env)
    }

    fn lined_up(&mut self, patch: Patch, done: &str, env: &mut Environment<'_>) -> Vec<Effect> {
        if patch.is_empty() {
            let mut selection = self.overlay.selection.iter();
            let words = match selection.all(|id| edits::is_free(&self.document, *id)) {
                true => format!("{done} already"),
                false => "Locked elements stay where they are".to_owned(),
            };
            return vec![Effect::Announce(words)];
        }
        self.commit(patch, Continuity::Own, env)
    }
}
