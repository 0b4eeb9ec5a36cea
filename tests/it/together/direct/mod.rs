//! A room without a relay: pages with channels to each other, in virtual time.

mod between;
mod frames;
mod mesh;
mod model;
mod strangers;
mod two;
mod viewing;
mod wire;
mod world;
