//! What a pointer is in the middle of.

use std::collections::BTreeSet;

use crate::model::{
    Document, Element, FlowSide, Frame, Id, LoopKey, LoopLabel, Patch, Point, Rect, Vector,
};
use crate::scene::{Grip, Hit, View};

use super::event::Pointer;
use super::pipes::Piping;

/// What a pointer is in the middle of; exactly one thing at a time.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "there is only one")]
pub enum Gesture {
    /// Nothing.
    #[default]
    Idle,
    /// A button is down, and it is not clear yet whether this is a click or a drag.
    Pressed {
        /// Where it went down.
        start: Pointer,
        /// What was there.
        hit: Hit,
    },
    /// The canvas follows the pointer.
    Panning {
        /// Where the pointer was last, in CSS pixels.
        last: Point,
        /// What was seen before.
        before: View,
    },
    /// A box is drawn to select what is in it.
    Marquee {
        /// The corner it began at, in world units.
        origin: Point,
        /// What was selected before and stays so.
        kept: BTreeSet<Id>,
    },
    /// Things follow the pointer.
    Moving(Moving),
    /// A frame is drawn out.
    Framing {
        /// The frame.
        id: Id,
        /// The corner it began at, in world units.
        origin: Point,
    },
    /// A side or a corner of a frame follows the pointer.
    Resizing {
        /// The frame.
        frame: Id,
        /// The side or corner.
        grip: Grip,
        /// From the pointer to that, in world units.
        grab: Vector,
        /// As it was at the start.
        start: Frame,
        /// The boxes it may line up with.
        others: Vec<Rect>,
    },
    /// The arc of a link or flow follows the pointer.
    Bending {
        /// The link or flow.
        edge: Id,
        /// As it was at the start.
        start: Element,
    },
    /// A link is drawn.
    Linking {
        /// The cause.
        from: Id,
        /// Whether the pointer has been away from the cause, so that coming back means a link
        /// to itself.
        has_left: bool,
    },
    /// A flow is drawn.
    Piping(Piping),
    /// An end of a pipe is dragged to another stock, or into the open.
    Reconnecting {
        /// The rate.
        rate: Id,
        /// Which end.
        side: FlowSide,
        /// The link that it may make.
        fresh: Id,
    },
    /// The badge of a loop follows the pointer.
    DraggingBadge {
        /// The loop.
        key: LoopKey,
        /// From the pointer to where the offset of the badge began, in world units.
        grab: Vector,
        /// The label of the loop; a fresh id where it has none.
        label: Id,
        /// As it was at the start.
        start: Option<LoopLabel>,
    },
    /// Two fingers pan and zoom.
    Pinching,
}

/// Things that follow the pointer.
#[derive(Clone, Debug, PartialEq)]
pub struct Moving {
    /// Where the pointer took hold, in world units.
    pub origin: Point,
    /// The records as they become if the pointer goes nowhere: the same, or copies.
    pub template: Patch,
    /// The box around what moves, at the start.
    pub bounds: Rect,
    /// The boxes it may line up with.
    pub others: Vec<Rect>,
}

impl Gesture {
    /// Goes on upon a document that has changed elsewhere; `None` where what the gesture is about
    /// is gone.
    pub(super) fn bring_onto(&mut self, document: &Document) -> Option<()> {
        match self {
            Self::Idle
            | Self::Panning { .. }
            | Self::Pinching
            | Self::Marquee { .. }
            | Self::Framing { .. } => Some(()),
            Self::Resizing { frame, start, .. } => {
                *start = document.frames().get(frame)?.clone();
                Some(())
            }
            Self::Pressed { hit, .. } => match hit {
                Hit::Badge(key) => all_there(document, key),
                _ => hit
                    .record()
                    .is_none_or(|id| document.kind_of(id).is_some())
                    .then_some(()),
            },
            Self::Linking { from, .. } => document.placement(*from).map(|_| ()),
            Self::Piping(piping) => piping
                .from
                .is_none_or(|from| document.placement(from).is_some())
                .then_some(()),
            Self::Reconnecting { rate, .. } => document.placement(*rate).map(|_| ()),
            Self::Bending { edge, start } => {
                *start = document.element(*edge)?;
                Some(())
            }
            Self::DraggingBadge {
                key, label, start, ..
            } => {
                let known = document.label_of(key);
                if let Some((id, _)) = known {
                    *label = id;
                }
                *start = known.map(|(_, label)| label.clone());
                all_there(document, key)
            }
            Self::Moving(moving) => moving.bring_onto(document),
        }
    }
}

fn all_there(document: &Document, key: &LoopKey) -> Option<()> {
    let mut links = key.links().iter();
    links
        .all(|link| document.links().contains_key(link))
        .then_some(())
}

impl Moving {
    /// Takes the moved things as they are now, but keeps where the drag began.
    fn bring_onto(&mut self, document: &Document) -> Option<()> {
        self.template.changes.retain(|id, change| {
            if change.before.is_none() {
                return true;
            }
            let from = change.after.as_ref().and_then(Element::placement);
            let from = from.map(|placement| placement.position);
            change.before = document.element(*id);
            change.after.clone_from(&change.before);
            let after = change.after.as_mut();
            if let (Some(from), Some(to)) = (from, after.and_then(Element::placement_mut)) {
                to.position = from;
            }
            change.before.is_some()
        });
        (!self.template.changes.is_empty()).then_some(())
    }
}
