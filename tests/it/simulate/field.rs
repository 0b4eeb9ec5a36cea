//! Models by others, on request: each gives what its own program gave, or is refused by name.
//!
//! Their references have six digits mostly, and some were computed in single precision.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use loopstream::format::decode;
use loopstream::simulate::{Method, Results, Settings};

use super::common::run_with;
use crate::common::outside;

/// Models that cannot run, and what is said of them.
const REFUSED: &[(&str, &str)] = &[
    (
        "control_vars/test_control_vars.mdl",
        "“INITIAL TIME”: INITIAL TIME must be known when the run begins",
    ),
    (
        "logicals/test_logicals.stmx",
        "“NOT output”: here should be “then”, and there is “not”",
    ),
    (
        "macro_multi_expression/test_macro_multi_expression.stmx",
        "“macro output”: here should be the end",
    ),
    (
        "macro_multi_expression/test_macro_multi_expression.xmile",
        "“macro output”: here should be the end",
    ),
    (
        "macro_stock/test_macro_stock.stmx",
        "“macro output”: here should be the end",
    ),
    (
        "macro_stock/test_macro_stock.xmile",
        "“macro output”: here should be the end",
    ),
    (
        "non_negative_flows/test_non_negative_flows.xmile",
        "this is no well-formed XML",
    ),
    (
        "non_negative_flows/test_non_negative_flows_behavior.xmile",
        "this is no well-formed XML",
    ),
    (
        "subscript_1d_arrays/test_subscript_1d_arrays.stmx",
        "“Rate A”: “?” cannot stand here",
    ),
    (
        "subscript_1d_arrays/test_subscript_1d_arrays.xmile",
        "“Rate A”: “?” cannot stand here",
    ),
    (
        "subscript_subranges/test_subscript_subrange.stmx",
        "“Rate A”: “?” cannot stand here",
    ),
    (
        "subscript_subranges/test_subscript_subrange.xmile",
        "“Rate A”: “?” cannot stand here",
    ),
];

/// Models whose reference was computed in single precision over many steps: it is off by so much of
/// the largest value of its column.
const SINGLE: &[&str] = &[
    "sdeverywhere/trend/trend.mdl",
    "SIR_reciprocal_dt/SIR_reciprocal-dt.xmile",
    "arithmetics/test_arithmetics.mdl",
    "euler_step_vs_saveper/test_euler_step_vs_saveper.mdl",
    "simple_harmonic_oscillator/simple_harmonic_oscillator.mdl",
    "subscript_2d_arrays/test_subscript_2d_arrays.mdl",
    "trig/test_trig.mdl",
];
const OFF_BY: f64 = 3e-6;

/// Models that ask for RK4 beside a reference by Euler.
const BY_EULER: &[&str] = &["zeroled_decimals/test_zeroled_decimals.xmile"];

/// Columns of a reference that another language defines: `MOD` of XMILE is not MODULO of Vensim.
const OTHERS: &[(&str, &str)] = &[("rounding/test_rounding.xmile", "test modulo")];

/// What references list beside variables.
const SETTINGS: [&str; 4] = ["saveper", "initial time", "final time", "time step"];

/// A name as all programs could have written it.
fn plain(name: &str) -> String {
    let name = name
        .trim()
        .replace("\\\"", "")
        .replace("\\n", " ")
        .replace('"', "");
    let words = name.split(|c: char| c.is_whitespace() || c == '_');
    let name: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    name.join(" ")
        .to_lowercase()
        .replace(", ", ",")
        .replace(" ,", ",")
}

/// For each name the values it should have: time, value, and the size of its last digit.
type Reference = BTreeMap<String, Vec<(f64, f64, f64)>>;

fn last_digit(text: &str) -> f64 {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let places = digits.split_once('.').map_or(0, |(_, after)| after.len());
    10_f64.powi(exponent.parse::<i32>().unwrap() - i32::try_from(places).unwrap())
}

