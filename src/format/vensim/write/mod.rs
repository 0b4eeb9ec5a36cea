//! Document to Vensim: the text it was read from with the changes since, or an empty model with all
//! of it.

mod arrows;
mod computed;
mod equations;
mod losses;
mod notes;
mod objects;
mod pipes;
mod settings;
mod stated;
mod told;
mod variables;

use std::collections::{BTreeMap, BTreeSet};

use self::computed::Unsaid;
use self::losses::Losses;
use super::draw::{Drawn, SCALE, drawing};
use super::ends::End;
use super::names::key;
use super::sketch::{Form, ObjectKind};
use super::source::Source;
use super::translate::Lookup;
use crate::equation::Name;
use crate::format::export::Export;
use crate::format::foreign::{
    Base, Frame, Labels, NamedLoss, Naming, Reading, Rewording, Rewrite, Scaling, Splices, Told,
    UnwrittenChanges, fitting, is_model, left_out,
};
use crate::format::reader::Warning;
use crate::model::{Document, ForeignFormat, Id, Link, Point, Records};

/// The mark of the encoding.
const MARK: &str = "{UTF-8}";
/// The model of a document that was not read from Vensim, before anything is in it.
const EMPTY: &str = "{UTF-8}
********************************************************
\t.Control
********************************************************~
\t\tSimulation Control Parameters
\t|

FINAL TIME  = 100
\t~\tMonth
\t~\tThe final time for the simulation.
\t|

INITIAL TIME  = 0
\t~\tMonth
\t~\tThe initial time for the simulation.
\t|

SAVEPER  = 
        TIME STEP
\t~\tMonth [0,?]
\t~\tThe frequency with which output is stored.
\t|

TIME STEP  = 0.25
\t~\tMonth [0,?]
\t~\tThe time step for the simulation.
\t|

\\\\\\---/// Sketch information - do not modify anything except names
V300  Do not put anything below this section - it will be ignored
*Loopstream
$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0
///---\\\\\\
:L\u{7f}<%^E!@
";
/// What begins a view that has to be made; its name is [`OWN_VIEW`](super::super::foreign::OWN_VIEW).
const HEAD_OF_VIEW: [&str; 4] = [
    "\\\\\\---/// Sketch information - do not modify anything except names",
    "V300  Do not put anything below this section - it will be ignored",
    "*Loopstream",
    "$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0",
];

/// Writes a document as a Vensim model.
///
/// A document that was read from one gives the same text, but for what has changed since. Variables
/// are words and boxes with their remarks and equations, rates have valves and pipes, other links are
/// arrows with polarity, mark of delay and bend. What has no equation has `A FUNCTION OF` in its
/// place. Notes are comments.
#[must_use]
pub fn write(document: &Document) -> Export {
    REWRITE.write(document)
}

const REWRITE: Rewrite = Rewrite {
    format: ForeignFormat::Vensim,
    name: "Vensim",
    empty: EMPTY,
    onto: write_onto,
};

/// What a text says of the variables of a document; none where it cannot be read.
pub fn told(text: &str, seed: Id, document: &Document) -> Option<Told> {
    let source = Source::of(text);
    let drawn = drawing(&source, Scaling::Least, Reading::of(seed)).ok()?;
    let base = drawn.drawing.base(seed).ok()?;
    Some(Writer::new(&source, drawn, base, document).told())
}

/// The text with what differs from it; none where it cannot be read.
fn write_onto(text: &str, seed: Id, document: &Document) -> Option<Export> {
    let source = Source::of(text);
    let (drawn, base) = fitting(document, |scaling| {
        let drawn = drawing(&source, scaling, Reading::of(seed)).ok()?;
        let base = drawn.drawing.base(seed).ok()?;
        Some((drawn, base))
    })?;
    let mut warnings = left_out(document, ForeignFormat::Vensim);
    let title = &document.properties().title;
    if *title != base.document.properties().title {
        const TITLE: &str = "the title is left out: a Vensim model is called as its file";
        warnings.push(Warning::note(TITLE));
    }
    if draws_the_same(&base, document) {
        let text = marked(text.to_owned(), &mut warnings);
        return Some(Export { text, warnings });
    }
    let mut writer = Writer::new(&source, drawn, base, document);
    writer.write();
    warnings.extend(writer.labels.warnings());
    warnings.extend(writer.unwritten.warnings());
    warnings.extend(writer.losses.warnings());
    warnings.extend(writer.unsaid.warnings());
    warnings.extend(writer.without.warning(
        "variable has no equation yet, and the model does not run there before it has one",
        "variables have no equations yet, and the model does not run there before they have",
    ));
    let mut applied = writer.splices.applied(text);
    applied.push_str(&writer.at_end);
    let written = marked(applied, &mut warnings);
    // Of a model without a view nothing may be left, and then it is none any more.
    if text != EMPTY && drawing(&Source::of(&written), Scaling::Least, Reading::NOW).is_err() {
        return Some(REWRITE.write_new(document));
    }
    Some(Export {
        text: written,
        warnings,
    })
}

