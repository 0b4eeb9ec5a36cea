//! The arrows of a flowchart.

use super::cursor::Cursor;

/// An arrow with the text beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow<'t> {
    /// Its id, if it has one.
    pub id: Option<&'t str>,
    /// Where it points.
    pub heads: Heads,
    /// The text as it is written; empty if there is none.
    pub text: &'t str,
}

/// Where an arrow points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heads {
    Forward,
    Back,
    Both,
    None,
    /// It is there for the layout alone.
    Invisible,
}

/// Takes an arrow; none if none comes, and then the cursor may stand anywhere.
pub fn take_arrow<'t>(cursor: &mut Cursor<'t>) -> Option<Arrow<'t>> {
    cursor.skip_blanks();
    let id = take_id(cursor);
    if cursor.take("~~~") {
        while cursor.take("~") {}
        return Some(Arrow {
            id,
            heads: Heads::Invisible,
            text: "",
        });
    }
    let tail = match cursor.rest().as_bytes() {
        [b'<' | b'o' | b'x', b'-' | b'=', ..] => {
            let is_arrow = cursor.rest().starts_with('<');
            cursor.go(1);
            is_arrow
        }
        _ => false,
    };
    let (head, mut text) = shaft(cursor)?;
    // The text may also stand between bars.
    let before = cursor.clone();
    cursor.skip_blanks();
    if cursor.take("|") {
        text = cursor.text_until("|")?;
    } else {
        *cursor = before;
    }
    let heads = match (tail, head) {
        (false, true) => Heads::Forward,
        (true, true) => Heads::Both,
        (true, false) => Heads::Back,
        (false, false) => Heads::None,
    };
    Some(Arrow { id, heads, text })
}

/// Takes an id with `@` behind it, as in `a e1@--> b`, if one comes next.
fn take_id<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let rest = cursor.rest();
    let belongs = |character: char| character.is_alphanumeric() || character == '_';
    let end = rest.find(|character| !belongs(character))?;
    let comes = end > 0 && rest[end..].starts_with('@');
    if !comes {
        return None;
    }
    cursor.go(end + 1);
    Some(&rest[..end])
}

/// Takes a shaft: whether it has a head, and the text within it.
fn shaft<'t>(cursor: &mut Cursor<'t>) -> Option<(bool, &'t str)> {
    if cursor.rest().starts_with("-.") {
        cursor.go(1);
        let dots = run(cursor, '.');
        if cursor.take("-") {
            return Some((head(cursor), ""));
        }
        // `-. text .->`
        let text = (dots == 1).then(|| cursor.until(".-"))??;
        return Some((head(cursor), text));
    }
    for (sign, open) in [('-', "--"), ('=', "==")] {
        if !cursor.rest().starts_with(open) {
            continue;
        }
        let length = run(cursor, sign);
        if head(cursor) {
            return Some((true, ""));
        }
        if length >= 3 {
            return Some((false, ""));
        }
        // `-- text -->`
        let text = cursor.until(open)?;
        let more = run(cursor, sign);
        let has_head = head(cursor);
        return (has_head || more > 0).then_some((has_head, text));
    }
    None
}

/// Takes a sign as often as it comes, and says how often that was.
fn run(cursor: &mut Cursor<'_>, sign: char) -> usize {
    let rest = cursor.rest();
    let length = rest.len() - rest.trim_start_matches(sign).len();
    cursor.go(length);
    length
}

/// Takes a head of any kind. A letter is one only where the next node does not begin with it.
fn head(cursor: &mut Cursor<'_>) -> bool {
    let rest = cursor.rest();
    let is_letter = rest.starts_with(['o', 'x']);
    let after = rest.chars().nth(1);
    let stands_alone = after.is_none_or(|after| after.is_whitespace() || after == '|');
    let comes = rest.starts_with('>') || is_letter && stands_alone;
    if comes {
        cursor.go(1);
    }
    comes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_arrow_is_read() {
        use Heads::{Back, Both, Forward, Invisible, None};
        for (written, heads, text) in [
            ("--> b", Forward, ""),
            ("----> b", Forward, ""),
            ("-->|\"+ //\"| b", Forward, "+ //"),
            ("--> | + | b", Forward, "+ "),
            ("-- more of --> b", Forward, " more of "),
            ("--more---b", None, "more"),
            ("--- b", None, ""),
            ("==> b", Forward, ""),
            ("== x ==> b", Forward, " x "),
            ("-.-> b", Forward, ""),
            ("-.- b", None, ""),
            ("-..-> b", Forward, ""),
            ("-. x .-> b", Forward, " x "),
            ("<--> b", Both, ""),
            ("<-- x --- b", Back, " x "),
            ("--o b", Forward, ""),
            ("x--x b", Forward, ""),
            ("---old", None, ""),
            ("~~~ b", Invisible, ""),
            ("e1@--> b", Forward, ""),
            ("e1@-- + --> b", Forward, " + "),
            ("--+--> b", Forward, "+"),
            ("-- - --> b", Forward, " - "),
            ("--\u{2795}--> b", Forward, "\u{2795}"),
            ("--\"(&#x2795;)\"--> b", Forward, "\"(&#x2795;)\""),
        ] {
            let mut cursor = Cursor::new(written);
            let arrow = take_arrow(&mut cursor);
            let id = written.starts_with("e1@").then_some("e1");
            assert_eq!(arrow, Some(Arrow { id, heads, text }), "{written}");
            let end = written.len() - cursor.rest().trim_start().len();
            assert!(cursor.at() <= end, "{written}");
            assert!(["b", "old"].contains(&cursor.rest().trim()), "{written}");
        }
        for other in ["", "- b", "-- b", "b", "= b", "-. b", "--|x", "-->|x"] {
            assert_eq!(take_arrow(&mut Cursor::new(other)), Option::None, "{other}");
        }
    }
}
