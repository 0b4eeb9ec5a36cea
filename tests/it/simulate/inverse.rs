//! `INVERT MATRIX`: a matrix times its inverse, figures by hand, and matrices that have none.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::common::{column, mdl, refusal, run};
use super::module::{compiled, same};

/// A model with a matrix and its inverse. Its numbers come up while the model runs.
fn model(matrix: &[Vec<f64>]) -> String {
    let names = |letter: char| {
        let names: Vec<String> = (1..=matrix.len())
            .map(|at| format!("{letter}{at}"))
            .collect();
        names
    };
    let (rows, columns) = (names('r'), names('c'));
    let mut text = format!(
        "R: {} ~~|\nC: {} ~~|\n",
        rows.join(", "),
        columns.join(", ")
    );
    for (row, numbers) in rows.iter().zip(matrix) {
        for (column, number) in columns.iter().zip(numbers) {
            writeln!(text, "a[{row},{column}] = {number:?} ~~|").unwrap();
        }
    }
    text + "b[R,C] = a[R,C] + STEP(1, 5) ~~|\n\
            inverse[C,R] = INVERT MATRIX(b[R,C], ELMCOUNT(R)) ~~|\n"
}

/// The inverse at the start.
fn inverse(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let results = run(&mdl(&model(matrix), "1", "1"));
    let entry = |row: usize, at: usize| column(&results, &format!("inverse[c{row},r{at}]"))[0];
    let count = matrix.len();
    let row = |row: usize| (1..=count).map(|at| entry(row, at)).collect();
    (1..=count).map(row).collect()
}

fn product(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let entry = |row: &Vec<f64>, at: usize| row.iter().zip(b).map(|(x, y)| x * y[at]).sum();
    let row = |row: &Vec<f64>| (0..b.len()).map(|at| entry(row, at)).collect();
    a.iter().map(row).collect()
}

/// The largest sum of a row without signs.
fn norm(matrix: &[Vec<f64>]) -> f64 {
    let sums = matrix
        .iter()
        .map(|row| row.iter().map(|one| one.abs()).sum());
    sums.fold(0.0, f64::max)
}

fn square() -> impl Strategy<Value = Vec<Vec<f64>>> {
    (1_usize..9).prop_flat_map(|count| {
        let entry = prop_oneof![2 => -10.0..10.0_f64, 1 => (-3_i8..4).prop_map(f64::from)];
        proptest::collection::vec(proptest::collection::vec(entry, count), count)
    })
}

