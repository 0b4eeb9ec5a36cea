//! The names that other programs give loops, without the codes before them.

/// A name without a code such as `B2` before it: codes follow from the diagram, and the one that
/// another program gave would contradict them.
pub fn without_code(name: &str) -> &str {
    let Some(rest) = name.strip_prefix(['R', 'B', 'C', 'U']) else {
        return name;
    };
    let words = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_apart = |c: char| c.is_whitespace() || matches!(c, ':' | '.' | ',' | '-' | '\u{2013}');
    let has_number = words.len() < rest.len();
    match has_number && (words.is_empty() || words.starts_with(is_apart)) {
        true => words.trim_start_matches(is_apart),
        false => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_before_names_are_left_out() {
        for (name, left) in [
            ("B2 1 stock 2 variables", "1 stock 2 variables"),
            ("R1: Word of mouth", "Word of mouth"),
            ("R12", ""),
            ("B2B marketing", "B2B marketing"),
            ("Balancing", "Balancing"),
            ("R", "R"),
        ] {
            assert_eq!(without_code(name), left, "{name}");
        }
    }
}
