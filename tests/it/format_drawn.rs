//! Graphs of other programs that are drawn from text: DOT and Mermaid, as people paste them.

use crate::common::document::assert_valid;
use crate::common::foreign::{links, told, variables};
use loopstream::format::{ImportResult, Limits, Positions, dot, mermaid, open_text};
use loopstream::model::IdSource;

fn opened(text: &str) -> ImportResult {
    let opened = open_text(text, &mut IdSource::new(5)).unwrap();
    assert_valid(&opened.document);
    assert_eq!(opened.positions, Positions::Missing);
    opened
}

#[test]
fn a_graph_of_graphviz_comes_over() {
    let opened = opened(
        r#"// Drawn by hand
        digraph feedback {
            label="Work \"A\""; rankdir=LR
            node [shape=plaintext, color=red]
            pressure; debt [shape=box, tooltip="Grows\nunseen"]
            "hours worked" [label="hours\nworked"]
            pressure -> debt -> pressure [label="+ //"];
            debt -> { "hours worked" errors } [xlabel="-"]
            errors -> errors [label=<<b>+</b> slips>, dir=forward, penwidth=2]
            memo [shape=note, label="look"]
            subgraph cluster_1 { label=group; errors:n -> pressure:s:e [dir=back] }
        }"#,
    );
    assert_eq!(opened.document.properties().title, "Work \"A\"");
    assert_eq!(
        variables(&opened.document),
        [
            "[debt]: Grows\nunseen",
            "errors",
            "hours\nworked",
            "pressure"
        ]
    );
    assert_eq!(
        links(&opened.document),
        [
            "debt +> pressure //",
            "debt -> errors",
            "debt -> hours\nworked",
            "errors +> errors (slips)",
            "pressure +> debt //",
            "pressure ?> errors",
        ]
    );
    let notes: Vec<_> = opened.document.notes().values().collect();
    assert_eq!(notes[0].text, "look");
    assert_eq!(
        told(&opened),
        [
            "1 group was left out; its nodes are there",
            "1 label is HTML, of which only the words were kept",
            "further attributes were left out: color, penwidth",
        ]
    );
}

#[test]
fn a_box_is_a_stock_only_where_words_are_not_in_boxes() {
    let of = |shape: &str| {
        let text = format!("digraph {{ node [shape={shape}] a [shape=box] }}");
        variables(&opened(&text).document)
    };
    assert_eq!(of("plaintext"), ["[a]"]);
    assert_eq!(of("box"), ["a"]);
    assert_eq!(of("ellipse"), ["a"]);
}

#[test]
fn edges_without_a_direction_are_told() {
    let graph = opened("strict graph { a -- b; a -- b [label=s]; c -- a [dir=both, label=\"-\"] }");
    assert_eq!(
        links(&graph.document),
        [
            "a -> c",
            "a ?> b (Without a direction in the graph.)",
            "c -> a"
        ]
    );
    assert_eq!(
        told(&graph),
        [
            "1 edge has no direction: it is a link in the order in which it is written, and its \
             note says so"
        ]
    );
    let chart = opened("graph TD\na --- b\nb <--> |+| c");
    assert_eq!(
        links(&chart.document),
        [
            "a ?> b (Without a direction in the flowchart.)",
            "b +> c",
            "c +> b"
        ]
    );
}

#[test]
fn a_flowchart_comes_over() {
    let opened = opened(
        "```mermaid\n---\ntitle: Fear\n---\n%% by hand\nflowchart TD\n  A[Batch size] -->|+| B(Risk) & C((Fear))\n  \
         B -- \"- later //\" --> A; C -.->|#43;| B\n  D[\"Trust <br/> in #quot;us#quot;\"]:::stock ~~~ A\n\
         subgraph one [Group]\n direction LR\n E ==> A\nend\nclassDef stock fill:#fff\nA --> \n\
         this is nothing\n```\n",
    );
    assert_eq!(opened.document.properties().title, "Fear");
    assert_eq!(
        variables(&opened.document),
        ["Batch size", "E", "Fear", "Risk", "[Trust \n in \"us\"]"]
    );
    assert_eq!(
        links(&opened.document),
        [
            "Batch size +> Fear",
            "Batch size +> Risk",
            "E ?> Batch size",
            "Fear +> Risk",
            "Risk -> Batch size // (later)",
        ]
    );
    assert_eq!(
        told(&opened),
        [
            "2 lines were not understood and were left out, the first is: A -->",
            "1 group was left out; its nodes are there",
            "2 lines about looks were left out",
        ]
    );
}

#[test]
fn a_flowchart_in_markdown_comes_over() {
    let opened =
        opened("# Loops\n\nWords.\n\n```mermaid\nflowchart LR\n  a -->|+| b\n```\n\nMore.\n");
    assert_eq!(links(&opened.document), ["a +> b"]);
    assert_eq!(
        told(&opened),
        ["the words around the flowchart were left out"]
    );
}

#[test]
fn a_report_of_ours_opens_as_its_flowchart() {
    let document = crate::common::foreign::with(
        "Loops",
        vec![
            (1, crate::common::foreign::variable("risk")),
            (2, crate::common::foreign::variable("fear")),
            (
                3,
                crate::common::foreign::link(
                    1,
                    2,
                    loopstream::model::Polarity::Negative,
                    loopstream::model::Delay::None,
                    "",
                ),
            ),
        ],
    );
    let report = crate::common::foreign::written(&document, "markdown").text;
    let opened = opened(&report);
    assert_eq!(links(&opened.document), ["risk -> fear"]);
}

