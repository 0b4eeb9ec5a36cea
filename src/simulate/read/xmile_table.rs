//! Graphical functions of an XMILE model.

use roxmltree::Node as Xml;

use super::xmile::{Reader, is_true};
use crate::equation::{Reading, Table};
use crate::format::xml;

impl Reader<'_> {
    pub(super) fn table(&mut self, gf: Xml<'_, '_>) -> Option<Table> {
        let y = self.numbers(xml::child(gf, "ypts")?)?;
        let x = match (xml::child(gf, "xpts"), xml::child(gf, "xscale")) {
            (Some(points), _) => self.numbers(points)?,
            (None, Some(scale)) => {
                let end = |name: &str| scale.attribute(name)?.trim().parse::<f64>().ok();
                let (Some(low), Some(high)) = (end("min"), end("max")) else {
                    self.syntax("an <xscale> has two numbers, min and max", scale);
                    return None;
                };
                evenly(low, high, y.len())
            }
            (None, None) => {
                self.syntax("a table has neither <xpts> nor <xscale>", gf);
                return None;
            }
        };
        if x.len() != y.len() || y.is_empty() {
            self.syntax("a table has as many <ypts> as it has <xpts>", gf);
            return None;
        }
        let is_discrete = gf.attribute("discrete").is_some_and(is_true);
        let reading = match gf.attribute("type").map(str::trim) {
            Some("extrapolate") => Reading::Beyond,
            Some("discrete") => Reading::Lower,
            _ if is_discrete => Reading::Lower,
            _ => Reading::Between,
        };
        let table = Table::new(x.into_iter().zip(y).collect(), reading);
        if table.was_out_of_order {
            let name = gf.parent().and_then(|parent| parent.attribute("name"));
            self.remarks.push(format!(
                "The points of the table of “{}” are out of order, and were sorted.",
                gf.attribute("name").or(name).unwrap_or_default()
            ));
        }
        Some(table)
    }

    fn numbers(&mut self, points: Xml<'_, '_>) -> Option<Vec<f64>> {
        let separator = points
            .attribute("sep")
            .filter(|sep| !sep.is_empty())
            .unwrap_or(",");
        let text = xml::text_of(points);
        let numbers = text
            .split(separator)
            .map(str::trim)
            .filter(|word| !word.is_empty());
        let numbers: Option<Vec<f64>> = numbers
            .map(|word| word.parse().ok().filter(|number: &f64| number.is_finite()))
            .collect();
        if numbers.is_none() {
            self.syntax("the points of a table are numbers", points);
        }
        numbers
    }
}

fn evenly(low: f64, high: f64, count: usize) -> Vec<f64> {
    let last = u32::try_from(count.saturating_sub(1)).unwrap_or(u32::MAX);
    (0..=last)
        .map(|index| {
            if index == last {
                high
            } else {
                low + (high - low) * f64::from(index) / f64::from(last)
            }
        })
        .collect()
}
