//! The legend of a picture: every sign that it uses, drawn as the picture draws it, with its meaning.

use std::borrow::Cow;

use super::badge::{Turn, badge_shape};
use super::build::Scene;
use super::caption::Place;
use super::flow::flow_shape;
use super::link::{LinkSizes, curves_between, link_shape};
use super::node::variable_shape;
use super::pipe::{draw_cloud, pipe_sample};
use super::pipe_route::CLOUD;
use super::primitive::{Align, Path, Primitive, Segment, Stroke};
use super::station::{station_shape, value_sign};
use super::text::{Font, MeasureText};
use super::theme::Ink;
use crate::causal::{LoopPolarity, NamedLoop};
use crate::model::{
    Amount, Colour, Delay, Document, Flow, FlowKind, Id, Link, LoopKey, Measure, Point, Polarity,
    Rect, Station, StationKind, StepValue, Strength, Variable, VariableKind, Vector,
};

/// The box of a sample, in world units.
pub(super) const SAMPLE: Vector = Vector::new(60.0, 28.0);

/// A sign and what it means.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    /// The sign, about the origin.
    pub sample: Vec<Primitive>,
    /// What it means.
    pub words: Cow<'static, str>,
}

/// A sign of no record.
const NOBODY: Id = Id::from_bits(0);
const NOBODY_ELSE: Id = Id::from_bits(1);

/// The signs that a picture uses, in the order in which they are read.
pub(super) fn entries(document: &Document, scene: &Scene, measure: &dyn MeasureText) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut add = |is_used: bool, words: Cow<'static, str>, sample: &dyn Fn() -> Vec<Primitive>| {
        if is_used {
            let sample = sample();
            entries.push(Entry { sample, words });
        }
    };
    // Of pipes the direction is the sign.
    let is_pipe = |id: &Id, link: &Link| {
        let pipe = scene.pipes().get(&link.from);
        pipe.is_some_and(|pipe| pipe.half_of(*id).is_some())
    };
    let links = || {
        let links = document.links().iter();
        let drawn = links.filter(move |(id, link)| !is_pipe(id, link));
        drawn.map(|(_, link)| link)
    };
    for (polarity, words) in LINKS {
        let is_used = links().any(|link| link.polarity == polarity);
        add(is_used, Cow::Borrowed(words), &|| {
            link_sample(polarity, Delay::None)
        });
    }
    let is_delayed = links().any(|link| link.delay == Delay::Delayed);
    add(is_delayed, Cow::Borrowed("delay"), &|| {
        without_words(link_sample(Polarity::Unknown, Delay::Delayed))
    });
    for (strength, words) in STRENGTHS {
        let is_used = links().any(|link| link.strength == strength);
        add(is_used, Cow::Borrowed(words), &|| strength_sample(strength));
    }
    for (polarity, code, words) in LOOPS {
        let is_used = scene.badges().iter().any(|one| one.polarity == polarity);
        add(is_used, Cow::Borrowed(words), &|| {
            badge_sample(polarity, code, measure)
        });
    }
    let has = |kind: VariableKind| {
        let mut variables = document.variables().values();
        variables.any(|variable| variable.kind == kind)
    };
    let has_stock = has(VariableKind::Stock);
    add(has_stock, Cow::Borrowed("stock"), &|| stock_sample(measure));
    let has_rate = has(VariableKind::Rate);
    add(
        has_rate,
        Cow::Borrowed("flow, with its valve"),
        &rate_sample,
    );
    let has_cloud = scene.pipes().values().any(|pipe| pipe.bounds.is_some());
    let words = "cloud: outside the model";
    add(has_cloud, Cow::Borrowed(words), &cloud_sample);
    for colour in Colour::ALL {
        if let Some(words) = colour_words(document, colour) {
            add(true, Cow::Owned(words), &|| colour_sample(colour));
        }
    }
    for (kind, words) in STATIONS {
        let is_used = document.stations().values().any(|one| one.kind == kind);
        add(is_used, Cow::Borrowed(words), &|| {
            station_sample(kind, document, measure)
        });
    }
    for (value, words) in VALUES {
        let mut stations = document.stations().values();
        let is_used = stations.any(|one| one.kind == StationKind::Step && one.value == value);
        add(is_used, Cow::Borrowed(words), &|| {
            value_sign(value, Point::default())
        });
    }
    for (kind, words) in FLOWS {
        let is_used = document.flows().values().any(|one| one.kind == kind);
        add(is_used, Cow::Borrowed(words), &|| {
            flow_sample(kind, measure)
        });
    }
    add(
        scene.has_ladder(),
        Cow::Borrowed("waiting above, work below"),
        &ladder_sample,
    );
    let has = |is: fn(&Amount) -> bool| measures(document).any(|measure| is(&measure.amount));
    let is_guessed = has(|amount| matches!(amount, Amount::Guessed(_)));
    add(is_guessed, Cow::Borrowed("a guess"), &|| {
        words_sample("~ 2", Ink::Text, measure)
    });
    let is_unknown = has(|amount| matches!(amount, Amount::Unknown));
    add(is_unknown, Cow::Borrowed("not known yet"), &|| {
        words_sample("?", Ink::Accent, measure)
    });
    entries
}

