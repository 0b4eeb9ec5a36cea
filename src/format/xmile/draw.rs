//! What an XMILE text draws: its views, or its equations where it has none.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::causes::{Causes, causes, within};
use super::elements::{is_module, kind_of, number, position_of, reference_of, remark_of};
use super::losses::Losses;
use super::names::{in_sentence, key};
use super::source::Source;
use crate::format::foreign::formula::Mentioned;
use crate::format::foreign::{
    Assumption, Drawing, DrawnLink, DrawnVariable, Frame, OWN_VIEW, Reading, Scaling, Stands,
    bend_of_angle, scales, sign,
};
use crate::format::xml::{child, children, text_of};
use crate::model::{Delay, Link, Point, Polarity, VariableKind};

/// World units to a unit of a view at least: Loopstream's words are so much larger.
pub const SCALE: f64 = 2.0;

/// The drawing of a text, with where its records come from.
#[derive(Debug)]
pub struct Drawn<'a, 'i> {
    /// What is drawn.
    pub drawing: Drawing,
    /// Where each view lies.
    pub frames: Vec<Frame>,
    /// Of each variable: its definitions and what shows it.
    pub variables: Vec<Origin<'a, 'i>>,
    /// Of each link, what says it.
    pub links: Vec<LinkOrigin<'a, 'i>>,
    /// Of each note: its view and its text box.
    pub notes: Vec<(usize, Node<'a, 'i>)>,
    /// The variables by their keys.
    pub by_key: BTreeMap<String, usize>,
    /// What the references of each view stand for, and where that is.
    pub ends: Vec<Ends>,
    /// What the equations say.
    pub causes: Causes,
}

/// Where a variable comes from.
#[derive(Clone, Debug, Default)]
pub struct Origin<'a, 'i> {
    /// Its definitions; more than one only in a damaged text.
    pub definitions: Vec<Node<'a, 'i>>,
    /// What shows it, with the view: itself, at first.
    pub objects: Vec<(usize, Node<'a, 'i>)>,
    /// What shows it once more.
    pub aliases: Vec<(usize, Node<'a, 'i>)>,
}

/// What says a link.
#[derive(Clone, Debug, Default)]
pub struct LinkOrigin<'a, 'i> {
    /// Its connectors, with their views.
    pub connectors: Vec<(usize, Node<'a, 'i>)>,
    /// The inflow or outflow of a stock that it is.
    pub flow: Option<Node<'a, 'i>>,
}

impl LinkOrigin<'_, '_> {
    /// Whether a connector says something of the polarity, and be it that there is none.
    pub fn says_polarity(&self) -> bool {
        let mut connectors = self.connectors.iter();
        connectors.any(|(_, connector)| connector.has_attribute("polarity"))
    }
}

/// What references of a view stand for, and where that is.
pub type Ends = BTreeMap<String, (usize, Option<Point>)>;

/// Finds what is drawn.
pub fn drawing<'a, 'i: 'a>(
    source: &Source<'a, 'i>,
    scaling: Scaling,
    reading: Reading,
) -> Drawn<'a, 'i> {
    let mut drawer = Drawer {
        source,
        reading,
        drawn: Drawn {
            drawing: Drawing::default(),
            frames: Vec::new(),
            variables: Vec::new(),
            links: Vec::new(),
            notes: Vec::new(),
            by_key: BTreeMap::new(),
            ends: Vec::new(),
            causes: Causes::default(),
        },
        causes: Causes::default(),
        by_key: BTreeMap::new(),
        by_ends: BTreeMap::new(),
        losses: Losses::default(),
    };
    drawer.drawn.drawing.title = source
        .title()
        .map(|name| title_in_sentence(name))
        .unwrap_or_default();
    let is_drawn = drawer.collect_variables();
    drawer.causes = causes(source, &|name| drawer.module_of(name));
    if is_drawn {
        drawer.connectors();
    }
    drawer.flows();
    drawer.unsign();
    if reading.is_whole() || drawer.losses.connectors == 0 {
        drawer.derive();
    }
    drawer.place_views(scaling);
    drawer.corners();
    if is_drawn || drawer.drawn.drawing.variables.is_empty() {
        drawer.text_boxes();
    }
    drawer.prove();
    drawer.losses.notes_of(source);
    drawer.losses.offered = drawer.offered();
    drawer.drawn.drawing.warnings = drawer.losses.warnings();
    drawer.drawn.by_key = drawer.by_key;
    drawer.drawn.causes = drawer.causes;
    drawer.drawn
}

