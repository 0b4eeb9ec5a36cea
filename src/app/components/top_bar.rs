//! The bar at the top: the document's name, whether it is safe, and what can be done with it.

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use crate::app::components::icon::{icon, icon_button};
use crate::app::components::menu::menu;
use crate::app::dispatch::{act, dispatch};
use crate::app::plain::{Place, Tag, flag_of, tag, text_of, view_of};
use crate::app::state::{App, Page, SaveMark, Side, use_app};
use crate::causal::Completeness;
use crate::editor::{Action, Command, Event};
use crate::scene::Theme;
use crate::workbench::Certainty;

const FILE: &[Option<Action>] = &[
    Some(Action::NewDocument),
    Some(Action::Documents),
    Some(Action::Templates),
    None,
    Some(Action::OpenFile),
    Some(Action::PasteText),
    Some(Action::MeasuredData),
    Some(Action::SaveFile),
    None,
    Some(Action::History),
    Some(Action::Storage),
    None,
    Some(Action::Share),
    Some(Action::ExportSvg),
    Some(Action::ExportPng),
    Some(Action::ExportAs),
    Some(Action::Print),
];

const MORE: &[Option<Action>] = &[
    Some(Action::SelectAll),
    Some(Action::CopyPicture),
    Some(Action::Find),
    Some(Action::Palette),
    None,
    Some(Action::Arrange),
    Some(Action::Tidy),
    Some(Action::Compare),
    None,
    Some(Action::ZoomFit),
    Some(Action::ToggleGrid),
    Some(Action::ToggleTheme),
    None,
    Some(Action::Help),
];

/// The bar at the top.
pub fn top_bar() -> AnyView {
    let app = use_app();
    tag("header")
        .class("top-bar")
        .child(menu("File", "menu-file", icondata_lu::LuMenu, FILE))
        .child(tag("h1").child(brand(app)))
        .child(title(app))
        .child(save_state(app))
        .child(tag("span").class("spacer"))
        .child(history(app))
        .child(theme_button(app))
        .child(side_button(app, Side::Loops))
        .child(side_button(app, Side::Stream))
        .child(side_button(app, Side::Outline))
        .child(menu(
            "More",
            "menu-more",
            icondata_lu::LuEllipsisVertical,
            MORE,
        ))
        .view()
}

/// From light to dark, and back.
pub fn theme_button(app: App) -> Tag {
    let dark = move || {
        app.theme.track();
        app.mode.track();
        app.with(|core| core.theme == Theme::Dark)
    };
    let theme_name = move || if dark() { "Light theme" } else { "Dark theme" };
    tag("button")
        .class("icon-button theme-button")
        .title("Dark or light (Alt+Shift+D)")
        .label(text_of(theme_name))
        .press(move || act(app, Action::ToggleTheme))
        .child(view_of(move || {
            let picture = if dark() {
                icondata_lu::LuSun
            } else {
                icondata_lu::LuMoon
            };
            icon(picture).view()
        }))
}

/// Undo and redo.
fn history(app: App) -> Tag {
    let depth = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.history_depth())
    });
    let undo = icon_button(icondata_lu::LuUndo2, "Undo", "Undo (Ctrl+Z)", move || {
        act(app, Action::Undo);
    });
    let redo = icon_button(
        icondata_lu::LuRedo2,
        "Redo",
        "Redo (Ctrl+Shift+Z)",
        move || {
            act(app, Action::Redo);
        },
    );
    tag("div")
        .class("button-group")
        .with("role", "group")
        .label("History")
        .child(undo.with("disabled", flag_of(move || depth.get().0 == 0)))
        .child(redo.with("disabled", flag_of(move || depth.get().1 == 0)))
}

/// The name of the program, with its mark: a loop and the stream that runs into it.
pub fn brand(app: App) -> Tag {
    let mark = tag("svg")
        .class("brand-mark")
        .with("viewBox", "0 0 32 32")
        .with("width", "26")
        .with("height", "26")
        .with("fill", "none")
        .with("aria-hidden", "true")
        .with("stroke-linecap", "round")
        .markup(
            "<path d=\"M21.8 9.1a8.6 8.6 0 1 0 2.7 7.6\" stroke=\"var(--reinforcing)\" \
             stroke-width=\"3.2\"/><path d=\"M22.6 3.6v6.2h-6.2\" stroke=\"var(--reinforcing)\" \
             stroke-width=\"3.2\" stroke-linejoin=\"round\"/><path d=\"M2.5 27.5c7 2.6 14 1 \
             19-2.4 3-2 5.2-2.2 8-1.6\" stroke=\"var(--balancing)\" stroke-width=\"3\"/>",
        );
    tag("a")
        .class("brand")
        .with("href", "./")
        .label("Loopstream")
        .title("Loopstream")
        .on("click", move |event| {
            if app.page == Page::Editor {
                event.prevent_default();
                act(app, Action::Documents);
            }
        })
        .child(mark)
        .child(tag("span").class("brand-word").text("Loopstream"))
}

