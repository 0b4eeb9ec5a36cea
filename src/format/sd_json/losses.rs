//! What of a model a document does not have, counted, and told once each.

use crate::format::graph_builder::LossWords;
use crate::format::reader::Warning;

/// How often something could not be carried over, or only in part.
#[derive(Debug, Default)]
pub struct Losses {
    /// Variables that are neither stocks nor plain.
    pub types: usize,
    /// Variables that are those of other modules.
    pub ghosts: usize,
    /// Variables that are listed again.
    pub repeated: usize,
    /// Variables that only relationships name, though there is a list of variables.
    pub unlisted: usize,
    /// Equations and units, which went into remarks.
    pub equations: usize,
    /// Relationships with a name that fits several variables.
    pub ambiguous: usize,
    /// Relationships whose sign is taken from the loops.
    pub signs_from_loops: usize,
    /// Relationships of which the loops say both signs.
    pub disputed_signs: usize,
    /// Links of loops that say another sign than their relationship.
    pub other_signs: usize,
    /// Loops with a link that no relationship says, or that name no loop.
    pub loops: usize,
    /// Loops whose links are those of another one.
    pub repeated_loops: usize,
    /// Loops whose sign is not that of their links.
    pub other_loop_signs: usize,
}

impl Losses {
    /// One warning for each kind of loss.
    pub fn warnings(&self) -> Vec<Warning> {
        let all = [
            LossWords(
                "variable is a flow or of another type, and became a plain variable",
                "variables are flows or of another type, and became plain variables",
            )
            .warning(self.types),
            LossWords(
                "equation or unit was put into the note on its variable",
                "equations or units were put into the notes on their variables",
            )
            .warning(self.equations),
            LossWords(
                "variable was listed again, and is there once",
                "variables were listed again, and are there once",
            )
            .warning(self.repeated),
            LossWords(
                "variable is a ghost of one of another module, and is that one",
                "variables are ghosts of ones of other modules, and are those",
            )
            .warning(self.ghosts),
            LossWords(
                "variable was not listed, but is named by a relationship, and was added",
                "variables were not listed, but are named by relationships, and were added",
            )
            .warning(self.unlisted),
            LossWords(
                "relationship has a name that fits several variables, and was left out",
                "relationships have names that fit several variables, and were left out",
            )
            .loss(self.ambiguous),
            LossWords(
                "relationship has no polarity of its own, and has the one that the loops give it",
                "relationships have no polarity of their own, and have the one that the loops give them",
            )
            .warning(self.signs_from_loops),
            LossWords(
                "relationship has both polarities in the loops, and its own stays unknown",
                "relationships have both polarities in the loops, and their own stay unknown",
            )
            .loss(self.disputed_signs),
            LossWords(
                "link of a loop has another polarity than its relationship, whose own was kept",
                "links of loops have other polarities than their relationships, whose own were kept",
            )
            .warning(self.other_signs),
            LossWords(
                "loop has links that are no loop of relationships, and was left out",
                "loops have links that are no loops of relationships, and were left out",
            )
            .loss(self.loops),
            LossWords(
                "loop has the links of another one, and was left out",
                "loops have the links of others, and were left out",
            )
            .loss(self.repeated_loops),
            LossWords(
                "loop is said to have another sign than its links give it",
                "loops are said to have other signs than their links give them",
            )
            .warning(self.other_loop_signs),
        ];
        all.into_iter().flatten().collect()
    }
}
