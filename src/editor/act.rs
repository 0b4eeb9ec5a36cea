//! What each action does.

use std::collections::BTreeSet;

use crate::model::{
    Document, Id, Link, Patch, Point, Polarity, StationKind, StepValue, VariableKind, Vector,
};

use super::access::Access;
use super::action::{Action, Condition, Handler};
use super::comments::with_comments;
use super::copy;
use super::describe::{describe, spoken};
use super::dots::Voting;
use super::edits::{self, Restack};
use super::event::Effect;
use super::gesture::Gesture;
use super::history::Continuity;
use super::keys::{KeyPress, Shortcut, action_for};
use super::pipe_corner::{self, Aside};
use super::state::{Editor, Environment, Tool};

/// The distance of a new variable that is made by keyboard, in world units.
const GROW_DISTANCE: Vector = Vector::new(220.0, 130.0);
/// The offset of a duplicate, in world units.
const DUPLICATE_SHIFT: Vector = Vector::new(24.0, 24.0);
/// How far a step bends a link, as a share of its chord.
const BEND_STEP: f64 = 0.05;
/// How far a step pans where nothing is selected, in CSS pixels for each world unit of a nudge.
const PAN_STEP: f64 = 12.0;
/// The distance from a station to the next one, in world units.
pub(super) const STEP_DISTANCE: f64 = 220.0;

impl Editor {
    /// The action that a key asks for now.
    #[must_use]
    pub fn action_for(&self, press: &KeyPress) -> Option<Action> {
        if self.types_name(press) {
            return Some(Action::EditText);
        }
        let own = match self.presenting {
            Some(_) => action_for(press, |when| when == Condition::Presents),
            None => None,
        };
        let action = own.or_else(|| action_for(press, |when| self.holds(when)));
        action.filter(|action| self.allows(*action))
    }

    /// Whether a key begins a new name: a letter while one variable or step alone is selected. The field
    /// opens with the old name selected, so that the letter takes its place.
    #[must_use]
    pub fn types_name(&self, press: &KeyPress) -> bool {
        let selection = &self.overlay.selection;
        let only = selection.first().filter(|_| selection.len() == 1);
        press.writes_letter()
            && self.access == Access::Edit
            && self.text_edit.is_none()
            && self.gesture == Gesture::Idle
            && only.is_some_and(|id| {
                let document = &self.document;
                document.variables().contains_key(id) || document.stations().contains_key(id)
            })
    }

    /// The key of an action as things are, as people write it; empty where none counts. While
    /// letters are typed into a name, their keys are those with Alt.
    #[must_use]
    pub fn shortcut_of(&self, action: Action) -> String {
        let letter = |key: &Shortcut| {
            self.types_name(&KeyPress {
                key: key.key.to_owned(),
                ctrl: key.ctrl,
                alt: key.alt,
                shift: key.shift,
                ..KeyPress::default()
            })
        };
        let mut keys = action.row().keys.iter();
        keys.find(|key| !letter(key))
            .map(Shortcut::written)
            .unwrap_or_default()
    }

    /// Whether a condition of the table of actions holds.
    #[must_use]
    pub fn holds(&self, when: Condition) -> bool {
        let selection = &self.overlay.selection;
        match when {
            Condition::Always => true,
            Condition::Selected => !selection.is_empty(),
            Condition::NothingSelected => selection.is_empty(),
            Condition::LinkToSign => !self.links_to_sign().is_empty(),
            Condition::LoopChosen => self.chosen_loop.is_some(),
            Condition::Plays => self.playing.is_some() || self.watching.is_some(),
            Condition::HasStream => {
                let mut flows = self.document.flows().values();
                flows.any(|flow| flow.kind.carries_work())
            }
            Condition::Presents => self.presenting.is_some(),
            Condition::Votes => self.voting == Voting::Open,
            Condition::Pushable => {
                self.playing.is_some() || self.holds(Condition::VariableSelected)
            }
            // All that can be selected but flows.
            Condition::Colourable => selection
                .iter()
                .any(|id| !self.document.flows().contains_key(id)),
            Condition::Sizable => selection.iter().any(|id| {
                self.document.variables().contains_key(id) || self.document.notes().contains_key(id)
            }),
            Condition::SeveralStand => self.standing(2) == 2,
            Condition::ThreeStand => self.standing(3) == 3,
            Condition::LinkSelected => selection
                .iter()
                .any(|id| self.document.links().contains_key(id)),
            Condition::NoteSelected => selection
                .iter()
                .any(|id| self.document.notes().contains_key(id)),
            Condition::ListSelected => self.listing_note().is_some(),
            Condition::ImageSelected => self.image_note().is_some(),
            Condition::StepSelected => selection.iter().any(|id| {
                let station = self.document.stations().get(id);
                station.is_some_and(|station| station.kind == StationKind::Step)
            }),
            Condition::StreamSelected => selection.iter().any(|id| {
                self.document.stations().contains_key(id) || self.document.flows().contains_key(id)
            }),
            Condition::GrowerSelected => selection.iter().any(|id| {
                self.document.stations().contains_key(id)
                    || self.document.variables().contains_key(id)
            }),
            Condition::StockSelected => selection.iter().any(|id| {
                let variable = self.document.variables().get(id);
                variable.is_some_and(|variable| variable.kind == VariableKind::Stock)
            }),
            Condition::NotPlainSelected => selection.iter().any(|id| {
                let variable = self.document.variables().get(id);
                variable.is_some_and(|variable| variable.kind != VariableKind::Plain)
            }),
            Condition::VariableSelected => selection
                .iter()
                .any(|id| self.document.variables().contains_key(id)),
        }
    }

