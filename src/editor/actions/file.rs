//! Rows of the table of actions: documents and files.

use super::super::action::{Action as A, ActionRow};
use super::{app, ctrl};

pub(super) const ROWS: &[ActionRow] = &[
    app(A::ExportAs, "Export…", &[]).for_viewers(),
    app(A::CopyCsv, "Copy as CSV", &[]),
    app(A::CopyDot, "Copy as DOT (Graphviz)", &[]),
    app(A::CopyMermaid, "Copy as Mermaid", &[]),
    app(A::Compare, "Compare with another map", &[]).for_viewers(),
    app(A::LayOver, "Lay maps over each other", &[]),
    app(A::MeasuredData, "Import measurements…", &[]),
    app(A::History, "History of this diagram", &[]),
    app(A::ShowStructure, "How the structure changed", &[]),
    app(A::Storage, "Storage and backup", &[]),
    app(A::NewDocument, "New diagram", &[]),
    app(A::Documents, "My diagrams", &[]),
    app(A::Templates, "Open a template", &[]),
    app(A::SaveAsTemplate, "Save as my template", &[]),
    app(A::ShowExample, "Show me an example", &[]),
    app(A::OpenFile, "Open a file", &[ctrl("o")]),
    app(A::SaveFile, "Save as a file", &[ctrl("s")])
        .in_passing()
        .for_viewers(),
    app(A::ExportSvg, "Export SVG", &[])
        .in_passing()
        .for_viewers(),
    app(A::ExportPng, "Export PNG", &[])
        .in_passing()
        .for_viewers(),
    app(A::CopyPicture, "Copy as a picture", &[]).for_viewers(),
    app(A::Print, "Print, or save as PDF", &[ctrl("p")]).for_viewers(),
    app(A::PrintStory, "Print the story…", &[]).for_viewers(),
    app(A::Share, "Share a link", &[]),
    app(A::WorkTogether, "Work together", &[]),
    app(A::PasteText, "Import from text or link…", &[]),
];
