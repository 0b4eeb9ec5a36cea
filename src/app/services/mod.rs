//! What the page does: functions over the state, such as saving and sharing.

pub mod address;
pub mod arrange;
pub mod clipboard;
pub mod documents;
pub mod errand;
pub mod export;
pub mod files;
pub mod local;
pub mod offline;
pub mod print;
pub mod saving;
pub mod theme;
pub mod workbench;
