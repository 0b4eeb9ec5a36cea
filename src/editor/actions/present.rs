//! Rows of the table of actions: presenting. All but the first count only meanwhile, and before all
//! other rows.

use super::super::action::{Action as A, ActionRow, Condition::Presents};
use super::super::present::StepTo;
use super::{app, ctrl, editor, key};

pub(super) const ROWS: &[ActionRow] = &[
    app(A::Present, "Present", &[ctrl("enter")]).for_viewers(),
    editor(
        A::PresentNext,
        "Next step",
        &[
            key("arrowright"),
            key("pagedown"),
            key(" "),
            key("enter"),
            key("arrowdown"),
        ],
        |e, _| e.present_step(StepTo::Next),
    )
    .when(Presents)
    .for_viewers(),
    editor(
        A::PresentBack,
        "Step before",
        &[
            key("arrowleft"),
            key("pageup"),
            key("backspace"),
            key("arrowup"),
        ],
        |e, _| e.present_step(StepTo::Back),
    )
    .when(Presents)
    .for_viewers(),
    editor(A::PresentFirst, "First step", &[key("home")], |e, _| {
        e.present_step(StepTo::First)
    })
    .when(Presents)
    .for_viewers(),
    editor(A::PresentLast, "Last step", &[key("end")], |e, _| {
        e.present_step(StepTo::Last)
    })
    .when(Presents)
    .for_viewers(),
    app(
        A::PresentTheme,
        "Dark or light while presenting",
        &[key("d")],
    )
    .when(Presents)
    .for_viewers(),
    app(A::PresentPointer, "Pointer on or off", &[key("l")])
        .when(Presents)
        .for_viewers(),
    app(
        A::PresentNotes,
        "Speaker’s notes in a second window",
        &[key("n")],
    )
    .when(Presents)
    .for_viewers(),
    app(A::PresentWholeScreen, "Whole screen on or off", &[key("f")])
        .when(Presents)
        .for_viewers(),
    editor(
        A::EndPresenting,
        "End presenting",
        &[key("escape")],
        |e, _| e.end_presenting(),
    )
    .when(Presents)
    .for_viewers(),
];
