//! The report: what stands in it, and that whatever people wrote shows as itself.

use crate::common::document::document as any_document;
use crate::common::foreign::{link, variable, with, written};
use loopstream::format::escaped;
use loopstream::model::{
    Amount, Behaviour, Comment, Date, Delay, Document, Edit, Element, Experiment, ExperimentState,
    Fact, Flow, FlowKind, Id, Lever, LeverageLevel, LoopKey, LoopLabel, Measure, MeasureKind,
    Measures, Polarity, Rest, Retrospective, Sample, Scenario, ScenarioValue, ScenarioValues,
    Share, Showing, Station, StationKind, Story, StoryMark, StoryMarks, StoryStep, Target, Unit,
    Variation, Verdict,
};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

/// The report of a document.
fn report(document: &Document) -> String {
    written(document, "markdown").text
}

/// What a viewer shows of a text of Markdown, and what it would make of it beside words.
fn shown(markdown: &str) -> (String, Vec<String>) {
    let mut words = String::new();
    let mut strange = Vec::new();
    for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Html(html) | Event::InlineHtml(html) => strange.push(html.to_string()),
            Event::InlineMath(math) | Event::DisplayMath(math) => strange.push(math.to_string()),
            Event::FootnoteReference(name) => strange.push(name.to_string()),
            Event::Start(Tag::Link { dest_url, .. }) => strange.push(dest_url.to_string()),
            _ => {}
        }
    }
    (words, strange)
}

/// Two loops of which one has a name, a link without a sign, a name with every sign of Markdown.
fn meadow() -> Document {
    let hostile = "*a* <script> | # [x](javascript:alert(1))";
    let key = LoopKey::new([11, 12].map(Id::from_bits));
    let label = LoopLabel {
        name: "Hunger".to_owned(),
        remark: "Who eats\nwhom.".to_owned(),
        ..LoopLabel::new(key)
    };
    let mut document = with(
        "The *meadow*",
        vec![
            (1, variable("rabbits")),
            (2, variable("foxes")),
            (3, variable(hostile)),
            (11, link(1, 2, Polarity::Positive, Delay::Delayed, "")),
            (12, link(2, 1, Polarity::Negative, Delay::None, "")),
            (13, link(1, 1, Polarity::Positive, Delay::None, "")),
            (14, link(3, 1, Polarity::Unknown, Delay::None, "")),
            (21, Element::LoopLabel(label)),
        ],
    );
    let mut edit = Edit::new(&document);
    let mut properties = document.properties().clone();
    properties.purpose = "Keep it green.\n\n- No, really.".to_owned();
    edit.set_properties(properties);
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    document
}

#[test]
fn a_causal_diagram_is_told() {
    let text = report(&meadow());
    for part in [
        "# The \\*meadow\\*\n",
        "## Purpose and goal\n\nKeep it green.\n\n\\- No, really.\n",
        "![The \\*meadow\\*](<The-meadow.svg>)\n",
        "```mermaid\n---\ntitle: \"The *meadow*\"\n---\nflowchart LR\n",
        "There are 2 loops, counted exactly: 1 reinforcing, 1 balancing.\n",
        "With a delayed link: 1.\n",
        "- **B1 Hunger** (balancing, delayed)\\: foxes up \u{2192} rabbits down \u{2192} (later) foxes down.\\\n  Who eats whom.\n",
        "- **R1** (reinforcing)\\: ",
        "## Checks\n",
        "## Open questions\n",
        "- \\*a\\* &lt;script&gt; \\| \\# \\[x\\](javascript\\:alert(1)) up \u{2192} rabbits up or down?\n",
    ] {
        let part = part.replace(")\\: ", "): ");
        assert!(text.contains(&part), "{part}\nis not in\n{text}");
    }
    let (words, strange) = shown(&text);
    assert!(strange.is_empty(), "{strange:?}");
    assert!(words.contains("*a* <script> | # [x](javascript:alert(1))"));
}

