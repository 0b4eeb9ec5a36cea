//! Lines of a note that become variables or steps, in free space; and room for what is pasted.

use std::collections::BTreeSet;

use crate::model::{
    Document, Edit, Element, Flow, Id, IdSource, Patch, Point, Rect, StationKind, Vector,
};
use crate::scene::{MeasureText, Scene};

use super::edits::{flow_out_of, is_free, station_at, variable_at};
use super::event::Effect;
use super::history::Continuity;
use super::state::{Editor, Environment};
use super::typing::{one_line, write};

/// More lines are no list of things.
const MOST: usize = 200;
/// How far apart variables stand at the least, in world units.
const APART: Vector = Vector::new(48.0, 40.0);
/// The same of steps, between which a flow has words.
const STEPS_APART: Vector = Vector::new(72.0, 60.0);
/// How many steps stand in a row.
const STEPS_IN_ROW: usize = 8;
/// The paper left around what is put in, in world units.
const PAPER: f64 = 16.0;
/// How far off a rate may stand whose name could come to be here, in world units: more than a name is
/// wide.
const NEAR: f64 = 400.0;

/// What lines become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Variables.
    Variables,
    /// Steps, one after the other.
    Steps,
}

/// The names that a text lists, one on each line, without bullets and numbers; none if it has only
/// one, or too many.
#[must_use]
pub fn lines_of(text: &str) -> Vec<String> {
    let names = text.lines().map(|line| one_line(bare(line)));
    let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
    match names.len() {
        2..=MOST => names,
        _ => Vec::new(),
    }
}

/// A line without what marks it as one of a list: a bullet, a box to tick, a number.
fn bare(line: &str) -> &str {
    let line = line.trim();
    let digits = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let after = match digits.len() < line.len() {
        true => digits.strip_prefix(['.', ')']),
        false => line.strip_prefix(['-', '*', '\u{2022}', '\u{2013}', '\u{25aa}', '+']),
    };
    // "-5 degrees" and "1.5 days" are no lists.
    let Some(after) = after.filter(|after| after.starts_with(char::is_whitespace)) else {
        return line;
    };
    let after = after.trim_start();
    let boxes = ["[ ]", "[x]", "[X]"];
    let ticked = boxes.iter().find_map(|tick| after.strip_prefix(tick));
    ticked.unwrap_or(after).trim_start()
}

/// The things of these names, in rows, and for steps the flows between them.
pub(super) fn diagram(
    names: &[String],
    kind: LineKind,
    measure: &dyn MeasureText,
    ids: &mut IdSource,
) -> Document {
    let node = |name: &str, at: Point| match kind {
        LineKind::Variables => variable_at(name, at),
        LineKind::Steps => station_at(StationKind::Step, name, at),
    };
    let made: Vec<Id> = names.iter().map(|_| ids.fresh()).collect();
    let empty = Document::default();
    let drawn = |places: &[Point]| {
        let mut edit = Edit::new(&empty);
        for ((id, name), at) in made.iter().zip(names).zip(places) {
            edit.set(*id, Some(node(name, *at)));
        }
        applied(&edit.finish())
    };
    // First where they happen to be, to be measured.
    let scene = Scene::new(&drawn(&vec![Point::default(); names.len()]), measure);
    let sizes = scene.nodes().values();
    let (width, height) = sizes.fold((0.0_f64, 0.0_f64), |(width, height), node| {
        (width.max(node.rect.width()), height.max(node.rect.height()))
    });
    let (apart, columns) = match kind {
        LineKind::Variables => (APART, (names.len() as f64).sqrt().ceil() as usize),
        LineKind::Steps => (STEPS_APART, names.len().min(STEPS_IN_ROW)),
    };
    let places: Vec<Point> = (0..names.len())
        .map(|at| {
            let (row, column) = (at / columns, at % columns);
            Point::new(
                column as f64 * (width + apart.x),
                row as f64 * (height + apart.y),
            )
        })
        .collect();
    let mut document = drawn(&places);
    if kind == LineKind::Steps {
        let mut edit = Edit::new(&document);
        for pair in made.windows(2) {
            let flow = Flow::new(pair[0], pair[1], flow_out_of(StationKind::Step));
            edit.set(ids.fresh(), Some(Element::Flow(flow)));
        }
        let patch = edit.finish();
        let joined = document.apply(&patch);
        debug_assert!(joined.is_ok(), "{joined:?}");
    }
    document
}

