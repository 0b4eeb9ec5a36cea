//! Where a long word may be broken, with a hyphen: at soft hyphens if it has any, else between
//! syllables by a plain rule. No dictionary: a compound may be broken beside its joint, but never
//! within a sound, and never so that a letter or two stand alone.

/// What a person types where a word may be broken; it is not seen elsewhere.
pub(super) const SOFT: char = '\u{ad}';
/// The fewest letters on each side of a break.
const FEWEST: usize = 3;

/// A place where a word may be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Break {
    /// Before this byte.
    pub at: usize,
    /// Whether a hyphen is to be written there.
    pub hyphen: bool,
}

/// The word as it is seen: without its soft hyphens.
pub(super) fn seen(word: &str) -> String {
    word.replace(SOFT, "")
}

/// The places where a word may be broken, from the left.
pub(super) fn breaks(word: &str) -> Vec<Break> {
    let letters: Vec<(usize, char)> = word.char_indices().collect();
    let soft = |index: usize| letters[index].1 == SOFT;
    if (0..letters.len()).any(soft) {
        let places = (1..letters.len()).filter(|index| soft(*index));
        let place = |index: usize| Break {
            at: letters[index].0,
            hyphen: true,
        };
        return places.map(place).collect();
    }
    let last = letters.len().saturating_sub(FEWEST);
    (FEWEST..=last)
        .filter_map(|index| {
            let at = letters[index].0;
            // Behind what joins words already, such as in "lead-time/cost".
            if matches!(letters[index - 1].1, '-' | '/' | '_' | '\u{2013}') {
                return Some(Break { at, hyphen: false });
            }
            begins_syllable(&letters, index).then_some(Break { at, hyphen: true })
        })
        .collect()
}

/// Whether a syllable begins with this letter: a vowel stands somewhere before it and soon after,
/// and of the consonants between two vowels the last begins the next syllable, with those that
/// sound as one with it.
fn begins_syllable(letters: &[(usize, char)], index: usize) -> bool {
    let letter = |at: usize| lower(letters[at].1);
    let is_word = |at: usize| letters[at].1.is_alphabetic() && is_alphabet(letters[at].1);
    // Three letters of the same word on each side.
    if !(index - FEWEST..index + FEWEST).all(is_word) {
        return false;
    }
    let first_after = (index..letters.len()).find(|at| is_vowel(letter(*at)));
    let Some(vowel) = first_after.filter(|at| *at > index) else {
        return false;
    };
    let before = (0..index).rev().take_while(|at| is_word(*at));
    let Some(last_before) = before.into_iter().find(|at| is_vowel(letter(*at))) else {
        return false;
    };
    let cluster: String = (last_before + 1..vowel).map(letter).collect();
    let onset: String = (index..vowel).map(letter).collect();
    onset == onset_of(&cluster)
}

/// The consonants of a cluster between two vowels that begin the second syllable.
fn onset_of(cluster: &str) -> &str {
    // What sounds as one, or begins words: the longest that fits.
    const TOGETHER: [&str; 29] = [
        "schw", "schl", "schr", "schm", "schn", "sch", "str", "ch", "ck", "ph", "th", "sh", "qu",
        "pl", "pr", "tr", "dr", "kr", "kl", "gr", "gl", "fr", "fl", "br", "bl", "cl", "cr", "pf",
        "zw",
    ];
    let whole = TOGETHER.into_iter().find(|onset| cluster.ends_with(onset));
    let length = whole.map_or_else(
        || cluster.chars().next_back().map_or(0, char::len_utf8),
        str::len,
    );
    &cluster[cluster.len() - length..]
}

fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// Whether the letters are of an alphabet whose words are broken with a hyphen.
fn is_alphabet(letter: char) -> bool {
    matches!(letter, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{52f}')
}

fn is_vowel(letter: char) -> bool {
    "aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœаеёиоуыэюяєіїαεηιουωάέήίόύώ".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hyphenated(word: &str) -> String {
        let mut parts = String::new();
        let mut begun = 0;
        for place in breaks(word) {
            parts.push_str(&word[begun..place.at]);
            parts.push(if place.hyphen { '-' } else { '|' });
            begun = place.at;
        }
        parts + &word[begun..]
    }

    #[test]
    fn words_are_broken_between_syllables() {
        for (word, expected) in [
            ("Geschwindigkeit", "Geschwin-dig-keit"),
            ("Beschränkungen", "Beschrän-kun-gen"),
            ("Bereitstellung", "Bereits-tel-lung"),
            ("improvement", "impro-ve-ment"),
            ("throughput", "through-put"),
            ("Äußerungen", "Äuße-run-gen"),
            ("lead-time/costs", "lead-|time/|costs"),
            ("перемещение", "пере-ме-ще-ние"),
            ("mmmmmmmm", "mmmmmmmm"),
            ("وقتالانتظار", "وقتالانتظار"),
            ("cat", "cat"),
            ("", ""),
        ] {
            assert_eq!(hyphenated(word), expected);
        }
    }

    #[test]
    fn a_soft_hyphen_says_where() {
        let word = "Bereit\u{ad}stellung";
        let places: Vec<usize> = breaks(word).iter().map(|place| place.at).collect();
        assert_eq!(places, [6]);
        assert_eq!(seen(word), "Bereitstellung");
    }
}
