//! The pointer: pressing, dragging, letting go.

use std::collections::BTreeSet;

use crate::model::{
    Change, Edit, Element, Hold, Id, Link, Note, Patch, Placement, Point, Rect, Vector, may_link,
};
use crate::scene::{Hit, NodeKind, Reach, hit, links_at, snap};

use super::edits;
use super::event::{Button, Effect, Modifiers, Pointer};
use super::gesture::{Gesture, Home, Moving};
use super::history::Continuity;
use super::keys::Held;
use super::state::{Editor, Environment, TextEdit, TextOrigin, Tool, ToolHold};

/// How near things line up, in CSS pixels.
const SNAP_REACH: f64 = 6.0;
/// With more things in sight than this, nothing lines up: the picture is too full to see it.
const SNAP_CROWD: usize = 400;

impl Editor {
    /// How near is near enough for a pointer.
    fn reach(&self, pointer: &Pointer) -> Reach {
        Reach::at_zoom(pointer.kind.radius(), self.view.zoom)
    }

    /// What is under a pointer.
    pub(super) fn hit(&self, pointer: &Pointer) -> Hit {
        let at = self.view.to_world(pointer.at);
        // The handle of a link is there only while it alone is selected.
        let only = self.overlay.selection.len() == 1;
        let selected = |id| only && self.overlay.selection.contains(&id);
        hit(&self.scene, at, self.reach(pointer), selected)
    }

    pub(super) fn pointer_down(&mut self, pointer: Pointer, button: Button) {
        self.last_pointer = Some(pointer);
        let wants_pan = button == Button::Middle
            || pointer.modifiers.space == Held::Down
            || self.tool == Tool::Hand;
        if self.gesture != Gesture::Idle {
            return;
        }
        self.gesture = if wants_pan {
            Gesture::Panning { last: pointer.at }
        } else if button == Button::Primary {
            Gesture::Pressed {
                start: pointer,
                hit: self.hit(&pointer),
            }
        } else {
            return;
        };
        self.versions.mode += 1;
        let Gesture::Pressed { hit, .. } = &self.gesture else {
            return;
        };
        // What is pressed is selected at once, so that a drag moves it.
        if let Hit::Node(id) | Hit::Link(id) | Hit::Rim(id) = hit
            && self.tool == Tool::Select
            && pointer.modifiers.shift == Held::Up
            && !self.overlay.selection.contains(id)
            && !matches!(hit, Hit::Rim(_))
        {
            let ids = edits::with_groups(&self.document, &BTreeSet::from([*id]));
            self.select(ids);
        }
    }

    pub(super) fn pointer_move(&mut self, pointer: Pointer, env: &mut Environment<'_>) {
        self.last_pointer = Some(pointer);
        let at = self.view.to_world(pointer.at);
        match self.gesture.clone() {
            Gesture::Idle => self.point(&pointer),
            Gesture::Pressed { start, hit } => {
                if start.at.distance(pointer.at) > pointer.kind.slop() {
                    self.begin_drag(start, hit, env);
                    if !matches!(self.gesture, Gesture::Pressed { .. } | Gesture::Idle) {
                        self.pointer_move(pointer, env);
                    }
                }
            }
            Gesture::Panning { last } => {
                self.set_view(self.view.panned(pointer.at - last));
                self.gesture = Gesture::Panning { last: pointer.at };
            }
            Gesture::Marquee { origin, kept } => self.draw_marquee(origin, at, &kept),
            Gesture::Moving(moving) => self.drag(&moving, at, pointer.modifiers, env),
            Gesture::Bending { link } => {
                let patch = edits::change_links(&self.committed_links(), [link], |l| {
                    l.bend = edits::bend_through(&self.document, l, at);
                });
                self.set_preview(patch, env.measure);
            }
            Gesture::Linking { from, home } => {
                let target = self.link_target(&pointer);
                let home = match home {
                    Home::NotLeft if target == Some(from) => Home::NotLeft,
                    _ => Home::Left,
                };
                self.gesture = Gesture::Linking { from, home };
                let target = target.filter(|id| *id != from || home == Home::Left);
                self.overlay.target = target;
                self.overlay.ghost = edits::ghost(&self.document, &self.scene, from, target, at);
                self.versions.selection += 1;
            }
            Gesture::DraggingBadge { key, grab } => {
                let document = self.committed_links();
                let offset = (at + grab) - Point::default();
                let patch = edits::label_loop(&document, &key, env.ids, |label| {
                    label.badge_offset = offset
                });
                self.set_preview(patch, env.measure);
            }
            Gesture::Pinching => {}
        }
    }

