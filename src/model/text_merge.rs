//! Merging two changes of one long text, word by word.
//!
//! As diff3 does it (Khanna, Kunal & Pierce 2007), but where both sides say something at one place
//! the words of both stay, and a person reads them. The differences are found by the greedy search
//! of Myers (1986).

use std::collections::BTreeMap;
use std::ops::Range;

use super::document::MAXIMUM_TEXT;

/// How many words two texts may differ by before what lies between their common start and their
/// common end counts as rewritten. It bounds time and memory: both grow with its square.
const MOST_DIFFERENCES: usize = 1_000;

/// What was changed in the words of a text becomes what it was changed to; what was not stays as it
/// is in `current`.
///
/// - A word that either side removed is gone.
/// - A word that either side added is there, unless the other removed the words before and after it.
/// - Where both added words at one place, those of `current` come first.
/// - Where the result would be longer than a text may be, it is `after`.
#[must_use]
pub fn merge_texts(before: &str, after: &str, current: &str) -> String {
    if before == after || after == current {
        return current.to_owned();
    }
    if before == current {
        return after.to_owned();
    }
    let mut numbers = Numbers::default();
    let [before, after_tokens, current] =
        [before, after, current].map(|text| numbers.tokens_of(text));
    let sides = [
        differences(&before, &current),
        differences(&before, &after_tokens),
    ];
    let merged = joined(&before, &sides);
    if merged.len() > MAXIMUM_TEXT {
        return after.to_owned();
    }
    merged
}

/// A word or the space between two. Words and spaces take turns in a text.
#[derive(Clone, Copy)]
struct Token<'a> {
    text: &'a str,
    /// Alike for alike texts.
    number: u32,
}

impl Token<'_> {
    fn is_space(self) -> bool {
        self.text.starts_with(char::is_whitespace)
    }
}

/// Numbers texts, so that comparing two tokens takes one step.
#[derive(Default)]
struct Numbers<'a>(BTreeMap<&'a str, u32>);

impl<'a> Numbers<'a> {
    fn tokens_of(&mut self, text: &'a str) -> Vec<Token<'a>> {
        let mut tokens = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let is_space = first.is_whitespace();
            let end = rest.find(|letter: char| letter.is_whitespace() != is_space);
            let (text, more) = rest.split_at(end.unwrap_or(rest.len()));
            let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
            let number = *self.0.entry(text).or_insert(next);
            tokens.push(Token { text, number });
            rest = more;
        }
        tokens
    }
}

/// A place where one side says something else than the text before.
struct Difference<'a> {
    /// The tokens of the text before that are gone; empty where words were only added.
    old: Range<usize>,
    /// What stands there instead.
    new: Vec<Token<'a>>,
}

/// What one side changed, in order. Two differences have a word between them that stayed.
fn differences<'a>(before: &[Token<'a>], side: &[Token<'a>]) -> Vec<Difference<'a>> {
    // Only words are looked for: spaces are so many alike that they would outweigh them.
    let words = |tokens: &[Token<'_>]| -> Vec<usize> {
        let places = tokens.iter().enumerate();
        let places = places.filter(|(_, token)| !token.is_space());
        places.map(|(at, _)| at).collect()
    };
    let numbers = |tokens: &[Token<'_>], words: &[usize]| -> Vec<u32> {
        words.iter().map(|at| tokens[*at].number).collect()
    };
    let (old, new) = (words(before), words(side));
    let pairs = common(&numbers(before, &old), &numbers(side, &new));
    let pairs = pairs.into_iter().map(|(at, other)| (old[at], new[other]));
    let mut all = Vec::new();
    let mut done = (0, 0);
    for (at, other) in pairs.chain([(before.len(), side.len())]) {
        let (gone, added) = (&before[done.0..at], &side[done.1..other]);
        let start = alike(gone.iter().zip(added));
        let end = alike(gone[start..].iter().rev().zip(added[start..].iter().rev()));
        let old = done.0 + start..at - end;
        let new = &added[start..added.len() - end];
        if !old.is_empty() || !new.is_empty() {
            let new = new.to_vec();
            all.push(Difference { old, new });
        }
        done = (at + 1, other + 1);
    }
    all
}

/// How many pairs of tokens are alike, up to the first that is not.
fn alike<'a>(pairs: impl Iterator<Item = (&'a Token<'a>, &'a Token<'a>)>) -> usize {
    pairs
        .take_while(|(one, other)| one.number == other.number)
        .count()
}

/// The places of words that both have, in order. Where the two differ too much, these are their
/// common start and their common end.
fn common(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let same = |(one, other): &(&u32, &u32)| one == other;
    let start = old.iter().zip(new).take_while(same).count();
    let (rest, other) = (&old[start..], &new[start..]);
    let end = rest
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(same)
        .count();
    let (rest, other) = (&rest[..rest.len() - end], &other[..other.len() - end]);
    let between = search(rest, other);
    let between = between
        .into_iter()
        .map(|(at, other)| (start + at, start + other));
    let last = (0..end).map(|at| (old.len() - end + at, new.len() - end + at));
    (0..start)
        .map(|at| (at, at))
        .chain(between)
        .chain(last)
        .collect()
}

