//! Links that say nothing, twice the same, or two things at once.

use super::finding::{Check, Findings, Fix, Severity, Told};
use super::name::counted;
use super::subject::{Arc, Subject};
use crate::model::{Edit, Id, Link, Polarity};

/// A link without a sign.
pub(super) const UNSIGNED: Check = Check {
    id: "unsigned-link",
    title: "Link without a sign",
    severity: Severity::Warning,
    why: "Without the sign of every link, nobody can say what a loop does.",
    source: "Sterman 2000, chapter 5; Kim 1992, Guidelines for Drawing Causal Loop Diagrams",
    find: unsigned,
};

/// A plus and a minus side by side.
pub(super) const CONTRADICTING: Check = Check {
    id: "contradicting-links",
    title: "Both signs from one variable to another",
    severity: Severity::Problem,
    why: "If a cause both raises and lowers an effect, it does so along two paths, and each \
          deserves a variable in between that tells them apart.",
    source: "Sterman 2000, chapter 5 (unambiguous polarities)",
    find: contradicting,
};

/// The same link twice.
pub(super) const DUPLICATE: Check = Check {
    id: "duplicate-link",
    title: "Link drawn twice",
    severity: Severity::Warning,
    why: "A second link of the same sign adds loops to the count but nothing to the story.",
    source: "Common practice",
    find: duplicates,
};

/// A variable that causes itself.
pub(super) const SELF: Check = Check {
    id: "self-link",
    title: "Variable linked to itself",
    severity: Severity::Warning,
    why: "What a variable does to itself it does through something else, and that is the part of \
          the story worth telling.",
    source: "Common practice",
    find: self_links,
};

fn unsigned(subject: &Subject<'_>, findings: &mut Findings) {
    for arc in &subject.arcs {
        if arc.link.polarity == Polarity::Unknown {
            findings.add(vec![arc.id], &|| {
                format!("The link {} has no sign.", subject.link_text(arc)).into()
            });
        }
    }
}

/// Calls `each` with the links from one variable to another where there are several.
fn parallel<'s>(subject: &'s Subject<'_>, each: &mut dyn FnMut(&[&'s Arc<'s>])) {
    for node in 0..subject.nodes.len() {
        let mut arcs: Vec<&Arc<'_>> = subject.leaving(node).collect();
        if arcs.len() > 1 {
            arcs.sort_by_key(|arc| arc.to);
            for group in arcs.chunk_by(|one, other| one.to == other.to) {
                if group.len() > 1 {
                    each(group);
                }
            }
        }
    }
}

fn contradicting(subject: &Subject<'_>, findings: &mut Findings) {
    parallel(subject, &mut |group| {
        let signed: Vec<&Arc<'_>> = group
            .iter()
            .copied()
            .filter(|arc| arc.link.polarity != Polarity::Unknown)
            .collect();
        let differ = |pair: &[&Arc<'_>]| pair[0].link.polarity != pair[1].link.polarity;
        if signed.windows(2).any(differ) {
            let ids: Vec<Id> = signed.iter().map(|arc| arc.id).collect();
            findings.add(ids, &|| {
                let (from, to) = (
                    subject.label_text(group[0].from),
                    subject.label_text(group[0].to),
                );
                format!(
                    "{from} has both a + and a \u{2212} link to {to}; what stands between them?"
                )
                .into()
            });
        }
    });
}

fn duplicates(subject: &Subject<'_>, findings: &mut Findings) {
    parallel(subject, &mut |group| {
        for polarity in [Polarity::Positive, Polarity::Negative, Polarity::Unknown] {
            let same = group.iter().copied();
            let same: Vec<&Arc<'_>> = same.filter(|arc| arc.link.polarity == polarity).collect();
            if same.len() > 1 {
                let ids: Vec<Id> = same.iter().map(|arc| arc.id).collect();
                findings.add(ids, &|| Told {
                    words: format!(
                        "{} with the sign {} lead {}.",
                        counted(same.len(), "link"),
                        polarity.symbol(),
                        subject.link_text(same[0])
                    ),
                    fix: without_copies(subject, &same),
                });
            }
        }
    });
}

/// Keeps one of several links, if the others say nothing that it does not say.
fn without_copies(subject: &Subject<'_>, same: &[&Arc<'_>]) -> Option<Fix> {
    let document = subject.document;
    let says = |arc: &Arc<'_>| {
        let link = arc.link;
        let in_loops = document.labels_through(arc.id).count();
        let remarks = usize::from(!link.remark.is_empty());
        in_loops + remarks + usize::from(link.delay_source.is_some())
    };
    // The first of those that say most; `max_by_key` would take the last.
    let kept = *same.iter().rev().max_by_key(|arc| says(arc))?;
    let mut edit = Edit::new(document);
    for arc in same.iter().filter(|arc| arc.id != kept.id) {
        if arc.link.delay != kept.link.delay || says(arc) > 0 {
            return None;
        }
        edit.remove(arc.id);
    }
    let label = match same.len() {
        2 => "Remove the second link",
        _ => "Remove all but one of the links",
    };
    Some(Fix::of(label, edit))
}

