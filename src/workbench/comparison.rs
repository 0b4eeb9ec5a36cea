//! Two maps compared, as the page shows it.

use super::exhibit::{Picture, Table};
use super::texts::{Reader, Writer};
use crate::compare::Part;

/// Two maps compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Ours and the other, with what differs marked.
    pub pictures: Vec<Picture>,
    /// The figures of both; without rows where neither has any.
    pub figures: Table,
    /// What differs.
    pub parts: Vec<Differing>,
}

/// A part that differs, and can be taken over.
#[derive(Clone, Debug, PartialEq)]
pub struct Differing {
    /// Which part.
    pub part: Part,
    /// What it is called.
    pub name: String,
    /// How it differs.
    pub how: String,
}

impl Comparison {
    pub(super) fn write(&self, out: &mut Writer) {
        out.list(&self.pictures, |out, picture| picture.write(out));
        self.figures.write(out);
        out.list(&self.parts, |out, differing| {
            write_part(out, &differing.part);
            out.text(&differing.name).text(&differing.how);
        });
    }

    pub(super) fn read(from: &mut Reader) -> Option<Self> {
        Some(Self {
            pictures: from.list(Picture::read)?,
            figures: Table::read(from)?,
            parts: from.list(|from| {
                Some(Differing {
                    part: read_part(from)?,
                    name: from.text()?,
                    how: from.text()?,
                })
            })?,
        })
    }
}

/// A record by its id; the other parts by names that are no ids.
pub(super) fn write_part(out: &mut Writer, part: &Part) {
    match part {
        Part::Record(id) => out.id(*id),
        Part::Title => out.text("-title"),
        Part::Purpose => out.text("-purpose"),
        Part::Settings => out.text("-settings"),
    };
}

pub(super) fn read_part(from: &mut Reader) -> Option<Part> {
    let text = from.text()?;
    match text.as_str() {
        "-title" => Some(Part::Title),
        "-purpose" => Some(Part::Purpose),
        "-settings" => Some(Part::Settings),
        id => Some(Part::Record(id.parse().ok()?)),
    }
}
