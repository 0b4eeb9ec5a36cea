//! The table of functions that is shown to people, against what the compiler knows.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use loopstream::equation::{Dialect, Fault, Function, More, Name, Problem, constants, functions};
use loopstream::simulate::{Settings, compile, read};

use super::common::{aux, mdl, specs, xmile};

/// What is wrong with a model of one equation, beside a table and a number.
fn faults(equation: &str) -> Vec<Fault> {
    let table = "<gf name=\"table\"><xpts>0,1</xpts><ypts>0,1</ypts></gf>\n";
    let text = xmile(
        &specs("2", "1", "Euler"),
        "",
        &format!("{}{}{table}", aux("x", "1"), aux("it", equation)),
    );
    faults_of(&text)
}

fn faults_of(text: &str) -> Vec<Fault> {
    match read(text) {
        Ok(source) => match compile(&source, &Settings::default()) {
            Ok(compiled) => compiled.refused().to_vec(),
            Err(faults) => faults,
        },
        Err(faults) => faults,
    }
}

/// A call with so many arguments.
fn call(function: &Function, count: usize) -> String {
    let argument = |place: usize| match function.needed.get(place) {
        Some(&"table") => "table",
        _ => "x",
    };
    let arguments: Vec<&str> = (0..count).map(argument).collect();
    format!("{}({})", function.name, arguments.join(", "))
}

#[test]
fn every_function_takes_what_the_table_says() {
    for function in functions(Dialect::Xmile) {
        for count in 0..=8 {
            let call = call(function, count);
            let faults = faults(&call);
            assert_eq!(
                faults.is_empty(),
                function.takes(count),
                "{call}: {faults:?}"
            );
        }
        if function.more == More::Repeated {
            assert!(function.takes(20));
        }
    }
    for constant in constants(Dialect::Xmile) {
        // By itself it would be a circle.
        let equation = match constant.name {
            "SELF" => "PREVIOUS(SELF, 0)".to_owned(),
            name => format!("{name} + 1"),
        };
        assert_eq!(faults(&equation), [], "{equation}");
    }
}

/// Every text in quotes of the compiler's source that may be a name.
fn words_of_the_compiler() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/simulate/lower");
    let mut words = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let quoted = text.split('"').skip(1).step_by(2);
        let is_name = |word: &&str| {
            let mut letters = word.chars();
            letters
                .clone()
                .next()
                .is_some_and(|first| first.is_ascii_lowercase())
                && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        };
        words.extend(quoted.filter(is_name).map(str::to_owned));
    }
    words
}

#[test]
fn the_table_has_every_function_that_the_compiler_knows() {
    let words = words_of_the_compiler();
    assert!(words.len() > 60, "{words:?}");
    let table: BTreeSet<Name> = functions(Dialect::Xmile)
        .iter()
        .map(|one| Name::new(one.name))
        .collect();
    for name in &table {
        assert!(
            words.contains(name.as_str()),
            "the reading of the source has lost {name}"
        );
    }
    for word in words {
        let name = Name::new(&word);
        if name == Name::new("table") || name == Name::new("x") || name == Name::new("it") {
            continue;
        }
        let is_function = (0..=8).any(|count| {
            let arguments = vec!["x"; count].join(", ");
            let faults = faults(&format!("{word}({arguments})"));
            !faults.iter().any(|fault| {
                matches!(
                    fault.problem,
                    Problem::UnknownFunction(_) | Problem::Syntax(_)
                )
            })
        });
        assert_eq!(is_function, table.contains(&name), "{word}");
        let is_constant = constants(Dialect::Xmile)
            .iter()
            .any(|one| Name::new(one.name) == name);
        let unknown = faults(&format!("1 + {word}"))
            .iter()
            .any(|fault| matches!(fault.problem, Problem::UnknownName(_) | Problem::Syntax(_)));
        assert_eq!(!unknown, is_constant, "{word}");
    }
}

/// What is wrong with a model of Vensim of one equation, beside a table, an array and a number.
fn faults_of_vensim(equation: &str) -> Vec<Fault> {
    let equations = format!(
        "D: a1, a2 ~~|\ntable((0,0),(1,1)) ~~|\nv[D] = 1, 2 ~~|\nx = 1 ~~|\n\
         it = {equation} ~~|\n",
    );
    faults_of(&mdl(&equations, "2", "1"))
}

#[test]
fn every_function_of_vensim_takes_what_its_table_says() {
    for function in functions(Dialect::Vensim) {
        // What gives more than one value is tried by the tests of arrays.
        let is_of_arrays = ["VECTOR", "ALLOCATE", "INVERT"]
            .iter()
            .any(|kind| function.name.starts_with(kind));
        if is_of_arrays || function.name == "WITH LOOKUP" {
            continue;
        }
        for count in 0..=8 {
            let argument = |place: usize| match function.needed.get(place) {
                Some(&"table") => "table",
                Some(&"array") => "v[D!]",
                Some(&"dimension") => "D",
                _ => "x",
            };
            let arguments: Vec<&str> = (0..count).map(argument).collect();
            let call = format!("{}({})", function.name, arguments.join(", "));
            let faults = faults_of_vensim(&call);
            assert_eq!(
                faults.is_empty(),
                function.takes(count),
                "{call}: {faults:?}"
            );
        }
    }
    for constant in constants(Dialect::Vensim) {
        let equation = format!("{} + 1", constant.name);
        assert_eq!(faults_of_vensim(&equation), [], "{equation}");
    }
}

#[test]
fn the_table_of_vensim_has_every_function_that_the_compiler_knows() {
    let table: BTreeSet<Name> = functions(Dialect::Vensim)
        .iter()
        .map(|one| Name::new(one.name))
        .collect();
    // A stock is told by its links, and the other is LOOKUP INVERT as XMILE calls it.
    let left_out = ["integ", "lookupinv"].map(Name::new);
    // What the parser and the subscripts know by themselves.
    let of_the_parser = ["if_then_else", "with_lookup", "elmcount"].map(Name::new);
    let names = ["table", "x", "it", "v", "d"].map(Name::new);
    for word in words_of_the_compiler() {
        let name = Name::new(&word);
        if names.contains(&name) || left_out.contains(&name) || of_the_parser.contains(&name) {
            continue;
        }
        let called = word.replace('_', " ");
        let is_function = (0..=8).any(|count| {
            let arguments = vec!["x"; count].join(", ");
            let faults = faults_of_vensim(&format!("{called}({arguments})"));
            !faults.iter().any(|fault| {
                matches!(
                    fault.problem,
                    Problem::UnknownFunction(_) | Problem::Syntax(_)
                )
            })
        });
        assert_eq!(is_function, table.contains(&name), "{word}");
    }
}
