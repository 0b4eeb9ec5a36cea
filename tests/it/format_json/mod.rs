//! The native format: round trips, strictness with its exact words, and damaged input.

mod any;
mod described;
mod faults;
mod files;
mod opening;
mod patches;

/// A small file with every field, as it is written.
const WHOLE: &str = r#"{
  "format": "loopstream",
  "version": 6,
  "title": "Deploy \"fear\"",
  "variables": [
    {"id": "a", "name": "batch size", "x": 10, "y": -20.5},
    {"id": "b", "name": "risk", "kind": "stock", "x": 0, "y": 0, "layer": -1, "group": "g", "locked": true, "remark": "per\nrelease", "colour": "red", "size": "large", "emphasis": true}
  ],
  "links": [
    {"id": "ab", "from": "a", "to": "b", "polarity": "+", "delayed": true, "bend": 0.25, "remark": "more changes", "label": "each week", "strength": "strong", "colour": "blue", "emphasis": true},
    {"id": "ba", "from": "b", "to": "a", "polarity": "?"}
  ],
  "notes": [
    {"id": "n", "text": "", "x": 1, "y": 2},
    {"id": "o", "text": "é", "width": 300, "x": 1, "y": 2, "layer": 3, "colour": "yellow", "size": "small", "emphasis": true}
  ],
  "loops": [
    {"id": "l", "links": ["ab", "ba"], "name": "Fear", "remark": "why", "badge": {"x": 5, "y": 0}}
  ]
}
"#;
