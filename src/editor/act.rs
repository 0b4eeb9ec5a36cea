//! What each action and command does.

use std::collections::BTreeSet;

use crate::model::{
    Document, Edit, Element, Id, Link, Patch, Point, Polarity, Properties, Rect, Vector,
};
use crate::scene::View;

use super::action::Action;
use super::action::When;
use super::edits::{self, Restack};
use super::event::{Command, Effect};
use super::gesture::Gesture;
use super::handle::{one_line, tidied};
use super::history::Continuity;
use super::keys::{KeyPress, action_for};
use super::state::{Direction, Editor, Environment, Tool, ToolHold};

/// How far a new variable grown by keyboard stands away, in world units.
const GROW_DISTANCE: Vector = Vector::new(220.0, 130.0);
/// How far a duplicate stands aside, in world units.
const DUPLICATE_SHIFT: Vector = Vector::new(24.0, 24.0);
/// How far a step pans where nothing is selected, in CSS pixels for each world unit of a nudge.
const PAN_STEP: f64 = 12.0;
/// What one step zooms.
const ZOOM_STEP: f64 = 1.25;

impl Editor {
    /// The action that a key asks for now.
    #[must_use]
    pub fn action_for(&self, press: &KeyPress) -> Option<Action> {
        action_for(press, |when| self.holds(when))
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
            When::VariableSelected => selection
                .iter()
                .any(|id| self.document.variables().contains_key(id)),
        }
    }

    pub(super) fn act(&mut self, action: Action, env: &mut Environment<'_>) -> Vec<Effect> {
        if !matches!(
            action,
            Action::NudgeLeft
                | Action::NudgeRight
                | Action::NudgeUp
                | Action::NudgeDown
                | Action::MoveLeft
                | Action::MoveRight
                | Action::MoveUp
                | Action::MoveDown
        ) {
            self.history.pause();
        }
        // A gesture that is under way is given up before the document is changed otherwise.
        if self.gesture != Gesture::Idle && changes_document(action) {
            self.cancel_gesture(env);
        }
        let selection = self.overlay.selection.clone();
        let document = &self.document;
        match action {
            Action::ToolSelect => self.take_tool(Tool::Select),
            Action::ToolHand => self.take_tool(Tool::Hand),
            Action::ToolVariable => self.take_tool(Tool::Variable),
            Action::ToolLink => self.take_tool(Tool::Link),
            Action::ToolNote => self.take_tool(Tool::Note),
            Action::ToolLock => {
                self.tool_hold = match self.tool_hold {
                    ToolHold::Once => ToolHold::Kept,
                    ToolHold::Kept => ToolHold::Once,
                };
                self.versions.mode += 1;
                Vec::new()
            }
            Action::Undo => self.step(Direction::Back, env.measure),
            Action::Redo => self.step(Direction::Forth, env.measure),
            Action::Copy => vec![Effect::Copied(edits::fragment(document, &selection))],
            Action::Cut => {
                let mut effects = vec![Effect::Copied(edits::fragment(document, &selection))];
                effects.extend(self.remove(&selection, env));
                effects
            }
            Action::Delete => self.remove(&selection, env),
            Action::Duplicate => {
                let part = edits::fragment(document, &selection);
                self.put_in(&part, DUPLICATE_SHIFT, env)
            }
            Action::SelectAll => {
                let all = document
                    .ids()
                    .filter(|id| self.scene.bounds_of(*id).is_some());
                let all = all.collect();
                self.select(all);
                Vec::new()
            }
            Action::SelectNext => self.select_step(1),
            Action::SelectPrevious => self.select_step(-1),
            Action::Cancel => {
                if self.gesture == Gesture::Idle {
                    self.chosen_loop = None;
                    self.select(BTreeSet::new());
                    self.take_tool(Tool::Select);
                    self.versions.selection += 1;
                } else {
                    self.cancel_gesture(env);
                }
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
                self.commit(patch, Continuity::Own, env.measure)
            }
            Action::ReverseLink => {
                let patch = edits::reverse_links(document, &selection);
                self.commit(patch, Continuity::Own, env.measure)
            }
            Action::ToggleStock => {
                let patch = edits::toggle_stock(document, &selection);
                self.commit(patch, Continuity::Own, env.measure)
            }
            Action::Group => {
                let group = (selection.len() > 1).then(|| env.ids.fresh());
                let patch = edits::change_placements(document, selection, |placement| {
                    placement.group = group.or(placement.group);
                });
                self.commit(patch, Continuity::Own, env.measure)
            }
            Action::Ungroup => {
                let patch = edits::change_placements(document, selection, |placement| {
                    placement.group = None
                });
                self.commit(patch, Continuity::Own, env.measure)
            }
            Action::ToggleHold => {
                let patch = edits::toggle_hold(document, &selection);
                self.commit(patch, Continuity::Own, env.measure)
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
                let bounds = selection
                    .iter()
                    .filter_map(|id| self.scene.bounds_of(*id))
                    .reduce(|all, rect| all.union(&rect));
                self.fit(bounds.or_else(|| self.scene.bounds()))
            }
            Action::Paste
            | Action::ToggleGrid
            | Action::ToggleTheme
            | Action::ToggleLoops
            | Action::ToggleOutline
            | Action::NewDocument
            | Action::Documents
            | Action::Templates
            | Action::OpenFile
            | Action::SaveFile
            | Action::ExportSvg
            | Action::ExportPng
            | Action::PasteText
            | Action::Find
            | Action::Palette
            | Action::Help => vec![Effect::App(action)],
        }
    }

    fn take_tool(&mut self, tool: Tool) -> Vec<Effect> {
        self.tool = tool;
        self.versions.mode += 1;
        Vec::new()
    }

    fn remove(&mut self, ids: &BTreeSet<Id>, env: &mut Environment<'_>) -> Vec<Effect> {
        let patch = edits::remove(&self.document, ids);
        if patch.is_empty() && !ids.is_empty() {
            return vec![Effect::Announce(
                "What is locked cannot be deleted".to_owned(),
            )];
        }
        self.commit(patch, Continuity::Own, env.measure)
    }

    fn sign(
        &mut self,
        ids: &BTreeSet<Id>,
        polarity: Polarity,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        let patch = edits::set_polarity(&self.document, ids.iter().copied(), polarity);
        self.commit(patch, Continuity::Own, env.measure)
    }

    fn restack(
        &mut self,
        ids: &BTreeSet<Id>,
        how: Restack,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        let patch = edits::restack(&self.document, ids, how);
        self.commit(patch, Continuity::Own, env.measure)
    }

    /// Moves what is selected and not locked; pans where nothing is selected.
    fn nudge(&mut self, way: Vector, env: &mut Environment<'_>) -> Vec<Effect> {
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
            placement.position = placement.position + way;
        });
        self.commit(patch, Continuity::Nudge, env.measure)
    }

    fn zoom(&mut self, zoom: f64) -> Vec<Effect> {
        let middle = Point::new(self.view.size.x / 2.0, self.view.size.y / 2.0);
        self.set_view(self.view.zoomed_to(zoom, middle));
        Vec::new()
    }

    fn fit(&mut self, bounds: Option<Rect>) -> Vec<Effect> {
        match bounds {
            Some(bounds) => self.set_view(self.view.fitted(&bounds, 1.5)),
            None => self.set_view(View {
                pan: Vector::ZERO,
                zoom: 1.0,
                ..self.view
            }),
        }
        Vec::new()
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
        let said = self.describe(id);
        let mut effects = vec![Effect::Announce(said)];
        let mut nothing = Environment {
            ids: &mut crate::model::IdSource::new(0),
            measure: &crate::scene::EstimatedText,
        };
        effects.extend(self.handle(super::Event::Select(BTreeSet::from([id])), &mut nothing));
        effects
    }

    /// A record in words: a name, a text, or a link as a sentence.
    #[must_use]
    pub fn describe(&self, id: Id) -> String {
        describe(&self.document, id)
    }

    fn grow_towards(&mut self, way: Vector, env: &mut Environment<'_>) -> Vec<Effect> {
        let variables = self.document.variables();
        let from = self
            .overlay
            .selection
            .iter()
            .copied()
            .find(|id| variables.contains_key(id));
        let Some((from, start)) =
            from.and_then(|id| Some((id, self.document.placement(id)?.position)))
        else {
            return Vec::new();
        };
        let wanted = start + Vector::new(way.x * GROW_DISTANCE.x, way.y * GROW_DISTANCE.y);
        let at = edits::free_spot(&self.scene, wanted, way);
        self.grow(from, at, env);
        self.bring_into_sight(at);
        Vec::new()
    }

    /// Pans just so far that a place is well within sight.
    fn bring_into_sight(&mut self, at: Point) {
        let screen = self.view.to_screen(at);
        let margin = 90.0_f64
            .min(self.view.size.x / 4.0)
            .min(self.view.size.y / 4.0);
        let within = |value: f64, size: f64| value.clamp(margin, size - margin) - value;
        let way = Vector::new(
            within(screen.x, self.view.size.x.max(2.0 * margin)),
            within(screen.y, self.view.size.y.max(2.0 * margin)),
        );
        self.set_view(self.view.panned(way));
    }

    /// Puts in a copy of a diagram, moved by `shift`, and selects it.
    fn put_in(&mut self, part: &Document, shift: Vector, env: &mut Environment<'_>) -> Vec<Effect> {
        let (patch, made) = edits::insert(&self.document, part, shift, env.ids);
        let effects = self.commit(patch, Continuity::Own, env.measure);
        self.select(made);
        effects
    }

    pub(super) fn run(&mut self, command: Command, env: &mut Environment<'_>) -> Vec<Effect> {
        self.history.pause();
        if self.gesture != Gesture::Idle {
            self.cancel_gesture(env);
        }
        let patch = match command {
            Command::SetTitle(title) => {
                let mut edit = Edit::new(&self.document);
                edit.set_properties(Properties {
                    title: one_line(&title),
                });
                edit.finish()
            }
            Command::SetText(id, text) => self.changed(id, |element| match element {
                Element::Variable(variable) => variable.name = one_line(&text),
                Element::Note(note) => note.text = tidied(&text),
                Element::Link(_) | Element::LoopLabel(_) => {}
            }),
            Command::SetRemark(id, text) => self.changed(id, |element| match element {
                Element::Variable(variable) => variable.remark = tidied(&text),
                Element::Link(link) => link.remark = tidied(&text),
                Element::Note(_) | Element::LoopLabel(_) => {}
            }),
            Command::NameLoop(key, name) => {
                edits::label_loop(&self.document, &key, env.ids, |label| {
                    label.name = one_line(&name)
                })
            }
            Command::RemarkLoop(key, text) => {
                edits::label_loop(&self.document, &key, env.ids, |label| {
                    label.remark = tidied(&text)
                })
            }
            Command::AddVariable(name) => {
                let id = env.ids.fresh();
                let mut edit = Edit::new(&self.document);
                edit.set(
                    id,
                    Some(edits::variable_at(&one_line(&name), self.spot_for_new())),
                );
                let effects = {
                    let patch = edit.finish();
                    self.commit(patch, Continuity::Own, env.measure)
                };
                self.select(BTreeSet::from([id]));
                return effects;
            }
            Command::AddLink {
                from,
                to,
                polarity,
                delay,
            } => {
                if let Err(refusal) = crate::model::may_link(&self.document, from, to) {
                    return vec![Effect::Announce(refusal.to_string())];
                }
                let id = env.ids.fresh();
                let bend = edits::bend_for(&self.document, &self.scene, from, to);
                let link = Link {
                    polarity,
                    delay,
                    ..Link::new(from, to, bend)
                };
                let mut edit = Edit::new(&self.document);
                edit.set(id, Some(Element::Link(link)));
                edit.finish()
            }
            Command::SetPolarity(id, polarity) => {
                edits::set_polarity(&self.document, [id], polarity)
            }
            Command::SetDelay(id, delay) => {
                edits::change_links(&self.document, [id], |link| link.delay = delay)
            }
            Command::Remove(id) => return self.remove(&BTreeSet::from([id]), env),
            Command::Insert(part, at) => {
                let middle = edits::middles(&part).map(|rect| rect.center());
                let at = at
                    .or_else(|| {
                        self.last_pointer
                            .map(|pointer| self.view.to_world(pointer.at))
                    })
                    .unwrap_or_else(|| self.view.center());
                return self.put_in(&part, middle.map_or(Vector::ZERO, |m| at - m), env);
            }
        };
        self.commit(patch, Continuity::Own, env.measure)
    }

    fn changed(&self, id: Id, change: impl FnOnce(&mut Element)) -> Patch {
        let mut edit = Edit::new(&self.document);
        edit.change(id, change);
        edit.finish()
    }
}

