//! Writes what a fuzzer begins with: small documents in every format, and texts by hand of what is
//! only read.

use std::path::Path;
use std::{fs, io};

use loopstream::format::{Drawing, WRITERS, json, write_patch};
use loopstream::model::{Document, Patch};
use loopstream::scene::{EstimatedText, PictureLook, Scene, Theme};
use loopstream_fuzz::TARGETS;

/// Which targets begin with what a writer wrote.
const WRITTEN: &[(&str, &[&str])] = &[
    ("loopstream", &["json", "backup", "any"]),
    ("loopy", &["loopy", "any"]),
    ("loopy-link", &["loopy", "any"]),
    ("sd-json", &["sd-json", "any"]),
    ("csv", &["csv", "any"]),
    ("kumu", &["kumu", "any"]),
    ("dot", &["dot", "any"]),
    ("mermaid", &["mermaid", "any"]),
    ("svg", &["svg", "any"]),
    ("vensim", &["vensim", "any"]),
    ("xmile", &["xmile", "any"]),
];

/// Texts of what is read and not written, and of what the writers do not use of a format.
const BY_HAND: &[(&str, &str)] = &[
    (
        "sage",
        r#"{"version":"1.27.0","filename":"m","nodes":[{"key":"Node-1","data":{"title":"a","x":1,"y":2,"isAccumulator":true}},{"key":"T","data":{"title":"t","x":5,"y":6}},{"key":"Node-2","data":{"title":"b","x":3,"y":4,"isAccumulator":true}}],"links":[{"sourceNode":"Node-1","targetNode":"Node-2","relation":{"type":"transfer","formula":"in"},"transferNode":"T"},{"sourceNode":"Node-2","targetNode":"T","relation":{"type":"range","text":"decrease","formula":"maxIn - in"},"reasoning":"r"}]}"#,
    ),
    (
        "dot",
        "strict graph \"g\" { node [shape=plaintext]; subgraph c { label=x; a -- {b c:n} [label=<<b>-</b>>, dir=both] } a [shape=box] # c\n}",
    ),
    (
        "mermaid",
        "```mermaid\n%% c\ngraph TD; a[\"x#43;y\"]:::stock & b((b)) -- \"+ //\" --> c{d} -.-> e@{ shape: rect, label: \"f\" }\nsubgraph g\n a <--> b\nend\n```",
    ),
    (
        "csv",
        "\u{FEFF}Source;TARGET;delay;x\r\n\"a;b\"\"c\";d;yes;\r\n",
    ),
    (
        "kumu",
        r#"{"elements":[{"label":"A","tags":["t"],"type":"Stock"},{"label":"B"}],"connections":[{"from":"A","to":"B","direction":"mutual","type":"+","delay":true}]}"#,
    ),
    (
        "link",
        "z1.q1YqSy0qzszPU7JSysnPLy4pSk3MVdJRKkstKs7Mz1OyMqwFAA",
    ),
    (
        "table",
        "Key,Created,In Progress,Review queue,Done\nA-1,2026-10-01 09:00,2026-10-03,2026-10-05,2026-10-09\nA-2,2026-10-02,,25/Nov/26 2:03 PM,\n",
    ),
    (
        "table",
        "step;PT (min);Wait [days];%C&A;people\nbuild;12,5;3;80 %;2\ntest;1.200;;;1\n",
    ),
    (
        "loopy",
        "[[[1,0,0,0.5,\"a%20b\",4]],[[1,1,80,-1,90]],[[5,5,\"n\"]],1]",
    ),
];

/// A chunk as the target of pictures has it (a kind, a length, what it holds): the packed text "{}"
/// as a picture carries it.
const CARRIED: &[u8] =
    b"\x00\x22Loopstream document\0\x01\0\0\0\x78\x9c\xab\xae\x05\0\x01\x75\0\xf9\x05\0";

/// An update of a relay: two elements in a row and one alone, and what was taken out.
const UPDATE: &[u8] =
    b"\x01\x02\x05\0\x08\x01\x03log\x02\x74\x01a\x74\x01b\x83\x05\x01\x02cd\x01\x05\x01\x01\x01";

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for target in TARGETS {
        fs::create_dir_all(folder.join(target.name))?;
    }
    for (number, (target, text)) in BY_HAND.iter().enumerate() {
        for target in [target, "any"] {
            fs::write(folder.join(target).join(format!("hand-{number}")), text)?;
        }
    }
    fs::write(folder.join("png").join("hand"), CARRIED)?;
    fs::write(folder.join("relay").join("hand"), UPDATE)?;
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden");
    for entry in fs::read_dir(golden)? {
        let path = entry?.path();
        let text = fs::read_to_string(&path)?;
        let name = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or("seed");
        if let Ok(opened) = json::read(&text) {
            write_all(&folder, name, &opened.document)?;
        }
    }
    Ok(())
}

/// The document in every format, and as a patch.
fn write_all(folder: &Path, name: &str, document: &Document) -> io::Result<()> {
    let draw = |drawing: &Drawing<'_>| Scene::new(drawing.document(), &EstimatedText);
    let drawing = Drawing::new(document, PictureLook::plain(Theme::Light), &draw);
    for (key, targets) in WRITTEN {
        let Some(writer) = WRITERS.iter().find(|writer| writer.key == *key) else {
            continue;
        };
        let text = (writer.write)(&drawing).text;
        for target in *targets {
            fs::write(folder.join(target).join(format!("{name}-{key}")), &text)?;
        }
    }
    let patch = write_patch(&Patch::between(&Document::default(), document));
    let room = [entry(0, patch.as_bytes()), entry(1, &snapshot(document))];
    for (number, entry) in room.iter().enumerate() {
        fs::write(folder.join("room").join(format!("{name}-{number}")), entry)?;
    }
    fs::write(folder.join("patch").join(name), patch)
}

/// A parcel of one entry, unpacked: the tab 7 and its first entry, then a Lamport time, when it was
/// made, the rules, and what it does after its length.
fn entry(kind: u8, what: &[u8]) -> Vec<u8> {
    let mut bytes = vec![7, 1, 1, 1, 0, 1, kind];
    let mut length = what.len();
    while length > 127 {
        bytes.push((length % 128) as u8 + 128);
        length /= 128;
    }
    bytes.push(length as u8);
    bytes.extend(what);
    bytes
}

/// A snapshot that covers itself and lets nothing go.
fn snapshot(document: &Document) -> Vec<u8> {
    let mut bytes = vec![1, 7, 1, 0];
    bytes.extend(json::write(document).into_bytes());
    bytes
}
