//! What is lit over the still picture, while all else steps back.

use super::draw::Pen;
use crate::causal::LoopPolarity;
use crate::editor::{Editor, Lit};
use crate::model::{LoopKey, Showing};
use crate::scene::{
    BadgeShape, Badges, MarkShape, PAPER_OVER_DIMMED, SeenAt, dims, draw_found, draw_loop,
    draw_near, draw_records, draw_shown,
};

/// How much paper lies over the diagram behind a loop that is pointed at.
const DIMMED: f64 = 0.76;
/// The same behind a loop that is kept lit, while a person goes on working.
const DIMMED_FOR_LONG: f64 = 0.6;

/// How a badge is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeenBadge {
    /// With all of its name.
    Lit,
    /// With what of its name has room.
    Plain,
    /// Not at all.
    Nowhere,
}

/// How much paper lies over the picture, 0 to 1.
pub fn paper(lit: Lit<'_>) -> f64 {
    match lit {
        Lit::Nothing => 0.0,
        Lit::PointedLoop(_) | Lit::PointedRecords(_) => DIMMED,
        Lit::Told(step) if !dims(&step.records) => 0.0,
        Lit::Told(_) => PAPER_OVER_DIMMED,
        Lit::KeptLoop(_) | Lit::Neighbours(_) | Lit::Found(_) | Lit::Tagged(_) => DIMMED_FOR_LONG,
    }
}

/// Whether a mark lies under that paper.
pub fn is_under(lit: Lit<'_>, mark: &MarkShape) -> bool {
    match lit {
        Lit::Told(step) => mark.showing(&step.records) == Showing::Dimmed,
        _ => false,
    }
}

/// How a badge is seen.
pub fn badge_seen(editor: &Editor, lit: Lit<'_>, badge: &BadgeShape) -> SeenBadge {
    let is_lit = match lit {
        Lit::PointedLoop(key) | Lit::KeptLoop(key) => *key == badge.key,
        Lit::Told(step) => step.loops.contains(&badge.key),
        // By its name.
        Lit::Found(records) => {
            let label = editor.document().label_of(&badge.key);
            label.is_some_and(|(label, _)| records.contains(&label))
        }
        Lit::Nothing | Lit::PointedRecords(_) | Lit::Neighbours(_) | Lit::Tagged(_) => false,
    };
    let is_shown = editor.badges() == Badges::Shown
        && match lit {
            Lit::Nothing => true,
            Lit::Told(step) => badge.showing(&step.records) != Showing::Dimmed,
            _ => false,
        };
    match (is_lit, is_shown) {
        (true, _) => SeenBadge::Lit,
        (false, true) => SeenBadge::Plain,
        (false, false) => SeenBadge::Nowhere,
    }
}

/// Draws what is lit.
pub fn draw_lit(pen: &mut Pen<'_>, editor: &Editor, lit: Lit<'_>, seen: SeenAt<'_>) {
    let (scene, document) = (editor.scene(), editor.document());
    match lit {
        Lit::Nothing => {}
        Lit::PointedLoop(key) | Lit::KeptLoop(key) => {
            if let Some(polarity) = polarity_of(editor, key) {
                pen.draw(&draw_loop(scene, document, key, polarity, seen));
            }
        }
        Lit::Told(step) => {
            let loops = editor.shown_loops();
            pen.draw(&draw_shown(scene, document, &step.records, loops, seen));
        }
        Lit::Found(records) => pen.draw(&draw_found(scene, document, records, seen)),
        Lit::PointedRecords(records) => pen.draw(&draw_records(scene, document, records, seen)),
        Lit::Neighbours(near) => pen.draw(&draw_near(scene, document, &near.records, seen)),
        Lit::Tagged(tagged) => pen.draw(&draw_near(scene, document, &tagged.records, seen)),
    }
}

fn polarity_of(editor: &Editor, key: &LoopKey) -> Option<LoopPolarity> {
    let mut badges = editor.scene().badges().iter();
    let badge = badges.find(|badge| badge.key == *key);
    badge.map(|badge| badge.polarity).or_else(|| {
        let mut loops = editor.report().loops.iter();
        let named = loops.find(|named| named.key == *key)?;
        Some(named.polarity)
    })
}
