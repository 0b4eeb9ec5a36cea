//! What a text of another program draws, and the document that follows from it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::computed::is_uncomputed;
use super::fit::Scaling;
use super::keyed::Keyed;
use super::reading::Reading;
use super::unwritten::UnwrittenChanges;
use crate::format::error::{Fault, ReadError};
use crate::format::fan_out::{FanOut, rounded};
use crate::format::graph_builder::{BEND, LossWords, on_circle, turn};
use crate::format::limits::Limits;
use crate::format::reader::{ImportResult, Positions, Warning};
use crate::model::{
    Change, Corner, Delay, Document, Element, ForeignFormat, Id, IdSource, Link, MAXIMUM_NAME,
    MAXIMUM_TEXT, Note, Patch, Placement, Point, Polarity, Properties, SourceText, Variable,
    VariableKind,
};

/// A variable that is drawn.
#[derive(Clone, Debug)]
pub struct DrawnVariable {
    /// What it is called in the text, in the form in which the format compares names.
    pub key: String,
    /// Its name as people see it.
    pub name: String,
    /// Plain, a stock or a rate.
    pub kind: VariableKind,
    /// What is said about it.
    pub remark: String,
    /// Where it stands on the canvas, if the text says so.
    pub position: Option<Point>,
}

/// A link that is drawn, or follows from equations.
#[derive(Clone, Debug)]
pub struct DrawnLink {
    /// The index of the cause among the variables.
    pub from: usize,
    /// The index of the effect.
    pub to: usize,
    /// Its sign.
    pub polarity: Polarity,
    /// Whether it is delayed.
    pub delay: Delay,
    /// How it bends, if the text says so.
    pub bend: Option<f64>,
    /// Where it turns as half of a pipe, if the text says so: in world units.
    pub corner: Option<Corner>,
}

/// A text on the canvas.
#[derive(Clone, Debug)]
pub struct DrawnNote {
    /// Which one it is in the text.
    pub key: String,
    /// The text.
    pub text: String,
    /// Its width, in world units.
    pub width: f64,
    /// Its middle.
    pub position: Point,
}

/// What a text draws.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    /// The title of the whole.
    pub title: String,
    /// The variables; no two have the same key.
    pub variables: Vec<DrawnVariable>,
    /// The links.
    pub links: Vec<DrawnLink>,
    /// The notes.
    pub notes: Vec<DrawnNote>,
    /// What is not drawn.
    pub warnings: Vec<Warning>,
}

/// The document of a drawing, with the ids of its records in their order.
#[derive(Debug)]
pub struct Base {
    /// The document as it was read.
    pub document: Document,
    /// The variables of the drawing.
    pub variables: Vec<Id>,
    /// The links of the drawing.
    pub links: Vec<Id>,
    /// The notes of the drawing.
    pub notes: Vec<Id>,
    /// Whether the text says where variables stand.
    pub positions: Positions,
    /// How many names and texts were too long.
    cut: usize,
}

impl Base {
    /// The notes of a document that are not of its text; those without words are counted instead.
    pub fn new_notes<'d>(
        &self,
        document: &'d Document,
        unwritten: &mut UnwrittenChanges,
    ) -> Vec<&'d Note> {
        let known: BTreeSet<&Id> = self.notes.iter().collect();
        let new = document
            .notes()
            .iter()
            .filter(|(id, _)| !known.contains(id));
        let (blank, new): (Vec<&Note>, Vec<&Note>) = new
            .map(|(_, note)| note)
            .partition(|note| note.text.trim().is_empty());
        unwritten.blank_notes += blank.len();
        new
    }

    /// How many variables of a document stand where they were read.
    fn in_place(&self, document: &Document) -> usize {
        let read = self.document.variables().iter();
        let stands = |(id, before): &(&Id, &Variable)| {
            let after = document.variables().get(id);
            after.is_some_and(|after| after.placement.position == before.placement.position)
        };
        read.filter(stands).count()
    }

    /// Whether a document still draws what its text draws.
    pub fn is_same(&self, document: &Document) -> bool {
        let read = &self.document;
        let alike = |one: usize, other: usize| one == other;
        is_uncomputed(document)
            && alike(read.variables().len(), document.variables().len())
            && alike(read.links().len(), document.links().len())
            && alike(read.notes().len(), document.notes().len())
            && read.properties().title == document.properties().title
            && read.variables().iter().all(|(id, before)| {
                document.variables().get(id).is_some_and(|after| {
                    before.name == after.name
                        && before.kind == after.kind
                        && before.remark == after.remark
                        && before.placement.position == after.placement.position
                })
            })
            && read.links().iter().all(|(id, before)| {
                document.links().get(id).is_some_and(|after| {
                    before.edge() == after.edge()
                        && before.polarity == after.polarity
                        && before.delay == after.delay
                })
            })
            && read.notes().iter().all(|(id, before)| {
                document.notes().get(id).is_some_and(|after| {
                    before.text == after.text
                        && before.width == after.width
                        && before.placement.position == after.placement.position
                })
            })
    }
}

