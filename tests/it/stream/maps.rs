//! Documents that draw streams, in few words.

use loopstream::model::{
    Calendar, Document, Edit, Element, Flow, FlowKind, Id, Measure, MeasureKind, Station,
    StationKind, StreamSettings, parse_measure,
};
use loopstream::stream::{Figure, FigureKind, StreamReport};

/// A document being drawn.
#[derive(Debug, Default)]
pub(crate) struct Map {
    pub(crate) document: Document,
    next: u64,
}

/// A measure as a person types it.
pub(crate) fn measure(kind: MeasureKind, text: &str) -> Measure {
    let (amount, unit) = parse_measure(text, kind).unwrap().unwrap();
    Measure::new(amount, unit)
}

impl Map {
    pub(crate) fn new() -> Self {
        Self {
            next: 1,
            ..Self::default()
        }
    }

    pub(crate) fn edit(&mut self, change: impl FnOnce(&mut Edit<'_>)) {
        let mut edit = Edit::new(&self.document);
        change(&mut edit);
        let patch = edit.finish();
        self.document.apply(&patch).unwrap();
    }

    fn fresh(&mut self) -> Id {
        self.next += 1;
        Id::from_bits(self.next)
    }

    pub(crate) fn station(
        &mut self,
        kind: StationKind,
        name: &str,
        measures: &[(MeasureKind, &str)],
    ) -> Id {
        let id = self.fresh();
        let mut station = Station {
            kind,
            name: name.to_owned(),
            ..Station::default()
        };
        for (kind, text) in measures {
            station.measures.set(*kind, Some(measure(*kind, text)));
        }
        self.edit(|edit| edit.set(id, Some(Element::Station(station))));
        id
    }

    pub(crate) fn step(&mut self, name: &str, measures: &[(MeasureKind, &str)]) -> Id {
        self.station(StationKind::Step, name, measures)
    }

    pub(crate) fn flow(
        &mut self,
        from: Id,
        to: Id,
        kind: FlowKind,
        measures: &[(MeasureKind, &str)],
    ) -> Id {
        let id = self.fresh();
        let mut flow = Flow::new(from, to, kind);
        for (kind, text) in measures {
            flow.measures.set(*kind, Some(measure(*kind, text)));
        }
        self.edit(|edit| edit.set(id, Some(Element::Flow(flow))));
        id
    }

    /// Pushes from each to the next.
    pub(crate) fn push(&mut self, stations: &[Id]) {
        for pair in stations.windows(2) {
            self.flow(pair[0], pair[1], FlowKind::Push, &[]);
        }
    }

    /// States a measure of a station or flow; an empty text takes it back.
    pub(crate) fn state(&mut self, id: Id, kind: MeasureKind, text: &str) {
        let stated = parse_measure(text, kind).unwrap();
        let stated = stated.map(|(amount, unit)| Measure::new(amount, unit));
        self.edit(|edit| {
            edit.change(id, |element| match element {
                Element::Station(station) => station.measures.set(kind, stated),
                Element::Flow(flow) => flow.measures.set(kind, stated),
                _ => {}
            });
        });
    }

    /// Names a product of a customer or a step, with what is known of it there.
    pub(crate) fn product(&mut self, id: Id, name: &str, measures: &[(MeasureKind, &str)]) {
        self.edit(|edit| {
            edit.change(id, |element| {
                if let Element::Station(station) = element {
                    let product = station.products.entry(name);
                    for (kind, text) in measures {
                        product.measures.set(*kind, Some(measure(*kind, text)));
                    }
                }
            });
        });
    }

    pub(crate) fn calendar(&mut self, calendar: Calendar) {
        self.settings(|settings| settings.set_calendar(calendar));
    }

    /// Changes what is said of the stream as a whole.
    pub(crate) fn settings(&mut self, change: impl FnOnce(&mut StreamSettings)) {
        let mut properties = self.document.properties().clone();
        change(&mut properties.stream);
        self.edit(|edit| edit.set_properties(properties));
    }

    pub(crate) fn report(&self) -> StreamReport {
        StreamReport::of(&self.document)
    }
}

/// A result of the main stream.
#[track_caller]
pub(crate) fn figure(report: &StreamReport, kind: FigureKind) -> &Figure {
    report.main().unwrap().figure(kind).unwrap()
}

/// The likely number of a result of the main stream.
#[track_caller]
pub(crate) fn likely(report: &StreamReport, kind: FigureKind) -> f64 {
    figure(report, kind).outcome.likely().unwrap()
}
