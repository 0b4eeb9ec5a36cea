//! Reading: from a map to a line.

use std::sync::Arc;

use super::counted::counted;
use super::faults::{ask_of_flows, ask_of_places, ask_of_traffic};
use super::found::{Found, Weight};
use super::granted::say_what_is_granted;
use super::groups::Groups;
use super::keys::{KeyFor, key_of_name};
use super::shape::{Form, Packing, Shape, most};
use super::sources::{Kind, rates, sources};
use super::steps::{Staff, Steps};
use super::ways::Ways;
use super::{Mapped, MappedCrew, NotReady};
use crate::model::{Document, FlowKind, Id, MeasureKind, Records};
use crate::simulate::events::{Crew, Limit, Line, Plan, Pool, Servers};
use crate::stream::{Reading, Traffic};

/// The stream of some stations of a document, ready to run.
pub(super) fn mapped(
    document: &Document,
    about: &[Id],
    inside: &Records<Vec<Id>>,
) -> Result<Mapped, NotReady> {
    let mut found = Found::default();
    let Some(reading) = Reading::of(document, about) else {
        found.fault(about, "No work flows between these stations.");
        return Err(found.into_refusal());
    };
    let traffic = match reading.traffic() {
        Ok(traffic) => traffic,
        Err(error) => {
            ask_of_traffic(&reading, error, &mut found);
            return Err(found.into_refusal());
        }
    };
    let settings = &document.properties().stream.run;
    let flows = document.flows().iter().map(|(id, flow)| (*id, flow.kind));
    let flows: Records<FlowKind> = flows.collect();
    let groups = Groups::of(document, &reading, inside, &mut found);
    let shape = Shape::of(&reading, traffic, &flows, groups);

    // What comes.
    let products = reading.products();
    let rates = rates(&shape, &products, &mut found);
    let own: Vec<Option<Traffic>> = (0..products.len())
        .map(|number| {
            reading
                .traffic_of(number)
                .filter(|_| rates[number] != Some(0.0))
        })
        .collect();
    let kinds: Vec<Kind<'_>> = rates
        .iter()
        .enumerate()
        .map(|(number, rate)| Kind {
            product: products.get(number),
            traffic: own.get(number).and_then(Option::as_ref).unwrap_or(traffic),
            rate: *rate,
        })
        .collect();

    // What is done.
    let size = shape.forms.len();
    let comes: Vec<Vec<bool>> = kinds
        .iter()
        .map(|kind| {
            let visits = kind.traffic.visits.iter();
            visits
                .map(|visits| *visits > 0.0 && kind.rate != Some(0.0))
                .collect()
        })
        .collect();
    let steps = Steps {
        document,
        shape: &shape,
        products: &products,
        settings,
        comes: &comes,
    };
    let is_there = |place: &usize| matches!(shape.forms[*place], Form::Step { .. });
    for step in (0..size).filter(is_there) {
        steps.ask(step, &mut found);
    }
    ask_of_flows(&shape, &mut found);
    ask_of_places(&shape, &mut found);
    let loads = reading.resources().iter().filter_map(|load| {
        let members: Vec<usize> = load.members.iter().copied().filter(is_there).collect();
        (!members.is_empty()).then_some((load, members))
    });
    let staffs: Vec<Staff> = loads
        .map(|(load, members)| steps.staff(load, members, &mut found))
        .collect();
    let mut line = Line::default();
    let mut servers: Vec<Option<(usize, Servers)>> = vec![None; size];
    for (number, staff) in staffs.iter().enumerate() {
        let who = match &staff.name {
            Some(name) if staff.members.len() > 1 => {
                line.pools.push(Pool {
                    key: key_of_name(name, KeyFor::Itself),
                    crew: staff.crew.clone(),
                });
                Servers::Pool(line.pools.len() - 1)
            }
            _ => Servers::Own(staff.crew.clone()),
        };
        for member in &staff.members {
            servers[*member] = Some((number, who.clone()));
        }
    }
    let nobody = Staff::alone();
    let mut ways = Ways::new(document, &shape, settings);
    for (place, who) in servers.into_iter().enumerate() {
        if !is_there(&place) {
            ways.add_place(place, &mut found);
            continue;
        }
        let (staff, who) = match who {
            Some((number, who)) => (&staffs[number], who),
            None => (&nobody, Servers::Own(Crew::of(1))),
        };
        let step = steps.step(place, staff, who, &mut found);
        ways.add_step(place, step);
    }
    let routes: Vec<&Traffic> = kinds.iter().map(|kind| kind.traffic).collect();
    ways.settle(if products.is_empty() { &[] } else { &routes }, &mut found);
    let sources = sources(&mut ways, &kinds, &settings.schedule, &mut found);
    let counted = counted(&mut ways, &kinds, &mut found);
    limit_the_whole(&ways, &mut line, &mut found);
    shape.groups.limit(&ways, &mut line, &mut found);
    say_what_is_granted(document, &shape, &flows, &mut found);

    if found.has_gaps() {
        return Err(found.into_refusal());
    }
    let (places, waits_for) = (ways.places, ways.waits_for);
    line.stations = ways.stations;
    let (sources, records): (Vec<_>, Vec<Id>) = sources.into_iter().unzip();
    line.sources = sources;
    let plan = match Plan::new(line) {
        Ok(plan) => plan,
        Err(error) => {
            let words = format!("The map makes no line that can run: {error}.");
            found.fault(&[], &words);
            return Err(found.into_refusal());
        }
    };
    let names: Vec<&Staff> = staffs
        .iter()
        .filter(|staff| staff.members.len() > 1)
        .collect();
    let crews = plan.crews().enumerate().map(|(number, (count, stations))| {
        let steps: Vec<Id> = stations
            .iter()
            .map(|station| places[*station as usize].record)
            .collect();
        let shared = names.get(number).and_then(|staff| staff.name.clone());
        let own = || {
            let station = document.stations().get(steps.first()?)?;
            let resource = station.resource.trim();
            let name = if resource.is_empty() {
                station.name.trim()
            } else {
                resource
            };
            Some(name.to_owned())
        };
        MappedCrew {
            name: shared.or_else(own).unwrap_or_default(),
            steps,
            count,
        }
    });
    Ok(Mapped {
        crews: crews.collect(),
        plan: Arc::new(plan),
        places,
        waits_for,
        sources: records,
        kinds: match products.is_empty() {
            true => vec![String::new()],
            false => products.into_iter().map(|product| product.name).collect(),
        },
        assumptions: found.into_assumptions(),
        calendar: reading.stream().calendar,
        counted,
    })
}

