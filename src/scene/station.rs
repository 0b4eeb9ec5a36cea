//! What a station of a value-stream map looks like: the box with its data, the triangle, the shelf.

use std::borrow::Cow;

use crate::model::{
    Id, MeasureKind, Measures, Pack, Point, Rect, Station, StationKind, StepValue, Vector,
    measure_text,
};

use super::caption::{Place, Words};
use super::node::{NodeForm, NodeKind, NodeShape, push_lines};
use super::primitive::{Align, Path, Primitive, Segment, Stroke};
use super::text::{Font, Lines, MeasureText, break_lines, name_limit};
use super::theme::Ink;

/// The width at which the name of a station breaks, in world units.
const NAME_WIDTH: f64 = 148.0;
/// The widest that the name of a station gets, for the sake of a long word, in world units.
const WIDEST_NAME: f64 = 220.0;
/// The narrowest box, in world units.
const BOX_WIDTH: f64 = 112.0;
/// The paper left around the words, in world units.
const MARGIN: Vector = Vector::new(10.0, 7.0);
/// The height of a row of data, in world units.
const ROW: f64 = 20.0;
/// What stands in the triangle of inventory.
const INVENTORY: &str = "I";
/// The side of the triangle of a queue, in world units.
const TRIANGLE: f64 = 44.0;
/// The height of the shelf of a supermarket, in world units.
const SHELF: f64 = 44.0;
/// The height of the roof of a supplier or customer, in world units.
const ROOF: f64 = 12.0;

/// The shape of a station.
#[must_use]
pub fn station_shape(
    id: Id,
    station: &Station,
    pack: Pack,
    measure: &dyn MeasureText,
) -> NodeShape {
    let (text, ink) = if station.name.trim().is_empty() {
        (unnamed(station.kind, pack), Ink::Muted)
    } else {
        (station.name.as_str(), Ink::Text)
    };
    let limit = name_limit(text, Font::NAME, NAME_WIDTH, WIDEST_NAME, measure);
    let name = break_lines(text, Font::NAME, limit, measure);
    let mut rows: Vec<Row> = value_row(station, measure).into_iter().collect();
    rows.extend(data_rows(&station.measures, pack, measure));
    rows.extend(product_rows(station, measure));
    let mut words = Words {
        figure: key_figure(station, pack),
        ..Words::new(text, Font::NAME, ink, &name)
    };
    let (rect, primitives) = match station.kind {
        StationKind::Queue | StationKind::Supermarket => {
            words.place = Place::Below;
            words.picture = picture_height(station.kind) + 4.0;
            store(station, name, ink, rows)
        }
        _ => {
            words.place = Place::Inside;
            boxed(station, name, ink, rows)
        }
    };
    words.frame = primitives
        .iter()
        .position(
            |primitive| matches!(primitive, Primitive::Text { text, .. } if text != INVENTORY),
        )
        .unwrap_or(primitives.len());
    NodeShape {
        id,
        kind: NodeKind::Station,
        layer: station.placement.layer,
        rect,
        letters: Font::DATA.size,
        primitives,
        words: Some(Box::new(words)),
        form: NodeForm::Plain,
    }
}

/// The figure of a station that says most: how long a step takes, in its colour, and what that is
/// worth.
fn key_figure(station: &Station, pack: Pack) -> Option<(String, Ink)> {
    let kind = MeasureKind::ProcessTime;
    let mark = match (station.kind, station.value) {
        (StationKind::Step, StepValue::ValueAdding) => Some("VA"),
        (StationKind::Step, StepValue::Necessary) => Some("NNVA"),
        (StationKind::Step, StepValue::Waste) => Some("NVA"),
        _ => None,
    };
    let Some(stated) = station.measures.get(kind) else {
        return mark.map(|mark| (mark.to_owned(), Ink::Muted));
    };
    let ink = if stated.amount.likely().is_none() {
        Ink::Accent
    } else {
        Ink::Muted
    };
    let words = format!("{} {}", short_name(kind, pack), measure_text(stated));
    let marked = mark.map(|mark| format!("{words} \u{b7} {mark}"));
    Some((marked.unwrap_or(words), ink))
}

/// What an unnamed station shows.
const fn unnamed(kind: StationKind, pack: Pack) -> &'static str {
    match kind {
        StationKind::Step => "unnamed step",
        StationKind::Queue => match pack {
            Pack::Software => "backlog",
            Pack::Manufacturing => "inventory",
        },
        StationKind::Supermarket => "supermarket",
        StationKind::Supplier => "supplier",
        StationKind::Customer => "customer",
        StationKind::Control => "control",
    }
}

