//! Rows of the table of actions: what the diagram is made of.

use super::super::action::{
    Action as A, ActionRow,
    Condition::{
        GrowerSelected, ImageSelected, LinkSelected, LinkToSign, ListSelected, LoopChosen,
        NotPlainSelected, NoteSelected, NothingSelected, Selected, StepSelected, StockSelected,
        StreamSelected, VariableSelected,
    },
};
use super::super::edits;
use super::super::history::Continuity;
use super::super::lines::LineKind;
use super::super::pipe_corner::Aside;
use super::super::state::Editor;
use super::{alt, alt_shift, app, ctrl, editor, key, shift};
use crate::model::{FlowSide, Polarity, StepValue, Vector};

pub(super) const ROWS: &[ActionRow] = &[
    editor(
        A::AddVariable,
        "Add a variable",
        &[key("enter")],
        Editor::add_variable,
    )
    .when(NothingSelected),
    editor(
        A::AddStep,
        "Add a step",
        &[shift("p"), alt_shift("p")],
        Editor::add_step,
    ),
    editor(A::AddFrame, "Add a frame", &[], Editor::add_frame),
    editor(
        A::FrameSelection,
        "Frame the selection",
        &[shift("f"), alt_shift("f")],
        Editor::frame_selection,
    )
    .when(Selected),
    editor(
        A::GrowRight,
        "Add next on the right",
        &[ctrl("arrowright")],
        |e, env| e.grow_towards(Vector::new(1.0, 0.0), env),
    )
    .when(GrowerSelected),
    editor(
        A::GrowLeft,
        "Add next on the left",
        &[ctrl("arrowleft")],
        |e, env| e.grow_towards(Vector::new(-1.0, 0.0), env),
    )
    .when(GrowerSelected),
    editor(A::GrowUp, "Add next above", &[ctrl("arrowup")], |e, env| {
        e.grow_towards(Vector::new(0.0, -1.0), env)
    })
    .when(GrowerSelected),
    editor(
        A::GrowDown,
        "Add next below",
        &[ctrl("arrowdown")],
        |e, env| e.grow_towards(Vector::new(0.0, 1.0), env),
    )
    .when(GrowerSelected),
    app(
        A::CommentOn,
        "Comment on the selection",
        &[shift("c"), alt_shift("c")],
    )
    .when(Selected),
    app(A::LinkTo, "Link to …", &[alt("l")]).when(GrowerSelected),
    editor(A::NameLoop, "Name the loop", &[key("f2")], |e, _| {
        e.name_chosen_loop()
    })
    .when(LoopChosen),
    editor(A::SelectLoop, "Select the loop", &[], |e, _| {
        e.select_loop()
    })
    .when(LoopChosen)
    .for_viewers(),
    editor(
        A::PolarityPositive,
        "Polarity +: same direction",
        &[key("+"), key("=")],
        |e, env| e.sign(Polarity::Positive, env),
    )
    .when(LinkToSign),
    editor(
        A::PolarityNegative,
        "Polarity \u{2212}: opposite direction",
        &[key("-"), key("_")],
        |e, env| e.sign(Polarity::Negative, env),
    )
    .when(LinkToSign),
    editor(A::PolarityUnknown, "No sign yet", &[key("?")], |e, env| {
        e.sign(Polarity::Unknown, env)
    })
    .when(LinkSelected),
    editor(A::ToggleDelay, "Delay on or off", &[key("d")], |e, env| {
        e.edit(edits::toggle_delay, env)
    })
    .when(LinkSelected),
    editor(A::ReverseLink, "Reverse the link", &[key("r")], |e, env| {
        e.edit(edits::reverse_links, env)
    })
    .when(LinkSelected),
    editor(A::BendLeft, "Curve left", &[key("b")], |e, env| {
        e.bend(Aside::Left, env)
    })
    .when(LinkSelected),
    editor(A::BendRight, "Curve right", &[shift("b")], |e, env| {
        e.bend(Aside::Right, env)
    })
    .when(LinkSelected),
    editor(
        A::LinesToVariables,
        "Make variables of its lines",
        &[],
        |e, env| e.split_note(LineKind::Variables, Continuity::Own, env),
    )
    .when(ListSelected),
    editor(A::LinesToSteps, "Make steps of its lines", &[], |e, env| {
        e.split_note(LineKind::Steps, Continuity::Own, env)
    })
    .when(ListSelected),
    editor(
        A::NextValue,
        "Value to the customer: next",
        &[alt("w"), key("w")],
        |e, env| e.edit(edits::next_value, env),
    )
    .when(StepSelected),
    editor(
        A::MarkValueAdding,
        "Value-adding on or off",
        &[],
        |e, env| e.mark_value(StepValue::ValueAdding, env),
    )
    .when(StepSelected),
    editor(
        A::MarkNecessary,
        "Necessary, not value-adding, on or off",
        &[],
        |e, env| e.mark_value(StepValue::Necessary, env),
    )
    .when(StepSelected),
    editor(A::MarkWaste, "Waste on or off", &[], |e, env| {
        e.mark_value(StepValue::Waste, env)
    })
    .when(StepSelected),
    editor(A::ToggleBurst, "Kaizen burst", &[key("k")], |e, env| {
        e.edit(edits::toggle_burst, env)
    })
    .when(NoteSelected),
    app(
        A::AddImage,
        "Add an image \u{2026}",
        &[shift("i"), alt_shift("i")],
    ),
    app(A::DescribeImage, "Describe the image \u{2026}", &[]).when(ImageSelected),
    editor(A::RemoveImage, "Remove the image", &[], |e, env| {
        e.remove_image(env)
    })
    .when(ImageSelected),
    editor(
        A::ToggleStock,
        "Stock on or off",
        &[alt("s"), key("s")],
        |e, env| e.edit(edits::toggle_stock, env),
    )
    .when(VariableSelected),
    app(A::EditEquation, "Edit the equation", &[alt("e"), key("e")]).when(VariableSelected),
    editor(
        A::ToggleRate,
        "Flow (rate) on or off",
        &[shift("s"), alt_shift("s")],
        |e, env| e.edit(edits::toggle_rate, env),
    )
    .when(VariableSelected),
    editor(A::MakePlain, "Make it a plain variable", &[], |e, env| {
        e.edit(edits::make_plain, env)
    })
    .when(NotPlainSelected),
    editor(
        A::AddInflow,
        "Add an inflow",
        &[shift("u"), alt_shift("u")],
        |e, env| e.add_pipe(FlowSide::In, env),
    )
    .when(StockSelected),
    editor(
        A::AddOutflow,
        "Add an outflow",
        &[shift("o"), alt_shift("o")],
        |e, env| e.add_pipe(FlowSide::Out, env),
    )
    .when(StockSelected),
    editor(A::NudgeLeft, "Move left", &[key("arrowleft")], |e, env| {
        e.nudge(Vector::new(-1.0, 0.0), env)
    })
    .nudging(),
    editor(
        A::NudgeRight,
        "Move right",
        &[key("arrowright")],
        |e, env| e.nudge(Vector::new(1.0, 0.0), env),
    )
    .nudging(),
    editor(A::NudgeUp, "Move up", &[key("arrowup")], |e, env| {
        e.nudge(Vector::new(0.0, -1.0), env)
    })
    .nudging(),
    editor(A::NudgeDown, "Move down", &[key("arrowdown")], |e, env| {
        e.nudge(Vector::new(0.0, 1.0), env)
    })
    .nudging(),
    editor(
        A::MoveLeft,
        "Move left by 10",
        &[shift("arrowleft")],
        |e, env| e.nudge(Vector::new(-10.0, 0.0), env),
    )
    .nudging(),
    editor(
        A::MoveRight,
        "Move right by 10",
        &[shift("arrowright")],
        |e, env| e.nudge(Vector::new(10.0, 0.0), env),
    )
    .nudging(),
    editor(A::MoveUp, "Move up by 10", &[shift("arrowup")], |e, env| {
        e.nudge(Vector::new(0.0, -10.0), env)
    })
    .nudging(),
    editor(
        A::MoveDown,
        "Move down by 10",
        &[shift("arrowdown")],
        |e, env| e.nudge(Vector::new(0.0, 10.0), env),
    )
    .nudging(),
    app(
        A::EditMeasures,
        "Measures of the selection",
        &[alt("m"), key("m")],
    )
    .when(StreamSelected),
    app(A::Arrange, "Arrange the diagram", &[key("a"), alt("a")]),
    app(
        A::Tidy,
        "Tidy up (small moves)",
        &[shift("a"), alt_shift("a")],
    ),
];