fn title(app: App) -> Tag {
    let field = Place::new();
    let title = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.document().properties().title.clone())
    });
    let keep = move || {
        let typed = field.value();
        if typed.trim() != title.get_untracked() {
            dispatch(app, Event::Do(Command::SetTitle(typed)));
        }
    };
    tag("input")
        .class("title")
        .with("id", "title")
        .at(field)
        .label("Title of the diagram")
        .with("placeholder", "Untitled diagram")
        .with("autocomplete", "off")
        .with("spellcheck", "false")
        .with("maxlength", "200")
        .value(text_of(move || title.get()))
        .on("change", move |_| keep())
        .on("keydown", move |event| {
            let key = crate::app::browser::key_name(&event);
            if matches!(key.as_str(), "Enter" | "Escape") {
                if key == "Escape"
                    && let Some(field) = field.now::<HtmlInputElement>()
                {
                    field.set_value(&title.get_untracked());
                }
                crate::app::browser::focus("#canvas");
            }
        })
}

/// Whether what was drawn is safe.
fn save_state(app: App) -> AnyView {
    view_of(move || {
        let mark = app.save.get();
        let (picture, words, why) = match &mark {
            SaveMark::Nothing => (None, "", ""),
            SaveMark::Saved => (
                Some(icondata_lu::LuCheck),
                "Saved",
                "Saved in this browser. Nothing leaves it unless you export.",
            ),
            SaveMark::Saving => (
                Some(icondata_lu::LuEllipsis),
                "Saving…",
                "The change under way is saved when it is done.",
            ),
            SaveMark::NotSaved(why) => (
                Some(icondata_lu::LuTriangleAlert),
                "Not saved",
                why.as_str(),
            ),
        };
        let state = |class: &'static str| {
            tag("div")
                .class(class)
                .title(why.to_owned())
                .with("id", "save-state")
                .maybe(picture.map(icon))
                .child(tag("span").text(words))
        };
        if !matches!(mark, SaveMark::NotSaved(_)) {
            return state("save-state").view();
        }
        state("save-state save-state-trouble")
            .child(
                tag("div")
                    .class("save-why")
                    .child(tag("span").text(why.to_owned()))
                    .child(
                        tag("button")
                            .class("button")
                            .press(move || act(app, Action::SaveFile))
                            .text("Save as a file"),
                    ),
            )
            .view()
    })
}

/// The button of a panel.
pub fn side_button(app: App, side: Side) -> Tag {
    let (name, action, picture) = match side {
        Side::Stream => ("Stream", Action::ToggleStream, icondata_lu::LuWorkflow),
        Side::Outline => ("Outline", Action::ToggleOutline, icondata_lu::LuListTree),
        Side::Loops | Side::Hidden => ("Loops", Action::ToggleLoops, icondata_lu::LuRefreshCw),
    };
    let count = move || {
        app.loops.track();
        if side != Side::Loops {
            return String::new();
        }
        if let Some(counts) = app.counts.get() {
            return short_count(&counts.total, counts.certainty == Certainty::Exact);
        }
        let (total, completeness) = app.with(|core| {
            let report = core.editor.report();
            (report.counts.total(), report.completeness)
        });
        match (total, completeness) {
            (0, _) => String::new(),
            (total, is) => short_count(&total.to_string(), is == Completeness::Exact),
        }
    };
    tag("button")
        .class("button side-button")
        .with(
            "aria-pressed",
            text_of(move || (app.side.get() == side).to_string()),
        )
        .press(move || act(app, action))
        .title(name)
        .child(icon(picture))
        .child(tag("span").class("side-words").text(name))
        .child(
            tag("span")
                .class("count")
                .with("aria-hidden", "true")
                .text(text_of(count)),
        )
}

/// A number of loops where there is little room; the panel has it whole. What does not fit is told
/// as a bound from below: 9M+ is at least nine million, 10^20+ at least so many.
fn short_count(digits: &str, is_exact: bool) -> String {
    match digits.len() {
        ..=6 => {
            let plus = if is_exact { "" } else { "+" };
            format!("{}{plus}", crate::app::text::grouped_digits(digits))
        }
        length @ 7..=9 => format!("{}M+", &digits[..length - 6]),
        length => format!("10^{}+", length - 1),
    }
}
