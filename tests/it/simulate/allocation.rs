//! Allocation among requesters: figures of Vensim, a filling step by step, and curves added up.

use std::fmt::Write as _;
use std::sync::LazyLock;

use loopstream::equation::{Name, Problem, Settled};
use loopstream::simulate::Settings;
use proptest::prelude::*;

use super::common::{column, loops, mdl, of_mdl, refusal, run, run_with};
use super::module::{compiled, same};

/// A requester: its request, and of its curve the type, the priority and the width.
type Requester = (f64, u8, f64, f64);

const PROFILE: &str = "pprofile: ptype, ppriority, pwidth, pextra ~~|\n";

/// The share of a standard curve above each point of a grid, by adding up its density from above.
struct Summed {
    above: Vec<f64>,
}

const REACH: f64 = 40.0;
const STEP: f64 = 0.001;

impl Summed {
    fn new(density: impl Fn(f64) -> f64) -> Self {
        let parts = (2.0 * REACH / STEP) as usize;
        let mut above = vec![0.0; parts + 1];
        for part in (0..parts).rev() {
            let x = -REACH + (part as f64 + 0.5) * STEP;
            above[part] = above[part + 1] + density(x) * STEP;
        }
        Self { above }
    }

    fn at(&self, x: f64) -> f64 {
        let place = (x + REACH) / STEP;
        if place <= 0.0 {
            return 1.0;
        }
        let first = place as usize;
        match self.above.get(first..first + 2) {
            Some(pair) => pair[0] + (place - first as f64) * (pair[1] - pair[0]),
            None => 0.0,
        }
    }
}

/// The curves of types 1 to 4, by their densities.
static CURVES: LazyLock<[Summed; 4]> = LazyLock::new(|| {
    let within = |x: f64| x.abs() < 0.5;
    [
        Summed::new(|x| if within(x) { 1.0 } else { 0.0 }),
        Summed::new(|x| if within(x) { 2.0 - 4.0 * x.abs() } else { 0.0 }),
        Summed::new(|x| (-0.5 * x * x).exp() / std::f64::consts::TAU.sqrt()),
        Summed::new(|x| 0.5 * (-x.abs()).exp()),
    ]
});

/// What requesters get, by a price that is found by halving.
fn by_price(requesters: &[Requester], available: f64) -> Vec<f64> {
    let at = |price: f64| {
        let of = |&(request, kind, priority, width): &Requester| {
            request * CURVES[usize::from(kind) - 1].at((price - priority) / width)
        };
        requesters.iter().map(of).collect::<Vec<f64>>()
    };
    let (mut low, mut high) = (-1e4, 1e4);
    for _ in 0..80 {
        let middle = (low + high) / 2.0;
        if at(middle).iter().sum::<f64>() > available {
            low = middle;
        } else {
            high = middle;
        }
    }
    at(high)
}

/// What requesters of rectangular curves of one width get, filled from the highest priority on: each
/// that has begun and is not full gets in proportion to its request, and the next begins when the one
/// before has what their distance is worth.
fn filled(requests: &[f64], priorities: &[f64], width: f64, supply: f64) -> Vec<f64> {
    let mut got = vec![0.0; requests.len()];
    // How far the price has fallen below the point where the first begins.
    let top = priorities.iter().copied().fold(f64::MIN, f64::max);
    let mut price = top + width / 2.0;
    let mut left = supply;
    while left > 1e-13 {
        let begins = |at: usize| priorities[at] + width / 2.0;
        let ends = |at: usize| priorities[at] - width / 2.0;
        let all = 0..requests.len();
        let active: Vec<usize> = all
            .clone()
            .filter(|&at| begins(at) >= price && ends(at) < price)
            .collect();
        let stops = all.flat_map(|at| [begins(at), ends(at)]);
        let next = stops.filter(|&stop| stop < price).fold(f64::MIN, f64::max);
        if next == f64::MIN {
            break;
        }
        let rate: f64 = active.iter().map(|&at| requests[at] / width).sum();
        let fall = if rate > 0.0 {
            (price - next).min(left / rate)
        } else {
            price - next
        };
        for &at in &active {
            got[at] += requests[at] / width * fall;
        }
        left -= rate * fall;
        if rate > 0.0 && fall < price - next {
            break;
        }
        price = next;
    }
    got
}

