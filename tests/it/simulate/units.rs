//! Units: a case for every rule.

use loopstream::simulate::{UnitBook, UnitReport, VariableUnits, Verdict, check_units, read};

use super::common::{specs, xmile};

/// A model of Vensim that runs in months, of names, equations and units.
pub fn vensim(variables: &[(&str, &str, &str)]) -> String {
    let variables = variables
        .iter()
        .map(|(name, equation, unit)| format!("{name} = {equation} ~ {unit} ~ |\n"));
    format!(
        "{{UTF-8}}\n{}INITIAL TIME = 0 ~ month ~ |\nFINAL TIME = 9 ~ month ~ |\n\
         TIME STEP = 1 ~ month [0,?] ~ |\nSAVEPER = TIME STEP ~ month ~ |\n",
        variables.collect::<String>()
    )
}

pub fn aux(name: &str, equation: &str, unit: &str) -> String {
    format!("<aux name=\"{name}\"><eqn><![CDATA[{equation}]]></eqn><units>{unit}</units></aux>\n")
}

/// A model of XMILE that runs in months.
pub fn of_xmile(variables: &str) -> String {
    let specs =
        specs("9", "1", "Euler").replace("<sim_specs ", "<sim_specs time_units=\"Months\" ");
    xmile(&specs, "", variables)
}

pub fn report(text: &str) -> UnitReport {
    let source = read(text).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"));
    check_units(&source, &UnitBook::of(text))
}

pub fn of<'r>(report: &'r UnitReport, name: &str) -> &'r VariableUnits {
    report
        .variables
        .iter()
        .find(|one| one.name == name)
        .unwrap()
}

/// What is said of a variable, in words.
fn said(text: &str, name: &str) -> Vec<String> {
    let report = report(text);
    let one = of(&report, name);
    let mut said: Vec<String> = match &one.verdict {
        Verdict::Agrees => vec!["agrees".to_owned()],
        Verdict::Contradicts(clashes) => clashes.iter().map(ToString::to_string).collect(),
        Verdict::Unknown(names) => vec![format!("unknown: {}", names.join(", "))],
        Verdict::Unreadable(error) => vec![error.to_string()],
        Verdict::NoEquation => vec!["no equation".to_owned()],
    };
    said.extend(one.notes.iter().map(ToString::to_string));
    said
}

/// Variables that the cases are made of.
const VARIABLES: [(&str, &str, &str); 10] = [
    ("w", "1", "widgets"),
    ("w2", "2", "Widget"),
    ("p", "1", "people"),
    ("d", "1", "dmnl"),
    ("t", "1", "months"),
    ("rate", "1", "widgets/month"),
    ("area", "1", "m^2"),
    ("part", "1", "1/month"),
    ("none", "1", ""),
    ("yearly", "1", "widgets/year"),
];

