//! A part of an equation multiplied by a power of something, with all else left to the letter.

use super::error::Span;
use super::expr::{BinaryOp, Expr, Node};
use super::lex::Dialect;
use super::names::Name;
use super::parse::parse;
use super::rename::written_name;

/// The text of an equation with one part multiplied by a power of a variable, or divided by it where
/// the power is below 0; brackets are written where they are needed. None where the place is no
/// part of the equation, or the equation cannot be read.
#[must_use]
pub fn scaled(text: &str, part: Span, dialect: Dialect, by: &str, power: i32) -> Option<String> {
    let before = parse(text, 0, dialect).ok()?;
    let words = text.get(part.start..part.end)?;
    let inner = parse(words, 0, dialect).ok()?;
    let factor = factor(by, dialect, power);
    let wanted = with_part(&before, part, &|expr| {
        let (op, by) = &factor.tree;
        Expr::binary(*op, expr.clone(), by.clone())
    })?;
    // What binds less tightly gets brackets, and the product where it stands in something tighter.
    let needs = match inner.node {
        Node::Binary(op, _) => op.power() <= BinaryOp::Multiply.power(),
        Node::Unary(..) => true,
        Node::If(_) => dialect == Dialect::Xmile,
        _ => false,
    };
    let bare = format!("{words}{}", factor.text);
    let inside = format!("({words}){}", factor.text);
    let ways = if needs && !is_in_brackets(words, &inner) {
        [inside.clone(), format!("({inside})")]
    } else {
        [bare.clone(), format!("({bare})")]
    };
    ways.into_iter().find_map(|way| {
        let mut after = text.to_owned();
        after.replace_range(part.start..part.end, &way);
        // The text says what the tree says, whatever stands around the part.
        (parse(&after, 0, dialect).ok()? == wanted).then_some(after)
    })
}

struct Factor {
    text: String,
    tree: (BinaryOp, Expr),
}

fn factor(by: &str, dialect: Dialect, power: i32) -> Factor {
    let none = Span::default();
    let (sign, op) = match power {
        0.. => ("*", BinaryOp::Multiply),
        _ => ("/", BinaryOp::Divide),
    };
    let name = Expr::name(Name::new(by), none);
    let written = written_name(by, dialect);
    match power.unsigned_abs() {
        1 => Factor {
            text: format!(" {sign} {written}"),
            tree: (op, name),
        },
        power => Factor {
            text: format!(" {sign} {written}^{power}"),
            tree: (
                op,
                Expr::binary(BinaryOp::Power, name, Expr::number(f64::from(power), none)),
            ),
        },
    }
}

/// Whether the text is one part in brackets: then it reads shorter without them.
fn is_in_brackets(words: &str, inner: &Expr) -> bool {
    let span = inner.span;
    words
        .get(span.start..)
        .is_some_and(|text| text.starts_with('('))
        && !matches!(&inner.node, Node::Binary(_, sides) if sides[0].span.start == span.start)
}

/// An expression with the part at a place changed; none where no part stands there.
fn with_part(expr: &Expr, part: Span, change: &impl Fn(&Expr) -> Expr) -> Option<Expr> {
    if expr.span == part {
        return Some(change(expr));
    }
    let within = |inside: &Expr| with_part(inside, part, change);
    let node = match &expr.node {
        Node::Number(_) | Node::Name(..) => return None,
        Node::Call(name, subscripts, arguments) => {
            let at = arguments.iter().position(|one| holds(one, part))?;
            let mut arguments = arguments.clone();
            arguments[at] = within(&arguments[at])?;
            Node::Call(name.clone(), subscripts.clone(), arguments)
        }
        Node::Unary(op, inside) => Node::Unary(*op, Box::new(within(inside)?)),
        Node::Inline(inside, table) => Node::Inline(Box::new(within(inside)?), table.clone()),
        Node::Binary(op, sides) => {
            let at = sides.iter().position(|one| holds(one, part))?;
            let mut sides = sides.clone();
            sides[at] = within(&sides[at])?;
            Node::Binary(*op, sides)
        }
        Node::If(parts) => {
            let at = parts.iter().position(|one| holds(one, part))?;
            let mut parts = parts.clone();
            parts[at] = within(&parts[at])?;
            Node::If(parts)
        }
    };
    Some(Expr::new(node, expr.span))
}

fn holds(expr: &Expr, part: Span) -> bool {
    expr.span.start <= part.start && part.end <= expr.span.end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The part between the marks `|` multiplied.
    fn multiplied(marked: &str, power: i32) -> Option<String> {
        let start = marked.find('|').unwrap();
        let end = marked.rfind('|').unwrap() - 1;
        let text = marked.replace('|', "");
        scaled(
            &text,
            Span { start, end },
            Dialect::Xmile,
            "days per week",
            power,
        )
    }

    #[test]
    fn brackets_are_written_where_they_are_needed() {
        for (marked, power, after) in [
            ("a + |b|", 1, "a + b * days_per_week"),
            ("|a| + b", -1, "a / days_per_week + b"),
            ("|a + b|", 1, "(a + b) * days_per_week"),
            ("|a * b|", 1, "(a * b) * days_per_week"),
            ("|(a + b)| - c", 2, "(a + b) * days_per_week^2 - c"),
            ("|(a) + (b)| - c", 1, "((a) + (b)) * days_per_week - c"),
            ("|MAX(a, b)| > c", 1, "MAX(a, b) * days_per_week > c"),
            ("MAX(a, |b - c|)", -2, "MAX(a, (b - c) / days_per_week^2)"),
            ("a MOD |b|", 1, "a MOD (b * days_per_week)"),
            ("|a| ^ 2", 1, "(a * days_per_week) ^ 2"),
            ("a + |-b|", 1, "a + (-b) * days_per_week"),
            ("|-a + b|", 1, "(-a + b) * days_per_week"),
            (
                "IF a > b THEN |c| ELSE d",
                1,
                "IF a > b THEN c * days_per_week ELSE d",
            ),
        ] {
            assert_eq!(
                multiplied(marked, power).as_deref(),
                Some(after),
                "{marked}"
            );
        }
        assert_eq!(multiplied("|a + b| * c", 1), None);
        assert_eq!(multiplied("|a +|", 1), None);
    }

    #[test]
    fn names_of_vensim_have_blanks() {
        let part = Span { start: 4, end: 9 };
        let after = scaled("a + b c d", part, Dialect::Vensim, "days per week", -1);
        assert_eq!(after.as_deref(), Some("a + b c d / days per week"));
    }
}
