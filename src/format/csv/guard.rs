//! Guarding cells that a spreadsheet could take for a formula.
//!
//! A cell that starts with `=`, `+`, `-`, `@`, a tab or a line end can be run as a formula where a
//! spreadsheet opens the file (OWASP, CSV Injection). Such a name or remark gets an apostrophe
//! first, and so does one that has apostrophes before such a sign, so that taking one off gives
//! exactly what was written. A cell of a polarity is a lone `+`, `-` or `?`: a sign alone computes
//! nothing, so it stays as the format and people have it.

/// Whether a cell starts with one of these after any number of apostrophes.
fn is_dangerous(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n',
        // The same signs in full width, which some spreadsheets take for the others.
        '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}',
    ])
}

/// What goes before a name or remark.
pub fn guard(text: &str) -> &'static str {
    if is_dangerous(text) { "'" } else { "" }
}

/// The text without its guard, if it has one.
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guarded_comes_back_and_starts_with_no_sign() {
        for text in [
            "=1+1",
            "+x",
            "-x",
            "@a",
            "\tx",
            "\rx",
            "\n",
            "'=x",
            "''+",
            "'",
            "''",
            "'tis",
            "x=1",
            "",
            "\u{FF1D}1",
            "-",
        ] {
            let guarded = format!("{}{text}", guard(text));
            assert_eq!(unguarded(&guarded), text);
            assert!(!guarded.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
        }
        assert_eq!(guard("plain"), "");
        assert_eq!(unguarded("'plain"), "'plain");
        assert_eq!(unguarded("=1"), "=1");
    }
}
