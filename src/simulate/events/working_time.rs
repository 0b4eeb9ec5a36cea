//! Working time and the clock: when, on a clock, so much working time will have passed.
//!
//! A run knows working time alone. What comes of it is brought to dates here, outside of its loop.

/// When work is done in a week, and on which days it is not done at all.
///
/// Seconds on the clock count from the midnight with which a Monday begins, called day 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingTime {
    /// By day of the week from Monday on: spans of seconds from midnight, in order.
    days: [Vec<(u32, u32)>; 7],
    /// Days without work, in order: numbers of days since day 0.
    off: Vec<i64>,
    in_a_week: i64,
}

/// Why hours are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkingTimeError {
    /// A span ends before it begins, goes past midnight, or runs into the next.
    #[error("the hours of a day have to follow each other, from midnight to midnight")]
    NoHours,
    /// There is no hour in the week.
    #[error("nobody works at any time of the week")]
    NoWork,
}

const DAY: i64 = 86_400;
/// Days are looked through for work at most this far: further off, days without work are too many.
const FURTHEST: i64 = 366 * 200;

impl WorkingTime {
    /// Hours by day of the week from Monday on, in seconds from midnight, and days without work.
    ///
    /// # Errors
    /// The hours make no sense, or there are none.
    pub fn new(days: [Vec<(u32, u32)>; 7], mut off: Vec<i64>) -> Result<Self, WorkingTimeError> {
        for day in &days {
            let mut before = 0;
            for (from, to) in day {
                if *from < before || to <= from || i64::from(*to) > DAY {
                    return Err(WorkingTimeError::NoHours);
                }
                before = *to;
            }
        }
        let all = days.iter().flatten();
        let in_a_week = all.map(|(from, to)| i64::from(to - from)).sum();
        if in_a_week == 0 {
            return Err(WorkingTimeError::NoWork);
        }
        off.sort_unstable();
        off.dedup();
        Ok(Self {
            days,
            off,
            in_a_week,
        })
    }

    /// So many seconds from a time of the day on, on the first days of each week: 8 hours from 9 on
    /// five days is `regular(32_400, 28_800, 5)`.
    ///
    /// # Errors
    /// The hours go past midnight, or there are none.
    pub fn regular(from: u32, seconds: u32, days: usize) -> Result<Self, WorkingTimeError> {
        let mut hours: [Vec<(u32, u32)>; 7] = Default::default();
        for day in hours.iter_mut().take(days) {
            day.push((from, from.saturating_add(seconds)));
        }
        Self::new(hours, Vec::new())
    }

    /// The hours of a day.
    fn hours(&self, day: i64) -> &[(u32, u32)] {
        if self.off.binary_search(&day).is_ok() {
            return &[];
        }
        &self.days[day.rem_euclid(7) as usize]
    }

    /// Working seconds from one time on the clock to a later one.
    #[must_use]
    pub fn between(&self, from: i64, to: i64) -> i64 {
        let mut sum = 0;
        let mut day = from.div_euclid(DAY);
        let last = to.div_euclid(DAY);
        while day <= last {
            if self.is_plain_week(day) && day + 7 <= last && day * DAY >= from {
                sum += self.in_a_week;
                day += 7;
                continue;
            }
            for (start, end) in self.hours(day) {
                let start = (day * DAY + i64::from(*start)).max(from);
                let end = (day * DAY + i64::from(*end)).min(to);
                sum += (end - start).max(0);
            }
            day += 1;
        }
        sum
    }