/// What a text draws as a document was opened: read as its seed says, and at the scale that fits, or
/// at the one before scales were fitted, whichever has more of its variables where they are.
pub fn fitting<D>(
    document: &Document,
    draw: impl Fn(Scaling) -> Option<(D, Base)>,
) -> Option<(D, Base)> {
    let fitted = draw(Scaling::Fitted)?;
    let stand = fitted.1.in_place(document);
    if 2 * stand >= fitted.1.variables.len() {
        return Some(fitted);
    }
    let before = draw(Scaling::Least).filter(|(_, base)| base.in_place(document) > stand);
    Some(before.unwrap_or(fitted))
}

/// The document of a text with the text itself, so that it can be written again.
///
/// # Errors
/// There are too many records.
pub fn open(
    format: ForeignFormat,
    text: &str,
    drawing: &Drawing,
    ids: &mut IdSource,
) -> Result<ImportResult, ReadError> {
    const CUT: LossWords = LossWords(
        "name or text was too long and was cut",
        "names or texts were too long and were cut",
    );
    let seed = Reading::NOW.marked(ids.fresh());
    let base = drawing.base(seed)?;
    let mut document = base.document;
    let mut warnings = drawing.warnings.clone();
    warnings.extend(CUT.loss(base.cut));
    if text.len() <= SourceText::LONGEST {
        let text = text.to_owned();
        let source_text = SourceText { format, seed, text };
        let patch = Patch {
            source_text: Some((None, Some(Arc::new(source_text)))),
            ..Patch::default()
        };
        document
            .apply(&patch)
            .map_err(|error| refusal(&error.to_string()))?;
    } else {
        let message = format!(
            "the text has more than {} MiB and is not kept: what is not drawn cannot be written again",
            SourceText::LONGEST / (1024 * 1024)
        );
        warnings.push(Warning::note(message));
    }
    Ok(ImportResult {
        document,
        warnings,
        positions: base.positions,
    })
}

fn refusal(message: &str) -> ReadError {
    let fault = Fault {
        message: message.to_owned(),
        position: None,
    };
    ReadError::Invalid(fault.into())
}

impl Drawing {
    /// The document of the drawing.
    ///
    /// # Errors
    /// There are too many records.
    pub fn base(&self, seed: Id) -> Result<Base, ReadError> {
        let records = self.variables.len() + self.links.len() + self.notes.len();
        if records > Limits::STANDARD.records {
            let message = format!("there are more than {} records", Limits::STANDARD.records);
            return Err(ReadError::Syntax(Fault {
                message,
                position: None,
            }));
        }
        let mut maker = Maker {
            keyed: Keyed::new(seed),
            patch: Patch::default(),
            cut: 0,
        };
        let properties = Properties {
            title: maker.fitting(&self.title, MAXIMUM_NAME),
            ..Properties::default()
        };
        maker.patch.properties = Some((Properties::default(), properties));
        let is_placed = self.variables.iter().any(|drawn| drawn.position.is_some());
        let variables = maker.variables(&self.variables);
        let links = maker.links(self, &variables, is_placed);
        let notes = maker.notes(&self.notes);
        let mut document = Document::default();
        document
            .apply(&maker.patch)
            .map_err(|error| refusal(&error.to_string()))?;
        Ok(Base {
            document,
            variables,
            links,
            notes,
            positions: if is_placed || self.variables.is_empty() {
                Positions::Given
            } else {
                Positions::Missing
            },
            cut: maker.cut,
        })
    }
}