#[test]
fn signs_are_read_as_people_write_them() {
    let chart = opened(
        "flowchart LR\n  P --\"(&#x2795;)\"--> W\n  W -->|\u{2795}| E\n  E --\"&#x2796;\"--> Q\n  \
         Q -->|\"(\u{2796}\u{FE0F})\"| P\n  P -- \u{2212} --> Q\n  E -->|&minus;| P\n  E -->|&plus;| W\n  \
         Q -->|'+'| W\n  P([\"pressure\"])\n  W['work']\n",
    );
    assert_eq!(
        links(&chart.document),
        [
            "E +> work",
            "E -> Q",
            "E -> pressure",
            "Q +> work",
            "Q -> pressure",
            "pressure +> work",
            "pressure -> Q",
            "work +> E",
        ]
    );
    assert!(told(&chart).is_empty(), "{:?}", told(&chart));
    let graph = opened(
        "digraph {\n  # the variables\n\ta [label='it is late'] # the first\n  a -> b [label=\"&#x2795;\"]\n  \
         b -> c [label='\u{2212}', color=#aa0000]\n  c -> a [label=+]\n  a -> c [headlabel=\"-\"]\n  \
         c -> b [label=slowly, taillabel=\u{201C}+ //\u{201D}]\n    # the end\n}\n",
    );
    assert_eq!(
        links(&graph.document),
        [
            "b -> c",
            "c +> b // (slowly)",
            "c +> it is late",
            "it is late +> b",
            "it is late -> c",
        ]
    );
    assert_eq!(told(&graph), ["further attributes were left out: color"]);
}

#[test]
fn edges_that_are_drawn_again_are_one_link() {
    for text in [
        "digraph { a -> b; a -> b [label=\"+\"]; b -> a [label=\"-\"]; a -> b [label=\"+\"]; b -> a }",
        "graph LR\na --> b\na -->|+| b\nb -->|-| a\na -->|+| b\nb --> a\n",
    ] {
        let read = opened(text);
        assert_eq!(links(&read.document), ["a +> b", "b -> a"], "{text}");
        assert_eq!(
            told(&read),
            ["3 edges are drawn again, and are one link with the others"],
            "{text}"
        );
    }
    // Two mechanisms are two links, and so are two signs.
    for text in [
        "digraph { a -> b [label=\"+ by price\"]; a -> b [label=\"+ by quality\"]; a -> b [label=\"-\"] }",
        "graph LR\na -->|+ by price| b\na -->|+ by quality| b\na -->|-| b\n",
    ] {
        let read = opened(text);
        assert_eq!(
            links(&read.document),
            ["a +> b (by price)", "a +> b (by quality)", "a -> b"],
            "{text}"
        );
        assert_eq!(
            told(&read),
            ["a \u{2192} b is said with + and with -: there is a link of each sign"],
            "{text}"
        );
    }
}

#[test]
fn flowcharts_of_wikis_and_with_names_for_arrows_come_over() {
    let wiki = opened("# Loops\n\n::: mermaid\ngraph LR\n  a -->|+| b\n:::\n\nMore.\n");
    assert_eq!(links(&wiki.document), ["a +> b"]);
    let named = opened("flowchart LR\n  a e1@-->|+| b\n  b e2@--> a\n  e1@{ animate: true }\n");
    assert_eq!(links(&named.document), ["a +> b", "b ?> a"]);
    assert_eq!(variables(&named.document), ["a", "b"]);
    assert_eq!(told(&named), ["1 line about looks was left out"]);
}

#[test]
fn no_polarity_is_guessed() {
    for text in [
        "digraph { a -> b [label=\"increases\", color=green, arrowhead=normal] }",
        "digraph { a -> b [style=dashed] }",
        "graph LR\na -- inhibits --> b",
        "graph LR\na --x b",
    ] {
        let links = links(&opened(text).document);
        assert!(links[0].starts_with("a ?> b"), "{links:?}");
        assert!(!links[0].contains("//"), "{links:?}");
    }
}

#[test]
fn what_is_no_graph_says_where() {
    let error = |text: &str| {
        dot::read(text, &mut IdSource::new(5))
            .unwrap_err()
            .to_string()
    };
    for (text, message) in [
        (
            "digraph {\n a -> }",
            "a name is needed here (line 2, column 7)",
        ),
        (
            "digraph { a",
            "the text ends where `}` is needed (line 1, column 12)",
        ),
        (
            "digraph { a [x=] }",
            "a value is needed here (line 1, column 16)",
        ),
        (
            "digraph { } graph { }",
            "the text goes on after its end (line 1, column 13)",
        ),
        (
            "tree { }",
            "a graph begins with graph or digraph (line 1, column 1)",
        ),
        (
            "digraph { a \"b }",
            "the text in quotes does not end (line 1, column 13)",
        ),
    ] {
        assert_eq!(error(text), message, "{text}");
    }
    let limits = Limits {
        records: 5,
        depth: 3,
        values: 40,
        ..Limits::STANDARD
    };
    for (text, message) in [
        ("digraph { a -> b -> c }", "there are more than 5 records"),
        (
            "digraph { {{{ a }}} }",
            "groups stand in each other more than 3 deep",
        ),
        (
            "digraph { a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a }",
            "there are more than 40 words and edges",
        ),
    ] {
        let error = dot::read_within(text, &limits, &mut IdSource::new(5)).unwrap_err();
        assert!(error.to_string().starts_with(message), "{error}");
    }
    let error = mermaid::read_within("graph LR\na-->b-->c-->d", &limits, &mut IdSource::new(5));
    let error = error.unwrap_err().to_string();
    assert!(
        error.starts_with("there are more than 5 records"),
        "{error}"
    );
}
