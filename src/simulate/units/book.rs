//! Which names of units stand for which.

use std::collections::HashMap;

use super::text::{self, UnitError};
use super::unit::{Fraction, Unit};
use super::words::key;
use crate::format::{Limits, xml};

/// Names that are the same without anybody saying so. Singular and plural need no entry.
const SAME: [&[&str]; 13] = [
    &["second", "sec", "s"],
    &["minute", "min"],
    &["hour", "hr"],
    &["day"],
    &["week", "wk"],
    &["month", "mo", "mth"],
    &["year", "yr"],
    &["person", "people"],
    &["dollar", "$", "$s"],
    &["euro", "€"],
    &["degree", "deg"],
    &["meter", "metre"],
    &["liter", "litre"],
];

/// Names of what has no dimension.
const NONE: [&str; 8] = [
    "1",
    "dmnl",
    "dimensionless",
    "unitless",
    "no units",
    "fraction",
    "radian",
    "dmls",
];

/// How many names may lead to each other.
const DEEPEST: u32 = 30;

/// Which names of units are the same, which are made of others, and the unit of time.
#[derive(Clone, Debug)]
pub struct UnitBook {
    /// What names stand for, by their keys.
    meanings: HashMap<String, Unit>,
    time: Option<Unit>,
}

impl Default for UnitBook {
    fn default() -> Self {
        let mut book = Self {
            meanings: HashMap::new(),
            time: None,
        };
        for name in NONE {
            book.meanings.insert(key(name), Unit::dimensionless());
        }
        for names in SAME {
            book.same(names);
        }
        book
    }
}

