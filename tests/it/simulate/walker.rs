//! A slow and plain reading of models without subscripts, straight on their syntax trees: every value
//! is worked out anew, from the definitions of the languages. It shares nothing with the program but
//! the tree and the tables' points.

mod links;

use std::collections::HashMap;
use std::ptr::from_ref;

use loopstream::equation::{BinaryOp, Dialect, Expr, Name, Node, Table, UnaryOp};
use loopstream::simulate::{Body, Kind, Method, Source, Variable};

/// A function with a memory: at a place in a tree.
#[derive(Clone, Debug, Default)]
struct Memory {
    /// Stocks, or what is kept, or what is under way.
    values: Vec<f64>,
}

/// What the stocks of a place change by, or what is kept next.
enum Change {
    Slopes(Vec<f64>),
    Next(Vec<f64>),
}

pub struct Walker<'s> {
    source: &'s Source,
    variables: HashMap<Name, &'s Variable>,
    memories: HashMap<usize, Memory>,
    known: HashMap<Name, f64>,
    is_start: bool,
    start: f64,
    dt: f64,
    n: u32,
    time: f64,
}

fn place(expr: &Expr) -> usize {
    from_ref(expr) as usize
}

impl<'s> Walker<'s> {
    /// The values of some variables at every step, for a run from 0.
    pub fn run(source: &'s Source, steps: u32, dt: f64, wanted: &[Name]) -> Vec<Vec<f64>> {
        let mut walker = Self::begin(source, dt);
        let mut rows = Vec::new();
        for n in 0..=steps {
            walker.n = n;
            walker.at(f64::from(n));
            rows.push(wanted.iter().map(|name| walker.named(name)).collect());
            if n < steps {
                walker.step(f64::from(n));
            }
        }
        rows
    }

    fn begin(source: &'s Source, dt: f64) -> Self {
        let variables = &source.models[0].variables;
        let mut walker = Self {
            source,
            variables: variables.iter().map(|one| (one.key.clone(), one)).collect(),
            memories: HashMap::new(),
            known: HashMap::new(),
            is_start: true,
            start: 0.0,
            dt,
            n: 0,
            time: 0.0,
        };
        let stocks: Vec<&Variable> = variables.iter().collect();
        for variable in &stocks {
            walker.named(&variable.key);
        }
        for variable in &stocks {
            walker.begin_slopes(value_of(variable).unwrap());
            if let Some(multiplier) = multiplier_of(variable) {
                walker.value(multiplier);
                walker.begin_slopes(multiplier);
            }
        }
        walker.is_start = false;
        walker
    }

    /// The time so many steps from the start, in whole or in part.
    fn at(&mut self, steps: f64) {
        self.time = self.start + steps * self.dt;
        self.known.clear();
    }

    fn changes(&mut self) -> Vec<(usize, Change)> {
        let mut changes = Vec::new();
        let variables: Vec<&'s Variable> = self.source.models[0].variables.iter().collect();
        for variable in variables {
            let Some(expr) = value_of(variable) else {
                continue;
            };
            if let Kind::Stock {
                inflows, outflows, ..
            } = &variable.kind
            {
                let mut net = None;
                for flow in inflows {
                    let mut value = self.named(flow);
                    if let Some(multiplier) = multiplier_of(self.variables[flow]) {
                        value *= self.value(multiplier);
                    }
                    net = Some(net.map_or(value, |net: f64| net + value));
                }
                for flow in outflows {
                    let value = self.named(flow);
                    net = Some(net.unwrap_or(0.0) - value);
                }
                let key = from_ref(variable) as usize;
                changes.push((key, Change::Slopes(vec![net.unwrap_or(0.0)])));
            }
            self.changes_in(expr, &mut changes);
            if let Some(multiplier) = multiplier_of(variable) {
                self.changes_in(multiplier, &mut changes);
            }
        }
        changes
    }