    /// The time on the clock at which so many working seconds have passed since a time; the earliest,
    /// which is the end of work and not the next morning. For 0 it is when work begins, or the time
    /// itself if there is work then. None if it is too far off to say.
    #[must_use]
    pub fn after(&self, from: i64, seconds: f64) -> Option<f64> {
        if !seconds.is_finite() || seconds < 0.0 {
            return None;
        }
        let mut left = seconds;
        let mut day = from.div_euclid(DAY);
        let furthest = day.saturating_add(FURTHEST);
        while day < furthest {
            let week = self.in_a_week as f64;
            if self.is_plain_week(day) && left > week && day * DAY >= from {
                left -= week;
                day += 7;
                continue;
            }
            for (start, end) in self.hours(day) {
                let start = (day * DAY + i64::from(*start)).max(from);
                let end = day * DAY + i64::from(*end);
                let span = (end - start) as f64;
                if span <= 0.0 {
                    continue;
                }
                if left <= span {
                    return Some(start as f64 + left);
                }
                left -= span;
            }
            day += 1;
        }
        None
    }

    /// Whether there is no day off in the seven days from one on.
    fn is_plain_week(&self, day: i64) -> bool {
        let next = self.off.partition_point(|off| *off < day);
        self.off.get(next).is_none_or(|off| *off >= day + 7)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Second by second, in steps of ten minutes.
    fn slow(time: &WorkingTime, from: i64, to: i64) -> i64 {
        let works = |moment: &i64| {
            let day = moment.div_euclid(DAY);
            let second = moment.rem_euclid(DAY) as u32;
            time.hours(day)
                .iter()
                .any(|(from, to)| *from <= second && second < *to)
        };
        (from..to).step_by(600).filter(works).count() as i64 * 600
    }

    #[test]
    fn working_time_is_what_is_counted_step_by_step() {
        let morning = |to: u32| vec![(32_400, 43_200), (46_800, to)];
        let days = [
            morning(61_200),
            morning(61_200),
            morning(61_200),
            morning(61_200),
            morning(54_000),
            vec![],
            vec![(0, 3_600), (82_800, 86_400)],
        ];
        let time = WorkingTime::new(days, vec![3, 9, 9, 40, 41]).unwrap();
        for from in (-20..60).map(|step: i64| step * 37 * 600) {
            for to in (0..60).map(|step: i64| from + step * 113 * 600) {
                let found = time.between(from, to);
                assert_eq!(found, slow(&time, from, to), "{from} {to}");
                if found > 0 {
                    let after = time.after(from, found as f64).unwrap() as i64;
                    assert!(after <= to);
                    assert_eq!(time.between(from, after), found);
                    assert_eq!(time.between(from, after - 600), found - 600);
                }
            }
        }
    }

    #[test]
    fn eight_hours_on_five_days() {
        let time = WorkingTime::regular(32_400, 28_800, 5).unwrap();
        // From Monday at 9, forty hours are over on Friday at 17; one second more on Monday.
        let (monday, friday) = (32_400, 4 * DAY + 61_200);
        assert_eq!(time.after(monday, 144_000.0), Some(friday as f64));
        let next = 7.0 * DAY as f64 + 32_401.0;
        assert_eq!(time.after(monday, 144_001.0), Some(next));
        assert_eq!(time.after(0, 0.0), Some(32_400.0));
        assert_eq!(time.after(0, f64::INFINITY), None);
        let off = WorkingTime::new(
            [
                vec![(0, 10)],
                vec![],
                vec![],
                vec![],
                vec![],
                vec![],
                vec![],
            ],
            (0..20_000).map(|week| week * 7).collect(),
        );
        assert_eq!(off.unwrap().after(0, 5.0), None);
    }

    #[test]
    fn hours_that_are_none_are_refused() {
        let of = |monday: Vec<(u32, u32)>| {
            let mut days: [Vec<(u32, u32)>; 7] = Default::default();
            days[0] = monday;
            WorkingTime::new(days, vec![])
        };
        assert_eq!(of(vec![(10, 5)]), Err(WorkingTimeError::NoHours));
        assert_eq!(of(vec![(10, 20), (15, 30)]), Err(WorkingTimeError::NoHours));
        assert_eq!(of(vec![(10, 90_000)]), Err(WorkingTimeError::NoHours));
        assert_eq!(of(vec![]), Err(WorkingTimeError::NoWork));
    }
}
