//! The views of a model: objects, one a line, with the places of their fields.

use std::ops::Range;

use super::draw::PIPE;
use super::ends::Pipe;
use super::expression::end_of_quoted;
use crate::model::Point;

/// What begins a view.
pub const START: &str = "\\\\\\---///";
/// What ends the views, before the settings.
pub const END: &str = "///---\\\\\\";

/// One view.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// What it is called.
    pub name: String,
    /// Its objects, in the order of the text.
    pub objects: Vec<Object>,
    /// Where another object can be put in: after the last one.
    pub end: usize,
    /// How its objects are written.
    pub form: Form,
    /// Lines that are no object.
    pub unread: usize,
}

/// How the objects of a view are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Each begins with the numbers of its kind and of itself.
    #[default]
    Numbered,
    /// As the first versions wrote them (`V160`): words begin with `|`, arrows with `>`.
    Marked,
}

/// One line of a view.
#[derive(Clone, Debug)]
pub struct Object {
    /// What kind of object it is, as the text has it.
    pub kind: ObjectKind,
    /// Its number in the view.
    pub number: u32,
    /// Its fields.
    pub fields: Vec<Range<usize>>,
    /// Its lines with their ends: one, or two where its text stands in the next.
    pub whole: Range<usize>,
    /// Its text, where that stands in a line of its own.
    pub text: Option<Range<usize>>,
}

/// The kinds of objects that mean something here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectKind {
    /// `1`.
    Arrow,
    /// `10`.
    Variable,
    /// `11`.
    Valve,
    /// `12`.
    Comment,
    /// Bitmaps and others.
    Other,
}

impl Object {
    /// A field as text.
    pub fn field<'t>(&self, text: &'t str, index: usize) -> &'t str {
        self.fields
            .get(index)
            .map_or("", |range| &text[range.clone()])
    }

    /// A field as a whole number; zero where it is none.
    pub fn number_at(&self, text: &str, index: usize) -> u32 {
        self.field(text, index).trim().parse().unwrap_or(0)
    }

    /// What an arrow leads from and to.
    pub fn ends(&self, text: &str) -> [u32; 2] {
        [2, 3].map(|field| self.number_at(text, field))
    }

    /// Whether it is an arrow that is drawn as a pipe.
    pub fn is_pipe(&self, text: &str) -> bool {
        self.kind == ObjectKind::Arrow && self.number_at(text, 7) > PIPE
    }

    /// What a pipe does to the stock at its end: it has a head where it fills it.
    pub fn pipe(&self, text: &str) -> Pipe {
        const WITHOUT_HEAD: u32 = 96;
        if self.number_at(text, 4) & WITHOUT_HEAD == 0 {
            Pipe::Fills
        } else {
            Pipe::Empties
        }
    }

    /// Where a word stands.
    pub fn position(&self, text: &str) -> Point {
        let coordinate = |index| coordinate(self.field(text, index));
        Point::new(coordinate(3), coordinate(4))
    }

    /// The point that an arrow passes; none where it is straight, which programs write as the
    /// origin.
    pub fn handle(&self, text: &str) -> Option<Point> {
        let range = self.handle_range(text)?;
        let (x, y) = text[range].split_once(',')?;
        let point = Point::new(coordinate(x), coordinate(y));
        (point != Point::default()).then_some(point)
    }

    /// Where the point that an arrow passes is written: the one in the middle of several.
    pub fn handle_range(&self, text: &str) -> Option<Range<usize>> {
        let line = self.whole.clone();
        let mut points = Vec::new();
        let mut at = line.start;
        while let Some(open) = text[at..line.end].find('(') {
            let start = at + open + 1;
            let Some(length) = text[start..line.end].find(')') else {
                break;
            };
            at = start + length;
            points.push(start..at);
        }
        points.get(points.len() / 2).cloned()
    }
}

/// A coordinate; zero where it is no number.
fn coordinate(text: &str) -> f64 {
    let number = text.trim().parse::<f64>().ok();
    number.filter(|number| number.is_finite()).unwrap_or(0.0)
}

/// The lines of a part of a text, without their ends, each with where the next begins.
pub fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, usize)> + '_ {
    let mut at = range.start;
    std::iter::from_fn(move || {
        if at >= range.end {
            return None;
        }
        let start = at;
        let rest = &text[start..range.end];
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let ending = if rest[length..].starts_with("\r\n") {
            2
        } else {
            1
        };
        at = (start + length + ending).min(range.end);
        Some((start..start + length, at))
    })
}

/// The views of a part of a text that begins with one.
pub fn views(text: &str, range: Range<usize>) -> Vec<View> {
    let mut views: Vec<View> = Vec::new();
    let mut lines = lines(text, range).peekable();
    while let Some((line, next)) = lines.next() {
        let content = &text[line.clone()];
        if content.starts_with(START) {
            let view = View {
                end: next,
                ..View::default()
            };
            views.push(view);
            continue;
        }
        let Some(view) = views.last_mut() else {
            continue;
        };
        // The version, the name and the fonts.
        if let Some(name) = content.strip_prefix('*') {
            name.trim().clone_into(&mut view.name);
        }
        if content.starts_with(['V', '*', '$']) {
            view.end = next;
            continue;
        }
        if content.starts_with(['|', '>']) {
            view.form = Form::Marked;
            view.end = next;
            view.objects.push(marked(text, line.start..line.end, next));
            continue;
        }
        let Some((kind, number)) = head(content) else {
            view.unread += usize::from(!content.trim().is_empty());
            continue;
        };
        let mut object = Object {
            kind,
            number,
            fields: fields(text, line.clone()),
            whole: line.start..next,
            text: None,
        };
        const HAS_TEXT: u32 = 4;
        if kind == ObjectKind::Comment
            && object.number_at(text, 8) & HAS_TEXT != 0
            && let Some((line, next)) =
                lines.next_if(|(line, _)| !text[line.clone()].starts_with(START))
        {
            object.whole.end = next;
            object.text = Some(line);
        }
        view.end = object.whole.end;
        view.objects.push(object);
    }
    views
}

