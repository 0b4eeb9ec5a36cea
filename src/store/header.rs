//! Reading headers: one JSON object in a line, under a checksum.
//!
//! `serde_json` writes them. Its reading would bring seven kilobytes along, for texts of which
//! the checksum says already that they are as they were written.

/// The fields of a header, whatever it is of.
pub struct Fields<'a>(Vec<(&'a str, &'a str)>);

/// Something that is said beside a text.
pub trait Header: serde::Serialize + Sized {
    /// What the fields say, if they say all of it. Others may be there: a newer version wrote them.
    fn read(fields: &Fields<'_>) -> Option<Self>;
}

impl<'a> Fields<'a> {
    /// The fields of an object; `None` if the text is none.
    pub fn of(text: &'a str) -> Option<Self> {
        let parts = parts(text, '{', '}')?.into_iter();
        let fields = parts.map(|part| {
            let end = end_of_text(part)?;
            let (name, rest) = part.split_at_checked(end)?;
            let name = name.strip_prefix('"')?.strip_suffix('"')?;
            Some((name, rest.trim_start().strip_prefix(':')?.trim()))
        });
        fields.collect::<Option<_>>().map(Self)
    }

    fn value(&self, name: &str) -> Option<&'a str> {
        self.0
            .iter()
            .find_map(|(field, value)| (*field == name).then_some(*value))
    }

    /// A whole number.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.value(name)?.parse().ok()
    }

    /// A count.
    pub fn count(&self, name: &str) -> Option<usize> {
        usize::try_from(self.number(name)?).ok()
    }

    /// A text.
    pub fn text(&self, name: &str) -> Option<String> {
        text(self.value(name)?)
    }

    /// A list of pairs of a text and a whole number.
    pub fn pairs(&self, name: &str) -> Option<Vec<(String, u64)>> {
        let pairs = parts(self.value(name)?, '[', ']')?.into_iter();
        let pairs = pairs.map(|pair| match parts(pair, '[', ']')?[..] {
            [words, number] => Some((text(words)?, number.parse().ok()?)),
            _ => None,
        });
        pairs.collect()
    }
}

/// What stands between an opening and a closing bracket, apart at the commas.
fn parts(text: &str, opening: char, closing: char) -> Option<Vec<&str>> {
    let inner = text.trim().strip_prefix(opening)?.strip_suffix(closing)?;
    let mut parts = Vec::new();
    let (mut from, mut at, mut depth) = (0, 0, 0_u32);
    while let Some(letter) = inner.as_bytes().get(at) {
        match letter {
            b'"' => at += end_of_text(&inner[at..])? - 1,
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.checked_sub(1)?,
            b',' if depth == 0 => {
                parts.push(inner[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    if !(inner.trim().is_empty() && parts.is_empty()) {
        parts.push(inner[from..].trim());
    }
    (depth == 0).then_some(parts)
}

/// Where the text in quotes ends that begins here.
fn end_of_text(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (place, letter) in text.bytes().enumerate().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(place + 1),
            _ => {}
        }
    }
    None
}

/// A text without its quotes.
fn text(quoted: &str) -> Option<String> {
    let mut letters = quoted.strip_prefix('"')?.strip_suffix('"')?.chars();
    let mut text = String::new();
    while let Some(letter) = letters.next() {
        text.push(match letter {
            '\\' => match letters.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'b' => '\u{8}',
                'f' => '\u{c}',
                'u' => {
                    let code: String = letters.by_ref().take(4).collect();
                    char::from_u32(u32::from_str_radix(&code, 16).ok()?)?
                }
                same => same,
            },
            letter => letter,
        });
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    proptest! {
        #[test]
        fn what_serde_json_writes_is_read(
            title in any::<String>(),
            number in any::<u64>(),
            pairs in prop::collection::vec((any::<String>(), any::<u64>()), 0..4),
        ) {
            let object = json!({"title": title, "other": [{"a": "}]"}], "number": number, "pairs": pairs});
            for written in [object.to_string(), serde_json::to_string_pretty(&object).unwrap()] {
                let fields = Fields::of(&written).unwrap();
                prop_assert_eq!(fields.text("title"), Some(title.clone()));
                prop_assert_eq!(fields.number("number"), Some(number));
                prop_assert_eq!(fields.pairs("pairs"), Some(pairs.clone()));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[\\[\\]{}\":,a\\\\u0-9é ]{0,40}") {
            if let Some(fields) = Fields::of(&text) {
                let _ = (fields.text("a"), fields.number("a"), fields.pairs("a"));
            }
        }
    }

    #[test]
    fn what_is_missing_or_of_another_kind_is_none() {
        let fields = Fields::of("{\"a\":-1,\"b\":\"x\",\"c\":[[1,2]]}").unwrap();
        assert_eq!(fields.number("a"), None);
        assert_eq!(fields.number("b"), None);
        assert_eq!(fields.pairs("c"), None);
        assert_eq!(fields.text("d"), None);
        assert!(Fields::of("{}").is_some());
        for text in ["", "[]", "{", "{\"a\"}", "{,}", "{\"a\":1,}", "{\"a\":[}"] {
            assert!(Fields::of(text).is_none(), "{text}");
        }
    }
}
