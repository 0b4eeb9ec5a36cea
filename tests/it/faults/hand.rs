//! A person with a tab: the real editor, the document as its tab keeps it, and its own wire to
//! the storage.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use loopstream::editor::{Action, Button, Command, Editor, Effect, Environment, Event, Pointer};
use loopstream::model::{Delay, Document, Id, IdSource, Patch, Point, Polarity, Vector};
use loopstream::scene::{EstimatedText, View};
use loopstream::store::{KeyValue, OpenDocument, OpenError, SaveState, StorageError, Store};
use loopstream::worker::NativeFormat;

use crate::common::memory::Memory;
use crate::faults::DOCUMENT;
use crate::faults::chance::Chance;

/// The storage as one tab reaches it: its process may die, and then nothing of it gets through.
pub struct Wire<'a> {
    pub memory: &'a Memory,
    /// After how many operations the tab dies.
    pub lives: Cell<Option<usize>>,
}

impl Wire<'_> {
    fn through(&self) -> Result<&Memory, StorageError> {
        match self.lives.get() {
            Some(0) => return Err(StorageError::Other("the tab is dead".to_owned())),
            Some(left) => self.lives.set(Some(left - 1)),
            None => {}
        }
        Ok(self.memory)
    }
}

impl KeyValue for Wire<'_> {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.through()?.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.through()?.set(key, value)
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.through()?.remove(key)
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        self.through()?.keys()
    }
}

/// What a person does.
#[derive(Clone, Debug)]
pub enum Act {
    /// Draws a variable at a place of the screen.
    Draw(f64, f64),
    /// Drags a variable.
    Drag(usize, f64, f64),
    /// Begins to drag a variable, and never ends it.
    Cancel(usize),
    Link(usize, usize),
    Rename(usize),
    Remark(usize),
    Sign(usize),
    Delete(usize),
    Title,
    Undo,
    Redo,
}

impl Act {
    pub fn any(chance: &mut Chance) -> Self {
        let mut place = || {
            (
                chance.below(900) as f64 + 50.0,
                chance.below(700) as f64 + 50.0,
            )
        };
        let ((x, y), (i, j)) = (place(), (chance.below(40), chance.below(40)));
        match chance.below(20) {
            0..5 => Self::Draw(x, y),
            5..7 => Self::Drag(i, x, y),
            7 => Self::Cancel(i),
            8..11 => Self::Link(i, j),
            11 => Self::Rename(i),
            12 => Self::Remark(i),
            13 => Self::Sign(i),
            14..16 => Self::Delete(i),
            16 => Self::Title,
            17..19 => Self::Undo,
            _ => Self::Redo,
        }
    }
}

/// A tab and who works in it.
pub struct Hand<'a> {
    pub tab: Id,
    pub editor: Editor,
    ids: IdSource,
    pub open: OpenDocument,
    pub wire: Wire<'a>,
    /// Keys of the browser's events on their way; `None` for all keys at once.
    pub events: Vec<Option<String>>,
    /// What was committed since it was looked at, with the number it has in the journal.
    pub committed: RefCell<Vec<Patch>>,
}

pub fn store(storage: &dyn KeyValue) -> Store<'_> {
    Store {
        storage,
        codec: &NativeFormat,
    }
}

impl<'a> Hand<'a> {
    /// Makes the document, as the first change of a page does.
    pub fn create(memory: &'a Memory, tab: Id) -> Self {
        let wire = Wire {
            memory,
            lives: Cell::new(None),
        };
        let open = OpenDocument::create(store(&wire), DOCUMENT, Document::default(), tab, 0);
        Self::with(open, wire, tab)
    }

    /// Opens the document.
    pub fn open(memory: &'a Memory, tab: Id, now: u64) -> Result<Self, OpenError> {
        let wire = Wire {
            memory,
            lives: Cell::new(None),
        };
        let open = OpenDocument::open(store(&wire), DOCUMENT, tab, now)?;
        Ok(Self::with(open, wire, tab))
    }

    fn with(open: OpenDocument, wire: Wire<'a>, tab: Id) -> Self {
        let view = View {
            size: Vector::new(1_000.0, 800.0),
            ..View::default()
        };
        Self {
            tab,
            editor: Editor::open(open.document().clone(), view, &EstimatedText),
            ids: IdSource::new(tab.bits()),
            open,
            wire,
            events: Vec::new(),
            committed: RefCell::default(),
        }
    }

    pub fn is_dead(&self) -> bool {
        self.wire.lives.get() == Some(0)
    }

    pub fn says_saved(&self) -> bool {
        matches!(self.open.state(), SaveState::Saved { .. })
    }

