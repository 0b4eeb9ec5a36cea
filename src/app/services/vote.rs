//! A vote with dots in the room.
//!
//! While it is open the own dots stay on this page, in the browser's storage, where all pages of the
//! person share them. Once it is closed each page sends them as a ballot with a random id, and who
//! sent which is written down nowhere.

use leptos::prelude::*;

use crate::app::browser::random_id;
use crate::app::browser::storage::LocalStorage;
use crate::app::services::room_program::send;
use crate::app::services::vote_results::{
    Tally, all_marks, own_marks, results, sentence_of, target_of, words_of,
};
use crate::app::services::{frame, notify, people};
use crate::app::state::{App, Tone, VoteView, name_of};
use crate::editor::{Access, Command, DotWay, Event, Voting};
use crate::model::{Document, Edit, Element, Id, Lever, Note, Placement, isolated};
use crate::store::rooms::{self, VoteRecord};
use crate::sync::{DotTarget, Poll, PollNews, Stage, Vote};
use crate::together::Request;
use crate::worker::Row;

/// So many lines of the result are in a note at most.
const MOST_LINES: usize = 40;

/// Whether this page has something to tell that nobody else has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spread {
    /// It has.
    Own,
    /// It has only heard of something.
    Heard,
}

/// This page came into the room of the open document.
pub fn come(app: App) {
    app.change(|core| {
        let id = core.id;
        if let Some(people) = &mut core.people {
            people.vote.own = rooms::vote(&LocalStorage, id);
        }
    });
}

/// Whom this page tells has heard nothing yet.
pub fn tell_anew(app: App) {
    tell(app, Spread::Own);
}

/// Begins a vote for everybody.
pub fn begin(app: App, question: &str, dots: usize) {
    say(app, |poll, own| {
        poll.begin(random_id(), question, dots, own)
    });
    notify::announce(app, "The vote has begun");
}

/// Closes the vote for everybody.
pub fn close(app: App) {
    say(app, Poll::close);
    let words = format!("The vote is closed. {}", leaders(app));
    notify::announce(app, words);
}

/// Puts the vote away for everybody.
pub fn end(app: App) {
    say(app, Poll::end);
    forget_own(app);
    notify::announce(app, "The vote was put away");
}

/// Says a word for everybody.
fn say(app: App, word: impl FnOnce(&mut Poll, Id)) {
    app.change(|core| {
        if let Some(people) = core.people.as_mut() {
            word(&mut people.vote.poll, people.own.id);
        }
    });
    changed(app, Spread::Own);
}

/// Hears what another page knows of the vote. What cannot be read is not heard.
pub fn hear(app: App, text: &str) {
    let Ok(told) = Poll::read(text) else {
        return;
    };
    let news = app.change(|core| core.people.as_mut()?.vote.poll.hear(&told));
    let Some(news) = news else {
        return;
    };
    if matches!(news, PollNews::Ended(_)) {
        forget_own(app);
    }
    changed(app, Spread::Heard);
    let words = match news {
        PollNews::Began(by) => {
            let words = app.vote.with_untracked(|view| {
                let vote = view.as_ref().map(|view| &view.vote)?;
                let question = question_of(vote);
                Some(format!("{question}, {} each", dots_in_words(vote.dots)))
            });
            let words = words.unwrap_or_default();
            format!("{} asks for a vote: {words}", name(app, by))
        }
        PollNews::Closed(by) => format!("{} closed the vote", name(app, by)),
        PollNews::Ended(by) => format!("{} put the vote away", name(app, by)),
        // Each ballot by itself is no news; the list changes.
        PollNews::Counted => return,
    };
    notify::announce(app, words);
}

/// Another page of this browser may have given a dot.
pub fn follow_tab(app: App, key: Option<&str>) {
    let is_of_this = app
        .with(|core| core.people.is_some() && key.is_none_or(|key| rooms::is_vote(key, core.id)));
    if is_of_this {
        come(app);
        show(app);
    }
}

/// Gives a dot of the person before this page to a record or a loop, or takes one back.
pub fn dot(app: App, lever: &Lever, way: DotWay) {
    let name = app.with(|core| words_of(&core.editor, lever));
    let name = name.unwrap_or_default();
    dot_target(app, DotTarget::of(lever), &name, way);
}

