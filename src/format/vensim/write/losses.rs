//! What a Vensim text cannot say, counted, and told once each.

use crate::format::graph_builder::LossWords;
use crate::format::reader::Warning;

/// What a Vensim text cannot say.
#[derive(Debug, Default)]
pub struct Losses {
    /// Stocks whose equations are not of stocks, and the other way round.
    pub kinds: usize,
    /// Remarks of variables whose equations have no place for one.
    pub remarks: usize,
    /// Remarks with signs that end a comment.
    pub signs: usize,
    /// Notes in a sketch of the first versions.
    pub notes: usize,
    /// Marks of delay in a sketch of the first versions.
    pub delays: usize,
}

impl Losses {
    /// One warning for each kind.
    pub fn warnings(&self) -> Vec<Warning> {
        let all = [
            (
                self.kinds,
                "variable was made a stock or none, which its equation does not say",
                "variables were made stocks or none, which their equations do not say",
            ),
            (
                self.remarks,
                "note on a variable is left out, since its equation has no place for one",
                "notes on variables are left out, since their equations have no place for them",
            ),
            (
                self.notes,
                "note on the canvas is left out, since the sketch is of a version that has none",
                "notes on the canvas are left out, since the sketch is of a version that has none",
            ),
            (
                self.delays,
                "mark of delay is left out, since the sketch is of a version that has none",
                "marks of delay are left out, since the sketch is of a version that has none",
            ),
            (
                self.signs,
                "note has other characters in the place of ~, | or a backslash, which would end it",
                "notes have other characters in the place of ~, | or a backslash, which would end \
                 them",
            ),
        ];
        let counted = all.into_iter();
        counted
            .filter_map(|(count, one, many)| LossWords(one, many).warning(count))
            .collect()
    }
}
