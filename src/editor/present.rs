//! Presenting: the steps of a story, shown one after the other, and everything as it was afterwards.

use std::collections::BTreeSet;

use crate::model::{Id, Rect, Rest, StoryStep, Vector};
use crate::scene::View;
use crate::story::{StoryDraft, from_loops, markdown::literal};

use super::event::Effect;
use super::flight::Flight;
use super::play::Motion;
use super::sight::Fit;
use super::state::{Editor, Environment};
use super::step_on_canvas::OnCanvas;

/// How soon after each other two digits are one number, in milliseconds.
const DIGITS_TOGETHER: f64 = 1_000.0;
/// How large a step becomes at most when it is fitted, in CSS pixels for a world unit: names that
/// fill a screen are no easier to read.
const NEAREST_STEP: f64 = 2.0;

/// What comes in while a story is presented, or begins it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PresentInput {
    /// Present this story; without one the one that is chosen, else the first, and from the step that
    /// is on the canvas; where there is none, the diagram loop by loop.
    Begin(Option<Id>),
    /// The clock shows so many milliseconds; and whether a person wants to see motion.
    Tick(f64, Motion),
    /// The room that is left for the diagram, in CSS pixels of the canvas.
    Room(Rect),
    /// A digit was typed when the clock showed so many milliseconds.
    Digit(u8, f64),
}

/// Which step is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepTo {
    /// The one after.
    Next,
    /// The one before.
    Back,
    /// The first.
    First,
    /// The last.
    Last,
}

/// A story that is presented.
#[derive(Clone, Debug)]
pub struct Presenting {
    /// The story; none where it began by itself and is not kept.
    story: Option<Id>,
    /// The steps as they are now, each with its record if it has one.
    steps: Vec<(Option<Id>, StoryStep)>,
    place: usize,
    room: Option<Rect>,
    flight: Option<Flight>,
    /// The number that is being typed, and when its last digit was.
    typed: Option<(usize, f64)>,
    before: Before,
}

/// What comes back at the end.
#[derive(Clone, Debug)]
struct Before {
    view: View,
    fitted: Option<Fit>,
    selection: BTreeSet<Id>,
    /// The step that was on the canvas.
    on_canvas: Option<OnCanvas>,
}

impl Presenting {
    /// The story; none where it began by itself and is not kept.
    #[must_use]
    pub const fn story(&self) -> Option<Id> {
        self.story
    }

    /// The steps as they are now.
    pub fn steps(&self) -> impl ExactSizeIterator<Item = &StoryStep> {
        self.steps.iter().map(|(_, step)| step)
    }

    /// The number of the step that is shown, from 0.
    #[must_use]
    pub const fn place(&self) -> usize {
        self.place
    }

    /// The step that is shown.
    #[must_use]
    pub fn step(&self) -> Option<&StoryStep> {
        self.steps.get(self.place).map(|(_, step)| step)
    }

    /// Its record; none where the story is not kept.
    #[must_use]
    pub fn step_id(&self) -> Option<Id> {
        self.steps.get(self.place).and_then(|(id, _)| *id)
    }

    /// The step after it.
    #[must_use]
    pub fn next_step(&self) -> Option<&StoryStep> {
        self.steps.get(self.place + 1).map(|(_, step)| step)
    }

    /// The view from before.
    #[must_use]
    pub const fn view_before(&self) -> &View {
        &self.before.view
    }

    /// Whether there is anything to do at the next tick.
    #[must_use]
    pub const fn wants_ticks(&self) -> bool {
        self.flight.is_some()
    }
}

impl Editor {
    /// The story that is presented.
    #[must_use]
    pub const fn presenting(&self) -> Option<&Presenting> {
        self.presenting.as_ref()
    }

    /// Takes what comes in.
    pub(super) fn present(
        &mut self,
        input: PresentInput,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        match input {
            PresentInput::Begin(story) => self.begin_presenting(story, env),
            PresentInput::Tick(now, motion) => {
                self.fly(now, motion);
                Vec::new()
            }
            PresentInput::Room(room) => {
                if let Some(presenting) = &mut self.presenting
                    && presenting.room != Some(room)
                {
                    presenting.room = Some(room);
                    self.aim();
                }
                Vec::new()
            }
            PresentInput::Digit(digit, now) => self.type_digit(digit, now),
        }
    }

