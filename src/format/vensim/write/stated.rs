//! Equations that the text has, with what people wrote over them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Writer;
use super::computed::{points, units_text};
use crate::format::foreign::{has_equation, is_computed, number_text};
use crate::format::vensim::equations::BlockKind;
use crate::format::vensim::expression::{Token, arguments, first_argument, names, sum, tokens};
use crate::format::vensim::names::written;
use crate::model::{FlowSide, Id, TableKind, ValueRange, Variable, VariableKind, flows_of};

impl Writer<'_, '_> {
    /// Writes what people wrote over the equations of a variable. Whether their right sides are
    /// written as a whole.
    pub(super) fn compute(&mut self, index: usize, id: Id, variable: &Variable) -> bool {
        let blocks = self.drawn.variables[index].blocks.clone();
        let is_level = self
            .drawn
            .causes
            .is_level(&self.drawn.drawing.variables[index].key);
        let mut is_whole = false;
        if variable.kind == VariableKind::Stock && is_level {
            if has_equation(variable) {
                // What it begins with; what flows is changed term by term.
                if let Some((right, _)) = self.right_side(id, variable)
                    && let Some((_, start)) = right.rsplit_once("\t\t")
                {
                    let start = start.strip_suffix(')').unwrap_or(start).to_owned();
                    for block in &blocks {
                        self.replace_start(*block, &start);
                    }
                }
            } else if variable.table.is_some() {
                self.unsaid.tables.add(variable.in_sentence());
            }
            for block in &blocks {
                self.change_flows(*block, id);
            }
        } else if has_equation(variable) {
            if let Some((right, apart)) = self.right_side(id, variable) {
                is_whole = true;
                for block in &blocks {
                    let of_table = self.source.blocks[*block].kind == BlockKind::Lookup;
                    let expression = self.source.blocks[*block].expression.clone();
                    // The table of the text stays as long as nobody wrote another.
                    let inside = self.before_table(expression);
                    let inside = inside.filter(|_| variable.table.is_none());
                    match (right.strip_prefix(" = "), inside) {
                        (Some(value), Some(inside)) => self.splices.replace(inside, value),
                        (Some(value), None) if !of_table => self.replace_expression(*block, value),
                        _ => {
                            let range = self.source.blocks[*block].expression.clone();
                            self.splices
                                .replace(range, format!("{right}{}", self.newline));
                        }
                    }
                }
                self.new_blocks
                    .extend(Some(apart).filter(|apart| !apart.is_empty()));
            }
        } else if let Some(table) = &variable.table {
            for block in &blocks {
                let standing = &self.source.blocks[*block];
                if standing.kind == BlockKind::Lookup {
                    if table.kind != TableKind::Continuous {
                        self.unsaid.tables.add(variable.in_sentence());
                    }
                    let text = points(table);
                    self.replace_expression(*block, &text);
                    continue;
                }
                let value = self.without_table(standing.expression.clone());
                if value.trim().is_empty() {
                    self.unsaid.tables.add(variable.in_sentence());
                    continue;
                }
                let (value, apart) = self.through(id, variable, value.trim(), table);
                self.replace_expression(*block, &value);
                if Some(block) == blocks.first() {
                    self.new_blocks
                        .extend(Some(apart).filter(|apart| !apart.is_empty()));
                }
            }
        }
        if is_computed(variable)
            && let Some(block) = blocks.first()
        {
            let units = Some(variable.units.trim()).filter(|units| !units.is_empty());
            self.replace_units(*block, units, variable.range);
        }
        is_whole
    }

    /// Puts an expression in the place of that of a block, with the blanks around it left.
    pub(super) fn replace_expression(&mut self, block: usize, with: &str) {
        let range = self.source.blocks[block].expression.clone();
        let text = &self.source.text[range.clone()];
        let inner = text.trim();
        if inner.is_empty() {
            // There may be no sign of equality.
            let before = self.source.text[..range.start].trim_end();
            let sign = if before.ends_with('=') { " " } else { " = " };
            let is_list = with.starts_with('(');
            let sign = if is_list { "" } else { sign };
            return self
                .splices
                .replace(range, format!("{sign}{with}{}\t", self.newline));
        }
        let start = range.start + (text.len() - text.trim_start().len());
        let blank = if start == range.start && !with.starts_with('(') {
            " "
        } else {
            ""
        };
        self.splices
            .replace(start..start + inner.len(), format!("{blank}{with}"));
    }

