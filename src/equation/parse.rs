//! From words and signs to a syntax tree: Pratt's method, by how tightly operators bind.

use super::error::{Fault, Problem, Span};
use super::expr::{BinaryOp, Expr, Node, SIGN, Subscript, UnaryOp, VENSIM_NOT};
use super::lex::{Dialect, Lexed, Token, lex};
use super::names::Name;
use super::table::{Reading, Table};

/// How deep brackets, signs and calls may nest.
const DEEPEST: usize = 120;
/// How high the tree may be: each operator of a long sum makes it one higher.
const HIGHEST: usize = 400;

/// Parses an expression that begins at a byte of the model.
///
/// # Errors
/// It does not follow the rules of its language, or nests too deep.
pub fn parse(text: &str, begin: usize, dialect: Dialect) -> Result<Expr, Fault> {
    let mut parser = Parser::new(lex(text, begin, dialect)?, dialect);
    let expr = parser.expr()?;
    parser.end()?;
    Ok(expr)
}

/// Reads words and signs from left to right.
pub(crate) struct Parser {
    tokens: Vec<Lexed>,
    at: usize,
    dialect: Dialect,
    depth: usize,
    /// The height of what was parsed last.
    height: usize,
}

impl Parser {
    /// At the start of words, of which the last is the end.
    pub(crate) const fn new(tokens: Vec<Lexed>, dialect: Dialect) -> Self {
        Self {
            tokens,
            at: 0,
            dialect,
            depth: 0,
            height: 0,
        }
    }

