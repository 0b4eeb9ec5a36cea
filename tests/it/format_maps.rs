//! Maps of other programs in JSON: Kumu and SageModeler. The fixtures are ours, after the fields
//! that their documentation and their own files have.

use crate::common::document::assert_valid;
use crate::common::foreign::{links, told, variables};
use loopstream::format::{ImportResult, Limits, Positions, kumu, open_text, sage};
use loopstream::model::{IdSource, Point};

fn opened(text: &str) -> ImportResult {
    let opened = open_text(text, &mut IdSource::new(5)).unwrap();
    assert_valid(&opened.document);
    opened
}

const BLUEPRINT: &str = r#"{
  "elements": [
    {"id": "e1", "label": "Trust", "type": "Stock", "description": "Hard to win.", "tags": ["people", "slow"]},
    {"id": 2, "label": "Trust", "type": "Person"},
    {"label": "Fear", "favourite": "none"},
    {"label": "Fear"}
  ],
  "connections": [
    {"from": "e1", "to": "Fear", "direction": "directed", "polarity": "-", "delay": "yes", "description": "Slowly."},
    {"from": "Fear", "to": 2, "type": "+", "delay": true},
    {"from": "fear", "to": "e1", "direction": "mutual", "type": "likes", "label": "both"},
    {"from": "Fear", "to": "Control", "direction": "undirected"}
  ]
}"#;

#[test]
fn a_blueprint_of_kumu_comes_over() {
    let opened = opened(BLUEPRINT);
    assert_eq!(opened.positions, Positions::Missing);
    assert_eq!(
        variables(&opened.document),
        [
            "Control",
            "Fear",
            "Trust: Type: Person",
            "[Trust]: Hard to win.",
        ]
    );
    assert_eq!(
        links(&opened.document),
        [
            "Fear +> Trust //",
            "Fear ?> Control (Without a direction in Kumu.)",
            "Fear ?> Trust (both\n\nType: likes)",
            "Trust -> Fear // (Slowly.)",
            "Trust ?> Fear (both\n\nType: likes)",
        ]
    );
    assert_eq!(
        told(&opened),
        [
            "1 element was listed again without an id, and is there once",
            "1 element was not listed, but is named by a connection, and was added",
            "1 connection has no direction: it is a link in the order in which it is written, and \
             its note says so",
            "1 connection goes both ways, and became two links",
            "1 further field was left out: favourite",
            "1 name was taken for one that differs only in case, blanks or underscores: \"fear\" for \"Fear\"",
        ]
    );
}

/// As Kumu writes projects: what people said is in attributes.
const PROJECT: &str = r#"{
  "name": "Town",
  "elements": [
    {"_id": "elem-1", "attributes": {"label": "Trust", "element type": "Stock", "description": "Hard to win.", "Mood": 3}},
    {"_id": "elem-2", "attributes": {"Label": "Fear", "Element Type": null, "tags": ["people"]}}
  ],
  "connections": [
    {"_id": "conn-1", "direction": "directed", "delayed": true, "reversed": false, "attributes": {"connection type": "-"}, "from": "elem-1", "to": "elem-2"},
    {"_id": "conn-2", "direction": "directed", "delayed": false, "reversed": true, "attributes": {"Connection Type": "+", "description": "Slowly."}, "from": "elem-2", "to": "elem-1"}
  ],
  "maps": []
}"#;

#[test]
fn what_kumu_itself_writes_comes_over() {
    let opened = opened(PROJECT);
    assert_eq!(opened.document.properties().title, "Town");
    assert_eq!(
        variables(&opened.document),
        ["Fear", "[Trust]: Hard to win."]
    );
    assert_eq!(opened.document.tags(), [("people", 1)]);
    assert_eq!(
        links(&opened.document),
        [
            "Fear +> Trust (Slowly.\n\nMarked as reversed in Kumu.)",
            "Trust -> Fear //",
        ]
    );
    assert_eq!(
        told(&opened),
        [
            "1 connection is marked as reversed: its link leads from its \"from\" to its \"to\" \
             all the same, and its note says so",
            "1 further field was left out: mood",
        ]
    );
}

