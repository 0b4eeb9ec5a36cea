//! What is under the pointer.

use crate::model::{FlowSide, Id, Lever, LoopKey, Point, Rect};

use super::build::Scene;
use super::connector::{Heading, connector_near};
use super::contents::paint_order;
use super::frame::{FrameShape, Grip, side_at};
use super::magnify::{magnified, seen_distance, seen_rect};
use super::node::{NodeKind, NodeShape, WIDEST_NAME};
use super::overlay::{COMMENT_RADIUS, Overlay};
use super::seen_badge::badge_factor;
use super::text::Font;
use super::trial_marks::TRIAL_RADIUS;

/// What a pointer can be over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hit {
    /// The badge of a loop.
    Badge(LoopKey),
    /// The handle that bends a selected link.
    Handle(Id),
    /// The inside of a variable or note.
    Node(Id),
    /// One of the four handles around a variable or station.
    Connector(Id, Heading),
    /// The rim of a variable, from which a link can be drawn.
    Rim(Id),
    /// The mark of a finding at a record.
    Finding(Id),
    /// The mark of the comments on a record.
    Comments(Id),
    /// The mark of the experiments that change this.
    Trial(Lever),
    /// A link.
    Link(Id),
    /// The pipe between a rate and its cloud.
    Pipe(Id),
    /// An end of the pipe of a rate: a cloud, or where it meets a stock.
    PipeEnd(Id, FlowSide),
    /// The title or the outline of a frame. What is in it is another thing, or the canvas.
    Frame(Id),
    /// What resizes the frame that alone is selected.
    Grip(Id, Grip),
    /// The empty canvas.
    Canvas,
}

impl Hit {
    /// The record, if it is one.
    #[must_use]
    pub const fn record(&self) -> Option<Id> {
        match self {
            Self::Handle(id)
            | Self::Node(id)
            | Self::Connector(id, _)
            | Self::Rim(id)
            | Self::Finding(id)
            | Self::Link(id)
            | Self::Pipe(id)
            | Self::PipeEnd(id, _)
            | Self::Frame(id)
            | Self::Comments(id)
            | Self::Grip(id, _) => Some(*id),
            Self::Trial(Lever::Record(id)) => Some(*id),
            Self::Trial(Lever::Loop(_)) | Self::Badge(_) | Self::Canvas => None,
        }
    }
}

/// How far a mark stands from what it is about at most, in world units.
const FINDING_ASIDE: f64 = 12.0;

/// How near is near enough, in world units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// To a line or a handle.
    pub line: f64,
    /// How far the rim of a variable stands out.
    pub rim: f64,
    /// CSS pixels for a world unit: at small scales names and badges are larger than they are.
    pub zoom: f64,
}

impl Reach {
    /// The reach of a pointer at a zoom: half of 24 CSS pixels, for a finger half of 44.
    #[must_use]
    pub fn at_zoom(radius: f64, zoom: f64) -> Self {
        Self {
            line: radius * 0.66 / zoom,
            rim: radius / zoom,
            zoom,
        }
    }
}

/// Whether loops show their badges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Badges {
    /// They do.
    #[default]
    Shown,
    /// They do not: then none can be hit either.
    Hidden,
}

/// What is under a place: the handle of the link that shows one, the corners of the frame that does,
/// then badges, nodes from the top down, ends of pipes, the handles of those that show them, rims,
/// titles of frames, links, clouds, outlines of frames.
#[must_use]
pub fn hit(scene: &Scene, at: Point, reach: Reach, overlay: &Overlay, badges: Badges) -> Hit {
    let handle = overlay.handle_of().and_then(|id| scene.links().get(&id));
    if let Some(link) = handle
        && link.handle.distance(at) <= reach.rim
    {
        // A pipe has another handle at its end; a short one has no room for both.
        return match scene.half_of_link(link.id) {
            Some((rate, side, half)) if half.ends_nearer(at) => Hit::PipeEnd(rate, side),
            _ => Hit::Handle(link.id),
        };
    }
    let grips = overlay.handle_of().and_then(|id| scene.frames().get(&id));
    let grips = grips.filter(|frame| !frame.locked);
    let corner = grips.and_then(|frame| {
        let near = |grip: &Grip| grip.place(&frame.rect).distance(at) <= reach.line;
        let grip = Grip::CORNERS.into_iter().find(near)?;
        Some(Hit::Grip(frame.id, grip))
    });
    if let Some(corner) = corner {
        return corner;
    }
    let shown = match badges {
        Badges::Shown => scene.badges(),
        Badges::Hidden => &[],
    };
    let badges = shown.iter().filter(|badge| {
        let radius = badge.radius * badge_factor(badge, reach.zoom);
        badge.center.distance(at) <= radius.max(reach.line)
    });
    if let Some(badge) =
        badges.min_by(|a, b| a.center.distance(at).total_cmp(&b.center.distance(at)))
    {
        return Hit::Badge(badge.key.clone());
    }
    if let Some(id) = finding_at(scene, at, reach, overlay) {
        return Hit::Finding(id);
    }
    if let Some(id) = comments_at(scene, at, reach, overlay) {
        return Hit::Comments(id);
    }
    if let Some(lever) = trial_at(scene, at, reach, overlay) {
        return Hit::Trial(lever);
    }
    let node = node_at(scene, at, reach);
    if let Some(inside @ Hit::Node(_)) = node {
        return inside;
    }
    // Before the rim of the stock that is there.
    if let Some((rate, side)) = scene.pipe_end_at(at, reach.line) {
        return Hit::PipeEnd(rate, side);
    }
    let connectors = overlay.connectors.iter().filter_map(|id| {
        let outline = &seen_rect(scene.nodes().get(id)?, reach.zoom);
        let (distance, heading) = connector_near(outline, at, reach.rim, 1.0 / reach.zoom)?;
        Some((distance, Hit::Connector(*id, heading)))
    });
    let nearest = connectors.min_by(|one, other| one.0.total_cmp(&other.0));
    if let Some(found) = nearest.map(|(_, hit)| hit).or(node) {
        return found;
    }
    if let Some(frame) = frame_titled(scene, at, reach.zoom) {
        return Hit::Frame(frame);
    }
    if let Some(id) = links_at(scene, at, reach).first() {
        return Hit::Link(*id);
    }
    if let Some(rate) = scene.cloud_at(at, reach.line) {
        return Hit::Pipe(rate);
    }
    if let Some(frame) = grips
        && let Some(side) = side_at(&frame.rect, at, reach.line)
    {
        return Hit::Grip(frame.id, side);
    }
    match frame_outlined(scene, at, reach.line) {
        Some(frame) => Hit::Frame(frame),
        None => Hit::Canvas,
    }
}

