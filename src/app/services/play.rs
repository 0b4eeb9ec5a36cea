//! The clock of a play, and of a run that is watched: it ticks with the frames, for as long as there is anything to do.

use leptos::prelude::*;

use crate::app::browser::{milliseconds, wants_no_motion};
use crate::app::services::frame;
use crate::app::state::App;
use crate::editor::{Event, Motion, PlayInput, Playing, WatchInput, Watching};

/// Lets the clock tick, if it does not.
pub fn begin(app: App) {
    let ticks = app.change(|core| std::mem::replace(&mut core.play_ticks, true));
    if !ticks {
        request_animation_frame(move || tick(app));
    }
}

fn tick(app: App) {
    let [plays, watches] = app.with(|core| {
        let plays = core.editor.playing().is_some_and(Playing::wants_ticks);
        [
            plays,
            core.editor.watching().is_some_and(Watching::wants_ticks),
        ]
    });
    if !plays && !watches {
        app.change(|core| core.play_ticks = false);
        return;
    }
    let motion = match wants_no_motion() {
        true => Motion::Still,
        false => Motion::Travelling,
    };
    if plays {
        app.send(Event::Play(PlayInput::Tick(milliseconds(), motion)));
    } else {
        app.send(Event::Watch(WatchInput::Tick(milliseconds(), motion)));
    }
    let moves = app.with(|core| core.editor.playing().is_some_and(Playing::moves));
    if moves || watches {
        frame::request(app);
    }
    request_animation_frame(move || tick(app));
}
