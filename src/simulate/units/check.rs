//! Working out the units of an equation, from those of the variables in it.

use super::clock::Conversion;
use super::report::{Clash, Meeting, MildNote, Side};
use super::rules::{Ask, Give, Rule, rule_of};
use super::scope::{Found, Known, Trust};
use super::unit::{Fraction, Unit};
use super::words::key;
use crate::equation::{BinaryOp, Expr, NOT_AVAILABLE, Name, Node, Span, UnaryOp};

/// What is known of the unit of a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// It has that unit.
    Unit(Unit),
    /// A number that is made of numbers alone.
    Literal(f64),
    /// It fits anything: nothing is known, or it was told already.
    Free,
}

impl Value {
    fn of(unit: Option<Unit>) -> Self {
        unit.map_or(Self::Free, Self::Unit)
    }

    const fn one() -> Self {
        Self::Literal(1.0)
    }

    /// Two of them made to one; what is made of the numbers, and what of the units.
    fn with(
        &self,
        other: &Self,
        numbers: impl Fn(f64, f64) -> f64,
        units: impl Fn(&Unit, &Unit) -> Option<Unit>,
    ) -> Self {
        let none = Unit::dimensionless();
        match (self, other) {
            (Self::Free, _) | (_, Self::Free) => Self::Free,
            (Self::Literal(a), Self::Literal(b)) => Self::Literal(numbers(*a, *b)),
            (Self::Unit(a), Self::Unit(b)) => Self::of(units(a, b)),
            (Self::Unit(a), Self::Literal(_)) => Self::of(units(a, &none)),
            (Self::Literal(_), Self::Unit(b)) => Self::of(units(&none, b)),
        }
    }

    fn times(&self, other: &Self) -> Self {
        self.with(other, |a, b| a * b, Unit::times)
    }

    fn over(&self, other: &Self) -> Self {
        self.with(other, |a, b| a / b, Unit::over)
    }
}

/// Whether a number without a unit is worth a note beside something with one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tone {
    Loud,
    Quiet,
}

/// A walk through the equations of a variable.
pub(super) struct Walk<'k, 's> {
    known: &'k Known<'s>,
    part: usize,
    trust: Trust,
    pub clashes: Vec<Clash>,
    pub notes: Vec<MildNote>,
    /// Variables that nothing is said of, as they were written.
    pub unknown: Vec<String>,
}

impl<'k, 's> Walk<'k, 's> {
    pub(super) const fn new(known: &'k Known<'s>, part: usize, trust: Trust) -> Self {
        Self {
            known,
            part,
            trust,
            clashes: Vec::new(),
            notes: Vec::new(),
            unknown: Vec::new(),
        }
    }

    pub(super) fn add_unknown(&mut self, name: &str) {
        if !self.unknown.iter().any(|known| known == name) {
            self.unknown.push(name.to_owned());
        }
    }

    /// The unit of time.
    pub(super) fn time(&self) -> Value {
        Value::Unit(self.known.time.clone())
    }

    /// The unit of a variable by its name.
    pub(super) fn named(&mut self, name: &Name) -> Value {
        let known = self.known;
        match known.found(self.part, name, self.trust) {
            Found::Unit(unit) => return Value::Unit(unit.clone()),
            Found::Unknown(name) => {
                self.add_unknown(name);
                return Value::Free;
            }
            Found::Missing => {}
        }
        if known.is_position(name) {
            return Value::Unit(Unit::dimensionless());
        }
        match name.as_str().trim_end_matches('$') {
            "time" | "dt" | "starttime" | "stoptime" => self.time(),
            "pi" => Value::Unit(Unit::dimensionless()),
            _ => Value::Free,
        }
    }

