//! A second reader of equations: slow, obvious, and made for nothing but to be compared with. It
//! looks for every name of the model in every equation, letter by letter, and knows no grammar.

use std::collections::{BTreeMap, BTreeSet};

/// What a model says: its variables, and of each what causes it after the beginning.
#[derive(Debug, Default)]
pub struct Model {
    /// The names of all variables, as they are compared.
    pub names: BTreeSet<String>,
    /// Cause and effect.
    pub links: BTreeSet<(String, String)>,
    /// The names of those that have more than a list of causes.
    pub worked_out: BTreeSet<String>,
}

/// How names are compared.
pub fn plain(name: &str) -> String {
    let name = name
        .replace("\\n", " ")
        .replace("\\\n", " ")
        .replace(['_', '\t', '\r', '\n'], " ");
    let name = name
        .trim()
        .trim_matches('"')
        .replace("\\\"", "\"")
        .to_lowercase();
    let name = name.replace(|c: char| SIGNS.contains(c) || c == '"', "\u{b7}");
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Signs that mean something in equations, and nothing in a name in quotes.
const SIGNS: &str = "|~()[]{},=:+*/^<>";

/// The equations with other signs in the place of those in names in quotes.
fn masked(text: &str) -> String {
    let mut out = String::new();
    let (mut is_equation, mut is_quoted) = (true, false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if is_quoted && characters.peek() == Some(&'"') => {
                characters.next();
                out.push('\u{b7}');
            }
            '"' if is_equation => {
                is_quoted = !is_quoted;
                out.push('"');
            }
            sign if is_quoted && SIGNS.contains(sign) => out.push('\u{b7}'),
            other => {
                match other {
                    '~' => is_equation = false,
                    '|' => is_equation = true,
                    _ => {}
                }
                out.push(other);
            }
        }
    }
    out
}

/// Variables of the clock, which are no part of a diagram.
const CLOCK: [&str; 5] = ["time", "final time", "initial time", "saveper", "time step"];

/// Functions, with the argument that something begins with, counted from zero.
const BEGINS: &[(&str, usize)] = &[
    ("trend", 2),
    ("forcst", 3),
    ("smthn", 3),
    ("delayn", 3),
    ("delay material", 2),
    ("delay information", 2),
    ("integ", 1),
    ("active initial", 1),
    ("initial", 0),
    ("init", 0),
    ("smoothi", 2),
    ("smooth3i", 2),
    ("smooth n", 2),
    ("smth1", 2),
    ("smth3", 2),
    ("delay1i", 2),
    ("delay3i", 2),
    ("delay n", 2),
    ("delay fixed", 2),
    ("delay1", 2),
    ("delay3", 2),
    ("delay", 2),
    ("previous", 1),
    ("sample if true", 2),
];

impl Model {
    /// Finds the names in the equations; of each effect there may be several.
    fn of(equations: &[(String, String)]) -> Self {
        let mut model = Self::default();
        for (name, _) in equations {
            if !CLOCK.contains(&name.as_str()) && !name.is_empty() {
                model.names.insert(name.clone());
            }
        }
        for (effect, equation) in equations {
            let is_list = flat(equation).contains("a function of");
            if !equation.trim().is_empty() && !is_list {
                model.worked_out.insert(effect.clone());
            }
            let equation = without_beginnings(&flat(equation));
            for cause in found(&equation, &model.names) {
                model.links.insert((cause, effect.clone()));
            }
        }
        model
            .links
            .retain(|(_, effect)| model.names.contains(effect));
        model
    }
}

/// Small letters, one blank where there are several, underscores or breaks; no remarks, no texts, no
/// subscripts.
fn flat(equation: &str) -> String {
    let mut out = String::new();
    let mut closing: Option<char> = None;
    let mut is_quoted = false;
    for character in equation.chars() {
        match (closing, character) {
            (Some(end), other) if other == end => closing = None,
            (Some(_), _) => {}
            (None, '"') => {
                is_quoted = !is_quoted;
                out.push('"');
            }
            (None, '{') if !is_quoted => closing = Some('}'),
            (None, '[') if !is_quoted => closing = Some(']'),
            // A text begins behind a sign; within a word it is an apostrophe.
            (None, '\'') if out.trim_end().ends_with(['(', ',']) => closing = Some('\''),
            (None, other) => out.push(other),
        }
    }
    let out = out
        .replace("\\\n", " ")
        .replace("\\\r", " ")
        .replace("\\n", " ");
    let out = out.replace(['_', '\t', '\r', '\n'], " ").to_lowercase();
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The equation without what something begins with.
fn without_beginnings(equation: &str) -> String {
    let mut equation = equation.to_owned();
    for &(function, place) in BEGINS {
        let mut from = 0;
        while let Some(found) = equation[from..].find(function) {
            let start = from + found;
            from = start + function.len();
            let before = equation[..start].chars().next_back();
            let is_word = before.is_none_or(|c| !c.is_alphanumeric() && c != ' ')
                || before == Some(' ')
                    && equation[..start]
                        .trim_end()
                        .ends_with(['+', '-', '*', '/', '(', ',', '=', '<', '>', '^']);
            let Some(inside) = equation[from..].trim_start().strip_prefix('(') else {
                continue;
            };
            if !is_word {
                continue;
            }
            let open = equation.len() - inside.len();
            let mut depth = 0;
            let mut argument = 0;
            let mut cut = String::new();
            let mut end = equation.len();
            for (at, character) in equation[open..].char_indices() {
                match character {
                    '(' => depth += 1,
                    ')' if depth == 0 => {
                        end = open + at;
                        break;
                    }
                    ')' => depth -= 1,
                    ',' if depth == 0 => argument += 1,
                    _ => {}
                }
                if argument != place || character == ',' {
                    cut.push(character);
                }
            }
            equation = format!("{}{cut}{}", &equation[..open], &equation[end..]);
        }
    }
    equation
}

/// The longest names of the model at each place of an equation where a word begins.
fn found(equation: &str, names: &BTreeSet<String>) -> BTreeSet<String> {
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '$' | '\'') || !c.is_ascii();
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < equation.len() {
        let rest = &equation[at..];
        let first = rest.chars().next().unwrap();
        if first == '"' {
            let end = rest[1..].find('"').map_or(rest.len(), |end| end + 2);
            let name = plain(&rest[..end]);
            if names.contains(&name) {
                found.insert(name);
            }
            at += end;
            continue;
        }
        if !is_of_word(first) {
            at += first.len_utf8();
            continue;
        }
        // A number with its exponent is no name.
        let mut best = "";
        if !first.is_ascii_digit() {
            for name in names {
                let ends = rest
                    .strip_prefix(name.as_str())
                    .is_some_and(|after| !after.starts_with(is_of_word));
                if ends && name.len() > best.len() {
                    best = name;
                }
            }
        }
        if best.is_empty() {
            let word = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
            at += word;
        } else {
            found.insert(best.to_owned());
            at += best.len();
        }
    }
    found
}

