//! Loops: whether there are any, what they are called, how long they are.

use super::finding::{Check, Findings, Fix, Severity, Told};
use super::name::{counted, quoted};
use super::subject::Subject;
use crate::causal::LoopPolarity;
use crate::model::{Document, Edit, Element, LoopLabel, Polarity};

/// No loop at all.
pub(super) const NONE: Check = Check {
    id: "no-loop",
    title: "No loop closes",
    severity: Severity::Warning,
    why: "A list of causes and effects cannot explain why a problem comes back; the loop that \
          brings it back can.",
    source: "Sterman 2000, chapter 5",
    find: none,
};

/// A loop without a name.
pub(super) const UNNAMED: Check = Check {
    id: "unnamed-loop",
    title: "Loop without a name",
    severity: Severity::Hint,
    why: "People speak of \"the fear spiral\", not of R2; a name makes a loop part of the talk.",
    source: "Sterman 2000, chapter 5; Morecroft 2015, section 2.7",
    find: unnamed,
};

/// A label that begins with R or B where the signs say otherwise.
pub(super) const WRONG_SIGN: Check = Check {
    id: "wrong-loop-sign",
    title: "Loop name that contradicts the signs",
    severity: Severity::Problem,
    why: "Either the name is wrong or a sign is; the product of the signs decides what a loop does.",
    source: "Sterman 2000, chapter 5 (loop polarity)",
    find: wrong_sign,
};

/// A loop with an unknown sign.
pub(super) const UNDETERMINED: Check = Check {
    id: "undetermined-loop",
    title: "Unsigned loop",
    severity: Severity::Warning,
    why: "Until its last link has a sign, nobody knows whether the loop reinforces or balances.",
    source: "Sterman 2000, chapter 5 (loop polarity)",
    find: undetermined,
};

/// A loop that nobody can tell in one breath.
pub(super) const LONG: Check = Check {
    id: "long-loop",
    title: "Long loop",
    severity: Severity::Hint,
    why: "A loop of more than about eight links is hard to tell as a story; some of its variables \
          may be steps of one and the same thing.",
    source: "Sterman 2000, chapter 5 (level of aggregation)",
    find: long,
};

fn none(subject: &Subject<'_>, findings: &mut Findings) {
    // Whether a loop exists shows in the components, however long the search for all of them.
    let closes = subject.arcs.iter().any(|arc| subject.is_on_loop(arc));
    if subject.arcs.len() > 1 && !closes {
        findings.add(Vec::new(), &|| {
            let count = counted(subject.arcs.len(), "link");
            format!("No loop closes among the {count}; does an effect act back on its cause?")
                .into()
        });
    }
}

/// Where there are more loops than this, only those that carry the story need a name.
const FEW_LOOPS: usize = 12;

fn unnamed(subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    let label = |found: &crate::causal::NamedLoop| subject.document.label_of(&found.key);
    if report.lists_all() && report.loops.len() <= FEW_LOOPS {
        for found in &report.loops {
            if label(found).is_none_or(|(_, label)| label.name.trim().is_empty()) {
                findings.add(found.links.clone(), &|| {
                    format!("Loop {} has no name.", subject.called(found)).into()
                });
            }
        }
        return;
    }
    let mut labels = subject.document.loop_labels().values();
    if labels.all(|label| label.name.trim().is_empty()) && !report.loops.is_empty() {
        findings.add(Vec::new(), &|| {
            "None of the loops has a name; name the few that tell the story."
                .to_owned()
                .into()
        });
    }
}

/// What a name says that the loop does, and the rest of the name.
fn stated(name: &str) -> Option<(LoopPolarity, &str)> {
    let name = name.trim_start_matches(|letter: char| letter == '(' || letter.is_whitespace());
    let word = name
        .split(|letter: char| !letter.is_alphanumeric())
        .next()?;
    let rest = &name[word.len()..];
    let small = word.to_ascii_lowercase();
    let digits = small.trim_start_matches(['r', 'b']);
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_code = small.len() == digits.len() + 1 && is_number;
    let next = rest.trim_start();
    let marked = next.starts_with([':', ')', '.', '-', '\u{2013}', '\u{2014}']) || next.is_empty();
    let polarity = match small.as_bytes().first()? {
        b'r' => LoopPolarity::Reinforcing,
        _ => LoopPolarity::Balancing,
    };
    if is_code {
        // "R 2 D 2" and "b movies" are names; "B2" and "R: growth" are marks.
        let upper = word.starts_with(['R', 'B']);
        return (upper && (!digits.is_empty() || marked)).then(|| (polarity, bare(rest)));
    }
    if small == "reinforcing" || small == "balancing" {
        let lower = next.to_ascii_lowercase();
        for noun in ["loop", "feedback"] {
            if lower.starts_with(noun) {
                return Some((polarity, bare(&next[noun.len()..])));
            }
        }
        return (marked || next.starts_with(|letter: char| letter.is_ascii_digit()))
            .then(|| (polarity, bare(rest)));
    }
    None
}

