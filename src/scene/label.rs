//! What is drawn in the place of a node at a small scale: its name as large as it has room for.

use crate::model::{Id, Rect, Vector};

use super::caption::{Breaks, Words, caption};
use super::connector::Heading;
use super::contents::paint_order;
use super::magnify::{READABLE, is_natural, larger, magnified, sizes_at, valve_parts};
use super::node::{NodeForm, NodeKind, NodeShape, Valve};
use super::pipe::PipeShape;
use super::pipe_way::VALVE_HALF;
use super::primitive::{Path, Primitive};
use super::theme::Ink;

/// Names that have little room are no smaller than this, in CSS pixels.
const TIGHT: f64 = 11.0;
/// A name that gives way to a more important one is drawn as large as it is down to this, in CSS
/// pixels, where it has room; else a bar stands for it.
pub(super) const SMALL: f64 = 7.0;
/// How far a name stands aside at the foot of a valve or a stock, as a part of its width.
const ALONG: [f64; 3] = [0.0, -0.4, 0.4];

/// What is drawn in the place of a node.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The box around it.
    pub rect: Rect,
    /// What is drawn.
    pub primitives: Vec<Primitive>,
    /// Where links end.
    pub(super) outline: Rect,
    /// Whether the name is shown: a valve is drawn without one too.
    pub(super) is_named: bool,
    /// The outline of the node, which is drawn where it has no label.
    pub(super) home: Rect,
    /// When it is painted.
    pub(super) order: (i32, NodeKind, Id),
}

/// What is seen of a node by itself, whatever is beside it.
#[must_use]
pub fn seen_node(node: &NodeShape, zoom: f64) -> Vec<Primitive> {
    if is_natural(node, zoom) {
        return node.primitives.clone();
    }
    let factor = magnified(node.letters, zoom);
    if let NodeForm::Valve(valve) = &node.form {
        let name = NameOfValve::at_home(valve, factor, zoom);
        return valve_label(node, valve, Some(name), zoom).primitives;
    }
    match &node.words {
        None => enlarged(node, factor).primitives,
        Some(words) => boxed(node, words, zoom, |_| true).primitives,
    }
}

/// A node drawn so many times as large.
fn enlarged(node: &NodeShape, factor: f64) -> Label {
    let center = node.rect.center();
    let primitives = node.primitives.iter();
    let primitives = primitives.map(|primitive| primitive.magnified(center, factor));
    let rect = larger(&node.rect, factor);
    Label {
        rect,
        primitives: primitives.collect(),
        outline: rect,
        is_named: true,
        home: node.rect,
        order: paint_order(node),
    }
}

/// A valve as large as the pipe at it, with its name so many times as large, or without.
fn valve_label(node: &NodeShape, valve: &Valve, name: Option<NameOfValve>, zoom: f64) -> Label {
    let head = sizes_at(zoom).head;
    let (drawn, letters) = node.primitives.split_at(valve.drawn);
    let drawn = drawn.iter();
    let mut primitives: Vec<_> = drawn
        .map(|primitive| primitive.magnified(valve.middle, head))
        .collect();
    let mut rect = valve.square(head);
    let outline = rect;
    if let Some(name) = name {
        let middle = valve.name.center();
        let shift = name.rect.center() - middle;
        let letters = letters.iter();
        let letters = letters.map(|part| part.magnified(middle, name.factor).moved(shift));
        primitives.extend(letters);
        rect = rect.union(&name.rect);
    }
    Label {
        rect,
        primitives,
        outline,
        is_named: name.is_some(),
        home: node.rect,
        order: paint_order(node),
    }
}

/// The name of a valve in a place.
#[derive(Clone, Copy)]
struct NameOfValve {
    /// How many times as large its letters are.
    factor: f64,
    /// Its box.
    rect: Rect,
}

impl NameOfValve {
    /// The name in its own place.
    fn at_home(valve: &Valve, factor: f64, zoom: f64) -> Self {
        let rect = valve_parts(valve, factor, zoom).1;
        Self { factor, rect }
    }

