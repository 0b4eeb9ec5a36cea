//! Clicks: a press that was let go where it was, once or twice.

use std::collections::BTreeSet;

use crate::model::StationKind;
use crate::scene::{Hit, links_at};

use super::action::Action;
use super::edits;
use super::event::{Effect, Pointer};
use super::gesture::Gesture;
use super::state::{Editor, Environment, Tool};

impl Editor {
    /// A press that was let go where it was.
    pub(super) fn click(
        &mut self,
        start: &Pointer,
        hit: Hit,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        let at = self.view.to_world(start.at);
        if self.tool == Tool::Dot {
            return Self::click_for_dot(start, &hit);
        }
        if matches!(
            hit,
            Hit::Canvas
                | Hit::Link(_)
                | Hit::Pipe(_)
                | Hit::PipeEnd(..)
                | Hit::Rim(_)
                | Hit::Frame(_)
                | Hit::Grip(..)
        ) {
            match (self.tool, self.tool.station()) {
                (_, Some(kind)) => {
                    self.make_station(kind, at, env);
                    return Vec::new();
                }
                (Tool::Variable, _) => {
                    self.make_variable(at, env);
                    return Vec::new();
                }
                (Tool::Note, _) => {
                    self.make_note(at, env);
                    return Vec::new();
                }
                (Tool::Frame, _) => return self.make_frame(at, env),
                _ => {}
            }
        }
        let chosen = match &hit {
            Hit::Connector(id, heading) => {
                self.grow_from(*id, heading.vector(), env);
                return Vec::new();
            }
            Hit::Finding(id) => {
                self.select(BTreeSet::from([*id]));
                return vec![Effect::ShowFinding(*id)];
            }
            Hit::Comments(id) => {
                self.select(BTreeSet::from([*id]));
                return vec![Effect::App(Action::CommentOn)];
            }
            Hit::Trial(lever) => {
                let shown = self.overlay.trials.get(lever).map(|mark| mark.experiment);
                return shown.map(Effect::ShowExperiment).into_iter().collect();
            }
            Hit::Node(id)
            | Hit::Link(id)
            | Hit::Handle(id)
            | Hit::Pipe(id)
            | Hit::Frame(id)
            | Hit::Grip(id, _) => Some(*id),
            // A click on the end of a pipe means the link that it is drawn for, else the rate.
            Hit::PipeEnd(rate, side) => self.link_of_end(*rate, *side).or(Some(*rate)),
            // A click on the rim means the link that starts there, else the variable.
            Hit::Rim(id) => links_at(self.scene(), at, self.reach(start))
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
        if start.modifiers.shift {
            let mut selection = self.overlay.selection.clone();
            if ids.is_subset(&selection) {
                selection.retain(|id| !ids.contains(id));
            } else {
                selection.extend(ids);
            }
            self.select(selection);
            return Vec::new();
        }
        if hit == Hit::Canvas && self.chosen_loop.take().is_some() {
            self.versions.selection += 1;
        }
        self.select(ids);
        Vec::new()
    }

    /// A second click at the same place.
    pub(super) fn double_click(
        &mut self,
        pointer: &Pointer,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        let does_other = matches!(self.tool, Tool::Hand | Tool::Dot);
        if self.text_edit.is_some() || does_other || self.gesture != Gesture::Idle {
            return Vec::new();
        }
        let at = self.view.to_world(pointer.at);
        match self.hit(pointer) {
            Hit::Node(id)
            | Hit::Rim(id)
            | Hit::Pipe(id)
            | Hit::PipeEnd(id, _)
            | Hit::Frame(id)
            | Hit::Grip(id, _) => {
                self.edit_text(id);
                Vec::new()
            }
            // On a map that has no variables yet, the next thing is a step.
            Hit::Canvas
                if self.document.variables().is_empty() && !self.document.stations().is_empty() =>
            {
                self.make_station(StationKind::Step, at, env);
                Vec::new()
            }
            Hit::Canvas => {
                self.make_variable(at, env);
                Vec::new()
            }
            Hit::Badge(key) => {
                self.chosen_loop = Some(key);
                self.versions.selection += 1;
                self.name_chosen_loop()
            }
            // The first click did what there is to do.
            Hit::Connector(..) | Hit::Finding(_) | Hit::Comments(_) | Hit::Trial(_) => Vec::new(),
            // What is said of a link is written in a panel.
            Hit::Link(id) | Hit::Handle(id) => {
                self.select(BTreeSet::from([id]));
                vec![Effect::App(Action::EditText)]
            }
        }
    }
}
