//! A place in the text of a model, as one in the equation that a person sees.

use super::units::Shown;
use crate::equation::Span;

/// A place in the equation that is shown of a place in the text of a model; without a text places are
/// those of the equation itself. None where the place is no part of what is shown.
pub(super) fn shown_place(shown: Shown<'_>, text: Option<&str>, place: Span) -> Option<(u32, u32)> {
    let Some(text) = text else {
        return in_bytes(shown.text, place.start, place.end);
    };
    // What is shown may have other lines around the equation.
    let wanted = shown.stated.unwrap_or(shown.text).trim();
    let lead = shown.text.find(wanted).filter(|_| !wanted.is_empty())?;
    let mut all = text.match_indices(wanted).map(|(at, _)| at);
    let from = all.find(|at| *at <= place.start && place.end <= at + wanted.len())?;
    in_bytes(
        shown.text,
        place.start - from + lead,
        place.end - from + lead,
    )
}

fn in_bytes(shown: &str, start: usize, end: usize) -> Option<(u32, u32)> {
    shown.get(start..end)?;
    Some((u32::try_from(start).ok()?, u32::try_from(end).ok()?))
}
