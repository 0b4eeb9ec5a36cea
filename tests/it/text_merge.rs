//! Merging two changes of one long text by words.

use std::collections::BTreeSet;

use loopstream::model::{MAXIMUM_TEXT, merge_texts};
use proptest::prelude::*;

use crate::common::document::text;

/// What a side does at one word of the text before.
#[derive(Clone, Debug)]
enum Edit {
    Keep,
    Remove,
    Replace,
    /// Adds a word after it.
    Add,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = prop_oneof![
        6 => Just(Edit::Keep),
        1 => Just(Edit::Remove),
        1 => Just(Edit::Replace),
        1 => Just(Edit::Add),
    ];
    prop::collection::vec(edit, 1..25)
}

/// The words of a side, all that it adds under its letter.
fn side(edits: &[Edit], letter: char) -> Vec<String> {
    let mut words = Vec::new();
    for (at, edit) in edits.iter().enumerate() {
        match edit {
            Edit::Keep => words.push(format!("w{at}")),
            Edit::Remove => {}
            Edit::Replace => words.push(format!("{letter}{at}")),
            Edit::Add => words.extend([format!("w{at}"), format!("{letter}{at}")]),
        }
    }
    words
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn is_subsequence(of: &[&str], all: &[&str]) -> bool {
    let mut all = all.iter();
    of.iter().all(|word| all.any(|other| other == word))
}

/// The nearest word of the text before that is on a side before or after a place, and whether the
/// other side has it.
fn removed_around(mine: &[String], at: usize, other: &BTreeSet<&str>) -> bool {
    let is_old = |word: &&String| word.starts_with('w');
    let before = mine[..at].iter().rev().find(is_old);
    let after = mine[at..].iter().find(is_old);
    let is_removed = |word: Option<&String>| word.is_some_and(|word| !other.contains(&**word));
    is_removed(before) && is_removed(after)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_side_that_changed_nothing_gives_way(one in text(), other in text()) {
        prop_assert_eq!(merge_texts(&one, &one, &other), other.clone());
        prop_assert_eq!(merge_texts(&one, &other, &one), other.clone());
        prop_assert_eq!(merge_texts(&one, &other, &other), other);
    }

    #[test]
    fn no_word_is_lost_and_none_comes_back(mine in edits(), theirs in edits()) {
        let length = mine.len().min(theirs.len());
        let before: Vec<String> = (0..length).map(|at| format!("w{at}")).collect();
        let (mine, theirs) = (side(&mine[..length], 'a'), side(&theirs[..length], 'b'));
        let [b, a, c] = [&before, &mine, &theirs].map(|words| words.join(" "));
        let merged = merge_texts(&b, &a, &c);
        let all: BTreeSet<&str> = words(&merged).into_iter().collect();
        let sets = [&mine, &theirs].map(|side| side.iter().map(String::as_str).collect::<BTreeSet<_>>());
        for word in &before {
            let both = sets.iter().all(|side| side.contains(&**word));
            prop_assert_eq!(all.contains(&**word), both, "{} in {:?}", word, merged);
        }
        for (side, other) in [(&mine, &sets[1]), (&theirs, &sets[0])] {
            for (at, word) in side.iter().enumerate().filter(|(_, word)| !word.starts_with('w')) {
                let is_there = all.contains(&**word);
                prop_assert!(is_there || removed_around(side, at, other), "{word} in {merged:?}");
            }
        }
        prop_assert_eq!(words(&merged).len(), all.len(), "no word is there twice");
        // Each side's words stay in their order.
        for side in [&mine, &theirs] {
            let there: Vec<&str> = side.iter().map(String::as_str).filter(|word| all.contains(word)).collect();
            prop_assert!(is_subsequence(&there, &words(&merged)));
        }
        // The other way round the same words are there, in an order that may differ.
        let turned = merge_texts(&b, &c, &a);
        let turned: BTreeSet<&str> = words(&turned).into_iter().collect();
        prop_assert_eq!(all, turned);
    }

    #[test]
    fn what_both_only_added_is_all_there(
        before in text(),
        mine in prop::collection::vec((any::<prop::sample::Index>(), "[x-z]{1,3}"), 0..5),
        theirs in prop::collection::vec((any::<prop::sample::Index>(), "[x-z]{1,3}"), 0..5),
    ) {
        let before: Vec<&str> = words(&before);
        let with = |added: &[(prop::sample::Index, String)]| {
            let mut all: Vec<String> = before.iter().map(ToString::to_string).collect();
            for (at, word) in added {
                all.insert(at.index(all.len() + 1), word.clone());
            }
            all.join(" ")
        };
        let (a, c) = (with(&mine), with(&theirs));
        let merged = merge_texts(&before.join(" "), &a, &c);
        prop_assert!(is_subsequence(&words(&a), &words(&merged)), "{a:?} in {merged:?}");
        prop_assert!(is_subsequence(&words(&c), &words(&merged)), "{c:?} in {merged:?}");
    }

    #[test]
    fn any_three_texts_merge_to_a_text(before in text(), after in text(), current in text()) {
        let merged = merge_texts(&before, &after, &current);
        prop_assert_eq!(&merged, &merge_texts(&before, &after, &current));
    }
}

#[test]
fn it_reads_as_people_expect() {
    for (before, after, current, merged) in [
        (
            "we wait for parts",
            "we wait for the parts",
            "they wait for parts",
            "they wait for the parts",
        ),
        ("", "one", "two", "two one"),
        ("one", "one, two", "one three", "one, two three"),
        ("see", "see this", "see that", "see that this"),
        (
            "list:\n- a",
            "list:\n- a\n- b",
            "list:\n- a\n- c",
            "list:\n- a\n- c\n- b",
        ),
        ("a b c", "a c", "a b d c", "a d c"),
        (
            "the red car",
            "the green car",
            "the blue car",
            "the blue green car",
        ),
        ("a b c d e", "x", "a b new d e", "x"),
        ("a b c", "a b c d", "", "d"),
        ("a b", "a b c", "a b c", "a b c"),
        ("a", "a b c", "a b", "a b c"),
        ("one two", "three four", "five six", "five six three four"),
    ] {
        let result = merge_texts(before, after, current);
        assert_eq!(
            result.trim(),
            merged,
            "{before:?}: {after:?} and {current:?}"
        );
    }
}

#[test]
fn a_text_over_its_limit_is_that_of_the_patch() {
    let before = "x ".repeat(7_000);
    let (after, current) = (
        format!("{before}{}", "a".repeat(5_000)),
        format!("{}{before}", "b".repeat(5_000)),
    );
    assert!(after.len() <= MAXIMUM_TEXT);
    assert_eq!(merge_texts(&before, &after, &current), after);
}

#[test]
fn long_texts_with_nothing_in_common_take_no_longer_than_a_moment() {
    let long = |letter: char| {
        let words = (0..).map(|at: u32| format!("{letter}{at} "));
        let mut text = String::new();
        for word in words {
            if text.len() + word.len() > 9_900 {
                return text;
            }
            text += &word;
        }
        text
    };
    let merged = merge_texts(&long('a'), &long('b'), &long('c'));
    assert_eq!(merged.trim(), format!("{}{}", long('c'), long('b')).trim());
    // Alike in every second place only, the worst for the search.
    let comb = |letter: &str| format!("x {letter} ").repeat(2_400);
    let _ = merge_texts(&comb("a"), &comb("b"), &comb("c"));
}