/// The same for the finding that a row of the checks is; nothing for any other row.
pub fn dot_finding(app: App, row: &Row, way: DotWay) {
    if let Some(target) = target_of(row) {
        // What is said goes on after the sentence.
        let sentence = sentence_of(row).trim_end_matches('.');
        dot_target(app, target, &format!("the finding: {sentence}"), way);
    }
}

fn dot_target(app: App, target: DotTarget, name: &str, way: DotWay) {
    let text = target.to_string();
    let words = change_own(app, |dots, vote| match way {
        DotWay::Give if dots.len() >= vote.dots => {
            Err("You have given all your dots. Take one back first.")
        }
        DotWay::Give => {
            dots.push(text);
            Ok(format!("A dot for {name}"))
        }
        DotWay::TakeBack => match dots.iter().rposition(|one| *one == text) {
            Some(at) => {
                dots.remove(at);
                Ok(format!("A dot back from {name}"))
            }
            None => Err("None of your dots is there."),
        },
    });
    tell_person(app, words);
}

/// Takes the dot back that was given last.
pub fn take_last(app: App) {
    let words = change_own(app, |dots, _| match dots.pop() {
        Some(_) => Ok("The last dot is back".to_owned()),
        None => Err("You have given no dot yet."),
    });
    tell_person(app, words);
}

fn tell_person(app: App, words: Option<Result<String, &'static str>>) {
    match words {
        Some(Ok(words)) => {
            let left = app
                .vote
                .with_untracked(|view| view.as_ref().map_or(0, left));
            notify::announce(app, format!("{words}. {} left", dots_in_words(left)));
        }
        Some(Err(why)) => notify::show(app, why, Tone::Info, None),
        None => {}
    }
}

/// Changes the own dots of the vote that is open; none where there is none.
fn change_own<T>(
    app: App,
    change: impl FnOnce(&mut Vec<String>, &Vote) -> Result<T, &'static str>,
) -> Option<Result<T, &'static str>> {
    let result = app.change(|core| {
        let id = core.id;
        if core.editor.access() != Access::Edit {
            return None;
        }
        let here = &mut core.people.as_mut()?.vote;
        let vote = here.poll.vote().filter(|vote| vote.stage == Stage::Open)?;
        // Another page of this browser may have given one a moment ago.
        let kept = rooms::vote(&LocalStorage, id).or_else(|| here.own.take());
        let mut own = kept
            .filter(|own| own.vote == vote.id)
            .unwrap_or_else(|| VoteRecord {
                vote: vote.id,
                ballot: random_id(),
                dots: Vec::new(),
            });
        let result = change(&mut own.dots, vote);
        // Where the storage is blocked they hold until the page is closed.
        let _ = rooms::keep_vote(&LocalStorage, id, &own);
        here.own = Some(own);
        Some(result)
    });
    show(app);
    result
}

fn forget_own(app: App) {
    app.change(|core| {
        // Where the storage cannot be written they stay until the next vote.
        let _ = rooms::forget_vote(&LocalStorage, core.id);
        if let Some(people) = &mut core.people {
            people.vote.own = None;
        }
    });
}

/// Something is known of the vote that was not known before.
fn changed(app: App, spread: Spread) {
    let has_cast = app.change(|core| {
        let can_vote = core.editor.access() == Access::Edit;
        let here = &mut core.people.as_mut().filter(|_| can_vote)?.vote;
        let own = here.own.as_ref()?;
        let dots = dots_of(own);
        Some(here.poll.cast(own.vote, own.ballot, dots))
    });
    let spread = match has_cast {
        Some(true) => Spread::Own,
        _ => spread,
    };
    tell(app, spread);
    show(app);
}

fn tell(app: App, spread: Spread) {
    app.change(|core| {
        let text = core.people.as_ref()?.vote.poll.write()?;
        let program = core.room.as_mut()?.program.as_mut()?;
        let request = match spread {
            Spread::Own => Request::TellPoll(text),
            Spread::Heard => Request::PassPoll(text),
        };
        send(program, request);
        Some(())
    });
}

