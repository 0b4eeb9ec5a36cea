//! What a Vensim text draws: its views, or its equations where it has none.

use std::collections::BTreeMap;

use super::causes::{Causes, causes};
use super::ends::Ends;
use super::equations::{Block, BlockKind, comment_text};
use super::losses::Losses;
use super::names::{is_of_control, key, unquoted};
use super::sketch::{Object, ObjectKind};
use super::source::Source;
use crate::format::error::{Fault, ReadError};
use crate::format::foreign::formula::Mentioned;
use crate::format::foreign::{
    Assumption, Drawing, DrawnVariable, Frame, OWN_VIEW, Reading, Scaling, Stands, scales, sign,
};
use crate::model::{Polarity, VariableKind};

/// World units to a unit of a sketch at least: Loopstream's words are so much larger.
pub const SCALE: f64 = 1.5;
/// A line thicker than this is a pipe.
pub const PIPE: u32 = 20;

/// The drawing of a text, with where its records come from.
#[derive(Debug)]
pub struct Drawn {
    /// What is drawn.
    pub drawing: Drawing,
    /// Where each view lies.
    pub frames: Vec<Frame>,
    /// What the numbers of each view stand for.
    pub ends: Vec<Ends>,
    /// Of each variable: its blocks, and its objects as view and index.
    pub variables: Vec<Origin>,
    /// Of each link: its arrows as view and index; none where it follows from equations.
    pub arrows: Vec<Vec<(usize, usize)>>,
    /// Of each note: its view and index.
    pub notes: Vec<(usize, usize)>,
    /// The variables of texts that arrows join, by view and index.
    pub texts: BTreeMap<(usize, usize), usize>,
    /// What the equations say.
    pub causes: Causes,
    /// The variables by their keys.
    pub by_key: BTreeMap<String, usize>,
}

/// Where a variable comes from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Its equations, by their indices among the blocks.
    pub blocks: Vec<usize>,
    /// What shows it, by view and index: itself first, then its shadows.
    pub objects: Vec<(usize, usize)>,
}

/// Finds what is drawn.
///
/// # Errors
/// There are neither variables in views nor equations.
pub fn drawing(
    source: &Source<'_>,
    scaling: Scaling,
    reading: Reading,
) -> Result<Drawn, ReadError> {
    let mut drawer = Drawer::new(source, reading);
    let is_drawn = drawer.collect_variables() || drawer.has_comments_alone();
    if is_drawn {
        drawer.find_rates();
        drawer.arrows();
    } else {
        drawer.draw_equations();
    }
    drawer.place_views(scaling);
    drawer.corners();
    if is_drawn {
        drawer.comments();
    }
    // A view may be empty: everything in it was taken away.
    if source.views.is_empty() && source.blocks.is_empty() {
        let message = "there is neither a view nor an equation".to_owned();
        let position = None;
        return Err(ReadError::OtherFormat(Fault { message, position }));
    }
    drawer.losses.offered = drawer.offered();
    drawer.drawn.drawing.warnings = drawer.losses.warnings();
    drawer.drawn.by_key = drawer.by_key;
    drawer.drawn.causes = drawer.causes;
    Ok(drawer.drawn)
}

/// A drawing in the making.
pub(super) struct Drawer<'s, 't> {
    pub(super) source: &'s Source<'t>,
    pub(super) reading: Reading,
    pub(super) drawn: Drawn,
    pub(super) by_key: BTreeMap<String, usize>,
    pub(super) by_ends: BTreeMap<(usize, usize), Vec<usize>>,
    pub(super) blocks: BTreeMap<String, Vec<usize>>,
    pub(super) causes: Causes,
    pub(super) losses: Losses,
}

impl<'s, 't> Drawer<'s, 't> {
    /// Whether nothing but comments is there to be drawn: equations are of the clock alone.
    fn has_comments_alone(&self) -> bool {
        let is_comment = |object: &Object| object.kind == ObjectKind::Comment;
        let mut objects = self.source.views.iter().flat_map(|view| &view.objects);
        self.blocks.keys().all(|key| is_of_control(key)) && objects.any(is_comment)
    }

