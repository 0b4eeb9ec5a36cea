//! An archetype drawn as people draw it: with variables on the way of its ties.

use loopstream::causal::archetype::{Archetype, Effect, Form, Position, Span, Tie};
use loopstream::model::{Delay, Document, Edit, Element, Id, IdSource, Link, Polarity, Variable};

/// Chances for a test, drawn from one seed so that a failing case can be told.
pub struct Chance(IdSource);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(IdSource::new(seed))
    }

    pub fn id(&mut self) -> Id {
        self.0.fresh()
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.id().bits() >> 8) as usize % bound
    }

    fn half(&mut self) -> bool {
        self.below(2) == 1
    }
}

/// A document with one archetype in it.
pub struct Plant {
    pub archetype: &'static Archetype,
    pub form: &'static Form,
    pub document: Document,
    /// The variable of each role; none for a role that was left out.
    pub roles: Vec<Option<Id>>,
    /// The variables of each tie, from end to end, and its links.
    pub ways: Vec<(Vec<Id>, Vec<Id>)>,
}

impl Plant {
    /// A form of an archetype with up to this many links on each tie.
    pub fn new(
        archetype: &'static Archetype,
        form: &'static Form,
        longest: usize,
        chance: &mut Chance,
    ) -> Self {
        let mut plant = Self {
            archetype,
            form,
            document: Document::default(),
            roles: vec![None; archetype.roles.len()],
            ways: Vec::new(),
        };
        let mut less = vec![false; archetype.roles.len()];
        for role in form.ties.iter().flat_map(|tie| [tie.from, tie.to]) {
            if plant.roles[role].is_none() {
                plant.roles[role] = Some(plant.variable(chance));
                less[role] = archetype.roles[role].lack_plays && chance.half();
            }
        }
        for tie in form.ties {
            plant.draw(*tie, &less, longest, chance);
        }
        for group in form.delays {
            let tie = group[chance.below(group.len())];
            let links = plant.ways[tie].1.clone();
            plant.delay(links[chance.below(links.len())], Delay::Delayed);
        }
        plant
    }

    fn variable(&mut self, chance: &mut Chance) -> Id {
        let id = chance.id();
        let variable = Variable {
            name: format!("v{id}"),
            ..Variable::default()
        };
        self.set(id, Element::Variable(variable));
        id
    }

    fn set(&mut self, id: Id, element: Element) {
        let mut edit = Edit::new(&self.document);
        edit.set(id, Some(element));
        let patch = edit.finish();
        self.document.apply(&patch).unwrap();
    }

    fn link(&mut self, from: Id, to: Id, polarity: Polarity, chance: &mut Chance) -> Id {
        let id = chance.id();
        let link = Link {
            polarity,
            ..Link::new(from, to, 0.2)
        };
        self.set(id, Element::Link(link));
        id
    }

    /// Draws a tie as a path with the right net sign, through its role if it has one.
    fn draw(&mut self, tie: Tie, less: &[bool], longest: usize, chance: &mut Chance) {
        let least = if tie.needs_through() { 2 } else { 1 };
        let length = match tie.span {
            Span::Link => 1,
            Span::Path => least.max(1 + chance.below(longest)),
        };
        let mut variables = vec![self.roles[tie.from].unwrap()];
        for _ in 1..length {
            variables.push(self.variable(chance));
        }
        variables.push(self.roles[tie.to].unwrap());
        if let Some(through) = tie.through.filter(|_| length > 1) {
            let index = match through.position {
                Position::First => 1,
                Position::Last => length - 1,
            };
            self.roles[through.role] = Some(variables[index]);
        }
        let mut net = (tie.effect == Effect::Lowers) ^ less[tie.from] ^ less[tie.to];
        let mut links = Vec::new();
        for (index, pair) in variables.windows(2).enumerate() {
            let is_last = index + 1 == length;
            let negative = if is_last { net } else { chance.half() };
            net ^= negative;
            let polarity = if negative {
                Polarity::Negative
            } else {
                Polarity::Positive
            };
            links.push(self.link(pair[0], pair[1], polarity, chance));
        }
        self.ways.push((variables, links));
    }

    pub fn change(&mut self, link: Id, change: impl FnOnce(&mut Link)) {
        let mut edit = Edit::new(&self.document);
        edit.change(link, |element| {
            if let Element::Link(link) = element {
                change(link);
            }
        });
        let patch = edit.finish();
        self.document.apply(&patch).unwrap();
    }

    pub fn delay(&mut self, link: Id, delay: Delay) {
        self.change(link, |link| link.delay = delay);
    }

    pub fn remove(&mut self, link: Id) {
        let mut edit = Edit::new(&self.document);
        edit.remove(link);
        let patch = edit.finish();
        self.document.apply(&patch).unwrap();
    }

    /// Adds variables and links that make no new way between those of the archetype: some that
    /// only act on it, some that are only acted on, both linked among themselves.
    pub fn add_noise(&mut self, variables: usize, links: usize, chance: &mut Chance) {
        let inside: Vec<Id> = self.document.variables().keys().copied().collect();
        let before: Vec<Id> = (0..variables).map(|_| self.variable(chance)).collect();
        let behind: Vec<Id> = (0..variables).map(|_| self.variable(chance)).collect();
        for _ in 0..links {
            let (from, to) = match chance.below(5) {
                0 => (&before, &before),
                1 => (&before, &inside),
                2 => (&inside, &behind),
                3 => (&behind, &behind),
                _ => (&before, &behind),
            };
            let (from, to) = (from[chance.below(from.len())], to[chance.below(to.len())]);
            let signs = [Polarity::Positive, Polarity::Negative, Polarity::Unknown];
            let link = self.link(from, to, signs[chance.below(3)], chance);
            if chance.half() {
                self.delay(link, Delay::Delayed);
            }
        }
    }

    /// All links of the archetype, in the order of their ids.
    pub fn links(&self) -> Vec<Id> {
        let mut links: Vec<Id> = self.ways.iter().flat_map(|way| way.1.clone()).collect();
        links.sort_unstable();
        links
    }

    /// Every tie with every link of it.
    pub fn every_link(&self) -> Vec<(usize, Id)> {
        let ways = self.ways.iter().enumerate();
        ways.flat_map(|(tie, way)| way.1.iter().map(move |link| (tie, *link)))
            .collect()
    }

    /// The variables that might as well play a role: its own, and where the role has one cause and
    /// one effect, the others of that chain.
    pub fn candidates(&self, role: usize) -> Vec<Id> {
        let mut candidates: Vec<Id> = self.roles[role].into_iter().collect();
        let ties = self.form.ties.iter().zip(&self.ways);
        let touching: Vec<_> = ties
            .filter(|(tie, _)| {
                let through = tie.through.is_some_and(|through| through.role == role);
                tie.from == role || tie.to == role || through
            })
            .collect();
        let causes = touching.iter().filter(|(tie, _)| tie.to == role).count();
        let effects = touching.iter().filter(|(tie, _)| tie.from == role).count();
        if causes == effects && causes < 2 {
            candidates.extend(touching.iter().flat_map(|(_, way)| way.0.clone()));
        }
        candidates
    }
}