    /// The document without the change of the gesture, for gestures that change little.
    fn committed_links(&self) -> crate::model::Document {
        self.committed_document()
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
        self.hover((hit != Hit::Canvas).then_some(hit));
    }

    /// A press has become a drag.
    fn begin_drag(&mut self, start: Pointer, hit: Hit, env: &mut Environment<'_>) {
        let origin = self.view.to_world(start.at);
        self.hover(None);
        self.gesture = match (self.tool, hit) {
            (Tool::Link, Hit::Node(id) | Hit::Rim(id)) | (Tool::Select, Hit::Rim(id))
                if self.document.variables().contains_key(&id) =>
            {
                Gesture::Linking {
                    from: id,
                    home: Home::NotLeft,
                }
            }
            (Tool::Select, Hit::Handle(id) | Hit::Link(id)) => {
                self.lift(BTreeSet::from([id]));
                Gesture::Bending { link: id }
            }
            (Tool::Select, Hit::Badge(key)) => {
                let offset = self
                    .document
                    .label_of(&key)
                    .map_or(Vector::ZERO, |(_, l)| l.badge_offset);
                Gesture::DraggingBadge {
                    key,
                    grab: (Point::default() + offset) - origin,
                }
            }
            (Tool::Select, Hit::Node(id)) => match self.begin_move(id, origin, start, env) {
                Some(moving) => Gesture::Moving(moving),
                None => Gesture::Idle,
            },
            (Tool::Select | Tool::Link | Tool::Variable | Tool::Note, _) => {
                let kept = match start.modifiers.shift {
                    Held::Down => self.overlay.selection.clone(),
                    Held::Up => BTreeSet::new(),
                };
                Gesture::Marquee { origin, kept }
            }
            (Tool::Hand, _) => Gesture::Panning { last: start.at },
        };
        self.versions.mode += 1;
    }

    fn begin_move(
        &mut self,
        id: Id,
        origin: Point,
        start: Pointer,
        env: &mut Environment<'_>,
    ) -> Option<Moving> {
        if !self.overlay.selection.contains(&id) {
            let mut ids = self.overlay.selection.clone();
            ids.insert(id);
            let ids = edits::with_groups(&self.document, &ids);
            self.select(ids);
        }
        let nodes = |ids: &BTreeSet<Id>| -> BTreeSet<Id> {
            let free = |id: &&Id| {
                self.document
                    .placement(**id)
                    .is_some_and(|placement| placement.hold == Hold::Free)
            };
            ids.iter().filter(free).copied().collect()
        };
        let grabbed = nodes(&self.overlay.selection);
        let bounds = grabbed
            .iter()
            .filter_map(|id| self.scene.nodes().get(id).map(|node| node.rect))
            .reduce(|all, rect| all.union(&rect))?;
        let visible = self.view.visible();
        let standing = self.scene.touching(&visible);
        let crowded = standing.len() > SNAP_CROWD;
        let others = standing
            .into_iter()
            .filter(|id| !crowded && !grabbed.contains(id))
            .filter_map(|id| self.scene.nodes().get(&id).map(|node| node.rect))
            .collect();
        let template = if start.modifiers.alt == Held::Down {
            let part = edits::fragment(&self.document, &grabbed);
            let (patch, made) = edits::insert(&self.document, &part, Vector::ZERO, env.ids);
            self.set_preview(patch.clone(), env.measure);
            self.select(made);
            patch
        } else {
            let changes = grabbed.iter().filter_map(|id| {
                let element = self.document.element(*id);
                element.is_some().then(|| {
                    (
                        *id,
                        Change {
                            before: element.clone(),
                            after: element,
                        },
                    )
                })
            });
            Patch {
                properties: None,
                changes: changes.collect(),
            }
        };
        let moved: BTreeSet<Id> = template.touched().collect();
        let links: Vec<Id> = moved
            .iter()
            .flat_map(|id| self.document.links_of(*id))
            .collect();
        self.lift(moved.into_iter().chain(links).collect());
        Some(Moving {
            origin,
            template,
            bounds,
            others,
        })
    }

    fn drag(
        &mut self,
        moving: &Moving,
        at: Point,
        modifiers: Modifiers,
        env: &mut Environment<'_>,
    ) {
        let mut way = at - moving.origin;
        if modifiers.shift == Held::Down {
            // Straight across or straight down, whichever is nearer.
            way = if way.x.abs() >= way.y.abs() {
                Vector::new(way.x, 0.0)
            } else {
                Vector::new(0.0, way.y)
            };
        }
        self.overlay.guides.clear();
        if modifiers.ctrl == Held::Up {
            let snapped = snap(
                &moving.bounds.moved(way),
                &moving.others,
                SNAP_REACH / self.view.zoom,
            );
            way = way + snapped.shift;
            self.overlay.guides = snapped.guides;
        }
        let mut patch = moving.template.clone();
        for change in patch.changes.values_mut() {
            if let Some(placement) = change.after.as_mut().and_then(Element::placement_mut) {
                placement.position = placement.position + way;
            }
        }
        patch
            .changes
            .retain(|_, change| change.before != change.after);
        self.set_preview(patch, env.measure);
    }

