//! What may connect to what: asked by every tool, coded into none.

use super::document::Document;
use super::flow::FlowKind;
use super::id::Id;
use super::station::{Station, StationKind};

/// Why two things cannot be connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.why())]
pub enum Refusal {
    /// A note, or something that is not there.
    NothingToConnect,
    /// A variable and a station.
    TwoWorlds,
    /// Work flowing on to itself.
    ForwardToItself,
    /// Work into a supplier.
    IntoSupplier,
    /// Work out of a customer that is no rework.
    OutOfCustomer,
    /// Work through what only plans.
    WorkThroughControl,
    /// Rework into or out of what does no work.
    NotReworkable,
}

impl Refusal {
    /// The reason, as a sentence without its full stop.
    #[must_use]
    pub const fn why(self) -> &'static str {
        match self {
            Self::NothingToConnect => {
                "a link leads from a variable to a variable, a flow from a step to a step"
            }
            Self::TwoWorlds => {
                "a variable and a step can't be linked: bind the variable to the measure it shows"
            }
            Self::ForwardToItself => "only rework leads back to its own step",
            Self::IntoSupplier => "no work flows into a supplier",
            Self::OutOfCustomer => "from a customer work only comes back as rework",
            Self::WorkThroughControl => "only information flows to and from a control",
            Self::NotReworkable => "rework leads from a step or customer to a step or queue",
        }
    }
}

/// How two things are connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// By a link.
    Link,
    /// By a flow, of this kind unless a person says otherwise.
    Flow(FlowKind),
}

/// What may lead from one thing to another: a link between variables, which may be their own
/// effect, or a flow between stations, of the kind that fits them.
///
/// # Errors
/// Why nothing may.
pub fn may_connect(document: &Document, from: Id, to: Id) -> Result<Connection, Refusal> {
    let is_variable = |id: Id| document.variables().contains_key(&id);
    let is_station = |id: Id| document.stations().contains_key(&id);
    if is_variable(from) && is_variable(to) {
        Ok(Connection::Link)
    } else if is_station(from) && is_station(to) {
        let kind = flow_between(document, from, to);
        may_flow(document, from, to, kind).map(|()| Connection::Flow(kind))
    } else if (is_variable(from) || is_station(from)) && (is_variable(to) || is_station(to)) {
        Err(Refusal::TwoWorlds)
    } else {
        Err(Refusal::NothingToConnect)
    }
}

/// The kind of flow that fits two stations: information at a control, rework against the flow of
/// work, pull out of a supermarket, else push.
#[must_use]
pub fn flow_between(document: &Document, from: Id, to: Id) -> FlowKind {
    let kind_of = |id: Id| document.stations().get(&id).map(|station| station.kind);
    let (start, end) = (kind_of(from), kind_of(to));
    if start == Some(StationKind::Control) || end == Some(StationKind::Control) {
        FlowKind::ElectronicInformation
    } else if from == to || start == Some(StationKind::Customer) || leads_to(document, to, from) {
        FlowKind::Rework
    } else if end == Some(StationKind::Supplier) {
        FlowKind::ManualInformation
    } else if start == Some(StationKind::Supermarket) {
        FlowKind::Pull
    } else {
        FlowKind::Push
    }
}

/// Whether work can go from one station to another along forward flows.
fn leads_to(document: &Document, from: Id, to: Id) -> bool {
    let mut seen = std::collections::BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(station) = open.pop() {
        if station == to {
            return true;
        }
        for id in document.edges_of(station) {
            let next = document.flows().get(&id);
            let next = next.filter(|flow| flow.from == station && flow.kind.is_forward());
            if let Some(flow) = next
                && seen.insert(flow.to)
            {
                open.push(flow.to);
            }
        }
    }
    false
}

/// Whether a flow of a kind may lead from one station to another.
///
/// # Errors
/// Why it may not.
pub fn may_flow(document: &Document, from: Id, to: Id, kind: FlowKind) -> Result<(), Refusal> {
    let stations = document.stations();
    let (Some(start), Some(end)) = (stations.get(&from), stations.get(&to)) else {
        return Err(Refusal::NothingToConnect);
    };
    if from == to && kind != FlowKind::Rework {
        return Err(Refusal::ForwardToItself);
    }
    if !kind.carries_work() {
        return Ok(());
    }
    let is = |station: &Station, kinds: &[StationKind]| kinds.contains(&station.kind);
    if [start, end]
        .into_iter()
        .any(|station| is(station, &[StationKind::Control]))
    {
        Err(Refusal::WorkThroughControl)
    } else if kind == FlowKind::Rework {
        let out = is(start, &[StationKind::Step, StationKind::Customer]);
        let back = is(
            end,
            &[
                StationKind::Step,
                StationKind::Queue,
                StationKind::Supermarket,
            ],
        );
        (out && back).then_some(()).ok_or(Refusal::NotReworkable)
    } else if is(end, &[StationKind::Supplier]) {
        Err(Refusal::IntoSupplier)
    } else if is(start, &[StationKind::Customer]) {
        Err(Refusal::OutOfCustomer)
    } else {
        Ok(())
    }
}
