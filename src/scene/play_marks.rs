//! What a play shows over the diagram: signals on their links, how variables stand, loops that close.
//!
//! Colour is never alone: up and down are triangles, and what is not certain has a broken outline. All
//! of it is about as large on the screen at a small scale as at 100 %, so that it is seen from afar.

use crate::causal::play::{Moment, Play, Signal, Standing, Travelling};
use crate::model::{Id, LoopKey, Point, Polarity, Records, Rect, Vector};

use super::build::Scene;
use super::curve::Curve;
use super::magnify::seen_rect;
use super::primitive::{Align, Dash, Path, Primitive, Stroke};
use super::seen_badge::{badge_factor, seen_badge};
use super::text::Font;
use super::theme::Ink;
use super::view::View;

/// The radius of a signal, in CSS pixels at 100 % and below.
const SIGNAL: f64 = 11.0;
/// The radius of the mark at a variable.
const MARK: f64 = 14.0;
/// The width of a halo around a variable.
const HALO: f64 = 3.5;
/// The same where something has just arrived, or was pushed.
const FRESH_HALO: f64 = 6.0;
/// The width of a way that a signal has taken.
const TRAIL: f64 = 3.0;
/// The same in the round in which it arrives.
const FRESH_TRAIL: f64 = 6.0;
/// From this scale down, in CSS pixels for a world unit, all of it becomes a little smaller, down to
/// this share.
const NEAR: f64 = 0.6;
const LEAST: f64 = 0.75;
/// How far apart two signals are that travel together on a link.
const ASIDE: f64 = 13.0;

/// Draws a play at a moment, as far as it is in sight.
#[must_use]
pub fn draw_play(scene: &Scene, play: &Play, moment: Moment, view: &View) -> Vec<Primitive> {
    // From afar names stand closer together.
    let near = (view.zoom / NEAR).clamp(LEAST, 1.0);
    let unit = near * (1.0 / view.zoom).max(1.0);
    let pen = PlayPen {
        scene,
        view,
        unit,
        visible: view.visible().grown(3.0 * MARK * unit),
    };
    let mut primitives = Vec::new();
    let fresh = play.arriving(moment.round);
    let standings = play.standings(moment.round);
    for (&id, _) in standings
        .iter()
        .filter(|(_, one)| **one == Standing::Unreached)
    {
        pen.push_wash(&mut primitives, id);
    }
    pen.push_trails(&mut primitives, play, moment);
    for (&id, &standing) in &standings {
        let width = match fresh.iter().any(|signal| signal.variable == id) {
            true => FRESH_HALO,
            false => HALO,
        };
        pen.push_halo(&mut primitives, id, standing, width);
    }
    for signal in fresh.iter().filter(|signal| signal.meeting.closes()) {
        pen.push_closing(&mut primitives, signal, moment.share);
    }
    for (id, standing) in standings {
        pen.push_mark(&mut primitives, id, standing);
    }
    let travelling: Vec<Travelling<'_>> = play.travelling(moment).collect();
    for one in &travelling {
        pen.push_signal(&mut primitives, one, &travelling);
    }
    primitives
}

/// The colour of a change.
const fn ink_of(sign: Polarity) -> Ink {
    match sign {
        Polarity::Positive => Ink::Positive,
        Polarity::Negative => Ink::Negative,
        Polarity::Unknown => Ink::Undetermined,
    }
}

/// What a play is drawn with.
struct PlayPen<'a> {
    scene: &'a Scene,
    view: &'a View,
    /// About a CSS pixel of the screen, in world units; above 100 % it grows with the diagram.
    unit: f64,
    /// What is in sight, in world units.
    visible: Rect,
}

