//! The bar at the top: the document's name, whether it is safe, and what can be done with it.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::{ev, html};

use crate::app::components::field::InputField;
use crate::app::components::icon::{Icon, IconButton};
use crate::app::components::menu::Menu;
use crate::app::components::panels::{self, Row, has_map};
use crate::app::components::people_button::PeopleButton;
use crate::app::components::room_state::{RoomButton, RoomStatus};
use crate::app::dispatch::{act, dispatch};
use crate::app::services::run;
use crate::app::state::{Page, SaveMark, Side, use_app};
use crate::editor::{Action, Command, Event};
use crate::scene::Theme;

const FILE: &[Option<Action>] = &[
    Some(Action::NewDocument),
    Some(Action::Documents),
    Some(Action::Templates),
    None,
    Some(Action::OpenFile),
    Some(Action::PasteText),
    Some(Action::MeasuredData),
    Some(Action::SaveFile),
    Some(Action::SaveAsTemplate),
    None,
    Some(Action::History),
    Some(Action::Storage),
    None,
    Some(Action::Share),
    Some(Action::WorkTogether),
    Some(Action::ExportSvg),
    Some(Action::ExportPng),
    Some(Action::ExportAs),
    Some(Action::Print),
];

const MORE: &[Option<Action>] = &[
    Some(Action::CopyPicture),
    Some(Action::Find),
    Some(Action::Palette),
    None,
    Some(Action::Arrange),
    Some(Action::Tidy),
    Some(Action::Compare),
    Some(Action::ToggleComments),
    Some(Action::ToggleStory),
    Some(Action::Present),
    None,
    Some(Action::ToggleGrid),
    Some(Action::ToggleBadges),
    Some(Action::ToggleLinkColours),
    Some(Action::ToggleMinimap),
    Some(Action::ToggleTheme),
    None,
    Some(Action::Help),
];

/// The bar at the top.
#[component]
pub fn TopBar() -> impl IntoView {
    view! {
        <header class="top-bar">
            <Menu name="File" id="menu-file" picture=icondata_lu::LuMenu entries=FILE/>
            <h1>
                <Brand/>
            </h1>
            <Title/>
            <SaveState/>
            <RoomStatus/>
            <span class="spacer"></span>
            <History/>
            <RoomButton/>
            <PeopleButton/>
            <ThemeButton/>
            <SideButton side=Side::Loops/>
            <SideButton side=Side::Stream/>
            <RunButton/>
            <SideButton side=Side::Outline/>
            <Menu name="More" id="menu-more" picture=icondata_lu::LuEllipsisVertical entries=MORE/>
        </header>
    }
}

/// The button of the runs: on a narrow page only where there is something to run, or it is open.
#[component]
fn RunButton() -> impl IntoView {
    let app = use_app();
    let map = has_map(app);
    let is_needed = Memo::new(move |_| {
        let is_open = app.side.get() == Some(Side::Run);
        run::has_model(app) || map.get() || is_open
    });
    view! {
        <span class="side-run" class:side-run-needed=move || is_needed.get()>
            <SideButton side=Side::Run/>
        </span>
    }
}

/// From light to dark, and back.
#[component]
pub fn ThemeButton() -> impl IntoView {
    let app = use_app();
    let dark = move || {
        app.theme.track();
        app.mode.track();
        app.with(|core| core.theme == Theme::Dark)
    };
    view! {
        <button
            class="icon-button theme-button"
            data-tip="Dark or light (Alt+Shift+D)"
            aria-label=move || if dark() { "Light theme" } else { "Dark theme" }
            on:click=move |_| act(app, Action::ToggleTheme)
        >
            {move || {
                let picture = match dark() {
                    true => icondata_lu::LuSun,
                    false => icondata_lu::LuMoon,
                };
                view! { <Icon picture/> }
            }}
        </button>
    }
}

/// How long a press of undo is held for the list, in milliseconds.
const LONG_PRESS: u32 = 500;

/// Undo and redo.
#[component]
fn History() -> impl IntoView {
    let app = use_app();
    let depth = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.history_depth())
    });
    // A press that is held shows the list, and undoes nothing.
    let held = StoredValue::new(false);
    let press: StoredValue<Option<Timeout>, LocalStorage> = StoredValue::new_local(None);
    let open_list = move || {
        press.set_value(None);
        act(app, Action::UndoList);
    };
    view! {
        <div class="button-group" role="group" aria-label="History">
            <IconButton
                picture=icondata_lu::LuUndo2
                name="Undo"
                title="Undo (Ctrl+Z); hold for the list"
                attr:disabled=move || depth.get().0 == 0
                attr:aria-haspopup="dialog"
                on:click=move |_| {
                    if !held.try_update_value(std::mem::take).unwrap_or(false) {
                        act(app, Action::Undo);
                    }
                }
                on:contextmenu=move |event| {
                    event.prevent_default();
                    open_list();
                }
                on:keydown=move |event: ev::KeyboardEvent| {
                    if crate::app::browser::key_name(&event) == "ArrowDown" {
                        event.prevent_default();
                        open_list();
                    }
                }
                on:pointerdown=move |_| {
                    held.set_value(false);
                    press.set_value(Some(Timeout::new(LONG_PRESS, move || {
                        held.set_value(true);
                        open_list();
                    })));
                }
                on:pointerup=move |_| press.set_value(None)
                on:pointerleave=move |_| press.set_value(None)
            />
            <IconButton
                picture=icondata_lu::LuRedo2
                name="Redo"
                title="Redo (Ctrl+Shift+Z)"
                attr:disabled=move || depth.get().1 == 0
                on:click=move |_| act(app, Action::Redo)
            />
        </div>
    }
}

