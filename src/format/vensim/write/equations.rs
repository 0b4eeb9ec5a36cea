//! Equations: lists of causes follow the links, and new variables get one; what is worked out stays.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Writer;
use super::computed::units_text;
use crate::format::foreign::is_computed;
use crate::format::vensim::equations::BlockKind;
use crate::format::vensim::expression::{TokenKind, names, tokens};
use crate::format::vensim::names::{is_of_control, key, written};
use crate::model::{Id, Variable};

impl Writer<'_, '_> {
    /// Writes the lists of causes again that have changed, and those of new variables.
    pub(super) fn equations(&mut self) {
        let mut causes: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for link in self.document.links().values() {
            let known = causes.entry(link.to).or_default();
            if !known.contains(&link.from) {
                known.push(link.from);
            }
        }
        let none = Vec::new();
        let document = self.document;
        for (id, variable) in document.variables() {
            let causes = causes.get(id).unwrap_or(&none);
            match self.indices.get(id).copied() {
                Some(index) if !self.drawn.variables[index].blocks.is_empty() => {
                    if self.compute(index, *id, variable) {
                        self.overridden.insert(index);
                    }
                    self.change_equation(index, *id, causes);
                }
                Some(_) if variable.remark.is_empty() && !is_computed(variable) => {}
                _ => self.define(*id, variable, causes),
            }
        }
        self.count_dangling();
        self.settings();
        let added = std::mem::take(&mut self.new_blocks);
        if added.is_empty() {
            return;
        }
        let at = self.offset_for_equations();
        let mut text = added.concat();
        if !self.source.text[..at].is_empty() && !self.source.text[..at].ends_with(['\n', '\r']) {
            text.insert_str(0, self.newline);
        }
        self.splices.insert(at, text);
    }

    /// The equation of a new variable: what somebody wrote, or a list of its causes.
    fn define(&mut self, id: Id, variable: &Variable, causes: &[Id]) {
        let name = self.name(id);
        let (right, apart) = match self.right_side(id, variable) {
            Some(sides) => sides,
            None => {
                if self.is_model {
                    self.without.add(variable.in_sentence());
                }
                let list = self.list(causes);
                (format!("  = A FUNCTION OF({list})"), String::new())
            }
        };
        let comment = self.comment(&variable.remark);
        let units = units_text(&variable.units, variable.range);
        let newline = self.newline;
        self.new_blocks.push(format!(
            "{name}{right}{newline}\t~\t{units}{newline}\t~{comment}|{newline}{newline}{apart}"
        ));
    }

    /// Names between the parentheses of a list of causes.
    fn list(&self, causes: &[Id]) -> String {
        let names: Vec<String> = causes.iter().map(|cause| self.name(*cause)).collect();
        format!(" {}", names.join(","))
    }

    /// Whether an equation is just a list of causes.
    pub(super) fn is_list_of_causes(&self, block: usize) -> bool {
        let block = &self.source.blocks[block];
        block.expression.is_empty() && block.kind == BlockKind::Equation
            || self.inside_of_list(block.expression.clone()).is_some()
    }

    /// What stands between the parentheses of a list of causes.
    fn inside_of_list(&self, expression: Range<usize>) -> Option<Range<usize>> {
        let text = self.source.text;
        let tokens = tokens(text, expression);
        let [call, open, .., close] = tokens.as_slice() else {
            return None;
        };
        let is_list = call.kind == TokenKind::Call
            && open.kind == TokenKind::Open
            && close.kind == TokenKind::Close
            && key(&text[call.range.clone()]) == "a function of";
        is_list.then_some(open.range.end..close.range.start)
    }

