//! Variables: their names, kinds and remarks, and which equations and objects go with them.

use super::Writer;
use super::notes::line_of;
use crate::format::foreign::{Naming, Rewording, has_equation};
use crate::format::vensim::equations::BlockKind;
use crate::format::vensim::expression::{names, tokens};
use crate::format::vensim::names::{key, written};
use crate::format::vensim::sketch::{ObjectKind, lines};
use crate::model::{Id, Variable, VariableKind};

impl Writer<'_, '_> {
    /// Gives every variable of the document a name that nothing else has.
    pub(super) fn name_all(&mut self) {
        let text = self.source.text;
        let drawn = &self.drawn.drawing.variables;
        let is_drawn: std::collections::BTreeSet<&String> =
            drawn.iter().map(|drawn| &drawn.key).collect();
        // What is in the text and not of the diagram keeps its name.
        self.labels.reserve("time".to_owned());
        for block in self
            .source
            .blocks
            .iter()
            .filter(|block| block.kind != BlockKind::Group)
        {
            let key = key(&text[block.name.clone()]);
            if !is_drawn.contains(&key) {
                self.labels.reserve(key);
            }
        }
        self.naming = Naming::new(
            self.document,
            &self.base,
            &self.drawn.drawing,
            &mut self.labels,
        );
        self.rewording = Rewording::new(self.document, &self.naming, written);
        self.name_lookups();
    }

    /// What a variable is called in equations and views.
    pub(super) fn name(&self, id: Id) -> String {
        written(self.naming.names.get(&id).map_or("", String::as_str))
    }

    /// Removes, changes and adds variables.
    pub(super) fn variables(&mut self) {
        let document = self.document;
        for (index, id) in self.base.variables.clone().into_iter().enumerate() {
            match document.variables().get(&id) {
                Some(variable) => self.change(index, id, variable),
                None => self.remove(index),
            }
        }
        self.remove_what_hangs_on();
        let has_objects = self.has_objects();
        for (id, variable) in document.variables() {
            if !self.indices.contains_key(id) || !has_objects {
                self.show(*id, variable);
            }
        }
    }

    /// Whether views show variables, so that those that were read have objects.
    pub(super) fn has_objects(&self) -> bool {
        self.drawn
            .variables
            .iter()
            .any(|origin| !origin.objects.is_empty())
    }

    fn remove(&mut self, index: usize) {
        let origin = self.drawn.variables[index].clone();
        for block in origin.blocks {
            let whole = self.source.blocks[block].whole.clone();
            let start = self.source.text[..whole.start].trim_end().len();
            self.splices.remove(start..whole.end);
        }
        for (view, object) in origin.objects {
            self.gone
                .insert((view, self.source.views[view].objects[object].number));
        }
        for (view, valve) in self.valves.get(&index).into_iter().flatten() {
            let number = self.source.views[*view].objects[*valve].number;
            self.gone.insert((*view, number));
        }
    }

    /// Removes the objects that go, the arrows at them, and clouds that have no pipe any more.
    fn remove_what_hangs_on(&mut self) {
        if self.gone.is_empty() {
            return;
        }
        let text = self.source.text;
        for (view, objects) in self.source.views.iter().enumerate() {
            let mut loose = std::collections::BTreeSet::new();
            let mut held = std::collections::BTreeSet::new();
            for arrow in objects
                .objects
                .iter()
                .filter(|object| object.kind == ObjectKind::Arrow)
            {
                let ends = [2, 3].map(|field| arrow.number_at(text, field));
                let leads = !self.led_elsewhere.contains(&(view, arrow.whole.start));
                let goes = leads && ends.iter().any(|end| self.gone.contains(&(view, *end)));
                if goes {
                    self.splices.remove(arrow.whole.clone());
                    loose.extend(ends);
                } else {
                    held.extend(ends);
                }
            }
            for object in &objects.objects {
                let is_cloud = object.kind == ObjectKind::Comment
                    && object.text.is_none()
                    && loose.contains(&object.number)
                    && !held.contains(&object.number);
                let is_word = object.kind != ObjectKind::Arrow;
                if is_word && (is_cloud || self.gone.contains(&(view, object.number))) {
                    self.splices.remove(object.whole.clone());
                }
            }
        }
    }

    fn change(&mut self, index: usize, id: Id, variable: &Variable) {
        let Some(before) = self.base.document.variables().get(&id).cloned() else {
            return;
        };
        if before.kind != variable.kind {
            self.change_kind(index, before.kind, variable);
            self.change_valve(index, id, before.kind, variable.kind);
        }
        if before.remark != variable.remark {
            self.change_remark(index, &variable.remark);
        }
        let (from, to) = (before.placement.position, variable.placement.position);
        if from != to {
            self.move_objects(index, from, to);
        }
    }

