//! What each action does.

use std::collections::BTreeSet;

use crate::model::{Document, Id, Link, Point, Polarity, StationKind, Vector};

use super::action::{Action, When};
use super::change::Direction;
use super::copy;
use super::describe::describe;
use super::edits::{self, Restack};
use super::event::Effect;
use super::gesture::Gesture;
use super::history::Continuity;
use super::keys::{KeyPress, action_for};
use super::state::{Editor, Environment, Tool};

/// How far a new variable grown by keyboard stands away, in world units.
const GROW_DISTANCE: Vector = Vector::new(220.0, 130.0);
/// How far a duplicate stands aside, in world units.
const DUPLICATE_SHIFT: Vector = Vector::new(24.0, 24.0);
/// How far a step pans where nothing is selected, in CSS pixels for each world unit of a nudge.
const PAN_STEP: f64 = 12.0;
/// How far a step bends a link, as a share of its chord.
const BEND_STEP: f64 = 0.05;
/// How far from a station the next one stands, in world units.
pub(super) const STEP_DISTANCE: f64 = 220.0;
/// What one step zooms.
const ZOOM_STEP: f64 = 1.25;

impl Editor {
    /// The action that a key asks for now.
    #[must_use]
    pub fn action_for(&self, press: &KeyPress) -> Option<Action> {
        action_for(press, |when| self.holds(when)).filter(|action| self.allows(*action))
    }

    /// Whether a condition of the table of actions holds.
    #[must_use]
    pub fn holds(&self, when: When) -> bool {
        let selection = &self.overlay.selection;
        match when {
            When::Always => true,
            When::Selected => !selection.is_empty(),
            When::NothingSelected => selection.is_empty(),
            When::LinkSelected => selection
                .iter()
                .any(|id| self.document.links().contains_key(id)),
            When::NoteSelected => selection
                .iter()
                .any(|id| self.document.notes().contains_key(id)),
            When::StreamSelected => selection.iter().any(|id| {
                self.document.stations().contains_key(id) || self.document.flows().contains_key(id)
            }),
            When::GrowerSelected => selection.iter().any(|id| {
                self.document.stations().contains_key(id)
                    || self.document.variables().contains_key(id)
            }),
            When::VariableSelected => selection
                .iter()
                .any(|id| self.document.variables().contains_key(id)),
        }
    }

