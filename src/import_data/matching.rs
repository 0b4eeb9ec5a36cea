//! Which station of a map a state or a step of a table is.

use super::mapping::Choices;
use super::plan::Draft;
use super::words::same_name;
use crate::model::{Document, Id, StationKind};

/// The key under which is kept which station a state or step of this name is.
#[must_use]
pub fn station_key(name: &str) -> String {
    format!("station {name}")
}

/// The stations of a map that a draft can be.
#[must_use]
pub fn candidates(document: &Document, draft: &Draft) -> Vec<(Id, String)> {
    let fits = |kind: StationKind| match draft.kind {
        StationKind::Queue => matches!(kind, StationKind::Queue | StationKind::Supermarket),
        other => kind == other,
    };
    let stations = document
        .stations()
        .iter()
        .filter(|(_, station)| fits(station.kind));
    stations
        .map(|(id, station)| (*id, station.name.clone()))
        .collect()
}

/// The one station that a draft is by its name.
#[must_use]
pub fn station_by_name(document: &Document, draft: &Draft) -> Option<Id> {
    let mut stations = candidates(document, draft);
    // A map has its own word for who asks.
    if draft.kind != StationKind::Customer {
        let wanted = same_name(&draft.name);
        stations.retain(|(_, name)| same_name(name) == wanted);
    }
    match stations[..] {
        [(id, _)] => Some(id),
        _ => None,
    }
}

/// The station that a person has chosen for a draft, if it is still there.
#[must_use]
pub fn station_by_choice(document: &Document, draft: &Draft, choices: &Choices) -> Option<Id> {
    let chosen = choices.get(&station_key(&draft.name))?;
    let mut stations = candidates(document, draft).into_iter();
    let found = stations.find(|(id, _)| id.to_string() == *chosen);
    found.map(|(id, _)| id)
}

/// The station of every draft: as chosen, or by its name. No station is taken twice.
#[must_use]
pub(super) fn stations_of(
    document: &Document,
    drafts: &[Draft],
    choices: &Choices,
) -> Vec<Option<Id>> {
    let chosen = drafts
        .iter()
        .map(|draft| station_by_choice(document, draft, choices));
    let mut found: Vec<Option<Id>> = Vec::new();
    for id in chosen {
        let is_taken = found.contains(&id);
        found.push(id.filter(|_| !is_taken));
    }
    for (index, draft) in drafts.iter().enumerate() {
        if found[index].is_none() {
            let named = station_by_name(document, draft);
            found[index] = named.filter(|id| !found.contains(&Some(*id)));
        }
    }
    found
}
