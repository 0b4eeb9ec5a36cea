//! What `ARCHITECTURE.md` says of the house: which room may use which, and that what it names is there.

mod named;
mod paths;
mod rooms;
mod tokens;
