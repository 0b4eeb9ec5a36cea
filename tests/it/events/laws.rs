//! Laws: moments and quantiles against what is printed, and against each other.

use loopstream::simulate::events::{Law, LawError};

/// Mean and variance by the middle of many equal shares.
fn moments(law: &Law) -> (f64, f64) {
    let parts = 400_000;
    let at = |part: u32| law.quantile((f64::from(part) + 0.5) / f64::from(parts));
    let mean = (0..parts).map(at).sum::<f64>() / f64::from(parts);
    let squares = (0..parts).map(|part| (at(part) - mean) * (at(part) - mean));
    (mean, squares.sum::<f64>() / f64::from(parts))
}

#[test]
fn moments_are_those_of_the_draws() {
    for (law, part) in [
        (Law::constant(3.0), 1e-12),
        (Law::uniform(2.0, 8.0), 1e-6),
        (Law::exponential(2.0), 1e-3),
        (Law::triangular(2.0, 3.0, 10.0), 1e-6),
        (Law::triangular(2.0, 2.0, 10.0), 1e-6),
        (Law::triangular(2.0, 10.0, 10.0), 1e-6),
        (Law::pert(2.0, 3.0, 10.0), 1e-5),
        (Law::pert(0.0, 0.0, 1.0), 1e-5),
        (Law::log_normal_between(2.0, 10.0), 3e-3),
        (Law::log_normal(4.0, 0.5), 1e-3),
        (Law::gamma(4.0, 0.5), 1e-3),
        (Law::gamma(4.0, 1.5), 2e-3),
        (Law::gamma(4.0, 3.0), 5e-3),
        (Law::erlang(3.0, 2), 1e-3),
        (Law::measured([1.0, 5.0, 2.0, 2.0]), 1e-5),
    ] {
        let law = law.unwrap();
        let (mean, variance) = moments(&law);
        assert!((mean - law.mean()).abs() <= part * law.mean(), "{law:?}");
        assert!(
            (variance - law.variance()).abs() <= part * law.variance() + 1e-12,
            "{} {variance} {}",
            law.name(),
            law.variance()
        );
    }
}

#[test]
fn an_estimate_of_2_3_and_10() {
    let near = |one: f64, other: f64| (one - other).abs() < 5e-5;
    let triangular = Law::triangular(2.0, 3.0, 10.0).unwrap();
    assert!(near(triangular.mean(), 5.0));
    assert!(near(triangular.variance(), 3.166_67));
    assert!(near(triangular.quantile(0.5), 4.708_5));
    assert!(near(triangular.quantile(0.95), 8.326_7));
    let pert = Law::pert(2.0, 3.0, 10.0).unwrap();
    assert!(near(pert.mean(), 4.0));
    assert!(near(pert.variance(), 1.714_29));
    let log_normal = Law::log_normal_between(2.0, 10.0).unwrap();
    assert!(near(log_normal.quantile(0.5), 4.472_1));
    assert!(near(log_normal.mean(), 5.446_7));
    assert!((log_normal.quantile(0.1) - 2.0).abs() < 1e-12);
    assert!((log_normal.quantile(0.9) - 10.0).abs() < 1e-12);
}

#[test]
fn quantiles_never_fall() {
    for law in [
        Law::pert(1.0, 1.2, 4.0),
        Law::gamma(1.0, 0.1),
        Law::gamma(1.0, 2.0),
        Law::gamma(1.0, 20.0),
        Law::gamma(1.0, 1e-5),
        Law::log_normal(1.0, 1.0),
    ] {
        let law = law.unwrap();
        let mut before = 0.0;
        for step in 0..20_000_u32 {
            let found = law.quantile((f64::from(step) + 0.5) / 20_000.0);
            assert!(found >= before && found.is_finite(), "{law:?} {step}");
            before = found;
        }
        // The ends, as far as numbers go.
        assert!(law.quantile(1e-16).is_finite());
        assert!(law.quantile(1.0 - 1e-16).is_finite());
    }
}

#[test]
fn what_is_no_law_is_refused() {
    assert_eq!(Law::constant(-1.0), Err(LawError::NoSpan));
    assert_eq!(Law::constant(f64::NAN), Err(LawError::NoSpan));
    assert_eq!(Law::exponential(0.0), Err(LawError::NotOverZero));
    assert_eq!(Law::triangular(1.0, 5.0, 4.0), Err(LawError::NotRising));
    assert_eq!(Law::pert(1.0, 0.5, 4.0), Err(LawError::NotRising));
    assert_eq!(
        Law::log_normal_between(0.0, 4.0),
        Err(LawError::NotOverZero)
    );
    assert_eq!(Law::measured([]), Err(LawError::Nothing));
    assert_eq!(Law::pert(2.0, 2.0, 2.0).unwrap().name(), "constant");
    assert_eq!(Law::gamma(2.0, 1.0).unwrap().name(), "exponential");
}
