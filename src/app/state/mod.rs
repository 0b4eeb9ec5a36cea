//! The app's state: the open document behind one cell, and signals for what panels show.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::browser::{now, random_id};
use crate::app::canvas::Look;
use crate::app::canvas::{CanvasMeasure, Painter};
use crate::app::services::address::Page;
use crate::app::services::local::{STORE, fresh_ids};
use crate::app::services::theme::ThemeChoice;
use crate::editor::{Editor, Environment, Event, Versions};
use crate::model::{Document, Id, IdSource, Patch};
use crate::scene::{Theme, View};
use crate::store::OpenDocument;
use crate::workbench::{
    Block, Comparison, CountWords, Listing, LoopFilter, LoopRow, LoopWindow, SheetKind, Table,
};

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
    /// Whether the grid is shown.
    pub grid_shown: bool,
    /// What was copied last, for where the clipboard cannot be read.
    pub clipboard: Option<Document>,
    /// Whether the space bar is held: then the canvas is dragged.
    pub space_held: bool,
    /// Whether a frame has been asked for, so that the browser will call.
    pub frame_requested: bool,
    /// Whether the document is a map without links, for which the panel of the stream came up by
    /// itself; not so while it has not been looked at.
    pub map_shown: bool,
    /// Timers that wait for a pause.
    pub timers: crate::app::services::saving::Timers,
    /// The web worker.
    pub port: crate::app::services::workbench::Port,
    /// The change that is shown as a motion.
    pub sliding: Option<Patch>,
    /// What the arranging under way is for.
    pub arranging_for: ArrangingFor,
    /// The text that the clipboard waits for.
    pub promised_text: Option<crate::app::services::clipboard::PromisedText>,
}

/// What an arranging is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArrangingFor {
    /// A person asked for it, and can undo it.
    Person,
    /// A document that was opened without places: there is nothing to go back to.
    Opening,
    /// A part that was pasted without places: it is undone together with the paste.
    Pasting,
}

/// What the panel of the loops shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The loops themselves.
    Loops,
    /// Archetypes that the diagram is consistent with.
    Archetypes,
    /// What the checks find.
    Checks,
    /// The goal, and where to intervene.
    Leverage,
    /// Causes and uses of a variable, ways between two.
    Trace,
}

/// A part of the list of loops in the workbench: which, of how many, and the loops.
pub type LoopPart = (LoopWindow, u64, Vec<LoopRow>);

/// The mark that says whether work is safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveMark {
    /// Nothing was drawn yet.
    Nothing,
    /// All of it.
    Saved,
    /// A gesture is not done.
    Saving,
    /// Why not, and what to do.
    NotSaved(String),
}

/// Which panel stands at the side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// None.
    Hidden,
    /// The loops.
    Loops,
    /// The outline.
    Outline,
    /// The value stream.
    Stream,
}

/// Which dialog is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// The diagrams of this browser.
    Documents,
    /// The ready diagrams.
    Templates,
    /// Two maps side by side.
    Compare,
    /// Links to the open document.
    Share,
    /// A table of measured data.
    Measured,
    /// The question what a list of names is.
    Names,
    /// The versions of the diagram.
    History,
    /// What is kept in the browser.
    Storage,
    /// A field for text or a link.
    PasteText,
    /// What the diagram can be written as.
    Export,
    /// All actions.
    Palette,
    /// Keys and help.
    Help,
}

