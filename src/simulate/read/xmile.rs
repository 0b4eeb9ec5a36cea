//! Reading an XMILE model (OASIS XMILE 1.0, chapters 2 to 4).

use roxmltree::Node as Xml;

use super::xmile_forms::{name_of, refused, written_name};
use super::xml_text::PlacedText;
use crate::equation::parse::parse;
use crate::equation::place::shift;
use crate::equation::{Dialect, Expr, Fault, Name, Node, Problem, Span};
use crate::format::{Limits, xml};
use crate::simulate::source::{
    Body, Dimension, Element, Equation, Kind, Macro, Method, Model, Module, Source, Variable,
};

/// Reads a model.
pub(super) fn read(text: &str) -> Result<Source, Vec<Fault>> {
    let stripped = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = text.len() - stripped.len();
    let mended = xml::mended(stripped);
    let file = mended.as_ref().map_or(stripped, |(text, _)| text);
    let tree = xml::parse(file, &Limits::STANDARD)
        .map_err(|error| vec![Fault::whole(Problem::Syntax(error.to_string()))])?;
    let mut reader = Reader {
        file,
        skipped,
        behaviour: Behaviour::default(),
        current: None,
        faults: Vec::new(),
        remarks: Vec::new(),
    };
    let source = reader.source(tree.root_element());
    if reader.faults.is_empty() {
        Ok(source)
    } else {
        Err(reader.faults)
    }
}

/// What holds for all stocks and flows that say nothing else.
#[derive(Clone, Copy, Default)]
struct Behaviour {
    has_non_negative_stocks: bool,
    has_non_negative_flows: bool,
}

pub(super) struct Reader<'t> {
    pub(super) file: &'t str,
    pub(super) skipped: usize,
    behaviour: Behaviour,
    /// The variable that is being read.
    current: Option<String>,
    faults: Vec<Fault>,
    pub(super) remarks: Vec<String>,
}

