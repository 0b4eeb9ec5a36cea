//! Document to text: always the same text for the same document, one record a line.

use serde::Serialize;

use super::header::{FORMAT, VERSION};
use super::lists::List;
use crate::format::syntax::in_lines;
use crate::model::{
    Comment, Document, Experiment, Fact, FindingReview, Flow, Frame, Image, Improvement, Link,
    LoopLabel, Note, Properties, Retrospective, Scenario, SourceText, Station, Story, StoryStep,
    Variable, Variation,
};

/// A file, in the order in which it is written.
#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    properties: &'a Properties,
    #[serde(rename = "carried", skip_serializing_if = "Option::is_none")]
    source_text: Option<&'a SourceText>,
    #[serde(skip_serializing_if = "List::is_empty")]
    variables: List<'a, Variable>,
    #[serde(skip_serializing_if = "List::is_empty")]
    links: List<'a, Link>,
    #[serde(skip_serializing_if = "List::is_empty")]
    notes: List<'a, Note>,
    #[serde(skip_serializing_if = "List::is_empty")]
    loops: List<'a, LoopLabel>,
    #[serde(skip_serializing_if = "List::is_empty")]
    stations: List<'a, Station>,
    #[serde(skip_serializing_if = "List::is_empty")]
    flows: List<'a, Flow>,
    #[serde(rename = "judgements", skip_serializing_if = "List::is_empty")]
    reviews: List<'a, FindingReview>,
    #[serde(skip_serializing_if = "List::is_empty")]
    frames: List<'a, Frame>,
    #[serde(skip_serializing_if = "List::is_empty")]
    comments: List<'a, Comment>,
    #[serde(skip_serializing_if = "List::is_empty")]
    images: List<'a, Image>,
    #[serde(skip_serializing_if = "List::is_empty")]
    improvements: List<'a, Improvement>,
    #[serde(skip_serializing_if = "List::is_empty")]
    scenarios: List<'a, Scenario>,
    #[serde(skip_serializing_if = "List::is_empty")]
    stories: List<'a, Story>,
    #[serde(rename = "storySteps", skip_serializing_if = "List::is_empty")]
    story_steps: List<'a, StoryStep>,
    #[serde(skip_serializing_if = "List::is_empty")]
    retrospectives: List<'a, Retrospective>,
    #[serde(skip_serializing_if = "List::is_empty")]
    facts: List<'a, Fact>,
    #[serde(skip_serializing_if = "List::is_empty")]
    variations: List<'a, Variation>,
    #[serde(skip_serializing_if = "List::is_empty")]
    experiments: List<'a, Experiment>,
}

/// The document as a file: records in the order of their ids, defaults and empty lists left out.
#[must_use]
pub fn write(document: &Document) -> String {
    in_lines(&File {
        format: FORMAT,
        version: VERSION,
        properties: document.properties(),
        source_text: document.source_text().as_deref(),
        variables: List(document.variables()),
        links: List(document.links()),
        notes: List(document.notes()),
        loops: List(document.loop_labels()),
        stations: List(document.stations()),
        flows: List(document.flows()),
        reviews: List(document.reviews()),
        frames: List(document.frames()),
        comments: List(document.comments()),
        images: List(document.images()),
        improvements: List(document.improvements()),
        scenarios: List(document.scenarios()),
        stories: List(document.stories()),
        story_steps: List(document.story_steps()),
        retrospectives: List(document.retrospectives()),
        facts: List(document.facts()),
        variations: List(document.variations()),
        experiments: List(document.experiments()),
    })
}
