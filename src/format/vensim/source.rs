//! A Vensim text taken apart: equations, views, and where they are.

use std::ops::Range;

use super::equations::{Block, blocks};
use super::sketch::{END, Form, START, View, lines, views};

/// A text with the places of its parts.
#[derive(Debug)]
pub struct Source<'t> {
    /// The text.
    pub text: &'t str,
    /// Where the equations are.
    pub equations: Range<usize>,
    /// The equations and what stands among them.
    pub blocks: Vec<Block>,
    /// The views.
    pub views: Vec<View>,
    /// Whether there are views, but no end of them.
    pub is_cut_off: bool,
    /// Where the settings begin, or the text ends.
    pub settings: usize,
}

impl<'t> Source<'t> {
    /// Takes a text apart; every text has some parts.
    pub fn of(text: &'t str) -> Self {
        let first =
            lines(text, 0..text.len()).find(|(line, _)| text[line.clone()].starts_with(START));
        let sketch = first.map(|(line, _)| line.start);
        let after = sketch.unwrap_or(0);
        let mut ends = lines(text, after..text.len());
        let end = ends.find(|(line, _)| text[line.clone()].starts_with(END));
        let has_no_end = sketch.is_some() && end.is_none();
        let settings = end.map_or(text.len(), |(line, _)| line.start);
        let sketch = sketch.unwrap_or(settings);
        let views = views(text, sketch..settings);
        // The first versions wrote no end.
        let is_cut_off = has_no_end && views.iter().all(|view| view.form != Form::Marked);
        Self {
            text,
            equations: 0..sketch,
            blocks: blocks(text, 0..sketch),
            views,
            is_cut_off,
            settings,
        }
    }
}

/// Whether a text is Vensim's: by the mark of its encoding, by its sketch, or by the shape of its
/// equations.
pub fn recognises(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    if text.starts_with("{UTF-8}") {
        return true;
    }
    if text.starts_with(['<', '[']) || text.starts_with("{\"") {
        return false;
    }
    let has_sketch = lines(text, 0..text.len()).any(|(line, _)| text[line].starts_with(START));
    let words = ["INTEG", "A FUNCTION OF", "TIME STEP"];
    has_sketch
        || (text.matches('~').take(2).count() == 2
            && text.contains('|')
            && text.contains('=')
            && words.iter().any(|word| text.contains(word)))
}
