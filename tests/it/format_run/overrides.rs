//! What people write over the text of a model: it runs as if the text had said it.

use loopstream::equation::{Dialect, Name, written_name};
use loopstream::format::{equation_of, model_names, stated_equations, vensim, xmile};
use loopstream::model::{
    Document, Edit, Element, Id, Link, Polarity, RunMethod, RunSettings, TableFunction, TableKind,
    ValueRange, Variable, VariableKind,
};
use loopstream::simulate::Results;
use proptest::prelude::*;

use super::kept::{MDL, STMX, reopened, written};
use super::native::{Chooser, random};
use super::{differs, run_text};

/// The variable of that name.
fn named(document: &Document, name: &str) -> Id {
    let names = model_names(document);
    let found = names
        .iter()
        .find(|(known, _)| Name::new(known) == Name::new(name));
    found.unwrap_or_else(|| panic!("{name} {names:?}")).1
}

fn changed(document: &Document, change: impl FnOnce(&mut Edit<'_>)) -> Document {
    let mut edit = Edit::new(document);
    change(&mut edit);
    let patch = edit.finish();
    let mut changed = document.clone();
    changed.apply(&patch).unwrap();
    changed
}

fn set(edit: &mut Edit<'_>, id: Id, change: impl FnOnce(&mut Variable)) {
    edit.change(id, |element| {
        if let Element::Variable(variable) = element {
            change(variable);
        }
    });
}

/// The document of a text with a change runs as the text with other words, and says what it did
/// when it is read again.
fn runs_as(text: &str, change: impl FnOnce(&Document, &mut Edit<'_>), words: &[(&str, &str)]) {
    let document = reopened(text);
    let after = changed(&document, |edit| change(&document, edit));
    let export = written(&after);
    let mut wanted = text.to_owned();
    for (from, to) in words {
        assert!(wanted.contains(from), "{from}");
        wanted = wanted.replacen(from, to, 1);
    }
    let run = |text: &str| run_text(text).unwrap_or_else(|fault| panic!("{fault}\n{text}"));
    let (one, other) = (run(&wanted), run(&export));
    assert_eq!(one.names().len(), other.names().len(), "{export}");
    let differs = differs(&one, &other, str::to_owned);
    assert_eq!(differs, None, "{export}\n\n{wanted}");
    let again = reopened(&export);
    assert_eq!(written(&again), export);
    let kinds = |document: &Document| {
        let variables = document.variables().values();
        let mut kinds: Vec<_> = variables.map(|one| (one.name.clone(), one.kind)).collect();
        kinds.sort_by(|one, other| one.0.cmp(&other.0));
        kinds
    };
    assert_eq!(kinds(&again), kinds(&after), "{export}");
}

fn equation<'n>(name: &'n str, equation: &'n str) -> impl FnOnce(&Document, &mut Edit<'_>) + 'n {
    move |document, edit| {
        set(edit, named(document, name), |variable| {
            equation.clone_into(&mut variable.equation);
        });
    }
}

fn new_rate(document: &Document, edit: &mut Edit<'_>) {
    let rain = Variable {
        name: "rain".to_owned(),
        kind: VariableKind::Rate,
        equation: "1.5".to_owned(),
        units: "m3/h".to_owned(),
        ..Variable::default()
    };
    let id = Id::from_bits(1);
    edit.set(id, Some(Element::Variable(rain)));
    let link = Link {
        polarity: Polarity::Positive,
        ..Link::new(id, named(document, "tank"), 0.0)
    };
    edit.set(Id::from_bits(2), Some(Element::Link(link)));
}

fn new_stock(document: &Document, edit: &mut Edit<'_>) {
    let pool = Variable {
        name: "pool".to_owned(),
        kind: VariableKind::Stock,
        equation: "5".to_owned(),
        ..Variable::default()
    };
    let id = Id::from_bits(1);
    edit.set(id, Some(Element::Variable(pool)));
    let link = Link {
        polarity: Polarity::Positive,
        ..Link::new(named(document, "leak"), id, 0.0)
    };
    edit.set(Id::from_bits(2), Some(Element::Link(link)));
}

