//! Days with their times, in the ways people and trackers write them.
//!
//! A moment counts seconds since the beginning of 1970 of the clock on the wall. The calendar is
//! the proleptic Gregorian one of `jiff`.

use jiff::{SignedDuration, civil};

use super::cursor::Cursor;
use crate::model::Date;

/// A moment by the clock on the wall, in seconds since 1970-01-01 00:00.
pub type Moment = f64;

/// Which comes first in `3/4/2026`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateOrder {
    /// The third of April.
    #[default]
    DayFirst,
    /// The fourth of March.
    MonthFirst,
}

/// A moment as it was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stamp {
    /// By the clock it was written by.
    pub wall: Moment,
    /// How many seconds that clock is ahead of UTC, where the text says so.
    pub zone: Option<i32>,
}

/// What the days of a table say of their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Votes {
    /// How many can only have the day first.
    pub day_first: usize,
    /// How many can only have the month first.
    pub month_first: usize,
    /// How many could be either.
    pub either: usize,
    /// How many say AM or PM, as is usual where the month comes first.
    pub half_days: usize,
}

impl Votes {
    /// Counts what a cell says, if it is a day that depends on the order.
    pub fn count(&mut self, text: &str) {
        let day_first = read(text, DateOrder::DayFirst);
        let month_first = read(text, DateOrder::MonthFirst);
        match (day_first, month_first) {
            (Some(one), Some(other)) if one.stamp != other.stamp => self.either += 1,
            (Some(_), None) => self.day_first += 1,
            (None, Some(_)) => self.month_first += 1,
            // The same either way: the order does not matter to it.
            _ => return,
        }
        let read = day_first.or(month_first);
        self.half_days += usize::from(read.is_some_and(|read| read.half_day));
    }

    /// The order that most days say; where none decides, that which goes with the clock.
    #[must_use]
    pub const fn order(&self) -> DateOrder {
        if self.day_first > self.month_first {
            DateOrder::DayFirst
        } else if self.month_first > self.day_first || self.half_days > 0 {
            DateOrder::MonthFirst
        } else {
            DateOrder::DayFirst
        }
    }

    /// Whether some days depend on the order, and none decides it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.either > 0 && self.day_first == self.month_first
    }

    /// Whether some days can only be read one way, and others only the other way.
    #[must_use]
    pub const fn is_contradictory(&self) -> bool {
        self.day_first > 0 && self.month_first > 0
    }
}

/// Seconds in a day.
pub(super) const DAY: f64 = 86_400.0;
/// Unix times that are taken for moments: the years 2000 to 2099.
const UNIX: std::ops::Range<f64> = 946_684_800.0..4_102_444_800.0;

/// What a text says.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Read {
    stamp: Stamp,
    half_day: bool,
}

/// Reads a day, with or without its time and zone: ISO 8601, `25/Nov/26 2:03 PM`,
/// `25.11.2026 14:03`, `11/25/2026`, `Nov 25, 2026`, or seconds or milliseconds of Unix time.
#[must_use]
pub fn read_stamp(text: &str, order: DateOrder) -> Option<Stamp> {
    read(text, order).map(|read| read.stamp)
}

fn read(text: &str, order: DateOrder) -> Option<Read> {
    let text = text.trim();
    // The longest way to write one, with a zone by name, is shorter.
    if text.len() < 6 || text.len() > 96 {
        return None;
    }
    if let Some(unix) = unix(text) {
        let stamp = Stamp {
            wall: unix,
            zone: Some(0),
        };
        return Some(Read {
            stamp,
            half_day: false,
        });
    }
    let mut from = Cursor(text);
    let date = from.date(order)?;
    let (seconds, half_day) = from.time()?;
    let zone = from.zone()?;
    let wall = midnight(date)? + seconds;
    let stamp = Stamp { wall, zone };
    from.0.is_empty().then_some(Read { stamp, half_day })
}

/// The days that spreadsheets count as numbers: the years 1970 to 2099.
const SERIAL: std::ops::Range<f64> = 25_569.0..73_051.0;

