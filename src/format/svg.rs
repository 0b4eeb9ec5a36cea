//! The picture of a document as SVG: the display list that the canvas shows, element by element.
//!
//! The same document always gives the same text. There are no scripts, no styles and no fonts in
//! it, and no features that only browsers have, so that any viewer shows the same picture.

use std::f64::consts::PI;
use std::fmt::{self, Write};

use super::document_part::DocumentPart;
use super::drawing::Drawing;
use super::export::Export;
use super::json;
use super::writer::Writer;
use crate::causal::NamedLoop;
use crate::model::{Delay, Direction, Document, Point, Rect, Vector, isolated};
use crate::scene::{
    Align, Dash, FONT_FAMILY, Font, Path, PictureLook, Primitive, Scene, Segment, Sheet, Stroke,
    Theme, Weight,
};

/// The line of the table of writers.
pub(super) const WRITER: Writer = Writer {
    key: "svg",
    name: "SVG picture",
    purpose: "For documents, web pages and print, sharp at any size; it opens here again.",
    ending: "svg",
    media_type: "image/svg+xml",
    carries: &DocumentPart::ALL,
    write: |drawing| Export {
        text: picture_of(drawing),
        warnings: Vec::new(),
    },
};

/// The picture of a drawing.
fn picture_of(drawing: &Drawing<'_>) -> String {
    svg(&Picture {
        document: drawing.document(),
        scene: drawing.scene(),
        loops: &drawing.loops().loops,
        look: drawing.look(),
        sheet: Some(drawing.sheet()),
        frame: None,
        margin: Picture::MARGIN,
        carries_document: true,
    })
}

/// What a picture shows, and how.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    /// The document; its title becomes the title of the picture.
    pub document: &'a Document,
    /// The document's scene, with the badges that are to be seen.
    pub scene: &'a Scene,
    /// The loops that the description tells as sentences.
    pub loops: &'a [NamedLoop],
    /// Its colours, and what it stands on.
    pub look: PictureLook,
    /// The page with what stands around the diagram, if anything does.
    pub sheet: Option<&'a Sheet>,
    /// Without a sheet, the part of the canvas that is shown; what is drawn, where nothing is said.
    pub frame: Option<Rect>,
    /// The paper around that, in world units.
    pub margin: f64,
    /// Whether the document itself is in the file, so that the picture opens again as a diagram.
    pub carries_document: bool,
}

/// The namespace of the element that a document stands in, inside of `metadata`.
pub(super) const DOCUMENT_NAMESPACE: &str = "urn:loopstream:document";
/// The name of that element.
pub(super) const DOCUMENT_ELEMENT: &str = "document";

impl Picture<'_> {
    /// The margin that looks well, in world units.
    pub const MARGIN: f64 = 24.0;
}

/// The picture of an empty document, in world units.
const EMPTY: Rect = Rect {
    left: -160.0,
    top: -90.0,
    right: 160.0,
    bottom: 90.0,
};
/// How many loops the description tells; more would be a burden on who listens to them.
const TOLD: usize = 32;
/// What a picture without a title is called.
const UNTITLED: &str = "Untitled diagram";

/// The picture as the text of an SVG file, one element a line.
#[must_use]
pub fn svg(picture: &Picture<'_>) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_picture(&mut out, picture);
    out
}

fn write_picture(out: &mut String, picture: &Picture<'_>) -> fmt::Result {
    let Picture { scene, look, .. } = *picture;
    let theme = look.inks();
    let seen = scene.bounds();
    let margin = if picture.margin.is_finite() {
        picture.margin.max(0.0)
    } else {
        0.0
    };
    let shown = picture.frame.or(seen);
    let page = match picture.sheet {
        Some(sheet) => sheet.page,
        None => whole(&shown.map_or(EMPTY, |bounds| bounds.grown(margin))),
    };
    let title = picture.document.properties().title.trim();
    let title = if title.is_empty() { UNTITLED } else { title };
    write_head(out, &page, look.paper(), title, &description(picture))?;
    if picture.carries_document {
        write_document(out, picture.document)?;
    }
    if let Some(bounds) = seen {
        for shape in scene.painted(&bounds) {
            write_shape(out, shape.primitives(), theme)?;
        }
    }
    for mark in scene.marks() {
        write_shape(out, &mark.primitives, theme)?;
    }
    for badge in scene.badges() {
        write_shape(out, &badge.primitives, theme)?;
    }
    if let Some(sheet) = picture.sheet.filter(|sheet| !sheet.primitives.is_empty()) {
        write_shape(out, &sheet.primitives, theme)?;
    }
    out.write_str(FOOT)
}