    /// The name on a side of its valve, so far aside there.
    fn beside(valve: &Valve, factor: f64, zoom: f64, (side, along): (Heading, f64)) -> Self {
        let out = side.vector();
        let half = Vector::new(valve.name.width(), valve.name.height()) * (factor / 2.0);
        let away = VALVE_HALF * sizes_at(zoom).head + out.x.abs() * half.x + out.y.abs() * half.y;
        let aside = Vector::new(2.0 * half.x * out.y.abs(), 2.0 * half.y * out.x.abs()) * along;
        let middle = valve.middle + out * away + aside;
        let rect = Rect::centered(middle, 2.0 * half.x, 2.0 * half.y);
        Self { factor, rect }
    }
}

/// The valve of a rate, with its name as large as it has room for: on its side of the valve, or on
/// another where it covers nothing and not its own pipe.
pub(super) fn named_valve(
    node: &NodeShape,
    valve: &Valve,
    pipe: Option<&PipeShape>,
    zoom: f64,
    is_free: impl Fn(&Rect) -> bool,
) -> Label {
    let most = magnified(node.letters, zoom);
    let tight = (most * TIGHT / READABLE).max(1.0);
    let at_home = |factor| NameOfValve::at_home(valve, factor, zoom);
    let sides = Heading::ALL
        .into_iter()
        .flat_map(|side| ALONG.map(|along| (side, along)));
    let aside = sides.map(|place| NameOfValve::beside(valve, tight, zoom, place));
    let covers_pipe = |name: &NameOfValve| {
        let halves = pipe.into_iter().flat_map(PipeShape::halves);
        let mut ways = halves.map(|(_, half)| half.route.way);
        ways.any(|way| !way.crossings(&name.rect).is_empty())
    };
    let aside = aside.filter(|name| !covers_pipe(name));
    let natural = (node.letters * zoom >= SMALL).then(|| at_home(1.0));
    let readable = [most, tight].map(at_home).into_iter();
    let mut names = readable.chain(aside).chain(natural);
    let name = names.find(|name| is_free(&name.rect));
    valve_label(node, valve, name, zoom)
}

/// A stock with pipes: larger with its name where that covers no valve, else as it is with its name
/// below, above or beside it. It stays where it is, because the pipes end there.
pub(super) fn named_reservoir(
    node: &NodeShape,
    zoom: f64,
    is_free: impl Fn(&Rect) -> bool,
) -> Option<Label> {
    let most = magnified(node.letters, zoom);
    let tight = (most * TIGHT / READABLE).max(1.0);
    let mut factors = [most, tight].into_iter();
    if let Some(factor) = factors.find(|factor| is_free(&larger(&node.rect, *factor))) {
        return Some(enlarged(node, factor));
    }
    let natural = (node.letters * zoom >= SMALL).then_some(1.0);
    name_beside(node, tight, zoom, &is_free).or_else(|| {
        let natural = natural.filter(|_| is_free(&node.rect))?;
        Some(enlarged(node, natural))
    })
}

