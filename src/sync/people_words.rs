//! Who is in a room, in words: the list of people, and what is read out.

use super::people::{Activity, NAMELESS, PeopleNews, Person, Who};
use super::presence::Editing;
use crate::model::{counted, isolated};

/// So many names are said; of the rest, how many there are.
const MOST_NAMES: usize = 3;
/// So many letters of what somebody writes are shown.
const MOST_LETTERS: usize = 40;

/// A line of the list of people, such as "Ana (you), hand up, in 2 tabs".
#[must_use]
pub fn words(person: &Person) -> String {
    let mut words = shown(&person.name);
    let tabs = match person.who {
        Who::You => {
            words.push_str(" (you)");
            person.pages.len() + 1
        }
        Who::Other => person.pages.len(),
    };
    if person.hand.is_some() {
        words.push_str(", hand up");
    }
    if person.drafts > 0 {
        words.push_str(", ");
        words.push_str(&counted(person.drafts, "draft", "drafts"));
    }
    if person.activity == Activity::Away {
        words.push_str(", away");
    }
    if tabs > 1 {
        words.push_str(", in ");
        words.push_str(&counted(tabs as u64, "tab", "tabs"));
    }
    words
}

/// How many there are, such as "4 people here".
#[must_use]
pub fn count_words(list: &[Person]) -> String {
    match list.len() {
        1 => "Only you here".to_owned(),
        count => format!("{count} people here"),
    }
}

/// What everybody reads while people write quietly, such as "Quiet writing: what you draw stays with
/// you until it is shown. 5 people, 17 drafts".
#[must_use]
pub fn quiet_words(list: &[Person]) -> String {
    let drafts = list
        .iter()
        .fold(0_u64, |sum, one| sum.saturating_add(one.drafts));
    format!(
        "Quiet writing: what you draw stays with you until it is shown. {}, {}",
        counted(list.len() as u64, "person", "people"),
        counted(drafts, "draft", "drafts"),
    )
}

/// What stands at a thing that somebody writes, such as "Ana is naming this: Trust".
#[must_use]
pub fn naming_words(name: &str, editing: &Editing) -> String {
    let does = match editing.field.as_str() {
        "name" => "naming",
        _ => "writing",
    };
    let written: String = editing.text.trim().chars().take(MOST_LETTERS).collect();
    let words = format!("{} is {does} this", shown(name));
    match written.as_str() {
        "" => words,
        written => format!("{words}: {}", isolated(&written.replace('\n', " "))),
    }
}

/// What is read out of who came and went, such as "Ana and Ben joined. Cem left."; none if nobody
/// did.
#[must_use]
pub fn announcement(news: &[PeopleNews]) -> Option<String> {
    let (mut came, mut went) = (Vec::new(), Vec::new());
    for one in news {
        match one {
            PeopleNews::Joined(name) => came.push(shown(name)),
            PeopleNews::Left(name) => went.push(shown(name)),
        }
    }
    let sentences = [(came, "joined."), (went, "left.")];
    let sentences: Vec<String> = sentences
        .iter()
        .filter(|(names, _)| !names.is_empty())
        .map(|(names, did)| format!("{} {did}", listed(names)))
        .collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// Who asks to speak that did not before, to be read out; none if nobody does.
#[must_use]
pub fn hands_words(before: &[Person], after: &[Person]) -> Option<String> {
    let was_up = |person| {
        let known = before.iter().find(|one| one.person == person);
        known.is_some_and(|one| one.hand.is_some())
    };
    let raised = after
        .iter()
        .filter(|one| one.who == Who::Other && one.hand.is_some() && !was_up(one.person));
    let names: Vec<String> = raised.map(|one| shown(&one.name)).collect();
    (!names.is_empty()).then(|| format!("{} asked to speak.", listed(&names)))
}

/// A name in a sentence, whatever way it is written.
fn shown(name: &str) -> String {
    isolated(if name.is_empty() { NAMELESS } else { name }).into_owned()
}

fn listed(names: &[String]) -> String {
    let (said, last) = match names {
        [] => return String::new(),
        [one] => return one.clone(),
        [said @ .., last] if names.len() <= MOST_NAMES => (said, last.clone()),
        _ => {
            let (said, others) = names.split_at(MOST_NAMES - 1);
            (said, counted(others.len() as u64, "other", "others"))
        }
    };
    format!("{} and {last}", said.join(", "))
}
