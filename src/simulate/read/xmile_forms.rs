//! Stocks and flows of an XMILE model that are more than plain, and how names are written.

use roxmltree::Node as Xml;

use super::xmile::Reader;
use crate::equation::Expr;
use crate::equation::Name;
use crate::format::xml;
use crate::simulate::source::{Conveyor, StockForm};

impl Reader<'_> {
    /// How what is in a stock comes out.
    pub(super) fn stock_form(&mut self, stock: Xml<'_, '_>) -> StockForm {
        let Some(conveyor) = xml::child(stock, "conveyor") else {
            return match refused(stock) {
                Some(_) => StockForm::Other,
                None => StockForm::Plain,
            };
        };
        let time = xml::child(conveyor, "len").and_then(|len| self.expr_of(len));
        let capacity = xml::child(conveyor, "capacity").and_then(|most| self.expr_of(most));
        match time {
            Some(time) if refused(stock).is_none() => {
                StockForm::Conveyor(Box::new(Conveyor { time, capacity }))
            }
            _ => StockForm::Other,
        }
    }

    /// What arrives of a flow in the stock that it fills, for each unit that leaves.
    pub(super) fn multiplier(&mut self, flow: Xml<'_, '_>) -> Option<Expr> {
        let multiplier = self.expr_of(xml::child(flow, "multiplier")?)?;
        (multiplier.literal() != Some(1.0)).then_some(multiplier)
    }
}

/// What a variable asks for that cannot run here.
pub(super) fn refused(element: Xml<'_, '_>) -> Option<&'static str> {
    let has = |name: &str| xml::child(element, name).is_some();
    if let Some(conveyor) = xml::child(element, "conveyor") {
        return refused_conveyor(element, conveyor);
    }
    if has("queue") {
        Some("a queue cannot run here")
    } else if has("oven") {
        Some("an oven cannot run here")
    } else if has("leak") || has("leak_integers") {
        Some("a flow that leaks from a conveyor cannot run here")
    } else if element.tag_name().name() == "stock" && is_said(element, "init_eqn") {
        Some("a second equation for the start of a stock cannot run here")
    } else {
        None
    }
}

/// What a conveyor asks for that cannot run here.
fn refused_conveyor(stock: Xml<'_, '_>, conveyor: Xml<'_, '_>) -> Option<&'static str> {
    let is_on = |name: &str| conveyor.attribute(name).is_some_and(super::xmile::is_true);
    if xml::children(stock, "outflow").count() != 1 {
        Some("a conveyor with more or fewer than one outflow cannot run here")
    } else if is_said(conveyor, "sample") {
        Some("a conveyor that samples its transit time cannot run here")
    } else if is_said(conveyor, "arrest") {
        Some("a conveyor that can be arrested cannot run here")
    } else if is_said(conveyor, "in_limit") {
        Some("a conveyor with a limit of what gets on it cannot run here")
    } else if is_on("discrete") {
        Some("a discrete conveyor cannot run here")
    } else if !is_said(conveyor, "len") {
        Some("a conveyor without a transit time cannot run")
    } else {
        None
    }
}

/// Whether an element has a text in another.
fn is_said(element: Xml<'_, '_>, name: &str) -> bool {
    xml::child(element, name).is_some_and(|one| !xml::text_of(one).trim().is_empty())
}

/// A name as it was written in an attribute or an element, without its quotes. Each part between
/// points may have quotes of its own; `\"` and `\\` stand for the sign after the backslash.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut is_quoted = false;
    let mut is_first = true;
    let mut characters = text.trim().chars().peekable();
    while let Some(character) = characters.next() {
        let starts = std::mem::replace(&mut is_first, character == '.' && !is_quoted);
        match (character, characters.peek()) {
            ('\\', Some(&next @ ('"' | '\\'))) => {
                characters.next();
                plain.push(next);
            }
            ('"', _) if starts => is_quoted = true,
            ('"', None | Some('.')) if is_quoted => is_quoted = false,
            _ => plain.push(character),
        }
    }
    plain
}

/// A name as it is compared.
pub(super) fn name_of(text: &str) -> Name {
    Name::new(&plain(text))
}

/// A name as people read it, in one line.
pub(super) fn written_name(text: &str) -> String {
    plain(text).replace("\\n", " ")
}

#[cfg(test)]
mod tests {
    use super::{name_of, written_name};

    #[test]
    fn names_in_attributes_lose_their_quotes_and_backslashes() {
        assert_eq!(written_name("the \\\"best\\\""), "the \"best\"");
        assert_eq!(written_name("\"a (b)\""), "a (b)");
        assert_eq!(written_name("a\\nb"), "a b");
        assert_eq!(written_name("the \"best\""), "the \"best\"");
        assert_eq!(name_of("\"module (x)\".var").as_str(), "module_(x).var");
        assert_eq!(name_of("market.\"a, b\"").as_str(), "market.a,_b");
        assert_eq!(name_of(".cost").as_str(), ".cost");
    }
}
