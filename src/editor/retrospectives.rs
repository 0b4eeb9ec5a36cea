//! Retrospectives: the sheet, its facts, what varied, the leverage point, and experiments. Each edit
//! is one step of the history.

use crate::model::{
    Behaviour, Document, Edit, Element, Experiment, Fact, Id, IdSource, Lever, LeverageLevel,
    Levers, Patch, Retrospective, Target, Variation, placed,
};

use super::stories::StepMove;
use super::typing::{one_line, tidied};

/// A text of the sheet of a retrospective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetText {
    /// What happened, in a sentence.
    Event,
    /// When it happened.
    When,
    /// Who takes part.
    People,
    /// Why the leverage point was chosen.
    Why,
}

/// A text of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactText {
    /// When it was.
    When,
    /// What was seen.
    What,
}

/// A text of an experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExperimentText {
    /// What we do.
    Action,
    /// What we expect of it.
    Outcome,
    /// Why we expect it.
    Because,
    /// By how much it should move something.
    Amount,
    /// Who looks after it.
    Owner,
    /// What was measured or seen.
    Measured,
    /// The unit of the numbers before and after.
    Unit,
    /// What was learned.
    Learned,
}

/// A new retrospective that says nothing yet, after all others; gives its id.
#[must_use]
pub fn begin_retrospective(document: &Document, ids: &mut IdSource) -> (Id, Patch) {
    let id = ids.fresh();
    let others = document.retrospectives_in_order();
    let others: Vec<(Id, i32)> = others.iter().map(|(id, one)| (*id, one.place)).collect();
    let mut edit = Edit::new(document);
    let sheet = Element::Retrospective(Retrospective::default());
    put(&mut edit, &others, others.len(), id, sheet);
    (id, edit.finish())
}

/// Writes a text of the sheet.
#[must_use]
pub fn write_sheet(document: &Document, sheet: Id, text: SheetText, words: &str) -> Patch {
    sheet_changed(document, sheet, |sheet| match text {
        SheetText::Event => sheet.event = one_line(words),
        SheetText::When => sheet.when = one_line(words),
        SheetText::People => sheet.people = one_line(words),
        SheetText::Why => sheet.why = tidied(words),
    })
}

/// What a line of a timeline says: when, and what. A time at its start, such as "14:02" or
/// "2026-11-27 14:02", is when; `None` of a line that says nothing.
#[must_use]
pub fn fact_of_line(line: &str) -> Option<(String, String)> {
    let line = line.trim().trim_start_matches(['-', '*', '•']).trim();
    let mut rest = line;
    let mut when: Vec<&str> = Vec::new();
    while let Some(word) = rest.split_whitespace().next().filter(|word| is_time(word)) {
        when.push(word.trim_end_matches([',', ':', '–']));
        rest = rest[word.len()..].trim_start();
    }
    let what = rest.trim_start_matches(['–', '—', '-', ':', '|']).trim();
    let when = when.join(" ");
    (!line.is_empty()).then(|| (when, what.to_owned()))
}

/// Whether a word is a time or a day: digits with a colon, or with two other signs among them. One
/// such sign alone, as in "1.5" and "3-4", makes a number.
fn is_time(word: &str) -> bool {
    let word = word.trim_matches(['[', ']', ',']);
    let word = word.trim_end_matches([':', '–', 'Z', 'h']);
    let is_sign = |sign: char| matches!(sign, ':' | '-' | '.' | '/' | 'T' | '+');
    word.starts_with(|sign: char| sign.is_ascii_digit())
        && word.ends_with(|sign: char| sign.is_ascii_digit() || sign == '.')
        && word
            .chars()
            .all(|sign| sign.is_ascii_digit() || is_sign(sign))
        && (word.contains(':') || word.matches(is_sign).count() >= 2)
}

/// Adds facts after all others of a timeline, each as when and what; gives their ids. Nothing where
/// the retrospective is gone.
#[must_use]
pub fn add_facts(
    document: &Document,
    sheet: Id,
    facts: &[(String, String)],
    ids: &mut IdSource,
) -> (Vec<Id>, Patch) {
    let mut edit = Edit::new(document);
    let mut made = Vec::new();
    if document.retrospectives().contains_key(&sheet) {
        let mut others = siblings_of(document, sheet, Lines::Facts);
        for (when, what) in facts {
            let fact = Fact {
                when: one_line(when.trim_matches(['[', ']'])),
                what: tidied(what),
                ..Fact::new(sheet)
            };
            let id = ids.fresh();
            let at = others.len();
            let place = put(&mut edit, &others, at, id, Element::Fact(fact));
            others.push((id, place));
            made.push(id);
        }
    }
    (made, edit.finish())
}

