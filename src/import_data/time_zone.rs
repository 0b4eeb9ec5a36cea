//! Where the person is: how far the clocks there are ahead of UTC.

use crate::format::table::{Moment, Stamp};

/// A moment that is the same everywhere, in seconds since 1970-01-01 00:00 UTC.
pub type Instant = f64;

/// A zone of time.
pub trait TimeZone {
    /// How many seconds the clocks of the zone are ahead of UTC at an instant.
    fn ahead(&self, instant: Instant) -> f64;

    /// What the zone is called, such as `Europe/Berlin`; may be empty.
    fn name(&self) -> String;
}

/// Universal time, for where no browser is at hand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Utc;

impl TimeZone for Utc {
    fn ahead(&self, _: Instant) -> f64 {
        0.0
    }

    fn name(&self) -> String {
        "UTC".to_owned()
    }
}

/// What the clock on the wall shows at an instant.
#[must_use]
pub fn wall_at(zone: &dyn TimeZone, instant: Instant) -> Moment {
    instant + zone.ahead(instant)
}

/// The instant at which the clock on the wall shows a moment. Of the hour that comes twice it is the
/// one that the offset of the day before gives.
#[must_use]
pub fn instant_at(zone: &dyn TimeZone, wall: Moment) -> Instant {
    let near = wall - zone.ahead(wall - 86_400.0);
    let instant = wall - zone.ahead(near);
    // In the hour that is skipped both guesses miss, and either will do.
    if wall_at(zone, near) == wall {
        near
    } else {
        instant
    }
}

/// Clocks by which the stamps of a table are told.
pub(super) struct Clocks<'z> {
    zone: &'z dyn TimeZone,
    /// Seconds ahead of UTC, where the clocks are not put forward and back: on such clocks the time
    /// between two moments is the time that passed.
    steady: Option<f64>,
}

impl<'z> Clocks<'z> {
    /// The clocks on the wall, with their summer time: they say which hours are of work.
    pub(super) const fn on_the_wall(zone: &'z dyn TimeZone) -> Self {
        Self { zone, steady: None }
    }

    /// Clocks that go on as they are at an instant.
    pub(super) fn steady(zone: &'z dyn TimeZone, instant: Instant) -> Self {
        Self {
            zone,
            steady: Some(zone.ahead(instant)),
        }
    }

    /// What they show at an instant.
    pub(super) fn at(&self, instant: Instant) -> Moment {
        let ahead = self.steady.unwrap_or_else(|| self.zone.ahead(instant));
        instant + ahead
    }
}

/// The instant of a stamp that says its zone.
pub(super) fn instant_of(stamp: &Stamp) -> Option<Instant> {
    stamp.zone.map(|zone| stamp.wall - f64::from(zone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::table::{DateOrder, read_stamp};

    /// America/Los_Angeles in 2026.
    struct Pacific;

    impl TimeZone for Pacific {
        fn ahead(&self, instant: Instant) -> f64 {
            let summer = at("2026-03-08 10:00")..at("2026-11-01 09:00");
            if summer.contains(&instant) {
                -7.0 * 3_600.0
            } else {
                -8.0 * 3_600.0
            }
        }

        fn name(&self) -> String {
            "America/Los_Angeles".to_owned()
        }
    }

    fn at(text: &str) -> Moment {
        read_stamp(text, DateOrder::DayFirst).unwrap().wall
    }

    #[test]
    fn clocks_are_put_forward_and_back() {
        for (wall, instant) in [
            ("2026-03-08 01:59", "2026-03-08 09:59"),
            ("2026-03-08 03:00", "2026-03-08 10:00"),
            ("2026-07-01 09:00", "2026-07-01 16:00"),
            ("2026-11-01 00:30", "2026-11-01 07:30"),
            ("2026-11-01 01:30", "2026-11-01 08:30"),
            ("2026-11-01 02:00", "2026-11-01 10:00"),
            ("2026-12-01 09:00", "2026-12-01 17:00"),
        ] {
            assert_eq!(wall_at(&Pacific, at(instant)), at(wall), "{instant}");
            assert_eq!(instant_at(&Pacific, at(wall)), at(instant), "{wall}");
        }
        // The second of the two hours.
        assert_eq!(
            wall_at(&Pacific, at("2026-11-01 09:30")),
            at("2026-11-01 01:30")
        );
        let steady = Clocks::steady(&Pacific, at("2026-12-01 09:00"));
        assert_eq!(steady.at(at("2026-07-01 16:00")), at("2026-07-01 08:00"));
        // An hour that there is not.
        let gap = instant_at(&Pacific, at("2026-03-08 02:30"));
        assert!((gap - at("2026-03-08 10:00")).abs() <= 3_600.0);
    }
}