    /// The unit of an expression.
    pub(super) fn value(&mut self, expr: &Expr) -> Value {
        match &expr.node {
            Node::Number(number) => Value::Literal(*number),
            Node::Name(name, _) => self.named(name),
            Node::Call(name, _, arguments) => self.call(name, arguments, expr.span),
            Node::Unary(UnaryOp::Not, inside) => {
                self.value(inside);
                Value::Unit(Unit::dimensionless())
            }
            Node::Unary(op, inside) => match (op, self.value(inside)) {
                (UnaryOp::Minus, Value::Literal(number)) => Value::Literal(-number),
                (_, value) => value,
            },
            Node::Binary(op, sides) => self.binary(*op, &sides[0], &sides[1], expr.span),
            Node::If(parts) => {
                self.value(&parts[0]);
                let [a, b] = [&parts[1], &parts[2]].map(|branch| self.value(branch));
                let sides = [(Side::Then, parts[1].span), (Side::Else, parts[2].span)];
                self.same(a, b, sides, expr.span, Tone::Loud)
            }
            Node::Inline(input, _) => {
                self.value(input);
                Value::Free
            }
        }
    }

    fn binary(&mut self, op: BinaryOp, left: &Expr, right: &Expr, span: Span) -> Value {
        match op {
            BinaryOp::Multiply => self.value(left).times(&self.value(right)),
            BinaryOp::Divide => self.value(left).over(&self.value(right)),
            BinaryOp::Power => self.power(left, right),
            BinaryOp::And | BinaryOp::Or => {
                self.value(left);
                self.value(right);
                Value::Unit(Unit::dimensionless())
            }
            _ => {
                let [a, b] = [left, right].map(|side| self.value(side));
                if let (Value::Literal(a), Value::Literal(b)) = (&a, &b) {
                    match op {
                        BinaryOp::Add => return Value::Literal(a + b),
                        BinaryOp::Subtract => return Value::Literal(a - b),
                        _ => {}
                    }
                }
                let sides = [(Side::Left, left.span), (Side::Right, right.span)];
                let same = self.same(a, b, sides, span, Tone::Loud);
                match op {
                    BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Modulo => same,
                    _ => Value::Unit(Unit::dimensionless()),
                }
            }
        }
    }

    /// Two values that ought to be counted in the same.
    fn same(
        &mut self,
        left: Value,
        right: Value,
        [(left_side, left_span), (right_side, right_span)]: [(Side, Span); 2],
        span: Span,
        tone: Tone,
    ) -> Value {
        match (left, right) {
            // A number says nothing of what it stands beside.
            (Value::Free, Value::Literal(_)) | (Value::Literal(_), Value::Free) => Value::Free,
            (Value::Free, other) | (other, Value::Free) => other,
            (Value::Literal(a), Value::Literal(b)) => Value::Literal(if a == 0.0 { b } else { a }),
            (Value::Unit(unit), Value::Literal(number)) => {
                self.number_beside(number, &unit, right_span, tone);
                Value::Unit(unit)
            }
            (Value::Literal(number), Value::Unit(unit)) => {
                self.number_beside(number, &unit, left_span, tone);
                Value::Unit(unit)
            }
            (Value::Unit(a), Value::Unit(b)) if a == b => Value::Unit(a),
            (Value::Unit(a), Value::Unit(b)) => {
                let left = Meeting::at(left_side, a, left_span);
                let right = Meeting::at(right_side, b, right_span);
                self.clash(span, left, right);
                Value::Free
            }
        }
    }

    /// A number without a unit fits if it is 0, or missing, or beside something without dimension.
    fn number_beside(&mut self, number: f64, beside: &Unit, span: Span, tone: Tone) {
        let fits = number == 0.0 || number == NOT_AVAILABLE || beside.is_dimensionless();
        if tone == Tone::Loud && !fits {
            self.notes.push(MildNote {
                span,
                number,
                beside: beside.clone(),
            });
        }
    }

    /// Two units that ought to be equal. Where nobody has said what time is counted in, it may be
    /// what makes them so: then that is unknown.
    pub(super) fn clash(&mut self, span: Span, left: Meeting, right: Meeting) {
        let hangs_on_time = |unit: &Unit| {
            let mut powers = self.known.time.powers();
            powers.any(|(time, _)| unit.powers().any(|(base, _)| base == time))
        };
        if !self.known.is_time_said && (hangs_on_time(&left.unit) || hangs_on_time(&right.unit)) {
            self.add_unknown("Time");
            return;
        }
        // In a macro an input may be counted in anything, so also in what makes them equal.
        let known = self.known;
        let inputs = known.parts[self.part].inputs.iter();
        let open: Vec<&Name> = inputs
            .filter_map(|(input, unit)| {
                let (base, _) = unit.as_ref()?.powers().next()?;
                let sides = [&left.unit, &right.unit];
                let is_in = |unit: &Unit| unit.powers().any(|(own, _)| own == base);
                sides.into_iter().any(is_in).then_some(*input)
            })
            .collect();
        if !open.is_empty() {
            for input in open {
                self.add_unknown(input.as_str());
            }
            return;
        }
        self.clashes.push(Clash {
            span,
            conversion: Conversion::between(&left.unit, &right.unit),
            left,
            right,
        });
    }