/// A model in which so many requesters share a supply that grows from below 0 to above all requests.
fn available_model(requesters: &[Requester]) -> String {
    let names: Vec<String> = (1..=requesters.len()).map(|at| format!("e{at}")).collect();
    let mut text = format!("{PROFILE}D: {} ~~|\n", names.join(", "));
    for (name, (request, kind, priority, width)) in names.iter().zip(requesters) {
        writeln!(text, "request[{name}] = {request:?} ~~|").unwrap();
        writeln!(
            text,
            "curve[{name},pprofile] = {kind}, {priority:?}, {width:?}, 0 ~~|"
        )
        .unwrap();
    }
    text + "supply = SUM(request[D!]) * (Time - 1) / 16 ~~|\n\
            got[D] = ALLOCATE AVAILABLE(request[D], curve[D,ptype], supply) ~~|\n"
}

fn priority_model(requests: &[f64], priorities: &[f64], width: f64) -> String {
    let names: Vec<String> = (1..=requests.len()).map(|at| format!("e{at}")).collect();
    let list = |numbers: &[f64]| {
        let numbers: Vec<String> = numbers.iter().map(|one| format!("{one:?}")).collect();
        numbers.join(", ")
    };
    format!(
        "D: {} ~~|\nrequest[D] = {} ~~|\npriority[D] = {} ~~|\nwidth = {width:?} ~~|\n\
         supply = SUM(request[D!]) * (Time - 1) / 16 ~~|\n\
         got[D] = ALLOCATE BY PRIORITY(request[D], priority[D], ELMCOUNT(D), width, supply) ~~|\n",
        names.join(", "),
        list(requests),
        list(priorities)
    )
}

/// For each time the supply and what each gets.
fn rows(text: &str, count: usize) -> Vec<(f64, Vec<f64>)> {
    let results = run(&mdl(text, "18", "1"));
    let columns: Vec<Vec<f64>> = (1..=count)
        .map(|at| column(&results, &format!("got[e{at}]")))
        .collect();
    let supply = column(&results, "supply");
    let row = |(at, supply): (usize, f64)| (supply, columns.iter().map(|one| one[at]).collect());
    supply.into_iter().enumerate().map(row).collect()
}

