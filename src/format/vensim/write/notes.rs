//! Notes: the comments of views.

use super::Writer;
use super::objects::{whole, written};
use crate::format::vensim::sketch::{END, Form, START};
use crate::model::Note;

impl Writer<'_, '_> {
    /// Removes, changes and adds comments.
    pub(super) fn notes(&mut self) {
        let document = self.document;
        for (index, id) in self.base.notes.clone().into_iter().enumerate() {
            let before = self.base.document.notes().get(&id).cloned();
            match (before, document.notes().get(&id)) {
                (Some(before), Some(after)) => self.change_note(index, &before, after),
                _ => {
                    let (view, object) = self.drawn.notes[index];
                    let whole = self.source.views[view].objects[object].whole.clone();
                    self.splices.remove(whole);
                }
            }
        }
        for note in self.base.new_notes(document, &mut self.unwritten) {
            self.add_note(note);
        }
    }

    fn change_note(&mut self, index: usize, before: &Note, after: &Note) {
        let (view, object) = self.drawn.notes[index];
        let object = &self.source.views[view].objects[object];
        let text = self.source.text;
        let frame = self.frame(view);
        let mut values = Vec::new();
        if before.placement.position != after.placement.position {
            let offset = (after.placement.position - before.placement.position) / frame.scale;
            let at = whole(object.position(text) + offset);
            values.extend([(3, written(at.x)), (4, written(at.y))]);
            self.moved.insert((view, object.number), at);
        }
        if before.width != after.width {
            values.push((5, written(after.width / 2.0 / frame.scale)));
        }
        if before.text != after.text {
            let line = line_of(&after.text);
            match object.text.clone() {
                Some(range) => self.splices.replace(range, line),
                None => {
                    const HAS_TEXT: u32 = 4;
                    let bits = object.number_at(text, 8) | HAS_TEXT;
                    values.extend([(2, "0".to_owned()), (8, bits.to_string())]);
                    let newline = self.newline;
                    let at = object.whole.end;
                    let is_ended = text[..at].ends_with(['\n', '\r']);
                    let start = if is_ended { "" } else { newline };
                    self.splices.insert(at, format!("{start}{line}{newline}"));
                }
            }
        }
        for (field, value) in values {
            if let Some(range) = object.fields.get(field) {
                self.splices.replace(range.clone(), value);
            }
        }
    }

    fn add_note(&mut self, note: &Note) {
        let view = self.view_at(note.placement.position);
        if self.form(view) == Form::Marked {
            self.losses.notes += 1;
            return;
        }
        let frame = self.frame(view);
        let at = whole(frame.local(note.placement.position));
        let (x, y) = (written(at.x), written(at.y));
        let width = written(note.width / 2.0 / frame.scale);
        let height = note.text.lines().count().max(1) * 10;
        let number = self.number(view);
        let newline = self.newline;
        let line = line_of(&note.text);
        self.add(
            view,
            format!("12,{number},0,{x},{y},{width},{height},8,4,0,0,-1,0,0,0{newline}{line}"),
        );
    }
}

/// The text of a comment in one line: breaks are written as a backslash and an n.
pub(super) fn line_of(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    let line = lines.join("\\n").replace('\r', " ");
    // What would begin another part of the file is set apart.
    if line.starts_with(START) || line.starts_with(END) {
        format!(" {line}")
    } else {
        line
    }
}
