//! A unit: a product of powers of base names.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The largest number in a power, above or below its stroke.
const MOST: i64 = 10_000;

/// A power: a fraction in lowest terms, with the sign above the stroke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fraction {
    over: i32,
    under: i32,
}

impl Fraction {
    /// One.
    pub const ONE: Self = Self { over: 1, under: 1 };

    /// A fraction; none where its lowest terms are too large, or the lower number is 0.
    #[must_use]
    pub fn new(over: i64, under: i64) -> Option<Self> {
        let (mut a, mut b) = (over.unsigned_abs(), under.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let shared = i64::try_from(a).ok().filter(|_| under != 0)?;
        let (over, under) = (over / shared * under.signum(), under.abs() / shared);
        if over.abs() > MOST || under > MOST {
            return None;
        }
        Some(Self {
            over: i32::try_from(over).ok()?,
            under: i32::try_from(under).ok()?,
        })
    }

    /// The fraction that a number is, with a lower number of at most 12; none where it is none.
    #[must_use]
    pub fn of(number: f64) -> Option<Self> {
        (1..=12_i32).find_map(|under| {
            let over = number * f64::from(under);
            let is_whole = (over - over.round()).abs() < 1e-9 && over.abs() < 1e4;
            is_whole
                .then(|| Self::new(over.round() as i64, i64::from(under)))
                .flatten()
        })
    }

    /// The number above the stroke.
    #[must_use]
    pub const fn over(self) -> i32 {
        self.over
    }

    /// The number below the stroke, above 0.
    #[must_use]
    pub const fn under(self) -> i32 {
        self.under
    }

    fn plus(self, other: Self) -> Option<Self> {
        let [a, b] = [self, other].map(|one| (i64::from(one.over), i64::from(one.under)));
        Self::new(a.0 * b.1 + b.0 * a.1, a.1 * b.1)
    }

    fn times(self, other: Self) -> Option<Self> {
        let over = i64::from(self.over) * i64::from(other.over);
        Self::new(over, i64::from(self.under) * i64::from(other.under))
    }

    const fn negative(self) -> Self {
        Self {
            over: -self.over,
            under: self.under,
        }
    }
}

/// A power of a base name.
#[derive(Clone, Debug)]
struct Part {
    /// The name as a person wrote it.
    shown: Arc<str>,
    power: Fraction,
}

/// A product of powers of base names; without any it is dimensionless. Two are equal if they have
/// the same powers of the same bases, however these were written.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    parts: BTreeMap<Arc<str>, Part>,
}

impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        let powers = |unit: &Self| -> Vec<(Arc<str>, Fraction)> {
            let parts = unit.parts.iter();
            parts
                .map(|(key, part)| (Arc::clone(key), part.power))
                .collect()
        };
        powers(self) == powers(other)
    }
}

impl Unit {
    /// What has no dimension.
    #[must_use]
    pub fn dimensionless() -> Self {
        Self::default()
    }

    /// A base by the key that it is compared by, and as it is shown.
    pub(super) fn base(key: &str, shown: &str) -> Self {
        let part = Part {
            shown: shown.into(),
            power: Fraction::ONE,
        };
        Self {
            parts: BTreeMap::from([(key.into(), part)]),
        }
    }

    /// Whether it has no dimension.
    #[must_use]
    pub fn is_dimensionless(&self) -> bool {
        self.parts.is_empty()
    }

    /// The product of two; none where a power becomes too large.
    #[must_use]
    pub fn times(&self, other: &Self) -> Option<Self> {
        let mut parts = self.parts.clone();
        for (key, part) in &other.parts {
            let Some(known) = parts.get_mut(key) else {
                parts.insert(Arc::clone(key), part.clone());
                continue;
            };
            known.power = known.power.plus(part.power)?;
            if known.power.over == 0 {
                parts.remove(key);
            }
        }
        Some(Self { parts })
    }

