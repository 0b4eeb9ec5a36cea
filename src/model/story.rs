//! A story: an ordered list of steps with which a diagram is told.

use serde::{Deserialize, Serialize};

use super::binding::{Binding, StreamResult};
use super::document::Document;
use super::element::{ElementKind, LoopKey};
use super::geometry::{MAXIMUM_COORDINATE, Point, Rect, Vector};
use super::id::Id;
use super::keyed_list::{Keyed, KeyedList};
use super::record::{is_default, merge_as_a_whole, record};

record! {
    /// A story by which a diagram is told: presented, embedded or exported. Its steps are records of
    /// their own, so that the work of two people on one story is merged step by step.
    #[derive(Default)]
    pub struct Story {
        /// Its name, such as "How we got here"; may be empty.
        pub name: String,
        /// Its place in the list: lower ones come first, equal ones in the order of their ids.
        #[serde(default, skip_serializing_if = "is_default")]
        pub place: i32,
    }
}

record! {
    /// One step of a story: words, what of the diagram they are about, and where to look.
    ///
    /// Only the story has to be there. All else that a step mentions it mentions weakly: it may be
    /// gone from the document, so that a story outlives every edit, and an undo brings all of it
    /// back.
    pub struct StoryStep {
        /// The story.
        pub story: Id,
        /// Its place in the story: lower ones come first, equal ones in the order of their ids.
        #[serde(default, skip_serializing_if = "is_default")]
        pub place: i32,
        /// Its title; may be empty.
        #[serde(default, skip_serializing_if = "is_default")]
        pub title: String,
        /// What is told, in a little Markdown: paragraphs, lists, bold, italics and links.
        #[serde(default, skip_serializing_if = "is_default")]
        #[merge(words)]
        pub words: String,
        /// What only the speaker sees, as plain text.
        #[serde(default, skip_serializing_if = "is_default")]
        #[merge(words)]
        pub notes: String,
        /// How the records are shown that the step mentions.
        #[serde(default, skip_serializing_if = "is_default")]
        pub marks: StoryMarks,
        /// How all other records are shown.
        #[serde(default, skip_serializing_if = "is_default")]
        pub rest: Rest,
        /// The loops that are lit, each once. Their links and variables are lit with them.
        #[serde(default, skip_serializing_if = "is_default")]
        pub loops: Box<[LoopKey]>,
        /// Figures of the value stream that are shown beside the words, each once, in this order.
        #[serde(default, skip_serializing_if = "is_default")]
        pub figures: Box<[StoryFigure]>,
        /// The time of the run that is shown, in its unit of time; none where no run is shown.
        /// At most 10¹² either way.
        #[serde(default, skip_serializing_if = "is_default")]
        pub moment: Option<f64>,
        /// What of the diagram is in view.
        #[serde(default, skip_serializing_if = "is_default")]
        pub view: StoryView,
    }
}

/// A figure of the value stream that a step shows. The station or flow need not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "what a variable can be bound to, or a \"result\" of the stream \"with\" a station"
)]
pub enum StoryFigure {
    /// What a variable can be bound to as well: a measure, a result of a station, or a result of the
    /// main stream.
    Bound(Binding),
    /// A result of the stream that a station belongs to.
    OfStream {
        /// The station.
        with: Id,
        /// The result.
        result: StreamResult,
    },
}

impl StoryFigure {
    /// The same, about another station or flow.
    #[must_use]
    pub fn about(self, other: impl FnOnce(Id) -> Id) -> Self {
        match self {
            Self::Bound(binding) => Self::Bound(binding.about(other)),
            Self::OfStream { with, result } => Self::OfStream {
                with: other(with),
                result,
            },
        }
    }

    /// The station or flow that it needs, if it needs one.
    #[must_use]
    pub const fn record(&self) -> Option<Id> {
        match self {
            Self::Bound(binding) => binding.record(),
            Self::OfStream { with, .. } => Some(*with),
        }
    }
}

/// How a step shows a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Showing {
    /// As it is drawn without a story.
    Plain,
    /// Lit: what the step is about.
    Lit,
    /// Stepped back, but to be seen.
    Dimmed,
    /// Not drawn.
    Hidden,
}

/// How a step shows the records that it does not mention.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum Rest {
    /// As they are drawn without a story.
    #[default]
    Plain,
    /// Stepped back, but to be seen.
    Dimmed,
    /// Not drawn.
    Hidden,
}

impl From<Rest> for Showing {
    fn from(rest: Rest) -> Self {
        match rest {
            Rest::Plain => Self::Plain,
            Rest::Dimmed => Self::Dimmed,
            Rest::Hidden => Self::Hidden,
        }
    }
}

