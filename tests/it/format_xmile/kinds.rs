//! Files as they are in the field: the layout of drafts and of Stella 10, causes that are not drawn,
//! connectors for what something begins with, modules.

use loopstream::causal::{LoopAnalysis, Progress};
use loopstream::format::{open_text, xmile};
use loopstream::model::{
    Delay, Document, Element, Id, IdSource, Link, Polarity, Variable, VariableKind,
};

use crate::common::models::{changed, difference, named, shown, warnings};
use crate::common::outside;
use crate::format_xmile::opened;

/// Each link as `from +> to`, with `//` if it is delayed; sorted.
fn links(document: &Document) -> Vec<String> {
    let words = |(from, to, polarity, delay, _): (String, String, Polarity, Delay, f64)| {
        let sign = match polarity {
            Polarity::Positive => '+',
            Polarity::Negative => '-',
            Polarity::Unknown => '?',
        };
        let delay = if delay == Delay::Delayed { " //" } else { "" };
        format!("{from} {sign}> {to}{delay}")
    };
    let mut links: Vec<String> = shown(document).links.into_iter().map(words).collect();
    links.sort();
    links
}

fn loops(document: &Document) -> (u64, u64, u64) {
    let mut analysis = LoopAnalysis::new(document, 100);
    assert_eq!(analysis.advance(u64::MAX), Progress::Finished);
    let counts = analysis.report(document).counts;
    (counts.reinforcing, counts.balancing, counts.undetermined)
}

fn read(text: &str) -> (Document, Vec<String>) {
    let read = opened(text);
    assert_eq!(xmile::write(&read.document).text, text);
    (read.document, warnings(&read.warnings))
}

fn again(document: &Document) -> String {
    let text = xmile::write(document).text;
    let again = xmile::read(&text, &mut IdSource::new(3)).unwrap().document;
    assert_eq!(links(&again), links(document), "{text}");
    let names = |document: &Document| -> Vec<_> {
        let all = shown(document).variables.into_iter();
        all.map(|variable| (variable.0, variable.1, variable.3))
            .collect()
    };
    assert_eq!(names(&again), names(document), "{text}");
    text
}

const DRAFT: &str = r#"<?xml version="1.0" encoding="utf-8" ?>
<xmile version="1.0" level="3" xmlns="http://www.systemdynamics.org/XMILE">
    <header><name>Shelf</name></header>
    <model>
        <stock name="Books">
            <eqn>20</eqn>
            <inflow>Buying</inflow>
            <outflow>Lending</outflow>
            <non_negative />
            <display x="300" y="200" />
        </stock>
        <flow name="Buying">
            <eqn>Money/4</eqn>
            <display x="180" y="200"><pts><pt x="100" y="200" /><pt x="278" y="200" /></pts></display>
        </flow>
        <flow name="Lending">
            <eqn>Books*Readers*0.1</eqn>
            <display x="420" y="200"><pts><pt x="322" y="200" /><pt x="500" y="200" /></pts></display>
        </flow>
        <aux name="Readers">
            <eqn>3</eqn>
            <display x="420" y="320" />
        </aux>
        <aux name="Money">
            <eqn>100</eqn>
            <display x="180" y="320" />
        </aux>
        <display page_width="572" page_height="819">
            <connector uid="1" angle="90"><from>Books</from><to>Lending</to></connector>
            <connector uid="2" angle="90"><from>Readers</from><to>Lending</to></connector>
            <text_box uid="3" x="10" y="20" width="80" height="20">A note</text_box>
        </display>
    </model>
</xmile>
"#;

#[test]
fn variables_that_say_themselves_where_they_stand_are_drawn_there() {
    let (document, told) = read(DRAFT);
    assert_eq!(
        links(&document),
        [
            "Books +> Lending",
            "Buying +> Books",
            "Lending -> Books",
            "Money +> Buying",
            // Books are never negative, the model says.
            "Readers +> Lending",
        ]
    );
    assert_eq!(loops(&document), (0, 1, 0));
    let draws = shown(&document);
    let books = &draws.variables[0];
    assert_eq!(
        (books.0.as_str(), books.1, books.3),
        ("Books", VariableKind::Stock, [600.0, 400.0])
    );
    assert_eq!(draws.notes[0].0, "A note");
    assert_eq!(
        told[0],
        "1 link has no connector, and is drawn because the equation has it: Money \u{2192} Buying"
    );

    // The same model in XMILE 1.0 is the same.
    let definitions = DRAFT
        .replace("<model>", "<model><variables>")
        .replace(
            "        <display page_width",
            "</variables><views><view page_width",
        )
        .replace(
            "        </display>\n    </model>",
            "</view></views></model>",
        );
    let mut views = String::new();
    for (tag, name, x, y) in [
        ("stock", "Books", 300, 200),
        ("flow", "Buying", 180, 200),
        ("flow", "Lending", 420, 200),
        ("aux", "Readers", 420, 320),
        ("aux", "Money", 180, 320),
    ] {
        views.push_str(&format!("<{tag} name=\"{name}\" x=\"{x}\" y=\"{y}\"/>"));
    }
    let mut standard = String::new();
    let mut rest = definitions.as_str();
    while let Some(start) = rest.find("<display") {
        standard.push_str(&rest[..start]);
        let after = &rest[start..];
        let end = after.find('>').unwrap();
        rest = if after[..end].ends_with('/') {
            &after[end + 1..]
        } else {
            &after[after.find("</display>").unwrap() + 10..]
        };
    }
    standard.push_str(rest);
    let standard = standard.replacen("<connector", &format!("{views}<connector"), 1);
    assert_eq!(shown(&read(&standard).0), shown(&document));
}

