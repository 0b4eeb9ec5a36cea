//! The functions whose first argument comes through, later or at once, and what else they take.

/// How a function follows its first argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follows {
    /// Later: the argument takes time to show.
    Later,
    /// At once.
    AtOnce,
}

/// How a function follows its first argument, if it does, and which of its arguments says what it
/// begins with, counted from zero. What something begins with causes nothing later.
pub fn function(name: &str) -> (Option<Follows>, Option<usize>) {
    const LATER: Option<Follows> = Some(Follows::Later);
    match name {
        "smooth" | "smooth3" | "delayp" => (LATER, None),
        "smoothi" | "smooth3i" | "smooth n" | "delay1i" | "delay3i" | "delay n" | "delay fixed"
        | "delay material" | "delay information" | "smth1" | "smth3" | "delay" | "delay1"
        | "delay3" => (LATER, Some(2)),
        "smthn" | "delayn" => (LATER, Some(3)),
        "previous" => (LATER, Some(1)),
        "active initial" => (Some(Follows::AtOnce), Some(1)),
        "initial" | "init" => (None, Some(0)),
        "sample if true" | "trend" => (None, Some(2)),
        "forcst" => (None, Some(3)),
        "integ" => (None, Some(1)),
        "game" | "step" | "ramp" => (Some(Follows::AtOnce), None),
        _ => (None, None),
    }
}