fn turned(name: &'static str) -> impl FnOnce(&Document, &mut Edit<'_>) {
    move |document, edit| {
        let ends = (named(document, name), named(document, "tank"));
        let mut links = document.links().iter();
        let (id, _) = links
            .find(|(_, link)| (link.from, link.to) == ends)
            .unwrap();
        edit.change(*id, |element| {
            if let Element::Link(link) = element {
                link.polarity = match link.polarity {
                    Polarity::Positive => Polarity::Negative,
                    _ => Polarity::Positive,
                };
            }
        });
    }
}

fn no_rate(name: &'static str) -> impl FnOnce(&Document, &mut Edit<'_>) {
    move |document, edit| {
        set(edit, named(document, name), |variable| {
            variable.kind = VariableKind::Plain;
        });
    }
}

fn other_run(_: &Document, edit: &mut Edit<'_>) {
    let mut properties = edit.properties().clone();
    properties.run = RunSettings {
        start: Some(1.0),
        stop: Some(12.0),
        step: Some(0.25),
        save_every: Some(1.0),
        method: Some(RunMethod::Rk4),
        time_unit: "day".to_owned(),
        seed: 0,
    };
    edit.set_properties(properties);
}

fn table(document: &Document, edit: &mut Edit<'_>) {
    set(edit, named(document, "effect"), |variable| {
        variable.table = Some(TableFunction {
            kind: TableKind::Continuous,
            points: [(0.0, 0.5), (5.0, 1.25), (20.0, 3.0)].into(),
        });
    });
}

#[test]
fn what_people_write_over_a_model_of_vensim_runs_as_if_it_said_so() {
    let sum = "inflow - outflow * 0.5 - leak";
    let leak = "leak = IF THEN ELSE(tank > 3, 0.1, 0) ~ m3/h ~ |\n";
    runs_as(
        MDL,
        equation("leak", "0.25 * effect"),
        &[("IF THEN ELSE(tank > 3, 0.1, 0)", "0.25 * effect")],
    );
    runs_as(
        MDL,
        equation("tank", "20 + share[north]"),
        &[("\t\t10)", "\t\t20 + share[north])")],
    );
    runs_as(MDL, equation("share", "0.3"), &[("= 0.1, 0.2", "= 0.3")]);
    runs_as(
        MDL,
        equation("effect", "tank * 2"),
        &[("WITH LOOKUP(tank, (", "WITH LOOKUP(tank * 2, (")],
    );
    runs_as(MDL, table, &[("(0,1),(20,2)", "(0,0.5),(5,1.25),(20,3)")]);
    runs_as(
        MDL,
        other_run,
        &[
            ("FINAL TIME = 8", "FINAL TIME = 12"),
            ("INITIAL TIME = 0", "INITIAL TIME = 1"),
            ("SAVEPER = TIME STEP", "SAVEPER = 1"),
            ("TIME STEP = 0.5", "TIME STEP = 0.25"),
            ("15:0,0,0,0", "15:0,0,0,5"),
        ],
    );
    let without = "inflow - outflow * 0.5";
    runs_as(
        MDL,
        |document, edit| edit.remove(named(document, "leak")),
        &[(sum, without), (leak, "")],
    );
    let rain = format!("{sum} + rain");
    runs_as(
        MDL,
        new_rate,
        &[(sum, &rain), (leak, &format!("{leak}rain = 1.5 ~~|\n"))],
    );
    let pool = format!("{leak}pool = INTEG(leak, 5) ~~|\n");
    runs_as(MDL, new_stock, &[(leak, &pool)]);
    runs_as(
        MDL,
        turned("inflow"),
        &[(sum, " - outflow * 0.5 - leak - inflow")],
    );
    runs_as(MDL, no_rate("leak"), &[(sum, without)]);
    runs_as(MDL, no_rate("inflow"), &[(sum, "- outflow * 0.5 - leak")]);
}

