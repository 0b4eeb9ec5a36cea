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
            "Say of one variable at least whether it should rise or fall: then the loops that \
             serve the goal part from those that work against it."
                .to_owned(),
        )];
    }
    let wanted = aims.iter().map(|(id, aim)| {
        let variable = document.variables().get(id);
        let name = in_sentence(variable.map_or("", |variable| &variable.name));
        let way = match aim {
            Aim::Rise => "more",
            Aim::Fall => "less",
        };
        format!("{way} {name}")
    });
    let wanted: Vec<String> = wanted.collect();
    let mut blocks = vec![Block::Words(format!("The goal: {}.", wanted.join(", ")))];
    let loops = goal_loops(document, report);
    for (bearing, heading, why) in [
        (
            Bearing::Serves,
            "Loops that serve it while they turn its way",
            "They amplify: an improvement comes back as more of it, and a decline as more decline. \
             See which way each of them turns now.",
        ),
        (
            Bearing::Holds,
            "Loops that work against a change of it",
            "They bring any change back as its opposite and hold a level. If that is the level you \
             want, they keep it; if not, ask what sets it.",
        ),
        (
            Bearing::TradesOff,
            "Loops that pay for one aim with another",
            "What improves one of them worsens another, more and more.",
        ),
        (
            Bearing::Undetermined,
            "Not certain",
            "A polarity on the way is not known.",
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
            "No loop passes the goal: nothing in the diagram feeds back on it.".to_owned(),
        ));
    }
    if !report.lists_all() {
        blocks.push(Block::Words(format!(
            "Of the loops, the {} shortest were looked at.",
            report.loops.len()
        )));
    }
    let gamed = gamed_measures(document);
    if !gamed.is_empty() {
        blocks.push(Block::Heading("Would be gamed if rewarded".to_owned()));
        blocks.push(Block::Words(
            "Something moves these the right way and the goal the wrong way (Goodhart 1975, \
             Campbell 1979). Read off the signs alone: how strong it is, they do not say."
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
