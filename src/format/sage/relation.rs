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
}
