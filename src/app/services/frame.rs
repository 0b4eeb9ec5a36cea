//! Painting: one frame at a time, when something has changed.

use leptos::prelude::*;

use crate::app::browser::window;
use crate::app::canvas::{Look, Sharpness};
use crate::app::state::App;

/// Asks for a frame, if none is on its way.
pub fn request(app: App) {
    let on_its_way = app.change(|core| std::mem::replace(&mut core.frame_requested, true));
    if !on_its_way {
        request_animation_frame(move || paint(app));
    }
}

/// Paints a frame now.
pub fn paint(app: App) {
    let sharpness = app.change(|core| {
        core.frame_requested = false;
        let ratio = window().device_pixel_ratio();
        let size = core.editor.view().size;
        let painter = core.painter.as_mut()?;
        painter.resize(size, ratio);
        let look = Look {
            theme: core.canvas_theme,
            grid_shown: core.grid_shown && core.editor.presenting().is_none(),
        };
        Some(painter.paint(&mut core.editor, look))
    });
    if sharpness == Some(Sharpness::Coming) {
        request(app);
    }
}
