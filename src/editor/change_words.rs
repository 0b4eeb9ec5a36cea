//! What a change did, in a few words: for who cannot see the canvas, and for the list of versions.

use crate::model::{
    Change, Colour, Comment, Delay, Document, Edge, Element, ElementKind, Id, Measures, Patch,
    Strength, Tags, Variable, VariableKind, in_sentence, isolated, measure_text,
};

use super::describe::{describe, role_of, spoken};
use super::typing::one_line;

/// What a change did to a document that is now `document`, such as "2 variables and 1 link added.
/// Batch size moved"; empty if there is nothing to say.
#[must_use]
pub fn describe_change(patch: &Patch, document: &Document) -> String {
    if let Some(words) = of_thread(patch, document) {
        return words;
    }
    if let Some(words) = of_images(patch) {
        return words;
    }
    if let Some(words) = of_new_flow(patch, document) {
        return words;
    }
    let [mut added, mut removed, mut moved, mut changed] = [const { Vec::new() }; 4];
    for (id, change) in patch.changes.iter() {
        match (&change.before, &change.after) {
            (None, Some(after)) => added.push((*id, after)),
            (Some(before), None) => removed.push((*id, before)),
            (Some(before), Some(after)) if only_moves(before, after) => moved.push((*id, after)),
            (Some(_), Some(after)) => changed.push((*id, after)),
            (None, None) => {}
        }
    }
    // What follows from a name goes without saying.
    if patch.changes.values().any(is_renamed) {
        let follows = |id: &Id| patch.changes.get(id).is_some_and(only_equation);
        changed.retain(|(id, _)| !follows(id));
    }
    let mut words = Vec::new();
    let mut say = |what: Option<String>, verb: &str| {
        words.extend(what.map(|what| format!("{what} {verb}")));
    };
    say(named(&added), "added");
    say(named(&removed), "removed");
    match changed[..] {
        [(id, _)] => words.extend(
            patch
                .changes
                .get(&id)
                .map(|change| detail(id, change, document)),
        ),
        _ => {
            let look = common_look(changed.iter().filter_map(|(id, _)| patch.changes.get(id)));
            words.extend(grouped(&changed).map(|what| match look {
                Some(look) => format!("{what}: {look}"),
                None => format!("{what} changed"),
            }));
        }
    }
    words.extend(named(&moved).map(|what| format!("{what} moved")));
    if let Some((before, after)) = &patch.properties {
        let parts = [
            ("Title", before.title != after.title),
            ("Purpose", before.purpose != after.purpose),
            ("Settings of the stream", before.stream != after.stream),
            ("Settings of runs", before.run != after.run),
        ];
        let parts = parts.iter().filter(|(_, is_changed)| *is_changed);
        words.extend(parts.map(|(part, _)| format!("{part} changed")));
    }
    words.join(". ")
}

/// What became of one thread, if a change is about its comments alone.
fn of_thread(patch: &Patch, document: &Document) -> Option<String> {
    let comments = patch.changes.values().map(|change| {
        let side = |element: &Option<Element>| match element {
            Some(Element::Comment(comment)) => Some(comment.clone()),
            _ => None,
        };
        (side(&change.before), side(&change.after))
    });
    let comments: Vec<_> = comments.collect();
    let about = |(before, after): &(Option<Comment>, Option<Comment>)| {
        let comment = after.as_ref().or(before.as_ref());
        comment.map(|comment| comment.about)
    };
    let first = about(comments.first()?)?;
    let is_alone = patch.properties.is_none() && patch.source_text.is_none();
    if !is_alone || comments.iter().any(|pair| about(pair) != Some(first)) {
        return None;
    }
    let all = |is: fn(&(Option<Comment>, Option<Comment>)) -> bool| comments.iter().all(is);
    let verb = if all(|(before, _)| before.is_none()) {
        "added"
    } else if all(|(_, after)| after.is_none()) {
        "removed"
    } else if all(|pair| matches!(pair, (Some(b), Some(a)) if !b.resolved && a.resolved)) {
        "resolved"
    } else if all(|pair| matches!(pair, (Some(b), Some(a)) if b.resolved && !a.resolved)) {
        "opened again"
    } else {
        "changed"
    };
    let what = if comments.len() == 1 {
        "Comment"
    } else {
        "Comments"
    };
    Some(format!("{what} on {} {verb}", describe(document, first)))
}

