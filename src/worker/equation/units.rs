//! Where the units of an equation do not agree, at their place, and what mends it.

use super::constant::converted;
use super::place::shown_place;
use super::view::{EquationOffer, UnitClash};
use crate::equation::Span;
use crate::format::model_text;
use crate::model::{Document, Edit, Element, Id, IdSource, Patch};
use crate::simulate::{
    Clash, Side, Source, StreamFigures, UnitBook, UnitReport, VariableUnits, Verdict, check_units,
    model_of, read, take_figures,
};
use crate::worker::run::ModelNames;

/// The units of the model of a document.
#[derive(Debug)]
pub struct ModelUnits {
    /// What was found.
    pub report: UnitReport,
    /// The records of the variables.
    pub names: ModelNames,
    /// The text that places are of; none where they are of the equations of the records.
    text: Option<String>,
}

/// An equation as a person sees it.
#[derive(Clone, Copy)]
pub(super) struct Shown<'t> {
    /// The text.
    pub text: &'t str,
    /// The part of it that is the equation of the text that was opened; none where all of it is the
    /// equation of the record.
    pub stated: Option<&'t str>,
}

impl ModelUnits {
    /// The units of a document, whose variables take these figures from its value streams; none where
    /// its text cannot be read.
    pub fn of(document: &Document, figures: &StreamFigures) -> Option<Self> {
        let text = model_text(document);
        let (source, names): (Source, ModelNames) = match &text {
            Some(text) => {
                let names = ModelNames::of_text(document);
                let mut source = read(text).ok()?;
                take_figures(&mut source, |name| names.id_of(name.as_str()), figures);
                (source, names)
            }
            None => {
                let model = model_of(document, figures);
                (model.source, ModelNames::from(model.names))
            }
        };
        let mut book = text.as_deref().map(UnitBook::of).unwrap_or_default();
        let unit = document.properties().run.time_unit.trim();
        if !unit.is_empty() {
            // A unit of time that cannot be read is as good as none.
            let _ = book.set_time(unit);
        }
        Some(Self {
            report: check_units(&source, &book),
            names,
            text,
        })
    }
}

/// Where the units of one variable do not agree.
pub(super) fn clashes(
    document: &Document,
    model: &ModelUnits,
    id: Id,
    shown: Shown<'_>,
    ids: &mut IdSource,
) -> Vec<UnitClash> {
    let variables = model.report.variables.iter();
    let own = variables.filter(|one| model.names.id_of(&one.name) == Some(id));
    let mut clashes = Vec::new();
    for variable in own {
        let Verdict::Contradicts(found) = &variable.verdict else {
            continue;
        };
        for clash in found {
            clashes.push(UnitClash {
                place: place(model, clash, shown),
                words: clash.to_string(),
                offers: offers(document, model, id, (variable, clash), shown, ids),
            });
        }
    }
    clashes
}

/// Where a clash is in what is shown.
fn place(model: &ModelUnits, clash: &Clash, shown: Shown<'_>) -> Option<(u32, u32)> {
    // A flow is no part of the equation of its stock.
    if matches!(clash.left.side, Side::Flow(_)) {
        return None;
    }
    shown_place(shown, model.text.as_deref(), clash.span)
}

/// What mends a clash: the part converted, or the unit of the equation said of the variable.
fn offers(
    document: &Document,
    model: &ModelUnits,
    id: Id,
    (variable, clash): (&VariableUnits, &Clash),
    shown: Shown<'_>,
    ids: &mut IdSource,
) -> Vec<EquationOffer> {
    let mut offers = Vec::new();
    if let Some(convert) = clash.convert(variable.stated.as_ref())
        && let Some((start, end)) = shown_place(shown, model.text.as_deref(), convert.part)
    {
        let part = Span {
            start: start as usize,
            end: end as usize,
        };
        let patch = converted(document, id, shown, part, &convert, ids);
        offers.extend(patch.map(|(button, patch)| EquationOffer {
            words: String::new(),
            button,
            patch,
        }));
    }
    if clash.left.side == Side::Equation && clash.right.side == Side::Stated {
        let unit = clash.left.unit.to_string();
        offers.push(EquationOffer {
            words: String::new(),
            button: format!("Say it is in {unit}"),
            patch: with_units(document, id, &unit),
        });
    }
    offers
}

/// The patch that says what a variable is counted in.
pub(in crate::worker) fn with_units(document: &Document, id: Id, unit: &str) -> Patch {
    let mut edit = Edit::new(document);
    edit.change(id, |element| {
        if let Element::Variable(record) = element {
            unit.clone_into(&mut record.units);
        }
    });
    edit.finish()
}