#[test]
fn what_people_write_over_a_model_of_xmile_runs_as_if_it_said_so() {
    let leak =
        "<flow name=\"leak\"><eqn>IF tank &gt; 3 THEN 0.1 ELSE 0</eqn><non_negative/></flow>";
    let out = "<outflow>leak</outflow>";
    runs_as(
        STMX,
        equation("leak", "IF effect < 2 THEN 0.2 ELSE 0"),
        &[(
            "IF tank &gt; 3 THEN 0.1 ELSE 0",
            "IF effect &lt; 2 THEN 0.2 ELSE 0",
        )],
    );
    runs_as(
        STMX,
        equation("tank", "20 + share[north]"),
        &[("<eqn>10</eqn>", "<eqn>20 + share[north]</eqn>")],
    );
    runs_as(
        STMX,
        equation("share", "0.3"),
        &[(
            "<element subscript=\"north\"><eqn>0.1</eqn></element><element subscript=\"south\"><eqn>0.2</eqn></element>",
            "<eqn>0.3</eqn>",
        )],
    );
    runs_as(
        STMX,
        table,
        &[(
            "<gf><xscale min=\"0\" max=\"20\"/><ypts>1,2</ypts></gf>",
            "<gf><xpts>0,5,20</xpts><ypts>0.5,1.25,3</ypts></gf>",
        )],
    );
    runs_as(
        STMX,
        other_run,
        &[
            (
                "method=\"Euler\"",
                "method=\"rk4\" isee:save_interval=\"1\"",
            ),
            ("<start>0<", "<start>1<"),
            ("<stop>8<", "<stop>12<"),
            ("<dt reciprocal=\"true\">2<", "<dt>0.25<"),
        ],
    );
    let pts = "<flow x=\"400\" y=\"320\" name=\"leak\"><pts><pt x=\"400\" y=\"217\"/><pt x=\"400\" y=\"400\"/></pts></flow>";
    runs_as(
        STMX,
        |document, edit| edit.remove(named(document, "leak")),
        &[(out, ""), (leak, ""), (pts, "")],
    );
    runs_as(
        STMX,
        new_rate,
        &[
            (out, "<outflow>leak</outflow><inflow>rain</inflow>"),
            (
                leak,
                &format!("{leak}<flow name=\"rain\"><eqn>1.5</eqn></flow>"),
            ),
        ],
    );
    let pool = "<stock name=\"pool\"><eqn>5</eqn><inflow>leak</inflow></stock>";
    runs_as(STMX, new_stock, &[(leak, &format!("{leak}{pool}"))]);
    runs_as(
        STMX,
        turned("inflow"),
        &[("<inflow>inflow</inflow>", "<outflow>inflow</outflow>")],
    );
    // What is no flow has no priority, and is never held back.
    let aux = "<aux name=\"leak\"><eqn>IF tank &gt; 3 THEN 0.1 ELSE 0</eqn></aux>";
    runs_as(STMX, no_rate("leak"), &[(out, ""), (leak, aux)]);
}

#[test]
fn units_and_ranges_are_written_where_the_text_has_them() {
    for (text, units, range) in [
        (MDL, "\t~\tlitre [1,5,1]\n", "~ dmnl [0,2] ~"),
        (
            STMX,
            "<units>litre</units><range min=\"1\" max=\"5\"/>",
            "<range min=\"0\" max=\"2\"/>",
        ),
    ] {
        let document = reopened(text);
        let after = changed(&document, |edit| {
            set(edit, named(&document, "inflow"), |variable| {
                variable.units = "litre".to_owned();
                variable.range = Some(ValueRange {
                    least: 1.0,
                    most: 5.0,
                });
            });
            set(edit, named(&document, "effect"), |variable| {
                variable.range = Some(ValueRange {
                    least: 0.0,
                    most: 2.0,
                });
            });
        });
        let export = written(&after);
        assert!(export.contains(units), "{export}");
        assert!(export.contains(range), "{export}");
        let stated = stated_equations(&reopened(&export));
        let inflow = &stated[&named(&reopened(&export), "inflow")];
        assert_eq!(inflow.units, "litre");
        assert_eq!(inflow.range.map(|range| range.most), Some(5.0));
    }
}