/// The app: a handle that every component can copy.
#[derive(Clone, Copy)]
pub struct App {
    /// What the page is for.
    pub page: Page,
    core: StoredValue<Rc<RefCell<Core>>, LocalStorage>,
    /// Grows when the document changes for good, or becomes another one.
    pub document: RwSignal<u64>,
    /// Grows when selection, hover or the lit loop change.
    pub selection: RwSignal<u64>,
    /// Grows when the view changes.
    pub view: RwSignal<u64>,
    /// Grows when more is known of the loops.
    pub loops: RwSignal<u64>,
    /// Grows when more is known of the streams.
    pub stream: RwSignal<u64>,
    /// Grows when tool, gesture or typing change.
    pub mode: RwSignal<u64>,
    /// How many loops there are to the last, where they are too many to be found at once.
    pub counts: RwSignal<Option<CountWords>>,
    /// How the workbench gets on with listing them.
    pub listing: RwSignal<Option<Listing>>,
    /// The part of its list that was asked for last.
    pub window: RwSignal<Option<LoopPart>>,
    /// The sheets that it wrote last: one of the loops, and those that are open of the stream.
    pub sheets: RwSignal<Vec<(SheetKind, Vec<Block>)>>,
    /// What an improvement does that is tried: the sentence, and the figures before and after.
    pub tried: RwSignal<Option<(String, Table)>>,
    /// The open map compared with another, or why it cannot be.
    pub comparison: RwSignal<Option<Result<Comparison, String>>>,
    /// The form of a table of measured data, once one was looked at.
    pub form: RwSignal<Option<Vec<Block>>>,
    /// Which sheets are open of the stream.
    pub parts: RwSignal<Vec<SheetKind>>,
    /// How far it is with arranging, in percent.
    pub arranging: RwSignal<Option<u64>>,
    /// What the panel of the loops shows.
    pub tab: RwSignal<Tab>,
    /// Which loops it lists.
    pub filter: RwSignal<LoopFilter>,
    /// Whether it lists the loop sets in the place of loops.
    pub sets: RwSignal<bool>,
    /// The variables of the trace: from where, and to where if anywhere.
    pub trace: RwSignal<Vec<Id>>,
    /// Whether findings of checks are marked on the canvas.
    pub marks: RwSignal<bool>,
    /// Grows when what the loops panel lists is to begin afresh: with another document, or when a
    /// person wants all loops again.
    pub fresh_list: RwSignal<u64>,
    /// Whether work is safe.
    pub save: RwSignal<SaveMark>,
    /// The panel at the side.
    pub side: RwSignal<Side>,
    /// The open dialog.
    pub dialog: RwSignal<Option<Dialog>>,
    /// What was just said to who cannot see the canvas.
    pub said: RwSignal<String>,
    /// Messages with something to do.
    pub toasts: RwSignal<Vec<crate::app::components::toast::Toast>>,
    /// The document packed for a link, once it is.
    pub link: RwSignal<Option<String>>,
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
    pub fn new() -> Self {
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
            grid_shown: false,
            clipboard: None,
            space_held: false,
            frame_requested: false,
            map_shown: false,
            timers: crate::app::services::saving::Timers::default(),
            port: crate::app::services::workbench::Port::default(),
            sliding: None,
            arranging_for: ArrangingFor::Person,
            promised_text: None,
        };
        Self {
            page: Page::of_address(),
            core: StoredValue::new_local(Rc::new(RefCell::new(core))),
            document: RwSignal::new(0),
            selection: RwSignal::new(0),
            view: RwSignal::new(0),
            loops: RwSignal::new(0),
            stream: RwSignal::new(0),
            mode: RwSignal::new(0),
            counts: RwSignal::new(None),
            listing: RwSignal::new(None),
            window: RwSignal::new(None),
            sheets: RwSignal::new(Vec::new()),
            tried: RwSignal::new(None),
            comparison: RwSignal::new(None),
            form: RwSignal::new(None),
            parts: RwSignal::new(Vec::new()),
            arranging: RwSignal::new(None),
            tab: RwSignal::new(Tab::Loops),
            filter: RwSignal::new(LoopFilter::default()),
            sets: RwSignal::new(false),
            trace: RwSignal::new(Vec::new()),
            marks: RwSignal::new(crate::app::services::local::marks_shown()),
            fresh_list: RwSignal::new(0),
            save: RwSignal::new(SaveMark::Nothing),
            side: RwSignal::new(crate::app::components::shell::first_side()),
            dialog: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            toasts: RwSignal::new(Vec::new()),
            link: RwSignal::new(None),
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

    #[inline(never)]
    fn core(self) -> Rc<RefCell<Core>> {
        self.core.get_value()
    }

    /// Gives an event to the editor and does what it asks for; a motion under way is done first,
    /// unless the event only looks.
    pub fn dispatch(self, event: Event) {
        let only_looks = matches!(
            event,
            Event::Move(_)
                | Event::Leave
                | Event::Resized(_)
                | Event::Wheel(..)
                | Event::PointAt(_)
                | Event::PointAtLoop(_)
        );
        if !only_looks {
            self.finish_slide();
        }
        self.dispatch_now(event);
    }

    /// Gives an event to the editor and does what it asks for.
    pub fn dispatch_now(self, event: Event) {
        let remote = matches!(event, Event::Remote(_));
        let (effects, before) = self.change(|core| {
            let before = core.editor.versions();
            let Core {
                editor,
                ids,
                measure,
                ..
            } = core;
            let effects = editor.handle(
                event,
                &mut Environment {
                    ids,
                    measure: &**measure,
                },
            );
            (effects, before)
        });
        for effect in effects {
            self.carry_out(effect);
        }
        if remote {
            self.document_moved(None);
            self.document.update(|version| *version += 1);
        }
        self.tell(before);
    }

    /// Tells panels and painter what has changed since.
    pub fn tell(self, before: Versions) {
        let after = self.with(|core| core.editor.versions());
        let changed = |signal: RwSignal<u64>, before: u64, after: u64| {
            if before != after {
                signal.set(after);
            }
        };
        changed(self.selection, before.selection, after.selection);
        changed(self.view, before.view, after.view);
        changed(self.loops, before.loops, after.loops);
        changed(self.stream, before.stream, after.stream);
        changed(self.mode, before.mode, after.mode);
        if before.view != after.view {
            self.keep_view_soon();
        }
        if before.loops != after.loops {
            self.look_again_soon();
        }
        if before.mode != after.mode {
            self.refresh_save_mark();
        }
        if before.stream != after.stream {
            self.show_stream_of_a_map();
        }
        if before != after {
            self.request_frame();
        }
    }

    /// Puts another document in the place of the open one.
    pub fn show_document(self, editor: Editor, id: Id, open: Option<OpenDocument>) {
        self.change(|core| {
            core.editor = editor;
            core.id = id;
            core.open = open;
            core.version_at = 0;
        });
        for signal in [
            self.document,
            self.selection,
            self.view,
            self.loops,
            self.stream,
            self.mode,
        ] {
            signal.update(|version| *version += 1);
        }
        self.change(|core| core.map_shown = false);
        self.show_all_loops();
        self.trace.set(Vec::new());
        self.toasts.update(|toasts| {
            toasts.retain(|toast| toast.tone == crate::app::components::toast::Tone::Trouble)
        });
        self.sheets.set(Vec::new());
        self.show_stream_of_a_map();
        self.document_moved(None);
        self.refresh_save_mark();
        self.request_frame();
    }

    /// Lists all loops again, without filters.
    pub fn show_all_loops(self) {
        self.filter.set(LoopFilter::default());
        self.sets.set(false);
        self.fresh_list.update(|number| *number += 1);
    }

    /// Once a document becomes a map, shows what there is to say of it: without links there is
    /// nothing among the loops.
    fn show_stream_of_a_map(self) {
        let is_new = self.change(|core| {
            let document = core.editor.document();
            let is_map = !document.stations().is_empty() && document.links().is_empty();
            let was_map = std::mem::replace(&mut core.map_shown, is_map);
            is_map && !was_map
        });
        if is_new && self.side.get_untracked() == Side::Loops {
            self.side.set(Side::Stream);
        }
    }

    /// Says something to who cannot see the canvas.
    pub fn say(self, words: impl Into<String>) {
        self.said.set(words.into());
    }

    /// Asks for a frame, if none is on its way.
    pub fn request_frame(self) {
        let on_its_way = self.change(|core| std::mem::replace(&mut core.frame_requested, true));
        if !on_its_way {
            request_animation_frame(move || self.paint());
        }
    }

    /// Paints a frame now.
    pub fn paint(self) {
        let sharpness = self.change(|core| {
            core.frame_requested = false;
            let ratio = crate::app::browser::window().device_pixel_ratio();
            let size = core.editor.view().size;
            let painter = core.painter.as_mut()?;
            painter.resize(size, ratio);
            let look = Look {
                theme: core.theme,
                grid_shown: core.grid_shown,
            };
            Some(painter.paint(&mut core.editor, look))
        });
        if sharpness == Some(crate::app::canvas::Sharpness::Coming) {
            self.request_frame();
        }
    }

    /// The text of the document as a file.
    #[must_use]
    pub fn file_text(self) -> String {
        self.with(|core| crate::format::json::write(&core.editor.committed_document()))
    }

    /// Keeps the document for the first time, or opens it anew in the storage.
    pub fn create_in_store(self) {
        self.change(|core| {
            let document = core.editor.committed_document();
            core.open = Some(OpenDocument::create(
                STORE,
                core.id,
                document,
                core.tab,
                now(),
            ));
        });
    }
}

impl Default for App {
    fn default() -> Self {
        Self::new()
    }
}
