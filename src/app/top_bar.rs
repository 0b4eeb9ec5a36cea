//! The bar at the top: the document's name, whether it is safe, and what can be done with it.

use leptos::html::Input;
use leptos::prelude::*;

use web_sys::{KeyboardEvent, MouseEvent};

use super::plain::{flag_of, on, text_of, view_of};

use super::icon::icon;
use super::menu::Menu;
use super::state::{SaveMark, Side, use_app};
use crate::editor::{Action, Command, Event};
use crate::scene::Theme;

const FILE: &[Option<Action>] = &[
    Some(Action::NewDocument),
    Some(Action::Documents),
    Some(Action::Templates),
    None,
    Some(Action::OpenFile),
    Some(Action::PasteText),
    Some(Action::SaveFile),
    None,
    Some(Action::ExportSvg),
    Some(Action::ExportPng),
];

const MORE: &[Option<Action>] = &[
    Some(Action::SelectAll),
    Some(Action::Find),
    Some(Action::Palette),
    None,
    Some(Action::ZoomFit),
    Some(Action::ToggleGrid),
    Some(Action::ToggleTheme),
    None,
    Some(Action::Help),
];

/// The bar at the top.
#[component]
pub fn TopBar() -> impl IntoView {
    let app = use_app();
    let depth = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.history_depth())
    });
    let dark = move || {
        app.theme.track();
        app.mode.track();
        app.with(|core| core.theme == Theme::Dark)
    };
    view! {
        <header class="top-bar">
            <Menu name="File" picture=icondata_lu::LuMenu entries=FILE/>
            <h1>
                <a class="brand" href="./" aria-label="Loopstream" title="Loopstream"
                    on:click=on(move |event: MouseEvent| {
                        event.prevent_default();
                        app.act(Action::Documents);
                    })>
                    <BrandMark/>
                    <span class="brand-word">"Loopstream"</span>
                </a>
            </h1>
            <Title/>
            <SaveState/>
            <span class="spacer"></span>
            <div class="button-group" role="group" aria-label="History">
                <button class="icon-button" aria-label="Undo" title="Undo (Ctrl+Z)"
                    disabled=flag_of(move || depth.get().0 == 0)
                    on:click=on(move |_| app.act(Action::Undo))>{icon(icondata_lu::LuUndo2)}</button>
                <button class="icon-button" aria-label="Redo" title="Redo (Ctrl+Shift+Z)"
                    disabled=flag_of(move || depth.get().1 == 0)
                    on:click=on(move |_| app.act(Action::Redo))>{icon(icondata_lu::LuRedo2)}</button>
            </div>
            <button class="icon-button wide-only" title="Dark or light (Alt+Shift+D)"
                aria-label=text_of(move || if dark() { "Light theme" } else { "Dark theme" })
                on:click=on(move |_| app.act(Action::ToggleTheme))>
                {view_of(move || icon(if dark() { icondata_lu::LuSun } else { icondata_lu::LuMoon }))}
            </button>
            <SideButton side=Side::Loops name="Loops" action=Action::ToggleLoops/>
            <SideButton side=Side::Outline name="Outline" action=Action::ToggleOutline/>
            <Menu name="More" picture=icondata_lu::LuEllipsisVertical entries=MORE/>
        </header>
    }
}

/// A loop and the stream that runs into it.
#[component]
fn BrandMark() -> impl IntoView {
    view! {
        <svg class="brand-mark" viewBox="0 0 32 32" width="26" height="26" fill="none" aria-hidden="true">
            <path d="M21.8 9.1a8.6 8.6 0 1 0 2.7 7.6" stroke="var(--reinforcing)" stroke-width="3.2"
                stroke-linecap="round"/>
            <path d="M22.6 3.6v6.2h-6.2" stroke="var(--reinforcing)" stroke-width="3.2"
                stroke-linecap="round" stroke-linejoin="round"/>
            <path d="M2.5 27.5c7 2.6 14 1 19-2.4 3-2 5.200-2.200 8-1.600" stroke="var(--balancing)"
                stroke-width="3" stroke-linecap="round"/>
        </svg>
    }
}

#[component]
fn Title() -> impl IntoView {
    let app = use_app();
    let field = NodeRef::<Input>::new();
    let title = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.document().properties().title.clone())
    });
    let keep = move || {
        let typed = field
            .get_untracked()
            .map(|field| field.value())
            .unwrap_or_default();
        if typed.trim() != title.get_untracked() {
            app.dispatch(Event::Do(Command::SetTitle(typed)));
        }
    };
    view! {
        <input class="title" id="title" node_ref=field aria-label="Title of the diagram"
            placeholder="Untitled diagram" autocomplete="off" spellcheck="false" maxlength="200"
            prop:value=text_of(move || title.get())
            on:change=on(move |_| keep())
            on:keydown=on(move |event: KeyboardEvent| {
                if matches!(event.key().as_str(), "Enter" | "Escape") {
                    if event.key() == "Escape" && let Some(field) = field.get_untracked() {
                        field.set_value(&title.get_untracked());
                    }
                    super::browser::focus("#canvas");
                }
            })/>
    }
}

#[component]
fn SaveState() -> impl IntoView {
    let app = use_app();
    view_of(move || {
        let (class, picture, words, why) = match app.save.get() {
            SaveMark::Nothing => ("save-state", None, String::new(), String::new()),
            SaveMark::Saved => {
                let why = "Saved in this browser. Nothing leaves it unless you export.";
                (
                    "save-state",
                    Some(icondata_lu::LuCheck),
                    "Saved".to_owned(),
                    why.to_owned(),
                )
            }
            SaveMark::Saving => {
                let why = "The change under way is saved when it is done.";
                (
                    "save-state",
                    Some(icondata_lu::LuEllipsis),
                    "Saving…".to_owned(),
                    why.to_owned(),
                )
            }
            SaveMark::NotSaved(why) => {
                let class = "save-state save-state-trouble";
                (
                    class,
                    Some(icondata_lu::LuTriangleAlert),
                    "Not saved".to_owned(),
                    why,
                )
            }
        };
        let trouble = class.contains("trouble").then(|| why.clone());
        view! {
            <div class=class title=why id="save-state">
                {picture.map(icon)}
                <span>{words}</span>
                {trouble.map(|why| view! {
                    <span class="save-why">{why}</span>
                    <button class="button" on:click=on(move |_| app.act(Action::SaveFile))>
                        "Save as a file"
                    </button>
                })}
            </div>
        }
        .into_any()
    })
}

#[component]
fn SideButton(
    /// The panel.
    side: Side,
    /// Its name.
    name: &'static str,
    /// What the button does.
    action: Action,
) -> impl IntoView {
    let app = use_app();
    let picture = match side {
        Side::Outline => icondata_lu::LuListTree,
        Side::Loops | Side::Hidden => icondata_lu::LuRefreshCw,
    };
    let count = move || {
        app.loops.track();
        let total = app.with(|core| core.editor.report().counts.total());
        if side == Side::Loops && total > 0 {
            super::panels::grouped(total)
        } else {
            String::new()
        }
    };
    view! {
        <button class="button side-button"
            aria-pressed=text_of(move || (app.side.get() == side).to_string())
            on:click=on(move |_| app.act(action))>
            {icon(picture)}
            <span class="wide-only">{name}</span>
            <span class="visually-hidden narrow-only">{name}</span>
            <span class="count" aria-hidden="true">{text_of(count)}</span>
        </button>
    }
}
