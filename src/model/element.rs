//! What a document is made of: variables and links, stations and flows, notes and their images, and
//! what people say of a loop or of a finding.

use serde::{Deserialize, Serialize};

use super::binding::{Binding, Segment};
use super::comment::Comment;
use super::corner::Corner;
use super::equation::{TableFunction, ValueRange};
use super::experiment::Experiment;
use super::finding_review::FindingReview;
use super::flow::Flow;
use super::frame::Frame;
use super::geometry::{Point, Vector};
use super::id::{Id, each_once, in_order};
use super::image::Image;
use super::improvement::Improvement;
use super::leverage::{Aim, LeverageLevel};
use super::look::{Colour, Size, Strength};
use super::polarity::Polarity;
use super::record::{Merge, is_default, merge_as_a_whole, record};
use super::retrospective::{Fact, Retrospective, Variation};
use super::scenario::Scenario;
use super::spoken::in_sentence;
use super::station::Station;
use super::story::{Story, StoryStep};
use super::tags::Tags;

/// Where a thing that stands by itself is on the canvas, and how it is held there.
///
/// A file has these fields among those of the record (see the macro `record`).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Placement {
    /// Its middle, in world units.
    pub position: Point,
    /// Things on a higher layer are drawn over those on a lower one.
    pub layer: i32,
    /// The group it is selected and moved with.
    pub group: Option<Id>,
    /// It can be neither moved nor removed until it is unlocked.
    pub locked: bool,
}

impl Merge for Placement {
    fn merged(before: &Self, after: &Self, current: &Self) -> Self {
        Self {
            position: Merge::merged(&before.position, &after.position, &current.position),
            layer: Merge::merged(&before.layer, &after.layer, &current.layer),
            group: Merge::merged(&before.group, &after.group, &current.group),
            locked: Merge::merged(&before.locked, &after.locked, &current.locked),
        }
    }
}

/// What a variable is in the system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum VariableKind {
    /// A quantity that can rise or fall; drawn as plain words.
    #[default]
    #[serde(rename = "variable")]
    Plain,
    /// A quantity that accumulates; drawn in a box.
    Stock,
    /// What fills or drains a stock; drawn as a valve on a pipe.
    Rate,
}

record! {
    /// A quantity that can rise or fall.
    #[derive(Default)]
    pub struct Variable {
        /// A noun phrase; may be empty while nobody has named it.
        pub name: String,
        /// Plain, a stock or a rate.
        #[serde(default, skip_serializing_if = "is_default")]
        pub kind: VariableKind,
        [placement],
        /// What of the value stream it shows.
        #[serde(default, skip_serializing_if = "is_default")]
        pub binding: Option<Binding>,
        /// Which way it is to go, if the system does what it is for.
        #[serde(default, skip_serializing_if = "is_default")]
        pub aim: Option<Aim>,
        /// What kind of leverage somebody sees here.
        #[serde(default, skip_serializing_if = "is_default")]
        pub leverage: Option<LeverageLevel>,
        /// Free text about it.
        #[serde(default, skip_serializing_if = "is_default")]
        #[merge(words)]
        pub remark: String,
        /// Its colour, if it has one.
        #[serde(default, skip_serializing_if = "is_default")]
        pub colour: Option<Colour>,
        /// How large it is.
        #[serde(default, skip_serializing_if = "is_default")]
        pub size: Size,
        /// Whether it stands out: its name is bold.
        #[serde(default, skip_serializing_if = "is_default")]
        pub emphasis: bool,
        /// Words by which people gather it with others.
        #[serde(default, skip_serializing_if = "is_default")]
        pub tags: Tags,
        /// Its equation, in the language of the document; of a stock its value at the start. Empty
        /// where nobody wrote one: of a model that was opened, the one of its text holds.
        #[serde(default, skip_serializing_if = "is_default")]
        pub equation: String,
        /// What it is counted in, such as "people/week"; empty where nobody said it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub units: String,
        /// Between which values it is expected; a slider goes from the least to the greatest.
        #[serde(default, skip_serializing_if = "is_default")]
        pub range: Option<ValueRange>,
        /// What it is for each value of its equation; without an equation a function that others
        /// call.
        #[serde(default, skip_serializing_if = "is_default")]
        pub table: Option<TableFunction>,
        /// It is never below 0: of a stock, its outflows take no more than it holds.
        #[serde(default, skip_serializing_if = "is_default")]
        pub non_negative: bool,
    }
}