/// A flow that was made with its pipe, if a change is about that alone.
fn of_new_flow(patch: &Patch, document: &Document) -> Option<String> {
    let mut rate = None;
    for (id, change) in patch.changes.iter() {
        match (&change.before, &change.after) {
            (None, Some(Element::Variable(made))) if made.kind == VariableKind::Rate => {
                if rate.replace(*id).is_some() {
                    return None;
                }
            }
            (None, Some(Element::Link(_))) => {}
            _ => return None,
        }
    }
    let rate = rate.filter(|rate| document.variables().contains_key(rate))?;
    let mut made = patch.changes.values();
    let is_own = made.all(|change| match &change.after {
        Some(Element::Link(link)) => link.from == rate,
        _ => true,
    });
    let is_alone = patch.properties.is_none() && patch.source_text.is_none();
    let variable = document.variables().get(&rate);
    let is_named = variable.is_some_and(|variable| !variable.name.trim().is_empty());
    let words = match role_of(document, rate) {
        // Its name comes next.
        Some(role) if !is_named => format!("F{} added", role.trim_start_matches('f')),
        _ => format!("{} added", spoken(document, rate)),
    };
    (is_own && is_alone && patch.changes.len() > 1).then_some(words)
}

/// What became of the image of one note, if a change is about that alone.
fn of_images(patch: &Patch) -> Option<String> {
    let (mut is_added, mut is_removed) = (false, false);
    for change in patch.changes.values() {
        match (&change.before, &change.after) {
            (None, Some(Element::Image(_))) => is_added = true,
            (Some(Element::Image(_)), None) => is_removed = true,
            // What the image showed goes with it.
            (Some(Element::Note(before)), Some(Element::Note(after))) => {
                let mut there = before.clone();
                there.alt.clone_from(&after.alt);
                if there != *after {
                    return None;
                }
            }
            _ => return None,
        }
    }
    let is_alone = patch.properties.is_none() && patch.source_text.is_none();
    let words = match (is_added, is_removed) {
        (true, true) => "Image replaced",
        (true, false) => "Image added",
        (false, true) => "Image removed",
        (false, false) => return None,
    };
    is_alone.then(|| words.to_owned())
}

/// Whether a record differs in where it stands, or how it bends, and in nothing else. A story stands
/// in a list, and its step in the story; what is written down in a retrospective likewise.
fn only_moves(before: &Element, after: &Element) -> bool {
    let mut there = before.clone();
    if let (Some(place), Some(to)) = (there.placement_mut(), after.placement()) {
        place.position = to.position;
    }
    if let (Some(edge), Some(to)) = (there.edge(), after.edge()) {
        there.set_edge(Edge {
            bend: to.bend,
            corner: to.corner,
            ..edge
        });
    }
    if let (Element::LoopLabel(label), Element::LoopLabel(to)) = (&mut there, after) {
        label.badge_offset = to.badge_offset;
    }
    match (&mut there, after) {
        (Element::Story(story), Element::Story(to)) => story.place = to.place,
        (Element::StoryStep(step), Element::StoryStep(to)) => step.place = to.place,
        (Element::Retrospective(sheet), Element::Retrospective(to)) => sheet.place = to.place,
        (Element::Fact(fact), Element::Fact(to)) => fact.place = to.place,
        (Element::Variation(one), Element::Variation(to)) => one.place = to.place,
        (Element::Experiment(one), Element::Experiment(to)) => one.place = to.place,
        _ => {}
    }
    there == *after
}

/// Whether a variable is called otherwise.
fn is_renamed(change: &Change) -> bool {
    match (&change.before, &change.after) {
        (Some(Element::Variable(before)), Some(Element::Variable(after))) => {
            before.name != after.name
        }
        _ => false,
    }
}

/// Whether a variable differs in its equation, and in nothing else.
fn only_equation(change: &Change) -> bool {
    match (&change.before, &change.after) {
        (Some(Element::Variable(before)), Some(Element::Variable(after))) => {
            let mut there = before.clone();
            there.equation.clone_from(&after.equation);
            before != after && there == *after
        }
        _ => false,
    }
}

/// What became of what makes a variable computable, if anything did.
fn computed_words(before: &Variable, after: &Variable) -> Option<&'static str> {
    let is_gone = |before: bool, after: bool| before && !after;
    let has = |variable: &Variable| !variable.equation.is_empty();
    Some(if before.equation != after.equation {
        match is_gone(has(before), has(after)) {
            true => "equation removed",
            false => "equation changed",
        }
    } else if before.table != after.table {
        match is_gone(before.table.is_some(), after.table.is_some()) {
            true => "table removed",
            false => "table changed",
        }
    } else if before.units != after.units {
        "units changed"
    } else if before.range != after.range {
        "range changed"
    } else if before.non_negative != after.non_negative {
        match after.non_negative {
            true => "never below 0",
            false => "may be below 0",
        }
    } else {
        return None;
    })
}

/// What became of the look of records, if that alone became of each of them, and the same.
fn common_look<'a>(changes: impl Iterator<Item = &'a Change>) -> Option<String> {
    let mut words = changes.map(|change| {
        let (before, after) = (change.before.as_ref()?, change.after.as_ref()?);
        look_words(before, after)
    });
    let first = words.next()??;
    words
        .all(|other| other.as_ref() == Some(&first))
        .then_some(first)
}

