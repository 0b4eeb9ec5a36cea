//! Before and after: tests and intervals against counting everything, against published tables and
//! scipy's results, and what people type.

use loopstream::model::{Calendar, Experiment, Sample, Share};
use loopstream::stream::before_after::{
    Compared, Method, Summary, Typed, TypedError, compare, fisher, hodges_lehmann, mann_whitney,
    measured, newcombe, read_typed,
};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::Deserialize;

fn near(one: f64, other: f64, within: f64) -> bool {
    (one - other).abs() <= within * one.abs().max(other.abs())
}

#[derive(Deserialize)]
struct Fixtures {
    ranks: Vec<Ranks>,
    shares: Vec<Shares>,
}

#[derive(Deserialize)]
struct Ranks {
    before: Vec<f64>,
    after: Vec<f64>,
    exact: bool,
    larger: f64,
    chance: f64,
}

#[derive(Deserialize)]
struct Shares {
    before: (u32, u32),
    after: (u32, u32),
    chance: f64,
}

const fn share(with: u32, of: u32) -> Share {
    Share { with, of }
}

#[test]
fn tests_give_what_scipy_gives() {
    let fixtures = include_str!("before_after_scipy.json");
    let fixtures: Fixtures = serde_json::from_str(fixtures).unwrap();
    assert_eq!(fixtures.ranks.len(), 14);
    for one in &fixtures.ranks {
        let test = mann_whitney(&one.before, &one.after);
        assert_eq!(test.larger, one.larger);
        assert_eq!(test.method == Method::Exact, one.exact);
        assert!(
            near(test.chance, one.chance, 1e-9),
            "{test:?} {}",
            one.chance
        );
    }
    for one in &fixtures.shares {
        let chance = fisher(
            share(one.before.0, one.before.1),
            share(one.after.0, one.after.1),
        );
        assert!(near(chance, one.chance, 1e-7), "{chance} {}", one.chance);
    }
}

/// Newcombe 1998, table II, method 10: all eight of its comparisons, to the four digits that it has.
#[test]
fn differences_of_shares_have_the_published_intervals() {
    for (one, other, low, high) in [
        (share(56, 70), share(48, 80), 0.0524, 0.3339),
        (share(9, 10), share(3, 10), 0.1705, 0.8090),
        (share(6, 7), share(2, 7), 0.0582, 0.8062),
        (share(5, 56), share(0, 29), -0.0381, 0.1926),
        (share(0, 10), share(0, 20), -0.1611, 0.2775),
        (share(0, 10), share(0, 10), -0.2775, 0.2775),
        (share(10, 10), share(0, 20), 0.6791, 1.0),
        (share(10, 10), share(0, 10), 0.6075, 1.0),
    ] {
        let found = newcombe(other, one);
        assert!((found.0 - low).abs() < 6e-5, "{found:?} {low}");
        assert!((found.1 - high).abs() < 6e-5, "{found:?} {high}");
    }
}

/// Every way to choose which of the numbers are those after, each once.
fn choices(whole: usize, after: usize) -> Vec<Vec<bool>> {
    let all = (0..1_u32 << whole).filter(|bits| bits.count_ones() as usize == after);
    all.map(|bits| (0..whole).map(|at| bits >> at & 1 == 1).collect())
        .collect()
}

/// In how many pairs the number after is larger, counted one by one.
fn larger(before: &[f64], after: &[f64]) -> f64 {
    let pairs = before
        .iter()
        .flat_map(|one| after.iter().map(move |other| (one, other)));
    pairs
        .map(|(one, other)| match other.total_cmp(one) {
            std::cmp::Ordering::Greater => 1.0,
            std::cmp::Ordering::Equal => 0.5,
            std::cmp::Ordering::Less => 0.0,
        })
        .sum()
}

/// All differences in their order.
fn differences(before: &[f64], after: &[f64]) -> Vec<f64> {
    let pairs = before
        .iter()
        .flat_map(|one| after.iter().map(move |other| other - one));
    let mut all: Vec<f64> = pairs.collect();
    all.sort_by(f64::total_cmp);
    all
}

/// The chance by counting every choice, and the place at which the interval of 95 % ends.
fn counted(before: &[f64], after: &[f64]) -> (f64, usize) {
    let whole = [before, after].concat();
    let mut found = Vec::new();
    for choice in choices(whole.len(), after.len()) {
        let side = |is_after: bool| -> Vec<f64> {
            let pairs = whole.iter().zip(&choice);
            pairs
                .filter(|(_, one)| **one == is_after)
                .map(|(number, _)| *number)
                .collect()
        };
        found.push(larger(&side(false), &side(true)));
    }
    let up_to =
        |most: f64| found.iter().filter(|one| **one <= most).count() as f64 / found.len() as f64;
    let own = larger(before, after);
    let pairs = (before.len() * after.len()) as f64;
    let chance = (2.0 * up_to(own.min(pairs - own))).min(1.0);
    // The least number of pairs up to which there is 2.5 %.
    let place = (0..)
        .find(|place| up_to(f64::from(*place)) >= 0.025)
        .unwrap();
    (chance, place as usize)
}

