//! The pointer: pressing, dragging, letting go.

use std::collections::BTreeSet;

use crate::model::{Edge, Element, Id, Lever, Patch, Point, Rect, Vector};
use crate::scene::{Hit, NodeKind, Reach, View, hit, node_at};

use super::access::Access;
use super::bend;
use super::edits;
use super::event::{Button, Effect, Pointer};
use super::gesture::Gesture;
use super::pipe_corner;
use super::state::{Editor, Environment, Tool};

/// The target of a link that is being drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    /// A variable or a station.
    Node(Id),
    /// A note, which nothing can be linked to.
    Note,
    /// The canvas.
    Canvas,
}

impl Editor {
    /// How near is near enough for a pointer.
    pub(super) fn reach(&self, pointer: &Pointer) -> Reach {
        Reach::at_zoom(pointer.kind.radius(), self.view.zoom)
    }

    /// What is under a pointer.
    pub(super) fn hit(&self, pointer: &Pointer) -> Hit {
        let at = self.view.to_world(pointer.at);
        hit(
            self.scene(),
            at,
            self.reach(pointer),
            &self.overlay,
            self.badges,
        )
    }

    pub(super) fn pointer_down(&mut self, pointer: Pointer, button: Button) {
        if self.gesture != Gesture::Idle {
            return;
        }
        self.last_pointer = Some(pointer);
        self.menu_spot = None;
        let wants_pan =
            button == Button::Middle || pointer.modifiers.space || self.tool == Tool::Hand;
        if wants_pan {
            self.gesture = self.panning(pointer.at);
        } else if button == Button::Primary && self.text_edit.is_none() {
            let hit = self.hit(&pointer);
            self.press(&pointer, &hit);
            let start = pointer;
            self.gesture = Gesture::Pressed { start, hit };
        } else {
            // The first click beside words that are being typed only ends the typing.
            return;
        }
        self.active_pointer = Some(pointer.number);
        self.versions.mode += 1;
    }

    /// What is pressed is selected at once, so that a drag moves it.
    fn press(&mut self, pointer: &Pointer, hit: &Hit) {
        if let Hit::Node(id) | Hit::Link(id) | Hit::Pipe(id) | Hit::Frame(id) = hit
            && self.tool == Tool::Select
            && !pointer.modifiers.shift
            && !self.overlay.selection.contains(id)
        {
            let ids = edits::with_groups(&self.document, &BTreeSet::from([*id]));
            self.select(ids);
        }
    }

    pub(super) fn pointer_move(&mut self, pointer: Pointer, env: &mut Environment<'_>) {
        if self.gesture != Gesture::Idle && self.active_pointer != Some(pointer.number) {
            return;
        }
        self.last_pointer = Some(pointer);
        let at = self.view.to_world(pointer.at);
        self.gesture = match std::mem::take(&mut self.gesture) {
            Gesture::Idle => {
                self.point(&pointer);
                Gesture::Idle
            }
            Gesture::Pressed { start, hit }
                if start.at.distance(pointer.at) > pointer.kind.drag_threshold() =>
            {
                self.gesture = self.begin_drag(start, hit, env);
                self.versions.mode += 1;
                if self.gesture == Gesture::Idle {
                    self.active_pointer = None;
                    return;
                }
                return self.pointer_move(pointer, env);
            }
            Gesture::Panning { last, before } => {
                self.set_view(self.view.panned(pointer.at - last));
                let last = pointer.at;
                Gesture::Panning { last, before }
            }
            Gesture::Marquee { origin, kept } => {
                self.draw_marquee(origin, at, &kept);
                Gesture::Marquee { origin, kept }
            }
            Gesture::Framing { id, origin } => {
                let patch = self.framed(id, origin, at);
                self.set_preview(patch, env.measure);
                Gesture::Framing { id, origin }
            }
            Gesture::Resizing {
                frame,
                grip,
                grab,
                start,
                others,
            } => {
                let drawn = (grip, at + grab);
                let patch = self.resized(frame, &start, drawn, &others, pointer.modifiers);
                self.set_preview(patch, env.measure);
                self.versions.selection += 1;
                Gesture::Resizing {
                    frame,
                    grip,
                    grab,
                    start,
                    others,
                }
            }
            Gesture::Moving(moving) => {
                self.drag(&moving, at, pointer.modifiers, env);
                Gesture::Moving(moving)
            }
            Gesture::Bending { edge, start } => {
                let patch = self.bent(edge, &start, at);
                self.set_preview(patch, env.measure);
                Gesture::Bending { edge, start }
            }
            Gesture::Linking { from, has_left } => {
                let over = self.target_at(&pointer);
                let has_left = has_left || over != Target::Node(from);
                let target = match over {
                    Target::Node(id) if id != from || has_left => Some(id),
                    _ => None,
                };
                self.overlay.target = target;
                self.overlay.ghost = bend::ghost(&self.document, &self.scene, from, target, at);
                self.versions.selection += 1;
                Gesture::Linking { from, has_left }
            }
            Gesture::Piping(piping) => {
                // Why it would make nothing is the hint.
                let _ = self.draw_pipe(&piping, self.over(&pointer), at, env);
                Gesture::Piping(piping)
            }
            Gesture::Reconnecting { rate, side, fresh } => {
                let over = self.over(&pointer);
                let _ = self.draw_pipe_end((rate, side), fresh, over, at, env);
                Gesture::Reconnecting { rate, side, fresh }
            }
            Gesture::DraggingBadge {
                key,
                grab,
                label,
                start,
            } => {
                let offset = (at + grab).on_canvas() - Point::default();
                let patch = edits::with_label(label, start.as_ref(), &key, |label| {
                    label.badge_offset = offset;
                });
                self.set_preview(patch, env.measure);
                Gesture::DraggingBadge {
                    key,
                    grab,
                    label,
                    start,
                }
            }
            same @ (Gesture::Pressed { .. } | Gesture::Pinching) => same,
        };
    }

