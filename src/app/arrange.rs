//! Arranging the diagram: asked of the workbench, shown as a motion, one step of the history.

use gloo::timers::callback::Timeout;
use leptos::prelude::request_animation_frame;

use super::browser::{milliseconds, window};
use super::state::{App, ArrangingFor};
use crate::editor::{Action, Event};
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
            // One thing alone cannot be arranged: then a person means all of them.
            (if only.len() < 2 { Vec::new() } else { only }, sizes)
        });
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
    pub(super) fn slide(self, patch: Patch) {
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
        self.dispatch_now(Event::Slide(patch, eased));
        request_animation_frame(move || self.slide_on(began));
    }

    /// Brings a motion under way to its end.
    pub(super) fn finish_slide(self) {
        if let Some(patch) = self.change(|core| core.sliding.take()) {
            self.end_slide(patch);
        }
    }

    fn end_slide(self, patch: Patch) {
        self.dispatch_now(Event::Slide(patch, 1.0));
        self.change(|core| {
            if core.arranging_for == ArrangingFor::Opening {
                core.editor.forget_history();
            }
        });
        self.document.update(|version| *version += 1);
        let whole = self.with(|core| core.editor.selection().len() < 2);
        if whole {
            self.act(Action::ZoomFit);
        }
        self.say("Arranged");
    }
}
