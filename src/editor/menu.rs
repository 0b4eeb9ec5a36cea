//! The menu of a thing: what it is about, and which rows of the table of actions it offers.

use std::collections::BTreeSet;

use crate::model::{Id, Lever, Point};
use crate::scene::Hit;

use super::action::{Action, Action as A, Condition};
use super::edits;
use super::event::{Effect, Pointer};
use super::gesture::Gesture;
use super::state::{Editor, Environment};

/// What a menu is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuSubject {
    /// A variable.
    Variable,
    /// A link.
    Link,
    /// A note.
    Note,
    /// A step, a queue or another station.
    Station,
    /// A flow.
    Flow,
    /// A frame.
    Frame,
    /// A group, or whatever else is selected together.
    Several,
    /// A loop.
    Loop,
    /// The canvas.
    Canvas,
}

impl MenuSubject {
    /// Every subject.
    pub const ALL: [Self; 9] = [
        Self::Variable,
        Self::Link,
        Self::Note,
        Self::Station,
        Self::Flow,
        Self::Frame,
        Self::Several,
        Self::Loop,
        Self::Canvas,
    ];

    /// What a screen reader calls the menu.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Variable => "Variable",
            Self::Link => "Link",
            Self::Note => "Note",
            Self::Station => "Step",
            Self::Flow => "Flow",
            Self::Frame => "Frame",
            Self::Several => "Selection",
            Self::Loop => "Loop",
            Self::Canvas => "Diagram",
        }
    }

    /// Its actions in parts, between which a rule is drawn.
    const fn parts(self) -> &'static [&'static [Action]] {
        const CLIPBOARD: &[Action] = &[A::Cut, A::Copy, A::Duplicate];
        const LAYERS: &[Action] = &[A::EditTags, A::ToFront, A::ToBack, A::ToggleLock];
        const STYLE: &[Action] = &[A::ShowStyle, A::ToggleEmphasis];
        const DELETE: &[Action] = &[A::CommentOn, A::Delete];
        const TRY_OR_DELETE: &[Action] = &[A::CommentOn, A::NewExperiment, A::Delete];
        const DELETE_ALL: &[Action] = &[A::Delete];
        match self {
            Self::Variable => &[
                &[A::EditText, A::EditEquation, A::LinkTo, A::GrowRight],
                &[A::PushUp, A::PushDown, A::FollowChange],
                &[A::ToggleStock, A::ToggleRate, A::MakePlain],
                &[A::AddInflow, A::AddOutflow],
                STYLE,
                CLIPBOARD,
                LAYERS,
                DELETE,
            ],
            Self::Link => &[
                &[
                    A::PolarityPositive,
                    A::PolarityNegative,
                    A::PolarityUnknown,
                    A::ToggleDelay,
                ],
                &[A::ReverseLink, A::BendLeft, A::BendRight],
                &[A::TryLink],
                STYLE,
                &[A::EditLabel, A::EditText, A::EditTags],
                DELETE,
            ],
            Self::Note => &[
                &[A::EditText, A::ToggleBurst],
                &[A::AddImage, A::DescribeImage, A::RemoveImage],
                STYLE,
                &[A::LinesToVariables, A::LinesToSteps],
                CLIPBOARD,
                LAYERS,
                DELETE,
            ],
            Self::Station => &[
                &[A::EditText, A::LinkTo, A::GrowRight, A::EditMeasures],
                &[A::MarkValueAdding, A::MarkNecessary, A::MarkWaste],
                &[A::ShowStyle],
                CLIPBOARD,
                LAYERS,
                DELETE,
            ],
            Self::Flow => &[&[A::EditMeasures], TRY_OR_DELETE],
            Self::Frame => &[
                &[A::EditText, A::ZoomSelection],
                CLIPBOARD,
                &[A::ToggleLock],
                DELETE,
            ],
            Self::Several => &[
                &[A::Group, A::Ungroup, A::FrameSelection],
                &[A::Arrange, A::ZoomSelection],
                &[A::ToggleStock, A::ToggleRate, A::MakePlain],
                &[A::PolarityPositive, A::PolarityNegative],
                &[A::ShowStyle, A::ToggleEmphasis, A::ShowAlignment],
                CLIPBOARD,
                LAYERS,
                DELETE_ALL,
            ],
            Self::Loop => &[
                &[A::NameLoop, A::SelectLoop],
                &[A::NewExperiment],
                &[A::ZoomFit],
            ],
            Self::Canvas => &[
                &[
                    A::AddVariable,
                    A::AddStep,
                    A::AddFrame,
                    A::AddImage,
                    A::Paste,
                ],
                &[A::SelectAll, A::Arrange, A::Tidy],
                &[
                    A::ZoomFit,
                    A::ZoomActual,
                    A::ToggleGrid,
                    A::ToggleLinkColours,
                ],
                &[A::CopyPicture],
            ],
        }
    }
}