/// Reads a day as a spreadsheet counts it, from 1900 on, with its time as a fraction after a point or
/// a comma: 46113.5 is the noon of 2026-04-01. Counted is from 1899-12-30, since Lotus 1-2-3 took
/// 1900 for a leap year and others have kept to it.
#[must_use]
pub fn read_serial(text: &str) -> Option<Stamp> {
    let text = text.trim();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let whole = text.find(['.', ',']).unwrap_or(text.len());
    // Five digits, and at most one sign after them.
    if whole != 5 || text.len() > 24 || digits + usize::from(whole < text.len()) != text.len() {
        return None;
    }
    let number: f64 = text.replace(',', ".").parse().ok()?;
    let wall = ((number - SERIAL.start) * DAY).round();
    let stamp = Stamp { wall, zone: None };
    SERIAL.contains(&number).then_some(stamp)
}

/// Seconds or milliseconds since 1970.
fn unix(text: &str) -> Option<f64> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number: f64 = match text.len() {
        9 | 10 if is_digits => text.parse::<u64>().ok()? as f64,
        12 | 13 if is_digits => text.parse::<u64>().ok()? as f64 / 1_000.0,
        _ => return None,
    };
    UNIX.contains(&number).then_some(number)
}

/// The day from whose beginning moments are counted.
const EPOCH: civil::Date = civil::date(1970, 1, 1);

/// The moment at which a day begins.
fn midnight(date: Date) -> Option<Moment> {
    let year = i16::try_from(date.year).ok()?;
    let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
    let day = civil::Date::new(year, month, day).ok()?;
    Some(day.duration_since(EPOCH).as_secs() as f64)
}

