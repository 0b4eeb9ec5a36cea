//! Variables: their names, kinds, remarks and places.

use roxmltree::Node;

use super::Writer;
use crate::format::foreign::{Naming, Rewording, has_equation};
use crate::format::xmile::elements::{equations_of, is_display, is_module, number, position_of};
use crate::format::xmile::expression::mentions;
use crate::format::xmile::names::{RESERVED, key, mentioned, stated};
use crate::format::xml::{self, child};
use crate::model::{Id, Point, Variable, VariableKind, Vector};

impl<'a, 'i: 'a> Writer<'_, 'a, 'i> {
    /// Gives every variable of the document a name that nothing else has.
    pub(super) fn name_all(&mut self) {
        for name in RESERVED {
            self.labels.reserve(name.to_owned());
        }
        // What is in the text and not of the diagram keeps its name.
        for definition in &self.source.variables {
            if let Some(name) = definition.attribute("name") {
                let key = key(name);
                if !self.drawn.by_key.contains_key(&key) {
                    self.labels.reserve(key);
                }
            }
        }
        self.naming = Naming::new(
            self.document,
            &self.base,
            &self.drawn.drawing,
            &mut self.labels,
        );
        self.rewording = Rewording::new(self.document, &self.naming, mentioned);
    }

    /// What a variable is called in references.
    pub(super) fn reference(&self, id: Id) -> String {
        mentioned(self.naming.names.get(&id).map_or("", String::as_str))
    }

    /// Removes, changes and adds variables.
    pub(super) fn variables(&mut self) {
        let document = self.document;
        let mut removed = Vec::new();
        for (index, id) in self.base.variables.clone().into_iter().enumerate() {
            match document.variables().get(&id) {
                Some(variable) => self.change(index, id, variable),
                None => {
                    self.remove(index);
                    removed.push(self.drawn.drawing.variables[index].key.clone());
                }
            }
        }
        let has_objects = self.has_objects();
        for (id, variable) in document.variables() {
            let is_new = !self.indices.contains_key(id);
            if is_new {
                self.define(*id, variable);
            }
            if is_new || !has_objects {
                self.show(*id, variable);
            }
        }
        self.count_dangling(&removed);
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
        let objects = origin.objects.iter().chain(&origin.aliases);
        for (_, object) in objects {
            self.edit.remove(*object);
        }
        for definition in origin.definitions {
            self.edit.remove(definition);
        }
    }

    fn change(&mut self, index: usize, id: Id, variable: &Variable) {
        let origin = self.drawn.variables[index].clone();
        let Some(before) = self.base.document.variables().get(&id).cloned() else {
            return;
        };
        // What a definition says itself of its place has neither a name nor a kind.
        let elements: Vec<Node<'a, 'i>> = origin
            .definitions
            .iter()
            .copied()
            .chain(origin.objects.iter().map(|(_, object)| *object))
            .filter(|element| !is_display(*element))
            .collect();
        if before.name != variable.name {
            let name = self.naming.names.get(&id).cloned().unwrap_or_default();
            for element in &elements {
                self.edit.attribute(*element, "name", Some(&stated(&name)));
            }
        }
        if before.kind != variable.kind {
            let is_module = elements.iter().any(|element| is_module(*element));
            self.unwritten.modules += usize::from(is_module);
            for element in elements.iter().filter(|_| !is_module) {
                self.edit.rename(*element, tag_of(variable.kind));
            }
        }
        if before.remark != variable.remark
            && let Some(definition) = origin.definitions.first()
        {
            match (child(*definition, "doc"), variable.remark.is_empty()) {
                (Some(doc), true) => self.edit.remove(doc),
                (Some(doc), false) => self.edit.content(doc, &variable.remark),
                (None, _) => {
                    let doc = format!("<doc>{}</doc>", xml::content(&variable.remark));
                    self.edit.append(*definition, doc);
                }
            }
        }
        if let Some((view, object)) = origin.objects.first()
            && before.placement.position != variable.placement.position
        {
            let offset = (variable.placement.position - before.placement.position)
                / self.drawn.frames[*view].scale;
            self.shift(*object, offset);
        }
        self.compute(index, variable);
        let is_rate = |kind| kind == VariableKind::Rate;
        let has_pipe = is_rate(before.kind) || is_rate(variable.kind);
        if has_pipe && (before.kind != variable.kind || self.has_other_pipe(id)) {
            self.lay_pipe(index, id, variable);
        } else {
            self.shift_pipe(index);
        }
    }

