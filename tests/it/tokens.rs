//! The canvas and the page have the same colours: `scene::Theme` against `style/tokens.css`.
use loopstream::scene::{Ink, Theme};

const TOKENS: &str = include_str!("../../style/tokens.css");

/// The text of the block that follows a selector.
fn block(selector: &str) -> &'static str {
    let start = TOKENS.find(selector).expect("the selector is there") + selector.len();
    let rest = &TOKENS[start..];
    &rest[..rest.find('}').expect("the block ends")]
}

fn token(block: &str, name: &str) -> String {
    let start = format!("--{name}:");
    let line = block
        .lines()
        .find_map(|line| line.trim().strip_prefix(&start));
    line.expect("the token is there")
        .trim()
        .trim_end_matches(';')
        .to_owned()
}

#[test]
fn both_themes_are_the_same_on_the_canvas_and_on_the_page() {
    for (selector, theme) in [
        (":root {", Theme::Light),
        (":root:not([data-theme=\"light\"]) {", Theme::Dark),
        (":root[data-theme=\"dark\"] {", Theme::Dark),
    ] {
        for ink in Ink::ALL {
            assert_eq!(
                token(block(selector), ink.token()),
                theme.color(ink),
                "{selector} {ink:?}"
            );
        }
    }
}

/// The relative luminance of WCAG 2 of a colour as `#rrggbb`.
fn luminance(color: &str) -> f64 {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

#[test]
fn what_is_written_reaches_the_contrast_of_wcag_aa_in_both_themes() {
    for theme in [Theme::Light, Theme::Dark] {
        for ink in [
            Ink::Text,
            Ink::Muted,
            Ink::Reinforcing,
            Ink::Balancing,
            Ink::Undetermined,
        ] {
            for paper in [Ink::Paper, Ink::Note] {
                let (one, other) = (luminance(theme.color(ink)), luminance(theme.color(paper)));
                let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
                assert!(
                    contrast >= 4.5,
                    "{theme:?} {ink:?} on {paper:?}: {contrast:.2}"
                );
            }
        }
    }
}