    pub(super) fn act(&mut self, action: Action, env: &mut Environment<'_>) -> Vec<Effect> {
        if !is_nudge(action) {
            self.history.pause();
        }
        if action == Action::Cancel && (self.gesture != Gesture::Idle || self.text_edit.is_some()) {
            self.settle(env);
            return Vec::new();
        }
        // Nothing that is not done may be in the way of another change.
        if !goes_along(action) {
            self.settle(env);
        }
        let selection = self.overlay.selection.clone();
        let document = &self.document;
        match action {
            Action::ToolSelect => self.take_tool(Tool::Select),
            Action::ToolHand => self.take_tool(Tool::Hand),
            Action::ToolVariable => self.take_tool(Tool::Variable),
            Action::ToolLink => self.take_tool(Tool::Link),
            Action::ToolNote => self.take_tool(Tool::Note),
            Action::ToolStep => self.take_tool(Tool::Step),
            Action::ToolQueue => self.take_tool(Tool::Queue),
            Action::ToolSupermarket => self.take_tool(Tool::Supermarket),
            Action::ToolSupplier => self.take_tool(Tool::Supplier),
            Action::ToolCustomer => self.take_tool(Tool::Customer),
            Action::ToolControl => self.take_tool(Tool::Control),
            Action::ToolLock => {
                self.tool_kept = !self.tool_kept;
                self.versions.mode += 1;
                Vec::new()
            }
            Action::Undo => self.step(Direction::Back, env),
            Action::Redo => self.step(Direction::Forth, env),
            Action::Copy => copied(document, &selection),
            Action::Cut => {
                let mut effects = copied(document, &selection);
                effects.extend(self.remove(&selection, env));
                effects
            }
            Action::Delete => self.remove(&selection, env),
            Action::Duplicate => {
                let part = copy::fragment(document, &selection);
                self.put_in(&part, DUPLICATE_SHIFT, env)
            }
            Action::SelectAll => {
                let all = document
                    .ids()
                    .filter(|id| self.scene.bounds_of(*id).is_some());
                self.select(all.collect());
                Vec::new()
            }
            Action::SelectNext => self.select_step(1),
            Action::SelectPrevious => self.select_step(-1),
            Action::Cancel => {
                self.chosen_loop = None;
                self.select(BTreeSet::new());
                self.versions.selection += 1;
                self.take_tool(Tool::Select)
            }
            Action::AddStep => {
                let at = self.spot_for_station();
                self.make_station(StationKind::Step, at, env);
                self.bring_into_sight(at);
                Vec::new()
            }
            Action::AddVariable => {
                let at = self.spot_for_new();
                self.make_variable(at, env);
                Vec::new()
            }
            Action::EditText => {
                let first = selection
                    .iter()
                    .copied()
                    .find(|id| document.placement(*id).is_some());
                match first {
                    Some(id) => {
                        self.edit_text(id);
                        Vec::new()
                    }
                    None => vec![Effect::App(action)],
                }
            }
            Action::GrowLeft => self.grow_towards(Vector::new(-1.0, 0.0), env),
            Action::GrowRight => self.grow_towards(Vector::new(1.0, 0.0), env),
            Action::GrowUp => self.grow_towards(Vector::new(0.0, -1.0), env),
            Action::GrowDown => self.grow_towards(Vector::new(0.0, 1.0), env),
            Action::PolarityPositive => self.sign(&selection, Polarity::Positive, env),
            Action::PolarityNegative => self.sign(&selection, Polarity::Negative, env),
            Action::PolarityUnknown => self.sign(&selection, Polarity::Unknown, env),
            Action::ToggleDelay => {
                let patch = edits::toggle_delay(document, &selection);
                self.commit(patch, Continuity::Own, env)
            }
            Action::ReverseLink => {
                let patch = edits::reverse_links(document, &selection);
                self.commit(patch, Continuity::Own, env)
            }
            Action::BendLeft => self.bend(&selection, BEND_STEP, env),
            Action::BendRight => self.bend(&selection, -BEND_STEP, env),
            Action::ToggleBurst => {
                let patch = edits::toggle_burst(document, &selection);
                self.commit(patch, Continuity::Own, env)
            }
            Action::ToggleStock => {
                let patch = edits::toggle_stock(document, &selection);
                self.commit(patch, Continuity::Own, env)
            }
            Action::Group => {
                let nodes = selection.iter();
                let nodes = nodes.filter(|id| document.placement(**id).is_some());
                let group = (nodes.count() > 1).then(|| env.ids.fresh());
                let patch = edits::change_placements(document, selection, |placement| {
                    placement.group = group.or(placement.group);
                });
                self.commit(patch, Continuity::Own, env)
            }
            Action::Ungroup => {
                let patch = edits::change_placements(document, selection, |placement| {
                    placement.group = None
                });
                self.commit(patch, Continuity::Own, env)
            }
            Action::ToggleHold => {
                let patch = edits::toggle_hold(document, &selection);
                self.commit(patch, Continuity::Own, env)
            }
            Action::Forward => self.restack(&selection, Restack::Forward, env),
            Action::Backward => self.restack(&selection, Restack::Backward, env),
            Action::ToFront => self.restack(&selection, Restack::ToFront, env),
            Action::ToBack => self.restack(&selection, Restack::ToBack, env),
            Action::NudgeLeft => self.nudge(Vector::new(-1.0, 0.0), env),
            Action::NudgeRight => self.nudge(Vector::new(1.0, 0.0), env),
            Action::NudgeUp => self.nudge(Vector::new(0.0, -1.0), env),
            Action::NudgeDown => self.nudge(Vector::new(0.0, 1.0), env),
            Action::MoveLeft => self.nudge(Vector::new(-10.0, 0.0), env),
            Action::MoveRight => self.nudge(Vector::new(10.0, 0.0), env),
            Action::MoveUp => self.nudge(Vector::new(0.0, -10.0), env),
            Action::MoveDown => self.nudge(Vector::new(0.0, 10.0), env),
            Action::ZoomIn => self.zoom(self.view.zoom * ZOOM_STEP),
            Action::ZoomOut => self.zoom(self.view.zoom / ZOOM_STEP),
            Action::ZoomActual => self.zoom(1.0),
            Action::ZoomFit => self.fit(self.scene.bounds()),
            Action::ZoomSelection => {
                self.fit(self.bounds_of_selection().or_else(|| self.scene.bounds()))
            }
            Action::Paste
            | Action::ToggleGrid
            | Action::ToggleTheme
            | Action::ToggleLoops
            | Action::ToggleOutline
            | Action::ToggleStream
            | Action::Compare
            | Action::MeasuredData
            | Action::History
            | Action::Storage
            | Action::EditMeasures
            | Action::NewDocument
            | Action::Documents
            | Action::Templates
            | Action::OpenFile
            | Action::SaveFile
            | Action::ExportSvg
            | Action::ExportPng
            | Action::CopyPicture
            | Action::Print
            | Action::Share
            | Action::PasteText
            | Action::Find
            | Action::Palette
            | Action::Arrange
            | Action::Tidy
            | Action::ShowArchetypes
            | Action::ShowChecks
            | Action::ShowLeverage
            | Action::ShowTrace
            | Action::ExportAs
            | Action::CopyCsv
            | Action::CopyDot
            | Action::CopyMermaid
            | Action::Help => vec![Effect::App(action)],
        }
    }

