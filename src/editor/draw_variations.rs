//! What varied, put on the canvas as variables; and the causes of a variable, connected by typing.

use std::collections::BTreeSet;

use crate::model::{Edit, Element, Id, Link, VariableKind, Vector, in_sentence};

use super::bend;
use super::edits;
use super::event::Effect;
use super::history::Continuity;
use super::lines::{LineKind, diagram};
use super::state::{Editor, Environment};
use super::typing::one_line;
use crate::scene::Scene;

/// How far a new cause stands to the left of its effect, in world units.
const APART: f64 = 220.0;

impl Editor {
    /// Makes variables of what varied and is not on the canvas yet, where there is room in sight, and
    /// selects them. Of two of one name there is one variable.
    pub(super) fn draw_variations(
        &mut self,
        variations: &[Id],
        kind: VariableKind,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        let document = &self.document;
        let open = variations.iter().filter_map(|id| {
            let variation = document.variations().get(id)?;
            let is_there = document.variable_of(variation).is_some();
            let name = one_line(&variation.name);
            (!is_there && !name.is_empty()).then_some((*id, name))
        });
        let open: Vec<(Id, String)> = open.collect();
        let mut names: Vec<String> = Vec::new();
        for (_, name) in &open {
            let is_same = |other: &String| other.to_lowercase() == name.to_lowercase();
            if !names.iter().any(is_same) {
                names.push(name.clone());
            }
        }
        if names.is_empty() {
            return Vec::new();
        }
        let part = diagram(&names, LineKind::Variables, env.measure, env.ids);
        let shift = Scene::new(&part, env.measure)
            .bounds()
            .map_or(Vector::ZERO, |bounds| {
                self.free_shift(&bounds, self.view.center(), None)
            });
        let mut edit = Edit::new(&self.document);
        let mut made = BTreeSet::new();
        for id in part.ids() {
            let Some(mut element) = part.element(id) else {
                continue;
            };
            if let Element::Variable(variable) = &mut element {
                let at = variable.placement.position + shift;
                variable.placement.position = at.on_canvas();
                variable.kind = kind;
            }
            edit.set(id, Some(element));
            made.insert(id);
        }
        for (id, name) in open {
            let variable = part.variable_named(&name);
            edit.change(id, |element| {
                if let Element::Variation(variation) = element {
                    variation.variable = variable;
                }
            });
        }
        let saw_all = self.sees_all();
        let effects = self.commit(edit.finish(), Continuity::Own, env);
        self.select_in_sight(made);
        if saw_all {
            self.bring_all_into_sight();
        }
        effects
    }

    /// Links a cause to a variable by its name; one that is not there yet is drawn beside it. The
    /// link is selected, to be signed.
    pub(super) fn add_cause(
        &mut self,
        effect: Id,
        name: &str,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        let name = one_line(name);
        let Some(start) = self.document.placement(effect).map(|at| at.position) else {
            return Vec::new();
        };
        if name.is_empty() || !self.document.variables().contains_key(&effect) {
            return Vec::new();
        }
        if let Some(cause) = self.document.variable_named(&name) {
            let mut between = self.document.edges_between(cause, effect);
            let is_linked = between.any(|(_, edge)| edge.from == cause && edge.to == effect);
            drop(between);
            if is_linked {
                let words = format!("{} is linked to it already", in_sentence(&name));
                return vec![Effect::Announce(words)];
            }
            return self.link(cause, effect, env);
        }
        let left = Vector::new(-1.0, 0.0);
        let at = edits::free_spot(&self.scene, start + left * APART, left);
        let [cause, link] = [env.ids.fresh(), env.ids.fresh()];
        let mut edit = Edit::new(&self.document);
        edit.set(cause, Some(edits::variable_at(&name, at)));
        let bend = bend::bend_for(&self.document, &self.scene, cause, effect);
        edit.set(link, Some(Element::Link(Link::new(cause, effect, bend))));
        let saw_all = self.sees_all();
        let effects = self.commit(edit.finish(), Continuity::Own, env);
        self.select(BTreeSet::from([link]));
        // Who had all of it in sight still has; else what is new is.
        match saw_all {
            true => self.bring_all_into_sight(),
            false => self.bring_into_sight(at),
        }
        effects
    }
}
