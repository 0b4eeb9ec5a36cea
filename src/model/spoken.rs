//! Names and terms in the middle of a sentence.

use super::direction::isolated;

/// A name in a sentence: as people typed it, since only they know whether "Büro", "iOS" or "ISTQB"
/// may change its letters. One that is read from right to left is [`isolated`], and nothing is
/// "unnamed".
#[must_use]
pub fn in_sentence(name: &str) -> String {
    match name.trim() {
        "" => "unnamed".to_owned(),
        name => isolated(name).into_owned(),
    }
}

/// A term of this program, which is never a name, in the middle of a sentence: "Lead time" becomes
/// "lead time", and "WIP" stays as it is.
#[must_use]
pub fn term_in_sentence(term: &'static str) -> String {
    let mut letters = term.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(term.chars().skip(1)).collect()
        }
        _ => term.to_owned(),
    }
}

/// A number with its thousands apart: 1,112,073.
#[must_use]
pub fn grouped(number: u64) -> String {
    grouped_digits(&number.to_string())
}

/// The digits of a number with its thousands apart, however many there are.
#[must_use]
pub fn grouped_digits(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// So many of something: "1 loop", "3 loops".
pub fn counted(count: u64, one: &str, many: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{} {many}", grouped(count)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_as_they_were_typed() {
        for (name, spoken) in [
            ("Batch size", "Batch size"),
            ("fear", "fear"),
            ("WIP", "WIP"),
            ("iOS crashes", "iOS crashes"),
            ("Überlast", "Überlast"),
            ("Bereitstellungsdauer", "Bereitstellungsdauer"),
            ("İstanbul ışık", "İstanbul ışık"),
            (" ", "unnamed"),
            (" زمن الانتظار ", "\u{2068}زمن الانتظار\u{2069}"),
            ("Risk של פגם", "\u{2068}Risk של פגם\u{2069}"),
        ] {
            assert_eq!(in_sentence(name), spoken);
        }
    }

    #[test]
    fn terms_lose_their_capital_and_abbreviations_keep_it() {
        for (term, spoken) in [
            ("Lead time", "lead time"),
            ("WIP", "WIP"),
            ("%C&A", "%C&A"),
            ("Q", "Q"),
            ("", ""),
        ] {
            assert_eq!(term_in_sentence(term), spoken);
        }
    }
}
