//! Percentiles and means of durations of which some are not over yet.
//!
//! What is still in a state has been there for its age, and will stay for longer: its duration is
//! censored from the right. To leave it out makes times look shorter than they are, and to take its
//! age for its duration likewise. The product-limit estimate (Kaplan & Meier 1958, *J. Am. Stat.
//! Assoc.* 53) uses it for what it says. It supposes that what is still in a state is like what has
//! left it at the same age.
//!
//! A percentile is the least duration that the estimate says such a part of all has ended by. Where
//! every duration is over, that is the nearest rank: type 1 of Hyndman & Fan 1996. Where the
//! estimate does not get so far, it is known only that the percentile is no less than the longest
//! duration seen. The mean is the area under the estimate up to there: the arithmetic mean where all
//! is over, else, if the longest has not ended, a lower bound.

use crate::model::{Calendar, duration_text};

/// A duration, and whether it is over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Passage {
    /// It is over, and took so many seconds.
    Ended(f64),
    /// It has taken so many seconds, and goes on.
    Open(f64),
}

impl Passage {
    /// How long it has taken, in seconds.
    #[must_use]
    pub const fn seconds(self) -> f64 {
        match self {
            Self::Ended(seconds) | Self::Open(seconds) => seconds,
        }
    }
}

/// A number that follows from durations, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found {
    /// It is this.
    Exactly(f64),
    /// It is this or more; the durations say no more.
    AtLeast(f64),
}

impl Found {
    /// The number.
    #[must_use]
    pub const fn seconds(self) -> f64 {
        match self {
            Self::Exactly(seconds) | Self::AtLeast(seconds) => seconds,
        }
    }
}

/// A duration as people read it, with what is not certain of it.
#[must_use]
pub fn found_text(found: Option<Found>, calendar: &Calendar) -> String {
    match found {
        None => "\u{2013}".to_owned(),
        Some(Found::Exactly(seconds)) => duration_text(seconds, calendar),
        Some(Found::AtLeast(seconds)) => format!("over {}", duration_text(seconds, calendar)),
    }
}

/// What a number of durations says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spread {
    /// How many are over.
    pub ended: usize,
    /// How many go on.
    pub open: usize,
    /// The longest that goes on, in seconds.
    pub oldest: Option<f64>,
    /// Half of all end by this.
    pub p50: Option<Found>,
    /// 85 of 100 end by this.
    pub p85: Option<Found>,
    /// 95 of 100 end by this.
    pub p95: Option<Found>,
    /// The mean.
    pub mean: Option<Found>,
    /// Those that are over, in seconds, the shortest first.
    pub over: Vec<f64>,
}

impl Spread {
    /// What these durations say, in whatever order they come.
    #[must_use]
    pub fn of(mut passages: Vec<Passage>) -> Self {
        // Of the same length, what ended comes first: what goes on was still there when it did.
        passages.sort_by(|one, other| {
            let is_open = |passage: &Passage| matches!(passage, Passage::Open(_));
            let by_length = one.seconds().total_cmp(&other.seconds());
            by_length.then(is_open(one).cmp(&is_open(other)))
        });
        let curve = Curve::of(&passages);
        let open = passages
            .iter()
            .filter(|passage| matches!(passage, Passage::Open(_)));
        let mut ages = open.map(|passage| passage.seconds());
        Self {
            ended: passages.len() - ages.clone().count(),
            open: ages.clone().count(),
            oldest: ages.next_back(),
            p50: curve.percentile(0.5),
            p85: curve.percentile(0.85),
            p95: curve.percentile(0.95),
            mean: curve.mean(),
            over: passages
                .iter()
                .filter_map(|passage| match passage {
                    Passage::Ended(seconds) => Some(*seconds),
                    Passage::Open(_) => None,
                })
                .collect(),
        }
    }

    /// How many durations it rests on.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.ended + self.open
    }
}

