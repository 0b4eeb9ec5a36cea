//! A plain list of names: lines of a chat, a column of a table. What they name only a person can say.

use super::mapping::{Choices, Mapping};
use super::plan::{Draft, Plan};
use super::role::{Role, TableKind};
use super::words::{has_words, same_name, words_of};
use crate::format::table::{Table, TableLimits};
use crate::model::{
    Calendar, Change, Document, Element, IdSource, MAXIMUM_NAME, Measures, Patch, Placement, Point,
    StationKind, Variable,
};

/// Names that a text lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// In the order of the text, each once; two at least.
    pub names: Vec<String>,
    /// What the text says that they are, if it does.
    pub said: Option<Named>,
    /// How many lines say a name again.
    pub again: usize,
}

/// What names are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Variables of a causal loop diagram.
    Variables,
    /// Steps of a value stream.
    Steps,
}

/// More lines are no list that somebody has written into a chat.
const MOST: usize = 200;
/// The longest name, in characters.
const LONGEST: usize = 60;
/// The most words of a name.
const MOST_WORDS: usize = 8;
/// How far apart variables stand, in world units.
const APART: (f64, f64) = (220.0, 100.0);

/// The names that a text lists; none for a text that is more than a list, or less.
#[must_use]
pub fn names(text: &str) -> Option<Names> {
    let (names, said) = of_table(text).or_else(|| of_lines(text))?;
    let count = names.len();
    let mut seen: Vec<String> = Vec::new();
    let mut once: Vec<String> = Vec::new();
    for name in names {
        let plain = same_name(&name);
        if !seen.contains(&plain) {
            seen.push(plain);
            once.push(name);
        }
    }
    let again = count - once.len();
    (once.len() > 1).then_some(Names {
        names: once,
        said,
        again,
    })
}

/// What the header of a column of names says that they are.
fn named(header: &str) -> Option<Named> {
    const STEPS: &[&str] = &[
        "step*",
        "process*",
        "activit*",
        "station*",
        "task*",
        "stage*",
        "phase*",
        "schritt*",
        "t\u{e4}tigkeit*",
        "\u{e9}tape*",
        "etape*",
        "paso*",
        "etapa*",
        "fase*",
        "passo*",
    ];
    const VARIABLES: &[&str] = &[
        "variable*",
        "factor*",
        "driver*",
        "cause*",
        "quantit*",
        "faktor*",
        "gr\u{f6}\u{df}e*",
        "einflu\u{df}*",
        "facteur*",
        "fattor*",
        "variabile*",
        "variabel*",
    ];
    let words = words_of(header);
    let has = |list: &[&str]| list.iter().any(|wanted| has_words(&words, wanted));
    if has(STEPS) {
        Some(Named::Steps)
    } else if has(VARIABLES) {
        Some(Named::Variables)
    } else {
        None
    }
}

/// The names in a column of a table of which nothing else is known, where its header says what they
/// are.
fn of_table(text: &str) -> Option<(Vec<String>, Option<Named>)> {
    let table = Table::read(text, &TableLimits::STANDARD).ok()?;
    let mapping = Mapping::of(&table, &Choices::new(), Calendar::default());
    let column = mapping.columns_of(|role| role == Role::Name).next()?;
    let said = named(&table.headers[column]);
    let is_list = mapping.kind == TableKind::Steps && said.is_some() && table.lines.len() <= MOST;
    let cells = table.column(column).filter(|cell| is_name(cell));
    let names: Vec<String> = cells.map(str::to_owned).collect();
    (is_list && names.len() * 5 >= table.lines.len() * 4).then_some((names, said))
}

/// The names that the lines of a text are.
fn of_lines(text: &str) -> Option<(Vec<String>, Option<Named>)> {
    let mut lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    if lines.len() > MOST {
        return None;
    }
    // A table of one column draws a line under its header.
    let has_rule = lines.get(1).is_some_and(|line| is_rule(line));
    lines.retain(|line| !is_rule(line));
    let first = lines.first().copied()?;
    let header = first.trim_start_matches(['#', ' ', '*', '|']);
    let header = header.trim_end_matches(['*', '|', ' ']);
    let said = named(header.trim_end_matches(':'));
    let is_header = has_rule
        || first.starts_with('#')
        || header.ends_with(':')
        || said.is_some() && words_of(header).len() == 1;
    if is_header {
        lines.remove(0);
    }
    let names: Option<Vec<String>> = lines
        .iter()
        .map(|line| {
            let (name, is_item) = without_bullet(line);
            let fits = is_name(name) && (is_item || !name.contains([',', '(', ')']));
            fits.then(|| name.to_owned())
        })
        .collect();
    names.map(|names| (names, said.filter(|_| is_header)))
}

fn is_rule(line: &str) -> bool {
    line.len() > 1 && line.chars().all(|c| "|-=:+ ".contains(c)) && line.contains(['-', '='])
}

/// A line without the sign or number before it, and whether there was one.
fn without_bullet(line: &str) -> (&str, bool) {
    let line = line.trim_matches('|').trim();
    let signs = [
        "- [ ] ",
        "- [x] ",
        "- ",
        "* ",
        "+ ",
        "\u{2022}",
        "\u{2013} ",
        "\u{2014} ",
        "\u{25aa}",
        "\u{25e6}",
        "\u{2610}",
        "\u{b7}",
    ];
    for sign in signs {
        if let Some(rest) = line.strip_prefix(sign) {
            return (rest.trim(), true);
        }
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..4).contains(&digits)
        && let Some(rest) = line[digits..].strip_prefix(['.', ')'])
        && rest.starts_with(' ')
    {
        return (rest.trim(), true);
    }
    (line, false)
}

