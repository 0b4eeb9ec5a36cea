//! Tokens to the nodes and edges of a graph.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::lex::{BadToken, Kind, Lexer, Token};
use super::texts::{Meanings, html_text, id_text, label_text};
use crate::format::limits::Limits;
use crate::format::syntax::shortened;

/// A graph as the text has it.
#[derive(Debug, Default)]
pub struct Graph {
    /// The label of the whole graph.
    pub title: String,
    /// In the order in which they are met.
    pub nodes: Vec<Node>,
    /// In the order of the text.
    pub edges: Vec<Edge>,
    /// How many groups have a label of their own.
    pub groups: usize,
    /// How many labels are HTML.
    pub html: usize,
    /// The attributes that are not read.
    pub attributes: BTreeSet<String>,
}

/// A node.
#[derive(Debug)]
pub struct Node {
    pub id: Rc<str>,
    pub look: Look,
    /// The shape that nodes have by default where it is met.
    pub usual_shape: Option<Rc<str>>,
}

/// An edge, with the indices of its ends.
#[derive(Debug)]
pub struct Edge {
    pub from: usize,
    pub to: usize,
    pub look: Look,
    /// Where it points.
    pub direction: Direction,
}

/// Where an edge points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Forward,
    Back,
    Both,
    None,
}

/// The attributes that are read, as they are written.
#[derive(Clone, Debug, Default)]
pub struct Look {
    pub label: Option<Text>,
    /// What stands at the ends of an edge, where some write its sign.
    pub at_ends: [Option<Text>; 2],
    pub shape: Option<Rc<str>>,
    pub tooltip: Option<Text>,
    pub direction: Option<Rc<str>>,
}

/// A text as it is written, shared by all that have it by default.
#[derive(Clone, Debug)]
pub enum Text {
    Quoted(Rc<str>),
    Html(Rc<str>),
}

impl Text {
    /// What it says.
    pub fn label_text(&self, meanings: Meanings<'_>) -> String {
        match self {
            Self::Quoted(text) => label_text(text, meanings),
            Self::Html(text) => html_text(text),
        }
    }
}

/// Attributes that only say how things look; they are left out without a word.
const LOOKS: &[&str] = &["style", "rankdir"];
/// How many further attributes are remembered.
const MOST_ATTRIBUTES: usize = 100;

/// What nodes and edges have by default in a group.
#[derive(Clone, Debug, Default)]
struct Scope {
    node: Look,
    edge: Look,
}

/// What an attribute is said of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Graph,
    Group,
    Node,
    Edge,
}

/// Reads a text.
///
/// # Errors
/// It is not DOT, or asks for too much.
pub fn parse(text: &str, limits: &Limits) -> Result<Graph, BadToken> {
    let mut lexer = Lexer::new(text);
    let token = lexer.next_token()?;
    let mut parser = Parser {
        lexer,
        token,
        end: text.len(),
        limits,
        graph: Graph::default(),
        indices: BTreeMap::new(),
        strict: false,
        pairs: BTreeSet::new(),
        steps: 0,
    };
    parser.whole()?;
    Ok(parser.graph)
}

struct Parser<'t> {
    lexer: Lexer<'t>,
    token: Option<Token<'t>>,
    end: usize,
    limits: &'t Limits,
    graph: Graph,
    indices: BTreeMap<Rc<str>, usize>,
    /// Whether two edges between the same nodes are one.
    strict: bool,
    pairs: BTreeSet<(usize, usize)>,
    steps: usize,
}

impl<'t> Parser<'t> {
    fn whole(&mut self) -> Result<(), BadToken> {
        self.strict = self.take_word("strict")?;
        if !self.take_word("digraph")? && !self.take_word("graph")? {
            return self.fail("a graph begins with graph or digraph");
        }
        if !self.is_sign(b'{') {
            self.id()?;
        }
        self.sign(b'{', "`{`")?;
        let mut scope = Scope::default();
        let mut inside = Vec::new();
        self.statements(&mut scope, &mut inside, 1)?;
        self.sign(b'}', "`}`")?;
        // Further graphs of the same text are other diagrams.
        match &self.token {
            None => Ok(()),
            Some(_) => self.fail("the text goes on after its end"),
        }
    }

    fn statements(
        &mut self,
        scope: &mut Scope,
        inside: &mut Vec<usize>,
        depth: usize,
    ) -> Result<(), BadToken> {
        while !self.is_sign(b'}') {
            if self.token.is_none() {
                return self.fail("the text ends where `}` is needed");
            }
            if !self.take_sign(b';')? {
                self.statement(scope, inside, depth)?;
            }
        }
        Ok(())
    }