    fn draw_marquee(&mut self, origin: Point, at: Point, kept: &BTreeSet<Id>) {
        let rect = Rect::from_points(origin, at);
        let mut ids = kept.clone();
        for id in self.scene.touching(&rect) {
            let inside = match (self.scene.nodes().get(&id), self.scene.links().get(&id)) {
                (Some(node), _) => rect.intersects(&node.rect),
                (_, Some(link)) => rect.contains_rect(&link.curve.bounds()),
                _ => false,
            };
            if inside {
                ids.insert(id);
            }
        }
        self.overlay.marquee = Some(rect);
        self.select(edits::with_groups(&self.document, &ids));
        self.versions.selection += 1;
    }

    /// The variable a link would end at.
    fn link_target(&self, pointer: &Pointer) -> Option<Id> {
        match self.hit(pointer) {
            Hit::Node(id) | Hit::Rim(id) if self.document.variables().contains_key(&id) => Some(id),
            _ => None,
        }
    }

    pub(super) fn pointer_up(
        &mut self,
        pointer: Pointer,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        let gesture = std::mem::replace(&mut self.gesture, Gesture::Idle);
        self.versions.mode += 1;
        let at = self.view.to_world(pointer.at);
        let effects = match gesture {
            Gesture::Pressed { start, hit } => self.click(&start, hit, env),
            Gesture::Linking { from, home } => {
                let target = self.link_target(&pointer);
                let over_note = matches!(self.hit(&pointer), Hit::Node(id)
                    if self.scene.nodes().get(&id).is_some_and(|n| n.kind == NodeKind::Note));
                match target {
                    Some(to) if to != from || home == Home::Left => self.link(from, to, env),
                    Some(_) => Vec::new(),
                    None if over_note => Vec::new(),
                    None => {
                        self.grow(from, at, env);
                        Vec::new()
                    }
                }
            }
            Gesture::Moving(_) | Gesture::Bending { .. } | Gesture::DraggingBadge { .. } => {
                self.commit_preview()
            }
            Gesture::Idle
            | Gesture::Panning { .. }
            | Gesture::Marquee { .. }
            | Gesture::Pinching => Vec::new(),
        };
        self.end_gesture();
        effects
    }

    /// Takes away what only the gesture showed.
    fn end_gesture(&mut self) {
        self.overlay.marquee = None;
        self.overlay.guides.clear();
        self.overlay.ghost = None;
        self.overlay.target = None;
        self.lift(BTreeSet::new());
        self.versions.selection += 1;
    }

    /// Gives the gesture up: the document is as it was before.
    pub(super) fn cancel_gesture(&mut self, env: &mut Environment<'_>) {
        self.gesture = Gesture::Idle;
        if self.text_edit.is_none() {
            self.drop_preview(env.measure);
        }
        self.end_gesture();
        self.versions.mode += 1;
    }

    /// A press that was let go where it was.
    fn click(&mut self, start: &Pointer, hit: Hit, env: &mut Environment<'_>) -> Vec<Effect> {
        let at = self.view.to_world(start.at);
        match (self.tool, &hit) {
            (Tool::Variable, Hit::Canvas | Hit::Link(_) | Hit::Rim(_)) => {
                self.make_variable(at, env);
                return Vec::new();
            }
            (Tool::Note, Hit::Canvas | Hit::Link(_) | Hit::Rim(_)) => {
                self.make_note(at, env);
                return Vec::new();
            }
            _ => {}
        }
        let chosen = match &hit {
            Hit::Node(id) | Hit::Link(id) | Hit::Handle(id) => Some(*id),
            // A click on the rim means the link that starts there, else the variable.
            Hit::Rim(id) => links_at(&self.scene, at, self.reach(start))
                .first()
                .copied()
                .or(Some(*id)),
            Hit::Badge(key) => {
                self.chosen_loop = (self.chosen_loop.as_ref() != Some(key)).then(|| key.clone());
                self.versions.selection += 1;
                None
            }
            Hit::Canvas => None,
        };
        let ids = chosen
            .map(|id| edits::with_groups(&self.document, &BTreeSet::from([id])))
            .unwrap_or_default();
        if start.modifiers.shift == Held::Down {
            let mut selection = self.overlay.selection.clone();
            if ids.iter().all(|id| selection.contains(id)) {
                selection.retain(|id| !ids.contains(id));
            } else {
                selection.extend(ids);
            }
            self.select(selection);
        } else {
            if hit == Hit::Canvas && self.chosen_loop.is_some() {
                self.chosen_loop = None;
            }
            self.select(ids);
        }
        Vec::new()
    }