/// Whether a view was made here, which a remark in it says.
fn is_own(view: Node<'_, '_>) -> bool {
    let mut remarks = view.children().filter(Node::is_comment);
    remarks.any(|remark| remark.text().map(str::trim) == Some(OWN_VIEW))
}

fn title_in_sentence(name: Node<'_, '_>) -> String {
    let text = text_of(name);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// A drawing in the making.
pub(super) struct Drawer<'s, 'a, 'i> {
    pub(super) source: &'s Source<'a, 'i>,
    reading: Reading,
    pub(super) drawn: Drawn<'a, 'i>,
    pub(super) by_key: BTreeMap<String, usize>,
    pub(super) causes: Causes,
    by_ends: BTreeMap<(usize, usize), Vec<usize>>,
    pub(super) losses: Losses,
}

impl<'a, 'i: 'a> Drawer<'_, 'a, 'i> {
    /// Lays the views out from left to right, and the variables on them.
    fn place_views(&mut self, scaling: Scaling) {
        let views = &self.source.views;
        let origins = self.drawn.variables.iter();
        let stands: Stands = origins
            .map(|origin| {
                let (view, object) = origin.objects.first()?;
                Some((*view, position_of(*object)?))
            })
            .collect();
        let is_own: Vec<bool> = views.iter().copied().map(is_own).collect();
        let scales = scales(scaling, SCALE, &self.drawn.drawing, &stands, &is_own);
        let source = self.source;
        let positions = (0..views.len()).map(|view| {
            let positions = source.objects(view).filter_map(position_of);
            positions.map(|position| position.x)
        });
        let (frames, shown) = Frame::row(scales.into_iter().zip(positions));
        let variables = self.drawn.drawing.variables.iter_mut();
        for (variable, stand) in variables.zip(stands) {
            variable.position = stand.map(|(view, position)| frames[view].world(position));
        }
        (self.drawn.frames, self.losses.views) = (frames, shown);
    }

    /// Finds the variables: those of the views, or all where there is no view. Whether there is one.
    fn collect_variables(&mut self) -> bool {
        let mut shown = Vec::new();
        for (view, node) in self.source.views.iter().enumerate() {
            for object in node.children() {
                if let (Some(kind), Some(name)) = (self.kind_of(object), object.attribute("name"))
                    && position_of(object).is_some()
                {
                    shown.push((key(name), view, object, name, kind));
                }
            }
        }
        for definition in &self.source.variables {
            if let (Some(view), Some(kind), Some(name)) = (
                self.source.own_view,
                self.kind_of(*definition),
                definition.attribute("name"),
            ) {
                let displays = children(*definition, "display");
                let displays = displays.filter(|display| position_of(*display).is_some());
                shown.extend(displays.map(|display| (key(name), view, display, name, kind)));
            }
        }
        let keys: BTreeSet<&String> = shown.iter().map(|(key, ..)| key).collect();
        for definition in &self.source.variables {
            let (Some(kind), Some(name)) =
                (self.kind_of(*definition), definition.attribute("name"))
            else {
                continue;
            };
            let key = key(name);
            if keys.is_empty() || keys.contains(&key) {
                let index = self.variable(&key, name, kind);
                let is_first = self.drawn.variables[index].definitions.is_empty();
                if is_first {
                    self.drawn.drawing.variables[index].remark = remark_of(*definition);
                } else {
                    self.losses.repeated += 1;
                }
                self.drawn.variables[index].definitions.push(*definition);
            } else {
                self.losses.in_no_view.add(in_sentence(name));
            }
        }
        let is_drawn = !shown.is_empty();
        for (key, view, object, name, kind) in shown {
            let index = self.variable(&key, name, kind);
            self.drawn.variables[index].objects.push((view, object));
        }
        for (view, node) in self.source.views.iter().enumerate() {
            for alias in children(*node, "alias") {
                let of = child(alias, "of").map(|of| key(&text_of(of)));
                match of.and_then(|of| self.by_key.get(&of).copied()) {
                    Some(index) => self.drawn.variables[index].aliases.push((view, alias)),
                    None => self.losses.loose_aliases += 1,
                }
            }
        }
        is_drawn
    }

    fn variable(&mut self, key: &str, name: &str, kind: VariableKind) -> usize {
        if let Some(index) = self.by_key.get(key) {
            return *index;
        }
        let index = self.drawn.variables.len();
        self.by_key.insert(key.to_owned(), index);
        self.drawn.drawing.variables.push(DrawnVariable {
            key: key.to_owned(),
            name: in_sentence(name),
            kind,
            remark: String::new(),
            position: None,
        });
        self.drawn.variables.push(Origin::default());
        index
    }

