//! What is told by number and by name.

use crate::format::reader::Warning;

/// How many names one sentence holds; beyond that it says how many more there are.
const MOST: usize = 200;

/// Things that are told by their names.
#[derive(Clone, Debug, Default)]
pub struct NamedLoss {
    names: Vec<String>,
}

impl NamedLoss {
    /// One more.
    pub fn add(&mut self, name: impl Into<String>) {
        self.names.push(name.into());
    }

    /// One more link, by its ends.
    pub fn add_link(&mut self, from: &str, to: &str) {
        self.add(format!("{from} \u{2192} {to}"));
    }

    /// The warning that they are not there, or incomplete, with their number and their names; none
    /// for none.
    pub fn loss(&self, one: &str, many: &str) -> Option<Warning> {
        let warning = self.warning(one, many)?;
        Some(Warning::loss(self.names.len(), warning.message))
    }

    /// The note that they are there otherwise than in the text, with their number and their names;
    /// none for none.
    pub fn warning(&self, one: &str, many: &str) -> Option<Warning> {
        let count = self.names.len();
        let words = if count == 1 { one } else { many };
        let shown = self.names.iter().take(MOST);
        let mut names = shown.cloned().collect::<Vec<_>>().join(", ");
        if count > MOST {
            names.push_str(&format!(" and {} more", count - MOST));
        }
        (count > 0).then(|| Warning::note(format!("{count} {words}: {names}")))
    }
}
