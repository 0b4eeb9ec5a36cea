//! Tables whose cells no sign separates: of Markdown and wikis, of terminals, aligned by blanks, of
//! HTML. Each becomes the same table with tabs, row by row on the line that it stands on, so that
//! everything that reads tables needs to know one way to write them, and messages name right lines.

mod aligned;
mod html;
mod inline;
mod ruled;

use std::borrow::Cow;

use super::dialect::separator_fitness;

/// A row and the number of its line, counted from zero.
type Row = (usize, Vec<String>);

/// Where the names of the columns are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Header {
    /// In the first row.
    First,
    /// Perhaps under rows with a title.
    Sought,
}

/// A table of another layout with tabs in place of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laid {
    /// The table, with tabs and the quotes of CSV.
    pub text: String,
    /// Where its header is.
    pub header: Header,
    /// How many more tables the text has.
    pub others: usize,
}

/// What was found in a text.
struct Found {
    rows: Vec<Row>,
    header: Header,
    others: usize,
}

/// How well commas, semicolons or tabs must fit a text for it to be one of theirs: half of the rows
/// agree on several columns.
const SEPARATED: f64 = 0.6;

/// The table of a text that has a layout of its own; none for one that separators fit, or none at all.
#[must_use]
pub fn laid(text: &str) -> Option<Laid> {
    let is_separated = || {
        let fits = |separator| separator_fitness(text, separator) >= SEPARATED;
        [',', ';', '\t'].into_iter().any(fits)
    };
    let found = html::table(text);
    let found = found.or_else(|| ruled::table(text, is_separated));
    let found = found.or_else(|| match is_separated() {
        true => None,
        false => aligned::table(text),
    })?;
    Some(Laid {
        text: with_tabs(&found.rows),
        header: found.header,
        others: found.others,
    })
}

/// A text as it is, or the table in it with tabs where it has a layout of its own.
#[must_use]
pub fn as_separated(text: &str) -> Cow<'_, str> {
    match laid(text) {
        Some(laid) => Cow::Owned(laid.text),
        None => Cow::Borrowed(text),
    }
}

/// Rows as text with tabs, each on its line.
fn with_tabs(rows: &[Row]) -> String {
    let mut out = String::new();
    let mut line = 0;
    for (number, cells) in rows {
        while line < *number {
            out.push('\n');
            line += 1;
        }
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                out.push('\t');
            }
            // A line break would move what follows to another line.
            let cell = cell.replace(['\n', '\r'], " ");
            match cell.contains(['"', '\t']) {
                true => {
                    out.push('"');
                    out.push_str(&cell.replace('"', "\"\""));
                    out.push('"');
                }
                false => out.push_str(&cell),
            }
        }
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tabs(text: &str) -> Option<String> {
        laid(text).map(|laid| laid.text)
    }

    #[test]
    fn tables_of_markdown_and_wikis_are_found_among_words() {
        let plain = "Step\tPT\nWrite\t4 h\nTest\t<1 min\n";
        for text in [
            "| Step | PT |\n|------|---:|\n| Write | 4 h |\n| Test | <1 min |\n",
            "Step | PT\n--- | ---\nWrite | 4 h\nTest | &lt;1 min",
            "# Ours\n\nAs of May, more or less:\n\n| **Step** | `PT` |\r\n|:--|:-:|\r\n| [Write](https://e.org) | 4&nbsp;h |\r\n| Test | <1<br>min |\r\n\nThanks, all.\n",
            "|| Step || PT ||\n| Write | 4 h |\n| Test | <1 min |",
            "^ Step ^ PT ^\n| Write | 4 h |\n| Test | <1 min |",
            "+-------+--------+\n| Step  | PT     |\n+=======+========+\n| Write | 4 h    |\n+-------+--------+\n| Test  | <1 min |\n+-------+--------+\n",
            " Step  | PT\n-------+--------\n Write | 4 h\n Test  | <1 min\n(2 rows)\n",
            "|-\n| Step | PT |\n|-------+-----|\n| Write | 4 h |\n| Test | <1 min |",
            "\u{250c}\u{2500}\u{252c}\u{2500}\u{2510}\n\u{2502} Step \u{2502} PT \u{2502}\n\u{251c}\u{2500}\u{253c}\u{2500}\u{2524}\n\u{2502} Write \u{2502} 4 h \u{2502}\n\u{2502} Test \u{2502} <1 min \u{2502}\n",
        ] {
            let found = tabs(text).unwrap_or_default();
            let lines: Vec<&str> = found.lines().filter(|line| !line.is_empty()).collect();
            assert_eq!(lines.join("\n") + "\n", plain, "{text}");
        }
        // Rows stay on their lines.
        let found = tabs("Ours:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n").unwrap();
        assert_eq!(found, "\n\na\tb\n\n1\t2\n");
        // A bar in a cell is written with a sign before it.
        let found = tabs("| a \\| b | c |\n|---|---|\n| `x` | |\n").unwrap();
        assert_eq!(found, "a | b\tc\n\nx\t\n");
    }

    #[test]
    fn columns_that_blanks_align_are_found() {
        for (text, plain) in [
            (
                "Step    Process time  Who\nWrite   4 h           Ada\nReview  30 min        Bob and Cy\n",
                "Step\tProcess time\tWho\nWrite\t4 h\tAda\nReview\t30 min\tBob and Cy\n",
            ),
            (
                "Step     PT   Wait\nWrite           2 h\nTest    4 h\n",
                "Step\tPT\tWait\nWrite\t\t2 h\nTest\t4 h\t\n",
            ),
            (
                "=====  =====\nStep   PT\n=====  =====\nWrite  4 h\nTest   1 h\n=====  =====\n",
                "\nStep\tPT\n\nWrite\t4 h\nTest\t1 h\n",
            ),
            (
                "Ours:\n\nStep    PT\nWrite   4 h\n",
                "\n\nStep\tPT\nWrite\t4 h\n",
            ),
            (
                "\u{9700}\u{8981}  PT\nab    4 h\n",
                "\u{9700}\u{8981}\tPT\nab\t4 h\n",
            ),
        ] {
            assert_eq!(tabs(text).as_deref(), Some(plain), "{text}");
        }
    }

    #[test]
    fn tables_of_html_are_found() {
        let text = "<html><body><p>x</p><table><thead><tr><th>Step</th><th>PT</th></tr></thead>\n<tr><td>A &amp; B</td><td>&lt;1&nbsp;min</td></tr>\n<tr><td>C<td><b>2</b> h</table>";
        assert_eq!(
            tabs(text).as_deref(),
            Some("Step\tPT\nA & B\t<1 min\nC\t2 h\n")
        );
    }

    #[test]
    fn what_separators_fit_stays_as_it_is() {
        for text in [
            "",
            "a,b\n1,2\n",
            "a;b\nx  y;z\nx  y;z\n",
            "Step\tPT\nA  B\t1 h\n",
            "Key,Text,Done\nA,\"| a | b |\n|---|---|\n| 1 | 2 |\",x\nB,y,z\nC,y,z\n",
            "a|b\n1|2\n",
            "Dear all,\nplease come at 9, or later,\nand bring a pen\n",
            "one line  of words",
            "A -->|x| B\nB -->|y| C\n",
            "Title\n-----\nwords\n",
        ] {
            assert_eq!(tabs(text), None, "{text}");
        }
    }
}