#[test]
fn what_a_text_says_can_be_read() {
    for (text, rate, leak, elements) in [
        (
            MDL,
            "inflow - outflow * 0.5 - seep",
            "IF THEN ELSE(tank > 3, 0.1, 0)",
            &[("region", "0.1, 0.2")][..],
        ),
        (
            STMX,
            "",
            "IF tank > 3 THEN 0.1 ELSE 0",
            &[("north", "0.1"), ("south", "0.2")][..],
        ),
    ] {
        let document = reopened(text);
        let leaking = named(&document, "leak");
        // The names are those of the document.
        let document = changed(&document, |edit| {
            set(edit, leaking, |variable| variable.name = "seep".to_owned());
        });
        let of = |name: &str| equation_of(&document, named(&document, name)).unwrap();
        let tank = of("tank");
        assert_eq!(tank.equation(), Some("10"));
        assert_eq!(tank.rate, rate);
        assert_eq!(tank.units, "m3");
        assert_eq!(tank.documentation, "What is there.");
        assert_eq!(of("seep").equation(), Some(leak));
        let effect = of("effect");
        assert_eq!(effect.equation(), Some("tank"));
        let points = effect.table.unwrap().points;
        assert_eq!(points[1].0, 20.0);
        let share = of("share");
        assert_eq!(share.equation(), None);
        let parts: Vec<_> = share
            .equations
            .iter()
            .map(|one| (one.elements.as_str(), one.equation.as_str()))
            .collect();
        assert_eq!(parts, elements);
        let range = of("inflow").range.unwrap();
        assert_eq!((range.least, range.most), (0.0, 9.0));
    }
    let modules = "<xmile><model><variables><module name=\"Pipes\"/><aux name=\"a\"/></variables></model>\
        <model name=\"Pipes\"><variables><aux name=\"flow rate\"/><module name=\"Inner\" model=\"Deep\"/></variables></model>\
        <model name=\"Deep\"><variables><stock name=\"x\"/><module name=\"again\" model=\"Pipes\"/></variables></model></xmile>";
    let document = reopened(modules);
    let names: Vec<String> = model_names(&document)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    for name in ["a", "Pipes", "Pipes.flow rate", "Pipes.Inner.x"] {
        assert!(names.contains(&name.to_owned()), "{names:?}");
    }
    assert_eq!(names.len(), 4);
}

/// A change of a model, by the names of its variables.
#[derive(Clone, Debug)]
enum Said {
    Equation(String, Vec<String>),
    Turned(String, String),
    Gone(String),
    Rate(Vec<String>, String),
    Step(f64),
    Piped(String, String),
}

fn random_change(choose: &mut Chooser, document: &Document) -> Option<Said> {
    let of_kind = |kind: VariableKind| -> Vec<String> {
        let variables = document.variables().values();
        // A table or a limit of the text stays around what somebody writes.
        let named =
            variables.filter(|one| one.kind == kind && one.table.is_none() && !one.non_negative);
        named.map(|one| one.name.clone()).collect()
    };
    let (stocks, rates) = (of_kind(VariableKind::Stock), of_kind(VariableKind::Rate));
    let plain = of_kind(VariableKind::Plain);
    let stock = choose.of(&stocks).clone();
    let two = vec![stock.clone(), choose.of(&stocks).clone()];
    let links = document.links().values();
    let name = |id: Id| document.variables()[&id].name.clone();
    let links: Vec<_> = links.map(|link| (name(link.from), name(link.to))).collect();
    Some(match choose.next(7) {
        0 if !plain.is_empty() => Said::Equation(choose.of(&plain).clone(), two),
        1 if !rates.is_empty() => Said::Equation(choose.of(&rates).clone(), two),
        2 => Said::Equation(stock, Vec::new()),
        3 if !links.is_empty() => {
            let (from, to) = choose.of(&links).clone();
            // Of what flows both ways one would be taken for the other.
            let ways = links
                .iter()
                .filter(|link| **link == (from.clone(), to.clone()));
            if ways.count() > 1 {
                return None;
            }
            Said::Turned(from, to)
        }
        4 if !rates.is_empty() => Said::Gone(choose.of(&rates).clone()),
        5 => Said::Rate(two, stock),
        6 if !plain.is_empty() => Said::Piped(choose.of(&plain).clone(), stock),
        _ => Said::Step(*choose.of(&[0.125, 0.5])),
    })
}

