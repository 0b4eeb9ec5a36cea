//! Random changes of a document, made to be valid: what they are about is looked up in it.

use loopstream::model::{
    AddedStep, AddedSteps, Document, Edge, Edit, Element, ElementKind, Experiment, FindingReview,
    Id, Image, Improvement, LeftOut, LoopKey, LoopLabel, MeasureChange, MeasureChanges,
    MeasureKind, Patch, Properties, Scenario, ScenarioValue, ScenarioValues, Story, StoryStep,
    Without,
};

use super::document::Change;

/// The patch that makes the changes, in one edit; what makes no sense there is passed over.
pub fn patch_of(document: &Document, changes: &[Change]) -> Patch {
    let mut edit = Edit::new(document);
    let mut ids: Vec<Id> = document.ids().collect();
    for change in changes {
        make(&mut edit, &mut ids, change.clone());
    }
    edit.finish()
}

fn make(edit: &mut Edit<'_>, ids: &mut Vec<Id>, change: Change) {
    match change {
        Change::Title(title) => said(edit, |properties| properties.title = title),
        Change::Purpose(purpose) => said(edit, |properties| properties.purpose = purpose),
        Change::Carry(source_text) => edit.set_source_text(source_text),
        Change::Settings(stream) => said(edit, |properties| properties.stream = stream),
        Change::RunSettings(run) => said(edit, |properties| properties.run = run),
        Change::AddReview(id, about, topic, decision) => {
            let all: Vec<Id> = ids
                .iter()
                .copied()
                .filter(|id| edit.element(*id).is_some_and(|e| e.kind().can_be_judged()))
                .collect();
            let about = about.iter().filter(|_| !all.is_empty());
            let about: Vec<Id> = about.map(|index| *index.get(&all)).collect();
            let review = FindingReview::new(topic, about, decision);
            let taken = present(edit, ids, ElementKind::FindingReview)
                .iter()
                .any(|other| {
                    matches!(edit.element(*other), Some(Element::FindingReview(standing))
                    if standing.is_about(topic, &review.about))
                });
            if !taken {
                add(edit, ids, id, Element::FindingReview(review));
            }
        }
        Change::AddStation(id, station) => add(edit, ids, id, Element::Station(station)),
        Change::AddFlow(id, from, to, mut flow) => {
            let ends = present(edit, ids, ElementKind::Station);
            if !ends.is_empty() {
                (flow.from, flow.to) = (*from.get(&ends), *to.get(&ends));
                add(edit, ids, id, Element::Flow(flow));
            }
        }
        Change::AddVariable(id, variable) => add(edit, ids, id, Element::Variable(variable)),
        Change::AddNote(id, note) => add(edit, ids, id, Element::Note(note)),
        Change::AddFrame(id, frame) => add(edit, ids, id, Element::Frame(frame)),
        Change::AddComment(id, about, mut comment) => {
            let all = ids.iter().copied().filter(|id| {
                let element = edit.element(*id);
                element.is_some_and(|element| element.kind().can_be_commented())
            });
            let all: Vec<Id> = all.collect();
            if !all.is_empty() {
                comment.about = *about.get(&all);
                add(edit, ids, id, Element::Comment(comment));
            }
        }
        Change::AddImage(id, note, data) => {
            let notes = present(edit, ids, ElementKind::Note);
            if !notes.is_empty() {
                let note = *note.get(&notes);
                add(edit, ids, id, Element::Image(Image { note, data }));
            }
        }
        Change::AddImprovement(id, name, place, changes, shape) => {
            let all = improvable(edit, ids);
            let changes = changes.iter().filter(|_| !all.is_empty());
            let changes = changes.map(|(about, measure, change)| MeasureChange {
                about: *about.get(&all),
                measure: *measure,
                change: *change,
            });
            let without = shape.without.iter().filter(|_| !all.is_empty());
            let flows = present(edit, ids, ElementKind::Flow);
            let added = shape.added.into_iter().filter(|_| !flows.is_empty());
            let added = added.map(|(flow, step)| AddedStep {
                flow: *flow.get(&flows),
                ..step
            });
            let improvement = Improvement {
                name,
                place,
                changes: MeasureChanges::new(changes),
                without: LeftOut::new(without.map(|at| Without(*at.get(&all)))),
                added: AddedSteps::new(added),
            };
            add(edit, ids, id, Element::Improvement(improvement));
        }
        Change::AddScenario(id, name, place, values) => {
            let all = present(edit, ids, ElementKind::Variable);
            let values = values.iter().filter(|_| !all.is_empty());
            let values = values.map(|(about, value)| ScenarioValue {
                about: *about.get(&all),
                value: *value,
            });
            let scenario = Scenario {
                name,
                place,
                values: ScenarioValues::new(values),
            };
            add(edit, ids, id, Element::Scenario(scenario));
        }
        Change::AddStory(id, name, place) => {
            add(edit, ids, id, Element::Story(Story { name, place }));
        }
        Change::AddStoryStep(id, story, step) => {
            let all = present(edit, ids, ElementKind::Story);
            if !all.is_empty() {
                let story = *story.get(&all);
                add(
                    edit,
                    ids,
                    id,
                    Element::StoryStep(StoryStep { story, ..*step }),
                );
            }
        }
        Change::AddRetrospective(id, one) => add(edit, ids, id, Element::Retrospective(*one)),
        Change::AddFact(id, sheet, mut fact) => {
            let all = present(edit, ids, ElementKind::Retrospective);
            if !all.is_empty() {
                fact.retrospective = *sheet.get(&all);
                add(edit, ids, id, Element::Fact(fact));
            }
        }
        Change::AddVariation(id, sheet, mut one) => {
            let all = present(edit, ids, ElementKind::Retrospective);
            if !all.is_empty() {
                one.retrospective = *sheet.get(&all);
                add(edit, ids, id, Element::Variation(one));
            }
        }
        Change::AddExperiment(id, sheet, mut one) => {
            let all = present(edit, ids, ElementKind::Retrospective);
            let sheet = sheet.filter(|_| !all.is_empty());
            one.retrospective = sheet.map(|sheet| *sheet.get(&all));
            add(edit, ids, id, Element::Experiment(*one));
        }
        Change::Improve(at, about, measure, change) => {
            let improvements = present(edit, ids, ElementKind::Improvement);
            let all = improvable(edit, ids);
            if improvements.is_empty() || all.is_empty() {
                return;
            }
            let about = *about.get(&all);
            edit.change(*at.get(&improvements), |element| {
                if let Element::Improvement(improvement) = element {
                    let more = MeasureChange {
                        about,
                        measure,
                        change,
                    };
                    let changes = improvement.changes.iter().copied().chain([more]);
                    improvement.changes = MeasureChanges::new(changes);
                }
            });
        }
        Change::AddLink(id, from, to, mut link) => {
            let ends = present(edit, ids, ElementKind::Variable);
            if !ends.is_empty() {
                (link.from, link.to) = (*from.get(&ends), *to.get(&ends));
                add(edit, ids, id, Element::Link(link));
            }
        }
        Change::AddLabel(id, links, name) => {
            let all = present(edit, ids, ElementKind::Link);
            if all.is_empty() {
                return;
            }
            let key = LoopKey::new(links.iter().map(|index| *index.get(&all)));
            let taken = present(edit, ids, ElementKind::LoopLabel).iter().any(|other| {
                matches!(edit.element(*other), Some(Element::LoopLabel(label)) if label.key == key)
            });
            if !taken {
                let label = LoopLabel {
                    name,
                    ..LoopLabel::new(key)
                };
                add(edit, ids, id, Element::LoopLabel(label));
            }
        }
        Change::Remove(at) => {
            let all: Vec<Id> = ids
                .iter()
                .copied()
                .filter(|id| edit.element(*id).is_some())
                .collect();
            if !all.is_empty() {
                edit.remove(*at.get(&all));
            }
        }
        Change::Lead(at, to) => {
            let links = present(edit, ids, ElementKind::Link);
            let ends = present(edit, ids, ElementKind::Variable);
            if !links.is_empty() {
                edit.change(*at.get(&links), |element| {
                    if let Element::Link(link) = element {
                        link.to = *to.get(&ends);
                    }
                });
            }
        }
        other => rewrite(edit, ids, other),
    }
}

