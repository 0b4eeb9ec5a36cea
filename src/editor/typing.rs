//! New things, and words that are typed in place.

use std::collections::BTreeSet;

use crate::model::{
    Connection, Edit, Element, Flow, Id, Link, MAXIMUM_NAME, MAXIMUM_TEXT, Note, Patch, Placement,
    Point, StationKind, Vector, may_connect,
};

use super::act::STEP_DISTANCE;
use super::bend;
use super::edits;
use super::event::Effect;
use super::history::Continuity;
use super::state::{Editor, Environment, TextEdit, TextOrigin, Tool};

impl Editor {
    /// A new variable whose name is typed in place; it is part of the document once it has one.
    pub(super) fn make_variable(&mut self, at: Point, env: &mut Environment<'_>) {
        let id = env.ids.fresh();
        let patch = Patch::of(id, None, Some(edits::variable_at("", at)));
        self.begin_fresh(id, patch, env);
    }

    pub(super) fn make_note(&mut self, at: Point, env: &mut Environment<'_>) {
        let id = env.ids.fresh();
        let placement = Placement {
            position: at.on_canvas(),
            ..Placement::default()
        };
        let note = Note::new(String::new(), placement);
        self.begin_fresh(id, Patch::of(id, None, Some(Element::Note(note))), env);
    }

    /// A new station whose name is typed in place.
    pub(super) fn make_station(&mut self, kind: StationKind, at: Point, env: &mut Environment<'_>) {
        let id = env.ids.fresh();
        let patch = Patch::of(id, None, Some(edits::station_at(kind, "", at)));
        self.begin_fresh(id, patch, env);
    }

    /// A new variable at the end of a new link, or a new step at the end of a new flow.
    pub(super) fn grow(&mut self, from: Id, at: Point, env: &mut Environment<'_>) {
        let (id, link) = (env.ids.fresh(), env.ids.fresh());
        let mut edit = Edit::new(&self.document);
        if let Some(station) = self.document.stations().get(&from) {
            let kind = edits::flow_out_of(station.kind);
            edit.set(id, Some(edits::station_at(StationKind::Step, "", at)));
            edit.set(link, Some(Element::Flow(Flow::new(from, id, kind))));
        } else {
            let bend = bend::open_side(&self.document, from, at);
            edit.set(id, Some(edits::variable_at("", at)));
            edit.set(link, Some(Element::Link(Link::new(from, id, bend))));
        }
        self.begin_fresh(id, edit.finish(), env);
    }

    fn begin_fresh(&mut self, id: Id, patch: Patch, env: &Environment<'_>) {
        self.selection_before = Some(self.overlay.selection.clone());
        self.set_preview(patch, env.measure);
        self.begin_text(id, String::new(), TextOrigin::Fresh);
        self.tool_used();
    }

    /// Begins to type in place.
    pub(super) fn edit_text(&mut self, id: Id) {
        let text = match self.document.element(id) {
            Some(Element::Variable(variable)) => variable.name,
            Some(Element::Note(note)) => note.text,
            Some(Element::Station(station)) => station.name,
            Some(Element::Frame(frame)) => frame.title,
            _ => return,
        };
        self.begin_text(id, text, TextOrigin::Standing);
    }

    pub(super) fn begin_text(&mut self, id: Id, text: String, origin: TextOrigin) {
        self.select(BTreeSet::from([id]));
        self.text_edit = Some(TextEdit { id, text, origin });
        self.hover(None);
        self.versions.mode += 1;
    }

    /// The typed words become part of the document. Without words, a thing made for them is
    /// removed.
    pub(super) fn text_done(&mut self, text: &str, env: &Environment<'_>) -> Vec<Effect> {
        let Some(edit) = self.text_edit.clone() else {
            return Vec::new();
        };
        let words = tidied(text);
        let patch = match edit.origin {
            TextOrigin::Fresh if words.is_empty() => {
                self.cancel_text(env);
                return Vec::new();
            }
            TextOrigin::Fresh => {
                let mut patch = self.preview.clone().unwrap_or_default();
                self.cancel_text(env);
                let change = patch.changes.get_mut(&edit.id);
                if let Some(element) = change.and_then(|change| change.after.as_mut()) {
                    write(element, &words);
                }
                patch
            }
            TextOrigin::Standing | TextOrigin::Drawn => {
                self.cancel_text(env);
                let mut change = Edit::new(&self.document);
                change.change(edit.id, |element| write(element, &words));
                change.finish()
            }
        };
        let mut made = patch.changes.iter();
        let link = made.find(|(_, change)| matches!(change.after, Some(Element::Link(_))));
        let grown = link.map(|(link, _)| (edit.id, *link));
        let continuity = match edit.origin {
            // Drawing it out and titling it are one step.
            TextOrigin::Drawn => Continuity::Joined,
            TextOrigin::Standing | TextOrigin::Fresh => Continuity::Own,
        };
        let effects = self.commit(patch, continuity, env);
        self.select(BTreeSet::from([edit.id]));
        self.grown = grown;
        effects
    }