    pub(super) fn double_click(
        &mut self,
        pointer: &Pointer,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        if self.text_edit.is_some() || self.tool == Tool::Hand {
            return Vec::new();
        }
        let at = self.view.to_world(pointer.at);
        match self.hit(pointer) {
            Hit::Node(id) | Hit::Rim(id) => {
                self.edit_text(id);
                Vec::new()
            }
            Hit::Canvas => {
                self.make_variable(at, env);
                Vec::new()
            }
            Hit::Badge(key) => {
                self.chosen_loop = Some(key);
                self.versions.selection += 1;
                vec![Effect::App(super::Action::EditText)]
            }
            Hit::Link(_) | Hit::Handle(_) => Vec::new(),
        }
    }

    /// A new variable whose name is typed in place; it is part of the document once it has one.
    pub(super) fn make_variable(&mut self, at: Point, env: &mut Environment<'_>) {
        let id = env.ids.fresh();
        let mut edit = Edit::new(&self.document);
        edit.set(id, Some(edits::variable_at("", at)));
        self.begin_fresh(id, edit.finish(), env);
    }

    fn make_note(&mut self, at: Point, env: &mut Environment<'_>) {
        let id = env.ids.fresh();
        let mut edit = Edit::new(&self.document);
        let placement = Placement {
            position: at,
            ..Placement::default()
        };
        let note = Note {
            text: String::new(),
            width: Note::DEFAULT_WIDTH,
            placement,
        };
        edit.set(id, Some(Element::Note(note)));
        self.begin_fresh(id, edit.finish(), env);
    }

    /// A new variable at the end of a new link.
    pub(super) fn grow(&mut self, from: Id, at: Point, env: &mut Environment<'_>) {
        let (id, link) = (env.ids.fresh(), env.ids.fresh());
        let mut edit = Edit::new(&self.document);
        edit.set(id, Some(edits::variable_at("", at)));
        edit.set(
            link,
            Some(Element::Link(Link::new(from, id, edits::NEW_BEND))),
        );
        self.begin_fresh(id, edit.finish(), env);
        // The rest of the diagram decides which way the arc goes.
        let bend = edits::bend_for(&self.document, &self.scene, from, id);
        if let Some(mut patch) = self.preview.clone() {
            let change = patch.changes.get_mut(&link);
            if let Some(Element::Link(link)) = change.and_then(|change| change.after.as_mut()) {
                link.bend = bend.abs().min(edits::NEW_BEND).copysign(bend);
            }
            self.set_preview(patch, env.measure);
        }
    }

    fn begin_fresh(&mut self, id: Id, patch: Patch, env: &mut Environment<'_>) {
        self.set_preview(patch, env.measure);
        self.select(BTreeSet::from([id]));
        self.text_edit = Some(TextEdit {
            id,
            text: String::new(),
            origin: TextOrigin::Fresh,
        });
        self.hover(None);
        self.tool_used();
    }

    /// A new link between variables.
    pub(super) fn link(&mut self, from: Id, to: Id, env: &mut Environment<'_>) -> Vec<Effect> {
        if let Err(refusal) = may_link(&self.document, from, to) {
            return vec![Effect::Announce(refusal.to_string())];
        }
        let id = env.ids.fresh();
        let bend = edits::bend_for(&self.document, &self.scene, from, to);
        let mut edit = Edit::new(&self.document);
        edit.set(id, Some(Element::Link(Link::new(from, to, bend))));
        let patch = edit.finish();
        let effects = self.commit(patch, Continuity::Own, env.measure);
        self.select(BTreeSet::from([id]));
        self.tool_used();
        effects
    }

    /// After one use a tool gives way to selecting, unless it is kept.
    pub(super) fn tool_used(&mut self) {
        if self.tool_hold == ToolHold::Once {
            self.tool = Tool::Select;
        }
        self.versions.mode += 1;
    }

    /// Begins to type in place.
    pub(super) fn edit_text(&mut self, id: Id) {
        let text = match self.document.element(id) {
            Some(Element::Variable(variable)) => variable.name,
            Some(Element::Note(note)) => note.text,
            _ => return,
        };
        self.select(BTreeSet::from([id]));
        self.text_edit = Some(TextEdit {
            id,
            text,
            origin: TextOrigin::Standing,
        });
        self.hover(None);
        self.versions.mode += 1;
    }
}
