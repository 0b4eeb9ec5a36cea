//! The state: the open document behind one cell, and signals for what panels show.

mod choices;
mod core;
mod direct;
mod map_run;
mod page;
mod people;
mod port;
mod retrospective;
mod room;
mod run;
mod speaker;
mod theme;
mod timers;
mod toast;
mod trying;
mod vote;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;
use web_sys::File;

pub use self::choices::{
    ArrangingFor, Dialog, LoopPart, SaveMark, Side, StylePart, Tab, Told, TraceQuestion,
    has_room_for_panel,
};
pub use self::core::Core;
pub use self::direct::{DirectPeers, Introduction, OnePeer};
pub use map_run::{Ask, Freshness, MapChoice, MapRunState};
pub use page::{NOTES, Page};
pub use people::{
    Asked, AskedView, Following, PeopleHere, PeopleView, Pointers, TimerView, name_of,
};
pub use port::{Asking, Port, PortState};
pub use retrospective::{SheetChoice, SheetDraft, StepClock};
pub use room::{Arrival, ArrivingProgram, InRoom, OpenRoom, Purpose, RoomProgram, computer};
pub use run::{FitState, KnownEquation, MeasuredTables, RunChoice, SpreadState};
pub use speaker::Speaker;
pub use theme::{KEY as KEY_OF_THEME, ThemeChoice};
pub use timers::Timers;
pub use toast::{Offer, Toast, Tone};
pub use trying::Trying;
pub use vote::{Counted, DotPlace, VoteHere, VoteView};

use crate::app::browser::random_id;
use crate::app::browser::storage::{fresh_ids, kept_pictures, marks_shown};
use crate::app::canvas::CanvasMeasure;
use crate::editor::{Action, Editor, Event, MenuSubject, PictureChoices, Versions};
use crate::model::{Document, Id, LoopKey, Point};
use crate::scene::View;
use crate::sync::Writing;
use crate::together;
use crate::worker::{
    Block, Comparison, CountWords, ImprovementTable, LaidMaps, Listing, LoopFilter, Measured,
    ReportKind, Request, Response, RunView, SampleSide, Showing, StreamView, Table, ToldFigure,
};

