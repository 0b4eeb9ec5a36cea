//! What a sheet asks: fields to choose or to type in, and buttons.

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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// Its key.
    pub key: String,
    /// What it does.
    pub label: String,
}