    fn lexed(&self) -> &Lexed {
        // The end is the last, and nothing goes past it.
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    /// Where the next word stands.
    pub(crate) fn span(&self) -> Span {
        self.lexed().span
    }

    fn before(&self) -> Span {
        self.tokens[self.at.saturating_sub(1)].span
    }

    /// Whether the next is this sign.
    pub(crate) fn is(&self, sign: &str) -> bool {
        matches!(self.lexed().token, Token::Sign(next) if next == sign)
    }

    pub(crate) fn is_end(&self) -> bool {
        self.lexed().token == Token::End
    }

    /// Takes a sign, if it is next.
    pub(crate) fn take(&mut self, sign: &str) -> bool {
        let is = self.is(sign);
        if is {
            self.at += 1;
        }
        is
    }

    /// Takes a sign that must be next.
    pub(crate) fn expect(&mut self, sign: &str) -> Result<(), Fault> {
        if self.take(sign) {
            return Ok(());
        }
        Err(self.unexpected(&format!("“{sign}”")))
    }

    /// Nothing may follow.
    pub(crate) fn end(&self) -> Result<(), Fault> {
        if self.is_end() {
            return Ok(());
        }
        Err(self.unexpected("the end of the equation"))
    }

    /// Takes a name that must be next.
    pub(crate) fn name(&mut self) -> Result<Name, Fault> {
        if let Token::Name(name) = &self.lexed().token {
            let name = name.clone();
            self.at += 1;
            return Ok(name);
        }
        Err(self.unexpected("a name"))
    }

    pub(crate) fn unexpected(&self, wanted: &str) -> Fault {
        let found = match &self.lexed().token {
            Token::Number(number) => format!("{number}"),
            Token::Name(name) => format!("“{name}”"),
            Token::Sign(sign) => format!("“{sign}”"),
            Token::End => "the end".to_owned(),
        };
        let message = format!("here should be {wanted}, and there is {found}");
        Fault::at(Problem::Syntax(message), self.span())
    }

    /// An expression.
    pub(crate) fn expr(&mut self) -> Result<Expr, Fault> {
        self.binding(0)
    }

    fn too_deep(&self) -> Fault {
        Fault::at(
            Problem::TooLarge("the equation nests too deep".to_owned()),
            self.span(),
        )
    }

    fn binding(&mut self, least: u8) -> Result<Expr, Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.too_deep());
        }
        let mut left = self.prefix()?;
        let mut height = self.height;
        while let Some(op) = self.operator()
            && op.power() >= least
        {
            self.at += 1;
            // What binds from the left takes only tighter ones on its right; ^ its equals too.
            let least = op.power() + u8::from(op != BinaryOp::Power);
            let right = self.binding(least)?;
            height = height.max(self.height) + 1;
            if height > HIGHEST {
                return Err(self.too_deep());
            }
            left = Expr::binary(op, left, right);
        }
        self.height = height;
        self.depth -= 1;
        Ok(left)
    }

    fn operator(&self) -> Option<BinaryOp> {
        let Token::Sign(sign) = self.lexed().token else {
            return None;
        };
        Some(match sign {
            "+" => BinaryOp::Add,
            "-" => BinaryOp::Subtract,
            "*" => BinaryOp::Multiply,
            "/" => BinaryOp::Divide,
            "^" => BinaryOp::Power,
            "mod" => BinaryOp::Modulo,
            "<" => BinaryOp::Less,
            "<=" => BinaryOp::LessOrEqual,
            ">" => BinaryOp::Greater,
            ">=" => BinaryOp::GreaterOrEqual,
            "=" => BinaryOp::Equal,
            "<>" => BinaryOp::NotEqual,
            "and" => BinaryOp::And,
            "or" => BinaryOp::Or,
            _ => return None,
        })
    }

    fn prefix(&mut self) -> Result<Expr, Fault> {
        let start = self.span();
        let (op, least) = if self.take("-") {
            (UnaryOp::Minus, SIGN)
        } else if self.take("+") {
            (UnaryOp::Plus, SIGN)
        } else if self.take("not") {
            match self.dialect {
                Dialect::Vensim => (UnaryOp::Not, VENSIM_NOT),
                Dialect::Xmile => (UnaryOp::Not, SIGN),
            }
        } else {
            return self.postfix();
        };
        let inside = self.binding(least)?;
        self.height += 1;
        let span = start.to(inside.span);
        Ok(Expr::new(Node::Unary(op, Box::new(inside)), span))
    }

    fn postfix(&mut self) -> Result<Expr, Fault> {
        let mut expr = self.primary()?;
        while self.dialect == Dialect::Xmile && self.take("'") {
            self.height += 1;
            let span = expr.span.to(self.before());
            if let Node::Unary(UnaryOp::Transpose, _) = expr.node {
                return Err(self.unexpected("one “'” at most"));
            }
            expr = Expr::new(Node::Unary(UnaryOp::Transpose, Box::new(expr)), span);
        }
        Ok(expr)
    }

    fn primary(&mut self) -> Result<Expr, Fault> {
        let start = self.span();
        match self.lexed().token.clone() {
            Token::Number(number) => {
                self.at += 1;
                self.height = 0;
                Ok(Expr::number(number, start))
            }
            Token::Sign("(") => {
                self.at += 1;
                let inside = self.expr()?;
                self.expect(")")?;
                Ok(Expr::new(inside.node, start.to(self.before())))
            }
            Token::Sign("if") => {
                self.at += 1;
                let condition = self.expr()?;
                let mut height = self.height;
                self.expect("then")?;
                let then = self.expr()?;
                height = height.max(self.height);
                self.expect("else")?;
                let other = self.expr()?;
                self.height = height.max(self.height) + 1;
                let span = start.to(other.span);
                Ok(Expr::new(
                    Node::If(Box::new([condition, then, other])),
                    span,
                ))
            }
            Token::Name(name) => {
                self.at += 1;
                self.named(name, start)
            }
            _ => Err(self.unexpected("a value")),
        }
    }

    fn named(&mut self, name: Name, start: Span) -> Result<Expr, Fault> {
        self.height = 0;
        let subscripts = if self.take("[") {
            self.subscripts()?
        } else {
            Vec::new()
        };
        if !self.take("(") {
            let span = start.to(self.before());
            return Ok(Expr::new(Node::Name(name, subscripts), span));
        }
        if self.dialect == Dialect::Vensim && subscripts.is_empty() {
            match name.as_str() {
                "with_lookup" => return self.with_lookup(start),
                "if_then_else" => {
                    let arguments = self.arguments()?;
                    let span = start.to(self.before());
                    let three: [Expr; 3] = arguments.try_into().map_err(|_| {
                        let function = "IF THEN ELSE".to_owned();
                        let wanted = "takes three values".to_owned();
                        Fault::at(Problem::Arguments { function, wanted }, span)
                    })?;
                    return Ok(Expr::new(Node::If(Box::new(three)), span));
                }
                _ => {}
            }
        }
        let arguments = self.arguments()?;
        let span = start.to(self.before());
        Ok(Expr::new(Node::Call(name, subscripts, arguments), span))
    }

    /// What is between the brackets of a call, and the closing one.
    fn arguments(&mut self) -> Result<Vec<Expr>, Fault> {
        let mut arguments = Vec::new();
        if self.take(")") {
            return Ok(arguments);
        }
        let mut height = self.height;
        loop {
            arguments.push(self.expr()?);
            height = height.max(self.height + 1);
            if self.is(":") && self.dialect == Dialect::Vensim {
                let message = "a macro with several results cannot run here".to_owned();
                return Err(Fault::at(Problem::Unsupported(message), self.span()));
            }
            if !self.take(",") {
                self.expect(")")?;
                self.height = height;
                return Ok(arguments);
            }
        }
    }

    fn with_lookup(&mut self, start: Span) -> Result<Expr, Fault> {
        let input = self.expr()?;
        self.height += 1;
        self.expect(",")?;
        self.expect("(")?;
        let table = self.points()?;
        self.expect(")")?;
        let span = start.to(self.before());
        Ok(Expr::new(Node::Inline(Box::new(input), table), span))
    }

    /// The points of a table of Vensim, and the bracket that closes them: pairs, or all x and then
    /// all y. A range in `[ ]` is for drawing alone.
    pub(crate) fn points(&mut self) -> Result<Table, Fault> {
        let start = self.span();
        if self.take("[") {
            while !self.take("]") {
                if self.is_end() {
                    return Err(self.unexpected("“]”"));
                }
                self.at += 1;
            }
            self.take(",");
        }
        let mut pairs = Vec::new();
        let mut row = Vec::new();
        while !self.take(")") {
            if self.take("(") {
                let x = self.signed()?;
                self.expect(",")?;
                pairs.push((x, self.signed()?));
                self.expect(")")?;
            } else {
                row.push(self.signed()?);
            }
            if !self.is(")") {
                self.expect(",")?;
            }
        }
        if !row.is_empty() {
            if !pairs.is_empty() || row.len() % 2 == 1 {
                let message = "a table has as many y as it has x".to_owned();
                return Err(Fault::at(Problem::Syntax(message), start));
            }
            let (x, y) = row.split_at(row.len() / 2);
            pairs = x.iter().copied().zip(y.iter().copied()).collect();
        }
        if pairs.is_empty() {
            let message = "a table has no points".to_owned();
            return Err(Fault::at(Problem::Syntax(message), start));
        }
        Ok(Table::new(pairs, Reading::Between))
    }

    fn signed(&mut self) -> Result<f64, Fault> {
        let is_negative = self.take("-");
        if !is_negative {
            self.take("+");
        }
        let Token::Number(number) = self.lexed().token else {
            return Err(self.unexpected("a number"));
        };
        self.at += 1;
        Ok(if is_negative { -number } else { number })
    }

    /// Subscripts and the bracket that closes them.
    pub(crate) fn subscripts(&mut self) -> Result<Vec<Subscript>, Fault> {
        let mut subscripts = Vec::new();
        let mut height = 0;
        loop {
            self.height = 0;
            subscripts.push(self.subscript()?);
            height = height.max(self.height + 1);
            if !self.take(",") {
                self.expect("]")?;
                self.height = height;
                return Ok(subscripts);
            }
        }
    }

    fn subscript(&mut self) -> Result<Subscript, Fault> {
        if self.take("*") {
            return Ok(Subscript::All);
        }
        if self.take("@") {
            let at = self.span();
            let number = self.signed()?;
            let is_whole = (1.0..=64.0).contains(&number) && number.fract() == 0.0;
            if !is_whole {
                let message = "after @ stands a position from 1".to_owned();
                return Err(Fault::at(Problem::Syntax(message), at));
            }
            return Ok(Subscript::Position(number as usize));
        }
        let first = self.expr()?;
        if self.dialect == Dialect::Vensim && self.take("!") {
            return match first.node {
                Node::Name(name, none) if none.is_empty() => Ok(Subscript::Each(name)),
                _ => Err(self.unexpected("a dimension before “!”")),
            };
        }
        if self.dialect == Dialect::Xmile && self.take(":") {
            let height = self.height;
            let last = self.expr()?;
            self.height = height.max(self.height);
            return Ok(Subscript::Range(first, last));
        }
        Ok(Subscript::Index(first))
    }
}