impl UnitBook {
    /// What a model's text says about units: lines `22:` of Vensim, `<model_units>` and `time_units`
    /// of XMILE. Of a text in neither language, and of definitions that cannot be read, it takes
    /// nothing.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut book = Self::default();
        if text
            .trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with('<')
        {
            book.add_xmile(text);
        } else {
            for line in text.lines() {
                if let Some(names) = line.strip_prefix("22:") {
                    let names = names
                        .split(',')
                        .map(str::trim)
                        .filter(|name| !name.is_empty());
                    book.same(&names.collect::<Vec<_>>());
                }
            }
        }
        book
    }

    fn add_xmile(&mut self, text: &str) {
        let stripped = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mended = xml::mended(stripped);
        let file = mended.as_ref().map_or(stripped, |(text, _)| text);
        let Ok(tree) = xml::parse(file, &Limits::STANDARD) else {
            return;
        };
        let root = tree.root_element();
        let units = xml::child(root, "model_units");
        for unit in units.into_iter().flat_map(|all| xml::children(all, "unit")) {
            let Some(name) = unit.attribute("name") else {
                continue;
            };
            if unit.attribute("disabled") == Some("true") {
                continue;
            }
            let definition = xml::child(unit, "eqn").and_then(|eqn| eqn.text());
            if let Some(definition) = definition.filter(|text| !text.trim().is_empty()) {
                // One that cannot be read is a base of its own.
                let _ = self.define(name, definition);
            }
            let aliases = xml::children(unit, "alias").filter_map(|alias| alias.text());
            let names = std::iter::once(name).chain(aliases.map(str::trim));
            self.same(&names.collect::<Vec<_>>());
        }
        let specs = xml::child(root, "sim_specs");
        if let Some(time) = specs.and_then(|specs| specs.attribute("time_units")) {
            let _ = self.set_time(time);
        }
    }

    /// Says that names are the same unit; the first is what the others stand for.
    pub fn same(&mut self, names: &[&str]) {
        let Some((first, others)) = names.split_first() else {
            return;
        };
        let meaning = self.named(first);
        for other in others {
            // Also what the other stands for already, if that is a base itself.
            let known = self.named(other);
            let base = match known.powers().collect::<Vec<_>>().as_slice() {
                [(base, Fraction::ONE)] => (*base).to_owned(),
                _ => key(other),
            };
            if meaning != known && !meaning.powers().any(|(own, _)| own == base) {
                self.meanings.insert(base, meaning.clone());
            }
        }
    }

    /// Says that a name stands for a unit that is made of others.
    ///
    /// # Errors
    /// The unit cannot be read.
    pub fn define(&mut self, name: &str, unit: &str) -> Result<(), UnitError> {
        let base = key(name);
        if let Some(meaning) = text::read(unit, self)? {
            let is_own = meaning.powers().any(|(own, _)| own == base);
            if !is_own {
                self.meanings.insert(base, meaning);
            }
        }
        Ok(())
    }

    /// Says what time is counted in. The name `time` stands for it too, as Stella writes it.
    ///
    /// # Errors
    /// The unit cannot be read.
    pub fn set_time(&mut self, unit: &str) -> Result<(), UnitError> {
        if let Some(time) = text::read(unit, self)? {
            self.time_is(time);
        }
        Ok(())
    }

    pub(super) fn time_is(&mut self, time: Unit) {
        let own = key("time");
        if !time.powers().any(|(base, _)| base == own) {
            self.meanings.insert(own, time.clone());
        }
        self.time = Some(time);
    }

    /// What time is counted in; none where nobody has said it.
    #[must_use]
    pub const fn time(&self) -> Option<&Unit> {
        self.time.as_ref()
    }

    /// Reads a unit, such as `dollars/(person*year)`; none where the text is empty: it is unknown
    /// then.
    ///
    /// # Errors
    /// The text is no unit.
    pub fn read(&self, text: &str) -> Result<Option<Unit>, UnitError> {
        text::read(text, self)
    }

    /// What a name stands for: itself, where nobody has said another thing.
    pub(super) fn named(&self, name: &str) -> Unit {
        let base = key(name);
        let unit = match self.meanings.get(&base) {
            None => return Unit::base(&base, name),
            Some(meaning) => self.resolved(meaning, 0),
        };
        // A renaming is shown as it was written.
        match unit.powers().collect::<Vec<_>>().as_slice() {
            [(base, Fraction::ONE)] => Unit::base(base, name),
            _ => unit,
        }
    }

    fn resolved(&self, unit: &Unit, depth: u32) -> Unit {
        if depth > DEEPEST {
            return unit.clone();
        }
        let replaced = unit.replaced(|base| {
            let meaning = self.meanings.get(base)?;
            Some(Some(self.resolved(meaning, depth + 1)))
        });
        replaced.unwrap_or_else(|| unit.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::UnitBook;

    fn same(book: &UnitBook, a: &str, b: &str) -> bool {
        book.read(a).unwrap().unwrap() == book.read(b).unwrap().unwrap()
    }

    #[test]
    fn units_are_read_in_both_ways() {
        let book = UnitBook::default();
        for (a, b) in [
            ("widgets/month", "Widget / Months"),
            ("1/month", "month^-1"),
            ("1/month", "per month"),
            ("miles per hour", "mile/hr"),
            ("people*people", "person^2"),
            ("dollars/(person*year)", "$/year/people"),
            ("m^2", "m**2"),
            ("m²", "m * m"),
            ("kg·m", "m*kg"),
            ("Dmnl", "1"),
            ("fraction", "dimensionless"),
            ("fraction/year", "1/year [0,1,0.1]"),
            (
                "watt*year/(meter*meter)/DegreesC",
                "watt*year/meter^2/degreesc",
            ),
            ("Foxes/Fox/Year", "1/years"),
            ("million dollars/year", "Million_Dollars/Year"),
            ("(a/b)/(c/d)", "a*d/(b*c)"),
            ("m^(1/2)", "m^(2/4)"),
        ] {
            assert!(same(&book, a, b), "{a} and {b}");
        }
        for (a, b) in [
            ("a/b*c", "a/(b*c)"),
            ("person", "dollar"),
            ("m", "s"),
            ("percent", "1"),
        ] {
            assert!(!same(&book, a, b), "{a} and {b}");
        }
        for empty in ["", "  ", "[0,1]"] {
            assert_eq!(book.read(empty), Ok(None));
        }
    }

    #[test]
    fn what_is_no_unit_is_said() {
        let book = UnitBook::default();
        for (text, said) in [
            (
                "a/",
                "in the unit “a/” here should be the name of a unit: “”",
            ),
            (
                "(a",
                "in the unit “(a” here should be a closing bracket: “”",
            ),
            ("a)", "in the unit “a)” here should be *, / or the end: “)”"),
            (
                "m^x",
                "in the unit “m^x” here should be a whole number: “x”",
            ),
            ("100*a", "in the unit “100*a” the number 100 is no unit"),
        ] {
            assert_eq!(book.read(text).unwrap_err().to_string(), said);
        }
        assert!(book.read(&"(".repeat(500)).is_err());
        assert!(book.read(&"a".repeat(5_000)).is_err());
        assert!(book.read("m^9999^9").is_err());
        assert!(book.read("(m^9999)^9").is_err());
    }

    #[test]
    fn names_that_a_model_declares_are_the_same() {
        let book =
            UnitBook::of("x = 1 ~ a ~ |\n\\\\\\---///\n22:Hare,Rabbit,Bunnies\n22:Rabbit,Lapin\n");
        for (a, b) in [("hares", "bunny"), ("lapins/day", "hare/day")] {
            assert!(same(&book, a, b), "{a} and {b}");
        }
        let book = UnitBook::of(
            "<xmile><model_units><unit name=\"worker\"><alias>employee</alias></unit>\
             <unit name=\"load\"><eqn>worker*hour</eqn></unit>\
             <unit name=\"a\"><eqn>b</eqn></unit><unit name=\"b\"><eqn>a</eqn></unit>\
             <unit name=\"off\" disabled=\"true\"><eqn>1</eqn></unit></model_units>\
             <sim_specs time_units=\"Weeks\"/></xmile>",
        );
        for (a, b) in [("loads", "employees*hrs"), ("x/time", "x/week")] {
            assert!(same(&book, a, b), "{a} and {b}");
        }
        assert!(!same(&book, "off", "1"));
        assert_eq!(book.time().unwrap().to_string(), "Weeks");
    }
}
