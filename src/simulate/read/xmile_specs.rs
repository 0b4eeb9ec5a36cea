//! When a run of an XMILE model begins and ends, and its method.

use roxmltree::Node as Xml;

use super::xmile::{Reader, is_true};
use super::xml_text::PlacedText;
use crate::equation::{Expr, Span};
use crate::format::xml;
use crate::simulate::source::{Method, Times};

impl Reader<'_> {
    pub(super) fn times(&mut self, specs: Option<Xml<'_, '_>>, root: Xml<'_, '_>) -> Times {
        let zero = Expr::number(0.0, Span::default());
        let mut times = Times {
            start: zero.clone(),
            stop: zero,
            step: Expr::number(1.0, Span::default()),
            is_reciprocal: false,
            save: None,
        };
        let Some(specs) = specs else {
            self.syntax(
                "there are no <sim_specs>: when does a run begin and end?",
                root,
            );
            return times;
        };
        for name in ["start", "stop", "dt"] {
            let Some(element) = xml::child(specs, name) else {
                if name != "dt" {
                    self.syntax(&format!("the <sim_specs> have no <{name}>"), specs);
                }
                continue;
            };
            let placed = PlacedText::of(self.file, element, self.skipped);
            let Some(expr) = self.expr(&placed) else {
                continue;
            };
            match name {
                "start" => times.start = expr,
                "stop" => times.stop = expr,
                _ => {
                    times.is_reciprocal = element.attribute("reciprocal").is_some_and(is_true);
                    times.step = expr;
                }
            }
        }
        let saved =
            attribute(specs, "save_interval").or_else(|| attribute(specs, "isee_save_interval"));
        if let Some(text) = saved {
            match text.trim().parse::<f64>() {
                Ok(number) if number > 0.0 => {
                    times.save = Some(Expr::number(number, self.span(specs)));
                }
                // Stella writes 0 for every step.
                Ok(_) => {}
                Err(_) => self.syntax("the interval of saving is no number", specs),
            }
        }
        times
    }

    pub(super) fn method(&mut self, specs: Xml<'_, '_>) -> Method {
        let Some(text) = specs.attribute("method") else {
            return Method::Euler;
        };
        for word in text.split(',').map(|word| word.trim().to_lowercase()) {
            match word.as_str() {
                "" | "euler" => return Method::Euler,
                "rk2" => return Method::Rk2,
                "rk4" => return Method::Rk4,
                _ => {}
            }
        }
        self.remarks.push(format!(
            "The method {text} is not known here: the run takes Runge and Kutta's of fourth order."
        ));
        Method::Rk4
    }
}

/// An attribute by its name, whatever its namespace.
fn attribute<'a>(element: Xml<'a, '_>, name: &str) -> Option<&'a str> {
    let mut attributes = element.attributes();
    attributes
        .find(|attribute| attribute.name() == name)
        .map(|attribute| attribute.value())
}