    fn begin_presenting(&mut self, story: Option<Id>, env: &mut Environment<'_>) -> Vec<Effect> {
        if self.presenting.is_some() {
            return Vec::new();
        }
        let (story, steps) = self.told_story(story);
        // The step that is on the canvas is where it goes on.
        let on_canvas = self.step_on_canvas().map(|(id, _)| id);
        let of_canvas = |(id, _): &(Option<Id>, StoryStep)| on_canvas.is_some() && *id == on_canvas;
        let place = steps.iter().position(of_canvas).unwrap_or_default();
        self.discard_unfinished(env);
        self.close_find();
        self.end_play();
        self.pointed_loop = None;
        self.pointed_records.clear();
        self.hover(None);
        let before = Before {
            view: self.view,
            fitted: self.present_fit(),
            selection: self.overlay.selection.clone(),
            on_canvas: self.on_canvas.take(),
        };
        self.select(BTreeSet::new());
        self.presenting = Some(Presenting {
            story,
            steps,
            place,
            room: None,
            flight: None,
            typed: None,
            before,
        });
        self.show_place(place)
    }

    /// What is told where there is no story: the loops, one after the other; where there are none,
    /// the whole diagram.
    fn draft(&self) -> StoryDraft {
        let has_loops = !self.report.loops.is_empty();
        let draft = from_loops(&self.document, &self.report).filter(|_| has_loops);
        draft.unwrap_or_else(|| {
            let properties = self.document.properties();
            StoryDraft {
                name: String::new(),
                steps: vec![StoryStep {
                    title: properties.title.trim().to_owned(),
                    words: literal(&properties.purpose),
                    rest: Rest::Plain,
                    ..StoryStep::new(Id::from_bits(0))
                }],
            }
        })
    }

    /// The steps of the story that would be presented, each with its number from 1: those of the
    /// chosen story, else of the first one, else the loops one after the other.
    #[must_use]
    pub fn told_steps(&self) -> Vec<(usize, StoryStep)> {
        let (_, steps) = self.told_story(None);
        let steps = steps.into_iter().zip(1..);
        steps.map(|((_, step), number)| (number, step)).collect()
    }

    /// The story to be told, and its steps, each with its record if it has one.
    fn told_story(&self, story: Option<Id>) -> (Option<Id>, Vec<(Option<Id>, StoryStep)>) {
        let stories = self.document.stories_in_order();
        let is_told = |id: &Id| !self.document.steps_of(*id).is_empty();
        let first = stories.iter().map(|(id, _)| *id).find(is_told);
        let story = story.or_else(|| self.story()).filter(is_told).or(first);
        let steps = match story {
            Some(story) => self.steps_of_story(story),
            None => self
                .draft()
                .steps
                .into_iter()
                .map(|step| (None, step))
                .collect(),
        };
        (story, steps)
    }

    fn steps_of_story(&self, story: Id) -> Vec<(Option<Id>, StoryStep)> {
        let steps = self.document.steps_of(story).into_iter();
        steps.map(|(id, step)| (Some(id), step.clone())).collect()
    }

    /// Shows another step; at an end it stays.
    pub(super) fn present_step(&mut self, to: StepTo) -> Vec<Effect> {
        let Some(presenting) = &self.presenting else {
            return Vec::new();
        };
        let (place, last) = (presenting.place, presenting.steps.len().saturating_sub(1));
        let (place, end) = match to {
            StepTo::Next if place == last => (place, Some("This is the last step")),
            StepTo::Back if place == 0 => (place, Some("This is the first step")),
            StepTo::Next => (place + 1, None),
            StepTo::Back => (place - 1, None),
            StepTo::First => (0, None),
            StepTo::Last => (last, None),
        };
        match end {
            Some(words) => vec![Effect::Announce(words.to_owned())],
            None => self.show_place(place),
        }
    }

    fn type_digit(&mut self, digit: u8, now: f64) -> Vec<Effect> {
        let Some(presenting) = &mut self.presenting else {
            return Vec::new();
        };
        let digit = usize::from(digit);
        let begun = presenting
            .typed
            .filter(|(_, at)| now - at < DIGITS_TOGETHER);
        let is_step = |number: &usize| (1..=presenting.steps.len()).contains(number);
        let longer = begun.map(|(number, _)| number * 10 + digit);
        let number = longer.filter(is_step).unwrap_or(digit);
        presenting.typed = Some((number, now));
        match is_step(&number) {
            true => self.show_place(number - 1),
            false => vec![Effect::Announce(format!("There is no step {number}"))],
        }
    }

