//! Sharing out what is available among requesters, by their priorities.
//!
//! A requester has a curve: at a price it takes a part of its request, all of it far below its
//! priority and nothing far above. The price is the one at which all that is available is taken. The
//! curves are those of Vensim's manual ("Allocation", "Specifying the Curves"), after William T. Wood.

use crate::stream::normal::{above, rising};

/// How many numbers say what one requester wants: its request, the type of its curve, its priority,
/// and the width of its curve.
pub(crate) const NUMBERS: usize = 4;

/// Which part of its request a requester takes at a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Curve {
    /// All of it at every price.
    Fixed,
    /// Less in a straight line, over one width around the priority.
    Rectangular,
    /// Less along two parabolas, over one width around the priority.
    Triangular,
    /// The share of a normal distribution above the price; the width is its standard deviation.
    Normal,
    /// The share above the price of an exponential distribution to both sides of the priority
    /// (Laplace 1774); the width is the mean distance from it.
    Exponential,
}

impl Curve {
    /// The curve of a type in Vensim. Of constant elasticity (5), and of whole numbers (from 10 on),
    /// it is not certain what Vensim does: there is none.
    pub(crate) fn of_type(number: f64) -> Option<Self> {
        let all = [
            (0.0, Self::Fixed),
            (1.0, Self::Rectangular),
            (2.0, Self::Triangular),
            (3.0, Self::Normal),
            (4.0, Self::Exponential),
        ];
        let found = all.iter().find(|(known, _)| *known == number);
        found.map(|(_, curve)| *curve)
    }

    /// The part that is taken at a distance above the priority. Of width 0 it is a step: the limit of
    /// all these curves.
    fn part(self, distance: f64, width: f64) -> f64 {
        if width == 0.0 {
            return if distance < 0.0 { 1.0 } else { 0.0 };
        }
        let x = distance / width;
        match self {
            Self::Fixed => 1.0,
            Self::Rectangular => (0.5 - x).clamp(0.0, 1.0),
            Self::Triangular if x <= -0.5 => 1.0,
            Self::Triangular if x < 0.0 => 1.0 - 2.0 * (0.5 + x) * (0.5 + x),
            Self::Triangular if x < 0.5 => 2.0 * (0.5 - x) * (0.5 - x),
            Self::Triangular => 0.0,
            Self::Normal => above(x),
            Self::Exponential if x < 0.0 => 1.0 - 0.5 * x.exp(),
            Self::Exponential => 0.5 * (-x).exp(),
        }
    }

    /// From how many widths above its priority on a requester takes nothing, and so many below it
    /// all, in double precision.
    const fn reach(self) -> f64 {
        match self {
            Self::Fixed => 0.0,
            Self::Rectangular | Self::Triangular => 0.5,
            Self::Normal => 40.0,
            Self::Exponential => 750.0,
        }
    }
}

/// One who asks for something.
#[derive(Clone, Copy, Debug)]
struct Requester {
    request: f64,
    curve: Option<Curve>,
    priority: f64,
    width: f64,
}

impl Requester {
    fn at(&self, price: f64) -> f64 {
        let part = self.curve.map(|curve| {
            let part = curve.part(price - self.priority, self.width);
            self.request * part
        });
        part.unwrap_or(f64::NAN)
    }

    fn has_curve(&self) -> bool {
        self.curve.is_some()
            && self.priority.is_finite()
            && self.width.is_finite()
            && self.width >= 0.0
    }
}

fn requesters(numbers: &[f64]) -> impl Iterator<Item = Requester> + Clone {
    numbers.chunks_exact(NUMBERS).map(|one| Requester {
        request: one[0],
        curve: Curve::of_type(one[1]),
        priority: one[2],
        width: one[3],
    })
}

fn total(numbers: &[f64]) -> f64 {
    requesters(numbers).map(|one| one.request).sum()
}

fn taken(numbers: &[f64], price: f64) -> f64 {
    requesters(numbers).map(|one| one.at(price)).sum()
}

/// The price at which requesters take what is available, given [`NUMBERS`] of each. It is minus
/// infinity where there is enough for all, infinity where nothing is available or all requests are
/// fixed, and no number where a request is negative or none, or where a curve is needed and not known.
///
/// It is found by halving, until no number lies between: mostly some 60 times, and never more than
/// about 2,100 times.
pub(crate) fn price(available: f64, numbers: &[f64]) -> f64 {
    let are_requests = requesters(numbers).all(|one| one.request.is_finite() && one.request >= 0.0);
    if !are_requests || available.is_nan() {
        return f64::NAN;
    }
    if available >= total(numbers) {
        return f64::NEG_INFINITY;
    }
    if available <= 0.0 {
        return f64::INFINITY;
    }
    let mut all = requesters(numbers);
    let is_fixed = |one: &Requester| one.curve == Some(Curve::Fixed);
    if all.clone().all(|one| is_fixed(&one)) {
        return f64::INFINITY;
    }
    // Of fixed requests beside others it is not certain what Vensim does.
    if !all.clone().all(|one| one.has_curve()) || all.any(|one| is_fixed(&one)) {
        return f64::NAN;
    }
    let end = |side: f64| {
        move |one: Requester| {
            let reach = one.curve.map_or(0.0, Curve::reach);
            // A curve of width 0 has a step, which has to lie between.
            one.priority + side * (reach * one.width).max(one.priority.abs().max(1.0) * 1e-9)
        }
    };
    let lowest = requesters(numbers).map(end(-1.0)).fold(f64::MAX, f64::min);
    let highest = requesters(numbers).map(end(1.0)).fold(f64::MIN, f64::max);
    rising(lowest, highest, |price| available - taken(numbers, price))
}

