//! Flows: making a rate with its pipe, and joining an end of a pipe to another stock.

use crate::model::{
    Document, Edit, Element, FlowSide, Id, Link, Patch, Point, Polarity, Rect, Variable,
    VariableKind, Vector, pipe_of,
};
use crate::scene::{CLOUD_DISTANCE, Curve, Heading, VALVE_HALF};

use super::edits;
use super::event::Effect;
use super::gesture::Gesture;
use super::history::Continuity;
use super::state::{Editor, Environment, TextOrigin};

/// How far a valve stands from the box of its stock at least, in world units.
const LEAST_PIPE: f64 = 44.0;
/// How far the valve of a flow that is made by keyboard stands from the box of its stock.
const USUAL_PIPE: f64 = 84.0;
/// A place this near to the middle of a box, across the pipe, is taken for the middle, in world
/// units.
const LEVEL: f64 = 16.0;

/// Why a flow cannot be drawn like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.why())]
pub enum PipeRefusal {
    /// One end is no stock.
    NotAStock,
    /// Both ends are one stock.
    ToItself,
    /// No end is a stock.
    NoStock,
}

impl PipeRefusal {
    /// The reason, as a sentence without its full stop.
    #[must_use]
    pub const fn why(self) -> &'static str {
        match self {
            Self::NotAStock => {
                "A flow fills or drains a stock: make this variable a stock first (Alt+S)"
            }
            Self::ToItself => "A flow leads to another stock, or to the open canvas for a cloud",
            Self::NoStock => "A flow begins or ends at a stock",
        }
    }
}

/// A flow that is being drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piping {
    /// The stock at which the drag began, or what else was there; none on the canvas.
    pub from: Option<Id>,
    /// Where the drag began, in world units.
    pub origin: Point,
    /// The rate that it makes.
    pub rate: Id,
    /// The links that it makes: to the source and to the sink.
    pub links: [Id; 2],
}

/// Whether a variable is a stock.
fn is_stock(document: &Document, id: Id) -> bool {
    let variable = document.variables().get(&id);
    variable.is_some_and(|variable| variable.kind == VariableKind::Stock)
}

/// Whether a flow may lead from one end to another; without a stock an end is a cloud.
fn may_flow(document: &Document, from: Option<Id>, to: Option<Id>) -> Result<(), PipeRefusal> {
    let mut ends = from.into_iter().chain(to);
    if ends.any(|id| !is_stock(document, id)) {
        return Err(PipeRefusal::NotAStock);
    }
    match (from, to) {
        (None, None) => Err(PipeRefusal::NoStock),
        (Some(from), Some(to)) if from == to => Err(PipeRefusal::ToItself),
        _ => Ok(()),
    }
}

/// The link by which a rate drains or fills a stock.
fn pipe_link(rate: Id, stock: Id, side: FlowSide) -> Element {
    let polarity = match side {
        FlowSide::In => Polarity::Positive,
        FlowSide::Out => Polarity::Negative,
    };
    Element::Link(Link {
        polarity,
        ..Link::new(rate, stock, 0.0)
    })
}

/// A rate with its valve here, joined to stocks.
fn rate_with(piping: &Piping, from: Option<Id>, to: Option<Id>, valve: Point) -> Patch {
    let Element::Variable(variable) = edits::variable_at("", valve) else {
        return Patch::default();
    };
    let rate = Variable {
        kind: VariableKind::Rate,
        ..variable
    };
    // All of it is new, whatever is there.
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    edit.set(piping.rate, Some(Element::Variable(rate)));
    let ends = [(from, FlowSide::Out), (to, FlowSide::In)];
    for ((end, side), link) in ends.into_iter().zip(piping.links) {
        if let Some(stock) = end {
            edit.set(link, Some(pipe_link(piping.rate, stock, side)));
        }
    }
    edit.finish()
}

/// The length of what is given along the axis of a heading, and across it.
fn along(offset: Vector) -> (Vector, f64, f64) {
    if offset.x.abs() >= offset.y.abs() {
        let sign = if offset.x < 0.0 { -1.0 } else { 1.0 };
        (Vector::new(sign, 0.0), offset.x.abs(), offset.y)
    } else {
        let sign = if offset.y < 0.0 { -1.0 } else { 1.0 };
        (Vector::new(0.0, sign), offset.y.abs(), offset.x)
    }
}

/// Half the size of a box in the direction of an axis.
fn half_along(rect: &Rect, axis: Vector) -> f64 {
    let half = Vector::new(rect.width() / 2.0, rect.height() / 2.0);
    axis.x.abs() * half.x + axis.y.abs() * half.y
}