/// Changes what is said of the document as a whole.
fn said(edit: &mut Edit<'_>, change: impl FnOnce(&mut Properties)) {
    let mut properties = edit.properties().clone();
    change(&mut properties);
    edit.set_properties(properties);
}

/// The changes of a field of one record.
fn rewrite(edit: &mut Edit<'_>, ids: &[Id], change: Change) {
    let kinds: &[ElementKind] = match change {
        Change::Turn(..) => &[ElementKind::Link],
        Change::Bend(..) => &[ElementKind::Link, ElementKind::Flow],
        Change::Measure(..) => &[ElementKind::Station, ElementKind::Flow],
        Change::Sign(..) | Change::Delay(..) => &[ElementKind::Link],
        Change::Badge(..) => &[ElementKind::LoopLabel],
        Change::Resize(..) => &[ElementKind::Frame],
        Change::Resolve(..) => &[ElementKind::Comment],
        Change::Judge(..) => &[ElementKind::FindingReview],
        Change::Retell(..) => &[ElementKind::StoryStep],
        Change::Try(..) => &[ElementKind::Experiment],
        Change::Place(..) | Change::Move(..) => &[
            ElementKind::Variable,
            ElementKind::Note,
            ElementKind::Station,
            ElementKind::Frame,
        ],
        _ => &[
            ElementKind::Variable,
            ElementKind::Link,
            ElementKind::Note,
            ElementKind::LoopLabel,
            ElementKind::Station,
            ElementKind::Flow,
            ElementKind::FindingReview,
            ElementKind::Frame,
            ElementKind::Comment,
            ElementKind::Improvement,
            ElementKind::Scenario,
            ElementKind::Story,
            ElementKind::StoryStep,
            ElementKind::Retrospective,
            ElementKind::Fact,
            ElementKind::Variation,
            ElementKind::Experiment,
        ],
    };
    let all: Vec<Id> = kinds
        .iter()
        .flat_map(|kind| present(edit, ids, *kind))
        .collect();
    let (Change::Place(at, _)
    | Change::Move(at, _)
    | Change::Write(at, _)
    | Change::Remark(at, _)
    | Change::Bend(at, _)
    | Change::Turn(at, _)
    | Change::Sign(at, _)
    | Change::Delay(at, _)
    | Change::Measure(at, _, _)
    | Change::Judge(at, _)
    | Change::Retell(at, _)
    | Change::Try(at, _)
    | Change::Resize(at, _, _)
    | Change::Resolve(at, _)
    | Change::Badge(at, _)
    | Change::Look(at, _)) = &change
    else {
        return;
    };
    if all.is_empty() {
        return;
    }
    edit.change(*at.get(&all), |element| match (element, change) {
        (Element::Variable(variable), Change::Write(_, name)) => variable.name = name,
        (Element::Variable(variable), Change::Remark(_, remark)) => variable.remark = remark,
        (Element::Note(note), Change::Write(_, text)) => note.text = text,
        (Element::Note(note), Change::Remark(_, alt)) => note.alt = alt,
        (Element::Frame(frame), Change::Write(_, title)) => frame.title = title,
        (Element::Comment(comment), Change::Write(_, text)) if !text.trim().is_empty() => {
            comment.text = text;
        }
        (Element::Comment(comment), Change::Resolve(_, to)) => comment.resolved = to,
        (Element::Frame(frame), Change::Resize(_, width, height)) => {
            (frame.width, frame.height) = (width, height);
        }
        (Element::LoopLabel(label), Change::Write(_, name)) => label.name = name,
        (Element::LoopLabel(label), Change::Remark(_, remark)) => label.remark = remark,
        (Element::LoopLabel(label), Change::Badge(_, offset)) => label.badge_offset = offset,
        (Element::Link(link), Change::Remark(_, remark)) => link.remark = remark,
        (Element::FindingReview(review), Change::Judge(_, to)) => review.decision = to,
        (Element::FindingReview(review), Change::Remark(_, remark)) => review.remark = remark,
        (Element::Station(station), Change::Write(_, name)) => station.name = name,
        (Element::Improvement(improvement), Change::Write(_, name)) => improvement.name = name,
        (Element::Scenario(scenario), Change::Write(_, name)) => scenario.name = name,
        (Element::Story(story), Change::Write(_, name)) => story.name = name,
        (Element::StoryStep(step), Change::Write(_, title)) => step.title = title,
        (Element::StoryStep(step), Change::Remark(_, words)) => step.words = words,
        (Element::StoryStep(step), Change::Retell(_, to)) => {
            *step = StoryStep {
                story: step.story,
                ..*to
            };
        }
        (Element::Retrospective(one), Change::Write(_, event)) => one.event = event,
        (Element::Retrospective(one), Change::Remark(_, why)) => one.why = why,
        (Element::Fact(fact), Change::Write(_, what)) => fact.what = what,
        (Element::Fact(fact), Change::Remark(_, when)) => fact.when = when,
        (Element::Variation(one), Change::Write(_, name)) => one.name = name,
        (Element::Experiment(one), Change::Write(_, action)) => one.action = action,
        (Element::Experiment(one), Change::Remark(_, learned)) => one.learned = learned,
        (Element::Experiment(one), Change::Try(_, to)) => {
            *one = Experiment {
                retrospective: one.retrospective,
                ..*to
            };
        }
        (Element::Station(station), Change::Remark(_, remark)) => station.remark = remark,
        (Element::Flow(flow), Change::Remark(_, remark)) => flow.remark = remark,
        (Element::Station(station), Change::Measure(_, kind, measure))
            if MeasureKind::of_station(station.kind).contains(&kind) =>
        {
            station.measures.set(kind, measure);
        }
        (Element::Flow(flow), Change::Measure(_, kind, measure))
            if MeasureKind::of_flow(flow.kind).contains(&kind) =>
        {
            flow.measures.set(kind, measure);
        }
        (element, Change::Look(_, look)) => element.set_look(look),
        (element, Change::Bend(_, bend)) => {
            if let Some(edge) = element.edge() {
                element.set_edge(Edge { bend, ..edge });
            }
        }
        (Element::Link(link), Change::Turn(_, corner)) => link.corner = corner,
        (Element::Link(link), Change::Sign(_, polarity)) => link.polarity = polarity,
        (Element::Link(link), Change::Delay(_, delay)) => link.delay = delay,
        (element, Change::Place(_, to)) => {
            if let Some(placement) = element.placement_mut() {
                *placement = to;
            }
        }
        (element, Change::Move(_, to)) => {
            if let Some(placement) = element.placement_mut() {
                placement.position = to;
            }
        }
        _ => {}
    });
}

/// Adds a record under an id that stands for nothing, and did not before the edit.
fn add(edit: &mut Edit<'_>, ids: &mut Vec<Id>, id: Id, element: Element) {
    if edit.element(id).is_none() && edit.document().kind_of(id).is_none() {
        edit.set(id, Some(element));
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
}

/// The records whose measures an improvement can change.
fn improvable(edit: &Edit<'_>, ids: &[Id]) -> Vec<Id> {
    let kinds = [ElementKind::Station, ElementKind::Flow];
    kinds
        .into_iter()
        .flat_map(|kind| present(edit, ids, kind))
        .collect()
}

/// The records of a kind with the changes so far.
fn present(edit: &Edit<'_>, ids: &[Id], kind: ElementKind) -> Vec<Id> {
    ids.iter()
        .copied()
        .filter(|id| {
            edit.element(*id)
                .is_some_and(|element| element.kind() == kind)
        })
        .collect()
}
