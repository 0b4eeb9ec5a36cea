//! What of a model is not drawn, counted, and told once each.

use roxmltree::Node;

use super::names::in_sentence;
use super::source::Source;
use crate::format::foreign::NamedLoss;
use crate::format::graph_builder::LossWords;
use crate::format::reader::Warning;
use crate::format::xml::{child, children};

/// How often something is not drawn, or not as the text has it.
#[derive(Debug, Default)]
pub struct Losses {
    /// Equations, which are kept.
    pub equations: usize,
    /// Whether there is no model at all.
    pub is_without_model: bool,
    /// Modules.
    pub modules: NamedLoss,
    /// Dimensions of arrays.
    pub dimensions: usize,
    /// Macros.
    pub macros: usize,
    /// Graphical functions that stand for themselves.
    pub functions: usize,
    /// Variables that no view shows.
    pub in_no_view: NamedLoss,
    /// Links that only equations have, and that are drawn all the same.
    pub undrawn: NamedLoss,
    /// Links that are drawn, but that equations do not have.
    pub unsaid: NamedLoss,
    /// Connectors that are for what a variable begins with only.
    pub at_first: NamedLoss,
    /// Variables that are defined again.
    pub repeated: usize,
    /// Views with something in them.
    pub views: usize,
    /// Views of an interface.
    pub interfaces: usize,
    /// All connectors.
    pub connectors: usize,
    /// Connectors of what is no variable here.
    pub loose_connectors: usize,
    /// Aliases of what is no variable here.
    pub loose_aliases: usize,
    /// Inflows and outflows that are no variables here.
    pub loose_flows: usize,
    /// Connectors of a link that is drawn already.
    pub repeated_links: usize,
    /// Arcs that are higher than an arc can be.
    pub bends: usize,
    /// Links that follow from equations.
    pub derived: usize,
    /// Signs of connectors from what flows to stocks that it neither fills nor drains.
    pub no_pipes: usize,
    /// Signs that are proved by equations.
    pub proved: usize,
    /// Signs that would be if no quantity were ever negative.
    pub offered: usize,
}

impl Losses {
    /// Counts what is not drawn whatever the views.
    pub fn notes_of(&mut self, source: &Source<'_, '_>) {
        let count =
            |of: Option<Node<'_, '_>>, name: &str| of.map_or(0, |of| children(of, name).count());
        let root = Some(source.root);
        self.is_without_model = source.model.is_none();
        let has_equation = |node: &&Node<'_, '_>| child(**node, "eqn").is_some();
        self.equations = source.variables.iter().filter(has_equation).count();
        let is_called = |node: &&Node<'_, '_>, name: &str| node.tag_name().name() == name;
        let variables = || source.variables.iter();
        for module in variables().filter(|node| is_called(node, "module")) {
            self.modules
                .add(in_sentence(module.attribute("name").unwrap_or_default()));
        }
        self.functions = variables().filter(|node| is_called(node, "gf")).count();
        self.dimensions = count(child(source.root, "dimensions"), "dim");
        self.macros = count(root, "macro");
        let views = source
            .model
            .into_iter()
            .flat_map(|model| children(model, "views"));
        let all = views.flat_map(|list| children(list, "view")).count();
        let own = usize::from(source.own_view.is_some());
        self.interfaces = all.saturating_sub(source.views.len() - own);
    }

    /// One warning for each kind.
    pub fn warnings(&self) -> Vec<Warning> {
        let all = [
            (
                self.equations,
                "equation is not shown, but kept, and will be in the file again",
                "equations are not shown, but kept, and will be in the file again",
            ),
            (
                self.dimensions,
                "dimension of arrays is not shown, but kept",
                "dimensions of arrays are not shown, but kept",
            ),
            (
                self.macros,
                "macro is not shown, but kept",
                "macros are not shown, but kept",
            ),
            (
                self.functions,
                "graphical function is not drawn, but kept",
                "graphical functions are not drawn, but kept",
            ),
            (
                self.interfaces,
                "view of an interface is not shown, but kept",
                "views of an interface are not shown, but kept",
            ),
            (
                self.repeated,
                "variable is defined again, and is there once",
                "variables are defined again, and are there once",
            ),
            (
                self.repeated_links,
                "connector shows a link that is drawn already",
                "connectors show links that are drawn already",
            ),
            (
                self.bends,
                "connector is bent more than a link can be, and is bent less",
                "connectors are bent more than a link can be, and are bent less",
            ),
            (
                self.derived,
                "link follows from an equation, since there are no connectors",
                "links follow from equations, since there are no connectors",
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
        ];
        let mut warnings: Vec<Warning> = Vec::new();
        if self.is_without_model {
            warnings.push(Warning::note("there is no model in the file"));
        }
        if self.loose_connectors > 0 {
            let (lost, all) = (self.loose_connectors, self.connectors);
            let (one, many) = (
                "connector was not read: an end of it is not drawn",
                "connectors were not read: an end of each is not drawn",
            );
            let words = if all == 1 { one } else { many };
            warnings.push(Warning::loss(lost, format!("{lost} of {all} {words}")));
        }
        let no_pipes = LossWords(
            "connector with a sign leads from a flow to a stock that it neither fills nor drains, and is drawn without it",
            "connectors with signs lead from flows to stocks that they neither fill nor drain, and are drawn without them",
        );
        warnings.extend(no_pipes.warning(self.no_pipes));
        let aliases = LossWords(
            "alias is of something that is not drawn",
            "aliases are of something that is not drawn",
        );
        warnings.extend(aliases.loss(self.loose_aliases));
        let flows = LossWords(
            "flow into or out of a stock is not drawn",
            "flows into or out of stocks are not drawn",
        );
        warnings.extend(flows.loss(self.loose_flows));
        warnings.extend(self.in_no_view.loss(
            "variable is in no view and is not drawn, but kept",
            "variables are in no view and are not drawn, but kept",
        ));
        warnings.extend(self.unsaid.warning(
            "connector leads to a variable whose equation does not have its cause; it is drawn",
            "connectors lead to variables whose equations do not have their causes; they are drawn",
        ));
        warnings.extend(self.at_first.warning(
            "connector is only for what its effect begins with, which is no link",
            "connectors are only for what their effects begin with, which are no links",
        ));
        warnings.extend(self.undrawn.warning(
            "link has no connector, and is drawn because the equation has it",
            "links have no connectors, and are drawn because the equations have them",
        ));
        warnings.extend(self.modules.loss(
            "module is drawn as one variable: what is in it is kept, but not looked at",
            "modules are drawn as one variable each: what is in them is kept, but not looked at",
        ));
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
