//! Which panel is shown, and where the focus goes in it.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::storage::keep_marks;
use crate::app::browser::{focus_soon, scroll_into_view};
use crate::app::services::{frame, reports};
use crate::app::state::{App, Side, Tab, Told, TraceQuestion, has_room_for_panel};
use crate::model::Id;
use crate::worker::LoopFilter;

/// Shows a tab of the panel of the loops.
pub fn show_tab(app: App, tab: Tab) {
    app.tab.set(tab);
    app.side.set(Some(Side::Loops));
    reports::refresh_soon(app);
}

/// Shows the trace with this question.
pub fn ask(app: App, question: TraceQuestion) {
    app.question.set(question);
    show_tab(app, Tab::Trace);
}

/// Shows what checks have found of a record: its row in sight, and marked.
pub fn show_finding(app: App, id: Id) {
    app.sought_finding.set(Some(id));
    show_tab(app, Tab::Checks);
    scroll_to_finding();
}

/// Scrolls to the row of the finding that was asked for, once it is there.
pub fn scroll_to_finding() {
    Timeout::new(0, || scroll_into_view(".finding-sought")).forget();
}

/// Shows the field of a measure of what is selected.
pub fn focus_measure(app: App, name: &str) {
    app.side.set(Some(Side::Stream));
    let id = name.replace([' ', '%', '&'], "-");
    focus_soon(format!("#measure-{id}"));
}

/// Shows the field of this id, of what is selected in the panel of the stream.
pub fn focus_field(app: App, id: String) {
    app.side.set(Some(Side::Stream));
    focus_soon(format!("#{id}"));
}

/// Shows the first field of a measure of what is selected.
pub fn focus_first_measure(app: App) {
    app.side.set(Some(Side::Stream));
    focus_soon("#inspector input");
}

/// Shows a panel, or folds it away; from now on none comes or goes by itself.
pub fn toggle_side(app: App, side: Side) {
    app.side_is_chosen.set(true);
    app.side
        .update(|shown| *shown = (*shown != Some(side)).then_some(side));
}

/// Lists all loops again, without filters.
pub fn show_all_loops(app: App) {
    app.filter.set(LoopFilter::default());
    app.sets.set(false);
    app.fresh_list.update(|number| *number += 1);
}

/// Shows by itself what there is to say of a document: its loops once there is one, its stream once
/// it is a map, nothing while it is empty. Not where a panel would cover half of the canvas, nor
/// once a person has opened or closed a panel.
pub fn follow_document(app: App) {
    let (before, now, has_steps) = app.change(|core| {
        let document = core.editor.document();
        let now = if document.is_empty() {
            Told::Nothing
        } else if !core.editor.report().loops.is_empty() {
            Told::Loops
        } else if !document.stations().is_empty() && document.links().is_empty() {
            Told::Stream
        } else {
            Told::Little
        };
        let has_steps = !document.stations().is_empty();
        (core.told.replace(now), now, has_steps)
    });
    if before == Some(now) || app.side_is_chosen.get_untracked() {
        return;
    }
    let side = app.side.get_untracked();
    let has_room = has_room_for_panel();
    match (now, side) {
        (Told::Nothing, Some(Side::Loops | Side::Stream)) => app.side.set(None),
        (Told::Loops, None) if has_room => app.side.set(Some(Side::Loops)),
        (Told::Loops, Some(Side::Stream)) if !has_steps => app.side.set(Some(Side::Loops)),
        (Told::Stream, None) if has_room => app.side.set(Some(Side::Stream)),
        (Told::Stream, Some(Side::Loops)) => app.side.set(Some(Side::Stream)),
        _ => {}
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
