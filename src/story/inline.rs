//! Words within a block: text, bold, italics, links and line breaks.

/// A part of a line of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain words; never empty.
    Text(String),
    /// A new line.
    Break,
    /// Words in bold; no bold is in them.
    Bold(Vec<Inline>),
    /// Words in italics; neither bold nor italics are in them.
    Italic(Vec<Inline>),
    /// Words that lead to a page; no link is in them.
    Link(WebAddress, Vec<Inline>),
}

/// The address of a page: `http://` or `https://`, then signs that may stand in an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebAddress(String);

impl WebAddress {
    /// The longest address, in bytes.
    pub const LONGEST: usize = 2_000;

    /// The address that a text is, if it is one that a story may lead to.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let schemes = ["http://", "https://"];
        let rest = schemes.iter().find_map(|scheme| {
            let (start, rest) = text.split_at_checked(scheme.len())?;
            start.eq_ignore_ascii_case(scheme).then_some(rest)
        })?;
        let mut open = 0_usize;
        for letter in text.chars() {
            let is_fit = !letter.is_whitespace() && !letter.is_control();
            if !is_fit || matches!(letter, '<' | '>' | '"' | '\\' | '`') {
                return None;
            }
            match letter {
                '(' => open += 1,
                ')' => open = open.checked_sub(1)?,
                _ => {}
            }
        }
        let is_host = rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '[');
        let is_whole = is_host && open == 0 && text.len() <= Self::LONGEST;
        is_whole.then(|| Self(text.to_owned()))
    }

    /// The address as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is open while words are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Bold,
    Italic,
    Link,
}

impl Mark {
    const fn opening(self) -> &'static str {
        match self {
            Self::Bold => "**",
            Self::Italic => "*",
            Self::Link => "[",
        }
    }
}

/// Words in the making: what is open, the outermost first, each with what is in it so far.
#[derive(Default)]
struct Reading {
    whole: Vec<Inline>,
    open: Vec<(Mark, Vec<Inline>)>,
}

impl Reading {
    fn has(&self, mark: Mark) -> bool {
        self.open.iter().any(|(open, _)| *open == mark)
    }

    fn innermost(&mut self) -> &mut Vec<Inline> {
        match self.open.last_mut() {
            Some((_, inner)) => inner,
            None => &mut self.whole,
        }
    }

    fn text(&mut self, text: &str) {
        push(self.innermost(), Inline::Text(text.to_owned()));
    }

    /// What was opened last turns out to be plain text.
    fn give_up(&mut self) {
        if let Some((mark, inner)) = self.open.pop() {
            self.text(mark.opening());
            let outer = self.innermost();
            for part in inner {
                push(outer, part);
            }
        }
    }

    /// Closes the innermost of these marks that has something in it.
    fn close(&mut self, marks: &[Mark]) -> Option<(Mark, Vec<Inline>)> {
        let is_it = |(mark, _): &(Mark, Vec<Inline>)| marks.contains(mark);
        let at = self.open.iter().rposition(is_it)?;
        let is_last = at + 1 == self.open.len();
        if is_last && self.open[at].1.is_empty() {
            return None;
        }
        while self.open.len() > at + 1 {
            self.give_up();
        }
        self.open.pop()
    }

    /// Reads stars in a row.
    fn stars(&mut self, mut count: usize, may_open: bool, may_close: bool) {
        while count > 0 {
            let fitting: &[Mark] = match count {
                1 => &[Mark::Italic],
                _ => &[Mark::Bold, Mark::Italic],
            };
            let closed = if may_close { self.close(fitting) } else { None };
            if let Some((mark, inner)) = closed {
                count -= mark.opening().len();
                let part = match mark {
                    Mark::Bold => Inline::Bold(inner),
                    _ => Inline::Italic(inner),
                };
                push(self.innermost(), part);
                continue;
            }
            let inside = self.has(Mark::Italic);
            let mark = match count {
                _ if inside || !may_open => None,
                1 => Some(Mark::Italic),
                2 | 3 if !self.has(Mark::Bold) => Some(Mark::Bold),
                _ => None,
            };
            match mark {
                Some(mark) => {
                    count -= mark.opening().len();
                    self.open.push((mark, Vec::new()));
                }
                None => {
                    self.text("*");
                    count -= 1;
                }
            }
        }
    }
}

