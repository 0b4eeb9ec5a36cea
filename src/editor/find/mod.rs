//! Finding on the canvas: what has the words, in the order of reading, and replacing them.
//!
//! One thing is looked for at a time, whether it was typed over the canvas or in the outline. What
//! is found is lit until it is closed.

mod pattern;
mod replace;
mod texts;

use std::collections::BTreeSet;

use crate::model::{
    Change, Document, Element, ElementKind, Id, LoopKey, Patch, Point, Rect, Showing,
};
use crate::scene::Scene;

use super::event::Effect;
use super::state::Editor;

pub use pattern::Pattern;
pub use replace::{Replacement, Which, replacement};

use texts::{each_text, texts_of};

/// What is found is shown no smaller than this, in CSS pixels for a world unit.
const NEAREST_FIND: f64 = 0.8;

/// What the field in which words are looked for asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seek {
    /// Look again for what was looked for last.
    Open,
    /// Look for these words.
    For(String),
    /// Show the next thing that has them.
    Next,
    /// Show the one before.
    Previous,
    /// Show this record, whatever is looked for.
    Show(Id),
    /// Look for nothing more; what is selected stays so.
    Close,
}

/// One thing that has the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The record that has them: for a loop what is said of it.
    pub record: Id,
    /// The loop, if it is one.
    pub key: Option<LoopKey>,
}

/// What is looked for, and what has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Find {
    words: String,
    found: Vec<Found>,
    records: BTreeSet<Id>,
    at: Option<usize>,
}

impl Find {
    fn new(editor: &Editor, words: String) -> Self {
        let found = found(&editor.document, &editor.scene, &words);
        Self {
            words,
            records: found.iter().map(|found| found.record).collect(),
            found,
            at: None,
        }
    }

    /// The words as they were typed.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// What has them, in the order of reading.
    #[must_use]
    pub fn found(&self) -> &[Found] {
        &self.found
    }

    /// The records that have them.
    #[must_use]
    pub const fn records(&self) -> &BTreeSet<Id> {
        &self.records
    }

    /// Which of them is shown.
    #[must_use]
    pub const fn at(&self) -> Option<usize> {
        self.at
    }

    /// Whether what is found is lit: not while a loop is shown, which is lit itself.
    pub(super) fn lights(&self) -> bool {
        let is_loop = self.shown().is_some_and(|shown| shown.key.is_some());
        !self.found.is_empty() && !is_loop
    }

    /// The one that is shown.
    #[must_use]
    pub fn shown(&self) -> Option<&Found> {
        self.found.get(self.at?)
    }
}

impl Editor {
    /// What is looked for, while it is.
    #[must_use]
    pub const fn find(&self) -> Option<&Find> {
        self.find.as_ref()
    }

    pub(super) fn seek(&mut self, seek: Seek) -> Vec<Effect> {
        match seek {
            Seek::Open => {
                let words = self.sought.clone();
                self.find = Some(Find::new(self, words));
                self.versions.selection += 1;
                Vec::new()
            }
            Seek::For(words) => {
                self.sought.clone_from(&words);
                let find = Find::new(self, words);
                let count = find.found.len();
                let is_sought = Pattern::new(&find.words).is_some();
                self.find = Some(find);
                self.versions.selection += 1;
                let words = match count {
                    0 => "Nothing found".to_owned(),
                    count => format!("{count} found"),
                };
                let said = is_sought.then_some(Effect::Announce(words));
                said.into_iter().collect()
            }
            Seek::Next => self.find_step(1),
            Seek::Previous => self.find_step(-1),
            Seek::Show(record) => {
                self.select(BTreeSet::from([record]));
                if let Some(bounds) = self.scene.bounds_of(record) {
                    self.show_large(bounds.center());
                }
                vec![Effect::Announce(self.describe(record))]
            }
            Seek::Close => {
                self.close_find();
                Vec::new()
            }
        }
    }

    /// Looks for nothing more; whether something was looked for.
    pub(super) fn close_find(&mut self) -> bool {
        let was_open = self.find.take().is_some();
        if was_open {
            self.versions.selection += 1;
        }
        was_open
    }

    /// Shows what is found so many places farther, round and round.
    fn find_step(&mut self, by: isize) -> Vec<Effect> {
        let Some(find) = &self.find else {
            return Vec::new();
        };
        let count = find.found.len();
        if count == 0 {
            return vec![Effect::Announce("Nothing found".to_owned())];
        }
        let at = match find.at {
            Some(at) => (at as isize + by).rem_euclid(count as isize) as usize,
            None if by > 0 => 0,
            None => count - 1,
        };
        let words = self.find_show(at);
        words.map(Effect::Announce).into_iter().collect()
    }

