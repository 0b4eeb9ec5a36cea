//! What one page tells the others of the person before it, many times a second. Nothing of it is
//! kept, and nothing of it enters a document.

use serde_json::{Map, Value, json};

use super::ballots::MOST_DOTS;
use super::meeting::Agenda;
use crate::model::{Colour, Id, MAXIMUM_COORDINATE, Point, Rect};

/// The longest text of a presence, in bytes.
pub const LONGEST_PRESENCE: usize = 16 * 1024;
/// The most selected things that are told.
pub const MOST_SELECTED: usize = 100;
/// How many letters a name has at most.
const LONGEST_NAME: usize = 40;
/// How many letters the word of a field, of a tool or of a version has at most.
const LONGEST_WORD: usize = 24;
/// How many letters of a text that is being written are told at most.
const LONGEST_DRAFT: usize = 2_000;
/// The most changes held back that are told.
const MOST_DRAFTS: u64 = 100_000;
/// The longest time without a hand on the page, in milliseconds: a year.
const LONGEST_IDLE: u64 = 366 * 24 * 60 * 60 * 1_000;
/// Into how many parts a world unit is divided on the way.
const PARTS: f64 = 100.0;

/// What one page tells of the person before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Presence {
    /// Who it is: random, the same in all pages of a browser, and joins these to one person.
    pub person: Id,
    /// The name that the person gave; empty if none. A name proves nothing.
    pub name: String,
    /// The colour of the pointer, never without the name or a sign.
    pub colour: Colour,
    /// Where the pointer is, in world units; none while it is not over the canvas.
    pub pointer: Option<Point>,
    /// Where the pointer took hold of what is selected, in world units, while it drags that.
    pub grab: Option<Point>,
    /// What is selected. The document may not have all of it.
    pub selection: Vec<Id>,
    /// What is being written.
    pub editing: Option<Editing>,
    /// The part of the canvas that is seen, in world units.
    pub view: Option<Rect>,
    /// The word of the tool in hand.
    pub tool: Option<String>,
    /// For how long no hand was on the page when it told this, in milliseconds. It is no time of
    /// day, since the clocks of two computers differ.
    pub idle: u64,
    /// Whether the person asks to speak.
    pub hand: Hand,
    /// How many changes are held back until quiet writing ends.
    pub drafts: u64,
    /// How many dots of the vote that is open the person has given: not for what.
    pub dots: usize,
    /// What holds in the room for the moment, as this page knows it.
    pub agenda: Agenda,
    /// The version of the program; empty if unknown.
    pub version: String,
}

/// Whether somebody asks to speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hand {
    /// No.
    #[default]
    Down,
    /// Yes.
    Up,
}

/// A text that is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editing {
    /// What it is of.
    pub record: Id,
    /// The word of its field.
    pub field: String,
    /// What is written so far, or its start.
    pub text: String,
}

/// Why a text is no presence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PresenceError {
    /// It is longer than it may be.
    #[error("what a page tells of its person is too long")]
    Long,
    /// It is no object in JSON.
    #[error("what a page tells of its person cannot be read")]
    Form,
    /// It does not say who it is of.
    #[error("what a page tells does not say of whom")]
    Nobody,
}

impl Presence {
    /// Somebody of whom nothing else is known.
    #[must_use]
    pub fn of(person: Id) -> Self {
        Self {
            person,
            name: String::new(),
            colour: usual_colour(person),
            pointer: None,
            grab: None,
            selection: Vec::new(),
            editing: None,
            view: None,
            tool: None,
            idle: 0,
            hand: Hand::Down,
            drafts: 0,
            dots: 0,
            agenda: Agenda::default(),
            version: String::new(),
        }
    }