    /// What the pointer is over, while no button is down.
    fn point(&mut self, pointer: &Pointer) {
        let hit = self.hit(pointer);
        let key = match &hit {
            Hit::Badge(key) => Some(key.clone()),
            _ => None,
        };
        if self.pointed_loop != key {
            self.pointed_loop = key;
            self.versions.selection += 1;
        }
        // In view mode only badges and variables respond to a press.
        let of_use = match hit {
            Hit::Canvas => None,
            hit if self.access == Access::Edit || matches!(hit, Hit::Badge(_)) => Some(hit),
            hit => {
                let variables = self.document.variables();
                let variable = hit.record().filter(|id| variables.contains_key(id));
                variable.map(Hit::Node)
            }
        };
        self.hover(of_use);
    }

    /// A press has become a drag.
    fn begin_drag(&mut self, start: Pointer, hit: Hit, env: &mut Environment<'_>) -> Gesture {
        let origin = self.view.to_world(start.at);
        self.hover(None);
        self.selection_before = Some(self.overlay.selection.clone());
        let hit = match hit {
            // A mark stands at a rim or on a link, and is no more than that to a drag.
            Hit::Finding(id) if self.scene.links().contains_key(&id) => Hit::Link(id),
            Hit::Finding(id) => Hit::Rim(id),
            Hit::Comments(id) if self.scene.links().contains_key(&id) => Hit::Link(id),
            Hit::Comments(id) if self.scene.frames().contains_key(&id) => Hit::Frame(id),
            Hit::Comments(id) => Hit::Node(id),
            Hit::Trial(Lever::Record(id)) => match self.scene.links().contains_key(&id) {
                true => Hit::Link(id),
                false => Hit::Node(id),
            },
            Hit::Trial(Lever::Loop(key)) => Hit::Badge(key),
            hit => hit,
        };
        match (self.tool, hit) {
            (Tool::Frame, _) => {
                let id = env.ids.fresh();
                Gesture::Framing { id, origin }
            }
            (Tool::Flow, hit) => {
                let from = match hit {
                    Hit::Node(id) | Hit::Rim(id) | Hit::Connector(id, _) => Some(id),
                    _ => None,
                };
                self.begin_pipe(from, origin, env)
            }
            (Tool::Select, Hit::PipeEnd(rate, side)) => {
                let fresh = env.ids.fresh();
                Gesture::Reconnecting { rate, side, fresh }
            }
            // Beside its handles a pipe moves its valve.
            (Tool::Select, Hit::Link(id)) if self.pipe_of_link(id).is_some() => {
                let rate = self.pipe_of_link(id).map_or(id, |(rate, _)| rate);
                self.select(BTreeSet::from([rate]));
                match self.begin_move(rate, origin, start, env) {
                    Some(moving) => Gesture::Moving(moving),
                    None => Gesture::Idle,
                }
            }
            (Tool::Select, Hit::Grip(id, grip)) => self.begin_resize(id, grip, origin),
            (Tool::Link, Hit::Node(id) | Hit::Rim(id))
            | (Tool::Select, Hit::Rim(id) | Hit::Connector(id, _))
                if self.document.notes().get(&id).is_none() =>
            {
                Gesture::Linking {
                    from: id,
                    has_left: false,
                }
            }
            (Tool::Select, Hit::Handle(id) | Hit::Link(id)) => {
                let Some(start) = self.document.element(id) else {
                    return Gesture::Idle;
                };
                self.set_drag_layer(BTreeSet::from([id]));
                Gesture::Bending { edge: id, start }
            }
            (Tool::Select, Hit::Badge(key)) => {
                let known = self.document.label_of(&key);
                let known = known.map(|(id, label)| (id, label.clone()));
                let (label, start) = match known {
                    Some((id, label)) => (id, Some(label)),
                    None => (env.ids.fresh(), None),
                };
                let offset = start
                    .as_ref()
                    .map_or(Vector::ZERO, |label| label.badge_offset);
                Gesture::DraggingBadge {
                    key,
                    grab: (Point::default() + offset) - origin,
                    label,
                    start,
                }
            }
            (Tool::Select, Hit::Node(id) | Hit::Pipe(id) | Hit::Frame(id)) => {
                match self.begin_move(id, origin, start, env) {
                    Some(moving) => Gesture::Moving(moving),
                    None => Gesture::Idle,
                }
            }
            (Tool::Hand | Tool::Dot, _) => self.panning(start.at),
            (_, _) => {
                let kept = match start.modifiers.shift {
                    true => self.overlay.selection.clone(),
                    false => BTreeSet::new(),
                };
                Gesture::Marquee { origin, kept }
            }
        }
    }