/// Numbers that are all apart from each other.
fn apart(most: usize) -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    let sides = (4..most, 4..most);
    let all = sides.prop_flat_map(|(m, n)| {
        let numbers = proptest::sample::subsequence((0..200).collect::<Vec<i32>>(), m + n);
        (Just(m), numbers.prop_shuffle())
    });
    all.prop_map(|(m, numbers)| {
        let numbers: Vec<f64> = numbers
            .into_iter()
            .map(|one| f64::from(one) / 8.0)
            .collect();
        let (before, after) = numbers.split_at(m);
        (before.to_vec(), after.to_vec())
    })
}

/// Numbers of which many are the same.
fn tied(most: usize) -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    let side = move || vec((0..9_i32).prop_map(|one| f64::from(one) / 2.0), 4..most);
    (side(), side())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_few_numbers_are_compared_as_all_their_orders_are((before, after) in apart(8)) {
        let (chance, place) = counted(&before, &after);
        let test = mann_whitney(&before, &after);
        prop_assert_eq!(test.method, Method::Exact);
        prop_assert!(near(test.chance, chance, 1e-12), "{} {}", test.chance, chance);
        let all = differences(&before, &after);
        let shift = hodges_lehmann(&before, &after);
        prop_assert_eq!(shift.low, all[place - 1]);
        prop_assert_eq!(shift.high, all[all.len() - place]);
    }

    #[test]
    fn the_shift_is_the_median_of_all_differences((before, after) in tied(70)) {
        let all = differences(&before, &after);
        let shift = hodges_lehmann(&before, &after);
        prop_assert_eq!(shift.middle, Summary::of(&all).unwrap().median);
        prop_assert!(all.contains(&shift.low) && all.contains(&shift.high));
        prop_assert!(shift.low <= shift.middle && shift.middle <= shift.high);
        prop_assert_eq!(mann_whitney(&before, &after).larger, larger(&before, &after));
    }

    #[test]
    fn sides_that_are_swapped_differ_the_other_way((before, after) in tied(60)) {
        let (one, other) = (mann_whitney(&before, &after), mann_whitney(&after, &before));
        prop_assert_eq!(one.chance, other.chance);
        let pairs = (before.len() * after.len()) as f64;
        prop_assert_eq!(one.larger + other.larger, pairs);
        let (one, other) = (hodges_lehmann(&before, &after), hodges_lehmann(&after, &before));
        prop_assert_eq!((one.low, one.middle, one.high), (-other.high, -other.middle, -other.low));
    }

    #[test]
    fn another_zero_and_another_unit_change_nothing_but_the_size(
        (before, after) in tied(30),
        power in -8..9_i32,
        zero in -512..513_i32,
    ) {
        // Powers of two and small eighths are exact, so that ties stay ties.
        let unit = 2_f64.powi(power);
        let moved = |numbers: &[f64]| -> Vec<f64> {
            numbers.iter().map(|one| (one + f64::from(zero) / 2.0) * unit).collect()
        };
        let (one, other) = (mann_whitney(&before, &after), mann_whitney(&moved(&before), &moved(&after)));
        prop_assert_eq!(one, other);
        let (one, other) = (hodges_lehmann(&before, &after), hodges_lehmann(&moved(&before), &moved(&after)));
        prop_assert_eq!((one.low * unit, one.middle * unit, one.high * unit), (other.low, other.middle, other.high));
    }

    #[test]
    fn fishers_chance_is_that_of_all_tables_as_rare(
        (one, other) in ((1..30_u32, 0..30_u32), (1..30_u32, 0..30_u32)),
    ) {
        let of = |(of, with): (u32, u32)| share(with % (of + 1), of);
        let (before, after) = (of(one), of(other));
        // By Pascal's triangle.
        let choose = |n: u32, k: u32| (0..k).fold(1.0, |found, at| found * f64::from(n - at) / f64::from(at + 1));
        let with = before.with + after.with;
        let tables = with.saturating_sub(after.of)..=with.min(before.of);
        let ways = |x: u32| choose(before.of, x) * choose(after.of, with - x);
        let all: f64 = tables.clone().map(ways).sum();
        let own = ways(before.with);
        let rare: f64 = tables.map(ways).filter(|ways| *ways <= own * (1.0 + 1e-7)).sum();
        prop_assert!(near(fisher(before, after), rare / all, 1e-9));
        prop_assert!(near(fisher(after, before), rare / all, 1e-9));
        let (low, high) = newcombe(before, after);
        let difference = after.part() - before.part();
        prop_assert!(-1.0 <= low && low <= difference && difference <= high && high <= 1.0 + 1e-12);
        let (other_low, other_high) = newcombe(after, before);
        prop_assert!(near(low, -other_high, 1e-12) && near(high, -other_low, 1e-12));
    }

    #[test]
    fn what_was_read_is_read_again_as_the_same(numbers in vec(-1.0e6..1.0e6_f64, 1..40)) {
        let sample = Sample::Numbers(numbers.into());
        let text = sample.text();
        let read = read_typed(&text, "", &Calendar::default()).unwrap().unwrap();
        prop_assert_eq!(read.sample, sample);
    }

    #[test]
    fn no_text_is_too_strange(text in "[0-9a-z,.;:/%\\-\t\n \u{a0}?~]{0,60}", unit in "[a-z]{0,3}") {
        if let Ok(Some(Typed { sample, .. })) = read_typed(&text, &unit, &Calendar::default()) {
            prop_assert!(sample.count() > 0);
        }
    }
}

