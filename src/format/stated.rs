//! What the text that a document keeps says of its variables, for people to read.

use super::foreign::{Told, told_of_drawn};
use super::{vensim, xmile};
use crate::model::{Document, ForeignFormat, Id, Records, TableFunction, ValueRange};

/// What a text says of a variable: what a run takes as long as nobody wrote anything over it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatedEquation {
    /// Its equations, in the language of the text: one, or one for some elements of an array each.
    /// Of a stock, what it begins with.
    pub equations: Vec<ElementEquation>,
    /// Of a stock of Vensim, by what it changes; else empty.
    pub rate: String,
    /// What it is counted in; may be empty.
    pub units: String,
    /// Between which values it is expected, where both are known.
    pub range: Option<ValueRange>,
    /// Its table: what it is for each value of its equation, or a function that others call. Of an
    /// array, that of the first element with one.
    pub table: Option<TableFunction>,
    /// What is said about it; may be empty.
    pub documentation: String,
}

/// An equation of some elements of an array, or of a whole variable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ElementEquation {
    /// Which elements, such as "north, Age"; empty for a variable that is no array.
    pub elements: String,
    /// The equation; empty where there is none yet.
    pub equation: String,
}

impl StatedEquation {
    /// The equation of a variable that is no array; none of one that is, or that has none.
    #[must_use]
    pub fn equation(&self) -> Option<&str> {
        match self.equations.as_slice() {
            [only] if only.elements.is_empty() && !only.equation.is_empty() => Some(&only.equation),
            _ => None,
        }
    }
}

/// What the text of a document says of each of its variables; nothing of a document that keeps none,
/// or whose text cannot be read. It is the whole text that is read, so ask for all at once.
#[must_use]
pub fn stated_equations(document: &Document) -> Records<StatedEquation> {
    told(document)
        .map(|told| told.equations)
        .unwrap_or_default()
}

/// What the text of a document says of one variable. It reads the whole text.
#[must_use]
pub fn equation_of(document: &Document, id: Id) -> Option<StatedEquation> {
    stated_equations(document).remove(&id)
}

/// What each variable of a document is called in a run, and those of a module as
/// `Module.variable`, which are the module here. An array is there once, without its elements.
#[must_use]
pub fn model_names(document: &Document) -> Vec<(String, Id)> {
    let told = told(document);
    told.unwrap_or_else(|| told_of_drawn(document)).names
}

fn told(document: &Document) -> Option<Told> {
    let source = document.source_text().as_ref()?;
    match source.format {
        ForeignFormat::Xmile => xmile::told(&source.text, source.seed, document),
        ForeignFormat::Vensim => vensim::told(&source.text, source.seed, document),
    }
}
