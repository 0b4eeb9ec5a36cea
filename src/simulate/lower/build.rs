//! The builder: what is declared, and the equations that wait to be lowered.

use std::collections::{HashMap, VecDeque};

use super::graph::{Clock, Graph, Id, Op};
use super::space::{DimId, ElementId, Space};
use crate::equation::{Expr, Fault, Name, Problem, Span, Table};
use crate::simulate::arithmetic::Dyadic;
use crate::simulate::source::{Conveyor, Source};

/// The most operations of a model.
const MOST_OPERATIONS: usize = 8_000_000;
/// The most elements of all variables together, hidden ones too.
const MOST_VARIABLES: usize = 1_000_000;
/// The most faults that are listed.
const MOST_FAULTS: usize = 200;

/// One element of a variable, or a hidden variable.
#[derive(Clone, Debug)]
pub(crate) struct Var {
    /// Its name with the names of its modules and its subscripts, as it was written.
    pub name: String,
    /// What it is; none before it was lowered.
    pub root: Option<Id>,
    /// Whether it is one of the model's own, whose values are results.
    pub is_shown: bool,
    /// Where it is defined.
    pub span: Span,
}

/// A stock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State {
    /// Its value at the start.
    pub initial: Id,
    /// Its change for a unit of time.
    pub slope: Id,
    /// Whether it is never below 0.
    pub is_non_negative: bool,
}

/// A value that is kept from one step to the next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    /// Its value at the start.
    pub initial: Id,
    /// What takes its place after a step; none for one that stays.
    pub next: Option<Id>,
}

/// A delay of whole steps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pipe {
    /// What goes in.
    pub input: Id,
    /// How many units of time it takes; what it is at the start counts.
    pub time: Id,
    /// What comes out before anything has passed.
    pub initial: Id,
}

/// An element of a free variable, whose number is given to each run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input {
    /// Which of the free variables it is one of.
    pub free: u32,
    /// Its number where a run is given none; none where the text says no plain number.
    pub own: Option<f64>,
}

/// A variable with its elements.
#[derive(Debug, Default)]
pub(super) struct Array {
    pub name: String,
    /// For each subscript the dimension that holds its elements, where the text says it.
    pub dims: Vec<DimId>,
    /// What stands for the elements that are not there, where what it says cannot be read as a
    /// whole: a variable that was refused.
    pub unsure: Option<u32>,
    /// In the order of their definition.
    pub keys: Vec<Box<[ElementId]>>,
    pub entries: HashMap<Box<[ElementId]>, Entry>,
}

/// What an element of a variable is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    pub variable: Option<u32>,
    pub table: Option<u32>,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Symbol {
    Array(usize),
    /// The input of a macro.
    Bound(Id),
}

/// Where names are looked up: the model, a module, or one call of a macro.
#[derive(Debug, Default)]
pub(super) struct Scope {
    pub names: HashMap<Name, Symbol>,
    pub modules: HashMap<Name, usize>,
    pub prefix: String,
    pub is_hidden: bool,
    /// How many macros are around it.
    pub depth: usize,
}

/// What an equation is lowered in.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    pub scope: usize,
    /// Dimensions that stand for an element: those of the left side first, then those of sums.
    pub bound: Vec<(DimId, ElementId)>,
    /// How many of `bound` are from the left side.
    pub left: usize,
    /// Whether it is within a sum or the like, where `*` and bare arrays stand for one element.
    pub axes: Option<Vec<(DimId, usize, usize)>>,
    /// The variable whose equation it is.
    pub variable: u32,
}

/// How a value limits a flow: what the stock that it drains holds, less what goes before.
#[derive(Clone, Debug)]
pub(super) struct Limit {
    pub stock: usize,
    pub before: Vec<usize>,
}

/// What is to be lowered for an element of a variable.
pub(super) enum Work<'s> {
    Value(&'s Expr),
    Result(&'s Expr, usize),
    Number(f64),
    Input(Input),
    Through(u32, &'s Expr),
    /// What a module's input is connected to.
    Name(Name),
    Stock {
        initial: &'s Expr,
        inflows: &'s [Name],
        outflows: &'s [Name],
        is_non_negative: bool,
    },
    /// What comes off a conveyor, which is a variable with inflows.
    Leaving {
        stock: usize,
        conveyor: &'s Conveyor,
        inflows: &'s [Name],
    },
}

pub(super) struct Job<'s> {
    pub context: Context,
    pub key: Box<[ElementId]>,
    pub work: Work<'s>,
    /// What it is while the start is computed, where that is told apart.
    pub initial: Option<&'s Expr>,
    pub is_non_negative: bool,
    pub limit: Option<Limit>,
    /// The conveyor that it fills, where that holds only so much.
    pub room: Option<Room<'s>>,
    pub span: Span,
}

/// What a conveyor has room for: its capacity less what it holds once something has left, and less
/// what other flows of higher priority bring.
#[derive(Clone, Debug)]
pub(super) struct Room<'s> {
    pub stock: usize,
    pub outflow: usize,
    pub capacity: &'s Expr,
    pub before: Vec<usize>,
}

