//! The document: elements, ids, the patch. Uses no other room.

mod admit;
mod binding;
mod calendar;
mod check;
mod comment;
mod corner;
mod counts;
mod date;
mod direction;
mod document;
mod element;
mod equation;
mod experiment;
mod finding_review;
mod flaw;
mod flow;
mod flow_order;
mod frame;
mod geometry;
mod id;
mod image;
mod image_bytes;
mod improvement;
mod improvement_patch;
mod improvement_shape;
mod keyed_list;
mod leverage;
mod look;
mod measure;
mod measure_kind;
mod order;
mod patch;
mod path_names;
mod pipes;
mod polarity;
mod product;
mod quantity;
mod rebase;
mod record;
mod records;
mod retrospective;
mod rules;
mod run_settings;
mod sample;
mod scenario;
mod source_text;
mod spoken;
mod station;
mod story;
mod stream_run;
mod stream_settings;
mod tags;
mod text_merge;
mod times;

pub use binding::{
    Binding, Segment, SimulatedResult, SimulatedStepResult, StepResult, StreamResult,
};
pub use calendar::{Calendar, Dimension, TimeBasis, Unit};
pub use comment::{Comment, ThreadState};
pub use corner::Corner;
pub use counts::Counts;
pub use date::{Date, NoDay};
pub use direction::{Direction, isolated, line_read_as};
pub use document::{Document, MAXIMUM_NAME, MAXIMUM_TEXT, Properties};
pub use element::{
    Delay, Edge, Element, ElementKind, Link, LoopKey, LoopLabel, Note, NoteKind, Placement,
    Variable, VariableKind,
};
pub use equation::{TableFunction, TableKind, TablePoint, ValueRange};
pub use experiment::{Experiment, ExperimentState, Target, Verdict};
pub use finding_review::{Decision, FindingReview};
pub use flaw::{FieldFlaw, Flaw};
pub use flow::{Flow, FlowKind};
pub use frame::Frame;
pub use geometry::{MAXIMUM_COORDINATE, Point, Rect, Vector};
pub use id::{Id, IdError, IdSource};
pub use image::{Image, ImageData, ImageError, ImageKind};
pub use improvement::{
    AddedStep, AddedSteps, Adjustment, HasProvenance, Improvement, LeftOut, MeasureChange,
    MeasureChanges, Stated, Without, adjustments_of,
};
pub use improvement_patch::{
    improved, improved_element, improved_measure, patch_of_improvement, with_measure,
};
pub use improvement_shape::{can_be_left_out, can_have_steps};
pub use keyed_list::{Keyed, KeyedList};
pub use leverage::{Aim, LeverageLevel, LeverageLevelError};
pub use look::{Colour, Look, Size, Strength};
pub use measure::{Amount, Estimate, MAXIMUM_AMOUNT, Measure, Measures, NoAmount};
pub use measure_kind::MeasureKind;
pub use order::{Placed, placed};
pub use patch::{Change, Edit, Patch, PatchError};
pub use path_names::{NamedPath, PathNames};
pub use pipes::{FlowSide, Pipe, PipeEnd, flow_side, flows_of, pipe_of};
pub use polarity::Polarity;
pub use product::{Product, Products};
pub use quantity::{
    Notation, QuantityError, best_rate_unit, best_unit, duration_text, duration_text_in,
    exact_text, measure_text, number_text, parse_measure, parse_measure_in, rate_text,
    rate_text_in, says_nothing, says_unknown, share_text, unit_suffix, usual_unit,
};
pub use rebase::{lightened, rebase, take_back};
pub use records::Records;
pub use retrospective::{Behaviour, Fact, Lever, Levers, Retrospective, Variation};
pub use rules::{Connection, Refusal, flow_between, may_connect, may_flow};
pub use run_settings::{RunMethod, RunSettings, time_words};
pub use sample::{Sample, Share};
pub use scenario::{Scenario, ScenarioValue, ScenarioValues, scenario_words};
pub use source_text::{ForeignFormat, SharedSource, SourceText};
pub use spoken::{counted, grouped, grouped_digits, in_sentence, term_in_sentence};
pub use station::{Station, StationKind, StepRole, StepValue};
pub use story::{
    Area, Rest, Showing, Story, StoryFigure, StoryMark, StoryMarks, StoryStep, StoryView,
};
pub use stream_run::{ArrivalLaw, EstimateLaw, OutageLaw, SpreadLaw, StreamRun};
pub use stream_settings::{Pack, StreamSettings};
pub use tags::{Tagging, Tags};
pub use text_merge::merge_texts;
pub use times::{Times, TimesError, calendar_of_times, parse_times};
