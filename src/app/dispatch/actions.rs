//! The actions that only the app can carry out.

use leptos::prelude::*;

use crate::app::browser::focus_soon;
use crate::app::services::equation::EQUATION;
use crate::app::services::{
    arrange, clipboard, documents, experiments, export, files, find, follow, frame, images,
    map_run, panels, people, pictures, present, print, retrospectives, speaker, stories, templates,
    theme,
};
use crate::app::state::{
    App, ArrangingFor, Dialog, Page, Side, StylePart, Tab, ThemeChoice, TraceQuestion,
};
use crate::editor::{Action, Condition};
use crate::layout::Arrange;
use crate::scene::Theme;
use crate::worker::WriteFor;

/// Does what only the app can.
pub fn run_action(app: App, action: Action) {
    match action {
        Action::Paste => clipboard::paste(app),
        Action::ToggleGrid => {
            app.change(|core| core.grid_shown = !core.grid_shown);
            frame::request(app);
        }
        Action::RaiseHand => people::toggle_hand(app),
        Action::StopFollowing => {
            follow::stop(app);
        }
        Action::ToggleMinimap => app.minimap.update(|shown| *shown = !*shown),
        Action::ToggleTheme | Action::PresentTheme => theme::choose(
            app,
            match app.with(|core| core.theme) {
                Theme::Dark => ThemeChoice::Light,
                Theme::Light | Theme::Print | Theme::Forced => ThemeChoice::Dark,
            },
        ),
        Action::Present => present::begin(app),
        Action::PresentNotes => speaker::open_window(app),
        Action::PresentWholeScreen => present::toggle_whole_screen(app),
        Action::PresentPointer => app.pointing.update(|points| *points = !*points),
        Action::ToggleLoops => panels::toggle_side(app, Side::Loops),
        Action::ToggleOutline => panels::toggle_side(app, Side::Outline),
        Action::ToggleStream => panels::toggle_side(app, Side::Stream),
        Action::ToggleComments => panels::toggle_side(app, Side::Comments),
        Action::WatchMap => map_run::watch(app),
        Action::ToggleRun => panels::toggle_side(app, Side::Run),
        Action::ToggleStory => panels::toggle_side(app, Side::Story),
        Action::ToggleRetrospective => panels::toggle_side(app, Side::Retrospective),
        Action::ToggleExperiments => panels::toggle_side(app, Side::Experiments),
        Action::NewExperiment => experiments::begin(app),
        Action::StartRetrospective => retrospectives::start(app),
        Action::AddSeen => stories::add_in_passing(app),
        Action::CommentOn => {
            app.side.set(Some(Side::Comments));
            focus_soon("#comment-new");
        }
        Action::EditEquation => {
            app.side.set(Some(Side::Run));
            focus_soon(EQUATION);
        }
        Action::EditMeasures => panels::focus_first_measure(app),
        Action::Arrange => arrange::start(app, Arrange::Afresh, ArrangingFor::Person),
        Action::Tidy => arrange::start(app, Arrange::Tidy, ArrangingFor::Person),
        Action::ExportAs => app.dialog.set(Some(Dialog::Export)),
        Action::CopyCsv => export::write_as(app, "csv", WriteFor::Copying),
        Action::CopyDot => export::write_as(app, "dot", WriteFor::Copying),
        Action::CopyMermaid => export::write_as(app, "mermaid", WriteFor::Copying),
        Action::ShowArchetypes => panels::show_tab(app, Tab::Archetypes),
        Action::ShowChecks => panels::show_tab(app, Tab::Checks),
        Action::ShowLeverage => panels::show_tab(app, Tab::Leverage),
        Action::ShowTrace => panels::ask(app, TraceQuestion::Paths),
        Action::FollowChange => panels::ask(app, TraceQuestion::Follow),
        Action::ShowPairs => panels::ask(app, TraceQuestion::Pairs),
        Action::TryLink => panels::ask(app, TraceQuestion::Link),
        Action::NewDocument => documents::new(app),
        Action::SaveAsTemplate => documents::save_as_template(app),
        Action::Documents => app.dialog.set(Some(Dialog::Documents)),
        Action::ShowExample => templates::open_example(app),
        Action::ShowStyle => show_style(app, StylePart::Look),
        Action::ShowAlignment => show_style(app, StylePart::Lines),
        // The words on a link are a field of the outline.
        Action::EditLabel => {
            app.side.set(Some(Side::Outline));
            focus_soon("#link-label");
        }
        Action::LinkTo => app.dialog.set(Some(Dialog::LinkTo)),
        Action::Templates => app.dialog.set(Some(Dialog::Templates)),
        Action::OpenFile => files::choose(app),
        Action::SaveFile => files::save(app),
        Action::ExportSvg => export::write_as(app, "svg", WriteFor::Saving),
        Action::ExportPng => pictures::export_png(app, Vec::new()),
        Action::CopyPicture => pictures::copy(app, &[]),
        Action::Print => print::print(app),
        Action::PrintStory => print::ask_story(app),
        Action::Share => app.dialog.set(Some(Dialog::Share)),
        Action::WorkTogether => app.dialog.set(Some(Dialog::Together)),
        Action::History => app.dialog.set(Some(Dialog::History)),
        Action::ShowStructure => app.dialog.set(Some(Dialog::Structure)),
        Action::Storage => app.dialog.set(Some(Dialog::Storage)),
        Action::AddImage => images::choose(app),
        // What an image shows is a field of the outline.
        Action::DescribeImage => {
            app.side.set(Some(Side::Outline));
            focus_soon("#image-alt");
        }
        Action::EditTags => app.dialog.set(Some(Dialog::Tags)),
        Action::UndoList => app.dialog.set(Some(Dialog::UndoList)),
        Action::Compare => app.dialog.set(Some(Dialog::Compare)),
        Action::LayOver => app.dialog.set(Some(Dialog::LayOver)),
        Action::MeasuredData => {
            app.lead_times_for.set(None);
            app.form.set(None);
            app.dialog.set(Some(Dialog::Measured));
        }
        Action::PasteText => app.dialog.set(Some(Dialog::PasteText)),
        Action::Find => find::open(app),
        Action::Replace => find::open_to_replace(app),
        // Who was sent a diagram that cannot be shown has nothing to do with it.
        Action::Palette
            if app.page != Page::Editor && app.with(|core| core.editor.document().is_empty()) => {}
        Action::Palette => app.dialog.set(Some(Dialog::Palette)),
        Action::Help => app.dialog.set(Some(Dialog::Help)),
        // A link that was double-clicked: what is said of it is a field of the outline.
        Action::EditText if app.with(|core| core.editor.holds(Condition::LinkSelected)) => {
            app.side.set(Some(Side::Outline));
            focus_soon("#link-remark");
        }
        // The name of a loop is a field of the panel.
        Action::NameLoop => {
            app.side.set(Some(Side::Loops));
            focus_soon("#loop-name");
        }
        _ => {}
    }
}

/// Opens the panel of styles at a part, or closes it where that is open.
fn show_style(app: App, part: StylePart) {
    app.styling
        .update(|open| *open = (*open != Some(part)).then_some(part));
}