/// Writes a text of a fact.
#[must_use]
pub fn write_fact(document: &Document, fact: Id, text: FactText, words: &str) -> Patch {
    changed(document, fact, |element| {
        if let Element::Fact(fact) = element {
            match text {
                FactText::When => fact.when = one_line(words),
                FactText::What => fact.what = tidied(words),
            }
        }
    })
}

/// Adds something that varied, after all others; a variable of the same name is what varied. `None`
/// where the retrospective is gone.
#[must_use]
pub fn add_variation(
    document: &Document,
    sheet: Id,
    name: &str,
    how: Option<Behaviour>,
    ids: &mut IdSource,
) -> Option<(Id, Patch)> {
    document.retrospectives().get(&sheet)?;
    let name = one_line(name);
    let variation = Variation {
        variable: document.variable_named(&name),
        name,
        how,
        ..Variation::new(sheet)
    };
    let others = siblings_of(document, sheet, Lines::Variations);
    let id = ids.fresh();
    let mut edit = Edit::new(document);
    let element = Element::Variation(variation);
    put(&mut edit, &others, others.len(), id, element);
    Some((id, edit.finish()))
}

/// Gives another name to something that varied. It is the variable of that name from then on, if
/// there is one; else the variable that it was is called so as well.
#[must_use]
pub fn rename_variation(document: &Document, variation: Id, name: &str) -> Patch {
    let name = one_line(name);
    let mut edit = Edit::new(document);
    let Some(before) = document.variations().get(&variation) else {
        return edit.finish();
    };
    let was = document.variable_of(before);
    let is_named = was.and_then(|id| document.variables().get(&id));
    let shown = is_named.map_or(&before.name, |variable| &variable.name);
    if *shown == name {
        return edit.finish();
    }
    let other = document.variable_named(&name);
    let kept = was.filter(|_| !name.is_empty());
    edit.change(variation, |element| {
        if let Element::Variation(variation) = element {
            variation.variable = other.or(kept);
            variation.name.clone_from(&name);
        }
    });
    if let (None, Some(id)) = (other, kept) {
        edit.change(id, |element| {
            if let Element::Variable(variable) = element {
                variable.name = name;
            }
        });
    }
    edit.finish()
}

/// Says how something behaved, or that nobody knows.
#[must_use]
pub fn say_behaviour(document: &Document, variation: Id, how: Option<Behaviour>) -> Patch {
    changed(document, variation, |element| {
        if let Element::Variation(variation) = element {
            variation.how = how;
        }
    })
}

/// Chooses the leverage point, or none. What is said of its level on the diagram is taken over,
/// unless the sheet says something itself.
#[must_use]
pub fn choose_lever(document: &Document, sheet: Id, lever: Option<Lever>) -> Patch {
    let marked = lever
        .as_ref()
        .and_then(|lever| level_on_diagram(document, lever));
    sheet_changed(document, sheet, |sheet| {
        if sheet.lever != lever {
            sheet.level = marked.or(sheet.level.filter(|_| sheet.lever.is_none()));
            sheet.lever = lever;
        }
    })
}

/// Says what kind of leverage it is, or that nobody knows. A variable or link is marked with it on
/// the diagram as well.
#[must_use]
pub fn say_level(document: &Document, sheet: Id, level: Option<LeverageLevel>) -> Patch {
    let Some(before) = document.retrospectives().get(&sheet) else {
        return Patch::default();
    };
    let mut edit = Edit::new(document);
    edit.change(sheet, |element| {
        if let Element::Retrospective(sheet) = element {
            sheet.level = level;
        }
    });
    if let Some(Lever::Record(id)) = before.lever {
        edit.change(id, |element| match element {
            Element::Variable(variable) => variable.leverage = level,
            Element::Link(link) => link.leverage = level,
            _ => {}
        });
    }
    edit.finish()
}