    /// The patch that bends a link or flow through a position; that leads a pipe through it.
    fn bent(&self, id: Id, start: &Element, at: Point) -> Patch {
        if let (true, Element::Link(link)) = (self.pipe_of_link(id).is_some(), start) {
            let led = pipe_corner::led_through(&self.document, &self.scene, (id, link), at);
            // Where no corner makes a way it stays where it is.
            return led
                .unwrap_or_else(|| Patch::of(id, Some(start.clone()), self.document.element(id)));
        }
        let mut after = start.clone();
        if let Some(edge) = start.edge() {
            let bend = bend::bend_through(&self.document, edge, at);
            after.set_edge(Edge { bend, ..edge });
        }
        Patch::of(id, Some(start.clone()), Some(after))
    }

    fn draw_marquee(&mut self, origin: Point, at: Point, kept: &BTreeSet<Id>) {
        let rect = Rect::from_points(origin, at);
        let mut ids = kept.clone();
        ids.extend(self.scene().nodes_touching(&rect));
        // A frame is around what is being selected, unless all of it is.
        let frames = self.scene().frames_touching(&rect).into_iter();
        let frames = frames.filter(|frame| rect.contains_rect(&frame.rect));
        ids.extend(frames.map(|frame| frame.id));
        let links = self.scene().links_touching(&rect).into_iter();
        ids.extend(links.filter(|id| {
            let link = self.scene.links().get(id);
            link.is_some_and(|link| rect.contains_rect(&link.curve.bounds()))
        }));
        self.overlay.marquee = Some(rect);
        self.select(edits::with_groups(&self.document, &ids));
        self.versions.selection += 1;
    }

    /// What a link would end at.
    fn target_at(&self, pointer: &Pointer) -> Target {
        let at = self.view.to_world(pointer.at);
        let node = node_at(self.scene(), at, self.reach(pointer)).and_then(|hit| hit.record());
        let node = node.and_then(|id| self.scene.nodes().get(&id));
        match node.map(|node| (node.kind, node.id)) {
            Some((NodeKind::Variable | NodeKind::Station, id)) => Target::Node(id),
            Some((NodeKind::Note, _)) => Target::Note,
            None => Target::Canvas,
        }
    }