/// Equations, the unit that is right, and one that is wrong.
const VENSIM: &[(&str, &str)] = &[
    ("w + w2", "widgets"),
    ("w - w2", "widgets"),
    ("w * p", "widgets*people"),
    ("w / t", "widgets/month"),
    ("-w", "widgets"),
    ("w ^ 2", "widgets^2"),
    ("area ^ 0.5", "m"),
    ("2 ^ d", "dmnl"),
    ("d ^ d", "dmnl"),
    ("POWER(w, 3)", "widgets^3"),
    ("2 * w + 0", "widgets"),
    ("w > w2", "dmnl"),
    ("w = 0", "dmnl"),
    ("w > w2 :AND: p > 0", "dmnl"),
    (":NOT: d", "dmnl"),
    ("IF THEN ELSE(p > 0, w, w2)", "widgets"),
    ("IF THEN ELSE(p = :NA:, w, :NA:)", "widgets"),
    ("MIN(w, w2)", "widgets"),
    ("MAX(w, 0)", "widgets"),
    ("ABS(w)", "widgets"),
    ("INTEGER(w)", "widgets"),
    ("MODULO(w, w2)", "widgets"),
    ("QUANTUM(w, w2)", "widgets"),
    ("EXP(d)", "dmnl"),
    ("LN(w / w2)", "dmnl"),
    ("SIN(Time / t)", "dmnl"),
    ("LOG(d, 10)", "dmnl"),
    ("SQRT(area)", "m"),
    ("ZIDZ(w, t)", "widgets/month"),
    ("XIDZ(w, t, rate)", "widgets/month"),
    ("STEP(w, t)", "widgets"),
    ("STEP(w, 5)", "widgets"),
    ("RAMP(rate, t, t)", "widgets"),
    ("PULSE(t, t)", "dmnl"),
    ("PULSE TRAIN(t, t, t, t)", "dmnl"),
    ("SMOOTH(w, t)", "widgets"),
    ("SMOOTH3(w, 5)", "widgets"),
    ("SMOOTHI(w, t, w2)", "widgets"),
    ("SMOOTH N(w, t, w2, d)", "widgets"),
    ("DELAY1(rate, t)", "widgets/month"),
    ("DELAY3I(rate, t, 0)", "widgets/month"),
    ("DELAY N(rate, t, rate, 3)", "widgets/month"),
    ("DELAY FIXED(w, t, w2)", "widgets"),
    ("TREND(w, t, part)", "1/month"),
    ("FORECAST(w, t, t)", "widgets"),
    ("NPV(rate, part, w, 1)", "widgets"),
    ("NPV(rate, part, 0, p)", "widgets*person"),
    ("INTEG(rate, w)", "widgets"),
    ("INTEG(rate, 100)", "widgets"),
    ("INTEG(rate - w * part, 100)", "widgets"),
    ("INITIAL(w)", "widgets"),
    ("ACTIVE INITIAL(w, w2)", "widgets"),
    ("SAMPLE IF TRUE(p > 0, w, w2)", "widgets"),
    ("GAME(w)", "widgets"),
    ("table(w)", "m"),
    ("LOOKUP FORWARD(table, t)", "m"),
    ("SUM(x[D!])", "people"),
    ("VMAX(x[D!])", "people"),
    ("PROD(y0[D!])", "dmnl"),
    ("x[a]", "people"),
    ("ELMCOUNT(D)", "dmnl"),
    ("VECTOR SELECT(x[D!], x[D!], 0, 0, 0)", "people"),
    ("VECTOR ELM MAP(x[a], 1)", "people"),
    ("ALLOCATE AVAILABLE(x[D], y0[D], x[a])", "people"),
    (
        "ALLOCATE BY PRIORITY(x[D], y0[D], ELMCOUNT(D), d, x[a])",
        "people",
    ),
    ("RANDOM NORMAL(w, w, w, w2, 1)", "widgets"),
    ("RANDOM UNIFORM(0, w, 1)", "widgets"),
    ("RANDOM POISSON(w, w, d, w, w, 1)", "widgets"),
    ("RANDOM 0 1()", "dmnl"),
    ("Time + TIME STEP", "month"),
    ("TWICE(w, p)", "widgets*people"),
];

fn with_more(equation: &str, unit: &str) -> String {
    let mut variables = VARIABLES.to_vec();
    variables.push(("y", equation, unit));
    let more = ":MACRO: TWICE(one, other)\nTWICE = one * other * factor ~ one*other ~ |\n\
                factor = 2 ~ dmnl ~ |\n:END OF MACRO:\n\
                D: a, b ~~|\nx[D] = 1, 2 ~ people ~ |\ny0[D] = 1 ~ dmnl ~ |\n\
                table((0,0),(1,1)) ~ m ~ |\n";
    vensim(&variables).replacen("{UTF-8}\n", &format!("{{UTF-8}}\n{more}"), 1)
}

#[test]
fn every_rule_of_vensim() {
    for (equation, unit) in VENSIM {
        assert_eq!(
            said(&with_more(equation, unit), "y"),
            ["agrees"],
            "{equation}"
        );
        let wrong = format!("furlong*({unit})");
        let found = said(&with_more(equation, &wrong), "y");
        assert!(
            found.len() == 1 && found[0].starts_with("The equation is in "),
            "{equation} {found:?}"
        );
    }
}