    /// Writes the units and the range of a block, each where it is known.
    pub(super) fn replace_units(
        &mut self,
        block: usize,
        units: Option<&str>,
        range: Option<ValueRange>,
    ) {
        if units.is_none() && range.is_none() {
            return;
        }
        let text = self.source.text;
        let block = &self.source.blocks[block];
        let Some(field) = block.units.clone() else {
            // A block without a place for units ends at once.
            let end = block.whole.end;
            if text[..end].ends_with('|') {
                let units = units_text(units.unwrap_or_default(), range);
                self.splices.insert(end - 1, format!("\t~\t{units}\t~\t"));
            }
            return;
        };
        let standing = &text[field.clone()];
        let (its_units, its_range) = match standing.find('[') {
            Some(at) => standing.split_at(at),
            None => (standing, ""),
        };
        let said = match range {
            Some(range) => with_step(&units_text("", Some(range)), its_range),
            None => its_range.trim().to_owned(),
        };
        let units = match units {
            Some(units) => units_text(units, None),
            None => its_units.trim().to_owned(),
        };
        let words = [units, said];
        let words: Vec<&str> = words.iter().map(|word| word.trim()).collect();
        let new = words.join(" ");
        let inner = standing.trim();
        if inner.is_empty() {
            self.splices
                .replace(field, format!("\t{}{}\t", new.trim(), self.newline));
            return;
        }
        let start = field.start + (standing.len() - standing.trim_start().len());
        self.splices
            .replace(start..start + inner.len(), new.trim().to_owned());
    }

    /// The parts of `INTEG(…)` in a block: what is between its brackets.
    fn inside_of_level(&self, all: &[Token]) -> Option<(Vec<Token>, usize)> {
        let inside = arguments(self.source.text, all, "integ")?;
        let change = first_argument(inside);
        let comma = inside.get(change.len())?;
        Some((inside.to_vec(), comma.range.start))
    }

    /// Writes what a stock begins with again.
    fn replace_start(&mut self, block: usize, start: &str) {
        let expression = self.source.blocks[block].expression.clone();
        let all = tokens(self.source.text, expression.clone());
        let Some((inside, comma)) = self.inside_of_level(&all) else {
            return;
        };
        // To the bracket that closes, or to the end of a text that is cut off.
        let close = inside.len() + 2;
        let end = all
            .get(close)
            .map_or(expression.end, |close| close.range.start);
        let text = &self.source.text[comma + 1..end];
        let blank = text.len() - text.trim_start().len();
        let from = comma + 1 + blank;
        let to = comma + 1 + text.trim_end().len();
        self.splices.replace(from..to.max(from), start);
    }

