//! The tools, in a column at the left (a row at the foot of a narrow page).

use icondata_core::Icon;
use leptos::prelude::*;

use crate::app::components::icon::icon;
use crate::app::dispatch::act;
use crate::app::plain::{Words, tag, text_of};
use crate::app::state::use_app;
use crate::editor::{Action, Tool};

const TOOLS: [(Tool, Action, Icon, &str); 8] = [
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
pub fn toolbar() -> AnyView {
    let app = use_app();
    let hand = Memo::new(move |_| {
        app.mode.track();
        app.with(|core| (core.editor.tool(), core.editor.keeps_tool()))
    });
    let button = move |action: Action, picture, name: &'static str, title: Words, key: Words| {
        tag("button")
            .title(title)
            .label(name)
            .press(move || act(app, action))
            .child(icon(picture))
            .child(
                tag("span")
                    .class("tool-key")
                    .with("aria-hidden", "true")
                    .text(key),
            )
    };
    let tools = TOOLS.into_iter().map(|(tool, action, picture, name)| {
        let title = format!("{} ({})", action.label(), action.shortcut());
        let is_held = text_of(move || (hand.get().0 == tool).to_string());
        button(
            action,
            picture,
            name,
            title.into(),
            action.shortcut().into(),
        )
        .with("aria-pressed", is_held)
        .class(if on_phones(tool) {
            "tool"
        } else {
            "tool wide-only"
        })
    });
    let keep = button(
        Action::ToolLock,
        icondata_lu::LuLock,
        "Keep the tool after use",
        "Keep the tool after use (Q)".into(),
        "Q".into(),
    );
    let is_kept = text_of(move || hand.get().1.to_string());
    let rule = tag("span").class("toolbar-rule").with("role", "separator");
    tag("nav")
        .class("toolbar")
        .label("Tools")
        .children(tools)
        .child(rule)
        .child(keep.with("aria-pressed", is_kept).class("tool"))
        .view()
}
