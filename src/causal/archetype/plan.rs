//! In which order the ties of a form are looked for, and what may be missing.

use super::shape::Form;

/// What a match may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    /// Nothing.
    Nothing,
    /// One polarity or one delay mark.
    Mark,
    /// One link of the tie at this position.
    Link(usize, Opening),
}

/// Where the link is missing on the path of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// The whole path: the link would lead from role to role.
    Whole,
    /// At its end: the path is there up to a variable that affects nothing.
    End,
    /// At its start: the path is there from a variable that nothing affects.
    Start,
}

/// How one tie is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    /// From its cause, known, to its effect, known too.
    Joining,
    /// From its cause, known, to whatever may be its effect.
    Onwards,
    /// Backwards from its effect, known, to whatever may be its cause.
    Backwards,
    /// From its cause to a variable that affects nothing.
    ToDeadEnd,
    /// Backwards from its effect to a variable that nothing affects.
    ToDriver,
}

/// One tie, and how it is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) tie: usize,
    pub(super) course: Course,
    /// Whether the tie lies on a cycle of ties, so that its path stays in one component.
    pub(super) keeps_component: bool,
}

/// The ties of a form in an order in which each has an end that is known.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) form: &'static Form,
    pub(super) lack: Lack,
    /// The role that is known first.
    pub(super) root: usize,
    pub(super) steps: Vec<Step>,
}

impl Plan {
    /// The plan for a form, or nothing where what it lacks is more than a link.
    pub(super) fn new(form: &'static Form, lack: Lack) -> Option<Self> {
        let lacking = match lack {
            Lack::Link(tie, opening) => Some((tie, opening)),
            Lack::Nothing | Lack::Mark => None,
        };
        if let Some((position, opening)) = lacking {
            let tie = form.ties.get(position)?;
            let whole = opening == Opening::Whole;
            // Any chain could be closed to a loop, so what is left must be more than one.
            let alone = form.ties.len() == 1;
            if alone || whole && (tie.is_loop() || tie.needs_through()) {
                return None;
            }
            if !whole && tie.span == super::shape::Span::Link {
                return None;
            }
        }
        let missing = lacking.map(|(tie, _)| tie);
        let mut waiting: Vec<usize> = (0..form.ties.len())
            .filter(|tie| missing != Some(*tie))
            .collect();
        let mut steps = Vec::with_capacity(form.ties.len());
        // Few variables affect nothing, or are affected by nothing: a path to one comes first.
        let (root, open) = match lacking {
            Some((tie, Opening::End)) => (form.ties[tie].from, Some((tie, Course::ToDeadEnd))),
            Some((tie, Opening::Start)) => (form.ties[tie].to, Some((tie, Course::ToDriver))),
            Some((_, Opening::Whole)) | None => (root(form, &waiting)?, None),
        };
        steps.extend(open.map(|(tie, course)| Step {
            tie,
            course,
            keeps_component: false,
        }));
        let mut known = vec![root];
        while !waiting.is_empty() {
            let (position, course) = next(form, &waiting, &known)?;
            let tie = waiting.remove(position);
            let ends = form.ties[tie];
            known.extend([ends.from, ends.to]);
            let keeps_component = missing.is_none() && leads_back(form, ends.to, ends.from);
            steps.push(Step {
                tie,
                course,
                keeps_component,
            });
        }
        if let Some(tie) = missing.map(|tie| form.ties[tie]) {
            let is_known = |role: usize| known.contains(&role);
            // A cause that nothing else ties is a variable that is not there yet.
            let may_be_new = open.is_none() && !leads_back(form, tie.to, tie.from);
            if !is_known(tie.to) || !is_known(tie.from) && !may_be_new {
                return None;
            }
        }
        Some(Self {
            form,
            lack,
            root,
            steps,
        })
    }
}

/// The role with the most ties: the one that most variables can be ruled out for.
fn root(form: &Form, present: &[usize]) -> Option<usize> {
    let ends = || {
        let ties = present.iter().map(|tie| form.ties[*tie]);
        ties.flat_map(|tie| [tie.from, tie.to])
    };
    let count = |role: usize| ends().filter(|end| *end == role).count();
    // Of several, the first.
    ends().max_by_key(|role| (count(*role), usize::MAX - role))
}