/// The equations of a Vensim text: what stands before the sketch, between the bars.
pub fn vensim(text: &str) -> Model {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let equations = masked(text.split("\\\\\\---///").next().unwrap());
    let mut plain_text = String::new();
    let mut rest = equations.as_str();
    // Macros have variables of their own.
    while let Some(start) = rest.find(":MACRO:") {
        plain_text.push_str(&rest[..start]);
        rest = rest[start..]
            .split_once(":END OF MACRO:")
            .map_or("", |both| both.1);
    }
    plain_text.push_str(rest);
    let mut all = Vec::new();
    for block in plain_text.trim_start_matches("{UTF-8}").split('|') {
        let equation = block.split('~').next().unwrap().trim();
        if equation.starts_with("***") || equation.is_empty() {
            continue;
        }
        let (left, right) = match equation.split_once('=') {
            Some((left, right)) => (left.trim_end_matches(':'), right.trim_start_matches('=')),
            None => (equation, ""),
        };
        // Lists of subscripts and tables have no equation.
        let is_list = right.is_empty() && (left.contains(':') || left.contains("<->"));
        let left = left.split(['[', '(']).next().unwrap();
        let left = left.split(":").next().unwrap();
        if !is_list {
            all.push((plain(left), right.to_owned()));
        }
    }
    Model::of(&all)
}

/// The equations of an XMILE text.
pub fn xmile(text: &str) -> Model {
    let text = text.trim_start_matches('\u{FEFF}');
    // Many files use a prefix that they do not declare.
    let declared = if text.contains("xmlns:isee") {
        text.to_owned()
    } else {
        text.replacen("<xmile", "<xmile xmlns:isee=\"isee\"", 1)
    };
    let document = roxmltree::Document::parse(&declared).unwrap();
    let models = document
        .root_element()
        .children()
        .filter(|node| node.has_tag_name(("", "model")) || node.tag_name().name() == "model");
    let models: Vec<_> = models.collect();
    let unnamed = models
        .iter()
        .find(|model| model.attribute("name").is_none());
    let Some(model) = unnamed.or_else(|| models.first()) else {
        return Model::default();
    };
    let mut all = Vec::new();
    let mut flows = BTreeSet::new();
    let mut modules = BTreeMap::new();
    for node in model.descendants() {
        let parent = node
            .parent()
            .map(|parent| parent.tag_name().name().to_owned());
        let is_defined = matches!(parent.as_deref(), Some("variables" | "model"));
        let tag = node.tag_name().name();
        if !is_defined || !["stock", "flow", "aux", "module"].contains(&tag) {
            continue;
        }
        let name = plain(node.attribute("name").unwrap());
        all.push((name.clone(), String::new()));
        for part in node.descendants() {
            let words = part.text().unwrap_or("");
            match part.tag_name().name() {
                "inflow" | "outflow" => {
                    flows.insert((plain(words), name.clone()));
                }
                "eqn" if tag != "stock" => all.push((name.clone(), masked(words))),
                "connect" => {
                    let side = |side: &str| part.attribute(side).unwrap_or("").to_owned();
                    modules.insert((name.clone(), side("from")), side("to"));
                }
                _ => {}
            }
        }
    }
    let mut read = Model::of(&all);
    read.links.extend(flows);
    for ((module, from), to) in modules {
        let of = |reference: &str| {
            let reference = reference.trim_start_matches('.');
            plain(reference.split('.').next().unwrap())
        };
        let to = if to.contains('.') { of(&to) } else { module };
        if of(&from) != to {
            read.links.insert((of(&from), to));
        }
    }
    let names = read.names.clone();
    read.links
        .retain(|(cause, effect)| names.contains(cause) && names.contains(effect));
    read
}