/// A ring as Kumu writes it, with a sign at each end of a connection; `types` are those of its three
/// connections.
fn ring_of_kumu(types: [&str; 3]) -> String {
    let [one, two, three] = types;
    format!(
        r#"{{"name": "Sleep",
        "elements": [
          {{"_id": "e1", "attributes": {{"label": "Sleep"}}}},
          {{"_id": "e2", "attributes": {{"label": "Mistakes"}}}},
          {{"_id": "e3", "attributes": {{"label": "Evening work"}}}}],
        "connections": [
          {{"_id": "c1", "direction": "Directed", "delayed": false, "attributes": {{"connection type": "{one}"}}, "from": "e1", "to": "e2"}},
          {{"_id": "c2", "direction": "directed", "delayed": true, "attributes": {{"connection type": "{two}"}}, "from": "e2", "to": "e3"}},
          {{"_id": "c3", "direction": "directed", "delayed": false, "attributes": {{"connection type": "{three}"}}, "from": "e3", "to": "e1"}}],
        "loops": [
          {{"_id": "l1", "attributes": {{"label": "R1: Tired and late", "description": "Every evening."}}, "connections": ["c3", "c1", "c2"]}},
          {{"_id": "l2", "attributes": {{"label": "Half a loop"}}, "connections": ["c1", "c2"]}},
          {{"_id": "l3", "attributes": {{"label": "Again"}}, "connections": ["c1", "c2", "c3"]}},
          {{"_id": "l4", "attributes": {{"label": ""}}, "connections": []}}],
        "maps": [
          {{"_id": "m1", "name": "Small", "elements": [{{"_id": "n1", "position": {{"x": 9, "y": 9}}, "element": "e1"}}], "connections": []}},
          {{"_id": "m2", "name": "Sleep", "elements": [
            {{"_id": "n2", "position": {{"x": -100, "y": 20}}, "element": "e1"}},
            {{"_id": "n3", "position": {{"x": 300, "y": 20}}, "element": "e2"}}], "connections": []}}]}}"#
    )
}

#[test]
fn connections_with_two_signs_places_and_named_loops_come_over() {
    let opened = opened(&ring_of_kumu(["+-", "--", "-+"]));
    let document = &opened.document;
    assert_eq!(
        links(document),
        [
            "Evening work -> Sleep",
            "Mistakes +> Evening work //",
            "Sleep -> Mistakes",
        ]
    );
    let labels: Vec<_> = document.loop_labels().values().collect();
    assert_eq!(labels.len(), 1);
    assert_eq!(labels[0].name, "Tired and late");
    assert_eq!(labels[0].remark, "Every evening.");
    assert_eq!(labels[0].key.links().len(), 3);
    assert_eq!(opened.positions, Positions::Given);
    let place = |name: &str| {
        let mut all = document.variables().values();
        all.find(|one| one.name == name).unwrap().placement.position
    };
    // As on the map, at a scale of its own; what is on another map stands below.
    let (sleep, mistakes, evening) = (place("Sleep"), place("Mistakes"), place("Evening work"));
    let scale = (mistakes.x - sleep.x) / 400.0;
    assert!(scale >= 1.0, "{scale}");
    assert_eq!(sleep, Point::new(-100.0 * scale, 20.0 * scale));
    assert_eq!(mistakes.y, sleep.y);
    assert!(evening.y > sleep.y + 100.0);
    assert_eq!(
        told(&opened),
        [
            "1 loop has the connections of another one, and was left out",
            "1 loop has connections that do not go round, and was left out: \"Half a loop\"",
            "1 element is not on the map, and stands below it",
            "1 further map was left out: elements stand as on the one that has the most of them",
        ]
    );
}

#[test]
fn fields_that_are_left_out_are_counted_and_empty_ones_are_none() {
    let opened = opened(
        r#"{"elements":[{"label":"a","Mood":1},{"label":"b","Mood":2,"image":""},{"label":"c","owner":"x","links":[]}],
        "connections":[{"from":"a","to":"b"}]}"#,
    );
    assert_eq!(
        told(&opened),
        ["3 further fields were left out: mood (2), owner"]
    );
    assert_eq!(opened.warnings[0].lost, 3);
}

