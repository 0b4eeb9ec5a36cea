//! Changes of a text, place by place: what is not changed stays to the letter.

use std::ops::Range;

/// The places of a text that change, with what comes there.
#[derive(Debug, Default)]
pub struct Splices {
    splices: Vec<(Range<usize>, String)>,
}

impl Splices {
    /// Puts a text in place of another one.
    pub fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.splices.push((range, with.into()));
    }

    /// Takes a part out.
    pub fn remove(&mut self, range: Range<usize>) {
        self.replace(range, "");
    }

    /// Puts a text in; of several at one place, in this order.
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// The text with the changes. A change within a part that is replaced as a whole is dropped with
    /// it; of two that overlap otherwise, the first stands.
    pub fn applied(mut self, text: &str) -> String {
        // The longer of two that begin together holds the other; what is put in there comes first.
        self.splices.sort_by_key(|(range, _)| {
            let is_part = !range.is_empty();
            (range.start, is_part, std::cmp::Reverse(range.end))
        });
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for (range, with) in self.splices {
            if range.start < at {
                continue;
            }
            out.push_str(&text[at..range.start]);
            out.push_str(&with);
            at = range.end;
        }
        out.push_str(&text[at..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_change_and_the_rest_stays() {
        let mut splices = Splices::default();
        splices.replace(6..11, "all");
        splices.insert(0, "> ");
        splices.remove(11..12);
        splices.insert(6, "you ");
        splices.replace(7..8, "dropped with its whole");
        assert_eq!(splices.applied("hello world!"), "> hello you all");
        assert_eq!(Splices::default().applied("as it was"), "as it was");
    }
}
