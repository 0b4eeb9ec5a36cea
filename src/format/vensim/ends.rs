//! What the numbers of a view stand for: variables, valves with their flows, and other things.

use std::collections::BTreeMap;

use super::names::{is_of_control, key};
use super::sketch::{ObjectKind, View};
use crate::model::Point;

/// What an arrow can lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// A variable, by its index among them.
    Variable(usize),
    /// A valve, with the variable of its flow if it has a name.
    Valve(Option<usize>),
    /// A variable that says how to simulate.
    Control,
    /// A comment, a cloud, or nothing.
    Nothing,
}

/// What a pipe does to a stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pipe {
    /// It fills it.
    Fills,
    /// It empties it.
    Empties,
}

/// What the numbers of one view stand for, and where that is.
#[derive(Clone, Debug, Default)]
pub struct Ends {
    by_number: BTreeMap<u32, (End, Point)>,
    pipes: BTreeMap<u32, Vec<(usize, Pipe)>>,
    /// The greatest number of the view.
    pub greatest: u32,
}

impl Ends {
    /// Those of a view, whose variables are found by their names, and those of its texts that stand
    /// for variables by their indices.
    pub fn of(
        text: &str,
        view: &View,
        find: impl Fn(&str) -> Option<usize>,
        find_text: impl Fn(usize) -> Option<usize>,
    ) -> Self {
        const ATTACHED: u32 = 32;
        let mut ends = Self::default();
        let mut valve: Option<u32> = None;
        for (index, object) in view.objects.iter().enumerate() {
            ends.greatest = ends.greatest.max(object.number);
            let end = match object.kind {
                ObjectKind::Variable => {
                    let name = object.field(text, 2);
                    let found = find(name);
                    // The name of a flow comes after its valve and hangs on it.
                    let is_attached = object.number_at(text, 7) & ATTACHED != 0;
                    if let Some((End::Valve(flow), _)) = valve
                        .take()
                        .filter(|_| is_attached)
                        .and_then(|valve| ends.by_number.get_mut(&valve))
                    {
                        *flow = found;
                    }
                    match found {
                        Some(index) => End::Variable(index),
                        None if is_of_control(&key(name)) => End::Control,
                        None => End::Nothing,
                    }
                }
                ObjectKind::Valve => {
                    valve = Some(object.number);
                    End::Valve(None)
                }
                ObjectKind::Comment => find_text(index).map_or(End::Nothing, End::Variable),
                ObjectKind::Arrow | ObjectKind::Other => continue,
            };
            ends.by_number
                .insert(object.number, (end, object.position(text)));
        }
        ends.find_pipes(text, view);
        ends
    }

    fn find_pipes(&mut self, text: &str, view: &View) {
        for object in view.objects.iter().filter(|object| object.is_pipe(text)) {
            let [from, to] = object.ends(text);
            if let (End::Valve(_), End::Variable(stock)) =
                (self.of_number(from), self.of_number(to))
            {
                let pipes = self.pipes.entry(from).or_default();
                pipes.push((stock, object.pipe(text)));
            }
        }
    }

    /// The variables that have a valve.
    pub fn flows(&self) -> impl Iterator<Item = usize> + '_ {
        let ends = self.by_number.values();
        ends.filter_map(|(end, _)| match end {
            End::Valve(flow) => *flow,
            _ => None,
        })
    }

    /// The stocks at the pipes of a valve.
    pub fn pipes(&self, valve: u32) -> &[(usize, Pipe)] {
        self.pipes.get(&valve).map_or(&[], Vec::as_slice)
    }

    /// What a number stands for.
    pub fn of_number(&self, number: u32) -> End {
        self.by_number
            .get(&number)
            .map_or(End::Nothing, |(end, _)| *end)
    }

    /// Where it is, in the units of the view.
    pub fn position(&self, number: u32) -> Option<Point> {
        self.by_number.get(&number).map(|(_, position)| *position)
    }
}
