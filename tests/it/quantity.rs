//! Measures as people type them: what is shown reads back as what was meant.

use crate::common::stream;
use loopstream::model::{Calendar, MeasureKind, TimeBasis, Unit, measure_text, parse_measure};
use proptest::prelude::*;

fn kind() -> impl Strategy<Value = MeasureKind> {
    proptest::sample::select(&MeasureKind::ALL[..])
}

proptest! {
    #[test]
    fn what_is_shown_reads_back_as_what_was_meant(
        (kind, measure) in kind().prop_flat_map(|kind| (Just(kind), stream::measure(kind)))
    ) {
        let shown = measure_text(&measure);
        let (amount, unit) = parse_measure(&shown, kind).unwrap().unwrap();
        prop_assert_eq!(amount, measure.amount, "{}", shown);
        // Nobody knows of an unknown in which unit it would be.
        if amount.likely().is_some() {
            prop_assert_eq!(unit, measure.unit, "{}", shown);
        }
    }

    #[test]
    fn nothing_that_is_typed_makes_the_reader_fall(text in any::<String>(), kind in kind()) {
        if let Ok(Some((amount, unit))) = parse_measure(&text, kind) {
            prop_assert!(loopstream::model::Measure::new(amount, unit).fits(kind), "{}", text);
        }
    }

    #[test]
    fn almost_a_quantity_does_not_make_the_reader_fall(
        text in "[~?]? ?[0-9.,]{0,6} ?(-|to|–|\\.\\.|/|per)? ?[0-9.,]{0,4} ?[a-z%]{0,6}", kind in kind()
    ) {
        if let Ok(Some((amount, unit))) = parse_measure(&text, kind) {
            prop_assert!(loopstream::model::Measure::new(amount, unit).fits(kind), "{}", text);
        }
    }

    #[test]
    fn units_of_time_and_rates_agree_whatever_the_calendar(
        seconds_per_day in 1.0..=86_400.0, days_per_week in 0.1..=7.0
    ) {
        for basis in [TimeBasis::Clock, TimeBasis::Working] {
            let calendar = Calendar { basis, seconds_per_day, days_per_week, rate_unit: None };
            // An item a day is as many a week as a week has days.
            let days = calendar.seconds_in(Unit::Week) / calendar.seconds_in(Unit::Day);
            let rates = calendar.rate(1.0, Unit::PerDay) / calendar.rate(days, Unit::PerWeek);
            prop_assert!((rates - 1.0).abs() < 1.0e-9);
            let month = calendar.seconds_in(Unit::Month) / calendar.seconds_in(Unit::Week);
            let rates = calendar.rate(1.0, Unit::PerWeek) / calendar.rate(month, Unit::PerMonth);
            prop_assert!((rates - 1.0).abs() < 1.0e-9);
        }
    }
}