#[test]
fn a_value_stream_is_told_with_how_sure_it_is() {
    let step = |name: &str, amount: Option<Amount>| {
        let mut measures = Measures::new();
        if let Some(amount) = amount {
            let mut measure = Measure::new(amount, Unit::Hour);
            measure.source = "tickets | 2026".to_owned();
            measures.set(MeasureKind::ProcessTime, Some(measure));
        }
        Element::Station(Station {
            kind: StationKind::Step,
            name: name.to_owned(),
            measures,
            ..Station::default()
        })
    };
    let flow = |from, to| {
        Element::Flow(Flow::new(
            Id::from_bits(from),
            Id::from_bits(to),
            FlowKind::Push,
        ))
    };
    let document = with(
        "",
        vec![
            (1, step("Build", Some(Amount::Measured(2.0)))),
            (2, step("Test", Some(Amount::Guessed(4.0)))),
            (3, step("Deploy", None)),
            (11, flow(1, 2)),
            (12, flow(2, 3)),
        ],
    );
    let text = report(&document);
    for part in [
        "# Untitled diagram\n",
        "| Result | Value | Confidence |\n| --- | --- | --- |\n| Lead time |",
        "unknown",
        "| Build | process time | 2 h | measured | tickets \\| 2026 |\n",
        "| Test | process time | \\~4 h | guessed | tickets \\| 2026 |\n",
        "What is the process time of Deploy?",
    ] {
        assert!(text.contains(part), "{part}\nis not in\n{text}");
    }
    assert!(!text.contains("## Loops"), "{text}");
}

#[test]
fn an_empty_document_is_a_title() {
    assert_eq!(report(&Document::default()), "# Untitled diagram\n");
}

