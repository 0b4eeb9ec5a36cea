//! What a person sees: Leptos components for canvas, panels, dialogs and bars.

pub mod chooser;
pub mod context_bar;
pub mod context_menu;
pub mod dialogs;
pub mod empty_state;
pub mod field;
pub mod find_bar;
pub mod icon;
mod listeners;
pub mod lit_chip;
pub mod loop_name_field;
pub mod menu;
pub mod minimap;
pub mod panels;
pub mod panic_page;
pub mod report;
mod second_click;
pub mod shell;
pub mod stage;
pub mod style_panel;
pub mod text_field;
pub mod toast;
pub mod toolbar;
mod tooltip;
pub mod top_bar;
pub mod view_bar;
pub mod zoom_bar;