impl Variable {
    /// Its name in a sentence: as typed, and "unnamed" without one.
    #[must_use]
    pub fn in_sentence(&self) -> String {
        in_sentence(&self.name)
    }
}

/// Whether the effect comes at once.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(from = "bool", into = "bool")]
pub enum Delay {
    /// At once, or as good as.
    #[default]
    None,
    /// Late enough to matter; drawn as a double hash across the link.
    Delayed,
}

impl From<bool> for Delay {
    fn from(is_delayed: bool) -> Self {
        if is_delayed {
            Self::Delayed
        } else {
            Self::None
        }
    }
}

impl From<Delay> for bool {
    fn from(delay: Delay) -> Self {
        delay == Delay::Delayed
    }
}

record! {
    /// A directed cause between two variables, or of a variable on itself.
    pub struct Link {
        /// The cause.
        pub from: Id,
        /// The effect.
        pub to: Id,
        /// Its sign.
        pub polarity: Polarity,
        /// Whether it is delayed.
        #[serde(rename = "delayed", default, skip_serializing_if = "is_default")]
        pub delay: Delay,
        /// How the arc bends.
        ///
        /// Between two variables: the height of the arc over its chord, as a share of the chord,
        /// to the left of the way if positive; 0 is straight, 0.5 half a circle; -2 to 2. Of a
        /// link from a variable to itself: the direction in which the ring stands, in turns
        /// clockwise from straight up.
        #[serde(default, skip_serializing_if = "is_default")]
        pub bend: f64,
        /// Where it turns while it is drawn as half of a pipe; none where the drawing decides.
        #[serde(default, skip_serializing_if = "is_default")]
        pub corner: Option<Corner>,
        /// The part of the value stream that its delay comes from.
        #[serde(default, skip_serializing_if = "is_default")]
        pub delay_source: Option<Segment>,
        /// What kind of leverage somebody sees here.
        #[serde(default, skip_serializing_if = "is_default")]
        pub leverage: Option<LeverageLevel>,
        /// Why the cause has this effect, in a person's words.
        #[serde(default, skip_serializing_if = "is_default")]
        #[merge(words)]
        pub remark: String,
        /// A few words on the line.
        #[serde(default, skip_serializing_if = "is_default")]
        pub label: String,
        /// How much the cause has to do with the effect.
        #[serde(default, skip_serializing_if = "is_default")]
        pub strength: Strength,
        /// Its colour, if it has one.
        #[serde(default, skip_serializing_if = "is_default")]
        pub colour: Option<Colour>,
        /// Whether it stands out: its line is thick.
        #[serde(default, skip_serializing_if = "is_default")]
        pub emphasis: bool,
        /// Words by which people gather it with others.
        #[serde(default, skip_serializing_if = "is_default")]
        pub tags: Tags,
    }
}

impl Link {
    /// The greatest height of an arc over its chord, as a share of the chord.
    pub const MAXIMUM_BEND: f64 = 2.0;

    /// A link of unknown polarity without a delay.
    #[must_use]
    pub const fn new(from: Id, to: Id, bend: f64) -> Self {
        Self {
            from,
            to,
            polarity: Polarity::Unknown,
            delay: Delay::None,
            bend,
            corner: None,
            remark: String::new(),
            delay_source: None,
            leverage: None,
            label: String::new(),
            strength: Strength::Medium,
            colour: None,
            emphasis: false,
            tags: Tags::NONE,
        }
    }

    /// The cause is its own effect.
    #[must_use]
    pub fn is_self_link(&self) -> bool {
        self.from == self.to
    }
}

/// What a note is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NoteKind {
    /// Free text.
    #[default]
    #[serde(rename = "note")]
    Plain,
    /// A kaizen burst: an improvement that somebody wants here.
    Burst,
}

