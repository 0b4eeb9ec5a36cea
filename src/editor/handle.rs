//! One event in, its effects out.

use crate::model::{Point, Vector};
use crate::scene::{Hit, View};

use super::event::{Button, Effect, Event, Pointer, PointerKind};
use super::gesture::Gesture;
use super::state::{Editor, Environment, Tool};

/// The farthest a turn of the wheel zooms, in CSS pixels of the wheel.
const WHEEL_LIMIT: f64 = 24.0;

impl Editor {
    /// Handles an event, and returns the effects that the app must run.
    pub fn handle(&mut self, event: Event, env: &mut Environment<'_>) -> Vec<Effect> {
        let Some(event) = self.allowed(event) else {
            return Vec::new();
        };
        let effects = self.react(event, env);
        self.show_handles();
        effects
    }

    fn react(&mut self, event: Event, env: &mut Environment<'_>) -> Vec<Effect> {
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
                if self.gesture == Gesture::Pinching || self.active_pointer == Some(number) {
                    // The finger scrolls the page, not the canvas.
                    if let Gesture::Panning { before, .. } = self.gesture {
                        let size = self.view.size;
                        self.set_view(View { size, ..before });
                    }
                    self.cancel_gesture(env);
                }
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
            Event::Menu(pointer) => self.open_menu(&pointer, env),
            Event::Wheel(pointer, delta) => {
                self.wheel(pointer, delta, env);
                Vec::new()
            }
            Event::Pinch(at, factor) => {
                self.pinch(at, factor, env);
                Vec::new()
            }
            Event::Act(action) => self.act(action, env),
            Event::Do(command) => self.run(command, env),
            Event::TextNext(text) => self.text_next(&text, env),
            Event::TextDone(text) => self.text_done(&text, env),
            Event::TextCancelled => {
                self.cancel_text(env);
                Vec::new()
            }
            Event::Select(ids) => {
                self.discard_unfinished(env);
                self.select_in_sight(ids);
                Vec::new()
            }
            Event::PointAtLoop(key) => {
                if self.pointed_loop != key {
                    self.pointed_loop = key;
                    self.versions.selection += 1;
                }
                Vec::new()
            }
            Event::PointAt(ids) => {
                if self.pointed_records != ids {
                    self.pointed_records = ids;
                    self.versions.selection += 1;
                }
                Vec::new()
            }
            Event::Animate(patch, share, continuity) => {
                self.animate(&patch, share, continuity, env)
            }
            Event::ChooseLoop(key) => {
                self.history.pause();
                if self.chosen_loop != key {
                    self.neighbours = None;
                    self.chosen_loop = key;
                    self.versions.selection += 1;
                }
                Vec::new()
            }
            Event::LookAt(at) => {
                self.look_at(at);
                Vec::new()
            }
            Event::NeighboursWithin(steps) => {
                self.show_neighbours_within(steps);
                Vec::new()
            }
            Event::ShowTag(tag) => self.show_tag(tag.as_deref()),
            Event::ChooseStory(story) => {
                self.choose_story(story);
                Vec::new()
            }
            Event::ShowStep(step) => self.put_on_canvas(step),
            Event::Find(seek) => self.seek(seek),
            Event::Play(input) => self.play_on(input),
            Event::Watch(input) => self.watch_on(input),
            Event::Present(input) => self.present(input, env),
            Event::Resized(size) => {
                self.resize(size);
                Vec::new()
            }
            Event::Remote(patch) => {
                self.take_remote(&patch, env);
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
        let before = self.two_fingers();
        let mut touches = self.touches.iter_mut();
        if let Some((_, at)) = touches.find(|(number, _)| *number == pointer.number) {
            *at = pointer.at;
        }
        if self.gesture != Gesture::Pinching {
            self.pointer_move(pointer, env);
        } else if let (Some([a, b]), Some([c, d])) = (before, self.two_fingers()) {
            let factor = c.distance(d) / a.distance(b).max(1.0);
            let view = self.view.panned(c.midpoint(d) - a.midpoint(b));
            self.set_view(view.zoomed_to(view.zoom * factor, c.midpoint(d)));
        }
    }

    /// Where the first two fingers are, in CSS pixels.
    fn two_fingers(&self) -> Option<[Point; 2]> {
        match self.touches[..] {
            [(_, one), (_, other), ..] => Some([one, other]),
            _ => None,
        }
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
            // A finger that has left the screen points at nothing.
            self.hover(None);
        }
        effects
    }

