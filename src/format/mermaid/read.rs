//! A flowchart to a document, statement by statement.

use std::collections::{BTreeMap, BTreeSet};

use super::arrow::{Heads, take_arrow};
use super::block::block_of;
use super::cursor::Cursor;
use super::header::take_header;
use super::texts::label_text;
use super::vertex::{Vertex, take_vertex};
use crate::format::arrow_label::{ArrowLabel, arrow_label};
use crate::format::drawn_links::{DrawnLinks, Label};
use crate::format::error::{Fault, Position, ReadError};
use crate::format::graph_builder::{GraphBuilder, LossWords, add_paragraph};
use crate::format::limits::Limits;
use crate::format::reader::{ImportResult, Warning};
use crate::format::syntax::shortened;
use crate::model::{Id, IdSource, Link, VariableKind};

/// The class that makes a stock of a node.
pub const STOCK: &str = "stock";

/// Reads a text.
pub fn read_within(
    text: &str,
    limits: &Limits,
    ids: &mut IdSource,
) -> Result<ImportResult, ReadError> {
    if text.len() > limits.bytes {
        return Err(ReadError::TooLarge {
            bytes: text.len(),
            limit: limits.bytes,
        });
    }
    let mut cursor = Cursor::new(text);
    let mut header = take_header(&mut cursor);
    let block = match header {
        Some(_) => None,
        None => block_of(text),
    };
    if let Some(block) = &block {
        cursor = Cursor::new(&text[..block.range.end]);
        cursor.go(block.range.start);
        header = take_header(&mut cursor);
    }
    let Some(title) = header else {
        return Err(ReadError::OtherFormat(Fault {
            message: "a flowchart begins with graph or flowchart".to_owned(),
            position: Some(Position { line: 1, column: 1 }),
        }));
    };
    let mut reader = ChartReader {
        graph: GraphBuilder::new(ids),
        nodes: BTreeMap::new(),
        texts: BTreeMap::new(),
        links: DrawnLinks::default(),
        arrows: BTreeSet::new(),
        losses: Losses::default(),
        most: limits.records,
    };
    reader.graph.entitle(title.trim());
    while !cursor.rest().is_empty() {
        reader.statement(&mut cursor);
        if reader.graph.len() > limits.records {
            return Err(ReadError::Syntax(Fault {
                message: format!("there are more than {} records", limits.records),
                position: Some(Position::of(text, cursor.at())),
            }));
        }
    }
    reader.name_nodes();
    let mut warnings = reader.losses.warnings();
    warnings.extend(reader.links.warnings(&reader.graph));
    if let Some(block) = block {
        const FURTHER: LossWords = LossWords(
            "further flowchart of the text was left out",
            "further flowcharts of the text were left out",
        );
        warnings.push(Warning::note(
            "the words around the flowchart were left out",
        ));
        warnings.extend(FURTHER.loss(block.further));
    }
    reader.graph.finish(warnings)
}

/// What is read so far.
struct ChartReader<'a, 't> {
    graph: GraphBuilder<'a>,
    /// By the ids of the text.
    nodes: BTreeMap<&'t str, Id>,
    /// What nodes are called, by their ids here; the last text counts.
    texts: BTreeMap<Id, &'t str>,
    links: DrawnLinks,
    /// The ids of arrows, which statements about looks name like nodes.
    arrows: BTreeSet<&'t str>,
    losses: Losses,
    /// How many records there may be.
    most: usize,
}

/// What stands beside an arrow.
struct Beside {
    read: ArrowLabel,
    label: Label,
}

/// Nodes that stand together, and the arrow that leads to them.
type Stretch<'t> = (Option<super::arrow::Arrow<'t>>, Vec<Vertex<'t>>);