fn cells(line: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    for character in line.chars() {
        match character {
            '"' => is_quoted = !is_quoted,
            other if other == separator && !is_quoted => cells.push(String::new()),
            other => cells.last_mut().unwrap().push(other),
        }
    }
    cells
}

fn reference(path: &Path) -> Reference {
    let bytes = std::fs::read(path).unwrap();
    let text = decode(&bytes).unwrap();
    let mut lines = text
        .split(['\r', '\n'])
        .filter(|line| !line.trim().is_empty());
    let mut found = Reference::new();
    if path.extension().is_some_and(|extension| extension == "dat") {
        let mut name = String::new();
        for line in lines {
            match line.split_once('\t') {
                Some((time, value)) => {
                    let value: f64 = value.trim().parse().unwrap();
                    let values: &mut Vec<_> = found.entry(name.clone()).or_default();
                    values.push((time.parse().unwrap(), value, 1e-5 * value.abs()));
                }
                None => name = plain(line),
            }
        }
        return found;
    }
    let head = lines.next().unwrap();
    let separator = if head.contains('\t') { '\t' } else { ',' };
    let names: Vec<String> = cells(&head.replace("\\\"", ""), separator)
        .iter()
        .map(|name| plain(name))
        .collect();
    for line in lines {
        let cells = cells(line, separator);
        let Ok(time) = cells[0].trim().parse::<f64>() else {
            continue;
        };
        for (name, cell) in names.iter().zip(&cells).skip(1) {
            if let Ok(value) = cell.trim().parse::<f64>() {
                let digit = if value.is_finite() {
                    last_digit(cell.trim())
                } else {
                    0.0
                };
                found
                    .entry(name.clone())
                    .or_default()
                    .push((time, value, digit));
            }
        }
    }
    found
}

/// The references of a model: of its own program, where several are there.
fn references(model: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(model.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|end| ["csv", "tab", "dat"].contains(&end.to_str().unwrap()))
        })
        .collect();
    files.sort();
    let is_vensim = model.extension().is_some_and(|end| end == "mdl");
    let of_stella = |path: &PathBuf| {
        let is_csv = path.extension().is_some_and(|end| end == "csv");
        let is_beside = path.to_str().unwrap().contains("sdeverywhere") && is_csv;
        path.to_str().unwrap().contains("output_stella") || is_beside
    };
    if is_vensim {
        files.retain(|path| !of_stella(path));
    } else if files.iter().any(of_stella) {
        files.retain(of_stella);
    }
    files
}

/// How many values agree, or the first that does not.
fn compared(results: &Results, reference: &Reference, name: &str) -> Result<usize, String> {
    let names: Vec<String> = results.names().iter().map(|name| plain(name)).collect();
    let is_single = SINGLE.iter().any(|single| name.ends_with(single));
    let mut count = 0;
    for (column, values) in reference {
        let is_hidden = column.starts_with('#') && column.contains('>');
        let is_of_others = OTHERS
            .iter()
            .any(|(model, other)| name.ends_with(model) && other == column);
        if is_hidden || is_of_others || SETTINGS.contains(&column.as_str()) {
            continue;
        }
        let index = names.iter().position(|known| known == column);
        let index = index.ok_or_else(|| format!("{column} is not there"))?;
        let largest = values
            .iter()
            .map(|(_, value, _)| value.abs())
            .fold(0.0, f64::max);
        for &(time, value, digit) in values {
            let near = |at: &f64| (at - time).abs() <= 1e-5 * time.abs().max(1.0);
            let row = results.times().iter().position(near);
            let row = row.ok_or_else(|| format!("there is no time {time}"))?;
            let found = results.row(row)[index];
            let slack = if is_single { OFF_BY * largest } else { 0.0 };
            let most = (1e-9 * value.abs()).max(1e-9).max(1.01 * digit).max(slack);
            let is_same = found == value || (found.is_nan() && value.is_nan());
            let is_near = (found - value).abs() <= most;
            if !is_same && !is_near {
                return Err(format!("{column} at {time} is {found}, not {value}"));
            }
            count += 1;
        }
    }
    Ok(count)
}