    pub(super) fn act(&mut self, action: Action, env: &mut Environment<'_>) -> Vec<Effect> {
        let row = action.row();
        // Whoever does something goes on from what is seen; only a panel that comes up by itself
        // keeps the middle of the view.
        self.kept_view = None;
        if !row.nudges {
            self.history.pause();
        }
        if action == Action::Cancel && (self.gesture != Gesture::Idle || self.text_edit.is_some()) {
            self.discard_unfinished(env);
            return Vec::new();
        }
        if action == Action::Cancel && self.close_find() {
            return Vec::new();
        }
        if action == Action::Cancel && self.holds(Condition::Plays) {
            return self.end_play();
        }
        if action == Action::Cancel && self.is_at_ease() && self.on_canvas.is_some() {
            return self.put_on_canvas(None);
        }
        // An unfinished gesture must not mix with another change.
        if !row.in_passing {
            self.discard_unfinished(env);
        }
        match row.handler {
            Handler::Editor(run) => run(self, env),
            Handler::App => vec![Effect::App(action)],
        }
    }

    pub(super) fn take_tool(&mut self, tool: Tool) -> Vec<Effect> {
        self.tool = tool;
        self.versions.mode += 1;
        Vec::new()
    }

    /// Keeps the tool after it was used, or no longer.
    pub(super) fn toggle_tool_kept(&mut self) -> Vec<Effect> {
        self.tool_kept = !self.tool_kept;
        self.versions.mode += 1;
        Vec::new()
    }

    /// Changes what is selected by one patch.
    pub(super) fn edit(
        &mut self,
        edit: fn(&Document, &BTreeSet<Id>) -> Patch,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        let patch = edit(&self.document, &self.overlay.selection);
        self.commit(patch, Continuity::Own, env)
    }

    /// Marks the selected steps with this value, or takes it from them.
    pub(super) fn mark_value(
        &mut self,
        value: StepValue,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        let patch = edits::toggle_value(&self.document, &self.overlay.selection, value);
        self.commit(patch, Continuity::Own, env)
    }

    /// What is selected, for the clipboard; with nothing selected that stays as it is.
    pub(super) fn copy_selected(&self) -> Vec<Effect> {
        let ids = self.with_contents(&self.overlay.selection);
        // What is cut here and pasted there loses nothing; a duplicate begins without comments.
        let part = with_comments(copy::fragment(&self.document, &ids), &self.document);
        if part.is_empty() {
            return Vec::new();
        }
        vec![Effect::Copied(part)]
    }

    pub(super) fn cut_selected(&mut self, env: &mut Environment<'_>) -> Vec<Effect> {
        let mut effects = self.copy_selected();
        // What was copied with a frame goes with it.
        let ids = self.with_contents(&self.overlay.selection);
        effects.extend(self.remove(&ids, env));
        effects
    }

    pub(super) fn remove_selected(&mut self, env: &mut Environment<'_>) -> Vec<Effect> {
        let selection = self.overlay.selection.clone();
        self.remove(&selection, env)
    }

    pub(super) fn duplicate(&mut self, env: &mut Environment<'_>) -> Vec<Effect> {
        let ids = self.with_contents(&self.overlay.selection);
        let part = copy::fragment(&self.document, &ids);
        self.put_in(&part, DUPLICATE_SHIFT, env)
    }

