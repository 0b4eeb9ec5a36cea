//! Comments on elements: adding one, resolving a thread, marks on the canvas.

use crate::model::{
    Comment, Date, Document, Edit, Element, ElementKind, Id, IdSource, Patch, Records, ThreadState,
};

use super::edits;
use super::event::Effect;
use super::state::Editor;
use super::typing::{one_line, tidied};

/// A further comment on an element; nothing where there is no such element or no text.
#[must_use]
pub(super) fn comment_on(
    document: &Document,
    about: Id,
    text: &str,
    author: &str,
    date: Option<Date>,
    ids: &mut IdSource,
) -> Patch {
    let text = tidied(text);
    let fits = document
        .kind_of(about)
        .is_some_and(ElementKind::can_be_commented);
    if text.is_empty() || !fits {
        return Patch::default();
    }
    let thread = document.thread_on(about);
    let last = thread.last().map(|(_, comment)| comment.place);
    let comment = Comment {
        about,
        text,
        place: last.map_or(0, |place| place.saturating_add(1)),
        author: one_line(author),
        date,
        resolved: false,
    };
    Patch::of(ids.fresh(), None, Some(Element::Comment(comment)))
}

/// Resolves the thread on an element, or opens it again.
#[must_use]
pub(super) fn set_thread(document: &Document, about: Id, state: ThreadState) -> Patch {
    let ids = document.thread_on(about).into_iter().map(|(id, _)| id);
    edits::change_each(document, ids, |element| {
        if let Element::Comment(comment) = element {
            comment.resolved = state == ThreadState::Resolved;
        }
    })
}

/// A document with the comments that another has on its elements.
pub(super) fn with_comments(part: Document, of: &Document) -> Document {
    let mut edit = Edit::new(&part);
    for (id, comment) in of.comments() {
        if part.kind_of(comment.about).is_some() {
            edit.set(*id, Some(Element::Comment(comment.clone())));
        }
    }
    let patch = edit.finish();
    let mut with = part;
    // What they are about is there, and their ids stand for nothing else.
    let applied = with.apply(&patch);
    debug_assert!(applied.is_ok(), "{applied:?}");
    with
}

/// Whether elements with comments are marked on the canvas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CommentMarks {
    /// They are, while there is something open.
    #[default]
    Shown,
    /// They are not.
    Hidden,
}

impl Editor {
    /// Whether elements with comments are marked on the canvas.
    #[must_use]
    pub const fn comment_marks(&self) -> CommentMarks {
        self.comment_marks
    }

    /// Marks elements with open comments on the canvas, or does not.
    pub fn set_comment_marks(&mut self, marks: CommentMarks) {
        self.comment_marks = marks;
        self.mark_comments();
        self.versions.selection += 1;
    }

    /// Marks them, or does not any more.
    pub(super) fn toggle_comment_marks(&mut self) -> Vec<Effect> {
        let (marks, words) = match self.comment_marks {
            CommentMarks::Shown => (CommentMarks::Hidden, "Marks of comments off"),
            CommentMarks::Hidden => (CommentMarks::Shown, "Marks of comments on"),
        };
        self.set_comment_marks(marks);
        vec![Effect::Announce(words.to_owned())]
    }

    /// Counts what is open on each element.
    pub(super) fn mark_comments(&mut self) {
        self.overlay.comments = match self.comment_marks {
            CommentMarks::Shown => self.document.open_comments(),
            CommentMarks::Hidden => Records::new(),
        };
    }
}
