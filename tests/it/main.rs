//! The host's integration tests: one program, a module for each part of the house.
//!
//! `cargo test --test it NAME::` runs one module, `cargo test --test it NAME::TEST` one test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it did not expect"
)]

mod archetypes;
mod check;
mod common;
mod community_matrices;
mod compare;
mod differing;
mod direction;
mod editor;
mod events;
mod exact_count;
mod faults;
mod fitting;
mod format_csv;
mod format_drawn;
mod format_field;
mod format_graphs;
mod format_json;
mod format_loopy;
mod format_maps;
mod format_pairs;
mod format_report;
mod format_run;
mod format_sd_json;
mod format_vensim;
mod format_xmile;
mod golden_svg;
mod graph_files;
mod hostile;
mod house;
mod images;
mod intervention;
mod laid_over;
mod layout;
mod leverage;
mod loop_list;
mod loop_search;
mod loop_set;
mod mapped;
mod measured;
mod models;
mod names;
mod patch;
mod people_marks;
mod pipe_ways;
mod pipes;
mod play;
mod press;
mod quantity;
mod retrospective;
mod run_tags;
mod sharing;
mod simulate;
mod store;
mod stories;
mod story_page;
mod stream;
mod sync;
mod templates;
mod text_merge;
mod together;
mod together_words;
mod tokens;
mod trace;
mod worker;