fn models() -> Vec<PathBuf> {
    let mut models = Vec::new();
    for folder in ["sdeverywhere", "simlin", "test-models"] {
        for entry in
            std::fs::read_dir(outside::shared_data().join("simulate").join(folder)).unwrap()
        {
            let path = entry.unwrap().path();
            if path.is_dir() {
                models.extend(
                    std::fs::read_dir(path)
                        .unwrap()
                        .map(|entry| entry.unwrap().path()),
                );
            }
        }
    }
    models.retain(|path| {
        path.extension()
            .is_some_and(|end| ["mdl", "xmile", "stmx"].contains(&end.to_str().unwrap()))
    });
    models.sort();
    models
}

/// What a model comes to, in words.
fn outcome(model: &Path, name: &str) -> Result<String, String> {
    let text = decode(&std::fs::read(model).unwrap()).unwrap();
    let by_euler = BY_EULER.iter().any(|euler| name.ends_with(euler));
    let settings = Settings {
        method: by_euler.then_some(Method::Euler),
        ..Settings::default()
    };
    let refused = REFUSED.iter().find(|(refused, _)| name.ends_with(refused));
    let results = match (run_with(&text, &settings), refused) {
        (Err(faults), Some((_, words))) => {
            let said = faults[0].to_string();
            return if said.starts_with(words) {
                Ok(format!("refused: {said}"))
            } else {
                Err(said)
            };
        }
        (Err(faults), None) => return Err(format!("refused: {}", faults[0])),
        (Ok(_), Some(_)) => return Err("it runs, and should be refused".to_owned()),
        (Ok(results), None) => results,
    };
    let mut count = 0;
    for path in references(model) {
        count += compared(&results, &reference(&path), name)?;
    }
    if count == 0 {
        return Err("nothing was compared".to_owned());
    }
    let how = if SINGLE.iter().any(|single| name.ends_with(single)) {
        ", of a reference in single precision"
    } else {
        ""
    };
    Ok(format!("{count} values equal{how}"))
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn every_model_gives_what_its_own_program_gave_or_is_refused_by_name() {
    let root = outside::shared_data().join("simulate");
    let mut table = String::from("| model | result |\n| --- | --- |\n");
    let mut wrong = Vec::new();
    for model in models() {
        let name = model
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        match outcome(&model, &name) {
            Ok(said) => writeln!(table, "| {name} | {said} |").unwrap(),
            Err(said) => wrong.push(format!("{name}: {said}")),
        }
    }
    println!("{table}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let page = include_str!("../../../docs/simulation.md");
    assert!(
        page.contains(&table),
        "docs/simulation.md has another table than this:\n{table}"
    );
}

/// Two figures are small differences of large ones, in single precision.
const SMALL_DIFFERENCES: [&str; 2] = [
    "temperature gap closing percentage",
    "temperature due to co2 ff gap closing percentage",
];

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn a_climate_model_of_thousands_of_elements() {
    let text = outside::text_of("simulate/c-learn/C-LEARN v77 for Vensim.mdl");
    let results = run_with(&text, &Settings::default()).unwrap();
    assert!(results.names().len() > 3_500);
    let names: Vec<String> = results.names().iter().map(|name| plain(name)).collect();
    let reference = reference(&outside::shared_data().join("simulate/c-learn/reference.tsv"));
    assert_eq!(reference.len(), 91);
    let mut count = 0;
    for (column, values) in reference {
        let index = names
            .iter()
            .position(|known| *known == column)
            .unwrap_or_else(|| panic!("{column}"));
        let part = if SMALL_DIFFERENCES.contains(&column.as_str()) {
            0.04
        } else {
            0.01
        };
        for (time, value, _) in values {
            let row = results.times().iter().position(|at| *at == time).unwrap();
            let found = results.row(row)[index];
            let most = part * value.abs().max(1e-6);
            assert!(
                (found - value).abs() <= most,
                "{column} at {time} is {found}, not {value}"
            );
            count += 1;
        }
    }
    assert!(count > 4_000);
}
