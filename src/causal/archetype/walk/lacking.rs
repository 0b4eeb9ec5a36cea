//! A walk that has found all ties: the match it makes, and what that lacks.

use super::Walk;
use crate::causal::archetype::found::{Found, Gap, TiePath};
use crate::causal::archetype::plan::{Course, Lack, Opening};
use crate::causal::archetype::web::{NONE, Web};

impl Walk {
    /// The match that the frames make, unless it lacks more, or less, than it may.
    pub(super) fn found(&self, web: &Web) -> Option<Found> {
        let ties = self.plan.form.ties;
        let mut paths = vec![TiePath::default(); ties.len()];
        for frame in self.frames.iter().filter(|frame| frame.depth > 0) {
            let step = self.plan.steps[frame.step];
            let path = &mut paths[step.tie];
            path.links.push(frame.link);
            path.negative = frame.negative;
            path.inner.push(frame.variable);
        }
        for step in &self.plan.steps {
            let path = &mut paths[step.tie];
            match step.course {
                Course::Joining | Course::Onwards => {
                    path.inner.pop();
                }
                Course::Backwards => {
                    path.inner.pop();
                    path.inner.reverse();
                    path.links.reverse();
                }
                Course::ToDeadEnd => {}
                Course::ToDriver => {
                    path.inner.reverse();
                    path.links.reverse();
                }
            }
        }
        let gap = match self.plan.lack {
            Lack::Nothing => None,
            Lack::Mark => Some(self.missing_mark(&paths)?),
            Lack::Link(position, opening) => {
                let gap = self.missing_link(position, opening, &paths[position], web)?;
                Some(gap)
            }
        };
        Some(Found::new(
            self.plan.form,
            &self.cast,
            &self.less,
            &paths,
            gap,
            web,
        ))
    }

    /// The one mark that is missing.
    fn missing_mark(&self, paths: &[TiePath]) -> Option<Gap> {
        let ties = self.plan.form.ties;
        let mut prompt = self.prompt_groups().peekable();
        if self.unknown != NONE {
            let (tie, path) = ties
                .iter()
                .zip(paths)
                .find(|(_, path)| path.links.contains(&self.unknown))?;
            // The unknown link counted as positive in the net sign of its path.
            let negative = self.is_negative(*tie) ^ path.negative;
            let link = self.unknown;
            return prompt
                .peek()
                .is_none()
                .then_some(Gap::Polarity { link, negative });
        }
        // One mark must serve all groups that have none.
        let groups: Vec<&[usize]> = prompt.collect();
        let shared = |tie: &usize| groups.iter().all(|group| group.contains(tie));
        let tie = groups.first()?.iter().copied().rfind(shared)?;
        let link = *paths[tie].links.last()?;
        Some(Gap::Delay { link })
    }

    /// The one link that is missing.
    fn missing_link(
        &self,
        position: usize,
        opening: Opening,
        path: &TiePath,
        web: &Web,
    ) -> Option<Gap> {
        let tie = self.plan.form.ties[position];
        let from = match opening {
            Opening::Whole | Opening::Start => self.cast[tie.from],
            Opening::End => *path.inner.last()?,
        };
        let to = match opening {
            Opening::Whole | Opening::End => self.cast[tie.to],
            Opening::Start => *path.inner.first()?,
        };
        // Where there is a link already, another beside it is not what is missing.
        if from == to || from != NONE && web.is_linked(from, to) {
            return None;
        }
        let negative = self.is_negative(tie) ^ path.negative;
        let delayed = self.prompt_groups().any(|group| group.contains(&position));
        Some(Gap::Link {
            tie: position,
            from,
            to,
            negative,
            delayed,
        })
    }
}
