//! Keeping the pipes of a scene in step with what has changed: their ways, the clouds at their ends,
//! the sizes of the stocks that they join.

use std::collections::BTreeSet;

use crate::model::{
    Document, FlowSide, Id, Pipe, PipeEnd, Point, Rect, Variable, VariableKind, flows_of, pipe_of,
};

use super::build::{Changed, Scene};
use super::connector::Heading;
use super::node::{NodeForm, NodeShape, Valve, VariableDress, dressed_variable};
use super::pipe::{PipeHalf, PipeShape};
use super::pipe_route::{Obstacle, PipeGoal, room_of, route};
use super::pipe_way::{HalfRoute, VALVE_HALF};
use super::text::MeasureText;

/// What pipes have to do with a change.
#[derive(Clone, Debug, Default)]
pub(super) struct Piped {
    /// The rates whose pipes may be others now.
    rates: BTreeSet<Id>,
    /// The variables that may be joined to a pipe now, or no longer.
    stocks: BTreeSet<Id>,
}

fn is_rate(document: &Document, id: Id) -> bool {
    let variable = document.variables().get(&id);
    variable.is_some_and(|variable| variable.kind == VariableKind::Rate)
}

/// Whose corners a way has.
#[derive(Clone, Copy, PartialEq)]
enum Corners {
    /// Those that its links have.
    Kept,
    /// All but that of one link.
    But(Id),
}

impl Scene {
    /// Notes what a change of a link has to do with pipes.
    pub(super) fn note_pipe(&self, document: &Document, from: Id, to: Id, piped: &mut Piped) {
        if self.pipes.contains_key(&from) || is_rate(document, from) {
            piped.rates.insert(from);
            piped.stocks.insert(to);
        }
    }

    /// Notes what a change of a variable has to do with pipes: its own, and those that end there.
    pub(super) fn note_pipes_of(&self, document: &Document, id: Id, piped: &mut Piped) {
        let is_own = self.pipes.contains_key(&id) || is_rate(document, id);
        if is_own {
            piped.rates.insert(id);
        }
        for link in document.edges_of(id) {
            match document.links().get(&link) {
                Some(link) if link.from == id && is_own => {
                    piped.stocks.insert(link.to);
                }
                Some(link) if is_rate(document, link.from) => {
                    piped.rates.insert(link.from);
                }
                _ => {}
            }
        }
    }

    /// The shape of a variable, with what its pipes make of it.
    pub(super) fn variable_as_drawn(
        &self,
        document: &Document,
        id: Id,
        variable: &Variable,
        measure: &dyn MeasureText,
    ) -> NodeShape {
        let dress = match variable.kind {
            VariableKind::Plain => VariableDress::default(),
            VariableKind::Stock => VariableDress {
                is_reservoir: !flows_of(document, id).is_empty(),
                ..VariableDress::default()
            },
            VariableKind::Rate => {
                let pipe = self.pipes.get(&id);
                pipe.map_or_else(VariableDress::default, |pipe| {
                    let (source, sink) = (pipe.source.route.side, pipe.sink.route.side);
                    let places = [Heading::Down, Heading::Up, Heading::Right, Heading::Left];
                    let mut free = places.into_iter();
                    let free = free.find(|place| *place != source && *place != sink);
                    VariableDress {
                        name: free.unwrap_or(Heading::Down),
                        source,
                        ..VariableDress::default()
                    }
                })
            }
        };
        dressed_variable(id, variable, dress, measure)
    }