/// The app: a handle that every component can copy.
#[derive(Clone, Copy)]
pub struct App {
    /// What the page is for.
    pub page: Page,
    handlers: &'static Handlers,
    core: StoredValue<Rc<RefCell<Core>>, LocalStorage>,
    /// Grows when the document changes for good, or becomes another one.
    pub document: RwSignal<u64>,
    /// Grows when selection, hover or the lit loop change.
    pub selection: RwSignal<u64>,
    /// Grows when the view changes.
    pub view: RwSignal<u64>,
    /// Grows when more is known of the loops.
    pub loops: RwSignal<u64>,
    /// What is known of the value streams, as it was told last.
    pub stream: RwSignal<StreamView>,
    /// Grows when tool, gesture or typing change.
    pub mode: RwSignal<u64>,
    /// Grows when the play comes to another round or pace.
    pub play: RwSignal<u64>,
    /// Grows when another step of a story is shown, or what is shown of it changes.
    pub step: RwSignal<u64>,
    /// The figures of the steps of the story that is presented, as the worker told last.
    pub story_figures: RwSignal<Vec<(Id, Vec<ToldFigure>)>>,
    /// Whether the notes of the speaker are printed with the story.
    pub story_notes: RwSignal<bool>,
    /// Whether the pointer of a presentation is in the hand.
    pub pointing: RwSignal<bool>,
    /// How many loops there are to the last, where they are too many to be found at once.
    pub counts: RwSignal<Option<CountWords>>,
    /// How the worker gets on with listing them.
    pub listing: RwSignal<Option<Listing>>,
    /// The part of its list that was asked for last.
    pub window: RwSignal<Option<LoopPart>>,
    /// The reports that it wrote last: one of the loops, and those that are open of the stream.
    pub reports: RwSignal<Vec<(ReportKind, Vec<Block>)>>,
    /// What an improvement does that is tried: the sentence, and the figures before and after.
    pub tried: RwSignal<Option<(String, Table)>>,
    /// The improvement of a stream that a person is trying.
    pub trying: RwSignal<Trying>,
    /// The saved improvements and the one being tried, beside today, as the worker told last.
    pub improvements: RwSignal<ImprovementTable>,
    /// The experiment that is open, in whichever panel.
    pub open_experiment: RwSignal<Option<Id>>,
    /// What can be said of the numbers of experiments, as the worker told last.
    pub before_after: RwSignal<BTreeMap<Id, Option<Measured>>>,
    /// The numbers that were refused last: of which experiment and side, and why.
    pub sample_refused: RwSignal<Option<(Id, SampleSide, String)>>,
    /// The experiment that is to get the lead times of the table that is read next.
    pub lead_times_for: RwSignal<Option<Id>>,
    /// Which improvement the canvas shows.
    pub showing: RwSignal<Showing>,
    /// What runs of the model give, as the worker told last.
    pub run: RwSignal<RunView>,
    /// What a person wants to see of them.
    pub run_choice: RwSignal<RunChoice>,
    /// What is known of the equation of the variable that was asked about last.
    pub equation: RwSignal<Option<KnownEquation>>,
    /// What many runs spread to.
    pub spread: RwSignal<SpreadState>,
    /// What fitting the model to measurements came to.
    pub fit: RwSignal<FitState>,
    /// What runs of the value-stream map came to.
    pub map_run: RwSignal<MapRunState>,
    /// What a person wants to know of them.
    pub map_choice: RwSignal<MapChoice>,
    /// The tables of measurements for it.
    pub measured: RwSignal<MeasuredTables>,
    /// The open map compared with another, or why it cannot be.
    pub comparison: RwSignal<Option<Result<Comparison, String>>>,
    /// The maps that were laid over each other, or why that was not done.
    pub laid: RwSignal<Option<Result<LaidMaps, String>>>,
    /// The form of a table of measured data, once one was looked at.
    pub form: RwSignal<Option<Vec<Block>>>,
    /// Which reports are open of the stream.
    pub parts: RwSignal<Vec<ReportKind>>,
    /// How far it is with arranging, in percent.
    pub arranging: RwSignal<Option<u64>>,
    /// The step of a story that is open in its panel.
    pub open_step: RwSignal<Option<Id>>,
    /// What a person looks at of a retrospective.
    pub sheet: RwSignal<SheetChoice>,
    /// What was typed for its new lines and is not added yet.
    pub sheet_draft: RwSignal<SheetDraft>,
    /// What the panel of the loops shows.
    pub tab: RwSignal<Tab>,
    /// Which loops it lists.
    pub filter: RwSignal<LoopFilter>,
    /// Whether it lists the loop sets in the place of loops.
    pub sets: RwSignal<bool>,
    /// The variables of the trace: from where, and to where if anywhere.
    pub trace: RwSignal<Vec<Id>>,
    /// The link of which is asked what would change.
    pub traced_link: RwSignal<Option<Id>>,
    /// What the trace asks.
    pub question: RwSignal<TraceQuestion>,
    /// Whether findings of checks are marked on the canvas.
    pub marks: RwSignal<bool>,
    /// Whether large diagrams have an overview.
    pub minimap: RwSignal<bool>,
    /// Grows when what the loops panel lists is to begin afresh: with another document, or when a
    /// person wants all loops again.
    pub fresh_list: RwSignal<u64>,
    /// Whether work is safe.
    pub save: RwSignal<SaveMark>,
    /// How many other people are in the room.
    pub others: RwSignal<usize>,
    /// Who is in the room, for a page that is in one.
    pub people: RwSignal<Option<PeopleView>>,
    /// The timer of the room, if there is one.
    pub timer: RwSignal<Option<TimerView>>,
    /// The vote in the room, if there is one.
    pub vote: RwSignal<Option<VoteView>>,
    /// How people write in the room.
    pub writing: RwSignal<Writing>,
    /// Who in the room asks the others not to edit, if somebody does.
    pub asked: RwSignal<Option<AskedView>>,
    /// Whether pointers of others are shown.
    pub pointers: RwSignal<Pointers>,
    /// The room of the open document, where it is in one.
    pub room: RwSignal<Option<InRoom>>,
    /// The room on the way.
    pub arrival: RwSignal<Arrival>,
    /// An invitation for one guest, or the answer to one, without a relay.
    pub introduction: RwSignal<Introduction>,
    /// The panel at the side.
    pub side: RwSignal<Option<Side>>,
    /// Whether a person has opened or closed a panel, so that none comes or goes by itself.
    pub side_is_chosen: RwSignal<bool>,
    /// Whether the field is shown for what is put in the place of what is found.
    pub replacing: RwSignal<bool>,
    /// Whether a person asked for the field of finding, and it does not have the focus yet.
    pub find_asked: RwSignal<bool>,
    /// The actions that were chosen in the palette, the last one first.
    pub recent: RwSignal<Vec<Action>>,
    /// The loop that is named by its badge.
    pub naming: RwSignal<Option<LoopKey>>,
    /// The record whose finding a person has asked for.
    pub sought_finding: RwSignal<Option<Id>>,
    /// What the open menu is about, and where it stands, in CSS pixels of the canvas.
    pub menu: RwSignal<Option<(MenuSubject, Point)>>,
    /// The open panel of styles, by what of it was asked for.
    pub styling: RwSignal<Option<StylePart>>,
    /// The open dialog.
    pub dialog: RwSignal<Option<Dialog>>,
    /// What was just said to who cannot see the canvas.
    pub said: RwSignal<String>,
    /// Messages with something to do.
    pub toasts: RwSignal<Vec<Toast>>,
    /// The document packed for a link, once it is.
    pub link: RwSignal<Option<String>>,
    /// The QR code of the link to look at it, as SVG, once it is drawn.
    pub qr_code: RwSignal<Option<String>>,
    /// What a person has chosen for pictures that leave the program.
    pub picture: RwSignal<PictureChoices>,
    /// The picture as it would be exported, as SVG, once it is drawn.
    pub preview: RwSignal<Option<String>>,
    /// The theme a person chose.
    pub theme: RwSignal<ThemeChoice>,
}