/// The short name of a measure in a data box, as the field of the pack writes it.
#[must_use]
pub const fn short_name(kind: MeasureKind, pack: Pack) -> &'static str {
    match (kind, pack) {
        (MeasureKind::ProcessTime, Pack::Software) => "PT",
        (MeasureKind::ProcessTime, Pack::Manufacturing) => "C/T",
        (MeasureKind::WaitingTime, _) => "Wait",
        (MeasureKind::CompleteAndAccurate, Pack::Software) => "%C&A",
        (MeasureKind::CompleteAndAccurate, Pack::Manufacturing) => "Yield",
        (MeasureKind::Servers, Pack::Software) => "People",
        (MeasureKind::Servers, Pack::Manufacturing) => "Machines",
        (MeasureKind::Batch, _) => "Batch",
        (MeasureKind::Changeover, _) => "C/O",
        (MeasureKind::Uptime, _) => "Uptime",
        (MeasureKind::RepairTime, _) => "Repair",
        (MeasureKind::Variation, _) => "CV",
        (MeasureKind::ResourceShare | MeasureKind::Share, _) => "Share",
        (MeasureKind::WorkInProgress, Pack::Software) => "WIP",
        (MeasureKind::WorkInProgress, Pack::Manufacturing) => "Stock",
        (MeasureKind::Limit, _) => "Limit",
        (MeasureKind::Demand, _) => "Demand",
        (MeasureKind::Pieces, _) => "At once",
        (MeasureKind::ValueAdded, _) => "VA",
        (MeasureKind::ChangeoverVariation, _) => "C/O CV",
        (MeasureKind::RepairVariation, _) => "Repair CV",
        (MeasureKind::ItemsInOne, _) => "In one",
        (MeasureKind::Price, _) => "Price",
        (MeasureKind::Materials, _) => "Materials",
        (MeasureKind::ArrivalVariation, _) => "CV",
        (MeasureKind::ArrivalBatch, _) => "At once",
        (MeasureKind::Expedited, _) => "Expedited",
        (MeasureKind::TransferBatch, _) => "Transfer",
        (MeasureKind::Priority, _) => "Priority",
    }
}

/// One row of a data box: a measure, what is known of it, and how wide both are.
struct Row {
    label: Cow<'static, str>,
    label_width: f64,
    value: String,
    value_width: f64,
    ink: Ink,
    /// What stands before the label: the sign of what the step is worth.
    sign: Option<StepValue>,
}

/// The room that a sign takes before its label, in world units.
const SIGN: f64 = 16.0;

/// What the time of a step is worth to the customer, if somebody has said.
fn value_row(station: &Station, measure: &dyn MeasureText) -> Option<Row> {
    let label = match (station.kind, station.value) {
        (StationKind::Step, StepValue::ValueAdding) => "value-adding",
        (StationKind::Step, StepValue::Necessary) => "necessary",
        (StationKind::Step, StepValue::Waste) => "waste",
        _ => return None,
    };
    Some(Row {
        label: Cow::Borrowed(label),
        label_width: measure.width(label, Font::DATA),
        value: String::new(),
        value_width: 0.0,
        ink: Ink::Text,
        sign: Some(station.value),
    })
}

/// The sign of a value, told apart by its shape: a full disc, an open square, a cross.
pub(super) fn value_sign(value: StepValue, at: Point) -> Vec<Primitive> {
    const REACH: f64 = 4.5;
    let corner = |x: f64, y: f64| Point::new(at.x + x * REACH, at.y + y * REACH);
    let line = |path: Path, width: f64| Primitive::Line {
        path,
        stroke: Stroke::solid(Ink::Text, width),
    };
    match value {
        StepValue::Unmarked => Vec::new(),
        StepValue::ValueAdding => vec![Primitive::Fill {
            path: Path::circle(at, REACH),
            ink: Ink::Text,
        }],
        StepValue::Necessary => vec![line(
            Path::polygon(&[
                corner(-0.9, -0.9),
                corner(0.9, -0.9),
                corner(0.9, 0.9),
                corner(-0.9, 0.9),
            ]),
            1.5,
        )],
        StepValue::Waste => vec![
            line(Path::line(corner(-0.9, -0.9), corner(0.9, 0.9)), 1.8),
            line(Path::line(corner(0.9, -0.9), corner(-0.9, 0.9)), 1.8),
        ],
    }
}