/// The places of words that both have, in order; none where the two differ too much.
fn search(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let most = MOST_DIFFERENCES.min(old.len() + new.len());
    // How far in `old` one gets with so many differences, on each diagonal. The diagonal k, where
    // the place in `old` is k ahead of that in `new`, is at k + d after d differences.
    let mut trace: Vec<Vec<usize>> = Vec::new();
    for d in 0..=most {
        let mut reached = vec![0; 2 * d + 1];
        for at in (0..=2 * d).step_by(2) {
            let mut x = match trace.last() {
                None => 0,
                Some(last) => came_from(last, d, at).1,
            };
            // Never below zero: on the diagonal k = at - d, x is at least k.
            let mut y = x + d - at;
            while x < old.len() && y < new.len() && old[x] == new[y] {
                (x, y) = (x + 1, y + 1);
            }
            reached[at] = x;
            if x >= old.len() && y >= new.len() {
                return way_back(&trace, d, at, x);
            }
        }
        trace.push(reached);
    }
    Vec::new()
}

/// From where the search comes to a diagonal with its last of `d` differences: where that diagonal
/// was among those of `d - 1`, and how far in `old` it gets by the difference.
fn came_from(last: &[usize], d: usize, at: usize) -> (usize, usize) {
    // Diagonal k is at k + d here and at k + d - 1 in `last`.
    let (below, above) = (at.checked_sub(2), at);
    match below {
        Some(below) if at == 2 * d || last[below] >= last[above] => (below, last[below] + 1),
        _ => (above, last[above]),
    }
}

/// The common words on the way to the end of the search.
fn way_back(trace: &[Vec<usize>], d: usize, at: usize, x: usize) -> Vec<(usize, usize)> {
    let mut common = Vec::new();
    let (mut at, mut x) = (at, x);
    for d in (0..=d).rev() {
        let (from, start) = match d.checked_sub(1) {
            None => (0, 0),
            Some(before) => came_from(&trace[before], d, at),
        };
        while x > start {
            x -= 1;
            common.push((x, x + d - at));
        }
        if let Some(before) = d.checked_sub(1) {
            x = trace[before][from];
        }
        at = from;
    }
    common.reverse();
    common
}

/// The text before with what both sides changed in it.
fn joined(before: &[Token<'_>], sides: &[Vec<Difference<'_>>; 2]) -> String {
    let mut is_gone = vec![false; before.len()];
    for difference in sides.iter().flatten() {
        is_gone[difference.old.clone()].fill(true);
    }
    let mut text = Text::default();
    let mut rest = [&sides[0][..], &sides[1][..]];
    for at in 0..=before.len() {
        let here = [0, 1].map(|side| match rest[side].split_first() {
            Some((first, more)) if first.old.start == at => {
                rest[side] = more;
                let others = &sides[1 - side];
                let is_lost = others.iter().any(|other| surrounds(before, other, first));
                (!is_lost).then_some(first)
            }
            _ => None,
        });
        match here {
            [Some(one), Some(other)] => {
                // What was added before words that the other rewrote stands before them.
                let [one, other] = match (one.old.is_empty(), other.old.is_empty()) {
                    (false, true) => [other, one],
                    _ => [one, other],
                };
                // Who says the same and more says it for both.
                if !says_all(&other.new, &one.new) {
                    text.add(&one.new);
                }
                if says_all(&other.new, &one.new) || !says_all(&one.new, &other.new) {
                    text.add(&other.new);
                }
            }
            [Some(one), None] | [None, Some(one)] => text.add(&one.new),
            [None, None] => {}
        }
        if is_gone.get(at) == Some(&false) {
            text.add(&before[at..=at]);
        }
    }
    text.text
}

/// Whether one side removed a word before and a word after what the other changed.
fn surrounds(before: &[Token<'_>], outer: &Difference<'_>, inner: &Difference<'_>) -> bool {
    let has_word = |range: Range<usize>| {
        let tokens = before.get(range).unwrap_or_default();
        tokens.iter().any(|token| !token.is_space())
    };
    has_word(outer.old.start..inner.old.start) && has_word(inner.old.end..outer.old.end)
}

/// Whether the tokens begin or end with the others.
fn says_all(tokens: &[Token<'_>], others: &[Token<'_>]) -> bool {
    let numbers = |tokens: &[Token<'_>]| tokens.iter().map(|t| t.number).collect::<Vec<_>>();
    let (tokens, others) = (numbers(tokens), numbers(others));
    tokens.starts_with(&others) || tokens.ends_with(&others)
}

/// A text in the making, of words and spaces that take turns.
#[derive(Default)]
struct Text {
    text: String,
    /// The length of the space at its end.
    space: usize,
}

impl Text {
    fn add(&mut self, tokens: &[Token<'_>]) {
        for token in tokens {
            let is_space = token.is_space();
            if is_space && self.space > 0 {
                // Two spaces that were not beside each other: the one that divides more.
                let start = self.text.len() - self.space;
                let divides = |space: &str| (space.matches('\n').count(), space.len());
                if divides(token.text) <= divides(&self.text[start..]) {
                    continue;
                }
                self.text.truncate(start);
            } else if !is_space && self.space == 0 && !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(token.text);
            self.space = if is_space { token.text.len() } else { 0 };
        }
    }
}