    /// An equation as a whole against what is said of its variable. A number alone fits anything:
    /// it gets its unit by that.
    pub(super) fn against_stated(
        &mut self,
        value: Value,
        expr: Option<&Expr>,
        span: Span,
        stated: &Unit,
    ) {
        match value {
            Value::Unit(unit) if unit != *stated => {
                let own = Meeting {
                    side: Side::Equation,
                    unit,
                    span: expr.map(|expr| expr.span),
                };
                self.clash(span, own, Meeting::outside(Side::Stated, stated.clone()));
            }
            Value::Literal(number) if expr.is_some_and(|expr| !is_number(expr)) => {
                self.number_beside(number, stated, span, Tone::Loud);
            }
            _ => {}
        }
    }

    /// A value that has to have a unit, and where it stands.
    fn needs(&mut self, value: Value, unit: &Unit, side: Side, span: Span) {
        if let Value::Unit(own) = value
            && own != *unit
        {
            let needed = Meeting::outside(Side::Needed, unit.clone());
            self.clash(span, Meeting::at(side, own, span), needed);
        }
    }

    fn power(&mut self, base: &Expr, exponent: &Expr) -> Value {
        let none = Unit::dimensionless();
        let of_base = self.value(base);
        match (of_base, self.value(exponent)) {
            (Value::Literal(a), Value::Literal(b)) => Value::Literal(a.powf(b)),
            (Value::Free, Value::Literal(_)) => Value::Free,
            (Value::Unit(unit), Value::Literal(number)) => match Fraction::of(number) {
                Some(power) => Value::of(unit.power(power)),
                None => {
                    self.needs(Value::Unit(unit), &none, Side::Left, base.span);
                    Value::Unit(none)
                }
            },
            (of_base, of_exponent) => {
                self.needs(of_exponent, &none, Side::Right, exponent.span);
                self.needs(of_base, &none, Side::Left, base.span);
                Value::Unit(none)
            }
        }
    }

    fn call(&mut self, name: &Name, arguments: &[Expr], span: Span) -> Value {
        let dialect = self.known.source.dialect;
        if self.known.called(name).is_some() {
            return self.call_macro(name, arguments);
        }
        let is_variable = self.known.variable(self.part, name).is_some();
        match (name.as_str(), arguments) {
            ("power", [base, exponent]) if !is_variable => self.power(base, exponent),
            // Functions of tables.
            (
                "lookup" | "lookup_forward" | "lookup_backward" | "lookup_extrapolate" | "tabxl",
                [table, input],
            ) if !is_variable => {
                self.value(input);
                self.value(table)
            }
            ("lookup_invert" | "lookupinv", [_, input]) if !is_variable => {
                self.value(input);
                Value::Free
            }
            _ => match rule_of(dialect, name.as_str()) {
                Some(rule) => self.by_rule(rule, name, arguments, span),
                None => {
                    for argument in arguments {
                        self.value(argument);
                    }
                    // A table is counted in what it gives.
                    if is_variable {
                        self.named(name)
                    } else {
                        Value::Free
                    }
                }
            },
        }
    }

