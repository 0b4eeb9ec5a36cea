//! Which module names which, by the paths in a source text.

use super::tokens::{Token, tokens};

/// A path from the root of the package, such as `["model", "Patch"]`, or one into another crate.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub path: Vec<String>,
    pub is_ours: bool,
    pub line: usize,
}

/// The module of a file below `src`, such as `["scene", "chart"]` of `scene/chart/mod.rs`.
pub fn module_of(file: &str) -> Vec<String> {
    let mut module: Vec<String> = file
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    if module
        .last()
        .is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str()))
    {
        module.pop();
    }
    module
}

/// Every path of a source text that begins with `crate`, `self` or `super`, or with one of the
/// crates that are looked for; `use` with braces is as many paths as it names.
pub fn named(module: &[String], source: &str, crates: &[&str]) -> Vec<Named> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    // The module at each brace that is open.
    let mut open = vec![module.to_vec()];
    let mut at = 0;
    while at < tokens.len() {
        let text = |place: usize| tokens.get(place).map_or("", |token: &Token<'_>| token.text);
        let here = open.last().cloned().unwrap_or_default();
        match text(at) {
            "mod" if text(at + 2) == "{" => {
                let mut inner = here;
                inner.push(text(at + 1).to_owned());
                open.push(inner);
                at += 3;
            }
            "{" => {
                open.push(here);
                at += 1;
            }
            "}" => {
                open.pop();
                at += 1;
            }
            "crate" | "self" | "super" if text(at + 1) == "::" => {
                at = tree(&tokens, at, &here, true, &mut found);
            }
            name if crates.contains(&name)
                && (text(at + 1) == "::" || at > 0 && text(at - 1) == "use") =>
            {
                at = tree(&tokens, at, &[], false, &mut found);
            }
            _ => at += 1,
        }
    }
    found
}

/// Reads a path with its branches and gives the place after it.
fn tree(
    tokens: &[Token<'_>],
    mut at: usize,
    base: &[String],
    is_ours: bool,
    found: &mut Vec<Named>,
) -> usize {
    let text = |place: usize| tokens.get(place).map_or("", |token| token.text);
    let line = tokens.get(at).map_or(0, |token| token.line);
    let mut path = base.to_vec();
    loop {
        match text(at) {
            "crate" => path.clear(),
            "self" => {}
            "super" => {
                path.pop();
            }
            "{" => {
                at += 1;
                while !["}", ""].contains(&text(at)) {
                    let before = at;
                    at = tree(tokens, at, &path, is_ours, found);
                    if text(at) == "as" {
                        at += 2;
                    }
                    if text(at) == "," || at == before {
                        at += 1;
                    }
                }
                return at + 1;
            }
            name => path.push(name.to_owned()),
        }
        at += 1;
        if text(at) != "::" {
            found.push(Named {
                path,
                is_ours,
                line,
            });
            return at;
        }
        at += 1;
    }
}

#[test]
fn paths_are_found_wherever_they_stand() {
    let source = "use crate::model::{self, Patch as P, ids::{Id, *}};\n\
        use super::super::scene;\n\
        mod tests { use super::*; use super::super::text; fn f() { crate::lean::g(); self::h(); } }\n\
        use web_sys::{Event, window}; use leptos; pub(crate) fn i() {}";
    let module = module_of("causal/list/rank.rs");
    let told: Vec<String> = named(&module, source, &["web_sys", "leptos"])
        .iter()
        .map(|one| format!("{} {}", one.line, one.path.join("::")))
        .collect();
    assert_eq!(
        told,
        [
            "1 model",
            "1 model::Patch",
            "1 model::ids::Id",
            "1 model::ids::*",
            "2 causal::scene",
            "3 causal::list::rank::*",
            "3 causal::list::text",
            "3 lean::g",
            "3 causal::list::rank::tests::h",
            "4 web_sys::Event",
            "4 web_sys::window",
            "4 leptos",
        ]
    );
    assert_eq!(module_of("scene/chart/mod.rs"), ["scene", "chart"]);
    assert!(module_of("lib.rs").is_empty());
}
