//! Retrospectives: the sheet that a person looks at, its lines, and the story that begins from it.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::{focus, focus_soon, milliseconds, scroll_to_top};
use crate::app::services::{notify, stories};
use crate::app::state::{App, Offer, SheetChoice, SheetDraft, Side, StepClock, Tone};
use crate::editor::{
    Command, Event, StepMove, add_experiment, add_facts, add_variation, begin_retrospective,
    fact_of_line, move_line, move_line_to, place_of, remove_line,
};
use crate::model::{Document, ElementKind, Id, Lever, Patch, in_sentence};
use crate::story::{SheetStep, from_retrospective};

/// Another document is open: nothing of the one before is looked at.
pub fn document_opened(app: App) {
    app.sheet.set(SheetChoice::default());
    app.sheet_draft.set(SheetDraft::default());
}

/// The sheet that is shown: the chosen one while it is there, else the first. Who asks here follows
/// what is chosen, and has to follow the document.
pub fn shown(app: App) -> Option<Id> {
    let chosen = app.sheet.with(|choice| choice.sheet);
    app.with(|core| {
        let document = core.editor.document();
        let is_there = |id: &Id| document.retrospectives().contains_key(id);
        let first = || {
            document
                .retrospectives_in_order()
                .first()
                .map(|(id, _)| *id)
        };
        chosen.filter(is_there).or_else(first)
    })
}

/// Opens the panel, and begins a retrospective where there is none yet.
pub fn start(app: App) {
    app.dialog.set(None);
    app.side_is_chosen.set(true);
    app.side.set(Some(Side::Retrospective));
    if untrack(|| shown(app)).is_none() {
        begin(app);
    } else {
        focus_soon(".retro-head[aria-expanded=true], .retro-head");
    }
}

/// Begins a retrospective, and asks what happened.
pub fn begin(app: App) {
    let (sheet, patch) =
        app.change(|core| begin_retrospective(core.editor.document(), &mut core.ids));
    apply(app, patch);
    app.sheet.set(SheetChoice {
        sheet: Some(sheet),
        ..SheetChoice::default()
    });
    notify::announce(app, "Retrospective begun");
    focus_soon("#retro-event");
}

/// Removes a retrospective with its facts and what varied; its experiments stay.
pub fn remove_sheet(app: App, sheet: Id) {
    let name = app.with(|core| {
        let sheets = core.editor.document().retrospectives();
        let sheet = sheets.get(&sheet);
        sheet.map_or_else(String::new, |sheet| in_sentence(&sheet.event))
    });
    change(app, |document| remove_line(document, sheet));
    let words = format!("The retrospective {name} was removed.");
    notify::show(app, words, Tone::Info, Some(Offer::Undo));
}

/// Opens a step, or closes the one that is open. What was typed for a new line is added first.
pub fn open_step(app: App, step: Option<SheetStep>) {
    add_drafts(app);
    app.sheet.update(|choice| choice.step = step);
}

/// Opens a step and leads there.
pub fn go_to(app: App, step: SheetStep) {
    let head = format!("#retro-step-{}", step.number());
    // A field that is left keeps what is in it: before it goes with its step.
    focus(&head);
    open_step(app, Some(step));
    Timeout::new(0, move || scroll_to_top(&head)).forget();
}

/// Leads to the step after the open one, or before it; the first where none is open.
pub fn go_by(app: App, by: StepMove) {
    let open = app.sheet.with_untracked(|choice| choice.step);
    let to = match (open, by) {
        (None, _) => Some(SheetStep::Happened),
        (Some(step), StepMove::Later) => step.next(),
        (Some(step), StepMove::Earlier) => step.back(),
    };
    if let Some(step) = to {
        go_to(app, step);
    }
}

/// Starts the clock of a step, or stops it where it goes.
pub fn toggle_clock(app: App, step: SheetStep) {
    app.sheet.update(|choice| {
        let goes = choice.clock.is_some_and(|clock| clock.step == step);
        choice.clock = (!goes).then(|| StepClock {
            step,
            since: milliseconds(),
        });
    });
}

/// Adds what was typed for new lines and not added yet.
fn add_drafts(app: App) {
    let Some(sheet) = untrack(|| shown(app)) else {
        return;
    };
    let draft = app.sheet_draft.get_untracked();
    if !draft.when.trim().is_empty() || !draft.what.trim().is_empty() {
        add_fact(app, sheet);
    }
    if !draft.varied.trim().is_empty() {
        add_varied(app, sheet);
    }
}

/// Adds the fact that was typed. A time at the start of what was seen is when.
pub fn add_fact(app: App, sheet: Id) {
    let SheetDraft { when, what, .. } = app.sheet_draft.get_untracked();
    if when.trim().is_empty() && what.trim().is_empty() {
        return;
    }
    let fact = match fact_of_line(&what).filter(|_| when.trim().is_empty()) {
        Some((when, rest)) if !rest.is_empty() => (when, rest),
        _ => (when, what),
    };
    app.sheet_draft.update(|draft| {
        draft.when.clear();
        draft.what.clear();
    });
    add_all_facts(app, sheet, &[fact]);
}

/// Adds the lines of a text as facts, as they stand in a chat or a log.
pub fn paste_facts(app: App, sheet: Id, text: &str) {
    let facts: Vec<(String, String)> = text.lines().filter_map(fact_of_line).collect();
    add_all_facts(app, sheet, &facts);
}

