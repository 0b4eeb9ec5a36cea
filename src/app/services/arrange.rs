//! Arranging the diagram: asked of the worker, shown as a motion, one step of the history.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::{milliseconds, wants_no_motion};
use crate::app::services::{notify, worker};
use crate::app::state::{App, ArrangingFor, Offer, Tone};
use crate::editor::{Action, Continuity, Event};
use crate::layout::Arrange;
use crate::model::{Id, Patch, Vector};
use crate::worker::Request;

/// How long the motion lasts, in milliseconds.
const MOTION: f64 = 190.0;

/// Arranges what is selected, or everything.
pub fn start(app: App, mode: Arrange, arranging_for: ArrangingFor) {
    let (only, sizes) = app.with(|core| {
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
        notify::announce(app, "There is nothing to arrange");
        return;
    }
    app.change(|core| core.arranging_for = arranging_for);
    app.arranging.set(Some(0));
    worker::request(app, Request::Arrange { mode, only, sizes });
}

/// Gives up what is being arranged; everything stays where it is.
pub fn stop(app: App) {
    app.arranging.set(None);
    worker::request(app, Request::StopArranging);
    notify::announce(app, "Arranging was stopped");
}

/// Shows a change as a motion and makes it, at once where a person wants no motion.
pub fn animate(app: App, patch: Patch) {
    if wants_no_motion() {
        end(app, patch);
        return;
    }
    app.change(|core| core.animating = Some(patch));
    animate_on(app, milliseconds());
    // A page that is not seen gets no frames.
    Timeout::new(2 * MOTION as u32, move || finish(app)).forget();
}

fn animate_on(app: App, began: f64) {
    let Some(patch) = app.with(|core| core.animating.clone()) else {
        return;
    };
    let share = (milliseconds() - began) / MOTION;
    if share >= 1.0 {
        finish(app);
        return;
    }
    // Fast at first, then coming to rest.
    let eased = 1.0 - (1.0 - share) * (1.0 - share) * (1.0 - share);
    app.send(Event::Animate(patch, eased, Continuity::Own));
    request_animation_frame(move || animate_on(app, began));
}

/// Brings a motion under way to its end.
pub fn finish(app: App) {
    if let Some(patch) = app.change(|core| core.animating.take()) {
        end(app, patch);
    }
}

fn end(app: App, patch: Patch) {
    let arranging_for = app.with(|core| core.arranging_for);
    let continuity = match arranging_for {
        ArrangingFor::Pasting => Continuity::Joined,
        ArrangingFor::Person | ArrangingFor::Opening => Continuity::Own,
    };
    app.send(Event::Animate(patch, 1.0, continuity));
    if arranging_for == ArrangingFor::Opening {
        app.change(|core| core.editor.forget_history());
    }
    app.document.update(|version| *version += 1);
    let whole = app.with(|core| core.editor.selection().len() < 2);
    if whole {
        app.send(Event::Act(Action::ZoomFit));
    }
    notify::announce(app, "Arranged");
    if arranging_for == ArrangingFor::Person {
        notify::show(app, "Arranged.", Tone::Info, Some(Offer::Undo));
    }
}
