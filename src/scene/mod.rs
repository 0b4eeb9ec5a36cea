//! What is drawn of a document, and where: shapes, display list, finding, snapping.
//!
//! The one description of the picture: canvas, SVG and PNG all show it.

mod badge;
mod badges;
pub mod beside;
mod bitmap;
mod build;
mod caption;
pub mod chart;
mod connector;
mod contents;
mod curve;
mod differing;
mod edges;
mod flow;
mod frame;
mod hit;
mod hyphen;
mod inside;
mod label;
mod ladder;
mod legend;
mod legible;
mod link;
mod link_label;
mod link_look;
mod linked_view;
mod magnify;
mod marks;
mod node;
mod overlay;
mod people_marks;
mod people_pointers;
mod pipe;
mod pipe_route;
mod pipe_way;
mod pipes;
mod play_marks;
mod primitive;
mod reel;
mod run_marks;
mod run_tags;
mod seen;
mod seen_at;
mod seen_badge;
mod sheet;
mod showing;
mod sign;
mod snap;
mod spatial;
mod station;
mod text;
mod theme;
mod trial_marks;
mod view;
mod watch_marks;

pub use badge::{BADGE_RADIUS, BadgeShape, Turn};
pub use badges::{LONGEST_BADGED_LOOP, MAXIMUM_BADGES};
pub use bitmap::{SHARP, bitmap_scale};
pub use build::{Changed, Scene};
pub use caption::{Place, Words};
pub use connector::Heading;
pub use contents::PaintedShape;
pub use curve::Curve;
pub use differing::Ghost;
pub use frame::{FrameShape, Grip, SeenFrame};
pub use hit::{Badges, Hit, Reach, hit, links_at, node_at};
pub use inside::stations_in_frames;
pub use label::{Label, seen_node};
pub use legible::{Legible, seen_link, seen_pipe};
pub use link::{LinkShape, LinkSizes, link_shape, rim_point};
pub use link_look::LinkColours;
pub use linked_view::{LinkedView, ViewStep};
pub use magnify::{READABLE, magnified, seen_rect};
pub use marks::{LadderStep, LadderTime, MarkShape, Marks, Tag, TagKind, seen_marks};
pub use node::{
    NodeForm, NodeKind, NodeShape, PLACEHOLDER, image_size, name_font, name_margin, name_width,
    note_font, variable_shape,
};
pub use overlay::{
    Overlay, draw_found, draw_loop, draw_near, draw_overlay, draw_records, draw_run,
};
pub use people_marks::{PersonMark, dragged_boxes, draw_people};
pub use people_pointers::{PointerMark, draw_pointer};
pub use pipe::{PipeHalf, PipeShape};
pub use pipe_route::CLOUD_DISTANCE;
pub use pipe_way::{HalfRoute, VALVE_HALF, turned};
pub use play_marks::draw_play;
pub use primitive::{Align, Dash, Path, Primitive, Segment, Stroke};
pub use reel::{Happening, Passage, Reel, ReelEnd, ReelEvent, Stand, Whole};
pub use run_marks::{DrivingMark, RunMark, RunMarks, presented_pixel};
pub use run_tags::{RunTag, TagContent, run_tags};
pub use seen::{seen_bounds, whole_view};
pub use seen_at::SeenAt;
pub use seen_badge::{NamePlace, badge_factor, seen_badge};
pub use sheet::{Background, PictureLook, Sheet, sheet};
pub use showing::{PAPER_OVER_DIMMED, dims, draw_shown};
pub use sign::SignSide;
pub use snap::{Guide, Snapped, snap};
pub use spatial::SpatialIndex;
pub use station::short_name;
pub use text::{EstimatedText, FONT_FAMILY, Font, Lines, MeasureText, Weight, break_lines};
pub use theme::{Ink, Theme};
pub use trial_marks::{TrialMark, trial_marks};
pub use view::View;
pub use watch_marks::{WatchDot, WatchMarks, draw_watch};
