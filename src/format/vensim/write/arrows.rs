//! Links: arrows with their signs, marks of delay and handles.

use std::collections::BTreeMap;

use super::Writer;
use super::objects::{whole, written};
use crate::format::foreign::formula::Mentioned;
use crate::format::foreign::{bend_through, direction_of_ring, handle_of_bend, handle_of_ring};
use crate::format::vensim::corners::point_of;
use crate::format::vensim::ends::End;
use crate::format::vensim::sketch::{Form, Object, ObjectKind};
use crate::model::{Corner, Delay, Link, Point, Polarity, Records};

/// Of pipes, by view and index: where they turned, and where they turn now.
type Corners = BTreeMap<(usize, usize), (Option<Corner>, Option<Corner>)>;

impl Writer<'_, '_> {
    /// Removes, changes and adds links.
    pub(super) fn links(&mut self) {
        let standing = self.standing_links();
        let has_objects = self.has_objects();
        let mut bends = BTreeMap::new();
        let mut corners = BTreeMap::new();
        for index in 0..self.base.links.len() {
            match standing.get(&index) {
                // What is a pipe now, or was one, is drawn again.
                Some((_, after)) if self.is_piped(after) != self.shows_pipe(index) => {
                    for (view, arrow) in self.drawn.arrows[index].clone() {
                        let whole = self.source.views[view].objects[arrow].whole.clone();
                        self.splices.remove(whole);
                    }
                }
                Some((before, after)) => {
                    self.change_link(index, before, after);
                    if let Some(arrow) = self.drawn.arrows[index].first() {
                        if before.bend != after.bend {
                            bends.insert(*arrow, after.bend);
                        }
                        corners.insert(*arrow, (before.corner, after.corner));
                    }
                }
                None => self.remove_link(index, &standing),
            }
        }
        self.lead_arrows(&bends);
        self.lead_pipes(&corners);
        let indices: Records<usize> = self.base.links.iter().copied().zip(0..).collect();
        let document = self.document;
        for (id, link) in document.links() {
            let index = indices.get(id);
            let is_standing = index.is_some_and(|index| standing.contains_key(index));
            let is_pipe = self.is_piped(link);
            let was_pipe = index.is_some_and(|index| self.shows_pipe(*index));
            let is_other = is_standing && was_pipe && !is_pipe;
            if !is_pipe && (!is_standing || !has_objects || is_other) {
                self.connect(link);
            }
        }
    }

    fn remove_link(&mut self, index: usize, standing: &BTreeMap<usize, (Link, Link)>) {
        for (view, arrow) in self.drawn.arrows[index].clone() {
            // An arrow to a valve shows the links to all stocks that it fills and empties.
            let shows = |other: &usize| self.drawn.arrows[*other].contains(&(view, arrow));
            if standing.keys().any(shows) {
                self.unwritten.of_flows += 1;
                continue;
            }
            let whole = self.source.views[view].objects[arrow].whole.clone();
            self.splices.remove(whole);
        }
    }

    fn change_link(&mut self, index: usize, before: &Link, after: &Link) {
        let text = self.source.text;
        let says_other = before.polarity != after.polarity || before.delay != after.delay;
        let arrows = self.drawn.arrows[index].clone();
        let objects = arrows
            .iter()
            .map(|(view, arrow)| &self.source.views[*view].objects[*arrow]);
        let is_of_valve = |(view, arrow): &(usize, usize)| {
            let [_, to] = self.source.views[*view].objects[*arrow].ends(text);
            self.drawn.ends[*view].of_number(to) == End::Valve(None)
        };
        // The sign at a valve is that of what flows, not that of the stock at its end.
        let objects: Vec<&Object> = objects
            .zip(&arrows)
            .filter(|(object, index)| !object.is_pipe(text) && !is_of_valve(index))
            .map(|(object, _)| object)
            .collect();
        if before.delay == Delay::Delayed && after.delay == Delay::None {
            let ends = [before.from, before.to].map(|end| self.indices.get(&end).copied());
            if let [Some(from), Some(to)] = ends {
                let [cause, effect] = [from, to].map(|end| &self.drawn.drawing.variables[end].key);
                let mention = self.drawn.causes.mention(cause, effect);
                self.unwritten.delays += usize::from(mention.is_some_and(Mentioned::is_delayed));
            }
        }
        if objects.is_empty() && !arrows.is_empty() {
            self.unwritten.of_flows += usize::from(says_other || before.bend != after.bend);
        }
        for object in objects {
            if before.polarity != after.polarity
                && let Some(range) = object.fields.get(6)
            {
                self.splices
                    .replace(range.clone(), code_of(after.polarity).to_string());
            }
            if before.delay != after.delay {
                let Some(range) = object.fields.get(9) else {
                    self.losses.delays += 1;
                    continue;
                };
                let marks = object.number_at(text, 9) & !1;
                let marks = marks | u32::from(after.delay == Delay::Delayed);
                self.splices.replace(range.clone(), marks.to_string());
            }
        }
    }

