//! DOT and Mermaid: expected texts of small documents and of hostile names, and that no document
//! breaks out of its quotes.

use crate::common::document::document;
use crate::common::foreign::{link, variable, with};
use loopstream::format::Export;
use loopstream::format::dot::dot;
use loopstream::format::mermaid::mermaid;
use loopstream::model::{
    Delay, Document, Element, Flow, FlowKind, Id, Note, Placement, Polarity, Station, StationKind,
    Variable, VariableKind,
};
use proptest::prelude::*;

fn station(kind: StationKind, name: &str) -> Element {
    Element::Station(Station {
        kind,
        name: name.to_owned(),
        ..Station::default()
    })
}

fn flow(from: u64, to: u64, kind: FlowKind) -> Element {
    Element::Flow(Flow::new(Id::from_bits(from), Id::from_bits(to), kind))
}

/// Two variables, of which one is a stock, a note, and a small stream.
fn work() -> Document {
    with(
        "Work \"A\"",
        vec![
            (1, variable("pressure")),
            (
                2,
                Element::Variable(Variable {
                    name: "debt".to_owned(),
                    kind: VariableKind::Stock,
                    remark: "Grows\nunseen".to_owned(),
                    ..Variable::default()
                }),
            ),
            (3, variable("")),
            (10, link(1, 2, Polarity::Positive, Delay::Delayed, "later")),
            (11, link(2, 1, Polarity::Negative, Delay::None, "")),
            (12, link(3, 3, Polarity::Unknown, Delay::None, "")),
            (
                20,
                Element::Note(Note {
                    width: 100.0,
                    ..Note::new("look".to_owned(), Placement::default())
                }),
            ),
            (30, station(StationKind::Step, "build")),
            (31, station(StationKind::Queue, "waiting")),
            (32, station(StationKind::Control, "plan")),
            (40, flow(31, 30, FlowKind::Push)),
            (41, flow(30, 30, FlowKind::Rework)),
            (42, flow(32, 30, FlowKind::ManualInformation)),
        ],
    )
}

fn told(export: &Export) -> Vec<String> {
    export.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn dot_has_everything_but_positions() {
    let export = dot(&work());
    assert_eq!(
        export.text,
        r#"digraph {
  graph [label="Work \"A\""];
  node [shape=plaintext];
  n1 [label="unnamed"];
  n2 [label="debt", shape=box, tooltip="Grows\nunseen"];
  n3 [label="pressure"];
  n4 [label="build", shape=rect];
  n5 [label="plan", shape=component];
  n6 [label="waiting", shape=triangle];
  note1 [label="look", shape=note];
  n1 -> n1 [label="?"];
  n2 -> n3 [label="-"];
  n3 -> n2 [label="+ //", style=dashed, tooltip="later"];
  n4 -> n4 [label="rework", style="bold,dashed"];
  n5 -> n4 [label="information", style=dotted];
  n6 -> n4 [label="push", style=bold];
}
"#
    );
    assert!(export.warnings.is_empty());
}

#[test]
fn mermaid_has_what_a_flowchart_can_show() {
    let export = mermaid(&work());
    assert_eq!(
        export.text,
        r##"---
title: "Work \"A\""
---
flowchart LR
  n1("unnamed")
  n2["debt"]:::stock
  n3("pressure")
  n4[["build"]]
  n5>"plan"]
  n6{{"waiting"}}
  n1 -->|"?"| n1
  n2 -->|"#45;"| n3
  n3 -.->|"#43; //"| n2
  n4 ==>|"rework"| n4
  n5 -.->|"information"| n4
  n6 ==>|"push"| n4
"##
    );
    assert_eq!(
        told(&export),
        [
            "1 note on the canvas is left out",
            "2 notes on elements are left out"
        ]
    );
}