const XMILE: &[(&str, &str)] = &[
    ("IF p > 0 THEN w ELSE w2", "widgets"),
    ("IF NOT (p > 0) AND d THEN w ELSE 0", "widgets"),
    ("w MOD w2", "widgets"),
    ("MIN(w, w2, w)", "widgets"),
    ("INT(w) + ROUND(w2)", "widgets"),
    ("SAFEDIV(w, t)", "widgets/month"),
    ("SINWAVE(w, t)", "widgets"),
    ("SAFEDIV(w, t, rate)", "widgets/month"),
    ("RAMP(rate, 3)", "widgets"),
    ("PULSE(w, t)", "widgets/month"),
    ("PULSE(w, 1, t)", "widgets/month"),
    ("SMTH1(w, t)", "widgets"),
    ("SMTH3(w, t, w2)", "widgets"),
    ("SMTHN(w, t, 3, w2)", "widgets"),
    ("DELAY(w, t)", "widgets"),
    ("DELAY1(w, t, w2)", "widgets"),
    ("DELAYN(w, t, 3)", "widgets"),
    ("TREND(w, t)", "1/month"),
    ("FORCST(w, t, t, part)", "widgets"),
    ("INIT(w)", "widgets"),
    ("PREVIOUS(w, 0)", "widgets"),
    ("NORMAL(w, w2, 3)", "widgets"),
    ("EXPRND(w)", "widgets"),
    ("LOG10(d) + PI", "dmnl"),
    ("TIME - STARTTIME + DT", "months"),
    ("MEAN(w, w2)", "widgets"),
];

#[test]
fn every_rule_of_xmile() {
    let others: String = VARIABLES
        .iter()
        .map(|(name, equation, unit)| aux(name, equation, unit))
        .collect();
    for (equation, unit) in XMILE {
        let text = |unit: &str| of_xmile(&format!("{others}{}", aux("y", equation, unit)));
        assert_eq!(said(&text(unit), "y"), ["agrees"], "{equation}");
        let found = said(&text(&format!("furlong*({unit})")), "y");
        assert!(
            found.len() == 1 && found[0].starts_with("The equation is in "),
            "{equation} {found:?}"
        );
    }
}

/// Equations that contradict themselves, and what is said.
#[test]
fn contradictions_say_what_stands_against_what() {
    for (equation, unit, wanted) in [
        (
            "w + p",
            "widgets",
            "The left side is in widgets, and the right side in people.",
        ),
        (
            "w < p",
            "dmnl",
            "The left side is in widgets, and the right side in people.",
        ),
        (
            "IF THEN ELSE(d > 0, w, p)",
            "widgets",
            "The value where the condition holds is in widgets, and the value where it does not in people.",
        ),
        (
            "MAX(w, p)",
            "widgets",
            "Value 1 of MAX is in widgets, and value 2 of MAX in people.",
        ),
        (
            "EXP(w)",
            "dmnl",
            "Value 1 of EXP is in widgets, and what is needed there in dimensionless.",
        ),
        (
            "w ^ d",
            "dmnl",
            "The left side is in widgets, and what is needed there in dimensionless.",
        ),
        (
            "d ^ w",
            "dmnl",
            "The right side is in widgets, and what is needed there in dimensionless.",
        ),
        (
            "w ^ 0.123",
            "dmnl",
            "The left side is in widgets, and what is needed there in dimensionless.",
        ),
        (
            "SMOOTH(w, p)",
            "widgets",
            "Value 2 of SMOOTH is in people, and what is needed there in month.",
        ),
        (
            "SMOOTHI(w, t, p)",
            "widgets",
            "Value 1 of SMOOTHI is in widgets, and value 3 of SMOOTHI in people.",
        ),
        (
            "DELAY N(w, t, w, p)",
            "widgets",
            "Value 4 of DELAY N is in people, and what is needed there in dimensionless.",
        ),
        (
            "INTEG(w, w)",
            "widgets",
            "Value 1 of INTEG is in widgets, and what is needed there in widgets/month.",
        ),
        (
            "XIDZ(w, t, w2)",
            "widgets/month",
            "Value 3 of XIDZ is in Widget, and what is needed there in widgets/months.",
        ),
        (
            "TREND(w, t, d)",
            "1/month",
            "Value 3 of TREND is in dimensionless, and what is needed there in 1/month.",
        ),
        (
            "w",
            "people",
            "The equation is in widgets, and the variable in people.",
        ),
    ] {
        let found = said(&with_more(equation, unit), "y");
        assert_eq!(found, [wanted], "{equation}");
    }
    // Where it stands.
    let text = with_more("2 * (w + p)", "widgets");
    let report = report(&text);
    let Verdict::Contradicts(clashes) = &of(&report, "y").verdict else {
        panic!("{report:?}");
    };
    let span = clashes[0].span;
    assert_eq!(text[span.start..span.end].trim_matches(['(', ')']), "w + p");
}