/// The app, from inside any component.
#[must_use]
pub fn use_app() -> App {
    expect_context::<App>()
}

impl App {
    /// The app with an empty document that is not kept yet.
    #[must_use]
    pub fn new(handlers: &'static Handlers) -> Self {
        let measure = Rc::new(CanvasMeasure::new());
        let theme = ThemeChoice::kept();
        let core = Core {
            editor: Editor::open(Document::default(), View::default(), &*measure),
            ids: fresh_ids(),
            measure,
            version_at: 0,
            toasts: 0,
            open: None,
            id: random_id(),
            tab: random_id(),
            painter: None,
            theme: theme.resolved(),
            canvas_theme: theme.resolved(),
            grid_shown: false,
            clipboard: None,
            space_held: false,
            frame_requested: false,
            told: None,
            timers: Timers::default(),
            port: Port::default(),
            people: None,
            people_layer: None,
            room: None,
            arriving: None,
            rooms: 0,
            direct: DirectPeers::default(),
            animating: None,
            play_ticks: false,
            present_ticks: false,
            speaker: None,
            keeps_presenting: false,
            arranging_for: ArrangingFor::Person,
            step_files: Vec::new(),
            typed_samples: Vec::new(),
            promised_text: None,
        };
        Self {
            page: Page::of_address(),
            handlers,
            core: StoredValue::new_local(Rc::new(RefCell::new(core))),
            document: RwSignal::new(0),
            selection: RwSignal::new(0),
            view: RwSignal::new(0),
            loops: RwSignal::new(0),
            stream: RwSignal::new(StreamView::default()),
            mode: RwSignal::new(0),
            play: RwSignal::new(0),
            step: RwSignal::new(0),
            story_figures: RwSignal::new(Vec::new()),
            story_notes: RwSignal::new(false),
            pointing: RwSignal::new(false),
            counts: RwSignal::new(None),
            listing: RwSignal::new(None),
            window: RwSignal::new(None),
            reports: RwSignal::new(Vec::new()),
            tried: RwSignal::new(None),
            trying: RwSignal::new(Trying::default()),
            improvements: RwSignal::new(ImprovementTable::default()),
            open_experiment: RwSignal::new(None),
            before_after: RwSignal::new(BTreeMap::new()),
            sample_refused: RwSignal::new(None),
            lead_times_for: RwSignal::new(None),
            showing: RwSignal::new(Showing::Today),
            run: RwSignal::new(RunView::default()),
            run_choice: RwSignal::new(RunChoice::default()),
            equation: RwSignal::new(None),
            spread: RwSignal::new(SpreadState::default()),
            fit: RwSignal::new(FitState::default()),
            map_run: RwSignal::new(MapRunState::default()),
            map_choice: RwSignal::new(MapChoice::default()),
            measured: RwSignal::new(MeasuredTables::default()),
            comparison: RwSignal::new(None),
            laid: RwSignal::new(None),
            form: RwSignal::new(None),
            parts: RwSignal::new(Vec::new()),
            arranging: RwSignal::new(None),
            open_step: RwSignal::new(None),
            sheet: RwSignal::new(SheetChoice::default()),
            sheet_draft: RwSignal::new(SheetDraft::default()),
            tab: RwSignal::new(Tab::Loops),
            filter: RwSignal::new(LoopFilter::default()),
            sets: RwSignal::new(false),
            trace: RwSignal::new(Vec::new()),
            traced_link: RwSignal::new(None),
            question: RwSignal::new(TraceQuestion::default()),
            marks: RwSignal::new(marks_shown()),
            minimap: RwSignal::new(true),
            fresh_list: RwSignal::new(0),
            save: RwSignal::new(SaveMark::Nothing),
            others: RwSignal::new(0),
            people: RwSignal::new(None),
            timer: RwSignal::new(None),
            vote: RwSignal::new(None),
            writing: RwSignal::new(Writing::Shared),
            asked: RwSignal::new(None),
            pointers: RwSignal::new(Pointers::default()),
            room: RwSignal::new(None),
            arrival: RwSignal::new(Arrival::Nothing),
            introduction: RwSignal::new(Introduction::Nothing),
            side: RwSignal::new(None),
            side_is_chosen: RwSignal::new(false),
            replacing: RwSignal::new(false),
            find_asked: RwSignal::new(false),
            recent: RwSignal::new(Vec::new()),
            naming: RwSignal::new(None),
            sought_finding: RwSignal::new(None),
            menu: RwSignal::new(None),
            styling: RwSignal::new(None),
            dialog: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            toasts: RwSignal::new(Vec::new()),
            link: RwSignal::new(None),
            qr_code: RwSignal::new(None),
            picture: RwSignal::new(kept_pictures()),
            preview: RwSignal::new(None),
            theme: RwSignal::new(theme),
        }
    }