    /// Shows one of what is found: in the middle, large enough to read, and selected. Gives what
    /// there is to say of it.
    fn find_show(&mut self, at: usize) -> Option<String> {
        let find = self.find.as_mut()?;
        let found = find.found.get(at).cloned()?;
        find.at = Some(at);
        let count = find.found.len();
        let place = place_of(&self.document, &self.scene, &found);
        self.neighbours = None;
        self.chosen_loop.clone_from(&found.key);
        self.select(match &found.key {
            Some(_) => BTreeSet::new(),
            None => drawn_for(&self.document, found.record),
        });
        self.versions.selection += 1;
        if let Some(place) = place {
            self.show_large(place);
        }
        let words = self.describe(found.record);
        Some(format!("{} of {count}: {words}", at + 1))
    }

    /// Brings a place into the middle, large enough to read what stands there.
    fn show_large(&mut self, place: Point) {
        let zoom = self.view.zoom.max(NEAREST_FIND);
        let middle = Rect::from_points(place, place);
        self.set_view(self.view.fitted(&middle, zoom));
    }

    /// Looks again after a change of texts.
    pub(super) fn follow_find(&mut self, patch: &Patch) {
        let Some(Find { words, at, .. }) = &self.find else {
            return;
        };
        // What is dragged is not looked for anew with each move.
        if !patch.changes.values().any(changes_texts) {
            return;
        }
        let shown = at.and_then(|at| self.find.as_ref()?.found.get(at)).cloned();
        let mut find = Find::new(self, words.clone());
        find.at = shown.and_then(|shown| find.found.iter().position(|found| *found == shown));
        self.find = Some(find);
        self.versions.selection += 1;
    }
}

fn changes_texts(change: &Change) -> bool {
    let texts = |element: &Option<Element>| {
        let mut texts = Vec::new();
        if let Some(mut element) = element.clone() {
            each_text(&mut element, |_, text| texts.push(std::mem::take(text)));
        }
        (element.is_some(), texts)
    };
    texts(&change.before) != texts(&change.after)
}

/// What has these words, in the order of reading: rows of about a line, from left to right.
fn found(document: &Document, scene: &Scene, words: &str) -> Vec<Found> {
    let Some(pattern) = Pattern::new(words) else {
        return Vec::new();
    };
    let has_words = |id: &Id| {
        let mut texts = texts_of(document, *id).into_iter();
        texts.any(|text| pattern.is_in(text))
    };
    let found = document.ids().filter(has_words).map(|record| {
        let label = document.loop_labels().get(&record);
        let key = label.map(|label| label.key.clone());
        Found { record, key }
    });
    let mut placed: Vec<(i64, f64, Found)> = found
        .filter_map(|found| {
            let at = place_of(document, scene, &found)?;
            Some(((at.y / 40.0).round() as i64, at.x, found))
        })
        .collect();
    placed.sort_by(|one, other| {
        let rows = one.0.cmp(&other.0).then(one.1.total_cmp(&other.1));
        rows.then(one.2.record.cmp(&other.2.record))
    });
    placed.into_iter().map(|(_, _, found)| found).collect()
}

/// What is drawn of a record: itself, of an improvement the steps and flows that it changes, of a
/// scenario the variables that have other numbers in it, of a step of a story what it lights, and of a
/// story nothing.
fn drawn_for(document: &Document, record: Id) -> BTreeSet<Id> {
    if let Some(scenario) = document.scenarios().get(&record) {
        return scenario.values.iter().map(|one| one.about).collect();
    }
    if let Some(step) = document.story_steps().get(&record) {
        let lit = step.marks.iter().filter(|mark| mark.how == Showing::Lit);
        let lit = lit.map(|mark| mark.about);
        return lit.filter(|id| document.kind_of(*id).is_some()).collect();
    }
    if document.stories().contains_key(&record) {
        return BTreeSet::new();
    }
    match document.improvements().get(&record) {
        Some(improvement) => improvement.about().collect(),
        None => BTreeSet::from([record]),
    }
}

/// Where something is found: in its middle, or in that of a loop.
fn place_of(document: &Document, scene: &Scene, found: &Found) -> Option<Point> {
    let Some(key) = &found.key else {
        let drawn = drawn_for(document, found.record).into_iter();
        let bounds = drawn.filter_map(|id| scene.bounds_of(id));
        let all = bounds.reduce(|all, rect| all.union(&rect));
        // What stands in a list is found all the same where nothing of it is drawn.
        let is_listed = matches!(
            document.kind_of(found.record),
            Some(
                ElementKind::Improvement
                    | ElementKind::Scenario
                    | ElementKind::Story
                    | ElementKind::StoryStep
                    | ElementKind::Retrospective
                    | ElementKind::Fact
                    | ElementKind::Variation
                    | ElementKind::Experiment
            )
        );
        let all = all.or_else(|| scene.bounds().filter(|_| is_listed));
        let center = all.map(|all| all.center());
        return center.or_else(|| is_listed.then(Point::default));
    };
    let mut badges = scene.badges().iter();
    if let Some(badge) = badges.find(|badge| badge.key == *key) {
        return Some(badge.center);
    }
    let links = key.links().iter();
    let ends = links.filter_map(|link| document.links().get(link));
    let rects = ends.filter_map(|link| scene.bounds_of(link.from));
    Some(rects.reduce(|all, rect| all.union(&rect))?.center())
}
