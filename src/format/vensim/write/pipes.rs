//! Valves, pipes and clouds: what flows, as sketches have it.

use super::Writer;
use super::objects::{whole, written};
use crate::format::vensim::corners::point_of;
use crate::format::vensim::ends::{End, Pipe};
use crate::format::vensim::sketch::{Form, Object, ObjectKind};
use crate::model::{
    Corner, Delay, FlowSide, Id, Link, Point, Records, VariableKind, Vector, flow_side,
};

/// How far a valve stands above its name, in units of a view.
const ABOVE: Vector = Vector::new(0.0, -20.0);
/// How far a cloud stands beside its valve, in units of a view.
const BESIDE: Vector = Vector::new(90.0, 0.0);

impl Writer<'_, '_> {
    /// Puts a valve into a view for a name that comes after it.
    pub(super) fn add_valve(&mut self, id: Id, view: usize, name: Point) {
        let line = self.valve(id, view, name);
        self.add(view, line);
    }

    fn valve(&mut self, id: Id, view: usize, name: Point) -> String {
        let at = whole(name + ABOVE);
        let number = self.number(view);
        self.new_valves.insert(id, (view, number));
        self.moved.insert((view, number), at);
        let (x, y) = (written(at.x), written(at.y));
        format!("11,{number},0,{x},{y},6,8,34,3,0,0,1,0,0,0")
    }

    /// Gives a variable that became a rate a valve, or takes it from one that is none any more.
    pub(super) fn change_valve(
        &mut self,
        index: usize,
        id: Id,
        before: VariableKind,
        after: VariableKind,
    ) {
        let text = self.source.text;
        if after == VariableKind::Rate && !self.valves.contains_key(&index) {
            let Some((view, object)) = self.drawn.variables[index].objects.first().copied() else {
                return;
            };
            if self.form(view) == Form::Marked {
                return;
            }
            let object = &self.source.views[view].objects[object];
            let line = self.valve(id, view, object.position(text));
            let line = format!("{line}{}", self.newline);
            self.splices.insert(object.whole.start, line);
            // It hangs on its valve.
            if let Some(range) = object.fields.get(7) {
                self.splices.replace(range.clone(), "40");
            }
        }
        if before != VariableKind::Rate {
            return;
        }
        for (view, valve) in self.valves.remove(&index).unwrap_or_default() {
            let objects = &self.source.views[view].objects;
            let number = objects[valve].number;
            let own = self.drawn.variables[index].objects.iter();
            let own = own.filter(|(other, _)| *other == view);
            let own = own.map(|(_, object)| objects[*object].number).next();
            self.gone.insert((view, number));
            // Arrows that lead to the valve lead to the name.
            let arrows = objects.iter().filter(|object| {
                object.kind == ObjectKind::Arrow
                    && !object.is_pipe(text)
                    && object.ends(text).contains(&number)
            });
            for arrow in arrows {
                let (Some(own), Some(range)) = (own, arrow.fields.first()) else {
                    continue;
                };
                self.led_elsewhere.insert((view, range.start));
                for field in [2, 3] {
                    if arrow.number_at(text, field) == number
                        && let Some(range) = arrow.fields.get(field)
                    {
                        self.splices.replace(range.clone(), own.to_string());
                    }
                }
            }
        }
    }

    /// The valve of a rate: its view and its number.
    fn valve_of(&self, rate: Id) -> Option<(usize, u32)> {
        if let Some(new) = self.new_valves.get(&rate) {
            return Some(*new);
        }
        let valves = self.valves.get(self.indices.get(&rate)?)?;
        let (view, valve) = valves.first()?;
        Some((*view, self.source.views[*view].objects[*valve].number))
    }

    /// Whether a link is drawn as a pipe.
    pub(super) fn is_piped(&self, link: &Link) -> bool {
        flow_side(self.document, link).is_some() && self.valve_of(link.from).is_some()
    }

    /// Whether the text draws a link that it has as a pipe.
    pub(super) fn shows_pipe(&self, index: usize) -> bool {
        self.pipe_arrows(index).next().is_some()
    }

