//! Rows of the table of actions: what is seen.

use super::super::action::{
    Action as A, ActionRow,
    Condition::{HasStream, Plays, Pushable, Votes},
};
use super::super::dots::DotWay;
use super::super::state::Editor;
use super::{alt, alt_shift, app, ctrl, editor, key, shift};
use crate::causal::play::Push;

/// What one step zooms.
const ZOOM_STEP: f64 = 1.25;

pub(super) const ROWS: &[ActionRow] = &[
    editor(A::ZoomIn, "Zoom in", &[ctrl("+"), ctrl("=")], |e, _| {
        e.zoom_by(ZOOM_STEP)
    })
    .in_passing()
    .for_viewers(),
    editor(A::ZoomOut, "Zoom out", &[ctrl("-")], |e, _| {
        e.zoom_by(1.0 / ZOOM_STEP)
    })
    .in_passing()
    .for_viewers(),
    editor(
        A::ZoomActual,
        "Zoom to 100 %",
        &[ctrl("0"), ctrl("digit0")],
        |e, _| e.zoom(1.0),
    )
    .in_passing()
    .for_viewers(),
    editor(A::ZoomFit, "Fit the diagram", &[shift("digit1")], |e, _| {
        e.fit_whole()
    })
    .in_passing()
    .for_viewers(),
    editor(
        A::ZoomSelection,
        "Fit the selection",
        &[shift("digit2")],
        |e, _| e.fit_selection(),
    )
    .in_passing()
    .for_viewers(),
    app(A::ToggleGrid, "Grid on or off", &[ctrl("'")])
        .in_passing()
        .for_viewers(),
    editor(A::ToggleBadges, "Badges on or off", &[], |e, _| {
        e.toggle_badges()
    })
    .in_passing()
    .for_viewers(),
    editor(
        A::ToggleLinkColours,
        "Colour links by sign on or off",
        &[],
        Editor::toggle_link_colours,
    )
    .in_passing()
    .for_viewers(),
    app(
        A::ToggleMinimap,
        "Overview of large diagrams on or off",
        &[],
    )
    .in_passing()
    .for_viewers(),
    editor(
        A::ShowNeighbours,
        "Show neighbours, again: farther",
        &[shift("n"), alt_shift("n")],
        |e, _| e.show_neighbours(),
    )
    .in_passing()
    .for_viewers(),
    editor(
        A::PushUp,
        "Push up: play what follows",
        &[alt("arrowup")],
        |e, _| e.push(Push::Up),
    )
    .when(Pushable)
    .for_viewers(),
    editor(
        A::PushDown,
        "Push down: play what follows",
        &[alt("arrowdown")],
        |e, _| e.push(Push::Down),
    )
    .when(Pushable)
    .for_viewers(),
    editor(
        A::PausePlay,
        "Pause the play, or go on",
        &[key("k"), alt("k")],
        |e, _| e.pause_play(),
    )
    .when(Plays)
    .in_passing()
    .for_viewers(),
    editor(A::StepPlay, "Play one round", &[key(".")], |e, _| {
        e.step_play()
    })
    .when(Plays)
    .in_passing()
    .for_viewers(),
    editor(A::RewindPlay, "Play from the start", &[key(",")], |e, _| {
        e.rewind_play()
    })
    .when(Plays)
    .in_passing()
    .for_viewers(),
    editor(A::EndPlay, "End the play", &[], |e, _| e.end_play())
        .when(Plays)
        .in_passing()
        .for_viewers(),
    app(A::WatchMap, "Run the value-stream map", &[alt_shift("r")])
        .when(HasStream)
        .in_passing()
        .for_viewers(),
    app(A::ToggleTheme, "Dark or light", &[alt_shift("d")])
        .in_passing()
        .for_viewers(),
    app(A::ToggleLoops, "Show or hide the loops", &[])
        .in_passing()
        .for_viewers(),
    app(A::ToggleOutline, "Show or hide the outline", &[]).in_passing(),
    app(A::ToggleStream, "Show or hide the value stream", &[])
        .in_passing()
        .for_viewers(),
    app(A::ToggleComments, "Show or hide the comments", &[])
        .in_passing()
        .for_viewers(),
    app(
        A::ToggleRun,
        "Run the model: behaviour over time",
        &[shift("r")],
    )
    .in_passing()
    .for_viewers(),
    app(
        A::ToggleStory,
        "Story: tell the diagram step by step",
        &[shift("t"), alt_shift("t")],
    )
    .in_passing(),
    app(
        A::ToggleRetrospective,
        "Retrospective: from an event to structure",
        &[shift("e"), alt_shift("e")],
    )
    .in_passing(),
    app(
        A::ToggleExperiments,
        "Experiments: what you try, and what came of it",
        &[shift("x"), alt_shift("x")],
    )
    .in_passing(),
    app(A::NewExperiment, "New experiment on the selection", &[]),
    app(A::StartRetrospective, "Start a retrospective", &[]),
    app(A::AddSeen, "Add what I see to the story", &[]),
    editor(
        A::ToggleCommentMarks,
        "Marks of comments on or off",
        &[],
        |e, _| e.toggle_comment_marks(),
    )
    .in_passing()
    .for_viewers(),
    editor(
        A::ToggleExperimentMarks,
        "Marks of experiments on or off",
        &[],
        |e, _| e.toggle_experiment_marks(),
    )
    .in_passing()
    .for_viewers(),
    app(A::RaiseHand, "Raise or lower your hand", &[])
        .in_passing()
        .for_viewers(),
    editor(
        A::GiveDot,
        "Give a dot to what is selected",
        &[key(".")],
        |e, _| e.dot_selected(DotWay::Give),
    )
    .when(Votes)
    .in_passing(),
    editor(
        A::TakeDot,
        "Take a dot back from what is selected",
        &[key(",")],
        |e, _| e.dot_selected(DotWay::TakeBack),
    )
    .when(Votes)
    .in_passing(),
    app(A::StopFollowing, "Stop following", &[])
        .in_passing()
        .for_viewers(),
    app(A::ShowArchetypes, "Archetypes", &[]),
    app(A::ShowChecks, "Checks of the diagram", &[]),
    app(A::ShowLeverage, "Goal and leverage", &[]),
    app(A::ShowTrace, "Trace", &[]),
    app(A::FollowChange, "Follow a change", &[]),
    app(A::ShowPairs, "Table of all pairs", &[]),
    app(A::TryLink, "If this link changed", &[]),
];
