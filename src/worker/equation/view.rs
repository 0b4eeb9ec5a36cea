//! What the page shows under the field of an equation, worked out once for each version of the
//! document.

use serde::{Deserialize, Serialize};

use super::links;
use super::units::{self, ModelUnits, Shown};
use crate::format::{StatedEquation, stated_equations};
use crate::model::{Document, Id, IdSource, Patch, Records};
use crate::simulate::{Arrows, StreamFigures, Taken, arrows};
use crate::worker::wire::as_patch;

/// Something that mends what does not agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EquationOffer {
    /// What does not agree; empty where the words beside it say so.
    pub words: String,
    /// What its button says.
    pub button: String,
    /// What the button does.
    #[serde(with = "as_patch")]
    pub patch: Patch,
}

/// Units of an equation that do not agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnitClash {
    /// Where they meet, in bytes of what is shown; none for what is no part of it.
    pub place: Option<(u32, u32)>,
    /// What does not agree, in sentences.
    pub words: String,
    /// What mends it.
    pub offers: Vec<EquationOffer>,
}

/// What is known of the equation of a variable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EquationView {
    /// The variable.
    pub about: Id,
    /// What the text that the document was opened with says, for a person who has written nothing
    /// else; none where it says nothing.
    pub stated: Option<String>,
    /// What of that is an equation by itself, where a change can begin.
    pub begin: Option<String>,
    /// The equation that places are of: that of the record, else what the text says.
    pub shown: String,
    /// Where units do not agree.
    pub clashes: Vec<UnitClash>,
    /// Where the equation and the arrows differ.
    pub links: Vec<EquationOffer>,
    /// What it takes from the value stream, as it has no equation, or why there is nothing to take;
    /// none where it takes nothing.
    pub taken: Option<String>,
}

/// What is known of all equations of a document.
#[derive(Debug)]
pub struct EquationTable {
    stated: Records<StatedEquation>,
    units: Option<ModelUnits>,
    arrows: Records<Arrows>,
    taken: StreamFigures,
}

impl EquationTable {
    /// Works it out of a document whose variables take these figures from its value streams.
    pub fn of(document: &Document, figures: &StreamFigures) -> Self {
        Self {
            stated: stated_equations(document),
            units: ModelUnits::of(document, figures),
            taken: figures.clone(),
            arrows: arrows(document).into_iter().collect(),
        }
    }

    /// The units of the model; none where its text cannot be read.
    pub const fn units(&self) -> Option<&ModelUnits> {
        self.units.as_ref()
    }

    /// What the page shows of one. The ids are for what offers add.
    pub fn view(&self, document: &Document, id: Id, ids: &mut IdSource) -> EquationView {
        let variable = document.variables().get(&id);
        let own = variable.map_or("", |variable| variable.equation.as_str());
        let said = self.stated.get(&id);
        let stated = said.and_then(stated_words);
        let shown = match (own.trim().is_empty(), &stated) {
            (true, Some(stated)) => Shown {
                text: stated,
                stated: said.and_then(StatedEquation::equation),
            },
            _ => Shown {
                text: own,
                stated: None,
            },
        };
        let clashes = self
            .units
            .as_ref()
            .map(|model| units::clashes(document, model, id, shown, ids));
        let shown = shown.text.to_owned();
        let arrows = self.arrows.get(&id);
        let taken = self.taken.get(&id).filter(|_| shown.is_empty());
        EquationView {
            about: id,
            stated,
            begin: said.and_then(StatedEquation::equation).map(str::to_owned),
            shown,
            clashes: clashes.unwrap_or_default(),
            links: arrows
                .map(|arrows| links::offers(document, id, arrows, ids))
                .unwrap_or_default(),
            taken: taken.map(|taken| match taken {
                Taken::Known(figure) => format!("{}.", figure.words),
                Taken::Missing(why) => format!("It {why}."),
            }),
        }
    }
}

/// What a text says of a variable: its equation, one a line where elements have their own.
fn stated_words(stated: &StatedEquation) -> Option<String> {
    let lines = stated
        .equations
        .iter()
        .map(|one| match one.elements.as_str() {
            "" => one.equation.clone(),
            elements => format!("[{elements}] {}", one.equation),
        });
    let mut lines: Vec<String> = lines.collect();
    if !stated.rate.is_empty() {
        lines.push(format!("changes by {}", stated.rate));
    }
    Some(lines.join("\n")).filter(|words| !words.trim().is_empty())
}
