//! What stands once in the style sheets: colours (the canvas has its own from the same file, by
//! way of `scene::Theme`), breakpoints, and what lies over what.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use loopstream::model::Colour;
use loopstream::scene::{Ink, Theme};

const COLORS: &str = include_str!("../../style/colors.css");
const TOKENS: &str = include_str!("../../style/tokens.css");

/// Every file in a folder of the repository, and in its folders.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found
}

/// The style sheets, each with its name.
fn sheets() -> Vec<(String, String)> {
    files("style")
        .into_iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// Every colour in a text: a sign `#` with 3, 4, 6 or 8 hexadecimal digits, or a function.
fn colors(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('#') {
        let word = &text[at + 1..];
        let end = word.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
        let word = &word[..end.unwrap_or(word.len())];
        let hexadecimal = word.chars().all(|letter| letter.is_ascii_hexdigit());
        if hexadecimal && matches!(word.len(), 3 | 4 | 6 | 8) {
            found.push(&text[at..=at + word.len()]);
        }
    }
    for function in ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "lab("] {
        found.extend(text.matches(function));
    }
    found
}

#[test]
fn colors_are_found() {
    let text = "#app{color:#fff;a:#12ab34cd}.x{b:rgb(1 2 3)} url(#fade-in) #ab";
    assert_eq!(colors(text), ["#fff", "#12ab34cd", "rgb("]);
}

#[test]
fn every_color_stands_once() {
    for (name, text) in sheets() {
        if name != "colors.css" {
            assert!(colors(&text).is_empty(), "{name}: {:?}", colors(&text));
        }
    }
    for path in files("src") {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let strings = code.split('"').filter(|part| part.starts_with('#'));
        let found: Vec<_> = strings.flat_map(colors).collect();
        assert!(found.is_empty(), "{}: {found:?}", path.display());
    }
}

/// These are read where there are no style sheets: by the system, or before any is there.
#[test]
fn files_outside_of_the_page_have_its_colors() {
    let known: BTreeSet<_> = colors(COLORS).into_iter().collect();
    for text in [
        include_str!("../../index.html"),
        include_str!("../../public/manifest.webmanifest"),
        include_str!("../../public/icon.svg"),
    ] {
        let found = colors(text);
        assert!(found.len() >= 2, "{text}");
        for color in found {
            assert!(known.contains(color), "{color} is not in colors.css");
        }
    }
    let paper = |theme: Theme, scheme| {
        let paper = theme.color(Ink::Paper);
        format!(r#"content="{paper}" media="(prefers-color-scheme: {scheme})""#)
    };
    let page = include_str!("../../index.html");
    assert!(page.contains(&paper(Theme::Light, "light")));
    assert!(page.contains(&paper(Theme::Dark, "dark")));
}

#[test]
fn canvas_and_exports_have_the_colors_of_the_page() {
    let tokens = [
        ("paper", Ink::Paper),
        ("ink", Ink::Text),
        ("line", Ink::Line),
        ("muted", Ink::Muted),
        ("grid", Ink::Grid),
        ("note", Ink::Note),
        ("note-border", Ink::NoteBorder),
        ("reinforcing", Ink::Reinforcing),
        ("balancing", Ink::Balancing),
        ("undetermined", Ink::Undetermined),
        ("constraint", Ink::Constraint),
        ("accent", Ink::Accent),
        ("accent-wash", Ink::AccentWash),
        ("paper-wash", Ink::PaperWash),
        ("positive", Ink::Positive),
        ("negative", Ink::Negative),
        ("red", Ink::Colour(Colour::Red)),
        ("orange", Ink::Colour(Colour::Orange)),
        ("yellow", Ink::Colour(Colour::Yellow)),
        ("green", Ink::Colour(Colour::Green)),
        ("blue", Ink::Colour(Colour::Blue)),
        ("violet", Ink::Colour(Colour::Violet)),
        ("red-tint", Ink::Tint(Colour::Red)),
        ("orange-tint", Ink::Tint(Colour::Orange)),
        ("yellow-tint", Ink::Tint(Colour::Yellow)),
        ("green-tint", Ink::Tint(Colour::Green)),
        ("blue-tint", Ink::Tint(Colour::Blue)),
        ("violet-tint", Ink::Tint(Colour::Violet)),
    ];
    assert_eq!(tokens.map(|(_, ink)| ink), Ink::ALL);
    for (token, ink) in tokens {
        let [light, dark] = [Theme::Light, Theme::Dark].map(|theme| theme.color(ink));
        let line = format!("    --{token}: light-dark({light}, {dark});\n");
        assert!(COLORS.contains(&line), "{line}");
        // As the canvas and any reader of SVG take them.
        for color in [light, dark] {
            assert_eq!(colors(color), [color]);
        }
        if ink != Ink::Paper {
            assert_eq!(Theme::Print.color(ink), light);
        }
    }
    assert_eq!(Theme::Print.color(Ink::Paper), "#ffffff");
}

/// Sizes that media queries ask for, and queries that ask otherwise.
fn asked_sizes(text: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut sizes, mut odd) = (Vec::new(), Vec::new());
    for query in text.split("@media ").skip(1) {
        let query = &query[..query.find('{').unwrap()];
        let conditions = query.split('(').skip(1);
        for condition in conditions.map(|rest| &rest[..rest.find(')').unwrap()]) {
            let words: Vec<_> = condition.split(' ').collect();
            match words[..] {
                ["width" | "height", "<" | "<=" | ">", size] => sizes.push(size),
                _ if condition.contains("width") || condition.contains("height") => {
                    odd.push(condition);
                }
                _ => {}
            }
        }
    }
    (sizes, odd)
}

