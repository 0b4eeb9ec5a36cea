//! What can happen to a text, by accident or on purpose.

use proptest::prelude::*;
use proptest::sample::Index;

/// What can happen to a file.
#[derive(Clone, Debug)]
pub enum Damage {
    Flip(Index, u8),
    Truncate(Index),
    Repeat(Index, usize),
    Swap(Index, Index),
    Drop(Index),
    Splice(Index, Index),
    Insert(Index, &'static str),
}

/// Texts that programs often stumble over.
const STUMBLING: &[&str] = &[
    "\0",
    "\u{FEFF}",
    "\u{202E}",
    "1e999",
    "-1e308",
    "99999999999999999999",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    "{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{",
    "\"",
    "\\",
    "\r",
    "%",
    "%25%25",
    "&#1114112;",
    "#99999999999;",
    "null",
    "\u{1F98A}",
];

pub fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        (any::<Index>(), 0..8_u8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        any::<Index>().prop_map(Damage::Truncate),
        (any::<Index>(), 1..200_usize).prop_map(|(at, bytes)| Damage::Repeat(at, bytes)),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Damage::Swap(a, b)),
        any::<Index>().prop_map(Damage::Drop),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Damage::Splice(a, b)),
        (any::<Index>(), prop::sample::select(STUMBLING))
            .prop_map(|(at, text)| Damage::Insert(at, text)),
    ]
}

pub fn damaged(text: &str, damage: &[Damage]) -> String {
    let mut text = text.to_owned();
    for damage in damage {
        if text.is_empty() {
            break;
        }
        text = damaged_once(&text, damage);
    }
    text
}

