//! Bringing another document's records onto the ids of one's own, where they mean the same.

use crate::model::{Document, Edit, Element, FindingReview, Id, LoopKey, Records};

/// The other document under the ids of `ours`.
///
/// Copies of one document share their ids, so these say what is the same. What else there is is
/// the same if it is of the same kind and name and there is only one such on both sides; then
/// links and flows if they lead between the same things in the same way. Everything else keeps
/// its own id, unless that stands for another thing among ours: then it cannot be told apart and
/// is given an id that neither has.
#[must_use]
pub fn aligned(ours: &Document, theirs: &Document) -> Document {
    let mut names = Renaming::of(ours, theirs);
    names.by_meaning(ours, theirs, Round::Nodes);
    names.by_meaning(ours, theirs, Round::Edges);
    names.out_of_the_way(ours, theirs);
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    for id in theirs.ids() {
        if let Some(element) = theirs.element(id) {
            edit.set(names.now(id), Some(names.renamed(element)));
        }
    }
    let mut properties = theirs.properties().clone();
    let paths = &properties.stream.paths;
    properties.stream.paths = paths.renamed(|id| names.now(id));
    edit.set_properties(properties);
    let mut document = Document::default();
    // Renaming is one to one, so what was valid stays so.
    let applied = document.apply(&edit.finish());
    debug_assert!(applied.is_ok(), "{applied:?}");
    document
}

/// Which records are looked at.
#[derive(Clone, Copy, PartialEq)]
enum Round {
    /// What stands by itself.
    Nodes,
    /// What leads from one to another.
    Edges,
}

/// From the ids of the other document to those of ours.
struct Renaming {
    to_ours: Records<Id>,
    taken: Records<()>,
}

impl Renaming {
    /// What has the same id and kind is the same.
    fn of(ours: &Document, theirs: &Document) -> Self {
        let mut names = Self {
            to_ours: Records::new(),
            taken: Records::new(),
        };
        for id in theirs.ids() {
            if ours.kind_of(id) == theirs.kind_of(id) {
                names.say(id, id);
            }
        }
        names
    }

    fn say(&mut self, theirs: Id, ours: Id) {
        self.to_ours.insert(theirs, ours);
        self.taken.insert(ours, ());
    }

    fn now(&self, id: Id) -> Id {
        self.to_ours.get(&id).copied().unwrap_or(id)
    }

    /// What means the same, and is the only one that does on both sides.
    fn by_meaning(&mut self, ours: &Document, theirs: &Document, round: Round) {
        let mine = ours.ids().filter(|id| !self.taken.contains_key(id));
        let mine = meanings(mine, |id| meaning(ours, id, round, |id| id));
        let open = theirs.ids().filter(|id| !self.to_ours.contains_key(id));
        let other = meanings(open, |id| meaning(theirs, id, round, |id| self.now(id)));
        let mut start = 0;
        for (index, (words, id)) in other.iter().enumerate() {
            let same = |at: usize| other.get(at).is_some_and(|(other, _)| other == words);
            if same(index + 1) || index > 0 && same(index - 1) {
                continue;
            }
            while mine.get(start).is_some_and(|(mine, _)| mine < words) {
                start += 1;
            }
            let found = mine.get(start).filter(|(mine, _)| mine == words);
            let twice = mine.get(start + 1).is_some_and(|(mine, _)| mine == words);
            if let (Some((_, ours)), false) = (found, twice) {
                self.say(*id, *ours);
            }
        }
    }

    /// What would get in the way of something of ours gets an id that neither document has.
    fn out_of_the_way(&mut self, ours: &Document, theirs: &Document) {
        let mut fresh = 1;
        for id in theirs.ids() {
            if self.to_ours.contains_key(&id)
                || ours.kind_of(id).is_none() && !self.taken.contains_key(&id)
            {
                continue;
            }
            let is_taken = |id: Id, names: &Self| {
                ours.kind_of(id).is_some()
                    || theirs.kind_of(id).is_some()
                    || names.taken.contains_key(&id)
            };
            while is_taken(Id::from_bits(fresh), self) {
                fresh += 1;
            }
            self.say(id, Id::from_bits(fresh));
        }
    }