impl Editor {
    /// What the menu of a subject offers now; `None` stands for a rule.
    #[must_use]
    pub fn menu_of(&self, subject: MenuSubject) -> Vec<Option<Action>> {
        let mut entries = Vec::new();
        for part in subject.parts() {
            let can = |action: &&Action| self.holds(action.row().when) && self.allows(**action);
            let possible: Vec<_> = part.iter().filter(can).copied().map(Some).collect();
            if !possible.is_empty() && !entries.is_empty() {
                entries.push(None);
            }
            entries.extend(possible);
        }
        entries
    }

    /// A press asks for the menu of what it is on, which is selected if it is not already.
    pub(super) fn open_menu(
        &mut self,
        pointer: &Pointer,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        if matches!(self.gesture, Gesture::Pressed { .. }) {
            // A long press began as one.
            self.cancel_gesture(env);
        }
        if self.gesture != Gesture::Idle || self.text_edit.is_some() {
            return Vec::new();
        }
        self.menu_spot = None;
        match self.hit(pointer) {
            Hit::Badge(key) | Hit::Trial(Lever::Loop(key)) => {
                self.select(BTreeSet::new());
                self.chosen_loop = Some(key);
                self.versions.selection += 1;
            }
            Hit::Node(id)
            | Hit::Rim(id)
            | Hit::Connector(id, _)
            | Hit::Link(id)
            | Hit::Pipe(id)
            | Hit::PipeEnd(id, _)
            | Hit::Handle(id)
            | Hit::Finding(id)
            | Hit::Frame(id)
            | Hit::Comments(id)
            | Hit::Trial(Lever::Record(id))
            | Hit::Grip(id, _) => {
                if !self.overlay.selection.contains(&id) {
                    let ids = edits::with_groups(&self.document, &BTreeSet::from([id]));
                    self.select(ids);
                }
            }
            Hit::Canvas => {
                self.chosen_loop = None;
                self.select(BTreeSet::new());
                self.menu_spot = Some(self.view.to_world(pointer.at));
                self.versions.selection += 1;
            }
        }
        vec![Effect::OpenMenu(self.menu_subject(), pointer.at)]
    }

    /// The menu of what is selected, for a key: beside it, or in the middle of the canvas.
    pub(super) fn open_menu_of_selection(&mut self) -> Vec<Effect> {
        self.menu_spot = None;
        let badge = self.chosen_loop.as_ref().and_then(|key| {
            let mut badges = self.scene.badges().iter();
            badges.find(|badge| badge.key == *key)
        });
        let rect = self.bounds_of_selection();
        let at = rect
            .map(|rect| Point::new(rect.center().x, rect.bottom))
            .or(badge.map(|badge| badge.center))
            .unwrap_or_else(|| self.view.center());
        let at = self.view.to_screen(at);
        vec![Effect::OpenMenu(self.menu_subject(), at)]
    }

    /// What the menu is about: what is selected, else the chosen loop, else the canvas.
    fn menu_subject(&self) -> MenuSubject {
        let selection = &self.overlay.selection;
        let of = |id: &Id| {
            let document = &self.document;
            if document.variables().contains_key(id) {
                MenuSubject::Variable
            } else if document.links().contains_key(id) {
                MenuSubject::Link
            } else if document.notes().contains_key(id) {
                MenuSubject::Note
            } else if document.stations().contains_key(id) {
                MenuSubject::Station
            } else if document.frames().contains_key(id) {
                MenuSubject::Frame
            } else {
                MenuSubject::Flow
            }
        };
        match (selection.len(), selection.first()) {
            (1, Some(only)) => of(only),
            (0, _) | (_, None) if self.holds(Condition::LoopChosen) => MenuSubject::Loop,
            (0, _) | (_, None) => MenuSubject::Canvas,
            _ => MenuSubject::Several,
        }
    }

    /// Selects the chosen loop: its links and variables.
    pub(super) fn select_loop(&mut self) -> Vec<Effect> {
        if let Some(key) = &self.chosen_loop {
            let links = key.links().iter().copied();
            let ends = links
                .clone()
                .filter_map(|id| self.document.links().get(&id));
            let ends: Vec<Id> = ends.flat_map(|link| [link.from, link.to]).collect();
            self.select(links.chain(ends).collect());
        }
        Vec::new()
    }
}
