//! Which panel is shown, and where the focus goes in it.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::focus;
use crate::app::browser::storage::keep_marks;
use crate::app::services::{frame, reports};
use crate::app::state::{App, Side, Tab};
use crate::worker::LoopFilter;

/// Shows a tab of the panel of the loops.
pub fn show_tab(app: App, tab: Tab) {
    app.tab.set(tab);
    app.side.set(Some(Side::Loops));
    reports::refresh_soon(app);
}

/// Shows the field of a measure of what is selected.
pub fn focus_measure(app: App, name: &str) {
    app.side.set(Some(Side::Stream));
    let id = name.replace([' ', '%', '&'], "-");
    Timeout::new(0, move || focus(&format!("#measure-{id}"))).forget();
}

/// Shows the field of this id, of what is selected in the panel of the stream.
pub fn focus_field(app: App, id: String) {
    app.side.set(Some(Side::Stream));
    Timeout::new(0, move || focus(&format!("#{id}"))).forget();
}

/// Shows the first field of a measure of what is selected.
pub fn focus_first_measure(app: App) {
    app.side.set(Some(Side::Stream));
    focus_soon("#inspector input");
}

/// Shows a panel, or folds it away.
pub fn toggle_side(app: App, side: Side) {
    app.side
        .update(|shown| *shown = (*shown != Some(side)).then_some(side));
}

/// Gives the focus to an element once it is on the page.
pub fn focus_soon(selector: &'static str) {
    Timeout::new(0, move || focus(selector)).forget();
}

/// Lists all loops again, without filters.
pub fn show_all_loops(app: App) {
    app.filter.set(LoopFilter::default());
    app.sets.set(false);
    app.fresh_list.update(|number| *number += 1);
}

/// Once a document becomes a map, shows what there is to say of it: without links there is
/// nothing among the loops.
pub fn show_stream_of_a_map(app: App) {
    let is_new = app.change(|core| {
        let document = core.editor.document();
        let is_map = !document.stations().is_empty() && document.links().is_empty();
        let was_map = std::mem::replace(&mut core.map_shown, is_map);
        is_map && !was_map
    });
    if is_new && app.side.get_untracked() == Some(Side::Loops) {
        app.side.set(Some(Side::Stream));
    }
}

/// Once another document is open that has no stations, the panel of the stream makes room for the
/// loops.
pub fn leave_stream_of_no_map(app: App) {
    let is_no_map = app.with(|core| {
        let document = core.editor.document();
        document.stations().is_empty() && !document.variables().is_empty()
    });
    if is_no_map && app.side.get_untracked() == Some(Side::Stream) {
        app.side.set(Some(Side::Loops));
    }
}

/// Shows the findings of checks on the canvas, or hides them.
pub fn show_marks(app: App, shown: bool) {
    app.marks.set(shown);
    keep_marks(shown);
    if shown {
        reports::refresh_soon(app);
    } else {
        app.change(|core| core.editor.set_findings(Vec::new()));
        frame::request(app);
    }
}