fn say(document: &Document, said: &Said, dialect: Dialect) -> Document {
    // What has a number in the text is called otherwise than in the document it came from.
    let named = |name: &str| {
        let names = model_names(document);
        let find = |name: &str| {
            let mut names = names.iter();
            names
                .find(|(known, _)| Name::new(known) == Name::new(name))
                .map(|(_, id)| *id)
        };
        find(name)
            .or_else(|| find(&format!("{name} 2")))
            .unwrap_or_else(|| panic!("{name} {names:?}"))
    };
    let called = |name: &str| written_name(&document.variables()[&named(name)].name, dialect);
    let sum = |names: &[String]| match names {
        [one, other] => format!("0.5 * {} - {} / 3 + 1", called(one), called(other)),
        _ => "7.5".to_owned(),
    };
    changed(document, |edit| match said {
        Said::Equation(of, names) => {
            let text = sum(names);
            set(edit, named(of), |variable| variable.equation = text);
        }
        Said::Turned(from, to) => {
            let ends = (named(from), named(to));
            for (id, link) in document.links() {
                if (link.from, link.to) == ends && link.polarity != Polarity::Unknown {
                    edit.change(*id, |element| {
                        if let Element::Link(link) = element {
                            link.polarity = match link.polarity {
                                Polarity::Positive => Polarity::Negative,
                                _ => Polarity::Positive,
                            };
                        }
                    });
                }
            }
        }
        Said::Gone(of) => edit.remove(named(of)),
        Said::Rate(names, stock) => {
            let rate = Variable {
                name: "brand new".to_owned(),
                kind: VariableKind::Rate,
                equation: sum(names),
                ..Variable::default()
            };
            let id = Id::from_bits(77_777);
            edit.set(id, Some(Element::Variable(rate)));
            let link = Link {
                polarity: Polarity::Negative,
                ..Link::new(id, named(stock), 0.0)
            };
            edit.set(Id::from_bits(77_778), Some(Element::Link(link)));
        }
        Said::Step(step) => {
            let mut properties = edit.properties().clone();
            properties.run.step = Some(*step);
            edit.set_properties(properties);
        }
        Said::Piped(of, stock) => {
            let id = named(of);
            set(edit, id, |variable| variable.kind = VariableKind::Rate);
            let link = Link {
                polarity: Polarity::Positive,
                ..Link::new(id, named(stock), 0.0)
            };
            edit.set(Id::from_bits(77_779), Some(Element::Link(link)));
        }
    })
}

/// Whether two runs are near: sums may be added up in another order.
fn near(one: &Results, other: &Results) -> Option<String> {
    let at = |results: &Results, name: &str| {
        let mut names = results.names().iter();
        names.position(|known| Name::new(known) == Name::new(name))
    };
    for (index, name) in one.names().iter().enumerate() {
        let Some(place) = at(other, name) else {
            return Some(format!("{name} is not there"));
        };
        for (a, b) in one.column(index).zip(other.column(place)) {
            let is_near = (a - b).abs() <= 1e-6 * (1.0 + a.abs().max(b.abs()));
            if !is_near && a.is_finite() && b.is_finite() {
                return Some(format!("{name}: {a} {b}"));
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn changes_of_a_kept_text_run_as_changes_of_what_was_drawn(seed in any::<u64>()) {
        let mut choose = Chooser(seed);
        let is_vensim = choose.next(2) == 0;
        let write = if is_vensim { vensim::write } else { xmile::write };
        let dialect = if is_vensim { Dialect::Vensim } else { Dialect::Xmile };
        let mut drawn = random(&mut choose, false, &[RunMethod::Euler]);
        let text = write(&drawn).text;
        // What makes a circle cannot run before either.
        if run_text(&text).is_err() {
            return Ok(());
        }
        let mut kept = reopened(&text);
        for _ in 0..1 + choose.next(2) {
            let Some(said) = random_change(&mut choose, &drawn) else { continue };
            if matches!(said, Said::Rate(..)) && model_names(&drawn).iter().any(|(name, _)| name == "brand new") {
                continue;
            }
            drawn = say(&drawn, &said, Dialect::Xmile);
            kept = say(&kept, &said, dialect);
        }
        let (wanted, found) = (write(&drawn).text, write(&kept).text);
        match (run_text(&wanted), run_text(&found)) {
            (Ok(one), Ok(other)) => {
                let apart = near(&one, &other);
                prop_assert!(apart.is_none(), "{}\n{}\n\n{}", apart.unwrap(), found, wanted);
            }
            (Err(_), Err(_)) => {}
            (one, other) => {
                let (one, other) = (one.map(|_| ()), other.map(|_| ()));
                prop_assert!(false, "{:?} {:?}\n{}\n\n{}", one, other, found, wanted);
            }
        }
        // It is read as it is written.
        prop_assert_eq!(write(&reopened(&found)).text, found);
    }
}