/// A conveyor, and the operation that is its transit time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Transit {
    /// What comes off it.
    pub outflow: u32,
    pub time: Id,
}

/// An element of a variable that is allocated by curves, and their types.
#[derive(Clone, Debug)]
pub(crate) struct Allocation {
    pub variable: u32,
    pub types: Vec<Id>,
    pub span: Span,
}

/// Stocks in a row whose number is known once the start is computed.
pub(super) struct Chain {
    pub hidden: u32,
    pub kind: ChainKind,
    pub input: Id,
    pub time: Id,
    pub initial: Id,
    pub count: Id,
    pub span: Span,
    pub owner: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ChainKind {
    Smooth,
    Delay,
    /// Vensim's DELAY N.
    VensimDelay,
}

/// A call of a macro: the scope and the place of the call, and the elements in hand.
pub(super) type Call = (usize, Span, Vec<(DimId, ElementId)>);

/// Makes the graph.
pub(crate) struct Builder<'s> {
    pub(super) source: &'s Source,
    pub(super) space: Space,
    pub graph: Graph,
    pub vars: Vec<Var>,
    pub(super) arrays: Vec<Array>,
    pub(super) scopes: Vec<Scope>,
    pub tables: Vec<Table>,
    pub states: Vec<State>,
    pub helds: Vec<Held>,
    pub pipes: Vec<Pipe>,
    /// Seeds of the series of random numbers; none for one of its own.
    pub draws: Vec<Option<u64>>,
    pub(super) chains: Vec<Chain>,
    pub transits: Vec<Transit>,
    pub allocations: Vec<Allocation>,
    /// Matrices, row by row, and their inverses.
    pub(super) inverses: HashMap<Vec<Id>, Vec<Id>>,
    /// What flows are multiplied by on their way, by scope and name.
    pub(super) multipliers: HashMap<(usize, Name), &'s Expr>,
    /// The scope of each call of a macro with several results: by where it is called and for what.
    pub(super) calls: HashMap<Call, usize>,
    pub(super) jobs: VecDeque<Job<'s>>,
    pub(super) overrides: HashMap<Name, f64>,
    /// The free variables, and which of them each name is.
    pub(super) free: HashMap<Name, u32>,
    pub inputs: Vec<Input>,
    /// What keeps the model as a whole from running.
    pub fatal: Vec<Fault>,
    /// Why variables cannot be computed.
    pub faults: Vec<Fault>,
}

/// Lowers a model; variables that are set have those numbers instead of their equations, and free
/// ones have inputs. A variable that cannot be lowered is unknown, and its fault is kept.
pub(crate) fn build<'s>(
    source: &'s Source,
    overrides: &[(Name, f64)],
    free: &[Name],
) -> Result<Builder<'s>, Vec<Fault>> {
    let space = Space::new(&source.dimensions, source.dialect).map_err(|fault| vec![fault])?;
    let mut builder = Builder {
        source,
        space,
        graph: Graph::default(),
        vars: Vec::new(),
        arrays: Vec::new(),
        scopes: Vec::new(),
        tables: Vec::new(),
        states: Vec::new(),
        helds: Vec::new(),
        pipes: Vec::new(),
        draws: Vec::new(),
        chains: Vec::new(),
        transits: Vec::new(),
        allocations: Vec::new(),
        inverses: HashMap::new(),
        multipliers: HashMap::new(),
        calls: HashMap::new(),
        jobs: VecDeque::new(),
        overrides: overrides.iter().cloned().collect(),
        free: free.iter().cloned().zip(0..).collect(),
        inputs: Vec::new(),
        fatal: Vec::new(),
        faults: Vec::new(),
    };
    builder.declare_model();
    builder.drain();
    if builder.fatal.is_empty() {
        Ok(builder)
    } else {
        Err(builder.fatal)
    }
}

