//! The tools, in a column at the left (a row at the foot of a narrow page).

use leptos::prelude::*;

use crate::app::components::icon::Icon;
use crate::app::dispatch::act;
use crate::app::state::use_app;
use crate::editor::{Action, Tool};

const TOOLS: [(Tool, Action, icondata_core::Icon, &str); 8] = [
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
    (
        Tool::Step,
        Action::ToolStep,
        icondata_lu::LuRectangleHorizontal,
        "Step",
    ),
    (
        Tool::Queue,
        Action::ToolQueue,
        icondata_lu::LuTriangle,
        "Queue",
    ),
    (
        Tool::Customer,
        Action::ToolCustomer,
        icondata_lu::LuFactory,
        "Customer",
    ),
];

/// Whether a tool has room on a narrow page; other stations are made of a step there.
const fn on_phones(tool: Tool) -> bool {
    !matches!(tool, Tool::Queue | Tool::Customer)
}

/// The tools.
#[component]
pub fn Toolbar() -> impl IntoView {
    let app = use_app();
    let hand = Memo::new(move |_| {
        app.mode.track();
        app.with(|core| (core.editor.tool(), core.editor.keeps_tool()))
    });
    let tools = TOOLS.map(|(tool, action, picture, name)| {
        let title = format!("{} ({})", action.label(), action.shortcut());
        let class = match on_phones(tool) {
            true => "tool",
            false => "tool wide-only",
        };
        let is_held = Signal::derive(move || hand.get().0 == tool);
        view! { <ToolButton action picture name title key=action.shortcut() is_held attr:class=class/> }
    });
    view! {
        <nav class="toolbar" aria-label="Tools">
            {tools.collect_view()}
            <span class="toolbar-rule" role="separator"></span>
            <ToolButton
                action=Action::ToolLock
                picture=icondata_lu::LuLock
                name="Keep the tool after use"
                title="Keep the tool after use (Q)"
                key="Q"
                is_held=Signal::derive(move || hand.get().1)
                attr:class="tool"
            />
        </nav>
    }
}

/// A button of a tool.
#[component]
fn ToolButton(
    action: Action,
    picture: icondata_core::Icon,
    name: &'static str,
    #[prop(into)] title: String,
    #[prop(into)] key: String,
    is_held: Signal<bool>,
) -> impl IntoView {
    let app = use_app();
    view! {
        <button
            title=title
            aria-label=name
            aria-pressed=move || is_held.get().to_string()
            on:click=move |_| act(app, action)
        >
            <Icon picture/>
            <span class="tool-key" aria-hidden="true">{key}</span>
        </button>
    }
}