    pub(super) fn select_all(&mut self) -> Vec<Effect> {
        let ids = self.document.ids();
        let all = ids.filter(|id| self.scene.bounds_of(*id).is_some());
        self.select(all.collect());
        Vec::new()
    }

    /// Clears the selection and the chosen loop, and takes the select tool.
    pub(super) fn select_nothing(&mut self) -> Vec<Effect> {
        self.chosen_loop = None;
        self.neighbours = None;
        self.tagged = None;
        self.select(BTreeSet::new());
        self.versions.selection += 1;
        self.take_tool(Tool::Select)
    }

    pub(super) fn add_step(&mut self, env: &mut Environment<'_>) -> Vec<Effect> {
        let asked = self.menu_spot.take();
        let at = asked.unwrap_or_else(|| self.spot_for_station());
        self.make_station(StationKind::Step, at, env);
        self.bring_into_sight(at);
        Vec::new()
    }

    pub(super) fn add_variable(&mut self, env: &mut Environment<'_>) -> Vec<Effect> {
        let asked = self.menu_spot.take();
        let at = asked.unwrap_or_else(|| self.spot_for_new());
        self.make_variable(at, env);
        Vec::new()
    }

    /// Edits the words of the first thing selected that stands by itself; the app has fields for
    /// those of links and loops.
    pub(super) fn edit_selected_text(&mut self) -> Vec<Effect> {
        let mut selected = self.overlay.selection.iter().copied();
        match selected.find(|id| self.document.placement(*id).is_some()) {
            Some(id) => {
                self.edit_text(id);
                Vec::new()
            }
            None => vec![Effect::App(Action::EditText)],
        }
    }

    /// Names the chosen loop by its badge, or where it has none in the panel of the loops.
    pub(super) fn name_chosen_loop(&mut self) -> Vec<Effect> {
        let Some(key) = self.chosen_loop.clone() else {
            return Vec::new();
        };
        let mut badges = self.scene.badges().iter();
        let Some(badge) = badges.find(|badge| badge.key == key) else {
            return vec![Effect::App(Action::NameLoop)];
        };
        self.bring_into_sight(badge.center);
        vec![Effect::NameLoop(key)]
    }

    /// Makes a group of what is selected, if that is more than one thing.
    pub(super) fn group(&mut self, env: &mut Environment<'_>) -> Vec<Effect> {
        let selection = self.overlay.selection.clone();
        let nodes = selection.iter();
        let nodes = nodes.filter(|id| self.document.placement(**id).is_some());
        let group = (nodes.count() > 1).then(|| env.ids.fresh());
        let patch = edits::change_placements(&self.document, selection, |placement| {
            placement.group = group.or(placement.group);
        });
        self.commit(patch, Continuity::Own, env)
    }

    pub(super) fn zoom_by(&mut self, factor: f64) -> Vec<Effect> {
        self.zoom(self.view.zoom * factor)
    }

    /// Fits what is selected into the window, or everything where nothing is.
    pub(super) fn fit_selection(&mut self) -> Vec<Effect> {
        match self.bounds_of_selection() {
            Some(bounds) => self.fit(Some(bounds)),
            None => self.fit_whole(),
        }
    }

    pub(super) fn remove(&mut self, ids: &BTreeSet<Id>, env: &mut Environment<'_>) -> Vec<Effect> {
        let patch = edits::remove(&self.document, ids);
        if patch.is_empty() && ids.iter().any(|id| !edits::is_free(&self.document, *id)) {
            return vec![Effect::Announce(
                "Locked elements cannot be deleted".to_owned(),
            )];
        }
        self.commit(patch, Continuity::Own, env)
    }

    pub(super) fn sign(&mut self, polarity: Polarity, env: &mut Environment<'_>) -> Vec<Effect> {
        let patch = edits::set_polarity(&self.document, self.links_to_sign(), polarity);
        self.commit(patch, Continuity::Own, env)
    }

    /// The links that a sign is for: those selected, or the one that was made together with the
    /// variable that alone is selected.
    #[must_use]
    pub fn links_to_sign(&self) -> Vec<Id> {
        let links = self.document.links();
        let selection = &self.overlay.selection;
        let selected: Vec<Id> = selection
            .iter()
            .filter(|id| links.contains_key(id))
            .copied()
            .collect();
        match self.grown {
            Some((variable, link))
                if self.overlay.handle_of() == Some(variable) && links.contains_key(&link) =>
            {
                vec![link]
            }
            _ => selected,
        }
    }