    /// Shows the step of this number, from 0.
    fn show_place(&mut self, place: usize) -> Vec<Effect> {
        let Some(presenting) = &mut self.presenting else {
            return Vec::new();
        };
        presenting.place = place;
        let step = presenting.step().cloned();
        self.show_step(step);
        self.aim();
        let told = self.told_step();
        told.map(|told| Effect::Announce(told.spoken()))
            .into_iter()
            .collect()
    }

    /// Ends presenting: everything is seen as it was before.
    pub(super) fn end_presenting(&mut self) -> Vec<Effect> {
        let Some(presenting) = self.presenting.take() else {
            return Vec::new();
        };
        let Before {
            view,
            fitted,
            selection,
            on_canvas,
        } = presenting.before;
        self.on_canvas = on_canvas;
        let step = self.step_on_canvas().map(|(_, step)| step.clone());
        self.on_canvas = self.on_canvas.filter(|_| step.is_some());
        self.show_step(step);
        self.set_view(view);
        self.fitted = fitted;
        self.select(selection);
        vec![Effect::Announce("The presentation has ended".to_owned())]
    }

    /// Brings what is presented after a change of the document: the step that is shown stays the
    /// one that is shown, if it is still there.
    pub(super) fn follow_presenting(&mut self) {
        let Some(story) = self.presenting.as_ref().and_then(|one| one.story) else {
            return;
        };
        let steps = self.steps_of_story(story);
        let Some(presenting) = &mut self.presenting else {
            return;
        };
        if steps == presenting.steps {
            return;
        }
        let shown = presenting.steps.get(presenting.place);
        let shown = shown.and_then(|(id, _)| *id);
        let place = steps.iter().position(|(id, _)| *id == shown);
        // A story that was removed elsewhere is told to its end as it was.
        if let Some(last) = steps.len().checked_sub(1) {
            presenting.steps = steps;
            presenting.place = place.unwrap_or(presenting.place.min(last));
            let step = presenting.step().cloned();
            self.show_step(step);
        }
    }

    /// Sets off for the view of the step that is shown.
    pub(super) fn aim(&mut self) {
        let to = self.view_of_step();
        let view = self.view;
        if let (Some(presenting), Some(to)) = (&mut self.presenting, to) {
            presenting.flight = (to != view).then(|| Flight::new(view, to));
            self.versions.step += 1;
        }
    }

    /// Goes on with the way to that view.
    fn fly(&mut self, now: f64, motion: Motion) {
        let Some(flight) = self.presenting.as_mut().and_then(|one| one.flight.as_mut()) else {
            return;
        };
        let view = match motion {
            Motion::Travelling => flight.at(now),
            Motion::Still => flight.end(),
        };
        if view == flight.end()
            && let Some(presenting) = &mut self.presenting
        {
            presenting.flight = None;
            self.versions.step += 1;
        }
        self.set_view(view);
    }

    /// How large the step that is shown becomes in a room of this size, in CSS pixels for a world unit.
    #[must_use]
    pub fn zoom_of_step_in(&self, room: Vector) -> Option<f64> {
        self.fitted_step(room).map(|view| view.zoom)
    }

    /// The view in which the step that is shown has all of the room that is left for it.
    fn view_of_step(&self) -> Option<View> {
        let presenting = self.presenting.as_ref()?;
        let size = self.view.size;
        let whole = Rect {
            left: 0.0,
            top: 0.0,
            right: size.x,
            bottom: size.y,
        };
        let room = presenting.room.unwrap_or(whole);
        let fitted = self.fitted_step(Vector::new(room.width(), room.height()))?;
        Some(View {
            size,
            ..fitted.panned(Vector::new(room.left, room.top))
        })
    }

    /// The view of a window of this size that shows what the step is to show.
    fn fitted_step(&self, size: Vector) -> Option<View> {
        self.presenting.as_ref()?;
        let window = View {
            size: Vector::new(size.x.max(1.0), size.y.max(1.0)),
            ..self.view
        };
        let shown = self.shown_step()?;
        shown.fitted(&window, self.scene(), &self.document, NEAREST_STEP)
    }
}