    fn take_tool(&mut self, tool: Tool) -> Vec<Effect> {
        self.tool = tool;
        self.versions.mode += 1;
        Vec::new()
    }

    pub(super) fn remove(&mut self, ids: &BTreeSet<Id>, env: &mut Environment<'_>) -> Vec<Effect> {
        let patch = edits::remove(&self.document, ids);
        if patch.is_empty() && ids.iter().any(|id| !edits::is_free(&self.document, *id)) {
            return vec![Effect::Announce(
                "What is locked cannot be deleted".to_owned(),
            )];
        }
        self.commit(patch, Continuity::Own, env)
    }

    fn sign(
        &mut self,
        ids: &BTreeSet<Id>,
        polarity: Polarity,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        let patch = edits::set_polarity(&self.document, ids.iter().copied(), polarity);
        self.commit(patch, Continuity::Own, env)
    }

    fn restack(
        &mut self,
        ids: &BTreeSet<Id>,
        how: Restack,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        let patch = edits::restack(&self.document, ids, how);
        self.commit(patch, Continuity::Own, env)
    }

    /// Bends links further to the left of their way, or to the right if `by` is negative; turns
    /// links of variables to themselves.
    fn bend(&mut self, ids: &BTreeSet<Id>, by: f64, env: &mut Environment<'_>) -> Vec<Effect> {
        let patch = edits::change_edges(&self.document, ids.iter().copied(), |link| {
            link.bend = if link.is_ring() {
                (link.bend + by).rem_euclid(1.0)
            } else {
                (link.bend + by).clamp(-Link::MAXIMUM_BEND, Link::MAXIMUM_BEND)
            };
        });
        self.commit(patch, Continuity::Own, env)
    }

    /// Moves what is selected and not locked, or else the badge of the chosen loop; pans where
    /// there is neither.
    fn nudge(&mut self, way: Vector, env: &mut Environment<'_>) -> Vec<Effect> {
        if let (true, Some(key)) = (self.overlay.selection.is_empty(), self.chosen_loop.clone()) {
            // The badge of the chosen loop is the one thing that is not selected but chosen.
            let patch = edits::label_loop(&self.document, &key, env.ids, |label| {
                label.badge_offset = label.badge_offset + way;
            });
            return self.commit(patch, Continuity::Nudge, env);
        }
        if self.overlay.selection.is_empty() {
            self.set_view(self.view.panned(-way * PAN_STEP));
            return Vec::new();
        }
        let free = |id: &Id| edits::is_free(&self.document, *id);
        let ids: Vec<Id> = self
            .overlay
            .selection
            .iter()
            .copied()
            .filter(free)
            .collect();
        let patch = edits::change_placements(&self.document, ids, |placement| {
            placement.position = (placement.position + way).on_canvas();
        });
        self.commit(patch, Continuity::Nudge, env)
    }

