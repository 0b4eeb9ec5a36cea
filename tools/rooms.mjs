// What the page, the web worker and the program of a room are made of, by the rooms of src/ and by other crates. Run by
// ./dev build.
//
//   node tools/rooms.mjs
//
// Sizes are raw bytes of functions before wasm-opt, since only there functions have their names. A
// function belongs to the first crate that its name tells; a copy of std's generic code, such as a
// map's, counts as std, whatever type it was made for.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const OURS = "loopstream";
/** Crates that are told together. */
const FAMILIES = new Map([
  ["std", ["std", "core", "alloc", "hashbrown", "compiler_builtins", "dlmalloc"]],
  ["leptos", ["leptos", "leptos_dom", "tachys", "reactive_graph", "reactive_stores", "any_spawner", "or_poisoned", "throw_error", "either_of"]],
  ["wasm-bindgen", ["wasm_bindgen", "wasm_bindgen_futures", "js_sys", "web_sys", "gloo_events", "gloo_file", "gloo_timers", "Closure"]],
]);

/** Reads what WebAssembly writes. */
class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  text() {
    const length = this.number();
    this.at += length;
    return this.bytes.toString("utf8", this.at - length, this.at);
  }

  *sections() {
    while (this.at < this.bytes.length) {
      const id = this.bytes[this.at++];
      const end = this.number() + this.at;
      yield { id, end };
      this.at = end;
    }
  }
}

const folder = join(targetFolder(), "wasm-bindgen/release");
const programs = ["loopstream", "worker", "together"].map((name) => partsOf(join(folder, `${name}_bg.wasm`)));
const names = [...new Set(programs.flatMap((parts) => [...parts.keys()]))];
const largest = (name) => Math.max(...programs.map((parts) => parts.get(name) ?? 0));

console.log("\n| Made of (before wasm-opt) |      page |    worker |  together |");
console.log("| ------------------------- | --------: | --------: | --------: |");
for (const name of names.sort((a, b) => largest(b) - largest(a))) row(name, ...programs.map((parts) => parts.get(name)));
row("total", ...programs.map(sum));

function row(name, ...sizes) {
  const cells = sizes.map((size) => (size ?? 0).toLocaleString("en-GB").padStart(9));
  console.log(`| ${[name.padEnd(25), ...cells].join(" | ")} |`);
}

function sum(parts) {
  return [...parts.values()].reduce((total, size) => total + size, 0);
}

function targetFolder() {
  const text = execFileSync("cargo", ["metadata", "--no-deps", "--format-version", "1"], { encoding: "utf8" });
  return JSON.parse(text).target_directory;
}

/** How many bytes of a program belong to what; crates with little are told together. */
function partsOf(path) {
  const bytes = readFileSync(path);
  const { sizes, imported, data } = functionsOf(bytes);
  const parts = new Map([["constant data", data]]);
  const called = namesOf(new WebAssembly.Module(bytes));
  sizes.forEach((size, place) => {
    const owner = ownerOf(called.get(imported + place) ?? "");
    parts.set(owner, (parts.get(owner) ?? 0) + size);
  });
  for (const [name, size] of parts) {
    if (name.startsWith("src/") || FAMILIES.has(name) || name === "constant data" || size >= 4_000) continue;
    parts.delete(name);
    parts.set("other crates", (parts.get("other crates") ?? 0) + size);
  }
  return parts;
}

/** A room of ours, a family of crates, or a crate. */
function ownerOf(name) {
  // What is dropped is what is written in the brackets.
  const told = name.replace(/\[[0-9a-f]+\]/g, "").replace(/^core::ptr::drop_in_place</, "");
  const [, crate, room] = /\b([A-Za-z]\w*)(?:::(\w+)|\()/.exec(told) ?? [];
  if (crate === OURS) return room === "main" ? "src/main.rs" : `src/${room}`;
  if (crate === "worker") return "src/bin";
  for (const [family, crates] of FAMILIES) if (crates.includes(crate)) return family;
  // Built-in types and what the compiler adds have no crate.
  return crate ?? "std";
}

/** The names of functions, by number. */
function namesOf(module) {
  const [section] = WebAssembly.Module.customSections(module, "name");
  const reader = new Reader(Buffer.from(section ?? new ArrayBuffer(0)));
  const found = new Map();
  for (const { id, end } of reader.sections()) {
    if (id !== 1) continue;
    for (let left = reader.number(); left > 0; left--) found.set(reader.number(), reader.text());
    reader.at = end;
  }
  return found;
}

/** How long functions are, how many are imported, and how long constant data is. */
function functionsOf(bytes) {
  const reader = new Reader(bytes, 8);
  const found = { sizes: [], imported: 0, data: 0 };
  found.imported = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).filter((one) => one.kind === "function").length;
  for (const { id, end } of reader.sections()) {
    if (id === 11) found.data = end - reader.at;
    if (id !== 10) continue;
    for (let left = reader.number(); left > 0; left--) {
      const size = reader.number();
      found.sizes.push(size);
      reader.at += size;
    }
  }
  return found;
}
