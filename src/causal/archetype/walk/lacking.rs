//! A walk that has found all ties: the match it makes, and what that lacks.

use super::Walk;
use crate::causal::archetype::found::{Found, Gap, Way};
use crate::causal::archetype::plan::{Course, Lack, Opening};
use crate::causal::archetype::web::{NONE, Web};

impl Walk {
    /// The match that the frames make, unless it lacks more, or less, than it may.
    pub(super) fn found(&self, web: &Web) -> Option<Found> {
        let ties = self.plan.form.ties;
        let mut ways = vec![Way::default(); ties.len()];
        for frame in self.frames.iter().filter(|frame| frame.depth > 0) {
            let step = self.plan.steps[frame.step];
            let way = &mut ways[step.tie];
            way.links.push(frame.link);
            way.negative = frame.negative;
            way.inner.push(frame.variable);
        }
        for step in &self.plan.steps {
            let way = &mut ways[step.tie];
            match step.course {
                Course::Joining | Course::Onwards => {
                    way.inner.pop();
                }
                Course::Backwards => {
                    way.inner.pop();
                    way.inner.reverse();
                    way.links.reverse();
                }
                Course::ToDeadEnd => {}
                Course::ToDriver => {
                    way.inner.reverse();
                    way.links.reverse();
                }
            }
        }
        let gap = match self.plan.lack {
            Lack::Nothing => None,
            Lack::Mark => Some(self.missing_mark(&ways)?),
            Lack::Link(place, opening) => {
                let gap = self.missing_link(place, opening, &ways[place], web)?;
                Some(gap)
            }
        };
        Some(Found::new(
            self.plan.form,
            &self.cast,
            &self.less,
            &ways,
            gap,
            web,
        ))
    }

    /// The one mark that is missing.
    fn missing_mark(&self, ways: &[Way]) -> Option<Gap> {
        let ties = self.plan.form.ties;
        let mut prompt = self.prompt_groups().peekable();
        if self.unknown != NONE {
            let (tie, way) = ties
                .iter()
                .zip(ways)
                .find(|(_, way)| way.links.contains(&self.unknown))?;
            // The unknown link counted as positive in the net sign of its way.
            let negative = self.is_negative(*tie) ^ way.negative;
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
        let link = *ways[tie].links.last()?;
        Some(Gap::Delay { link })
    }

    /// The one link that is missing.
    fn missing_link(&self, place: usize, opening: Opening, way: &Way, web: &Web) -> Option<Gap> {
        let tie = self.plan.form.ties[place];
        let from = match opening {
            Opening::Whole | Opening::Start => self.cast[tie.from],
            Opening::End => *way.inner.last()?,
        };
        let to = match opening {
            Opening::Whole | Opening::End => self.cast[tie.to],
            Opening::Start => *way.inner.first()?,
        };
        // Where there is a link already, another beside it is not what is missing.
        if from == to || from != NONE && web.is_linked(from, to) {
            return None;
        }
        let negative = self.is_negative(tie) ^ way.negative;
        let delayed = self.prompt_groups().any(|group| group.contains(&place));
        Some(Gap::Link {
            tie: place,
            from,
            to,
            negative,
            delayed,
        })
    }
}