    /// Reads the state. Nothing that is called inside may call the app again.
    pub fn with<T>(self, read: impl FnOnce(&Core) -> T) -> T {
        read(&self.core().borrow())
    }

    /// Changes the state. Nothing that is called inside may call the app again.
    pub fn change<T>(self, change: impl FnOnce(&mut Core) -> T) -> T {
        change(&mut self.core().borrow_mut())
    }

    fn core(self) -> Rc<RefCell<Core>> {
        self.core.get_value()
    }

    /// Hands an event to the editor.
    pub fn send(self, event: Event) {
        (self.handlers.event)(self, event);
    }

    /// Hands on what the worker answers.
    pub fn respond(self, response: Response) {
        (self.handlers.response)(self, response);
    }

    /// Hands on what the program of a room says, by its number.
    pub fn hear_room(self, number: u64, said: together::Response) {
        (self.handlers.room)(self, number, said);
    }

    /// Hands back requests that the worker cannot get.
    pub fn hand_back(self, requests: Vec<(Request, Option<File>)>) {
        (self.handlers.unsent)(self, requests);
    }

    /// Sets the signals of what has changed in the editor since; whether anything has.
    pub fn publish(self, before: Versions) -> bool {
        let after = self.with(|core| core.editor.versions());
        for (signal, before, after) in [
            (self.selection, before.selection, after.selection),
            (self.view, before.view, after.view),
            (self.loops, before.loops, after.loops),
            (self.mode, before.mode, after.mode),
            (self.play, before.play, after.play),
            (self.step, before.step, after.step),
        ] {
            if before != after {
                signal.set(after);
            }
        }
        before != after
    }
}

/// What the floor above does with events and answers. Services send them here, so that they need
/// not know who takes them.
pub struct Handlers {
    /// Gives an event to the editor.
    pub event: fn(App, Event),
    /// Takes an answer of the worker.
    pub response: fn(App, Response),
    /// Takes what the program of a room says, by its number.
    pub room: fn(App, u64, together::Response),
    /// Takes back requests that the worker cannot get, with their files.
    pub unsent: fn(App, Vec<(Request, Option<File>)>),
}
