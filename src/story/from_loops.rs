//! A story begun by itself from the loops of a diagram: one after the other, in an order in which
//! each is easy to follow after those before it.

use std::collections::BTreeSet;

use crate::causal::{
    Completeness, DiagramGraph, LoopPolarity, LoopReport, NamedLoop, strongly_connected_components,
};
use crate::model::{
    Document, Id, Polarity, Records, Rest, Showing, StoryStep, StoryView, counted, grouped,
    in_sentence,
};

use super::draft::{StoryDraft, blank_step, marked};
use super::markdown::literal;

/// The most steps that such a story has.
pub const MOST_STEPS: usize = 12;
/// The steps that are about no loop: the first variable, what hangs on the loops, the whole.
const AROUND: usize = 3;

/// What has been told: variables and links.
#[derive(Default)]
struct Told {
    variables: BTreeSet<Id>,
    links: BTreeSet<Id>,
}

impl Told {
    fn add(&mut self, told: &NamedLoop) {
        self.variables.extend(&told.variables);
        self.links.extend(&told.links);
    }

    /// All of it, shown plainly.
    fn plain(&self) -> impl Iterator<Item = (Id, Showing)> + '_ {
        let ids = self.variables.iter().chain(&self.links);
        ids.map(|id| (*id, Showing::Plain))
    }
}

/// The story of a diagram by its loops; `None` of one without variables.
///
/// The first loop is one of the largest part of the diagram whose variables all reach each other:
/// one that somebody has named, if there is such a loop, and of those the shortest. Each next one
/// adds fewest links to what is told, and of those shares most links with it. When nothing of a part
/// is left, the next largest follows. Where there are more loops than [`MOST_STEPS`] leave room for,
/// the first ones in that order are told, and the story says so.
///
/// The report may be cut off, or have a part of the loops: what is not in it is not told, and the
/// story does not claim more than its counts do.
#[must_use]
pub fn from_loops(document: &Document, report: &LoopReport) -> Option<StoryDraft> {
    let loops: Vec<&NamedLoop> = chosen(document, report);
    let first = match loops.first() {
        Some(first) => *first.variables.first()?,
        None => *document.variables().keys().next()?,
    };
    let mut told = Told::default();
    let mut steps = vec![opening(document, first)];
    told.variables.insert(first);
    if let Some(first) = loops.first()
        && steps.len() + first.links.len() + loops.len() + AROUND - 1 <= MOST_STEPS
    {
        link_by_link(document, first, &mut told, &mut steps);
    }
    for one in &loops {
        steps.push(loop_step(document, one, &told));
        told.add(one);
    }
    if !loops.is_empty() {
        steps.extend(hanging(document, &told));
    }
    steps.push(closing(report, loops.len()));
    Some(StoryDraft {
        name: "Loop by loop".to_owned(),
        steps,
    })
}

/// The loops that are told, in their order.
fn chosen<'r>(document: &Document, report: &'r LoopReport) -> Vec<&'r NamedLoop> {
    let graph = DiagramGraph::of(document);
    let components = strongly_connected_components(&graph.graph);
    let of_variable = graph.variables.iter().copied();
    let part_of: Records<u32> = of_variable
        .zip(components.of_variable().iter().copied())
        .collect();
    let sizes: Vec<usize> = components.members().iter().map(Vec::len).collect();
    let part = |one: &NamedLoop| {
        let first = one.variables.first()?;
        part_of.get(first).copied()
    };
    let is_unnamed = |one: &NamedLoop| {
        let label = document.label_of(&one.key);
        label.is_none_or(|(_, label)| label.name.trim().is_empty())
    };
    let mut left: Vec<(&NamedLoop, u32, bool)> = report
        .loops
        .iter()
        .filter_map(|one| Some((one, part(one)?, is_unnamed(one))))
        .collect();
    let mut told = Told::default();
    let mut chosen: Vec<&NamedLoop> = Vec::new();
    let mut here: Option<u32> = None;
    while chosen.len() < MOST_STEPS - AROUND {
        // Of two that are alike, the one that the report has first.
        let new = |one: &NamedLoop| {
            one.links
                .iter()
                .filter(|id| !told.links.contains(id))
                .count()
        };
        let next = left
            .iter()
            .enumerate()
            .min_by_key(|(number, (one, part, unnamed))| {
                let size = sizes.get(*part as usize).copied().unwrap_or_default();
                let is_elsewhere = here != Some(*part);
                let (new, length) = (new(one), one.links.len());
                let shared = length - new;
                let fit = match is_elsewhere {
                    // The first of its part.
                    true => (usize::from(*unnamed), length),
                    false => (new, usize::MAX - shared),
                };
                (is_elsewhere, std::cmp::Reverse(size), *part, fit, *number)
            });
        let Some((number, _)) = next else { break };
        let (one, part, _) = left.remove(number);
        here = Some(part);
        told.add(one);
        chosen.push(one);
    }
    chosen
}

fn name_of(document: &Document, id: Id) -> String {
    let name = document.variables().get(&id).map(|variable| &variable.name);
    literal(&in_sentence(name.map_or("", |name| name)))
}

/// What the diagram is for, and where the story begins.
fn opening(document: &Document, first: Id) -> StoryStep {
    let properties = document.properties();
    let title = match properties.title.trim() {
        "" => "Where it begins".to_owned(),
        title => title.to_owned(),
    };
    let purpose = literal(&properties.purpose);
    let begins = format!("It begins with {}.", name_of(document, first));
    let words = match purpose.is_empty() {
        true => begins,
        false => format!("{purpose}\n\n{begins}"),
    };
    StoryStep {
        title,
        words,
        marks: marked([], [first], Showing::Lit),
        rest: Rest::Hidden,
        ..blank_step()
    }
}