    /// Brings the pipes up to date, with the stocks and names of rates that follow from them;
    /// adds the links that must be drawn anew.
    pub(super) fn update_pipes(
        &mut self,
        document: &Document,
        piped: Piped,
        measure: &dyn MeasureText,
        changed: &mut Changed,
        links: &mut BTreeSet<Id>,
    ) {
        let Piped { mut rates, stocks } = piped;
        for stock in stocks {
            let Some(variable) = document.variables().get(&stock) else {
                continue;
            };
            let shape = self.variable_as_drawn(document, stock, variable, measure);
            if self.nodes.get(&stock) != Some(&shape) {
                self.update_node(document, stock, measure, changed);
                links.extend(document.edges_of(stock));
                rates.extend(flows_of(document, stock).into_iter().map(|(_, rate)| rate));
            }
        }
        let near = changed.iter();
        rates.extend(near.flat_map(|(_, rect)| self.pipe_rooms.touching(rect)));
        for rate in rates {
            if self.update_pipe(document, rate, changed) {
                links.extend(document.edges_of(rate));
                let before = self.nodes.get(&rate).cloned();
                if before.is_some() {
                    self.update_node(document, rate, measure, changed);
                }
            }
        }
    }

    /// Finds the way of a pipe anew; whether it has changed.
    fn update_pipe(&mut self, document: &Document, rate: Id, changed: &mut Changed) -> bool {
        let variable = document.variables().get(&rate);
        let after = variable
            .filter(|variable| variable.kind == VariableKind::Rate)
            .map(|variable| self.routed(document, rate, variable));
        let before = self.pipes.remove(&rate);
        let is_same = before.as_ref() == after.as_ref().map(|(pipe, _)| pipe);
        let drawn = before.iter().chain(after.as_ref().map(|(pipe, _)| pipe));
        if !is_same {
            let drawn = drawn.filter_map(|pipe| pipe.bounds);
            changed.extend(drawn.map(|rect| (rate, rect.grown(1.0))));
        }
        self.pipe_index.remove(rate);
        self.pipe_rooms.remove(rate);
        if let Some((pipe, room)) = after {
            if let Some(bounds) = pipe.bounds {
                self.pipe_index.insert(rate, bounds);
            }
            self.pipe_rooms.insert(rate, room);
            self.pipes.insert(rate, pipe);
        }
        !is_same
    }

    /// The pipe of a rate, and the room in which it may lie.
    fn routed(&self, document: &Document, rate: Id, variable: &Variable) -> (PipeShape, Rect) {
        let pipe = pipe_of(document, rate);
        let ((source, sink), room) = self.found_way(document, rate, variable, Corners::Kept);
        let half = |end: Option<PipeEnd>, route| PipeHalf {
            link: end.map(|end| end.link),
            route,
        };
        let colour = variable.colour;
        let pipe = PipeShape::new(rate, half(pipe.from, source), half(pipe.to, sink), colour);
        (pipe, room)
    }

    /// The half of a pipe that a link is drawn as, with its rate and what flows at its end.
    #[must_use]
    pub fn half_of_link(&self, link: Id) -> Option<(Id, FlowSide, &HalfRoute)> {
        let (rate, _) = self.ends().get(&link)?;
        let (side, half) = self.pipes.get(rate)?.half_of(link)?;
        Some((*rate, side, &half.route))
    }

    /// The half of a pipe that a link is drawn as, as it would be without a corner of its own.
    #[must_use]
    pub fn way_without_corner(&self, document: &Document, link: Id) -> Option<HalfRoute> {
        let rate = document.links().get(&link)?.from;
        let variable = document.variables().get(&rate)?;
        let (side, _) = self.pipes.get(&rate)?.half_of(link)?;
        let ((source, sink), _) = self.found_way(document, rate, variable, Corners::But(link));
        Some(match side {
            FlowSide::In => sink,
            FlowSide::Out => source,
        })
    }