/// The record whose comments are marked at a place.
fn comments_at(scene: &Scene, at: Point, reach: Reach, overlay: &Overlay) -> Option<Id> {
    let pixel = 1.0 / reach.zoom;
    let mut marked = overlay.comments.keys();
    let found = marked.find(|id| {
        let place = overlay.comment_place(scene, **id, pixel);
        place.is_some_and(|place| place.distance(at) <= reach.line.max(COMMENT_RADIUS * pixel))
    });
    found.copied()
}

/// What is changed by the experiments that are marked at a place.
fn trial_at(scene: &Scene, at: Point, reach: Reach, overlay: &Overlay) -> Option<Lever> {
    let pixel = 1.0 / reach.zoom;
    let mut marked = overlay.trials.keys();
    let found = marked.find(|lever| {
        let place = overlay.trial_place(scene, lever, pixel);
        place.is_some_and(|place| place.distance(at) <= reach.line.max(TRIAL_RADIUS * pixel))
    });
    found.cloned()
}

/// The frame whose title is at a place: of several the one that is painted last.
fn frame_titled(scene: &Scene, at: Point, zoom: f64) -> Option<Id> {
    let frames = scene.frames_touching(&Rect::from_points(at, at));
    let mut frames = frames.into_iter().rev();
    let is_title = |frame: &&FrameShape| {
        let title = frame.seen(zoom).title;
        title.is_some_and(|title| title.contains(at))
    };
    frames.find(is_title).map(|frame| frame.id)
}

/// The frame whose outline passes within reach of a place: of several the one that is painted last.
fn frame_outlined(scene: &Scene, at: Point, reach: f64) -> Option<Id> {
    let frames = scene.frames_touching(&Rect::from_points(at, at).grown(reach));
    let mut frames = frames.into_iter().rev();
    let found = frames.find(|frame| side_at(&frame.rect, at, reach).is_some());
    found.map(|frame| frame.id)
}

/// The record whose finding is marked at a place.
fn finding_at(scene: &Scene, at: Point, reach: Reach, overlay: &Overlay) -> Option<Id> {
    if overlay.findings.is_empty() {
        return None;
    }
    let around = Rect::from_points(at, at).grown(reach.rim + FINDING_ASIDE);
    let near = scene.nodes_touching(&around).into_iter();
    let near = near.chain(scene.links_touching(&around));
    let distance = |id: Id| Some((overlay.finding_place(scene, id)?.distance(at), id));
    let found = near
        .filter_map(distance)
        .filter(|(distance, _)| *distance <= reach.line);
    found
        .min_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, id)| id)
}

/// The variable or note under a place, or the variable whose rim is.
#[must_use]
pub fn node_at(scene: &Scene, at: Point, reach: Reach) -> Option<Hit> {
    // Small names grow most.
    let beyond = magnified(Font::SMALL_NAME.size, reach.zoom) - 1.0;
    let widest = WIDEST_NAME * Font::SMALL_NAME.size / Font::NAME.size;
    let around = Rect::from_points(at, at).grown(reach.rim + widest / 2.0 * beyond);
    let near = scene.nodes_touching(&around);
    let nodes = || near.iter().filter_map(|id| scene.nodes().get(id));
    let over = nodes()
        .filter(|node| seen_distance(node, at, 1.0) <= 0.0)
        .max_by_key(|node| paint_order(node));
    // A name that is larger than it is in the document reaches beyond its outline.
    let over = over.or_else(|| {
        let seen = nodes().filter(|node| seen_distance(node, at, reach.zoom) <= 0.0);
        seen.min_by(|one, other| {
            let distance = |node: &NodeShape| node.rect.distance(at);
            distance(one)
                .total_cmp(&distance(other))
                .then(one.id.cmp(&other.id))
        })
    });
    if let Some(node) = over {
        return Some(Hit::Node(node.id));
    }
    nodes()
        .filter(|node| node.kind != NodeKind::Note)
        .map(|node| (seen_distance(node, at, reach.zoom), node.id))
        .filter(|(distance, _)| *distance <= reach.rim)
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
        .map(|(_, id)| Hit::Rim(id))
}

/// The links that pass within reach of a place, the nearest first.
#[must_use]
pub fn links_at(scene: &Scene, at: Point, reach: Reach) -> Vec<Id> {
    let around = Rect::from_points(at, at).grown(reach.line);
    let near = scene
        .links_touching(&around)
        .into_iter()
        .filter_map(|id| scene.links().get(&id));
    let mut found: Vec<(f64, Id)> = near
        .map(|link| (link.curve.distance(at), link.id))
        .filter(|(distance, _)| *distance <= reach.line)
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, id)| id).collect()
}
