//! Thousands of random trees whose units agree until one leaf is wrong.

use loopstream::simulate::{UnitBook, Verdict};
use proptest::prelude::*;

use super::units::{aux, of, of_xmile, report, vensim};

/// Choices from a list of numbers.
struct Chooser<'c>(&'c [u16], usize);

impl Chooser<'_> {
    fn next(&mut self, below: usize) -> usize {
        self.1 += 1;
        (usize::from(self.0[self.1 % self.0.len()]) + self.1 * 7) % below
    }
}

/// Powers of widgets, people, dollars and months.
type Powers = [i32; 4];

const MONTH: Powers = [0, 0, 0, 1];

fn sum(a: Powers, b: Powers, times: i32) -> Powers {
    std::array::from_fn(|at| a[at] + times * b[at])
}

/// A unit, written in one of many ways.
fn written(powers: Powers, choose: &mut Chooser<'_>) -> String {
    let names = [
        ["widget", "Widgets"],
        ["person", "people"],
        ["$", "Dollars"],
        ["month", "Months"],
    ];
    let mut order = [0, 1, 2, 3];
    order.swap(choose.next(4), choose.next(4));
    let mut text = String::new();
    for at in order {
        let (name, power) = (names[at][choose.next(2)], powers[at]);
        let sign = if power > 0 { "*" } else { "/" };
        match (power.abs(), choose.next(3)) {
            (0, _) => {}
            (size, 0) => text += &format!("{sign}{name}^{size}"),
            (size, 1) => text += &format!("{sign}({})", vec![name; size as usize].join(" * ")),
            (size, _) => text += &format!("{sign}{name}").repeat(size as usize),
        }
    }
    format!("1{text}")
}

struct Tree<'c> {
    choose: Chooser<'c>,
    is_vensim: bool,
    /// The units of the leaves, whose names are `v0` and so on.
    leaves: Vec<Powers>,
}