/// The rest of a name without what joins it to the mark.
fn bare(rest: &str) -> &str {
    let rest = rest.trim_start_matches(|letter: char| letter != '(' && !letter.is_alphanumeric());
    let rest = rest.trim_end();
    // The other half of "(R1 growth)" went with the mark.
    match rest.strip_suffix(')') {
        Some(inner) if !inner.contains('(') => inner,
        _ => rest,
    }
}

/// What the links of a label do, if they are a loop.
fn polarity_of(document: &Document, label: &LoopLabel) -> Option<LoopPolarity> {
    let links: Option<Vec<_>> = label
        .key
        .links()
        .iter()
        .map(|id| document.links().get(id))
        .collect();
    let links = links?;
    let first = links.first()?;
    let mut at = first.to;
    for _ in 1..links.len() {
        let mut next = links.iter().filter(|link| link.from == at);
        let only = next.next()?;
        if next.next().is_some() || at == first.from {
            return None;
        }
        at = only.to;
    }
    (at == first.from).then(|| LoopPolarity::of(links.iter().map(|link| link.polarity)))
}

fn wrong_sign(subject: &Subject<'_>, findings: &mut Findings) {
    for (id, label) in subject.document.loop_labels() {
        let Some((label_text, rest)) = stated(&label.name) else {
            continue;
        };
        let Some(is) = polarity_of(subject.document, label) else {
            continue;
        };
        if is == label_text || is == LoopPolarity::Undetermined {
            continue;
        }
        findings.add(label.key.links().to_vec(), &|| {
            let mut edit = Edit::new(subject.document);
            edit.change(*id, |element| {
                if let Element::LoopLabel(label) = element {
                    rest.clone_into(&mut label.name);
                }
            });
            // What is left may be a mark again, or nothing.
            let mends = !rest.is_empty() && stated(rest).is_none();
            Told {
                words: format!(
                    "The loop {} is {} by its signs.",
                    quoted(&label.name),
                    is.word()
                ),
                fix: mends.then(|| Fix::of(format!("Rename to {}", quoted(rest)), edit)),
            }
        });
    }
}

fn undetermined(subject: &Subject<'_>, findings: &mut Findings) {
    for found in subject.loops_of(LoopPolarity::Undetermined) {
        findings.add(found.links.clone(), &|| {
            let links = subject.document.links();
            let unknown = found.links.iter().filter_map(|id| links.get(id));
            let unknown = unknown.filter(|link| link.polarity == Polarity::Unknown);
            let missing = match unknown.count() {
                1 => "one of its links has no sign".to_owned(),
                count => format!("{count} of its links have no sign"),
            };
            format!("Loop {} is unsigned: {missing}.", subject.called(found)).into()
        });
    }
}

/// The most links that are told in one breath.
const LONGEST: usize = 8;

