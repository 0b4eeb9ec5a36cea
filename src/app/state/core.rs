//! What is not a signal.

use std::rc::Rc;

use super::{
    ArrangingFor, ArrivingProgram, DirectPeers, OpenRoom, PeopleHere, Port, Speaker, Timers, Told,
};
use crate::app::browser::clipboard::PromisedText;
use crate::app::canvas::{CanvasMeasure, Painter, PeopleLayer};
use crate::editor::Editor;
use crate::model::{Document, Id, IdSource, Patch};
use crate::scene::Theme;
use crate::store::OpenDocument;
use crate::worker::SampleSide;

/// What is not a signal: the hot path from pointer to pixels goes through this alone.
pub struct Core {
    /// The open document and everything about how it is shown.
    pub editor: Editor,
    /// Fresh ids.
    pub ids: IdSource,
    /// The font.
    pub measure: Rc<CanvasMeasure>,
    /// When a version of it was taken last, in milliseconds since the epoch.
    pub version_at: u64,
    /// How many messages there have been.
    pub toasts: u64,
    /// Where the document is kept; `None` while nothing has been drawn in a new one.
    pub open: Option<OpenDocument>,
    /// The id of the document in the storage.
    pub id: Id,
    /// This tab, fresh for every load of the page.
    pub tab: Id,
    /// The canvas, once it is on the page.
    pub painter: Option<Painter>,
    /// Light or dark.
    pub theme: Theme,
    /// The colours of the canvas: those of the theme, or those that a person has set in the system.
    pub canvas_theme: Theme,
    /// Whether the grid is shown.
    pub grid_shown: bool,
    /// What was copied last, for where the clipboard cannot be read.
    pub clipboard: Option<Document>,
    /// Whether the space bar is held: then the canvas is dragged.
    pub space_held: bool,
    /// Whether a frame has been asked for, so that the browser will call.
    pub frame_requested: bool,
    /// What a panel could tell of the document when that was last looked at; not yet
    /// after another one was opened.
    pub told: Option<Told>,
    /// Timers that wait for a pause.
    pub timers: Timers,
    /// The web worker.
    pub port: Port,
    /// Who else is in the room, for a page that is in one.
    pub people: Option<PeopleHere>,
    /// What their pointers are painted on, once it is on the page.
    pub people_layer: Option<PeopleLayer>,
    /// The room of the open document, where it is in one.
    pub room: Option<OpenRoom>,
    /// The program on its way into a room.
    pub arriving: Option<ArrivingProgram>,
    /// How many programs of rooms there have been.
    pub rooms: u64,
    /// The direct connections to other pages.
    pub direct: DirectPeers,
    /// The change that is shown as a motion.
    pub animating: Option<Patch>,
    /// Whether the clock of a play ticks.
    pub play_ticks: bool,
    /// Whether the clock of a presentation ticks.
    pub present_ticks: bool,
    /// How the presentation is known to the window with its notes; the last one, once it is over.
    pub speaker: Option<Speaker>,
    /// Whether the presentation goes on when the whole screen is left next.
    pub keeps_presenting: bool,
    /// What the arranging under way is for.
    pub arranging_for: ArrangingFor,
    /// What the files of pictures of steps are to be called, which the worker draws.
    pub step_files: Vec<String>,
    /// Numbers of experiments that were typed and that nobody has read yet.
    pub typed_samples: Vec<(Id, SampleSide, String)>,
    /// The text that the clipboard waits for.
    pub promised_text: Option<PromisedText>,
}
