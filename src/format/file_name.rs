//! What a file of a document is called, and a document whose file has a name.

use crate::model::{Document, Edit, Properties};

/// The title as the name of a file with this ending: words of letters and digits, joined by hyphens.
#[must_use]
pub fn file_name(title: &str, ending: &str) -> String {
    let plain: String = title
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii() {
                c
            } else {
                ' '
            }
        })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let stem = if words.is_empty() {
        "diagram".to_owned()
    } else {
        words.join("-")
    };
    format!("{stem}.{ending}")
}

/// Gives a document without a title that of its file; what has no ending is no file.
pub fn entitle(document: &mut Document, name: &str) {
    let Some((stem, _)) = name.split_once('.') else {
        return;
    };
    if !document.properties().title.is_empty() {
        return;
    }
    let title = stem.replace(['-', '_'], " ").trim().to_owned();
    let mut edit = Edit::new(document);
    edit.set_properties(Properties {
        title,
        ..document.properties().clone()
    });
    let patch = edit.finish();
    // A title over its limit is refused; then it stays without.
    let _ = document.apply(&patch);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names() {
        for (title, name) in [
            ("Fear of deploying", "Fear-of-deploying.svg"),
            ("../a\\b: c?", "a-b-c.svg"),
            ("D\u{e9}lai", "D\u{e9}lai.svg"),
            (" ", "diagram.svg"),
        ] {
            assert_eq!(file_name(title, "svg"), name);
        }
    }
}