#[test]
fn a_factor_of_time_is_offered() {
    let found = said(&with_more("rate + yearly", "widgets/month"), "y");
    assert_eq!(
        found,
        [
            "The left side is in widgets/month, and the right side in widgets/year. They differ by a \
          factor: 1 (widgets/month) is 12 (widgets/year)."
        ]
    );
    let found = said(&with_more("INTEG(yearly, w)", "widgets"), "y");
    assert!(
        found[0].ends_with("1 (widgets/year) is 0.0833333 (widgets/month)."),
        "{found:?}"
    );
    assert!(!said(&with_more("w + p", "widgets"), "y")[0].contains("factor"));
}

#[test]
fn numbers_without_units() {
    for (equation, unit, wanted) in [
        // A constant gets its unit by what is said of it.
        ("5", "widgets", &["agrees"][..]),
        ("60 * 24 / 7 + 1", "widgets", &["agrees"]),
        ("w + 0", "widgets", &["agrees"]),
        ("d + 5", "dmnl", &["agrees"]),
        ("2 * w", "widgets", &["agrees"]),
    ] {
        assert_eq!(said(&with_more(equation, unit), "y"), wanted, "{equation}");
    }
    let note = |number| {
        format!(
            "The number {number} has no unit and stands beside something in widgets: a constant of \
             its own could have the unit."
        )
    };
    for equation in [
        "w + 5",
        "w - (2 + 3)",
        "MAX(w, 5)",
        "IF THEN ELSE(w > 5, w, 0)",
        "IF THEN ELSE(d > 0, 5, w)",
        "IF THEN ELSE(d > 0, 0, 5)",
    ] {
        let found = said(&with_more(equation, "widgets"), "y");
        assert_eq!(found, ["agrees".to_owned(), note(5)], "{equation}");
    }
}

#[test]
fn what_is_unknown_spreads_no_errors() {
    for (equation, unit, wanted) in [
        ("w + none", "widgets", "unknown: none"),
        ("none * w + p", "people", "unknown: none"),
        ("EXP(none)", "dmnl", "unknown: none"),
        ("w", "", "unknown: y"),
        ("none + w", "", "unknown: y, none"),
        // An error beside it stays one.
        (
            "none + w + p",
            "people",
            "The left side is in widgets, and the right side in people.",
        ),
    ] {
        assert_eq!(
            said(&with_more(equation, unit), "y"),
            [wanted],
            "{equation}"
        );
    }
    let text = with_more("w", "widgets//month");
    assert_eq!(
        said(&text, "y"),
        ["in the unit “widgets//month” here should be the name of a unit: “/month”"]
    );
    // Nobody has said what time is counted in.
    let text = with_more("SMOOTH(w, t)", "widgets").replace("~ month", "~ ");
    assert_eq!(said(&text, "y"), ["unknown: Time"]);
    // A stock and its flow agree all the same, if the flow is for a unit of time.
    let model = "<stock name=\"tank\"><eqn>5</eqn><inflow>fill</inflow><units>liters</units></stock>\
                 <flow name=\"fill\"><eqn>tank/stay</eqn><units>liters/time</units></flow>";
    let text = of_xmile(&format!("{model}{}", aux("stay", "3", "days")))
        .replace("time_units=\"Months\"", "");
    assert_eq!(said(&text, "tank"), ["agrees"]);
    assert_eq!(said(&text, "fill"), ["unknown: Time"]);
    let empty = of_xmile("<aux name=\"y\"><units>m</units></aux>");
    assert_eq!(said(&empty, "y"), ["no equation"]);
}