/// The document as the text of a file.
fn write_document(out: &mut String, document: &Document) -> fmt::Result {
    // XML has no way to write these two; JSON has.
    let text = json::write(document)
        .replace('\u{fffe}', "\\ufffe")
        .replace('\u{ffff}', "\\uffff");
    writeln!(
        out,
        "<metadata><{DOCUMENT_ELEMENT} xmlns=\"{DOCUMENT_NAMESPACE}\">{}</{DOCUMENT_ELEMENT}></metadata>",
        escaped(&text)
    )
}

/// The end of what [`write_head`] begins.
pub(super) const FOOT: &str = "</g>\n</svg>\n";

/// The beginning of a picture: its size, its words for those who do not see it, its paper if it
/// stands on any.
pub(super) fn write_head(
    out: &mut String,
    page: &Rect,
    paper: Option<&str>,
    title: &str,
    description: &str,
) -> fmt::Result {
    let (x, y) = (Short(page.left), Short(page.top));
    let (width, height) = (Short(page.width()), Short(page.height()));
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"{x} {y} {width} {height}\" role=\"img\" xml:space=\"preserve\">"
    )?;
    writeln!(out, "<title>{}</title>", escaped(title))?;
    writeln!(out, "<desc>{}</desc>", escaped(description))?;
    if let Some(paper) = paper {
        writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>"
        )?;
    }
    let family = escaped(FONT_FAMILY);
    writeln!(
        out,
        "<g direction=\"ltr\" font-family=\"{family}\" fill=\"none\" stroke-linejoin=\"round\">"
    )
}

/// The box grown to whole world units: pictures of whole pixels are crisp.
fn whole(rect: &Rect) -> Rect {
    Rect {
        left: rect.left.floor(),
        top: rect.top.floor(),
        right: rect.right.ceil(),
        bottom: rect.bottom.ceil(),
    }
}

/// The loops as sentences, for those who do not see the picture.
fn description(picture: &Picture<'_>) -> String {
    let document = picture.document;
    if document.is_empty() {
        return "An empty diagram.".to_owned();
    }
    let count = |number: usize, one: &str| match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {one}s"),
    };
    let mut text = String::new();
    let stations = document.stations().len();
    if stations > 0 {
        text = format!(
            "A value-stream map of {} and {}.",
            count(stations, "step"),
            count(document.flows().len(), "flow")
        );
    }
    if stations == 0 || !document.variables().is_empty() {
        let first = if text.is_empty() { "" } else { " " };
        text = format!(
            "{text}{first}A causal loop diagram of {} and {}.",
            count(document.variables().len(), "variable"),
            count(document.links().len(), "link")
        );
    }
    for named in picture.loops.iter().take(TOLD) {
        text.push(' ');
        text.push_str(&named.code);
        let label = document.label_of(&named.key).map(|(_, label)| label);
        if let Some(label) = label.filter(|label| !label.name.trim().is_empty()) {
            text.push(' ');
            text.push_str(&isolated(label.name.trim()));
        }
        text.push_str(", ");
        text.push_str(named.polarity.word());
        if named.delay == Delay::Delayed {
            text.push_str(", delayed");
        }
        text.push_str(": ");
        text.push_str(&named.sentence(document));
        text.push('.');
    }
    if picture.loops.len() > TOLD {
        let more = count(picture.loops.len() - TOLD, "more loop");
        text.push_str(" And ");
        text.push_str(&more);
        text.push('.');
    }
    text
}