/// Whether a text could be a name: short, with a letter, and no sentence or code.
fn is_name(text: &str) -> bool {
    let is_code = |c: char| {
        matches!(
            c,
            ';' | '{' | '}' | '<' | '>' | '=' | '|' | '\t' | '"' | '`' | '@'
        )
    };
    text.chars().any(char::is_alphabetic)
        && text.chars().count() <= LONGEST
        && text.split_whitespace().count() <= MOST_WORDS
        && !text.contains(is_code)
        && !text.contains("://")
        && !text.ends_with([
            '.', ',', ':', '!', '?', '\u{3002}', '\u{ff01}', '\u{ff1f}', '\u{2026}',
        ])
}

impl Names {
    /// A diagram of them: variables side by side, or steps with flows from one to the next.
    #[must_use]
    pub fn diagram(&self, named: Named, calendar: Calendar, ids: &mut IdSource) -> Document {
        match named {
            Named::Variables => self.variables(ids),
            Named::Steps => {
                let draft = |name: &String| Draft {
                    kind: StationKind::Step,
                    name: cut(name),
                    measures: Measures::new(),
                    resource: String::new(),
                    remark: String::new(),
                };
                let plan = Plan {
                    drafts: self.names.iter().map(draft).collect(),
                    rework: Vec::new(),
                    calendar,
                    schedule: Vec::new(),
                };
                plan.new_map(&crate::model::StreamSettings::default(), ids)
            }
        }
    }

    /// Variables in rows, about as many as columns.
    fn variables(&self, ids: &mut IdSource) -> Document {
        let columns = (self.names.len() as f64).sqrt().ceil().max(1.0) as usize;
        let mut patch = Patch::default();
        for (index, name) in self.names.iter().enumerate() {
            let (row, column) = (index / columns, index % columns);
            let position = Point::new(column as f64 * APART.0, row as f64 * APART.1).on_canvas();
            let variable = Variable {
                name: cut(name),
                placement: Placement {
                    position,
                    ..Placement::default()
                },
                ..Variable::default()
            };
            let change = Change {
                before: None,
                after: Some(Element::Variable(variable)),
            };
            patch.changes.insert(ids.fresh(), change);
        }
        let mut document = Document::default();
        // Names that are short are nothing that a document refuses.
        let _ = document.apply(&patch);
        document
    }
}

/// A name, cut to what a document may have.
fn cut(name: &str) -> String {
    let mut end = MAXIMUM_NAME.min(name.len());
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(text: &str) -> Option<(Vec<String>, Option<Named>)> {
        names(text).map(|found| (found.names, found.said))
    }

    #[test]
    fn lists_of_names_are_known() {
        let plain = ["Write", "Code review", "Deploy"]
            .map(str::to_owned)
            .to_vec();
        for (text, said) in [
            ("Write\nCode review\nDeploy", None),
            ("- Write\n- Code review\n- Deploy\n", None),
            ("1. Write\r\n2. Code review\r\n3. Deploy\r\n", None),
            (
                "\u{2022} Write\n\n\u{2022} Code review\n\u{2022} Deploy\n\u{2022} write",
                None,
            ),
            ("Steps:\nWrite\nCode review\nDeploy", Some(Named::Steps)),
            (
                "# Our variables\n* Write\n* Code review\n* Deploy",
                Some(Named::Variables),
            ),
            ("Step\nWrite\nCode review\nDeploy\n", Some(Named::Steps)),
            (
                "| Step |\n|---|\n| Write |\n| Code review |\n| Deploy |\n",
                Some(Named::Steps),
            ),
            (
                "| Name |\n|---|\n| Write |\n| Code review |\n| Deploy |\n",
                None,
            ),
            (
                "Step\tOwner\nWrite\tAda\nCode review\tBob\nDeploy\tCy\n",
                Some(Named::Steps),
            ),
        ] {
            assert_eq!(listed(text), Some((plain.clone(), said)), "{text}");
        }
        let again = names("a\nb\nA\n").unwrap();
        assert_eq!((again.names.len(), again.again), (2, 1));
    }

    #[test]
    fn what_is_more_than_a_list_or_less_is_none() {
        for text in [
            "",
            "one",
            "one\none\n",
            "Dear all,\nplease come at 9, or later,\nand bring a pen\n",
            "We met today.\nIt went well.",
            "a,b\nx,y\n",
            "{\"a\": 1,\n\"b\": 2}",
            "1,2,3\n4,5,6\n",
            "fn main() {\n}\n",
            "https://example.org/a\nhttps://example.org/b",
            "Ada <ada@example.org>\nBob <bob@example.org>",
            "12\n13\n14\n",
            "this line has many more words than any name of a step would have\nand so has this one, as everybody who counts will see\n",
        ] {
            assert_eq!(listed(text), None, "{text}");
        }
    }

    #[test]
    fn names_become_variables_or_steps() {
        let found = names("a\nb\nc\nd\ne\n").unwrap();
        let calendar = Calendar::default();
        let variables = found.diagram(Named::Variables, calendar, &mut IdSource::new(1));
        assert_eq!(
            (variables.variables().len(), variables.links().len()),
            (5, 0)
        );
        let steps = found.diagram(Named::Steps, calendar, &mut IdSource::new(1));
        assert_eq!((steps.stations().len(), steps.flows().len()), (5, 4));
    }
}
