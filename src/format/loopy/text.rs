//! From a link or a percent-encoded text to the JSON in it, and from its strings to what they say.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// More often than this no text is encoded over by the programs that it passes through.
const MOST_DECODINGS: usize = 3;

/// Whether it looks like a LOOPY link or text.
pub fn recognises(text: &str) -> bool {
    let text = trimmed(text);
    match parameter(text) {
        Some(data) => opens_list(data) || opens_list(&decoded_once(data)),
        None => starts_with_two_lists(text),
    }
}

/// The JSON of a link or text.
pub fn decoded(text: &str) -> Cow<'_, str> {
    let text = trimmed(text);
    match parameter(text) {
        Some(data) => json_of_data(data),
        None => json_of(Cow::Borrowed(text)),
    }
}

/// The JSON of the data of a link.
pub fn json_of_data(data: &str) -> Cow<'_, str> {
    json_of(match data.contains('+') {
        // In the query of a link a plus stands for a blank.
        true => Cow::Owned(data.replace('+', " ")),
        false => Cow::Borrowed(data),
    })
}

fn json_of(mut json: Cow<'_, str>) -> Cow<'_, str> {
    for _ in 0..MOST_DECODINGS {
        // Quotes are always encoded in a link; where they stand, the text is decoded already.
        let is_json = json.starts_with('[') && json.contains('"');
        if is_json || !json.contains('%') {
            break;
        }
        json = Cow::Owned(decoded_once(&json).into_owned());
    }
    json
}

/// What a string of the JSON says.
///
/// LOOPY's link leaves one encoding on its strings. A text whose quotes were put right by hand may
/// still have two: what is a whole encoding after the first decoding is decoded once more.
pub fn in_sentence(string: &str) -> String {
    let once = decoded_once(string);
    if string.contains("%25") && is_encoded(&once) {
        decoded_once(&once).into_owned()
    } else {
        once.into_owned()
    }
}

fn trimmed(text: &str) -> &str {
    text.trim_start_matches('\u{FEFF}').trim()
}

/// The `data` of a link.
fn parameter(text: &str) -> Option<&str> {
    if !text.starts_with("http://") && !text.starts_with("https://") {
        // Also a link without its scheme, as people copy it, but not a text that has one in it.
        let start = text.split(['?', '#']).next()?;
        if start.len() == text.len() || start.contains(['[', '%', ' ', '"', '{', '<']) {
            return None;
        }
    }
    let start = ["?data=", "&data=", "#data="]
        .iter()
        .filter_map(|mark| text.find(mark).map(|at| at + mark.len()))
        .min()?;
    let data = &text[start..];
    // The list itself has no `&` or `#` in it: those of names are encoded.
    let end = data.find(['&', '#']).unwrap_or(data.len());
    Some(&data[..end])
}

/// Whether the data of a link begins as its lists do.
pub fn opens_list(data: &str) -> bool {
    without_bracket(data).is_some()
}

/// `[[`, plain or encoded, with blanks in between.
fn starts_with_two_lists(text: &str) -> bool {
    let Some(rest) = without_bracket(text) else {
        return false;
    };
    without_bracket(rest.trim_start()).is_some()
}

fn without_bracket(text: &str) -> Option<&str> {
    ["[", "%5B", "%5b", "%255B", "%255b"]
        .iter()
        .find_map(|bracket| text.strip_prefix(bracket))
}

/// The text decoded once; as it is where that would not be text.
fn decoded_once(text: &str) -> Cow<'_, str> {
    percent_decode_str(text)
        .decode_utf8()
        .unwrap_or(Cow::Borrowed(text))
}

/// Whether `encodeURIComponent` could have written it, with an escape at least.
fn is_encoded(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digits = bytes.get(at + 1..at + 3);
        at += match byte {
            b'%' if digits.is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit)) => 3,
            b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')' => 1,
            _ if byte.is_ascii_alphanumeric() => 1,
            _ => return false,
        };
    }
    text.contains('%')
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r#"[[[1,2,3,0,"doing%20things",4]],[],[],1]"#;

    #[test]
    fn every_wrapping_is_taken_off() {
        let text = "[[[1,2,3,0,%22doing%2520things%22,4]],[],[],1%5D";
        let whole =
            "%5B%5B%5B1%2C2%2C3%2C0%2C%22doing%2520things%22%2C4%5D%5D%2C%5B%5D%2C%5B%5D%2C1%5D";
        for text in [
            text.to_owned(),
            JSON.to_owned(),
            whole.to_owned(),
            whole.replace('%', "%25"),
            format!(" https://ncase.me/loopy/v1.1/?data={text}\n"),
            format!("http://localhost:8000/?embed=1&data={text}&speed=2#top"),
            format!("ncase.me/loopy/?data={whole}"),
            format!("\u{FEFF}{text}"),
        ] {
            assert!(recognises(&text), "{text}");
            assert_eq!(decoded(&text), JSON, "{text}");
        }
    }

    #[test]
    fn strings_say_what_they_say() {
        for (string, spoken_string) in [
            ("doing%20things", "doing things"),
            ("doing%2520things", "doing things"),
            ("50%25", "50%"),
            ("50%25%20off", "50% off"),
            ("100% sure", "100% sure"),
            ("%E4", "%E4"),
            ("d%C3%A9j%C3%A0", "déjà"),
            ("", ""),
        ] {
            assert_eq!(in_sentence(string), spoken_string);
        }
    }

    #[test]
    fn other_texts_are_left_to_others() {
        for text in [
            "",
            "[1,2]",
            "{\"see\":\"https://ncase.me/loopy/?data=[[\"}",
            "https://example.org/",
            "https://example.org/?data=abc",
            "see https://ncase.me/loopy/?data=[[[",
        ] {
            assert!(!recognises(text), "{text}");
        }
    }
}
