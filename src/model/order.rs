//! Places in a list that people order: which of its entries get another place when one comes in.

/// The distance from the last entry of a list to a new one after it.
const GAP: i32 = 1_024;

/// The places that put one entry into a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The place of the entry that comes in.
    pub place: i32,
    /// The entries that have to give way, by their index in the list, with their new places.
    pub others: Vec<(usize, i32)>,
}

/// Puts an entry into a list before the entry at `index`, or after the last one.
///
/// `places` are those of the other entries, the least first; equal ones may stand beside each other.
/// As few of them change as can: none where there is room between the neighbours. Otherwise the
/// shortest stretch of entries around the new one that has room between what stands before and
/// behind it is spread out evenly there.
#[must_use]
pub fn placed(places: &[i32], index: usize) -> Placed {
    let count = places.len();
    let index = index.min(count);
    // Beyond either end there is as much room as numbers have.
    let at = |entry: usize| match places.get(entry) {
        Some(place) => i64::from(*place),
        None => i64::from(i32::MAX) + 1,
    };
    let before_first = i64::from(i32::MIN) - 1;
    // With `start..end` spread out, what stands before it and what stands at `end` stay. There is
    // room for one more between them if at(end) - at(start - 1) > end - start + 1: what depends on
    // the end is on one side, what depends on the start on the other. The greatest so far, since the
    // first end that is far enough is looked for.
    let mut most = i64::MIN;
    let rooms: Vec<i64> = (index..=count)
        .map(|end| {
            most = most.max(at(end) - end as i64);
            most
        })
        .collect();
    let stretch = |start: usize| {
        let before = start.checked_sub(1).map_or(before_first, at);
        let needed = before - start as i64 + 2;
        let end = index + rooms.partition_point(|room| *room < needed);
        (end <= count).then_some((start, end))
    };
    let (start, end) = (0..=index)
        .rev()
        .filter_map(stretch)
        .min_by_key(|(start, end)| end - start)
        .unwrap_or((0, count));
    let size = (end - start + 1) as i64;
    let before = start.checked_sub(1).map(at);
    let after = (end < count).then(|| at(end));
    let spread = |number: i64| match (before, after) {
        (Some(before), Some(after)) => before + (after - before) * (number + 1) / (size + 1),
        (None, Some(after)) => {
            let step = (after - i64::from(i32::MIN)) / size;
            after - step.clamp(1, i64::from(GAP)) * (size - number)
        }
        (before, None) => {
            let before = before.unwrap_or(-i64::from(GAP));
            let step = (i64::from(i32::MAX) - before) / size;
            before + step.clamp(1, i64::from(GAP)) * (number + 1)
        }
    };
    // There is room, so no number is out of range.
    let place = |number: usize| i32::try_from(spread(number as i64)).unwrap_or_default();
    let own = index - start;
    let others =
        (start..end).map(|entry| (entry, place(entry - start + usize::from(entry >= index))));
    Placed {
        place: place(own),
        others: others.filter(|(entry, to)| places[*entry] != *to).collect(),
    }
}
