//! Painting: one frame at a time, when something has changed.

use leptos::prelude::*;

use crate::app::browser::{milliseconds, wants_no_motion, window};
use crate::app::canvas::{Look, OthersMarks, Sharpness};
use crate::app::state::{App, Pointers};
use crate::sync::PointerMotion;

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
        let marks = core.people.as_ref().map(|people| &people.marks[..]);
        let dots = core.people.as_ref().map(|people| &people.vote.marks[..]);
        let others = OthersMarks {
            marks: marks.unwrap_or_default(),
            dots: dots.unwrap_or_default(),
            measure: &*core.measure,
        };
        Some(painter.paint(&mut core.editor, look, others))
    });
    paint_pointers(app);
    if sharpness == Some(Sharpness::Coming) {
        request(app);
    }
}

/// Asks for a frame of the pointers of others alone, if no frame is on its way.
pub fn request_pointers(app: App) {
    let asks = app.change(|core| {
        // With the picture come the pointers.
        let is_coming = core.frame_requested;
        let people = core.people.as_mut().filter(|_| !is_coming)?;
        Some(!std::mem::replace(&mut people.frame_requested, true))
    });
    if asks == Some(true) {
        request_animation_frame(move || paint_pointers(app));
    }
}

/// Paints the pointers of others, and goes on while one of them glides.
fn paint_pointers(app: App) {
    let hidden = app.pointers.get_untracked() == Pointers::Hidden;
    let glides = app.change(|core| {
        let people = core.people.as_mut()?;
        people.frame_requested = false;
        let layer = core.people_layer.as_mut()?;
        let view = *core.editor.view();
        let ground = (window().device_pixel_ratio(), core.canvas_theme);
        if hidden || core.editor.presenting().is_some() {
            layer.paint(&[], view.size, ground, &*core.measure);
            return None;
        }
        let now = milliseconds() as u64;
        let motion = match wants_no_motion() {
            true => PointerMotion::Jumping,
            false => PointerMotion::Gliding,
        };
        let pointers = people.pointers(core.editor.scene(), &view, now, motion);
        layer.paint(&pointers, view.size, ground, &*core.measure);
        Some(motion == PointerMotion::Gliding && people.people.glides(now))
    });
    if glides == Some(true) {
        request_pointers(app);
    }
}
