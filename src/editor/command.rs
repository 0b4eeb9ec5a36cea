//! What each command does.

use std::collections::BTreeSet;

use crate::model::{
    Connection, Edit, Element, Flow, Id, Link, Patch, Properties, Refusal, Variable, Vector,
    may_connect, may_flow, rebase,
};

use crate::equation::tidied as written;
use crate::scene::Scene;

use super::bend;
use super::change::Direction;
use super::comments;
use super::copy;
use super::edits;
use super::equations::{dialect_of, fit_range, fit_table, vocabulary};
use super::event::{Command, Effect};
use super::history::Continuity;
use super::state::{Editor, Environment};
use super::tags::{tag_each, typed_tags};
use super::typing::{one_line, tidied, write};

/// A part with more records than this is pasted where it is asked for, whatever stands there.
const MOST_MEASURED: usize = 2_000;

impl Editor {
    pub(super) fn run(&mut self, command: Command, env: &mut Environment<'_>) -> Vec<Effect> {
        self.history.pause();
        self.discard_unfinished(env);
        let patch = match command {
            Command::SetTitle(title) => {
                let mut edit = Edit::new(&self.document);
                edit.set_properties(Properties {
                    title: one_line(&title),
                    ..self.document.properties().clone()
                });
                edit.finish()
            }
            Command::SetPurpose(purpose) => {
                let mut edit = Edit::new(&self.document);
                edit.set_properties(Properties {
                    purpose: tidied(&purpose),
                    ..self.document.properties().clone()
                });
                edit.finish()
            }
            Command::SetText(id, text) => self.changed(id, |element| write(element, &text)),
            Command::SetRemark(id, text) => self.changed(id, |element| match element {
                Element::Variable(variable) => variable.remark = tidied(&text),
                Element::Link(link) => link.remark = tidied(&text),
                Element::Station(station) => station.remark = tidied(&text),
                Element::Flow(flow) => flow.remark = tidied(&text),
                Element::FindingReview(review) => review.remark = tidied(&text),
                Element::Note(_)
                | Element::LoopLabel(_)
                | Element::Frame(_)
                | Element::Comment(_)
                | Element::Image(_)
                | Element::Improvement(_)
                | Element::Scenario(_)
                | Element::Story(_)
                | Element::StoryStep(_)
                | Element::Retrospective(_)
                | Element::Fact(_)
                | Element::Variation(_)
                | Element::Experiment(_) => {}
            }),
            Command::SetEquation(id, text) => {
                let known = vocabulary(&self.document);
                let written = written(&tidied(&text), dialect_of(&self.document), &known);
                self.variable_changed(id, |variable| variable.equation = tidied(&written))
            }
            Command::SetUnits(id, text) => {
                self.variable_changed(id, |variable| variable.units = one_line(&text))
            }
            Command::SetRange(id, range) => match range.map(fit_range).transpose() {
                Ok(range) => self.variable_changed(id, |variable| variable.range = range),
                Err(unfit) => return vec![Effect::Announce(unfit.to_string())],
            },
            Command::SetTable(id, table) => match table.map(fit_table).transpose() {
                Ok(table) => self.variable_changed(id, |variable| variable.table = table),
                Err(unfit) => return vec![Effect::Announce(unfit.to_string())],
            },
            Command::SetNonNegative(id, is_never) => {
                self.variable_changed(id, |variable| variable.non_negative = is_never)
            }
            Command::SetKind(id, kind) => {
                edits::set_kind(&self.document, &BTreeSet::from([id]), kind)
            }
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
                let variable = edits::variable_at(&one_line(&name), self.spot_for_new());
                let patch = Patch::of(id, None, Some(variable));
                let effects = self.commit(patch, Continuity::Own, env);
                self.select(BTreeSet::from([id]));
                return effects;
            }
            Command::AddLink {
                from,
                to,
                polarity,
                delay,
            } => {
                let connection = may_connect(&self.document, from, to);
                if let Err(refusal) = connection.and_then(|connection| match connection {
                    Connection::Link => Ok(()),
                    Connection::Flow(_) => Err(Refusal::TwoWorlds),
                }) {
                    return vec![Effect::Announce(refusal.to_string())];
                }
                let id = env.ids.fresh();
                let bend = bend::bend_for(&self.document, &self.scene, from, to);
                let link = Link {
                    polarity,
                    delay,
                    ..Link::new(from, to, bend)
                };
                Patch::of(id, None, Some(Element::Link(link)))
            }
            Command::DrawVariations(variations, kind) => {
                return self.draw_variations(&variations, kind, env);
            }
            Command::AddCause { effect, name } => return self.add_cause(effect, &name, env),
            Command::LinkTo { from, to } => return self.link(from, to, env),
            Command::LinkInstead { from, to } => {
                let mut effects = self.step(Direction::Back, env);
                effects.extend(self.link(from, to, env));
                return effects;
            }
            Command::SetPolarity(id, polarity) => {
                edits::set_polarity(&self.document, [id], polarity)
            }
            Command::SetDelay(id, delay) => {
                edits::change_links(&self.document, [id], |link| link.delay = delay)
            }
            Command::SetLabel(id, text) => edits::change_links(&self.document, [id], |link| {
                link.label = one_line(&text);
            }),
            Command::SetLook(id, look) => self.changed(id, |element| element.set_look(look)),
            Command::Replace(id, element) => self.changed(id, |current| {
                if current.kind() == element.kind() {
                    *current = element;
                }
            }),
            Command::Answer(topic, about, decision) => {
                edits::answer(&self.document, &topic, &about, decision, env.ids)
            }
            Command::AddComment {
                about,
                text,
                author,
                date,
            } => comments::comment_on(&self.document, about, &text, &author, date, env.ids),
            Command::SetThread(about, state) => comments::set_thread(&self.document, about, state),
            Command::Apply(patch) => rebase(&patch, &self.document),
            Command::AddStation(kind, name) => {
                let id = env.ids.fresh();
                let station = edits::station_at(kind, &one_line(&name), self.spot_for_station());
                let patch = Patch::of(id, None, Some(station));
                let effects = self.commit(patch, Continuity::Own, env);
                self.select(BTreeSet::from([id]));
                return effects;
            }
            Command::AddFlow { from, to, kind } => {
                if let Err(refusal) = may_flow(&self.document, from, to, kind) {
                    return vec![Effect::Announce(refusal.to_string())];
                }
                let id = env.ids.fresh();
                let bend = bend::flow_bend(&self.document, &self.scene, from, to, kind);
                let flow = Flow {
                    bend,
                    ..Flow::new(from, to, kind)
                };
                Patch::of(id, None, Some(Element::Flow(flow)))
            }
            Command::SetStream(stream) => {
                let mut edit = Edit::new(&self.document);
                edit.set_properties(Properties {
                    stream,
                    ..self.document.properties().clone()
                });
                edit.finish()
            }
            Command::SetRun(run) => {
                let mut edit = Edit::new(&self.document);
                edit.set_properties(Properties {
                    run,
                    ..self.document.properties().clone()
                });
                edit.finish()
            }
            Command::ReplaceFound(which, with) => return self.replace_found(which, &with, env),
            Command::GoTo(depth) => return self.go_to(depth, env),
            Command::SplitPasted(kind) => return self.split_note(kind, Continuity::Joined, env),
            Command::SetTags(id, text) => self.changed(id, |element| {
                if let Some(tags) = element.tags_mut() {
                    *tags = typed_tags(&text);
                }
            }),
            Command::Tag { ids, tag, tagging } => tag_each(&self.document, &ids, &tag, tagging),
            Command::AddImage(data, at) => return self.add_image(data, at, env),
            Command::SetAlt(note, alt) => self.with_alt(note, &alt),
            Command::Remove(id) => return self.remove(&BTreeSet::from([id]), env),
            Command::Insert(part, at) => {
                let middle = copy::middles(&part).map(|rect| rect.center());
                let Some(at) = at else {
                    let pointer = self.last_pointer;
                    let pointed = pointer.map(|pointer| self.view.to_world(pointer.at));
                    let wanted = pointed.unwrap_or_else(|| self.view.center());
                    let middle = middle.map_or(Vector::ZERO, |middle| wanted - middle);
                    // Measuring a large part would take longer than a paste may.
                    let is_small = part.len() <= MOST_MEASURED;
                    let bounds = is_small.then(|| Scene::new(&part, env.measure).bounds());
                    let shift = bounds.flatten().map_or(middle, |bounds| {
                        let at = bounds.center() + middle;
                        self.free_shift(&bounds, at, None)
                    });
                    return self.put_in(&part, shift, env);
                };
                return self.put_in(&part, middle.map_or(Vector::ZERO, |m| at - m), env);
            }
        };
        self.commit(patch, Continuity::Own, env)
    }

    fn variable_changed(&self, id: Id, change: impl FnOnce(&mut Variable)) -> Patch {
        self.changed(id, |element| {
            if let Element::Variable(variable) = element {
                change(variable);
            }
        })
    }

    fn changed(&self, id: Id, change: impl FnOnce(&mut Element)) -> Patch {
        let mut edit = Edit::new(&self.document);
        edit.change(id, change);
        edit.finish()
    }
}
