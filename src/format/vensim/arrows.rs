//! The arrows of views: which links they show, and with which signs.

use super::draw::Drawer;
use super::ends::{End, Pipe};
use super::sketch::Object;
use crate::format::foreign::formula::Mentioned;
use crate::format::foreign::{DrawnLink, bend_through, direction_of_ring};
use crate::model::{Delay, Link, Polarity};

impl Drawer<'_, '_> {
    /// Draws the link or the links that an arrow shows.
    pub(super) fn arrow(&mut self, view: usize, index: usize, object: &Object) {
        let text = self.source.text;
        let ends = &self.drawn.ends[view];
        let numbers = object.ends(text);
        let [from, to] = numbers.map(|number| ends.of_number(number));
        let is_pipe = object.is_pipe(text);
        self.losses.arrows += usize::from(!is_pipe);
        match (from, to) {
            (End::Valve(Some(flow)), End::Variable(stock)) if is_pipe => {
                let polarity = self.of_pipe(object, flow, stock);
                self.link(view, index, object, (flow, stock), polarity);
            }
            (End::Valve(_) | End::Variable(_) | End::Nothing, _) if is_pipe => {}
            (
                End::Valve(Some(from)) | End::Variable(from),
                End::Valve(Some(to)) | End::Variable(to),
            ) => {
                if self.is_at_first(object, from, to) {
                    let names = self.names_of(from, to);
                    self.losses.at_first.add_link(&names.0, &names.1);
                    return;
                }
                let polarity = self.of_arrow(object, from, to);
                let link = self.link(view, index, object, (from, to), polarity);
                self.note_what_is_unsaid(link);
            }
            (End::Valve(Some(from)) | End::Variable(from), End::Valve(None))
                if self.reading.is_whole() =>
            {
                let stocks = ends.pipes(numbers[1]).to_vec();
                self.through_valve(view, index, object, from, &stocks);
            }
            (End::Control, _) | (_, End::Control) => self.losses.of_control += 1,
            _ => self.losses.loose_arrows += 1,
        }
    }

    /// An arrow to a valve without a name: it changes what flows, and so the stocks at its pipes.
    fn through_valve(
        &mut self,
        view: usize,
        index: usize,
        object: &Object,
        from: usize,
        stocks: &[(usize, Pipe)],
    ) {
        let mut is_drawn = false;
        for (stock, pipe) in stocks {
            let [cause, effect] = [from, *stock].map(|end| self.key_of(end));
            let is_said = !self.causes.is_worked_out(effect)
                || self
                    .causes
                    .mention(cause, effect)
                    .is_some_and(Mentioned::is_cause);
            if !is_said {
                continue;
            }
            let proved = self.by_definition(from, *stock);
            let polarity = proved.unwrap_or(match (polarity_of(self.source.text, object), pipe) {
                (Polarity::Positive, Pipe::Empties) => Polarity::Negative,
                (Polarity::Negative, Pipe::Empties) => Polarity::Positive,
                (polarity, _) => polarity,
            });
            self.link(view, index, object, (from, *stock), polarity);
            is_drawn = true;
        }
        self.losses.loose_arrows += usize::from(!is_drawn);
    }

    /// Whether an arrow is for what its effect begins with only, which causes nothing later.
    fn is_at_first(&self, object: &Object, from: usize, to: usize) -> bool {
        const AT_FIRST: u32 = 1;
        let mention = self.causes.mention(self.key_of(from), self.key_of(to));
        match mention {
            _ if !self.reading.is_whole() => false,
            Some(mention) => !mention.is_cause(),
            None => object.number_at(self.source.text, 10) == AT_FIRST,
        }
    }

    /// Counts a link that is drawn, but that the equation of its effect does not have.
    fn note_what_is_unsaid(&mut self, link: usize) {
        let link = &self.drawn.drawing.links[link];
        let (from, to) = (link.from, link.to);
        let [cause, effect] = [from, to].map(|end| self.key_of(end));
        if self.causes.is_worked_out(effect) && self.causes.mention(cause, effect).is_none() {
            let names = self.names_of(from, to);
            self.losses.unsaid.add_link(&names.0, &names.1);
        }
    }

