//! The program that is in a room with others, without a browser: members of a room, a relay, and a
//! network in virtual time; or channels from page to page.

mod direct;
mod hostile;
mod keys;
mod member;
mod model;
mod relay;
mod reports;
mod stored;
mod world;