fn damaged_once(text: &str, damage: &Damage) -> String {
    let mut bytes = text.as_bytes().to_vec();
    match damage {
        Damage::Flip(at, bit) => bytes[at.index(text.len())] ^= 1 << bit,
        Damage::Truncate(at) => bytes.truncate(at.index(text.len())),
        Damage::Repeat(at, length) => {
            let start = at.index(text.len());
            let end = (start + length).min(text.len());
            let again = bytes[start..end].to_vec();
            bytes.splice(end..end, again);
        }
        Damage::Splice(end, begin) => {
            let again = bytes[begin.index(text.len())..].to_vec();
            bytes.splice(end.index(text.len()).., again);
        }
        Damage::Insert(at, other) => {
            let at = at.index(text.len());
            bytes.splice(at..at, other.bytes());
        }
        Damage::Swap(a, b) => {
            let mut tokens = tokens(text);
            let (a, b) = (a.index(tokens.len()), b.index(tokens.len()));
            tokens.swap(a, b);
            return tokens.concat();
        }
        Damage::Drop(at) => {
            let mut tokens = tokens(text);
            tokens.remove(at.index(tokens.len()));
            return tokens.concat();
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Words, and single signs between them.
fn tokens(text: &str) -> Vec<&str> {
    text.split_inclusive(|c: char| !c.is_alphanumeric())
        .flat_map(|part| {
            let end = part.char_indices().next_back().map_or(0, |(at, _)| at);
            [&part[..end], &part[end..]]
        })
        .filter(|part| !part.is_empty())
        .collect()
}

/// Texts made to cost more than they are long: deep, wide, or slow to look through.
pub fn bombs() -> Vec<(&'static str, String)> {
    let many = 60_000;
    let numbered = |line: &dyn Fn(usize) -> String| (0..many).map(line).collect::<String>();
    // Names that differ in case alone, which are alike to who reads carelessly.
    let alike = |number: usize| -> String {
        (0..17)
            .map(|bit| if number >> bit & 1 == 1 { 'A' } else { 'a' })
            .collect()
    };
    vec![
        ("deep lists", "[".repeat(1_000_000)),
        ("deep objects", "{\"elements\":".repeat(200_000)),
        ("deep groups", format!("digraph {}", "{".repeat(1_000_000))),
        (
            "nested edges",
            format!("digraph {{{}", "{a->".repeat(200_000)),
        ),
        (
            "pairs of groups",
            format!(
                "strict digraph {{{}}}",
                format!(
                    "{{{}}}->{{{}}};",
                    "a;b;c;d;".repeat(250),
                    "e;f;g;h;".repeat(250)
                )
                .repeat(300)
            ),
        ),
        (
            "wide groups",
            format!(
                "digraph {{{{{}}}->{{{}}}}}",
                numbered(&|n| format!("a{n};")),
                numbered(&|n| format!("b{n};"))
            ),
        ),
        (
            "ampersands",
            format!("graph LR\n{}a --> b\n", "a & ".repeat(200_000)),
        ),
        (
            "pairs in one line",
            format!(
                "graph LR\n{}z",
                format!("{}a --> ", "a & ".repeat(90)).repeat(2_000)
            ),
        ),
        (
            "open quotes",
            format!("graph LR\n{}", "a[\"x\n".repeat(100_000)),
        ),
        (
            "open brackets",
            format!("graph LR\n{}", "a(((".repeat(300_000)),
        ),
        (
            "half arrows",
            format!("graph LR\na {}", "-- x ".repeat(200_000)),
        ),
        (
            "hashes",
            format!("graph LR\na[\"{}\"]", "#".repeat(1_000_000)),
        ),
        (
            "entities",
            format!("digraph {{a [label=\"{}\"]}}", "&".repeat(1_000_000)),
        ),
        (
            "tags",
            format!("digraph {{a [label=<{}>]}}", "<b>".repeat(300_000)),
        ),
        (
            "quotes put together",
            format!("digraph {{{}}}", "\"a\"+".repeat(300_000)),
        ),
        (
            "alike names in a table",
            format!("from,to\n{}", numbered(&|n| format!("{},x\n", alike(n)))),
        ),
        (
            "alike names in a list",
            format!(
                "{{\"relationships\":[{}{{\"from\":\"x\",\"to\":\"y\"}}]}}",
                numbered(&|n| format!("{{\"from\":\"{}\",\"to\":\"x\"}},", alike(n)))
            ),
        ),
        (
            "alike labels",
            format!(
                "{{\"connections\":[],\"elements\":[{}{{\"label\":\"x\"}}]}}",
                numbered(&|n| format!("{{\"label\":\"{}\"}},", alike(n)))
            ),
        ),
        (
            "links on each other",
            format!("from,to\n{}", "a,b\n".repeat(many)),
        ),
        (
            "faults in every line",
            format!("from,to,delay\n{}", "a,b,x\n".repeat(300_000)),
        ),
        (
            "one link said by many for many reasons",
            format!(
                "from,to,reason,who,weight\n{}",
                numbered(&|n| format!("a,b,r{n},p{n},{n}\n"))
            ),
        ),
        (
            "a row as wide as a list is long",
            format!(
                "from,to,{}\n{}",
                numbered(&|n| format!("c{n},")),
                numbered(&|n| format!("a{n},b\n"))
            ),
        ),
        (
            "edges that are drawn again",
            format!(
                "graph LR\n{}",
                numbered(&|n| format!("a -->|w{}| b\na --> b\n", n % 30_000))
            ),
        ),
        (
            "lists that do not end",
            format!("see {}", "?data=[\"?data=[%22&data=[&quot;".repeat(100_000)),
        ),
        (
            "curved quotes that do not close",
            format!("digraph {{ a [x={}", "\u{201C} ".repeat(500_000)),
        ),
        (
            "entities without a name",
            format!("graph LR\na[\"{}\"]", "&zz;".repeat(300_000)),
        ),
        (
            "a loop of many connections",
            format!(
                "{{\"elements\":[],\"connections\":[{}{{\"from\":\"x\",\"to\":\"y\"}}],\"loops\":[{{\"label\":\"l\",\"connections\":[{}\"none\"]}}]}}",
                (0..20_000)
                    .map(|n| format!(
                        "{{\"id\":\"c{n}\",\"from\":\"v{}\",\"to\":\"v{n}\"}},",
                        n + 1
                    ))
                    .collect::<String>(),
                (0..20_000)
                    .map(|n| format!("\"c{n}\","))
                    .collect::<String>()
            ),
        ),
        (
            "models within texts",
            format!(
                "{{\"content\":{}",
                "[{\"nodes\":[],\"x\":\"{nodes links}\"},".repeat(20)
            ),
        ),
        ("percents", format!("[[{}", "%25".repeat(1_000_000))),
        ("one long line", "x".repeat(5_000_000)),
        ("NULs", "\0".repeat(1_000_000)),
        (
            "fields",
            format!(
                "{{\"elements\":[{{\"label\":\"a\"{}}}],\"connections\":[]}}",
                numbered(&|n| format!(",\"f{n}\":1"))
            ),
        ),
    ]
}