    /// Moves an element by its `x` and `y`.
    pub(super) fn shift(&mut self, element: Node<'_, '_>, offset: Vector) {
        for (name, by) in [("x", offset.x), ("y", offset.y)] {
            if by != 0.0
                && let Some(standing) = number(element, name)
            {
                self.edit
                    .attribute(element, name, Some(&written(standing + by)));
            }
        }
    }

    /// How far a variable was moved, in the units of its view; none at all if it is gone.
    fn offset_of(&self, index: usize) -> Vector {
        let Some(id) = self.base.variables.get(index) else {
            return Vector::ZERO;
        };
        let before = self.base.document.variables().get(id);
        let after = self.document.variables().get(id);
        let view = self.drawn.variables[index].objects.first();
        match (before, after, view) {
            (Some(before), Some(after), Some((view, _))) => {
                (after.placement.position - before.placement.position)
                    / self.drawn.frames[*view].scale
            }
            _ => Vector::ZERO,
        }
    }

    /// Moves the pipe of a flow: its ends with the stocks that they are at, the rest with the flow.
    fn shift_pipe(&mut self, index: usize) {
        let pipe = self.drawn.variables[index].objects.first();
        let Some(points) = pipe.and_then(|(_, object)| child(*object, "pts")) else {
            return;
        };
        let points: Vec<Node<'a, 'i>> = xml::children(points, "pt").collect();
        let mut ends = [None, None];
        let links = self.drawn.drawing.links.iter().zip(&self.drawn.links);
        for (link, origin) in links.filter(|(link, _)| link.from == index) {
            match origin.flow.map(|flow| flow.tag_name().name()) {
                Some("outflow") => ends[0] = Some(link.to),
                Some("inflow") => ends[1] = Some(link.to),
                _ => {}
            }
        }
        let own = self.offset_of(index);
        let last = points.len().saturating_sub(1);
        for (end, point) in points.into_iter().enumerate() {
            let stock = match end {
                0 => ends[0],
                other if other == last => ends[1],
                _ => None,
            };
            let offset = stock.map_or(own, |stock| self.offset_of(stock));
            self.shift(point, offset);
        }
    }

    fn define(&mut self, id: Id, variable: &Variable) {
        let display = self.display_of(variable);
        let name = self.naming.names.get(&id).map_or("", String::as_str);
        let tag = tag_of(variable.kind);
        let name = xml::value(&stated(name));
        let doc = if variable.remark.is_empty() {
            String::new()
        } else {
            format!("<doc>{}</doc>", xml::content(&variable.remark))
        };
        let is_stated = has_equation(variable) || variable.table.is_some();
        if !is_stated && self.is_model {
            self.without.add(variable.in_sentence());
        }
        let inside = format!("{doc}{}{display}", self.computed(id, variable));
        let definition = if inside.is_empty() {
            format!("<{tag} name=\"{name}\"/>")
        } else {
            format!("<{tag} name=\"{name}\">{inside}</{tag}>")
        };
        self.define_all(definition);
    }

    /// What a definition says of its place, where those of the model do.
    fn display_of(&self, variable: &Variable) -> String {
        if !self.shows_itself() {
            return String::new();
        }
        let at = self.local(self.source.own_view, variable.placement.position);
        let (x, y) = (written(at.x), written(at.y));
        format!("<display x=\"{x}\" y=\"{y}\"/>")
    }