/// One shape as a group, so that it can be taken and moved as a whole.
pub(super) fn write_shape(out: &mut String, primitives: &[Primitive], theme: Theme) -> fmt::Result {
    out.write_str("<g>\n")?;
    for primitive in primitives {
        write_primitive(out, primitive, theme)?;
    }
    out.write_str("</g>\n")
}

fn write_primitive(out: &mut String, primitive: &Primitive, theme: Theme) -> fmt::Result {
    match primitive {
        Primitive::Fill { path, ink } => {
            out.write_str("<path d=\"")?;
            write_path(out, path)?;
            out.write_char('"')?;
            write_color(out, "fill", theme.color(*ink))?;
            out.write_str("/>\n")
        }
        Primitive::Line { path, stroke } => {
            out.write_str("<path d=\"")?;
            write_path(out, path)?;
            out.write_char('"')?;
            write_stroke(out, stroke, theme)?;
            out.write_str("/>\n")
        }
        Primitive::Text {
            text,
            at,
            align,
            font,
            ink,
            ..
        } => {
            let baseline = *at + Vector::new(0.0, font.drop());
            write!(
                out,
                "<text x=\"{}\" y=\"{}\"",
                Short(baseline.x),
                Short(baseline.y)
            )?;
            write_font(out, *font, *align, Direction::of(text))?;
            write_color(out, "fill", theme.color(*ink))?;
            writeln!(out, ">{}</text>", escaped(text))
        }
        Primitive::Image { rect, data, alt } => {
            let (x, y) = (Short(rect.left), Short(rect.top));
            let (width, height) = (Short(rect.width()), Short(rect.height()));
            write!(
                out,
                "<image x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
                 preserveAspectRatio=\"none\" href=\"{}\"",
                data.url()
            )?;
            match alt.as_str() {
                "" => out.write_str("/>\n"),
                alt => {
                    let alt = escaped(alt);
                    writeln!(
                        out,
                        " role=\"img\" aria-label=\"{alt}\"><title>{alt}</title></image>"
                    )
                }
            }
        }
    }
}

/// The attributes of a text. Its anchor is said in the direction of reading: what begins at the
/// right ends at the left.
fn write_font(out: &mut String, font: Font, align: Align, direction: Direction) -> fmt::Result {
    if direction == Direction::RightToLeft {
        write!(out, " direction=\"{}\"", direction.css())?;
    }
    write!(out, " font-size=\"{}\"", Short(font.size))?;
    if font.weight != Weight::Regular {
        write!(out, " font-weight=\"{}\"", font.weight.css())?;
    }
    match (align, direction) {
        (Align::Left, Direction::LeftToRight) | (Align::Right, Direction::RightToLeft) => Ok(()),
        (Align::Center, _) => out.write_str(" text-anchor=\"middle\""),
        (Align::Right, _) | (Align::Left, _) => out.write_str(" text-anchor=\"end\""),
    }
}

fn write_stroke(out: &mut String, stroke: &Stroke, theme: Theme) -> fmt::Result {
    write_color(out, "stroke", theme.color(stroke.ink))?;
    write!(out, " stroke-width=\"{}\"", Short(stroke.width))?;
    match stroke.dash {
        Dash::Solid => Ok(()),
        Dash::Dashed => {
            let [on, off] = Dash::strokes(stroke.width);
            write!(out, " stroke-dasharray=\"{} {}\"", Short(on), Short(off))
        }
    }
}

/// A colour of a theme; its opacity apart, because many viewers know no other way.
fn write_color(out: &mut String, attribute: &str, color: &str) -> fmt::Result {
    let opacity = color.get(7..9).filter(|_| color.len() == 9);
    match opacity.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
        None => write!(out, " {attribute}=\"{color}\""),
        Some(alpha) => {
            let (opaque, share) = (&color[..7], Short(f64::from(alpha) / 255.0));
            write!(
                out,
                " {attribute}=\"{opaque}\" {attribute}-opacity=\"{share}\""
            )
        }
    }
}

