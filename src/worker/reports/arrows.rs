//! The check that equations and arrows tell the same: it needs the proof of signs, which the room of
//! the other checks does not have.

use crate::causal::check::{Check, Finding, Findings, Fix, Severity, Told};
use crate::model::{Document, Id, IdSource, Link, Patch, Polarity, in_sentence};
use crate::simulate::{Arrows, arrows};

/// The check.
static EQUATION: Check = Check {
    id: "equation-arrows",
    title: "Equation and arrows disagree",
    severity: Severity::Warning,
    why: "A reader takes an arrow for a cause and a run takes the equation, so that the picture \
          tells another story than the numbers.",
    source: "Common practice",
    find: |_, _| {},
};

/// What it finds, in the order of the variables.
pub(super) fn findings(document: &Document, ids: &mut IdSource) -> Vec<Finding> {
    let mut findings = Findings::new(&EQUATION);
    for (id, arrows) in arrows(document) {
        // A patch needs fresh ids, and a case is told only if it is listed.
        let add = arrows.add_missing(document, id, ids);
        missing(document, id, &arrows, &add, &mut findings);
        unused(document, id, &arrows, &mut findings);
        contradicted(document, id, &arrows, &mut findings);
    }
    findings.finish()
}

fn missing(document: &Document, id: Id, arrows: &Arrows, add: &Patch, findings: &mut Findings) {
    let causes: Vec<Id> = arrows.missing.iter().map(|one| one.cause).collect();
    if causes.is_empty() {
        return;
    }
    let about = causes.iter().copied().chain([id]).collect();
    findings.add(about, &|| {
        let all = causes.iter().map(|cause| arrow(document, *cause, id));
        let label = match causes.len() {
            1 => "Add the link",
            _ => "Add the links",
        };
        Told {
            words: format!(
                "the equation of {} has no link for {}",
                name(document, id),
                listed(all)
            ),
            fix: Some(Fix {
                label: label.to_owned(),
                patch: add.clone(),
            }),
        }
    });
}

fn unused(document: &Document, id: Id, arrows: &Arrows, findings: &mut Findings) {
    if arrows.unused.is_empty() {
        return;
    }
    let about = arrows.unused.iter().copied().chain([id]).collect();
    findings.add(about, &|| {
        let label = match arrows.unused.len() {
            1 => "Remove the link",
            _ => "Remove the links",
        };
        Told {
            words: format!(
                "the equation of {} does not use {}",
                name(document, id),
                listed(links(document, &arrows.unused).map(|(_, words)| words))
            ),
            fix: Some(Fix {
                label: label.to_owned(),
                patch: arrows.remove_unused(document),
            }),
        }
    });
}

fn contradicted(document: &Document, id: Id, arrows: &Arrows, findings: &mut Findings) {
    if arrows.contradicted.is_empty() {
        return;
    }
    let only = Arrows {
        contradicted: arrows.contradicted.clone(),
        ..Arrows::default()
    };
    let about: Vec<Id> = only.contradicted.iter().map(|one| one.link).collect();
    findings.add(about.clone(), &|| {
        let signs = only.contradicted.iter().map(|one| one.sign);
        let all = links(document, &about)
            .zip(signs)
            .map(|((_, words), sign)| match sign {
                Polarity::Negative => format!("{words} is \u{2212}"),
                _ => format!("{words} is +"),
            });
        Told {
            words: format!("by the equation of {}, {}", name(document, id), listed(all)),
            fix: Some(Fix {
                label: "Sign as proved".to_owned(),
                patch: only.sign_proved(document),
            }),
        }
    });
}

/// Links with their words.
fn links<'d>(
    document: &'d Document,
    ids: &'d [Id],
) -> impl Iterator<Item = (&'d Link, String)> + use<'d> {
    let links = ids.iter().filter_map(|id| document.links().get(id));
    links.map(|link| (link, arrow(document, link.from, link.to)))
}

fn arrow(document: &Document, from: Id, to: Id) -> String {
    format!("{} → {}", name(document, from), name(document, to))
}

fn name(document: &Document, id: Id) -> String {
    let variable = document.variables().get(&id);
    in_sentence(variable.map_or("", |variable| &variable.name))
}

/// Words one after the other, with "and" before the last.
fn listed(words: impl Iterator<Item = String>) -> String {
    let words: Vec<String> = words.collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Element, Variable};

    #[test]
    fn each_case_is_told_with_its_fix() {
        let id = Id::from_bits;
        let empty = Document::default();
        let mut edit = Edit::new(&empty);
        for (bits, name, equation) in [
            (1, "a", "2 - b + c"),
            (2, "b", ""),
            (3, "c", ""),
            (4, "d", ""),
        ] {
            let variable = Variable {
                name: name.to_owned(),
                equation: equation.to_owned(),
                ..Variable::default()
            };
            edit.set(id(bits), Some(Element::Variable(variable)));
        }
        for (bits, from) in [(10, 2), (11, 4)] {
            let link = Link {
                polarity: Polarity::Positive,
                ..Link::new(id(from), id(1), 0.0)
            };
            edit.set(id(bits), Some(Element::Link(link)));
        }
        let patch = edit.finish();
        let mut document = Document::default();
        document.apply(&patch).unwrap();
        let found = findings(&document, &mut IdSource::new(3));
        let words: Vec<&str> = found.iter().map(|one| one.words.as_str()).collect();
        assert_eq!(
            words,
            [
                "The equation of a has no link for c → a",
                "The equation of a does not use d → a",
                "By the equation of a, b → a is \u{2212}",
            ]
        );
        for finding in found {
            let mut mended = document.clone();
            mended.apply(&finding.fix.unwrap().patch).unwrap();
            assert_eq!(findings(&mended, &mut IdSource::new(3)).len(), 2);
        }
    }
}
