//! Maps as people draw them: branches that meet anywhere, items that leave, what is shared, and
//! more work than can be done.

mod branches;
mod demand;
mod machines;
mod waiting;

use crate::stream::assert_near;
use crate::stream::maps::{Map, figure, likely};
use loopstream::model::{Calendar, Element, Id, MeasureKind as M};
use loopstream::stream::{FigureKind as F, Status, StreamReport};

const DAY: f64 = 28_800.0;
const HOUR: f64 = 3_600.0;

fn working_days() -> Map {
    let mut map = Map::new();
    map.calendar(Calendar {
        seconds_per_day: DAY,
        ..Calendar::default()
    });
    map
}

fn step(map: &mut Map, name: &str, process: &str) -> Id {
    map.step(name, &[(M::ProcessTime, process), (M::WaitingTime, "0 s")])
}

fn share(map: &mut Map, station: Id, resource: &str) {
    map.edit(|edit| {
        edit.change(station, |element| {
            if let Element::Station(station) = element {
                station.resource = resource.to_owned();
            }
        });
    });
}

#[track_caller]
fn station(report: &StreamReport, id: Id, kind: F) -> f64 {
    let figure = report.station_figure(id, kind).unwrap();
    figure.outcome.likely().unwrap()
}

/// Every step of these is visited once, and each does eight a day, for certain.
#[track_caller]
fn visited_once(map: &Map, steps: &[Id]) {
    let report = map.report();
    assert_eq!(report.problems, []);
    for id in steps {
        assert_near(station(&report, *id, F::StationVisits), 1.0);
        assert_near(station(&report, *id, F::StationCapacity) * DAY, 8.0);
    }
    assert_near(likely(&report, F::Capacity) * DAY, 8.0);
    assert_eq!(figure(&report, F::Capacity).status, Status::Exact);
    let limit = report.main().unwrap().limit.as_ref().unwrap();
    assert_eq!(limit.stations().count(), steps.len());
}
