//! The path through a value stream that is selected.

use std::collections::BTreeSet;

use crate::model::{Document, Id};

/// The flows of the path that is selected, in their order: all flows of work among what is selected, if
/// they follow one another and no station is come to twice.
#[must_use]
pub fn selected_path(document: &Document, selection: &BTreeSet<Id>) -> Option<Vec<Id>> {
    let flows = selection.iter().filter_map(|id| {
        let flow = document.flows().get(id)?;
        flow.kind.is_forward().then_some((*id, flow.from, flow.to))
    });
    let mut left: Vec<(Id, Id, Id)> = flows.collect();
    let is_led_to = |station: Id| left.iter().any(|(_, _, to)| *to == station);
    let mut starts = left.iter().filter(|(_, from, _)| !is_led_to(*from));
    let (_, mut at, _) = *starts.next()?;
    let mut path = Vec::new();
    while let Some(place) = left.iter().position(|(_, from, _)| *from == at) {
        let (id, _, to) = left.swap_remove(place);
        path.push(id);
        at = to;
    }
    left.is_empty().then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Element, Flow, FlowKind, Station};

    #[test]
    fn flows_that_follow_one_another_are_a_path() {
        let id = Id::from_bits;
        let mut document = Document::default();
        let mut edit = Edit::new(&document);
        for station in 1..=4 {
            edit.set(id(station), Some(Element::Station(Station::default())));
        }
        for (flow, from, to, kind) in [
            (12, 1, 2, FlowKind::Push),
            (11, 2, 3, FlowKind::Pull),
            (13, 3, 4, FlowKind::Push),
            (14, 3, 1, FlowKind::Rework),
            (15, 2, 4, FlowKind::Push),
        ] {
            let flow_of = Flow::new(id(from), id(to), kind);
            edit.set(id(flow), Some(Element::Flow(flow_of)));
        }
        let patch = edit.finish();
        document.apply(&patch).unwrap();
        let of = |ids: &[u64]| {
            let selection = ids.iter().copied().map(id).collect();
            selected_path(&document, &selection)
        };
        let path = |ids: &[u64]| Some(ids.iter().copied().map(id).collect::<Vec<_>>());
        assert_eq!(of(&[1, 2, 3, 4, 11, 12, 13]), path(&[12, 11, 13]));
        assert_eq!(of(&[11, 12, 13, 14]), path(&[12, 11, 13]));
        assert_eq!(of(&[12, 15]), path(&[12, 15]));
        assert_eq!(of(&[12, 13]), None);
        assert_eq!(of(&[11, 12, 15]), None);
        assert_eq!(of(&[1, 2, 14]), None);
    }
}
