//! The time since a presentation began, which can be halted and begun afresh.

/// A stopwatch. Every time is in milliseconds of one clock, which is told it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stopwatch {
    /// It runs since then.
    Running(f64),
    /// It stands at so much.
    Halted(f64),
}

impl Stopwatch {
    /// How long it has run, never less than nothing: clocks are set back.
    #[must_use]
    pub fn shows(self, now: f64) -> f64 {
        match self {
            Self::Running(since) => (now - since).max(0.0),
            Self::Halted(at) => at,
        }
    }

    /// Halted if it runs, running on if it stands.
    #[must_use]
    pub fn toggled(self, now: f64) -> Self {
        let shown = self.shows(now);
        match self {
            Self::Running(_) => Self::Halted(shown),
            Self::Halted(_) => Self::Running(now - shown),
        }
    }

    /// At nothing again; running or not, as it was.
    #[must_use]
    pub const fn reset(self, now: f64) -> Self {
        match self {
            Self::Running(_) => Self::Running(now),
            Self::Halted(_) => Self::Halted(0.0),
        }
    }

    /// Whether it runs.
    #[must_use]
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Running(_))
    }

    /// What it shows as it is read: `4:07`, after an hour `1:04:07`.
    #[must_use]
    pub fn read(self, now: f64) -> String {
        let seconds = (self.shows(now) / 1_000.0) as u64;
        let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        match hours {
            0 => format!("{minutes}:{seconds:02}"),
            _ => format!("{hours}:{minutes:02}:{seconds:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_runs_halts_runs_on_and_begins_afresh() {
        let watch = Stopwatch::Running(1_000.0);
        assert_eq!(watch.read(1_000.0), "0:00");
        assert_eq!(watch.read(8_900.0), "0:07");
        assert_eq!(watch.read(248_000.0), "4:07");
        assert_eq!(watch.read(1_000.0 + 3_847_000.0), "1:04:07");
        let halted = watch.toggled(61_000.0);
        assert!(!halted.is_running());
        assert_eq!(halted.read(999_000.0), "1:00");
        let on = halted.toggled(999_000.0);
        assert_eq!(on.read(1_004_000.0), "1:05");
        assert_eq!(on.reset(2_000_000.0).read(2_003_000.0), "0:03");
        assert_eq!(halted.reset(2_000_000.0), Stopwatch::Halted(0.0));
    }

    #[test]
    fn a_clock_that_is_set_back_shows_nothing_less_than_nothing() {
        assert_eq!(Stopwatch::Running(5_000.0).read(0.0), "0:00");
    }
}
