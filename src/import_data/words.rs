//! Names compared as people write them: without regard to case, blanks and signs.

/// A name as a list of small words.
#[must_use]
pub fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for character in name.chars() {
        // `cycleTime` is two words.
        let begins = character.is_uppercase() && was_small;
        was_small = character.is_lowercase();
        if begins || !(character.is_alphanumeric() || character == '%' || character == '&') {
            words.push(String::new());
        }
        if (character.is_alphanumeric() || character == '%' || character == '&')
            && let Some(word) = words.last_mut()
        {
            word.extend(character.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A name such that two are the same exactly if people would take them for the same.
#[must_use]
pub fn same_name(name: &str) -> String {
    words_of(name).concat()
}

/// Whether words stand in a name, one after the other; the last of them may go on where it ends
/// with `*`.
#[must_use]
pub fn has_words(words: &[String], wanted: &str) -> bool {
    let wanted: Vec<&str> = wanted.split(' ').collect();
    words.windows(wanted.len()).any(|window| {
        window
            .iter()
            .zip(&wanted)
            .all(|(word, wanted)| match wanted.strip_suffix('*') {
                Some(start) => word.starts_with(start),
                None => word == wanted,
            })
    })
}

/// How many of something, in words.
#[must_use]
pub fn counted(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{} {many}", crate::model::number_text(number as f64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_words() {
        assert_eq!(words_of("Ready for-review"), ["ready", "for", "review"]);
        assert_eq!(words_of("cycleTime_h"), ["cycle", "time", "h"]);
        assert_eq!(words_of("%C&A"), ["%c&a"]);
        assert_eq!(same_name("In Progress"), same_name("in_progress"));
        assert!(has_words(&words_of("Waiting for QA"), "wait*"));
        assert!(has_words(&words_of("Process time (h)"), "process time"));
        assert!(!has_words(&words_of("time"), "process time"));
    }
}