    fn connectors(&mut self) {
        let all = self.ends();
        for (view, ends) in all.iter().enumerate() {
            for connector in children(self.source.views[view], "connector") {
                self.losses.connectors += 1;
                let [from, to] = ["from", "to"].map(|name| child(connector, name));
                let end = |node: Option<Node<'a, 'i>>| {
                    let reference = reference_of(node?);
                    // A name may be of a variable that is shown in another view.
                    let named = reference.strip_prefix("name ");
                    let elsewhere = || Some((*self.by_key.get(named?)?, None));
                    ends.get(&reference).copied().or_else(elsewhere)
                };
                let (Some((from, start)), Some((to, goal))) = (end(from), end(to)) else {
                    self.losses.loose_connectors += 1;
                    continue;
                };
                let mention = self.causes.mention(self.key_of(from), self.key_of(to));
                let is_whole = self.reading.is_whole();
                if is_whole && mention.is_some_and(|mention| !mention.is_cause()) {
                    let (from, to) = self.names_of(from, to);
                    self.losses.at_first.add_link(&from, &to);
                    continue;
                }
                if mention.is_none() && self.causes.is_worked_out(self.key_of(to)) {
                    let (from, to) = self.names_of(from, to);
                    self.losses.unsaid.add_link(&from, &to);
                }
                let bend = match (start, goal, number(connector, "angle")) {
                    (Some(start), Some(goal), Some(angle)) => bend_of_angle(start, goal, angle),
                    _ => 0.0,
                };
                let link = DrawnLink {
                    from,
                    to,
                    polarity: match connector.attribute("polarity").map(str::trim) {
                        Some("+") => Polarity::Positive,
                        Some("-") => Polarity::Negative,
                        _ => Polarity::Unknown,
                    },
                    delay: match connector.attribute("delay_mark").map(str::trim) {
                        Some("true" | "1") => Delay::Delayed,
                        _ => self.delay_of(from, to),
                    },
                    bend: Some(bend),
                    corner: None,
                };
                self.add_link(link, view, connector);
            }
        }
        self.drawn.ends = all;
    }

    /// The module that a name begins with: `module.variable`.
    fn module_of(&self, name: &str) -> Option<String> {
        let (module, _) = within(name).split_once('.')?;
        let index = *self.by_key.get(module)?;
        let mut definitions = self.drawn.variables[index].definitions.iter();
        definitions
            .any(|definition| is_module(*definition))
            .then(|| module.to_owned())
    }

    /// How many more signs would follow if no quantity were ever negative.
    fn offered(&self) -> usize {
        let slopes = self.causes.slopes(Assumption::NeverNegative);
        let links = self.drawn.drawing.links.iter().zip(&self.drawn.links);
        let unsigned = links
            .filter(|(link, origin)| link.polarity == Polarity::Unknown && !origin.says_polarity());
        unsigned
            .filter(|(link, _)| {
                sign(&slopes, self.key_of(link.from), self.key_of(link.to)).is_some()
            })
            .count()
    }

    /// What a definition or an object of a view is, if it is drawn.
    fn kind_of(&self, element: Node<'_, '_>) -> Option<VariableKind> {
        let is_drawn = self.reading.is_whole() || !is_module(element);
        let kind = kind_of(element).filter(|_| is_drawn)?;
        let is_plain = kind == VariableKind::Rate && !self.reading.has_rates();
        Some(if is_plain { VariableKind::Plain } else { kind })
    }

    pub(super) fn key_of(&self, variable: usize) -> &str {
        &self.drawn.drawing.variables[variable].key
    }

    pub(super) fn names_of(&self, from: usize, to: usize) -> (String, String) {
        let name = |variable: usize| self.drawn.drawing.variables[variable].name.clone();
        (name(from), name(to))
    }

    /// Whether all that the equation says of a cause takes time.
    pub(super) fn delay_of(&self, from: usize, to: usize) -> Delay {
        let mention = self.causes.mention(self.key_of(from), self.key_of(to));
        if self.reading.is_whole() && mention.is_some_and(Mentioned::is_delayed) {
            Delay::Delayed
        } else {
            Delay::None
        }
    }