#[test]
fn a_diagram_too_large_to_be_drawn_in_a_text_says_so() {
    let mut elements = vec![(1, variable("a")), (2, variable("b"))];
    elements.extend((10..520).map(|bits| (bits, link(1, 2, Polarity::Positive, Delay::None, ""))));
    let text = report(&with("", elements));
    assert!(text.contains("too large for what draws Mermaid"));
    assert!(!text.contains("```"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_people_wrote_is_words(document in any_document()) {
        let (_, strange) = shown(&report(&document));
        prop_assert!(strange.is_empty(), "{strange:?}");
    }

    #[test]
    fn any_text_shows_as_itself(text in "[ -~\u{e9}\n\t]{0,24}", place in 0..3_usize) {
        let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assume!(!plain.is_empty());
        let escaped = escaped(&text);
        let markdown = match place {
            0 => escaped.clone(),
            1 => format!("- {escaped}"),
            _ => format!("| head |\n| --- |\n| {escaped} |"),
        };
        let (words, strange) = shown(&markdown);
        prop_assert!(strange.is_empty(), "{strange:?} in {markdown}");
        let words = words.trim_start_matches("head");
        prop_assert_eq!(words, plain, "{}", markdown);
    }
}

#[test]
fn comments_are_told_the_open_threads_first() {
    let mut document = meadow();
    let comment = |about: u64, place: i32, text: &str, resolved: bool| {
        Element::Comment(Comment {
            about: Id::from_bits(about),
            text: text.to_owned(),
            place,
            author: if place == 1 { "Ana *A.*" } else { "" }.to_owned(),
            date: Date::parse("2026-11-24"),
            resolved,
        })
    };
    let mut edit = Edit::new(&document);
    for (bits, element) in [
        (101, comment(1, 0, "All of them?", true)),
        (102, comment(11, 0, "Why?", false)),
        (103, comment(11, 1, "They eat.", false)),
    ] {
        edit.set(Id::from_bits(bits), Some(element));
    }
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    let text = report(&document);
    let said = text.split("## Comments\n").nth(1).unwrap();
    assert_eq!(
        shown(said).0,
        "rabbits → foxes Why? (2026-11-24)\
         rabbits → foxes They eat. (Ana *A.*, 2026-11-24)\
         rabbits All of them? (2026-11-24, resolved)"
    );
}

#[test]
fn stories_are_told_step_by_step_without_the_notes_of_the_speaker() {
    let mut document = meadow();
    let [story, first, second] = [201, 202, 203].map(Id::from_bits);
    let step = |title: &str, words: &str| StoryStep {
        title: title.to_owned(),
        words: words.to_owned(),
        notes: "Breathe.".to_owned(),
        ..StoryStep::new(story)
    };
    let lit = |number: u64| StoryMark {
        about: Id::from_bits(number),
        how: Showing::Lit,
    };
    let mut edit = Edit::new(&document);
    let told = Story {
        name: "How *hunger* works".to_owned(),
        place: 0,
    };
    edit.set(story, Some(Element::Story(told)));
    edit.set(
        first,
        Some(Element::StoryStep(StoryStep {
            loops: Box::new([LoopKey::new([11, 12].map(Id::from_bits))]),
            rest: Rest::Hidden,
            ..step("", "**Who** eats whom?\n\n- foxes\n- <b>")
        })),
    );
    edit.set(
        second,
        Some(Element::StoryStep(StoryStep {
            place: 1,
            marks: StoryMarks::new([lit(1), lit(99)]),
            ..step("Rabbits", "")
        })),
    );
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    let text = report(&document);
    let told = text.split("## Story: ").nth(1).unwrap();
    let told = told.split("\n## ").next().unwrap();
    let (words, strange) = shown(told);
    assert!(strange.is_empty(), "{strange:?}");
    assert_eq!(
        words,
        "How *hunger* works\
         1. Who eats whom? 1 loop lit, the rest hidden. Who eats whom? • foxes • <b> \
         B1 Hunger: foxes up → rabbits down → (later) foxes down.\
         2. Rabbits 1 thing lit. Lit: rabbits. \
         Gone since this step was made: 1 thing on the canvas."
    );
    assert!(!text.contains("Breathe"), "{text}");
}

#[test]
fn scenarios_are_listed_with_their_numbers() {
    let scenario = |name: &str, place, value| {
        let about = Id::from_bits(1);
        Element::Scenario(Scenario {
            name: name.to_owned(),
            place,
            values: ScenarioValues::new([ScenarioValue { about, value }]),
        })
    };
    let document = with(
        "Pond",
        vec![
            (1, variable("rain | snow")),
            (31, scenario("", 2, 0.25)),
            (32, scenario("*Wet*", 1, 1_500.0)),
        ],
    );
    let text = report(&document);
    let wet = text.find("| \\*Wet\\* | rain \\| snow 1").unwrap();
    let unnamed = text.find("snow 0\\.25").or_else(|| text.find("snow 0.25"));
    assert!(text.contains("## Scenarios"), "{text}");
    assert!(wet < unnamed.unwrap(), "{text}");
    assert!(!report(&meadow()).contains("## Scenarios"));
}

#[test]
fn a_retrospective_is_told_with_its_timeline_and_its_experiments() {
    let mut document = meadow();
    let id = Id::from_bits;
    let key = LoopKey::new([11, 12].map(id));
    let mut edit = Edit::new(&document);
    for (bits, element) in [
        (
            301,
            Element::Retrospective(Retrospective {
                event: "The meadow *was* bare".to_owned(),
                when: "In June".to_owned(),
                lever: Some(Lever::Loop(key.clone())),
                level: LeverageLevel::new(8).ok(),
                why: "It <turns>".to_owned(),
                ..Retrospective::default()
            }),
        ),
        (
            302,
            Element::Fact(Fact {
                when: "9 | 10".to_owned(),
                what: "No grass".to_owned(),
                ..Fact::new(id(301))
            }),
        ),
        (
            303,
            Element::Variation(Variation {
                name: "RABBITS".to_owned(),
                how: Some(Behaviour::Rose),
                ..Variation::new(id(301))
            }),
        ),
        (
            304,
            Element::Variation(Variation {
                place: 1,
                name: "Rain".to_owned(),
                ..Variation::new(id(301))
            }),
        ),
        (
            305,
            Element::Experiment(Experiment {
                action: "leave the foxes alone".to_owned(),
                outcome: "there are fewer rabbits".to_owned(),
                retrospective: Some(id(301)),
                changes: [Lever::Record(id(2)), Lever::Record(id(99))]
                    .into_iter()
                    .collect(),
                target: Some(Target::Variable(id(1))),
                amount: "by half".to_owned(),
                ends: Date::parse("2026-12-24"),
                state: ExperimentState::Ended,
                verdict: Some(Verdict::Otherwise),
                learned: "They move away".to_owned(),
                ..Experiment::default()
            }),
        ),
        (
            306,
            Element::Experiment(Experiment {
                retrospective: Some(id(777)),
                ..Experiment::default()
            }),
        ),
    ] {
        edit.set(id(bits), Some(element));
    }
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    let text = report(&document);
    let told = text.split("## Retrospective: ").nth(1).unwrap();
    let told = told.split("\n## ").next().unwrap();
    let (words, strange) = shown(told);
    assert!(strange.is_empty(), "{strange:?}");
    assert_eq!(
        words,
        "The meadow *was* bareWhen: In June\
         What happenedWhenWhat was seen9 | 10No grass\
         What variedWhatHow it behavedrabbitsroseRainnot known\
         Its loopsB1 Hunger (balancing): foxes up → rabbits down → (later) foxes down.\
         Leverage pointB1 Hunger.Level 8 of 12: strength of balancing loops.It <turns>\
         ExperimentsIf we leave the foxes alone, then there are fewer rabbits. \
         (ended, otherwise than we expected) It changes: foxes \
         It should show: rabbits should change by half We look at it: 2026-12-24 \
         What we learned: They move away Gone since it was written: 1 thing that it changes."
    );
    // An experiment whose sheet is gone is not lost.
    let others = text.split("\n## Experiments\n").nth(1).unwrap();
    assert!(others.contains("Nothing is written down yet. (planned)"));
}

#[test]
fn experiments_are_told_by_how_far_they_are_with_what_was_measured() {
    let mut document = Document::default();
    let mut edit = Edit::new(&document);
    let numbers = |all: &[f64]| Some(Sample::Numbers(all.into()));
    for (bits, one) in [
        (
            1,
            Experiment {
                action: "pair".to_owned(),
                state: ExperimentState::Ended,
                level: LeverageLevel::new(9).ok(),
                begins: Date::parse("2026-11-30"),
                unit: "d".to_owned(),
                before: numbers(&[3.0, 5.0, 4.5, 9.0]),
                after: numbers(&[2.0, 1.5, 1.0, 2.5]),
                verdict: Some(Verdict::Otherwise),
                ..Experiment::default()
            },
        ),
        (
            2,
            Experiment {
                action: "rest".to_owned(),
                state: ExperimentState::Running,
                before: Some(Sample::Share(Share { with: 12, of: 80 })),
                ..Experiment::default()
            },
        ),
    ] {
        edit.set(Id::from_bits(bits), Some(Element::Experiment(one)));
    }
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    let text = report(&document);
    let told = text.split("\n## Experiments\n").nth(1).unwrap();
    let (words, strange) = shown(told.split("\n## ").next().unwrap());
    assert!(strange.is_empty(), "{strange:?}");
    let (running, ended) = words.split_once("Ended").unwrap();
    assert!(
        running.contains("RunningIf we rest. (running) Before: 12 of 80, 15 %."),
        "{running}"
    );
    assert!(
        running.contains("Nothing was measured after it yet."),
        "{running}"
    );
    assert!(
        ended.contains("If we pair. (ended, otherwise than we expected)"),
        "{ended}"
    );
    assert!(
        ended.contains("Level of leverage: 9 of 12, delays Begins: 2026-11-30"),
        "{ended}"
    );
    assert!(
        ended.contains("After: n = 4, median 1.75 d, mean 1.75 d."),
        "{ended}"
    );
    assert!(
        ended.contains("(Mann\u{2013}Whitney test, exact, p = 0.029, n = 4 and 4)."),
        "{ended}"
    );
}