fn long(subject: &Subject<'_>, findings: &mut Findings) {
    for found in &subject.report.loops {
        if found.links.len() > LONGEST {
            findings.add(found.links.clone(), &|| {
                let count = found.links.len();
                format!("Loop {} has {count} links.", subject.called(found)).into()
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sketch::Sketch;
    use super::*;

    #[test]
    fn a_diagram_without_a_loop() {
        let fires = |links: &[&str]| Sketch::of(links, &[]).found("no-loop").len();
        assert_eq!(fires(&["a + b", "b + c"]), 1);
        assert_eq!(fires(&["a + b", "b + a"]), 0);
        assert_eq!(fires(&["a + b", "a + a"]), 0);
        assert_eq!(fires(&["a + b"]), 0);
    }

    #[test]
    fn loops_without_a_name() {
        let ring = ["a + b", "b + a"];
        let sketch = Sketch::of(&ring, &[]);
        let found = sketch.found("unnamed-loop");
        assert_eq!(found[0].words, "Loop R1 through \"a\", \"b\" has no name.");
        assert_eq!(sketch.labelled(&ring, "Growth").found("unnamed-loop"), []);
        assert_eq!(sketch.labelled(&ring, " ").found("unnamed-loop").len(), 1);
    }

    #[test]
    fn among_many_loops_some_name_is_enough() {
        let mut lines = Vec::new();
        for one in 0..5 {
            lines.extend(
                (0..5)
                    .filter(|to| *to != one)
                    .map(|to| format!("v{one} + v{to}")),
            );
        }
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let sketch = Sketch::of(&lines, &[]);
        assert!(sketch.report.loops.len() > FEW_LOOPS);
        let found = sketch.found("unnamed-loop");
        assert_eq!((found.len(), found[0].about.len()), (1, 0));
        // The label need not be of a loop for the name to be there.
        let named = sketch.labelled(&lines[..1], "Growth");
        assert_eq!(named.found("unnamed-loop"), []);
    }

    #[test]
    fn names_that_state_a_sign() {
        use LoopPolarity::{Balancing, Reinforcing};
        for (name, expected) in [
            ("R1 Growth", Some((Reinforcing, "Growth"))),
            ("B2: Limits", Some((Balancing, "Limits"))),
            ("(B) Limits", Some((Balancing, "Limits"))),
            ("R", Some((Reinforcing, ""))),
            ("R - growth (late)", Some((Reinforcing, "growth (late)"))),
            ("(R1 growth)", Some((Reinforcing, "growth"))),
            ("Reinforcing loop: trust", Some((Reinforcing, "trust"))),
            ("balancing 3", Some((Balancing, "3"))),
            ("Balancing", Some((Balancing, ""))),
            ("Balancing work and life", None),
            ("B2B sales", None),
            ("R&D", None),
            ("Rework", None),
            ("b movies", None),
            ("Balance", None),
            ("Fear spiral", None),
            ("", None),
        ] {
            assert_eq!(stated(name), expected, "{name}");
        }
    }

    #[test]
    fn a_mark_is_held_against_the_signs() {
        let ring = ["a + b", "b - a"];
        let sketch = Sketch::of(&ring, &[]);
        for name in ["B1 Limits", "Limits", "B", "Balancing loop"] {
            assert_eq!(sketch.labelled(&ring, name).found("wrong-loop-sign"), []);
        }
        let (finding, fixed) = sketch
            .labelled(&ring, "R1: Limits")
            .fixed("wrong-loop-sign");
        assert_eq!(
            finding.words,
            "The loop \"R1: Limits\" is balancing by its signs."
        );
        let label = fixed.document.loop_labels().values().next().unwrap();
        assert_eq!(label.name, "Limits");
        let bare = sketch.labelled(&ring, "R1").found("wrong-loop-sign");
        assert_eq!((bare.len(), &bare[0].fix), (1, &None));
    }

    #[test]
    fn what_is_no_loop_or_has_no_sign_contradicts_nothing() {
        let path = ["a + b", "b - c"];
        let sketch = Sketch::of(&path, &[]).labelled(&path, "R1");
        assert_eq!(sketch.found("wrong-loop-sign"), []);
        let ring = ["a + b", "b ? a"];
        let sketch = Sketch::of(&ring, &[]).labelled(&ring, "R1");
        assert_eq!(sketch.found("wrong-loop-sign"), []);
        let eight = ["a + b", "b - a", "b + c", "c + b"];
        let sketch = Sketch::of(&eight, &[]).labelled(&eight, "R1");
        assert_eq!(sketch.found("wrong-loop-sign"), []);
    }

    #[test]
    fn loops_with_unknown_signs() {
        let sketch = Sketch::of(&["a + b", "b ? a", "b + c", "c + b"], &[]);
        let found = sketch.found("undetermined-loop");
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].words,
            "Loop ?1 through \"a\", \"b\" is unsigned: one of its links has no sign."
        );
    }

    #[test]
    fn long_loops() {
        let ring = |count: usize| {
            let lines: Vec<String> = (0..count)
                .map(|at| format!("v{at} + v{}", (at + 1) % count))
                .collect();
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            Sketch::of(&lines, &[]).found("long-loop").len()
        };
        assert_eq!((ring(8), ring(9)), (0, 1));
    }
}