    /// Writes the points of pipes again that turn elsewhere, or whose ends have moved.
    fn lead_pipes(&mut self, corners: &Corners) {
        let text = self.source.text;
        for (view, objects) in self.source.views.iter().enumerate() {
            let arrows = objects.objects.iter().enumerate();
            let pipes = arrows.filter(|(_, arrow)| arrow.kind == ObjectKind::Arrow);
            for (index, pipe) in pipes.filter(|(_, arrow)| arrow.is_pipe(text)) {
                let numbers = [2, 3].map(|field| pipe.number_at(text, field));
                let has_moved = numbers
                    .iter()
                    .any(|number| self.moved.contains_key(&(view, *number)));
                let said = corners.get(&(view, index)).copied();
                let (before, corner) = said.unwrap_or_default();
                let after = numbers.map(|number| self.position_now(view, number));
                let ([Some(valve), Some(end)], true) = (after, has_moved || before != corner)
                else {
                    continue;
                };
                // What is straight without a point stays so wherever its ends are.
                if pipe.handle(text).is_none() && corner.is_none() {
                    continue;
                }
                let Some(range) = pipe.handle_range(text) else {
                    continue;
                };
                let scale = self.drawn.frames[view].scale;
                let point = whole(match corner {
                    Some(corner) => point_of(valve, corner, scale),
                    None => valve + (end - valve) / 2.0,
                });
                let point = format!("{},{}", written(point.x), written(point.y));
                self.splices.replace(range, point);
            }
        }
    }

    /// Writes the handles of arrows again that are bent otherwise, or whose ends have moved.
    fn lead_arrows(&mut self, bends: &BTreeMap<(usize, usize), f64>) {
        if bends.is_empty() && self.moved.is_empty() {
            return;
        }
        let text = self.source.text;
        for (view, objects) in self.source.views.iter().enumerate() {
            let arcs = objects.objects.iter().enumerate();
            for (index, arrow) in arcs.filter(|(_, arrow)| !arrow.is_pipe(text)) {
                let numbers = [2, 3].map(|field| arrow.number_at(text, field));
                let has_moved = numbers
                    .iter()
                    .any(|number| self.moved.contains_key(&(view, *number)));
                let bend = bends.get(&(view, index));
                if arrow.kind != ObjectKind::Arrow || !(has_moved || bend.is_some()) {
                    continue;
                }
                let before = numbers.map(|number| self.drawn.ends[view].position(number));
                let after = numbers.map(|number| self.position_now(view, number));
                let ([Some(from), Some(to)], [Some(start), Some(goal)]) = (before, after) else {
                    continue;
                };
                let Some(range) = arrow.handle_range(text) else {
                    continue;
                };
                let handle = arrow.handle(text);
                // What is straight without a point stays so wherever its ends are.
                if handle.is_none() && bend.is_none() {
                    continue;
                }
                let is_ring = numbers[0] == numbers[1];
                let standing = match (handle, is_ring) {
                    (Some(handle), true) => direction_of_ring(from, handle),
                    (Some(handle), false) => bend_through(from, handle, to),
                    (None, _) => 0.0,
                };
                let bend = bend.copied().unwrap_or(standing);
                let handle = handle_of(start, goal, bend, is_ring);
                let point = format!("{},{}", written(handle.x), written(handle.y));
                self.splices.replace(range, point);
                // A straight arrow has no arc to bend.
                const STRAIGHT: u32 = 0;
                if bend != 0.0
                    && arrow.number_at(text, 4) == STRAIGHT
                    && let Some(range) = arrow.fields.get(4)
                {
                    self.splices.replace(range.clone(), "1");
                }
            }
        }
    }

    /// Adds an arrow.
    fn connect(&mut self, link: &Link) {
        let variable = |id| self.document.variables().get(id);
        let Some(effect) = variable(&link.to) else {
            return;
        };
        let view = self.view_of(link.to, effect.placement.position);
        let near = self.frame(view).local(effect.placement.position);
        let to = self.number_in(view, link.to, near);
        let from = self.number_in(view, link.from, near);
        let positions = (self.position_now(view, from), self.position_now(view, to));
        let (Some(start), Some(goal)) = positions else {
            return;
        };
        let handle = handle_of(start, goal, link.bend, from == to);
        let shape = u32::from(link.bend != 0.0 || from == to);
        let polarity = code_of(link.polarity);
        let (x, y) = (written(handle.x), written(handle.y));
        if self.form(view) == Form::Marked {
            self.losses.delays += usize::from(link.delay == Delay::Delayed);
            return self.add(
                view,
                format!(">{from},{to},{shape},0,{polarity},0,0,-1--1--1,1|({x},{y})|"),
            );
        }
        let marks = 64 | u32::from(link.delay == Delay::Delayed);
        let number = self.number(view);
        self.add(
            view,
            format!(
                "1,{number},{from},{to},{shape},0,{polarity},0,0,{marks},0,-1--1--1,,1|({x},{y})|"
            ),
        );
    }
}

fn handle_of(from: Point, to: Point, bend: f64, is_ring: bool) -> Point {
    let handle = whole(if is_ring {
        handle_of_ring(from, bend)
    } else {
        handle_of_bend(from, to, bend)
    });
    // The origin would say that it is straight.
    if handle == Point::default() && (is_ring || bend != 0.0) {
        return Point::new(0.0, 1.0);
    }
    handle
}

/// The character code of a polarity; zero where it is not known.
fn code_of(polarity: Polarity) -> u32 {
    match polarity {
        Polarity::Positive => u32::from('+'),
        Polarity::Negative => u32::from('-'),
        Polarity::Unknown => 0,
    }
}
