//! Entities of HTML: the characters that `&amp;`, `&#43;` and `&#x2b;` stand for.

/// The names that people and programs write; those of Latin-1 follow in [`LATIN`].
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("plus", '+'),
    ("minus", '\u{2212}'),
    ("dash", '\u{2010}'),
    ("hyphen", '\u{2010}'),
    ("ndash", '\u{2013}'),
    ("mdash", '\u{2014}'),
    ("lsquo", '\u{2018}'),
    ("rsquo", '\u{2019}'),
    ("ldquo", '\u{201C}'),
    ("rdquo", '\u{201D}'),
    ("bdquo", '\u{201E}'),
    ("hellip", '\u{2026}'),
    ("bull", '\u{2022}'),
    ("euro", '\u{20AC}'),
    ("larr", '\u{2190}'),
    ("uarr", '\u{2191}'),
    ("rarr", '\u{2192}'),
    ("darr", '\u{2193}'),
    ("quest", '?'),
    ("num", '#'),
    ("percnt", '%'),
    ("lpar", '('),
    ("rpar", ')'),
    ("lsqb", '['),
    ("rsqb", ']'),
    ("colon", ':'),
    ("semi", ';'),
    ("verbar", '|'),
];

/// The names of the characters from U+00A0 on, in their order.
const LATIN: &[&str] = &[
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf",
    "laquo", "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro",
    "para", "middot", "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute",
    "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute",
    "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute",
    "THORN", "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil",
    "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde",
    "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave", "uacute", "ucirc",
    "uuml", "yacute", "thorn", "yuml",
];

/// The text with what its entities stand for; what is none stays as it is.
pub fn with_entities(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        said.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match entity(rest) {
            Some((character, length)) => {
                said.push(character);
                rest = &rest[length..];
            }
            None => said.push('&'),
        }
    }
    said.push_str(rest);
    said
}

/// The character of an entity whose sign was taken, such as `amp;` or `#43;`, and how long that is.
pub fn entity(text: &str) -> Option<(char, usize)> {
    /// No entity that is known is longer.
    const LONGEST: usize = 10;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    Some((character(&text[..end])?, end + 1))
}

/// The character of a name, or of a number behind `#`.
fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        return numbered(number);
    }
    if let Some((_, character)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some(*character);
    }
    let index = LATIN.iter().position(|known| *known == name)?;
    // A blank that does not break is one to people all the same.
    match char::from_u32(0xA0 + u32::try_from(index).ok()?) {
        Some('\u{A0}') => Some(' '),
        other => other,
    }
}

/// The character of a number such as 43 or x2B.
pub fn numbered(number: &str) -> Option<char> {
    let hexadecimal = number.strip_prefix(['x', 'X']);
    let code = match hexadecimal {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_say_their_characters() {
        for (text, said) in [
            ("&amp;lt; &lt; &#43; &#x2b; &x; &", "&lt; < + + &x; &"),
            ("&#x2795;&#10134;", "\u{2795}\u{2796}"),
            ("&plus;&minus;&ndash;", "+\u{2212}\u{2013}"),
            ("caf&eacute;&nbsp;&yuml;&deg;", "caf\u{e9} \u{ff}\u{b0}"),
            ("R&D; A&B", "R&D; A&B"),
            ("&#1114112;&#;&;", "&#1114112;&#;&;"),
            (
                "&\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}",
                "&\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}",
            ),
        ] {
            assert_eq!(with_entities(text), said, "{text}");
        }
    }

    #[test]
    fn names_of_latin_letters_stand_at_their_numbers() {
        assert_eq!(LATIN.len(), 96);
        for (name, code) in [
            ("copy", 0xA9),
            ("Auml", 0xC4),
            ("times", 0xD7),
            ("szlig", 0xDF),
        ] {
            assert_eq!(character(name), char::from_u32(code), "{name}");
        }
    }
}