#[test]
fn a_loop_may_use_either_way_of_a_mutual_connection() {
    let text = ring_of_kumu(["Same", "opposite", "+"]).replace(
        r#""_id": "c1", "direction": "Directed""#,
        r#""_id": "c1", "direction": "mutual""#,
    );
    let opened = opened(&text);
    assert_eq!(
        links(&opened.document),
        [
            "Evening work +> Sleep",
            "Mistakes +> Sleep",
            "Mistakes -> Evening work //",
            "Sleep +> Mistakes",
        ]
    );
    let document = &opened.document;
    let label = document.loop_labels().values().next().unwrap();
    let ends = label.key.links().iter().map(|id| {
        let link = &document.links()[id];
        document.variables()[&link.from].name.as_str()
    });
    let mut ends: Vec<&str> = ends.collect();
    ends.sort_unstable();
    assert_eq!(ends, ["Evening work", "Mistakes", "Sleep"]);
}

const MODEL: &str = r##"{
  "version": "1.27.0", "filename": "Pond", "palette": [],
  "nodes": [
    {"key": "Node-1", "data": {"title": "Rain", "x": 100, "y": 50.5, "isAccumulator": false, "initialValue": 50}},
    {"key": "Node-2", "data": {"title": "Sky", "x": 300, "y": 50, "isAccumulator": true}},
    {"key": "Node-3", "data": {"title": "Water", "x": 500, "y": 50, "isAccumulator": true, "mood": 1}},
    {"key": "Transfer-1", "data": {"title": "falling", "x": 400, "y": 90, "isFlowVariable": true}}
  ],
  "links": [
    {"title": "", "color": "#777", "sourceNode": "Node-1", "sourceTerminal": "b", "targetNode": "Node-3", "targetTerminal": "b",
     "relation": {"type": "accumulator", "text": "added to", "formula": "+in"}, "reasoning": "It pours."},
    {"sourceNode": "Node-2", "targetNode": "Node-3", "relation": {"type": "transfer", "text": "transferred", "formula": "in"}, "transferNode": "Transfer-1"},
    {"sourceNode": "Node-3", "targetNode": "Node-1", "relation": {"type": "range", "text": "decrease a lot", "formula": "maxIn - min(in * 2, maxOut)"}},
    {"sourceNode": "Node-3", "targetNode": "Node-2", "relation": {"type": "range", "text": "vary as described below:", "formula": "0 ", "customData": [[0, 1]]}},
    {"sourceNode": "Node-9", "targetNode": "Node-2", "relation": {}}
  ]
}"##;

#[test]
fn a_model_of_sagemodeler_comes_over() {
    let opened = opened(MODEL);
    let document = &opened.document;
    assert_eq!(opened.positions, Positions::Given);
    assert_eq!(document.properties().title, "Pond");
    assert_eq!(variables(document), ["Rain", "[Sky]", "[Water]", "falling"]);
    let rain = document.variables().values().find(|one| one.name == "Rain");
    assert_eq!(rain.unwrap().placement.position, Point::new(100.0, 50.5));
    assert_eq!(
        links(document),
        [
            "Rain +> Water (It pours.)",
            "Water -> Rain",
            "Water ?> Sky (Relation: vary as described below:)",
            "falling +> Water",
            "falling -> Sky",
        ]
    );
    assert_eq!(
        told(&opened),
        [
            "1 flow variable became a plain variable",
            "1 transfer became two links of its valve: it lowers the one and raises the other",
            "1 relation is drawn by hand, and its curve was left out",
            "1 link led from or to a node that is not there, and was left out",
            "1 further field was left out: mood",
        ]
    );
}

#[test]
fn a_model_is_found_in_what_saves_it() {
    let alone = opened(MODEL).document;
    let unnamed = MODEL.replace(r#""filename": "Pond", "#, "");
    let in_text = serde_json::to_string(&unnamed).unwrap();
    for text in [
        format!(
            r#"{{"content": {MODEL}, "cfmVersion": "1.9.8", "appName": "SageModeler", "docName": "Saved"}}"#
        ),
        format!(r#"{{"content": {in_text}, "appName": "SageModeler", "docName": "Pond"}}"#),
        format!(
            r#"{{"name": "Pond", "appName": "DG", "components": [
            {{"type": "DG.TableView", "componentStorage": {{"title": "x"}}}},
            {{"type": "DG.GameView", "componentStorage": {{"currentGameName": "SageModeler", "savedGameState": {unnamed}}}}}],
            "contexts": [{{"collections": [{{"cases": [{{"nodes": [], "links": []}}]}}]}}]}}"#
        ),
        format!(
            r#"{{"name": "Pond", "components": [{{"componentStorage": {{"savedGameState": {in_text}}}}}]}}"#
        ),
    ] {
        let read = opened(&text);
        assert_eq!(read.document.properties().title, "Pond", "{text}");
        assert_eq!(links(&read.document), links(&alone), "{text}");
        assert_eq!(variables(&read.document), variables(&alone), "{text}");
        assert_eq!(read.positions, Positions::Given);
    }
}

