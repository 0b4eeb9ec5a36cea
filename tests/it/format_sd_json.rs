//! SD-JSON: fixtures of our own, and published models on request.

use std::collections::BTreeSet;

use crate::common::document::assert_valid;
use crate::common::outside;
use loopstream::causal::{LoopAnalysis, LoopPolarity, LoopReport, Progress};
use loopstream::format::{
    ImportResult, Limits, OpenError, Positions, ReadError, open_text, sd_json,
};
use loopstream::model::{Document, Id, IdSource, Polarity, VariableKind};
use proptest::prelude::*;

fn read(text: &str) -> Result<ImportResult, ReadError> {
    sd_json::read(text, &mut IdSource::new(11))
}

fn opened(text: &str) -> ImportResult {
    let opened = read(text).unwrap();
    assert_valid(&opened.document);
    assert_eq!(opened.positions, Positions::Missing);
    opened
}

fn warnings(opened: &ImportResult) -> Vec<String> {
    opened.warnings.iter().map(ToString::to_string).collect()
}

/// `from +> to`, sorted.
fn links(document: &Document) -> Vec<String> {
    let name = |id| document.variables()[&id].name.as_str();
    let all = document.links().values();
    let mut links: Vec<_> = all
        .map(|link| {
            let sign = match link.polarity {
                Polarity::Positive => '+',
                Polarity::Negative => '-',
                Polarity::Unknown => '?',
            };
            format!("{} {sign}> {}", name(link.from), name(link.to))
        })
        .collect();
    links.sort();
    links
}

fn report(document: &Document) -> LoopReport {
    let mut analysis = LoopAnalysis::new(document, 1000);
    assert_eq!(analysis.advance(u64::MAX), Progress::Finished);
    analysis.report(document)
}

/// A bath tub with a float, whose second loop has its signs on the loop alone.
const BATH: &str = r#"{
  "title": "Bath",
  "variables": [
    {"name": "Water", "type": "stock", "units": "l", "documentation": "In the tub."},
    {"name": "inflow", "type": "flow", "equation": "valve * 3", "units": "l/s", "inflows": []},
    {"name": "valve", "type": "variable", "equation": ""}
  ],
  "relationships": [
    {"from": "inflow", "to": "Water", "polarity": "+", "reasoning": "It runs in.", "polarityReasoning": "More in, more there."},
    {"from": "Water", "to": "valve", "polarity": ""},
    {"from": "VALVE", "to": "inflow"},
    {"from": "overflow_risk", "to": "valve", "polarity": "-"}
  ],
  "feedbackLoops": [
    {"identifier": "B1", "name": "The float", "description": "It closes the valve.", "polarity": "-",
     "links": [
       {"from": "Water", "to": "valve", "polarity": "-"},
       {"from": "valve", "to": "inflow", "polarity": "+"},
       {"from": "inflow", "to": "Water", "polarity": "+"}
     ]}
  ]
}"#;

#[test]
fn a_model_comes_over() {
    let opened = opened(BATH);
    let document = &opened.document;
    assert_eq!(document.properties().title, "Bath");
    assert_eq!(
        links(document),
        [
            "Water -> valve",
            "inflow +> Water",
            "overflow_risk -> valve",
            "valve +> inflow",
        ]
    );
    let variable = |name: &str| {
        let mut all = document.variables().values();
        all.find(|variable| variable.name == name).unwrap()
    };
    assert_eq!(variable("Water").kind, VariableKind::Stock);
    assert_eq!(variable("Water").remark, "In the tub.\n\nUnits: l");
    assert_eq!(variable("inflow").kind, VariableKind::Rate);
    assert_eq!(
        variable("inflow").remark,
        "Equation: valve * 3\n\nUnits: l/s"
    );
    let mut remarks = document.links().values().map(|link| link.remark.as_str());
    assert!(remarks.any(|remark| remark == "It runs in.\n\nMore in, more there."));
    let labels: Vec<_> = document.loop_labels().values().collect();
    assert_eq!(labels.len(), 1);
    assert_eq!(labels[0].name, "The float");
    assert_eq!(labels[0].remark, "It closes the valve.");
    let report = report(document);
    assert_eq!(report.loops.len(), 1);
    assert_eq!(report.loops[0].key, labels[0].key);
    assert_eq!(report.loops[0].polarity, LoopPolarity::Balancing);
    assert_eq!(
        warnings(&opened),
        [
            "3 equations or units were put into the notes on their variables",
            "1 variable was not listed, but is named by a relationship, and was added",
            "2 relationships have no polarity of their own, and have the one that the loops give them",
            "1 name was taken for one that differs only in case, blanks or underscores: \"VALVE\" for \"valve\"",
        ]
    );
}

