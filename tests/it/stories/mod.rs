//! Stories: their edits and order, what a step shows, its words, and stories begun by themselves.

mod editing;
mod loops;
mod markdown;
mod order;
mod picture;
mod showing;
mod step_pictures;
mod streams;