/// A stock as it is, with its name so many times as large beside it.
fn name_beside(
    node: &NodeShape,
    factor: f64,
    zoom: f64,
    is_free: impl Fn(&Rect) -> bool,
) -> Option<Label> {
    let is_text = |part: &&Primitive| matches!(part, Primitive::Text { .. });
    let letters = node.primitives.iter().filter(is_text);
    let middle = node.rect.center();
    let letters: Vec<_> = letters.map(|part| part.magnified(middle, factor)).collect();
    let words = letters.iter().filter_map(Primitive::bounds);
    let words = words.reduce(|all, part| all.union(&part))?;
    let gap = 2.0 / zoom;
    let below = node.rect.bottom + gap - words.top;
    let above = node.rect.top - gap - words.bottom;
    let right = node.rect.right + gap - words.left;
    let left = node.rect.left - gap - words.right;
    let over = [below, above]
        .into_iter()
        .flat_map(|down| ALONG.map(|along| Vector::new(along * words.width(), down)));
    let beside = [right, left].map(|across| Vector::new(across, 0.0));
    let mut shifts = over.chain(beside);
    let shift = shifts.find(|shift| is_free(&words.moved(*shift)))?;
    let paper = words.moved(shift);
    let frame = node.primitives.iter().filter(|part| !is_text(part));
    let mut primitives: Vec<_> = frame.cloned().collect();
    primitives.push(Primitive::Fill {
        path: Path::rounded(&paper, 3.0 / zoom),
        ink: Ink::Paper,
    });
    primitives.extend(letters.iter().map(|part| part.moved(shift)));
    Some(Label {
        rect: node.rect.union(&paper).grown(1.0),
        primitives,
        outline: node.rect,
        is_named: true,
        home: node.rect,
        order: paint_order(node),
    })
}

/// The name of a variable where it has room, as large as it has room for: in its place, or a little
/// beside it, so that it still lies over where its links end.
pub(super) fn name_of(
    node: &NodeShape,
    zoom: f64,
    is_free: impl Fn(&Rect) -> bool,
) -> Option<Label> {
    const ASIDE: [(f64, f64); 9] = [
        (0.0, 0.0),
        (0.0, -0.5),
        (0.0, 0.5),
        (-0.3, 0.0),
        (0.3, 0.0),
        (-0.3, -0.5),
        (0.3, -0.5),
        (-0.3, 0.5),
        (0.3, 0.5),
    ];
    let most = magnified(node.letters, zoom);
    let tight = (most * TIGHT / READABLE).max(1.0);
    let readable = [most, tight]
        .into_iter()
        .flat_map(|factor| ASIDE.map(|aside| (factor, aside)));
    let natural = (node.letters * zoom >= SMALL).then_some((1.0, (0.0, 0.0)));
    let places = readable.chain(natural).map(|(factor, (x, y))| {
        let rect = larger(&node.rect, factor);
        (factor, Vector::new(x * rect.width(), y * rect.height()))
    });
    let mut free =
        places.filter(|(factor, offset)| is_free(&larger(&node.rect, *factor).moved(*offset)));
    let (factor, offset) = free.next()?;
    let mut label = enlarged(node, factor);
    if offset != Vector::ZERO {
        label.rect = label.rect.moved(offset);
        label.outline = label.rect;
        for primitive in &mut label.primitives {
            *primitive = primitive.moved(offset);
        }
    }
    Some(label)
}

/// A station or note: its outline, with as much in it as can be read.
pub(super) fn boxed(
    node: &NodeShape,
    words: &Words,
    zoom: f64,
    is_free: impl Fn(&Rect) -> bool,
) -> Label {
    let frame = node.primitives[..words.frame].iter();
    let is_words = |primitive: &&Primitive| matches!(primitive, Primitive::Text { .. });
    let mut primitives: Vec<_> = frame.filter(|part| !is_words(part)).cloned().collect();
    let mut rect = node.rect;
    let within = |part: &Rect| node.rect.contains_rect(part);
    let mut found = [Breaks::BetweenWords, Breaks::Anywhere]
        .into_iter()
        .filter_map(|breaks| caption(words, &node.rect, zoom, breaks));
    if let Some(found) = found.find(|found| within(&found.rect) || is_free(&found.rect)) {
        let paper = found.rect.grown(2.0 / zoom);
        if !within(&found.rect) {
            primitives.push(Primitive::Fill {
                path: Path::rounded(&paper, 3.0 / zoom),
                ink: Ink::Paper,
            });
        }
        rect = rect.union(&paper);
        primitives.extend(found.lines);
    }
    Label {
        rect: rect.grown(1.0),
        primitives,
        outline: node.rect,
        is_named: true,
        home: node.rect,
        order: paint_order(node),
    }
}
