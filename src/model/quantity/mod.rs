//! Measures as people type and read them: `90 s`, `1.5 weeks`, `~2 h`, `1-2-5 d`, `920 per day`, `?`.

mod parse;
mod text;

pub use parse::{
    Notation, QuantityError, parse_measure, parse_measure_in, says_nothing, says_unknown,
    usual_unit,
};
pub use text::{
    best_rate_unit, best_unit, duration_text, duration_text_in, exact_text, measure_text,
    number_text, rate_text, rate_text_in, share_text, unit_suffix,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::calendar::Calendar;
    use crate::model::measure::Measure;
    use crate::model::measure_kind::MeasureKind;

    fn read(text: &str, kind: MeasureKind) -> String {
        match parse_measure(text, kind) {
            Ok(Some((amount, unit))) => measure_text(&Measure::new(amount, unit)),
            Ok(None) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn spans_are_read_as_people_write_them() {
        for (typed, shown) in [
            ("90 s", "90 s"),
            ("90s", "90 s"),
            ("2 h", "2 h"),
            ("3 days", "3 d"),
            ("1.5 weeks", "1.5 wk"),
            ("1,5 Weeks", "1.5 wk"),
            (".5 h", "0.5 h"),
            ("1 h 30 min", "90 min"),
            ("1h30m", "90 min"),
            ("~2 h", "~2 h"),
            ("1-2-5 d", "1\u{2013}2\u{2013}5 d"),
            ("1 \u{2013} 5 d", "1\u{2013}3\u{2013}5 d"),
            ("30 min to 2 h", "0.5\u{2013}1.25\u{2013}2 h"),
            ("?", "?"),
            ("", ""),
            ("  ", ""),
            ("18,400 s", "18400 s"),
            ("<1 min", "0\u{2013}0.5\u{2013}1 min"),
            ("\u{2264} 2 h", "0\u{2013}1\u{2013}2 h"),
            ("up to 3 d", "0\u{2013}1.5\u{2013}3 d"),
            ("ca. 15 min", "~15 min"),
            ("\u{2248}2 h", "~2 h"),
            ("15 min?", "~15 min"),
            ("2 days, 3 hours", "19 h"),
            ("1:30", "90 min"),
            ("0:01:30", "90 s"),
            ("0", "0 h"),
            ("-", ""),
            ("\u{2014}", ""),
            ("N/A", ""),
            ("??", "?"),
            ("TBD", "?"),
        ] {
            assert_eq!(read(typed, MeasureKind::ProcessTime), shown, "{typed}");
        }
    }

    #[test]
    fn rates_counts_and_shares_are_read() {
        for (typed, shown) in [
            ("920/d", "920 per d"),
            ("920 per day", "920 per d"),
            ("18400 / 20 d", "920 per d"),
            ("18,400 per 20 days", "920 per d"),
            ("3-5 per week", "3\u{2013}4\u{2013}5 per wk"),
            ("~2/wk", "~2 per wk"),
        ] {
            assert_eq!(read(typed, MeasureKind::Demand), shown, "{typed}");
        }
        assert_eq!(read("85", MeasureKind::Uptime), "85 %");
        assert_eq!(read("85 %", MeasureKind::Uptime), "85 %");
        assert_eq!(read("x3", MeasureKind::Servers), "3");
        assert_eq!(read("0 %", MeasureKind::CompleteAndAccurate), "0 %");
        assert_eq!(
            read("80 %-90 %", MeasureKind::CompleteAndAccurate),
            "80\u{2013}85\u{2013}90 %"
        );
        assert_eq!(
            read("<50 %", MeasureKind::CompleteAndAccurate),
            "0\u{2013}25\u{2013}50 %"
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (typed, kind, message) in [
            (
                "2",
                MeasureKind::ProcessTime,
                "a unit is missing; it can be s, min, h, d, wk or mo",
            ),
            (
                "2 ells",
                MeasureKind::ProcessTime,
                "\u{201c}ells\u{201d} is not a unit here; it can be s, min, h, d, wk or mo",
            ),
            (
                "soon",
                MeasureKind::ProcessTime,
                "\u{201c}\u{201d} is not a number",
            ),
            (
                "5-1 h",
                MeasureKind::ProcessTime,
                "an estimate goes up: low, likely, high",
            ),
            (
                "120",
                MeasureKind::Uptime,
                "the number is out of range: it goes from 0.01 to 100",
            ),
            (
                "0",
                MeasureKind::Servers,
                "the number is out of range: it goes from 0.001 to 1,000,000,000,000",
            ),
            (
                "5",
                MeasureKind::Demand,
                "a unit is missing; it can be per h, per d, per wk or per mo",
            ),
            (
                ">2 h",
                MeasureKind::ProcessTime,
                "\u{201c}>2\u{201d} is not a number",
            ),
            (
                "<1-2 h",
                MeasureKind::ProcessTime,
                "\u{201c}1-2 h\u{201d} is not a number",
            ),
            (
                "1:70",
                MeasureKind::ProcessTime,
                "\u{201c}1:70\u{201d} is not a number",
            ),
            (
                "1.2.3",
                MeasureKind::Batch,
                "\u{201c}1.2.3\u{201d} is not a number",
            ),
        ] {
            assert_eq!(read(typed, kind), message, "{typed}");
        }
    }

    #[test]
    fn spans_are_shown_in_the_best_unit_of_the_calendar() {
        let acme = Calendar {
            seconds_per_day: 55_200.0,
            ..Calendar::default()
        };
        assert_eq!(duration_text(188.0, &acme), "188 s");
        assert_eq!(duration_text(23.6 * 55_200.0, &acme), "23.6 d");
        assert_eq!(duration_text(3_600.0, &acme), "1 h");
        assert_eq!(duration_text(1.85 * 55_200.0, &acme), "1.85 d");
        assert_eq!(duration_text(28_800.0, &acme), "8 h");
        assert_eq!(rate_text(920.0 / 55_200.0, &acme), "920 per d");
        assert_eq!(rate_text(0.0, &acme), "0 per d");
        for (share, text) in [
            (1.033_33, "103.3 %"),
            (0.5, "50 %"),
            (0.0, "0 %"),
            (0.000_144, "0.014 %"),
        ] {
            assert_eq!(share_text(share), text);
        }
        assert_eq!(number_text(21_733.2), "21,733");
        assert_eq!(number_text(-1_234_567.0), "-1,234,567");
    }
}