    fn step(&mut self, n: f64) {
        let begin = self.memories.clone();
        let first = self.changes();
        let slopes = |changes: &[(usize, Change)]| -> HashMap<usize, Vec<f64>> {
            let slopes = changes.iter().filter_map(|(key, change)| match change {
                Change::Slopes(slopes) => Some((*key, slopes.clone())),
                Change::Next(_) => None,
            });
            slopes.collect()
        };
        let k1 = slopes(&first);
        let dt = self.dt;
        let set = |walker: &mut Self, on: &dyn Fn(usize, usize) -> f64| {
            for (key, slopes) in &k1 {
                for at in 0..slopes.len() {
                    let value = begin[key].values[at] + on(*key, at);
                    walker.memories.get_mut(key).unwrap().values[at] = value;
                }
            }
        };
        match (self.source.method, self.source.dialect) {
            (Method::Euler, _) => set(self, &|key, at| dt * k1[&key][at]),
            (Method::Rk2, Dialect::Vensim) => {
                set(self, &|key, at| dt / 2.0 * k1[&key][at]);
                self.between(n, 0.5);
                let k2 = slopes(&self.changes());
                set(self, &|key, at| dt * k2[&key][at]);
            }
            (Method::Rk2, Dialect::Xmile) => {
                set(self, &|key, at| dt * k1[&key][at]);
                self.between(n, 1.0);
                let k2 = slopes(&self.changes());
                set(self, &|key, at| dt * ((k1[&key][at] + k2[&key][at]) / 2.0));
            }
            (Method::Rk4, _) => {
                set(self, &|key, at| dt / 2.0 * k1[&key][at]);
                self.between(n, 0.5);
                let k2 = slopes(&self.changes());
                set(self, &|key, at| dt / 2.0 * k2[&key][at]);
                self.between(n, 0.5);
                let k3 = slopes(&self.changes());
                set(self, &|key, at| dt * k3[&key][at]);
                self.between(n, 1.0);
                let k4 = slopes(&self.changes());
                set(self, &|key, at| {
                    dt / 6.0
                        * (k1[&key][at] + 2.0 * k2[&key][at] + 2.0 * k3[&key][at] + k4[&key][at])
                });
            }
        }
        for (key, change) in first {
            if let Change::Next(next) = change {
                self.memories.get_mut(&key).unwrap().values = next;
            }
        }
    }

    fn between(&mut self, n: f64, part: f64) {
        self.time = self.start + n * self.dt + part * self.dt;
        self.known.clear();
    }

    fn named(&mut self, name: &Name) -> f64 {
        if let Some(value) = self.known.get(name) {
            return *value;
        }
        let value = match self.variables.get(name).copied() {
            None if name.as_str() == "time" => self.time,
            None => panic!("{name}"),
            Some(variable) => {
                let expr = value_of(variable).unwrap();
                if matches!(variable.kind, Kind::Stock { .. }) {
                    let key = from_ref(variable) as usize;
                    if self.is_start {
                        let initial = self.value(expr);
                        self.memories.insert(
                            key,
                            Memory {
                                values: vec![initial],
                            },
                        );
                    }
                    self.memories[&key].values[0]
                } else {
                    let value = self.value(expr);
                    match &variable.equations[0].initial {
                        Some(initial) if self.is_start => self.value(initial),
                        _ => value,
                    }
                }
            }
        };
        self.known.insert(name.clone(), value);
        value
    }

    fn value(&mut self, expr: &'s Expr) -> f64 {
        match &expr.node {
            Node::Number(number) => *number,
            Node::Name(name, _) => self.named(name),
            Node::Unary(op, inside) => {
                let x = self.value(inside);
                match op {
                    UnaryOp::Minus => -x,
                    UnaryOp::Not => f64::from(u8::from(x == 0.0)),
                    UnaryOp::Plus | UnaryOp::Transpose => x,
                }
            }
            Node::Binary(op, sides) => {
                let (a, b) = (self.value(&sides[0]), self.value(&sides[1]));
                binary(*op, a, b)
            }
            Node::If(parts) => {
                // A memory in either branch goes on whichever is taken.
                let values = [0, 1, 2].map(|at| self.value(&parts[at]));
                if values[0] != 0.0 {
                    values[1]
                } else {
                    values[2]
                }
            }
            Node::Inline(input, table) => looked_up(table, self.value(input)),
            Node::Call(name, _, arguments) if name.as_str() == "integ" => {
                // What it changes by may need its own value: that is for later.
                let initial = if self.is_start {
                    self.value(&arguments[1])
                } else {
                    0.0
                };
                self.memory(expr, || vec![initial])[0]
            }
            Node::Call(name, _, arguments) => {
                let values: Vec<f64> = arguments.iter().map(|one| self.value(one)).collect();
                self.function(name.as_str(), &values, expr)
            }
        }
    }

    /// The first step that begins at a time or later.
    fn has_begun(&self, time: f64) -> bool {
        f64::from(self.n) >= ((time - self.start) / self.dt - 1e-6).ceil()
    }