    /// The words are done, and if a new step was named, the next one follows to its right; a name
    /// left empty ends the row.
    pub(super) fn text_next(&mut self, text: &str, env: &mut Environment<'_>) -> Vec<Effect> {
        let edit = self.text_edit.clone();
        let effects = self.text_done(text, env);
        let Some(TextEdit {
            id,
            origin: TextOrigin::Fresh,
            ..
        }) = edit
        else {
            return effects;
        };
        let Some(station) = self.document.stations().get(&id) else {
            return effects;
        };
        if matches!(station.kind, StationKind::Customer | StationKind::Control) {
            return effects;
        }
        let wanted = station.placement.position + Vector::new(STEP_DISTANCE, 0.0);
        let at = edits::free_spot(&self.scene, wanted, Vector::new(1.0, 0.0));
        self.grow(id, at, env);
        self.bring_into_sight(at);
        effects
    }

    /// Cancels the typing: removes what was made for it, and restores the selection.
    pub(super) fn cancel_text(&mut self, env: &Environment<'_>) {
        let Some(edit) = self.text_edit.take() else {
            return;
        };
        self.versions.mode += 1;
        if edit.origin == TextOrigin::Fresh {
            self.drop_preview(env.measure);
            if let Some(selection) = self.selection_before.take() {
                self.select(selection);
            }
        }
    }

    /// A new link between variables, or flow between stations.
    pub(super) fn link(&mut self, from: Id, to: Id, env: &mut Environment<'_>) -> Vec<Effect> {
        let edge = match may_connect(&self.document, from, to) {
            Err(refusal) => return vec![Effect::Announce(refusal.to_string())],
            Ok(Connection::Link) => {
                let bend = bend::bend_for(&self.document, &self.scene, from, to);
                Element::Link(Link::new(from, to, bend))
            }
            Ok(Connection::Flow(kind)) => {
                let bend = bend::flow_bend(&self.document, &self.scene, from, to, kind);
                Element::Flow(Flow {
                    bend,
                    ..Flow::new(from, to, kind)
                })
            }
        };
        let id = env.ids.fresh();
        let effects = self.commit(Patch::of(id, None, Some(edge)), Continuity::Own, env);
        self.select(BTreeSet::from([id]));
        self.tool_used();
        effects
    }

    /// After one use the select tool comes back, unless the tool is kept.
    pub(super) fn tool_used(&mut self) {
        if !self.tool_kept {
            self.tool = Tool::Select;
        }
        self.versions.mode += 1;
    }
}

/// Names a variable or station, writes a note or a comment, or titles a frame.
pub(super) fn write(element: &mut Element, words: &str) {
    match element {
        Element::Variable(variable) => variable.name = one_line(words),
        Element::Note(note) => note.text = tidied(words),
        Element::Station(station) => station.name = one_line(words),
        Element::Frame(frame) => frame.title = one_line(words),
        Element::Improvement(improvement) => improvement.name = one_line(words),
        Element::Scenario(scenario) => scenario.name = one_line(words),
        Element::Story(story) => story.name = one_line(words),
        Element::StoryStep(step) => step.title = one_line(words),
        Element::Retrospective(sheet) => sheet.event = one_line(words),
        Element::Fact(fact) => fact.what = tidied(words),
        Element::Variation(variation) => variation.name = one_line(words),
        Element::Experiment(experiment) => experiment.action = tidied(words),
        // A comment says something, or is removed.
        Element::Comment(comment) if !words.trim().is_empty() => comment.text = tidied(words),
        Element::Link(_)
        | Element::LoopLabel(_)
        | Element::Flow(_)
        | Element::FindingReview(_)
        | Element::Comment(_)
        | Element::Image(_) => {}
    }
}

/// Without space at the ends of lines and of the whole, and within the limit.
pub(super) fn tidied(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    clipped(lines.join("\n").trim(), MAXIMUM_TEXT)
}

/// On one line, and within the limit of a name.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    clipped(&words.join(" "), MAXIMUM_NAME)
}

fn clipped(text: &str, limit: usize) -> String {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].trim_end().to_owned()
}
