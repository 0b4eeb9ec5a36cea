//! Views: which one takes what is new, text boxes, and a view where there is none.

use super::Writer;
use super::variables::written;
use crate::format::foreign::{Frame, OWN_VIEW};
use crate::format::xmile::draw::SCALE;
use crate::format::xmile::elements::{number, position_of};
use crate::format::xml::{self, child};
use crate::model::{Id, Note, Point};

impl<'a, 'i: 'a> Writer<'_, 'a, 'i> {
    /// The view that a point of the canvas lies in, or is nearest to; none where there is no view.
    pub(super) fn view_at(&self, at: Point) -> Option<usize> {
        let mut nearest: Option<(f64, usize)> = None;
        for (view, frame) in self.drawn.frames.iter().enumerate() {
            for position in self.source.objects(view).filter_map(position_of) {
                let distance = frame.world(position).distance(at);
                if nearest.is_none_or(|(least, _)| distance < least) {
                    nearest = Some((distance, view));
                }
            }
        }
        let first = (!self.source.views.is_empty()).then_some(0);
        nearest.map(|(_, view)| view).or(first)
    }

    /// The view in which a variable itself is.
    pub(super) fn view_of(&self, id: Id, at: Point) -> Option<usize> {
        let index = self.indices.get(&id);
        let objects = index.map(|index| &self.drawn.variables[*index].objects);
        let own = objects
            .and_then(|objects| objects.first())
            .map(|(view, _)| *view);
        own.or_else(|| self.view_at(at))
    }

    /// Whether new variables say themselves where they stand, as the others of the model do.
    pub(super) fn shows_itself(&self) -> bool {
        self.source.own_view.is_some() && self.source.views.len() == 1
    }

    /// A point of the canvas in a view.
    pub(super) fn local(&self, view: Option<usize>, at: Point) -> Point {
        let frame = view.and_then(|view| self.drawn.frames.get(view));
        let new = Frame {
            scale: SCALE,
            origin: Point::default(),
        };
        frame.unwrap_or(&new).local(at)
    }

    /// Puts an object into a view.
    pub(super) fn put(&mut self, view: Option<usize>, object: String) {
        match view.and_then(|view| self.source.views.get(view).copied()) {
            Some(view) => self.edit.append(view, object),
            None => self.new_view.push(object),
        }
    }

    /// Adds the definition of a variable.
    pub(super) fn define_all(&mut self, definition: String) {
        if let Some(model) = self.source.model.filter(|_| self.shows_itself()) {
            return self.edit.append(model, definition);
        }
        match self
            .source
            .model
            .and_then(|model| child(model, "variables"))
        {
            Some(list) => self.edit.append(list, definition),
            None => self.new_definitions.push(definition),
        }
    }

    /// Removes, changes and adds text boxes.
    pub(super) fn notes(&mut self) {
        let document = self.document;
        for (index, id) in self.base.notes.clone().into_iter().enumerate() {
            let (view, text_box) = self.drawn.notes[index];
            let before = self.base.document.notes().get(&id).cloned();
            match (before, document.notes().get(&id)) {
                (Some(before), Some(after)) => {
                    let scale = self.drawn.frames[view].scale;
                    let offset = (after.placement.position - before.placement.position) / scale;
                    if before.text != after.text {
                        self.edit.content(text_box, &after.text);
                    }
                    if before.width == after.width {
                        self.shift(text_box, offset);
                    } else {
                        self.resize(view, text_box, after);
                    }
                }
                _ => self.edit.remove(text_box),
            }
        }
        for note in self.base.new_notes(document, &mut self.unwritten) {
            self.add_note(note);
        }
    }

    /// The corner of a note and its width in a view.
    fn corner(&self, view: Option<usize>, note: &Note, height: f64) -> (Point, f64) {
        let scale = view.map_or(SCALE, |view| self.drawn.frames[view].scale);
        let width = note.width / scale;
        let middle = self.local(view, note.placement.position);
        (
            Point::new(middle.x - width / 2.0, middle.y - height / 2.0),
            width,
        )
    }

    fn resize(&mut self, view: usize, text_box: roxmltree::Node<'a, 'i>, note: &Note) {
        let height = number(text_box, "height").unwrap_or(HEIGHT);
        let (corner, width) = self.corner(Some(view), note, height);
        let values = [
            ("x", corner.x),
            ("y", corner.y),
            ("width", width),
            ("height", height),
        ];
        for (name, value) in values {
            self.edit.attribute(text_box, name, Some(&written(value)));
        }
    }

    fn add_note(&mut self, note: &Note) {
        let view = self.view_at(note.placement.position);
        let lines = note.text.lines().count().max(1);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a note has far fewer lines than 2^52"
        )]
        let height = lines as f64 * HEIGHT;
        let (corner, width) = self.corner(view, note, height);
        let [x, y, width, height] = [corner.x, corner.y, width, height].map(written);
        let uid = self.uid();
        let text = xml::content(&note.text);
        self.put(
            view,
            format!(
                "<text_box uid=\"{uid}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" \
                 height=\"{height}\">{text}</text_box>"
            ),
        );
    }

    /// Writes the list and the view that have to be made.
    pub(super) fn finish_views(&mut self) {
        let Some(model) = self.source.model else {
            return;
        };
        if !self.new_definitions.is_empty() {
            let definitions = std::mem::take(&mut self.new_definitions).concat();
            let list = format!("<variables>{definitions}</variables>");
            self.edit.append(model, list);
        }
        if self.new_view.is_empty() {
            return;
        }
        let objects = std::mem::take(&mut self.new_view).concat();
        let view = format!("<view type=\"stock_flow\"><!-- {OWN_VIEW} -->{objects}</view>");
        match child(model, "views") {
            Some(views) => self.edit.append(views, view),
            None => self.edit.append(model, format!("<views>{view}</views>")),
        }
    }
}

/// The height of a line in a text box, in units of a view.
const HEIGHT: f64 = 15.0;
