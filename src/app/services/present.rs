//! Presenting: the whole screen, the clock of the way from step to step, the moment of a run that a
//! step shows, and its figures.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use crate::app::browser::{focus, in_time, milliseconds, wants_no_motion, window};
use crate::app::services::{notify, run, run_moment, worker};
use crate::app::state::{App, Page, Side, Tone};
use crate::editor::{Event, Motion, PresentInput, Presenting};
use crate::worker::Request;

/// What the root of the page has while something is presented: the style sheets hide by it what is
/// not the presentation.
const MARK: &str = "data-presenting";

/// Begins to present, on the whole screen where the browser lets us.
pub fn begin(app: App) {
    if app.with(|core| core.editor.document().is_empty()) {
        let words = "There is nothing to present yet: draw something first.";
        notify::show(app, words, Tone::Info, None);
        return;
    }
    app.dialog.set(None);
    app.menu.set(None);
    app.styling.set(None);
    app.naming.set(None);
    // The time of a run stands where the steps say.
    app.run_choice.update(|choice| choice.plays = false);
    take_whole_screen(app);
    app.send(Event::Present(PresentInput::Begin(None)));
}

/// The page is the presentation from now on.
pub fn entered(app: App) {
    if let Some(root) = root() {
        // Fails for no such name.
        let _ = root.set_attribute(MARK, "");
    }
    // A frame that has come with its page leaves the focus where the reader is.
    let is_ours = app.page != Page::Embed || has_focus();
    if is_ours {
        focus("#present");
    }
}

/// Whether this page, and no page around it, has the focus.
fn has_focus() -> bool {
    let page = window().document();
    page.is_some_and(|page| page.has_focus().unwrap_or_default())
}

/// Whether the browser, and the page around this one, gives the whole screen at all.
#[must_use]
pub fn may_have_whole_screen() -> bool {
    let page = window().document();
    page.is_some_and(|page| page.fullscreen_enabled())
}

/// The page is no presentation: nothing of it is hidden. The page itself has the mark from its first
/// pixel on where its address asks for a presentation.
pub fn unmark() {
    if let Some(root) = root() {
        // Fails for no such name.
        let _ = root.remove_attribute(MARK);
    }
}

/// The page is what it was before.
pub fn left() {
    unmark();
    if has_whole_screen() {
        leave_whole_screen();
    }
    focus("#canvas");
}

/// Asks for what the steps show that the worker knows: figures, and the run that has their moments.
pub fn ask_worker(app: App) {
    run::refresh(app);
    let story = app.with(|core| {
        let presenting = core.editor.presenting()?;
        let has_figures = presenting.steps().any(|step| !step.figures.is_empty());
        presenting.story().filter(|_| has_figures)
    });
    if let Some(story) = story {
        worker::request(app, Request::StoryFigures(story));
    }
}

/// Lets the clock tick, if it does not.
pub fn tick_on(app: App) {
    let ticks = app.change(|core| std::mem::replace(&mut core.present_ticks, true));
    if !ticks {
        request_animation_frame(move || tick(app));
    }
}

fn tick(app: App) {
    let wants = app.with(|core| {
        core.editor
            .presenting()
            .is_some_and(Presenting::wants_ticks)
    });
    if !wants {
        app.change(|core| core.present_ticks = false);
        return;
    }
    let motion = match wants_no_motion() {
        true => Motion::Still,
        false => Motion::Travelling,
    };
    let input = PresentInput::Tick(milliseconds(), motion);
    app.send(Event::Present(input));
    request_animation_frame(move || tick(app));
}

/// Shows the moment of the run that the step has, once the run is there; where it has none, nothing of
/// a run.
pub fn show_moment(app: App) {
    let moment = app.with(|core| core.editor.presenting()?.step()?.moment);
    run_moment::look_at_time(app, moment);
}

/// The moment of a run that was looked at before comes back.
pub fn restore_moment(app: App, moment: Option<f64>) {
    match app.side.get_untracked() {
        Some(Side::Run) => run_moment::look_at(app, moment),
        _ => {
            app.run_choice.update(|choice| choice.moment = moment);
            run_moment::leave(app);
        }
    }
}

fn root() -> Option<Element> {
    window().document()?.document_element()
}

/// Whether something has the whole screen.
#[must_use]
pub fn has_whole_screen() -> bool {
    let page = window().document();
    page.is_some_and(|page| page.fullscreen_element().is_some())
}

/// Takes the whole screen for what is presented, or gives it back; the presentation goes on.
pub fn toggle_whole_screen(app: App) {
    match has_whole_screen() {
        true => give_whole_screen_back(app),
        false => take_whole_screen(app),
    }
}

/// Leaves the whole screen, if it was taken, without ending what is presented.
pub fn give_whole_screen_back(app: App) {
    if has_whole_screen() {
        app.change(|core| core.keeps_presenting = true);
        leave_whole_screen();
    }
}

fn take_whole_screen(app: App) {
    let Some(promise) = root().and_then(|root| asked(&root, "requestFullscreen")) else {
        return;
    };
    in_time(async move {
        let is_given = JsFuture::from(promise).await.is_ok();
        // The presentation may be over by then.
        if is_given && app.with(|core| core.editor.presenting().is_none()) {
            leave_whole_screen();
        }
    });
}

fn leave_whole_screen() {
    let page = window().document();
    if let Some(promise) = page.and_then(|page| asked(&page, "exitFullscreen")) {
        in_time(async move {
            // Fails where the browser has left it by itself.
            let _ = JsFuture::from(promise).await;
        });
    }
}

/// Asks for something that not every browser has and that may be refused: then the presentation
/// fills the window.
fn asked(of: &JsValue, what: &str) -> Option<Promise> {
    let asked = Reflect::get(of, &what.into()).ok()?;
    let asked = asked.dyn_into::<Function>().ok()?;
    asked.call0(of).ok()?.dyn_into().ok()
}