    fn new(source: &'s Source<'t>, reading: Reading) -> Self {
        let text = source.text;
        let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let causes = causes(text, &source.blocks);
        let mut losses = Losses {
            is_cut_off: source.is_cut_off,
            ..Losses::default()
        };
        for (index, block) in source.blocks.iter().enumerate() {
            match block.kind {
                BlockKind::Equation | BlockKind::Lookup => {
                    let key = key(&text[block.name.clone()]);
                    // A list of causes is all there in the diagram, and the clock is no part of it.
                    let says_more = block.kind == BlockKind::Lookup || causes.is_worked_out(&key);
                    losses.equations += usize::from(says_more && !is_of_control(&key));
                    blocks.entry(key).or_default().push(index);
                }
                BlockKind::Subscripts => losses.subscripts += 1,
                BlockKind::Macro => losses.macros += 1,
                BlockKind::Group => {}
            }
        }
        blocks.remove("");
        Self {
            source,
            reading,
            drawn: Drawn {
                drawing: Drawing::default(),
                frames: Vec::new(),
                ends: Vec::new(),
                variables: Vec::new(),
                arrows: Vec::new(),
                notes: Vec::new(),
                texts: BTreeMap::new(),
                causes: Causes::default(),
                by_key: BTreeMap::new(),
            },
            by_key: BTreeMap::new(),
            by_ends: BTreeMap::new(),
            causes,
            blocks,
            losses,
        }
    }

    /// Lays the views out from left to right, each with its own middle height, and the variables on
    /// them.
    fn place_views(&mut self, scaling: Scaling) {
        let text = self.source.text;
        let views = &self.source.views;
        let origins = self.drawn.variables.iter();
        let stands: Stands = origins
            .map(|origin| {
                let (view, index) = *origin.objects.first()?;
                Some((view, views[view].objects[index].position(text)))
            })
            .collect();
        let is_own: Vec<bool> = views.iter().map(|view| view.name == OWN_VIEW).collect();
        let scales = scales(scaling, SCALE, &self.drawn.drawing, &stands, &is_own);
        let positions = views.iter().map(|view| {
            let words = view.objects.iter().filter(|object| is_word(object));
            words.map(|word| word.position(text).x)
        });
        let (frames, shown) = Frame::row(scales.into_iter().zip(positions));
        // Views without a variable are not shown where equations are.
        if !self.losses.derived {
            self.losses.views = shown;
        }
        let variables = self.drawn.drawing.variables.iter_mut();
        for (variable, stand) in variables.zip(stands) {
            variable.position = stand.map(|(view, position)| frames[view].world(position));
        }
        self.drawn.frames = frames;
    }

    /// Finds the variables of the views; whether there are any.
    fn collect_variables(&mut self) -> bool {
        let text = self.source.text;
        // Variables before their shadows, so that each stands where it is itself.
        for shadows in [false, true] {
            for (view, objects) in self.source.views.iter().enumerate() {
                for (index, object) in objects.objects.iter().enumerate() {
                    if object.kind == ObjectKind::Variable && is_shadow(text, object) == shadows {
                        self.show_variable(view, index, object);
                    }
                }
            }
        }
        if self.reading.is_whole() {
            self.collect_texts();
        }
        let is_drawn = !self.by_key.is_empty();
        for (number, objects) in self.source.views.iter().enumerate() {
            let (by_key, texts) = (&self.by_key, &self.drawn.texts);
            let ends = Ends::of(
                text,
                objects,
                |name| by_key.get(&key(name)).copied(),
                |index| texts.get(&(number, index)).copied(),
            );
            self.drawn.ends.push(ends);
        }
        is_drawn
    }

    fn show_variable(&mut self, view: usize, position: usize, object: &Object) {
        let text = self.source.text;
        let raw = object.field(text, 2);
        let key = key(raw);
        if is_of_control(&key) || key.is_empty() {
            return;
        }
        let is_box = object.number_at(text, 7) & 15 == 3;
        let index = match self.by_key.get(&key) {
            Some(index) => *index,
            None => self.add_variable(&key, unquoted(raw), is_box),
        };
        self.drawn.variables[index].objects.push((view, position));
    }

    pub(super) fn add_variable(&mut self, key: &str, name: String, is_box: bool) -> usize {
        let blocks = self.blocks.get(key).cloned().unwrap_or_default();
        let is_level = self.causes.is_level(key);
        // What is drawn in a box but has an equation that does not add up is no stock.
        let is_stock = is_level || is_box && !self.causes.is_worked_out(key);
        let index = self.drawn.variables.len();
        self.by_key.insert(key.to_owned(), index);
        self.drawn.drawing.variables.push(DrawnVariable {
            key: key.to_owned(),
            name,
            kind: if is_stock {
                VariableKind::Stock
            } else {
                VariableKind::Plain
            },
            remark: self.comment(&blocks),
            position: None,
        });
        self.drawn.variables.push(Origin {
            blocks,
            objects: Vec::new(),
        });
        index
    }

