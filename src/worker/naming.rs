//! A list of names that was pasted or opened, and the question what they name.

use super::form::{Button, Press};
use super::report::Block;
use super::request::ReadFor;
use super::response::ResponseBody;
use crate::format::{OpeningReport, Positions};
use crate::import_data::{Named, Names, counted, names};
use crate::model::{Calendar, IdSource, isolated};

/// Names of which a person is to say what they are.
#[derive(Debug)]
pub(super) struct Naming {
    names: Names,
    text: String,
    name: String,
    purpose: ReadFor,
}

/// How many names are shown.
const SHOWN: usize = 12;

impl Naming {
    /// The names of a text, if it is a list of them.
    pub(super) fn of(text: &str, name: &str, purpose: ReadFor) -> Option<Self> {
        Some(Self {
            names: names(text)?,
            text: text.to_owned(),
            name: name.to_owned(),
            purpose,
        })
    }

    /// The question.
    pub(super) fn asked(&self) -> ResponseBody {
        let all = &self.names.names;
        let mut shown = all
            .iter()
            .take(SHOWN)
            .map(|name| isolated(name).into_owned())
            .collect::<Vec<_>>()
            .join(", ");
        if all.len() > SHOWN {
            shown.push_str(&format!(" and {} more", all.len() - SHOWN));
        }
        let mut words = format!("{}: {shown}.", counted(all.len(), "name", "names"));
        if self.names.again > 0 {
            let lines = counted(self.names.again, "line says", "lines say");
            words.push_str(&format!(" {lines} a name again, which is taken once."));
        }
        let button = |press: Press, label: &str| {
            Block::Button(Button {
                press,
                label: label.to_owned(),
            })
        };
        let mut buttons = vec![
            button(Press::NamesAreVariables, "Variables"),
            button(Press::NamesAreSteps, "Steps of a value stream"),
        ];
        if self.names.said == Some(Named::Steps) {
            buttons.reverse();
        }
        if self.purpose == ReadFor::Pasting {
            buttons.push(button(Press::NamesAreNote, "A note"));
        }
        let mut blocks = vec![
            Block::Words(words),
            Block::Words("What are they?".to_owned()),
        ];
        blocks.extend(buttons);
        ResponseBody::Asked(blocks)
    }

    /// What becomes of the names; none for a button that is no answer to this question.
    pub(super) fn answered(
        &self,
        press: Press,
        calendar: Calendar,
        ids: &mut IdSource,
    ) -> Option<ResponseBody> {
        let named = match press {
            Press::NamesAreVariables => Named::Variables,
            Press::NamesAreSteps => Named::Steps,
            Press::NamesAreNote => {
                return Some(ResponseBody::NotOpened {
                    name: self.name.clone(),
                    why: String::new(),
                    note: Some(self.text.clone()),
                });
            }
            Press::NewMap | Press::UpdateMap | Press::OtherTable | Press::LeadTimes => return None,
        };
        let count = self.names.names.len();
        let what = match named {
            Named::Variables => counted(count, "variable", "variables"),
            Named::Steps => counted(count, "step", "steps"),
        };
        Some(ResponseBody::Opened {
            opening: 0,
            name: self.name.clone(),
            document: self.names.diagram(named, calendar, ids),
            report: OpeningReport {
                summary: format!("Read as a list of names: {what}."),
                ..OpeningReport::default()
            },
            // They stand in rows, so that one step is all there is to undo.
            positions: Positions::Given,
            purpose: self.purpose,
        })
    }
}
