//! What the editor asks for, done.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::services::theme::ThemeChoice;
use crate::app::state::{App, ArrangingFor, Dialog, Side, Tab};
use crate::editor::{Action, Effect, Event, When};
use crate::layout::Arrange;
use crate::scene::Theme;
use crate::workbench::{Request, WriteFor};

impl App {
    /// Does what the editor asks for.
    pub fn carry_out(self, effect: Effect) {
        match effect {
            Effect::Committed(patch) => {
                self.document_moved(Some(&patch));
                self.keep(&patch);
            }
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
                self.change(|core| core.grid_shown = !core.grid_shown);
                self.request_frame();
            }
            Action::ToggleTheme => self.choose_theme(match self.with(|core| core.theme) {
                Theme::Dark => ThemeChoice::Light,
                Theme::Light | Theme::Print => ThemeChoice::Dark,
            }),
            Action::ToggleLoops => self.toggle_side(Side::Loops),
            Action::ToggleOutline => self.toggle_side(Side::Outline),
            Action::ToggleStream => self.toggle_side(Side::Stream),
            Action::EditMeasures => self.focus_first_measure(),
            Action::Arrange => self.arrange(Arrange::Afresh, ArrangingFor::Person),
            Action::Tidy => self.arrange(Arrange::Tidy, ArrangingFor::Person),
            Action::ExportAs => self.dialog.set(Some(Dialog::Export)),
            Action::CopyCsv => self.write_as("csv", WriteFor::Copying),
            Action::CopyDot => self.write_as("dot", WriteFor::Copying),
            Action::CopyMermaid => self.write_as("mermaid", WriteFor::Copying),
            Action::ShowArchetypes => self.show_tab(Tab::Archetypes),
            Action::ShowChecks => self.show_tab(Tab::Checks),
            Action::ShowLeverage => self.show_tab(Tab::Leverage),
            Action::ShowTrace => self.show_tab(Tab::Trace),
            Action::NewDocument => self.new_document(),
            Action::Documents => self.dialog.set(Some(Dialog::Documents)),
            Action::Templates => self.dialog.set(Some(Dialog::Templates)),
            Action::OpenFile => self.choose_file(),
            Action::SaveFile => self.save_file(),
            Action::ExportSvg => self.write_as("svg", WriteFor::Saving),
            Action::ExportPng => self.export_png(),
            Action::CopyPicture => self.copy_picture(),
            Action::Print => self.print(),
            Action::Share => {
                self.link.set(None);
                self.ask(Request::Link);
                self.dialog.set(Some(Dialog::Share));
            }
            Action::History => self.dialog.set(Some(Dialog::History)),
            Action::Storage => self.dialog.set(Some(Dialog::Storage)),
            Action::Compare => self.dialog.set(Some(Dialog::Compare)),
            Action::MeasuredData => {
                self.form.set(None);
                self.dialog.set(Some(Dialog::Measured));
            }
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

    /// Shows a tab of the panel of the loops.
    pub fn show_tab(self, tab: Tab) {
        self.tab.set(tab);
        self.side.set(Side::Loops);
        self.look_again_soon();
    }

    /// Shows the field of a measure of what is selected.
    pub fn focus_measure(self, name: &str) {
        self.side.set(Side::Stream);
        let id = name.replace([' ', '%', '&'], "-");
        Timeout::new(0, move || {
            crate::app::browser::focus(&format!("#measure-{id}"))
        })
        .forget();
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
}

/// Gives the focus to an element once it is on the page.
pub fn focus_soon(selector: &'static str) {
    Timeout::new(0, move || crate::app::browser::focus(selector)).forget();
}