/// How a step shows one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StoryMark {
    /// A variable, link, station, flow, note, frame or image; it may be gone.
    pub about: Id,
    /// How it is shown.
    pub how: Showing,
}

impl Keyed for StoryMark {
    type Key = Id;

    fn key(&self) -> Id {
        self.about
    }

    fn about(&self) -> Id {
        self.about
    }

    fn of(self, about: Id) -> Self {
        Self { about, ..self }
    }
}

/// The marks of a step: of a record once, in the order of ids.
pub type StoryMarks = KeyedList<StoryMark>;

/// What of the diagram a step has in view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StoryView {
    /// All that is not hidden.
    #[default]
    Fit,
    /// All that is lit; if nothing is, all that is not hidden.
    Lit,
    /// This part of the canvas.
    Area(Area),
}

/// A part of the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Area {
    /// The middle, in world units to the right.
    pub x: f64,
    /// The middle, in world units down.
    pub y: f64,
    /// How wide it is, in world units: 1 to 20,000,000.
    pub width: f64,
    /// How high it is, in world units: 1 to 20,000,000.
    pub height: f64,
}

merge_as_a_whole!(Rest, StoryView);

impl Area {
    /// The shortest that a side may be, in world units.
    pub const MINIMUM_SIDE: f64 = 1.0;
    /// The longest that a side may be, in world units.
    pub const MAXIMUM_SIDE: f64 = 2.0 * MAXIMUM_COORDINATE;

    /// The part of the canvas in this box, as near as the limits let it come.
    #[must_use]
    pub fn of(rect: &Rect) -> Self {
        let side = |side: f64| side.clamp(Self::MINIMUM_SIDE, Self::MAXIMUM_SIDE);
        let middle = rect.center().on_canvas();
        Self {
            x: middle.x,
            y: middle.y,
            width: side(rect.width()),
            height: side(rect.height()),
        }
    }

    /// Its outline, in world units.
    #[must_use]
    pub fn rect(&self) -> Rect {
        Rect::centered(Point::new(self.x, self.y), self.width, self.height)
    }
}

impl ElementKind {
    /// Whether a step of a story can say how it is shown: it is drawn.
    #[must_use]
    pub const fn can_be_shown(self) -> bool {
        matches!(self, Self::Image) || self.can_be_commented()
    }
}

impl StoryStep {
    /// A step of this story that says nothing and shows everything plainly.
    #[must_use]
    pub fn new(story: Id) -> Self {
        Self {
            story,
            place: 0,
            title: String::new(),
            words: String::new(),
            notes: String::new(),
            marks: StoryMarks::default(),
            rest: Rest::Plain,
            loops: Box::default(),
            figures: Box::default(),
            moment: None,
            view: StoryView::Fit,
        }
    }

    /// The same step where every record has another id, its story and what it mentions alike.
    #[must_use]
    pub fn renamed(&self, mut now: impl FnMut(Id) -> Id) -> Self {
        let mut loops: Vec<LoopKey> = Vec::new();
        for key in &self.loops {
            let key = LoopKey::new(key.links().iter().map(|link| now(*link)));
            if !loops.contains(&key) {
                loops.push(key);
            }
        }
        let mut figures: Vec<StoryFigure> = Vec::new();
        for figure in &self.figures {
            let figure = figure.about(&mut now);
            if !figures.contains(&figure) {
                figures.push(figure);
            }
        }
        Self {
            story: now(self.story),
            marks: self.marks.renamed(&mut now),
            loops: loops.into(),
            figures: figures.into(),
            ..self.clone()
        }
    }

    /// The same step where all that it looks at is elsewhere on the canvas.
    #[must_use]
    pub fn moved(mut self, by: Vector) -> Self {
        if let StoryView::Area(area) = &mut self.view {
            let middle = (Point::new(area.x, area.y) + by).on_canvas();
            (area.x, area.y) = (middle.x, middle.y);
        }
        self
    }
}

impl Document {
    /// The stories, in the order in which people see them.
    #[must_use]
    pub fn stories_in_order(&self) -> Vec<(Id, &Story)> {
        let stories = self.stories().iter();
        let mut all: Vec<_> = stories.map(|(id, one)| (*id, one)).collect();
        all.sort_by_key(|(id, one)| (one.place, *id));
        all
    }

    /// The steps of a story, in the order in which they are told.
    #[must_use]
    pub fn steps_of(&self, story: Id) -> Vec<(Id, &StoryStep)> {
        let mentions = self.mentions_of(story);
        let steps = mentions.filter_map(|id| Some((id, self.story_steps().get(&id)?)));
        let mut all: Vec<_> = steps.collect();
        all.sort_by_key(|(id, one)| (one.place, *id));
        all
    }
}
