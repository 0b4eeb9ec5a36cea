//! Rows of the table of actions: editing what is selected.

use super::super::action::{Action as A, ActionRow, Condition::Selected};
use super::super::change::Direction;
use super::super::edits;
use super::super::edits::Restack;
use super::super::state::Editor;
use super::{app, ctrl, ctrl_shift, editor, key, shift};

pub(super) const ROWS: &[ActionRow] = &[
    editor(A::Undo, "Undo", &[ctrl("z")], |e, env| {
        e.step(Direction::Back, env)
    }),
    editor(A::Redo, "Redo", &[ctrl_shift("z"), ctrl("y")], |e, env| {
        e.step(Direction::Forth, env)
    }),
    app(A::UndoList, "Undo list", &[]).in_passing(),
    editor(A::Cut, "Cut", &[ctrl("x")], Editor::cut_selected).when(Selected),
    editor(A::Copy, "Copy", &[ctrl("c")], |e, _| e.copy_selected())
        .when(Selected)
        .in_passing()
        .for_viewers(),
    app(A::Paste, "Paste", &[ctrl("v")]),
    editor(A::Duplicate, "Duplicate", &[ctrl("d")], Editor::duplicate).when(Selected),
    editor(
        A::Delete,
        "Delete",
        &[key("delete"), key("backspace")],
        Editor::remove_selected,
    )
    .when(Selected),
    editor(A::SelectAll, "Select all", &[ctrl("a")], |e, _| {
        e.select_all()
    })
    .for_viewers(),
    editor(A::SelectNext, "Select next", &[key("]")], |e, _| {
        e.select_step(1)
    })
    .for_viewers(),
    editor(A::SelectPrevious, "Select previous", &[key("[")], |e, _| {
        e.select_step(-1)
    })
    .for_viewers(),
    editor(
        A::Cancel,
        "Cancel, or clear the selection",
        &[key("escape")],
        |e, _| e.select_nothing(),
    )
    .for_viewers(),
    editor(
        A::EditText,
        "Edit text",
        &[key("enter"), key("f2")],
        |e, _| e.edit_selected_text(),
    )
    .when(Selected),
    app(A::EditTags, "Tags…", &[]).when(Selected),
    editor(
        A::OpenMenu,
        "Menu of what is selected",
        &[key("contextmenu"), shift("f10")],
        |e, _| e.open_menu_of_selection(),
    )
    .for_viewers(),
    editor(A::Group, "Group", &[ctrl("g")], Editor::group).when(Selected),
    editor(A::Ungroup, "Ungroup", &[ctrl_shift("g")], |e, env| {
        e.edit(edits::ungroup, env)
    })
    .when(Selected),
    editor(
        A::ToggleLock,
        "Lock or unlock",
        &[ctrl_shift("l")],
        |e, env| e.edit(edits::toggle_locked, env),
    )
    .when(Selected),
    editor(
        A::ToFront,
        "Bring to front",
        &[ctrl_shift("]"), ctrl_shift("}")],
        |e, env| e.restack(Restack::ToFront, env),
    )
    .when(Selected),
    editor(
        A::ToBack,
        "Send to back",
        &[ctrl_shift("["), ctrl_shift("{")],
        |e, env| e.restack(Restack::ToBack, env),
    )
    .when(Selected),
    editor(A::Forward, "Bring forward", &[ctrl("]")], |e, env| {
        e.restack(Restack::Forward, env)
    })
    .when(Selected),
    editor(A::Backward, "Send backward", &[ctrl("[")], |e, env| {
        e.restack(Restack::Backward, env)
    })
    .when(Selected),
];
