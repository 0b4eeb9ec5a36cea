//! Flow arithmetic: published examples to the digit, and laws that hold for every stream.

mod acme;
mod answers;
mod before_after;
mod blocks;
mod delivery;
mod drawn;
mod examples;
mod improvement_shapes;
mod improvements;
mod laws;
pub(crate) mod maps;
mod nested;
mod paths;
mod products;
mod published;
mod queues;
mod routes;
mod streams;
mod tokens;

/// Equal but for rounding.
#[track_caller]
pub(crate) fn assert_near(actual: f64, expected: f64) {
    assert!(near(actual, expected), "{actual} is not {expected}");
}

pub(crate) fn near(one: f64, other: f64) -> bool {
    one == other || (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0)
}

/// Equal to so many digits after the point, as a book prints it.
#[track_caller]
pub(crate) fn assert_printed(actual: f64, digits: usize, printed: &str) {
    assert_eq!(format!("{actual:.digits$}"), printed);
}
