//! The tools, in a column at the left (a row at the foot of a narrow page).

use icondata_core::Icon;
use leptos::prelude::*;

use super::plain::{on, text_of};

use super::icon::icon;
use super::state::use_app;
use crate::editor::{Action, Tool, ToolHold};

const TOOLS: [(Tool, Action, Icon, &str); 5] = [
    (
        Tool::Select,
        Action::ToolSelect,
        icondata_lu::LuMousePointer2,
        "Select",
    ),
    (Tool::Hand, Action::ToolHand, icondata_lu::LuHand, "Hand"),
    (
        Tool::Variable,
        Action::ToolVariable,
        icondata_lu::LuCirclePlus,
        "Variable",
    ),
    (Tool::Link, Action::ToolLink, icondata_lu::LuSpline, "Link"),
    (
        Tool::Note,
        Action::ToolNote,
        icondata_lu::LuStickyNote,
        "Text",
    ),
];

/// The tools.
#[component]
pub fn Toolbar() -> impl IntoView {
    let app = use_app();
    let hand = Memo::new(move |_| {
        app.mode.track();
        app.with(|core| match core.editor.tool() {
            (tool, ToolHold::Once) => (tool as u8, false),
            (tool, ToolHold::Kept) => (tool as u8, true),
        })
    });
    view! {
        <nav class="toolbar" aria-label="Tools">
            {TOOLS.map(|(tool, action, picture, name)| {
                let title = format!("{} ({})", action.label(), action.shortcut());
                view! {
                    <button class="tool" title=title aria-label=name
                        aria-pressed=text_of(move || (hand.get().0 == tool as u8).to_string())
                        on:click=on(move |_| app.act(action))>
                        {icon(picture)}
                        <span class="tool-key" aria-hidden="true">{action.shortcut()}</span>
                    </button>
                }
            })}
            <span class="toolbar-rule" role="separator"></span>
            <button class="tool" aria-label="Keep the tool after use"
                title="Keep the tool after use (Q)"
                aria-pressed=text_of(move || hand.get().1.to_string())
                on:click=on(move |_| app.act(Action::ToolLock))>
                {icon(icondata_lu::LuLock)}
                <span class="tool-key" aria-hidden="true">"Q"</span>
            </button>
        </nav>
    }
}