/// What became of the look of a record, if nothing else changed.
fn look_words(before: &Element, after: &Element) -> Option<String> {
    let (was, is) = (before.look(), after.look());
    let mut there = before.clone();
    there.set_look(is);
    if was == is || there != *after {
        return None;
    }
    let mut words = Vec::new();
    if was.colour != is.colour {
        let colour = is.colour.flatten();
        words.push(colour.map_or("no colour", Colour::name).to_owned());
    }
    if let Some(size) = is.size.filter(|_| was.size != is.size) {
        words.push(size.name().to_owned());
    }
    if let Some(strength) = is.strength.filter(|_| was.strength != is.strength) {
        words.push(match strength {
            Strength::Medium => "medium strength".to_owned(),
            Strength::Weak | Strength::Strong => strength.name().to_owned(),
        });
    }
    if let Some(is_on) = is.emphasis.filter(|_| was.emphasis != is.emphasis) {
        words.push(
            if is_on {
                "emphasized"
            } else {
                "no longer emphasized"
            }
            .to_owned(),
        );
    }
    Some(words.join(", "))
}

/// What a change removes, such as "2 links"; `None` if nothing.
#[must_use]
pub fn removed_in(patch: &Patch) -> Option<String> {
    let changes = patch.changes.iter();
    let removed = changes.filter_map(|(id, change)| match (&change.before, &change.after) {
        (Some(before), None) => Some((*id, before)),
        _ => None,
    });
    named(&removed.collect::<Vec<_>>())
}

/// One variable or step by its name, anything else by its number.
fn named(records: &[(Id, &Element)]) -> Option<String> {
    match records {
        [(_, element)] => match name_of(element) {
            Some(name) if !name.trim().is_empty() => Some(in_sentence(name)),
            _ => grouped(records),
        },
        _ => grouped(records),
    }
}

fn name_of(element: &Element) -> Option<&str> {
    match element {
        Element::Variable(variable) => Some(&variable.name),
        Element::Station(station) => Some(&station.name),
        Element::Frame(frame) => Some(&frame.title),
        Element::Improvement(improvement) => Some(&improvement.name),
        Element::Scenario(scenario) => Some(&scenario.name),
        Element::Story(story) => Some(&story.name),
        Element::StoryStep(step) => Some(&step.title),
        Element::Retrospective(sheet) => Some(&sheet.event),
        Element::Variation(variation) => Some(&variation.name),
        _ => None,
    }
}

/// Records by their number, such as "2 variables and 1 link"; `None` without any.
fn grouped(records: &[(Id, &Element)]) -> Option<String> {
    let mut groups: Vec<(ElementKind, usize)> = Vec::new();
    for (_, element) in records {
        let kind = element.kind();
        match groups.iter_mut().find(|(other, _)| *other == kind) {
            Some((_, count)) => *count += 1,
            None => groups.push((kind, 1)),
        }
    }
    groups.sort_by_key(|(kind, _)| *kind as u8);
    let words: Vec<String> = groups
        .into_iter()
        .map(|(kind, count)| counted(kind, count))
        .collect();
    match words.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [most @ .., last] => Some(format!("{} and {last}", most.join(", "))),
    }
}