impl PlayPen<'_> {
    /// The ways that signals have taken, the latest over the earlier ones.
    fn push_trails(&self, primitives: &mut Vec<Primitive>, play: &Play, moment: Moment) {
        let mut trails: Records<&Signal> = Records::new();
        let arrived = play.signals().iter();
        let arrived = arrived.take_while(|signal| signal.round <= moment.round);
        trails.extend(arrived.map(|signal| (signal.link, signal)));
        let is_fresh = |signal: &Signal| signal.round == moment.round;
        let earlier = trails.values().filter(|signal| !is_fresh(signal));
        let latest = trails.values().filter(|signal| is_fresh(signal));
        for signal in earlier.chain(latest) {
            let width = match is_fresh(signal) {
                true => FRESH_TRAIL,
                false => TRAIL,
            };
            self.push_way(primitives, signal, 1.0, width);
        }
        for one in play.travelling(moment) {
            self.push_way(primitives, one.signal, one.along, FRESH_TRAIL);
        }
    }

    /// The part of a link that a signal has passed.
    fn push_way(&self, primitives: &mut Vec<Primitive>, signal: &Signal, along: f64, width: f64) {
        let way = self.way_of(signal);
        if let Some(way) = way.filter(|way| way.bounds().intersects(&self.visible)) {
            primitives.push(Primitive::Line {
                path: Path::along(&way.part(0.0, along)),
                stroke: Stroke::solid(ink_of(signal.sign), width * self.unit),
            });
        }
    }

    /// The part of the curve of a link that is outside the names at its ends, as they are seen.
    fn way_of(&self, signal: &Signal) -> Option<Curve> {
        let curve = self.scene.links().get(&signal.link)?.curve;
        let crossings = |id: Id| {
            let node = self.scene.nodes().get(&id);
            let rect = node.map(|node| seen_rect(node, self.view.zoom));
            rect.map(|rect| curve.crossings(&rect)).unwrap_or_default()
        };
        let from = crossings(signal.cause).first().copied().unwrap_or(0.0);
        let to = crossings(signal.variable).last().copied().unwrap_or(1.0);
        // Where the names lie on each other there is no such part.
        Some(if from < to {
            curve.part(from, to)
        } else {
            curve
        })
    }

    /// The outline of a variable as it is seen, if it is in sight.
    fn rect_of(&self, id: Id) -> Option<Rect> {
        let node = self.scene.nodes().get(&id)?;
        let rect = seen_rect(node, self.view.zoom);
        rect.intersects(&self.visible).then_some(rect)
    }

    /// Paper over a variable that nothing reaches.
    fn push_wash(&self, primitives: &mut Vec<Primitive>, id: Id) {
        if let Some(rect) = self.rect_of(id) {
            let path = Path::rounded(&rect.grown(4.0 * self.unit), 9.0 * self.unit);
            primitives.push(Primitive::Fill {
                path,
                ink: Ink::PaperWash,
            });
        }
    }

    /// What stands around a variable that something has reached.
    fn push_halo(&self, primitives: &mut Vec<Primitive>, id: Id, standing: Standing, width: f64) {
        let Some(rect) = self.rect_of(id) else {
            return;
        };
        let unit = self.unit;
        let around = Path::rounded(&rect.grown(4.0 * unit), 9.0 * unit);
        let (ink, dash) = match standing {
            Standing::Unreached => return,
            Standing::Pushed(sign) => (ink_of(sign), Dash::Solid),
            Standing::Rises => (Ink::Positive, Dash::Solid),
            Standing::Falls => (Ink::Negative, Dash::Solid),
            Standing::Depends => (Ink::Text, Dash::Dashed),
            Standing::Unknown => (Ink::Undetermined, Dash::Dashed),
            Standing::SoFar(sign) => (ink_of(sign), Dash::Dashed),
        };
        let stroke = Stroke {
            ink,
            width: width * unit,
            dash,
        };
        primitives.push(Primitive::Line {
            path: around,
            stroke,
        });
        if let Standing::Pushed(_) = standing {
            primitives.push(Primitive::Line {
                path: Path::rounded(&rect.grown(9.0 * unit), 13.0 * unit),
                stroke: Stroke::solid(Ink::Accent, 2.0 * unit),
            });
        }
    }

    /// The mark at the corner of a variable: a triangle, two, or a question mark.
    fn push_mark(&self, primitives: &mut Vec<Primitive>, id: Id, standing: Standing) {
        let Some(rect) = self.rect_of(id) else {
            return;
        };
        let radius = MARK * self.unit;
        let at = Point::new(rect.right, rect.top) + Vector::new(0.35, -0.35) * radius;
        match standing {
            Standing::Unreached => {}
            Standing::Pushed(sign) => self.push_dot(primitives, at, radius, sign),
            Standing::Rises => self.push_dot(primitives, at, radius, Polarity::Positive),
            Standing::Falls => self.push_dot(primitives, at, radius, Polarity::Negative),
            Standing::Unknown => self.push_dot(primitives, at, radius, Polarity::Unknown),
            Standing::SoFar(sign) => {
                self.push_plate(
                    primitives,
                    &Path::circle(at, radius),
                    Ink::Paper,
                    ink_of(sign),
                );
                self.push_sign(primitives, at, radius, sign, ink_of(sign));
            }
            Standing::Depends => {
                let half = Vector::new(0.8 * radius, 0.0);
                let plate = Rect::centered(at, 3.6 * radius, 2.0 * radius);
                let path = Path::rounded(&plate, radius);
                self.push_plate(primitives, &path, Ink::Text, Ink::Paper);
                self.push_sign(
                    primitives,
                    at + -half,
                    radius,
                    Polarity::Positive,
                    Ink::Paper,
                );
                self.push_sign(
                    primitives,
                    at + half,
                    radius,
                    Polarity::Negative,
                    Ink::Paper,
                );
            }
        }
    }

    /// A signal on its way; two that travel together stand on either side of it.
    fn push_signal(
        &self,
        primitives: &mut Vec<Primitive>,
        one: &Travelling<'_>,
        all: &[Travelling<'_>],
    ) {
        let Some(way) = self.way_of(one.signal) else {
            return;
        };
        let mut others = all.iter();
        let is_beside = others.any(|other| {
            other.signal.link == one.signal.link
                && other.signal.sign != one.signal.sign
                && (other.along - one.along).abs() < 1.0e-9
        });
        let side = match one.signal.sign {
            _ if !is_beside => 0.0,
            Polarity::Positive => 1.0,
            Polarity::Negative => -1.0,
            Polarity::Unknown => 0.0,
        };
        let aside = way.tangent(one.along).left() * (side * ASIDE * self.unit);
        let at = way.point(one.along) + aside;
        if self.visible.contains(at) {
            self.push_dot(primitives, at, SIGNAL * self.unit, one.signal.sign);
        }
    }

    /// A loop that a signal closes: a ring that grows from its badge, or around the variable.
    fn push_closing(&self, primitives: &mut Vec<Primitive>, signal: &Signal, share: f64) {
        let key = LoopKey::new(signal.circuit.iter().copied());
        let mut badges = self.scene.badges().iter();
        let stroke = |ink: Ink| Stroke::solid(ink, (6.0 - 4.0 * share) * self.unit);
        match badges.find(|badge| badge.key == key) {
            Some(badge) => {
                let radius = badge.radius * badge_factor(badge, self.view.zoom);
                let grown = radius + (6.0 + 22.0 * share) * self.unit;
                primitives.push(Primitive::Line {
                    path: Path::circle(badge.center, grown),
                    stroke: stroke(badge.polarity.ink()),
                });
                primitives.extend(seen_badge(badge, self.view.zoom).1);
            }
            None => {
                if let Some(rect) = self.rect_of(signal.variable) {
                    let rect = rect.grown((12.0 + 22.0 * share) * self.unit);
                    primitives.push(Primitive::Line {
                        path: Path::rounded(&rect, 16.0 * self.unit),
                        stroke: stroke(ink_of(signal.sign)),
                    });
                }
            }
        }
    }

    /// A change as a dot with its sign.
    fn push_dot(&self, primitives: &mut Vec<Primitive>, at: Point, radius: f64, sign: Polarity) {
        let path = Path::circle(at, radius);
        self.push_plate(primitives, &path, ink_of(sign), Ink::Paper);
        self.push_sign(primitives, at, radius, sign, Ink::Paper);
    }

    /// A filled outline with a line around it, which parts it from what is under it.
    fn push_plate(&self, primitives: &mut Vec<Primitive>, path: &Path, ink: Ink, around: Ink) {
        primitives.push(Primitive::Fill {
            path: path.clone(),
            ink,
        });
        primitives.push(Primitive::Line {
            path: path.clone(),
            stroke: Stroke::solid(around, 2.0 * self.unit),
        });
    }

    /// The sign of a change in a circle of this radius: a triangle that points up or down, or a
    /// question mark.
    fn push_sign(
        &self,
        primitives: &mut Vec<Primitive>,
        at: Point,
        radius: f64,
        sign: Polarity,
        ink: Ink,
    ) {
        /// How wide the triangle is to either side, and how high over its middle and under it.
        const HALF: f64 = 0.62;
        const TIP: f64 = 0.62;
        const FOOT: f64 = 0.42;
        let up = match sign {
            Polarity::Positive => -1.0,
            Polarity::Negative => 1.0,
            Polarity::Unknown => {
                let size = 1.3 * radius;
                primitives.push(Primitive::Text {
                    text: "?".to_owned(),
                    at,
                    width: 0.6 * size,
                    align: Align::Center,
                    font: Font {
                        size,
                        ..Font::BADGE
                    },
                    ink,
                });
                return;
            }
        };
        let corner = |x: f64, y: f64| at + Vector::new(x, y * up) * radius;
        primitives.push(Primitive::Fill {
            path: Path::polygon(&[corner(0.0, TIP), corner(HALF, -FOOT), corner(-HALF, -FOOT)]),
            ink,
        });
    }
}