    /// Makes rates of what flows: what has a valve, and what equations use for nothing else.
    pub(super) fn find_rates(&mut self) {
        if !self.reading.has_rates() {
            return;
        }
        let valves = self.drawn.ends.iter().flat_map(Ends::flows);
        let flowing = self.causes.flowing();
        let flowing = flowing.iter().filter_map(|key| self.by_key.get(*key));
        let rates: Vec<usize> = valves.chain(flowing.copied()).collect();
        for rate in rates {
            let kind = &mut self.drawn.drawing.variables[rate].kind;
            if *kind == VariableKind::Plain {
                *kind = VariableKind::Rate;
            }
        }
    }

    /// Whether a link between these would be a pipe if it has a sign.
    pub(super) fn is_of_pipe(&self, from: usize, to: usize) -> bool {
        let kind = |index: usize| self.drawn.drawing.variables[index].kind;
        kind(from) == VariableKind::Rate && kind(to) == VariableKind::Stock
    }

    /// The first comment that the equations of a variable have.
    fn comment(&self, blocks: &[usize]) -> String {
        let blocks = blocks
            .iter()
            .filter_map(|index| self.source.blocks.get(*index));
        let comments = blocks.filter_map(|block: &Block| block.comment.clone());
        let mut comments = comments.map(|range| comment_text(&self.source.text[range]));
        comments
            .find(|comment| !comment.is_empty())
            .unwrap_or_default()
    }

    /// Draws the arrows of views.
    fn arrows(&mut self) {
        let source = self.source;
        for (number, view) in source.views.iter().enumerate() {
            self.losses.unread += view.unread;
            for (index, object) in view.objects.iter().enumerate() {
                match object.kind {
                    ObjectKind::Arrow => self.arrow(number, index, object),
                    ObjectKind::Other => self.losses.others += 1,
                    ObjectKind::Comment | ObjectKind::Variable | ObjectKind::Valve => {}
                }
            }
        }
        let mut hidden: Vec<(usize, &String)> = self
            .blocks
            .iter()
            .filter(|(key, _)| !is_of_control(key) && !self.by_key.contains_key(*key))
            .filter_map(|(key, blocks)| Some((*blocks.first()?, key)))
            .collect();
        hidden.sort_unstable();
        for (block, _) in hidden {
            let name = source.blocks[block].name.clone();
            self.losses.in_no_view.add(unquoted(&source.text[name]));
        }
        if self.reading.is_whole() {
            self.undrawn();
        }
    }

    /// Draws the comments of views.
    fn comments(&mut self) {
        let source = self.source;
        for (number, view) in source.views.iter().enumerate() {
            for (index, object) in view.objects.iter().enumerate() {
                let is_variable = self.drawn.texts.contains_key(&(number, index));
                if object.kind == ObjectKind::Comment && !is_variable {
                    self.comment_of_view(number, index, object);
                }
            }
        }
    }

    /// How many more signs would follow if no quantity were ever negative.
    fn offered(&self) -> usize {
        let slopes = self.causes.slopes(Assumption::NeverNegative);
        let links = self.drawn.drawing.links.iter();
        let unsigned = links.filter(|link| link.polarity == Polarity::Unknown);
        unsigned
            .filter(|link| sign(&slopes, self.key_of(link.from), self.key_of(link.to)).is_some())
            .count()
    }

    pub(super) fn key_of(&self, variable: usize) -> &str {
        &self.drawn.drawing.variables[variable].key
    }

    pub(super) fn names_of(&self, from: usize, to: usize) -> (String, String) {
        let name = |variable: usize| self.drawn.drawing.variables[variable].name.clone();
        (name(from), name(to))
    }

    /// Whether all that the equation says of a cause takes time.
    pub(super) fn is_delayed(&self, from: usize, to: usize) -> bool {
        let mention = self.causes.mention(self.key_of(from), self.key_of(to));
        self.reading.is_whole() && mention.is_some_and(Mentioned::is_delayed)
    }

    /// The sign that follows by the definition of a stock, or is proved by an equation.
    pub(super) fn by_definition(&mut self, from: usize, to: usize) -> Option<Polarity> {
        let (from, to) = (self.key_of(from), self.key_of(to));
        let flow = self.causes.flow(from, to);
        let proof = self.causes.proof(from, to).filter(|_| flow.is_none());
        self.losses.proved += usize::from(proof.is_some());
        flow.or(proof)
    }
}

/// Whether an object has a place of its own.
pub fn is_word(object: &Object) -> bool {
    matches!(
        object.kind,
        ObjectKind::Variable | ObjectKind::Valve | ObjectKind::Comment
    )
}

/// Whether a variable is shown once more, elsewhere than itself.
pub fn is_shadow(text: &str, object: &Object) -> bool {
    const ITSELF: u32 = 1;
    object.fields.len() > 8 && object.number_at(text, 8) & ITSELF == 0
}
