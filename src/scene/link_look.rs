//! What the line of a link looks like: its colour, its weight, whether it is broken.

use serde::{Deserialize, Serialize};

use crate::model::{Link, Polarity, Strength};

use super::primitive::{Dash, Stroke};
use super::theme::Ink;

/// What the colours of links say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkColours {
    /// What a person gave each of them.
    #[default]
    Own,
    /// Their signs: `+` and `-` have each a colour, and the line of `-` is broken, so that nobody
    /// needs to see colours. A link without a sign has its own.
    BySign,
}

/// The width of the line of a link, in world units.
const WIDTH: f64 = 1.6;

/// What a link is drawn with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LinkLook {
    /// The line.
    pub stroke: Stroke,
    /// The sign.
    pub sign: Ink,
    /// The words on the line.
    pub label: Ink,
    /// How many times as large as usual the arrow head is.
    pub head: f64,
}

/// What a link is drawn with; `scale` is how many times as wide as at 100 % lines are.
pub(super) fn look_of(link: &Link, colours: LinkColours, scale: f64) -> LinkLook {
    let own = link.colour.map(Ink::Colour);
    let (ink, dash) = match (colours, link.polarity) {
        (LinkColours::BySign, Polarity::Positive) => (Some(Ink::Positive), Dash::Solid),
        (LinkColours::BySign, Polarity::Negative) => (Some(Ink::Negative), Dash::Dashed),
        _ => (own, Dash::Solid),
    };
    let sign = match link.polarity {
        Polarity::Unknown => Ink::Muted,
        Polarity::Positive | Polarity::Negative => ink.unwrap_or(Ink::Text),
    };
    let weight = match link.strength {
        Strength::Weak => 0.6,
        Strength::Medium => 1.0,
        Strength::Strong => 1.8,
    } * if link.emphasis { 1.6 } else { 1.0 };
    LinkLook {
        stroke: Stroke {
            ink: ink.unwrap_or(Ink::Line),
            width: WIDTH * weight * scale,
            dash,
        },
        sign,
        label: ink.unwrap_or(Ink::Text),
        // A thick line must not hide its head.
        head: (1.0 + (weight - 1.0) * 0.45).max(0.9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Colour, Id};

    #[test]
    fn signs_differ_without_colours_and_strengths_by_weight() {
        let mut link = Link::new(Id::from_bits(1), Id::from_bits(2), 0.0);
        link.colour = Some(Colour::Red);
        let own = look_of(&link, LinkColours::Own, 1.0);
        assert_eq!(own.stroke, Stroke::solid(Ink::Colour(Colour::Red), WIDTH));
        assert_eq!(look_of(&link, LinkColours::BySign, 1.0), own, "no sign yet");
        link.polarity = Polarity::Positive;
        let plus = look_of(&link, LinkColours::BySign, 1.0);
        link.polarity = Polarity::Negative;
        let minus = look_of(&link, LinkColours::BySign, 1.0);
        assert_ne!(plus.stroke.ink, minus.stroke.ink);
        assert_ne!(plus.stroke.dash, minus.stroke.dash);
        let widths = Strength::ALL.map(|strength| {
            link.strength = strength;
            look_of(&link, LinkColours::Own, 1.0).stroke.width
        });
        assert!(widths[0] < widths[1] && widths[1] < widths[2]);
        link.emphasis = true;
        assert!(look_of(&link, LinkColours::Own, 1.0).stroke.width > widths[2]);
    }
}
