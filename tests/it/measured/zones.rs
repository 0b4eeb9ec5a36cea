//! Times with their zones, told by the clock of the person, with its summer time.

use loopstream::import_data::{Found, Instant, TimeZone};

use crate::measured::{at, understood_in};

/// A zone by its offsets in hours, each from an instant on.
struct Offsets(&'static str, &'static [(&'static str, f64)]);

impl TimeZone for Offsets {
    fn ahead(&self, instant: Instant) -> f64 {
        let mut offsets = self.1.iter().rev();
        let now = offsets.find(|(from, _)| at(from) <= instant);
        now.map_or(0.0, |(_, hours)| hours * 3_600.0)
    }

    fn name(&self) -> String {
        self.0.to_owned()
    }
}

/// From the tz database.
const LOS_ANGELES: Offsets = Offsets(
    "America/Los_Angeles",
    &[
        ("2025-11-02 09:00", -8.0),
        ("2026-03-08 10:00", -7.0),
        ("2026-11-01 09:00", -8.0),
    ],
);
const KOLKATA: Offsets = Offsets("Asia/Kolkata", &[("1945-10-14 17:30", 5.5)]);
const BERLIN: Offsets = Offsets(
    "Europe/Berlin",
    &[
        ("2025-10-26 01:00", 1.0),
        ("2026-03-29 01:00", 2.0),
        ("2026-10-25 01:00", 1.0),
    ],
);

#[test]
fn an_age_is_the_same_wherever_the_person_is() {
    let text = "Key,Created,In Progress,Done\nA,2026-11-24T08:00:00Z,2026-11-24T09:00:00Z,2026-11-24T10:00:00Z\n\
                B,2026-11-25T02:00:00Z,,\n";
    for (zone, wall) in [
        (&LOS_ANGELES, "2026-11-25 04:00"),
        (&KOLKATA, "2026-11-25 17:30"),
        (&BERLIN, "2026-11-25 13:00"),
    ] {
        let (_, items, figures) = understood_in(zone, text, &[], "2026-11-25 12:00");
        assert_eq!(
            figures.states[0].spread.oldest,
            Some(10.0 * 3_600.0),
            "{}",
            zone.0
        );
        assert_eq!(items.as_of_text(), wall);
        assert!(items.zoned);
    }
}

#[test]
fn working_hours_are_those_of_the_person_in_summer_and_in_winter() {
    // From 9 to 17 in Los Angeles: in winter, and in summer; 2026-02-25 and 2026-07-01 are Wednesdays.
    let text = "Key,Started,Done\nA,2026-02-25T17:00:00Z,2026-02-26T01:00:00Z\n\
                B,2026-07-01T16:00:00Z,2026-07-02T00:00:00Z\n";
    let choices = [("basis", "working")];
    let (_, _, figures) = understood_in(&LOS_ANGELES, text, &choices, "2026-07-03 00:00");
    let spread = &figures.states[0].spread;
    assert_eq!(spread.p50, Some(Found::Exactly(8.0 * 3_600.0)));
    assert_eq!(spread.p95, Some(Found::Exactly(8.0 * 3_600.0)));
    // The same with the offsets of Berlin, where it is evening and night.
    let (_, _, figures) = understood_in(&BERLIN, text, &choices, "2026-07-03 00:00");
    assert_eq!(figures.whole.working, Some(0.0));
    // Written with the offsets of Los Angeles, it is the same.
    let text = "Key,Started,Done\nA,2026-02-25T09:00:00-0800,2026-02-25T17:00:00-0800\n\
                B,2026-07-01T09:00:00-0700,2026-07-01T17:00:00-0700\n";
    let (_, _, figures) = understood_in(&LOS_ANGELES, text, &choices, "2026-07-03 00:00");
    assert_eq!(figures.whole.working, Some(8.0 * 3_600.0));
}

#[test]
fn on_the_clock_summer_time_adds_and_takes_no_hour() {
    // Two days over either change, as instants.
    let text = "Key,Started,Done\nA,2026-03-07T12:00:00Z,2026-03-09T12:00:00Z\n\
                B,2026-10-31T12:00:00Z,2026-11-02T12:00:00Z\n";
    let (_, _, figures) = understood_in(&LOS_ANGELES, text, &[], "2026-11-03 12:00");
    let spread = &figures.states[0].spread;
    assert_eq!(spread.p50, Some(Found::Exactly(48.0 * 3_600.0)));
    assert_eq!(spread.mean, Some(Found::Exactly(48.0 * 3_600.0)));
    // Times without a zone stay as they stand.
    let text = "Key,Started,Done\nA,2026-03-07 12:00,2026-03-09 12:00\n";
    let (_, items, figures) = understood_in(&LOS_ANGELES, text, &[], "2026-03-10 12:00");
    assert_eq!(
        figures.states[0].spread.p50,
        Some(Found::Exactly(48.0 * 3_600.0))
    );
    assert!(!items.zoned);
    assert_eq!(items.as_of_text(), "2026-03-10 05:00");
}

#[test]
fn a_date_that_is_typed_is_by_the_clock_of_the_person() {
    let text =
        "Key,Created,Done\nA,2026-06-01T08:00:00Z,2026-06-01T09:00:00Z\nB,2026-06-01T08:00:00Z,\n";
    for basis in ["clock", "working"] {
        let choices = [("basis", basis), ("date", "2026-06-01 15:00")];
        let (_, items, figures) = understood_in(&BERLIN, text, &choices, "2026-11-25 12:00");
        // 08:00 UTC is 10:00 in Berlin.
        assert_eq!(
            figures.states[0].spread.oldest,
            Some(5.0 * 3_600.0),
            "{basis}"
        );
        assert_eq!(items.as_of_text(), "2026-06-01 15:00");
    }
}