/// As an engine's own files have it: loops with signs beside the model, and a variable of one module
/// that is a ghost in another.
const BESIDE: &str = r#"{
  "feedback": {"valid": true, "dominantLoopsByPeriod": [], "feedbackLoops": [
    {"identifier": "R1", "name": "R1 More work", "polarity": "+", "Percent of Model Behavior Explained by Loop": [{"time": 0, "value": 1}], "links": [
      {"from": "Team.Errors", "polarity": "+", "to": "Team.rework"},
      {"from": "Team.rework", "polarity": "+", "to": "Plan.haste"},
      {"from": "Plan.haste", "polarity": "+", "to": "Team.Errors"}]},
    {"identifier": "U1", "name": "U1 Open", "polarity": "undetermined", "links": [
      {"from": "Plan.haste", "polarity": "?", "to": "Plan.haste"}]}]},
  "model": {"errors": [], "relationships": [
    {"from": "Team.Errors", "to": "Team.rework"},
    {"from": "Team.rework", "to": "Team.rework"},
    {"from": "Plan.rework", "to": "Plan.haste"},
    {"from": "Plan.haste", "to": "Team.Errors"}],
   "variables": [
    {"name": "Team.Errors", "type": "stock"}, {"name": "Team.rework", "type": "variable"},
    {"name": "Plan.rework", "type": "variable", "equation": "", "crossLevelGhostOf": "Team.rework"},
    {"name": "Plan.haste", "type": "variable"}]}}"#;

#[test]
fn loops_beside_the_model_give_signs_and_names() {
    let opened = opened(BESIDE);
    assert_eq!(
        links(&opened.document),
        [
            "Plan.haste +> Team.Errors",
            "Team.Errors +> Team.rework",
            "Team.rework +> Plan.haste",
        ]
    );
    assert_eq!(opened.document.variables().len(), 3);
    let labels: Vec<_> = opened.document.loop_labels().values().collect();
    assert_eq!(labels.len(), 1);
    assert_eq!(labels[0].name, "More work");
    let report = report(&opened.document);
    assert_eq!(report.loops.len(), 1);
    assert_eq!(report.loops[0].key, labels[0].key);
    assert_eq!(report.loops[0].polarity, LoopPolarity::Reinforcing);
    assert_eq!(
        warnings(&opened),
        [
            "1 variable is a ghost of one of another module, and is that one",
            "3 relationships have no polarity of their own, and have the one that the loops give them",
            "1 loop has links that are no loop of relationships, and was left out",
            "1 further field was left out: Percent of Model Behavior Explained by L\u{2026}",
        ]
    );
    // Also deeper, as in an answer.
    let answer = format!(r#"{{"success": true, "output": {BESIDE}}}"#);
    assert_eq!(
        links(&read(&answer).unwrap().document),
        links(&opened.document)
    );
}

#[test]
fn names_that_fit_several_variables_are_not_guessed() {
    let opened = opened(
        r#"{"variables":[{"name":"Risk"},{"name":"risk"},{"name":"risk"},{"name":"fear"}],
        "relationships":[{"from":"risk","to":"fear","polarity":"+"},{"from":"RISK","to":"fear","polarity":"-"}]}"#,
    );
    assert_eq!(links(&opened.document), ["risk +> fear"]);
    assert_eq!(opened.document.variables().len(), 3);
    assert_eq!(
        warnings(&opened),
        [
            "1 variable was listed again, and is there once",
            "1 relationship has a name that fits several variables, and was left out",
        ]
    );
}

#[test]
fn a_model_may_stand_in_another_object_and_lack_its_variables() {
    let text =
        r#"{"success":true,"model":{"relationships":[{"from":"a","to":"b","polarity":"?"}]}}"#;
    let opened = opened(text);
    assert_eq!(links(&opened.document), ["a ?> b"]);
    assert_eq!(warnings(&opened), ["1 further field was left out: success"]);
    let again = open_text(text, &mut IdSource::new(11)).unwrap();
    assert_eq!(again, opened);
}

