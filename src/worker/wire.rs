//! A message between page and worker as bytes: one message is one buffer, which the browser hands
//! over without a copy.
//!
//! `postcard` writes no names of fields, so both sides must know the same messages: page and worker
//! come from one build. Documents and patches travel as text in their own formats, whose records
//! leave out what is not set.

use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

/// Why bytes are no message.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WireError {
    /// They end too early or say something unknown, or a message cannot be written.
    #[error("it is no message: {0}")]
    Postcard(#[from] postcard::Error),
    /// More follows than the message has.
    #[error("{0} bytes follow the message")]
    Longer(usize),
}

/// A message as bytes.
///
/// # Errors
/// A value of the message cannot be written.
pub fn encode(message: &impl Serialize) -> Result<Vec<u8>, WireError> {
    Ok(postcard::to_allocvec(message)?)
}

/// The message that was written so.
///
/// # Errors
/// The bytes are something else.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, WireError> {
    let (message, rest) = postcard::take_from_bytes(bytes)?;
    match rest.len() {
        0 => Ok(message),
        more => Err(WireError::Longer(more)),
    }
}

/// A document as the text of its file.
pub(super) mod as_file {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::format::json;
    use crate::model::Document;

    pub fn serialize<S: Serializer>(document: &Document, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&json::write(document))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Document, D::Error> {
        let opened = json::read(&String::deserialize(from)?).map_err(D::Error::custom)?;
        Ok(opened.document)
    }
}

/// A patch as the journal has it.
pub(super) mod as_patch {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::format::{read_patch, write_patch};
    use crate::model::Patch;

    pub fn serialize<S: Serializer>(patch: &Patch, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&write_patch(patch))
    }

    pub fn deserialize<'de, D, P>(from: D) -> Result<P, D::Error>
    where
        D: Deserializer<'de>,
        P: From<Patch>,
    {
        let patch = read_patch(&String::deserialize(from)?);
        patch.map(P::from).map_err(D::Error::custom)
    }
}

/// Records, such as steps of a story or an improvement, each as a file has it.
pub(super) mod as_records {
    use serde::de::{DeserializeOwned, Error as _};
    use serde::ser::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<T: Serialize, S: Serializer>(records: &T, to: S) -> Result<S::Ok, S::Error> {
        let text = serde_json::to_string(records).map_err(S::Error::custom)?;
        to.serialize_str(&text)
    }

    pub fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(
        from: D,
    ) -> Result<T, D::Error> {
        serde_json::from_str(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}