/// The valves of each variable that is a flow, by view and index.
fn valves_of(source: &Source<'_>, drawn: &Drawn) -> BTreeMap<usize, Vec<(usize, usize)>> {
    let mut valves: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (view, (objects, ends)) in source.views.iter().zip(&drawn.ends).enumerate() {
        for (index, object) in objects.objects.iter().enumerate() {
            if object.kind == ObjectKind::Valve
                && let End::Valve(Some(flow)) = ends.of_number(object.number)
            {
                valves.entry(flow).or_default().push((view, index));
            }
        }
    }
    valves
}

/// Whether nothing has changed but the title, which a text does not have.
fn draws_the_same(base: &Base, document: &Document) -> bool {
    let mut untitled = document.clone();
    let mut edit = crate::model::Edit::new(document);
    let mut properties = document.properties().clone();
    properties
        .title
        .clone_from(&base.document.properties().title);
    edit.set_properties(properties);
    let patch = edit.finish();
    untitled.apply(&patch).is_ok() && base.is_same(&untitled)
}

/// A text with the mark of its encoding, if that matters and is not there: what was read in an old
/// encoding is written in UTF-8.
fn marked(text: String, warnings: &mut Vec<Warning>) -> String {
    if text.is_ascii() || text.starts_with(MARK) || text.starts_with('\u{FEFF}') {
        return text;
    }
    let message = "the text is marked as UTF-8 now, in which it is written";
    warnings.push(Warning::note(message));
    let newline = newline_of(&text);
    format!("{MARK}{newline}{text}")
}

fn newline_of(text: &str) -> &'static str {
    match (
        text.contains("\r\n"),
        text.contains('\n'),
        text.contains('\r'),
    ) {
        (true, ..) => "\r\n",
        (false, false, true) => "\r",
        _ => "\n",
    }
}

/// A text that is being changed.
struct Writer<'w, 't> {
    source: &'w Source<'t>,
    drawn: Drawn,
    base: Base,
    document: &'w Document,
    splices: Splices,
    labels: Labels,
    newline: &'static str,
    /// What the variables of the document are called.
    naming: Naming,
    /// Of each variable that was read: its index among those of the drawing.
    indices: Records<usize>,
    /// Of each variable that is a flow: its valves, by view and index.
    valves: BTreeMap<usize, Vec<(usize, usize)>>,
    /// Of each view, the last one being that which may have to be made: what is put in.
    added: Vec<Vec<String>>,
    /// The next number of each view.
    numbers: Vec<u32>,
    /// By view and variable: the number of its new object or shadow.
    shown: BTreeMap<(usize, Id), u32>,
    /// The view of each variable that is new.
    new_in: Records<usize>,
    /// By view: the objects that go.
    gone: BTreeSet<(usize, u32)>,
    /// By view and number: where objects are that were moved.
    moved: BTreeMap<(usize, u32), Point>,
    unwritten: UnwrittenChanges,
    losses: Losses,
    /// What variables are called in equations that people wrote.
    rewording: Rewording,
    /// The tables that equations read.
    lookups: Records<Lookup>,
    /// How variables and tables are written in equations.
    spelled: BTreeMap<Name, String>,
    /// Whether the document was drawn here and has something to be computed.
    is_model: bool,
    unsaid: Unsaid,
    /// Variables of a model that nobody wrote an equation for.
    without: NamedLoss,
    /// Blocks that are put in.
    new_blocks: Vec<String>,
    /// What is put after the whole text.
    at_end: String,
    /// Variables whose right sides are written as a whole.
    overridden: BTreeSet<usize>,
    /// Stocks and rates whose flows were changed in the stock's sum.
    spliced: BTreeSet<(Id, Id)>,
    /// Names that were taken out of the sum in a block.
    taken: BTreeSet<(usize, String)>,
    /// Arrows that lead to a name now in the place of its valve, by view and start.
    led_elsewhere: BTreeSet<(usize, usize)>,
    /// The valve of each variable that got one: its view and its number.
    new_valves: Records<(usize, u32)>,
}

