//! The search against one that tries everything.

use std::collections::BTreeSet;

use loopstream::causal::archetype::{ARCHETYPES, Effect, Form, Near, Role, Span, Tie};
use loopstream::model::{Delay, Document, Edit, Element, Id, Link, Polarity, Variable};
use proptest::prelude::*;

use crate::archetypes::report;

/// The links of one tie, and the variables between its ends.
#[derive(Clone)]
struct Route {
    links: Vec<Id>,
    inner: Vec<Id>,
}

/// Every path of up to so many links whose inner variables are none of those in use.
fn routes(
    document: &Document,
    from: Id,
    to: Id,
    longest: usize,
    used: &BTreeSet<Id>,
) -> Vec<Route> {
    let mut routes = Vec::new();
    let mut paths = vec![(
        from,
        Route {
            links: Vec::new(),
            inner: Vec::new(),
        },
    )];
    while let Some((end, route)) = paths.pop() {
        for (id, link) in document.links().iter().filter(|(_, link)| link.from == end) {
            let mut longer = route.clone();
            longer.links.push(*id);
            if link.to == to {
                routes.push(longer);
            } else if longer.links.len() < longest
                && !used.contains(&link.to)
                && !longer.inner.contains(&link.to)
            {
                longer.inner.push(link.to);
                paths.push((link.to, longer));
            }
        }
    }
    routes
}

/// Whether a path has the sign and the length that its tie asks for.
fn fits(document: &Document, tie: &Tie, route: &Route, less: &[bool]) -> bool {
    let mut net = (tie.effect == Effect::Lowers) ^ less[tie.from] ^ less[tie.to];
    for link in &route.links {
        match document.links()[link].polarity {
            Polarity::Positive => {}
            Polarity::Negative => net = !net,
            Polarity::Unknown => return false,
        }
    }
    !net && (!tie.needs_through() || !route.inner.is_empty())
}

/// A match found by trying: the links and all variables.
type Tried = (BTreeSet<Id>, BTreeSet<Id>);

/// Tries every variable in every role, faced either way, with every path for every tie.
fn try_all(document: &Document, form: &Form, roles: &[Role]) -> Vec<Tried> {
    let mut hubs: Vec<usize> = form
        .ties
        .iter()
        .flat_map(|tie| [tie.from, tie.to])
        .collect();
    hubs.sort_unstable();
    hubs.dedup();
    let mut all = Vec::new();
    let mut cast = vec![None; roles.len()];
    assign(document, form, roles, &hubs, &mut cast, &mut all);
    all
}

fn assign(
    document: &Document,
    form: &Form,
    roles: &[Role],
    hubs: &[usize],
    cast: &mut Vec<Option<Id>>,
    all: &mut Vec<Tried>,
) {
    let Some((&role, rest)) = hubs.split_first() else {
        for faces in 0..1_u32 << roles.len() {
            let less: Vec<bool> = (0..roles.len())
                .map(|role| faces >> role & 1 == 1)
                .collect();
            let may = |(role, less): (&Role, &bool)| !less || role.lack_plays;
            let is_cast = |(cast, less): (&Option<Id>, &bool)| !less || cast.is_some();
            if roles.iter().zip(&less).all(may) && cast.iter().zip(&less).all(is_cast) {
                let used = cast.iter().flatten().copied().collect();
                tie_up(document, form, cast, &less, &mut Vec::new(), &used, all);
            }
        }
        return;
    };
    for id in document.variables().keys() {
        if !cast.contains(&Some(*id)) {
            cast[role] = Some(*id);
            assign(document, form, roles, rest, cast, all);
            cast[role] = None;
        }
    }
}

fn tie_up(
    document: &Document,
    form: &Form,
    cast: &[Option<Id>],
    less: &[bool],
    done: &mut Vec<Route>,
    used: &BTreeSet<Id>,
    all: &mut Vec<Tried>,
) {
    let Some(tie) = form.ties.get(done.len()) else {
        let is_delayed = |tie: &usize| {
            let mut links = done[*tie].links.iter();
            links.any(|link| document.links()[link].delay == Delay::Delayed)
        };
        if form.delays.iter().all(|group| group.iter().any(is_delayed)) {
            let links = done.iter().flat_map(|route| route.links.clone()).collect();
            all.push((links, used.clone()));
        }
        return;
    };
    let longest = match (tie.span, tie.is_loop()) {
        (Span::Link, _) => 1,
        (Span::Path, false) => 4,
        (Span::Path, true) => 8,
    };
    let (from, to) = (cast[tie.from].unwrap(), cast[tie.to].unwrap());
    for route in routes(document, from, to, longest, used) {
        if fits(document, tie, &route, less) {
            let mut used = used.clone();
            used.extend(route.inner.iter().copied());
            done.push(route);
            tie_up(document, form, cast, less, done, &used, all);
            done.pop();
        }
    }
}

fn any_document() -> impl Strategy<Value = Document> {
    let sign = prop_oneof![
        5 => Just(Polarity::Positive),
        5 => Just(Polarity::Negative),
        1 => Just(Polarity::Unknown),
    ];
    let delay = prop_oneof![2 => Just(Delay::None), 1 => Just(Delay::Delayed)];
    let links = prop::collection::vec((1_u64..=6, 1_u64..=6, sign, delay), 4..13);
    links.prop_map(|links| {
        let empty = Document::default();
        let mut edit = Edit::new(&empty);
        for variable in 1..=6 {
            let id = Id::from_bits(variable);
            edit.set(id, Some(Element::Variable(Variable::default())));
        }
        for ((from, to, polarity, delay), id) in links.into_iter().zip(10..) {
            let (from, to) = (Id::from_bits(from), Id::from_bits(to));
            let link = Link {
                polarity,
                delay,
                ..Link::new(from, to, 0.2)
            };
            edit.set(Id::from_bits(id), Some(Element::Link(link)));
        }
        let mut document = Document::default();
        document.apply(&edit.finish()).unwrap();
        document
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_trying_finds_the_search_finds_and_nothing_else(document in any_document()) {
        let report = report(&document, Near::None);
        for archetype in ARCHETYPES {
            let forms = archetype.forms.iter();
            let tried: Vec<Tried> = forms
                .flat_map(|form| try_all(&document, form, archetype.roles))
                .collect();
            let of_it = report.matches.iter().filter(|found| found.archetype == archetype);
            let of_it: Vec<_> = of_it.collect();
            for found in &of_it {
                let links: BTreeSet<Id> = found.links.iter().copied().collect();
                let about = found.about();
                let is_one = tried.iter().any(|(other, variables)| {
                    *other == links && about.iter().all(|id| variables.contains(id))
                });
                prop_assert!(is_one, "{} is no match: {found:?}", archetype.id);
            }
            // Each that was tried is reported, or one that is nested in it.
            for (links, variables) in &tried {
                let is_known = of_it.iter().any(|found| {
                    let inside = found.about().iter().all(|id| variables.contains(id));
                    inside && found.links.len() <= links.len()
                });
                prop_assert!(is_known, "{} misses {links:?}", archetype.id);
            }
        }
    }
}