    /// Both halves of the way of a pipe, and the room in which it may lie.
    fn found_way(
        &self,
        document: &Document,
        rate: Id,
        variable: &Variable,
        corners: Corners,
    ) -> ((HalfRoute, HalfRoute), Rect) {
        let valve = variable.placement.position;
        let Pipe { from, to } = pipe_of(document, rate);
        let goal = |end: Option<PipeEnd>| {
            let joined = end.and_then(|end| Some((end.link, self.nodes.get(&end.stock)?)));
            let Some((link, stock)) = joined else {
                return PipeGoal::Cloud;
            };
            let corner = document.links().get(&link).and_then(|link| link.corner);
            match corner.filter(|_| corners != Corners::But(link)) {
                Some(corner) => PipeGoal::Turned(stock.rect, corner),
                None => PipeGoal::Stock(stock.rect),
            }
        };
        let goals = [goal(from), goal(to)];
        let room = room_of(valve, goals);
        let ends = [from, to].map(|end| end.map(|end| end.stock));
        let obstacle = |id: Id| {
            if id == rate || ends.contains(&Some(id)) {
                return None;
            }
            let rect = self.nodes.get(&id).map(|node| node.rect);
            let kind = document.variables().get(&id).map(|other| other.kind);
            match kind {
                // Where the name of another rate stands follows from its own pipe.
                Some(VariableKind::Rate) => {
                    let at = document.placement(id)?.position;
                    let side = 2.0 * VALVE_HALF;
                    Some(Obstacle::Other(Rect::centered(at, side, side)))
                }
                Some(VariableKind::Stock) => rect.map(Obstacle::Stock),
                Some(VariableKind::Plain) | None => rect.map(Obstacle::Other),
            }
        };
        let near = self.node_index.touching(&room).into_iter();
        let obstacles: Vec<Obstacle> = near.filter_map(obstacle).collect();
        (route(valve, goals[0], goals[1], &obstacles), room)
    }

    /// The rate of which a cloud, or the pipe that leads there, is within reach of a place.
    #[must_use]
    pub fn cloud_at(&self, at: Point, reach: f64) -> Option<Id> {
        let around = Rect::from_points(at, at).grown(reach);
        let near = self.pipes_touching(&around).into_iter();
        let near = near.map(|pipe| (pipe.distance(at), pipe.id));
        let near = near.filter(|(distance, _)| *distance <= reach);
        let nearest = near.min_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        nearest.map(|(_, rate)| rate)
    }

    /// Where a node is, and where it may come to be when something is put beside it: the name of a rate
    /// stands on whichever side its pipe leaves free, and the pipe goes round what is in its way.
    #[must_use]
    pub fn reach_of_node(&self, id: Id) -> Option<Rect> {
        let node = self.nodes.get(&id)?;
        Some(match &node.form {
            NodeForm::Valve(valve) => {
                let (width, height) = (valve.name.width(), valve.name.height());
                let side = 2.0 * VALVE_HALF;
                let around = Rect::centered(valve.middle, 2.0 * width + side, 2.0 * height + side);
                around.union(&node.rect)
            }
            NodeForm::Plain | NodeForm::Reservoir => node.rect,
        })
    }

    /// The valve of a rate.
    #[must_use]
    pub fn valve_of(&self, rate: Id) -> Option<&Valve> {
        match &self.nodes.get(&rate)?.form {
            NodeForm::Valve(valve) => Some(valve),
            NodeForm::Plain | NodeForm::Reservoir => None,
        }
    }

    /// The end of a pipe that is within reach of a place: a cloud, or where a pipe meets its stock.
    #[must_use]
    pub fn pipe_end_at(&self, at: Point, reach: f64) -> Option<(Id, FlowSide)> {
        let room = Rect::from_points(at, at).grown(reach);
        let near = self.pipe_rooms.touching(&room).into_iter();
        let pipes = near.filter_map(|rate| self.pipes.get(&rate));
        let ends = pipes.flat_map(|pipe| pipe.halves().map(|half| (pipe.id, half)));
        // Of a half whose link is not shown there is no end to be hit.
        let is_drawn = |half: &PipeHalf| half.link.is_none_or(|id| self.links.contains_key(&id));
        let ends = ends.filter(|(_, (_, half))| is_drawn(half));
        let near = ends.filter_map(|(rate, (side, half))| {
            let distance = match half.link {
                None => half.route.end.distance(at),
                Some(_) => half.route.end_handle().distance(at),
            };
            (distance <= reach).then_some((distance, rate, side))
        });
        let nearest = near.min_by(|one, other| one.0.total_cmp(&other.0));
        nearest.map(|(_, rate, side)| (rate, side))
    }
}