const LINKS: [(Polarity, &str); 3] = [
    (Polarity::Positive, "same direction: more makes more"),
    (Polarity::Negative, "opposite direction: more makes less"),
    (Polarity::Unknown, "no sign yet"),
];

/// A link of middling strength says nothing of it.
const STRENGTHS: [(Strength, &str); 2] = [
    (Strength::Strong, "strong link"),
    (Strength::Weak, "weak link"),
];

const LOOPS: [(LoopPolarity, &str, &str); 3] = [
    (LoopPolarity::Reinforcing, "R", "reinforcing loop"),
    (LoopPolarity::Balancing, "B", "balancing loop"),
    (LoopPolarity::Undetermined, "?", "unsigned loop"),
];

const STATIONS: [(StationKind, &str); 6] = [
    (StationKind::Step, "process step"),
    (StationKind::Queue, "queue: work waits"),
    (StationKind::Supermarket, "supermarket"),
    (StationKind::Supplier, "supplier"),
    (StationKind::Customer, "customer"),
    (StationKind::Control, "control"),
];

const VALUES: [(StepValue, &str); 3] = [
    (
        StepValue::ValueAdding,
        "value-adding: the customer would pay for it",
    ),
    (StepValue::Necessary, "necessary, but not value-adding"),
    (StepValue::Waste, "waste: nobody needs it"),
];

const FLOWS: [(FlowKind, &str); 6] = [
    (FlowKind::Push, "push: passed on when done"),
    (FlowKind::Pull, "pull: taken when needed"),
    (FlowKind::Fifo, "FIFO lane: in order, up to a limit"),
    (FlowKind::Rework, "rework: goes back"),
    (FlowKind::ManualInformation, "information by people"),
    (FlowKind::ElectronicInformation, "information by machines"),
];

/// What is stated of stations and flows.
fn measures(document: &Document) -> impl Iterator<Item = &Measure> {
    let stations = document.stations().values().map(|one| &one.measures);
    let flows = document.flows().values().map(|one| &one.measures);
    let all = stations.chain(flows).flat_map(|measures| measures.iter());
    all.map(|(_, measure)| measure)
}

/// The ends of an arrow as long as a sample, without anything to be seen there.
fn ends() -> [Rect; 2] {
    let end = |x: f64| Rect::centered(Point::new(x, 0.0), 0.0, 0.0);
    [end(-SAMPLE.x / 2.0), end(SAMPLE.x / 2.0)]
}

fn link_sample(polarity: Polarity, delay: Delay) -> Vec<Primitive> {
    let link = Link {
        polarity,
        delay,
        ..Link::new(NOBODY, NOBODY_ELSE, 0.0)
    };
    let [from, to] = ends();
    let shape = link_shape(NOBODY, &link, 0.0, &from, &to);
    fitted(shape.primitives, &shape.bounds)
}

fn strength_sample(strength: Strength) -> Vec<Primitive> {
    let link = Link {
        strength,
        ..Link::new(NOBODY, NOBODY_ELSE, 0.0)
    };
    let [from, to] = ends();
    let shape = link_shape(NOBODY, &link, 0.0, &from, &to);
    without_words(fitted(shape.primitives, &shape.bounds))
}

/// What a colour that variables have means: the tag that all of these share, else the colour itself;
/// none where no variable has it.
fn colour_words(document: &Document, colour: Colour) -> Option<String> {
    let variables = document.variables().values();
    let mut coloured = variables.filter(|variable| variable.colour == Some(colour));
    let first = coloured.next()?;
    let mut shared: Vec<&str> = first.tags.iter().collect();
    for variable in coloured {
        shared.retain(|tag| variable.tags.iter().any(|other| other == *tag));
    }
    Some(match shared.first() {
        Some(tag) => format!("{}: tagged {tag}", colour.name()),
        None => format!("{}: as coloured", colour.name()),
    })
}

fn colour_sample(colour: Colour) -> Vec<Primitive> {
    let path = Path::rounded(&Rect::centered(Point::default(), 34.0, 18.0), 4.0);
    vec![
        Primitive::Fill {
            path: path.clone(),
            ink: Ink::Tint(colour),
        },
        Primitive::Line {
            path,
            stroke: Stroke::solid(Ink::Colour(colour), 1.5),
        },
    ]
}

fn flow_sample(kind: FlowKind, measure: &dyn MeasureText) -> Vec<Primitive> {
    let flow = Flow::new(NOBODY, NOBODY_ELSE, kind);
    let [from, to] = ends();
    let ways = curves_between(false, &from, &to, 0.0);
    let shape = flow_shape(NOBODY, &flow, ways, measure);
    let mut way = shape.primitives;
    way.truncate(shape.way);
    fitted(way, &shape.curve.bounds().grown(8.0))
}

