//! Images on notes: adding one, saying what it shows, taking it away.

use crate::model::{Document, Edit, Element, Id, Image, ImageData, Note, Patch, Placement, Point};

use super::event::{Command, Effect};
use super::history::Continuity;
use super::state::{Editor, Environment};
use super::typing::one_line;

/// The width of a new note that is made for an image, in world units.
const WIDTH: f64 = 320.0;

impl Editor {
    /// The note that is selected alone.
    fn note_alone(&self) -> Option<Id> {
        let mut selected = self.selection().iter();
        let first = selected.next().filter(|_| selected.next().is_none())?;
        self.document()
            .notes()
            .contains_key(first)
            .then_some(*first)
    }

    /// The note with an image that is selected alone.
    #[must_use]
    pub fn image_note(&self) -> Option<Id> {
        let has_image = |note: &Id| self.document().images_of(*note).next().is_some();
        self.note_alone().filter(has_image)
    }

    /// Gives the note that is selected alone this image in place of one that it has. Without such
    /// a note, or at a position, a new note has it.
    pub(super) fn add_image(
        &mut self,
        data: ImageData,
        at: Option<Point>,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        if let Some(note) = self.note_alone().filter(|_| at.is_none()) {
            let mut edit = Edit::new(self.document());
            for (id, _) in self.document().images_of(note) {
                edit.remove(id);
            }
            let image = Element::Image(Image { note, data });
            edit.set(env.ids.fresh(), Some(image));
            // What was said of another picture is not true of this one.
            edit.change(note, |element| {
                if let Element::Note(note) = element {
                    note.alt.clear();
                }
            });
            return self.commit(edit.finish(), Continuity::Own, env);
        }
        let part = with_image(data);
        match at {
            Some(at) => self.put_in(&part, at - Point::default(), env),
            None => self.run(Command::Insert(part, None), env),
        }
    }

    /// Takes the image from the note that is selected alone.
    pub(super) fn remove_image(&mut self, env: &Environment<'_>) -> Vec<Effect> {
        let Some(note) = self.image_note() else {
            return vec![Effect::Announce(
                "Select a note with an image first".to_owned(),
            )];
        };
        let mut edit = Edit::new(self.document());
        for (id, _) in self.document().images_of(note) {
            edit.remove(id);
        }
        edit.change(note, |element| {
            if let Element::Note(note) = element {
                note.alt.clear();
            }
        });
        self.commit(edit.finish(), Continuity::Own, env)
    }

    /// Says what the image of a note shows.
    pub(super) fn with_alt(&self, note: Id, alt: &str) -> Patch {
        let mut edit = Edit::new(self.document());
        edit.change(note, |element| {
            if let Element::Note(note) = element {
                note.alt = one_line(alt);
            }
        });
        edit.finish()
    }
}

/// A diagram of one note with this image, whose middle is where the world begins.
fn with_image(data: ImageData) -> Document {
    let (note, image) = (Id::from_bits(1), Id::from_bits(2));
    let mut part = Document::default();
    let mut edit = Edit::new(&part);
    let plain = Note::new(String::new(), Placement::default());
    let wide = Note {
        width: WIDTH,
        ..plain
    };
    edit.set(note, Some(Element::Note(wide)));
    edit.set(image, Some(Element::Image(Image { note, data })));
    let patch = edit.finish();
    let applied = part.apply(&patch);
    debug_assert!(applied.is_ok(), "{applied:?}");
    part
}
