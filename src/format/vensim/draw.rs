//! What a Vensim text draws: its views, or its equations where it has none.

use std::collections::BTreeMap;

use super::causes::{Causes, causes};
use super::ends::{End, Ends};
use super::equations::{Block, BlockKind, comment_text};
use super::lost::Lost;
use super::names::{is_of_control, key, unquoted};
use super::sketch::{Object, ObjectKind};
use super::source::Source;
use crate::format::error::{Fault, ReadError};
use crate::format::foreign::{
    Drawing, DrawnLink, DrawnVariable, Frame, OWN_VIEW, Scaling, Stands, bend_through,
    direction_of_ring, scales,
};
use crate::model::{Delay, Link, Polarity, VariableKind};

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
    /// Of each variable: its blocks, and its objects as view and place.
    pub variables: Vec<Origin>,
    /// Of each link: its arrows as view and place; none where it follows from equations.
    pub arrows: Vec<Vec<(usize, usize)>>,
    /// Of each note: its view and place.
    pub notes: Vec<(usize, usize)>,
    /// The variables by their keys.
    pub by_key: BTreeMap<String, usize>,
}

/// Where a variable comes from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Its equations, by their places among the blocks.
    pub blocks: Vec<usize>,
    /// What shows it, by view and place: itself first, then its shadows.
    pub objects: Vec<(usize, usize)>,
}

/// Finds what is drawn.
///
/// # Errors
/// There are neither variables in views nor equations.
pub fn drawing(source: &Source<'_>, scaling: Scaling) -> Result<Drawn, ReadError> {
    let mut drawer = Drawer::new(source);
    let is_drawn = drawer.collect_variables() || drawer.has_comments_alone();
    if is_drawn {
        drawer.arrows();
    } else {
        drawer.draw_equations();
    }
    drawer.place_views(scaling);
    if is_drawn {
        drawer.comments();
    }
    // A view may be empty: everything in it was taken away.
    if source.views.is_empty() && source.blocks.is_empty() {
        let message = "there is neither a view nor an equation".to_owned();
        let position = None;
        return Err(ReadError::OtherFormat(Fault { message, position }));
    }
    drawer.drawn.drawing.warnings = drawer.lost.warnings();
    drawer.drawn.by_key = drawer.by_key;
    Ok(drawer.drawn)
}

/// A drawing in the making.
pub(super) struct Drawer<'s, 't> {
    pub(super) source: &'s Source<'t>,
    pub(super) drawn: Drawn,
    pub(super) by_key: BTreeMap<String, usize>,
    pub(super) blocks: BTreeMap<String, Vec<usize>>,
    pub(super) causes: Causes,
    pub(super) lost: Lost,
}

impl<'s, 't> Drawer<'s, 't> {
    /// Whether nothing but comments is there to be drawn: equations are of the clock alone.
    fn has_comments_alone(&self) -> bool {
        let is_comment = |object: &Object| object.kind == ObjectKind::Comment;
        let mut objects = self.source.views.iter().flat_map(|view| &view.objects);
        self.blocks.keys().all(|key| is_of_control(key)) && objects.any(is_comment)
    }

