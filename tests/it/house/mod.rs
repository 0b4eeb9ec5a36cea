//! What `ARCHITECTURE.md` says about the house: which room may use which. And what holds of it and of
//! `docs/dev/`: what they name is there, and the map is short.

mod named;
mod paths;
mod rooms;
mod tokens;
