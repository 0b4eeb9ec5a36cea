//! A document in a room: its base is that of the room, and nothing is lost.

mod act;
mod cases;
mod lag;
mod model;
mod program;
mod world;