fn counted(kind: ElementKind, count: usize) -> String {
    let (one, many) = match kind {
        ElementKind::Variable => ("variable", "variables"),
        ElementKind::Link => ("link", "links"),
        ElementKind::Note => ("note", "notes"),
        ElementKind::LoopLabel => ("loop name", "loop names"),
        ElementKind::Station => ("step", "steps"),
        ElementKind::Flow => ("flow", "flows"),
        ElementKind::FindingReview => ("answer to a finding", "answers to findings"),
        ElementKind::Frame => ("frame", "frames"),
        ElementKind::Comment => ("comment", "comments"),
        ElementKind::Image => ("image", "images"),
        ElementKind::Improvement => ("improvement", "improvements"),
        ElementKind::Scenario => ("scenario", "scenarios"),
        ElementKind::Story => ("story", "stories"),
        ElementKind::StoryStep => ("step of a story", "steps of a story"),
        ElementKind::Retrospective => ("retrospective", "retrospectives"),
        ElementKind::Fact => ("fact", "facts"),
        ElementKind::Variation => ("thing that varied", "things that varied"),
        ElementKind::Experiment => ("experiment", "experiments"),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}

/// What became of one record.
fn detail(id: Id, change: &Change, document: &Document) -> String {
    let what = describe(document, id);
    match (&change.before, &change.after) {
        (Some(before), Some(after)) if look_words(before, after).is_some() => {
            let look = look_words(before, after).unwrap_or_default();
            // What is strong or weak says so by itself.
            let was = before.look().strength;
            match after.look().strength {
                now if now == was || now == Some(Strength::Medium) => format!("{what}: {look}"),
                _ => what,
            }
        }
        (Some(before), Some(after)) if name_of(before) != name_of(after) => {
            let [old, new] = [before, after].map(|record| name_of(record).unwrap_or_default());
            match (old.trim(), new.trim()) {
                (old, "") => format!("Name {} removed", isolated(old)),
                ("", new) => format!("Named {}", isolated(new)),
                (old, new) => format!("{} renamed {}", isolated(old), isolated(new)),
            }
        }
        (Some(before), Some(after))
            if before.placement().map(|at| at.locked) != after.placement().map(|at| at.locked) =>
        {
            let is_locked = after.placement().is_some_and(|at| at.locked);
            format!("{what} {}", if is_locked { "locked" } else { "unlocked" })
        }
        (Some(before), Some(after)) if before.tags() != after.tags() => {
            let tags = after.tags().map(Tags::written).unwrap_or_default();
            match tags.as_str() {
                "" => format!("{what} has no tags"),
                tags => format!("{what} tagged {}", isolated(tags)),
            }
        }
        (Some(Element::Variable(before)), Some(Element::Variable(after)))
            if before.kind != after.kind =>
        {
            match (before.kind, after.kind) {
                (_, VariableKind::Stock) => format!("{what} is a stock"),
                (_, VariableKind::Rate) => format!("{what} is a flow"),
                (VariableKind::Rate, VariableKind::Plain) => format!("{what} is no longer a flow"),
                (_, VariableKind::Plain) => format!("{what} is no longer a stock"),
            }
        }
        (Some(Element::Variable(before)), Some(Element::Variable(after)))
            if computed_words(before, after).is_some() =>
        {
            let words = computed_words(before, after).unwrap_or_default();
            format!("{what}: {words}")
        }
        (Some(Element::Link(before)), Some(Element::Link(after)))
            if (before.polarity, before.delay) != (after.polarity, after.delay) =>
        {
            let ends = before.delay == Delay::Delayed && after.delay == Delay::None;
            format!("{what}{}", if ends { ", no longer delayed" } else { "" })
        }
        (Some(Element::Link(before)), Some(Element::Link(after)))
            if before.label != after.label =>
        {
            let removed = after.label.trim().is_empty();
            format!("{what}{}", if removed { ": label removed" } else { "" })
        }
        (Some(Element::Station(before)), Some(Element::Station(after)))
            if before.value != after.value =>
        {
            format!("{what}: {}", after.value.name())
        }
        (Some(Element::Station(before)), Some(Element::Station(after)))
            if before.measures != after.measures =>
        {
            format!("{what}: {}", measures(&before.measures, &after.measures))
        }
        (Some(Element::Flow(before)), Some(Element::Flow(after)))
            if before.measures != after.measures =>
        {
            format!("{what}: {}", measures(&before.measures, &after.measures))
        }
        (Some(Element::Frame(before)), Some(Element::Frame(after)))
            if (before.width, before.height) != (after.width, after.height) =>
        {
            format!("{what} resized")
        }
        (Some(Element::Frame(before)), Some(Element::Frame(after)))
            if before.limit != after.limit =>
        {
            match &after.limit {
                Some(limit) => format!("{what}: at most {}", measure_text(limit)),
                None => format!("{what}: limit removed"),
            }
        }
        (Some(Element::Note(before)), Some(Element::Note(after))) if before.alt != after.alt => {
            match after.alt.trim() {
                "" => format!("{what}: description removed"),
                _ => format!("{what}: description changed"),
            }
        }
        (_, Some(Element::Note(note))) => {
            format!("Note changed: {}", isolated(&one_line(&note.text)))
        }
        (_, Some(Element::LoopLabel(label))) if !label.name.trim().is_empty() => {
            format!("Loop {} changed", isolated(label.name.trim()))
        }
        (_, Some(Element::LoopLabel(_))) => "Loop name changed".to_owned(),
        (_, Some(Element::FindingReview(_))) => "Answer to a finding changed".to_owned(),
        _ => format!("{what} changed"),
    }
}

/// The measures that differ, as they are now.
fn measures(before: &Measures, after: &Measures) -> String {
    let mut words = Vec::new();
    for (kind, measure) in after.iter() {
        if before.get(kind) != Some(measure) {
            words.push(format!("{} {}", kind.name(), measure_text(measure)));
        }
    }
    for (kind, _) in before.iter() {
        if after.get(kind).is_none() {
            words.push(format!("{} removed", kind.name()));
        }
    }
    words.join(", ")
}