/// Where a valve between two stocks belongs: half way between the sides that face each other, and
/// level with both where that can be, else with the first.
fn between(from: &Rect, to: &Rect) -> Point {
    let (start, end) = (from.center(), to.center());
    let (axis, distance, across) = along(end - start);
    let gap = distance - half_along(from, axis) - half_along(to, axis);
    let middle = start + axis * (half_along(from, axis) + gap / 2.0);
    let aside = if axis.x == 0.0 {
        Vector::new(across, 0.0)
    } else {
        Vector::new(0.0, across)
    };
    if across.abs() <= 2.0 * LEVEL {
        middle + aside * 0.5
    } else {
        middle
    }
}

/// Where a valve between a stock and a cloud at a place belongs.
fn beside(stock: &Rect, cloud: Point) -> Point {
    let middle = stock.center();
    let (axis, distance, across) = along(cloud - middle);
    let least = half_along(stock, axis) + VALVE_HALF + LEAST_PIPE;
    let reach = (distance - CLOUD_DISTANCE).max(least);
    let across = if across.abs() <= LEVEL { 0.0 } else { across };
    let aside = if axis.x == 0.0 {
        Vector::new(across, 0.0)
    } else {
        Vector::new(0.0, across)
    };
    middle + axis * reach + aside
}

impl Editor {
    /// The link that is drawn as this end of the pipe of a rate; none where it ends in a cloud.
    pub(super) fn link_of_end(&self, rate: Id, side: FlowSide) -> Option<Id> {
        let pipe = pipe_of(&self.document, rate);
        let end = match side {
            FlowSide::In => pipe.to,
            FlowSide::Out => pipe.from,
        };
        end.map(|end| end.link)
    }

    /// The rate of whose pipe a link is drawn as a half, and which half.
    #[must_use]
    pub fn pipe_of_link(&self, link: Id) -> Option<(Id, FlowSide)> {
        let rate = self.document.links().get(&link)?.from;
        let (side, _) = self.scene.pipes().get(&rate)?.half_of(link)?;
        Some((rate, side))
    }

    /// Begins to draw a flow.
    pub(super) fn begin_pipe(
        &self,
        from: Option<Id>,
        origin: Point,
        env: &mut Environment<'_>,
    ) -> Gesture {
        let from = from.filter(|id| !self.document.notes().contains_key(id));
        let rate = env.ids.fresh();
        let links = [env.ids.fresh(), env.ids.fresh()];
        Gesture::Piping(Piping {
            from,
            origin,
            rate,
            links,
        })
    }

    /// Shows the flow that letting go here would make, or why there is none.
    pub(super) fn draw_pipe(
        &mut self,
        piping: &Piping,
        over: Option<Id>,
        at: Point,
        env: &Environment<'_>,
    ) -> Result<(), PipeRefusal> {
        // The rate that is being made is under the pointer too.
        let over = over.filter(|id| *id != piping.rate);
        self.overlay.target = over.filter(|id| Some(*id) != piping.from);
        let drawn = self.piped(piping, over, at);
        self.overlay.ghost = drawn.is_err().then_some(Curve::Segment {
            from: piping.origin,
            to: at,
        });
        self.set_preview(drawn.clone().unwrap_or_default(), env.measure);
        self.versions.selection += 1;
        drawn.map(|_| ())
    }

    fn piped(&self, piping: &Piping, to: Option<Id>, at: Point) -> Result<Patch, PipeRefusal> {
        may_flow(&self.document, piping.from, to)?;
        let rect = |id: Option<Id>| id.and_then(|id| Some(self.scene.nodes().get(&id)?.rect));
        let valve = match (rect(piping.from), rect(to)) {
            (Some(from), Some(to)) => between(&from, &to),
            (Some(from), None) => beside(&from, at),
            (None, Some(to)) => beside(&to, piping.origin),
            (None, None) => return Err(PipeRefusal::NoStock),
        };
        Ok(rate_with(piping, piping.from, to, valve))
    }

    /// Makes the flow that was drawn, and asks for its name; what is drawn so far is one step.
    pub(super) fn end_pipe(
        &mut self,
        piping: &Piping,
        over: Option<Id>,
        at: Point,
        env: &Environment<'_>,
    ) -> Vec<Effect> {
        match self.draw_pipe(piping, over, at, env) {
            Err(refusal) => {
                self.drop_preview(env.measure);
                self.overlay.ghost = None;
                self.overlay.target = None;
                vec![Effect::Announce(refusal.to_string())]
            }
            Ok(()) => {
                self.overlay.ghost = None;
                self.overlay.target = None;
                let effects = self.commit_preview();
                self.name_rate(piping.rate);
                effects
            }
        }
    }

    fn name_rate(&mut self, rate: Id) {
        self.begin_text(rate, String::new(), TextOrigin::Drawn);
        self.tool_used();
    }

