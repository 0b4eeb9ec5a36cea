//! Values as a list of texts, which is what a browser passes between programs without a parser.

use crate::model::Id;

/// A list of texts in the making: every value is one text, a list its length and then its items.
#[derive(Debug, Default)]
pub(super) struct Writer(Vec<String>);

impl Writer {
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.0.push(text.to_owned());
        self
    }

    pub(super) fn number(&mut self, number: u64) -> &mut Self {
        self.0.push(number.to_string());
        self
    }

    /// A number with fractions, to the last bit.
    pub(super) fn real(&mut self, number: f64) -> &mut Self {
        self.0.push(crate::model::exact_text(number));
        self
    }

    pub(super) fn id(&mut self, id: Id) -> &mut Self {
        self.0.push(id.to_string());
        self
    }

    pub(super) fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.number(items.len() as u64);
        for item in items {
            write(self, item);
        }
    }

    pub(super) fn texts(&mut self, texts: &[String]) -> &mut Self {
        self.list(texts, |out, text| {
            out.text(text);
        });
        self
    }

    pub(super) fn ids(&mut self, ids: &[Id]) -> &mut Self {
        self.list(ids, |out, id| {
            out.id(*id);
        });
        self
    }

    pub(super) fn finish(self) -> Vec<String> {
        self.0
    }
}

/// Reads what a [`Writer`] wrote; `None` where it is something else.
#[derive(Debug)]
pub(super) struct Reader(std::vec::IntoIter<String>);

impl Reader {
    pub(super) fn new(texts: Vec<String>) -> Self {
        Self(texts.into_iter())
    }

    pub(super) fn text(&mut self) -> Option<String> {
        self.0.next()
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        self.text()?.parse().ok()
    }

    pub(super) fn real(&mut self) -> Option<f64> {
        self.text()?
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    }

    pub(super) fn id(&mut self) -> Option<Id> {
        self.text()?.parse().ok()
    }

    pub(super) fn list<T>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        // A loop: what collects is compiled anew for every kind of item, at ten times the size.
        let mut list = Vec::new();
        for _ in 0..self.number()? {
            list.push(read(self)?);
        }
        Some(list)
    }

    pub(super) fn ids(&mut self) -> Option<Vec<Id>> {
        self.list(Self::id)
    }

    /// One of a few words, each of which stands for a value.
    pub(super) fn choice<T: Copy>(&mut self, words: &[(&str, T)]) -> Option<T> {
        let text = self.text()?;
        let found = words.iter().find(|(word, _)| *word == text);
        found.map(|(_, value)| *value)
    }
}

/// The word for a value in a table of [`Reader::choice`]; every value of the table has one.
pub(super) fn word_for<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    let found = words.iter().find(|(_, other)| other == value);
    found.map_or("", |(word, _)| word)
}
