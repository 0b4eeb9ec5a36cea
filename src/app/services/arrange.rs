//! Arranging the diagram: asked of the workbench, shown as a motion, one step of the history.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::{milliseconds, window};
use crate::app::state::{App, ArrangingFor};
use crate::editor::{Action, Continuity, Event};
use crate::layout::Arrange;
use crate::model::{Id, Patch, Vector};
use crate::workbench::Request;

/// How long the motion lasts, in milliseconds.
const MOTION: f64 = 190.0;

impl App {
    /// Arranges what is selected, or everything.
    pub fn arrange(self, mode: Arrange, arranging_for: ArrangingFor) {
        let (only, sizes) = self.with(|core| {
            let editor = &core.editor;
            let nodes = editor.scene().nodes();
            let sizes: Vec<(Id, Vector)> = nodes
                .iter()
                .map(|(id, node)| (*id, Vector::new(node.rect.width(), node.rect.height())))
                .collect();
            let only: Vec<Id> = editor
                .selection()
                .iter()
                .filter(|id| nodes.contains_key(id))
                .copied()
                .collect();
            (only, sizes)
        });
        let only = match (only.len(), arranging_for) {
            // One thing that was pasted stands where it was put, and all others stay.
            (0 | 1, ArrangingFor::Pasting) => return,
            // One thing alone cannot be arranged: then a person means all of them.
            (0 | 1, _) => Vec::new(),
            _ => only,
        };
        if sizes.is_empty() {
            self.say("There is nothing to arrange");
            return;
        }
        self.change(|core| core.arranging_for = arranging_for);
        self.arranging.set(Some(0));
        self.ask(Request::Arrange { mode, only, sizes });
    }

    /// Gives up what is being arranged; everything stays where it is.
    pub fn stop_arranging(self) {
        self.arranging.set(None);
        self.ask(Request::StopArranging);
        self.say("Arranging was stopped");
    }

    /// Shows a change as a motion and makes it, at once where a person wants no motion.
    pub fn slide(self, patch: Patch) {
        let still = window()
            .match_media("(prefers-reduced-motion: reduce)")
            .ok()
            .flatten()
            .is_some_and(|query| query.matches());
        if still {
            self.end_slide(patch);
            return;
        }
        self.change(|core| core.sliding = Some(patch));
        self.slide_on(milliseconds());
        // A page that is not seen gets no frames.
        Timeout::new(2 * MOTION as u32, move || self.finish_slide()).forget();
    }

    fn slide_on(self, began: f64) {
        let Some(patch) = self.with(|core| core.sliding.clone()) else {
            return;
        };
        let share = (milliseconds() - began) / MOTION;
        if share >= 1.0 {
            self.finish_slide();
            return;
        }
        // Fast at first, then coming to rest.
        let eased = 1.0 - (1.0 - share) * (1.0 - share) * (1.0 - share);
        self.dispatch_now(Event::Slide(patch, eased, Continuity::Own));
        request_animation_frame(move || self.slide_on(began));
    }

    /// Brings a motion under way to its end.
    pub fn finish_slide(self) {
        if let Some(patch) = self.change(|core| core.sliding.take()) {
            self.end_slide(patch);
        }
    }

    fn end_slide(self, patch: Patch) {
        let arranging_for = self.with(|core| core.arranging_for);
        let continuity = match arranging_for {
            ArrangingFor::Pasting => Continuity::Joined,
            ArrangingFor::Person | ArrangingFor::Opening => Continuity::Own,
        };
        self.dispatch_now(Event::Slide(patch, 1.0, continuity));
        if arranging_for == ArrangingFor::Opening {
            self.change(|core| core.editor.forget_history());
        }
        self.document.update(|version| *version += 1);
        let whole = self.with(|core| core.editor.selection().len() < 2);
        if whole {
            self.act(Action::ZoomFit);
        }
        self.say("Arranged");
    }
}