#[test]
fn what_loops_say_amiss_is_told() {
    let of = |relationships: &str, loops: &str| {
        let text = format!(r#"{{"relationships":[{relationships}],"feedbackLoops":[{loops}]}}"#);
        let opened = opened(&text);
        (
            links(&opened.document),
            opened.document.loop_labels().len(),
            warnings(&opened),
        )
    };
    let ring = |name: &str, polarity: &str, there: &str, back: &str| {
        format!(
            r#"{{"name":"{name}","polarity":"{polarity}","links":[{{"from":"a","to":"b","polarity":"{there}"}},{{"from":"b","to":"a","polarity":"{back}"}}]}}"#
        )
    };
    let both = r#"{"from":"a","to":"b"},{"from":"b","to":"a","polarity":"+"}"#;
    // Both signs: neither is taken.
    let loops = [ring("one", "+", "+", "+"), ring("two", "-", "-", "+")].join(",");
    let (signs, labels, told) = of(both, &loops);
    assert_eq!((signs[0].as_str(), labels), ("a ?> b", 1));
    assert_eq!(
        told,
        [
            "1 relationship has both polarities in the loops, and its own stays unknown",
            "1 loop has the links of another one, and was left out",
        ]
    );
    // A sign that differs from that of the relationship, and a loop whose sign does not fit.
    let (signs, labels, told) = of(
        both,
        &ring("one", "+", "+", "-").replace("\"+\",\"l", "\"-\",\"l"),
    );
    assert_eq!(
        (signs, labels),
        (vec!["a +> b".to_owned(), "b +> a".to_owned()], 1)
    );
    assert_eq!(
        told,
        [
            "1 relationship has no polarity of its own, and has the one that the loops give it",
            "1 link of a loop has another polarity than its relationship, whose own was kept",
            "1 loop is said to have another sign than its links give it",
        ]
    );
    // Links that no relationship says, and links that are no loop.
    let (_, labels, told) = of(
        r#"{"from":"a","to":"b","polarity":"+"}"#,
        &[
            ring("one", "+", "+", "+"),
            r#"{"name":"open","links":[{"from":"a","to":"b"}]}"#.to_owned(),
            r#"{"name":"none","links":[]}"#.to_owned(),
        ]
        .join(","),
    );
    assert_eq!(labels, 0);
    assert_eq!(
        told,
        ["3 loops have links that are no loops of relationships, and were left out"]
    );
    // Two links side by side, of which the loop means neither for certain.
    let (_, labels, told) = of(
        r#"{"from":"a","to":"b","polarity":"+"},{"from":"a","to":"b","polarity":"-"},{"from":"b","to":"a","polarity":"+"}"#,
        &[ring("sure", "-", "-", "+"), ring("unsure", "", "", "+")].join(","),
    );
    assert_eq!(labels, 1);
    assert_eq!(
        told,
        ["1 loop has links that are no loop of relationships, and was left out"]
    );
}

#[test]
fn faults_are_named_with_their_place() {
    for (text, message) in [
        (
            r#"{"relationships":[{"from":"a"}]}"#,
            "relationships[0].to is missing (line 1, column 19)",
        ),
        (
            "{\"relationships\":[\n {\"from\":\"a\",\"to\":\"b\",\"polarity\":\"maybe\"}]}",
            "relationships[0].polarity: \"maybe\" is not known; it can be +, -, s, o or ? (line 2, column 34)",
        ),
        (
            r#"{"variables":[{"name":""},{"name":7},8],"relationships":[]}"#,
            "variables[0].name is empty (line 1, column 23); and 2 more faults",
        ),
        (
            r#"{"variables":{},"relationships":[]}"#,
            "variables: a list is needed, not an object (line 1, column 14)",
        ),
        (
            r#"{"relationships":[],"feedbackLoops":[{"links":[{"from":1,"to":"b"}]}]}"#,
            "feedbackLoops[0].links[0].from: a text is needed, not a number (line 1, column 56)",
        ),
        (
            r#"{"variables":[]}"#,
            "an SD-JSON model has a list of relationships (line 1, column 1)",
        ),
    ] {
        let error = read(text).map(|_| ()).map_err(|error| error.to_string());
        assert_eq!(error, Err(message.to_owned()), "{text}");
    }
    let limits = Limits {
        records: 7,
        ..Limits::STANDARD
    };
    let error = sd_json::read_within(BATH, &limits, &mut IdSource::new(1)).unwrap_err();
    assert_eq!(error.to_string(), "there are more than 7 records");
    assert!(matches!(
        open_text("{\"relationships\": [", &mut IdSource::new(1)),
        Err(OpenError::Unreadable { .. })
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damaged_texts_are_read_or_refused(
        at: prop::sample::Index,
        bit in 0..7_u8,
        end: prop::sample::Index,
        begin: prop::sample::Index,
    ) {
        let mut bytes = BATH.as_bytes().to_vec();
        bytes[at.index(BATH.len())] ^= 1 << bit;
        let again = bytes[begin.index(BATH.len())..].to_vec();
        let flipped = String::from_utf8_lossy(&bytes).into_owned();
        bytes.splice(end.index(BATH.len()).., again);
        let spliced = String::from_utf8_lossy(&bytes).into_owned();
        for text in [flipped, spliced] {
            if let Ok(opened) = read(&text) {
                assert_valid(&opened.document);
            }
        }
    }

    #[test]
    fn any_texts_are_read_or_refused(
        names in prop::collection::vec("[aA_ b\u{e9}]{0,3}", 2..6),
        ways in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[-+s]?"), 0..8),
    ) {
        let quoted = |text: &String| serde_json::to_string(text).unwrap();
        let variables: Vec<String> = names.iter().map(|name| format!(r#"{{"name":{}}}"#, quoted(name))).collect();
        let links: Vec<String> = ways.iter().map(|(from, to, sign)| format!(
            r#"{{"from":{},"to":{},"polarity":"{sign}"}}"#,
            quoted(from.get(&names[..])),
            quoted(to.get(&names[..])),
        )).collect();
        let links = links.join(",");
        let text = format!(
            r#"{{"variables":[{}],"relationships":[{links}],"feedbackLoops":[{{"name":"n","links":[{links}]}}]}}"#,
            variables.join(",")
        );
        if let Ok(opened) = read(&text) {
            assert_valid(&opened.document);
            prop_assert!(opened.document.links().len() <= ways.len());
        }
    }
}

/// The models of the shared data, with how many loops each lists, and how many its links make.
const PUBLISHED: [(&str, usize); 4] = [
    ("armsRace", 3),
    ("bassDiffusion", 2),
    ("inventoryWorkforce", 3),
    ("predatorPrey", 5),
];

/// Every loop that a file lists is there, with the sign that the file gives it.
fn assert_loops_of(name: &str) {
    let (_, count) = PUBLISHED
        .into_iter()
        .find(|(known, _)| *known == name)
        .unwrap();
    let text = outside::text_of(&format!("sd-json/{name}.json"));
    assert_eq!(assert_loops_listed(&text), count, "{name}");
}

/// As [`assert_loops_of`], of a text; says how many loops it lists.
fn assert_loops_listed(text: &str) -> usize {
    let opened = opened(text);
    let document = &opened.document;
    assert_eq!(open_text(text, &mut IdSource::new(11)).unwrap(), opened);
    let report = report(document);
    let model: serde_json::Value = serde_json::from_str(text).unwrap();
    let relationships = model["relationships"].as_array().unwrap();
    assert_eq!(document.links().len(), relationships.len());
    let loops = model["feedbackLoops"].as_array().unwrap();
    for listed in loops {
        let ends: BTreeSet<(&str, &str)> = listed["links"]
            .as_array()
            .unwrap()
            .iter()
            .map(|link| (link["from"].as_str().unwrap(), link["to"].as_str().unwrap()))
            .collect();
        let named = |id: &Id| {
            let link = &document.links()[id];
            let name = |id| document.variables()[&id].name.as_str();
            (name(link.from), name(link.to))
        };
        let found = report
            .loops
            .iter()
            .find(|found| found.links.iter().map(named).collect::<BTreeSet<_>>() == ends);
        let found = found.unwrap_or_else(|| panic!("no loop {}", listed["name"]));
        let sign = match listed["polarity"].as_str().unwrap() {
            "+" => LoopPolarity::Reinforcing,
            _ => LoopPolarity::Balancing,
        };
        assert_eq!(found.polarity, sign, "{}", listed["name"]);
        let (_, label) = document.label_of(&found.key).unwrap();
        // The codes of the file are not those of the diagram.
        let name = listed["name"].as_str().unwrap();
        let name = match name.split_once(' ') {
            Some((code, rest)) if code.len() == 2 => rest,
            _ => name,
        };
        assert_eq!(label.name, name);
    }
    assert_eq!(document.loop_labels().len(), loops.len());
    loops.len()
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn loops_of_the_arms_race() {
    assert_loops_of("armsRace");
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn loops_of_bass_diffusion() {
    assert_loops_of("bassDiffusion");
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn loops_of_inventory_and_workforce() {
    assert_loops_of("inventoryWorkforce");
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn loops_of_predator_and_prey() {
    assert_loops_of("predatorPrey");
}

#[test]
fn loops_of_a_model_of_our_own() {
    let text = BATH.replace("VALVE", "valve");
    assert_eq!(assert_loops_listed(&text), 1);
}
