//! Conveyors, flows that are multiplied on their way, and equations of the start.

use std::collections::VecDeque;
use std::sync::Arc;

use loopstream::simulate::{Method, Results, Settings, compile, read};
use proptest::prelude::*;

use super::common::{aux, column, run, run_of, run_with, specs, xmile};
use super::module;

/// A conveyor that a wish fills, with the inside of its `<conveyor>`.
fn conveyor(inside: &str, initial: &str, wish: &str) -> String {
    aux("wish", wish)
        + "<flow name=\"in\"><eqn>wish</eqn></flow><flow name=\"out\"><non_negative/></flow>"
        + &format!(
            "<stock name=\"belt\"><eqn>{initial}</eqn><inflow>in</inflow><outflow>out</outflow>\
             <conveyor>{inside}</conveyor></stock>"
        )
}

/// The parts of a belt, moved one by one: in each step the last leaves, as much is let on as there
/// is room for, and all move on.
fn moved(wishes: &[f64], dt: f64, time: f64, initial: f64, capacity: f64) -> Vec<[f64; 3]> {
    let mut parts = 1;
    while f64::from(parts) + 0.5 <= time / dt {
        parts += 1;
    }
    let mut belt = VecDeque::from(vec![initial / f64::from(parts); parts as usize]);
    let mut rows = Vec::new();
    for wish in wishes {
        let content: f64 = belt.iter().sum();
        let leaves = belt.pop_back().unwrap();
        let room = (capacity - (content - leaves)).max(0.0);
        let enters = (wish * dt).min(room);
        belt.push_front(enters);
        rows.push([enters / dt, leaves / dt, content]);
    }
    rows
}

fn near(a: f64, b: f64, size: f64) -> bool {
    (a - b).abs() <= 1e-9 * size.max(1.0)
}

const WISHES: [&str; 5] = [
    "5 + 3*SIN(TIME)",
    "STEP(4, 2) + 1",
    "PULSE(10, 1, 3)",
    "TIME*TIME",
    "IF INT(TIME) MOD 2 = 0 THEN 6 ELSE 0",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn belts_move_part_by_part(
        dt in proptest::sample::select(vec!["0.125", "0.25", "0.5", "1"]),
        time in 0.0..7.0_f64,
        initial in proptest::sample::select(vec![0.0, 3.0, 40.0]),
        capacity in proptest::sample::select(vec![None, Some(0.0), Some(7.5), Some(25.0)]),
        wish in proptest::sample::select(WISHES.to_vec()),
    ) {
        let most = capacity.map_or(String::new(), |most| format!("<capacity>{most}</capacity>"));
        let inside = format!("<len>{time}</len>{most}");
        let variables = conveyor(&inside, &initial.to_string(), wish);
        let text = xmile(&specs("12", dt, "Euler"), "", &variables);
        let compiled = Arc::new(compile(&read(&text).unwrap(), &Settings::default()).unwrap());
        prop_assert_eq!(compiled.refused(), []);
        prop_assert_eq!(module::same(&compiled), Ok(()));
        let results = run(&text);
        let dt: f64 = dt.parse().unwrap();
        let wishes = column(&results, "wish");
        let rows = moved(&wishes, dt, time, initial, capacity.unwrap_or(f64::INFINITY));
        for (at, name) in ["in", "out", "belt"].into_iter().enumerate() {
            for (row, value) in rows.iter().zip(column(&results, name)) {
                prop_assert!(near(row[at], value, 1000.0), "{}: {} {}\n{}", name, row[at], value, text);
            }
        }
    }
}

#[test]
fn a_conveyor_lets_out_what_it_took_in() {
    let text = xmile(
        &specs("6", "1", "Euler"),
        "",
        &conveyor("<len>half * 2</len>", "6", "IF TIME = 0 THEN 9 ELSE 0"),
    );
    let text = text.replace(
        "</variables>",
        &format!("{}</variables>", aux("half", "1.5")),
    );
    let results = run(&text);
    assert_eq!(column(&results, "out"), [2.0, 2.0, 2.0, 9.0, 0.0, 0.0, 0.0]);
    assert_eq!(
        column(&results, "belt"),
        [6.0, 13.0, 11.0, 9.0, 0.0, 0.0, 0.0]
    );
}

#[test]
fn elements_have_conveyors_of_their_own() {
    let dimensions =
        "<dimensions><dim name=\"D\"><elem name=\"a\"/><elem name=\"b\"/></dim></dimensions>";
    let of = "<dimensions><dim name=\"D\"/></dimensions>";
    let variables = format!(
        "<aux name=\"long\">{of}<element subscript=\"a\"><eqn>1</eqn></element>\
         <element subscript=\"b\"><eqn>2</eqn></element></aux>\
         <flow name=\"in\">{of}<eqn>10 * D</eqn></flow><flow name=\"out\">{of}</flow>\
         <stock name=\"belt\">{of}<eqn>0</eqn><inflow>in</inflow><outflow>out</outflow>\
         <conveyor><len>long</len></conveyor></stock>"
    );
    let results = run(&xmile(&specs("3", "1", "Euler"), dimensions, &variables));
    assert_eq!(column(&results, "out[a]"), [0.0, 10.0, 10.0, 10.0]);
    assert_eq!(column(&results, "out[b]"), [0.0, 0.0, 20.0, 20.0]);
    assert_eq!(column(&results, "belt[b]"), [0.0, 20.0, 40.0, 40.0]);
}

