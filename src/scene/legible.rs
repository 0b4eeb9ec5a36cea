//! What is shown at small scales, on the screen alone: names and key figures at a size that can be
//! read, details left out, and of two names that would lie on each other the more important one.

use crate::model::{Document, Id, Point, Records, Rect, Vector};

use super::badge::{BADGE_RADIUS, BadgeShape};
use super::build::{Scene, drawn_bend, paint_order};
use super::caption::{Breaks, Place, Words, caption};
use super::link::{Dress, LinkShape, LinkSizes, clear_of_names, curves_between, dressed_link};
use super::marks::seen_tag;
use super::node::{NodeForm, NodeKind, NodeShape, Valve};
use super::pipe::{PipeShape, pipe_link};
use super::primitive::{Path, Primitive};
use super::spatial::SpatialIndex;
use super::text::Font;
use super::theme::Ink;

/// How large letters stay on the screen, in CSS pixels.
pub const READABLE: f64 = 12.0;
/// Names that have little room are no smaller than this, in CSS pixels.
const TIGHT: f64 = 11.0;
/// Details are left out where their letters would be smaller than this, in CSS pixels.
const LEAST: f64 = 11.0;
/// A name that gives way to a more important one is drawn as large as it is down to this, in CSS
/// pixels, where it has room; else a bar stands for it.
const SMALL: f64 = 7.0;
/// How long an arrow head is on the screen at least, as a part of what it is at 100 %.
const LEAST_HEAD: f64 = 0.66;
/// How wide the line of a link is on the screen at least, as a part of what it is at 100 %.
const LEAST_LINE: f64 = 0.6;
/// The words on links are shown, in letters that can be read, where a world unit is no smaller than
/// this, in CSS pixels.
const LEAST_LABEL: f64 = 0.5;
/// Links are drawn to the larger names where there are no more than this.
const MOST_LINKS: usize = 500;
/// And where a world unit is no smaller than this, in CSS pixels: nearer the heads would hide them.
const LEAST_ZOOM: f64 = 0.22;

/// How many times as large letters of this size are drawn, so that they can be read.
#[must_use]
pub fn magnified(size: f64, zoom: f64) -> f64 {
    (READABLE / (size * zoom)).max(1.0)
}

/// How large the parts of links are drawn.
fn sizes_at(zoom: f64) -> LinkSizes {
    LinkSizes {
        head: (LEAST_HEAD / zoom).max(1.0),
        sign: magnified(Font::SIGN.size, zoom),
        line: (LEAST_LINE / zoom).max(1.0),
    }
}

/// The outline of a node as it is seen: that of a variable grows with its name.
#[must_use]
pub fn seen_rect(node: &NodeShape, zoom: f64) -> Rect {
    match (node.kind, &node.form) {
        (_, NodeForm::Valve(valve)) => {
            let (square, name) = valve_parts(valve, magnified(node.letters, zoom), zoom);
            square.union(&name)
        }
        (NodeKind::Variable, _) => larger(&node.rect, magnified(node.letters, zoom)),
        (NodeKind::Note | NodeKind::Station, _) => node.rect,
    }
}

/// How far a place is from a node as it is seen: of a rate from its valve or its name, between which
/// pipes and links pass.
pub(super) fn seen_distance(node: &NodeShape, at: Point, zoom: f64) -> f64 {
    match &node.form {
        NodeForm::Valve(valve) => {
            let (square, name) = valve_parts(valve, magnified(node.letters, zoom), zoom);
            square.distance(at).min(name.distance(at))
        }
        NodeForm::Plain | NodeForm::Reservoir => seen_rect(node, zoom).distance(at),
    }
}

/// The square of a valve and the box of its name, so many times as large.
fn valve_parts(valve: &Valve, factor: f64, zoom: f64) -> (Rect, Rect) {
    let head = sizes_at(zoom).head;
    (valve.square(head), valve.name_at(factor, head).1)
}

