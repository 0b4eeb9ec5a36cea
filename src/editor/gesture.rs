//! What a pointer is in the middle of.

use std::collections::BTreeSet;

use crate::model::{Id, LoopKey, Patch, Point, Rect, Vector};
use crate::scene::Hit;

use super::event::Pointer;

/// What a pointer is in the middle of; exactly one thing at a time.
#[derive(Clone, Debug, PartialEq)]
pub enum Gesture {
    /// Nothing.
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
    /// The arc of a link follows the pointer.
    Bending {
        /// The link.
        link: Id,
    },
    /// A link is drawn.
    Linking {
        /// The cause.
        from: Id,
        /// Whether the pointer has been away from the cause, so that coming back means a link
        /// to itself.
        home: Home,
    },
    /// The badge of a loop follows the pointer.
    DraggingBadge {
        /// The loop.
        key: LoopKey,
        /// From the pointer to where the offset of the badge began, in world units.
        grab: Vector,
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

/// Whether the pointer has left the variable a link starts at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// Not yet.
    NotLeft,
    /// It has.
    Left,
}