/// The level that a variable or link is marked with.
fn level_on_diagram(document: &Document, lever: &Lever) -> Option<LeverageLevel> {
    let Lever::Record(id) = lever else {
        return None;
    };
    let variable = document.variables().get(id);
    let link = document.links().get(id);
    let of_variable = variable.and_then(|variable| variable.leverage);
    of_variable.or_else(|| link.and_then(|link| link.leverage))
}

/// Adds an experiment after all others. Of a retrospective it changes the leverage point, and is
/// about the variable that this is.
#[must_use]
pub fn add_experiment(document: &Document, sheet: Option<Id>, ids: &mut IdSource) -> (Id, Patch) {
    let lever = sheet.and_then(|sheet| document.retrospectives().get(&sheet)?.lever.clone());
    let lever = lever.filter(|lever| {
        let mut records = lever.records().iter();
        records.all(|id| document.kind_of(*id).is_some())
    });
    let target = match &lever {
        Some(Lever::Record(id)) if document.variables().contains_key(id) => {
            Some(Target::Variable(*id))
        }
        _ => None,
    };
    let experiment = Experiment {
        retrospective: sheet,
        changes: lever.into_iter().collect(),
        target,
        ..Experiment::default()
    };
    let others = document.experiments_in_order();
    let others: Vec<(Id, i32)> = others.iter().map(|(id, one)| (*id, one.place)).collect();
    let id = ids.fresh();
    let mut edit = Edit::new(document);
    let element = Element::Experiment(experiment);
    put(&mut edit, &others, others.len(), id, element);
    (id, edit.finish())
}

/// Writes a text of an experiment.
#[must_use]
pub fn write_experiment(
    document: &Document,
    experiment: Id,
    text: ExperimentText,
    words: &str,
) -> Patch {
    change_experiment(document, experiment, |experiment| match text {
        ExperimentText::Action => experiment.action = tidied(words),
        ExperimentText::Outcome => experiment.outcome = tidied(words),
        ExperimentText::Because => experiment.because = tidied(words),
        ExperimentText::Amount => experiment.amount = one_line(words),
        ExperimentText::Owner => experiment.owner = one_line(words),
        ExperimentText::Measured => experiment.measured = tidied(words),
        ExperimentText::Unit => experiment.unit = one_line(words),
        ExperimentText::Learned => experiment.learned = tidied(words),
    })
}

/// Adds something to what an experiment changes, or takes it away where it is there.
#[must_use]
pub fn toggle_change(document: &Document, experiment: Id, lever: &Lever) -> Patch {
    change_experiment(document, experiment, |experiment| {
        let others = experiment.changes.iter().filter(|one| *one != lever);
        let added = (!experiment.changes.contains(lever)).then(|| lever.clone());
        let changes: Levers = others.cloned().chain(added).collect();
        experiment.changes = changes;
    })
}

/// Changes an experiment.
#[must_use]
pub fn change_experiment(
    document: &Document,
    experiment: Id,
    change: impl FnOnce(&mut Experiment),
) -> Patch {
    changed(document, experiment, |element| {
        if let Element::Experiment(experiment) = element {
            change(experiment);
        }
    })
}

/// Moves a fact, something that varied or an experiment to a place in its list, counted from 0 among
/// the others; beyond the last it comes last.
#[must_use]
pub fn move_line_to(document: &Document, line: Id, place: usize) -> Patch {
    let (Some(mut others), Some(element)) = (line_list(document, line), document.element(line))
    else {
        return Patch::default();
    };
    let from = others.iter().position(|(id, _)| *id == line);
    others.retain(|(id, _)| *id != line);
    let place = place.min(others.len());
    let mut edit = Edit::new(document);
    if from != Some(place) {
        put(&mut edit, &others, place, line, element);
    }
    edit.finish()
}

/// Moves such a line by one place; nothing changes at either end of its list.
#[must_use]
pub fn move_line(document: &Document, line: Id, by: StepMove) -> Patch {
    let list = line_list(document, line).unwrap_or_default();
    let from = list.iter().position(|(id, _)| *id == line);
    let to = from.and_then(|from| match by {
        StepMove::Earlier => from.checked_sub(1),
        StepMove::Later => Some(from + 1),
    });
    to.map_or_else(Patch::default, |to| move_line_to(document, line, to))
}

/// Removes a retrospective with its facts and what varied, or one of its lines, or an experiment.
#[must_use]
pub fn remove_line(document: &Document, id: Id) -> Patch {
    let mut edit = Edit::new(document);
    let is_ours = document.retrospectives().contains_key(&id) || place_of(document, id).is_some();
    if is_ours {
        edit.remove(id);
    }
    edit.finish()
}

