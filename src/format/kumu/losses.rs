//! What of a blueprint a document does not have, or has otherwise, counted, and told once each.

use crate::format::graph_builder::LossWords;
use crate::format::reader::Warning;

/// How often something could not be carried over, or only in part.
#[derive(Debug, Default)]
pub struct Losses {
    /// Elements that are listed again.
    pub repeated: usize,
    /// Elements that only connections name.
    pub unlisted: usize,
    /// Connections with a name that fits several elements.
    pub ambiguous: usize,
    /// Connections without a direction.
    pub undirected: usize,
    /// Connections both ways.
    pub mutual: usize,
    /// Connections that are marked as reversed.
    pub reversed: usize,
    /// The labels of loops whose connections are none.
    pub loops: Vec<String>,
    /// Loops whose connections are those of another one.
    pub repeated_loops: usize,
}

impl Losses {
    /// One warning for each kind of loss.
    pub fn warnings(&self) -> Vec<Warning> {
        let all = [
            LossWords(
                "element was listed again without an id, and is there once",
                "elements were listed again without ids, and are there once",
            )
            .warning(self.repeated),
            LossWords(
                "element was not listed, but is named by a connection, and was added",
                "elements were not listed, but are named by connections, and were added",
            )
            .warning(self.unlisted),
            LossWords(
                "connection has a name that fits several elements, and was left out",
                "connections have names that fit several elements, and were left out",
            )
            .loss(self.ambiguous),
            LossWords(
                "connection has no direction: it is a link in the order in which it is written, \
                 and its note says so",
                "connections have no direction: they are links in the order in which they are \
                 written, and their notes say so",
            )
            .warning(self.undirected),
            LossWords(
                "connection goes both ways, and became two links",
                "connections go both ways, and became two links each",
            )
            .warning(self.mutual),
            LossWords(
                "connection is marked as reversed: its link leads from its \"from\" to its \"to\" \
                 all the same, and its note says so",
                "connections are marked as reversed: their links lead from their \"from\" to \
                 their \"to\" all the same, and their notes say so",
            )
            .warning(self.reversed),
            LossWords(
                "loop has the connections of another one, and was left out",
                "loops have the connections of others, and were left out",
            )
            .loss(self.repeated_loops),
        ];
        let loops = LossWords(
            "loop has connections that do not go round, and was left out",
            "loops have connections that do not go round, and were left out",
        );
        let loops = loops.loss(self.loops.len()).map(|warning| {
            let named = self
                .loops
                .iter()
                .take(5)
                .map(|label| format!("\"{label}\""));
            let named = named.collect::<Vec<_>>().join(", ");
            Warning::loss(warning.lost, format!("{warning}: {named}"))
        });
        all.into_iter().flatten().chain(loops).collect()
    }
}