/// Names that mean something in one language or the other.
const HOSTILE: [&str; 12] = [
    "\"]; a -> b [label=\"",
    "\\\" \\N \\",
    "a\r\nb\rc\nd\u{0}e",
    "<b>bold</b> &amp; &lt;",
    "<<table>>",
    "#quot; #35; |x| [y] {z}",
    "`md` $$x$$ %%{init}%% fa:fa-x",
    "end; style x:y#1;",
    "// /* -- \u{e9} \u{1F98A}",
    "- item",
    "  12. *list*",
    "a_b@c.d (1.5)",
];

fn hostile() -> Document {
    let elements = (1..)
        .zip(HOSTILE)
        .map(|(bits, name)| (bits, variable(name)));
    with("", elements.collect())
}

#[test]
fn hostile_names_stay_in_their_quotes_in_dot() {
    assert_eq!(
        dot(&hostile()).text,
        r##"digraph {
  node [shape=plaintext];
  n1 [label="  12. *list*"];
  n2 [label="\"]; a -> b [label=\""];
  n3 [label="#quot; #35; |x| [y] {z}"];
  n4 [label="- item"];
  n5 [label="// /* -- é 🦊"];
  n6 [label="<<table>>"];
  n7 [label="<b>bold</b> &amp;amp; &amp;lt;"];
  n8 [label="\\\" \\N \\"];
  n9 [label="`md` $$x$$ %%{init}%% fa:fa-x"];
  n10 [label="a\nb\nc\nd e"];
  n11 [label="a_b@c.d (1.5)"];
  n12 [label="end; style x:y#1;"];
}
"##
    );
}

#[test]
fn hostile_names_stay_in_their_quotes_in_mermaid() {
    assert_eq!(
        mermaid(&hostile()).text,
        r##"flowchart LR
  n1("12#46; #42;list#42;")
  n2("#quot;#93;#59; a -#62; b #91;label=#quot;")
  n3("#35;quot#59; #35;35#59; #124;x#124; #91;y#93; #123;z#125;")
  n4("#45; item")
  n5("// /#42; -- é 🦊")
  n6("#60;#60;table#62;#62;")
  n7("#60;b#62;bold#60;/b#62; #38;amp#59; #38;lt#59;")
  n8("#92;#quot; #92;N #92;")
  n9("#96;md#96; #36;#36;x#36;#36; #37;#37;#123;init#125;#37;#37; fa#58;fa-x")
  n10("a<br/>b<br/>c<br/>d e")
  n11("a#95;b#64;c.d (1.5)")
  n12("end#59; style x#58;y#35;1#59;")
"##
    );
}

/// Each line of DOT with what stands in quotes taken out.
fn outside_quotes(line: &str) -> String {
    let mut outside = String::new();
    let mut characters = line.chars();
    let mut inside = false;
    while let Some(character) = characters.next() {
        match character {
            '"' => inside = !inside,
            '\\' if inside => {
                characters.next();
            }
            other if !inside => outside.push(other),
            _ => {}
        }
    }
    assert!(!inside, "{line}");
    outside
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_document_is_one_statement_a_line(document in document()) {
        let nodes = document.variables().len() + document.stations().len();
        let edges = document.links().len() + document.flows().len();
        let titled = usize::from(!document.properties().title.is_empty());
        let text = dot(&document).text;
        prop_assert_eq!(text.lines().count(), 3 + titled + nodes + document.notes().len() + edges);
        for line in text.lines() {
            let plain = outside_quotes(line);
            let known = |character: char| character.is_ascii_alphanumeric() || " {}[]=,;->".contains(character);
            prop_assert!(plain.chars().all(known), "{}", line);
        }
        let text = mermaid(&document).text;
        let lines: Vec<&str> = text.lines().collect();
        let head = 1 + 3 * titled;
        prop_assert_eq!(lines.len(), head + nodes + edges);
        for line in &lines[head..] {
            // Two quotes a line, and nothing within that could end the text.
            let parts: Vec<&str> = line.split('"').collect();
            prop_assert_eq!(parts.len(), 3, "{}", line);
            prop_assert!(!parts[1].contains(['\\', '`', '[', ']', '{', '}', '|', ':', '&', '*', '_']), "{}", line);
        }
    }
}