impl<'w, 't> Writer<'w, 't> {
    fn new(source: &'w Source<'t>, drawn: Drawn, base: Base, document: &'w Document) -> Self {
        let indices = base.variables.iter().copied().zip(0..).collect();
        let valves = valves_of(source, &drawn);
        let mut numbers: Vec<u32> = drawn.ends.iter().map(|ends| ends.greatest + 1).collect();
        numbers.push(1);
        Self {
            source,
            added: vec![Vec::new(); drawn.ends.len() + 1],
            drawn,
            base,
            document,
            splices: Splices::default(),
            labels: Labels::new(key),
            newline: newline_of(source.text),
            naming: Naming::default(),
            indices,
            valves,
            numbers,
            shown: BTreeMap::new(),
            new_in: Records::new(),
            gone: BTreeSet::new(),
            moved: BTreeMap::new(),
            unwritten: UnwrittenChanges::default(),
            losses: Losses::default(),
            rewording: Rewording::default(),
            lookups: Records::new(),
            spelled: BTreeMap::new(),
            is_model: document.source_text().is_none() && is_model(document),
            unsaid: Unsaid::default(),
            without: NamedLoss::default(),
            new_blocks: Vec::new(),
            at_end: String::new(),
            overridden: BTreeSet::new(),
            spliced: BTreeSet::new(),
            taken: BTreeSet::new(),
            led_elsewhere: BTreeSet::new(),
            new_valves: Records::new(),
        }
    }

    fn write(&mut self) {
        self.name_all();
        self.variables();
        self.rename();
        self.links();
        self.pipes();
        self.notes();
        self.equations();
        self.finish_views();
    }

    /// The links of the document that were read and still lead where they led, by their indices.
    fn standing_links(&self) -> BTreeMap<usize, (Link, Link)> {
        let links = self.base.links.iter().enumerate();
        let both = links.filter_map(|(index, id)| {
            let before = self.base.document.links().get(id)?;
            let after = self.document.links().get(id)?;
            let same = before.from == after.from && before.to == after.to;
            same.then(|| (index, (before.clone(), after.clone())))
        });
        both.collect()
    }

    /// The frame of a view, also of one that has to be made.
    fn frame(&self, view: usize) -> Frame {
        let new = Frame {
            scale: SCALE,
            origin: Point::default(),
        };
        self.drawn.frames.get(view).copied().unwrap_or(new)
    }

    /// How the objects of a view are written, also of one that has to be made.
    fn form(&self, view: usize) -> Form {
        let view = self.source.views.get(view);
        view.map_or(Form::Numbered, |view| view.form)
    }

    /// The next number of a view.
    fn number(&mut self, view: usize) -> u32 {
        match self.numbers.get_mut(view) {
            Some(next) => {
                let number = *next;
                *next = next.saturating_add(1);
                number
            }
            None => 0,
        }
    }

    fn add(&mut self, view: usize, line: String) {
        if let Some(lines) = self.added.get_mut(view) {
            lines.push(line);
        }
    }

    /// Puts the new objects at the ends of their views, and a view where there is none.
    fn finish_views(&mut self) {
        let newline = self.newline;
        let added = std::mem::take(&mut self.added);
        for (view, lines) in added.into_iter().enumerate() {
            if lines.is_empty() {
                continue;
            }
            let mut text = String::new();
            let at = match self.source.views.get(view) {
                Some(view) => view.end,
                None => {
                    for line in HEAD_OF_VIEW {
                        text.push_str(line);
                        text.push_str(newline);
                    }
                    self.source.equations.end
                }
            };
            for line in lines {
                text.push_str(&line);
                text.push_str(newline);
            }
            let before = &self.source.text[..at];
            if !before.is_empty() && !before.ends_with(['\n', '\r']) {
                text.insert_str(0, newline);
            }
            if self.source.views.get(view).is_none()
                && self.source.settings == self.source.text.len()
            {
                text.push_str(super::sketch::END);
                text.push_str(newline);
            }
            self.splices.insert(at, text);
        }
    }
}