impl<'s> Builder<'s> {
    /// Lowers what waits, and what comes up meanwhile.
    pub(super) fn drain(&mut self) {
        while let Some(job) = self.jobs.pop_front() {
            let variable = job.context.variable;
            if self.vars[variable as usize].root.is_some() {
                // It was refused while it waited.
                continue;
            }
            let size = self.check_size(job.span);
            match size.and_then(|()| self.job(&job)) {
                Ok(root) => self.vars[variable as usize].root = Some(root),
                Err(fault) => {
                    let name = self.vars[variable as usize].name.clone();
                    self.refuse(variable, fault.of(&name).by_default_at(job.span));
                    if !self.fatal.is_empty() {
                        self.jobs.clear();
                    }
                }
            }
        }
    }

    /// A variable cannot be computed.
    pub(crate) fn refuse(&mut self, variable: u32, fault: Fault) {
        let unknown = self.graph.unknown();
        self.vars[variable as usize].root = Some(unknown);
        self.fault(fault);
    }

    /// Variables cannot be computed, for one reason.
    ///
    /// # Errors
    /// There are none, so it is a fault of the model as a whole.
    pub(crate) fn refuse_all(&mut self, variables: &[u32], fault: Fault) -> Result<(), Fault> {
        if variables.is_empty() {
            return Err(fault);
        }
        for &variable in variables {
            self.refuse(variable, fault.clone());
        }
        Ok(())
    }

    /// Whether a variable was refused itself.
    pub(crate) fn is_refused_variable(&self, variable: u32) -> bool {
        let root = self.vars[variable as usize].root;
        root.is_some_and(|root| matches!(self.graph.op(root), Op::Unknown))
    }

    /// Keeps a fault. Elements of one variable mostly have the same: it is said once.
    pub(super) fn fault(&mut self, fault: Fault) {
        let is_of_all = matches!(
            fault.problem,
            Problem::TooLarge(_) | Problem::Steers { .. } | Problem::NoInput
        );
        let list = if is_of_all {
            &mut self.fatal
        } else {
            &mut self.faults
        };
        let is_known = list
            .iter()
            .any(|known| known.span == fault.span && known.problem == fault.problem);
        if !is_known && list.len() < MOST_FAULTS {
            list.push(fault);
        }
    }

    fn check_size(&self, span: Span) -> Result<(), Fault> {
        if self.graph.len() > MOST_OPERATIONS || self.vars.len() > MOST_VARIABLES {
            let message = "the model is too large: it has more elements than can be run".to_owned();
            return Err(Fault::at(Problem::TooLarge(message), span));
        }
        Ok(())
    }

    fn job(&mut self, job: &Job<'s>) -> Result<Id, Fault> {
        let context = &job.context;
        let mut root = match &job.work {
            Work::Value(expr) => self.lower(expr, context)?,
            Work::Result(call, place) => self.result(call, *place, context)?,
            Work::Number(value) => self.graph.number(*value),
            Work::Input(input) => self.input(*input),
            Work::Through(table, expr) => {
                let x = self.lower(expr, context)?;
                let reading = self.tables[*table as usize].reading;
                self.graph.add(Op::Look(*table, reading, x))
            }
            Work::Name(name) => {
                let expr = Expr::name(name.clone(), job.span);
                self.lower(&expr, context)?
            }
            Work::Stock {
                initial,
                inflows,
                outflows,
                is_non_negative,
            } => {
                let initial = self.lower(initial, context)?;
                let slope = self.net_flow(inflows, outflows, context, job.span)?;
                self.state(initial, slope, *is_non_negative)
            }
            Work::Leaving {
                stock,
                conveyor,
                inflows,
            } => self.leaving(*stock, conveyor, inflows, job)?,
        };
        if let Some(initial) = job.initial {
            let start = self.lower(initial, context)?;
            root = self.graph.add(Op::Phase(start, root));
        }
        if job.is_non_negative {
            let zero = self.graph.number(0.0);
            root = self.graph.binary(Dyadic::Max, zero, root);
        }
        if let Some(limit) = &job.limit {
            root = self.limited(root, limit, job)?;
        }
        if let Some(room) = &job.room {
            root = self.admitted(root, room, job)?;
        }
        Ok(root)
    }

