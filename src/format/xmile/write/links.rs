//! Links: connectors, and the flows of stocks.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::Writer;
use super::computed::tag_of_side;
use super::variables::written;
use crate::format::foreign::angle_of_bend;
use crate::format::foreign::formula::Mentioned;
use crate::format::xmile::elements::{is_module, reference_of};
use crate::format::xml::{child, content};
use crate::model::{Delay, FlowSide, Id, Link, Point, Polarity, VariableKind, flow_side};

impl<'a, 'i: 'a> Writer<'_, 'a, 'i> {
    /// Removes, changes and adds links.
    pub(super) fn links(&mut self) {
        let document = self.document;
        let mut written_before: BTreeSet<Id> = BTreeSet::new();
        for (index, id) in self.base.links.clone().into_iter().enumerate() {
            let before = self.base.document.links().get(&id).cloned();
            let after = document.links().get(&id);
            match (before, after) {
                (Some(before), Some(after))
                    if before.from == after.from && before.to == after.to =>
                {
                    written_before.insert(id);
                    self.change_link(index, &before, after);
                }
                (Some(before), _) => self.remove_link(index, &before),
                (None, _) => {}
            }
        }
        let is_drawn_anew = !self.has_objects();
        for (id, link) in document.links() {
            if !written_before.contains(id) {
                if let Some(side) = flow_side(document, link) {
                    self.flow(link, side);
                    continue;
                }
                let effect = self.indices.get(&link.to);
                let has_equation = effect.is_some_and(|index| {
                    let definitions = &self.drawn.variables[*index].definitions;
                    definitions.iter().any(|definition| {
                        is_module(*definition) || child(*definition, "eqn").is_some()
                    })
                });
                let is_said = self.says(link.from, link.to);
                let is_unsaid = !is_said.unwrap_or(!has_equation);
                self.unwritten.unsaid += usize::from(is_unsaid);
                self.connect(link);
            }
        }
        if is_drawn_anew {
            // A view that was not there shows what followed from equations, too.
            for (index, id) in self.base.links.clone().into_iter().enumerate() {
                let is_flow = self.drawn.links[index].flow.is_some();
                let before = self.base.document.links().get(&id);
                if let Some(link) = document.links().get(&id)
                    && written_before.contains(&id)
                    && flow_side(document, link).is_none()
                    && (!is_flow || before.is_none_or(|before| says_other(before, link)))
                {
                    self.connect(link);
                }
            }
        }
    }

    fn remove_link(&mut self, index: usize, before: &Link) {
        let origin = self.drawn.links[index].clone();
        for (_, connector) in &origin.connectors {
            self.edit.remove(*connector);
        }
        if let Some(flow) = origin.flow {
            self.edit.remove(flow);
        }
        let ends = [before.from, before.to];
        let are_there = ends
            .iter()
            .all(|end| self.document.variables().contains_key(end));
        let is_equation = origin.flow.is_none() && self.is_mentioned(before);
        self.unwritten.standing += usize::from(are_there && is_equation);
    }

    /// Writes a pipe that was none before: among the flows of the stock.
    fn flow(&mut self, link: &Link, side: FlowSide) {
        self.unwritten.of_flows += usize::from(link.delay == Delay::Delayed);
        self.unwritten.bent_flows += usize::from(link.bend != 0.0);
        let stock = self.indices.get(&link.to);
        let stock = stock.and_then(|index| self.drawn.variables[*index].definitions.first());
        // A new stock is defined with its flows.
        if let Some(stock) = stock.copied()
            && self.flowing.insert((link.to, side, link.from))
        {
            let element = self.flow_element(side, link.from);
            self.edit.append(stock, element);
        }
    }

    /// Whether the equation of an effect mentions a cause.
    fn is_mentioned(&self, link: &Link) -> bool {
        if let Some(is_said) = self.says(link.from, link.to) {
            return is_said;
        }
        let (Some(from), Some(to)) = (self.indices.get(&link.from), self.indices.get(&link.to))
        else {
            return false;
        };
        let [cause, effect] = [from, to].map(|index| &self.drawn.drawing.variables[*index].key);
        self.drawn.causes.mention(cause, effect).is_some()
    }

