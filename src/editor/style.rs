//! How what is selected looks, and changing that.

use crate::model::{Colour, Look, Size, Strength};
use crate::scene::{LinkColours, MeasureText};

use super::edits;
use super::event::Effect;
use super::history::Continuity;
use super::state::{Editor, Environment};

impl Editor {
    /// Gives everything that is selected this look, as far as it can have it.
    pub(super) fn give_look(&mut self, look: Look, env: &mut Environment<'_>) -> Vec<Effect> {
        let selection = self.overlay.selection.iter().copied();
        let patch = edits::change_each(&self.document, selection, |element| element.set_look(look));
        self.commit(patch, Continuity::Own, env)
    }

    /// Emphasizes what is selected, or if all of it is, no longer.
    pub(super) fn toggle_emphasis(&mut self, env: &mut Environment<'_>) -> Vec<Effect> {
        let is_on = self.common_look().emphasis == Some(Some(true));
        let look = Look {
            emphasis: Some(!is_on),
            ..Look::default()
        };
        self.give_look(look, env)
    }

    /// What all that is selected has in common.
    #[must_use]
    pub fn common_look(&self) -> CommonLook {
        let selection = self.overlay.selection.iter();
        let looks = selection.filter_map(|id| self.document.look(*id));
        let looks: Vec<Look> = looks.collect();
        CommonLook {
            colour: common(&looks, |look| look.colour),
            size: common(&looks, |look| look.size),
            emphasis: common(&looks, |look| look.emphasis),
            strength: common(&looks, |look| look.strength),
        }
    }

    /// What the colours of links say.
    #[must_use]
    pub const fn link_colours(&self) -> LinkColours {
        self.scene.link_colours()
    }

    /// Colours links by what they say from now on; it is a choice of who looks, not of the document.
    pub fn colour_links(&mut self, colours: LinkColours, measure: &dyn MeasureText) {
        let changed = self.scene.colour_links(&self.document, colours, measure);
        for (_, rect) in changed {
            self.mark(rect);
        }
        self.follow_step();
        self.versions.loops += 1;
    }

    /// Colours links by their signs, or no longer.
    pub(super) fn toggle_link_colours(&mut self, env: &mut Environment<'_>) -> Vec<Effect> {
        let (colours, words) = match self.link_colours() {
            LinkColours::Own => (LinkColours::BySign, "Links coloured by sign"),
            LinkColours::BySign => (LinkColours::Own, "Links no longer coloured by sign"),
        };
        self.colour_links(colours, env.measure);
        vec![Effect::Announce(words.to_owned())]
    }
}

/// What all that is selected has in common: of each part `None` where nothing can have it, and
/// `Some(None)` where it differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CommonLook {
    /// The colour.
    pub colour: Option<Option<Option<Colour>>>,
    /// The size.
    pub size: Option<Option<Size>>,
    /// Whether it is emphasized.
    pub emphasis: Option<Option<bool>>,
    /// The strength.
    pub strength: Option<Option<Strength>>,
}

fn common<T: PartialEq + Copy>(
    looks: &[Look],
    part: impl Fn(&Look) -> Option<T>,
) -> Option<Option<T>> {
    let mut parts = looks.iter().filter_map(part);
    let first = parts.next()?;
    Some(parts.all(|other| other == first).then_some(first))
}