    fn ends(&self) -> Vec<Ends> {
        let mut ends: Vec<Ends> = self.source.views.iter().map(|_| Ends::new()).collect();
        for (index, origin) in self.drawn.variables.iter().enumerate() {
            let name = &self.drawn.drawing.variables[index].key;
            let objects = origin
                .objects
                .iter()
                .map(|(view, object)| (*view, *object, format!("name {name}")));
            let aliases = origin.aliases.iter().map(|(view, alias)| {
                let uid = alias.attribute("uid").unwrap_or_default();
                (*view, *alias, format!("alias {uid}"))
            });
            for (view, object, reference) in objects.chain(aliases) {
                ends[view]
                    .entry(reference)
                    .or_insert((index, position_of(object)));
            }
        }
        ends
    }

    fn add_link(&mut self, link: DrawnLink, view: usize, connector: Node<'a, 'i>) {
        let known = self.by_ends.entry((link.from, link.to)).or_default();
        let links = &mut self.drawn.drawing.links;
        let same = known.iter().copied().find(|other| {
            let standing = links[*other].polarity;
            let unsaid = standing == Polarity::Unknown || link.polarity == Polarity::Unknown;
            standing == link.polarity || unsaid
        });
        if let Some(other) = same {
            if links[other].polarity == Polarity::Unknown {
                links[other].polarity = link.polarity;
            }
            if link.delay == Delay::Delayed {
                links[other].delay = link.delay;
            }
            self.drawn.links[other].connectors.push((view, connector));
            self.losses.repeated_links += 1;
            return;
        }
        known.push(links.len());
        self.losses.bends += usize::from(
            link.bend
                .is_some_and(|bend| bend.abs() >= Link::MAXIMUM_BEND),
        );
        links.push(link);
        self.drawn.links.push(LinkOrigin {
            connectors: vec![(view, connector)],
            flow: None,
        });
    }

    /// The links of flows to their stocks.
    ///
    /// A stock is what has flowed in less what has flowed out. So a flow in raises it and a flow out
    /// lowers it by definition; nothing is guessed.
    fn flows(&mut self) {
        for to in 0..self.drawn.variables.len() {
            for definition in self.drawn.variables[to].definitions.clone() {
                for flow in definition.children().filter(Node::is_element) {
                    let polarity = match flow.tag_name().name() {
                        "inflow" => Polarity::Positive,
                        "outflow" => Polarity::Negative,
                        _ => continue,
                    };
                    match self.by_key.get(&key(&text_of(flow))).copied() {
                        Some(from) => self.add_flow(from, to, polarity, flow),
                        None => self.losses.loose_flows += 1,
                    }
                }
            }
        }
    }

    /// Whether a link between these would be a pipe if it has a sign.
    pub(super) fn is_of_pipe(&self, from: usize, to: usize) -> bool {
        let kind = |index: usize| self.drawn.drawing.variables[index].kind;
        kind(from) == VariableKind::Rate && kind(to) == VariableKind::Stock
    }

    /// Takes the sign from connectors that would be pipes by it, though nothing flows there.
    fn unsign(&mut self) {
        for index in 0..self.drawn.links.len() {
            let link = &self.drawn.drawing.links[index];
            let is_signed = link.polarity != Polarity::Unknown;
            let is_of_pipe = self.is_of_pipe(link.from, link.to);
            if is_signed && is_of_pipe && self.drawn.links[index].flow.is_none() {
                self.drawn.drawing.links[index].polarity = Polarity::Unknown;
                self.losses.no_pipes += 1;
            }
        }
    }

    fn add_flow(&mut self, from: usize, to: usize, polarity: Polarity, flow: Node<'a, 'i>) {
        let is_pipe = self.is_of_pipe(from, to);
        let known = self.by_ends.entry((from, to)).or_default();
        let links = &mut self.drawn.drawing.links;
        let origins = &mut self.drawn.links;
        // What flows into and out of the same stock has two pipes.
        let is_free = |other: &&usize| {
            !is_pipe || origins[**other].flow.is_none() || links[**other].polarity == polarity
        };
        // A connector may show the same; what somebody said there stands, but for a pipe, whose sign
        // says which way it leads.
        if let Some(other) = known.iter().find(is_free).copied() {
            let link = &mut links[other];
            if is_pipe || link.polarity == Polarity::Unknown {
                link.polarity = polarity;
            }
            origins[other].flow = Some(flow);
            return;
        }
        known.push(links.len());
        links.push(DrawnLink {
            from,
            to,
            polarity,
            delay: Delay::None,
            bend: None,
            corner: None,
        });
        self.drawn.links.push(LinkOrigin {
            connectors: Vec::new(),
            flow: Some(flow),
        });
    }
}
