//! What a sheet asks: fields to choose or to type in, and buttons.

use super::texts::{Reader, Writer};

/// Something to choose, or to type where there is nothing to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// Its key, by which the answer says what it is about.
    pub key: String,
    /// What is chosen.
    pub label: String,
    /// What helps to choose; may be empty.
    pub note: String,
    /// Keys and words of what there is to choose from; none where a person types.
    pub options: Vec<(String, String)>,
    /// The key of what is chosen, or what was typed.
    pub chosen: String,
}

/// Something to do with what was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Button {
    /// Its key.
    pub key: String,
    /// What it does.
    pub label: String,
}

impl Field {
    pub(super) fn write(&self, out: &mut Writer) {
        out.text(&self.key).text(&self.label).text(&self.note);
        out.list(&self.options, |out, (key, words)| {
            out.text(key).text(words);
        });
        out.text(&self.chosen);
    }

    pub(super) fn read(from: &mut Reader) -> Option<Self> {
        Some(Self {
            key: from.text()?,
            label: from.text()?,
            note: from.text()?,
            options: from.list(|from| Some((from.text()?, from.text()?)))?,
            chosen: from.text()?,
        })
    }
}

impl Button {
    pub(super) fn write(&self, out: &mut Writer) {
        out.text(&self.key).text(&self.label);
    }

    pub(super) fn read(from: &mut Reader) -> Option<Self> {
        Some(Self {
            key: from.text()?,
            label: from.text()?,
        })
    }
}