fn add_all_facts(app: App, sheet: Id, facts: &[(String, String)]) {
    let (made, patch) =
        app.change(|core| add_facts(core.editor.document(), sheet, facts, &mut core.ids));
    apply(app, patch);
    let words = match made.as_slice() {
        [] => return,
        [one] => {
            let place = app.with(|core| place_of(core.editor.document(), *one));
            let (list, at) = place.unwrap_or_default();
            format!("Fact {} of {} added", at + 1, list.len())
        }
        all => format!("{} facts added", all.len()),
    };
    notify::announce(app, words);
}

/// Adds what was typed that varied.
pub fn add_varied(app: App, sheet: Id) {
    let name = app.sheet_draft.with_untracked(|draft| draft.varied.clone());
    if name.trim().is_empty() {
        return;
    }
    app.sheet_draft.update(|draft| draft.varied.clear());
    let added =
        app.change(|core| add_variation(core.editor.document(), sheet, &name, None, &mut core.ids));
    if let Some((_, patch)) = added {
        apply(app, patch);
        notify::announce(app, format!("{} added", in_sentence(&name)));
    }
}

/// Adds an experiment, opens it, and asks what is tried.
pub fn add_trial(app: App, sheet: Id) {
    let (id, patch) =
        app.change(|core| add_experiment(core.editor.document(), Some(sheet), &mut core.ids));
    apply(app, patch);
    app.open_experiment.set(Some(id));
    notify::announce(app, "Experiment added");
    focus_soon(format!("#retro-action-{id}"));
}

/// Removes a line, with the offer to undo it; the focus goes on to the next one, else to `last`.
pub fn remove(app: App, line: Id, handles: &'static str, last: &'static str) {
    let (next, words) = app.with(|core| {
        let document = core.editor.document();
        let next = place_of(document, line).and_then(|(list, at)| {
            let before = at.checked_sub(1).and_then(|at| list.get(at));
            list.get(at + 1).or(before).copied()
        });
        (next, core.editor.describe(line))
    });
    change(app, |document| remove_line(document, line));
    notify::show(
        app,
        format!("{words} was removed."),
        Tone::Info,
        Some(Offer::Undo),
    );
    match next {
        Some(next) => focus_soon(format!("#{handles}-{next}")),
        None => focus_soon(last),
    }
}

/// Moves a line by one place, and says where it is then.
pub fn line_by(app: App, line: Id, by: StepMove) {
    change(app, |document| move_line(document, line, by));
    tell_place(app, line);
}

/// Moves a line to a place among the others, and says where it is then.
pub fn line_to(app: App, line: Id, place: usize) {
    change(app, |document| move_line_to(document, line, place));
    tell_place(app, line);
}

/// Says to who cannot see the list where a line has come to.
fn tell_place(app: App, line: Id) {
    let words = app.with(|core| {
        let (list, at) = place_of(core.editor.document(), line)?;
        let (place, count) = (at + 1, list.len());
        Some(format!(
            "{}: {place} of {count}",
            core.editor.describe(line)
        ))
    });
    if let Some(words) = words {
        notify::announce(app, words);
    }
}

/// What on the canvas somebody could act on: what is selected alone, and the chosen loop. Who asks
/// here has to follow the selection.
pub fn pointed_out(app: App) -> Vec<Lever> {
    app.with(|core| {
        let editor = &core.editor;
        let mut selection = editor.selection().iter();
        let alone = match (selection.next(), selection.next()) {
            (Some(id), None) => Some(*id),
            _ => None,
        };
        let alone = alone.filter(|id| {
            let kind = editor.document().kind_of(*id);
            kind.is_some_and(ElementKind::can_be_lever)
        });
        let chosen = editor.chosen_loop().cloned().map(Lever::Loop);
        alone.map(Lever::Record).into_iter().chain(chosen).collect()
    })
}

/// Shows on the canvas what somebody would act on.
pub fn show_lever(app: App, lever: &Lever) {
    match lever {
        Lever::Record(id) => app.send(Event::Select([*id].into())),
        Lever::Loop(key) => app.send(Event::ChooseLoop(Some(key.clone()))),
    }
}

/// Begins a story from the sheet that is shown.
pub fn tell_shown(app: App) {
    if let Some(sheet) = untrack(|| shown(app)) {
        tell(app, sheet);
    }
}

/// Begins a story from the sheet, and shows it.
pub fn tell(app: App, sheet: Id) {
    add_drafts(app);
    let begun = app.change(|core| {
        let editor = &core.editor;
        let draft = from_retrospective(editor.document(), editor.report(), sheet)?;
        Some(draft.added(editor.document(), &mut core.ids))
    });
    match begun {
        Some((story, patch)) => {
            app.side.set(Some(Side::Story));
            stories::take_begun(app, story, patch);
        }
        None => notify::announce(
            app,
            "There is nothing to tell yet: write down what happened",
        ),
    }
}

/// Changes the document by a patch that is made of it; each is one step of the history.
pub fn change(app: App, make: impl FnOnce(&Document) -> Patch) {
    let patch = app.with(|core| make(core.editor.document()));
    apply(app, patch);
}

fn apply(app: App, patch: Patch) {
    if !patch.is_empty() {
        app.send(Event::Do(Command::Apply(patch)));
    }
}