struct Maker {
    keyed: Keyed,
    patch: Patch,
    cut: usize,
}

impl Maker {
    fn add(&mut self, key: &str, element: Element) -> Id {
        let id = self.keyed.id(key);
        let change = Change {
            before: None,
            after: Some(element),
        };
        self.patch.changes.insert(id, change);
        id
    }

    fn variables(&mut self, drawn: &[DrawnVariable]) -> Vec<Id> {
        let count = drawn.len();
        let mut ids = Vec::with_capacity(count);
        for (index, drawn) in drawn.iter().enumerate() {
            let position = drawn
                .position
                .unwrap_or_else(|| on_circle(turn(index, count), count));
            let variable = Variable {
                name: self.fitting(&drawn.name, MAXIMUM_NAME),
                kind: drawn.kind,
                remark: self.fitting(&drawn.remark, MAXIMUM_TEXT),
                placement: at(position),
                ..Variable::default()
            };
            ids.push(self.add(
                &format!("variable {}", drawn.key),
                Element::Variable(variable),
            ));
        }
        ids
    }

    fn links(&mut self, drawing: &Drawing, variables: &[Id], is_placed: bool) -> Vec<Id> {
        let count = drawing.variables.len();
        let mut fan_out = FanOut::default();
        let mut ids = Vec::with_capacity(drawing.links.len());
        let mut parallel: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for drawn in &drawing.links {
            let ends = (variables.get(drawn.from), variables.get(drawn.to));
            let (Some(from), Some(to)) = ends else {
                continue;
            };
            let kind = |end: usize| drawing.variables[end].kind;
            let is_pipe = kind(drawn.from) == VariableKind::Rate
                && kind(drawn.to) == VariableKind::Stock
                && drawn.polarity != Polarity::Unknown;
            let bend = match drawn.bend {
                Some(bend) => bend,
                // The ring stands outside of the circle.
                None if from == to => rounded(turn(drawn.from, count)).rem_euclid(1.0),
                None if is_placed || is_pipe => 0.0,
                None => BEND,
            };
            let link = Link {
                polarity: drawn.polarity,
                delay: drawn.delay,
                corner: drawn.corner,
                ..Link::new(*from, *to, fan_out.bend(*from, *to, bend))
            };
            let number = parallel.entry((drawn.from, drawn.to)).or_insert(0);
            *number += 1;
            let [from, to] = [drawn.from, drawn.to].map(|end| drawing.variables[end].key.as_str());
            // A tab is in no key, so no two links share one.
            let key = format!("link {from}\t{to}\t{number}");
            ids.push(self.add(&key, Element::Link(link)));
        }
        ids
    }

    fn notes(&mut self, drawn: &[DrawnNote]) -> Vec<Id> {
        let mut ids = Vec::with_capacity(drawn.len());
        for drawn in drawn {
            let text = self.fitting(&drawn.text, MAXIMUM_TEXT);
            let note = Note {
                width: drawn.width.clamp(Note::MINIMUM_WIDTH, Note::MAXIMUM_WIDTH),
                ..Note::new(text, at(drawn.position))
            };
            ids.push(self.add(&format!("note {}", drawn.key), Element::Note(note)));
        }
        ids
    }

    /// The text, cut where it is longer than a document may have it.
    fn fitting(&mut self, text: &str, longest: usize) -> String {
        let mut end = longest.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        self.cut += usize::from(end < text.len());
        text[..end].to_owned()
    }
}

fn at(position: Point) -> Placement {
    Placement {
        position,
        ..Placement::default()
    }
}

/// A width in which no line of a text breaks that is not long, in world units.
pub fn width_of(text: &str) -> f64 {
    const OF_A_CHARACTER: f64 = 9.0;
    const AROUND: f64 = 20.0;
    const MOST: f64 = 400.0;
    let longest = text.lines().map(|line| line.chars().count()).max();
    let characters = u32::try_from(longest.unwrap_or(0)).unwrap_or(u32::MAX);
    (f64::from(characters) * OF_A_CHARACTER + AROUND).min(MOST)
}