/// What is seen of the clouds of a rate, and of the pipe that leads there.
#[must_use]
pub fn seen_pipe(pipe: &PipeShape, zoom: f64) -> Vec<Primitive> {
    pipe.seen(sizes_at(zoom))
}

fn larger(rect: &Rect, factor: f64) -> Rect {
    Rect::centered(rect.center(), rect.width() * factor, rect.height() * factor)
}

/// What is seen of a node by itself, whatever is beside it.
#[must_use]
pub fn seen_node(node: &NodeShape, zoom: f64) -> Vec<Primitive> {
    if is_natural(node, zoom) {
        return node.primitives.clone();
    }
    let factor = magnified(node.letters, zoom);
    if let NodeForm::Valve(valve) = &node.form {
        return valve_label(node, valve, Some(factor), zoom).primitives;
    }
    match &node.words {
        None => enlarged(node, factor).primitives,
        Some(words) => boxed(node, words, zoom, |_| true).primitives,
    }
}

/// What is seen of a link or flow by itself.
#[must_use]
pub fn seen_link(scene: &Scene, document: &Document, id: Id, zoom: f64) -> Option<LinkShape> {
    link_between(scene, document, id, zoom, |end| seen_rect(end, zoom))
}

/// What is seen of a link or flow between the outlines that `rect_of` gives its ends.
fn link_between(
    scene: &Scene,
    document: &Document,
    id: Id,
    zoom: f64,
    rect_of: impl Fn(&NodeShape) -> Rect,
) -> Option<LinkShape> {
    let drawn = scene.links().get(&id)?;
    let edge = document.edge(id)?;
    let Some(link) = document.links().get(&id) else {
        let mut flow = drawn.clone();
        if Font::DATA.size * zoom < LEAST {
            flow.primitives.truncate(flow.way);
        }
        return Some(flow);
    };
    let rect = |end: Id| scene.nodes().get(&end).map(&rect_of);
    let (from, to) = (rect(edge.from)?, rect(edge.to)?);
    let port = |end: Id, rect: Rect| match scene.valve_of(end) {
        Some(valve) => {
            let node = scene.nodes().get(&end);
            let factor = node.map_or(1.0, |node| magnified(node.letters, zoom));
            let (square, name) = valve_parts(valve, factor, zoom);
            (square, Some(name))
        }
        None => (rect, None),
    };
    let ((from_port, from_name), (to_port, to_name)) = (port(edge.from, from), port(edge.to, to));
    let bend = drawn_bend(document, id, edge);
    let (spine, curve) = curves_between(edge.is_ring(), &from_port, &to_port, bend);
    let ways = (
        spine,
        clear_of_names(curve, from_name.as_ref(), to_name.as_ref()),
    );
    let dress = Dress {
        sizes: sizes_at(zoom),
        colours: scene.link_colours(),
        label: drawn
            .words
            .as_ref()
            .filter(|_| zoom >= LEAST_LABEL)
            .map(|words| words.magnified(magnified(Font::LINK_LABEL.size, zoom))),
        side: drawn.side,
    };
    let pipe = scene.pipes().get(&edge.from);
    let pipe = pipe.and_then(|pipe| pipe_link(id, link, pipe, &to, &dress));
    if pipe.is_some() {
        return pipe;
    }
    Some(dressed_link(id, link, ways, &from, &to, &dress))
}

/// How many times as large a badge is drawn: as much as its words need, so that those of large loops,
/// which are larger, do not hide the names of variables.
#[must_use]
pub fn badge_factor(badge: &BadgeShape, zoom: f64) -> f64 {
    magnified(Font::BADGE.size * badge.radius / BADGE_RADIUS, zoom)
}

/// Where the name of a loop stands, for its badge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NamePlace {
    /// Below it.
    #[default]
    Below,
    /// Above it, because names of variables stand below.
    Above,
    /// Nowhere: names of variables have all the room. A loop that is pointed at shows its name.
    Nowhere,
}