    fn change_equation(&mut self, index: usize, id: Id, causes: &[Id]) {
        let text = self.source.text;
        let before: BTreeSet<Id> = self.causes_before(id);
        let after: BTreeSet<Id> = causes.iter().copied().collect();
        if before == after {
            return;
        }
        let blocks = self.drawn.variables[index].blocks.clone();
        let is_written = self.overridden.contains(&index);
        let lists = blocks
            .iter()
            .filter(|block| self.is_list_of_causes(**block))
            .count();
        if lists < blocks.len() || is_written {
            let mentioned = self.mentioned(&blocks);
            let is_mentioned = |cause: &&Id| {
                if let Some(is_said) = self.says(**cause, id) {
                    return is_said;
                }
                let index = self.indices.get(cause);
                index.is_some_and(|index| {
                    mentioned.contains(&self.drawn.drawing.variables[*index].key)
                })
            };
            let stays = |cause: &&Id| self.document.variables().contains_key(cause);
            let gone = before.difference(&after).filter(stays);
            let standing = gone.filter(is_mentioned).count();
            let come = after.difference(&before);
            let unsaid = come.filter(|cause| !is_mentioned(cause)).count();
            self.unwritten.standing += standing;
            self.unwritten.unsaid += unsaid;
            return;
        }
        for block in blocks {
            let Some(inside) = self.inside_of_list(self.source.blocks[block].expression.clone())
            else {
                continue;
            };
            // What stays in the list keeps its sign; what is no variable of the diagram stays.
            let mut list: Vec<String> = Vec::new();
            let mut listed: BTreeSet<String> = BTreeSet::new();
            for argument in arguments(text, inside.clone()) {
                let argument_key = key(argument.trim_start_matches(['-', '+', ' ']));
                let index = self.drawn.by_key.get(&argument_key);
                let id = index.and_then(|index| self.base.variables.get(*index));
                let sign = if argument.starts_with('-') { "-" } else { "" };
                match id {
                    Some(id) if after.contains(id) => {
                        list.push(format!("{sign}{}", self.name(*id)))
                    }
                    Some(id) if before.contains(id) => continue,
                    Some(_) if !is_of_control(&argument_key) => {
                        let renamed = self
                            .naming
                            .renamed
                            .get(&argument_key)
                            .map(|name| written(name));
                        list.push(renamed.unwrap_or_else(|| argument.to_owned()));
                    }
                    _ => list.push(argument.to_owned()),
                }
                listed.insert(argument_key);
            }
            for cause in causes {
                let index = self.indices.get(cause);
                let is_listed = index.is_some_and(|index| {
                    listed.contains(&self.drawn.drawing.variables[*index].key)
                });
                if !is_listed {
                    list.push(self.name(*cause));
                }
            }
            // Not the names alone: a list that goes goes with its line breaks.
            self.splices.replace(inside, format!(" {}", list.join(",")));
        }
    }

    fn causes_before(&self, id: Id) -> BTreeSet<Id> {
        let links = self.base.document.edges_of(id);
        let links = links.filter_map(|link| self.base.document.links().get(&link));
        links
            .filter(|link| link.to == id)
            .map(|link| link.from)
            .collect()
    }

    /// What the equations of a variable mention.
    fn mentioned(&self, blocks: &[usize]) -> BTreeSet<String> {
        let text = self.source.text;
        let blocks = blocks.iter().map(|block| &self.source.blocks[*block]);
        blocks
            .flat_map(|block| {
                let tokens = tokens(text, block.expression.clone());
                names(text, &tokens).map(|(key, _)| key).collect::<Vec<_>>()
            })
            .collect()
    }

    /// Counts equations that use what was removed.
    fn count_dangling(&mut self) {
        let mut removed = BTreeSet::new();
        let mut standing = Vec::new();
        for (index, id) in self.base.variables.iter().enumerate() {
            if self.document.variables().contains_key(id) {
                standing.push(index);
            } else {
                removed.insert(self.drawn.drawing.variables[index].key.clone());
            }
        }
        if removed.is_empty() {
            return;
        }
        for index in standing {
            for block in self.drawn.variables[index].blocks.clone() {
                if !self.is_list_of_causes(block) && !self.overridden.contains(&index) {
                    let mentioned = self.mentioned(&[block]);
                    let mut gone = mentioned.intersection(&removed);
                    let uses = gone.any(|name| self.still_mentions(block, name));
                    self.unwritten.dangling += usize::from(uses);
                }
            }
        }
    }

    /// Where new equations are put in: before those that say how to simulate.
    fn offset_for_equations(&self) -> usize {
        let text = self.source.text;
        let of_control = self.source.blocks.iter().find(|block| {
            let name = &text[block.name.clone()];
            match block.kind {
                BlockKind::Group => name.trim().eq_ignore_ascii_case(".control"),
                _ => is_of_control(&key(name)),
            }
        });
        of_control.map_or(self.source.equations.end, |block| block.whole.start)
    }
}

/// The arguments of a list, each without the blanks around it.
fn arguments(text: &str, inside: Range<usize>) -> Vec<&str> {
    let commas = tokens(text, inside.clone());
    let mut start = inside.start;
    let mut arguments = Vec::new();
    for comma in commas.iter().filter(|token| token.kind == TokenKind::Comma) {
        arguments.push(text[start..comma.range.start].trim());
        start = comma.range.end;
    }
    arguments.push(text[start..inside.end].trim());
    arguments.retain(|argument| !argument.is_empty());
    arguments
}