    fn statement(
        &mut self,
        scope: &mut Scope,
        inside: &mut Vec<usize>,
        depth: usize,
    ) -> Result<(), BadToken> {
        let whole = match depth {
            1 => Of::Graph,
            _ => Of::Group,
        };
        if self.take_word("node")? {
            return self.attributes(&mut scope.node, Of::Node);
        }
        if self.take_word("edge")? {
            return self.attributes(&mut scope.edge, Of::Edge);
        }
        if self.take_word("graph")? {
            let mut look = Look::default();
            self.attributes(&mut look, whole)?;
            return Ok(());
        }
        let (mut ends, alone) = self.end_of_edge(scope, depth)?;
        if let Some(id) = alone {
            if self.take_sign(b'=')? {
                let value = self.value()?;
                self.attribute(&id, Some(value), &mut Look::default(), whole);
                return Ok(());
            }
            self.skip_port()?;
            let index = self.node(&id, scope)?;
            ends = vec![index];
            if !self.is_edge() {
                let mut look = std::mem::take(&mut self.graph.nodes[index].look);
                let read = self.attributes(&mut look, Of::Node);
                self.graph.nodes[index].look = look;
                inside.push(index);
                return read;
            }
        }
        inside.extend(&ends);
        let mut own = Vec::new();
        while let Some(direction) = self.take_edge()? {
            let (mut next, alone) = self.end_of_edge(scope, depth)?;
            if let Some(id) = alone {
                self.skip_port()?;
                next = vec![self.node(&id, scope)?];
            }
            let first = self.graph.edges.len();
            for from in &ends {
                for to in &next {
                    self.edge(*from, *to, &scope.edge, direction)?;
                }
            }
            own.push(first..self.graph.edges.len());
            inside.extend(&next);
            ends = next;
        }
        let mut look = scope.edge.clone();
        self.attributes(&mut look, Of::Edge)?;
        for index in own.into_iter().flatten() {
            self.graph.edges[index].look = look.clone();
        }
        Ok(())
    }

    /// The nodes of a group at the end of an edge, or the id of a single one.
    fn end_of_edge(
        &mut self,
        scope: &Scope,
        depth: usize,
    ) -> Result<(Vec<usize>, Option<String>), BadToken> {
        let is_named = self.take_word("subgraph")?;
        if is_named && !self.is_sign(b'{') {
            self.id()?;
            if !self.is_sign(b'{') {
                // A group of before is named again: its nodes are there already.
                return Ok((Vec::new(), None));
            }
        }
        if !self.is_sign(b'{') {
            return Ok((Vec::new(), Some(self.id()?)));
        }
        if depth >= self.limits.depth {
            let depth = self.limits.depth;
            return self.fail(format!("groups stand in each other more than {depth} deep"));
        }
        self.sign(b'{', "`{`")?;
        let mut inside = Vec::new();
        self.statements(&mut scope.clone(), &mut inside, depth + 1)?;
        self.sign(b'}', "`}`")?;
        inside.sort_unstable();
        inside.dedup();
        Ok((inside, None))
    }

    /// The node of an id, which is made when it is met first.
    fn node(&mut self, id: &str, scope: &Scope) -> Result<usize, BadToken> {
        if let Some(index) = self.indices.get(id) {
            return Ok(*index);
        }
        self.within_limits()?;
        let id: Rc<str> = id.into();
        let index = self.graph.nodes.len();
        self.indices.insert(Rc::clone(&id), index);
        self.graph.nodes.push(Node {
            id,
            look: scope.node.clone(),
            usual_shape: scope.node.shape.clone(),
        });
        Ok(index)
    }

    fn edge(
        &mut self,
        from: usize,
        to: usize,
        look: &Look,
        direction: Direction,
    ) -> Result<(), BadToken> {
        self.step()?;
        if self.strict && !self.pairs.insert((from, to)) {
            return Ok(());
        }
        self.within_limits()?;
        self.graph.edges.push(Edge {
            from,
            to,
            look: look.clone(),
            direction,
        });
        Ok(())
    }

    fn within_limits(&self) -> Result<(), BadToken> {
        let most = self.limits.records;
        // An edge both ways is two links.
        if self.graph.nodes.len() + 2 * self.graph.edges.len() + 2 > most {
            return self.fail(format!("there are more than {most} records"));
        }
        Ok(())
    }

    /// Any number of lists of attributes.
    fn attributes(&mut self, look: &mut Look, of: Of) -> Result<(), BadToken> {
        while self.take_sign(b'[')? {
            while !self.take_sign(b']')? {
                let name = self.id()?;
                let value = match self.take_sign(b'=')? {
                    true => Some(self.value()?),
                    false => None,
                };
                self.attribute(&name, value, look, of);
                if !self.take_sign(b',')? {
                    self.take_sign(b';')?;
                }
            }
        }
        Ok(())
    }