impl Tree<'_> {
    fn some(&mut self) -> Powers {
        std::array::from_fn(|_| self.choose.next(5) as i32 - 2)
    }

    fn leaf(&mut self, powers: Powers) -> String {
        self.leaves.push(powers);
        format!("v{}", self.leaves.len() - 1)
    }

    /// An equation that has a unit, of leaves that each stand once.
    fn grown(&mut self, unit: Powers, depth: usize) -> String {
        if depth == 0 {
            return self.leaf(unit);
        }
        let kind = self.choose.next(20);
        let other = self.some();
        let is_vensim = self.is_vensim;
        let mut sub = |powers: Powers| self.grown(powers, depth - 1);
        match kind {
            0 => format!("({} + {})", sub(unit), sub(unit)),
            1 => format!("({} - {})", sub(unit), sub(unit)),
            2 | 3 => format!("({} * {})", sub(other), sub(sum(unit, other, -1))),
            4 | 5 => format!("({} / {})", sub(sum(unit, other, 1)), sub(other)),
            6 => {
                let parts = [sub(other), sub(other), sub(unit), sub(unit)];
                let [a, b, then, otherwise] = parts;
                if is_vensim {
                    format!("IF THEN ELSE({a} > {b}, {then}, {otherwise})")
                } else {
                    format!("(IF {a} > {b} THEN {then} ELSE {otherwise})")
                }
            }
            7 => format!("MAX({}, {})", sub(unit), sub(unit)),
            8 => format!("SQRT({})", sub(sum(unit, unit, 1))),
            9 if unit.iter().all(|power| power % 2 == 0) => {
                format!("(({}) ^ 2)", sub(unit.map(|power| power / 2)))
            }
            10 => format!("(EXP({}) * {})", sub([0; 4]), sub(unit)),
            11 => format!("(3 * {} + 0)", sub(unit)),
            12 => format!("STEP({}, {})", sub(unit), sub(MONTH)),
            13 => {
                let parts = [sub(sum(unit, MONTH, -1)), sub(MONTH), sub(MONTH)];
                format!("RAMP({})", parts.join(", "))
            }
            14 => format!("DELAY1({}, {})", sub(unit), sub(MONTH)),
            15 if is_vensim => format!("INTEG({}, {})", sub(sum(unit, MONTH, -1)), sub(unit)),
            15 => format!("PULSE({}, {})", sub(sum(unit, MONTH, 1)), sub(MONTH)),
            16 if is_vensim => {
                let parts = [sub(sum(unit, other, 1)), sub(other), sub(unit)];
                format!("XIDZ({})", parts.join(", "))
            }
            16 => format!("SAFEDIV({}, {})", sub(sum(unit, other, 1)), sub(other)),
            17 => format!("(-ABS({}))", sub(unit)),
            18 if is_vensim => {
                let parts = [sub(unit), sub(MONTH), sub(unit)];
                format!("DELAY FIXED({})", parts.join(", "))
            }
            18 => format!("PREVIOUS({}, {})", sub(unit), sub(unit)),
            _ => self.leaf(unit),
        }
    }

    /// A model with the equation as `y`. One leaf may have another unit than it must.
    fn model(&mut self, equation: &str, unit: Powers, wrong: Option<usize>) -> String {
        let mut variables = Vec::new();
        for (at, powers) in self.leaves.clone().into_iter().enumerate() {
            let mut text = written(powers, &mut self.choose);
            if wrong == Some(at) {
                text += ["*mistake", "/mistakes", "*month/mistake^2"][self.choose.next(3)];
            }
            variables.push((format!("v{at}"), "1".to_owned(), text));
        }
        variables.push((
            "y".to_owned(),
            equation.to_owned(),
            written(unit, &mut self.choose),
        ));
        if self.is_vensim {
            let variables: Vec<_> = variables
                .iter()
                .map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str()))
                .collect();
            vensim(&variables)
        } else {
            let variables: String = variables.iter().map(|(a, b, c)| aux(a, b, c)).collect();
            of_xmile(&variables)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn random_trees_agree_until_one_leaf_is_wrong(
        choices in proptest::collection::vec(any::<u16>(), 40),
        is_vensim: bool,
        pick: usize,
    ) {
        let mut tree = Tree { choose: Chooser(&choices, 0), is_vensim, leaves: Vec::new() };
        let unit = tree.some();
        let equation = tree.grown(unit, 4);
        let sound = tree.model(&equation, unit, None);
        let found = report(&sound);
        prop_assert_eq!(&of(&found, "y").verdict, &Verdict::Agrees, "{}", sound);
        let wrong = pick % tree.leaves.len();
        let text = tree.model(&equation, unit, Some(wrong));
        let found = report(&text);
        let is_found = matches!(of(&found, "y").verdict, Verdict::Contradicts(_));
        prop_assert!(is_found, "v{}\n{}", wrong, text);
        // Without the unit of that leaf nothing is wrong, and it is told which is missing.
        let without: String = sound
            .lines()
            .map(|line| {
                let head = format!("v{wrong} = 1 ~ ");
                if line.starts_with(&head) { format!("{head} ~ |\n") } else { format!("{line}\n") }
            })
            .collect();
        if is_vensim {
            let names = vec![format!("v{wrong}")];
            let found = report(&without);
            prop_assert_eq!(&of(&found, "y").verdict, &Verdict::Unknown(names), "{}", without);
        }
    }

    #[test]
    fn no_text_of_a_unit_stops_the_reader(text in "[a-z0-9 */^()$.\\-²\\[\\]]{0,40}|\\PC{0,30}") {
        let book = UnitBook::default();
        if let Ok(Some(unit)) = book.read(&text) {
            // What is shown is read as the same.
            let shown = unit.to_string();
            prop_assert_eq!(book.read(&shown), Ok(Some(unit)), "{}", shown);
        }
    }
}
