//! Conveyors: what gets on comes off some time later, in the same order.
//!
//! What comes off is a delay of whole steps of what gets on, and what is on it is a stock of the two.
//! A conveyor that begins with something has it spread evenly.

use super::build::{Builder, Job, Pipe, Room, Transit};
use super::graph::{Clock, Id};
use crate::equation::{Fault, Name, Problem};
use crate::simulate::arithmetic::{Dyadic, Monadic};
use crate::simulate::schedule::{Pace, Phase, paces, schedule};
use crate::simulate::source::{Conveyor, Method};

impl<'s> Builder<'s> {
    /// What comes off a conveyor.
    pub(super) fn leaving(
        &mut self,
        stock: usize,
        conveyor: &'s Conveyor,
        inflows: &'s [Name],
        job: &Job<'s>,
    ) -> Result<Id, Fault> {
        let content = self.beside(stock, job)?;
        let input = self.net_flow(inflows, &[], &job.context, job.span)?;
        let time = self.lower(&conveyor.time, &job.context)?;
        let step = self.graph.clock(Clock::Step);
        let one = self.graph.number(1.0);
        // As many parts as steps, to the nearest, half of one up, and one at least.
        let parts = self.graph.binary(Dyadic::Divide, time, step);
        let half = self.graph.number(0.5);
        let parts = self.graph.binary(Dyadic::Add, parts, half);
        let parts = self.graph.unary(Monadic::Floor, parts);
        let parts = self.graph.binary(Dyadic::Max, one, parts);
        let part = self.graph.binary(Dyadic::Divide, content, parts);
        let initial = self.graph.binary(Dyadic::Divide, part, step);
        self.transits.push(Transit {
            outflow: job.context.variable,
            time,
        });
        Ok(self.pipe(Pipe {
            input,
            time,
            initial,
        }))
    }

    /// What of a flow gets on a conveyor that holds only so much.
    pub(super) fn admitted(
        &mut self,
        flow: Id,
        room: &Room<'s>,
        job: &Job<'s>,
    ) -> Result<Id, Fault> {
        let content = self.beside(room.stock, job)?;
        let outflow = self.beside(room.outflow, job)?;
        let capacity = self.lower(room.capacity, &job.context)?;
        let step = self.graph.clock(Clock::Step);
        let free = self.graph.binary(Dyadic::Subtract, capacity, content);
        let free = self.graph.binary(Dyadic::Divide, free, step);
        let mut free = self.graph.binary(Dyadic::Add, free, outflow);
        for &before in &room.before {
            let other = self.beside(before, job)?;
            free = self.graph.binary(Dyadic::Subtract, free, other);
        }
        let zero = self.graph.number(0.0);
        let free = self.graph.binary(Dyadic::Max, zero, free);
        Ok(self.graph.binary(Dyadic::Min, flow, free))
    }
}

/// Refuses what comes off conveyors in a run that is not by Euler, and of those whose transit time
/// changes.
pub(crate) fn check_transits(builder: &mut Builder<'_>, method: Method) {
    let transits = builder.transits.clone();
    if method != Method::Euler {
        for transit in &transits {
            let message = "a conveyor runs by Euler's method alone";
            let fault = Fault::whole(Problem::Unsupported(message.to_owned()));
            refuse(builder, transit.outflow, fault);
        }
        return;
    }
    for transit in &transits {
        // A circle is told later.
        let Ok(order) = schedule(builder, &[transit.time], Phase::Later) else {
            continue;
        };
        let pace = paces(builder, &order)[transit.time as usize];
        if pace != Pace::Constant {
            let message = "a conveyor whose transit time changes during the run cannot run here";
            let fault = Fault::whole(Problem::Unsupported(message.to_owned()));
            refuse(builder, transit.outflow, fault);
        }
    }
}

fn refuse(builder: &mut Builder<'_>, variable: u32, fault: Fault) {
    let var = &builder.vars[variable as usize];
    let fault = fault.of(&var.name.clone()).by_default_at(var.span);
    builder.refuse(variable, fault);
}