/// The run of what can be computed, and why the rest cannot.
fn partly(text: &str, settings: &Settings) -> (Results, Vec<String>) {
    let compiled = compile(&read(text).unwrap(), settings).unwrap();
    let said = compiled.refused().iter().map(ToString::to_string).collect();
    (run_of(compiled).unwrap(), said)
}

#[test]
fn what_is_not_certain_of_conveyors_is_refused_by_name() {
    let text = |inside: &str, flows: &str| {
        let variables = conveyor(inside, "6", "3") + &aux("apart", "1") + flows;
        xmile(&specs("2", "1", "Euler"), "", &variables)
    };
    for (inside, words) in [
        (
            "<len>3</len><in_limit>2</in_limit>",
            "“belt”: a conveyor with a limit of what gets on it",
        ),
        (
            "<len>3</len><sample>1</sample>",
            "“belt”: a conveyor that samples its transit time",
        ),
        (
            "<len>3</len><arrest>0</arrest>",
            "“belt”: a conveyor that can be arrested",
        ),
        (
            "<len>TIME</len>",
            "“out”: a conveyor whose transit time changes during the run",
        ),
        ("", "“belt”: a conveyor without a transit time"),
    ] {
        let (results, said) = partly(&text(inside, ""), &Settings::default());
        assert!(said.len() == 1 && said[0].starts_with(words), "{said:?}");
        assert!(results.index_of("out").is_none() && results.index_of("belt").is_none());
        assert_eq!(column(&results, "apart"), [1.0; 3]);
    }
    let rk = Settings {
        method: Some(Method::Rk4),
        ..Settings::default()
    };
    let (_, said) = partly(&text("<len>3</len>", ""), &rk);
    assert!(said[0].contains("Euler"), "{said:?}");
    let leaks = text(
        "<len>3</len>",
        "<flow name=\"lost\"><eqn>0.1</eqn><leak/></flow>",
    )
    .replace(
        "<outflow>out</outflow>",
        "<outflow>out</outflow><outflow>lost</outflow>",
    );
    let (results, said) = partly(&leaks, &Settings::default());
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(results.index_of("out").is_none());
    // A queue is not known; what comes out of it hangs on it, and no equation is asked for.
    let queue = text("<len>3</len>", "").replace("<conveyor><len>3</len></conveyor>", "<queue/>");
    let (_, said) = partly(&queue, &Settings::default());
    assert_eq!(said, ["“belt”: a queue cannot run here"]);
}

#[test]
fn a_flow_may_be_multiplied_on_its_way() {
    let variables = "<stock name=\"from\"><eqn>100</eqn><outflow>f</outflow></stock>\
                     <flow name=\"f\"><eqn>4</eqn><multiplier>2 + TIME</multiplier></flow>\
                     <stock name=\"to\"><eqn>0</eqn><inflow>f</inflow></stock>";
    let text = xmile(&specs("3", "0.5", "Euler"), "", variables);
    let results = run(&text);
    let mut to = 0.0;
    for (step, (from, at)) in column(&results, "from")
        .iter()
        .zip(column(&results, "to"))
        .enumerate()
    {
        let time = 0.5 * step as f64;
        assert!(
            near(*from, 100.0 - 4.0 * time, 1.0) && near(at, to, 1.0),
            "{from} {at}"
        );
        to += 0.5 * 4.0 * (2.0 + time);
    }
    assert_eq!(column(&results, "f"), [4.0; 7]);
}

#[test]
fn an_equation_of_the_start_holds_for_the_start() {
    let variables = "<aux name=\"x\"><eqn>TIME + 5 + s</eqn><init_eqn>7</init_eqn></aux>\
                     <stock name=\"s\"><eqn>x</eqn><inflow>f</inflow></stock>\
                     <flow name=\"f\"><eqn>1</eqn></flow>";
    let results = run(&xmile(&specs("2", "1", "Euler"), "", variables));
    assert_eq!(column(&results, "s"), [7.0, 8.0, 9.0]);
    assert_eq!(column(&results, "x"), [12.0, 14.0, 16.0]);
}

