//! What lies wholly in frames.

use std::collections::BTreeSet;

use crate::model::{Document, Id, Records, Rect};

use super::build::Scene;
use super::station::station_shape;
use super::text::MeasureText;

impl Scene {
    /// What lies wholly in a frame: variables, stations, notes and other frames.
    #[must_use]
    pub fn inside(&self, frame: &Rect) -> BTreeSet<Id> {
        let near = self.nodes_touching(frame).into_iter();
        let inner = self.frames_touching(frame).into_iter();
        let near = near.chain(inner.map(|frame| frame.id));
        near.filter(|id| {
            let outline = self.outline_of(*id);
            outline.is_some_and(|outline| frame.contains_rect(&outline))
        })
        .collect()
    }
}

/// The stations that lie wholly in each frame with a limit of work, as [`Scene::inside`] has them.
#[must_use]
pub fn stations_in_frames(document: &Document, measure: &dyn MeasureText) -> Records<Vec<Id>> {
    let pack = document.properties().stream.pack;
    let frames = document.frames().iter();
    let limited = frames.filter(|(_, frame)| frame.limit.is_some());
    let limited: Vec<(Id, Rect)> = limited.map(|(id, frame)| (*id, frame.rect())).collect();
    let mut inside: Records<Vec<Id>> = limited.iter().map(|(id, _)| (*id, Vec::new())).collect();
    if limited.is_empty() {
        return inside;
    }
    for (id, station) in document.stations() {
        let outline = station_shape(*id, station, pack, measure).lined_up();
        for (frame, rect) in &limited {
            if rect.contains_rect(&outline)
                && let Some(stations) = inside.get_mut(frame)
            {
                stations.push(*id);
            }
        }
    }
    inside
}