/// Adds a part; text that follows on text is one with it.
fn push(parts: &mut Vec<Inline>, part: Inline) {
    match (parts.last_mut(), part) {
        (Some(Inline::Text(last)), Inline::Text(more)) => last.push_str(&more),
        (_, Inline::Text(text)) if text.is_empty() => {}
        (_, part) => parts.push(part),
    }
}

/// The parts of some lines, each without blanks at its ends.
pub fn inlines(text: &str) -> Vec<Inline> {
    let mut reading = Reading::default();
    let mut before: Option<char> = None;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let mut taken = letter.len_utf8();
        let follows = |after: usize| rest[after..].chars().next();
        match letter {
            '\n' => push(reading.innermost(), Inline::Break),
            '\\' if follows(1).is_some_and(|next| next.is_ascii_punctuation()) => {
                reading.text(&rest[1..2]);
                taken = 2;
            }
            '*' => {
                taken = rest.bytes().take_while(|byte| *byte == b'*').count();
                let is_word = |letter: Option<char>| letter.is_some_and(|l| !l.is_whitespace());
                reading.stars(taken, is_word(follows(taken)), is_word(before));
            }
            '[' if !reading.has(Mark::Link) => reading.open.push((Mark::Link, Vec::new())),
            ']' if reading.has(Mark::Link) => {
                let to = address(&rest[1..]);
                let words = to.as_ref().and_then(|_| reading.close(&[Mark::Link]));
                match (to, words) {
                    (Some(to), Some((_, words))) => {
                        taken = "](".len() + to.0.len() + ")".len();
                        push(reading.innermost(), Inline::Link(to, words));
                    }
                    _ => reading.text("]"),
                }
            }
            _ => {
                let plain = |letter: char| !matches!(letter, '\n' | '\\' | '*' | '[' | ']');
                let end = rest[taken..].find(|letter| !plain(letter));
                taken = end.map_or(rest.len(), |end| taken + end);
                reading.text(&rest[..taken]);
            }
        }
        before = rest[..taken].chars().next_back();
        rest = &rest[taken..];
    }
    while !reading.open.is_empty() {
        reading.give_up();
    }
    reading.whole
}

/// The address in brackets that a text begins with.
fn address(text: &str) -> Option<WebAddress> {
    let inner = text.strip_prefix('(')?;
    let mut open = 0_usize;
    for (at, letter) in inner.char_indices() {
        match letter {
            '(' => open += 1,
            ')' if open == 0 => return WebAddress::new(&inner[..at]),
            ')' => open -= 1,
            _ if letter.is_whitespace() || at > WebAddress::LONGEST => return None,
            _ => {}
        }
    }
    None
}

/// The text of parts.
pub fn print_inlines(parts: &[Inline]) -> String {
    let mut text = String::new();
    print_into(&mut text, parts);
    text
}

/// The words of parts without signs; a link is followed by its address, where that says something
/// else.
pub fn plain_inlines(parts: &[Inline]) -> String {
    let words = parts.iter().map(|part| match part {
        Inline::Text(words) => words.clone(),
        Inline::Break => "\n".to_owned(),
        Inline::Bold(inner) | Inline::Italic(inner) => plain_inlines(inner),
        Inline::Link(to, inner) => match plain_inlines(inner) {
            words if words == to.as_str() => words,
            words => format!("{words} ({})", to.as_str()),
        },
    });
    words.collect()
}

fn print_into(text: &mut String, parts: &[Inline]) {
    for part in parts {
        match part {
            Inline::Text(words) => {
                for letter in words.chars() {
                    if matches!(letter, '\\' | '*' | '[' | ']') {
                        text.push('\\');
                    }
                    text.push(letter);
                }
            }
            Inline::Break => text.push('\n'),
            Inline::Bold(inner) => {
                text.push_str(Mark::Bold.opening());
                print_into(text, inner);
                text.push_str(Mark::Bold.opening());
            }
            Inline::Italic(inner) => {
                text.push_str(Mark::Italic.opening());
                print_into(text, inner);
                text.push_str(Mark::Italic.opening());
            }
            Inline::Link(to, inner) => {
                text.push_str(Mark::Link.opening());
                print_into(text, inner);
                text.push_str("](");
                text.push_str(to.as_str());
                text.push(')');
            }
        }
    }
}