    /// What stands by itself under a pointer and could be the end of a flow, or is in its way.
    fn over(&self, pointer: &Pointer) -> Option<Id> {
        match self.target_at(pointer) {
            Target::Node(id) => Some(id),
            Target::Note | Target::Canvas => None,
        }
    }

    pub(super) fn pointer_up(
        &mut self,
        pointer: Pointer,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        if self.gesture == Gesture::Idle || self.active_pointer != Some(pointer.number) {
            return Vec::new();
        }
        let gesture = std::mem::take(&mut self.gesture);
        self.end_gesture();
        let at = self.view.to_world(pointer.at);
        match gesture {
            Gesture::Pressed { start, hit } => self.click(&start, hit, env),
            Gesture::Linking { from, has_left } => match self.target_at(&pointer) {
                Target::Node(to) if to != from || has_left => self.link(from, to, env),
                Target::Node(_) | Target::Note => Vec::new(),
                Target::Canvas => {
                    self.grow(from, at, env);
                    Vec::new()
                }
            },
            Gesture::Piping(piping) => {
                let over = self.over(&pointer);
                self.end_pipe(&piping, over, at, env)
            }
            Gesture::Reconnecting { rate, side, fresh } => {
                let over = self.over(&pointer);
                let drawn = self.draw_pipe_end((rate, side), fresh, over, at, env);
                self.overlay.ghost = None;
                self.overlay.target = None;
                match drawn {
                    Ok(()) => self.commit_preview(),
                    Err(refusal) => {
                        self.drop_preview(env.measure);
                        vec![Effect::Announce(refusal.to_string())]
                    }
                }
            }
            // Control moves freely, also onto another.
            Gesture::Moving(_) if pointer.modifiers.ctrl => self.commit_preview(),
            Gesture::Moving(moving) => self.drop_moved(&moving, at, env),
            Gesture::Framing { id, .. } => {
                let effects = self.commit_preview();
                self.title_frame(id);
                effects
            }
            Gesture::Bending { .. } | Gesture::DraggingBadge { .. } | Gesture::Resizing { .. } => {
                self.commit_preview()
            }
            Gesture::Panning { before, .. } if self.access.only_looks() => {
                self.end_viewers_press(&pointer, &before);
                Vec::new()
            }
            Gesture::Idle
            | Gesture::Panning { .. }
            | Gesture::Marquee { .. }
            | Gesture::Pinching => Vec::new(),
        }
    }

    /// A viewer's press that panned nothing, or next to nothing, selects the variable it is on, so that
    /// it can be pushed; beside one it clears the selection.
    fn end_viewers_press(&mut self, pointer: &Pointer, before: &View) {
        let moved = (self.view.pan - before.pan).length();
        if moved <= pointer.kind.drag_threshold() {
            let pressed = self.over(pointer).into_iter();
            let variables = self.document.variables();
            let ids = pressed.filter(|id| variables.contains_key(id)).collect();
            self.select(ids);
        }
    }

    const fn panning(&self, last: Point) -> Gesture {
        let before = self.view;
        Gesture::Panning { last, before }
    }

    /// Takes away what only the gesture showed.
    fn end_gesture(&mut self) {
        self.active_pointer = None;
        self.selection_before = None;
        self.overlay.marquee = None;
        self.overlay.guides.clear();
        self.overlay.ghost = None;
        self.overlay.target = None;
        self.set_drag_layer(BTreeSet::new());
        self.versions.selection += 1;
        self.versions.mode += 1;
    }

    /// Gives the gesture up: the document and the selection are as they were before.
    pub(super) fn cancel_gesture(&mut self, env: &Environment<'_>) {
        self.gesture = Gesture::Idle;
        if self.text_edit.is_some() {
            // The preview and the selection belong to the typing, which continues.
            let selection = self.selection_before.take();
            self.end_gesture();
            self.selection_before = selection;
            return;
        }
        self.drop_preview(env.measure);
        if let Some(selection) = self.selection_before.take() {
            self.select(selection);
        }
        self.end_gesture();
    }

    /// Discards what is unfinished: a gesture, words that are being typed.
    pub(super) fn discard_unfinished(&mut self, env: &Environment<'_>) {
        if self.gesture != Gesture::Idle {
            self.cancel_gesture(env);
        }
        self.cancel_text(env);
    }
}
