//! The badges of a scene: which loops have one, and where they stand.

use std::collections::BTreeSet;

use crate::causal::NamedLoop;
use crate::model::{Document, Id, Point, Records, Rect, Vector};

use super::badge::{
    BadgeShape, PAPER, badge_box, badge_reach, badge_shape, covers, enclosed_by, free_position,
    name_plate, name_width,
};
use super::build::{Changed, Scene};
use super::text::MeasureText;

/// How many loops get a badge on the canvas: more would hide the diagram.
pub const MAXIMUM_BADGES: usize = 32;
/// With more loops than this, only loops with a name and a few of the shortest get a badge.
const DENSE: usize = 12;
/// How many of the shortest loops without a name get a badge then.
const SHORTEST: usize = 5;
/// How many links a loop with a badge has at the most: nobody sees where the middle of more is.
pub const LONGEST_BADGED_LOOP: usize = 64;

impl Scene {
    /// Takes the loops that are to have badges: the first [`MAXIMUM_BADGES`] of those with at most
    /// [`LONGEST_BADGED_LOOP`] links; where there are many, those with a name and the shortest.
    pub fn set_loops(
        &mut self,
        document: &Document,
        loops: &[NamedLoop],
        measure: &dyn MeasureText,
    ) {
        let short = loops
            .iter()
            .filter(|named| named.links.len() <= LONGEST_BADGED_LOOP);
        let is_dense = short.clone().nth(DENSE).is_some();
        let mut unnamed = 0;
        let badged = short.filter(|named| {
            let label = document.label_of(&named.key);
            let is_named = label.is_some_and(|(_, label)| !label.name.is_empty());
            unnamed += usize::from(!is_named);
            !is_dense || is_named || unnamed <= SHORTEST
        });
        self.loops = badged.take(MAXIMUM_BADGES).cloned().collect();
        let mut along: Records<Vec<usize>> = Records::new();
        for (number, named) in self.loops.iter().enumerate() {
            for link in &named.links {
                along.entry(*link).or_default().push(number);
            }
        }
        let partners = |named: &NamedLoop| {
            let sharing = named.links.iter().filter_map(|link| along.get(link));
            let sharing: BTreeSet<usize> = sharing.flatten().copied().collect();
            sharing.into_iter().collect()
        };
        self.partners = self.loops.iter().map(partners).collect();
        self.position_badges(document, None, measure);
    }

    /// Places the badges of the loops that go along one of these links, or near one of these
    /// boxes; all of them if nothing is given.
    pub(super) fn position_badges(
        &mut self,
        document: &Document,
        near: Option<(&BTreeSet<Id>, &Changed)>,
        measure: &dyn MeasureText,
    ) {
        let badges = std::mem::take(&mut self.badges).into_iter();
        let mut before = badges
            .zip(std::mem::take(&mut self.badge_middles))
            .peekable();
        // A badge that moves may make room for those after it, or take it.
        let changed = near.iter().flat_map(|(_, changed)| changed.iter());
        let mut moved: Vec<Rect> = changed.map(|(_, rect)| *rect).collect();
        self.enclosed.resize(self.loops.len(), None);
        let touched = |named: &NamedLoop| {
            near.is_none_or(|(links, _)| links.iter().any(|id| named.links.contains(id)))
        };
        for (number, named) in self.loops.iter().enumerate() {
            if touched(named) {
                let spines = named.links.iter();
                let spines = spines.map(|id| self.links.get(id).map(|shape| shape.spine));
                // The loops are those of an earlier state until the search has caught up.
                let spines: Option<Vec<_>> = spines.collect();
                self.enclosed[number] = spines.map(|spines| enclosed_by(&spines));
            }
        }
        for (number, named) in self.loops.iter().enumerate() {
            let partners = &self.partners[number];
            let known = before.next_if(|(badge, _)| badge.key == named.key);
            let stays = |middle: Point, badge: &BadgeShape| {
                !partners.iter().any(|other| touched(&self.loops[*other]))
                    && !moved.iter().any(|rect| {
                        let size = Vector::new(badge.rect.width(), badge.rect.height());
                        badge_reach(middle, size).intersects(rect)
                    })
            };
            match known {
                Some((badge, middle)) if stays(middle, &badge) => {
                    self.badge_middles.push(middle);
                    self.badges.push(badge);
                    continue;
                }
                Some((badge, _)) => moved.push(badge.rect),
                None => {}
            }
            let Some(enclosed) = self.enclosed[number] else {
                continue;
            };
            let others = partners.iter().filter(|other| **other != number);
            let others = others.filter_map(|other| self.enclosed[*other]);
            let (middle, turn) = (enclosed.middle_beside(others), enclosed.turn);
            let label = document.label_of(&named.key).map(|(_, label)| label);
            let name = name_width(label, measure);
            let home = free_position(middle, |at| self.covered_by_badge(at, name, 1.0));
            // It grows where that covers nothing more.
            let large = enclosed.badge_scale();
            let covered = self.covered_by_badge(home, name, 1.0);
            let has_room = large > 1.0 && self.covered_by_badge(home, name, large) <= covered;
            let scale = if has_room { large } else { 1.0 };
            let badge = badge_shape(named, label, home, turn, scale, measure);
            moved.push(badge.rect);
            self.badge_middles.push(middle);
            self.badges.push(badge);
        }
    }

    /// What a badge with a name of this width would cover with its middle here, so many times as
    /// large, and how bad that is: another badge, a name, a note, a link, its sign or its words.
    fn covered_by_badge(&self, at: Point, name: Option<f64>, scale: f64) -> f64 {
        let plate = name.map(|width| name_plate(at, width, scale));
        let square = badge_box(at, scale);
        let rect = plate.map_or(square, |plate| square.union(&plate));
        let on = |other: &Rect| {
            other.intersects(&square) || plate.is_some_and(|plate| other.intersects(&plate))
        };
        let names = self.node_index.touching(&rect.grown(PAPER)).len();
        let (mut covered, mut struck) = (0, 0);
        for id in self.link_index.touching(&rect) {
            let Some(link) = self.links.get(&id) else {
                continue;
            };
            covered += usize::from(covers(at, scale, &link.curve));
            covered += usize::from(link.label.is_some_and(|words| on(&words)));
            let through = |plate: Rect| !link.curve.crossings(&plate).is_empty();
            struck += usize::from(plate.is_some_and(through)) + usize::from(on(&link.sign_box()));
        }
        let others = self.badges.iter();
        let near = rect.grown(PAPER);
        let crowded = others.filter(|other| other.rect.intersects(&near)).count();
        (names * 600 + covered * 250 + struck * 120 + crowded * 900) as f64
    }
}
