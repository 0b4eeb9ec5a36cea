//! The clock of a play: it ticks with the frames, for as long as there is anything to do.

use leptos::prelude::*;

use crate::app::browser::{milliseconds, wants_no_motion};
use crate::app::services::frame;
use crate::app::state::App;
use crate::editor::{Event, Motion, PlayInput, Playing};

/// Lets the clock tick, if it does not.
pub fn begin(app: App) {
    let ticks = app.change(|core| std::mem::replace(&mut core.play_ticks, true));
    if !ticks {
        request_animation_frame(move || tick(app));
    }
}

fn tick(app: App) {
    let wants = app.with(|core| core.editor.playing().is_some_and(Playing::wants_ticks));
    if !wants {
        app.change(|core| core.play_ticks = false);
        return;
    }
    let motion = match wants_no_motion() {
        true => Motion::Still,
        false => Motion::Travelling,
    };
    app.send(Event::Play(PlayInput::Tick(milliseconds(), motion)));
    if app.with(|core| core.editor.playing().is_some_and(Playing::moves)) {
        frame::request(app);
    }
    request_animation_frame(move || tick(app));
}