fn applied(patch: &Patch) -> Document {
    let mut document = Document::default();
    // Names within their limits, each with an id of its own.
    let applied = document.apply(patch);
    debug_assert!(applied.is_ok(), "{applied:?}");
    document
}

impl Editor {
    /// The note that alone is selected and lists several things.
    pub(super) fn listing_note(&self) -> Option<(Id, Vec<String>)> {
        let id = self.overlay.handle_of()?;
        let lines = lines_of(&self.document.notes().get(&id)?.text);
        (!lines.is_empty()).then_some((id, lines))
    }

    /// Makes things of the lines of the selected note, in its place.
    pub(super) fn split_note(
        &mut self,
        kind: LineKind,
        continuity: Continuity,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        let note = self.listing_note();
        let Some((note, names)) = note.filter(|(id, _)| is_free(&self.document, *id)) else {
            let words = "Select a note of several lines first".to_owned();
            return vec![Effect::Announce(words)];
        };
        let part = diagram(&names, kind, env.measure, env.ids);
        let scene = Scene::new(&part, env.measure);
        let (Some(own), Some(there)) = (scene.bounds(), self.scene.bounds_of(note)) else {
            return Vec::new();
        };
        let shift = self.free_shift(&own, there.center(), Some(note));
        let mut edit = Edit::new(&self.document);
        // A picture stays where it is, without the words that stood under it.
        if self.document.images_of(note).next().is_some() {
            edit.change(note, |element| write(element, ""));
        } else {
            edit.remove(note);
        }
        let mut made = BTreeSet::new();
        for id in part.ids() {
            let Some(mut element) = part.element(id) else {
                continue;
            };
            if let Some(placement) = element.placement_mut() {
                placement.position = (placement.position + shift).on_canvas();
                made.insert(id);
            }
            edit.set(id, Some(element));
        }
        let effects = self.commit(edit.finish(), continuity, env);
        self.select(made);
        let bounds = self.bounds_of_selection();
        if let Some(bounds) = bounds.filter(|bounds| !self.view.visible().contains_rect(bounds)) {
            self.set_view(self.view.fitted(&bounds, self.view.zoom));
        }
        effects
    }

    /// How far a part of these bounds is moved so that its middle is at a place, or as near to it
    /// as it covers nothing.
    pub(super) fn free_shift(&self, part: &Rect, wanted: Point, except: Option<Id>) -> Vector {
        let covers = |shift: Vector| {
            let rect = part.moved(shift).grown(PAPER);
            let near = self.scene.nodes_touching(&rect.grown(NEAR)).into_iter();
            let mut others = near.filter(|id| Some(*id) != except);
            others.any(|id| {
                let reach = self.scene.reach_of_node(id);
                reach.is_some_and(|reach| reach.intersects(&rect))
            })
        };
        let step = Vector::new(
            (part.width() / 3.0).max(80.0),
            (part.height() / 3.0).max(60.0),
        );
        let first = wanted - part.center();
        // Rings around it, the nearest first.
        for ring in 0..40_i32 {
            let places = (-ring..=ring)
                .flat_map(|row| (-ring..=ring).map(move |column| (column, row)))
                .filter(|(column, row)| column.abs().max(row.abs()) == ring);
            let shifts = places.map(|(column, row)| {
                first + Vector::new(f64::from(column) * step.x, f64::from(row) * step.y)
            });
            let mut free: Vec<Vector> = shifts.filter(|shift| !covers(*shift)).collect();
            free.sort_by(|one, other| {
                let far = |shift: &Vector| (*shift - first).length();
                far(one).total_cmp(&far(other))
            });
            if let Some(shift) = free.first() {
                return *shift;
            }
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_lose_their_bullets_and_keep_their_words() {
        for (text, names) in [
            ("one\ntwo", vec!["one", "two"]),
            (
                "- one\n\n * two \n\u{2022} three",
                vec!["one", "two", "three"],
            ),
            ("1. one\n12) two\n- [ ] three", vec!["one", "two", "three"]),
            (
                "-5 degrees\n1.5 days\n3 people",
                vec!["-5 degrees", "1.5 days", "3 people"],
            ),
            ("one", vec![]),
            ("\n - \n", vec![]),
            ("الأول\n老化", vec!["الأول", "老化"]),
        ] {
            assert_eq!(lines_of(text), names, "{text}");
        }
        assert_eq!(lines_of(&"x\n".repeat(MOST + 1)), Vec::<String>::new());
    }
}