fn self_links(subject: &Subject<'_>, findings: &mut Findings) {
    for arc in subject
        .arcs
        .iter()
        .filter(|arc| Link::is_self_link(arc.link))
    {
        findings.add(vec![arc.id], &|| {
            let name = subject.label_text(arc.from);
            format!("{name} is linked to itself; through what does it act on itself?").into()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{Sketch, arc};
    use super::*;
    use crate::model::Element;

    #[test]
    fn links_without_a_sign() {
        let found = Sketch::of(&["a ? b", "b + a"], &[]).found("unsigned-link");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, "The link from \"a\" to \"b\" has no sign.");
        assert_eq!(found[0].about, [arc(0)]);
        assert_eq!(
            Sketch::of(&["a - b", "b + a"], &[]).found("unsigned-link"),
            []
        );
    }

    #[test]
    fn both_signs() {
        let fires = |links: &[&str]| Sketch::of(links, &[]).found("contradicting-links").len();
        assert_eq!(fires(&["a + b", "a - b"]), 1);
        assert_eq!(fires(&["a + b ||", "a ? b", "a - b"]), 1);
        assert_eq!(fires(&["a + b", "b - a"]), 0);
        assert_eq!(fires(&["a + b", "a + b"]), 0);
        assert_eq!(fires(&["a + b", "a ? b"]), 0);
    }

    #[test]
    fn links_drawn_twice() {
        let fires = |links: &[&str]| Sketch::of(links, &[]).found("duplicate-link").len();
        assert_eq!(fires(&["a + b", "a - b"]), 0);
        assert_eq!(fires(&["a + b", "b + a"]), 0);
        assert_eq!(fires(&["a ? b", "a ? b"]), 1);
        assert_eq!(fires(&["a + b", "a - b", "a + b", "a - b"]), 2);
        let (_, fixed) = Sketch::of(&["a + b", "a + b", "a + b"], &[]).fixed("duplicate-link");
        assert!(fixed.document.links().keys().eq([&arc(0)]));
    }

    #[test]
    fn the_link_with_the_remark_stays() {
        let remark = |edit: &mut Edit<'_>, index: usize| {
            edit.change(arc(index), |element| {
                if let Element::Link(link) = element {
                    link.remark = "because".to_owned();
                }
            });
        };
        let sketch = Sketch::of(&["a + b", "a + b"], &[]).changed(|edit| remark(edit, 1));
        let (_, fixed) = sketch.fixed("duplicate-link");
        assert!(fixed.document.links().keys().eq([&arc(1)]));
        let both = sketch.changed(|edit| remark(edit, 0));
        assert_eq!(both.found("duplicate-link")[0].fix, None);
        let late = Sketch::of(&["a + b", "a + b ||"], &[]);
        assert_eq!(late.found("duplicate-link")[0].fix, None);
    }

    #[test]
    fn links_to_itself() {
        assert_eq!(Sketch::of(&["a + a"], &[]).found("self-link").len(), 1);
        assert_eq!(Sketch::of(&["a + b", "b + a"], &[]).found("self-link"), []);
    }
}
