//! Rows of the table of actions: tools.

use super::super::action::{Action as A, ActionRow, Condition::Votes};
use super::super::state::Tool;
use super::{alt, editor, key};

pub(super) const ROWS: &[ActionRow] = &[
    editor(A::ToolSelect, "Select", &[key("v"), alt("v")], |e, _| {
        e.take_tool(Tool::Select)
    }),
    editor(
        A::ToolHand,
        "Hand: drag the canvas",
        &[key("h"), alt("h")],
        |e, _| e.take_tool(Tool::Hand),
    ),
    editor(
        A::ToolVariable,
        "Variable: click to add",
        &[key("n"), alt("n")],
        |e, _| e.take_tool(Tool::Variable),
    ),
    editor(
        A::ToolLink,
        "Link: drag between variables",
        &[key("l")],
        |e, _| e.take_tool(Tool::Link),
    ),
    editor(
        A::ToolFlow,
        "Flow: drag between stocks",
        &[key("o"), alt("o")],
        |e, _| e.take_tool(Tool::Flow),
    ),
    editor(
        A::ToolNote,
        "Text: click to write",
        &[key("t"), alt("t")],
        |e, _| e.take_tool(Tool::Note),
    ),
    editor(
        A::ToolFrame,
        "Frame: drag out an area",
        &[key("f"), alt("f")],
        |e, _| e.take_tool(Tool::Frame),
    ),
    editor(
        A::ToolStep,
        "Step: click to add a process step",
        &[key("p"), alt("p")],
        |e, _| e.take_tool(Tool::Step),
    ),
    editor(
        A::ToolQueue,
        "Queue: click to add one",
        &[key("i"), alt("i")],
        |e, _| e.take_tool(Tool::Queue),
    ),
    editor(
        A::ToolSupermarket,
        "Supermarket: click to add one",
        &[],
        |e, _| e.take_tool(Tool::Supermarket),
    ),
    editor(
        A::ToolSupplier,
        "Supplier: click to add one",
        &[],
        |e, _| e.take_tool(Tool::Supplier),
    ),
    editor(
        A::ToolCustomer,
        "Customer: click to add one",
        &[key("c"), alt("c")],
        |e, _| e.take_tool(Tool::Customer),
    ),
    editor(A::ToolControl, "Control: click to add one", &[], |e, _| {
        e.take_tool(Tool::Control)
    }),
    editor(A::ToolDot, "Dots: click to give one", &[], |e, _| {
        e.take_tool(Tool::Dot)
    })
    .when(Votes),
    editor(
        A::ToolLock,
        "Keep the tool after use",
        &[key("q"), alt("q")],
        |e, _| e.toggle_tool_kept(),
    ),
];
