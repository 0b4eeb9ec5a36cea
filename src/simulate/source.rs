//! A model as its text says it, the same for both languages: nothing resolved, nothing computed.

use crate::equation::{Dialect, Expr, Fault, Name, Span, Table};

/// How stocks are carried over a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Method {
    /// The slope at the start of the step.
    #[default]
    Euler,
    /// Runge and Kutta, second order. Vensim takes the slope in the middle of the step, Stella the
    /// mean of those at its start and its end (Heun).
    Rk2,
    /// Runge and Kutta, fourth order.
    Rk4,
}

/// A model read from a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The language of its equations.
    pub dialect: Dialect,
    /// When a run begins and ends, its step, and how often it is saved.
    pub times: Times,
    /// How stocks are carried over a step.
    pub method: Method,
    /// Dimensions and subranges.
    pub dimensions: Vec<Dimension>,
    /// The model itself, then those that its modules use.
    pub models: Vec<Model>,
    /// Functions that the text defines.
    pub macros: Vec<Macro>,
    /// What was read otherwise than a person might think, in sentences.
    pub remarks: Vec<String>,
}

/// When a run begins and ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Times {
    /// The first time.
    pub start: Expr,
    /// The last time.
    pub stop: Expr,
    /// The step, in units of time; or how many of them a unit of time has.
    pub step: Expr,
    /// Whether `step` is how many steps a unit of time has.
    pub is_reciprocal: bool,
    /// The time from one saved row to the next; none for every step.
    pub save: Option<Expr>,
}

/// A dimension, or a part of one, with its elements in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Dimension {
    /// Its name.
    pub name: Name,
    /// Its elements; of Vensim also names of other dimensions, which stand for theirs.
    pub elements: Vec<Element>,
    /// Other dimensions that its elements stand for.
    pub maps: Vec<Map>,
    /// Where it is defined.
    pub span: Span,
}

/// An element of a dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Its name, as it is compared.
    pub name: Name,
    /// Its name, as it was written.
    pub written: String,
}

impl Element {
    /// The element that a text says.
    #[must_use]
    pub fn new(written: &str) -> Self {
        Self {
            name: Name::new(written),
            written: written.to_owned(),
        }
    }
}

/// A mapping of Vensim: each element of the one dimension stands for one or more of another.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// The other dimension.
    pub to: Name,
    /// For each element of the one, an element or a part of the other; empty for one by one.
    pub entries: Vec<Name>,
}

/// The variables of a model, or of a part that modules use.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// Its name; the first of all needs none.
    pub name: Option<Name>,
    /// Its variables, in the order of the text.
    pub variables: Vec<Variable>,
    /// Its modules.
    pub modules: Vec<Module>,
}

/// A part of a model that is a model itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Module {
    /// Its name, as it was written.
    pub name: String,
    /// The model it is one of.
    pub model: Name,
    /// Inputs, and the variables that they are connected to.
    pub connections: Vec<(Name, Name)>,
    /// Where it stands.
    pub span: Span,
}

/// A function that the text defines with variables of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Macro {
    /// Its name; the variable of the same name is its value.
    pub name: Name,
    /// Its inputs.
    pub inputs: Vec<(Name, Option<Expr>)>,
    /// Variables of it that a call may give names to, beside its value (Vensim).
    pub results: Vec<Name>,
    /// Its variables.
    pub variables: Vec<Variable>,
    /// Where it stands.
    pub span: Span,
}

/// A variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// Its name, as it was written.
    pub name: String,
    /// Its name, as it is compared.
    pub key: Name,
    /// What it is.
    pub kind: Kind,
    /// Its dimensions, where the text lists them (XMILE).
    pub dimensions: Vec<Name>,
    /// Its equations: one for all elements, or one for some of them each.
    pub equations: Vec<Equation>,
    /// Its units, as they were written.
    pub units: String,
    /// Where it is defined.
    pub span: Span,
}

/// What a variable is, where the text says it.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// An auxiliary; of Vensim also stocks and flows, whose equations say what they are.
    Auxiliary,
    /// A flow.
    Flow {
        /// Whether it is never below 0.
        is_non_negative: bool,
        /// What arrives in the stock that it fills, for each unit that leaves; none for 1.
        multiplier: Option<Box<Expr>>,
    },
    /// A stock, whose equation is its value at the start.
    Stock {
        /// What fills it.
        inflows: Vec<Name>,
        /// What drains it, by priority.
        outflows: Vec<Name>,
        /// Whether its outflows take no more than it holds.
        is_non_negative: bool,
        /// How what is in it comes out.
        form: StockForm,
    },
}

/// How what is in a stock comes out.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum StockForm {
    /// By the equations of its outflows.
    #[default]
    Plain,
    /// As it went in, some time later: its outflow has no equation.
    Conveyor(Box<Conveyor>),
    /// In a way that cannot run here: its outflows may have no equations.
    Other,
}

/// What moves things along and lets them out at its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Conveyor {
    /// How long things are on it, in units of time. It does not change during a run.
    pub time: Expr,
    /// The most that it holds; none where that has no limit.
    pub capacity: Option<Expr>,
}

/// An equation of a variable, for all or some of its elements.
#[derive(Clone, Debug, PartialEq)]
pub struct Equation {
    /// Dimensions and elements that it holds for; none for a variable without dimensions.
    pub left: Vec<Name>,
    /// Elements that it does not hold for.
    pub except: Vec<Vec<Name>>,
    /// What it says.
    pub body: Body,
    /// What it is while the start is computed, where that is told apart (XMILE).
    pub initial: Option<Expr>,
    /// Where it stands.
    pub span: Span,
}

/// What an equation says.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// A value.
    Value(Expr),
    /// Numbers for the elements, the last dimension fastest.
    List(Vec<f64>),
    /// A table that others read.
    Table(Table),
    /// A result of a call of a macro beside its value: the call, and which of them, from 0.
    Result(Expr, usize),
    /// A table and where it is read; others may read it too.
    Through(Table, Expr),
    /// Nothing yet.
    Missing,
    /// Something that cannot run here, in a sentence.
    Refused(String),
    /// Something that cannot be read, and what is wrong with it.
    Unreadable(Box<Fault>),
}
