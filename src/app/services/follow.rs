//! Following somebody in a room: the own view contains what they see, until one looks elsewhere.

use leptos::prelude::*;

use crate::app::browser::{milliseconds, wants_no_motion};
use crate::app::services::{frame, notify};
use crate::app::state::{App, Core, Following, name_of};
use crate::editor::Gesture;
use crate::model::{Id, Rect, isolated};
use crate::scene::View;

/// How long the view takes to where the other looks now, in milliseconds: until the next is heard.
const TIME: f64 = 250.0;

/// Whose event it was after which the view may be another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Of the person before this page.
    Own,
    /// Of somebody else, or of the window.
    Elsewhere,
}

/// Follows somebody.
pub fn begin(app: App, person: Id) {
    let name = app.change(|core| {
        let set = *core.editor.view();
        let people = core.people.as_mut()?;
        people.following = Some(Following {
            person,
            set,
            glide: None,
        });
        Some(name_of(&people.list, person))
    });
    if let Some(name) = name {
        show(app, Some(person));
        notify::announce(app, format!("Following {}", isolated(&name)));
        aim(app);
    }
}

/// Follows nobody any more; whether somebody was followed.
pub fn stop(app: App) -> bool {
    let was = app.change(|core| core.people.as_mut()?.following.take());
    if was.is_some() {
        show(app, None);
        notify::announce(app, "No longer following");
    }
    was.is_some()
}

fn show(app: App, person: Option<Id>) {
    app.people.update(|view| {
        if let Some(view) = view {
            view.following = person;
        }
    });
}

/// Stops following who has left.
pub fn follow_who_is_here(app: App) {
    let is_gone = app.with(|core| {
        let people = core.people.as_ref()?;
        let person = people.following.as_ref()?.person;
        Some(people.list.iter().all(|one| one.person != person))
    });
    if is_gone == Some(true) {
        stop(app);
    }
}

/// An event was handled. Where it has moved the view of who follows, they look elsewhere.
pub fn looked(app: App, cause: Cause) {
    let is_elsewhere = app.change(|core| {
        let view = *core.editor.view();
        let following = core.people.as_mut()?.following.as_mut()?;
        let is_other = following.set != view;
        if is_other && cause == Cause::Elsewhere {
            following.set = view;
            following.glide = None;
        }
        Some(is_other && cause == Cause::Own)
    });
    match is_elsewhere {
        Some(true) => {
            stop(app);
        }
        // A gesture during which the view stood still may be over.
        Some(false) => aim(app),
        None => {}
    }
}

/// Lets the view glide to where who is followed looks now.
pub fn aim(app: App) {
    let begins = app.change(|core| {
        let seen = seen_by_followed(core)?;
        let is_busy = core.editor.gesture() != &Gesture::Idle || core.editor.text_edit().is_some();
        if is_busy || core.editor.presenting().is_some() {
            return None;
        }
        let from = *core.editor.view();
        let to = from.containing(&seen);
        let following = core.people.as_mut()?.following.as_mut()?;
        let goal = following.glide.map_or(from, |(_, goal, _)| goal);
        if goal == to {
            return None;
        }
        let glides = following.glide.replace((from, to, milliseconds()));
        glides.is_none().then_some(())
    });
    if begins.is_some() {
        glide(app);
    }
}

/// What who is followed sees, in world units.
pub fn seen_by_followed(core: &Core) -> Option<Rect> {
    let people = core.people.as_ref()?;
    let person = people.following.as_ref()?.person;
    people.people.page_of(person)?.1.view
}

fn glide(app: App) {
    let before = app.with(|core| core.editor.versions());
    let goes_on = app.change(|core| {
        let following = core.people.as_mut()?.following.as_mut()?;
        let (from, to, began) = following.glide?;
        let share = match wants_no_motion() {
            true => 1.0,
            false => ((milliseconds() - began) / TIME).clamp(0.0, 1.0),
        };
        following.set = from.on_the_way_to(&to, share);
        core.editor.set_view(following.set);
        if share >= 1.0 {
            following.glide = None;
        }
        Some(share < 1.0)
    });
    if app.publish(before) {
        frame::request(app);
    }
    if goes_on == Some(true) {
        request_animation_frame(move || glide(app));
    }
}

/// Looks once where somebody looks; where their page does not say, at their pointer.
pub fn go_there(app: App, person: Id) {
    stop(app);
    let before = app.with(|core| core.editor.versions());
    app.change(|core| {
        let told = core.people.as_ref()?.people.page_of(person)?.1;
        let view = *core.editor.view();
        let there: View = match (told.view, told.pointer) {
            (Some(seen), _) => view.containing(&seen),
            (None, Some(at)) => view.fitted(&Rect::from_points(at, at), view.zoom),
            (None, None) => return None,
        };
        core.editor.set_view(there);
        Some(())
    });
    if app.publish(before) {
        frame::request(app);
    }
}