#[test]
fn media_queries_ask_for_the_sizes_of_the_table_alone() {
    let table = TOKENS.split("*/").next().unwrap();
    let table: BTreeSet<_> = table
        .lines()
        .filter_map(|line| line.strip_prefix("     "))
        .filter_map(|line| line.split_once("  "))
        .map(|(size, _)| size)
        .collect();
    let mut used = BTreeSet::new();
    for (name, text) in sheets() {
        let (sizes, odd) = asked_sizes(&text);
        assert!(odd.is_empty(), "{name}: {odd:?} instead of <= or >");
        for size in sizes {
            assert!(table.contains(size), "{name}: {size} is not in tokens.css");
            used.insert(size.to_owned());
        }
    }
    assert!(table.iter().all(|size| used.contains(*size)), "{used:?}");
}

#[test]
fn the_page_is_narrow_where_its_style_is() {
    let narrow = "(width <= 760px)";
    assert!(include_str!("../../style/layout.css").contains(&format!("@media {narrow} {{")));
}

#[test]
fn panels_come_up_by_themselves_only_where_they_leave_room() {
    let choices = include_str!("../../src/app/state/choices.rs");
    assert!(choices.contains("const ROOMY: &str = \"(width >= 1024px)\";"));
}

#[test]
fn what_lies_over_what_is_told_in_one_place() {
    for (name, text) in sheets() {
        for line in text.lines().filter(|line| line.contains("z-index:")) {
            assert!(line.contains("z-index: var(--z-"), "{name}: {line}");
        }
    }
}

/// What is in no layer would go before everything that is.
#[test]
fn every_rule_is_in_a_layer() {
    for (name, text) in sheets() {
        let outer = text.lines().filter(|line| line.ends_with('{'));
        for line in outer.filter(|line| !line.starts_with(' ')) {
            assert!(line.starts_with("@layer "), "{name}: {line}");
        }
        assert!(!text.contains("!important"), "{name}: layers do that");
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

fn assert_readable(theme: Theme, ink: Ink, papers: &[Ink]) {
    for paper in papers {
        let (one, other) = (luminance(theme.color(ink)), luminance(theme.color(*paper)));
        let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
        assert!(
            contrast >= 4.5,
            "{theme:?} {ink:?} on {paper:?}: {contrast:.2}"
        );
    }
}

#[test]
fn what_is_written_reaches_the_contrast_of_wcag_aa_in_every_theme() {
    for theme in [Theme::Light, Theme::Dark, Theme::Print] {
        for ink in [
            Ink::Text,
            Ink::Muted,
            Ink::Reinforcing,
            Ink::Balancing,
            Ink::Undetermined,
            Ink::Constraint,
            Ink::Positive,
            Ink::Negative,
        ] {
            assert_readable(theme, ink, &[Ink::Paper, Ink::Note]);
        }
        for colour in Colour::ALL {
            // A variable and a link on paper; everything that stands on a note or a step.
            assert_readable(theme, Ink::Colour(colour), &[Ink::Paper, Ink::Note]);
            for ink in [Ink::Text, Ink::Muted, Ink::Accent, Ink::Colour(colour)] {
                assert_readable(theme, ink, &[Ink::Tint(colour)]);
            }
        }
    }
}
