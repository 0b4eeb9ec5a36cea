//! A story in the making: its steps, to be put into a document as one patch.

use crate::model::{
    Document, Edit, Element, Id, IdSource, MAXIMUM_NAME, MAXIMUM_TEXT, Patch, Showing, Story,
    StoryMark, StoryMarks, StoryStep, placed,
};

/// A story that is not in a document yet.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryDraft {
    /// Its name.
    pub name: String,
    /// Its steps in their order; the story that they name is any.
    pub steps: Vec<StoryStep>,
}

impl StoryDraft {
    /// The patch that adds the story after all others, and the id of the story. A text that is too
    /// long, such as the sentence of a loop of hundreds of variables, is cut off.
    #[must_use]
    pub fn added(self, document: &Document, ids: &mut IdSource) -> (Id, Patch) {
        let stories = document.stories_in_order();
        let places: Vec<i32> = stories.iter().map(|(_, story)| story.place).collect();
        let put = placed(&places, places.len());
        let mut edit = Edit::new(document);
        for (index, place) in put.others {
            if let Some((id, story)) = stories.get(index) {
                let name = story.name.clone();
                edit.set(*id, Some(Element::Story(Story { name, place })));
            }
        }
        let story = ids.fresh();
        let (name, place) = (self.name, put.place);
        edit.set(story, Some(Element::Story(Story { name, place })));
        let mut places: Vec<i32> = Vec::with_capacity(self.steps.len());
        for step in self.steps {
            let place = placed(&places, places.len()).place;
            places.push(place);
            let step = StoryStep {
                story,
                place,
                title: clipped(step.title, MAXIMUM_NAME),
                words: clipped(step.words, MAXIMUM_TEXT),
                notes: clipped(step.notes, MAXIMUM_TEXT),
                ..step
            };
            edit.set(ids.fresh(), Some(Element::StoryStep(step)));
        }
        (story, edit.finish())
    }
}

/// The start of a text that is no longer than its limit.
fn clipped(mut text: String, limit: usize) -> String {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

/// A step that is yet to get its story.
pub fn blank_step() -> StoryStep {
    StoryStep::new(Id::from_bits(0))
}

/// Marks that show these records so, over other marks.
pub fn marked(
    others: impl IntoIterator<Item = (Id, Showing)>,
    records: impl IntoIterator<Item = Id>,
    how: Showing,
) -> StoryMarks {
    let records = records.into_iter().map(|id| (id, how));
    let all = others.into_iter().chain(records);
    StoryMarks::new(all.map(|(about, how)| StoryMark { about, how }))
}