/// The paper under the name of a loop as it is seen in a place; `None` without a name there.
fn plate(badge: &BadgeShape, zoom: f64, place: NamePlace) -> Option<Rect> {
    let factor = badge_factor(badge, zoom);
    let name = badge.primitives[badge.named_from..].first()?;
    let below = name.magnified(badge.center, factor).bounds()?;
    match place {
        NamePlace::Below => Some(below),
        NamePlace::Above => Some(below.moved(lift(badge, &below))),
        NamePlace::Nowhere => None,
    }
}

/// From below a badge to above it.
fn lift(badge: &BadgeShape, below: &Rect) -> Vector {
    Vector::new(0.0, 2.0 * (badge.center.y - below.center().y))
}

/// What is seen of a badge with its name in a place.
fn badge_named(badge: &BadgeShape, zoom: f64, place: NamePlace) -> (Rect, Vec<Primitive>) {
    let (about, factor) = (badge.center, badge_factor(badge, zoom));
    let (own, name) = badge.primitives.split_at(badge.named_from);
    let seen = |part: &Primitive| part.magnified(about, factor);
    let mut primitives: Vec<Primitive> = own.iter().map(seen).collect();
    let side = 2.0 * (badge.radius + 3.0) * factor;
    let rect = Rect::centered(about, side, side);
    let (Some(below), Some(plate)) = (
        plate(badge, zoom, NamePlace::Below),
        plate(badge, zoom, place),
    ) else {
        return (rect, primitives);
    };
    let offset = plate.center() - below.center();
    primitives.extend(name.iter().map(|part| seen(part).moved(offset)));
    (rect.union(&plate), primitives)
}

/// What is seen of a badge: its code and its name can always be read.
#[must_use]
pub fn seen_badge(badge: &BadgeShape, zoom: f64) -> (Rect, Vec<Primitive>) {
    let factor = badge_factor(badge, zoom);
    let about = badge.center;
    let primitives = badge.primitives.iter();
    let primitives = primitives.map(|primitive| primitive.magnified(about, factor));
    let corner = |at: Point| about + (at - about) * factor;
    let rect = Rect::from_points(
        corner(Point::new(badge.rect.left, badge.rect.top)),
        corner(Point::new(badge.rect.right, badge.rect.bottom)),
    );
    (rect, primitives.collect())
}

/// Whether a node is drawn as it is.
fn is_natural(node: &NodeShape, zoom: f64) -> bool {
    let least = match node.kind {
        NodeKind::Variable => READABLE,
        NodeKind::Station | NodeKind::Note => LEAST,
    };
    node.letters * zoom >= least
}

/// What is drawn in the place of a node.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The box around it.
    pub rect: Rect,
    /// What is drawn.
    pub primitives: Vec<Primitive>,
    /// Where links end.
    outline: Rect,
    /// Whether the name is shown: a valve is drawn without one too.
    is_named: bool,
    /// The outline of the node, which is drawn where it has no label.
    home: Rect,
    order: (i32, NodeKind, Id),
}

/// The picture at a zoom.
#[derive(Clone, Debug, Default)]
pub struct Legible {
    /// CSS pixels for a world unit.
    pub zoom: f64,
    labels: Records<Label>,
    index: SpatialIndex<Id>,
    links: Records<LinkShape>,
    link_index: SpatialIndex<Id>,
    // By badge; those beyond have their names below.
    loop_names: Vec<NamePlace>,
}

