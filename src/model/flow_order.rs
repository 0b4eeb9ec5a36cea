//! The order in which work flows over the stations of a document, and the unit in which it is asked
//! for: how lists and figures of its streams read.

use std::collections::BTreeSet;

use super::calendar::{Calendar, Unit};
use super::document::Document;
use super::id::Id;
use super::measure_kind::MeasureKind;
use super::station::StationKind;

impl Document {
    /// Its stations in the order in which work flows over them: each stream as a whole, branches
    /// and streams as they stand on the canvas.
    #[must_use]
    pub fn flow_order(&self) -> Vec<Id> {
        let mut onwards: Vec<(Id, Id)> = self
            .flows()
            .values()
            .filter(|flow| flow.kind.is_forward())
            .map(|flow| (flow.from, flow.to))
            .collect();
        onwards.sort_unstable();
        let targets: BTreeSet<Id> = onwards.iter().map(|(_, to)| *to).collect();
        let next = |id: Id| {
            let start = onwards.partition_point(|(from, _)| *from < id);
            let own = onwards[start..]
                .iter()
                .take_while(move |(from, _)| *from == id);
            own.map(|(_, to)| *to)
        };
        // What comes later on the way, or stands further right, is found first.
        let mut starts: Vec<Id> = self.stations().keys().copied().collect();
        self.sort_by_place(&mut starts);
        starts.reverse();
        // Those that nothing leads to, last, so that each stream is found from its start.
        starts.sort_by_key(|id| targets.contains(id));
        let mut seen: BTreeSet<Id> = BTreeSet::new();
        let mut found = Vec::new();
        for start in starts {
            let mut open = vec![(start, false)];
            while let Some((id, is_left)) = open.pop() {
                if is_left {
                    found.push(id);
                } else if seen.insert(id) {
                    open.push((id, true));
                    let mut onwards: Vec<Id> = next(id).collect();
                    self.sort_by_place(&mut onwards);
                    open.extend(onwards.into_iter().map(|id| (id, false)));
                }
            }
        }
        found.reverse();
        found
    }

    /// From left to right, and from top to bottom.
    fn sort_by_place(&self, ids: &mut [Id]) {
        let place = |id: &Id| self.placement(*id).map(|placement| placement.position);
        ids.sort_by(|one, other| match (place(one), place(other)) {
            (Some(a), Some(b)) => a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)),
            _ => one.cmp(other),
        });
    }

    /// The calendar of its streams, in which rates read in the unit in which a person has typed what
    /// is asked for.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        Calendar {
            rate_unit: self.rate_unit(),
            ..self.properties().stream.calendar()
        }
    }

    fn rate_unit(&self) -> Option<Unit> {
        let stations = self.stations().values();
        let customers = stations.filter(|station| station.kind == StationKind::Customer);
        let asked = customers.filter_map(|customer| {
            let products = customer.products.iter().map(|product| &product.measures);
            let mut all = std::iter::once(&customer.measures).chain(products);
            all.find_map(|measures| measures.get(MeasureKind::Demand))
        });
        let counted = self.properties().stream.throughput.as_ref();
        let mut stated = asked.chain(counted);
        stated
            .find(|measure| measure.amount.likely().is_some())
            .map(|measure| measure.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Element, Flow, FlowKind, Measure, Placement, Point, Station};

    /// Ids against the order of the places.
    fn id(number: u64) -> Id {
        Id::from_bits(100 - number)
    }

    /// A document with stations at these places, and flows between them by number.
    fn map(places: &[(f64, f64)], flows: &[(u64, u64, FlowKind)]) -> Document {
        let document = Document::default();
        let mut edit = Edit::new(&document);
        for (number, (x, y)) in places.iter().enumerate() {
            let station = Station {
                placement: Placement {
                    position: Point::new(*x, *y),
                    ..Placement::default()
                },
                ..Station::default()
            };
            edit.set(id(number as u64), Some(Element::Station(station)));
        }
        for (number, (from, to, kind)) in flows.iter().enumerate() {
            let flow = Flow::new(id(*from), id(*to), *kind);
            edit.set(
                Id::from_bits(200 + number as u64),
                Some(Element::Flow(flow)),
            );
        }
        let patch = edit.finish();
        let mut document = document;
        document.apply(&patch).unwrap();
        document
    }

    fn order(document: &Document) -> Vec<u64> {
        let order = document.flow_order().into_iter();
        let number = |one: Id| (0..100).find(|number| id(*number) == one).unwrap();
        order.map(number).collect()
    }

    #[test]
    fn stations_come_in_the_order_of_flow() {
        let push = FlowKind::Push;
        let row = [(0.0, 0.0), (300.0, 0.0), (600.0, 0.0)];
        let line = map(
            &row,
            &[(2, 0, push), (0, 1, push), (1, 2, FlowKind::Rework)],
        );
        assert_eq!(
            order(&line),
            [2, 0, 1],
            "by flow, not by place; rework leads back"
        );
        // Two streams one below the other stay apart, the upper one first.
        let rows = [(0.0, 0.0), (0.0, 500.0), (300.0, 0.0), (300.0, 500.0)];
        let two = map(&rows, &[(0, 2, push), (1, 3, push)]);
        assert_eq!(order(&two), [0, 2, 1, 3]);
        // Branches as they stand, before they join.
        let around = [(0.0, 0.0), (300.0, 200.0), (300.0, -200.0), (600.0, 0.0)];
        let fork = [(0, 1, push), (0, 2, push), (1, 3, push), (2, 3, push)];
        assert_eq!(order(&map(&around, &fork)), [0, 2, 1, 3]);
        // A circle ends.
        let circle = [(0, 1, push), (1, 2, push), (2, 0, push)];
        assert_eq!(order(&map(&row, &circle)).len(), 3);
    }

    #[test]
    fn rates_read_as_a_person_typed_the_demand() {
        let mut document = map(&[(0.0, 0.0)], &[]);
        assert_eq!(document.calendar().rate_unit, None);
        let id = id(0);
        let mut customer = document.stations()[&id].clone();
        customer.kind = StationKind::Customer;
        let asked = Measure::measured(6.0, Unit::PerWeek);
        customer.measures.set(MeasureKind::Demand, Some(asked));
        let mut edit = Edit::new(&document);
        edit.set(id, Some(Element::Station(customer)));
        let patch = edit.finish();
        document.apply(&patch).unwrap();
        assert_eq!(document.calendar().rate_unit, Some(Unit::PerWeek));
    }
}
