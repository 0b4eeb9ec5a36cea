//! The comments of views: notes, icons of loops, and clouds.

use super::draw::Drawer;
use super::sketch::Object;
use crate::format::foreign::{DrawnNote, width_of};

impl Drawer<'_, '_> {
    pub(super) fn comment_of_view(&mut self, view: usize, place: usize, object: &Object) {
        let text = self.source.text;
        let words = match &object.text {
            Some(range) => text_of(&text[range.clone()]),
            // A field of a line is in quotes where it has commas.
            None => text_of(unquoted(object.field(text, 2))),
        };
        // A custom graph: its text is the name of its definition.
        const OF_A_GRAPH: u32 = 8 | 16 | 32 | 128;
        if object.number_at(text, 8) & OF_A_GRAPH == OF_A_GRAPH {
            self.lost.graphs += 1;
            return;
        }
        let is_loop = matches!(object.number_at(text, 7) & 15, 4 | 5);
        let is_symbol = words.chars().count() <= 3 || words.parse::<f64>().is_ok();
        if is_loop && is_symbol {
            self.lost.icons += 1;
            return;
        }
        // A cloud and other pictures have a number in the place of a text.
        if words.is_empty() || object.text.is_none() && words.parse::<f64>().is_ok() {
            return;
        }
        self.lost.names_of_loops += usize::from(is_loop);
        let frame = self.drawn.frames[view];
        let drawn_width = f64::from(object.number_at(text, 5)) * 2.0 * frame.scale;
        self.drawn.drawing.notes.push(DrawnNote {
            key: format!("{view}\t{}", object.number),
            width: drawn_width.max(width_of(&words)),
            text: words,
            place: frame.world(object.place(text)),
        });
        self.drawn.notes.push((view, place));
    }
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
