//! A state of the frontier: where the open paths begin and end.

use super::plan::{Lack, Meeting, Step};

/// The most variables on a frontier: a state gives each six bits.
pub(super) const MAXIMUM_SLOTS: usize = 21;

/// What is known of every variable on the frontier, six bits for each slot.
pub(super) type State = u128;

/// The state before the first step, and of every slot that nobody has.
pub(super) const EMPTY: State = 0;

const BITS: usize = 6;
const ALL: State = (1 << BITS) - 1;
/// No path has come to the variable.
const FREE: State = 0;
/// A path passes the variable, or no loop can.
const USED: State = 1;
/// A path starts at the variable; it ends at the slot that is added to this.
const START: State = 2;
/// A path ends at the variable; it starts at the slot that is added to this.
const END: State = 32;

/// The bits that are set in a slot where a path starts or ends, and in no other.
const OPEN: State = {
    let mut mask = 0;
    let mut slot = 0;
    while slot < MAXIMUM_SLOTS {
        mask |= (ALL - 1) << (slot * BITS);
        slot += 1;
    }
    mask
};

fn get(state: State, slot: usize) -> State {
    (state >> (slot * BITS)) & ALL
}

fn set(state: State, slot: usize, code: State) -> State {
    state & !(ALL << (slot * BITS)) | code << (slot * BITS)
}

/// The slot in which the path ends that starts here: `None` if none does.
fn end_of(code: State) -> Option<usize> {
    (START..END)
        .contains(&code)
        .then(|| (code - START) as usize)
}

/// The slot in which the path starts that ends here: `None` if none does.
fn start_of(code: State) -> Option<usize> {
    (code >= END).then(|| (code - END) as usize)
}

/// What became of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// The one open path was closed to a loop.
    Loop,
    /// There is more to do.
    State(State),
}

/// All ways of a step: `visit` gets for each the number of the ways it takes through the variable
/// (see [`transition_count`]) and what comes of it.
///
/// Ways that cannot become a loop are left out: those that leave a path open at a variable that
/// has no arc to go on, and those that close a path while another is open.
pub(super) fn follow(step: &Step, state: State, mut visit: impl FnMut(usize, Next)) {
    let (inward, onward) = (&step.inward[..], &step.onward[..]);
    let own = step.slot.map_or(FREE, |slot| get(state, slot));
    let rest = step.slot.map_or(state, |slot| set(state, slot, FREE));
    let pairs = inward.len() * onward.len();
    let mut go = |transition, next| {
        if let Some(next) = finish(step, next) {
            visit(transition, next);
        }
    };
    if let Some(start) = start_of(own) {
        for (index, meeting) in onward.iter().enumerate() {
            if let Some((end, rest)) = leave_to(rest, meeting) {
                go(pairs + inward.len() + index, join(rest, start, end));
            }
        }
    } else if let Some(end) = end_of(own) {
        for (index, meeting) in inward.iter().enumerate() {
            if let Some((start, rest)) = come_from(rest, meeting) {
                go(pairs + index, join(rest, start, end));
            }
        }
    } else {
        go(pairs + inward.len() + onward.len(), Some(Next::State(rest)));
        if own == USED {
            return;
        }
        for (row, meeting) in inward.iter().enumerate() {
            let Some((start, rest)) = come_from(rest, meeting) else {
                continue;
            };
            for (column, onto) in onward.iter().enumerate() {
                let transition = row * onward.len() + column;
                if onto.slot == meeting.slot {
                    // There and back: a loop of two arcs, if the variable is free.
                    if start == onto.slot {
                        go(transition, (rest & OPEN == 0).then_some(Next::Loop));
                    }
                } else if let Some((end, rest)) = leave_to(rest, onto) {
                    go(transition, join(rest, start, end));
                }
            }
        }
    }
}

/// How many ways [`follow`] numbers: first the pairs of an arc in and an arc out, row by row; then
/// the arcs in; then the arcs out; and last the way that takes none.
pub(super) fn transition_count(step: &Step) -> usize {
    let (inward, onward) = (step.inward.len(), step.onward.len());
    inward * onward + inward + onward + 1
}