    /// Selects the next or previous thing in reading order: rows of about a line, left to right.
    fn select_step(&mut self, step: isize) -> Vec<Effect> {
        let row = |y: f64| (y / 40.0).round() as i64;
        let mut order: Vec<(i64, f64, Id)> = self
            .document
            .ids()
            .filter_map(|id| self.scene.bounds_of(id).map(|rect| (id, rect.center())))
            .map(|(id, at)| (row(at.y), at.x, id))
            .collect();
        order.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        if order.is_empty() {
            return Vec::new();
        }
        let current = order
            .iter()
            .position(|(_, _, id)| self.overlay.selection.contains(id));
        let next = match current {
            Some(place) => (place as isize + step).rem_euclid(order.len() as isize) as usize,
            None if step > 0 => 0,
            None => order.len() - 1,
        };
        let id = order[next].2;
        self.select_in_sight(BTreeSet::from([id]));
        vec![Effect::Announce(self.describe(id))]
    }

    /// A record in words: a name, a text, or a link as a sentence.
    #[must_use]
    pub fn describe(&self, id: Id) -> String {
        describe(&self.document, id)
    }

    /// A place in sight where a new variable covers nothing.
    pub(super) fn spot_for_new(&self) -> Point {
        edits::free_spot(&self.scene, self.view.center(), Vector::new(0.0, -1.0))
    }

    /// A place in sight for a new station: to the right of the last one, if there is any.
    pub(super) fn spot_for_station(&self) -> Point {
        let stations = self.document.stations().values();
        let places = stations.map(|station| station.placement.position);
        let last = places.max_by(|a, b| a.x.total_cmp(&b.x));
        let wanted = last.map_or_else(
            || self.view.center(),
            |at| at + Vector::new(STEP_DISTANCE, 0.0),
        );
        edits::free_spot(&self.scene, wanted, Vector::new(1.0, 0.0))
    }

    fn grow_towards(&mut self, way: Vector, env: &mut Environment<'_>) -> Vec<Effect> {
        let document = &self.document;
        let grows =
            |id: &Id| document.variables().contains_key(id) || document.stations().contains_key(id);
        let from = self.overlay.selection.iter().copied().find(grows);
        let Some((from, start)) =
            from.and_then(|id| Some((id, self.document.placement(id)?.position)))
        else {
            return Vec::new();
        };
        let distance = if self.document.stations().contains_key(&from) {
            Vector::new(STEP_DISTANCE, GROW_DISTANCE.y)
        } else {
            GROW_DISTANCE
        };
        let wanted = start + Vector::new(way.x * distance.x, way.y * distance.y);
        let at = edits::free_spot(&self.scene, wanted, way);
        self.grow(from, at, env);
        self.bring_into_sight(at);
        Vec::new()
    }

    /// Puts in a copy of a diagram, moved by `shift`, and selects it.
    pub(super) fn put_in(
        &mut self,
        part: &Document,
        shift: Vector,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        let (patch, made) = copy::insert(&self.document, part, shift, env.ids);
        let effects = self.commit(patch, Continuity::Own, env);
        self.select(made);
        effects
    }
}

/// What goes to the clipboard; with nothing selected it stays as it is.
fn copied(document: &Document, ids: &BTreeSet<Id>) -> Vec<Effect> {
    let part = copy::fragment(document, ids);
    if part.is_empty() {
        return Vec::new();
    }
    vec![Effect::Copied(part)]
}

/// Whether an action leaves a gesture or the typing alone: what concerns the view and the app.
const fn goes_along(action: Action) -> bool {
    matches!(
        action,
        Action::Copy
            | Action::ZoomIn
            | Action::ZoomOut
            | Action::ZoomActual
            | Action::ZoomFit
            | Action::ZoomSelection
            | Action::ToggleGrid
            | Action::ToggleTheme
            | Action::ToggleLoops
            | Action::ToggleOutline
            | Action::ToggleStream
            | Action::SaveFile
            | Action::ExportSvg
            | Action::ExportPng
            | Action::Palette
            | Action::Find
            | Action::Help
    )
}

/// Whether an action goes on with a row of nudges.
pub(super) const fn is_nudge(action: Action) -> bool {
    matches!(
        action,
        Action::NudgeLeft
            | Action::NudgeRight
            | Action::NudgeUp
            | Action::NudgeDown
            | Action::MoveLeft
            | Action::MoveRight
            | Action::MoveUp
            | Action::MoveDown
    )
}
