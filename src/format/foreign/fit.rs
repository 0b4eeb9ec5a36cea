//! How large a view is drawn: so that its words do not lie on each other and its links can be seen.

use super::drawing::Drawing;
use crate::model::{Id, Link, Placement, Point, Rect, Variable, VariableKind};
use crate::scene::{EstimatedText, link_shape, variable_shape};

/// What stands in the name of a view that was made here: it is read at the scale at which it was
/// written, whatever lies on what in it.
pub const OWN_VIEW: &str = "Loopstream";

/// How the scale of views is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scaling {
    /// By what each of them draws.
    Fitted,
    /// The least one for all, as in documents that were opened before scales were fitted.
    Least,
}

/// Where the variables of a drawing stand themselves: in which view, and where there.
pub type Stands = Vec<Option<(usize, Point)>>;

/// The largest scale of a view, in least scales: beyond that its words are lost in the room.
const MOST: f64 = 3.0;
/// By how much a step is larger than the one before, in world units to a unit of a view.
const STEP: f64 = 0.25;
/// The paper between two names, in world units.
const APART: f64 = 6.0;
/// How long a link is at least: its head, its sign and something to see of its shaft, in world
/// units.
const LINK: f64 = 44.0;
/// The side of the square that must be free for a sign, in world units.
const SIGN: f64 = 13.0;
/// How much wider the words of a browser may be than they are estimated.
const WIDER: f64 = 1.12;
/// With how many others a name is compared that stand right of it; of more than that on one spot
/// nobody could tell one from another at any scale.
const NEIGHBOURS: usize = 100;

/// The scale of each view, in world units to a unit of the view: the least of the steps at which no
/// names lie on each other, and every link has a shaft and a sign. What could not be mended at any
/// step is left as it is. It follows from the text alone, so that a writer finds the same.
pub fn scales(
    scaling: Scaling,
    least: f64,
    drawing: &Drawing,
    stands: &Stands,
    is_own: &[bool],
) -> Vec<f64> {
    let fitted = is_own.iter().enumerate().map(|(view, is_own)| {
        if *is_own || scaling == Scaling::Least {
            return least;
        }
        scale_of(view, least, drawing, stands)
    });
    fitted.collect()
}

/// The scales from this one on.
fn steps(from: f64, least: f64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(from), |scale| Some(scale + STEP))
        .take_while(move |scale| *scale <= MOST * least)
}

fn scale_of(view: usize, least: f64, drawing: &Drawing, stands: &Stands) -> f64 {
    let mut names: Vec<Name> = Vec::new();
    let mut name_of: Vec<Option<usize>> = vec![None; stands.len()];
    for (index, stand) in stands.iter().enumerate() {
        let (Some((_, position)), Some(drawn)) = (
            stand.filter(|(other, _)| *other == view),
            drawing.variables.get(index),
        ) else {
            continue;
        };
        let variable = Variable {
            name: drawn.name.clone(),
            // The scale of a view does not follow from how a rate is drawn.
            kind: match drawn.kind {
                VariableKind::Rate => VariableKind::Plain,
                kind => kind,
            },
            placement: Placement::default(),
            ..Variable::default()
        };
        let rect = variable_shape(Id::from_bits(0), &variable, &EstimatedText).rect;
        name_of[index] = Some(names.len());
        names.push(Name {
            position,
            width: rect.width() * WIDER,
            height: rect.height(),
        });
    }
    let links = drawing.links.iter().filter_map(|link| {
        let end = |index: usize| names.get((*name_of.get(index)?)?);
        let link = (end(link.from)?, end(link.to)?, link.bend.unwrap_or(0.0));
        Some(link)
    });
    let scale = scale_of_names(least, &names);
    links.fold(scale, |scale, (from, to, bend)| {
        let is_clear = |scale: &f64| is_seen(*scale, from, to, bend);
        // What cannot be seen at the largest scale either asks for nothing.
        steps(scale, least).find(is_clear).unwrap_or(scale)
    })
}

/// A name in its view.
#[derive(Clone, Copy, Debug)]
struct Name {
    /// Its middle, in units of the view.
    position: Point,
    /// In world units.
    width: f64,
    /// In world units.
    height: f64,
}

impl Name {
    fn rect(&self, scale: f64) -> Rect {
        let middle = Point::new(self.position.x * scale, self.position.y * scale);
        Rect::centered(middle, self.width, self.height)
    }
}