    fn new(source: &'s Source<'t>) -> Self {
        let text = source.text;
        let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let causes = causes(text, &source.blocks);
        let mut lost = Lost {
            is_cut_off: source.is_cut_off,
            ..Lost::default()
        };
        for (place, block) in source.blocks.iter().enumerate() {
            match block.kind {
                BlockKind::Equation | BlockKind::Lookup => {
                    let key = key(&text[block.name.clone()]);
                    // A list of causes is all there in the diagram, and the clock is no part of it.
                    let says_more = block.kind == BlockKind::Lookup || causes.is_worked_out(&key);
                    lost.equations += usize::from(says_more && !is_of_control(&key));
                    blocks.entry(key).or_default().push(place);
                }
                BlockKind::Subscripts => lost.subscripts += 1,
                BlockKind::Macro => lost.macros += 1,
                BlockKind::Group => {}
            }
        }
        blocks.remove("");
        Self {
            source,
            drawn: Drawn {
                drawing: Drawing::default(),
                frames: Vec::new(),
                ends: Vec::new(),
                variables: Vec::new(),
                arrows: Vec::new(),
                notes: Vec::new(),
                by_key: BTreeMap::new(),
            },
            by_key: BTreeMap::new(),
            causes,
            blocks,
            lost,
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
                let (view, place) = *origin.objects.first()?;
                Some((view, views[view].objects[place].place(text)))
            })
            .collect();
        let is_own: Vec<bool> = views.iter().map(|view| view.name == OWN_VIEW).collect();
        let scales = scales(scaling, SCALE, &self.drawn.drawing, &stands, &is_own);
        let places = views.iter().map(|view| {
            let words = view.objects.iter().filter(|object| is_word(object));
            words.map(|word| word.place(text).x)
        });
        let (frames, shown) = Frame::row(scales.into_iter().zip(places));
        // Views without a variable are not shown where equations are.
        if !self.lost.derived {
            self.lost.views = shown;
        }
        let variables = self.drawn.drawing.variables.iter_mut();
        for (variable, stand) in variables.zip(stands) {
            variable.place = stand.map(|(view, place)| frames[view].world(place));
        }
        self.drawn.frames = frames;
    }

    /// Finds the variables of the views; whether there are any.
    fn collect_variables(&mut self) -> bool {
        let text = self.source.text;
        // Variables before their shadows, so that each stands where it is itself.
        for shadows in [false, true] {
            for (view, objects) in self.source.views.iter().enumerate() {
                for (place, object) in objects.objects.iter().enumerate() {
                    if object.kind == ObjectKind::Variable && is_shadow(text, object) == shadows {
                        self.show_variable(view, place, object);
                    }
                }
            }
        }
        let is_drawn = !self.by_key.is_empty();
        for objects in &self.source.views {
            let by_key = &self.by_key;
            let ends = Ends::of(text, objects, |name| by_key.get(&key(name)).copied());
            self.drawn.ends.push(ends);
        }
        is_drawn
    }

    fn show_variable(&mut self, view: usize, place: usize, object: &Object) {
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
        self.drawn.variables[index].objects.push((view, place));
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
            place: None,
        });
        self.drawn.variables.push(Origin {
            blocks,
            objects: Vec::new(),
        });
        index
    }

    /// The first comment that the equations of a variable have.
    fn comment(&self, blocks: &[usize]) -> String {
        let blocks = blocks
            .iter()
            .filter_map(|place| self.source.blocks.get(*place));
        let comments = blocks.filter_map(|block: &Block| block.comment.clone());
        let mut comments = comments.map(|range| comment_text(&self.source.text[range]));
        comments
            .find(|comment| !comment.is_empty())
            .unwrap_or_default()
    }

    /// Draws the arrows of views.
    fn arrows(&mut self) {
        let source = self.source;
        let mut by_ends: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (number, view) in source.views.iter().enumerate() {
            for (place, object) in view.objects.iter().enumerate() {
                match object.kind {
                    ObjectKind::Arrow => self.arrow(number, place, object, &mut by_ends),
                    ObjectKind::Other => self.lost.others += 1,
                    ObjectKind::Comment | ObjectKind::Variable | ObjectKind::Valve => {}
                }
            }
        }
        let shown = |key: &&String| !is_of_control(key) && !self.by_key.contains_key(*key);
        self.lost.in_no_view = self.blocks.keys().filter(shown).count();
    }

    /// Draws the comments of views.
    fn comments(&mut self) {
        let source = self.source;
        for (number, view) in source.views.iter().enumerate() {
            for (place, object) in view.objects.iter().enumerate() {
                if object.kind == ObjectKind::Comment {
                    self.comment_of_view(number, place, object);
                }
            }
        }
    }

    fn arrow(
        &mut self,
        view: usize,
        place: usize,
        object: &Object,
        by_ends: &mut BTreeMap<(usize, usize), Vec<usize>>,
    ) {
        let text = self.source.text;
        let ends = &self.drawn.ends[view];
        let [from, to] = [2, 3].map(|field| ends.of_number(object.number_at(text, field)));
        let is_pipe = object.number_at(text, 7) > PIPE;
        let (from, to, polarity) = match (from, to) {
            (End::Valve(Some(flow)), End::Variable(stock)) if is_pipe => {
                (flow, stock, self.of_pipe(object, flow, stock))
            }
            (End::Valve(_) | End::Variable(_) | End::Nothing, _) if is_pipe => {
                let is_cloud = matches!(to, End::Nothing);
                self.lost.pipes += usize::from(!is_cloud);
                return;
            }
            (
                End::Valve(Some(from)) | End::Variable(from),
                End::Valve(Some(to)) | End::Variable(to),
            ) => (from, to, self.of_arrow(object, from, to)),
            (End::Control, _) | (_, End::Control) => {
                self.lost.of_control += 1;
                return;
            }
            _ => {
                self.lost.loose_arrows += 1;
                return;
            }
        };
        const DELAYED: u32 = 1;
        let delay = if !is_pipe && object.number_at(text, 9) & DELAYED != 0 {
            Delay::Delayed
        } else {
            Delay::None
        };
        let known = by_ends.entry((from, to)).or_default();
        let links = &mut self.drawn.drawing.links;
        let same = known.iter().copied().find(|link| {
            let standing = links[*link].polarity;
            standing == polarity || standing == Polarity::Unknown || polarity == Polarity::Unknown
        });
        if let Some(link) = same {
            // Shown in several views, or as a pipe and as an arrow: one link all the same.
            if links[link].polarity == Polarity::Unknown {
                links[link].polarity = polarity;
            }
            if delay == Delay::Delayed {
                links[link].delay = delay;
            }
            self.drawn.arrows[link].push((view, place));
            self.lost.repeated += 1;
            return;
        }
        known.push(links.len());
        let bend = if is_pipe {
            0.0
        } else {
            self.bend(view, object)
        };
        self.lost.bends += usize::from(bend.abs() >= Link::MAXIMUM_BEND);
        let links = &mut self.drawn.drawing.links;
        links.push(DrawnLink {
            from,
            to,
            polarity,
            delay,
            bend: Some(bend),
        });
        self.drawn.arrows.push(vec![(view, place)]);
    }

    fn bend(&self, view: usize, object: &Object) -> f64 {
        let text = self.source.text;
        let ends = &self.drawn.ends[view];
        let [from, to] = [2, 3].map(|field| ends.place(object.number_at(text, field)));
        let (Some(from), Some(to), Some(handle)) = (from, to, object.handle(text)) else {
            return 0.0;
        };
        if object.number_at(text, 2) == object.number_at(text, 3) {
            direction_of_ring(from, handle)
        } else {
            bend_through(from, handle, to)
        }
    }

    /// The sign of a pipe between a flow and a stock.
    ///
    /// A stock is what has flowed in less what has flowed out. So a flow in raises it and a flow out
    /// lowers it by definition; nothing is guessed. The equation says which of them it is; where it
    /// does not, the pipe has its head at the stock that it fills.
    fn of_pipe(&mut self, object: &Object, flow: usize, stock: usize) -> Polarity {
        const WITHOUT_HEAD: u32 = 96;
        match self.by_definition(flow, stock) {
            Some(polarity) => polarity,
            None if object.number_at(self.source.text, 4) & WITHOUT_HEAD == 0 => Polarity::Positive,
            None => Polarity::Negative,
        }
    }

    /// The sign beside an arrow; without one, the sign of a term of a stock's equation.
    fn of_arrow(&mut self, object: &Object, from: usize, to: usize) -> Polarity {
        let code = object.number_at(self.source.text, 6);
        match u8::try_from(code).map(char::from) {
            Ok('+' | 's' | 'S') => Polarity::Positive,
            Ok('-' | 'o' | 'O') => Polarity::Negative,
            _ => self.by_definition(from, to).unwrap_or_default(),
        }
    }

    /// The sign that follows by the definition of a stock, or is proved by an equation.
    pub(super) fn by_definition(&mut self, from: usize, to: usize) -> Option<Polarity> {
        let variables = &self.drawn.drawing.variables;
        let (from, to) = (&variables.get(from)?.key, &variables.get(to)?.key);
        let flow = self.causes.flow(from, to);
        let proof = self.causes.proof(from, to).filter(|_| flow.is_none());
        self.lost.proved += usize::from(proof.is_some());
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
