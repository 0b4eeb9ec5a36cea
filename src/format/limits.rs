//! How much a text may ask for before it is refused.

/// The limits of what is read: they bound time, memory and the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest text, in bytes.
    pub bytes: usize,
    /// How deep lists and objects may stand in each other.
    pub depth: usize,
    /// How many values (numbers, texts, lists, objects ...) the text may hold in all.
    pub values: usize,
    /// How many records (variables, links, notes, loops) the document may have.
    pub records: usize,
}

impl Limits {
    /// What a file, a link or a text from the clipboard may ask for.
    pub const STANDARD: Self = Self {
        bytes: 32 * 1024 * 1024,
        depth: 32,
        values: 2_000_000,
        records: 100_000,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::STANDARD
    }
}