#[test]
fn a_curve_that_only_rises_has_a_sign() {
    let text = MODEL.replace("[[0, 1]]", "[[0, 1], [60, 20], [100, 20]]");
    let opened = opened(&text);
    let links = links(&opened.document);
    assert!(
        links.contains(&"Water +> Sky (Relation: vary as described below:)".to_owned()),
        "{links:?}"
    );
}

#[test]
fn the_first_files_of_sagemodeler_are_read_too() {
    let opened = opened(
        r#"{"nodes":[{"title":"Egg","x":1,"y":2,"key":"a"},{"title":"Chick","x":3,"y":4,"key":"b"}],
        "links":[{"title":"becomes a","sourceNodeKey":"a","targetNodeKey":"b"}]}"#,
    );
    assert_eq!(links(&opened.document), ["Egg ?> Chick (becomes a)"]);
    assert_eq!(opened.positions, Positions::Given);
}

#[test]
fn faults_are_named_with_their_place() {
    for (text, message) in [
        (
            r#"{"elements":[{"id":"a"}],"connections":[]}"#,
            "elements[0].label is missing (line 1, column 14)",
        ),
        (
            r#"{"elements":[{"id":"a","label":"x"},{"id":"a","label":"y"}],"connections":[]}"#,
            "elements[1].id: another element has the id \"a\" (line 1, column 37)",
        ),
        (
            r#"{"elements":[],"connections":[{"from":"a"}]}"#,
            "connections[0].to is missing (line 1, column 31)",
        ),
        (
            r#"{"elements":[],"connections":[{"from":"a","to":"b","polarity":"up"}]}"#,
            "connections[0].polarity: \"up\" is not known; it can be +, -, s, o or ? (line 1, column 63)",
        ),
        (
            r#"{"elements":[],"connections":[{"from":"a","to":"b","direction":"up","delay":3}]}"#,
            "connections[0].delay: it can be yes or no (line 1, column 31); and one more fault",
        ),
    ] {
        let error = kumu::read(text, &mut IdSource::new(1)).unwrap_err();
        assert_eq!(error.to_string(), message, "{text}");
    }
    for (text, message) in [
        (
            r#"{"nodes":[{"key":"a","data":{"x":1e9}}],"links":[]}"#,
            "nodes[0].x: more than 10000000 from the origin (line 1, column 34)",
        ),
        (
            r#"{"nodes":[{"key":"a"},{"key":"a"}],"links":[]}"#,
            "nodes[1].key: another node has the key \"a\" (line 1, column 23)",
        ),
        (
            r#"{"nodes":[],"links":[{"targetNode":"a"}]}"#,
            "links[0].sourceNode is missing (line 1, column 22)",
        ),
        (
            r#"{"nodes":[]}"#,
            "a model of SageModeler has lists of nodes and links",
        ),
    ] {
        let error = sage::read(text, &mut IdSource::new(1)).unwrap_err();
        assert_eq!(error.to_string(), message, "{text}");
    }
    let limits = Limits {
        records: 11,
        ..Limits::STANDARD
    };
    let ids = &mut IdSource::new(1);
    let error = kumu::read_within(BLUEPRINT, &limits, ids).unwrap_err();
    assert_eq!(error.to_string(), "there are more than 11 records");
    let error = sage::read_within(MODEL, &limits, ids).unwrap_err();
    assert_eq!(error.to_string(), "there are more than 11 records");
}

#[test]
fn other_json_is_left_to_others() {
    for text in [
        r#"{"type":"excalidraw","elements":[]}"#,
        r#"{"nodes":[{"id":1}],"links":[{"source":1,"target":1}]}"#,
        r#"{"elements":{"nodes":[]},"connections":[]}"#,
    ] {
        let error = open_text(text, &mut IdSource::new(1)).unwrap_err();
        assert!(
            error.to_string().contains("JSON of another program"),
            "{error}"
        );
    }
}