impl Legible {
    /// What is seen of a scene; without anything where all of it is drawn as it is.
    #[must_use]
    pub fn new(scene: &Scene, document: &Document, zoom: f64) -> Self {
        let mut legible = Self {
            zoom,
            ..Self::default()
        };
        // At 100 % the smallest letters can be read.
        if zoom >= 1.0 || scene.nodes().values().all(|node| is_natural(node, zoom)) {
            return legible;
        }
        legible.place_labels(scene);
        let is_near = zoom >= LEAST_ZOOM && scene.links().len() <= MOST_LINKS;
        let has_words = Font::LINK_LABEL.size * zoom >= READABLE;
        if is_near && !(has_words && sizes_at(zoom) == LinkSizes::NATURAL) {
            let ids = scene.links().keys();
            let rect = |end: &NodeShape| match legible.labels.get(&end.id) {
                Some(label) if end.kind == NodeKind::Variable => label.outline,
                _ => end.rect,
            };
            let link = |id: Id| link_between(scene, document, id, zoom, rect);
            let links = ids.filter_map(|id| Some((*id, link(*id)?)));
            legible.links = links.collect();
            for (id, link) in &legible.links {
                legible.link_index.insert(*id, link.bounds);
            }
        }
        legible
    }

    /// Gives each thing its label, the important ones first: badges, steps, variables by their
    /// links, queues, names of loops.
    fn place_labels(&mut self, scene: &Scene) {
        let zoom = self.zoom;
        let mut taken: SpatialIndex<usize> = SpatialIndex::default();
        let mut count = 0;
        let mut take = |taken: &mut SpatialIndex<usize>, rect: Rect| {
            taken.insert(count, rect);
            count += 1;
        };
        for badge in scene.badges() {
            take(&mut taken, badge_named(badge, zoom, NamePlace::Nowhere).0);
        }
        for tag in scene.marks().iter().filter_map(|mark| seen_tag(mark, zoom)) {
            take(&mut taken, tag);
        }
        for pipe in scene.pipes().values() {
            if let Some(valve) = scene.valve_of(pipe.id) {
                take(&mut taken, valve.square(sizes_at(zoom).head));
            }
        }
        let mut degrees: Records<u32> = Records::new();
        for (from, to) in scene.ends().values() {
            *degrees.entry(*from).or_default() += 1;
            *degrees.entry(*to).or_default() += 1;
        }
        let mut order: Vec<(u8, u32, &NodeShape)> = scene
            .nodes()
            .values()
            .filter(|node| !is_natural(node, zoom))
            .map(|node| {
                let degree = degrees.get(&node.id).copied().unwrap_or_default();
                (rank(node), degree, node)
            })
            .collect();
        // Of two alike the one that is read first, so that the same picture comes of the same
        // content whatever the ids are.
        order.sort_by(|(rank, degree, node), (other_rank, other_degree, other)| {
            let (at, other_at) = (node.rect.center(), other.rect.center());
            rank.cmp(other_rank)
                .then(other_degree.cmp(degree))
                .then(at.y.total_cmp(&other_at.y))
                .then(at.x.total_cmp(&other_at.x))
                .then(node.id.cmp(&other.id))
        });
        for (_, _, node) in order {
            let is_free = |rect: &Rect| taken.touching(&rect.grown(-1.0 / zoom)).is_empty();
            let label = match (&node.words, &node.form) {
                (None, NodeForm::Valve(valve)) => Some(named_valve(node, valve, zoom, is_free)),
                (None, NodeForm::Reservoir) => named_reservoir(node, zoom, is_free),
                (None, NodeForm::Plain) => name_of(node, zoom, is_free),
                (Some(words), _) => Some(boxed(node, words, zoom, is_free)),
            };
            if let Some(label) = label {
                if node.kind != NodeKind::Note {
                    take(&mut taken, label.rect);
                }
                self.index.insert(node.id, label.rect);
                self.labels.insert(node.id, label);
            }
        }
        for badge in scene.badges() {
            let places = [NamePlace::Below, NamePlace::Above];
            let free = places.into_iter().find_map(|place| {
                let plate = plate(badge, zoom, place)?;
                let inner = plate.grown(-1.0 / zoom);
                let hides = |id: &Id| {
                    let node = scene.nodes().get(id);
                    node.is_some_and(|node| {
                        node.kind == NodeKind::Variable && is_natural(node, zoom)
                    })
                };
                let is_free = taken.touching(&inner).is_empty()
                    && !scene.nodes_touching(&inner).iter().any(hides);
                is_free.then_some((place, plate))
            });
            if let Some((_, plate)) = free {
                take(&mut taken, plate);
            }
            let place = free.map_or(NamePlace::Nowhere, |(place, _)| place);
            self.loop_names.push(place);
        }
    }

