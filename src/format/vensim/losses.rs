//! What of a model is not drawn, counted, and told once each.

use crate::format::foreign::NamedLoss;
use crate::format::graph_builder::LossWords;
use crate::format::reader::Warning;

/// How often something is not drawn, or not as the text has it.
#[derive(Debug, Default)]
pub struct Losses {
    /// Equations that say more than what causes what, which are kept.
    pub equations: usize,
    /// Lists of subscripts.
    pub subscripts: usize,
    /// Macros.
    pub macros: usize,
    /// Tables, where there is no view.
    pub lookups: usize,
    /// Variables that only equations have.
    pub in_no_view: NamedLoss,
    /// Links that only equations have, and that are drawn all the same.
    pub undrawn: NamedLoss,
    /// Links that are drawn, but that equations do not have.
    pub unsaid: NamedLoss,
    /// Arrows that are for what a variable begins with only.
    pub at_first: NamedLoss,
    /// Arrows that are no pipes.
    pub arrows: usize,
    /// Lines of views that are no object.
    pub unread: usize,
    /// Views with something in them.
    pub views: usize,
    /// Arrows to or from what is no variable.
    pub loose_arrows: usize,
    /// Arrows to or from the settings of the simulation.
    pub of_control: usize,
    /// Arrows of a link that is drawn already.
    pub repeated: usize,
    /// Arcs that are higher than an arc can be.
    pub bends: usize,
    /// Icons of loops without a name.
    pub icons: usize,
    /// Icons of loops with a name.
    pub names_of_loops: usize,
    /// Graphs of simulations.
    pub graphs: usize,
    /// Whether the sketch has no end.
    pub is_cut_off: bool,
    /// Pictures and other objects.
    pub others: usize,
    /// Signs of arrows from what flows to stocks that it neither fills nor drains.
    pub no_pipes: usize,
    /// Signs that are proved by equations.
    pub proved: usize,
    /// Signs that would be if no quantity were ever negative.
    pub offered: usize,
    /// The links follow from the equations.
    pub derived: bool,
}

impl Losses {
    /// One warning for each kind.
    pub fn warnings(&self) -> Vec<Warning> {
        let all = [
            (
                self.equations,
                "equation is not shown, but kept, and will be in the file again",
                "equations are not shown, but kept, and will be in the file again",
            ),
            (
                self.subscripts,
                "list of subscripts is not shown, but kept",
                "lists of subscripts are not shown, but kept",
            ),
            (
                self.macros,
                "macro is not shown, but kept",
                "macros are not shown, but kept",
            ),
            (
                self.lookups,
                "table is not drawn, but kept",
                "tables are not drawn, but kept",
            ),
            (
                self.repeated,
                "arrow shows a link that is drawn already",
                "arrows show links that are drawn already",
            ),
            (
                self.bends,
                "arrow is bent more than a link can be, and is bent less",
                "arrows are bent more than a link can be, and are bent less",
            ),
            (
                self.icons,
                "icon of a loop is not shown: loops have badges of their own",
                "icons of loops are not shown: loops have badges of their own",
            ),
            (
                self.names_of_loops,
                "name in an icon of a loop became a note",
                "names in icons of loops became notes",
            ),
            (
                self.proved,
                "polarity follows from an equation",
                "polarities follow from equations",
            ),
            (
                self.offered,
                "more polarity would follow if no quantity were ever negative, which can be said among the checks",
                "more polarities would follow if no quantity were ever negative, which can be said among the checks",
            ),
            (
                self.graphs,
                "graph is not shown, but kept",
                "graphs are not shown, but kept",
            ),
            (
                self.others,
                "picture or other object is not shown, but kept",
                "pictures or other objects are not shown, but kept",
            ),
        ];
        let mut warnings: Vec<Warning> = Vec::new();
        // What is missing comes first.
        if self.is_cut_off {
            let message = "the sketch has no end: the file seems to be cut off, and what stood there \
                           is missing";
            warnings.push(Warning::loss(1, message));
        }
        if self.loose_arrows > 0 {
            let (lost, all) = (self.loose_arrows, self.arrows);
            let (one, many) = (
                "arrow was not read: an end of it is no variable",
                "arrows were not read: an end of each is no variable",
            );
            let words = if all == 1 { one } else { many };
            warnings.push(Warning::loss(lost, format!("{lost} of {all} {words}")));
        }
        let lines = LossWords(
            "line of the sketch was not understood; it is kept",
            "lines of the sketch were not understood; they are kept",
        );
        warnings.extend(lines.loss(self.unread));
        let no_pipes = LossWords(
            "arrow with a sign leads from a flow to a stock that it neither fills nor drains, and is drawn without it",
            "arrows with signs lead from flows to stocks that they neither fill nor drain, and are drawn without them",
        );
        warnings.extend(no_pipes.warning(self.no_pipes));
        let of_control = LossWords(
            "arrow leads from or to the time or a setting of the simulation, and is not drawn",
            "arrows lead from or to the time or settings of the simulation, and are not drawn",
        );
        warnings.extend(of_control.loss(self.of_control));
        warnings.extend(self.in_no_view.loss(
            "variable is in no view and is not drawn, but kept",
            "variables are in no view and are not drawn, but kept",
        ));
        warnings.extend(self.unsaid.warning(
            "arrow leads to a variable whose equation does not have its cause; it is drawn",
            "arrows lead to variables whose equations do not have their causes; they are drawn",
        ));
        warnings.extend(self.at_first.warning(
            "arrow is only for what its effect begins with, which is no link",
            "arrows are only for what their effects begin with, which are no links",
        ));
        warnings.extend(self.undrawn.warning(
            "link has no arrow, and is drawn because the equation has it",
            "links have no arrows, and are drawn because the equations have them",
        ));
        if self.derived {
            let message = "there is no sketch: the links follow from the equations";
            warnings.push(Warning::note(message));
        }
        if self.views > 1 {
            let message = format!("{} views stand beside each other", self.views);
            warnings.push(Warning::note(message));
        }
        let counted = all.into_iter();
        warnings
            .extend(counted.filter_map(|(count, one, many)| LossWords(one, many).warning(count)));
        warnings
    }
}