fn badge_sample(polarity: LoopPolarity, code: &str, measure: &dyn MeasureText) -> Vec<Primitive> {
    let named = NamedLoop {
        key: LoopKey::new([]),
        code: code.to_owned(),
        polarity,
        delay: Delay::None,
        links: Vec::new(),
        variables: Vec::new(),
    };
    let at = Point::default();
    let shape = badge_shape(&named, None, at, Turn::Clockwise, 1.0, measure);
    fitted(shape.primitives, &shape.rect)
}

fn stock_sample(measure: &dyn MeasureText) -> Vec<Primitive> {
    let stock = Variable {
        kind: VariableKind::Stock,
        ..Variable::default()
    };
    let shape = variable_shape(NOBODY, &stock, measure);
    without_words(fitted(shape.primitives, &shape.rect))
}

fn rate_sample() -> Vec<Primitive> {
    let (left, right) = (
        Point::new(-SAMPLE.x / 2.0, 0.0),
        Point::new(SAMPLE.x / 2.0, 0.0),
    );
    let ends = [left, right].map(|at| Rect::centered(at, 0.0, 0.0));
    pipe_sample(&ends)
}

fn cloud_sample() -> Vec<Primitive> {
    let cloud = Rect::centered(Point::default(), CLOUD.x, CLOUD.y);
    let parts = draw_cloud(&cloud, Ink::Line, LinkSizes::NATURAL);
    fitted(parts, &cloud)
}

fn station_sample(
    kind: StationKind,
    document: &Document,
    measure: &dyn MeasureText,
) -> Vec<Primitive> {
    let station = Station {
        kind,
        ..Station::default()
    };
    let pack = document.properties().stream.pack;
    let shape = station_shape(NOBODY, &station, pack, measure);
    let mut picture = shape.primitives;
    let mut rect = shape.rect;
    if let Some(words) = &shape.words {
        picture.truncate(words.frame);
        // Below the picture of a store stands its name, on paper for both.
        if words.place == Place::Below {
            picture.remove(0);
            rect.bottom = rect.top + words.picture;
        }
    }
    fitted(picture, &rect)
}

fn ladder_sample() -> Vec<Primitive> {
    let at = |x: f64, y: f64| Segment::Line(Point::new(x, y));
    let path = Path(vec![
        Segment::Move(Point::new(-26.0, -6.0)),
        at(-6.0, -6.0),
        at(-6.0, 6.0),
        at(12.0, 6.0),
        at(12.0, -6.0),
        at(26.0, -6.0),
    ]);
    let stroke = Stroke::solid(Ink::Line, 1.6);
    vec![Primitive::Line { path, stroke }]
}

fn words_sample(words: &str, ink: Ink, measure: &dyn MeasureText) -> Vec<Primitive> {
    vec![Primitive::Text {
        text: words.to_owned(),
        at: Point::default(),
        width: measure.width(words, Font::DATA),
        align: Align::Center,
        font: Font::DATA,
        ink,
    }]
}

fn without_words(mut primitives: Vec<Primitive>) -> Vec<Primitive> {
    primitives.retain(|part| !matches!(part, Primitive::Text { .. }));
    primitives
}

/// What stands in this box, made small enough for a sample and brought about the origin.
fn fitted(primitives: Vec<Primitive>, rect: &Rect) -> Vec<Primitive> {
    let (across, down) = (SAMPLE.x / rect.width(), SAMPLE.y / rect.height());
    let factor = across.min(down).min(1.0);
    let middle = rect.center();
    let parts = primitives.iter();
    let parts = parts.map(|part| part.magnified(middle, factor));
    parts
        .map(|part| part.moved(Point::default() - middle))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Element};
    use crate::scene::EstimatedText;

    #[test]
    fn colours_strengths_and_values_are_explained_where_they_are_used() {
        let id = Id::from_bits;
        let variable = |colour: Option<Colour>, tags: &[&str]| {
            Element::Variable(Variable {
                colour,
                tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
                ..Variable::default()
            })
        };
        let empty = Document::default();
        let mut edit = Edit::new(&empty);
        edit.set(
            id(1),
            Some(variable(Some(Colour::Red), &["people", "team"])),
        );
        edit.set(id(2), Some(variable(Some(Colour::Red), &["people"])));
        edit.set(id(3), Some(variable(Some(Colour::Blue), &[])));
        let mut link = Link::new(id(1), id(2), 0.0);
        link.strength = Strength::Strong;
        edit.set(id(4), Some(Element::Link(link)));
        let station = Station {
            value: StepValue::Waste,
            ..Station::default()
        };
        edit.set(id(5), Some(Element::Station(station)));
        let mut document = Document::default();
        document.apply(&edit.finish()).unwrap();
        let scene = Scene::new(&document, &EstimatedText);
        let entries = entries(&document, &scene, &EstimatedText);
        let words: Vec<&str> = entries.iter().map(|entry| entry.words.as_ref()).collect();
        assert_eq!(
            words,
            [
                "no sign yet",
                "strong link",
                "red: tagged people",
                "blue: as coloured",
                "process step",
                "waste: nobody needs it",
            ]
        );
        assert!(entries.iter().all(|entry| !entry.sample.is_empty()));
    }
}