    fn function(&mut self, name: &str, values: &[f64], expr: &'s Expr) -> f64 {
        let step_time = self.start + f64::from(self.n) * self.dt;
        match (name, values) {
            ("abs", [x]) => x.abs(),
            ("exp", [x]) => x.exp(),
            ("ln", [x]) => x.ln(),
            ("sqrt", [x]) => x.sqrt(),
            ("sin", [x]) => x.sin(),
            ("cos", [x]) => x.cos(),
            ("tan", [x]) => x.tan(),
            ("arctan", [x]) => x.atan(),
            ("tanh", [x]) => x.tanh(),
            ("int", [x]) => x.floor(),
            ("round", [x]) => x.round(),
            ("integer", [x]) => x.trunc(),
            ("modulo", [a, b]) => a % b,
            ("min" | "max", [a, b]) if a.is_nan() || b.is_nan() => f64::NAN,
            ("min", [a, b]) => {
                if a < b || (a == b && a.is_sign_negative()) {
                    *a
                } else {
                    *b
                }
            }
            ("max", [a, b]) => {
                if a > b || (a == b && b.is_sign_negative()) {
                    *a
                } else {
                    *b
                }
            }
            ("zidz", [a, b]) => {
                if b.abs() < 1e-6 {
                    0.0
                } else {
                    a / b
                }
            }
            ("xidz", [a, b, c]) => {
                if b.abs() < 1e-6 {
                    *c
                } else {
                    a / b
                }
            }
            ("safediv", [a, b, c]) => {
                if *b == 0.0 {
                    *c
                } else {
                    a / b
                }
            }
            ("sinwave", [a, period]) => a * (std::f64::consts::TAU * self.time / period).sin(),
            ("coswave", [a, period]) => a * (std::f64::consts::TAU * self.time / period).cos(),
            ("quantum", [a, b]) => {
                if *b < 1e-6 {
                    *a
                } else {
                    b * (a / b).trunc()
                }
            }
            ("step", [height, time]) => {
                if self.has_begun(*time) {
                    *height
                } else {
                    0.0
                }
            }
            ("ramp", [slope, start, end]) => {
                let until = if step_time < *end { step_time } else { *end };
                slope
                    * if until - start > 0.0 {
                        until - start
                    } else {
                        0.0
                    }
            }
            ("pulse", [start, width]) if self.source.dialect == Dialect::Vensim => {
                let first = ((start - self.start) / self.dt - 1e-6).ceil();
                let end = ((start - self.start) / self.dt + width / self.dt - 1e-6).ceil();
                let n = f64::from(self.n);
                f64::from(u8::from(
                    first <= n && n < if end > first + 1.0 { end } else { first + 1.0 },
                ))
            }
            _ => self.remembered(name, values, expr),
        }
    }

    /// The memory at a place, made at the start.
    fn memory(&mut self, expr: &Expr, initial: impl FnOnce() -> Vec<f64>) -> Vec<f64> {
        if self.is_start {
            self.memories
                .insert(place(expr), Memory { values: initial() });
        }
        self.memories[&place(expr)].values.clone()
    }

    fn remembered(&mut self, name: &str, v: &[f64], expr: &'s Expr) -> f64 {
        let whole = |time: f64, dt: f64| ((time / dt + 0.5).floor().max(1.0)) as usize;
        let dt = self.dt;
        match (kind_of(name), v) {
            (Remember::Integral, _) => unreachable!(),
            (Remember::Smooth(n), v) => {
                let initial = v.get(2).copied().unwrap_or(v[0]);
                *self.memory(expr, || vec![initial; n]).last().unwrap()
            }
            (Remember::Delay(n), v) => {
                let each = v[1] / n as f64;
                let initial = v.get(2).copied().unwrap_or(v[0]);
                self.memory(expr, || vec![initial * each; n])
                    .last()
                    .unwrap()
                    / each
            }
            (Remember::Fixed, v) => {
                let initial = v.get(2).copied().unwrap_or(v[0]);
                self.memory(expr, || vec![initial; whole(v[1], dt)])[0]
            }
            (Remember::Initial, v) => self.memory(expr, || vec![v[0]])[0],
            (Remember::Previous, v) => self.memory(expr, || vec![v[1]])[0],
            (Remember::Sample, v) => {
                let kept = self.memory(expr, || vec![v[2]])[0];
                if v[0] != 0.0 { v[1] } else { kept }
            }
            (Remember::Trend, v) => {
                let average = self.memory(expr, || vec![v[0] / (1.0 + v[1] * v[2])])[0];
                if average != 0.0 {
                    (v[0] - average) / (v[1] * average.abs())
                } else {
                    0.0
                }
            }
        }
    }

    /// Makes the memories within what integrals change by.
    fn begin_slopes(&mut self, expr: &'s Expr) {
        match &expr.node {
            Node::Number(_) | Node::Name(..) => {}
            Node::Unary(_, inside) | Node::Inline(inside, _) => self.begin_slopes(inside),
            Node::Binary(_, sides) => sides.iter().for_each(|one| self.begin_slopes(one)),
            Node::If(parts) => parts.iter().for_each(|one| self.begin_slopes(one)),
            Node::Call(name, _, arguments) => {
                if name.as_str() == "integ" {
                    self.value(&arguments[0]);
                }
                arguments.iter().for_each(|one| self.begin_slopes(one));
            }
        }
    }

