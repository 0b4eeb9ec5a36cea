//! The tools, in a column at the left (a row at the foot of a narrow page).

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::app::browser::key_name;
use crate::app::components::icon::Icon;
use crate::app::dispatch::act;
use crate::app::state::use_app;
use crate::editor::{Action, Tool};

const TOOLS: [(Tool, Action, icondata_core::Icon, &str); 10] = [
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
    (Tool::Flow, Action::ToolFlow, icondata_lu::LuDroplet, "Flow"),
    (
        Tool::Note,
        Action::ToolNote,
        icondata_lu::LuStickyNote,
        "Text",
    ),
    (
        Tool::Frame,
        Action::ToolFrame,
        icondata_lu::LuFrame,
        "Frame",
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

/// Whether a tool has room on a narrow page; other stations are made of a step there, and frames are
/// added by the menu of the canvas.
const fn on_phones(tool: Tool) -> bool {
    !matches!(tool, Tool::Queue | Tool::Customer | Tool::Frame)
}

/// The tools. The bar is one stop of the Tab key; arrows go from tool to tool.
#[component]
pub fn Toolbar() -> impl IntoView {
    let app = use_app();
    let bar = NodeRef::<html::Div>::new();
    // The tool that Tab comes to.
    let stop = RwSignal::new(Action::ToolSelect);
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(bar) = bar.get_untracked() else {
            return;
        };
        let to = match key_name(&event).as_str() {
            "ArrowDown" | "ArrowRight" => Step::Next,
            "ArrowUp" | "ArrowLeft" => Step::Previous,
            "Home" => Step::First,
            "End" => Step::Last,
            _ => return,
        };
        event.prevent_default();
        step(&bar, to);
    };
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
        view! { <ToolButton action picture name title key=action.shortcut() is_held stop attr:class=class/> }
    });
    view! {
        <nav class="toolbar" aria-label="Tools">
            <div
                class="tools"
                role="toolbar"
                aria-label="Tools"
                aria-orientation="vertical"
                node_ref=bar
                on:keydown=on_key
            >
                {tools.collect_view()}
                <span class="toolbar-rule" role="separator"></span>
                <ToolButton
                    action=Action::ToolLock
                    picture=icondata_lu::LuPin
                    name="Keep the tool after use"
                    title="Keep the tool after use (Q)"
                    key="Q"
                    is_held=Signal::derive(move || hand.get().1)
                    stop
                    attr:class="tool spare-tool"
                />
            </div>
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
    /// The tool that Tab comes to.
    stop: RwSignal<Action>,
) -> impl IntoView {
    let app = use_app();
    view! {
        <button
            data-tip=title
            aria-label=name
            aria-pressed=move || is_held.get().to_string()
            tabindex=move || if stop.get() == action { "0" } else { "-1" }
            on:focus=move |_| stop.set(action)
            on:click=move |_| act(app, action)
        >
            <Icon picture/>
            <span class="tool-key" aria-hidden="true">{key}</span>
        </button>
    }
}

/// Where an arrow key leads.
#[derive(Clone, Copy)]
enum Step {
    Next,
    Previous,
    First,
    Last,
}

/// Gives the focus to another tool of the bar; those that a narrow page hides are passed over.
fn step(bar: &HtmlElement, to: Step) {
    let Ok(found) = bar.query_selector_all("button") else {
        return;
    };
    let tools: Vec<HtmlElement> = (0..found.length())
        .filter_map(|index| found.get(index)?.dyn_into::<HtmlElement>().ok())
        .filter(|tool| tool.offset_parent().is_some())
        .collect();
    let active = document().active_element();
    let at = tools
        .iter()
        .position(|tool| active.as_ref() == Some(tool.as_ref()));
    let (at, count) = (at.unwrap_or(0), tools.len());
    let next = match to {
        Step::Next => at + 1,
        Step::Previous => at + count.max(1) - 1,
        Step::First => 0,
        Step::Last => count.max(1) - 1,
    };
    if let Some(tool) = tools.get(next % count.max(1)) {
        // Fails only for what is not in the page.
        let _ = tool.focus();
    }
}