fn requester() -> impl Strategy<Value = Requester> {
    (
        prop_oneof![1 => Just(0.0), 9 => 0.01..50.0_f64],
        1_u8..5,
        prop_oneof![3 => -8.0..8.0_f64, 1 => Just(2.0), 1 => -300.0..300.0_f64],
        prop_oneof![4 => 0.05..6.0_f64, 1 => Just(1.0)],
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn curves_added_up_give_the_same(
        requesters in proptest::collection::vec(requester(), 1..6),
        twin in any::<bool>(),
    ) {
        let mut requesters = requesters;
        if twin {
            requesters.push(requesters[0]);
        }
        let text = available_model(&requesters);
        prop_assert_eq!(same(&compiled(&mdl(&text, "18", "1"), &Default::default())), Ok(()));
        let total: f64 = requesters.iter().map(|one| one.0).sum();
        let mut before = vec![0.0; requesters.len()];
        for (supply, got) in rows(&text, requesters.len()) {
            let sum: f64 = got.iter().sum();
            prop_assert!((sum - supply.clamp(0.0, total)).abs() <= 1e-12 * total, "{} {}", sum, supply);
            for (at, (&share, one)) in got.iter().zip(&requesters).enumerate() {
                prop_assert!((0.0..=one.0).contains(&share), "{} of {}", share, one.0);
                prop_assert!(share >= before[at] - 1e-12 * total);
            }
            if twin {
                prop_assert_eq!(got[0], got[got.len() - 1]);
            }
            if supply > 0.0 && supply < total {
                // Where priorities are far from each other a price is not the only one; what is got is.
                let wanted = by_price(&requesters, supply);
                for (share, wanted) in got.iter().zip(&wanted) {
                    prop_assert!((share - wanted).abs() <= 3e-6 * total, "{:?} {:?}\n{}", got, wanted, text);
                }
            }
            before = got;
        }
    }

    #[test]
    fn priorities_are_filled_from_the_highest_on(
        requesters in proptest::collection::vec(
            (prop_oneof![1 => Just(0.0), 9 => 0.01..50.0_f64], -6_i8..7), 1..7),
        width in prop_oneof![1 => Just(1.0), 1 => Just(3.0), 2 => 0.1..9.0_f64],
    ) {
        let requests: Vec<f64> = requesters.iter().map(|one| one.0).collect();
        let priorities: Vec<f64> = requesters.iter().map(|one| f64::from(one.1)).collect();
        let text = priority_model(&requests, &priorities, width);
        prop_assert_eq!(same(&compiled(&mdl(&text, "18", "1"), &Default::default())), Ok(()));
        let total: f64 = requests.iter().sum();
        for (supply, got) in rows(&text, requests.len()) {
            let wanted = filled(&requests, &priorities, width, supply.min(total));
            for (share, wanted) in got.iter().zip(&wanted) {
                prop_assert!(
                    (share - wanted).abs() <= 1e-9 * total.max(1.0),
                    "{supply}: {:?} {:?}\n{}", got, wanted, text
                );
            }
        }
    }
}

/// SDEverywhere's model `allocate`, and what Vensim gave for it at some times. Vensim stops looking
/// for the price once it is near, and takes an approximation of the normal distribution.
#[test]
fn figures_of_vensim() {
    let text = format!(
        "{PROFILE}priority curve: fixed, rectangular, triangular, normal, exponential ~~|\n\
         region: Boston, Dayton, Fresno ~~|\n\
         priority vector[priority curve,region,ptype] = \
         0,0,0; 1,1,1; 2,2,2; 3,3,3; 4,4,4; ~~|\n\
         priority vector[priority curve,region,ppriority] = \
         1,2,3; 1,2,3; 1,2,3; 1,2,3; 1,2,3; ~~|\n\
         priority vector[priority curve,region,pwidth] = 1 ~~|\n\
         priority vector[priority curve,region,pextra] = 0 ~~|\n\
         demand[priority curve,region] = 3,2,4; 3,2,4; 3,2,4; 3,2,4; 3,2,4; ~~|\n\
         total supply available = 10 * Time / 12 ~~|\n\
         shipments[priority curve,region] = ALLOCATE AVAILABLE(\n\
         demand[priority curve,region],\n priority vector[priority curve,region,ptype],\n\
         total supply available) ~~:SUPPLEMENTARY|\n"
    );
    let text = mdl(&text, "12", "0.125");
    assert_eq!(same(&compiled(&text, &Default::default())), Ok(()));
    let results = run(&text);
    for (curve, time, wanted) in [
        ("fixed", 1.0, [0.277778, 0.185185, 0.37037]),
        ("fixed", 10.0, [2.77778, 1.85185, 3.7037]),
        ("fixed", 11.0, [3.0, 2.0, 4.0]),
        ("rectangular", 5.0, [0.0, 0.166671, 4.0]),
        ("rectangular", 8.0, [0.666667, 2.0, 4.0]),
        ("triangular", 6.0, [0.0, 1.0, 4.0]),
        ("triangular", 10.0, [2.33334, 2.0, 4.0]),
        ("normal", 0.25, [0.000403411, 0.00817556, 0.199749]),
        ("normal", 5.0, [0.306989, 0.788443, 3.07123]),
        ("normal", 10.0, [2.40653, 1.93559, 3.99121]),
        ("exponential", 0.125, [0.00822467, 0.0149046, 0.0810301]),
        ("exponential", 5.0, [0.410752, 0.744359, 3.01155]),
        ("exponential", 10.0, [2.5324, 1.88532, 3.91562]),
        ("exponential", 12.0, [3.0, 2.0, 4.0]),
    ] {
        for (region, wanted) in ["Boston", "Dayton", "Fresno"].iter().zip(wanted) {
            let values = column(&results, &format!("shipments[{curve},{region}]"));
            let value = values[(time * 8.0) as usize];
            assert!(
                (value - wanted).abs() < 5e-5,
                "{curve} {region} {time}: {value} {wanted}"
            );
        }
    }
}

/// The cases of PySD's test of `ALLOCATE BY PRIORITY`.
#[test]
fn figures_of_pysd() {
    for (priorities, supply, wanted) in [
        ([10.0, 1.0, 0.0], "15", [6.0, 3.0, 3.0]),
        ([10.0, 1.0, 0.0], "5", [5.0, 0.0, 0.0]),
        ([10.0, 5.0, 0.0], "7.5", [6.0, 1.5, 0.0]),
    ] {
        let text = priority_model(&[6.0, 3.0, 3.0], &priorities, 3.0);
        let text = text.replace("SUM(request[D!]) * (Time - 1) / 16", supply);
        for (at, wanted) in (1..).zip(wanted) {
            let value = of_mdl(&text, "0", "1", &format!("got[e{at}]"))[0];
            assert!((value - wanted).abs() < 1e-12, "{value} {wanted}");
        }
    }
}

#[test]
fn by_hand() {
    // Of two rectangles of width 4 at 5 and 7, the first takes 30 of 60 when the price is at 5, and
    // the other all of its 20.
    let two = [(20.0, 1, 7.0, 4.0), (60.0, 1, 5.0, 4.0)];
    let text = available_model(&two).replace("SUM(request[D!]) * (Time - 1) / 16", "50");
    assert_eq!(of_mdl(&text, "0", "1", "got[e1]"), [20.0]);
    assert_eq!(of_mdl(&text, "0", "1", "got[e2]"), [30.0]);
    // No width: an order, and what is left in proportion.
    let text = priority_model(&[4.0, 2.0, 5.0], &[3.0, 3.0, 7.0], 0.0);
    let text = text.replace("SUM(request[D!]) * (Time - 1) / 16", "8");
    for (at, wanted) in [(1, 2.0), (2, 1.0), (3, 5.0)] {
        let value = of_mdl(&text, "0", "1", &format!("got[e{at}]"))[0];
        assert!((value - wanted).abs() < 1e-12, "{value} {wanted}");
    }
}

#[test]
fn several_subscripts_mappings_and_requests_that_change() {
    let text = format!(
        "{PROFILE}store: north, south ~~|\nbranch: b1, b2, b3 ~~|\nbuyer <-> branch ~~|\n\
         demand[store,branch] = 20 + branch * SIN(Time * store) ~~|\n\
         curve[branch,ptype] = 1 ~~|\ncurve[branch,ppriority] = branch ~~|\n\
         curve[branch,pwidth] = 2 ~~|\ncurve[branch,pextra] = 0 ~~|\n\
         got[store,branch] = ALLOCATE AVAILABLE(demand[store,branch], curve[branch,ptype],\n\
         10 * store + 5) ~~|\n\
         again[store,buyer] = ALLOCATE BY PRIORITY(demand[store,buyer], curve[buyer,ppriority], 3,\n\
         2, 10 * store + 5) ~~|\n\
         stock[branch] = INTEG(got[north,branch] - stock[branch], 1) ~~|\n"
    );
    let text = mdl(&text, "10", "0.25");
    assert_eq!(same(&compiled(&text, &Default::default())), Ok(()));
    let results = run(&text);
    for (store, supply) in [("north", 15.0), ("south", 25.0)] {
        let columns = ["b1", "b2", "b3"].map(|branch| {
            let got = column(&results, &format!("got[{store},{branch}]"));
            assert_eq!(got, column(&results, &format!("again[{store},{branch}]")));
            got
        });
        for at in 0..columns[0].len() {
            let sum: f64 = columns.iter().map(|column| column[at]).sum();
            assert!((sum - supply).abs() < 1e-12, "{sum}");
        }
    }
}

#[test]
fn what_is_not_certain_is_refused_by_name() {
    let of = |kinds: [u8; 2]| {
        let [one, other] = kinds.map(|kind| (1.0, kind, 1.0, 1.0));
        refusal(&mdl(&available_model(&[one, other]), "1", "1"))
    };
    let said = |message: &str| vec![format!("9:41 “got[e1]”: {message}")];
    assert_eq!(
        of([1, 5]),
        said("curves of constant elasticity (type 5) cannot run here")
    );
    assert_eq!(
        of([11, 11]),
        said("an allocation of whole numbers (type 11) cannot run here")
    );
    assert_eq!(of([7, 1]), said("7 is no type of a curve"));
    assert_eq!(
        of([0, 1]),
        said("fixed requests (type 0) beside other curves cannot run here")
    );
    // A type that comes up during the run makes what hangs on it no number.
    let text = available_model(&[(1.0, 1, 1.0, 1.0), (1.0, 1, 2.0, 1.0)]);
    let text = text.replace("curve[D,ptype]", "later[D,ptype]")
        + "later[D,ptype] = curve[D,ptype] + STEP(4, 9) ~~|\n\
           later[D,ppriority] = curve[D,ppriority] ~~|\nlater[D,pwidth] = 1 ~~|\n\
           later[D,pextra] = 0 ~~|\n";
    let values = of_mdl(&text, "18", "1", "got[e1]");
    assert!(!values[8].is_nan() && values[9].is_nan() && values[17] == 1.0);
}

/// Stocks that ask for more the more they hold, and share what leaves.
#[test]
fn loops_go_through_what_is_shared() {
    let text = format!(
        "{PROFILE}D: a, b ~~|\ncurve[D,ptype] = 3 ~~|\ncurve[D,ppriority] = D ~~|\n\
         curve[D,pwidth] = 1 ~~|\ncurve[D,pextra] = 0 ~~|\nstock[D] = INTEG(-out[D], 10 * D) ~~|\n\
         out[D] = ALLOCATE AVAILABLE(stock[D], curve[D,ptype], 3) ~~|\n"
    );
    let scores = loops(&mdl(&text, "5", "1"));
    // Each by itself, and both by way of each other.
    assert_eq!(scores.loops().len(), 3);
}

#[test]
fn a_size_that_is_free_is_compiled_anew() {
    let text = priority_model(&[4.0, 2.0], &[1.0, 2.0], 1.0);
    let text = text.replace("ELMCOUNT(D)", "size") + "size = 2 ~~|\n";
    let text = mdl(&text, "1", "1");
    let settings = Settings {
        free: vec![Name::new("size")],
        ..Settings::default()
    };
    let faults = run_with(&text, &settings).unwrap_err();
    assert!(
        matches!(
            faults[0].problem,
            Problem::Steers {
                what: Settled::Size,
                ..
            }
        ),
        "{faults:?}"
    );
    let settings = Settings {
        values: vec![(Name::new("size"), 2.0)],
        ..Settings::default()
    };
    assert!(run_with(&text, &settings).is_ok());
}

#[test]
fn what_they_take() {
    let of = |equation: &str| {
        let text = format!(
            "{PROFILE}D: a, b ~~|\nx[D] = 1, 2 ~~|\ncurve[D,ptype] = 1 ~~|\n\
             curve[D,ppriority] = 1 ~~|\ncurve[D,pwidth] = 1 ~~|\ncurve[D,pextra] = 0 ~~|\n\
             count = 2 + Time ~~|\ny[D] = {equation} ~~|\n"
        );
        refusal(&mdl(&text, "1", "1")).remove(0)
    };
    let ends = |said: &str, end: &str| assert!(said.ends_with(end), "{said}");
    ends(
        &of("ALLOCATE AVAILABLE(x[D], curve[D,ptype])"),
        "ALLOCATE AVAILABLE takes a request, a priority profile and what there is",
    );
    ends(
        &of("ALLOCATE AVAILABLE(x[D], x[D], 1)"),
        "ALLOCATE AVAILABLE takes a profile whose last subscript is the first of four elements, \
         such as priority[branch,ptype]",
    );
    ends(
        &of("ALLOCATE AVAILABLE(x[a], curve[D,ptype], 1)"),
        "ALLOCATE AVAILABLE takes a vector whose last subscript is a dimension",
    );
    ends(
        &of("ALLOCATE BY PRIORITY(x[D], x[D], 1, 2)"),
        "ALLOCATE BY PRIORITY takes a request, a priority, a size, a width and a supply",
    );
    ends(
        &of("ALLOCATE BY PRIORITY(x[D], x[D], 3, 2, 1)"),
        "ALLOCATE BY PRIORITY is of 2 elements, and its size here is 3",
    );
    ends(
        &of("ALLOCATE BY PRIORITY(x[D], x[D], count, 2, 1)"),
        "the size of an allocation or a matrix must be known when the run begins, and does not \
         change during it",
    );
}