    fn change_kind(&mut self, index: usize, before: VariableKind, variable: &Variable) {
        let kind = variable.kind;
        let is_written = has_equation(variable);
        const SIZE_AND_SHAPE: [(VariableKind, [&str; 3]); 3] = [
            (VariableKind::Stock, ["40", "20", "3"]),
            (VariableKind::Plain, ["40", "11", "8"]),
            (VariableKind::Rate, ["40", "11", "8"]),
        ];
        let origin = self.drawn.variables[index].clone();
        let is_stated = origin
            .blocks
            .iter()
            .any(|block| !self.is_list_of_causes(*block));
        let was_stock = before == VariableKind::Stock;
        let is_other = was_stock != (kind == VariableKind::Stock);
        self.losses.kinds += usize::from(is_stated && is_other && !is_written);
        let values = SIZE_AND_SHAPE.iter().find(|(other, _)| *other == kind);
        for (view, object) in origin.objects {
            let object = &self.source.views[view].objects[object];
            for (field, value) in (5..).zip(values.iter().flat_map(|(_, values)| values)) {
                if let Some(range) = object.fields.get(field) {
                    self.splices.replace(range.clone(), *value);
                }
            }
        }
    }

    fn change_remark(&mut self, index: usize, remark: &str) {
        let blocks = self.drawn.variables[index].blocks.clone();
        let text = self.source.text;
        let comments = blocks
            .iter()
            .filter_map(|block| self.source.blocks[*block].comment.clone());
        let comments: Vec<_> = comments.collect();
        let said = comments
            .iter()
            .find(|range| !text[(*range).clone()].trim().is_empty());
        match said.or_else(|| comments.first()).cloned() {
            Some(range) => {
                let comment = self.comment(remark);
                self.splices.replace(range, comment);
            }
            None => self.losses.remarks += 1,
        }
    }

    /// A remark as the comment of an equation, between `~` and `|`.
    pub(super) fn comment(&mut self, remark: &str) -> String {
        let newline = self.newline;
        let mut comment = String::from("\t");
        let mut is_changed = false;
        for (number, line) in remark.trim().lines().enumerate() {
            if number > 0 {
                comment.push_str(newline);
                comment.push_str("\t\t");
            }
            for character in line.trim_end().chars() {
                let other = match character {
                    '~' => '-',
                    '|' => '/',
                    other => other,
                };
                is_changed |= other != character;
                comment.push(other);
            }
            // At the end of a line it would say that the line goes on.
            if comment.ends_with('\\') {
                comment.pop();
                comment.push('/');
                is_changed = true;
            }
        }
        self.losses.signs += usize::from(is_changed);
        if remark.trim().is_empty() {
            comment.push('\t');
        } else {
            comment.push_str(newline);
            comment.push('\t');
        }
        comment
    }

    /// Carries new names into the texts that stand for variables, which need no quotes.
    fn rename_texts(&mut self) {
        for ((view, index), variable) in &self.drawn.texts {
            let key = &self.drawn.drawing.variables[*variable].key;
            let Some(name) = self.naming.renamed.get(key) else {
                continue;
            };
            let object = &self.source.views[*view].objects[*index];
            match object.text.clone() {
                Some(range) => self.splices.replace(range, line_of(name)),
                None => {
                    if let Some(range) = object.fields.get(2) {
                        self.splices.replace(range.clone(), written(name));
                    }
                }
            }
        }
    }

    /// Carries new names into equations, views and the settings.
    pub(super) fn rename(&mut self) {
        if self.naming.renamed.is_empty() {
            return;
        }
        let text = self.source.text;
        let mut ranges = Vec::new();
        for block in &self.source.blocks {
            if matches!(block.kind, BlockKind::Equation | BlockKind::Lookup) {
                ranges.push((key(&text[block.name.clone()]), block.name.clone()));
                let tokens = tokens(text, block.expression.clone());
                ranges.extend(names(text, &tokens));
            }
        }
        for view in &self.source.views {
            for object in view
                .objects
                .iter()
                .filter(|object| object.kind == ObjectKind::Variable)
            {
                if let Some(range) = object.fields.get(2) {
                    ranges.push((key(&text[range.clone()]), range.clone()));
                }
            }
        }
        self.rename_texts();
        // The variable that was last looked at.
        const CHOSEN: &str = "5:";
        for (line, _) in lines(text, self.source.settings..text.len()) {
            if text[line.clone()].starts_with(CHOSEN) {
                let range = line.start + CHOSEN.len()..line.end;
                ranges.push((key(&text[range.clone()]), range));
            }
        }
        for (key, range) in ranges {
            if let Some(name) = self.naming.renamed.get(&key) {
                self.splices.replace(range, written(name));
            }
        }
    }
}
