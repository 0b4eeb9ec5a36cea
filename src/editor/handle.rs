//! One event in, its effects out.

use crate::model::{Edit, Element, Point, Vector};
use crate::scene::Hit;

use super::edits;
use super::event::{Button, Effect, Event, Pointer, PointerKind};
use super::gesture::Gesture;
use super::history::Continuity;
use super::keys::Held;
use super::state::{Editor, Environment, TextOrigin};

/// The farthest a turn of the wheel zooms, in CSS pixels of the wheel.
const WHEEL_LIMIT: f64 = 24.0;

impl Editor {
    /// Takes an event, and gives what the app must do about it.
    pub fn handle(&mut self, event: Event, env: &mut Environment<'_>) -> Vec<Effect> {
        match event {
            Event::Down(pointer, button) => {
                self.down(pointer, button, env);
                Vec::new()
            }
            Event::Move(pointer) => {
                self.moved(pointer, env);
                Vec::new()
            }
            Event::Up(pointer) => self.up(pointer, env),
            Event::Lost(number) => {
                self.touches.retain(|(touch, _)| *touch != number);
                self.cancel_gesture(env);
                Vec::new()
            }
            Event::Leave => {
                self.last_pointer = None;
                self.hover(None);
                if self.gesture == Gesture::Idle && self.pointed_loop.take().is_some() {
                    self.versions.selection += 1;
                }
                Vec::new()
            }
            Event::DoubleClick(pointer) => self.double_click(&pointer, env),
            Event::Wheel(pointer, delta) => {
                self.wheel(&pointer, delta);
                Vec::new()
            }
            Event::Act(action) => self.act(action, env),
            Event::Do(command) => self.run(command, env),
            Event::TextDone(text) => self.text_done(&text, env),
            Event::TextCancelled => {
                if self.text_edit.take().is_some() {
                    self.drop_preview(env.measure);
                    self.versions.mode += 1;
                }
                Vec::new()
            }
            Event::Select(ids) => {
                let bounds = ids
                    .iter()
                    .filter_map(|id| self.scene.bounds_of(*id))
                    .reduce(|all, rect| all.union(&rect));
                self.select(ids);
                if let Some(bounds) = bounds
                    && !self.view.visible().intersects(&bounds)
                {
                    let middle = self.view.to_screen(bounds.center());
                    let screen = Point::new(self.view.size.x / 2.0, self.view.size.y / 2.0);
                    self.set_view(self.view.panned(screen - middle));
                }
                Vec::new()
            }
            Event::PointAtLoop(key) => {
                if self.pointed_loop != key {
                    self.pointed_loop = key;
                    self.versions.selection += 1;
                }
                Vec::new()
            }
            Event::ChooseLoop(key) => {
                if self.chosen_loop != key {
                    self.chosen_loop = key;
                    self.versions.selection += 1;
                }
                Vec::new()
            }
            Event::Resized(size) => {
                let mut view = self.view;
                view.size = size;
                self.set_view(view);
                Vec::new()
            }
            Event::Remote(patch) => {
                self.take_remote(&patch, env.measure);
                Vec::new()
            }
        }
    }

    fn down(&mut self, pointer: Pointer, button: Button, env: &mut Environment<'_>) {
        if pointer.kind == PointerKind::Touch {
            self.touches.retain(|(number, _)| *number != pointer.number);
            self.touches.push((pointer.number, pointer.at));
            if self.touches.len() == 2 {
                // The second finger turns whatever the first began into panning and zooming.
                self.cancel_gesture(env);
                self.gesture = Gesture::Pinching;
                return;
            }
        }
        self.pointer_down(pointer, button);
    }

    fn moved(&mut self, pointer: Pointer, env: &mut Environment<'_>) {
        if self.gesture == Gesture::Pinching {
            let Some(place) = self.touches.iter().position(|(n, _)| *n == pointer.number) else {
                return;
            };
            let [one, other] = [0, 1].map(|i| self.touches.get(i).map(|(_, at)| *at));
            self.touches[place].1 = pointer.at;
            let [new_one, new_other] = [0, 1].map(|i| self.touches.get(i).map(|(_, at)| *at));
            if let (Some(a), Some(b), Some(c), Some(d)) = (one, other, new_one, new_other) {
                let factor = c.distance(d) / a.distance(b).max(1.0);
                let view = self.view.panned(c.midpoint(d) - a.midpoint(b));
                self.set_view(view.zoomed_to(view.zoom * factor, c.midpoint(d)));
            }
            return;
        }
        self.pointer_move(pointer, env);
    }

    fn up(&mut self, pointer: Pointer, env: &mut Environment<'_>) -> Vec<Effect> {
        self.touches.retain(|(number, _)| *number != pointer.number);
        if self.gesture == Gesture::Pinching {
            if self.touches.is_empty() {
                self.gesture = Gesture::Idle;
                self.versions.mode += 1;
            }
            return Vec::new();
        }
        let effects = self.pointer_up(pointer, env);
        if pointer.kind == PointerKind::Touch {
            // A finger that is lifted is over nothing.
            self.hover(None);
        }
        effects
    }