/// A list of a retrospective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lines {
    Facts,
    Variations,
    Experiments,
}

/// The lines of a list, each with its place, in their order.
fn siblings_of(document: &Document, sheet: Id, lines: Lines) -> Vec<(Id, i32)> {
    let facts = document.facts_of(sheet).into_iter();
    match lines {
        Lines::Facts => facts.map(|(id, one)| (id, one.place)).collect(),
        Lines::Variations => {
            let all = document.variations_of(sheet).into_iter();
            all.map(|(id, one)| (id, one.place)).collect()
        }
        Lines::Experiments => {
            let all = document.experiments_of(sheet).into_iter();
            all.map(|(id, one)| (id, one.place)).collect()
        }
    }
}

/// The list that a line stands in.
fn line_list(document: &Document, line: Id) -> Option<Vec<(Id, i32)>> {
    if let Some(fact) = document.facts().get(&line) {
        return Some(siblings_of(document, fact.retrospective, Lines::Facts));
    }
    if let Some(variation) = document.variations().get(&line) {
        let sheet = variation.retrospective;
        return Some(siblings_of(document, sheet, Lines::Variations));
    }
    let experiment = document.experiments().get(&line)?;
    Some(match experiment.retrospective {
        Some(sheet) => siblings_of(document, sheet, Lines::Experiments),
        None => {
            let all = document.experiments_in_order().into_iter();
            all.map(|(id, one)| (id, one.place)).collect()
        }
    })
}

/// The ids of the list that a line stands in, and its place, counted from 0.
#[must_use]
pub fn place_of(document: &Document, line: Id) -> Option<(Vec<Id>, usize)> {
    let list: Vec<Id> = line_list(document, line)?
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    let at = list.iter().position(|id| *id == line)?;
    Some((list, at))
}

/// Puts a line at an index among the others of its list; gives its place.
fn put(
    edit: &mut Edit<'_>,
    others: &[(Id, i32)],
    index: usize,
    id: Id,
    mut element: Element,
) -> i32 {
    let places: Vec<i32> = others.iter().map(|(_, place)| *place).collect();
    let put = placed(&places, index);
    set_place(&mut element, put.place);
    edit.set(id, Some(element));
    for (index, place) in put.others {
        if let Some((other, _)) = others.get(index) {
            edit.change(*other, |element| set_place(element, place));
        }
    }
    put.place
}

const fn set_place(element: &mut Element, place: i32) {
    match element {
        Element::Retrospective(sheet) => sheet.place = place,
        Element::Fact(fact) => fact.place = place,
        Element::Variation(variation) => variation.place = place,
        Element::Experiment(experiment) => experiment.place = place,
        _ => {}
    }
}

fn sheet_changed(document: &Document, sheet: Id, change: impl FnOnce(&mut Retrospective)) -> Patch {
    changed(document, sheet, |element| {
        if let Element::Retrospective(sheet) = element {
            change(sheet);
        }
    })
}

fn changed(document: &Document, id: Id, change: impl FnOnce(&mut Element)) -> Patch {
    let mut edit = Edit::new(document);
    edit.change(id, change);
    edit.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_timeline_begins_with_its_time() {
        for (line, when, what) in [
            ("14:02 Deployment began", "14:02", "Deployment began"),
            ("2026-11-27 14:02: Alarm", "2026-11-27 14:02", "Alarm"),
            (
                "2026-11-27T14:02:11Z – Alarm",
                "2026-11-27T14:02:11Z",
                "Alarm",
            ),
            ("- 27.11. 14:02 | Alarm", "27.11. 14:02", "Alarm"),
            ("Payments were down", "", "Payments were down"),
            ("3 reviews were open", "", "3 reviews were open"),
            ("40 % fewer orders", "", "40 % fewer orders"),
            ("1.5 times the load", "", "1.5 times the load"),
            ("3-4 people waited", "", "3-4 people waited"),
            ("14:02", "14:02", ""),
            ("الساعة بدأت", "", "الساعة بدأت"),
        ] {
            let expected = (when.to_owned(), what.to_owned());
            assert_eq!(fact_of_line(line), Some(expected), "{line}");
        }
        assert_eq!(fact_of_line("  - "), None);
    }
}
