//! A place in the text of a flowchart, and taking what comes next.

/// A place in a text. All that it takes lies within one statement, but for texts in quotes.
#[derive(Clone, Debug)]
pub struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    /// The beginning of a text.
    pub const fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The byte of the text.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// All that is left.
    pub fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// What is left of the line. It looks for its end, so nothing that comes often in a line asks it.
    pub fn line(&self) -> &'t str {
        let rest = self.rest();
        &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())]
    }

    /// Goes on by so many bytes.
    pub fn go(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Skips blanks, but no end of a line.
    pub fn skip_blanks(&mut self) {
        let rest = self.rest();
        let blank = |character: char| character.is_whitespace() && !"\n\r".contains(character);
        self.at += rest.len() - rest.trim_start_matches(blank).len();
    }

    /// Skips the rest of the line, and its end.
    pub fn skip_line(&mut self) {
        self.at += self.line().len();
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(['\n', '\r']).len();
    }

    /// Takes these signs, if they come next.
    pub fn take(&mut self, signs: &str) -> bool {
        let comes = self.rest().starts_with(signs);
        if comes {
            self.at += signs.len();
        }
        comes
    }

    /// Whether the statement ends here.
    pub fn ends(&self) -> bool {
        let rest = self.rest();
        rest.is_empty() || rest.starts_with(['\n', '\r', ';'])
    }

    /// What stands before these signs in the line, which are taken too; none if they do not come.
    /// Looks no farther than it must: a line may be very long.
    pub fn until(&mut self, signs: &str) -> Option<&'t str> {
        let rest = self.rest();
        let first = signs.chars().next()?;
        let mut from = 0;
        loop {
            let end = from + rest[from..].find(['\n', '\r', first])?;
            let found = &rest[end..];
            if found.starts_with(signs) {
                self.at += end + signs.len();
                return Some(&rest[..end]);
            }
            from = end
                + found
                    .chars()
                    .next()
                    .filter(|next| *next == first)?
                    .len_utf8();
        }
    }

    /// A text in quotes, if one comes next, over any number of lines.
    pub fn quoted(&mut self) -> Option<&'t str> {
        let inner = self.rest().strip_prefix('"')?;
        let end = inner.find('"')?;
        self.at += end + 2;
        Some(&inner[..end])
    }

    /// A text that ends at these signs, in quotes or not.
    pub fn text_until(&mut self, signs: &str) -> Option<&'t str> {
        self.skip_blanks();
        if self.rest().starts_with('"') {
            let text = self.quoted()?;
            self.skip_blanks();
            return self.take(signs).then_some(text);
        }
        self.until(signs)
    }
}