    /// Adds the link that an arrow shows, or another arrow to one that is there. Returns its index.
    fn link(
        &mut self,
        view: usize,
        index: usize,
        object: &Object,
        (from, to): (usize, usize),
        polarity: Polarity,
    ) -> usize {
        let text = self.source.text;
        let is_pipe = object.is_pipe(text);
        const DELAYED: u32 = 1;
        let is_marked = !is_pipe && object.number_at(text, 9) & DELAYED != 0;
        let delay = if is_marked || self.is_delayed(from, to) {
            Delay::Delayed
        } else {
            Delay::None
        };
        let known = self.by_ends.entry((from, to)).or_default();
        let links = &mut self.drawn.drawing.links;
        let same = known.iter().copied().find(|link| {
            let standing = links[*link].polarity;
            standing == polarity || standing == Polarity::Unknown || polarity == Polarity::Unknown
        });
        if let Some(link) = same {
            // Shown in several views, or as a pipe and as an arrow: one link all the same.
            if links[link].polarity == Polarity::Unknown {
                links[link].polarity = polarity;
            }
            if delay == Delay::Delayed {
                links[link].delay = delay;
            }
            self.drawn.arrows[link].push((view, index));
            self.losses.repeated += 1;
            return link;
        }
        let link = links.len();
        known.push(link);
        let bend = if is_pipe {
            0.0
        } else {
            self.bend(view, object)
        };
        self.losses.bends += usize::from(bend.abs() >= Link::MAXIMUM_BEND);
        self.drawn.drawing.links.push(DrawnLink {
            from,
            to,
            polarity,
            delay,
            bend: Some(bend),
            corner: None,
        });
        self.drawn.arrows.push(vec![(view, index)]);
        link
    }

    fn bend(&self, view: usize, object: &Object) -> f64 {
        let text = self.source.text;
        let ends = &self.drawn.ends[view];
        let [from, to] = [2, 3].map(|field| ends.position(object.number_at(text, field)));
        let (Some(from), Some(to), Some(handle)) = (from, to, object.handle(text)) else {
            return 0.0;
        };
        if object.number_at(text, 2) == object.number_at(text, 3) {
            direction_of_ring(from, handle)
        } else {
            bend_through(from, handle, to)
        }
    }

    /// The sign of a pipe between a flow and a stock.
    ///
    /// A stock is what has flowed in less what has flowed out. So a flow in raises it and a flow out
    /// lowers it by definition; nothing is guessed. The equation says which of them it is; where it
    /// does not, the pipe has its head at the stock that it fills.
    fn of_pipe(&mut self, object: &Object, flow: usize, stock: usize) -> Polarity {
        match (
            self.by_definition(flow, stock),
            object.pipe(self.source.text),
        ) {
            (Some(polarity), _) => polarity,
            (None, Pipe::Fills) => Polarity::Positive,
            (None, Pipe::Empties) => Polarity::Negative,
        }
    }

    /// The sign beside an arrow; without one, the sign of a term of a stock's equation. By its sign an
    /// arrow from a rate to a stock would be a pipe, so there the equation has the word.
    fn of_arrow(&mut self, object: &Object, from: usize, to: usize) -> Polarity {
        let [cause, effect] = [from, to].map(|end| self.key_of(end));
        if self.is_of_pipe(from, to) && self.causes.is_worked_out(effect) {
            let is_said = self.causes.mention(cause, effect).is_some();
            let is_signed = polarity_of(self.source.text, object) != Polarity::Unknown;
            self.losses.no_pipes += usize::from(is_signed && !is_said);
            return self.by_definition(from, to).unwrap_or_default();
        }
        match polarity_of(self.source.text, object) {
            Polarity::Unknown => self.by_definition(from, to).unwrap_or_default(),
            stated => stated,
        }
    }
}

/// The sign beside an arrow.
fn polarity_of(text: &str, object: &Object) -> Polarity {
    match u8::try_from(object.number_at(text, 6)).map(char::from) {
        Ok('+' | 's' | 'S') => Polarity::Positive,
        Ok('-' | 'o' | 'O') => Polarity::Negative,
        _ => Polarity::Unknown,
    }
}