    fn wheel(&mut self, pointer: &Pointer, delta: Vector) {
        if pointer.modifiers.ctrl == Held::Down {
            let turn = delta.y.clamp(-WHEEL_LIMIT, WHEEL_LIMIT);
            self.set_view(
                self.view
                    .zoomed_to(self.view.zoom * (-turn * 0.01).exp(), pointer.at),
            );
        } else if pointer.modifiers.shift == Held::Down && delta.x == 0.0 {
            self.set_view(self.view.panned(Vector::new(-delta.y, 0.0)));
        } else {
            self.set_view(self.view.panned(-delta));
        }
    }

    /// The words typed in place become part of the document; a thing made for them goes without.
    fn text_done(&mut self, text: &str, env: &mut Environment<'_>) -> Vec<Effect> {
        let Some(edit) = self.text_edit.take() else {
            return Vec::new();
        };
        self.versions.mode += 1;
        let words = tidied(text);
        if edit.origin == TextOrigin::Fresh {
            let preview = self.preview.clone();
            self.drop_preview(env.measure);
            let (Some(mut patch), false) = (preview, words.is_empty()) else {
                return Vec::new();
            };
            match patch
                .changes
                .get_mut(&edit.id)
                .and_then(|change| change.after.as_mut())
            {
                Some(Element::Variable(variable)) => variable.name = one_line(&words),
                Some(Element::Note(note)) => note.text = words,
                _ => {}
            }
            let effects = self.commit(patch, Continuity::Own, env.measure);
            self.select([edit.id].into());
            return effects;
        }
        let mut change = Edit::new(&self.document);
        change.change(edit.id, |element| match element {
            Element::Variable(variable) => variable.name = one_line(&words),
            Element::Note(note) => note.text = words,
            Element::Link(_) | Element::LoopLabel(_) => {}
        });
        let patch = change.finish();
        self.commit(patch, Continuity::Own, env.measure)
    }

    /// The CSS cursor.
    #[must_use]
    pub fn cursor(&self) -> &'static str {
        use super::state::Tool;
        match &self.gesture {
            Gesture::Panning { .. } | Gesture::Pinching => "grabbing",
            Gesture::Moving(_) => "move",
            Gesture::Bending { .. } | Gesture::DraggingBadge { .. } => "grabbing",
            Gesture::Linking { .. } | Gesture::Marquee { .. } => "crosshair",
            Gesture::Idle | Gesture::Pressed { .. } => match (self.tool, &self.overlay.hover) {
                (Tool::Hand, _) => "grab",
                (Tool::Variable, _) => "crosshair",
                (Tool::Note, _) => "text",
                (Tool::Link, Some(Hit::Node(_) | Hit::Rim(_))) => "crosshair",
                (Tool::Select, Some(Hit::Rim(_))) => "crosshair",
                (Tool::Select, Some(Hit::Node(_))) => "move",
                (Tool::Select, Some(Hit::Handle(_))) => "grab",
                (Tool::Select, Some(Hit::Link(_) | Hit::Badge(_))) => "pointer",
                (Tool::Select | Tool::Link, _) => "default",
            },
        }
    }

    /// One line that says what can be done now.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        use super::state::Tool;
        if self.text_edit.is_some() {
            return "Enter keeps the words, Esc gives them up";
        }
        match &self.gesture {
            Gesture::Linking { .. } => "Drop on a variable, or on the canvas for a new one",
            Gesture::Moving(_) => "Hold Ctrl to move freely, Shift to move straight",
            Gesture::Bending { .. } => "Drag to bend the link",
            Gesture::Marquee { .. } => "What the box touches is selected",
            _ => match (self.tool, &self.overlay.hover) {
                (Tool::Hand, _) => "Drag the canvas",
                (Tool::Variable, _) => "Click to add a variable",
                (Tool::Note, _) => "Click to write a note",
                (Tool::Link, _) => "Drag from one variable to another",
                (_, Some(Hit::Rim(_))) => "Drag to another variable to link",
                (_, Some(Hit::Badge(_))) => "Click to keep the loop lit, double-click to name it",
                (_, Some(Hit::Handle(_))) => "Drag to bend the link",
                (_, Some(Hit::Link(_))) => "Click, then + − ? for polarity, D for delay",
                _ if self.document.is_empty() => "Double-click anywhere to add a variable",
                _ => "Double-click for a variable, drag from its rim for a link",
            },
        }
    }
}

/// Without space at the ends of lines and of the whole, and within the limit.
pub(super) fn tidied(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    clipped(lines.join("\n").trim(), crate::model::MAXIMUM_TEXT)
}

/// On one line, and within the limit of a name.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    clipped(&words.join(" "), crate::model::MAXIMUM_NAME)
}

fn clipped(text: &str, limit: usize) -> String {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}

impl Editor {
    /// Adds nothing to the shown hint when a person uses the keyboard: where a new thing should go.
    pub(super) fn spot_for_new(&self) -> Point {
        edits::free_spot(&self.scene, self.view.center(), Vector::new(0.0, -1.0))
    }
}
