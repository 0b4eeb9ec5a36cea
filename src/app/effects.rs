//! What the editor asks for, done.

use gloo::timers::callback::Timeout;

use super::browser::milliseconds;
use super::state::{App, Dialog, SearchState, Side};
use super::theme::ThemeChoice;
use crate::app::canvas::Grid;
use crate::causal::Progress;
use crate::editor::{Action, Effect, Event, When};
use crate::model::MeasureKind;

/// How long a slice of the loop search may take, in milliseconds.
const SLICE: f64 = 7.0;
/// How many link visits the clock is looked at after.
const VISITS: u64 = 60_000;
/// After how long the search pauses and asks, in milliseconds.
const PATIENCE: f64 = 2_500.0;
/// How often the list of loops follows a running search, in milliseconds.
const REFRESH: f64 = 400.0;

impl App {
    /// Does what the editor asks for.
    pub(super) fn carry_out(self, effect: Effect) {
        match effect {
            Effect::Committed(patch) => self.keep(&patch),
            Effect::Copied(part) => self.copy(part),
            Effect::App(action) => self.run(action),
            Effect::Announce(words) => self.say(words),
        }
    }

    /// Does what an action asks for, by whatever way it was asked.
    pub fn act(self, action: Action) {
        self.dispatch(Event::Act(action));
    }

    /// Does what only the app can.
    fn run(self, action: Action) {
        match action {
            Action::Paste => self.paste_from_clipboard(),
            Action::ToggleGrid => {
                self.change(|core| {
                    core.grid = match core.grid {
                        Grid::Hidden => Grid::Shown,
                        Grid::Shown => Grid::Hidden,
                    };
                });
                self.request_frame();
            }
            Action::ToggleTheme => self.choose_theme(match self.with(|core| core.theme) {
                crate::scene::Theme::Light => ThemeChoice::Dark,
                crate::scene::Theme::Dark => ThemeChoice::Light,
            }),
            Action::ToggleLoops => self.toggle_side(Side::Loops),
            Action::ToggleOutline => self.toggle_side(Side::Outline),
            Action::ToggleStream => self.toggle_side(Side::Stream),
            Action::EditMeasures => self.focus_first_measure(),
            Action::NewDocument => self.new_document(),
            Action::Documents => self.dialog.set(Some(Dialog::Documents)),
            Action::Templates => self.dialog.set(Some(Dialog::Templates)),
            Action::OpenFile => self.choose_file(),
            Action::SaveFile => self.save_file(),
            Action::ExportSvg => self.export_svg(),
            Action::ExportPng => self.export_png(),
            Action::Compare => self.dialog.set(Some(Dialog::Compare)),
            Action::PasteText => self.dialog.set(Some(Dialog::PasteText)),
            Action::Find => {
                self.side.set(Side::Outline);
                focus_soon("#outline-filter");
            }
            Action::Palette => self.dialog.set(Some(Dialog::Palette)),
            Action::Help => self.dialog.set(Some(Dialog::Help)),
            // A link that was double-clicked: what is said of it is a field of the outline.
            Action::EditText if self.with(|core| core.editor.holds(When::LinkSelected)) => {
                self.side.set(Side::Outline);
                focus_soon("#link-remark");
            }
            // A loop badge that was double-clicked: its name is a field of the panel.
            Action::EditText if self.with(|core| core.editor.chosen_loop().is_some()) => {
                self.side.set(Side::Loops);
                focus_soon("#loop-name");
            }
            _ => {}
        }
    }

    /// Shows the field of a measure of what is selected.
    pub(super) fn focus_measure(self, kind: MeasureKind) {
        self.side.set(Side::Stream);
        let id = kind.name().replace([' ', '%', '&'], "-");
        Timeout::new(0, move || super::browser::focus(&format!("#measure-{id}"))).forget();
    }

    /// Shows the first field of a measure of what is selected.
    fn focus_first_measure(self) {
        self.side.set(Side::Stream);
        focus_soon("#inspector input");
    }

    /// Shows a panel, or folds it away.
    pub fn toggle_side(self, side: Side) {
        self.side
            .update(|shown| *shown = if *shown == side { Side::Hidden } else { side });
    }

    /// Lets the search for loops go on between frames, if it is not done.
    pub(super) fn begin_search(self) {
        let done = self.with(|core| core.editor.search_progress() == Progress::Finished);
        if done {
            if self.search.get_untracked() != SearchState::Done {
                self.search.set(SearchState::Done);
            }
        } else if self.search.get_untracked() != SearchState::Running {
            self.search.set(SearchState::Running);
            self.search_slice(milliseconds(), milliseconds());
        }
    }

    /// Lets a paused search go on.
    pub fn search_on(self) {
        self.search.set(SearchState::Running);
        self.search_slice(milliseconds(), milliseconds());
    }

    fn search_slice(self, began: f64, refreshed: f64) {
        let app = self;
        Timeout::new(0, move || {
            if app.search.get_untracked() != SearchState::Running {
                return;
            }
            let started = milliseconds();
            let before = app.with(|core| core.editor.versions());
            let progress = app.change(|core| {
                let measure = core.measure.clone();
                let mut progress = Progress::Unfinished;
                while progress == Progress::Unfinished && milliseconds() - started < SLICE {
                    progress = core.editor.search_on(VISITS, &*measure);
                }
                progress
            });
            if progress == Progress::Finished {
                app.search.set(SearchState::Done);
                app.tell(before);
                return;
            }
            let paused = started - began > PATIENCE;
            let due = paused || started - refreshed > REFRESH;
            if due {
                app.change(|core| {
                    let measure = core.measure.clone();
                    core.editor.refresh_report(&*measure);
                });
                app.tell(before);
            }
            if paused {
                app.search.set(SearchState::Paused);
            } else {
                app.search_slice(began, if due { started } else { refreshed });
            }
        })
        .forget();
    }
}

/// Gives the focus to an element once it is on the page.
pub fn focus_soon(selector: &'static str) {
    Timeout::new(0, move || super::browser::focus(selector)).forget();
}
