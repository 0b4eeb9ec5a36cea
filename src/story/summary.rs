//! A step in few words: what it is called, and what it shows.

use crate::model::{
    Document, ElementKind, Id, Rest, Showing, StoryStep, StoryView, counted, number_text,
};

use super::gone::gone;
use super::markdown;

/// About how many letters a name has at most that is made of the words of a step.
const LONGEST: usize = 48;

/// What a step is called: its title, else the first of its words, else its number from 1.
#[must_use]
pub fn step_name(step: &StoryStep, number: usize) -> String {
    let title = step.title.trim();
    if !title.is_empty() {
        return title.to_owned();
    }
    let words = markdown::plain(&markdown::read(&step.words));
    match words.lines().next().map(shortened) {
        Some(words) if !words.is_empty() => words,
        _ => format!("Step {number}"),
    }
}

/// The first words of a line, and a sign that more follow.
fn shortened(line: &str) -> String {
    if line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    let mut kept = String::new();
    for word in line.split_whitespace() {
        if kept.chars().count() + word.chars().count() >= LONGEST {
            break;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    if kept.is_empty() {
        kept.extend(line.chars().take(LONGEST - 1));
    }
    format!("{kept}…")
}

/// What a step shows, in few words, such as "2 loops lit, 1 thing hidden, the rest dimmed". What is
/// gone is not counted.
#[must_use]
pub fn shows_words(document: &Document, step: &StoryStep) -> String {
    let gone = gone(document, step);
    let is_there = |id: Id| document.kind_of(id).is_some_and(ElementKind::can_be_shown);
    let marked = |how: Showing| {
        let marks = step.marks.iter();
        let marks = marks.filter(|mark| mark.how == how && is_there(mark.about));
        marks.count() as u64
    };
    let things = |how: Showing, word: &str| match marked(how) {
        0 => None,
        count => Some(format!("{} {word}", counted(count, "thing", "things"))),
    };
    let loops = (step.loops.len() - gone.loops.len()) as u64;
    let figures = (step.figures.len() - gone.figures.len()) as u64;
    let rest = match step.rest {
        Rest::Plain => None,
        Rest::Dimmed => Some("the rest dimmed".to_owned()),
        Rest::Hidden => Some("the rest hidden".to_owned()),
    };
    // Without anything that differs it is what nobody has marked.
    let plain = match step.rest {
        Rest::Plain => None,
        Rest::Dimmed | Rest::Hidden => things(Showing::Plain, "as drawn"),
    };
    let parts: Vec<String> = [
        (loops > 0).then(|| format!("{} lit", counted(loops, "loop", "loops"))),
        things(Showing::Lit, "lit"),
        plain,
        things(Showing::Dimmed, "dimmed"),
        things(Showing::Hidden, "hidden"),
        rest,
        (figures > 0).then(|| counted(figures, "figure", "figures")),
        step.moment
            .map(|time| format!("the run at {}", number_text(time))),
        match step.view {
            StoryView::Fit => None,
            StoryView::Lit => Some("close to what is lit".to_owned()),
            StoryView::Area(_) => Some("a part of the canvas".to_owned()),
        },
    ]
    .into_iter()
    .flatten()
    .collect();
    match parts.is_empty() {
        true => "Everything as drawn".to_owned(),
        false => capitalised(&parts.join(", ")),
    }
}

/// The words with a capital at the start.
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Area, Patch, Point, Rect, StoryMark, StoryMarks, Variable};

    fn blank() -> StoryStep {
        StoryStep::new(Id::from_bits(1))
    }

    #[test]
    fn a_step_is_called_by_its_title_or_its_words_or_its_number() {
        let long = "Every release that goes wrong makes us wait longer for the next one";
        for (title, words, expected) in [
            (" A title ", "words", "A title"),
            ("", "**First** words\nand more", "First words"),
            ("", "", "Step 3"),
            ("", "- an item\n- another", "• an item"),
            ("", long, "Every release that goes wrong makes us wait…"),
        ] {
            let step = StoryStep {
                title: title.to_owned(),
                words: words.to_owned(),
                ..blank()
            };
            assert_eq!(step_name(&step, 3), expected);
        }
        let unbroken = StoryStep {
            words: "ö".repeat(90),
            ..blank()
        };
        assert_eq!(step_name(&unbroken, 1).chars().count(), LONGEST);
    }

    #[test]
    fn what_a_step_shows_is_counted_without_what_is_gone() {
        let mut document = Document::default();
        for number in 1..4 {
            let variable = Variable::default();
            let made = Some(crate::model::Element::Variable(variable));
            let patch = Patch::of(Id::from_bits(number), None, made);
            document.apply(&patch).unwrap();
        }
        let mark = |number, how| StoryMark {
            about: Id::from_bits(number),
            how,
        };
        let step = StoryStep {
            marks: StoryMarks::new([
                mark(1, Showing::Lit),
                mark(2, Showing::Lit),
                mark(3, Showing::Hidden),
                mark(9, Showing::Lit),
            ]),
            rest: Rest::Dimmed,
            moment: Some(2.5),
            ..blank()
        };
        assert_eq!(
            shows_words(&document, &step),
            "2 things lit, 1 thing hidden, the rest dimmed, the run at 2.5"
        );
        assert_eq!(shows_words(&document, &blank()), "Everything as drawn");
        let area = Area::of(&Rect::centered(Point::default(), 10.0, 10.0));
        let near = StoryStep {
            view: StoryView::Area(area),
            ..blank()
        };
        assert_eq!(shows_words(&document, &near), "A part of the canvas");
    }
}
