//! What is told of the step that is presented: in words on the page, and to a screen reader.

use crate::model::{Id, LoopKey, Point, Showing, StoryFigure, StoryStep, isolated};
use crate::story::markdown::{Block, literal, plain, read};
use crate::story::shown;

use super::describe::describe;
use super::state::Editor;

/// How many things are named that are lit; more are counted.
const NAMED: usize = 8;

/// What is told of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldStep {
    /// Its number, from 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
    /// The title of the document; empty where it has none.
    pub document: String,
    /// The title of the step; empty where it has none, or where it is that of the document.
    pub title: String,
    /// Its words.
    pub words: Vec<Block>,
    /// The figures that it shows.
    pub figures: Vec<StoryFigure>,
    /// The loops that it lights, if it has no words: the name of each and its sentence.
    pub loops: Vec<(String, String)>,
    /// What of it is gone.
    pub gone: Option<String>,
    /// What is lit.
    pub lit: Vec<String>,
}

impl ToldStep {
    /// The step, as a screen reader says it.
    #[must_use]
    pub fn spoken(&self) -> String {
        let mut parts = vec![format!("Step {} of {}", self.number, self.count)];
        let title = match self.title.is_empty() {
            true => &self.document,
            false => &self.title,
        };
        parts.push(title.clone());
        parts.push(on_one_line(&self.words));
        parts.extend(self.loops.iter().map(|(name, words)| match words.as_str() {
            "" => name.clone(),
            words => format!("{name}: {words}"),
        }));
        if !self.lit.is_empty() {
            parts.push(format!("Lit: {}", self.lit.join(", ")));
        }
        parts.extend(self.gone.clone());
        let parts = parts.iter().map(|part| part.trim().trim_end_matches('.'));
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        parts.join(". ")
    }
}

impl Editor {
    /// What is told of the step that is presented.
    #[must_use]
    pub fn told_step(&self) -> Option<ToldStep> {
        let presenting = self.presenting()?;
        let (step, shown) = (presenting.step()?, self.shown_step()?);
        let document = self.document.properties().title.trim().to_owned();
        let words = read(&step.words);
        let loops = match words.is_empty() {
            true => shown.loops.iter().map(|key| self.told_loop(key)).collect(),
            false => Vec::new(),
        };
        Some(ToldStep {
            number: presenting.place() + 1,
            count: presenting.steps().len(),
            title: step.title.trim().to_owned(),
            document,
            words,
            figures: step.figures.to_vec(),
            loops,
            gone: shown.gone.words(),
            lit: self.lit_names(),
        })
    }

    /// The loops that a step lights, as words of a story: each by its name and its sentence.
    pub(super) fn told_loops(&self, step: &StoryStep) -> String {
        let there = shown(&self.document, step).loops;
        let told = there.iter().map(|key| {
            let (name, sentence) = self.told_loop(key);
            let name = literal(&name);
            match sentence.is_empty() {
                true => format!("**{name}**"),
                false => format!("**{name}**: {}", literal(&sentence)),
            }
        });
        told.collect::<Vec<_>>().join("\n\n")
    }

    /// What a loop is called, and its sentence if it is known.
    fn told_loop(&self, key: &LoopKey) -> (String, String) {
        let label = self.document.label_of(key);
        let label = label.map_or("", |(_, label)| label.name.trim());
        let mut loops = self.report.loops.iter();
        let named = loops.find(|named| named.key == *key);
        let name = match (label, named) {
            ("", Some(named)) => named.code.clone(),
            ("", None) => "A loop".to_owned(),
            (label, _) => isolated(label).into_owned(),
        };
        let sentence = named.map(|named| named.sentence(&self.document));
        (name, sentence.unwrap_or_default())
    }

    /// The names of what is lit: loops, then what stands by itself, from top to bottom; how many more
    /// there are.
    fn lit_names(&self) -> Vec<String> {
        let Some(shown) = self.shown_step() else {
            return Vec::new();
        };
        let lit = shown.showing(Showing::Lit);
        let mut records: Vec<(Id, Point)> = lit
            .filter_map(|id| Some((id, self.document.placement(id)?.position)))
            .collect();
        // As one reads the canvas. Ids are random, and say nothing of an order.
        records.sort_by(|(_, one), (_, other)| {
            one.y.total_cmp(&other.y).then(one.x.total_cmp(&other.x))
        });
        let loops = shown.loops.iter().map(|key| self.told_loop(key).0);
        let names = records.iter().map(|(id, _)| describe(&self.document, *id));
        let mut names: Vec<String> = loops.chain(names).collect();
        if names.len() > NAMED {
            let more = names.len() - NAMED;
            names.truncate(NAMED);
            names.push(format!("{more} more"));
        }
        names
    }
}

/// The words of blocks, one after the other, without bullets: nobody wants to hear those.
fn on_one_line(blocks: &[Block]) -> String {
    let words = plain(blocks);
    let words = words.split_whitespace().filter(|word| *word != "•");
    words.collect::<Vec<_>>().join(" ")
}