/// The least scale at which no two names lie on each other, but for those that do at all scales.
fn scale_of_names(least: f64, names: &[Name]) -> f64 {
    let mut sorted: Vec<&Name> = names.iter().collect();
    sorted.sort_by(|one, other| one.position.x.total_cmp(&other.position.x));
    let most = names.iter().map(|name| name.width).fold(0.0, f64::max) + APART;
    let mut needed = least;
    for (index, one) in sorted.iter().enumerate() {
        let right = sorted[index + 1..].iter();
        let near = right.take_while(|other| (other.position.x - one.position.x) * least < most);
        for other in near.take(NEIGHBOURS) {
            let offset = other.position - one.position;
            let across = ((one.width + other.width) / 2.0 + APART) / offset.x.abs();
            let down = ((one.height + other.height) / 2.0 + APART) / offset.y.abs();
            let apart = across.min(down);
            // On the same spot they are at no scale apart.
            if apart <= MOST * least {
                needed = needed.max(apart);
            }
        }
    }
    steps(least, least)
        .find(|scale| *scale >= needed)
        .unwrap_or(least)
}

/// Whether a link has a shaft and a sign that stands free of the names at its ends.
fn is_seen(scale: f64, from: &Name, to: &Name, bend: f64) -> bool {
    if from.position == to.position {
        return true;
    }
    let (from, to) = (from.rect(scale), to.rect(scale));
    let ids = [1, 2, 3].map(Id::from_bits);
    let link = Link::new(ids[0], ids[1], bend);
    let shape = link_shape(ids[2], &link, bend, &from, &to);
    let sign = Rect::centered(shape.sign, SIGN, SIGN);
    shape.curve.length() >= LINK && !sign.intersects(&from) && !sign.intersects(&to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::foreign::{DrawnLink, DrawnVariable};
    use crate::model::{Delay, Polarity};

    fn drawing(positions: &[(f64, f64)], links: &[(usize, usize)]) -> (Drawing, Stands) {
        let mut drawing = Drawing::default();
        let mut stands = Stands::new();
        for (x, y) in positions {
            drawing.variables.push(DrawnVariable {
                key: String::new(),
                name: "Heat Loss to Room".to_owned(),
                kind: VariableKind::Plain,
                remark: String::new(),
                position: None,
            });
            stands.push(Some((0, Point::new(*x, *y))));
        }
        for (from, to) in links {
            drawing.links.push(DrawnLink {
                from: *from,
                to: *to,
                polarity: Polarity::Unknown,
                delay: Delay::None,
                bend: None,
                corner: None,
            });
        }
        (drawing, stands)
    }

    fn fitted(positions: &[(f64, f64)], links: &[(usize, usize)]) -> f64 {
        let (drawing, stands) = drawing(positions, links);
        scales(Scaling::Fitted, 2.0, &drawing, &stands, &[false])[0]
    }

    #[test]
    fn a_view_is_as_large_as_its_words_and_links_need() {
        // Far apart, one upon the other without need, touching sideways, touching with a link.
        assert_eq!(fitted(&[(0.0, 0.0), (300.0, 0.0)], &[(0, 1)]), 2.0);
        assert_eq!(fitted(&[(0.0, 0.0), (0.0, 40.0)], &[]), 2.0);
        let names = fitted(&[(0.0, 0.0), (60.0, 5.0)], &[]);
        let link = fitted(&[(0.0, 0.0), (60.0, 5.0)], &[(0, 1)]);
        assert!(2.0 < names && names < link && link < 6.0, "{names} {link}");
        // What no scale mends asks for none, and does not keep others from it.
        assert_eq!(fitted(&[(0.0, 0.0), (1.0, 0.0)], &[(0, 1)]), 2.0);
        let positions = [(0.0, 0.0), (1.0, 0.0), (61.0, 5.0)];
        assert_eq!(fitted(&positions, &[(1, 2)]), link);
    }

    #[test]
    fn own_views_and_old_documents_keep_the_least_scale() {
        let (drawing, stands) = drawing(&[(0.0, 0.0), (60.0, 5.0)], &[(0, 1)]);
        let of = |scaling, is_own: bool| scales(scaling, 1.5, &drawing, &stands, &[is_own]);
        assert_eq!(of(Scaling::Fitted, true), [1.5]);
        assert_eq!(of(Scaling::Least, false), [1.5]);
        assert!(of(Scaling::Fitted, false)[0] > 1.5);
    }

    #[test]
    fn thousands_on_one_spot_cost_little() {
        let positions = vec![(5.0, 5.0); 20_000];
        assert_eq!(fitted(&positions, &[]), 2.0);
    }
}
