//! A document from a text that need not say where its variables stand: those of which it does not
//! say it stand on a circle.

use std::collections::BTreeSet;

use super::error::{Fault, ReadError};
use super::fan_out::{FanOut, rounded};
use super::names::{Named, Names};
use super::reader::{ImportResult, Positions, Warning};
use super::syntax::shortened;
use crate::model::{
    Change, Document, Element, Id, IdSource, Link, LoopKey, LoopLabel, MAXIMUM_NAME, MAXIMUM_TEXT,
    Note, Patch, Placement, Point, Properties, Records, Variable, Vector,
};

/// A document that is being put together.
pub struct GraphBuilder<'a> {
    ids: &'a mut IdSource,
    title: String,
    // In the order in which they come on the circle.
    variables: Vec<(Id, Variable)>,
    indices: Records<usize>,
    links: Vec<(Id, Link)>,
    notes: Vec<(String, Option<Point>)>,
    // Where the text says that variables stand.
    given: Records<Point>,
    labels: Vec<LoopLabel>,
    labelled: BTreeSet<LoopKey>,
    names: Names<Id>,
    cut_texts: usize,
    // How many names were found nearly only, and the first of them with what it was taken for.
    near: usize,
    first_near: Option<[String; 2]>,
}

/// Whether a label could be put on a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labelled {
    /// It was.
    Put,
    /// The loop has one already.
    Twice,
}

/// The bend of a link, as a share of its chord: so much that a link back does not lie on it.
pub const BEND: f64 = 0.2;
/// How far apart neighbours on the circle are, along it, in world units.
const APART: f64 = 180.0;
/// The radius of the smallest circle, in world units.
const SMALLEST: f64 = 140.0;

impl<'a> GraphBuilder<'a> {
    /// No document yet; its records get ids from the source.
    pub fn new(ids: &'a mut IdSource) -> Self {
        Self {
            ids,
            title: String::new(),
            variables: Vec::new(),
            indices: Records::new(),
            links: Vec::new(),
            notes: Vec::new(),
            given: Records::new(),
            labels: Vec::new(),
            labelled: BTreeSet::new(),
            names: Names::new(),
            cut_texts: 0,
            near: 0,
            first_near: None,
        }
    }

    /// Names the document.
    pub fn entitle(&mut self, title: &str) {
        self.title = self.fitting(title, MAXIMUM_NAME);
    }

    /// What a name stands for; that it was found nearly only is told in the end.
    pub fn find(&mut self, name: &str) -> Named<Id> {
        let named = self.names.find(name);
        if let Named::Nearly(id) = named {
            self.near += 1;
            if self.first_near.is_none() {
                let taken_for = self.variable_mut(id).map(|variable| variable.name.clone());
                self.first_near = taken_for.map(|taken_for| [name.to_owned(), taken_for]);
            }
        }
        named
    }

    /// The variable of exactly this name.
    pub fn find_exactly(&self, name: &str) -> Option<Id> {
        match self.names.find(name) {
            Named::Exactly(id) => Some(id),
            _ => None,
        }
    }

    /// Adds a variable, whatever names there are already.
    pub fn add_variable(&mut self, name: &str) -> Id {
        let id = self.ids.fresh();
        self.names.add(name, id);
        self.indices.insert(id, self.variables.len());
        let name = self.fitting(name, MAXIMUM_NAME);
        self.variables.push((
            id,
            Variable {
                name,
                ..Variable::default()
            },
        ));
        id
    }

    /// A variable that was added, to be changed; its remark by [`GraphBuilder::remark`] only.
    pub fn variable_mut(&mut self, id: Id) -> Option<&mut Variable> {
        let index = self.indices.get(&id)?;
        self.variables.get_mut(*index).map(|(_, variable)| variable)
    }

    /// The variables so far, in the order in which they were added.
    pub fn variables(&self) -> &[(Id, Variable)] {
        &self.variables
    }

    /// What a variable that was added is called.
    pub fn name(&self, id: Id) -> &str {
        let index = self.indices.get(&id);
        let variable = index.and_then(|index| self.variables.get(*index));
        variable.map_or("", |(_, variable)| &variable.name)
    }

    /// Lets a variable that was added be found by one more name.
    pub fn add_name(&mut self, id: Id, name: &str) {
        self.names.add(name, id);
    }

    /// Gives a variable that was added another name; it is found by the one that it had.
    pub fn rename(&mut self, id: Id, name: &str) {
        let name = self.fitting(name, MAXIMUM_NAME);
        if let Some(variable) = self.variable_mut(id) {
            variable.name = name;
        }
    }

    /// Adds a paragraph to the remark of a variable.
    pub fn remark(&mut self, id: Id, text: &str) {
        let mut remark = match self.variable_mut(id) {
            Some(variable) => std::mem::take(&mut variable.remark),
            None => return,
        };
        add_paragraph(&mut remark, text);
        let remark = self.fitting(&remark, MAXIMUM_TEXT);
        if let Some(variable) = self.variable_mut(id) {
            variable.remark = remark;
        }
    }