    fn attribute(&mut self, name: &str, value: Option<Text>, look: &mut Look, of: Of) {
        let name = name.to_ascii_lowercase();
        let Some(value) = value else {
            return;
        };
        let plain = |value: &Text| match value {
            Text::Quoted(text) | Text::Html(text) => Rc::clone(text),
        };
        match (name.as_str(), of) {
            ("label", Of::Graph) => self.graph.title = value.label_text(Meanings::default()),
            ("label", Of::Group) => self.graph.groups += 1,
            ("label", _) => {
                self.graph.html += usize::from(matches!(value, Text::Html(_)));
                look.label = Some(value);
            }
            ("xlabel", Of::Edge) if look.label.is_none() => look.label = Some(value),
            ("headlabel", Of::Edge) => look.at_ends[0] = Some(value),
            ("taillabel", Of::Edge) => look.at_ends[1] = Some(value),
            ("tooltip", Of::Node | Of::Edge) => look.tooltip = Some(value),
            ("shape", Of::Node) => look.shape = Some(plain(&value)),
            ("dir", Of::Edge) => look.direction = Some(plain(&value)),
            (name, _) if LOOKS.contains(&name) => {}
            (name, _) if self.graph.attributes.len() < MOST_ATTRIBUTES => {
                self.graph.attributes.insert(shortened(name));
            }
            _ => {}
        }
    }

    fn value(&mut self) -> Result<Text, BadToken> {
        let text = match self.token.as_ref().map(|token| &token.kind) {
            Some(Kind::Word(word)) => Text::Quoted((*word).into()),
            Some(Kind::Quoted(text)) => Text::Quoted(text.as_ref().into()),
            Some(Kind::Html(html)) => Text::Html((*html).into()),
            _ => return self.fail("a value is needed here"),
        };
        self.advance()?;
        Ok(text)
    }

    fn id(&mut self) -> Result<String, BadToken> {
        let id = match self.token.as_ref().map(|token| &token.kind) {
            Some(Kind::Word(word)) => (*word).to_owned(),
            Some(Kind::Quoted(text)) => id_text(text),
            Some(Kind::Html(html)) => (*html).to_owned(),
            _ => return self.fail("a name is needed here"),
        };
        self.advance()?;
        Ok(id)
    }

    /// Skips where at a node an edge ends.
    fn skip_port(&mut self) -> Result<(), BadToken> {
        while self.take_sign(b':')? {
            self.id()?;
        }
        Ok(())
    }

    fn is_edge(&self) -> bool {
        let kind = self.token.as_ref().map(|token| &token.kind);
        matches!(kind, Some(Kind::Arrow | Kind::Line))
    }

    fn take_edge(&mut self) -> Result<Option<Direction>, BadToken> {
        let direction = match self.token.as_ref().map(|token| &token.kind) {
            Some(Kind::Arrow) => Direction::Forward,
            Some(Kind::Line) => Direction::None,
            _ => return Ok(None),
        };
        self.advance()?;
        Ok(Some(direction))
    }

    fn is_sign(&self, sign: u8) -> bool {
        let kind = self.token.as_ref().map(|token| &token.kind);
        kind == Some(&Kind::Sign(sign))
    }

    fn take_sign(&mut self, sign: u8) -> Result<bool, BadToken> {
        let comes = self.is_sign(sign);
        if comes {
            self.advance()?;
        }
        Ok(comes)
    }

    fn sign(&mut self, sign: u8, words: &str) -> Result<(), BadToken> {
        match self.take_sign(sign)? {
            true => Ok(()),
            false => self.fail(format!("{words} is needed here")),
        }
    }

    /// Takes a keyword, in any case, if it comes next.
    fn take_word(&mut self, word: &str) -> Result<bool, BadToken> {
        let comes = matches!(
            &self.token,
            Some(Token { kind: Kind::Word(found), .. }) if found.eq_ignore_ascii_case(word)
        );
        if comes {
            self.advance()?;
        }
        Ok(comes)
    }

    fn advance(&mut self) -> Result<(), BadToken> {
        self.step()?;
        self.token = self.lexer.next_token()?;
        Ok(())
    }

    /// Counts a token or a pair of nodes: a short text may have groups with many pairs.
    fn step(&mut self) -> Result<(), BadToken> {
        self.steps += 1;
        if self.steps > self.limits.values {
            let most = self.limits.values;
            return self.fail(format!("there are more than {most} words and edges"));
        }
        Ok(())
    }

    fn fail<T>(&self, message: impl Into<String>) -> Result<T, BadToken> {
        let at = self.token.as_ref().map_or(self.end, |token| token.at);
        let message = message.into();
        Err(BadToken { message, at })
    }
}
