//! Who else is in the room, and what this page tells them.

use gloo::timers::callback::Timeout;

use super::App;
use super::vote::VoteHere;
use crate::model::Id;
use crate::scene::{PersonMark, PointerMark, Scene, View, dragged_boxes};
use crate::store::rooms::PersonRecord;
use crate::sync::{
    Activity, Hand, Meeting, MeetingNews, NameTag, People, Person, PointerMotion, Said, Teller,
    Timer,
};

/// What only a page in a room has.
pub struct PeopleHere {
    /// Who is there.
    pub people: People,
    /// The person before this page, as the browser has kept it.
    pub own: PersonRecord,
    /// When this page tells what.
    pub teller: Teller,
    /// Sends what it tells.
    pub tell: fn(App, String),
    /// Hears that the list of people is another.
    pub listed: fn(App),
    /// When a hand was on this page last, in milliseconds since the page was opened.
    pub used: u64,
    /// Whether the person before this page asks to speak.
    pub hand: Hand,
    /// What others have in hand, as it is drawn.
    pub marks: Vec<PersonMark>,
    /// Everybody, as panels show them.
    pub list: Vec<Person>,
    /// Whether a frame of pointers has been asked for.
    pub frame_requested: bool,
    /// Who is followed.
    pub following: Option<Following>,
    /// What the room says for the moment.
    pub meeting: Meeting,
    /// The wish not to edit that the person before this page does not heed.
    pub edits_anyway: Option<Said>,
    /// What others said of it since the page looked last.
    pub heard: Vec<MeetingNews>,
    /// The vote in the room.
    pub vote: VoteHere,
    /// What is read out with who comes and goes next.
    pub unsaid: Vec<&'static str>,
    /// When a name fades or somebody is away next, if nothing is heard.
    pub changes: Option<u64>,
    /// When the clock rings next, in milliseconds since the page was opened, and what rings.
    pub clock: Option<(u64, Timeout)>,
}

/// Somebody whose view is followed.
#[derive(Clone, Debug)]
pub struct Following {
    /// Who.
    pub person: Id,
    /// The view that was set last; another one is of a person who looks elsewhere.
    pub set: View,
    /// From where to where the view glides, and since when, in milliseconds; none while it rests.
    pub glide: Option<(View, View, f64)>,
}

/// Whether pointers of others are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pointers {
    /// They are.
    #[default]
    Shown,
    /// They are not.
    Hidden,
}

/// The timer of the room, as it was when this page looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerView {
    /// The timer.
    pub timer: Timer,
    /// When it was so, in milliseconds since the page was opened.
    pub at: u64,
}

/// Somebody in the room asks the others not to edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedView {
    /// The name of who asks.
    pub name: String,
    /// What the person before this page has to do with it.
    pub asked: Asked,
}

/// What a person has to do with a wish that nobody edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// They ask for it.
    Asks,
    /// They heed it.
    Heeds,
    /// They chose to edit all the same.
    EditsAnyway,
}

/// What panels show of who is there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PeopleView {
    /// Everybody, the person before this page first; nobody outside a room.
    pub list: Vec<Person>,
    /// Who is followed.
    pub following: Option<Id>,
}

impl PeopleHere {
    /// The pointers of others in this view, with what they drag.
    #[must_use]
    pub fn pointers(
        &self,
        scene: &Scene,
        view: &View,
        now: u64,
        motion: PointerMotion,
    ) -> Vec<(PointerMark, Activity)> {
        let pointers = self.people.pointers(now, motion);
        let seen = pointers.filter_map(|pointer| {
            let at = view.to_screen(pointer.place);
            let is_in_sight =
                (0.0..=view.size.x).contains(&at.x) && (0.0..=view.size.y).contains(&at.y);
            let told = pointer.presence;
            let by = told.grab.map(|grab| pointer.place - grab);
            let drags = by.map(|by| dragged_boxes(scene, &told.selection, by, view));
            let is_named = pointer.name == NameTag::Clear;
            let mark = PointerMark {
                at,
                name: is_named.then(|| name_of(&self.list, told.person)),
                sign: told.sign(),
                colour: told.colour,
                drags: drags.unwrap_or_default(),
            };
            is_in_sight.then_some((mark, pointer.activity))
        });
        seen.collect()
    }
}

/// The name of somebody as the list has it.
#[must_use]
pub fn name_of(list: &[Person], person: Id) -> String {
    let known = list.iter().find(|one| one.person == person);
    known.map_or_else(String::new, |one| one.name.clone())
}