    fn wheel(&mut self, pointer: Pointer, delta: Vector, env: &mut Environment<'_>) {
        if pointer.modifiers.ctrl {
            let turn = delta.y.clamp(-WHEEL_LIMIT, WHEEL_LIMIT);
            self.set_view(
                self.view
                    .zoomed_to(self.view.zoom * (-turn * 0.01).exp(), pointer.at),
            );
        } else if pointer.modifiers.shift && delta.x == 0.0 {
            self.set_view(self.view.panned(Vector::new(-delta.y, 0.0)));
        } else {
            self.set_view(self.view.panned(-delta));
        }
        self.drag_along(env);
    }

    fn pinch(&mut self, at: Point, factor: f64, env: &mut Environment<'_>) {
        // Safari on a touch screen tells of the two fingers as well, which zoom already.
        if self.touches.is_empty() && factor.is_finite() && factor > 0.0 {
            self.set_view(self.view.zoomed_to(self.view.zoom * factor, at));
            self.drag_along(env);
        }
    }

    /// What is being dragged stays under the pointer when the view moves.
    fn drag_along(&mut self, env: &mut Environment<'_>) {
        if let Some(last) = self.last_pointer
            && self.active_pointer == Some(last.number)
        {
            self.pointer_move(last, env);
        }
    }

    /// The CSS cursor.
    #[must_use]
    pub fn cursor(&self) -> &'static str {
        match &self.gesture {
            Gesture::Panning { .. } | Gesture::Pinching => "grabbing",
            _ if self.access.only_looks() => match self.overlay.hover {
                Some(Hit::Badge(_)) => "pointer",
                Some(Hit::Node(id)) if self.document.variables().contains_key(&id) => "pointer",
                _ => "grab",
            },
            Gesture::Moving(_) => "move",
            Gesture::Bending { .. }
            | Gesture::DraggingBadge { .. }
            | Gesture::Reconnecting { .. } => "grabbing",
            Gesture::Resizing { grip, .. } => grip.cursor(),
            Gesture::Linking { .. }
            | Gesture::Piping(_)
            | Gesture::Marquee { .. }
            | Gesture::Framing { .. } => "crosshair",
            Gesture::Idle if self.holds_space() => "grab",
            Gesture::Idle | Gesture::Pressed { .. } => match (self.tool, &self.overlay.hover) {
                (Tool::Hand, _) => "grab",
                (Tool::Variable | Tool::Flow | Tool::Frame, _) => "crosshair",
                (tool, _) if tool.station().is_some() => "crosshair",
                (Tool::Dot, None) => "default",
                (Tool::Dot, Some(_)) => "pointer",
                (Tool::Note, _) => "text",
                (Tool::Link, Some(Hit::Node(_) | Hit::Rim(_))) => "crosshair",
                (Tool::Select, Some(Hit::Rim(_))) => "crosshair",
                (Tool::Select, Some(Hit::Node(_) | Hit::Pipe(_) | Hit::Frame(_))) => "move",
                (Tool::Select, Some(Hit::Grip(_, grip))) => grip.cursor(),
                (Tool::Select, Some(Hit::Handle(_) | Hit::PipeEnd(..))) => "grab",
                (
                    Tool::Select,
                    Some(
                        Hit::Link(_)
                        | Hit::Badge(_)
                        | Hit::Connector(..)
                        | Hit::Finding(_)
                        | Hit::Comments(_)
                        | Hit::Trial(_),
                    ),
                ) => "pointer",
                _ => "default",
            },
        }
    }

    fn holds_space(&self) -> bool {
        self.last_pointer
            .is_some_and(|pointer| pointer.modifiers.space)
    }
}