/// An object of a view of the first versions, with its fields where those of later ones are: a word
/// has a number, a name, a place and a size, `|0,name,x,y,width,height,..`; an arrow its ends, a
/// shape, whether it is hidden, a polarity and a thickness, `>0,1,1,0,43,0,..`.
fn marked(text: &str, line: Range<usize>, next: usize) -> Object {
    const OF_A_WORD: usize = 6;
    const OF_AN_ARROW: usize = 7;
    let mark = line.start..line.start;
    let mut all = fields(text, line.start + 1..line.end);
    let is_arrow = text[line.clone()].starts_with('>');
    all.truncate(if is_arrow { OF_AN_ARROW } else { OF_A_WORD });
    // What later versions have before these: the kind, and of an arrow its number.
    all.insert(0, mark.clone());
    if is_arrow {
        all.insert(0, mark);
    }
    let mut object = Object {
        kind: ObjectKind::Arrow,
        number: 0,
        fields: all,
        whole: line.start..next,
        text: None,
    };
    if !is_arrow {
        object.number = object.number_at(text, 1);
        // A cloud has a number in place of a name.
        let is_named = object.field(text, 2).trim().parse::<f64>().is_err();
        object.kind = if is_named {
            ObjectKind::Variable
        } else {
            ObjectKind::Comment
        };
    }
    object
}

/// The kind and the number of an object.
fn head(line: &str) -> Option<(ObjectKind, u32)> {
    let mut fields = line.splitn(3, ',');
    let kind = match fields.next()?.trim().parse::<u32>().ok()? {
        1 => ObjectKind::Arrow,
        10 => ObjectKind::Variable,
        11 => ObjectKind::Valve,
        12 => ObjectKind::Comment,
        _ => ObjectKind::Other,
    };
    let number = fields.next()?.trim().parse().ok()?;
    Some((kind, number))
}

/// The fields of a line, between commas that stand in no quotes.
fn fields(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let mut fields = Vec::new();
    let part = &text[..line.end];
    let mut start = line.start;
    let mut at = start;
    while let Some(byte) = part.as_bytes().get(at) {
        match byte {
            b',' => {
                fields.push(start..at);
                start = at + 1;
                at = start;
            }
            b'"' if at == start => at = end_of_quoted(part, at + 1),
            _ => at += 1,
        }
    }
    fields.push(start..line.end);
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_have_fields_handles_and_texts() {
        let text = "\\\\\\---/// Sketch\r\nV300\r\n*View 1\r\n$fonts\r\n10,1,\"a, \\\"b\\\"\",3,-4,5\r\n\
            12,2,0,9,8,7,6,5,4,0\r\nR1, the loop\r\n1,3,1,1,1,0,43,0,0,1,0,-1--1--1,,2|(1,2)|(30,-40)|\r\n?\r\n";
        let views = views(text, 0..text.len());
        assert_eq!(views.len(), 1);
        let [variable, comment, arrow] = views[0].objects.as_slice() else {
            panic!("{views:?}");
        };
        assert_eq!(variable.field(text, 2), "\"a, \\\"b\\\"\"");
        assert_eq!(variable.position(text), Point::new(3.0, -4.0));
        assert_eq!(&text[comment.text.clone().unwrap()], "R1, the loop");
        assert_eq!((arrow.kind, arrow.number), (ObjectKind::Arrow, 3));
        assert_eq!(arrow.number_at(text, 6), 43);
        assert_eq!(arrow.handle(text), Some(Point::new(30.0, -40.0)));
        assert_eq!(&text[views[0].end..], "?\r\n");
    }

    #[test]
    fn objects_of_the_first_versions_have_their_fields_where_others_have_them() {
        let text = "\\\\\\---/// Sketch\nV160\n*View 1\n$fonts\n|7,\"a, b\",12,-4,40,8,0,0,0,0,-1\n\
            >7,3,1,0,43,0,0,-1--1--1,1|(220,70)|\n|8,48,1,2,3,4,0\nnothing\n";
        let views = views(text, 0..text.len());
        let [variable, arrow, cloud] = views[0].objects.as_slice() else {
            panic!("{views:?}");
        };
        assert_eq!((views[0].form, views[0].unread), (Form::Marked, 1));
        assert_eq!((variable.kind, variable.number), (ObjectKind::Variable, 7));
        assert_eq!(variable.field(text, 2), "\"a, b\"");
        assert_eq!(variable.position(text), Point::new(12.0, -4.0));
        assert_eq!(
            [2, 3, 4, 6, 7, 9].map(|at| arrow.number_at(text, at)),
            [7, 3, 1, 43, 0, 0]
        );
        assert_eq!(arrow.handle(text), Some(Point::new(220.0, 70.0)));
        assert_eq!(cloud.kind, ObjectKind::Comment);
        assert_eq!(&text[views[0].end..], "nothing\n");
    }

    #[test]
    fn lines_end_in_three_ways() {
        let text = "a\nb\r\nc\rd";
        let all: Vec<&str> = lines(text, 0..text.len())
            .map(|(line, _)| &text[line])
            .collect();
        assert_eq!(all, ["a", "b", "c", "d"]);
    }
}
