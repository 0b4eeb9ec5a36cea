//! Objects of views: variables that are new or have moved, and which view is whose.

use super::Writer;
use crate::format::vensim::draw::is_word;
use crate::format::vensim::sketch::{Form, Object};
use crate::model::{Id, Point, Variable, VariableKind};

impl Writer<'_, '_> {
    /// The view that a point of the canvas lies in, or is nearest to; that which has to be made where
    /// there is none.
    pub(super) fn view_at(&self, at: Point) -> usize {
        let text = self.source.text;
        let mut nearest: Option<(f64, usize)> = None;
        for (view, objects) in self.source.views.iter().enumerate() {
            let frame = self.frame(view);
            for object in objects.objects.iter().filter(|object| is_word(object)) {
                let distance = frame.world(object.position(text)).distance(at);
                if nearest.is_none_or(|(least, _)| distance < least) {
                    nearest = Some((distance, view));
                }
            }
        }
        nearest.map_or(0, |(_, view)| view)
    }

    /// The view in which a variable itself is.
    pub(super) fn view_of(&self, id: Id, at: Point) -> usize {
        let index = self.indices.get(&id);
        let objects = index.map(|index| &self.drawn.variables[*index].objects);
        let own = objects
            .and_then(|objects| objects.first())
            .map(|(view, _)| *view);
        let new = self.new_in.get(&id).copied();
        own.or(new).unwrap_or_else(|| self.view_at(at))
    }

    /// Moves a variable where it is itself, and with it its valve.
    pub(super) fn move_objects(&mut self, index: usize, from: Point, to: Point) {
        let Some((view, own)) = self.drawn.variables[index].objects.first().copied() else {
            return;
        };
        let text = self.source.text;
        let offset = (to - from) / self.frame(view).scale;
        let objects = &self.source.views[view].objects;
        let valves = self.valves.get(&index).into_iter().flatten();
        let valves = valves.filter(|(other, _)| *other == view);
        let valves: Vec<&Object> = valves.map(|(_, valve)| &objects[*valve]).collect();
        for object in objects.get(own).into_iter().chain(valves) {
            let after = whole(object.position(text) + offset);
            for (field, value) in [(3, after.x), (4, after.y)] {
                if let Some(range) = object.fields.get(field) {
                    self.splices.replace(range.clone(), written(value));
                }
            }
            self.moved.insert((view, object.number), after);
        }
    }

    /// Puts a variable into the view in which it lies.
    pub(super) fn show(&mut self, id: Id, variable: &Variable) {
        let at = variable.placement.position;
        let view = self.view_at(at);
        let number = self.number(view);
        let name = self.name(id);
        let position = whole(self.frame(view).local(at));
        let (x, y) = (written(position.x), written(position.y));
        let half = half_width(&name);
        let line = match variable.kind {
            _ if self.form(view) == Form::Marked => word(number, &name, position, half),
            VariableKind::Stock => format!("10,{number},{name},{x},{y},40,20,3,3,0,0,0,0,0,0"),
            VariableKind::Plain => {
                format!("10,{number},{name},{x},{y},{half},11,8,3,0,0,0,0,0,0")
            }
            VariableKind::Rate => {
                self.add_valve(id, view, position);
                format!("10,{number},{name},{x},{y},{half},11,40,3,0,0,-1,0,0,0")
            }
        };
        self.add(view, line);
        self.shown.insert((view, id), number);
        self.new_in.insert(id, view);
        self.moved.insert((view, number), position);
    }

    /// The number of a variable in a view; a shadow is put there if it is in another.
    pub(super) fn number_in(&mut self, view: usize, id: Id, near: Point) -> u32 {
        if let Some(number) = self.shown.get(&(view, id)) {
            return *number;
        }
        let objects = self
            .indices
            .get(&id)
            .map(|index| &self.drawn.variables[*index].objects);
        let here = objects
            .into_iter()
            .flatten()
            .find(|(other, _)| *other == view);
        if let Some((_, object)) = here {
            return self.source.views[view].objects[*object].number;
        }
        const BESIDE: f64 = 100.0;
        let number = self.number(view);
        let name = self.name(id);
        let position = whole(Point::new(near.x - BESIDE, near.y));
        if self.form(view) == Form::Marked {
            self.add(view, word(number, &name, position, half_width(&name)));
            self.shown.insert((view, id), number);
            self.moved.insert((view, number), position);
            return number;
        }
        let (x, y) = (written(position.x), written(position.y));
        let width = half_width(&name);
        let grey = "128-128-128,0-0-0,|||128-128-128";
        self.add(
            view,
            format!("10,{number},{name},{x},{y},{width},11,8,2,0,3,-1,0,0,0,{grey}"),
        );
        self.shown.insert((view, id), number);
        self.moved.insert((view, number), position);
        number
    }

    /// Where an object of a view is now.
    pub(super) fn position_now(&self, view: usize, number: u32) -> Option<Point> {
        let moved = self.moved.get(&(view, number)).copied();
        moved.or_else(|| self.drawn.ends.get(view)?.position(number))
    }
}

/// A word as the first versions wrote it.
fn word(number: u32, name: &str, position: Point, width: usize) -> String {
    let (x, y) = (written(position.x), written(position.y));
    format!("|{number},{name},{x},{y},{width},8,0,0,0,0,-1,0,-1--1--1,-1--1--1")
}

/// The nearest point with whole coordinates, as views have them.
pub(super) fn whole(point: Point) -> Point {
    // Adding zero makes no -0.
    Point::new(point.x.round() + 0.0, point.y.round() + 0.0)
}

/// A whole coordinate.
pub(super) fn written(coordinate: f64) -> String {
    format!("{coordinate:.0}")
}

/// Half the width of a name, in units of a view.
pub(super) fn half_width(name: &str) -> usize {
    name.chars().count().clamp(5, 30) * 3
}