/// Brings what is shown to what is known of the vote and of the document.
pub fn show(app: App) {
    let shown = app.change(|core| {
        let here = &core.people.as_ref()?.vote;
        let vote = here.poll.vote().cloned();
        let own = here.own.as_ref().zip(vote.as_ref());
        let own = own.filter(|(own, vote)| own.vote == vote.id);
        let own = own.map(|(own, _)| tally_of(own)).unwrap_or_default();
        let view = vote.map(|vote| VoteView {
            own: own.clone(),
            results: results(app, core, &here.poll),
            ballots: here.poll.ballots().len(),
            vote,
        });
        let marks = view.as_ref().map(|view| match view.vote.stage {
            Stage::Open => own_marks(core, &own),
            Stage::Closed | Stage::Over => all_marks(&view.results),
        });
        let marks = marks.unwrap_or_default();
        let is_open = view
            .as_ref()
            .is_some_and(|view| view.vote.stage == Stage::Open);
        let can_vote = is_open && core.editor.access() == Access::Edit;
        let voting = if can_vote { Voting::Open } else { Voting::Off };
        core.editor.set_voting(voting);
        let here = &mut core.people.as_mut()?.vote;
        let is_new = here.marks != marks;
        here.marks = marks;
        Some((view, is_new))
    });
    let Some((view, is_new)) = shown else {
        return;
    };
    if is_new {
        frame::request(app);
    }
    if app.vote.with_untracked(|before| *before != view) {
        app.vote.set(view);
        app.mode.update(|version| *version += 1);
        people::note(app);
    }
}

/// The dots of a ballot that name something.
fn dots_of(own: &VoteRecord) -> Vec<DotTarget> {
    let dots = own.dots.iter().filter_map(|text| text.parse().ok());
    dots.collect()
}

fn tally_of(own: &VoteRecord) -> Tally {
    let mut tally = Tally::new();
    for target in dots_of(own) {
        *tally.entry(target).or_default() += 1;
    }
    tally
}

/// How many dots the person before this page has left.
#[must_use]
pub fn left(view: &VoteView) -> usize {
    view.vote.dots.saturating_sub(view.given())
}

/// What is asked, as it is shown.
#[must_use]
pub fn question_of(vote: &Vote) -> String {
    match vote.question.as_str() {
        "" => "Vote with dots".to_owned(),
        question => isolated(question).into_owned(),
    }
}

/// So many dots, in words.
#[must_use]
pub fn dots_in_words(dots: usize) -> String {
    match dots {
        1 => "1 dot".to_owned(),
        dots => format!("{dots} dots"),
    }
}

/// What has the most dots, in a sentence.
fn leaders(app: App) -> String {
    app.vote.with_untracked(|view| {
        let first = view.as_ref().and_then(|view| view.results.first());
        first.map_or_else(String::new, |first| {
            format!("Most so far: {}, {}", first.name, dots_in_words(first.dots))
        })
    })
}

/// Puts the result on the canvas as a note.
pub fn keep_as_note(app: App) {
    let text = app.vote.with_untracked(|view| {
        let view = view.as_ref()?;
        let mut lines = vec![question_of(&view.vote)];
        let results = view.results.iter().take(MOST_LINES);
        lines.extend(results.map(|one| format!("{}  {}", one.dots, one.name)));
        let more = view.results.len().saturating_sub(MOST_LINES);
        if more > 0 {
            lines.push(format!("and {more} more"));
        }
        Some(lines.join("\n"))
    });
    let Some(text) = text else {
        return;
    };
    let mut part = Document::default();
    let mut edit = Edit::new(&part);
    let note = Note::new(text, Placement::default());
    edit.set(random_id(), Some(Element::Note(note)));
    let patch = edit.finish();
    // A text over its limit is refused, and no note is made.
    if part.apply(&patch).is_ok() {
        app.send(Event::Do(Command::Insert(part, None)));
    }
}

/// The name of who said a word.
fn name(app: App, person: Id) -> String {
    let name = app.with(|core| {
        let people = core.people.as_ref();
        people.map_or_else(String::new, |people| name_of(&people.list, person))
    });
    match name.as_str() {
        "" => "Somebody".to_owned(),
        name => isolated(name).into_owned(),
    }
}