/// How often an interval of 95 % misses a shift that is known: at most 5 in 100, but for chance.
#[test]
fn the_interval_holds_the_true_shift_as_often_as_it_says() {
    let mut bits = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = || {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        (bits >> 11) as f64 / (1_u64 << 53) as f64
    };
    for (m, n) in [(6, 9), (60, 55)] {
        let (mut missed, runs) = (0, 1_000);
        for _ in 0..runs {
            // Exponential: skewed as lead times are.
            let mut numbers = |count: usize, shift: f64| -> Vec<f64> {
                (0..count).map(|_| shift - (1.0 - random()).ln()).collect()
            };
            let shift = hodges_lehmann(&numbers(m, 0.0), &numbers(n, 2.0));
            missed += usize::from(shift.low > 2.0 || shift.high < 2.0);
        }
        // 5 % of a thousand, and three standard deviations more.
        assert!(missed <= 71, "{missed} of {runs}");
    }
}

fn numbers(all: &[f64]) -> Option<Sample> {
    Some(Sample::Numbers(all.into()))
}

fn read(text: &str, unit: &str) -> Result<Option<Typed>, TypedError> {
    read_typed(text, unit, &Calendar::default())
}

#[test]
fn numbers_are_read_as_people_type_and_paste_them() {
    for (text, expected) in [
        ("3\n4.5\n10", vec![3.0, 4.5, 10.0]),
        ("3,5\n4\n10,25", vec![3.5, 4.0, 10.25]),
        ("1.234,5\n2", vec![1_234.5, 2.0]),
        ("2,5\n1.8\n1.234", vec![2.5, 1.8, 1_234.0]),
        ("1,234.5\n2,000", vec![1_234.5, 2_000.0]),
        ("1,234\n2", vec![1_234.0, 2.0]),
        // One number says that commas are decimal, so they are in the other too.
        ("1,234\n2,5", vec![1.234, 2.5]),
        ("1; 2; 3", vec![1.0, 2.0, 3.0]),
        ("1, 2, 3", vec![1.0, 2.0, 3.0]),
        ("1,2,3", vec![1.0, 2.0, 3.0]),
        ("3 5 8", vec![3.0, 5.0, 8.0]),
        ("12 345", vec![12_345.0]),
        ("\u{2212}2\n-3", vec![-2.0, -3.0]),
        ("Lead time\n3\n?\n4\nn/a", vec![3.0, 4.0]),
        ("Item\tLead time\nA-1\t3\nA-2\t4,5", vec![3.0, 4.5]),
        ("40 %\n50%", vec![40.0, 50.0]),
    ] {
        let typed = read(text, "").unwrap().unwrap();
        assert_eq!(Some(typed.sample), numbers(&expected), "{text:?}");
        assert_eq!(typed.unit, None);
    }
    assert_eq!(read(" \n ", "").unwrap(), None);
    let unknown = read("3\n?\n4\nn/a", "").unwrap().unwrap().unknown;
    assert_eq!(unknown, 2);
}

#[test]
fn times_are_brought_to_one_unit() {
    let typed = read("90 min\n1 h 30 min\n2 h", "").unwrap().unwrap();
    assert_eq!(Some(typed.sample), numbers(&[90.0, 90.0, 120.0]));
    assert_eq!(typed.unit, Some("min"));
    let typed = read("90 min\n2", "hours").unwrap().unwrap();
    assert_eq!(Some(typed.sample), numbers(&[1.5, 2.0]));
    assert_eq!(typed.unit, None);
    let error = read("2\n3 d", "points").unwrap_err();
    assert_eq!(
        error.to_string(),
        "Line 2 says \u{201c}3 d\u{201d}, a time, but the unit is points."
    );
}