    /// The pipes of a link that the text has, with their views.
    fn pipe_arrows(&self, index: usize) -> impl Iterator<Item = (usize, &Object)> + '_ {
        let arrows = self.drawn.arrows[index].iter();
        let arrows = arrows.map(|(view, arrow)| (*view, &self.source.views[*view].objects[*arrow]));
        arrows.filter(|(_, object)| object.is_pipe(self.source.text))
    }

    /// Draws the pipes of rates that are not there yet, and clouds where they end nowhere.
    pub(super) fn pipes(&mut self) {
        let document = self.document;
        let standing = self.standing_links();
        let indices: Records<usize> = self.base.links.iter().copied().zip(0..).collect();
        for (id, variable) in document.variables() {
            let Some((view, valve)) = self.valve_of(*id) else {
                continue;
            };
            if variable.kind != VariableKind::Rate {
                continue;
            }
            let is_new = self.new_valves.contains_key(id);
            let mut sides = Vec::new();
            for link in document.edges_of(*id) {
                let Some(after) = document.links().get(&link).filter(|link| link.from == *id)
                else {
                    continue;
                };
                let Some(side) = flow_side(document, after) else {
                    continue;
                };
                sides.push(side);
                let index = indices.get(&link).copied();
                let shown = index.filter(|index| standing.contains_key(index));
                match shown.filter(|index| self.shows_pipe(*index)) {
                    Some(index) => self.turn(index, side),
                    None => self.lay(view, valve, after, side),
                }
            }
            for side in [FlowSide::Out, FlowSide::In] {
                self.cloud(view, valve, *id, side, is_new, sides.contains(&side));
            }
        }
    }

    /// Writes a pipe with the head that its side asks for.
    fn turn(&mut self, index: usize, side: FlowSide) {
        let text = self.source.text;
        let before = self.base.links.get(index);
        let before = before.and_then(|id| self.base.document.links().get(id));
        if before.and_then(|link| flow_side(&self.base.document, link)) == Some(side) {
            return;
        }
        let wanted = match side {
            FlowSide::In => Pipe::Fills,
            FlowSide::Out => Pipe::Empties,
        };
        let fields = self.pipe_arrows(index);
        let fields = fields.filter(|(_, object)| object.pipe(text) != wanted);
        let fields: Vec<_> = fields
            .filter_map(|(_, object)| object.fields.get(4).cloned())
            .collect();
        for field in fields {
            self.splices.replace(field, head(side));
        }
    }

    /// Draws a pipe from a valve to a stock.
    fn lay(&mut self, view: usize, valve: u32, link: &Link, side: FlowSide) {
        let Some(at) = self.position_now(view, valve) else {
            return;
        };
        let stock = self.number_in(view, link.to, at);
        self.pipe(view, valve, stock, (side, link.corner));
        self.unwritten.of_flows += usize::from(link.delay == Delay::Delayed || link.bend != 0.0);
    }

    fn pipe(
        &mut self,
        view: usize,
        valve: u32,
        end: u32,
        (side, corner): (FlowSide, Option<Corner>),
    ) {
        let ends = [valve, end].map(|number| self.position_now(view, number));
        let [Some(from), Some(to)] = ends else {
            return;
        };
        let scale = self.frame(view).scale;
        let middle = whole(match corner {
            Some(corner) => point_of(from, corner, scale),
            None => from + (to - from) / 2.0,
        });
        let (x, y) = (written(middle.x), written(middle.y));
        let (number, head) = (self.number(view), head(side));
        self.add(
            view,
            format!("1,{number},{valve},{end},{head},0,0,22,0,192,0,-1--1--1,,1|({x},{y})|"),
        );
    }

    /// Draws the cloud at a side of a valve that no stock is at, and takes one away that a stock is
    /// at now.
    fn cloud(
        &mut self,
        view: usize,
        valve: u32,
        rate: Id,
        side: FlowSide,
        is_new: bool,
        has_stock: bool,
    ) {
        let had_stock = !is_new && self.had_stock(rate, side);
        let is_missing = is_new || had_stock;
        if !has_stock && is_missing {
            let Some(at) = self.position_now(view, valve) else {
                return;
            };
            let at = whole(match side {
                FlowSide::In => at + BESIDE,
                FlowSide::Out => at - BESIDE,
            });
            let number = self.number(view);
            self.moved.insert((view, number), at);
            let (x, y) = (written(at.x), written(at.y));
            self.add(
                view,
                format!("12,{number},48,{x},{y},10,8,0,3,0,0,-1,0,0,0"),
            );
            self.pipe(view, valve, number, (side, None));
        } else if has_stock && !is_missing {
            self.remove_cloud(view, valve, side);
        }
    }

    /// Whether a stock was at a side of a rate in the text.
    fn had_stock(&self, rate: Id, side: FlowSide) -> bool {
        let before = &self.base.document;
        let links = before.edges_of(rate);
        let mut links = links.filter_map(|link| before.links().get(&link));
        links.any(|link| link.from == rate && flow_side(before, link) == Some(side))
    }

    fn remove_cloud(&mut self, view: usize, valve: u32, side: FlowSide) {
        let text = self.source.text;
        let objects = &self.source.views[view].objects;
        let wanted = match side {
            FlowSide::In => Pipe::Fills,
            FlowSide::Out => Pipe::Empties,
        };
        for arrow in objects.iter().filter(|object| object.is_pipe(text)) {
            let [from, to] = arrow.ends(text);
            let is_cloud = self.drawn.ends[view].of_number(to) == End::Nothing;
            if from != valve || !is_cloud || arrow.pipe(text) != wanted {
                continue;
            }
            self.splices.remove(arrow.whole.clone());
            let cloud = objects.iter().find(|object| object.number == to);
            if let Some(cloud) = cloud.filter(|cloud| cloud.kind == ObjectKind::Comment) {
                self.splices.remove(cloud.whole.clone());
            }
        }
    }
}

/// The shape of a pipe: with a head where it fills a stock.
const fn head(side: FlowSide) -> &'static str {
    match side {
        FlowSide::In => "4",
        FlowSide::Out => "100",
    }
}
