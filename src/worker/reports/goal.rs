//! The goal half of the leverage report: loops that serve it or work against it, and measures that
//! would be gamed.

use crate::causal::goal::{Bearing, GoalLoop, aims, gamed_measures, goal_loops};
use crate::causal::{LoopPolarity, LoopReport};
use crate::model::{Aim, Document, in_sentence};
use crate::worker::report::{Block, Row, RowKind};

/// How many loops of each bearing are listed.
const LISTED: usize = 12;

/// What there is to say of the goal.
pub(super) fn goal(document: &Document, report: &LoopReport) -> Vec<Block> {
    let aims: Vec<_> = aims(document).collect();
    if aims.is_empty() {
        return vec![Block::Words(
            "Set a goal first: say of at least one variable whether it should rise or fall. Then \
             you see which loops serve the goal and which work against it."
                .to_owned(),
        )];
    }
    let wanted = aims.iter().map(|(id, aim)| {
        let variable = document.variables().get(id);
        let name = in_sentence(variable.map_or("", |variable| &variable.name));
        let way = match aim {
            Aim::Rise => "up",
            Aim::Fall => "down",
        };
        format!("{name} {way}")
    });
    let wanted: Vec<String> = wanted.collect();
    let mut blocks = vec![Block::Words(format!("The goal: {}.", wanted.join(", ")))];
    let loops = goal_loops(document, report);
    for (bearing, heading, why) in [
        (
            Bearing::Serves,
            "Loops that can serve the goal",
            "They amplify: an improvement brings more improvement, and a decline more decline. \
             Check which way each of them runs now.",
        ),
        (
            Bearing::Holds,
            "Loops that resist a change",
            "They counter any change and hold a level. If that is the level you want, they protect \
             it; if not, ask what sets it.",
        ),
        (
            Bearing::TradesOff,
            "Loops that trade one aim for another",
            "Improving one aim makes another worse, more and more.",
        ),
        (
            Bearing::Undetermined,
            "Not certain",
            "A link on the path has no sign yet.",
        ),
    ] {
        let of_this = loops.iter().filter(|found| found.bearing == bearing);
        let of_this: Vec<&GoalLoop<'_>> = of_this.collect();
        if of_this.is_empty() {
            continue;
        }
        blocks.push(Block::Heading(heading.to_owned()));
        blocks.push(Block::Words(why.to_owned()));
        let rows = of_this.iter().take(LISTED);
        blocks.extend(rows.map(|found| Block::Row(loop_row(document, found))));
        let more = of_this.len().saturating_sub(LISTED);
        if more > 0 {
            blocks.push(Block::Words(format!("… and {more} more.")));
        }
    }
    if loops.is_empty() {
        blocks.push(Block::Words(
            "No loop goes through the goal: nothing in the diagram feeds back on it.".to_owned(),
        ));
    }
    if !report.lists_all() {
        blocks.push(Block::Words(format!(
            "Only the {} shortest loops were checked.",
            report.loops.len()
        )));
    }
    let gamed = gamed_measures(document);
    if !gamed.is_empty() {
        blocks.push(Block::Heading("Could be gamed if rewarded".to_owned()));
        blocks.push(Block::Words(
            "Something moves these in the right direction and the goal in the wrong one (Goodhart \
             1975, Campbell 1979). This follows from the signs alone; they do not say how strong \
             the effect is."
                .to_owned(),
        ));
        blocks.extend(gamed.iter().map(|gaming| {
            let measure = document.variables().get(&gaming.measure);
            let mut about = vec![gaming.measure, gaming.lever, gaming.aim, gaming.link];
            about.extend(&gaming.harm);
            Block::Row(Row {
                text: gaming.sentence(document),
                about,
                ..Row::new(
                    "gamed",
                    RowKind::Hint,
                    measure.map_or("", |measure| measure.name.trim()),
                )
            })
        }));
    }
    blocks
}

fn loop_row(document: &Document, found: &GoalLoop<'_>) -> Row {
    let named = found.named;
    let label = document.label_of(&named.key);
    let name = label.map_or("", |(_, label)| label.name.as_str());
    let sentence = named.sentence(document);
    let (title, text) = match name {
        "" => (sentence, String::new()),
        name => (name.to_owned(), sentence),
    };
    Row {
        code: named.code.clone(),
        text,
        about: named.links.clone(),
        ..Row::new("goal loop", kind_of(named.polarity), title)
    }
}

/// The kind of row for a loop.
pub(super) const fn kind_of(polarity: LoopPolarity) -> RowKind {
    match polarity {
        LoopPolarity::Reinforcing => RowKind::Reinforcing,
        LoopPolarity::Balancing => RowKind::Balancing,
        LoopPolarity::Undetermined => RowKind::Undetermined,
    }
}