    /// What is seen of a badge, by its number in the scene, at a zoom near to that of the picture:
    /// its name gives way to those of variables.
    #[must_use]
    pub fn badge(&self, number: usize, badge: &BadgeShape, zoom: f64) -> (Rect, Vec<Primitive>) {
        let place = self.loop_names.get(number).copied().unwrap_or_default();
        match place {
            NamePlace::Below => seen_badge(badge, zoom),
            NamePlace::Above | NamePlace::Nowhere => badge_named(badge, zoom, place),
        }
    }

    /// Whether a node has a label, or needs none.
    #[must_use]
    pub fn shows(&self, node: &NodeShape) -> bool {
        let label = self.labels.get(&node.id);
        label.is_some_and(|label| label.is_named) || is_natural(node, self.zoom)
    }

    /// Whether words that have no label are drawn as bars.
    #[must_use]
    pub fn has_bars(&self) -> bool {
        Font::NAME.size * self.zoom < SMALL
    }

    /// The label of a node, if it has one.
    #[must_use]
    pub fn label(&self, id: Id) -> Option<&Label> {
        self.labels.get(&id)
    }

    /// The labels that touch a box, in the order of painting, each with its node.
    #[must_use]
    pub fn touching(&self, rect: &Rect) -> Vec<(Id, &Label)> {
        let ids = self.index.touching(rect).into_iter();
        let mut labels: Vec<_> = ids
            .filter_map(|id| Some((id, self.labels.get(&id)?)))
            .collect();
        labels.sort_by_key(|(_, label)| label.order);
        labels
    }

    /// What is drawn of a link or flow: without a sign or words that nobody could read.
    #[must_use]
    pub fn drawn<'a>(&'a self, link: &'a LinkShape) -> &'a [Primitive] {
        if let Some(seen) = self.links.get(&link.id) {
            return &seen.primitives;
        }
        let is_read = |primitive: &Primitive| match primitive {
            Primitive::Text { font, .. } => font.size * self.zoom >= SMALL,
            Primitive::Fill { .. } | Primitive::Line { .. } | Primitive::Image { .. } => true,
        };
        let (signed, words) = link.primitives.split_at(link.signed);
        if !signed[link.way..].iter().all(is_read) {
            &signed[..link.way]
        } else if words.iter().all(is_read) {
            &link.primitives
        } else {
            signed
        }
    }

    /// The box around a link as it is drawn, where it is drawn to larger names.
    #[must_use]
    pub fn bounds_of_link(&self, id: Id) -> Option<Rect> {
        self.links.get(&id).map(|link| link.bounds)
    }

    /// The links that are drawn in a box, in rising order.
    #[must_use]
    pub fn links_touching(&self, scene: &Scene, rect: &Rect) -> Vec<Id> {
        if self.links.is_empty() {
            scene.links_touching(&rect.grown(self.link_margin()))
        } else {
            self.link_index.touching(rect)
        }
    }

    /// How far a link may be drawn beyond what it is in the scene, in world units.
    fn link_margin(&self) -> f64 {
        2.0 * Font::SIGN.size * (sizes_at(self.zoom).sign - 1.0)
    }

