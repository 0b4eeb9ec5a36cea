//! Comments: threads on elements, what becomes of them, and that people's comments are merged.

use loopstream::editor::{Action, Command, CommentMarks, describe_change};
use loopstream::model::{Date, Document, Id, Patch, ThreadState, rebase};

use super::{pair, ring};
use crate::common::driver::Driver;

fn comment(driver: &mut Driver, about: Id, text: &str) {
    driver.run(Command::AddComment {
        about,
        text: text.to_owned(),
        author: String::new(),
        date: Date::parse("2026-11-29"),
    });
}

fn texts(document: &Document, about: Id) -> Vec<String> {
    let thread = document.thread_on(about).into_iter();
    thread.map(|(_, comment)| comment.text.clone()).collect()
}

#[test]
fn comments_on_an_element_stand_in_their_order() {
    let mut driver = pair();
    let risk = driver.id("risk");
    for text in ["first", "  second\n", "third", "   "] {
        comment(&mut driver, risk, text);
    }
    assert_eq!(
        texts(driver.editor.document(), risk),
        ["first", "second", "third"]
    );
    assert_eq!(driver.said.last().unwrap(), "Comment on risk added");
    let depth = driver.editor.history_depth();
    comment(&mut driver, Id::from_bits(12345), "on nothing");
    assert_eq!(driver.editor.history_depth(), depth);
}

#[test]
fn a_thread_is_resolved_as_one_step_and_a_new_comment_opens_it() {
    let mut driver = pair();
    let risk = driver.id("risk");
    comment(&mut driver, risk, "first");
    comment(&mut driver, risk, "second");
    let state = |driver: &Driver| driver.editor.document().thread_state(risk);
    assert_eq!(state(&driver), Some(ThreadState::Open));
    driver.run(Command::SetThread(risk, ThreadState::Resolved));
    assert_eq!(state(&driver), Some(ThreadState::Resolved));
    assert_eq!(driver.said.last().unwrap(), "Comments on risk resolved");
    driver.key("ctrl+z");
    assert_eq!(state(&driver), Some(ThreadState::Open));
    assert!(
        driver
            .said
            .last()
            .unwrap()
            .starts_with("Undone: Comments on risk opened again")
    );
    driver.key("ctrl+y");
    comment(&mut driver, risk, "third");
    assert_eq!(state(&driver), Some(ThreadState::Open));
    driver.run(Command::SetThread(risk, ThreadState::Open));
    assert_eq!(driver.editor.overlay().comments[&risk], 3);
}

#[test]
fn comments_go_with_what_they_are_about_and_come_back_with_it() {
    let mut driver = ring();
    let risk = driver.id("risk");
    let link = *driver.links().first().unwrap();
    comment(&mut driver, risk, "on a variable");
    comment(&mut driver, link, "on a link");
    driver.key("ctrl+a");
    driver.key("delete");
    assert!(driver.editor.document().is_empty());
    driver.key("ctrl+z");
    assert_eq!(texts(driver.editor.document(), risk), ["on a variable"]);
    assert_eq!(texts(driver.editor.document(), link), ["on a link"]);
    assert_eq!(driver.editor.overlay().comments.len(), 2);
}

#[test]
fn what_two_people_say_at_once_is_kept() {
    let mut driver = pair();
    let risk = driver.id("risk");
    let mut other = Driver::open(driver.editor.document().clone());
    other.ids = loopstream::model::IdSource::new(99);
    let before = other.editor.document().clone();
    comment(&mut driver, risk, "mine");
    comment(&mut other, risk, "theirs");
    other.run(Command::SetThread(risk, ThreadState::Resolved));
    let patch = Patch::between(&before, other.editor.document());
    driver.send(loopstream::editor::Event::Remote(patch.clone()));
    let mut all = texts(driver.editor.document(), risk);
    all.sort();
    assert_eq!(all, ["mine", "theirs"]);
    // What was resolved there knew nothing of what is said here.
    let state = driver.editor.document().thread_state(risk);
    assert_eq!(state, Some(ThreadState::Open));
    // Where the element has gone since, its comments are left out.
    let mut gone = Driver::open(before.clone());
    gone.run(Command::Remove(risk));
    let brought = rebase(&patch, gone.editor.document());
    assert!(brought.is_empty(), "{}", describe_change(&brought, &before));
}

#[test]
fn copying_takes_comments_along_and_duplicating_does_not() {
    let mut driver = pair();
    let risk = driver.id("risk");
    comment(&mut driver, risk, "of what?");
    driver.click(300.0, 300.0);
    driver.key("ctrl+d");
    assert_eq!(driver.editor.document().comments().len(), 1);
    driver.click(300.0, 300.0);
    driver.key("ctrl+x");
    assert_eq!(driver.editor.document().comments().len(), 0);
    let part = driver.clipboard.clone().unwrap();
    driver.run(Command::Insert(part, None));
    assert_eq!(driver.editor.document().comments().len(), 1);
}

#[test]
fn a_mark_is_clicked_to_read_and_can_be_hidden() {
    let mut driver = pair();
    let risk = driver.id("risk");
    comment(&mut driver, risk, "of what?");
    driver.key("escape");
    let rect = driver.editor.scene().nodes()[&risk].rect;
    driver.click(rect.left, rect.top - 8.0);
    assert_eq!(driver.asked.last(), Some(&Action::CommentOn));
    assert!(driver.editor.selection().contains(&risk));
    driver.act(Action::ToggleCommentMarks);
    assert_eq!(driver.editor.comment_marks(), CommentMarks::Hidden);
    assert!(driver.editor.overlay().comments.is_empty());
    comment(&mut driver, risk, "again");
    assert!(driver.editor.overlay().comments.is_empty());
    driver.act(Action::ToggleCommentMarks);
    assert_eq!(driver.editor.overlay().comments[&risk], 2);
    // What is resolved is not marked.
    driver.run(Command::SetThread(risk, ThreadState::Resolved));
    assert!(driver.editor.overlay().comments.is_empty());
}

#[test]
fn a_comment_can_be_put_otherwise_and_taken_back() {
    let mut driver = pair();
    let risk = driver.id("risk");
    comment(&mut driver, risk, "of wat?");
    let id = *driver.editor.document().comments().keys().next().unwrap();
    driver.run(Command::SetText(id, "of what?".to_owned()));
    assert_eq!(driver.said.last().unwrap(), "Comment on risk changed");
    driver.run(Command::SetText(id, "  ".to_owned()));
    assert_eq!(texts(driver.editor.document(), risk), ["of what?"]);
    driver.run(Command::Remove(id));
    assert_eq!(driver.said.last().unwrap(), "Comment on risk removed");
    assert_eq!(driver.editor.document().thread_state(risk), None);
}

#[test]
fn who_only_looks_cannot_comment() {
    let mut driver = pair();
    let risk = driver.id("risk");
    comment(&mut driver, risk, "of what?");
    let mut viewer = Driver::open(driver.editor.document().clone());
    viewer.editor = viewer.editor.clone().for_viewing();
    comment(&mut viewer, risk, "more");
    viewer.run(Command::SetThread(risk, ThreadState::Resolved));
    assert_eq!(viewer.key("shift+c"), None);
    assert_eq!(texts(viewer.editor.document(), risk), ["of what?"]);
    assert_eq!(viewer.editor.overlay().comments.len(), 1);
}
