//! What shows the four handles from which links and flows are drawn.

use std::collections::BTreeSet;

use crate::model::{Id, Lever};
use crate::scene::{Hit, NodeKind};

use super::access::Access;
use super::gesture::Gesture;
use super::state::{Editor, Tool};

impl Editor {
    /// Shows the handles of what is pointed at and of what alone is selected, and marks what is
    /// typed into.
    pub(super) fn show_handles(&mut self) {
        let connectors = self.connectors();
        let typing = self.text_edit.as_ref().map(|edit| edit.id);
        if self.overlay.connectors != connectors || self.overlay.typing != typing {
            self.overlay.connectors = connectors;
            self.overlay.typing = typing;
            self.versions.selection += 1;
        }
    }

    fn connectors(&self) -> BTreeSet<Id> {
        let quiet = matches!(self.gesture, Gesture::Idle | Gesture::Pressed { .. });
        let can_draw = self.access == Access::Edit && self.tool == Tool::Select;
        if !quiet || !can_draw || self.text_edit.is_some() {
            return BTreeSet::new();
        }
        let pointed_at = match self.overlay.hover {
            Some(
                Hit::Node(id)
                | Hit::Rim(id)
                | Hit::Connector(id, _)
                | Hit::Finding(id)
                | Hit::Comments(id)
                | Hit::Trial(Lever::Record(id)),
            ) => Some(id),
            _ => None,
        };
        let ends = pointed_at.into_iter().chain(self.overlay.handle_of());
        ends.filter(|id| {
            let node = self.scene.nodes().get(id);
            node.is_some_and(|node| node.kind != NodeKind::Note)
        })
        .collect()
    }
}