impl<'t> ChartReader<'_, 't> {
    fn statement(&mut self, cursor: &mut Cursor<'t>) {
        cursor.skip_blanks();
        if cursor.ends() {
            cursor.go(usize::from(!cursor.rest().is_empty()));
            return;
        }
        if self.is_aside(cursor) {
            cursor.skip_line();
            return;
        }
        let mut after = cursor.clone();
        match stretches(&mut after) {
            // `e1@{ animate: true }` is about the arrow of that id.
            Some(stretches) if self.is_about_arrow(&stretches) => {
                self.losses.looks += 1;
                *cursor = after;
            }
            Some(stretches) => {
                *cursor = after;
                self.add(stretches);
            }
            None => {
                if self.losses.lines == 0 {
                    self.losses.first_line = shortened(cursor.line().trim());
                }
                self.losses.lines += 1;
                cursor.skip_line();
            }
        }
    }

    fn is_about_arrow(&self, stretches: &[Stretch<'t>]) -> bool {
        match stretches {
            [(None, vertices)] => vertices.iter().all(|one| self.arrows.contains(one.id)),
            _ => false,
        }
    }

    /// Whether the line says how something looks or where it stands, or is a comment.
    fn is_aside(&mut self, cursor: &Cursor<'t>) -> bool {
        const LOOKS: [&str; 8] = [
            "style",
            "classDef",
            "class",
            "click",
            "linkStyle",
            "direction",
            "accTitle",
            "accDescr",
        ];
        let rest = cursor.rest();
        let ends = [' ', '\t', ';', ':', '\n', '\r'];
        let word = rest.split(ends).next().unwrap_or_default();
        if rest.starts_with("%%") || ["end", "```", ":::"].contains(&word) {
            return true;
        }
        let is_group = word == "subgraph";
        let is_look = LOOKS.contains(&word);
        self.losses.groups += usize::from(is_group);
        self.losses.looks += usize::from(is_look);
        is_group || is_look
    }

    fn add(&mut self, stretches: Vec<Stretch<'t>>) {
        let mut before: Vec<Id> = Vec::new();
        for (arrow, vertices) in stretches {
            let here: Vec<Id> = vertices.iter().map(|vertex| self.node(vertex)).collect();
            if let Some(arrow) = arrow
                && arrow.heads != Heads::Invisible
            {
                self.arrows.extend(arrow.id);
                let label = Beside {
                    read: arrow_label(&label_text(arrow.text)),
                    label: match arrow.text.trim().is_empty() {
                        true => Label::None,
                        false => Label::Written,
                    },
                };
                for from in &before {
                    // One line may have more pairs than a document has room for.
                    if self.graph.len() > self.most {
                        return;
                    }
                    for to in &here {
                        self.link(*from, *to, arrow.heads, &label);
                    }
                }
            }
            before = here;
        }
    }

    fn link(&mut self, from: Id, to: Id, heads: Heads, beside: &Beside) {
        let mut remark = beside.read.words.clone();
        let directions: &[(Id, Id)] = match heads {
            Heads::Forward => &[(from, to)],
            Heads::Back => &[(to, from)],
            Heads::Both => &[(from, to), (to, from)],
            Heads::None => {
                self.losses.undirected += 1;
                add_paragraph(&mut remark, "Without a direction in the flowchart.");
                &[(from, to)]
            }
            Heads::Invisible => &[],
        };
        for (from, to) in directions {
            let link = Link {
                polarity: beside.read.polarity,
                delay: beside.read.delay,
                remark: remark.clone(),
                ..Link::new(*from, *to, 0.0)
            };
            self.links.add(&mut self.graph, link, beside.label);
        }
    }

    /// The variable of a node, which is added when it is met first.
    fn node(&mut self, vertex: &Vertex<'t>) -> Id {
        let graph = &mut self.graph;
        let id = *self
            .nodes
            .entry(vertex.id)
            .or_insert_with(|| graph.add_variable(vertex.id));
        if let Some(text) = vertex.text {
            self.texts.insert(id, text);
        }
        if vertex.class == Some(STOCK)
            && let Some(variable) = self.graph.variable_mut(id)
        {
            variable.kind = VariableKind::Stock;
        }
        id
    }

    /// Gives the nodes the names that their texts say.
    fn name_nodes(&mut self) {
        for (id, text) in std::mem::take(&mut self.texts) {
            self.graph.rename(id, label_text(text).trim());
        }
    }
}

/// A statement: nodes, and arrows between them; none if it is anything else.
fn stretches<'t>(cursor: &mut Cursor<'t>) -> Option<Vec<Stretch<'t>>> {
    /// More pairs of nodes than a person would write in one line.
    const MOST: usize = 10_000;
    let mut all = vec![(None, vertices(cursor)?)];
    loop {
        cursor.skip_blanks();
        if cursor.ends() || cursor.rest().starts_with("%%") {
            return Some(all);
        }
        let arrow = take_arrow(cursor)?;
        let next = vertices(cursor)?;
        let before = all.last().map_or(0, |(_, before)| before.len());
        if before * next.len() > MOST {
            return None;
        }
        all.push((Some(arrow), next));
    }
}

/// Nodes with `&` between them.
fn vertices<'t>(cursor: &mut Cursor<'t>) -> Option<Vec<Vertex<'t>>> {
    let mut all = vec![take_vertex(cursor)?];
    loop {
        let before = cursor.clone();
        cursor.skip_blanks();
        if !cursor.take("&") {
            *cursor = before;
            return Some(all);
        }
        all.push(take_vertex(cursor)?);
    }
}

/// What was not understood, or only in part.
#[derive(Debug, Default)]
struct Losses {
    lines: usize,
    first_line: String,
    undirected: usize,
    groups: usize,
    looks: usize,
}

impl Losses {
    /// One warning for each kind of loss.
    fn warnings(&self) -> Vec<Warning> {
        let lines = LossWords(
            "line was not understood and was left out",
            "lines were not understood and were left out",
        );
        let lines = lines.loss(self.lines).map(|mut warning| {
            warning.message.push_str(", the first is: ");
            warning.message.push_str(&self.first_line);
            warning
        });
        let all = [
            (
                self.undirected,
                "line between nodes has no direction: it is a link in the order in which it is \
                 written, and its note says so",
                "lines between nodes have no direction: they are links in the order in which they \
                 are written, and their notes say so",
            ),
            (
                self.groups,
                "group was left out; its nodes are there",
                "groups were left out; their nodes are there",
            ),
            (
                self.looks,
                "line about looks was left out",
                "lines about looks were left out",
            ),
        ];
        let others = all
            .into_iter()
            .filter_map(|(count, one, many)| LossWords(one, many).warning(count));
        lines.into_iter().chain(others).collect()
    }
}
