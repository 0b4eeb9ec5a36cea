//! One knot of loops: the determinant of its variables, and what a press at one does to another,
//! as counted terms.

use super::terms::Terms;

/// The effects between the variables of a knot, by pairs.
#[derive(Clone, Debug)]
pub struct Effects {
    size: usize,
    /// By `from * size + to`; a variable's effect on itself is none of these.
    effects: Vec<Terms>,
    /// What stands for each variable by itself: one if it follows its causes, less its links to
    /// itself.
    own: Vec<Terms>,
}

impl Effects {
    /// Variables without effects on each other.
    pub fn new(own: Vec<Terms>) -> Self {
        let size = own.len();
        Self {
            size,
            effects: vec![Terms::default(); size * size],
            own,
        }
    }

    /// How many variables there are.
    pub const fn size(&self) -> usize {
        self.size
    }

    /// Adds an effect of one variable on another, or on itself.
    pub fn add(&mut self, from: usize, to: usize, terms: Terms) {
        if from == to {
            self.own[from] = self.own[from] + terms.negated();
        } else {
            let effect = &mut self.effects[from * self.size + to];
            *effect = *effect + terms;
        }
    }

    /// The effect of one variable on another.
    pub fn effect(&self, from: usize, to: usize) -> Terms {
        self.effects[from * self.size + to]
    }

    /// What stands for a variable by itself.
    pub fn own(&self, variable: usize) -> Terms {
        self.own[variable]
    }

    /// The variables that one has an effect on.
    pub fn onward(&self, from: usize) -> impl Iterator<Item = usize> {
        (0..self.size).filter(move |to| self.effect(from, *to) != Terms::default())
    }
}

/// The determinant of the negative of a matrix of effects, and its adjoint, as counted terms.
#[derive(Clone, Debug)]
pub struct Minors {
    size: usize,
    /// The determinant of all variables.
    pub determinant: Terms,
    /// By `pressed * size + observed`.
    adjoint: Vec<Terms>,
}

impl Minors {
    /// The terms that a press at one variable gives another.
    pub fn press(&self, pressed: usize, observed: usize) -> Terms {
        self.adjoint[pressed * self.size + observed]
    }

    /// Counts the terms of a knot, whose size must be small: time and memory double with each
    /// variable, and more.
    ///
    /// A term of the determinant is a set of loops that share no variable, together with what stands
    /// for each variable that is on none of them. A loop counts as the negative of its sign. An entry
    /// of the adjoint is the sum over the paths from the one variable to the other of the path's sign
    /// times the determinant of the variables that are not on it (Mason 1953; Puccia and Levins 1985,
    /// chapter 3). All are built up over sets of variables.
    pub fn of(effects: &Effects) -> Self {
        let size = effects.size();
        let sets = 1_usize << size;
        let mut loops = vec![Terms::default(); sets];
        for start in 0..size {
            let paths = Paths::from(effects, start, start);
            for set in (0..sets).filter(|set| lowest(*set) == Some(start)) {
                for last in members(set).filter(|last| *last != start) {
                    let closed = paths.at(set, last) * effects.effect(last, start);
                    loops[set] = loops[set] + closed.negated();
                }
            }
        }
        let determinants = determinants(effects, &loops);
        let all = sets - 1;
        let mut adjoint = vec![Terms::default(); size * size];
        for pressed in 0..size {
            let paths = Paths::from(effects, pressed, 0);
            for set in (0..sets).filter(|set| set >> pressed & 1 == 1) {
                let rest = determinants[all & !set];
                for observed in members(set) {
                    let entry = &mut adjoint[pressed * size + observed];
                    *entry = *entry + paths.at(set, observed) * rest;
                }
            }
        }
        Self {
            size,
            determinant: determinants[all],
            adjoint,
        }
    }
}

/// The determinant of each set of variables.
fn determinants(effects: &Effects, loops: &[Terms]) -> Vec<Terms> {
    let mut determinants = vec![Terms::ONE; loops.len()];
    for set in 1..loops.len() {
        let Some(first) = lowest(set) else { continue };
        // The first variable stands by itself, or is on a loop with some of the others.
        let others = set & !(1 << first);
        let mut sum = effects.own(first) * determinants[others];
        let mut with = others;
        while with != 0 {
            let around = loops[with | 1 << first];
            if around != Terms::default() {
                sum = sum + around * determinants[others & !with];
            }
            with = (with - 1) & others;
        }
        determinants[set] = sum;
    }
    determinants
}

/// The paths that leave a variable, by the set of variables on them and the last one.
struct Paths {
    size: usize,
    paths: Vec<Terms>,
}

impl Paths {
    /// The paths from `start` over variables from `least` on.
    fn from(effects: &Effects, start: usize, least: usize) -> Self {
        let size = effects.size();
        let sets = 1_usize << size;
        let mut paths = vec![Terms::default(); sets * size];
        paths[(1 << start) * size + start] = Terms::ONE;
        let onward: Vec<Vec<usize>> = (0..size)
            .map(|from| effects.onward(from).filter(|to| *to >= least).collect())
            .collect();
        // A path's set is smaller than that of each path it is the beginning of.
        for set in 1 << start..sets {
            if set >> start & 1 == 0 {
                continue;
            }
            for last in members(set) {
                let path = paths[set * size + last];
                if path == Terms::default() {
                    continue;
                }
                for &next in onward[last].iter().filter(|next| set >> **next & 1 == 0) {
                    let longer = &mut paths[(set | 1 << next) * size + next];
                    *longer = *longer + path * effects.effect(last, next);
                }
            }
        }
        Self { size, paths }
    }

    fn at(&self, set: usize, last: usize) -> Terms {
        self.paths[set * self.size + last]
    }
}

/// The first variable of a set.
const fn lowest(set: usize) -> Option<usize> {
    if set == 0 {
        None
    } else {
        Some(set.trailing_zeros() as usize)
    }
}

/// The variables of a set.
fn members(set: usize) -> impl Iterator<Item = usize> {
    let mut left = set;
    std::iter::from_fn(move || {
        let first = lowest(left)?;
        left &= left - 1;
        Some(first)
    })
}
