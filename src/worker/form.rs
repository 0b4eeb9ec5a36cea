//! What a report asks: fields to choose or to type in, and buttons.

use serde::{Deserialize, Serialize};

/// Something to choose, or to type where there is nothing to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What it does.
    pub press: Press,
    /// Its words.
    pub label: String,
}

/// What a button of a form does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Press {
    /// Makes a new map of the table.
    NewMap,
    /// Brings the open map up to date from the table.
    UpdateMap,
    /// Leads back to where a table is asked for.
    OtherTable,
    /// Makes variables of names.
    NamesAreVariables,
    /// Makes steps of a value stream of names.
    NamesAreSteps,
    /// Makes a note of names.
    NamesAreNote,
    /// Gives lead times to an experiment.
    LeadTimes,
}
