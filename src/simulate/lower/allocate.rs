//! Vensim's allocation of what is available among requesters.

use super::build::{Allocation, Builder, Context};
use super::call::wrong;
use super::graph::{Id, Op};
use crate::equation::{Expr, Fault, Node, Problem, Span, Subscript};
use crate::simulate::allocate::Curve;
use crate::simulate::arithmetic::Many;

/// The type of a rectangular curve.
const RECTANGULAR: f64 = 1.0;

impl Builder<'_> {
    /// `ALLOCATE AVAILABLE` and `ALLOCATE BY PRIORITY`, which is the same with rectangular curves of
    /// one width.
    pub(super) fn allocation(
        &mut self,
        name: &str,
        arguments: &[Expr],
        span: Span,
        context: &Context,
    ) -> Result<Id, Fault> {
        let (along, requests, curves, available) = match arguments {
            [request, profile, available] if name == "allocate_available" => {
                let along = self.along(name, request, span, context)?;
                let requests = self.items_along(along, request, context)?;
                let mut curves = Vec::new();
                for part in self.profile(name, profile)? {
                    curves.push(self.items_along(along, &part, context)?);
                }
                self.allocations.push(Allocation {
                    variable: context.variable,
                    types: curves[0].clone(),
                    span: profile.span,
                });
                (along, requests, curves, available)
            }
            [request, priority, size, width, supply] if name == "allocate_by_priority" => {
                let along = self.along(name, request, span, context)?;
                let requests = self.items_along(along, request, context)?;
                self.check_count(name, size, requests.len(), context)?;
                let rectangular = self.graph.number(RECTANGULAR);
                let width = self.lower(width, context)?;
                let curves = vec![
                    vec![rectangular; requests.len()],
                    self.items_along(along, priority, context)?,
                    vec![width; requests.len()],
                ];
                (along, requests, curves, supply)
            }
            _ => {
                let wanted = match name {
                    "allocate_available" => "takes a request, a priority profile and what there is",
                    _ => "takes a request, a priority, a size, a width and a supply",
                };
                return Err(wrong(name, wanted, span));
            }
        };
        let available = self.lower(available, context)?;
        let mut all = vec![available];
        for (at, request) in requests.into_iter().enumerate() {
            all.push(request);
            all.extend(curves.iter().map(|curve| curve[at]));
        }
        let price = self.graph.many(Many::Price, all.clone());
        let place = self.graph.number(along.place);
        let mut items = vec![place, price];
        items.append(&mut all);
        Ok(self.graph.many(Many::Share, items))
    }

    /// The type, the priority and the width of a profile, of which the type is written. Of the types
    /// that run here none needs the fourth.
    fn profile(&self, name: &str, profile: &Expr) -> Result<[Expr; 3], Fault> {
        let plain = || {
            let wanted = "takes a profile whose last subscript is the first of four elements, such \
                          as priority[branch,ptype]";
            wrong(name, wanted, profile.span)
        };
        let Node::Name(of, subscripts) = &profile.node else {
            return Err(plain());
        };
        let Some((Subscript::Index(last), others)) = subscripts.split_last() else {
            return Err(plain());
        };
        let Node::Name(first, _) = &last.node else {
            return Err(plain());
        };
        let [kind, priority, width, _] = self.space.row_from::<4>(first).ok_or_else(plain)?;
        Ok([kind, priority, width].map(|element| {
            let mut subscripts = others.to_vec();
            subscripts.push(Subscript::Index(Expr::name(element, last.span)));
            Expr {
                node: Node::Name(of.clone(), subscripts),
                span: profile.span,
            }
        }))
    }

    /// The number that an operation is, also by way of variables.
    fn number_of(&self, id: Id) -> Option<f64> {
        let mut id = id;
        // A circle of variables is told elsewhere.
        for _ in 0..=self.vars.len() {
            match self.graph.op(id) {
                Op::Variable(variable) => id = self.vars[*variable as usize].root?,
                _ => return self.graph.value(id),
            }
        }
        None
    }
}

/// Refuses allocations whose curves are of types of which it is not certain what Vensim does, where
/// the text says the types.
pub(crate) fn check_curves(builder: &mut Builder<'_>) {
    for allocation in builder.allocations.clone() {
        let types = allocation.types.iter();
        let types: Vec<f64> = types.filter_map(|id| builder.number_of(*id)).collect();
        let strange = types
            .iter()
            .find(|number| Curve::of_type(**number).is_none());
        let fixed = types.iter().filter(|number| **number == 0.0).count();
        let message = match strange {
            Some(5.0) => "curves of constant elasticity (type 5) cannot run here".to_owned(),
            Some(number) if *number >= 10.0 => {
                format!("an allocation of whole numbers (type {number}) cannot run here")
            }
            Some(number) => format!("{number} is no type of a curve"),
            None if fixed > 0 && fixed < types.len() => {
                "fixed requests (type 0) beside other curves cannot run here".to_owned()
            }
            None => continue,
        };
        let var = &builder.vars[allocation.variable as usize];
        let fault = Fault::at(Problem::Unsupported(message), allocation.span);
        let fault = fault.of(&var.name.clone());
        builder.refuse(allocation.variable, fault);
    }
}