    fn show(&mut self, id: Id, variable: &Variable) {
        if self.shows_itself() {
            // A new one was defined with its place.
            if let Some(index) = self.indices.get(&id)
                && let Some(definition) = self.drawn.variables[*index].definitions.first()
            {
                let display = self.display_of(variable);
                self.edit.append(*definition, display);
            }
            return;
        }
        let view = self.view_at(variable.placement.position);
        let at = self.local(view, variable.placement.position);
        let name = self.naming.names.get(&id).map_or("", String::as_str);
        let name = xml::value(&stated(name));
        let (x, y) = (written(at.x), written(at.y));
        let (tag, pipe) = match variable.kind {
            VariableKind::Rate => ("flow", self.pipe_of(id, view, at)),
            kind => match self.pipe_of_text(id, view, at) {
                Some(pipe) if kind == VariableKind::Plain => ("flow", pipe),
                _ => (tag_of(kind), String::new()),
            },
        };
        self.put(
            view,
            match pipe.as_str() {
                "" => format!("<{tag} x=\"{x}\" y=\"{y}\" name=\"{name}\"/>"),
                pipe => format!("<{tag} x=\"{x}\" y=\"{y}\" name=\"{name}\">{pipe}</{tag}>"),
            },
        );
    }

    /// The pipe of a variable that the text defines as a flow, as documents had it that were opened
    /// before there were rates.
    fn pipe_of_text(&self, id: Id, view: Option<usize>, at: Point) -> Option<String> {
        let index = *self.indices.get(&id)?;
        let definition = self.drawn.variables[index].definitions.first()?;
        if definition.tag_name().name() != "flow" {
            return None;
        }
        let links = self.drawn.drawing.links.iter().zip(&self.drawn.links);
        let stock = |side: &str| {
            let mut links = links.clone();
            let (link, _) = links.find(|(link, origin)| {
                let tag = origin.flow.map(|flow| flow.tag_name().name());
                link.from == index && tag == Some(side)
            })?;
            let stock = self
                .document
                .variables()
                .get(self.base.variables.get(link.to)?)?;
            Some(vec![self.local(view, stock.placement.position)])
        };
        Some(points_between(at, stock("outflow"), stock("inflow")))
    }

    fn count_dangling(&mut self, removed: &[String]) {
        if removed.is_empty() {
            return;
        }
        let standing = self.base.variables.iter().zip(&self.drawn.variables);
        let standing = standing.filter(|(id, _)| self.document.variables().contains_key(id));
        // What somebody wrote in the place of an equation uses nothing that is gone.
        let standing = standing.filter(|(id, _)| {
            let variable = self.document.variables().get(id);
            !variable.is_some_and(has_equation)
        });
        let definitions = standing.flat_map(|(_, origin)| origin.definitions.clone());
        let uses = |definition: &Node<'a, 'i>| {
            equations_of(*definition)
                .flat_map(|equation| mentions(&xml::text_of(equation)))
                .any(|mention| removed.contains(&mention.key))
        };
        self.unwritten.dangling = definitions.filter(uses).count();
    }

    /// Where a variable stands in a view, as it is to be written.
    pub(super) fn position_in_view(&self, index: usize, view: usize) -> Option<Point> {
        let origin = &self.drawn.variables[index];
        let mut objects = origin.objects.iter().enumerate();
        let (number, (_, object)) = objects.find(|(_, (other, _))| *other == view)?;
        let standing = position_of(*object)?;
        Some(if number == 0 {
            standing + self.offset_of(index)
        } else {
            standing
        })
    }
}

/// The pipe of a flow that stands at a point: from the stock that it empties, or from beside it, to
/// the one that it fills.
pub(super) fn points_between(
    at: Point,
    from: Option<Vec<Point>>,
    to: Option<Vec<Point>>,
) -> String {
    /// How far beside a flow its cloud is, in units of a view.
    const BESIDE: Vector = Vector::new(60.0, 0.0);
    let from = from.unwrap_or_else(|| vec![at - BESIDE]);
    let to = to.unwrap_or_else(|| vec![at + BESIDE]);
    let points = from.into_iter().chain(to).map(|end| {
        let (x, y) = (written(end.x), written(end.y));
        format!("<pt x=\"{x}\" y=\"{y}\"/>")
    });
    format!("<pts>{}</pts>", points.collect::<String>())
}

fn tag_of(kind: VariableKind) -> &'static str {
    match kind {
        VariableKind::Plain => "aux",
        VariableKind::Stock => "stock",
        VariableKind::Rate => "flow",
    }
}

/// A coordinate, to a thousandth.
pub(super) fn written(coordinate: f64) -> String {
    // Adding zero makes no -0.
    let rounded = (coordinate * 1000.0).round() / 1000.0 + 0.0;
    rounded.to_string()
}
