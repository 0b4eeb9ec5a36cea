//! Texts of one type: fixed, made, or following signals.

/// Reads the signals that a text follows; `None` takes an attribute away.
pub type Read = Box<dyn Fn() -> Option<String> + Send>;

/// The text of an attribute or of a text on the page.
pub enum Words {
    /// As it stands in the program.
    Fixed(&'static str),
    /// Put together once.
    Made(String),
    /// Put together anew when a signal it reads changes.
    Live(Read),
}

impl From<&'static str> for Words {
    fn from(words: &'static str) -> Self {
        Self::Fixed(words)
    }
}

impl From<String> for Words {
    fn from(words: String) -> Self {
        Self::Made(words)
    }
}

impl From<bool> for Words {
    /// `true` or `false`, as `aria-pressed` and its like have it.
    fn from(is: bool) -> Self {
        Self::Fixed(if is { "true" } else { "false" })
    }
}

/// A text that follows the signals it reads.
pub fn text_of<T: Into<String>>(read: impl Fn() -> T + Send + 'static) -> Words {
    Words::Live(Box::new(move || Some(read().into())))
}

/// A yes or no that follows the signals it reads: the attribute or class is there or is not.
pub fn flag_of(read: impl Fn() -> bool + Send + 'static) -> Words {
    Words::Live(Box::new(move || read().then(String::new)))
}