/// The product-limit estimate: from each of these durations on, this part of all goes on.
struct Curve {
    steps: Vec<(f64, f64)>,
    /// The longest duration.
    end: Option<f64>,
}

impl Curve {
    /// The estimate from durations in order.
    fn of(passages: &[Passage]) -> Self {
        let mut steps: Vec<(f64, f64)> = Vec::new();
        let mut going_on = 1.0;
        let mut index = 0;
        while let Some(passage) = passages.get(index) {
            let length = passage.seconds();
            let at_risk = (passages.len() - index) as f64;
            let same = passages[index..].iter();
            let same = same.take_while(|other| other.seconds() <= length);
            let ended = same
                .clone()
                .filter(|other| matches!(other, Passage::Ended(_)))
                .count();
            index += same.count().max(1);
            if ended > 0 {
                going_on *= 1.0 - ended as f64 / at_risk;
                steps.push((length, going_on));
            }
        }
        let end = passages.last().map(|passage| passage.seconds());
        Self { steps, end }
    }

    fn percentile(&self, part: f64) -> Option<Found> {
        // A product of many factors is not exact to the last bit, and a rank must not be missed.
        const SLACK: f64 = 1.0e-9;
        let found = self
            .steps
            .iter()
            .find(|(_, going_on)| *going_on <= 1.0 - part + SLACK);
        match found {
            Some((length, _)) => Some(Found::Exactly(*length)),
            None => self.end.map(Found::AtLeast),
        }
    }

