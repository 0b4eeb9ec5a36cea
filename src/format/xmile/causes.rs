//! What the equations of a model say about causes.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::elements::{equations_of, is_module};
use super::expression::mentions;
use super::names::key;
use super::source::Source;
use crate::format::foreign::formula::{
    Formula, Mentioned, Shape, Table, mentioned, of_xmile, parse, points,
};
use crate::format::foreign::{Assumption, Definition, Sides, Slopes, Stated, System, number, sign};
use crate::format::xml::{child, children, text_of};
use crate::model::Polarity;

/// What the equations of a model say.
#[derive(Debug, Default)]
pub struct Causes {
    by_effect: BTreeMap<String, Of>,
    system: System,
    /// What they prove without any assumption.
    slopes: BTreeMap<String, Slopes>,
}

/// What the equations of one variable say.
#[derive(Debug, Default)]
struct Of {
    /// There is an equation that can be worked out.
    is_worked_out: bool,
    order: Vec<String>,
    how: BTreeMap<String, Mentioned>,
}

impl Of {
    fn mention(&mut self, name: &str, how: Mentioned) {
        match self.how.get_mut(name) {
            Some(known) => *known = known.and(how),
            None => {
                self.how.insert(name.to_owned(), how);
                self.order.push(name.to_owned());
            }
        }
    }
}

/// Shows at once, of a variable.
const AT_ONCE: Mentioned = Mentioned {
    at_once: true,
    later: false,
    at_first: false,
    as_variable: true,
};

impl Causes {
    /// The sign of a cause that the equations of an effect prove.
    pub fn proof(&self, cause: &str, effect: &str) -> Option<Polarity> {
        sign(&self.slopes, cause, effect)
    }

    /// What the equations prove under an assumption, by effect.
    pub fn slopes(&self, assumption: Assumption) -> BTreeMap<String, Slopes> {
        self.system.slopes(assumption)
    }

    /// Whether a variable has an equation that says what it depends on.
    pub fn is_worked_out(&self, effect: &str) -> bool {
        self.by_effect
            .get(effect)
            .is_some_and(|of| of.is_worked_out)
    }

    /// How an equation mentions a cause, if it does.
    pub fn mention(&self, cause: &str, effect: &str) -> Option<Mentioned> {
        self.by_effect.get(effect)?.how.get(cause).copied()
    }

    /// What an equation mentions, each once, in order. What something begins with causes nothing
    /// later, and is not among it.
    pub fn of(&self, effect: &str) -> Vec<String> {
        let Some(of) = self.by_effect.get(effect) else {
            return Vec::new();
        };
        let is_cause = |name: &&String| of.how.get(*name).is_some_and(|how| how.is_cause());
        of.order.iter().filter(is_cause).cloned().collect()
    }
}

/// Reads the equations of a model. `module_of` says of a name with the name of a module before it
/// which module that is.
pub fn causes(source: &Source<'_, '_>, module_of: &dyn Fn(&str) -> Option<String>) -> Causes {
    let mut causes = Causes::default();
    let mut definitions = Vec::new();
    let behaviours = Behaviours::of(source);
    for node in &source.variables {
        let Some(name) = node.attribute("name") else {
            continue;
        };
        let key = key(name);
        if is_module(*node) {
            connect(&mut causes, &key, *node, module_of);
            continue;
        }
        let of = causes.by_effect.entry(key.clone()).or_default();
        let stated = stated(*node, of, module_of);
        let declared = declared(*node, &behaviours);
        definitions.extend(stated.into_iter().map(|stated| Definition {
            key: key.clone(),
            stated,
            declared,
        }));
    }
    // What stands for something in every equation, and what modules give.
    let mut others: Vec<String> = ["time", "dt", "starttime", "stoptime", "pi", "inf", "self"]
        .map(str::to_owned)
        .into();
    for definition in &definitions {
        if let Stated::Formula(formula) = &definition.stated {
            let names = mentioned(formula).0.into_iter();
            others.extend(names.filter(|name| module_of(name).is_some()));
        }
    }
    causes.system = System::new(definitions, &others);
    causes.slopes = causes.system.slopes(Assumption::AsStated);
    causes
}

/// What flows into a module, and into those that it is connected to.
fn connect(
    causes: &mut Causes,
    module: &str,
    node: Node<'_, '_>,
    module_of: &dyn Fn(&str) -> Option<String>,
) {
    causes.by_effect.entry(module.to_owned()).or_default();
    for connect in children(node, "connect") {
        let end = |side: &str| connect.attribute(side).map(key);
        let Some(from) = end("from") else {
            continue;
        };
        let from = module_of(&from).unwrap_or_else(|| within(&from).to_owned());
        let to = end("to").and_then(|to| module_of(&to));
        let to = to.unwrap_or_else(|| module.to_owned());
        if from != to {
            let of = causes.by_effect.entry(to).or_default();
            of.is_worked_out = true;
            of.mention(&from, AT_ONCE);
        }
    }
}

/// A name without the point before it, which says that it is of the model around.
pub fn within(name: &str) -> &str {
    name.strip_prefix('.').unwrap_or(name)
}