/// The first loop, one link at a time, but for the one that closes it.
fn link_by_link(
    document: &Document,
    first: &NamedLoop,
    told: &mut Told,
    steps: &mut Vec<StoryStep>,
) {
    let links = first.links.iter();
    for id in links.take(first.links.len() - 1) {
        let Some(link) = document.links().get(id) else {
            continue;
        };
        let (from, to) = (name_of(document, link.from), name_of(document, link.to));
        let words = match link.polarity {
            Polarity::Positive => format!("{from} up → {to} up"),
            Polarity::Negative => format!("{from} up → {to} down"),
            Polarity::Unknown => format!("{from} → {to}, no sign yet"),
        };
        let remark = literal(&link.remark);
        let words = match remark.is_empty() {
            true => words,
            false => format!("{words}\n\n{remark}"),
        };
        let name = document.variables().get(&link.to).map(|to| to.name.trim());
        steps.push(StoryStep {
            title: name.unwrap_or_default().to_owned(),
            words,
            marks: marked(told.plain(), [*id, link.to], Showing::Lit),
            rest: Rest::Hidden,
            ..blank_step()
        });
        told.variables.insert(link.to);
        told.links.insert(*id);
    }
}

/// A loop, lit in what is told.
fn loop_step(document: &Document, one: &NamedLoop, told: &Told) -> StoryStep {
    let label = document.label_of(&one.key).map(|(_, label)| label);
    let name = label.map_or("", |label| label.name.trim());
    let title = match (name, one.polarity) {
        ("", LoopPolarity::Reinforcing) => "A loop that reinforces".to_owned(),
        ("", LoopPolarity::Balancing) => "A loop that balances".to_owned(),
        ("", LoopPolarity::Undetermined) => "A loop without a sign yet".to_owned(),
        (name, _) => name.to_owned(),
    };
    let kind = match one.polarity {
        LoopPolarity::Reinforcing => {
            "The loop is **reinforcing**: a change comes back and adds to itself."
        }
        LoopPolarity::Balancing => {
            "The loop is **balancing**: a change comes back and works against itself."
        }
        LoopPolarity::Undetermined => {
            "The loop is **unsigned**: a link of it has no sign yet, so nobody can say whether it reinforces or balances."
        }
    };
    let sentence = literal(&one.sentence(document));
    let parts = one.variables.iter().chain(&one.links).copied();
    StoryStep {
        title,
        words: format!("{sentence}\n\n{kind}"),
        notes: label.map_or_else(String::new, |label| label.remark.clone()),
        marks: marked(told.plain(), parts, Showing::Lit),
        rest: Rest::Hidden,
        loops: [one.key.clone()].into(),
        ..blank_step()
    }
}

/// The variables that no told loop goes through, with their links; none where there are none.
fn hanging(document: &Document, told: &Told) -> Option<StoryStep> {
    let others = document.variables().keys().copied();
    let others: BTreeSet<Id> = others.filter(|id| !told.variables.contains(id)).collect();
    if others.is_empty() {
        return None;
    }
    let links = document.links().iter();
    let links = links.filter(|(_, link)| others.contains(&link.from) || others.contains(&link.to));
    let links: Vec<Id> = links.map(|(id, _)| *id).collect();
    let count = counted(others.len() as u64, "variable is", "variables are");
    Some(StoryStep {
        title: "What is around them".to_owned(),
        words: format!("{count} on none of the loops told so far."),
        marks: marked([], others.into_iter().chain(links), Showing::Lit),
        ..blank_step()
    })
}

/// Everything, and how many loops there are.
fn closing(report: &LoopReport, told: usize) -> StoryStep {
    let counts = report.counts;
    let all = counted(counts.total(), "loop", "loops");
    let how_many = match (report.completeness, counts.total()) {
        (Completeness::Exact, 0) => "It has no loops.".to_owned(),
        (Completeness::Exact, _) => format!("It has {all}."),
        (Completeness::SoFar, _) => {
            format!("It has {all} at least: the search for them was not finished.")
        }
        (Completeness::Saturated, _) => "It has more loops than can be counted.".to_owned(),
    };
    let signs = [
        (counts.reinforcing, "reinforcing"),
        (counts.balancing, "balancing"),
        (counts.undetermined, "unsigned"),
    ];
    let signs = signs.into_iter().filter(|(count, _)| *count > 0);
    let signs: Vec<String> = signs
        .map(|(count, word)| format!("- {} {word}", grouped(count)))
        .collect();
    let is_counted = report.completeness != Completeness::Saturated;
    let signs = if is_counted {
        signs.join("\n")
    } else {
        String::new()
    };
    let is_chosen = told as u64 != counts.total() || report.completeness != Completeness::Exact;
    let chosen = match told {
        _ if !is_chosen => String::new(),
        0 => String::new(),
        1 => "This story tells 1 of them, chosen because it is easy to follow, not because it matters most.".to_owned(),
        _ => format!(
            "This story tells {told} of them, chosen because they are easy to follow, not because they matter most."
        ),
    };
    let parts = [how_many, signs, chosen];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    StoryStep {
        title: "The whole".to_owned(),
        words: parts.join("\n\n"),
        view: StoryView::Fit,
        ..blank_step()
    }
}