/// A moment as it is written in ISO 8601, to the minute; its day; nothing for one beyond the years
/// of the calendar.
#[must_use]
pub fn moment_text(moment: Moment) -> Option<(String, Date)> {
    let since = SignedDuration::from_secs(moment.floor() as i64);
    let at = EPOCH.at(0, 0, 0, 0).checked_add(since).ok()?;
    let year = u16::try_from(at.year()).ok()?;
    let (month, day) = (u8::try_from(at.month()).ok()?, u8::try_from(at.day()).ok()?);
    let date = Date::new(year, month, day)?;
    let text = format!("{date} {:02}:{:02}", at.hour(), at.minute());
    Some((text, date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wall(text: &str) -> Option<String> {
        let stamp = read_stamp(text, DateOrder::DayFirst)?;
        let (text, _) = moment_text(stamp.wall)?;
        Some(match stamp.zone {
            Some(zone) => format!("{text} {zone}"),
            None => text,
        })
    }

    #[test]
    fn days_are_read_as_people_and_trackers_write_them() {
        for text in [
            "2026-11-25 14:03",
            "2026-11-25T14:03",
            "2026-11-25T14:03:00.000",
            "2026/11/25 14:03:00",
            "25/Nov/26 2:03 PM",
            "25-Nov-2026 14:03",
            "25 November 2026 14:03",
            "25. Nov. 2026, 14:03",
            "Nov 25, 2026 2:03 PM",
            "Nov 25, 2026, 2:03:00\u{202F}PM",
            "Wed, 25 Nov 2026 14:03:00",
            "Wednesday, November 25, 2026 2:03 pm",
            "25.11.2026 14:03",
            "25.11.26 14:03",
            "25/11/2026 14:03",
            "25-11-2026 14:03",
            "20261125T1403",
        ] {
            assert_eq!(wall(text).as_deref(), Some("2026-11-25 14:03"), "{text}");
        }
        for (text, read) in [
            ("2026-11-25", "2026-11-25 00:00"),
            ("2026-11-25T14:03:00Z", "2026-11-25 14:03 0"),
            ("2026-11-25T14:03:00.123+0100", "2026-11-25 14:03 3600"),
            ("2026-11-25 14:03:00 -05:30", "2026-11-25 14:03 -19800"),
            (
                "2026-11-25T14:03:00+01:00[Europe/Berlin]",
                "2026-11-25 14:03 3600",
            ),
            ("2026-11-25 14:03 UTC", "2026-11-25 14:03 0"),
            (
                "Wed Nov 25 2026 14:03:00 GMT+0000 (GMT)",
                "2026-11-25 14:03 0",
            ),
            (
                "Wed Nov 25 2026 14:03:00 GMT+0200 (Central European Summer Time)",
                "2026-11-25 14:03 7200",
            ),
            ("1795615380", "2026-11-25 14:03 0"),
            ("1795615380000", "2026-11-25 14:03 0"),
            ("25/Nov/26 12:00 AM", "2026-11-25 00:00"),
            ("25/Nov/26 12 PM", "2026-11-25 12:00"),
        ] {
            assert_eq!(wall(text).as_deref(), Some(read), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "2026-12-01 09:077777770",
            "2026-12-01 09:00:077777770",
            "2026-12-01 09:00+02:999999999",
            "",
            "today",
            "12345",
            "2026-13-01",
            "2026-02-29",
            "31.4.2026",
            "2026-11-25 25:00",
            "2026-11-25 14:60",
            "25/Foo/26",
            "2026-11",
            "1.2.3",
            "2026-11-25 14",
            "25/11/2026 13:00 PM",
            "2026-11-25x",
            "2026-11-25 14:03 CET",
            "12345678",
            "9999999999999",
            "\u{1F600}\u{1F600}\u{1F600}",
            "2026-11/25",
        ] {
            assert_eq!(wall(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_read_as_spreadsheets_count_them() {
        let read = |text: &str| read_serial(text).and_then(|at| moment_text(at.wall));
        // 43831 is 2020-01-01 and 25569 1970-01-01 in the documentation of Excel's DATEVALUE and of
        // others.
        for (text, expected) in [
            ("43831", "2020-01-01 00:00"),
            ("25569", "1970-01-01 00:00"),
            ("46113.626389", "2026-04-01 15:02"),
            ("46113,626389", "2026-04-01 15:02"),
            (" 46113,5 ", "2026-04-01 12:00"),
        ] {
            assert_eq!(read(text).unwrap().0, expected, "{text}");
        }
        for text in [
            "",
            "4611",
            "461130",
            "-46113",
            "46113.5.1",
            "46113e1",
            "99999",
            "1.234,5",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_order_of_day_and_month_is_what_the_days_say() {
        let of = |cells: &[&str]| {
            let mut votes = Votes::default();
            cells.iter().for_each(|cell| votes.count(cell));
            votes
        };
        let votes = of(&["3/4/2026", "25/4/2026", "", "x"]);
        assert_eq!(
            (votes.order(), votes.is_open()),
            (DateOrder::DayFirst, false)
        );
        let votes = of(&["3/4/2026 2:03 PM", "4/25/2026 1:00 PM"]);
        assert_eq!(
            (votes.order(), votes.is_open()),
            (DateOrder::MonthFirst, false)
        );
        let votes = of(&["3/4/2026", "5/6/2026"]);
        assert_eq!(
            (votes.order(), votes.is_open()),
            (DateOrder::DayFirst, true)
        );
        assert_eq!(of(&["3/4/2026 2:03 PM"]).order(), DateOrder::MonthFirst);
        assert!(of(&["25/4/2026", "4/25/2026"]).is_contradictory());
        assert_eq!(
            of(&["3.4.2026", "2026-03-04", "3/3/2026"]),
            Votes::default()
        );
    }

    proptest! {
        #[test]
        fn every_day_comes_back(day in 0_i64..2_900_000) {
            let moment = (day - 700_000) as f64 * DAY + 3_661.0;
            let (text, _) = moment_text(moment).unwrap();
            prop_assert_eq!(read_stamp(&text, DateOrder::DayFirst).unwrap().wall, moment - 1.0);
        }

        #[test]
        fn any_text_is_a_moment_or_none(text in "[-0-9/.:TZ+ ,a-zA-Z\u{e4}\u{A0}]{0,24}") {
            let read = read_stamp(&text, DateOrder::MonthFirst);
            prop_assert!(read.is_none_or(|stamp| stamp.wall.is_finite()));
        }
    }
}
