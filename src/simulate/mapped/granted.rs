//! What a run takes for granted of how a map is meant.

use super::found::{Found, Weight};
use super::shape::{Form, Lane, Packing, Shape};
use crate::model::{Document, FlowKind, Id, MeasureKind, Records, StationKind};
use crate::stream::network::ArcKind;

/// Says all of it that is not about single numbers.
pub(super) fn say_what_is_granted(
    document: &Document,
    shape: &Shape<'_>,
    flows: &Records<FlowKind>,
    found: &mut Found,
) {
    let (reading, stream) = (shape.reading, shape.reading.stream());
    let network = reading.network();
    let comes = |place: &usize| shape.forms[*place] != Form::Nothing;
    let places = || (0..stream.stations.len()).filter(comes);
    let say = |found: &mut Found, weight: Weight, about: Vec<Id>, words: &str| {
        if !about.is_empty() {
            found.assume(weight, &about, words);
        }
    };
    let ids = |places: &mut dyn Iterator<Item = usize>| -> Vec<Id> {
        places.map(|place| stream.stations[place]).collect()
    };

    let stores = shape.stores.all.iter().map(|store| store.place);
    let words = "Orders take from this supermarket, and each unit that is taken is made anew. The time \
        of an item begins there, with its order.";
    say(found, Weight::Most, ids(&mut stores.clone()), words);
    let pushed = places().filter(|place| {
        stream.kinds[*place] == StationKind::Supermarket
            && !matches!(shape.forms[*place], Form::Store(_))
    });
    let words = "This supermarket is taken for a queue: its stock is not stated, or what leads to it \
        leads elsewhere too, or several products pass it.";
    say(found, Weight::Most, ids(&mut pushed.into_iter()), words);

    let waits = places().filter(|place| {
        let stated = reading
            .stated_at(*place, MeasureKind::WaitingTime)
            .is_some();
        stated && shape.forms[*place] != Form::Stay
    });
    let words = "The wait that is stated here is what the run finds out: it is left out.";
    say(found, Weight::Much, ids(&mut waits.into_iter()), words);

    let goes_back = |place: usize| {
        let arcs = shape.outgoing[place].iter();
        arcs.into_iter()
            .any(|arc| network.arcs[*arc].kind == ArcKind::Rework)
    };
    let faulty = places().filter(|place| {
        let stated = reading.stated_at(*place, MeasureKind::CompleteAndAccurate);
        let less = stated
            .and_then(|stated| stated.likely)
            .is_some_and(|part| part < 1.0);
        less && !goes_back(*place)
    });
    let words = "What is not complete and accurate goes on like all else, as in the figures. A rework \
        flow says how much goes back, and where to.";
    say(found, Weight::Much, ids(&mut faulty.into_iter()), words);

    let taken = || {
        let arcs = network.arcs.iter().enumerate();
        arcs.filter(|(index, arc)| shape.outgoing[arc.from].contains(index))
    };
    let pulled = taken().filter(|(index, arc)| {
        let is_pull = flows.get(&stream.flows[*index]) == Some(&FlowKind::Pull);
        let is_full = matches!(shape.forms[arc.from], Form::Store(_) | Form::Held(_));
        let queue = matches!(shape.forms[arc.to], Form::Step { queue: Some(_) });
        let is_limited = reading.work_limit().is_some() || shape.groups.hold(arc.to);
        is_pull && !is_full && !queue && !is_limited
    });
    let words = "Nothing limits what waits on this pull flow: no limit is stated before it.";
    let about: Vec<Id> = pulled.map(|(index, _)| stream.flows[index]).collect();
    say(found, Weight::Some, about, words);
    let aside = taken().filter(|(index, _)| shape.lanes[*index] == Lane::Aside);
    let words = "What comes this way waits beside the queue that is limited, however much it is.";
    let about: Vec<Id> = aside.map(|(index, _)| stream.flows[index]).collect();
    say(found, Weight::Some, about, words);

    let idle = taken().filter(|(index, _)| {
        shape.lanes[*index] == Lane::None && shape.lane_on(*index, flows).is_some()
    });
    let words = "This lane leads neither to a step nor to a queue with a limit: its own limit holds \
        nothing back.";
    let about: Vec<Id> = idle.map(|(index, _)| stream.flows[index]).collect();
    say(found, Weight::Some, about, words);

    let (joins, returns) = reading.open_questions();
    let words = "Parts of an item meet here, and one of them need not come: the others are taken to go \
        on without it, as in the figures.";
    say(found, Weight::Much, joins, words);
    let words = "This rework leads out of a parallel branch: what is beside it is taken to be finished, \
        and then all of it is done again, as in the figures.";
    say(found, Weight::Much, returns, words);

    if !shape.traffic.forks.is_empty() {
        let dead = places().filter(|place| {
            let leads = shape.outgoing[*place].is_empty();
            leads && !network.exits.contains(place)
        });
        let words = "A part of an item ends here. An item is done when its last part is; in the figures \
            this part does not count.";
        say(found, Weight::Some, ids(&mut dead.into_iter()), words);
    }
    if shape.packing == Packing::AtOnce {
        let joined = taken().filter(|(_, arc)| arc.items_in_one != 1.0);
        let about: Vec<Id> = joined.map(|(index, _)| stream.flows[index]).collect();
        let words = "Several items become one here, and cannot be followed one by one: they are one \
            from the start, and each step works on all of them at once.";
        say(found, Weight::Much, about, words);
    }
    let unreached = (0..stream.stations.len()).filter(|place| !comes(place));
    let words = "No work comes here.";
    say(found, Weight::Some, ids(&mut unreached.into_iter()), words);
    let shared = places().filter(|place| {
        let station = document.stations().get(&stream.stations[*place]);
        station.is_some_and(|station| !station.resource.trim().is_empty())
            && reading.stated_at(*place, MeasureKind::Priority).is_some()
    });
    let words = "Of the steps that share people or machines, one without a priority comes last.";
    say(found, Weight::Some, ids(&mut shared.into_iter()), words);
}
