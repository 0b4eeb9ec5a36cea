//! One line that says what can be done now, from the state of the editor.

use crate::model::{Id, may_connect};
use crate::scene::Hit;

use super::event::PointerKind;
use super::gesture::Gesture;
use super::state::{Editor, Tool};

impl Editor {
    /// One line that says what can be done now, for a person who mostly points like this.
    #[must_use]
    pub fn hint(&self, pointing: PointerKind) -> &str {
        if let Some(edit) = &self.text_edit {
            if self.document.stations().contains_key(&edit.id) {
                return "Enter for the next step · Esc when done";
            }
            return "Enter to save · Esc to cancel";
        }
        match &self.gesture {
            _ if self.access.only_looks() => self.viewer_hint(),
            Gesture::Linking { .. } => self.linking_hint(),
            Gesture::Piping(_) | Gesture::Reconnecting { .. } => match self.pipe_refusal() {
                Some(refusal) => refusal.why(),
                None => "Drop on a stock, or on the open canvas for a cloud",
            },
            Gesture::Moving(_) => "Ctrl to move freely · Shift to move straight",
            Gesture::Resizing { .. } => "Ctrl to resize freely",
            Gesture::Framing { .. } => "Drag out the frame",
            Gesture::Bending { edge, .. } => match self.pipe_of_link(*edge) {
                Some(_) => "Back to where it was, the pipe finds its own way",
                None => "Drag to bend the link",
            },
            Gesture::Marquee { .. } => "Selects everything the box touches",
            _ => self.idle_hint(pointing),
        }
    }

    fn viewer_hint(&self) -> &'static str {
        match self.overlay.hover {
            Some(Hit::Badge(_)) => "Click to keep the loop highlighted",
            Some(Hit::Node(id)) if self.document.variables().contains_key(&id) => {
                "Click to push it up or down"
            }
            _ if self.document.is_empty() => "",
            _ => "Drag to move · Ctrl+wheel to zoom · point at a badge to see its loop",
        }
    }

    /// What dropping what is being drawn would do, or why it would do nothing.
    fn linking_hint(&self) -> &'static str {
        let Gesture::Linking { from, .. } = self.gesture else {
            return "";
        };
        let to = self.overlay.target.unwrap_or(from);
        match may_connect(&self.document, from, to) {
            Err(refusal) if self.overlay.target.is_some() => refusal.why(),
            _ if self.is_station(from) => "Drop on a step, or on the canvas for a new one",
            _ => "Drop on a variable, or on the canvas for a new one",
        }
    }

    /// The hint of a tool, of what the pointer is over, of what is selected, or of how to begin.
    fn idle_hint(&self, pointing: PointerKind) -> &str {
        match (self.tool, &self.overlay.hover) {
            (Tool::Hand, _) => "Drag the canvas",
            (Tool::Variable, _) => "Click to add a variable",
            (Tool::Dot, _) => match pointing {
                PointerKind::Fine => "Click to give a dot · Shift+click takes one back",
                PointerKind::Touch => "Tap to give a dot",
            },
            (Tool::Note, _) => "Click to write a note",
            (Tool::Frame, _) => "Drag out an area · click for a frame of the usual size",
            (Tool::Step, _) => "Click and type a name · Enter for the next step",
            (tool, _) if tool.station().is_some() => "Click to add it",
            (Tool::Link, _) => "Drag from one element to another",
            (Tool::Flow, _) => "Drag from a stock to another · from or to the canvas for a cloud",
            (_, Some(Hit::PipeEnd(..))) => {
                "Drag onto another stock · onto the open canvas for a cloud"
            }
            (_, Some(Hit::Connector(id, _))) => match self.is_station(*id) {
                true => "Drag to another to connect them · click for the next step",
                false => "Drag to another to connect them · click for the next variable",
            },
            (_, Some(Hit::Finding(id))) => self.finding_of(*id).unwrap_or_default(),
            (_, Some(Hit::Trial(_))) => "Click to see the experiment",
            (_, Some(Hit::Comments(_))) => "Click to read the comments",
            (_, Some(Hit::Badge(_))) => {
                "Click to keep the loop highlighted · double-click to name it"
            }
            (_, Some(Hit::Handle(id))) if self.pipe_of_link(*id).is_some() => {
                "Drag to move the corner of the pipe"
            }
            (_, Some(Hit::Handle(_))) => "Drag to bend the link",
            (_, Some(Hit::Frame(_))) => {
                "Drag to move the frame with what is in it · double-click to title it"
            }
            (_, Some(Hit::Grip(..))) => "Drag to resize the frame",
            (_, Some(Hit::Link(id))) if !self.overlay.selection.contains(id) => {
                "Click, then + − ? for the sign · D for a delay"
            }
            _ => match self.selected_hint(pointing) {
                Some(hint) => hint,
                None if matches!(self.overlay.hover, Some(Hit::Rim(_))) => {
                    "Drag to another to connect them"
                }
                None => self.next_hint(pointing),
            },
        }
    }

    /// What checks have found of a record, in one sentence.
    #[must_use]
    pub fn finding_of(&self, id: Id) -> Option<&str> {
        let mark = self.overlay.findings.get(&id)?;
        Some(&mark.words)
    }

    /// What can be done with the one thing that is selected.
    fn selected_hint(&self, pointing: PointerKind) -> Option<&'static str> {
        let only = self.overlay.handle_of()?;
        let is_variable = self.document.variables().contains_key(&only);
        let is_touch = pointing == PointerKind::Touch;
        if is_variable && !self.links_to_sign().is_empty() {
            Some("+ more makes more · − more makes less · type to rename")
        } else if self.document.links().contains_key(&only) {
            Some("+ more makes more · − more makes less · D delay")
        } else if is_variable && is_touch {
            Some("Drag a dot to another to link · tap a dot for the next · double-tap to rename")
        } else if is_variable {
            Some("Drag a dot to another to link · click a dot for the next · type to rename")
        } else if self.is_station(only) && is_touch {
            Some("Drag a dot to another for a flow · tap a dot for the next step")
        } else if self.is_station(only) {
            Some("Drag a dot to another for a flow · click a dot for the next step · M measures")
        } else {
            None
        }
    }

    /// What comes next where nothing is selected.
    fn next_hint(&self, pointing: PointerKind) -> &'static str {
        let is_map = self.document.variables().is_empty() && !self.document.stations().is_empty();
        match pointing {
            PointerKind::Fine if self.document.is_empty() => {
                "Double-click anywhere to add a variable · P for a step"
            }
            PointerKind::Fine if is_map => {
                "Double-click to add a step · drag from its edge for a flow · M for measures"
            }
            PointerKind::Fine => "Double-click to add a variable · drag from its edge to link",
            PointerKind::Touch if self.document.is_empty() => {
                "Double-tap anywhere to add a variable"
            }
            PointerKind::Touch if is_map => "Double-tap to add a step · tap one for its measures",
            PointerKind::Touch => "Double-tap to add a variable · tap one to link it",
        }
    }

    fn is_station(&self, id: Id) -> bool {
        self.document.stations().contains_key(&id)
    }
}