fn data_rows(measures: &Measures, pack: Pack, measure: &dyn MeasureText) -> Vec<Row> {
    let row = |(kind, stated): (MeasureKind, &crate::model::Measure)| {
        let (label, value) = (short_name(kind, pack), measure_text(stated));
        Row {
            label: Cow::Borrowed(label),
            label_width: measure.width(label, Font::DATA),
            value_width: measure.width(&value, Font::DATA),
            sign: None,
            ink: if stated.amount.likely().is_none() {
                Ink::Accent
            } else {
                Ink::Text
            },
            value,
        }
    };
    measures.iter().map(row).collect()
}

/// A row for each product: what is asked for of it at a customer, how long it takes at a step.
fn product_rows(station: &Station, measure: &dyn MeasureText) -> Vec<Row> {
    let rows = station.products.iter().filter_map(|product| {
        let kind = *MeasureKind::of_product(station.kind).first()?;
        let stated = product.measures.get(kind);
        let value = stated.map_or_else(|| "?".to_owned(), measure_text);
        let is_known = stated.is_some_and(|stated| stated.amount.likely().is_some());
        let label = clipped(&product.name);
        Some(Row {
            label_width: measure.width(&label, Font::DATA),
            value_width: measure.width(&value, Font::DATA),
            label: Cow::Owned(label),
            sign: None,
            ink: if is_known { Ink::Text } else { Ink::Accent },
            value,
        })
    });
    rows.collect()
}

/// The beginning of a name that is too long for a data box.
fn clipped(name: &str) -> String {
    const MOST: usize = 18;
    match name.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}\u{2026}", name[..end].trim_end()),
        None => name.to_owned(),
    }
}

/// What the paper and the outline of a station are drawn with: those of its colour, if it has one.
fn inks_of(station: &Station, paper: Ink) -> (Ink, Ink) {
    match station.colour {
        Some(colour) => (Ink::Tint(colour), Ink::Colour(colour)),
        None => (paper, Ink::Text),
    }
}

/// A process box, or that of a supplier, customer or control, with its data box below.
fn boxed(station: &Station, name: Lines, ink: Ink, rows: Vec<Row>) -> (Rect, Vec<Primitive>) {
    const GAP: f64 = 14.0;
    let (kind, center) = (station.kind, station.placement.position);
    let (paper, line) = inks_of(station, Ink::Paper);
    let widest = rows
        .iter()
        .map(|row| row.sign.map_or(0.0, |_| SIGN) + row.label_width + GAP + row.value_width);
    let widest = widest.fold(name.width, f64::max);
    let width = (widest + 2.0 * MARGIN.x).max(BOX_WIDTH);
    let is_party = matches!(kind, StationKind::Supplier | StationKind::Customer);
    let roof = if is_party { ROOF } else { 0.0 };
    let head = name.height + 2.0 * MARGIN.y + roof;
    let data = if rows.is_empty() {
        0.0
    } else {
        rows.len() as f64 * ROW + MARGIN.y
    };
    let rect = Rect::centered(center, width, head + data);
    let outline = if is_party {
        roofed(&rect)
    } else {
        Path::rounded(&rect, 3.0)
    };
    let mut primitives = vec![
        Primitive::Fill {
            path: outline.clone(),
            ink: paper,
        },
        Primitive::Line {
            path: outline,
            stroke: Stroke::solid(line, 1.5),
        },
    ];
    let inner = Rect {
        top: rect.top + roof,
        bottom: rect.top + head,
        ..rect
    };
    push_lines(
        &mut primitives,
        name,
        inner.center().x,
        &inner,
        Align::Center,
        Font::NAME,
        ink,
    );
    if !rows.is_empty() {
        let line = Path::line(
            Point::new(rect.left, inner.bottom),
            Point::new(rect.right, inner.bottom),
        );
        primitives.push(Primitive::Line {
            path: line,
            stroke: Stroke::solid(Ink::Line, 1.0),
        });
    }
    let mut y = inner.bottom + MARGIN.y / 2.0 + ROW / 2.0;
    for row in rows {
        let mut label_at = rect.left + MARGIN.x;
        if let Some(value) = row.sign {
            primitives.extend(value_sign(value, Point::new(label_at + 4.5, y)));
            label_at += SIGN;
        }
        primitives.push(data_text(
            row.label.into_owned(),
            row.label_width,
            label_at,
            y,
            Align::Left,
            Ink::Muted,
        ));
        if row.value.is_empty() {
            y += ROW;
            continue;
        }
        let left = rect.right - MARGIN.x - row.value_width;
        primitives.push(data_text(
            row.value,
            row.value_width,
            left,
            y,
            Align::Left,
            row.ink,
        ));
        y += ROW;
    }
    (rect, primitives)
}