    fn mean(&self) -> Option<Found> {
        let end = self.end?;
        let (mut area, mut from, mut going_on) = (0.0, 0.0, 1.0);
        for (length, after) in &self.steps {
            area += going_on * (length - from);
            (from, going_on) = (*length, *after);
        }
        area += going_on * (end - from);
        // What is left of the product after the last has ended is no part of all.
        Some(if going_on > 1.0e-12 {
            Found::AtLeast(area)
        } else {
            Found::Exactly(area)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Weeks of remission with 6-mercaptopurine (Freireich et al. 1963), the usual worked example.
    const REMISSION: [(f64, bool); 21] = [
        (6.0, true),
        (6.0, true),
        (6.0, true),
        (6.0, false),
        (7.0, true),
        (9.0, false),
        (10.0, true),
        (10.0, false),
        (11.0, false),
        (13.0, true),
        (16.0, true),
        (17.0, false),
        (19.0, false),
        (20.0, false),
        (22.0, true),
        (23.0, true),
        (25.0, false),
        (32.0, false),
        (32.0, false),
        (34.0, false),
        (35.0, false),
    ];
    /// The same without the drug: all are over.
    const PLACEBO: [f64; 21] = [
        1.0, 1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 5.0, 5.0, 8.0, 8.0, 8.0, 8.0, 11.0, 11.0, 12.0, 12.0,
        15.0, 17.0, 22.0, 23.0,
    ];

    fn passages(list: &[(f64, bool)]) -> Vec<Passage> {
        let list = list.iter();
        list.map(|(length, ended)| match ended {
            true => Passage::Ended(*length),
            false => Passage::Open(*length),
        })
        .collect()
    }

    #[test]
    fn the_published_example_comes_out() {
        let curve = Curve::of(&passages(&REMISSION));
        let published = [
            (6.0, 0.857),
            (7.0, 0.807),
            (10.0, 0.753),
            (13.0, 0.690),
            (16.0, 0.627),
            (22.0, 0.538),
            (23.0, 0.448),
        ];
        assert_eq!(curve.steps.len(), published.len());
        for ((length, part), (at, expected)) in curve.steps.iter().zip(published) {
            assert_eq!(*length, at);
            assert!((part - expected).abs() < 5.0e-4, "{length}: {part}");
        }
        let spread = Spread::of(passages(&REMISSION));
        assert_eq!(
            (spread.ended, spread.open, spread.oldest),
            (9, 12, Some(35.0))
        );
        assert_eq!(spread.p50, Some(Found::Exactly(23.0)));
        // The curve ends at 0.448, so that 85 of 100 are never seen.
        assert_eq!(spread.p85, Some(Found::AtLeast(35.0)));
        // The mean up to 35 weeks, as the survival package of R prints it: 23.3.
        let mean = spread.mean.unwrap();
        assert!((mean.seconds() - 23.287).abs() < 5.0e-3, "{mean:?}");
        assert!(matches!(mean, Found::AtLeast(_)));
    }

    #[test]
    fn without_anything_open_it_is_the_nearest_rank() {
        let spread = Spread::of(PLACEBO.map(Passage::Ended).to_vec());
        assert_eq!(spread.p50, Some(Found::Exactly(8.0)));
        assert_eq!(spread.p85, Some(Found::Exactly(15.0)));
        assert_eq!(spread.p95, Some(Found::Exactly(22.0)));
        let Some(Found::Exactly(mean)) = spread.mean else {
            panic!("{spread:?}")
        };
        assert!((mean - 182.0 / 21.0).abs() < 1.0e-9);
        let twenty = (1..=20)
            .map(|length| Passage::Ended(f64::from(length)))
            .collect();
        let spread = Spread::of(twenty);
        assert_eq!(spread.p50, Some(Found::Exactly(10.0)));
        assert_eq!(spread.p85, Some(Found::Exactly(17.0)));
        assert_eq!(spread.p95, Some(Found::Exactly(19.0)));
    }

    #[test]
    fn little_is_said_of_little() {
        assert_eq!(Spread::of(Vec::new()), Spread::default());
        let open = Spread::of(vec![Passage::Open(4.0)]);
        assert_eq!(open.p50, Some(Found::AtLeast(4.0)));
        assert_eq!(open.mean, Some(Found::AtLeast(4.0)));
        let none = Spread::of(vec![Passage::Ended(0.0)]);
        assert_eq!(
            (none.p95, none.mean),
            (Some(Found::Exactly(0.0)), Some(Found::Exactly(0.0)))
        );
    }

    proptest! {
        #[test]
        fn percentiles_rise_and_stay_within(
            list in proptest::collection::vec((0.0..1.0e6_f64, any::<bool>()), 1..60),
            turn in 0_usize..60,
        ) {
            let spread = Spread::of(passages(&list));
            let [p50, p85, p95, mean] = [spread.p50, spread.p85, spread.p95, spread.mean]
                .map(|found| found.unwrap().seconds());
            let most = list.iter().map(|(length, _)| *length).fold(0.0, f64::max);
            let least = list.iter().map(|(length, _)| *length).fold(f64::MAX, f64::min);
            prop_assert!(least <= p50 && p50 <= p85 && p85 <= p95 && p95 <= most);
            prop_assert!(least - 1.0e-6 <= mean && mean <= most + 1.0e-6);
            // The order of the rows does not matter.
            let mut turned = list.clone();
            turned.rotate_left(turn % list.len());
            prop_assert_eq!(Spread::of(passages(&turned)), spread.clone());
            // To take ages for durations makes the mean no longer.
            let ended = list.iter().map(|(length, _)| Passage::Ended(*length)).collect();
            prop_assert!(Spread::of(ended).mean.unwrap().seconds() <= mean + 1.0e-6 * most);
        }

        #[test]
        fn ranks_are_met_whatever_their_number(count in 1_usize..400) {
            let list = (1..=count).map(|length| Passage::Ended(length as f64)).collect();
            let spread = Spread::of(list);
            for (found, hundredths) in [(spread.p50, 50), (spread.p85, 85), (spread.p95, 95)] {
                let rank = (count * hundredths).div_ceil(100);
                prop_assert_eq!(found, Some(Found::Exactly(rank as f64)));
            }
        }
    }
}