    /// A flow into or out of the stock that is selected, to be named in place.
    pub(super) fn add_pipe(&mut self, side: FlowSide, env: &mut Environment<'_>) -> Vec<Effect> {
        let selected = self.overlay.selection.iter().copied();
        let mut stocks = selected.filter(|id| is_stock(&self.document, *id));
        let stock = stocks.next();
        let Some((stock, rect)) =
            stock.and_then(|id| Some((id, self.scene.nodes().get(&id)?.rect)))
        else {
            return Vec::new();
        };
        let Gesture::Piping(piping) = self.begin_pipe(None, Point::default(), env) else {
            return Vec::new();
        };
        let valve = self.spot_for_pipe(&rect, side);
        let (from, to) = match side {
            FlowSide::In => (None, Some(stock)),
            FlowSide::Out => (Some(stock), None),
        };
        let patch = rate_with(&piping, from, to, valve);
        let effects = self.commit(patch, Continuity::Own, env);
        self.name_rate(piping.rate);
        self.bring_into_sight(valve);
        effects
    }

    /// A place for the valve of a new flow at a stock: inflows from the left, outflows to the right,
    /// where that covers nothing.
    fn spot_for_pipe(&self, stock: &Rect, side: FlowSide) -> Point {
        use Heading::{Down, Left, Right, Up};
        let headings = match side {
            FlowSide::In => [Left, Up, Down, Right],
            FlowSide::Out => [Right, Down, Up, Left],
        };
        let spot = |heading: &Heading| {
            let out = heading.vector();
            stock.center() + out * (half_along(stock, out) + USUAL_PIPE)
        };
        let is_free = |heading: &Heading| {
            let valve = spot(heading);
            let cloud = valve + heading.vector() * CLOUD_DISTANCE;
            // The stock itself is beyond the end of the pipe.
            let pipe = Rect::from_points(valve, cloud).grown(VALVE_HALF + 12.0);
            let near = self.scene.nodes_touching(&pipe);
            near.is_empty() && self.scene.pipes_touching(&pipe).is_empty()
        };
        match headings.iter().find(|heading| is_free(heading)) {
            Some(heading) => spot(heading),
            None => edits::free_spot(&self.scene, spot(&headings[0]), headings[0].vector()),
        }
    }

    /// Shows an end of a pipe joined to what the pointer is over, or open; or why it may not be.
    pub(super) fn draw_pipe_end(
        &mut self,
        (rate, side): (Id, FlowSide),
        fresh: Id,
        over: Option<Id>,
        at: Point,
        env: &Environment<'_>,
    ) -> Result<(), PipeRefusal> {
        let over = over.filter(|id| *id != rate);
        // The change is one of the document as it was before.
        self.drop_preview(env.measure);
        let joined = self.joined((rate, side), fresh, over);
        self.overlay.target = over;
        let valve = self.document.placement(rate);
        self.overlay.ghost = valve
            .filter(|_| over.is_none())
            .map(|valve| Curve::Segment {
                from: valve.position,
                to: at,
            });
        self.set_preview(joined.clone().unwrap_or_default(), env.measure);
        self.versions.selection += 1;
        joined.map(|_| ())
    }

    /// The change that joins an end of a pipe to a stock, or leaves it open.
    fn joined(
        &self,
        (rate, side): (Id, FlowSide),
        fresh: Id,
        stock: Option<Id>,
    ) -> Result<Patch, PipeRefusal> {
        let pipe = pipe_of(&self.document, rate);
        let (own, other) = match side {
            FlowSide::In => (pipe.to, pipe.from),
            FlowSide::Out => (pipe.from, pipe.to),
        };
        let mut edit = Edit::new(&self.document);
        match stock {
            None => {
                if let Some(own) = own {
                    edit.remove(own.link);
                }
            }
            Some(stock) if !is_stock(&self.document, stock) => return Err(PipeRefusal::NotAStock),
            Some(stock) if other.is_some_and(|other| other.stock == stock) => {
                return Err(PipeRefusal::ToItself);
            }
            Some(stock) => match own {
                Some(own) => edit.change(own.link, |element| {
                    if let Element::Link(link) = element
                        && link.to != stock
                    {
                        (link.to, link.corner) = (stock, None);
                    }
                }),
                None => edit.set(fresh, Some(pipe_link(rate, stock, side))),
            },
        }
        Ok(edit.finish())
    }

    /// Why letting go of the flow that is being drawn would do nothing; none where it would.
    pub(super) fn pipe_refusal(&self) -> Option<PipeRefusal> {
        let over = self.overlay.target;
        match &self.gesture {
            Gesture::Piping(piping) => may_flow(&self.document, piping.from, over).err(),
            Gesture::Reconnecting { rate, side, .. } => {
                let is_shown = self.link_of_end(*rate, *side);
                let to = is_shown.and_then(|link| Some(self.document.links().get(&link)?.to));
                let over = over?;
                match is_stock(&self.document, over) {
                    false => Some(PipeRefusal::NotAStock),
                    true => (to != Some(over)).then_some(PipeRefusal::ToItself),
                }
            }
            _ => None,
        }
    }
}