impl Reader<'_> {
    pub(super) fn span(&self, element: Xml<'_, '_>) -> Span {
        let range = element.range();
        let end = xml::end_of_tag(self.file, element);
        Span {
            start: range.start + self.skipped,
            end: end + self.skipped,
        }
    }

    fn fault(&mut self, problem: Problem, element: Xml<'_, '_>) {
        let span = self.span(element);
        self.faults.push(Fault::at(problem, span));
    }

    pub(super) fn syntax(&mut self, message: &str, element: Xml<'_, '_>) {
        self.fault(Problem::Syntax(message.to_owned()), element);
    }

    fn source(&mut self, root: Xml<'_, '_>) -> Source {
        if root.tag_name().name() != "xmile" {
            self.syntax("this is no XMILE: its first element is not <xmile>", root);
        }
        let specs = xml::child(root, "sim_specs");
        if let Some(behaviour) = xml::child(root, "behavior") {
            self.behaviour = self.behaviour_of(behaviour);
        }
        let dimensions = xml::child(root, "dimensions");
        let dimensions: Vec<_> = dimensions
            .into_iter()
            .flat_map(|all| xml::children(all, "dim"))
            .collect();
        let dimensions = dimensions
            .into_iter()
            .filter_map(|one| self.dimension(one))
            .collect();
        let models: Vec<_> = xml::children(root, "model").collect();
        let mut models: Vec<Model> = models.into_iter().map(|one| self.model(one)).collect();
        if models.is_empty() {
            self.syntax("there is no <model>", root);
        }
        // The model itself is the one without a name, or the first.
        if let Some(index) = models.iter().position(|model| model.name.is_none()) {
            models.swap(0, index);
        }
        let is_empty = |model: &Model| model.variables.is_empty() && model.modules.is_empty();
        if models.first().is_some_and(is_empty) {
            self.syntax("the model has no variables", root);
        }
        let macros: Vec<_> = xml::children(root, "macro").collect();
        let macros = macros
            .into_iter()
            .filter_map(|one| self.macro_of(one))
            .collect();
        Source {
            dialect: Dialect::Xmile,
            times: self.times(specs, root),
            method: specs.map_or(Method::Euler, |specs| self.method(specs)),
            dimensions,
            models,
            macros,
            remarks: std::mem::take(&mut self.remarks),
        }
    }

    fn behaviour_of(&self, behaviour: Xml<'_, '_>) -> Behaviour {
        let all = xml::child(behaviour, "non_negative").is_some_and(|flag| says_true(flag));
        let of = |kind: &str| {
            let kind = xml::child(behaviour, kind);
            let flag = kind.and_then(|kind| xml::child(kind, "non_negative"));
            flag.map_or(all, says_true)
        };
        Behaviour {
            has_non_negative_stocks: of("stock"),
            has_non_negative_flows: of("flow"),
        }
    }

    fn dimension(&mut self, dim: Xml<'_, '_>) -> Option<Dimension> {
        let Some(name) = dim.attribute("name") else {
            self.syntax("a dimension has no name", dim);
            return None;
        };
        let elements: Vec<Element> = xml::children(dim, "elem")
            .filter_map(|elem| elem.attribute("name"))
            .map(Element::new)
            .collect();
        let size = dim.attribute("size").map(str::trim);
        let elements = match size {
            Some(size) if elements.is_empty() => match size.parse::<u32>() {
                Ok(size @ 1..=100_000) => (1..=size)
                    .map(|number| Element::new(&number.to_string()))
                    .collect(),
                _ => {
                    self.syntax(
                        "the size of a dimension is a whole number up to 100000",
                        dim,
                    );
                    return None;
                }
            },
            _ => elements,
        };
        Some(Dimension {
            name: Name::new(name),
            elements,
            maps: Vec::new(),
            span: self.span(dim),
        })
    }

    fn model(&mut self, model: Xml<'_, '_>) -> Model {
        let before = self.behaviour;
        if let Some(behaviour) = xml::child(model, "behavior") {
            self.behaviour = self.behaviour_of(behaviour);
        }
        let mut read = Model {
            name: model
                .attribute("name")
                .filter(|name| !name.trim().is_empty())
                .map(Name::new),
            ..Model::default()
        };
        // Older programs write variables straight into the model.
        let lists: Vec<_> = xml::children(model, "variables").collect();
        for variables in lists.into_iter().chain([model]) {
            read.variables.extend(self.variables(variables));
            for module in xml::children(variables, "module") {
                read.modules.extend(self.module(module));
            }
        }
        self.behaviour = before;
        read
    }

    fn variables(&mut self, variables: Xml<'_, '_>) -> Vec<Variable> {
        let elements = variables.children().filter(Xml::is_element);
        elements
            .filter_map(|element| self.variable(element))
            .collect()
    }

    fn module(&mut self, module: Xml<'_, '_>) -> Option<Module> {
        let Some(name) = module.attribute("name") else {
            self.syntax("a module has no name", module);
            return None;
        };
        let connections = xml::children(module, "connect").filter_map(|connect| {
            let to = connect.attribute("to")?;
            Some((name_of(to), name_of(connect.attribute("from")?)))
        });
        Some(Module {
            name: written_name(name),
            model: name_of(module.attribute("model").unwrap_or(name)),
            connections: connections.collect(),
            span: self.span(module),
        })
    }

    fn macro_of(&mut self, element: Xml<'_, '_>) -> Option<Macro> {
        let Some(name) = element.attribute("name") else {
            self.syntax("a macro has no name", element);
            return None;
        };
        let parameters: Vec<_> = xml::children(element, "parm").collect();
        let inputs = parameters.into_iter().map(|parameter| {
            let default = parameter
                .attribute("default")
                .filter(|text| !text.trim().is_empty());
            let default = default.and_then(|text| match parse(text, 0, Dialect::Xmile) {
                Ok(expr) => Some(expr),
                Err(mut fault) => {
                    fault.span = Some(self.span(parameter));
                    self.faults.push(fault);
                    None
                }
            });
            (Name::new(&xml::text_of(parameter)), default)
        });
        let inputs = inputs.collect();
        let mut variables = Vec::new();
        for list in xml::children(element, "variables") {
            variables.extend(self.variables(list));
        }
        let key = Name::new(name);
        if let Some(eqn) = xml::child(element, "eqn") {
            let span = self.span(element);
            let body = self.value(eqn);
            variables.push(Variable {
                name: name.to_owned(),
                key: key.clone(),
                kind: Kind::Auxiliary,
                dimensions: Vec::new(),
                equations: vec![Equation {
                    left: Vec::new(),
                    except: Vec::new(),
                    body,
                    initial: None,
                    span,
                }],
                units: String::new(),
                span,
            });
        }
        Some(Macro {
            name: key,
            inputs,
            results: Vec::new(),
            variables,
            span: self.span(element),
        })
    }

    fn variable(&mut self, element: Xml<'_, '_>) -> Option<Variable> {
        let tag = element.tag_name().name();
        if !matches!(tag, "stock" | "flow" | "aux" | "gf") {
            return None;
        }
        let Some(name) = element.attribute("name") else {
            self.syntax(&format!("a <{tag}> has no name"), element);
            return None;
        };
        let name = written_name(name);
        self.current = Some(name.clone());
        let before = self.faults.len();
        let flag = xml::child(element, "non_negative").map(says_true);
        let names = |tag: &str| -> Vec<Name> {
            let names = xml::children(element, tag).map(|flow| name_of(&xml::text_of(flow)));
            names.filter(|name| !name.as_str().is_empty()).collect()
        };
        let kind = match tag {
            "stock" => Kind::Stock {
                inflows: names("inflow"),
                outflows: names("outflow"),
                is_non_negative: flag.unwrap_or(self.behaviour.has_non_negative_stocks),
                form: self.stock_form(element),
            },
            "flow" => Kind::Flow {
                is_non_negative: flag.unwrap_or(self.behaviour.has_non_negative_flows),
                multiplier: self.multiplier(element).map(Box::new),
            },
            _ => Kind::Auxiliary,
        };
        let dimensions: Vec<Name> = xml::child(element, "dimensions")
            .into_iter()
            .flat_map(|all| xml::children(all, "dim"))
            .filter_map(|dim| dim.attribute("name"))
            .map(Name::new)
            .collect();
        let span = self.span(element);
        let elements: Vec<_> = xml::children(element, "element").collect();
        let mut equations: Vec<Equation> = Vec::new();
        let wrong = self.faults.drain(before..).next();
        let refused = match (wrong, refused(element)) {
            (Some(fault), _) => Some(Body::Unreadable(Box::new(fault))),
            (None, reason) => reason.map(|reason| Body::Refused(reason.to_owned())),
        };
        if refused.is_some() || elements.is_empty() || dimensions.is_empty() {
            let (body, initial) = match refused {
                Some(body) => (body, None),
                None => self.body(element, None),
            };
            equations.push(Equation {
                left: dimensions.clone(),
                except: Vec::new(),
                body,
                initial,
                span,
            });
        } else {
            for one in elements {
                let subscript = one.attribute("subscript").unwrap_or_default();
                let left = subscript.split(',').map(Name::new).collect();
                let (body, initial) = self.body(one, Some(element));
                let span = self.span(one);
                equations.push(Equation {
                    left,
                    except: Vec::new(),
                    body,
                    initial,
                    span,
                });
            }
        }
        self.current = None;
        Some(Variable {
            key: Name::new(&name),
            name,
            kind,
            dimensions,
            equations,
            units: xml::child(element, "units")
                .map(xml::text_of)
                .unwrap_or_default(),
            span,
        })
    }

    /// What an element says: its equation and its table, or those of what it is a part of, and what
    /// it is at the start where that is told apart.
    fn body(&mut self, element: Xml<'_, '_>, whole: Option<Xml<'_, '_>>) -> (Body, Option<Expr>) {
        let before = self.faults.len();
        let find = |name: &str| {
            xml::child(element, name).or_else(|| whole.and_then(|whole| xml::child(whole, name)))
        };
        let table = if element.tag_name().name() == "gf" {
            self.table(element)
        } else {
            find("gf").and_then(|gf| self.table(gf))
        };
        let value = find("eqn").map_or(Body::Missing, |eqn| self.value(eqn));
        let initial = find("init_eqn").and_then(|eqn| self.expr_of(eqn));
        // What cannot be read of one variable keeps no other from running.
        if let Some(fault) = self.faults.drain(before..).next() {
            return (Body::Unreadable(Box::new(fault)), None);
        }
        let body = match (table, value) {
            (Some(table), Body::Value(expr)) => Body::Through(table, expr),
            (Some(table), _) => Body::Table(table),
            (None, value) => value,
        };
        (body, initial)
    }

    fn value(&mut self, eqn: Xml<'_, '_>) -> Body {
        self.expr_of(eqn).map_or(Body::Missing, Body::Value)
    }

    /// The expression in an element; none where there is nothing but comments.
    pub(super) fn expr_of(&mut self, element: Xml<'_, '_>) -> Option<Expr> {
        let placed = PlacedText::of(self.file, element, self.skipped);
        self.expr(&placed)
    }

    /// The expression of a text; none where there is nothing but comments.
    pub(super) fn expr(&mut self, placed: &PlacedText) -> Option<Expr> {
        if is_empty(&placed.text) {
            return None;
        }
        match parse(&placed.text, 0, Dialect::Xmile) {
            Ok(mut expr) => {
                shift(&mut expr, &|span| placed.place(span));
                Some(expr)
            }
            Err(fault) => {
                let mut fault = placed.placed(fault).by_default_at(placed.span());
                fault.variable = self.current.clone();
                self.faults.push(fault);
                Some(Expr::new(Node::Number(0.0), placed.span()))
            }
        }
    }
}

/// Whether a text has nothing but blanks and comments.
fn is_empty(text: &str) -> bool {
    let mut rest = text.trim_start();
    while let Some(comment) = rest.strip_prefix('{') {
        let Some((_, after)) = comment.split_once('}') else {
            return false;
        };
        rest = after.trim_start();
    }
    rest.is_empty()
}

pub(super) fn is_true(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case("true") || text.trim() == "1"
}

/// `<non_negative/>` is as good as one that says so.
fn says_true(flag: Xml<'_, '_>) -> bool {
    let text = xml::text_of(flag);
    text.trim().is_empty() || is_true(&text)
}
