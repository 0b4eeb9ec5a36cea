//! What may connect to what: asked by every tool, coded into none.

use super::document::Document;
use super::id::Id;

/// Why two things cannot be connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A link leads from a variable to a variable.
    #[error("a link leads from a variable to a variable")]
    NotAVariable,
}

/// Whether a link may lead from one thing to another; a variable may be its own effect, and two
/// variables may have several links.
///
/// # Errors
/// Either end is not a variable of the document.
pub fn may_link(document: &Document, from: Id, to: Id) -> Result<(), Refusal> {
    let variables = document.variables();
    if variables.contains_key(&from) && variables.contains_key(&to) {
        Ok(())
    } else {
        Err(Refusal::NotAVariable)
    }
}