    /// The text of it, an object in JSON of at most [`LONGEST_PRESENCE`] bytes. It tells what is
    /// [within bounds](Self::within_bounds).
    #[must_use]
    pub fn write(&self) -> String {
        let presence = self.clone().within_bounds();
        let mut told = Map::new();
        let mut tell = |key: &str, value: Value| told.insert(key.to_owned(), value);
        tell("person", json!(presence.person));
        tell("colour", json!(presence.colour.name()));
        let words = [
            ("name", Some(presence.name)),
            ("tool", presence.tool),
            ("version", Some(presence.version)),
        ];
        for (key, word) in words {
            if let Some(word) = word.filter(|word| !word.is_empty()) {
                tell(key, json!(word));
            }
        }
        for (key, place) in [("pointer", presence.pointer), ("grab", presence.grab)] {
            if let Some(Point { x, y }) = place {
                tell(key, json!([x, y]));
            }
        }
        if let Some(view) = presence.view {
            tell(
                "view",
                json!([view.left, view.top, view.right, view.bottom]),
            );
        }
        if !presence.selection.is_empty() {
            tell("selection", json!(presence.selection));
        }
        if let Some(Editing {
            record,
            field,
            text,
        }) = presence.editing
        {
            tell(
                "editing",
                json!({ "record": record, "field": field, "text": text }),
            );
        }
        if presence.idle > 0 {
            tell("idle", json!(presence.idle));
        }
        if presence.hand == Hand::Up {
            tell("hand", json!("up"));
        }
        if presence.drafts > 0 {
            tell("drafts", json!(presence.drafts));
        }
        if presence.dots > 0 {
            tell("dots", json!(presence.dots));
        }
        if let Some(agenda) = presence.agenda.write() {
            tell("agenda", agenda);
        }
        Value::Object(told).to_string()
    }

