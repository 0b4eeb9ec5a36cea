//! The program that is in a room with others, without a browser: members of a room, a relay, and a
//! network in virtual time.

mod keys;
mod member;
mod relay;
mod world;