#[test]
fn names_keep_their_quotes_and_points() {
    let variables = aux("one \\&quot;best\\&quot;", "3")
        + &aux("two", "\"one \\\"best\\\"\" * 2")
        + &aux("a, b", "5")
        + &aux("sum", "\"tank (x)\".level + \"tank (x)\".\"half, more\"")
        + "<module name=\"tank (x)\" model=\"tank\">\
           <connect to=\"&quot;tank (x)&quot;.rate\" from=\"&quot;a, b&quot;\"/></module>";
    let part = "<model name=\"tank\"><variables><stock name=\"level\"><eqn>1</eqn>\
                <inflow>fill</inflow></stock><flow name=\"fill\"><eqn>rate</eqn></flow>\
                <aux name=\"half, more\"><eqn>rate / 2</eqn></aux>\
                <aux name=\"rate\" access=\"input\"><eqn>99</eqn></aux></variables></model></xmile>";
    let text = xmile(&specs("1", "1", "Euler"), "", &variables).replace("</xmile>", part);
    let results = run(&text);
    assert_eq!(column(&results, "two"), [6.0; 2]);
    assert_eq!(column(&results, "tank (x).level"), [1.0, 6.0]);
    assert_eq!(column(&results, "sum"), [3.5, 8.5]);
}

#[test]
fn rows_and_columns_change_places() {
    let dimensions = "<dimensions><dim name=\"D\"><elem name=\"p\"/><elem name=\"q\"/></dim>\
                      <dim name=\"E\" size=\"2\"/></dimensions>";
    let square = "<dimensions><dim name=\"D\"/><dim name=\"D\"/></dimensions>";
    let variables = format!(
        "<aux name=\"a\">{square}<element subscript=\"p, p\"><eqn>1</eqn></element>\
         <element subscript=\"p, q\"><eqn>2</eqn></element>\
         <element subscript=\"q, p\"><eqn>3</eqn></element>\
         <element subscript=\"q, q\"><eqn>4</eqn></element></aux>\
         <aux name=\"same\">{square}<eqn>a</eqn></aux>\
         <aux name=\"turned\">{square}<eqn>a'</eqn></aux>\
         <aux name=\"m\"><dimensions><dim name=\"D\"/><dim name=\"E\"/></dimensions><eqn>D + 10*E</eqn></aux>\
         <aux name=\"across\"><dimensions><dim name=\"E\"/><dim name=\"D\"/></dimensions><eqn>m'</eqn></aux>"
    ) + &aux("all", "SUM(a * a')");
    let results = run(&xmile(&specs("0", "1", "Euler"), dimensions, &variables));
    let of = |name: &str| column(&results, name)[0];
    let four = |name: &str| ["p,p", "p,q", "q,p", "q,q"].map(|key| of(&format!("{name}[{key}]")));
    assert_eq!(four("same"), [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(four("turned"), [1.0, 3.0, 2.0, 4.0]);
    assert_eq!(of("all"), 1.0 + 6.0 + 6.0 + 16.0);
    assert_eq!(of("across[2,p]"), of("m[p,2]"));
}

#[test]
fn a_macro_may_give_several_results() {
    let text = super::common::mdl(
        ":MACRO: SPLIT(x, part : low, store)\nSPLIT = x ~~|\nlow = x * part ~~|\n\
         store = INTEG(x - low, 0) ~~|\n:END OF MACRO:\nD: p, q ~~|\nr[D] = 8, 16 ~~|\n\
         all = SPLIT(10, 0.25 : mine, kept) ~~|\n\
         each[D] = SPLIT(r[D], 0.5 : half[D], rest[D]) ~~|\nsum = mine + kept + half[q] ~~|\n\
         wrong = 1 + SPLIT(1, 1 : no, not) ~~|\napart = SPLIT(1, 0.5) ~~|",
        "2",
        "1",
    );
    let (results, said) = partly(&text, &Settings::default());
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("“wrong”"));
    assert_eq!(column(&results, "kept"), [0.0, 7.5, 15.0]);
    assert_eq!(column(&results, "mine"), [2.5; 3]);
    assert_eq!(column(&results, "half[q]"), [8.0; 3]);
    assert_eq!(column(&results, "rest[p]"), [0.0, 4.0, 8.0]);
    assert_eq!(column(&results, "sum"), [10.5, 18.0, 25.5]);
    assert_eq!(column(&results, "apart"), [1.0; 3]);
}

#[test]
fn waves_turn_once_in_a_period() {
    let variables = aux("s", "SINWAVE(3, 8)") + &aux("c", "COSWAVE(2, 4)");
    let text = xmile(&specs("8", "1", "Euler"), "", &variables);
    let results = run_with(&text, &Settings::default()).unwrap();
    for (time, value) in [(0, 0.0), (2, 3.0), (4, 0.0), (6, -3.0), (8, 0.0)] {
        assert!(near(column(&results, "s")[time], value, 1.0));
    }
    for (time, value) in [(0, 2.0), (1, 0.0), (2, -2.0), (4, 2.0)] {
        assert!(near(column(&results, "c")[time], value, 1.0));
    }
}