/// What the equations of a definition say: one of each element of an array.
fn stated(
    node: Node<'_, '_>,
    of: &mut Of,
    module_of: &dyn Fn(&str) -> Option<String>,
) -> Vec<Stated> {
    // Longer ones prove little, and every step costs as much as there are names.
    const LONGEST: usize = 200;
    let tag = node.tag_name().name();
    if tag == "gf" {
        return vec![Stated::Table(table_of(node).unwrap_or_default())];
    }
    let mut all = Vec::new();
    for equation in equations_of(node) {
        let text = text_of(equation);
        // What a stock begins with causes nothing later; its flows are said elsewhere.
        let is_first = tag == "stock" && equation.tag_name().name() != "leak"
            || equation.tag_name().name() == "init_eqn";
        let lexemes = of_xmile(&text);
        let length = lexemes.as_ref().map_or(usize::MAX, Vec::len);
        let formula = lexemes.and_then(|lexemes| parse(&lexemes));
        let mut names = Vec::new();
        let mut mention = |of: &mut Of, name: &str, how: Mentioned| {
            let how = if is_first {
                Mentioned {
                    at_first: true,
                    as_variable: how.as_variable,
                    ..Mentioned::default()
                }
            } else {
                how
            };
            let name = module_of(name).unwrap_or_else(|| within(name).to_owned());
            of.mention(&name, how);
            names.push(name);
        };
        match &formula {
            Some(formula) => {
                let (order, how) = mentioned(formula);
                for name in order {
                    let how = how.get(&name).copied().unwrap_or_default();
                    mention(of, &name, how);
                }
            }
            None => {
                for name in mentions(&text) {
                    mention(of, &name.key, AT_ONCE);
                }
            }
        }
        // Stella's word for an equation that is still to be written, with what it will need.
        let is_list = matches!(&formula, Some(Formula::Call(name, _)) if name == "nan");
        of.is_worked_out |= !is_list && !is_blank(&text);
        if is_first || is_list || is_blank(&text) {
            continue;
        }
        // The table of an element of an array, or of the whole.
        let own = equation.parent().and_then(|parent| child(parent, "gf"));
        let graph = own.or_else(|| child(node, "gf"));
        all.push(match (number(&text), formula) {
            (Some(number), _) if graph.is_none() => Stated::Constant(number),
            (_, Some(formula)) if length <= LONGEST => Stated::Formula(match graph {
                None => formula,
                Some(graph) => {
                    Formula::Lookup(table_of(graph).unwrap_or_default(), Box::new(formula))
                }
            }),
            _ => Stated::Unread(names),
        });
    }
    if tag == "stock" {
        all.push(Stated::Unread(Vec::new()));
    }
    // A table that stands by itself, under the name of a variable.
    if all.is_empty()
        && let Some(graph) = child(node, "gf")
    {
        all.push(Stated::Table(table_of(graph).unwrap_or_default()));
    }
    if all.is_empty() {
        all.push(Stated::Unread(Vec::new()));
    }
    all
}

/// Whether there is nothing in an equation but remarks.
fn is_blank(text: &str) -> bool {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if !rest.starts_with('{') {
            return rest.is_empty();
        }
        match rest.find('}') {
            Some(end) => rest = &rest[end + 1..],
            None => return true,
        }
    }
}

/// A graphical function; none where its places do not rise.
fn table_of(graph: Node<'_, '_>) -> Option<Table> {
    let list = |name: &str| {
        let node = child(graph, name)?;
        let text = text_of(node);
        let separator = node.attribute("sep").filter(|sep| !sep.is_empty());
        let numbers = text.trim().split(separator.unwrap_or(","));
        numbers.map(number).collect::<Option<Vec<f64>>>()
    };
    let values = list("ypts")?;
    if child(graph, "xpts").is_some() {
        let mut numbers = list("xpts")?;
        (numbers.len() == values.len()).then_some(())?;
        numbers.extend(&values);
        return points(&numbers, Shape::Halves);
    }
    (!values.is_empty()).then_some(Table { values })
}

/// What a model says of all its stocks and flows at once.
#[derive(Debug, Default)]
struct Behaviours {
    stocks: bool,
    flows: bool,
}

impl Behaviours {
    fn of(source: &Source<'_, '_>) -> Self {
        let mut all = Self::default();
        let parents = [Some(source.root), source.model];
        for behaviour in parents
            .into_iter()
            .flatten()
            .flat_map(|parent| children(parent, "behavior"))
        {
            let is_said = |of: Option<Node<'_, '_>>| of.is_some_and(is_never_negative);
            let of_all = is_said(Some(behaviour));
            all.stocks |= of_all || is_said(child(behaviour, "stock"));
            all.flows |= of_all || is_said(child(behaviour, "flow"));
        }
        all
    }
}

/// Whether an element says `non_negative`, and not that it is not so.
fn is_never_negative(node: Node<'_, '_>) -> bool {
    child(node, "non_negative").is_some_and(|said| text_of(said).trim() != "false")
}

/// The sides that a definition declares.
fn declared(node: Node<'_, '_>, behaviours: &Behaviours) -> Sides {
    let range = child(node, "range").and_then(|range| range.attribute("min"));
    let range = range.and_then(number).map_or(Sides::ANY, Sides::at_least);
    let says_otherwise = child(node, "non_negative").is_some() && !is_never_negative(node);
    let by_behaviour = match node.tag_name().name() {
        "stock" => behaviours.stocks,
        "flow" => behaviours.flows,
        _ => false,
    };
    if is_never_negative(node) || by_behaviour && !says_otherwise {
        range.and(Sides::NOT_NEGATIVE)
    } else {
        range
    }
}