record! {
    /// Free text on the canvas.
    pub struct Note {
        /// The text; lines break at `\n` and at the width.
        #[merge(words)]
        pub text: String,
        /// What it is.
        #[serde(default, skip_serializing_if = "is_default")]
        pub kind: NoteKind,
        /// The width of a line, in world units: 40 to 2,000.
        #[serde(default = "unstated_width", skip_serializing_if = "is_unstated_width")]
        pub width: f64,
        [placement],
        /// Its colour, if it has one.
        #[serde(default, skip_serializing_if = "is_default")]
        pub colour: Option<Colour>,
        /// How large it is.
        #[serde(default, skip_serializing_if = "is_default")]
        pub size: Size,
        /// Whether it stands out: its words are bold.
        #[serde(default, skip_serializing_if = "is_default")]
        pub emphasis: bool,
        /// Words by which people gather it with others.
        #[serde(default, skip_serializing_if = "is_default")]
        pub tags: Tags,
        /// What its image shows, for those who do not see it; it has no meaning without one.
        #[serde(default, skip_serializing_if = "is_default")]
        pub alt: String,
    }
}

/// The width of a note that says none: part of the format, whatever new notes get.
const fn unstated_width() -> f64 {
    220.0
}

#[expect(
    clippy::float_cmp,
    reason = "the default itself is left out, nothing near it"
)]
fn is_unstated_width(width: &f64) -> bool {
    *width == unstated_width()
}

impl Note {
    /// The width of a new note, in world units.
    pub const DEFAULT_WIDTH: f64 = 220.0;
    /// The narrowest a note may be, in world units.
    pub const MINIMUM_WIDTH: f64 = 40.0;
    /// The widest a note may be, in world units.
    pub const MAXIMUM_WIDTH: f64 = 2_000.0;

    /// A plain note with these words, of the usual width.
    #[must_use]
    pub const fn new(text: String, placement: Placement) -> Self {
        Self {
            text,
            kind: NoteKind::Plain,
            width: Self::DEFAULT_WIDTH,
            placement,
            colour: None,
            size: Size::Medium,
            emphasis: false,
            tags: Tags::NONE,
            alt: String::new(),
        }
    }
}

/// The identity of a loop: the set of its links.
///
/// A renamed variable or a moved one changes nothing; parallel links make different loops.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LoopKey(#[serde(deserialize_with = "each_once")] Box<[Id]>);

merge_as_a_whole!(VariableKind, Delay, NoteKind, LoopKey);

impl LoopKey {
    /// The loop through these links, in any order.
    #[must_use]
    pub fn new(links: impl IntoIterator<Item = Id>) -> Self {
        Self(in_order(links))
    }

    /// The links, in the order of their ids.
    #[must_use]
    pub fn links(&self) -> &[Id] {
        &self.0
    }
}

record! {
    /// What a person says of one loop.
    pub struct LoopLabel {
        /// The loop; it never changes.
        #[serde(rename = "links")]
        pub key: LoopKey,
        /// Its name, such as "Fear of deploying"; may be empty.
        #[serde(default, skip_serializing_if = "is_default")]
        pub name: String,
        /// Free text about it.
        #[serde(default, skip_serializing_if = "is_default")]
        #[merge(words)]
        pub remark: String,
        /// How far its badge was dragged from where it would place itself, in world units.
        #[serde(rename = "badge", default, skip_serializing_if = "is_default")]
        pub badge_offset: Vector,
    }
}

impl LoopLabel {
    /// A label that says nothing yet.
    #[must_use]
    pub const fn new(key: LoopKey) -> Self {
        Self {
            key,
            name: String::new(),
            remark: String::new(),
            badge_offset: Vector::ZERO,
        }
    }

    /// Whether it says nothing, so that it need not be kept.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.name.is_empty() && self.remark.is_empty() && self.badge_offset == Vector::ZERO
    }
}

/// Where a link or a flow leads, and how it bends: what drawing and bending need to know of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// Where it leads from.
    pub from: Id,
    /// Where it leads to.
    pub to: Id,
    /// How it bends, as that of a [`Link`].
    pub bend: f64,
    /// Where it turns as half of a pipe, as that of a [`Link`]; a flow has none.
    pub corner: Option<Corner>,
}