/// A record in words: a name, a text, or a link as a sentence, such as "Batch size increases
/// risk, delayed".
#[must_use]
pub fn describe(document: &Document, id: Id) -> String {
    let name = |id: Id| match document.variables().get(&id).map(|v| v.name.trim()) {
        None | Some("") => "unnamed".to_owned(),
        Some(name) => name.to_owned(),
    };
    match document.element(id) {
        Some(Element::Variable(_)) => name(id),
        Some(Element::Note(note)) => format!("Note: {}", one_line(&note.text)),
        Some(Element::Link(link)) => {
            let verb = match link.polarity {
                Polarity::Positive => "increases",
                Polarity::Negative => "decreases",
                Polarity::Unknown => "affects",
            };
            let delay = match link.delay {
                crate::model::Delay::Delayed => ", delayed",
                crate::model::Delay::None => "",
            };
            format!(
                "{} {verb} {}{delay}",
                capitalised(&name(link.from)),
                name(link.to)
            )
        }
        Some(Element::LoopLabel(label)) => label.name,
        None => String::new(),
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// Whether an action changes the document, so that a gesture cannot go on through it.
const fn changes_document(action: Action) -> bool {
    !matches!(
        action,
        Action::Cancel
            | Action::ZoomIn
            | Action::ZoomOut
            | Action::ZoomActual
            | Action::ZoomFit
            | Action::ZoomSelection
            | Action::ToggleGrid
            | Action::ToggleTheme
    )
}