#[test]
fn shares_are_counts_or_lists_of_yes_and_no() {
    for text in ["12 of 80", "12/80", "12 out of 80", " 12 / 80 "] {
        let sample = read(text, "").unwrap().unwrap().sample;
        assert_eq!(sample, Sample::Share(share(12, 80)), "{text}");
    }
    let sample = read("Late\nyes\nno\nno\n?", "").unwrap().unwrap();
    assert_eq!(
        (sample.sample, sample.unknown),
        (Sample::Share(share(1, 3)), 1)
    );
    assert_eq!(read("90 of 80", "").unwrap_err(), TypedError::NoShare);
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    assert_eq!(
        read("3\nfour 4", "").unwrap_err().to_string(),
        "Line 2 says \u{201c}four 4\u{201d}, which is no number."
    );
    assert_eq!(
        read("Lead time", "").unwrap_err(),
        TypedError::NotANumber {
            line: 1,
            words: "Lead time".to_owned()
        }
    );
    assert_eq!(read("?\nn/a", "").unwrap_err(), TypedError::NoNumber);
    assert_eq!(
        read("a\tb\n1\t2\n3\t4", "").unwrap_err(),
        TypedError::SeveralColumns(2)
    );
    assert_eq!(
        read("1e13\n", "").unwrap_err(),
        TypedError::NotANumber {
            line: 1,
            words: "1e13".to_owned()
        }
    );
    assert_eq!(
        read("9999999999999", "").unwrap_err(),
        TypedError::TooLarge(1)
    );
    let many = "1\n".repeat(2_001);
    assert_eq!(read(&many, "").unwrap_err(), TypedError::TooMany(2_001));
}

fn said(before: Option<Sample>, after: Option<Sample>, unit: &str) -> Vec<String> {
    let experiment = Experiment {
        before,
        after,
        unit: unit.to_owned(),
        ..Experiment::default()
    };
    let said = measured(&experiment).unwrap_or_default();
    said.sentences().map(str::to_owned).collect()
}

#[test]
fn what_was_measured_is_told_in_plain_words() {
    let before = numbers(&[9.0, 12.0, 7.5, 30.0, 11.0, 8.0]);
    let after = numbers(&[5.0, 4.5, 6.0, 3.0, 7.0, 20.0]);
    let told = said(before.clone(), after, "d");
    assert_eq!(told[0], "Before: n = 6, median 10 d, mean 12.9 d.");
    assert_eq!(told[1], "After: n = 6, median 5.5 d, mean 7.58 d.");
    assert!(
        told[2].starts_with(
            "After it: lower by 4.5 d (Hodges\u{2013}Lehmann shift; 95 % interval: from lower by "
        ),
        "{told:?}"
    );
    assert!(
        told[3].contains("(Mann\u{2013}Whitney test, exact, p = ")
            && told[3].ends_with("n = 6 and 6)."),
        "{told:?}"
    );
    for words in &told {
        assert!(!words.contains("significant"), "{words}");
    }
    let told = said(before.clone(), numbers(&[9.0, 30.5, 7.0, 12.5]), "");
    assert!(
        told[3].starts_with("The difference cannot be told from chance"),
        "{told:?}"
    );
    let told = said(before.clone(), numbers(&[1.0, 2.0, 3.0]), "");
    assert!(told[2].starts_with("Too few to tell"), "{told:?}");
    let told = said(before.clone(), None, "");
    assert_eq!(told[1], "Nothing was measured after it yet.");
    let told = said(before, Some(Sample::Share(share(1, 9))), "");
    assert!(told[2].starts_with("One side has numbers"), "{told:?}");
    let told = said(
        Some(Sample::Share(share(30, 80))),
        Some(Sample::Share(share(8, 90))),
        "",
    );
    assert_eq!(told[0], "Before: 30 of 80, 37.5 %.");
    assert!(
        told[2].starts_with(
            "After it: lower by 28.6 percentage points (95 % interval: from lower by "
        ),
        "{told:?}"
    );
    assert!(
        told[3].contains("hardly be put down to chance") && told[3].contains("p < 0.001"),
        "{told:?}"
    );
    assert_eq!(said(None, None, ""), Vec::<String>::new());
}

#[test]
fn numbers_that_are_all_the_same_do_not_differ() {
    let same = Sample::Numbers([2.0; 9].into());
    let Compared::Numbers {
        test: Some((test, shift)),
        ..
    } = compare(&same, &same)
    else {
        panic!("no numbers");
    };
    assert_eq!((test.chance, shift.low, shift.high), (1.0, 0.0, 0.0));
    let told = said(Some(same.clone()), Some(same), "d");
    assert!(told[2].starts_with("After it: the same "), "{told:?}");
}
