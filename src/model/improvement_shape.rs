//! How an improvement changes the shape of a map: steps that are put in, steps and flows that are left
//! out.

use std::collections::BTreeSet;

use super::calendar::Unit;
use super::document::Document;
use super::element::Element;
use super::flow::{Flow, FlowKind};
use super::geometry::{Point, Vector};
use super::id::{Id, IdSource};
use super::improvement::{AddedStep, Improvement};
use super::measure::{Measure, Measures};
use super::measure_kind::MeasureKind;
use super::patch::Edit;
use super::station::{Station, StationKind};

/// Whether a step can be put in on a flow: work goes on along it. On a way back nothing would lead on
/// from the step.
#[must_use]
pub const fn can_have_steps(flow: &Flow) -> bool {
    flow.kind.is_forward()
}

/// Whether a station can be left out: work passes through it.
#[must_use]
pub const fn can_be_left_out(station: &Station) -> bool {
    matches!(
        station.kind,
        StationKind::Step | StationKind::Queue | StationKind::Supermarket
    )
}

/// Puts steps in on their flows. A flow leads to the first of them and keeps its id and what it says,
/// so that all others keep their chance in runs; from each step another flow leads on. A lane goes on
/// as a lane, with the same limit.
pub(super) fn put_in(edit: &mut Edit<'_>, improvement: &Improvement) {
    let flows: BTreeSet<Id> = improvement.added.iter().map(|step| step.flow).collect();
    for id in flows {
        let Some(Element::Flow(flow)) = edit.element(id) else {
            continue;
        };
        if !can_have_steps(&flow) || improvement.leaves_out(id) {
            continue;
        }
        // An id that stands for a record already is that of a step that was made so.
        let is_free = |step: &&AddedStep| edit.element(step.id).is_none();
        let steps = improvement.added_on(id).into_iter().filter(is_free);
        let steps: Vec<AddedStep> = steps.cloned().collect();
        let count = steps.len();
        let end = flow.to;
        let mut last = None;
        for (number, step) in steps.into_iter().enumerate() {
            let mut station = Station {
                name: step.name,
                measures: step.measures,
                ..Station::default()
            };
            let along = (number + 1) as f64 / (count + 1) as f64;
            station.placement.position = between(edit.document(), &flow, along);
            edit.set(step.id, Some(Element::Station(station)));
            lead(edit, last.unwrap_or(id), step.id);
            let onwards = free_id(edit, step.id);
            let next = Flow {
                kind: match flow.kind {
                    FlowKind::Pull => FlowKind::Push,
                    kind => kind,
                },
                measures: limit_alone(&flow),
                ..Flow::new(step.id, end, flow.kind)
            };
            edit.set(onwards, Some(Element::Flow(next)));
            last = Some(onwards);
        }
    }
}

/// Leaves out flows, and then stations. What came to a station goes on to what followed it: the wait at
/// it and on the way to it goes with it, the wait on the way from it stays. What went back from it goes
/// too, since nobody finds there any more that something is wrong.
pub(super) fn leave_out(edit: &mut Edit<'_>, improvement: &Improvement) {
    let is_flow = |id: &Id| edit.document().flows().contains_key(id);
    let all = improvement.without.iter().map(|one| one.0);
    let (flows, stations): (Vec<Id>, Vec<Id>) = all.partition(is_flow);
    for flow in flows {
        edit.remove(flow);
    }
    for station in stations {
        leave_out_station(edit, station);
    }
}

/// Flows at a station, each with its id.
type Flows = Vec<(Id, Flow)>;

fn leave_out_station(edit: &mut Edit<'_>, station: Id) {
    let flows = edit.edges_of(station).into_iter();
    let flows = flows.filter_map(|id| match edit.element(id) {
        Some(Element::Flow(flow)) if flow.from != flow.to => Some((id, flow)),
        _ => None,
    });
    let (to, onwards): (Flows, Flows) = flows.partition(|(_, flow)| flow.to == station);
    let to: Flows = to
        .into_iter()
        .filter(|(_, flow)| flow.kind.carries_work())
        .collect();
    let onwards = onwards.into_iter();
    let onwards: Flows = onwards.filter(|(_, flow)| flow.kind.is_forward()).collect();
    if !can_be_joined(edit, &to, &onwards) {
        pass_through(edit, station, &to);
        return;
    }
    let is_single = onwards.len() == 1;
    for (number, (first, before)) in to.iter().enumerate() {
        for (second, after) in &onwards {
            let Some(flow) = joined(edit, before, after, is_single) else {
                continue;
            };
            let id = match (is_single, number) {
                (true, _) => *first,
                (false, 0) => *second,
                (false, _) => free_id(edit, combined(*first, *second)),
            };
            edit.set(id, Some(Element::Flow(flow)));
        }
    }
    edit.remove(station);
}