/// What one of the requesters gets, by its index from 0, at the [`price`].
pub(crate) fn share(place: f64, price: f64, available: f64, numbers: &[f64]) -> f64 {
    let mut all = requesters(numbers).zip(0_u32..);
    let own = all.find(|(_, index)| f64::from(*index) == place);
    let Some((own, _)) = own.filter(|_| !price.is_nan()) else {
        return f64::NAN;
    };
    if price == f64::NEG_INFINITY {
        return own.request;
    }
    if available <= 0.0 {
        return 0.0;
    }
    if price == f64::INFINITY {
        return own.request / total(numbers) * available;
    }
    // At the numbers beside the price more than what is available is taken, and less: so the shares
    // between them add up, also where a curve is so steep that no number is the price.
    let (below, above) = (price.next_down(), price.next_up());
    let (most, least) = (taken(numbers, below), taken(numbers, above));
    let way = if most > least {
        ((available - least) / (most - least)).clamp(0.0, 1.0)
    } else {
        // They differ by less than what is rounded.
        0.0
    };
    let own_least = own.at(above);
    (own_least + way * (own.at(below) - own_least)).min(own.request)
}

#[cfg(test)]
mod tests {
    use super::{Curve, price, share};

    fn shares(available: f64, numbers: &[f64]) -> Vec<f64> {
        let price = price(available, numbers);
        let places = (0_u32..).zip(numbers.chunks_exact(4));
        places
            .map(|(place, _)| share(f64::from(place), price, available, numbers))
            .collect()
    }

    #[test]
    fn curves_fall_from_one_to_nothing_around_the_priority() {
        for number in 1..=4 {
            let curve = Curve::of_type(f64::from(number)).unwrap();
            let far = curve.reach() * 3.0;
            assert_eq!(curve.part(-far, 3.0), 1.0, "{curve:?}");
            assert_eq!(curve.part(far, 3.0), 0.0, "{curve:?}");
            assert_eq!(curve.part(0.0, 3.0), 0.5, "{curve:?}");
            assert_eq!([curve.part(-1e-9, 0.0), curve.part(0.0, 0.0)], [1.0, 0.0]);
            let steps = (-1000..1000).map(|step| f64::from(step) * far / 1000.0);
            let parts: Vec<f64> = steps.map(|x| curve.part(x, 3.0)).collect();
            let falls = |pair: &[f64]| pair[0] >= pair[1] - 1e-15;
            assert!(parts.windows(2).all(falls), "{curve:?}");
        }
        assert_eq!(Curve::of_type(5.0), None);
        assert_eq!(Curve::of_type(11.0), None);
        assert_eq!(Curve::of_type(f64::NAN), None);
    }

    #[test]
    fn enough_too_little_and_nothing() {
        let two = [6.0, 1.0, 5.0, 2.0, 3.0, 1.0, 4.0, 2.0];
        assert_eq!(shares(9.0, &two), [6.0, 3.0]);
        assert_eq!(shares(f64::INFINITY, &two), [6.0, 3.0]);
        assert_eq!(shares(0.0, &two), [0.0, 0.0]);
        assert_eq!(shares(-1.0, &two), [0.0, 0.0]);
        assert!(shares(f64::NAN, &two).iter().all(|one| one.is_nan()));
        assert_eq!(shares(0.0, &[0.0, 1.0, 1.0, 1.0]), [0.0]);
        assert_eq!(shares(-1.0, &[0.0, 0.0, 1.0, 1.0]), [0.0]);
    }

    #[test]
    fn what_is_not_certain_is_no_number() {
        let is_unknown = |numbers: &[f64]| shares(1.0, numbers).iter().all(|share| share.is_nan());
        assert!(is_unknown(&[2.0, 5.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]));
        assert!(is_unknown(&[2.0, 11.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]));
        assert!(is_unknown(&[2.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]));
        assert!(is_unknown(&[2.0, 1.0, 1.0, -1.0]));
        assert!(is_unknown(&[2.0, 1.0, f64::NAN, 1.0]));
        assert!(is_unknown(&[2.0, 1.0, 1.0, f64::INFINITY]));
        assert!(is_unknown(&[-2.0, 1.0, 1.0, 1.0, 5.0, 1.0, 1.0, 1.0]));
        assert!(is_unknown(&[f64::INFINITY, 1.0, 1.0, 1.0]));
    }

    #[test]
    fn without_a_width_priorities_are_an_order() {
        let three = [4.0, 1.0, 3.0, 0.0, 2.0, 1.0, 3.0, 0.0, 5.0, 1.0, 7.0, 0.0];
        assert_eq!(shares(4.0, &three), [0.0, 0.0, 4.0]);
        let found = shares(8.0, &three);
        // What is left for two of the same priority goes to them in proportion.
        for (share, wanted) in found.iter().zip([2.0, 1.0, 5.0]) {
            assert!((share - wanted).abs() < 1e-12, "{found:?}");
        }
        let at_zero = [4.0, 3.0, 0.0, 0.0, 4.0, 4.0, 0.0, 0.0];
        assert_eq!(shares(2.0, &at_zero), [1.0, 1.0]);
    }
}
