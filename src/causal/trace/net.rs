//! What all paths between two variables together say, and how people are told.

use super::path::Path;
use super::search::{PathCounts, PathReport};
use crate::causal::counts::Completeness;
use crate::model::{Document, Id, Polarity};

/// The effect of a rise of one variable on another, over all paths that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetEffect {
    /// No path leads there, within the bound on the length of paths.
    Nothing,
    /// None was found so far.
    NothingYet,
    /// All paths are positive.
    Raises,
    /// All paths are negative.
    Lowers,
    /// Some paths are positive and some negative, and signs alone do not say which win.
    Indeterminate,
    /// A path has a link of unknown polarity, the first one named here, and the others agree.
    Undetermined {
        /// That link, if such a path is known.
        link: Option<Id>,
    },
}

impl NetEffect {
    pub(super) fn of(
        counts: PathCounts,
        completeness: Completeness,
        document: &Document,
        open: Option<&Path>,
    ) -> Self {
        let is_unknown = |id: &Id| {
            let link = document.links().get(id);
            link.is_some_and(|link| link.polarity == Polarity::Unknown)
        };
        match (counts.positive, counts.negative, counts.unknown) {
            (0, 0, 0) if completeness == Completeness::Exact => Self::Nothing,
            (0, 0, 0) => Self::NothingYet,
            (1.., 1.., _) => Self::Indeterminate,
            (_, _, 1..) => Self::Undetermined {
                link: open.and_then(|path| path.links.iter().copied().find(is_unknown)),
            },
            (1.., 0, 0) => Self::Raises,
            (0, 1.., 0) => Self::Lowers,
        }
    }
}

impl PathReport {
    /// The effect in one sentence without its full stop, with the reason.
    #[must_use]
    pub fn sentence(&self, document: &Document) -> String {
        let in_sentence = |id: Id| {
            let variable = document.variables().get(&id);
            variable.map_or_else(String::new, |variable| variable.in_sentence())
        };
        let (from, to) = (in_sentence(self.from), in_sentence(self.to));
        match self.net {
            NetEffect::Nothing => {
                let bound = self.bound();
                format!("No path{bound} leads from {from} to {to}")
            }
            NetEffect::NothingYet => {
                format!("No path from {from} to {to} was found so far; the search is not done")
            }
            NetEffect::Raises => {
                let paths = self.all_paths(self.counts.positive);
                format!("{from} up → {to} up, {paths}")
            }
            NetEffect::Lowers => {
                let paths = self.all_paths(self.counts.negative);
                format!("{from} up → {to} down, {paths}")
            }
            NetEffect::Indeterminate => {
                let raises = self.path_text(document, self.raising.as_ref(), self.counts.positive);
                let lowers = self.path_text(document, self.lowering.as_ref(), self.counts.negative);
                format!(
                    "The effect of {from} on {to} is not certain, because it goes up {raises} and down \
                     {lowers}"
                )
            }
            NetEffect::Undetermined { link } => {
                let link = link.and_then(|id| document.links().get(&id));
                let which = match link {
                    Some(link) => format!(
                        "the link from {} to {} has no sign yet",
                        in_sentence(link.from),
                        in_sentence(link.to)
                    ),
                    None => "a link on the path has no sign yet".to_owned(),
                };
                format!("The effect of {from} on {to} is not known, because {which}")
            }
        }
    }

    /// The bound on the length of paths, as part of a sentence.
    fn bound(&self) -> String {
        match self.longest {
            None => String::new(),
            Some(1) => " of one link".to_owned(),
            Some(most) => format!(" of at most {most} links"),
        }
    }

    /// How many paths agree, as part of a sentence.
    fn all_paths(&self, count: u64) -> String {
        let bound = self.bound();
        match (self.completeness, count) {
            (Completeness::Exact, 1) => format!("by the only path{bound}"),
            (Completeness::Exact, 2) => format!("by both paths{bound}"),
            (Completeness::Exact, _) => format!("by all {count} paths{bound}"),
            (Completeness::SoFar, 1) => {
                "by the one path that was found so far; the search is not done".to_owned()
            }
            (Completeness::SoFar, _) => {
                format!("by all {count} paths that were found so far; the search is not done")
            }
            (Completeness::Saturated, _) => "by all paths, too many to count".to_owned(),
        }
    }

    /// One path of so many, as part of a sentence.
    fn path_text(&self, document: &Document, path: Option<&Path>, count: u64) -> String {
        let Some(path) = path else {
            return "by longer paths".to_owned();
        };
        let text = path.through(document);
        let at_least = match self.completeness {
            Completeness::Exact => "",
            Completeness::SoFar | Completeness::Saturated => "at least ",
        };
        match count {
            0 | 1 => text,
            2 => format!("{text} ({at_least}1 more path)"),
            _ => format!("{text} ({at_least}{} more paths)", count - 1),
        }
    }
}