    /// One over it.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let mut parts = self.parts.clone();
        for part in parts.values_mut() {
            part.power = part.power.negative();
        }
        Self { parts }
    }

    /// One divided by the other; none where a power becomes too large.
    #[must_use]
    pub fn over(&self, other: &Self) -> Option<Self> {
        self.times(&other.inverse())
    }

    /// A power of it; none where a power becomes too large.
    #[must_use]
    pub fn power(&self, power: Fraction) -> Option<Self> {
        let mut parts = BTreeMap::new();
        for (key, part) in &self.parts {
            let power = part.power.times(power)?;
            if power.over != 0 {
                let shown = Arc::clone(&part.shown);
                parts.insert(Arc::clone(key), Part { shown, power });
            }
        }
        Some(Self { parts })
    }

    /// Its bases, by their keys, with their powers.
    pub(super) fn powers(&self) -> impl Iterator<Item = (&str, Fraction)> {
        self.parts.iter().map(|(key, part)| (&**key, part.power))
    }

    /// The same with each base replaced; none where a power becomes too large, or there is nothing
    /// to replace one with. What is given back as none stays as it is.
    pub(super) fn replaced(&self, with: impl Fn(&str) -> Option<Option<Self>>) -> Option<Self> {
        let mut product = Self::default();
        for (key, part) in &self.parts {
            let own = || Self::base(key, &part.shown);
            let base = match with(key) {
                None => own(),
                Some(other) => other?,
            };
            product = product.times(&base.power(part.power)?)?;
        }
        Some(product)
    }
}

/// As people write it: `widgets/month`, `dollars/(person*year)`, `1/year`, `m^2`, `dimensionless`.
impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = |part: &Part| {
            let (over, under) = (part.power.over.abs(), part.power.under);
            match (over, under) {
                (1, 1) => part.shown.to_string(),
                (over, 1) => format!("{}^{over}", part.shown),
                (over, under) => format!("{}^({over}/{under})", part.shown),
            }
        };
        let of = |is_above: bool| -> Vec<String> {
            let parts = self.parts.values();
            parts
                .filter(|part| (part.power.over > 0) == is_above)
                .map(written)
                .collect()
        };
        let (above, below) = (of(true), of(false));
        if above.is_empty() && below.is_empty() {
            return f.write_str("dimensionless");
        }
        let above = match above.len() {
            0 => "1".to_owned(),
            _ => above.join("*"),
        };
        match below.as_slice() {
            [] => f.write_str(&above),
            [one] => write!(f, "{above}/{one}"),
            several => write!(f, "{above}/({})", several.join("*")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fraction, Unit};
    use proptest::prelude::*;

    fn unit(powers: &[(&str, i64)]) -> Unit {
        powers.iter().fold(Unit::default(), |unit, (name, power)| {
            let power = Fraction::new(*power, 1).unwrap();
            let base = Unit::base(name, name).power(power).unwrap();
            unit.times(&base).unwrap()
        })
    }

    #[test]
    fn units_are_shown_as_people_write_them() {
        for (powers, shown) in [
            (&[][..], "dimensionless"),
            (&[("widgets", 1), ("month", -1)], "widgets/month"),
            (&[("month", -1)], "1/month"),
            (
                &[("dollars", 1), ("year", -1), ("person", -1)],
                "dollars/(person*year)",
            ),
            (&[("m", 2), ("s", -2)], "m^2/s^2"),
        ] {
            assert_eq!(unit(powers).to_string(), shown);
        }
        let half = unit(&[("m", 1)])
            .power(Fraction::new(1, 2).unwrap())
            .unwrap();
        assert_eq!(half.to_string(), "m^(1/2)");
    }

    #[test]
    fn numbers_become_fractions_if_they_are_some() {
        assert_eq!(Fraction::of(0.5), Fraction::new(1, 2));
        assert_eq!(Fraction::of(-2.0), Fraction::new(-2, 1));
        assert_eq!(Fraction::of(1.0 / 3.0), Fraction::new(2, 6));
        assert_eq!(Fraction::of(0.123), None);
        assert_eq!(Fraction::of(f64::NAN), None);
        assert_eq!(Fraction::new(1, 0), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn units_multiply_as_their_powers_add(
            a in proptest::array::uniform3(-4_i64..5),
            b in proptest::array::uniform3(-4_i64..5),
            n in -3_i64..4,
        ) {
            let of = |powers: [i64; 3]| {
                unit(&[("a", powers[0]), ("b", powers[1]), ("c", powers[2])])
            };
            let sum = [0, 1, 2].map(|at| a[at] + b[at]);
            let difference = [0, 1, 2].map(|at| a[at] - b[at]);
            prop_assert_eq!(of(a).times(&of(b)), Some(of(sum)));
            prop_assert_eq!(of(a).over(&of(b)), Some(of(difference)));
            let power = Fraction::new(n, 1).unwrap();
            prop_assert_eq!(of(a).power(power), Some(of(a.map(|one| one * n))));
            prop_assert_eq!(of(a) == of(b), a == b);
        }
    }
}