    /// What the memories in a tree change by.
    fn changes_in(&mut self, expr: &'s Expr, changes: &mut Vec<(usize, Change)>) {
        match &expr.node {
            Node::Number(_) | Node::Name(..) => {}
            Node::Unary(_, inside) | Node::Inline(inside, _) => self.changes_in(inside, changes),
            Node::Binary(_, sides) => sides.iter().for_each(|one| self.changes_in(one, changes)),
            Node::If(parts) => parts.iter().for_each(|one| self.changes_in(one, changes)),
            Node::Call(name, _, arguments) => {
                for argument in arguments {
                    self.changes_in(argument, changes);
                }
                let Some(memory) = self.memories.get(&place(expr)).cloned() else {
                    return;
                };
                let v: Vec<f64> = arguments.iter().map(|one| self.value(one)).collect();
                let own = memory.values;
                let change = match kind_of(name.as_str()) {
                    Remember::Integral => Change::Slopes(vec![v[0]]),
                    Remember::Smooth(n) => {
                        let each = v[1] / n as f64;
                        let before = |at: usize| if at == 0 { v[0] } else { own[at - 1] };
                        Change::Slopes((0..n).map(|at| (before(at) - own[at]) / each).collect())
                    }
                    Remember::Delay(n) => {
                        let each = v[1] / n as f64;
                        let before = |at: usize| if at == 0 { v[0] } else { own[at - 1] / each };
                        Change::Slopes((0..n).map(|at| before(at) - own[at] / each).collect())
                    }
                    Remember::Trend => Change::Slopes(vec![(v[0] - own[0]) / v[1]]),
                    Remember::Fixed => {
                        Change::Next(own[1..].iter().copied().chain([v[0]]).collect())
                    }
                    Remember::Initial => Change::Next(own),
                    Remember::Previous => Change::Next(vec![v[0]]),
                    Remember::Sample => Change::Next(vec![if v[0] != 0.0 { v[1] } else { own[0] }]),
                };
                changes.push((place(expr), change));
            }
        }
    }
}

enum Remember {
    Integral,
    Smooth(usize),
    Delay(usize),
    Fixed,
    Initial,
    Previous,
    Sample,
    Trend,
}

fn kind_of(name: &str) -> Remember {
    match name {
        "integ" => Remember::Integral,
        "smooth" | "smoothi" | "smth1" => Remember::Smooth(1),
        "smooth3" | "smooth3i" | "smth3" => Remember::Smooth(3),
        "delay1" | "delay1i" => Remember::Delay(1),
        "delay3" | "delay3i" => Remember::Delay(3),
        "delay_fixed" | "delay" => Remember::Fixed,
        "initial" | "init" => Remember::Initial,
        "previous" => Remember::Previous,
        "sample_if_true" => Remember::Sample,
        "trend" => Remember::Trend,
        other => panic!("{other}"),
    }
}

fn multiplier_of(variable: &Variable) -> Option<&Expr> {
    match &variable.kind {
        Kind::Flow { multiplier, .. } => multiplier.as_deref(),
        _ => None,
    }
}

fn value_of(variable: &Variable) -> Option<&Expr> {
    match &variable.equations[0].body {
        Body::Value(expr) => Some(expr),
        _ => None,
    }
}

fn binary(op: BinaryOp, a: f64, b: f64) -> f64 {
    let truth = |is: bool| f64::from(u8::from(is));
    match op {
        BinaryOp::Add => a + b,
        BinaryOp::Subtract => a - b,
        BinaryOp::Multiply => a * b,
        BinaryOp::Divide => a / b,
        BinaryOp::Power => a.powf(b),
        BinaryOp::Modulo => {
            let left = a % b;
            if left != 0.0 && (left < 0.0) != (b < 0.0) {
                left + b
            } else {
                left
            }
        }
        BinaryOp::Less => truth(a < b),
        BinaryOp::LessOrEqual => truth(a <= b),
        BinaryOp::Greater => truth(a > b),
        BinaryOp::GreaterOrEqual => truth(a >= b),
        BinaryOp::Equal => truth(a == b),
        BinaryOp::NotEqual => truth(a != b),
        BinaryOp::And => truth(a != 0.0 && b != 0.0),
        BinaryOp::Or => truth(a != 0.0 || b != 0.0),
    }
}

/// From the first point to the last, one after the other.
fn looked_up(table: &Table, x: f64) -> f64 {
    let points = table.points();
    if x.is_nan() {
        return f64::NAN;
    }
    if points.len() == 1 || x < points[0].0 {
        return points[0].1;
    }
    for two in points.windows(2) {
        let ((x0, y0), (x1, y1)) = (two[0], two[1]);
        if x0 <= x && x < x1 {
            return y0 + (x - x0) * (y1 - y0) / (x1 - x0);
        }
    }
    points[points.len() - 1].1
}
