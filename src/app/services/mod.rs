//! What the page does: functions over the state, such as saving and sharing.

pub mod address;
pub mod arrange;
pub mod canvas_drag;
pub mod clipboard;
pub mod documents;
pub mod equation;
pub mod export;
pub mod files;
pub mod find;
pub mod frame;
pub mod images;
pub mod improvements;
pub mod notify;
pub mod offline;
pub mod panels;
pub mod pictures;
pub mod print;
pub mod reports;
pub mod run;
pub mod run_moment;
pub mod saving;
pub mod storage;
pub mod streams;
pub mod templates;
pub mod theme;
pub mod worker;