fn permutation() -> impl Strategy<Value = Vec<usize>> {
    (1_usize..9).prop_flat_map(|count| Just((0..count).collect::<Vec<_>>()).prop_shuffle())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_matrix_times_its_inverse_is_one(matrix in square()) {
        let found = inverse(&matrix);
        if found[0][0].is_nan() {
            // It is none for all entries or for no one. That it has none is held elsewhere.
            prop_assert!(found.iter().flatten().all(|one| one.is_nan()));
            return Ok(());
        }
        let condition = norm(&matrix) * norm(&found);
        let bound = 1e-14 * condition * (matrix.len() as f64).powi(2);
        for both in [product(&matrix, &found), product(&found, &matrix)] {
            for (at, row) in both.iter().enumerate() {
                for (column, value) in row.iter().enumerate() {
                    let wanted = if at == column { 1.0 } else { 0.0 };
                    prop_assert!((value - wanted).abs() <= bound, "{} {}\n{:?}", value, bound, matrix);
                }
            }
        }
    }

    /// Rows and columns in other units have the inverse in theirs.
    #[test]
    fn units_do_not_matter(matrix in square(), scales in proptest::collection::vec(-20_i32..20, 16)) {
        let scale = |at: usize| 2_f64.powi(scales[at]);
        let scaled: Vec<Vec<f64>> = (0..matrix.len())
            .map(|row| {
                let entry = |column| matrix[row][column] * scale(row) * scale(8 + column);
                (0..matrix.len()).map(entry).collect()
            })
            .collect();
        let (plain, found) = (inverse(&matrix), inverse(&scaled));
        let condition = norm(&matrix) * norm(&plain);
        if plain[0][0].is_nan() || condition > 1e12 {
            return Ok(());
        }
        for (column, row) in found.iter().enumerate() {
            for (at, value) in row.iter().enumerate() {
                let back = value * scale(at) * scale(8 + column);
                let difference = (back - plain[column][at]).abs();
                prop_assert!(
                    difference <= 1e-11 * condition * norm(&plain),
                    "{back} {}\n{matrix:?} {scales:?}", plain[column][at]
                );
            }
        }
    }

    #[test]
    fn a_permutation_is_turned_round(places in permutation(), factor in -8_i8..9) {
        prop_assume!(factor != 0);
        let factor = f64::from(factor);
        let count = places.len();
        let mut matrix = vec![vec![0.0; count]; count];
        for (row, &column) in places.iter().enumerate() {
            matrix[row][column] = factor;
        }
        let found = inverse(&matrix);
        for (row, numbers) in found.iter().enumerate() {
            for (column, value) in numbers.iter().enumerate() {
                let wanted = if places[column] == row { 1.0 / factor } else { 0.0 };
                prop_assert_eq!(*value, wanted);
            }
        }
    }

    /// The last row is made of the others, so there is no inverse.
    #[test]
    fn a_singular_matrix_has_none(
        matrix in square(),
        times in proptest::collection::vec(-3_i8..4, 8),
        place in 0_usize..8,
    ) {
        let mut matrix = matrix;
        let last = matrix.pop().unwrap();
        let sum = |at: usize| -> f64 {
            matrix.iter().zip(&times).map(|(row, times)| row[at] * f64::from(*times)).sum()
        };
        let made: Vec<f64> = (0..last.len()).map(sum).collect();
        let place = place % last.len();
        matrix.insert(place, made);
        let found = inverse(&matrix);
        // What is rounded may make it regular, and then its entries tell that they are worth nothing.
        let condition = norm(&matrix) * norm(&found);
        prop_assert!(found[0][0].is_nan() || condition > 1e13, "{condition} {matrix:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn modules_give_the_same_bits(matrix in square()) {
        let text = mdl(&model(&matrix), "8", "1");
        prop_assert_eq!(same(&compiled(&text, &Default::default())), Ok(()));
    }
}

fn near(found: &[Vec<f64>], wanted: &[&[f64]]) {
    for (found, wanted) in found.iter().zip(wanted) {
        for (value, wanted) in found.iter().zip(*wanted) {
            assert!((value - wanted).abs() < 1e-14, "{found:?} {wanted:?}");
        }
    }
}

#[test]
fn figures_of_the_manual() {
    let text = "sub: s1, s2 ~~|\nssub <-> sub ~~|\na[s1,sub] = 1, 2 ~~|\na[s2,sub] = 3, 4 ~~|\n\
                ainverse[sub,ssub] = INVERT MATRIX(a[sub,ssub], 2) ~~|\n\
                one[sub,ssub] = SUM(a[sub,sub other!] * ainverse[sub other!,ssub]) ~~|\n\
                sub other <-> sub ~~|\n";
    let results = run(&mdl(text, "0", "1"));
    let at = |name: &str| column(&results, name)[0];
    let found = [
        vec![at("ainverse[s1,s1]"), at("ainverse[s1,s2]")],
        vec![at("ainverse[s2,s1]"), at("ainverse[s2,s2]")],
    ];
    near(&found, &[&[-2.0, 1.0], &[1.5, -0.5]]);
    assert!((at("one[s1,s1]") - 1.0).abs() + at("one[s2,s1]").abs() < 1e-14);
}

#[test]
fn by_hand() {
    near(&inverse(&[vec![4.0]]), &[&[0.25]]);
    let found = inverse(&[
        vec![2.0, 0.0, 0.0],
        vec![0.0, 0.0, 4.0],
        vec![1.0, 1.0, 0.0],
    ]);
    near(
        &found,
        &[&[0.5, 0.0, 0.0], &[-0.5, 0.0, 1.0], &[0.0, 0.25, 0.0]],
    );
    // Hilbert's matrix of eight rows, whose condition is 1.5e10, is regular.
    let hilbert = |row: u8| {
        (1..9)
            .map(|column| 1.0 / f64::from(row + column - 1))
            .collect()
    };
    let found = inverse(&(1..9).map(hilbert).collect::<Vec<Vec<f64>>>());
    assert!((found[0][0] - 64.0).abs() < 1e-3, "{}", found[0][0]);
    assert!(
        (found[7][7] / 176_679_360.0 - 1.0).abs() < 1e-5,
        "{}",
        found[7][7]
    );
    // Units far apart are no reason to refuse.
    let found = inverse(&[vec![1.0, 1e20], vec![0.0, 1.0]]);
    near(&found, &[&[1.0, -1e20], &[0.0, 1.0]]);
    let found = inverse(&[vec![0.5_f64.powi(100), 0.0], vec![0.0, 8.0]]);
    assert_eq!(found, [[2_f64.powi(100), 0.0], [0.0, 0.125]]);
}

#[test]
fn what_is_singular_is_no_number() {
    for matrix in [
        vec![vec![0.0]],
        vec![vec![6.0, 12.0], vec![1.0, 2.0]],
        vec![vec![0.1, 0.3], vec![0.2, 0.6]],
        vec![
            vec![1.0, 2.0, 3.0],
            vec![4.0, 5.0, 6.0],
            vec![7.0, 8.0, 9.0],
        ],
        vec![vec![0.0, 0.0], vec![1.0, 2.0]],
        vec![vec![0.0, 1.0], vec![0.0, 2.0]],
    ] {
        let found = inverse(&matrix);
        assert!(
            found.iter().flatten().all(|one| one.is_nan()),
            "{matrix:?} {found:?}"
        );
    }
}

#[test]
fn what_it_takes() {
    let of = |left: &str, equation: &str| {
        let text = format!(
            "R: r1, r2 ~~|\nC: c1, c2 ~~|\nT: t1, t2, t3 ~~|\na[R,C] = R + C ^ 2 ~~|\n\
             x[R] = 1 ~~|\nb[R,T] = 1 ~~|\ny[{left}] = {equation} ~~|\n"
        );
        refusal(&mdl(&text, "1", "1")).remove(0)
    };
    let ends = |said: &str, end: &str| assert!(said.ends_with(end), "{said}");
    ends(
        &of("C,R", "INVERT MATRIX(a[R,C])"),
        "INVERT MATRIX takes a matrix and its size",
    );
    let plain =
        "INVERT MATRIX takes a matrix whose last two subscripts are dimensions, not the same";
    ends(&of("R", "INVERT MATRIX(x[R], 2)"), plain);
    ends(&of("R,C", "INVERT MATRIX(a[r1,C], 2)"), plain);
    ends(
        &of("C,R", "INVERT MATRIX(a[R,C], 3)"),
        "INVERT MATRIX is of 2 elements, and its size here is 3",
    );
    let counts = "the last two subscripts of a matrix and of its inverse are dimensions with as \
                  many elements";
    ends(&of("R", "INVERT MATRIX(a[R,C], 2)"), counts);
    ends(&of("C,R", "INVERT MATRIX(b[R,T], 2)"), counts);
    let large = "R: (r1-r41) ~~|\nC: (c1-c41) ~~|\na[R,C] = 1 ~~|\n\
                 y[C,R] = INVERT MATRIX(a[R,C], 41) ~~|\n";
    ends(
        &refusal(&mdl(large, "1", "1"))[0],
        "a matrix of more than 40 rows cannot be inverted here",
    );
}