    /// Adds a link between variables that were added; its bend is chosen here.
    pub fn add_link(&mut self, mut link: Link) -> Id {
        link.remark = self.fitting(&link.remark, MAXIMUM_TEXT);
        let id = self.ids.fresh();
        self.links.push((id, link));
        id
    }

    /// Says where a variable stands: within [`MAXIMUM_COORDINATE`](crate::model::MAXIMUM_COORDINATE).
    pub fn stand(&mut self, id: Id, position: Point) {
        self.given.insert(id, position.on_canvas());
    }

    /// Adds a note, and where it stands if the text says so.
    pub fn add_note(&mut self, text: &str, position: Option<Point>) {
        let text = self.fitting(text, MAXIMUM_TEXT);
        self.notes
            .push((text, position.map(|position| position.on_canvas())));
    }

    /// The links so far, in the order in which they were added.
    pub fn links(&self) -> &[(Id, Link)] {
        &self.links
    }

    /// A link that was added, by its index in that order, to be changed.
    pub fn link_mut(&mut self, index: usize) -> Option<&mut Link> {
        self.links.get_mut(index).map(|(_, link)| link)
    }

    /// Puts a label on a loop of links that were added.
    pub fn add_label(&mut self, mut label: LoopLabel) -> Labelled {
        if !self.labelled.insert(label.key.clone()) {
            return Labelled::Twice;
        }
        label.name = self.fitting(&label.name, MAXIMUM_NAME);
        label.remark = self.fitting(&label.remark, MAXIMUM_TEXT);
        self.labels.push(label);
        Labelled::Put
    }

    /// How many records there are so far.
    pub const fn len(&self) -> usize {
        self.variables.len() + self.links.len() + self.labels.len() + self.notes.len()
    }

    /// The document with links bent apart, and with the variables on a circle, clockwise from its
    /// top, unless the text says of all where they stand.
    ///
    /// # Errors
    /// The document refuses it; its own checks have the last word.
    pub fn finish(mut self, mut warnings: Vec<Warning>) -> Result<ImportResult, ReadError> {
        const CUT: LossWords = LossWords(
            "name or text was too long and was cut",
            "names or texts were too long and were cut",
        );
        const NEAR: LossWords = LossWords(
            "name was taken for one that differs only in case, blanks or underscores",
            "names were taken for ones that differ only in case, blanks or underscores",
        );
        let near = NEAR.warning(self.near);
        warnings.extend(near.map(|mut warning| {
            if let Some([name, taken_for]) = &self.first_near {
                let (name, taken_for) = (shortened(name), shortened(taken_for));
                warning.message.push_str(": \"");
                for part in [&name, "\" for \"", &taken_for, "\""] {
                    warning.message.push_str(part);
                }
            }
            warning
        }));
        warnings.extend(CUT.loss(self.cut_texts));
        let positions = self.positions();
        let patch = self.patch(positions);
        let mut document = Document::default();
        document.apply(&patch).map_err(|error| {
            let fault = Fault {
                message: error.to_string(),
                position: None,
            };
            ReadError::Invalid(fault.into())
        })?;
        Ok(ImportResult {
            document,
            warnings,
            positions,
        })
    }

    /// Whether the text says of everything where it stands.
    fn positions(&self) -> Positions {
        let all = self.given.len() == self.variables.len()
            && self.notes.iter().all(|(_, position)| position.is_some());
        match all && self.variables.len() + self.notes.len() > 0 {
            true => Positions::Given,
            false => Positions::Missing,
        }
    }

    fn patch(&mut self, positions: Positions) -> Patch {
        let properties = Properties {
            title: std::mem::take(&mut self.title),
            ..Properties::default()
        };
        let mut patch = Patch {
            properties: Some((Properties::default(), properties)),
            ..Patch::default()
        };
        let mut add = |id: Id, element: Element| {
            let change = Change {
                before: None,
                after: Some(element),
            };
            patch.changes.insert(id, change);
        };
        let count = self.variables.len();
        for (index, (id, mut variable)) in self.variables.drain(..).enumerate() {
            variable.placement.position = match (positions, self.given.get(&id)) {
                (Positions::Given, Some(position)) => *position,
                _ => on_circle(turn(index, count), count),
            };
            add(id, Element::Variable(variable));
        }
        let mut fan_out = FanOut::default();
        for (id, mut link) in self.links.drain(..) {
            let bend = if link.is_self_link() {
                // The ring stands outside of the circle.
                let index = self.indices.get(&link.from).copied().unwrap_or_default();
                rounded(turn(index, count)).rem_euclid(1.0)
            } else {
                BEND
            };
            link.bend = fan_out.bend(link.from, link.to, bend);
            add(id, Element::Link(link));
        }
        let beside = on_circle(0.25, count);
        for (number, (text, position)) in self.notes.drain(..).enumerate() {
            let position = match (positions, position) {
                (Positions::Given, Some(position)) => position,
                _ => beside + Vector::new(APART + Note::DEFAULT_WIDTH / 2.0, below(number)),
            };
            let placement = Placement {
                position,
                ..Placement::default()
            };
            let note = Note::new(text, placement);
            add(self.ids.fresh(), Element::Note(note));
        }
        for label in self.labels.drain(..) {
            add(self.ids.fresh(), Element::LoopLabel(label));
        }
        patch
    }

