//! What of the changes of a document a text of another program cannot say.

use crate::format::graph_builder::LossWords;
use crate::format::reader::Warning;

/// Changes that a text cannot say, or not all of it.
#[derive(Debug, Default)]
pub struct UnwrittenChanges {
    /// There is no header for the title.
    pub title: bool,
    /// Links that were removed, but follow from equations.
    pub standing: usize,
    /// Links that were added, but are in no equation.
    pub unsaid: usize,
    /// Equations that use variables that were removed.
    pub dangling: usize,
    /// Changes of links that a model says by flows.
    pub of_flows: usize,
    /// Links that a model says by flows, which are straight.
    pub bent_flows: usize,
    /// Notes without a text.
    pub blank_notes: usize,
    /// Modules that were made stocks.
    pub modules: usize,
    /// Marks of delay that were taken away, but follow from equations.
    pub delays: usize,
}

impl UnwrittenChanges {
    /// One warning for each kind.
    pub fn warnings(&self) -> Vec<Warning> {
        let all = [
            (
                usize::from(self.title),
                "title is left out, since the model has no header",
                "titles are left out, since the model has no header",
            ),
            (
                self.standing,
                "link was removed, but an equation still says it; equations are left as they are",
                "links were removed, but equations still say them; equations are left as they are",
            ),
            (
                self.unsaid,
                "link was added, but the equation of its effect does not say it yet",
                "links were added, but the equations of their effects do not say them yet",
            ),
            (
                self.dangling,
                "equation still uses a variable that was removed",
                "equations still use variables that were removed",
            ),
            (
                self.modules,
                "module was made a stock, which a module cannot be",
                "modules were made stocks, which modules cannot be",
            ),
            (
                self.delays,
                "mark of delay was taken away, but an equation still says it; equations are left as they are",
                "marks of delay were taken away, but equations still say them; equations are left as they are",
            ),
            (
                self.blank_notes,
                "note without a text is left out",
                "notes without a text are left out",
            ),
            (
                self.bent_flows,
                "link is written as a flow into or out of a stock: its bend is left out",
                "links are written as flows into or out of stocks: their bends are left out",
            ),
            (
                self.of_flows,
                "link is written as a flow into or out of a stock, which has no polarity, delay or bend of its own: those of the link are left out",
                "links are written as flows into or out of stocks, which have no polarities, delays or bends of their own: those of the links are left out",
            ),
        ];
        let counted = all.into_iter();
        counted
            .filter_map(|(count, one, many)| LossWords(one, many).warning(count))
            .collect()
    }
}
