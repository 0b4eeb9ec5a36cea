//! Flow arithmetic: what a value stream can do, what limits it, and how sure that is.

pub mod capacity;
mod elimination;
pub mod factory_physics;
pub mod line;
pub mod network;
mod order;
pub mod queueing;
pub mod traffic;