    /// Reads what another page wrote. A part that is missing, has another form or says more than it
    /// may is left out or shortened, since a newer version may tell more; only who it is of must be
    /// there.
    ///
    /// # Errors
    /// It is no such text, or too long.
    pub fn read(text: &str) -> Result<Self, PresenceError> {
        if text.len() > LONGEST_PRESENCE {
            return Err(PresenceError::Long);
        }
        let told: Map<String, Value> =
            serde_json::from_str(text).map_err(|_| PresenceError::Form)?;
        let person = told
            .get("person")
            .and_then(id)
            .ok_or(PresenceError::Nobody)?;
        let word = |key| {
            told.get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let place = |key| {
            let [x, y] = told.get(key).and_then(numbers)?;
            Some(Point::new(x, y))
        };
        let selection = told.get("selection").and_then(Value::as_array);
        let presence = Self {
            person,
            name: word("name"),
            colour: Colour::named(&word("colour")).unwrap_or_else(|| usual_colour(person)),
            pointer: place("pointer"),
            grab: place("grab"),
            selection: selection.into_iter().flatten().filter_map(id).collect(),
            editing: told.get("editing").and_then(editing),
            view: told
                .get("view")
                .and_then(numbers)
                .map(|[left, top, right, bottom]| Rect {
                    left,
                    top,
                    right,
                    bottom,
                }),
            tool: Some(word("tool")),
            idle: told.get("idle").and_then(Value::as_u64).unwrap_or(0),
            hand: match word("hand").as_str() {
                "up" => Hand::Up,
                _ => Hand::Down,
            },
            drafts: told.get("drafts").and_then(Value::as_u64).unwrap_or(0),
            dots: told
                .get("dots")
                .and_then(Value::as_u64)
                .and_then(|dots| usize::try_from(dots).ok())
                .unwrap_or(0),
            agenda: told.get("agenda").map(Agenda::read).unwrap_or_default(),
            version: word("version"),
        };
        Ok(presence.within_bounds())
    }

    /// The same with no more than may be told: names are one line without signs that turn a text
    /// round, numbers are on the canvas and in hundredths, what is too long is cut.
    #[must_use]
    pub fn within_bounds(self) -> Self {
        let editing = self.editing.map(|editing| Editing {
            record: editing.record,
            field: one_line(&editing.field, LONGEST_WORD),
            text: editing
                .text
                .chars()
                .filter(is_of_text)
                .take(LONGEST_DRAFT)
                .collect(),
        });
        Self {
            person: self.person,
            name: one_line(&self.name, LONGEST_NAME),
            colour: self.colour,
            pointer: self.pointer.and_then(on_canvas),
            grab: self.grab.and_then(on_canvas),
            selection: self.selection.into_iter().take(MOST_SELECTED).collect(),
            editing: editing.filter(|editing| !editing.field.is_empty()),
            view: self.view.and_then(view_on_canvas),
            tool: self
                .tool
                .map(|tool| one_line(&tool, LONGEST_WORD))
                .filter(|tool| !tool.is_empty()),
            idle: self.idle.min(LONGEST_IDLE),
            hand: self.hand,
            drafts: self.drafts.min(MOST_DRAFTS),
            dots: self.dots.min(MOST_DOTS),
            agenda: self.agenda,
            version: one_line(&self.version, LONGEST_WORD),
        }
    }

    /// The sign of the person: the first letter or digit of the name, as a capital.
    #[must_use]
    pub fn sign(&self) -> String {
        let first = self.name.chars().find(|letter| letter.is_alphanumeric());
        first.map_or_else(|| "?".to_owned(), |letter| letter.to_uppercase().collect())
    }
}

/// The colour of somebody who chose none.
fn usual_colour(person: Id) -> Colour {
    let mut all = Colour::ALL.into_iter().cycle();
    let at = person.bits() % Colour::ALL.len() as u64;
    all.nth(usize::try_from(at).unwrap_or(0))
        .unwrap_or(Colour::Blue)
}

fn id(value: &Value) -> Option<Id> {
    value.as_str()?.parse().ok()
}

fn numbers<const N: usize>(value: &Value) -> Option<[f64; N]> {
    let numbers: Option<Vec<f64>> = value.as_array()?.iter().map(Value::as_f64).collect();
    numbers?.try_into().ok()
}

fn editing(value: &Value) -> Option<Editing> {
    let text = |key| value.get(key).and_then(Value::as_str).map(str::to_owned);
    Some(Editing {
        record: value.get("record").and_then(id)?,
        field: text("field")?,
        text: text("text")?,
    })
}

fn on_canvas(point: Point) -> Option<Point> {
    let rounded = |number: f64| (number * PARTS).round() / PARTS;
    let point = point.is_finite().then_some(point)?.on_canvas();
    Some(Point::new(rounded(point.x), rounded(point.y)))
}

/// A box that has an area. A wheel can shrink the canvas to less than a screen, so a side may be
/// twice as far away as a thing.
fn view_on_canvas(view: Rect) -> Option<Rect> {
    let far = |number: f64| {
        let clamped = number.clamp(-2.0 * MAXIMUM_COORDINATE, 2.0 * MAXIMUM_COORDINATE);
        number
            .is_finite()
            .then(|| (clamped * PARTS).round() / PARTS)
    };
    let view = Rect {
        left: far(view.left)?,
        top: far(view.top)?,
        right: far(view.right)?,
        bottom: far(view.bottom)?,
    };
    (view.left < view.right && view.top < view.bottom).then_some(view)
}

/// The letter neither controls a terminal nor turns the text after it round.
fn is_shown(letter: char) -> bool {
    !letter.is_control()
        && !matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn is_of_text(letter: &char) -> bool {
    is_shown(*letter) || matches!(*letter, '\n' | '\t')
}

/// The words of a text in one line, and so many letters at most.
pub(super) fn one_line(text: &str, most: usize) -> String {
    // What nobody can read of a long text is not looked at either.
    let start: String = text.chars().take(most * 8).collect();
    let words = start.split(|letter: char| letter.is_whitespace() || letter.is_control());
    let words = words.map(|word| {
        word.chars()
            .filter(|letter| is_shown(*letter))
            .collect::<String>()
    });
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    let line: String = words.join(" ").chars().take(most).collect();
    line.trim_end().to_owned()
}