    pub(super) fn restack(&mut self, how: Restack, env: &mut Environment<'_>) -> Vec<Effect> {
        let patch = edits::restack(&self.document, &self.overlay.selection, how);
        self.commit(patch, Continuity::Own, env)
    }

    /// Bends links by a step to one side of their way; turns links of variables to themselves, and
    /// moves the corners of pipes.
    pub(super) fn bend(&mut self, aside: Aside, env: &mut Environment<'_>) -> Vec<Effect> {
        let by = match aside {
            Aside::Left => BEND_STEP,
            Aside::Right => -BEND_STEP,
        };
        let selected = self.overlay.selection.iter().copied();
        let (pipes, links): (Vec<Id>, Vec<Id>) =
            selected.partition(|id| self.pipe_of_link(*id).is_some());
        let bent = edits::change_edges(&self.document, links, |link| {
            link.bend = if link.is_ring() {
                (link.bend + by).rem_euclid(1.0)
            } else {
                (link.bend + by).clamp(-Link::MAXIMUM_BEND, Link::MAXIMUM_BEND)
            };
        });
        let mut patch = pipe_corner::stepped(&self.document, &self.scene, pipes, aside);
        patch.changes.extend(bent.changes);
        self.commit(patch, Continuity::Own, env)
    }

    /// Moves what is selected and not locked, or else the badge of the chosen loop; pans where
    /// there is neither.
    pub(super) fn nudge(&mut self, offset: Vector, env: &mut Environment<'_>) -> Vec<Effect> {
        if let (true, Some(key)) = (self.overlay.selection.is_empty(), self.chosen_loop.clone()) {
            // The badge of the chosen loop is the one thing that is not selected but chosen.
            let patch = edits::label_loop(&self.document, &key, env.ids, |label| {
                label.badge_offset = label.badge_offset + offset;
            });
            return self.commit(patch, Continuity::Nudge, env);
        }
        if self.overlay.selection.is_empty() {
            self.set_view(self.view.panned(-offset * PAN_STEP));
            return Vec::new();
        }
        let ids = self.movable(&self.overlay.selection);
        let patch = edits::change_placements(&self.document, ids, |placement| {
            placement.position = (placement.position + offset).on_canvas();
        });
        self.commit(patch, Continuity::Nudge, env)
    }

    /// Selects the next or previous thing in reading order: rows of about a line, left to right.
    pub(super) fn select_step(&mut self, step: isize) -> Vec<Effect> {
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
            Some(index) => (index as isize + step).rem_euclid(order.len() as isize) as usize,
            None if step > 0 => 0,
            None => order.len() - 1,
        };
        let id = order[next].2;
        self.select_in_sight(BTreeSet::from([id]));
        vec![Effect::Announce(spoken(&self.document, id))]
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
        let positions = stations.map(|station| station.placement.position);
        let last = positions.max_by(|a, b| a.x.total_cmp(&b.x));
        let wanted = last.map_or_else(
            // At the left, since the next ones follow to the right.
            || {
                let size = self.view.size;
                self.view.to_world(Point::new(size.x * 0.2, size.y * 0.4))
            },
            |at| at + Vector::new(STEP_DISTANCE, 0.0),
        );
        edits::free_spot(&self.scene, wanted, Vector::new(1.0, 0.0))
    }

    pub(super) fn grow_towards(
        &mut self,
        offset: Vector,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        let document = &self.document;
        let grows =
            |id: &Id| document.variables().contains_key(id) || document.stations().contains_key(id);
        let from = self.overlay.selection.iter().copied().find(grows);
        if let Some(from) = from {
            self.grow_from(from, offset, env);
        }
        Vec::new()
    }

    /// The next variable or step in a direction, with its link, to be named in place.
    pub(super) fn grow_from(&mut self, from: Id, offset: Vector, env: &mut Environment<'_>) {
        let Some(start) = self.document.placement(from) else {
            return;
        };
        let start = start.position;
        let distance = if self.document.stations().contains_key(&from) {
            Vector::new(STEP_DISTANCE, GROW_DISTANCE.y)
        } else {
            GROW_DISTANCE
        };
        let wanted = start + Vector::new(offset.x * distance.x, offset.y * distance.y);
        let at = edits::free_spot(&self.scene, wanted, offset);
        self.grow(from, at, env);
        self.bring_into_sight(at);
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