    /// The text, cut where it is longer than a document may have it.
    fn fitting(&mut self, text: &str, longest: usize) -> String {
        let mut end = longest.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        self.cut_texts += usize::from(end < text.len());
        text[..end].to_owned()
    }
}

/// How far below the middle a note of a column stands, in world units.
fn below(number: usize) -> f64 {
    const STEP: u32 = 80;
    // As many as may be read stay on the canvas.
    f64::from(u32::try_from(number).unwrap_or_default().min(100_000) * STEP)
}

/// How far round the circle a place of so many is, in turns.
#[expect(
    clippy::cast_precision_loss,
    reason = "far fewer records than 2^52 are read"
)]
pub fn turn(index: usize, count: usize) -> f64 {
    index as f64 / count.max(1) as f64
}

/// A point of the circle of so many variables, in whole world units.
pub fn on_circle(turn: f64, count: usize) -> Point {
    use std::f64::consts::TAU;
    #[expect(
        clippy::cast_precision_loss,
        reason = "far fewer records than 2^52 are read"
    )]
    let around = count as f64 * APART;
    let radius = if count < 2 {
        0.0
    } else {
        (around / TAU).max(SMALLEST)
    };
    let direction = Vector::from_angle((turn - 0.25) * TAU);
    // Adding zero makes no -0.
    Point::new(
        (direction.x * radius).round() + 0.0,
        (direction.y * radius).round() + 0.0,
    )
}

/// Adds a paragraph to a text, if there is one to add that is not there yet.
pub fn add_paragraph(text: &mut String, paragraph: &str) {
    if paragraph.is_empty() || text == paragraph {
        return;
    }
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(paragraph);
}

/// What could not be carried over: in words for one, and for many.
#[derive(Clone, Copy, Debug)]
pub struct LossWords(pub &'static str, pub &'static str);

impl LossWords {
    /// The note that so many are there otherwise than in the text; none for none.
    pub fn warning(self, count: usize) -> Option<Warning> {
        let words = if count == 1 { self.0 } else { self.1 };
        (count > 0).then(|| Warning::note(format!("{count} {words}")))
    }

    /// The warning that so many are not there, or incomplete; none for none.
    pub fn loss(self, count: usize) -> Option<Warning> {
        let warning = self.warning(count)?;
        Some(Warning::loss(count, warning.message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_stand_on_a_circle_and_links_apart() {
        let mut ids = IdSource::new(3);
        let mut graph = GraphBuilder::new(&mut ids);
        let four: Vec<Id> = ["a", "b", "c", "d"]
            .iter()
            .map(|name| graph.add_variable(name))
            .collect();
        let there = graph.add_link(Link::new(four[0], four[1], 0.0));
        let back = graph.add_link(Link::new(four[1], four[0], 0.0));
        let twice = graph.add_link(Link::new(four[0], four[1], 0.0));
        let ring = graph.add_link(Link::new(four[1], four[1], 0.0));
        let opened = graph.finish(Vec::new()).unwrap();
        assert_eq!(opened.positions, Positions::Missing);
        let document = opened.document;
        let positions: Vec<Point> = four
            .iter()
            .map(|id| document.variables()[id].placement.position)
            .collect();
        assert_eq!(
            positions,
            [
                Point::new(0.0, -140.0),
                Point::new(140.0, 0.0),
                Point::new(0.0, 140.0),
                Point::new(-140.0, 0.0),
            ]
        );
        let bend = |id: Id| document.links()[&id].bend;
        // Each to the left of its own way, so on two sides of the chord.
        assert_eq!((bend(there), bend(back)), (0.2, 0.2));
        assert_eq!((bend(twice), bend(ring)), (0.32, 0.25));
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let mut ids = IdSource::new(3);
        let mut graph = GraphBuilder::new(&mut ids);
        let long = "\u{e9}".repeat(400);
        let one = graph.add_variable(&long);
        graph.remark(one, &"x".repeat(MAXIMUM_TEXT));
        graph.remark(one, "y");
        assert_eq!(graph.find(&long), Named::Exactly(one));
        let opened = graph.finish(Vec::new()).unwrap();
        assert_eq!(opened.document.variables()[&one].name.len(), MAXIMUM_NAME);
        assert_eq!(
            opened.warnings[0].to_string(),
            "2 names or texts were too long and were cut"
        );
    }
}
