//! The comments of views: notes, icons of loops, and clouds.

use std::collections::{BTreeMap, BTreeSet};

use super::draw::Drawer;
use super::names::key;
use super::sketch::{Object, ObjectKind};
use crate::format::foreign::{DrawnNote, width_of};
use crate::format::names::plain;
use crate::model::MAXIMUM_NAME;

impl Drawer<'_, '_> {
    pub(super) fn comment_of_view(&mut self, view: usize, index: usize, object: &Object) {
        let text = self.source.text;
        let words = words_of(text, object);
        if is_graph(text, object) {
            self.losses.graphs += 1;
            return;
        }
        let is_loop = matches!(object.number_at(text, 7) & 15, 4 | 5);
        let is_symbol = words.chars().count() <= 3 || words.parse::<f64>().is_ok();
        if is_loop && is_symbol {
            self.losses.icons += 1;
            return;
        }
        if !is_text(object, &words) {
            return;
        }
        self.losses.names_of_loops += usize::from(is_loop);
        let frame = self.drawn.frames[view];
        let drawn_width = f64::from(object.number_at(text, 5)) * 2.0 * frame.scale;
        self.drawn.drawing.notes.push(DrawnNote {
            key: format!("{view}\t{}", object.number),
            width: drawn_width.max(width_of(&words)),
            text: words,
            position: frame.world(object.position(text)),
        });
        self.drawn.notes.push((view, index));
    }

    /// The texts that arrows join are variables: in many workshops' diagrams the boxes are texts.
    /// One that only leads to what is worked out from other things is a remark with an arrow.
    pub(super) fn collect_texts(&mut self) {
        let text = self.source.text;
        for (view, objects) in self.source.views.iter().enumerate() {
            let mut names: BTreeMap<u32, &str> = BTreeMap::new();
            for object in &objects.objects {
                if object.kind == ObjectKind::Variable {
                    names.insert(object.number, object.field(text, 2));
                }
            }
            let is_worked_out = |number: &u32| {
                let name = names.get(number);
                name.is_some_and(|name| self.causes.is_worked_out(&key(name)))
            };
            let arrows = objects
                .objects
                .iter()
                .filter(|object| object.kind == ObjectKind::Arrow && !object.is_pipe(text));
            let mut joined = BTreeSet::new();
            for arrow in arrows {
                let [from, to] = arrow.ends(text);
                if !is_worked_out(&to) {
                    joined.extend([from, to]);
                }
            }
            for (index, object) in objects.objects.iter().enumerate() {
                let is_joined = joined.contains(&object.number);
                if object.kind == ObjectKind::Comment && is_joined {
                    self.show_text(view, index, object);
                }
            }
        }
    }

    fn show_text(&mut self, view: usize, position: usize, object: &Object) {
        let text = self.source.text;
        let words = words_of(text, object);
        let name = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_long = name.len() > MAXIMUM_NAME;
        if !is_text(object, &words) || is_long || is_graph(text, object) {
            return;
        }
        // The form in which names are compared; a text has no quotes of its own.
        let key = plain(&name);
        let is_box = object.number_at(text, 7) & 15 == 3;
        let index = match self.by_key.get(&key) {
            Some(index) => *index,
            None => self.add_variable(&key, name, is_box),
        };
        self.drawn.variables[index].objects.push((view, position));
        self.drawn.texts.insert((view, position), index);
    }
}

/// What a comment says.
fn words_of(text: &str, object: &Object) -> String {
    match &object.text {
        Some(range) => text_of(&text[range.clone()]),
        // A field of a line is in quotes where it has commas.
        None => text_of(unquoted(object.field(text, 2))),
    }
}

/// Whether a comment says anything: a cloud and other pictures have a number in place of a text.
fn is_text(object: &Object, words: &str) -> bool {
    !words.is_empty() && (object.text.is_some() || words.parse::<f64>().is_err())
}

/// Whether a comment is a custom graph: its text is the name of its definition.
fn is_graph(text: &str, object: &Object) -> bool {
    const OF_A_GRAPH: u32 = 8 | 16 | 32 | 128;
    object.number_at(text, 8) & OF_A_GRAPH == OF_A_GRAPH
}

/// The text of a comment: its breaks are written as a backslash and an n.
fn text_of(raw: &str) -> String {
    let lines: Vec<&str> = raw.trim().split("\\n").map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

/// A field without the quotes around it.
fn unquoted(field: &str) -> &str {
    let field = field.trim();
    let inner = field
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(field)
}
