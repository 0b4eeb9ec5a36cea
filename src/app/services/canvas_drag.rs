//! The space bar, which drags the canvas while it is held.

use leptos::prelude::*;

use crate::app::state::App;

/// Takes note that the space bar is held, which drags the canvas meanwhile.
pub fn hold(app: App) {
    let was_held = app.change(|core| std::mem::replace(&mut core.space_held, true));
    if !was_held {
        app.mode.update(|version| *version += 1);
    }
}

/// Takes note that the space bar is no longer held.
pub fn release(app: App) {
    let was_held = app.change(|core| std::mem::take(&mut core.space_held));
    if was_held {
        app.mode.update(|version| *version += 1);
    }
}