    fn by_rule(&mut self, rule: Rule, name: &Name, arguments: &[Expr], span: Span) -> Value {
        let function = name.as_str().replace('_', " ").to_uppercase();
        let side = |at: usize| Side::Argument(function.clone(), at + 1);
        let ask = |at: usize| {
            let last = rule.asks.last().filter(|_| rule.repeats);
            rule.asks.get(at).or(last).copied().unwrap_or(Ask::Any)
        };
        let values: Vec<Value> = arguments.iter().map(|one| self.value(one)).collect();
        let asks: Vec<Ask> = (0..values.len()).map(ask).collect();
        // All X together, and all Y; then what hangs on them.
        let [mut x, mut y] = [None, None];
        for (at, value) in values.iter().enumerate() {
            let (group, tone) = match asks[at] {
                Ask::X => (&mut x, Tone::Quiet),
                Ask::LoudX => (&mut x, Tone::Loud),
                Ask::Y => (&mut y, Tone::Quiet),
                _ => continue,
            };
            let Some((first, before)) = group.take() else {
                *group = Some((at, value.clone()));
                continue;
            };
            let sides = [first, at].map(|at| (side(at), arguments[at].span));
            let together = self.same(before, value.clone(), sides, span, tone);
            *group = Some((first, together));
        }
        let mut x = x.map_or_else(Value::one, |(_, value)| value);
        let y = y.map_or_else(Value::one, |(_, value)| value);
        for (at, value) in values.into_iter().enumerate() {
            let place = arguments[at].span;
            let needed = match asks[at] {
                Ask::One => Value::Unit(Unit::dimensionless()),
                Ask::Time => self.time(),
                Ask::PerTime => Value::one().over(&self.time()),
                Ask::XPerTime => x.over(&self.time()),
                Ask::XTime => x.times(&self.time()),
                Ask::XOverY => x.over(&y),
                Ask::Any | Ask::X | Ask::LoudX | Ask::Y => continue,
            };
            let is_known = matches!(x, Value::Unit(_));
            match (asks[at], needed) {
                // What X is follows from this value, if X itself is a number or unknown.
                (Ask::XPerTime, _) if !is_known => x = value.times(&self.time()),
                (Ask::XTime, _) if !is_known => x = value.over(&self.time()),
                (_, Value::Unit(needed)) => self.needs(value, &needed, side(at), place),
                _ => {}
            }
        }
        self.given(rule.gives, &x, &y)
    }

    fn given(&mut self, gives: Give, x: &Value, y: &Value) -> Value {
        match gives {
            Give::One => Value::Unit(Unit::dimensionless()),
            Give::PerTime => Value::one().over(&self.time()),
            Give::X => x.clone(),
            Give::XOverY => x.over(y),
            Give::XTime => x.times(&self.time()),
            Give::XPerTime => x.over(&self.time()),
            Give::XYTime => x.times(y).times(&self.time()),
            Give::Root => match (x, Fraction::new(1, 2)) {
                (Value::Unit(unit), Some(half)) => Value::of(unit.power(half)),
                (Value::Literal(number), _) => Value::Literal(number.sqrt()),
                _ => Value::Free,
            },
            Give::Product => match x {
                Value::Unit(unit) if !unit.is_dimensionless() => Value::Free,
                other => other.clone(),
            },
            Give::Anything => Value::Free,
        }
    }

    /// A macro gives what its own variable is counted in, with the units of its inputs in the place
    /// of their names.
    fn call_macro(&mut self, name: &Name, arguments: &[Expr]) -> Value {
        let values: Vec<Value> = arguments.iter().map(|one| self.value(one)).collect();
        let Some((called, part)) = self.known.called(name) else {
            return Value::Free;
        };
        let Found::Unit(own) = self.known.found(part, name, self.trust) else {
            self.add_unknown(name.as_str());
            return Value::Free;
        };
        let inputs: Vec<String> = called
            .inputs
            .iter()
            .map(|(input, _)| key(input.as_str()))
            .collect();
        let replaced = own.replaced(|base| {
            let at = inputs.iter().position(|input| input == base)?;
            Some(match values.get(at) {
                Some(Value::Unit(unit)) => Some(unit.clone()),
                Some(Value::Literal(_)) => Some(Unit::dimensionless()),
                _ => None,
            })
        });
        Value::of(replaced)
    }
}

/// Whether an expression is made of numbers alone.
fn is_number(expr: &Expr) -> bool {
    match &expr.node {
        Node::Number(_) => true,
        Node::Unary(_, inside) => is_number(inside),
        Node::Binary(_, sides) => sides.iter().all(is_number),
        _ => false,
    }
}