/// The next tie by its position among those that wait: one with both ends known, else one with one,
/// and a loop only when there is no other.
fn next(form: &Form, waiting: &[usize], known: &[usize]) -> Option<(usize, Course)> {
    let is_known = |role: usize| known.contains(&role);
    let course = |tie: usize| {
        let tie = form.ties[tie];
        match (is_known(tie.from), is_known(tie.to)) {
            (true, true) => Some((Course::Joining, u8::from(tie.is_loop()) * 3)),
            (true, false) => Some((Course::Onwards, 1)),
            (false, true) => Some((Course::Backwards, 2)),
            (false, false) => None,
        }
    };
    let ready = waiting.iter().enumerate();
    let ready = ready.filter_map(|(position, tie)| Some((position, course(*tie)?)));
    let best = ready.min_by_key(|(_, (_, rank))| *rank);
    best.map(|(position, (course, _))| (position, course))
}

/// Whether ties lead from one role to another.
fn leads_back(form: &Form, from: usize, to: usize) -> bool {
    let mut reached = vec![from];
    let mut done = 0;
    while let Some(&role) = reached.get(done) {
        if role == to {
            return true;
        }
        done += 1;
        for tie in form.ties.iter().filter(|tie| tie.from == role) {
            if !reached.contains(&tie.to) {
                reached.push(tie.to);
            }
        }
    }
    false
}

/// How many loops the ties of a form make without one of them.
pub(super) fn loops_without(form: &Form, missing: usize) -> usize {
    let mut loops = 0;
    for start in 0..form.ties.len() {
        // Each loop is counted at its first tie.
        let mut paths = vec![vec![start]];
        while let Some(path) = paths.pop() {
            let ends = |tie: &usize| form.ties[*tie];
            let (Some(first), Some(last)) = (path.first().map(ends), path.last().map(ends)) else {
                continue;
            };
            if path.contains(&missing) {
                continue;
            }
            if last.to == first.from {
                loops += 1;
                continue;
            }
            for next in start + 1..form.ties.len() {
                let tie = ends(&next);
                let is_new = path.iter().all(|passed| ends(passed).to != tie.to);
                if tie.from == last.to && is_new {
                    paths.push([path.as_slice(), &[next]].concat());
                }
            }
        }
    }
    loops
}

#[cfg(test)]
mod tests {
    use super::super::table::ARCHETYPES;
    use super::*;

    /// No tie has this position.
    const NO_TIE: usize = usize::MAX;

    fn loops(id: &str) -> usize {
        let archetype = ARCHETYPES.iter().find(|archetype| archetype.id == id);
        loops_without(&archetype.unwrap().forms[0], NO_TIE)
    }

    #[test]
    fn the_archetypes_have_their_loops() {
        for (id, count) in [
            ("balancing-with-delay", 1),
            ("limits-to-growth", 2),
            ("shifting-the-burden", 3),
            ("fixes-that-fail", 2),
            ("drifting-goals", 2),
            ("escalation", 2),
            ("success-to-the-successful", 2),
            ("growth-and-underinvestment", 3),
            ("attractiveness-principle", 3),
        ] {
            assert_eq!(loops(id), count, "{id}");
        }
    }

    #[test]
    fn every_form_has_a_plan_in_which_each_tie_has_an_end_that_is_known() {
        for form in ARCHETYPES.iter().flat_map(|archetype| archetype.forms) {
            let plan = Plan::new(form, Lack::Nothing).unwrap();
            let mut known = vec![plan.root];
            assert_eq!(plan.steps.len(), form.ties.len());
            for step in &plan.steps {
                let tie = form.ties[step.tie];
                let is_known = |role: usize| known.contains(&role);
                match step.course {
                    Course::Joining => assert!(is_known(tie.from) && is_known(tie.to)),
                    Course::Onwards => assert!(is_known(tie.from) && !is_known(tie.to)),
                    Course::Backwards => assert!(!is_known(tie.from) && is_known(tie.to)),
                    Course::ToDeadEnd | Course::ToDriver => panic!("nothing is missing"),
                }
                known.extend([tie.from, tie.to]);
            }
        }
    }
}