impl Edge {
    /// It leads back to where it comes from.
    #[must_use]
    pub fn is_ring(&self) -> bool {
        self.from == self.to
    }
}

impl Link {
    /// Where it leads and how it bends.
    #[must_use]
    pub const fn edge(&self) -> Edge {
        Edge {
            from: self.from,
            to: self.to,
            bend: self.bend,
            corner: self.corner,
        }
    }
}

impl Flow {
    /// Where it leads and how it bends.
    #[must_use]
    pub const fn edge(&self) -> Edge {
        Edge {
            from: self.from,
            to: self.to,
            bend: self.bend,
            corner: None,
        }
    }
}

/// One record of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Element {
    /// A quantity.
    Variable(Variable),
    /// A cause.
    Link(Link),
    /// Free text.
    Note(Note),
    /// What a person says of a loop.
    #[serde(rename = "loop")]
    LoopLabel(LoopLabel),
    /// A place that work passes through.
    Station(Station),
    /// A hand-off.
    Flow(Flow),
    /// A person's answer to a finding.
    #[serde(rename = "judgement")]
    FindingReview(FindingReview),
    /// A titled area.
    Frame(Frame),
    /// What somebody says about one element.
    Comment(Comment),
    /// A picture that a note shows.
    Image(Image),
    /// A named improvement of the stream.
    Improvement(Improvement),
    /// A named set of numbers for a run.
    Scenario(Scenario),
    /// A story by which the diagram is told.
    Story(Story),
    /// A step of a story.
    StoryStep(StoryStep),
    /// The sheet of a retrospective.
    Retrospective(Retrospective),
    /// A fact of its timeline.
    Fact(Fact),
    /// Something that varied.
    Variation(Variation),
    /// What a team tries, so as to learn from it.
    Experiment(Experiment),
}

/// Which kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ElementKind {
    /// A quantity.
    Variable,
    /// A cause.
    Link,
    /// Free text.
    Note,
    /// What a person says of a loop.
    LoopLabel,
    /// A place that work passes through.
    Station,
    /// A hand-off.
    Flow,
    /// A person's answer to a finding.
    FindingReview,
    /// A titled area.
    Frame,
    /// What somebody says about one element.
    Comment,
    /// A picture that a note shows.
    Image,
    /// A named improvement of the stream.
    Improvement,
    /// A named set of numbers for a run.
    Scenario,
    /// A story by which the diagram is told.
    Story,
    /// A step of a story.
    StoryStep,
    /// The sheet of a retrospective.
    Retrospective,
    /// A fact of its timeline.
    Fact,
    /// Something that varied.
    Variation,
    /// What a team tries, so as to learn from it.
    Experiment,
}

impl ElementKind {
    /// Whether findings can be about it, so that people can judge these.
    #[must_use]
    pub const fn can_be_judged(self) -> bool {
        matches!(
            self,
            Self::Variable | Self::Link | Self::Station | Self::Flow
        )
    }
}

impl Element {
    /// Which kind it is.
    #[must_use]
    pub const fn kind(&self) -> ElementKind {
        match self {
            Self::Variable(_) => ElementKind::Variable,
            Self::Link(_) => ElementKind::Link,
            Self::Note(_) => ElementKind::Note,
            Self::LoopLabel(_) => ElementKind::LoopLabel,
            Self::Station(_) => ElementKind::Station,
            Self::Flow(_) => ElementKind::Flow,
            Self::FindingReview(_) => ElementKind::FindingReview,
            Self::Frame(_) => ElementKind::Frame,
            Self::Comment(_) => ElementKind::Comment,
            Self::Image(_) => ElementKind::Image,
            Self::Improvement(_) => ElementKind::Improvement,
            Self::Scenario(_) => ElementKind::Scenario,
            Self::Story(_) => ElementKind::Story,
            Self::StoryStep(_) => ElementKind::StoryStep,
            Self::Retrospective(_) => ElementKind::Retrospective,
            Self::Fact(_) => ElementKind::Fact,
            Self::Variation(_) => ElementKind::Variation,
            Self::Experiment(_) => ElementKind::Experiment,
        }
    }