/// The name of the program, with its mark: a loop and the stream that runs into it.
#[component]
pub fn Brand() -> impl IntoView {
    let app = use_app();
    let open = move |event: ev::MouseEvent| {
        if app.page == Page::Editor {
            event.prevent_default();
            act(app, Action::Documents);
        }
    };
    view! {
        <a class="brand" href="./" aria-label="Loopstream" title="Loopstream" on:click=open>
            <svg
                class="brand-mark"
                viewBox="0 0 32 32"
                width="26"
                height="26"
                fill="none"
                aria-hidden="true"
                stroke-linecap="round"
            >
                <path
                    d="M21.8 9.1a8.6 8.6 0 1 0 2.7 7.6"
                    stroke="var(--reinforcing)"
                    stroke-width="3.2"
                />
                <path
                    d="M22.6 3.6v6.2h-6.2"
                    stroke="var(--reinforcing)"
                    stroke-width="3.2"
                    stroke-linejoin="round"
                />
                <path
                    d="M2.5 27.5c7 2.6 14 1 19-2.4 3-2 5.2-2.2 8-1.6"
                    stroke="var(--balancing)"
                    stroke-width="3"
                />
            </svg>
            <span class="brand-word">"Loopstream"</span>
        </a>
    }
}

#[component]
fn Title() -> impl IntoView {
    let app = use_app();
    let field = NodeRef::<html::Input>::new();
    let title = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.document().properties().title.clone())
    });
    let only_looks = Memo::new(move |_| {
        app.mode.track();
        app.with(|core| core.editor.access().only_looks())
    });
    let keep = move |typed: String| {
        if typed.trim() != title.get_untracked() {
            dispatch(app, Event::Do(Command::SetTitle(typed)));
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let key = crate::app::browser::key_name(&event);
        if matches!(key.as_str(), "Enter" | "Escape") {
            if key == "Escape"
                && let Some(field) = field.get_untracked()
            {
                field.set_value(&title.get_untracked());
            }
            crate::app::browser::focus("#canvas");
        }
    };
    view! {
        <InputField
            value=title
            keep=keep
            node_ref=field
            attr:class="title"
            attr:id="title"
            attr:aria-label="Title of the diagram"
            attr:placeholder="Untitled diagram"
            attr:autocomplete="off"
            attr:spellcheck="false"
            attr:maxlength="200"
            attr:readonly=move || only_looks.get()
            on:keydown=on_key
        />
    }
}

/// Whether what was drawn is safe.
#[component]
fn SaveState() -> impl IntoView {
    let app = use_app();
    move || {
        let mark = app.save.get();
        let (picture, words, why) = match &mark {
            SaveMark::Nothing => (None, "", ""),
            SaveMark::Saved => (
                Some(icondata_lu::LuCheck),
                "Saved",
                match app.room.with(Option::is_some) {
                    true => "Saved in this browser. Sealed changes go to the others in the room.",
                    false => "Saved in this browser. Nothing leaves it unless you export.",
                },
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
        let is_trouble = matches!(mark, SaveMark::NotSaved(_));
        let trouble = is_trouble.then(|| {
            view! {
                <div class="save-why">
                    <span>{why.to_owned()}</span>
                    <button class="button" on:click=move |_| act(app, Action::SaveFile)>
                        "Save as a file"
                    </button>
                </div>
            }
        });
        view! {
            <div
                class="save-state"
                class:save-state-trouble=is_trouble
                data-tip=why.to_owned()
                id="save-state"
            >
                {picture.map(|picture| view! { <Icon picture/> })}
                <span>{words}</span>
                {trouble}
            </div>
        }
    }
}

/// The button of a panel.
#[component]
pub fn SideButton(
    /// The panel.
    side: Side,
) -> impl IntoView {
    let app = use_app();
    let Row {
        button,
        picture,
        action,
        count,
        ..
    } = panels::row(side);
    view! {
        <button
            class="button side-button"
            aria-pressed=move || (app.side.get() == Some(side)).to_string()
            on:click=move |_| act(app, action)
            data-tip=button
        >
            <Icon picture/>
            <span class="side-words">{button}</span>
            <span class="count" aria-hidden="true">
                {move || count(app)}
            </span>
        </button>
    }
}