    fn change_link(&mut self, index: usize, before: &Link, after: &Link) {
        let origin = self.drawn.links[index].clone();
        let side = flow_side(self.document, after);
        let stock = self.document.variables().get(&after.to);
        let is_stock = stock.is_some_and(|stock| stock.kind == VariableKind::Stock);
        // What was a flow of a stock is an arrow like others if that is no stock, or it no rate, any
        // more. Of what was read before there were rates, it stays a flow.
        let was_pipe = flow_side(&self.base.document, before).is_some();
        let ends = !is_stock || side.is_none() && was_pipe;
        if let (Some(flow), true) = (origin.flow, ends) {
            self.edit.remove(flow);
        }
        if let Some(side) = side {
            let is_new = self.flowing.insert((after.to, side, after.from));
            match origin.flow {
                Some(flow) if !is_new => self.edit.remove(flow),
                Some(flow) if flow.tag_name().name() != tag_of_side(side) => {
                    self.edit.rename(flow, tag_of_side(side));
                }
                Some(_) => {}
                None => {
                    self.flowing.remove(&(after.to, side, after.from));
                    self.flow(after, side);
                    for (_, connector) in &origin.connectors {
                        self.edit.remove(*connector);
                    }
                    return;
                }
            }
        }
        let is_flow = origin.flow.is_some() && !ends;
        let says_other = says_other(before, after);
        if origin.connectors.is_empty() {
            let is_shown = self.has_objects();
            if is_flow {
                self.unwritten.bent_flows += usize::from(before.bend != after.bend);
            }
            if side.is_some() {
                self.unwritten.of_flows += usize::from(before.delay != after.delay);
                return;
            }
            if is_shown && ((is_flow && says_other) || origin.flow.is_some() && ends) {
                self.connect(after);
            }
            return;
        }
        for (_, connector) in &origin.connectors {
            if before.polarity != after.polarity {
                // What an equation proves has no sign only if the connector says so.
                let polarity = polarity_word(after.polarity).or(Some("none"));
                self.edit.attribute(*connector, "polarity", polarity);
            }
            if before.delay != after.delay {
                self.note_delay(before, after);
                let mark = (after.delay == Delay::Delayed).then_some("true");
                self.edit.attribute(*connector, "delay_mark", mark);
            }
        }
        for (number, (view, connector)) in origin.connectors.iter().enumerate() {
            let bend = if number == 0 { after.bend } else { before.bend };
            let is_bent = number == 0 && before.bend != after.bend;
            self.turn(*view, *connector, bend, is_bent);
        }
    }

    /// Counts a mark of delay that was taken away, though an equation still says it.
    fn note_delay(&mut self, before: &Link, after: &Link) {
        let ends = [before.from, before.to].map(|end| self.indices.get(&end).copied());
        let [Some(from), Some(to)] = ends else {
            return;
        };
        let [cause, effect] = [from, to].map(|end| &self.drawn.drawing.variables[end].key);
        let mention = self.drawn.causes.mention(cause, effect);
        let is_delayed = mention.is_some_and(Mentioned::is_delayed);
        self.unwritten.delays += usize::from(after.delay == Delay::None && is_delayed);
    }

    /// Writes the angle of a connector again, where it is bent otherwise or its ends have moved.
    fn turn(&mut self, view: usize, connector: Node<'a, 'i>, bend: f64, is_bent: bool) {
        let ends = ["from", "to"].map(|name| {
            let end = child(connector, name)?;
            let reference = reference_of(end);
            self.end_in_view(view, &reference)
        });
        let [Some((from, start)), Some((to, goal))] = ends else {
            return;
        };
        let has_moved = from != start || to != goal;
        if is_bent || has_moved && connector.attribute("angle").is_some() {
            let angle = written(angle_of_bend(start, goal, bend));
            self.edit.attribute(connector, "angle", Some(&angle));
        }
    }

    /// Where the end of a connector was, and where it is now.
    fn end_in_view(&self, view: usize, reference: &str) -> Option<(Point, Point)> {
        let (index, standing) = self.drawn.ends.get(view)?.get(reference).copied()?;
        let standing = standing?;
        let now = if reference.starts_with("alias ") {
            standing
        } else {
            self.position_in_view(index, view)?
        };
        Some((standing, now))
    }

    /// Adds a connector.
    fn connect(&mut self, link: &Link) {
        let Some(effect) = self.document.variables().get(&link.to) else {
            return;
        };
        let view = self.view_of(link.to, effect.placement.position);
        let [from, to] = [link.from, link.to].map(|end| {
            let variable = self.document.variables().get(&end);
            variable.map_or(Point::default(), |variable| variable.placement.position)
        });
        let angle = written(angle_of_bend(from, to, link.bend));
        let uid = self.uid();
        let mut connector = format!("<connector uid=\"{uid}\" angle=\"{angle}\"");
        if let Some(polarity) = polarity_word(link.polarity) {
            connector.push_str(" polarity=\"");
            connector.push_str(polarity);
            connector.push('"');
        }
        if link.delay == Delay::Delayed {
            connector.push_str(" delay_mark=\"true\"");
        }
        let [from, to] = [link.from, link.to].map(|end| content(&self.reference(end)));
        connector.push_str(&format!("><from>{from}</from><to>{to}</to></connector>"));
        self.put(view, connector);
    }
}

/// Whether a link has another polarity or delay than before.
fn says_other(before: &Link, after: &Link) -> bool {
    before.polarity != after.polarity || before.delay != after.delay
}

/// What a connector says of a polarity; nothing of one that is not known.
fn polarity_word(polarity: Polarity) -> Option<&'static str> {
    match polarity {
        Polarity::Positive => Some("+"),
        Polarity::Negative => Some("-"),
        Polarity::Unknown => None,
    }
}