/// How high the picture of a queue or supermarket is, in world units.
fn picture_height(kind: StationKind) -> f64 {
    if kind == StationKind::Queue {
        TRIANGLE * 0.9
    } else {
        SHELF
    }
}

/// A queue's triangle or a supermarket's shelf, with name and data below.
fn store(station: &Station, name: Lines, ink: Ink, rows: Vec<Row>) -> (Rect, Vec<Primitive>) {
    let (kind, center) = (station.kind, station.placement.position);
    let picture = picture_height(kind);
    let texts: Vec<(String, f64, Ink)> = rows
        .into_iter()
        .map(|row| {
            const BLANK: f64 = 4.0;
            let width = row.label_width + BLANK + row.value_width;
            (format!("{} {}", row.label, row.value), width, row.ink)
        })
        .collect();
    let widest = texts
        .iter()
        .map(|(_, width, _)| *width)
        .fold(name.width, f64::max);
    let width = (widest + 2.0 * 4.0).max(TRIANGLE + 8.0);
    let height = picture + 4.0 + name.height + texts.len() as f64 * ROW;
    let rect = Rect::centered(center, width, height);
    let top = Point::new(rect.center().x, rect.top);
    let mut primitives = vec![Primitive::Fill {
        path: Path::rounded(&rect, 4.0),
        ink: Ink::Paper,
    }];
    match kind {
        StationKind::Queue => primitives.extend(triangle(top, inks_of(station, Ink::Note))),
        _ => primitives.extend(shelf(top, inks_of(station, Ink::Paper).1)),
    }
    let below = Rect {
        top: rect.top + picture + 4.0,
        bottom: rect.top + picture + 4.0 + name.height,
        ..rect
    };
    push_lines(
        &mut primitives,
        name,
        rect.center().x,
        &below,
        Align::Center,
        Font::NAME,
        ink,
    );
    let mut y = below.bottom + ROW / 2.0;
    for (text, width, ink) in texts {
        primitives.push(data_text(
            text,
            width,
            rect.center().x,
            y,
            Align::Center,
            ink,
        ));
        y += ROW;
    }
    (rect, primitives)
}

fn data_text(text: String, width: f64, x: f64, y: f64, align: Align, ink: Ink) -> Primitive {
    Primitive::Text {
        text,
        at: Point::new(x, y),
        width,
        align,
        font: Font::DATA,
        ink,
    }
}

/// The saw-tooth roof of a supplier's or customer's factory.
fn roofed(rect: &Rect) -> Path {
    let third = rect.width() / 3.0;
    let eaves = rect.top + ROOF;
    let mut path = vec![Segment::Move(Point::new(rect.left, rect.bottom))];
    for tooth in 0..3 {
        let left = rect.left + third * f64::from(tooth);
        path.push(Segment::Line(Point::new(left, eaves)));
        path.push(Segment::Line(Point::new(left + third, rect.top)));
    }
    path.push(Segment::Line(Point::new(rect.right, rect.bottom)));
    path.push(Segment::Close);
    Path(path)
}

/// The triangle of inventory, with its I.
fn triangle(top: Point, (paper, line): (Ink, Ink)) -> [Primitive; 3] {
    let height = TRIANGLE * 0.86;
    let foot = top.y + height;
    let path = Path::polygon(&[
        top,
        Point::new(top.x + TRIANGLE / 2.0, foot),
        Point::new(top.x - TRIANGLE / 2.0, foot),
    ]);
    [
        Primitive::Fill {
            path: path.clone(),
            ink: paper,
        },
        Primitive::Line {
            path,
            stroke: Stroke::solid(line, 1.5),
        },
        Primitive::Text {
            text: INVENTORY.to_owned(),
            at: Point::new(top.x, top.y + height * 0.64),
            width: 4.0,
            align: Align::Center,
            font: Font::NAME,
            ink: Ink::Text,
        },
    ]
}

/// The open shelf of a supermarket: its back is open towards where the work comes from.
fn shelf(top: Point, ink: Ink) -> Vec<Primitive> {
    let (left, right) = (top.x - SHELF * 0.36, top.x + SHELF * 0.36);
    let line = |from: Point, to: Point| Primitive::Line {
        path: Path::line(from, to),
        stroke: Stroke::solid(ink, 1.5),
    };
    let mut lines = vec![line(
        Point::new(right, top.y + 1.0),
        Point::new(right, top.y + SHELF - 3.0),
    )];
    for board in 0..4 {
        let y = top.y + 1.0 + f64::from(board) * (SHELF - 4.0) / 3.0;
        lines.push(line(Point::new(left, y), Point::new(right, y)));
    }
    lines
}