/// The limit of work in the whole stream: of all that orders pass.
fn limit_the_whole(ways: &Ways<'_>, line: &mut Line, found: &mut Found) {
    let shape = ways.shape;
    let Some(limit) = shape.reading.work_limit() else {
        return;
    };
    let Some(items) = limit.likely else {
        let words = "Nobody knows how many items may be in the stream at once.";
        found.missing_of_whole(MeasureKind::Limit, words);
        return;
    };
    let stream = shape.reading.stream();
    let outside = |record: &Id| {
        let place = stream.index_of(*record);
        place.is_some_and(|place| !shape.stores.is_of_orders(place))
    };
    let is_flow_outside = |record: &Id| {
        let flow = stream.flows.binary_search(record).ok();
        flow.is_some_and(|flow| {
            let arc = &shape.reading.network().arcs[flow];
            !shape.stores.is_of_orders(arc.from)
        })
    };
    let stations = ways
        .places
        .iter()
        .enumerate()
        .filter(|(_, place)| !outside(&place.record) && !is_flow_outside(&place.record));
    let whole = most(items).max(1);
    let packs = shape
        .reading
        .network()
        .arcs
        .iter()
        .map(|arc| arc.items_in_one);
    let largest = packs.fold(1.0, f64::max);
    if shape.packing == Packing::OneByOne && f64::from(whole) < largest {
        let words = "The limit of work in the stream is less than the items that become one.";
        found.fault(&[], words);
    }
    line.limits.push(Limit {
        stations: stations.map(|(at, _)| at).collect(),
        most: whole,
    });
    let words = "No more items are let in than the limit of work in the stream says; what comes then \
        waits outside.";
    found.assume(Weight::Much, &[], words);
}