/// The data of a path. An arc of more than half a circle becomes two: whole circles have no other
/// way, and none then depends on rounding.
fn write_path(out: &mut String, path: &Path) -> fmt::Result {
    let mut pen = Pen::default();
    for segment in &path.0 {
        match *segment {
            Segment::Move(to) => pen.go(out, "M", to)?,
            Segment::Line(to) => pen.line(out, to)?,
            Segment::Arc {
                center,
                radius,
                start,
                sweep,
            } => {
                let at = |angle: f64| center + Vector::from_angle(angle) * radius;
                pen.line(out, at(start))?;
                let parts = if sweep.abs() > PI { 2 } else { 1 };
                let (radius, sweep_flag) = (Short(radius), u8::from(sweep > 0.0));
                let arc = format!("A{radius} {radius} 0 0 {sweep_flag} ");
                for part in 1..=parts {
                    let share = f64::from(part) / f64::from(parts);
                    pen.go(out, &arc, at(start + sweep * share))?;
                }
            }
            Segment::Close => out.write_char('Z')?,
        }
    }
    Ok(())
}

/// Where the pen is on its way along a path, as it was written.
#[derive(Default)]
struct Pen(String);

impl Pen {
    /// A line to a point: none where the pen already is, a move where there is no pen yet.
    fn line(&mut self, out: &mut String, to: Point) -> fmt::Result {
        if self.0.is_empty() {
            self.go(out, "M", to)
        } else if self.0 == point_text(to) {
            Ok(())
        } else {
            self.go(out, "L", to)
        }
    }

    fn go(&mut self, out: &mut String, command: &str, to: Point) -> fmt::Result {
        self.0 = point_text(to);
        write!(out, "{command}{}", self.0)
    }
}

fn point_text(point: Point) -> String {
    format!("{} {}", Short(point.x), Short(point.y))
}

/// A number with two decimals at most.
pub(super) struct Short(pub f64);

impl fmt::Display for Short {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = if self.0.is_finite() { self.0 } else { 0.0 };
        let text = format!("{number:.2}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        formatter.write_str(if text == "-0" { "0" } else { text })
    }
}

/// A string as the content of an element or an attribute: the only way strings get in.
///
/// Characters that XML cannot have are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // A parser would turn a bare one into a line break.
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(character),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path_data(path: &Path) -> String {
        let mut out = String::new();
        write_path(&mut out, path).unwrap();
        out
    }

    #[test]
    fn numbers_are_short() {
        let short = |number: f64| Short(number).to_string();
        assert_eq!(short(12.0), "12");
        assert_eq!(short(-0.001), "0");
        assert_eq!(short(1.0 / 3.0), "0.33");
        assert_eq!(short(-100.5), "-100.5");
        assert_eq!(short(1.0e7), "10000000");
        assert_eq!(short(f64::NAN), "0");
    }

    #[test]
    fn a_whole_circle_is_two_arcs() {
        let circle = Path::circle(Point::new(0.0, 0.0), 10.0);
        assert_eq!(
            path_data(&circle),
            "M10 0A10 10 0 0 1 -10 0A10 10 0 0 1 10 0Z"
        );
    }

    #[test]
    fn arcs_turn_their_way_and_join_without_idle_lines() {
        let arc = |start: f64, sweep: f64| {
            Path(vec![Segment::Arc {
                center: Point::new(0.0, 0.0),
                radius: 10.0,
                start,
                sweep,
            }])
        };
        assert_eq!(path_data(&arc(0.0, PI / 2.0)), "M10 0A10 10 0 0 1 0 10");
        assert_eq!(path_data(&arc(0.0, -PI / 2.0)), "M10 0A10 10 0 0 0 0 -10");
    }

    #[test]
    fn strings_cannot_break_out() {
        assert_eq!(
            escaped("<b a=\"1\" c='2'>&\u{0}\u{8}\r\n\u{ffff}"),
            "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;&#13;\n"
        );
    }

    #[test]
    fn opacity_stands_apart() {
        let mut out = String::new();
        write_color(&mut out, "fill", "#11223380").unwrap();
        assert_eq!(out, " fill=\"#112233\" fill-opacity=\"0.5\"");
    }
}
