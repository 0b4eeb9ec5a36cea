//! When a run begins and ends, its step and its method.

use super::Writer;
use crate::format::foreign::number_text;
use crate::format::xml::{child, content, value};
use crate::model::{RunMethod, RunSettings};

/// The names that Stella has beyond the standard.
const ISEE: &str = "http://iseesystems.com/XMILE";

impl<'a, 'i: 'a> Writer<'_, 'a, 'i> {
    /// Sets what people set for runs over what the text says.
    pub(super) fn settings(&mut self) {
        let run = &self.document.properties().run;
        if *run == RunSettings::default() {
            return;
        }
        let numbers = [("start", run.start), ("stop", run.stop), ("dt", run.step)];
        let method = run.method.map(method_word);
        let unit = Some(run.time_unit.trim()).filter(|unit| !unit.is_empty());
        let Some(specs) = child(self.source.root, "sim_specs") else {
            let usual = [
                RunSettings::USUAL_START,
                RunSettings::USUAL_STOP,
                RunSettings::USUAL_STEP,
            ];
            let mut specs = String::from("<sim_specs");
            for (name, word) in [("method", method), ("time_units", unit)] {
                if let Some(word) = word {
                    specs.push_str(&format!(" {name}=\"{}\"", value(word)));
                }
            }
            if let Some(every) = run.save_every {
                let every = number_text(every);
                specs.push_str(&format!(
                    " xmlns:isee=\"{ISEE}\" isee:save_interval=\"{every}\""
                ));
            }
            specs.push('>');
            for ((name, number), usual) in numbers.into_iter().zip(usual) {
                let number = number_text(number.unwrap_or(usual));
                specs.push_str(&format!("<{name}>{number}</{name}>"));
            }
            specs.push_str("</sim_specs>");
            return self.edit.append(self.source.root, specs);
        };
        for (name, number) in numbers {
            let Some(number) = number.map(number_text) else {
                continue;
            };
            match child(specs, name) {
                Some(standing) => {
                    self.edit.content(standing, &number);
                    // The step itself, and no longer how many of them a unit of time has.
                    if standing.has_attribute("reciprocal") {
                        self.edit.attribute(standing, "reciprocal", None);
                    }
                }
                None => {
                    let element = format!("<{name}>{}</{name}>", content(&number));
                    self.edit.append(specs, element);
                }
            }
        }
        for (name, word) in [("method", method), ("time_units", unit)] {
            if word.is_some() {
                self.edit.attribute(specs, name, word);
            }
        }
        if let Some(every) = run.save_every {
            self.save_every(specs, &number_text(every));
        }
    }

    fn save_every(&mut self, specs: roxmltree::Node<'a, 'i>, every: &str) {
        const NAMES: [&str; 2] = ["save_interval", "isee_save_interval"];
        let mut attributes = specs.attributes();
        let standing = attributes.find(|attribute| NAMES.contains(&attribute.name()));
        if let Some(standing) = standing {
            return self.edit.value(&standing, every);
        }
        if specs.lookup_namespace_uri(Some("isee")).is_none() {
            self.edit.attribute(specs, "xmlns:isee", Some(ISEE));
        }
        self.edit
            .attribute(specs, "isee:save_interval", Some(every));
    }
}

const fn method_word(method: RunMethod) -> &'static str {
    match method {
        RunMethod::Euler => "euler",
        RunMethod::Rk2 => "rk2",
        RunMethod::Rk4 => "rk4",
    }
}