    /// What fills a stock less what drains it, in the order of the text.
    pub(super) fn net_flow(
        &mut self,
        inflows: &[Name],
        outflows: &[Name],
        context: &Context,
        span: Span,
    ) -> Result<Id, Fault> {
        let mut sum = None;
        let flows = inflows.iter().map(|flow| (flow, Dyadic::Add));
        for (flow, code) in flows.chain(outflows.iter().map(|flow| (flow, Dyadic::Subtract))) {
            let mut value = self.lower(&Expr::name(flow.clone(), span), context)?;
            let multiplier = self
                .multipliers
                .get(&(context.scope, flow.clone()))
                .copied();
            if let Some(multiplier) = multiplier.filter(|_| code == Dyadic::Add) {
                let multiplier = self.lower(multiplier, context)?;
                value = self.graph.binary(Dyadic::Multiply, value, multiplier);
            }
            sum = Some(match (sum, code) {
                (None, Dyadic::Add) => value,
                (sum, code) => {
                    let sum = sum.unwrap_or_else(|| self.graph.number(0.0));
                    self.graph.binary(code, sum, value)
                }
            });
        }
        Ok(sum.unwrap_or_else(|| self.graph.number(0.0)))
    }

    /// The element of a stock or of another of its flows that belongs to the element in hand.
    pub(super) fn beside(&mut self, array: usize, job: &Job<'s>) -> Result<Id, Fault> {
        let array = &self.arrays[array];
        let entry = array.entries.get(&job.key).and_then(|entry| entry.variable);
        match entry.or(array.unsure) {
            Some(variable) => Ok(self.variable(variable)),
            None => {
                let message = format!("{} has other elements than its flow", array.name);
                Err(Fault::at(Problem::Subscript(message), job.span))
            }
        }
    }

    /// A flow that takes no more than its stock holds, after those of higher priority.
    fn limited(&mut self, flow: Id, limit: &Limit, job: &Job<'s>) -> Result<Id, Fault> {
        let stock = self.beside(limit.stock, job)?;
        let step = self.graph.clock(Clock::Step);
        let zero = self.graph.number(0.0);
        let mut rest = self.graph.binary(Dyadic::Divide, stock, step);
        for &before in &limit.before {
            let other = self.beside(before, job)?;
            let other = self.graph.binary(Dyadic::Max, zero, other);
            rest = self.graph.binary(Dyadic::Subtract, rest, other);
        }
        let rest = self.graph.binary(Dyadic::Max, zero, rest);
        Ok(self.graph.binary(Dyadic::Min, flow, rest))
    }

    /// The value of an element of a variable.
    pub(super) fn variable(&mut self, variable: u32) -> Id {
        self.graph.add(Op::Variable(variable))
    }

    pub(super) fn state(&mut self, initial: Id, slope: Id, is_non_negative: bool) -> Id {
        let index = u32::try_from(self.states.len()).unwrap_or(u32::MAX);
        self.states.push(State {
            initial,
            slope,
            is_non_negative,
        });
        self.graph.add(Op::State(index))
    }

    /// A stock whose slope needs its own value.
    pub(super) fn state_with(
        &mut self,
        initial: Id,
        slope: impl FnOnce(&mut Graph, Id) -> Id,
    ) -> Id {
        let index = self.states.len();
        let state = self.state(initial, initial, false);
        self.states[index].slope = slope(&mut self.graph, state);
        state
    }

    pub(super) fn held(&mut self, initial: Id, next: Option<Id>) -> Id {
        let index = u32::try_from(self.helds.len()).unwrap_or(u32::MAX);
        self.helds.push(Held { initial, next });
        self.graph.add(Op::Held(index))
    }

    fn input(&mut self, input: Input) -> Id {
        let index = u32::try_from(self.inputs.len()).unwrap_or(u32::MAX);
        self.inputs.push(input);
        self.graph.add(Op::Input(index))
    }

    pub(super) fn pipe(&mut self, pipe: Pipe) -> Id {
        let index = u32::try_from(self.pipes.len()).unwrap_or(u32::MAX);
        self.pipes.push(pipe);
        self.graph.add(Op::Pipe(index))
    }

    pub(super) fn new_var(&mut self, name: String, is_shown: bool, span: Span) -> u32 {
        let index = u32::try_from(self.vars.len()).unwrap_or(u32::MAX);
        self.vars.push(Var {
            name,
            root: None,
            is_shown,
            span,
        });
        index
    }

    /// Lowers an expression of the model as a whole, such as the first time.
    pub(crate) fn lower_whole(&mut self, expr: &Expr) -> Result<Id, Fault> {
        let root = self.lower(expr, &Context::default())?;
        Ok(root)
    }
}
