//! The interaction, as a pure state machine: an event in, a new state and effects out.
//!
//! [`Editor::handle`] takes an [`Event`] and gives [`Effect`]s. What a gesture changes is shown at
//! once as a preview, and becomes part of the document, the history and the storage when
//! the gesture ends. A cancelled gesture leaves no trace.

mod access;
mod act;
mod action;
mod actions;
mod align;
mod animate;
mod announce;
mod bar_place;
mod bend;
mod change;
mod change_words;
mod click;
mod command;
mod comments;
mod connectors;
mod copy;
mod describe;
mod dots;
mod draw_variations;
mod drop_beside;
mod edits;
mod equations;
mod event;
mod experiments;
mod find;
mod flight;
mod frames;
mod gesture;
mod handle;
mod hint;
mod history;
mod images;
mod improvements;
mod keys;
mod lines;
mod menu;
mod moving;
mod neighbours;
mod paths;
mod picture;
mod picture_choices;
mod pipe_corner;
mod pipes;
mod play;
mod pointer;
mod position;
mod present;
mod products;
mod retrospectives;
mod scenarios;
mod second_click;
mod seen_now;
mod shown_step;
mod sight;
mod speaker;
mod state;
mod step_marks;
mod step_on_canvas;
mod stopwatch;
mod stories;
mod streams;
mod style;
mod tags;
mod telling;
mod typing;
mod watch;

pub use access::Access;
pub use action::{Action, ActionGroup, ActionRow, Condition};
pub use actions::actions;
pub use align::{Line, Way, align, distribute};
pub use bar_place::BarRoom;
pub use change_words::describe_change;
pub use comments::CommentMarks;
pub use describe::{describe, role_of, spoken};
pub use dots::{DotWay, Voting};
pub use equations::{
    EquationMark, PastedTable, PlotFrame, UnfitTable, dialect_of, fit_table, known_names,
    marked_pieces, moved_point, nudged_point, pasted_notes, pasted_table, plot_handles,
    table_notes, typed_number, vocabulary, with_point_after, without_point,
};
pub use event::{Button, Command, Effect, Event, Modifiers, Pointer, PointerKind};
pub use experiments::{
    ExperimentMarks, add_changes, begin_experiment, duplicate_experiment,
    experiment_of_improvement, experiments_in, move_experiment, move_experiment_to,
};
pub use find::{Find, Found, Pattern, Replacement, Seek, Which, replacement};
pub use gesture::{Gesture, Moving};
pub use history::{Continuity, History};
pub use improvements::{
    KeepAs, duplicate_improvement, keep_improvement, leave_out_or_take_back, make_it_so,
    name_added_step, put_step_in, state_in_improvement, state_measures, take_added_step_out,
};
pub use keys::{KeyPress, KeyReader, Shortcut, action_for};
pub use lines::{LineKind, lines_of};
pub use menu::MenuSubject;
pub use neighbours::{FARTHEST, Lit, Neighbours};
pub use paths::selected_path;
pub use picture::{loops_within, marks_within, part_of, picture_scene};
pub use picture_choices::{PictureChoices, PictureColors, PictureFormat, PictureScale};
pub use pipes::{PipeRefusal, Piping};
pub use play::{Motion, Pace, PlayInput, Playing, Speed};
pub use present::{PresentInput, Presenting, StepTo};
pub use products::{
    add_product, products_asked, products_at, remove_product, rename_product, state_product,
};
pub use retrospectives::{
    ExperimentText, FactText, SheetText, add_experiment, add_facts, add_variation,
    begin_retrospective, change_experiment, choose_lever, fact_of_line, move_line, move_line_to,
    place_of, remove_line, rename_variation, say_behaviour, say_level, toggle_change,
    write_experiment, write_fact, write_sheet,
};
pub use scenarios::{keep_scenario, write_scenario};
pub use second_click::{Press, Surface};
pub use seen_now::seen_now;
pub use speaker::{Followed, Lead, SpeakerMessage, SpeakerStep, StepWords};
pub use state::{Dirty, Editor, Environment, KEPT_LOOPS, TextEdit, TextOrigin, Tool, Versions};
pub use step_marks::{
    MarkAs, light_loops, look_in_step, mark_records, show_rest, without_gone, without_moment,
};
pub use stopwatch::Stopwatch;
pub use stories::{
    SeenNow, StepMove, StepPlace, StepText, add_step, begin_story, duplicate_step, move_step,
    move_step_to, new_story, remove_told, rename_story, show_as_seen, show_figures, write_step,
};
pub use streams::matters_to_streams;
pub use style::CommonLook;
pub use tags::Tagged;
pub use telling::ToldStep;
pub use watch::{WatchInput, WatchSpeed, Watching};