/// Whether the ways to a station can be joined with those from it so that each item goes where it went:
/// where one way leads on, or where each way to it is the only one of its station, so that no shares
/// would have to be worked out.
fn can_be_joined(edit: &Edit<'_>, to: &[(Id, Flow)], onwards: &[(Id, Flow)]) -> bool {
    let says = |flow: &Flow, kind| flow.measures.get(kind).is_some();
    let packs = |flow: &Flow| says(flow, MeasureKind::ItemsInOne);
    let any =
        |flows: &[(Id, Flow)], has: &dyn Fn(&Flow) -> bool| flows.iter().any(|(_, flow)| has(flow));
    if any(to, &packs) && any(onwards, &packs) {
        return false;
    }
    let shares = onwards.len() > 1 || any(onwards, &|flow| says(flow, MeasureKind::Share));
    let is_only = |(id, flow): &(Id, Flow)| {
        let others = edit.edges_of(flow.from).into_iter();
        let mut others = others.filter(|other| other != id);
        let leads_on = |other: Id| match edit.element(other) {
            Some(Element::Flow(other)) => other.from == flow.from && other.kind.is_forward(),
            _ => false,
        };
        flow.kind.is_forward() && !says(flow, MeasureKind::Share) && !others.any(leads_on)
    };
    !shares || to.iter().all(is_only)
}

/// The flow from where work came from to where it goes on; none where it would lead in a circle, or
/// back to where nothing can be done again.
fn joined(edit: &Edit<'_>, before: &Flow, after: &Flow, is_single: bool) -> Option<Flow> {
    let kind = match (before.kind, after.kind) {
        (FlowKind::Rework, _) => FlowKind::Rework,
        (FlowKind::Pull, _) => FlowKind::Pull,
        (kind, FlowKind::Pull) => kind,
        (_, kind) => kind,
    };
    let end = match edit.element(after.to) {
        Some(Element::Station(station)) => station.kind,
        _ => return None,
    };
    let fits = match kind {
        FlowKind::Rework => matches!(
            end,
            StationKind::Step | StationKind::Queue | StationKind::Supermarket
        ),
        _ => before.from != after.to,
    };
    let mut measures = after.measures.clone();
    for (measure, is_of_before) in [
        (MeasureKind::Share, is_single),
        (MeasureKind::ItemsInOne, true),
    ] {
        if let Some(stated) = before.measures.get(measure).filter(|_| is_of_before) {
            measures.set(measure, Some(stated.clone()));
        }
    }
    measures.retain(MeasureKind::of_flow(kind));
    let flow = Flow {
        measures,
        bend: before.bend,
        remark: after.remark.clone(),
        ..Flow::new(before.from, after.to, kind)
    };
    fits.then_some(flow)
}

/// A station at which work parts stays as the place where it parts: nothing is done there, nothing waits
/// for it, and nothing goes back from it.
fn pass_through(edit: &mut Edit<'_>, station: Id, to: &[(Id, Flow)]) {
    for id in edit.edges_of(station) {
        let flow = edit.element(id);
        if matches!(flow, Some(Element::Flow(flow)) if flow.from == station && flow.kind == FlowKind::Rework)
        {
            edit.remove(id);
        }
    }
    for (id, flow) in to {
        let mut flow = flow.clone();
        flow.measures.set(MeasureKind::WaitingTime, None);
        edit.set(*id, Some(Element::Flow(flow)));
    }
    edit.change(station, |element| {
        if let Element::Station(station) = element {
            let none = Measure::measured(0.0, Unit::Hour);
            let all = Measure::measured(100.0, Unit::Percent);
            *station = Station {
                name: station.name.clone(),
                placement: station.placement,
                measures: Measures::new()
                    .with(MeasureKind::ProcessTime, none)
                    .with(MeasureKind::CompleteAndAccurate, all),
                ..Station::default()
            };
        }
    });
}

/// Leads a flow to another station.
fn lead(edit: &mut Edit<'_>, flow: Id, to: Id) {
    edit.change(flow, |element| {
        if let Element::Flow(flow) = element {
            flow.to = to;
        }
    });
}

/// The limit of a lane, and nothing else of what a flow says.
fn limit_alone(flow: &Flow) -> Measures {
    let mut measures = flow.measures.clone();
    let kinds: &[MeasureKind] = match flow.kind {
        FlowKind::Fifo => &[MeasureKind::Limit],
        _ => &[],
    };
    measures.retain(kinds);
    measures
}

/// A place on the way between the ends of a flow, at this part of it.
fn between(document: &Document, flow: &Flow, part: f64) -> Point {
    let middle = |id: Id| {
        let placement = document.placement(id);
        placement.map_or(Point::new(0.0, 0.0), |placement| placement.position)
    };
    let (start, end) = (middle(flow.from), middle(flow.to));
    let way: Vector = end - start;
    (start + way * part).on_canvas()
}

/// An id for a flow that follows from a record, the same each time.
fn free_id(edit: &Edit<'_>, of: Id) -> Id {
    let mut ids = IdSource::new(of.bits());
    loop {
        let id = ids.fresh();
        if edit.element(id).is_none() && edit.document().kind_of(id).is_none() {
            return id;
        }
    }
}

/// What stands for both of two ids.
const fn combined(one: Id, other: Id) -> Id {
    Id::from_bits(one.bits() ^ other.bits().rotate_left(29))
}