/// Where a path starts that comes over this arc, and the state without its old end.
fn come_from(state: State, meeting: &Meeting) -> Option<(usize, State)> {
    let code = get(state, meeting.slot);
    if code == FREE {
        Some((meeting.slot, state))
    } else {
        start_of(code).map(|start| (start, set(state, meeting.slot, USED)))
    }
}

/// Where a path ends that goes on over this arc, and the state without its old start.
fn leave_to(state: State, meeting: &Meeting) -> Option<(usize, State)> {
    let code = get(state, meeting.slot);
    if code == FREE {
        Some((meeting.slot, state))
    } else {
        end_of(code).map(|end| (end, set(state, meeting.slot, USED)))
    }
}

/// The state with a path from `start` to `end`, whose inner variables are used already.
///
/// A path that was closed shows by an end where it starts: its own ends were the old start and
/// the old end, which are both used by then.
fn join(state: State, start: usize, end: usize) -> Option<Next> {
    let is_closed = get(state, start) == USED || get(state, end) == USED;
    if is_closed {
        return (state & OPEN == 0).then_some(Next::Loop);
    }
    let state = set(state, start, START + end as State);
    Some(Next::State(set(state, end, END + start as State)))
}

/// What is left once variables with no more arcs in or out are seen to.
fn finish(step: &Step, next: Option<Next>) -> Option<Next> {
    let Some(Next::State(mut state)) = next else {
        return next;
    };
    for &(slot, lack) in &step.lacking {
        let code = get(state, slot);
        let is_stuck = match lack {
            Lack::Inward => end_of(code).is_some(),
            Lack::Onward => start_of(code).is_some(),
            Lack::Both => code & OPEN != 0,
        };
        if is_stuck {
            return None;
        }
        if lack == Lack::Both {
            state = set(state, slot, FREE);
        } else if code == FREE {
            state = set(state, slot, USED);
        }
    }
    Some(Next::State(state))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A step that meets the variable of slot 0, both ways, and that of slot 1, onwards only.
    fn step(slot: Option<usize>, lacking: Vec<(usize, Lack)>) -> Step {
        let meeting = |slot, arc| Meeting { slot, arc };
        Step {
            slot,
            inward: vec![meeting(0, 0)],
            onward: vec![meeting(0, 1), meeting(1, 2)],
            lacking,
        }
    }

    fn all(step: &Step, state: State) -> Vec<(usize, Next)> {
        let mut found = Vec::new();
        follow(step, state, |transition, next| {
            found.push((transition, next))
        });
        found
    }

    #[test]
    fn a_free_variable_is_left_out_or_joins_two_others() {
        let path = set(set(EMPTY, 0, START + 1), 1, END);
        let expected = [
            (5, Next::State(EMPTY)),
            (0, Next::Loop),
            (1, Next::State(path)),
        ];
        let step = step(None, Vec::new());
        assert_eq!(
            (all(&step, EMPTY), transition_count(&step)),
            (expected.into(), 6)
        );
    }

    #[test]
    fn the_end_of_a_path_must_go_on_and_may_close_it() {
        let open = set(set(EMPTY, 0, START + 2), 2, END);
        let on = set(set(EMPTY, 0, START + 1), 1, END);
        let step = step(Some(2), Vec::new());
        assert_eq!(all(&step, open), [(3, Next::Loop), (4, Next::State(on))]);
    }

    #[test]
    fn no_path_closes_while_another_is_open() {
        let two = set(set(EMPTY, 0, START + 2), 2, END);
        let two = set(set(two, 3, START + 4), 4, END + 3);
        let step = step(Some(2), Vec::new());
        assert!(all(&step, two).iter().all(|(_, next)| *next != Next::Loop));
    }

    #[test]
    fn a_path_that_cannot_go_on_is_dropped() {
        let step = step(None, vec![(0, Lack::Inward), (1, Lack::Both)]);
        // The start at slot 0 would need an arc in, the end at slot 1 an arc out.
        let used = set(EMPTY, 0, USED);
        let expected = [(5, Next::State(used)), (0, Next::Loop)];
        assert_eq!(all(&step, EMPTY), expected);
    }
}