    /// Carries what flows into and out of a stock now, and did not, and the other way round, into
    /// the sum that it changes by.
    fn change_flows(&mut self, block: usize, id: Id) {
        let before: BTreeSet<(FlowSide, Id)> =
            flows_of(&self.base.document, id).into_iter().collect();
        let after = flows_of(self.document, id);
        let now: BTreeSet<(FlowSide, Id)> = after.iter().copied().collect();
        if before == now {
            return;
        }
        let text = self.source.text;
        let all = tokens(text, self.source.blocks[block].expression.clone());
        let Some((inside, comma)) = self.inside_of_level(&all) else {
            return;
        };
        let terms = sum(text, first_argument(&inside), comma);
        let gone: BTreeSet<Id> = before.difference(&now).map(|(_, rate)| *rate).collect();
        let mut left = terms.len();
        for term in &terms {
            let Some(name) = &term.name else { continue };
            let index = self.drawn.by_key.get(name);
            let rate = index.and_then(|index| self.base.variables.get(*index));
            if let Some(rate) = rate.filter(|rate| gone.contains(rate)) {
                self.splices.remove(term.range.clone());
                self.spliced.insert((id, *rate));
                self.taken.insert((block, name.clone()));
                left -= 1;
            }
        }
        let mut come = String::new();
        for (side, rate) in after.iter().filter(|flow| !before.contains(flow)) {
            // A rate that still stands in the sum otherwise cannot be told from it.
            if gone.contains(rate) && !self.spliced.contains(&(id, *rate)) {
                continue;
            }
            let sign = match side {
                FlowSide::In if left == 0 && come.is_empty() => "",
                FlowSide::In => " + ",
                FlowSide::Out => " - ",
            };
            come.push_str(sign);
            come.push_str(&self.name(*rate));
            self.spliced.insert((id, *rate));
        }
        if left == 0 && come.is_empty() {
            come.push('0');
        }
        // A sum of nothing but a zero that was written here is that sum no longer.
        let only = match terms.as_slice() {
            [only] if text[only.range.clone()].trim() == number_text(0.0) => Some(only),
            _ => None,
        };
        if let Some(only) = only.filter(|_| !come.is_empty()) {
            let come = come.strip_prefix(" + ").unwrap_or(&come).to_owned();
            return self.splices.replace(only.range.clone(), come);
        }
        let end = text[..comma].trim_end().len();
        let end = terms.last().map_or(end, |last| end.max(last.range.start));
        self.splices
            .insert(if left == terms.len() { end } else { comma }, come);
    }

    /// An expression with the new names of variables, without the table that it is read through.
    pub(super) fn without_table(&self, expression: Range<usize>) -> String {
        let inside = self.before_table(expression.clone());
        self.renamed(inside.unwrap_or(expression))
    }

    /// Where an expression that is read through a table stands in `WITH LOOKUP(…)`; none where there
    /// is no table.
    fn before_table(&self, expression: Range<usize>) -> Option<Range<usize>> {
        let text = self.source.text;
        let all = tokens(text, expression);
        let inside = arguments(text, &all, "with lookup")?;
        let value = first_argument(inside);
        let comma = inside.get(value.len())?;
        Some(all.get(1)?.range.end..comma.range.start)
    }

    /// A part of the text with the new names of variables.
    pub(super) fn renamed(&self, range: Range<usize>) -> String {
        let text = self.source.text;
        let inside = tokens(text, range.clone());
        let mut renamed = String::new();
        let mut kept = range.start;
        for (name, place) in names(text, &inside) {
            if let Some(new) = self.naming.renamed.get(&name) {
                renamed.push_str(&text[kept..place.start]);
                renamed.push_str(&written(new));
                kept = place.end;
            }
        }
        renamed.push_str(&text[kept..range.end]);
        renamed
    }

    /// Whether what stands in a block still uses what a name is of.
    pub(super) fn still_mentions(&self, block: usize, name: &str) -> bool {
        !self.taken.contains(&(block, name.to_owned()))
    }

    /// Whether the equation that somebody wrote for an effect mentions a cause, or what flows says
    /// it; none where neither is known.
    pub(super) fn says(&self, cause: Id, effect: Id) -> Option<bool> {
        if self.spliced.contains(&(effect, cause)) {
            let flows = flows_of(self.document, effect);
            return Some(flows.iter().any(|(_, rate)| *rate == cause));
        }
        let variable = self.document.variables().get(&effect)?;
        let is_level = self.indices.get(&effect).is_some_and(|index| {
            let key = &self.drawn.drawing.variables[*index].key;
            self.drawn.causes.is_level(key)
        });
        (has_equation(variable) && !is_level).then(|| {
            let dialect = super::computed::dialect_of(self.document);
            let mentioned = self.rewording.mentioned(&variable.equation, dialect);
            let flows = flows_of(self.document, effect);
            mentioned.contains(&cause) || flows.iter().any(|(_, rate)| *rate == cause)
        })
    }
}

/// A range with the step that stood in the one before: `[least,most,step]`.
fn with_step(range: &str, before: &str) -> String {
    let inside = before.trim().trim_start_matches('[').trim_end_matches(']');
    let open = range.trim_end_matches(']');
    match inside.split(',').nth(2).map(str::trim) {
        Some(step) if !step.is_empty() => format!("{open},{step}]"),
        _ => range.to_owned(),
    }
}
