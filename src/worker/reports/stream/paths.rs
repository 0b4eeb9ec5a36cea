//! The report of the paths through a stream: the longest, and every other beside it.

use super::name_of;
use crate::model::{Document, Id, in_sentence, isolated, number_text, share_text};
use crate::stream::{FigureDimension, Path, StreamResults, amount_text_like, paths as paths_of};
use crate::worker::list::{List, PathRow};
use crate::worker::report::Block;

/// The most paths that are listed.
const MOST: usize = 40;

/// The report; none where no path leads to an end.
pub(super) fn paths(document: &Document, results: &StreamResults) -> Option<Vec<Block>> {
    let found = paths_of(results, MOST);
    let longest = found.longest.first()?;
    let items = found.longest.iter().enumerate();
    let items = items.map(|(place, path)| row(document, place, path, longest));
    let mut blocks = vec![Block::Words(
        "The longest path comes first; the ladder shows it. Press a path to select it on the map."
            .to_owned(),
    )];
    blocks.push(Block::List(List::Paths(items.collect())));
    if found.count > MOST as f64 {
        let words = format!(
            "These are the {MOST} longest of {} paths.",
            number_text(found.count)
        );
        blocks.push(Block::Words(words));
    }
    Some(blocks)
}

fn row(document: &Document, place: usize, path: &Path, longest: &Path) -> PathRow {
    let calendar = &document.calendar();
    // In the unit of the longest, so that rows can be compared.
    let time = |seconds: f64| {
        amount_text_like(seconds, longest.lead_time, FigureDimension::Time, calendar)
    };
    let at_least = if path.is_complete { "" } else { "at least " };
    let title = match (
        place,
        &path.apart_from(longest)[..],
        &longest.apart_from(path)[..],
    ) {
        (0, ..) => "The longest path".to_owned(),
        (_, [], []) => "By another flow".to_owned(),
        (_, [], left_out) => format!("Without {}", names(document, left_out)),
        (_, others, _) => format!("By {}", names(document, others)),
    };
    let named = document.properties().stream.paths.of(&path.ladder.flows);
    let title = match named {
        Some(name) => format!("{}: {}", isolated(name), in_sentence(&title)),
        None => title,
    };
    let stations = &path.ladder.stations;
    let mut about = stations.clone();
    about.extend(path.ladder.flows.iter().copied());
    PathRow {
        title,
        lead_time: format!("{at_least}{}", time(path.lead_time)),
        process_time: format!("process time {at_least}{}", time(path.process_time)),
        share: format!("{} of the items", share_text(path.share)),
        ends: match &stations[..] {
            [] => String::new(),
            [only] => name(document, *only),
            [first, .., last] => {
                format!("{} to {}", name(document, *first), name(document, *last))
            }
        },
        about,
    }
}

/// A station by its name alone; what has none, by its kind.
fn name(document: &Document, id: Id) -> String {
    let station = document.stations().get(&id);
    let named = station
        .map(|station| station.name.trim())
        .filter(|name| !name.is_empty());
    named.map_or_else(|| name_of(document, id), str::to_owned)
}

fn names(document: &Document, ids: &[Id]) -> String {
    let names: Vec<String> = ids.iter().map(|id| name(document, *id)).collect();
    names.join(", ")
}
