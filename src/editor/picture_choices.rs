//! What a person has chosen for pictures that leave the program.

use serde::{Deserialize, Serialize};

use crate::scene::{Background, LinkColours, PictureLook, SHARP, Theme};

/// What kind of file a picture is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PictureFormat {
    /// Lines and letters, sharp at any size.
    Svg,
    /// Pixels.
    #[default]
    Png,
}

impl PictureFormat {
    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Svg => "SVG",
            Self::Png => "PNG",
        }
    }

    /// How a file of it ends, without the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// How many pixels a world unit has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PictureScale {
    /// One.
    Single,
    /// Two, as most screens of today have them.
    #[default]
    Double,
    /// Three.
    Triple,
}

impl PictureScale {
    /// Each of them, the least first.
    pub const ALL: [Self; 3] = [Self::Single, Self::Double, Self::Triple];

    /// Pixels for a world unit.
    #[must_use]
    pub const fn factor(self) -> f64 {
        match self {
            Self::Single => 1.0,
            Self::Double => SHARP,
            Self::Triple => 3.0,
        }
    }
}

/// The colours of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PictureColors {
    /// Those of the canvas.
    #[default]
    Shown,
    /// Dark ink.
    Light,
    /// Light ink.
    Dark,
}

/// What a person has chosen. It is kept as JSON; what is not said there is as it is at first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PictureChoices {
    /// The kind of file.
    pub format: PictureFormat,
    /// How large the pixels of a PNG are.
    pub scale: PictureScale,
    /// The colours.
    pub colors: PictureColors,
    /// What the picture stands on.
    pub background: Background,
    /// Whether the title stands above.
    pub title: bool,
    /// Whether the signs are explained below.
    pub legend: bool,
    /// Whether elements with open comments are marked.
    pub comments: bool,
    /// Whether what experiments change is marked.
    pub experiments: bool,
}

impl PictureChoices {
    /// The choices that were kept as this text; those of the beginning where it cannot be read.
    #[must_use]
    pub fn kept(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// The text to keep.
    #[must_use]
    pub fn text(self) -> String {
        // Nothing in it can fail to be written.
        serde_json::to_string(&self).unwrap_or_default()
    }

    /// How a picture looks, while the canvas has this theme and its links these colours.
    #[must_use]
    pub const fn look(self, shown: Theme, links: LinkColours) -> PictureLook {
        PictureLook {
            theme: match (self.colors, shown) {
                (PictureColors::Light, _) => Theme::Light,
                (PictureColors::Dark, _) => Theme::Dark,
                // The colours of a system are names, which are no colours elsewhere.
                (PictureColors::Shown, Theme::Forced) => Theme::Light,
                (PictureColors::Shown, shown) => shown,
            },
            background: self.background,
            links,
            title: self.title,
            legend: self.legend,
            comments: self.comments,
            experiments: self.experiments,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_and_what_is_damaged_is_forgotten() {
        let choices = PictureChoices {
            format: PictureFormat::Svg,
            scale: PictureScale::Triple,
            colors: PictureColors::Dark,
            background: Background::Transparent,
            title: true,
            legend: true,
            comments: true,
            experiments: true,
        };
        assert_eq!(PictureChoices::kept(&choices.text()), choices);
        for text in ["", "{", "{\"format\":\"Gif\"}", "[]"] {
            assert_eq!(PictureChoices::kept(text), PictureChoices::default());
        }
        let some = PictureChoices::kept("{\"legend\":true}");
        assert!(some.legend && some.scale == PictureScale::Double);
    }

    #[test]
    fn nothing_chosen_is_a_picture_as_the_canvas_shows_it() {
        let choices = PictureChoices::default();
        assert_eq!(
            choices.look(Theme::Dark, LinkColours::Own),
            PictureLook::plain(Theme::Dark)
        );
        assert_eq!(
            choices.look(Theme::Forced, LinkColours::Own).theme,
            Theme::Light
        );
    }
}
