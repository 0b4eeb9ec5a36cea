//! The quality of the random numbers: spread, and that neighbours of every sort have nothing to do
//! with each other.

use loopstream::simulate::events::{Chance, Purpose, Stream};

const COUNT: u64 = 200_000;

/// Chi-square of the spread over 100 equal parts, in standard deviations from its mean.
fn spread(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut counts = [0.0_f64; 100];
    let mut total = 0.0;
    for number in numbers {
        assert!(number > 0.0 && number < 1.0);
        counts[(number * 100.0) as usize] += 1.0;
        total += 1.0;
    }
    let each = total / 100.0;
    let sum: f64 = counts.iter().map(|n| (n - each) * (n - each) / each).sum();
    (sum - 99.0) / (2.0_f64 * 99.0).sqrt()
}

/// Chi-square of pairs over a grid of 20 by 20.
fn pairs(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
    let mut counts = vec![0.0_f64; 400];
    let mut total = 0.0;
    for (one, other) in pairs {
        counts[(one * 20.0) as usize * 20 + (other * 20.0) as usize] += 1.0;
        total += 1.0;
    }
    let each = total / 400.0;
    let sum: f64 = counts.iter().map(|n| (n - each) * (n - each) / each).sum();
    (sum - 399.0) / (2.0_f64 * 399.0).sqrt()
}

fn units(stream: Stream) -> impl Iterator<Item = f64> {
    (0..COUNT).map(move |item| stream.unit(item, 0))
}

#[test]
fn numbers_are_spread_evenly_whichever_way_one_goes() {
    let chance = Chance::new(5, 0);
    let stream = chance.stream(77, Purpose::Work);
    assert!(spread(units(stream)).abs() < 4.0);
    assert!(spread((0..COUNT).map(|visit| stream.unit(3, visit as u32))).abs() < 4.0);
    let keys = (0..COUNT).map(|key| chance.stream(key, Purpose::Work).unit(0, 0));
    assert!(spread(keys).abs() < 4.0);
    let replications = (0..COUNT).map(|number| {
        Chance::new(5, number as u32)
            .stream(77, Purpose::Work)
            .unit(0, 0)
    });
    assert!(spread(replications).abs() < 4.0);
    let seeds = (0..COUNT).map(|seed| Chance::new(seed, 0).stream(77, Purpose::Work).unit(0, 0));
    assert!(spread(seeds).abs() < 4.0);
}

#[test]
fn neighbours_have_nothing_to_do_with_each_other() {
    let chance = Chance::new(5, 0);
    let stream = |key: u64, purpose: Purpose| chance.stream(key, purpose);
    let work = stream(77, Purpose::Work);
    let beside = |other: Stream| pairs(units(work).zip(units(other)));
    for (what, found) in [
        (
            "items",
            pairs((0..COUNT).map(|i| (work.unit(i, 0), work.unit(i + 1, 0)))),
        ),
        (
            "items by 2",
            pairs((0..COUNT).map(|i| (work.unit(i, 0), work.unit(i + 2, 0)))),
        ),
        (
            "visits",
            pairs((0..COUNT).map(|i| (work.unit(i, 0), work.unit(i, 1)))),
        ),
        ("keys", beside(stream(78, Purpose::Work))),
        ("far keys", beside(stream(77 << 40, Purpose::Work))),
        ("purposes", beside(stream(77, Purpose::SetUp))),
        (
            "replications",
            beside(Chance::new(5, 1).stream(77, Purpose::Work)),
        ),
        ("seeds", beside(Chance::new(6, 0).stream(77, Purpose::Work))),
    ] {
        assert!(found.abs() < 4.0, "{what} {found}");
    }
}

#[test]
fn runs_up_are_as_long_as_they_should_be() {
    // A run up of exactly k numbers has the chance k / (k + 1)! where the number after it is left
    // out (Knuth, The Art of Computer Programming 2, 3.3.2 G).
    let stream = Chance::new(8, 3).stream(1, Purpose::Arrival);
    let (mut counts, mut runs) = ([0.0; 6], 0.0);
    let mut item = 0;
    while item < 1_000_000 {
        let mut length = 1;
        while stream.unit(item + 1, 0) > stream.unit(item, 0) {
            item += 1;
            length += 1;
        }
        item += 2;
        counts[length.min(6) - 1] += 1.0;
        runs += 1.0;
    }
    let mut factorial = 1.0;
    let (mut sum, mut left) = (0.0, 1.0);
    for k in 1..6_u8 {
        let size = f64::from(k);
        factorial *= size + 1.0;
        let chance = size / factorial;
        left -= chance;
        let each = runs * chance;
        let off: f64 = counts[usize::from(k) - 1] - each;
        sum += off * off / each;
    }
    let each = runs * left;
    sum += (counts[5] - each) * (counts[5] - each) / each;
    // Chi-square with 5 degrees of freedom: over 20.5 once in a thousand.
    assert!(sum < 20.5, "{sum}");
}

#[test]
fn the_sum_of_twelve_is_nearly_normal() {
    let stream = Chance::new(1, 1).stream(2, Purpose::Down);
    let sums: Vec<f64> = (0..50_000_u64)
        .map(|round| (0..12).map(|i| stream.unit(round * 12 + i, 0)).sum::<f64>() - 6.0)
        .collect();
    let moment = |power: i32| sums.iter().map(|x| x.powi(power)).sum::<f64>() / 50_000.0;
    assert!(moment(1).abs() < 4.0 / 50_000.0_f64.sqrt());
    assert!((moment(2) - 1.0).abs() < 4.0 * (2.0_f64 / 50_000.0).sqrt());
    // Of twelve uniform numbers: 3 - 1.2 / 12.
    assert!((moment(4) - 2.9).abs() < 0.15);
}
