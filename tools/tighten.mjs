// Makes a release build smaller without changing what it does. Run by ./dev build, after Trunk.
//
//   node tools/tighten.mjs --dist dist
//
// wasm-bindgen keeps what any crate exports to scripts, gives every import a long name with a
// hash that no compression shortens, and writes comments. The page needs none of that: what its
// script does not call is taken out of the program, with all that only this needed; then imports
// that are left get short names. Files whose content changes get a new hash in their names.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({ options: { dist: { type: "string", default: "dist" } } });

// What stable Rust's code for browsers uses; wasm-opt must neither refuse it nor add to it.
const FEATURES = [
  "bulk-memory", "bulk-memory-opt", "call-indirect-overlong", "multivalue", "mutable-globals",
  "nontrapping-float-to-int", "reference-types", "sign-ext",
];

const names = readdirSync(options.dist);
const script = only(/^loopstream-[0-9a-f]+\.js$/);
const program = only(/^loopstream-[0-9a-f]+_bg\.wasm$/);

let glue = withoutClasses(readFileSync(join(options.dist, script), "utf8"));
let wasm = readFileSync(join(options.dist, program));
wasm = optimized(edited(wasm, { exported: (name) => glue.includes(`wasm.${name}`) }));

const imports = new Set();
edited(wasm, { imported: (name) => (imports.add(name), name) });
glue = withoutImports(glue, imports);
const short = new Map([...imports].map((name, index) => [name, shortName(index)]));
for (const [name, brief] of short) {
  // A whole word, and once: where it is defined.
  const word = new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`, "g");
  const found = glue.match(word)?.length ?? 0;
  if (found !== 1) fail(`the import ${name} is named ${found} times in ${script}`);
  glue = glue.replace(word, brief);
}
wasm = edited(wasm, { imported: (name) => short.get(name), module: () => "_" });
const module = /"\.\/loopstream_bg\.js": import0/g;
if (glue.match(module)?.length !== 1) fail(`${script} does not give its imports as expected`);
glue = glue.replace(module, "_: import0");
if (!WebAssembly.validate(wasm)) fail(`${program} is no longer valid`);
glue = withoutComments(glue);

let page = readFileSync(join(options.dist, "index.html"), "utf8");
replaceFile(script, Buffer.from(glue));
replaceFile(program, wasm);
writeFileSync(join(options.dist, "index.html"), page);

/** The one file of the build whose name is like this. */
function only(pattern) {
  const found = names.filter((name) => pattern.test(name));
  if (found.length !== 1) fail(`${options.dist} has ${found.length} files like ${pattern}`);
  return found[0];
}

function fail(why) {
  console.error(`error: ${why}; tools/tighten.mjs does not know this version of wasm-bindgen`);
  process.exit(1);
}

/** The script without classes that it offers to other scripts: there are none. */
function withoutClasses(text) {
  for (const [, name] of text.matchAll(/^export class (\w+) \{$/gm)) {
    text = text
      .replace(new RegExp(`^export class ${name} \\{$.*?^\\}\\n`, "ms"), "")
      .replace(new RegExp(`^if \\(Symbol\\.dispose\\) ${name}\\..*\\n`, "m"), "")
      .replace(new RegExp(`^const ${name}Finalization = [^;]*;\\n`, "m"), "");
    if (new RegExp(`\\b${name}`).test(text)) fail(`the class ${name} is used`);
  }
  return text;
}

/** The script without imports that the program does not name. */
function withoutImports(text, needed) {
  const entry = /^ {8}([\w$]+): function.*?^ {8}\}.*\n/gms;
  return text.replace(entry, (whole, name) => (needed.has(name) ? whole : ""));
}

/** The script without comments that have a line of their own, and without indentation. */
function withoutComments(text) {
  return text
    .replace(/^\s*\/\*\*.*?\*\/\n/gms, "")
    .replace(/^\s*\/\/.*\n/gm, "")
    .replace(/^[ \t]+/gm, "")
    .replace(/\n{2,}/g, "\n");
}

/** a, b, ... z, aa, ab, ... */
function shortName(index) {
  const letter = String.fromCharCode(97 + (index % 26));
  // With a capital first, so that no name is a word of the language.
  return index < 26 ? letter : `${String.fromCharCode(64 + Math.floor(index / 26))}${letter}`;
}

/** Runs wasm-opt once more, so that what nothing needs any longer goes. */
function optimized(bytes) {
  const folder = mkdtempSync(join(tmpdir(), "loopstream-"));
  const [before, after] = [join(folder, "before.wasm"), join(folder, "after.wasm")];
  writeFileSync(before, bytes);
  const features = FEATURES.map((name) => `--enable-${name}`);
  execFileSync("wasm-opt", [...features, "-O2", before, "-o", after], { stdio: "inherit" });
  const result = readFileSync(after);
  rmSync(folder, { recursive: true });
  return result;
}

/** Puts new content in the place of a file, under a name with the hash of that content. */
function replaceFile(name, content) {
  const digest = createHash("sha384").update(content).digest();
  const fresh = name.replace(/-[0-9a-f]{16}/, `-${digest.toString("hex").slice(0, 16)}`);
  const old = createHash("sha384").update(readFileSync(join(options.dist, name))).digest("base64");
  if (!page.includes(name) || !page.includes(old)) fail(`index.html does not name ${name} with its hash`);
  page = page.replaceAll(name, fresh).replaceAll(old, digest.toString("base64"));
  rmSync(join(options.dist, name));
  writeFileSync(join(options.dist, fresh), content);
}

/**
 * A WebAssembly module with other imports and exports.
 *
 * `exported` says by its name whether an export stays; `imported` and `module` give an import
 * and its module another name.
 */
function edited(bytes, { exported = () => true, imported = (name) => name, module = (name) => name }) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const text = () => {
    const length = number();
    at += length;
    return bytes.toString("utf8", at - length, at);
  };
  const parts = [bytes.subarray(0, 8)];
  while (at < bytes.length) {
    const [start, id] = [at, bytes[at++]];
    const end = number() + at;
    if (id !== 2 && id !== 7) {
      parts.push(bytes.subarray(start, end));
      at = end;
      continue;
    }
    const entries = [];
    for (let left = number(); left > 0; left--) {
      const entry = id === 2 ? [written(module(text())), written(imported(text()))] : [];
      const name = id === 7 ? text() : "";
      const from = at;
      const kind = bytes[at++];
      if (id === 2 && kind !== 0) fail(`${program} imports something that is no function`);
      number();
      entry.push(id === 7 ? written(name) : Buffer.alloc(0), bytes.subarray(from, at));
      if (id === 2 || exported(name)) entries.push(Buffer.concat(entry));
    }
    const content = Buffer.concat([leb(entries.length), ...entries]);
    parts.push(Buffer.from([id]), leb(content.length), content);
  }
  return Buffer.concat(parts);
}

/** A number as WebAssembly writes it. */
function leb(value) {
  const result = [];
  for (; value >= 0x80; value = Math.floor(value / 128)) result.push((value % 128) | 0x80);
  return Buffer.from([...result, value]);
}

/** A text as WebAssembly writes it. */
function written(text) {
  const content = Buffer.from(text);
  return Buffer.concat([leb(content.length), content]);
}