    /// Sends an event, and does what the page does with what the editor asks for.
    fn send(&mut self, event: Event, now: u64) {
        let mut env = Environment {
            ids: &mut self.ids,
            measure: &EstimatedText,
        };
        for effect in self.editor.handle(event, &mut env) {
            if let Effect::Committed(patch) = effect {
                self.committed.borrow_mut().push(patch.clone());
                let others = self.open.record(store(&self.wire), &patch, now);
                self.take(others, now);
            }
        }
    }

    /// Takes what has come from other tabs.
    pub fn take(&mut self, others: Option<Patch>, now: u64) {
        if let Some(patch) = others {
            self.send(Event::Remote(patch), now);
        }
        assert_eq!(
            &self.editor.committed_document(),
            self.open.document(),
            "what is shown is what is kept"
        );
    }

    pub fn compact(&mut self, now: u64) {
        let others = self.open.compact(store(&self.wire), now);
        self.take(others, now);
    }

    pub fn save(&mut self, now: u64) {
        let others = self.open.save(store(&self.wire), now);
        self.take(others, now);
    }

    /// Hears an event of the browser.
    pub fn hear(&mut self, key: Option<&str>, now: u64) {
        let others = match key {
            Some(key) => self.open.sync_from_storage(store(&self.wire), key),
            None => self.open.catch_up(store(&self.wire)),
        };
        self.take(others, now);
    }

    fn variable(&self, at: usize) -> Option<Id> {
        let document = self.editor.document();
        let ids: Vec<Id> = document.variables().keys().copied().collect();
        ids.get(at % ids.len().max(1)).copied()
    }

    fn any_id(&self, at: usize) -> Option<Id> {
        let ids: Vec<Id> = self.editor.document().ids().collect();
        ids.get(at % ids.len().max(1)).copied()
    }

    fn middle(&self, id: Id) -> Option<Point> {
        let rect = self.editor.scene().bounds_of(id)?;
        Some(self.editor.view().to_screen(rect.center()))
    }

    fn pointer(at: Point) -> Pointer {
        Pointer {
            at,
            ..Pointer::default()
        }
    }

    fn click(&mut self, at: Point, now: u64) {
        self.send(Event::Down(Self::pointer(at), Button::Primary), now);
        self.send(Event::Up(Self::pointer(at)), now);
    }

    pub fn act(&mut self, act: &Act, fresh: u64, now: u64) {
        let words = format!("n{fresh}");
        let command = |command| Event::Do(command);
        match *act {
            Act::Draw(x, y) => {
                let at = Point::new(x, y);
                self.click(at, now);
                self.click(at, now);
                self.send(Event::DoubleClick(Self::pointer(at)), now);
                self.send(Event::TextDone(words), now);
            }
            Act::Drag(at, x, y) => {
                if let Some(from) = self.variable(at).and_then(|id| self.middle(id)) {
                    let to = Point::new(x, y);
                    self.send(Event::Down(Self::pointer(from), Button::Primary), now);
                    self.send(Event::Move(Self::pointer(from + (to - from) / 2.0)), now);
                    self.send(Event::Move(Self::pointer(to)), now);
                    self.send(Event::Up(Self::pointer(to)), now);
                }
            }
            Act::Cancel(at) => {
                if let Some(from) = self.variable(at).and_then(|id| self.middle(id)) {
                    let to = Point::new(from.x + 60.0, from.y + 40.0);
                    self.send(Event::Down(Self::pointer(from), Button::Primary), now);
                    self.send(Event::Move(Self::pointer(to)), now);
                    self.send(Event::Lost(0), now);
                }
            }
            Act::Link(from, to) => {
                if let (Some(from), Some(to)) = (self.variable(from), self.variable(to)) {
                    let link = Command::AddLink {
                        from,
                        to,
                        polarity: Polarity::Unknown,
                        delay: Delay::None,
                    };
                    self.send(command(link), now);
                }
            }
            Act::Rename(at) => {
                if let Some(id) = self.variable(at) {
                    self.send(command(Command::SetText(id, words)), now);
                }
            }
            Act::Remark(at) => {
                if let Some(id) = self.variable(at) {
                    self.send(command(Command::SetRemark(id, words)), now);
                }
            }
            Act::Sign(at) => {
                let links: Vec<Id> = self.editor.document().links().keys().copied().collect();
                if let Some(id) = links.get(at % links.len().max(1)) {
                    let sign = Command::SetPolarity(*id, Polarity::Negative);
                    self.send(command(sign), now);
                }
            }
            Act::Delete(at) => {
                if let Some(id) = self.any_id(at) {
                    self.send(Event::Select(BTreeSet::from([id])), now);
                    self.send(Event::Act(Action::Delete), now);
                }
            }
            Act::Title => self.send(command(Command::SetTitle(words)), now),
            Act::Undo => self.send(Event::Act(Action::Undo), now),
            Act::Redo => self.send(Event::Act(Action::Redo), now),
        }
    }
}
