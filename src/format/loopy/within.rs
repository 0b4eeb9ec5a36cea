//! LOOPY's link among other words: in the frame of a page, in Markdown, in a sentence.

use std::borrow::Cow;

use super::text::opens_list;
use crate::format::entities::with_entities;

/// The data of a link that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within<'t> {
    /// The data, as encoded as it was.
    pub data: Cow<'t, str>,
    /// How many links with other data follow.
    pub further: usize,
}

/// The first link among the words of a text whose lists are whole; none where there is none.
pub fn within(text: &str) -> Option<Within<'_>> {
    const MARK: &str = "data=";
    // A hostile text may begin any number of lists that do not end.
    let most = 4 * text.len();
    let mut looked_at = 0;
    let mut found: Vec<&str> = Vec::new();
    for (at, mark) in text.match_indices(MARK) {
        let data = &text[at + mark.len()..];
        // `&amp;` in a page ends with the last of these.
        let is_parameter = text[..at].ends_with(['?', '&', '#', ';']);
        if !is_parameter || !opens_list(data) {
            continue;
        }
        match end_of_list(data) {
            // A frame often has the same link below it, for who sees no frame.
            Ok(end) if !found.contains(&&data[..end]) => {
                looked_at += end;
                found.push(&data[..end]);
            }
            Ok(end) | Err(end) => looked_at += end,
        }
        if looked_at > most || found.len() > MOST {
            break;
        }
    }
    let (first, others) = found.split_first()?;
    let data = match first.contains('&') {
        true => Cow::Owned(with_entities(first)),
        false => Cow::Borrowed(*first),
    };
    Some(Within {
        data,
        further: others.len(),
    })
}

/// How many further links are looked for.
const MOST: usize = 100;
/// The quotes in which strings may stand, by how often the list is encoded.
const QUOTES: [&str; 6] = ["\"", "%22", "%2522", "&quot;", "&#34;", "&#x22;"];
/// The brackets likewise.
const OPEN: [&str; 5] = ["[", "%5B", "%5b", "%255B", "%255b"];
const CLOSE: [&str; 5] = ["]", "%5D", "%5d", "%255D", "%255d"];

/// Where the list ends that a text begins with; where it is not whole, the byte at which that shows.
///
/// A name may have brackets of its own, and parentheses, at which a link of Markdown would end: so
/// the list is followed from bracket to bracket, and its strings from quote to quote.
fn end_of_list(text: &str) -> Result<usize, usize> {
    let mut quote: Option<&str> = None;
    let mut at = 0;
    let mut depth = 0_usize;
    let mut is_quoted = false;
    while let Some(next) = text[at..].chars().next() {
        let rest = &text[at..];
        // The first quote is the one of all strings.
        let comes = match quote {
            Some(quote) => Some(quote).filter(|quote| rest.starts_with(quote)),
            None => QUOTES.into_iter().find(|quote| rest.starts_with(quote)),
        };
        if let Some(comes) = comes {
            quote = Some(comes);
            is_quoted = !is_quoted;
            at += comes.len();
            continue;
        }
        if is_quoted {
            let is_plain = quote == Some("\"");
            let is_stray = next.is_whitespace() || matches!(next, '"' | '<' | '>');
            match next {
                '\\' if is_plain => {
                    let escaped = rest[1..].chars().next().ok_or(at)?;
                    at += 1 + escaped.len_utf8();
                }
                // In an address no blank or quote stands as it is.
                _ if !is_plain && is_stray => return Err(at),
                _ => at += next.len_utf8(),
            }
            continue;
        }
        if let Some(length) = taken(rest, &OPEN) {
            depth += 1;
            at += length;
        } else if let Some(length) = taken(rest, &CLOSE) {
            depth = depth.checked_sub(1).ok_or(at)?;
            at += length;
            if depth == 0 {
                return Ok(at);
            }
        } else if next.is_ascii_alphanumeric() || ",.+-%".contains(next) || next.is_whitespace() {
            at += next.len_utf8();
        } else {
            return Err(at);
        }
    }
    Err(at)
}

fn taken(text: &str, signs: &[&str]) -> Option<usize> {
    let sign = signs.iter().find(|sign| text.starts_with(**sign))?;
    Some(sign.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATA: &str = "[[[1,300,200,0.5,%22risk%2520(all%255D)%22,0]],[[1,1,60,1,0]],[],2%5D";

    #[test]
    fn links_are_found_among_words() {
        for text in [
            format!(
                "<iframe width=\"500\" src=\"https://ncase.me/loopy/v1.1/?embed=1&data={DATA}\"></iframe>"
            ),
            format!("<iframe src='https://ncase.me/loopy/v1.1/?embed=1&amp;data={DATA}'></iframe>"),
            format!(
                "# Loops\n\nSee [our diagram](https://ncase.me/loopy/v1.1/?data={DATA}), please.\n"
            ),
            format!("We drew it (https://ncase.me/loopy/v1/?data={DATA}). What now?"),
            format!("<https://ncase.me/loopy/v1/?data={DATA}>, again ncase.me/loopy/?data={DATA}"),
        ] {
            let found = within(&text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.data.as_ref(), found.further), (DATA, 0), "{text}");
        }
        let two = format!("a ?data={DATA} and ?data=[[],[],[],0%5D.");
        assert_eq!(within(&two).unwrap().further, 1);
    }

    #[test]
    fn lists_are_followed_however_they_are_encoded() {
        for (data, decoded) in [
            (
                "[[[1,2,3,0,\"a]\\\"b\",0]],[]]",
                "[[[1,2,3,0,\"a]\\\"b\",0]],[]]",
            ),
            (
                "[[[1,2,3,0,&quot;a]&quot;,0]],[]]",
                "[[[1,2,3,0,\"a]\",0]],[]]",
            ),
            (
                "%5B%5B%5B1%2C2%2C3%2C0%2C%22a%255Db%22%2C4%5D%5D%2C%5B%5D%5D",
                "",
            ),
            ("%255B%255B%2522a%2522%255D%255D", ""),
            ("[[],[],[],0%5D", ""),
        ] {
            let text = format!("x ?data={data}) \"y\" ]");
            let found = within(&text).unwrap_or_else(|| panic!("{text}"));
            let expected = if decoded.is_empty() { data } else { decoded };
            assert_eq!(found.data, expected);
        }
    }

    #[test]
    fn what_is_not_whole_is_no_link() {
        for text in [
            "see https://ncase.me/loopy/?data=[[[",
            "see https://ncase.me/loopy/?data=[[[1,2,3,0,%22a b%22]]]",
            "?data=abc",
            "data=[[],[]]",
            "?data=[so it goes: words]",
            "",
        ] {
            assert_eq!(within(text), None, "{text}");
        }
    }
}
