//! The sign of a relation, by its formula.

use crate::model::Polarity;

/// Formulas that are known as a whole: those of accumulators and of what changes a transfer.
const WHOLE: &[(&str, Polarity)] = &[
    ("+in", Polarity::Positive),
    ("-in", Polarity::Negative),
    ("in * 0.10", Polarity::Positive),
    ("(maxIn - in) * 0.10 + 0.02", Polarity::Negative),
];

/// How formulas begin that a person chose from the lists: increase and decrease.
const BEGINNINGS: &[(&str, Polarity)] =
    &[("1 *", Polarity::Positive), ("maxIn -", Polarity::Negative)];

/// What a formula says; unknown where it is drawn by hand, or says something else.
pub fn polarity_of(formula: &str) -> Polarity {
    let formula = formula.trim();
    let whole = WHOLE.iter().find(|(known, _)| *known == formula);
    let begins = || {
        BEGINNINGS
            .iter()
            .find(|(known, _)| formula.starts_with(known))
    };
    whole
        .or_else(begins)
        .map_or(Polarity::Unknown, |(_, polarity)| *polarity)
}

/// What a curve says that is drawn by hand: it rises where no point is lower than one left of it,
/// and one is higher; unknown where it does both, or neither.
pub fn polarity_of_curve(points: &[[f64; 2]]) -> Polarity {
    let mut points = points.to_vec();
    points.sort_by(|[one, _], [other, _]| one.total_cmp(other));
    let steps = points.windows(2).map(|pair| pair[1][1] - pair[0][1]);
    let (rises, falls) = steps.fold((false, false), |(rises, falls), step| {
        (rises || step > 0.0, falls || step < 0.0)
    });
    match (rises, falls) {
        (true, false) => Polarity::Positive,
        (false, true) => Polarity::Negative,
        _ => Polarity::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_formulas_of_the_lists_have_a_sign() {
        for (formula, polarity) in [
            ("1 * in", Polarity::Positive),
            ("1 * min(in * 2, maxOut)", Polarity::Positive),
            ("maxIn - in", Polarity::Negative),
            ("+in", Polarity::Positive),
            ("-in", Polarity::Negative),
            ("in * 0.10", Polarity::Positive),
            ("(maxIn - in) * 0.10 + 0.02", Polarity::Negative),
            ("0 ", Polarity::Unknown),
            ("in", Polarity::Unknown),
            ("initial-value", Polarity::Unknown),
            ("", Polarity::Unknown),
        ] {
            assert_eq!(polarity_of(formula), polarity, "{formula}");
        }
    }

    #[test]
    fn a_curve_has_a_sign_where_it_only_rises_or_only_falls() {
        for (points, polarity) in [
            (
                &[[0.0, 0.0], [50.0, 10.0], [100.0, 10.0]][..],
                Polarity::Positive,
            ),
            (
                &[[100.0, 0.0], [0.0, 90.0], [50.0, 90.0]],
                Polarity::Negative,
            ),
            (&[[0.0, 0.0], [50.0, 90.0], [100.0, 0.0]], Polarity::Unknown),
            (&[[0.0, 5.0], [100.0, 5.0]], Polarity::Unknown),
            (&[[0.0, 1.0]], Polarity::Unknown),
            (&[], Polarity::Unknown),
        ] {
            assert_eq!(polarity_of_curve(points), polarity, "{points:?}");
        }
    }
}
