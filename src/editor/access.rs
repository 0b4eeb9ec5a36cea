//! Whether the document may be changed, or only looked at.
//!
//! A viewer pans, zooms, lights loops, pushes variables and copies; whatever would change the document does not get
//! to the rest of the editor.

use crate::scene::Hit;

use super::action::{Action, Condition};
use super::event::{Button, Event, Pointer};
use super::gesture::Gesture;
use super::state::Editor;

/// What may be done with the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// Everything.
    #[default]
    Edit,
    /// It may be looked at.
    View,
}

impl Editor {
    /// The editor in view mode.
    #[must_use]
    pub fn for_viewing(mut self) -> Self {
        self.access = Access::View;
        self
    }

    /// What may be done with the document.
    #[must_use]
    pub const fn access(&self) -> Access {
        self.access
    }

    /// Whether an action may be done.
    #[must_use]
    pub fn allows(&self, action: Action) -> bool {
        if self.presenting.is_some() {
            return is_for_presenting(action);
        }
        self.access == Access::Edit || action.row().for_viewers || self.pans(action)
    }

    /// Whether an action that moves things only pans, because nothing is there to be moved.
    fn pans(&self, action: Action) -> bool {
        let nothing = self.overlay.selection.is_empty() && self.chosen_loop.is_none();
        nothing && action.row().nudges
    }

    /// The event as far as it may be; none if it would change the document.
    pub(super) fn allowed(&self, event: Event) -> Option<Event> {
        if self.presenting.is_some() {
            return self.allowed_while_presenting(event);
        }
        if self.access == Access::Edit {
            return Some(event);
        }
        match event {
            Event::Down(pointer, button) => Some(self.pressed_by_viewer(pointer, button)),
            Event::Act(action) => self.allows(action).then_some(event),
            Event::DoubleClick(_)
            | Event::Do(_)
            | Event::TextDone(_)
            | Event::TextNext(_)
            | Event::TextCancelled
            | Event::Animate(..)
            | Event::Remote(_) => None,
            Event::Move(_)
            | Event::Up(_)
            | Event::Lost(_)
            | Event::Leave
            | Event::Menu(_)
            | Event::Wheel(..)
            | Event::Pinch(..)
            | Event::Select(_)
            | Event::PointAtLoop(_)
            | Event::PointAt(_)
            | Event::ChooseLoop(_)
            | Event::LookAt(_)
            | Event::NeighboursWithin(_)
            | Event::Find(_)
            | Event::ShowTag(_)
            | Event::ChooseStory(_)
            | Event::ShowStep(_)
            | Event::Play(_)
            | Event::Watch(_)
            | Event::Present(_)
            | Event::Resized(_) => Some(event),
        }
    }

    /// The event as far as it may be while a story is presented: what is told moves on, and changes
    /// come from elsewhere alone.
    fn allowed_while_presenting(&self, event: Event) -> Option<Event> {
        match event {
            Event::Present(_) | Event::Resized(_) => Some(event),
            Event::Act(action) => is_for_presenting(action).then_some(event),
            Event::Remote(_) => (self.access == Access::Edit).then_some(event),
            _ => None,
        }
    }

    /// A press on a badge chooses its loop, or lets it go; anywhere else it begins to pan.
    fn pressed_by_viewer(&self, pointer: Pointer, button: Button) -> Event {
        if let (Button::Primary, Gesture::Idle, Hit::Badge(key)) =
            (button, &self.gesture, self.hit(&pointer))
        {
            return Event::ChooseLoop((self.chosen_loop.as_ref() != Some(&key)).then_some(key));
        }
        Event::Down(pointer, Button::Middle)
    }
}

/// Whether an action may be done while a story is presented.
fn is_for_presenting(action: Action) -> bool {
    action.row().when == Condition::Presents
        || matches!(
            action,
            Action::ZoomIn | Action::ZoomOut | Action::ToggleTheme
        )
}
