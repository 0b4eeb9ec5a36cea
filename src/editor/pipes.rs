//! Flows: making a rate with its pipe, and joining an end of a pipe to another stock.

use crate::model::{FlowSide, Id, pipe_of};

use super::state::Editor;

impl Editor {
    /// The link that is drawn as this end of the pipe of a rate; none where it ends in a cloud.
    pub(super) fn link_of_end(&self, rate: Id, side: FlowSide) -> Option<Id> {
        let pipe = pipe_of(&self.document, rate);
        let end = match side {
            FlowSide::In => pipe.to,
            FlowSide::Out => pipe.from,
        };
        end.map(|end| end.link)
    }
}
