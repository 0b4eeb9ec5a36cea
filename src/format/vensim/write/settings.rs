//! When a run begins and ends, its step and its method: the variables that Vensim has for them, and a
//! line of its settings.

use super::Writer;
use super::computed::units_text;
use crate::format::foreign::number_text;
use crate::format::vensim::names::key;
use crate::format::vensim::sketch::lines;
use crate::model::RunMethod;

impl Writer<'_, '_> {
    /// Sets what people set for runs over what the text says.
    pub(super) fn settings(&mut self) {
        let run = self.document.properties().run.clone();
        let unit = run.time_unit.trim();
        let all = [
            ("FINAL TIME", run.stop, "The final time for the simulation."),
            (
                "INITIAL TIME",
                run.start,
                "The initial time for the simulation.",
            ),
            (
                "SAVEPER",
                run.save_every,
                "The frequency with which output is stored.",
            ),
            ("TIME STEP", run.step, "The time step for the simulation."),
        ];
        for (name, number, what) in all {
            let wanted = key(name);
            let text = self.source.text;
            let mut blocks = self.source.blocks.iter();
            let block = blocks.position(|block| key(&text[block.name.clone()]) == wanted);
            match (block, number) {
                (Some(block), number) => {
                    if let Some(number) = number {
                        self.replace_expression(block, &number_text(number));
                    }
                    if !unit.is_empty() {
                        self.replace_units(block, Some(unit), None);
                    }
                }
                (None, Some(number)) => {
                    let newline = self.newline;
                    let (number, unit) = (number_text(number), units_text(unit, None));
                    self.new_blocks.push(format!(
                        "{name}  = {number}{newline}\t~\t{unit}{newline}\t~\t{what}{newline}\t|{newline}{newline}"
                    ));
                }
                (None, None) => {}
            }
        }
        if let Some(method) = run.method {
            self.method(method);
        }
    }

    /// Writes the method into the line of settings that has it, the fourth number.
    fn method(&mut self, method: RunMethod) {
        const LINE: &str = "15:";
        let code = match method {
            RunMethod::Euler => "0",
            RunMethod::Rk2 => "3",
            RunMethod::Rk4 => "5",
        };
        let text = self.source.text;
        for (line, _) in lines(text, self.source.settings..text.len()) {
            let Some(numbers) = text[line.clone()].strip_prefix(LINE) else {
                continue;
            };
            let mut at = line.start + LINE.len();
            for (place, number) in numbers.split(',').enumerate() {
                if place == 3 {
                    self.splices.replace(at..at + number.len(), code);
                    return;
                }
                at += number.len() + 1;
            }
        }
        if method == RunMethod::Euler {
            return;
        }
        let newline = self.newline;
        let is_ended = text.is_empty() || text.ends_with(['\n', '\r']);
        let start = if is_ended { "" } else { newline };
        self.at_end = format!("{start}{LINE}0,0,0,{code},0,0{newline}");
    }
}