    /// Where it stands, if it stands by itself.
    #[must_use]
    pub const fn placement(&self) -> Option<&Placement> {
        match self {
            Self::Variable(variable) => Some(&variable.placement),
            Self::Note(note) => Some(&note.placement),
            Self::Station(station) => Some(&station.placement),
            Self::Frame(frame) => Some(&frame.placement),
            Self::Link(_)
            | Self::LoopLabel(_)
            | Self::Flow(_)
            | Self::FindingReview(_)
            | Self::Comment(_)
            | Self::Image(_)
            | Self::Improvement(_)
            | Self::Scenario(_)
            | Self::Story(_)
            | Self::StoryStep(_)
            | Self::Retrospective(_)
            | Self::Fact(_)
            | Self::Variation(_)
            | Self::Experiment(_) => None,
        }
    }

    /// Where it stands, to be changed.
    pub const fn placement_mut(&mut self) -> Option<&mut Placement> {
        match self {
            Self::Variable(variable) => Some(&mut variable.placement),
            Self::Note(note) => Some(&mut note.placement),
            Self::Station(station) => Some(&mut station.placement),
            Self::Frame(frame) => Some(&mut frame.placement),
            Self::Link(_)
            | Self::LoopLabel(_)
            | Self::Flow(_)
            | Self::FindingReview(_)
            | Self::Comment(_)
            | Self::Image(_)
            | Self::Improvement(_)
            | Self::Scenario(_)
            | Self::Story(_)
            | Self::StoryStep(_)
            | Self::Retrospective(_)
            | Self::Fact(_)
            | Self::Variation(_)
            | Self::Experiment(_) => None,
        }
    }

    /// Its tags; none for what has no such field.
    #[must_use]
    pub const fn tags(&self) -> Option<&Tags> {
        match self {
            Self::Variable(variable) => Some(&variable.tags),
            Self::Link(link) => Some(&link.tags),
            Self::Note(note) => Some(&note.tags),
            Self::Station(station) => Some(&station.tags),
            Self::LoopLabel(_)
            | Self::Flow(_)
            | Self::FindingReview(_)
            | Self::Frame(_)
            | Self::Comment(_)
            | Self::Image(_)
            | Self::Improvement(_)
            | Self::Scenario(_)
            | Self::Story(_)
            | Self::StoryStep(_)
            | Self::Retrospective(_)
            | Self::Fact(_)
            | Self::Variation(_)
            | Self::Experiment(_) => None,
        }
    }

    /// Its tags, to be changed.
    pub const fn tags_mut(&mut self) -> Option<&mut Tags> {
        match self {
            Self::Variable(variable) => Some(&mut variable.tags),
            Self::Link(link) => Some(&mut link.tags),
            Self::Note(note) => Some(&mut note.tags),
            Self::Station(station) => Some(&mut station.tags),
            Self::LoopLabel(_)
            | Self::Flow(_)
            | Self::FindingReview(_)
            | Self::Frame(_)
            | Self::Comment(_)
            | Self::Image(_)
            | Self::Improvement(_)
            | Self::Scenario(_)
            | Self::Story(_)
            | Self::StoryStep(_)
            | Self::Retrospective(_)
            | Self::Fact(_)
            | Self::Variation(_)
            | Self::Experiment(_) => None,
        }
    }

    /// Where it leads and how it bends, if it is a link or a flow.
    #[must_use]
    pub const fn edge(&self) -> Option<Edge> {
        match self {
            Self::Link(link) => Some(link.edge()),
            Self::Flow(flow) => Some(flow.edge()),
            _ => None,
        }
    }

    /// Leads a link or flow elsewhere, or bends it; does nothing to anything else.
    pub const fn set_edge(&mut self, edge: Edge) {
        match self {
            Self::Link(link) => {
                (link.from, link.to, link.bend) = (edge.from, edge.to, edge.bend);
                link.corner = edge.corner;
            }
            Self::Flow(flow) => {
                (flow.from, flow.to, flow.bend) = (edge.from, edge.to, edge.bend);
            }
            _ => {}
        }
    }
}