    /// The boxes in which two pictures of one zoom differ.
    #[must_use]
    pub fn differing(&self, other: &Self) -> Vec<Rect> {
        let mut parts = Vec::new();
        for (one, two) in [(self, other), (other, self)] {
            let labels = one.labels.iter();
            let changed = labels.filter(|(id, label)| two.labels.get(id) != Some(label));
            // A label may stand beside what is drawn without it.
            let boxes = changed.flat_map(|(_, label)| [label.rect, label.home]);
            parts.extend(boxes.map(|rect| rect.grown(2.0 / self.zoom)));
            let links = one.links.iter();
            let changed = links.filter(|(id, link)| two.links.get(id) != Some(link));
            parts.extend(changed.map(|(_, link)| link.bounds.grown(1.0 / self.zoom)));
        }
        parts
    }
}

/// Which come first.
fn rank(node: &NodeShape) -> u8 {
    match node.words.as_ref().map(|words| words.place) {
        Some(Place::Inside) => 0,
        None => 1,
        Some(Place::Below) => 2,
        Some(Place::Note | Place::Burst) => 3,
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
fn valve_label(node: &NodeShape, valve: &Valve, name: Option<f64>, zoom: f64) -> Label {
    let head = sizes_at(zoom).head;
    let (drawn, letters) = node.primitives.split_at(valve.drawn);
    let drawn = drawn.iter();
    let mut primitives: Vec<_> = drawn
        .map(|primitive| primitive.magnified(valve.middle, head))
        .collect();
    let mut rect = valve.square(head);
    let outline = rect;
    if let Some(factor) = name {
        let (shift, box_of_name) = valve.name_at(factor, head);
        let foot = valve.foot();
        let letters = letters.iter();
        let letters = letters.map(|part| part.magnified(foot, factor).moved(shift));
        primitives.extend(letters);
        rect = rect.union(&box_of_name);
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

/// The valve of a rate, with its name as large as it has room for.
fn named_valve(
    node: &NodeShape,
    valve: &Valve,
    zoom: f64,
    is_free: impl Fn(&Rect) -> bool,
) -> Label {
    let most = magnified(node.letters, zoom);
    let tight = (most * TIGHT / READABLE).max(1.0);
    let natural = (node.letters * zoom >= SMALL).then_some(1.0);
    let mut factors = [most, tight].into_iter().chain(natural);
    let factor = factors.find(|factor| is_free(&valve_parts(valve, *factor, zoom).1));
    valve_label(node, valve, factor, zoom)
}

/// A stock with pipes: larger with its name where that covers no valve, else as it is with its name
/// below or above it. It stays where it is, because the pipes end there.
fn named_reservoir(node: &NodeShape, zoom: f64, is_free: impl Fn(&Rect) -> bool) -> Option<Label> {
    let most = magnified(node.letters, zoom);
    let tight = (most * TIGHT / READABLE).max(1.0);
    let natural = (node.letters * zoom >= SMALL).then_some(1.0);
    let mut factors = [most, tight].into_iter().chain(natural);
    if let Some(factor) = factors.find(|factor| is_free(&larger(&node.rect, *factor))) {
        return Some(enlarged(node, factor));
    }
    let is_text = |part: &&Primitive| matches!(part, Primitive::Text { .. });
    let letters = node.primitives.iter().filter(is_text);
    let middle = node.rect.center();
    let letters: Vec<_> = letters.map(|part| part.magnified(middle, tight)).collect();
    let words = letters.iter().filter_map(Primitive::bounds);
    let words = words.reduce(|all, part| all.union(&part))?;
    let gap = 2.0 / zoom;
    let below = node.rect.bottom + gap - words.top;
    let above = node.rect.top - gap - words.bottom;
    let mut places = [below, above].into_iter();
    let shift = places.find_map(|down| {
        let shift = Vector::new(0.0, down);
        is_free(&words.moved(shift)).then_some(shift)
    })?;
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
fn name_of(node: &NodeShape, zoom: f64, is_free: impl Fn(&Rect) -> bool) -> Option<Label> {
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
fn boxed(node: &NodeShape, words: &Words, zoom: f64, is_free: impl Fn(&Rect) -> bool) -> Label {
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