    fn renamed(&self, mut element: Element) -> Element {
        if let Some(mut edge) = element.edge() {
            (edge.from, edge.to) = (self.now(edge.from), self.now(edge.to));
            element.set_edge(edge);
        }
        match &mut element {
            Element::LoopLabel(label) => {
                label.key = LoopKey::new(label.key.links().iter().map(|link| self.now(*link)));
            }
            Element::Variable(variable) => {
                variable.binding = variable
                    .binding
                    .map(|binding| binding.about(|id| self.now(id)));
            }
            Element::Link(link) => {
                if let Some(segment) = &mut link.delay_source {
                    (segment.from, segment.to) = (self.now(segment.from), self.now(segment.to));
                }
            }
            Element::FindingReview(review) => {
                let about: Vec<Id> = review.about.iter().map(|id| self.now(*id)).collect();
                *review = FindingReview {
                    remark: std::mem::take(&mut review.remark),
                    ..FindingReview::new(&review.topic, about, review.decision)
                };
            }
            Element::Comment(comment) => comment.about = self.now(comment.about),
            Element::Image(image) => image.note = self.now(image.note),
            Element::Improvement(improvement) => {
                *improvement = improvement.clone().renamed(|id| self.now(id));
            }
            Element::Scenario(scenario) => {
                scenario.values = scenario.values.renamed(|id| self.now(id));
            }
            Element::StoryStep(step) => *step = step.renamed(|id| self.now(id)),
            Element::Retrospective(sheet) => *sheet = sheet.clone().renamed(|id| self.now(id)),
            Element::Fact(fact) => fact.retrospective = self.now(fact.retrospective),
            Element::Variation(one) => *one = one.clone().renamed(|id| self.now(id)),
            Element::Experiment(one) => *one = one.clone().renamed(|id| self.now(id)),
            Element::Note(_)
            | Element::Station(_)
            | Element::Flow(_)
            | Element::Frame(_)
            | Element::Story(_) => {}
        }
        element
    }
}

/// Records by what they mean, in the order of their meanings.
fn meanings(
    ids: impl Iterator<Item = Id>,
    meaning: impl Fn(Id) -> Option<String>,
) -> Vec<(String, Id)> {
    let mut list: Vec<(String, Id)> = ids.filter_map(|id| Some((meaning(id)?, id))).collect();
    list.sort();
    list
}

/// What a record means, apart from where it stands; none for what is not told apart by that.
fn meaning(document: &Document, id: Id, round: Round, now: impl Fn(Id) -> Id) -> Option<String> {
    let lower = |text: &str| {
        let text = text.trim().to_ascii_lowercase();
        (!text.is_empty()).then_some(text)
    };
    match (document.element(id)?, round) {
        (Element::Variable(variable), Round::Nodes) => {
            Some(format!("variable {}", lower(&variable.name)?))
        }
        (Element::Station(station), Round::Nodes) => Some(format!(
            "station {} {}",
            station.kind as u8,
            lower(&station.name)?
        )),
        (Element::Note(note), Round::Nodes) => Some(format!("note {}", lower(&note.text)?)),
        (Element::Frame(frame), Round::Nodes) => Some(format!("frame {}", lower(&frame.title)?)),
        (Element::Improvement(improvement), Round::Nodes) => {
            Some(format!("improvement {}", lower(&improvement.name)?))
        }
        (Element::Scenario(scenario), Round::Nodes) => {
            Some(format!("scenario {}", lower(&scenario.name)?))
        }
        (Element::Story(story), Round::Nodes) => Some(format!("story {}", lower(&story.name)?)),
        (Element::Retrospective(sheet), Round::Nodes) => {
            Some(format!("retrospective {}", lower(&sheet.event)?))
        }
        (Element::Experiment(experiment), Round::Nodes) => {
            Some(format!("experiment {}", lower(&experiment.action)?))
        }
        (Element::Fact(fact), Round::Edges) => Some(format!(
            "fact {} {} {}",
            now(fact.retrospective),
            fact.when.trim().to_ascii_lowercase(),
            lower(&fact.what)?
        )),
        (Element::Variation(variation), Round::Edges) => Some(format!(
            "variation {} {}",
            now(variation.retrospective),
            lower(&variation.name)?
        )),
        (Element::StoryStep(step), Round::Edges) => Some(format!(
            "step of a story {} {}",
            now(step.story),
            lower(&step.title)?
        )),
        (Element::Link(link), Round::Edges) => {
            Some(format!("link {} {}", now(link.from), now(link.to)))
        }
        (Element::Image(image), Round::Edges) => {
            Some(format!("image {} {}", now(image.note), image.data.url()))
        }
        (Element::Flow(flow), Round::Edges) => Some(format!(
            "flow {} {} {}",
            now(flow.from),
            now(flow.to),
            flow.kind as u8
        )),
        _ => None,
    }
}