#[test]
fn a_stock_is_its_flows_times_time() {
    let model = |flow: &str| {
        of_xmile(&format!(
            "<stock name=\"tank\"><eqn>5</eqn><inflow>fill</inflow><outflow>drain</outflow><units>liters</units></stock>\
             <flow name=\"fill\"><eqn>2</eqn><units>{flow}</units></flow>\
             <flow name=\"drain\"><eqn>tank / stay</eqn><units>litre/month</units></flow>{}",
            aux("stay", "3", "months")
        ))
    };
    assert_eq!(said(&model("liters/month"), "tank"), ["agrees"]);
    assert_eq!(said(&model("liters/time"), "tank"), ["agrees"]);
    assert_eq!(said(&model(""), "tank"), ["unknown: fill"]);
    assert_eq!(
        said(&model("liters"), "tank"),
        ["The flow “fill” times time is in liters*Months, and the stock in liters."]
    );
    assert_eq!(said(&model("liters/year"), "tank").len(), 1);
    assert!(said(&model("liters/year"), "tank")[0].contains("1 (liters*Months/year) is 0.0833333"));
    // Where nothing is said, the stock says it.
    let found = report(&model(""));
    assert_eq!(
        of(&found, "fill").offered.as_ref().unwrap().to_string(),
        "liters/Months"
    );
    assert_eq!(of(&found, "drain").offered, None);
}

#[test]
fn units_are_offered_where_equations_have_them() {
    let text = vensim(&[
        ("w", "1", "widgets"),
        ("t", "1", "month"),
        ("flow", "w / t", ""),
        ("twice", "flow * 2", ""),
        ("level", "INTEG(twice, 0)", ""),
        ("number", "5", ""),
        ("wrong", "w + t", ""),
        ("beside", "number * w", ""),
        ("sum", "number + w", ""),
    ]);
    let found = report(&text);
    let offered = |name: &str| of(&found, name).offered.as_ref().map(ToString::to_string);
    for (name, wanted) in [
        ("flow", Some("widgets/month")),
        ("twice", Some("widgets/month")),
        ("level", Some("widgets")),
        ("number", None),
        ("wrong", None),
        ("beside", None),
        ("sum", Some("widgets")),
        ("w", None),
    ] {
        assert_eq!(offered(name).as_deref(), wanted, "{name}");
    }
    // An offer is no statement: nothing contradicts it.
    assert_eq!(said(&text, "twice"), ["unknown: twice, flow"]);
}

#[test]
fn arrays_modules_and_macros_are_looked_at_as_written() {
    let text = with_more("TWICE(w, t) / t", "widgets");
    assert_eq!(said(&text, "y"), ["agrees"]);
    let found = report(&text);
    let inside = of(&found, "TWICE");
    assert_eq!(
        (&inside.verdict, inside.part.as_deref()),
        (&Verdict::Agrees, Some("twice"))
    );
    let wrong = text.replace("one * other * factor", "one + other");
    // It may be called with two that are the same.
    assert_eq!(said(&wrong, "TWICE"), ["unknown: one, other"]);
    let wrong = text.replace("factor = 2 ~ dmnl", "factor = t$ + w$ ~ dmnl");
    assert!(said(&wrong, "factor")[0].starts_with("The left side is in months"));
    // One equation of several elements is wrong.
    let text = "D: a, b ~~|\nx[a] = w ~ widgets ~ |\nx[b] = p ~~|\n";
    let text = with_more("1", "dmnl").replace("D: a, b ~~|\nx[D] = 1, 2 ~ people ~ |\n", text);
    let found = said(&text, "x");
    assert_eq!(
        found,
        ["The equation is in people, and the variable in widgets."]
    );
    let module = "<module name=\"plant\"><connect to=\"plant.w\" from=\"out\"/></module>";
    let part = format!(
        "<model name=\"plant\"><variables>{}{}</variables></model></xmile>",
        aux("w", "1", "widgets"),
        aux("v", "w + .root", "widgets")
    );
    let text = of_xmile(&format!(
        "{}{}{module}",
        aux("out", "plant.v * 2", "widgets"),
        aux("root", "1", "people")
    ));
    let text = text.replace("</xmile>", &part);
    assert_eq!(said(&text, "out"), ["agrees"]);
    let found = report(&text);
    let inside = of(&found, "v");
    assert!(matches!(inside.verdict, Verdict::Contradicts(_)));
    assert_eq!(inside.part.as_deref(), Some("plant"));
}