#[test]
fn a_model_in_the_layout_of_drafts_is_written_in_it() {
    let document = read(DRAFT).0;
    let [books, money] = ["Books", "Money"].map(|name| named(&document, name));
    let [id, link] = [1, 2].map(Id::from_bits);
    let changed = changed(&document, |edit| {
        edit.change(books, |element| {
            if let Element::Variable(variable) = element {
                variable.name = "Books of all".to_owned();
                variable.placement.position.x += 20.0;
            }
        });
        let mut new = Variable {
            name: "Rent".to_owned(),
            kind: VariableKind::Stock,
            remark: "Each month.".to_owned(),
            ..Variable::default()
        };
        new.placement.position.y = 700.0;
        edit.set(id, Some(Element::Variable(new)));
        let rent = Link {
            polarity: Polarity::Negative,
            ..Link::new(id, money, 0.0)
        };
        edit.set(link, Some(Element::Link(rent)));
    });
    let text = again(&changed);
    let (gone, come) = difference(DRAFT, &text);
    assert!(
        gone.contains(&"<display x=\"300\" y=\"200\" />".to_owned()),
        "{gone:?}"
    );
    assert!(
        come.contains(&"<display x=\"310\" y=\"200\" />".to_owned()),
        "{come:?}"
    );
    assert!(
        text.contains("<eqn>Books_of_all*Readers*0.1</eqn>"),
        "{text}"
    );
    assert!(
        text.contains(
            "<stock name=\"Rent\"><doc>Each month.</doc><display x=\"0\" y=\"350\"/></stock>"
        ),
        "{text}"
    );
    assert!(!text.contains("<views>") && !text.contains("<variables>"));
    // Without places there is nothing but circles, and then each says where it stands.
    let unplaced = DRAFT
        .lines()
        .filter(|line| !line.contains("<display x="))
        .collect::<Vec<_>>()
        .join("\n");
    assert_eq!(links(&read(&unplaced).0), links(&document));
}

const MODULES: &str = r#"<xmile version="1.0"><header><name>Two rooms</name></header><model>
<variables>
<module name="warm room"><connect to="warm_room.outside" from=".sun"/><connect to="warm_room.other" from="cold_room.heat"/></module>
<module name="cold room"><connect to="cold_room.other" from="warm_room.heat"/></module>
<aux name="sun"><eqn>5</eqn></aux>
<aux name="mean"><eqn>(warm_room.heat + cold_room.heat)/2 + sun</eqn></aux>
</variables>
<views><view>
<module name="warm room" x="100" y="100" width="60" height="40"/>
<module name="cold room" x="300" y="100"/>
<aux name="sun" x="100" y="200"/><aux name="mean" x="300" y="200"/>
<connector uid="1" angle="0"><from>warm_room</from><to>cold_room</to></connector>
<connector uid="2" angle="0"><from>sun</from><to>warm_room</to></connector>
<connector uid="3" angle="0"><from>sun</from><to>cold_room</to></connector>
</view></views></model>
<model name="warm_room"><variables><stock name="heat"><eqn>0</eqn></stock></variables></model>
<model name="cold_room"><variables><stock name="heat"><eqn>0</eqn></stock></variables></model>
</xmile>
"#;

