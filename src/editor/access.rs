//! Whether the document may be changed, or only looked at.
//!
//! A viewer pans, zooms, lights loops, pushes variables and copies; whatever would change the document does not get
//! to the rest of the editor.

use crate::scene::Hit;

use super::action::{Action, ActionGroup, Condition};
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
    /// It may be looked at while others change it. What is about files and other documents may be
    /// done, since the page is there to draw.
    Watch,
}

impl Access {
    /// Whether the document can be changed here.
    #[must_use]
    pub fn only_looks(self) -> bool {
        self != Self::Edit
    }
}

impl Editor {
    /// The editor in view mode.
    #[must_use]
    pub fn for_viewing(mut self) -> Self {
        self.access = Access::View;
        self
    }

    /// Opens the document for changes, or closes it. What others change still comes in.
    pub const fn set_access(&mut self, access: Access) {
        self.access = access;
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
        match self.access {
            Access::Edit => true,
            Access::View => action.row().for_viewers || self.pans(action),
            Access::Watch => {
                let files = ActionGroup::File.rows();
                action.row().for_viewers
                    || self.pans(action)
                    || files.iter().any(|row| row.action == action)
            }
        }
    }

    /// Whether this asks for a change that a viewer may not make.
    #[must_use]
    pub fn refuses(&self, event: &Event) -> bool {
        self.access.only_looks()
            && match event {
                Event::Do(_) | Event::DoubleClick(_) | Event::TextDone(_) => true,
                Event::Act(action) => !self.allows(*action),
                _ => false,
            }
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
        if !self.access.only_looks() {
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
            | Event::Animate(..) => None,
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
            | Event::Resized(_)
            // What others change is no change of the viewer.
            | Event::Remote(_) => Some(event),
        }
    }

    /// The event as far as it may be while a story is presented: what is told moves on, and changes
    /// come from elsewhere alone.
    fn allowed_while_presenting(&self, event: Event) -> Option<Event> {
        match event {
            Event::Present(_) | Event::Resized(_) => Some(event),
            Event::Act(action) => is_for_presenting(action).then_some(event),
            Event::Remote(_) => Some(event),
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