#[test]
fn modules_are_drawn_as_what_they_connect() {
    let (document, told) = read(MODULES);
    assert_eq!(
        links(&document),
        [
            "cold room ?> mean",
            "cold room ?> warm room",
            "sun +> mean",
            "sun ?> cold room",
            "sun ?> warm room",
            "warm room ?> cold room",
            "warm room ?> mean",
        ]
    );
    assert_eq!(loops(&document), (0, 0, 1));
    assert_eq!(shown(&document).variables[3].3, [260.0, 240.0]);
    let is_told = |words: &str| assert!(told.iter().any(|told| told == words), "{told:?}");
    is_told(
        "2 modules are drawn as one variable each: what is in them is kept, but not looked at: \
         warm room, cold room",
    );
    is_told(
        "1 connector leads to a variable whose equation does not have its cause; it is drawn: \
         sun \u{2192} cold room",
    );

    let warm = named(&document, "warm room");
    let renamed = changed(&document, |edit| {
        edit.change(warm, |element| {
            if let Element::Variable(variable) = element {
                variable.name = "hot room".to_owned();
            }
        });
    });
    let text = again(&renamed);
    assert!(!text.contains("warm"), "{text}");
    assert!(
        text.contains("(hot_room.heat + cold_room.heat)/2"),
        "{text}"
    );
    assert!(text.contains("<model name=\"hot room\">"), "{text}");
}

fn model(variables: &str, connectors: &[(&str, &str)]) -> String {
    let mut view = String::new();
    for (number, definition) in variables.split("<aux name=\"").skip(1).enumerate() {
        let name = definition.split('"').next().unwrap();
        view.push_str(&format!(
            "<aux name=\"{name}\" x=\"{}\" y=\"9\"/>",
            number * 200
        ));
    }
    for (from, to) in connectors {
        view.push_str(&format!(
            "<connector angle=\"9\"><from>{from}</from><to>{to}</to></connector>"
        ));
    }
    format!(
        "<xmile><model><variables>{variables}</variables><views><view>{view}</view></views></model></xmile>"
    )
}

#[test]
fn what_something_begins_with_causes_nothing_later_and_delays_are_marked() {
    let variables = "<aux name=\"a\"><eqn>5</eqn></aux><aux name=\"b\"><eqn>SMTH1(a, 3, d)</eqn></aux>\
        <aux name=\"c\"><eqn>INIT(b) + DELAY(b, 2) + IF d &gt; 0 THEN 1 ELSE 2</eqn></aux>\
        <aux name=\"d\"><eqn>{c}</eqn></aux><aux name=\"e\"><eqn>NAN(a,b)</eqn></aux>";
    let (document, told) = read(&model(variables, &[("d", "b"), ("a", "b"), ("d", "e")]));
    assert_eq!(
        links(&document),
        [
            "a ?> e",
            "a +> b //",
            "b ?> e",
            "b +> c //",
            "d -> c",
            "d ?> e"
        ]
        .map(str::to_owned)
        .into_iter()
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect::<Vec<_>>()
    );
    assert_eq!(
        told[0],
        "1 connector is only for what its effect begins with, which is no link: d \u{2192} b"
    );
}

#[test]
fn signs_follow_from_tables_ranges_and_quantities_that_are_never_negative() {
    let variables = "<aux name=\"a\"><eqn>b * c</eqn><range min=\"0\" max=\"9\"/></aux>\
        <aux name=\"b\"><eqn>time</eqn><gf><xscale min=\"0\" max=\"2\"/><ypts>4,1,0</ypts></gf></aux>\
        <aux name=\"c\"><eqn>3</eqn></aux>\
        <aux name=\"d\"><eqn>a * f</eqn></aux>\
        <aux name=\"f\"><eqn>a * b</eqn><gf><xscale min=\"0\" max=\"2\"/><ypts>4,1,-2</ypts></gf></aux>";
    let (document, _) = read(&model(variables, &[]));
    assert_eq!(
        links(&document),
        ["a -> f", "a ?> d", "b +> a", "b -> f", "c +> a", "f +> d"]
    );
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn files_of_the_field_give_what_they_must() {
    for (name, expected, found) in [
        (
            "stella-10.stmx",
            vec![
                "Births +> Fish",
                "Catch -> Fish",
                "Effort +> Catch",
                "Fish +> Births",
                "Fish +> Catch",
            ],
            (1, 1, 0),
        ),
        (
            "truth-xmile-undrawn-cause.stmx",
            vec![
                "contacts +> falling ill",
                "everybody +> contacts",
                "falling ill +> ill",
                "ill +> everybody",
            ],
            (1, 0, 0),
        ),
    ] {
        let text = outside::text_of(&format!("field/{name}"));
        let read = open_text(&text, &mut IdSource::new(11)).unwrap();
        assert_eq!(links(&read.document), expected, "{name}");
        assert_eq!(loops(&read.document), found, "{name}");
        assert_eq!(read.document.variables().len(), 4, "{name}");
        assert_eq!(xmile::write(&read.document).text, text, "{name}");
    }
}
