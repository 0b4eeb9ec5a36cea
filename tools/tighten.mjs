// Makes a release build smaller without changing what it does. Run by ./dev build, after Trunk.
//
//   node tools/tighten.mjs --dist dist
//
// wasm-bindgen keeps what any crate exports to scripts, gives every import a long name with a
// hash that no compression shortens, and writes comments. The page needs none of that: what its
// script does not call is taken out of the program, with all that only this needed; then imports
// that are left get short names, and functions that are alike stand together. Files whose content changes get a new hash in their names. The
// same is done with the web worker, whose script gets the line that starts it.

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

// How many least hashes stand for a function.
const HASHES = 256;

const names = readdirSync(options.dist);
let page = readFileSync(join(options.dist, "index.html"), "utf8");

const app = tightened({
  script: only(/^loopstream-[0-9a-f]+\.js$/),
  program: only(/^loopstream-[0-9a-f]+_bg\.wasm$/),
  module: '"./loopstream_bg.js"',
});
app.wasm = ordered(app.wasm, app.program);
replaceNamed(app.script, Buffer.from(app.glue));
replaceNamed(app.program, app.wasm);

const worker = tightened({ script: "workbench.js", program: "workbench_bg.wasm", module: '"./workbench_bg.js"' });
const workerProgram = replaceFile("workbench_bg.wasm", `workbench-${digestOf(worker.wasm)}_bg.wasm`, worker.wasm);
// A worker has no page to start it: it fetches its program from beside itself.
const starts = `${worker.glue}\nwasm_bindgen({ module_or_path: new URL("${workerProgram}", self.location.href) });\n`;
const workerScript = replaceFile("workbench.js", `workbench-${digestOf(starts)}.js`, Buffer.from(starts));
const loader = only(/^workbench_loader\.js$/);
rmSync(join(options.dist, loader));
if (!page.includes(`content="${loader}"`) && !page.includes(`content=${loader}`)) fail(`index.html does not name ${loader}`);
page = page.replace(loader, workerScript);

writeFileSync(join(options.dist, "index.html"), leanPage(page));

/** A program and its script without what they do not need of each other. */
function tightened({ script, program, module }) {
  let glue = withoutClasses(readFileSync(join(options.dist, script), "utf8"));
  let wasm = readFileSync(join(options.dist, program));
  wasm = optimized(edited(wasm, program, { exported: (name) => glue.includes(`wasm.${name}`) }));

  const imports = new Set();
  edited(wasm, program, { imported: (name) => (imports.add(name), name) });
  glue = withoutImports(glue, imports);
  const short = new Map([...imports].map((name, index) => [name, shortName(index)]));
  for (const [name, brief] of short) {
    // A whole word, and once: where it is defined.
    const word = new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`, "g");
    const found = glue.match(word)?.length ?? 0;
    if (found !== 1) fail(`the import ${name} is named ${found} times in ${script}`);
    glue = glue.replace(word, brief);
  }
  wasm = edited(wasm, program, { imported: (name) => short.get(name), module: () => "_" });
  if (glue.split(`${module}: import0`).length !== 2) fail(`${script} does not give its imports as expected`);
  glue = glue.replace(`${module}: import0`, "_: import0");
  if (!WebAssembly.validate(wasm)) fail(`${program} is no longer valid`);
  return { script, program, glue: withoutComments(glue), wasm };
}

/** The page without comments and indentation, its style sheets without blanks. */
function leanPage(html) {
  return html
    .replace(/<!--.*?-->/gs, "")
    .replace(/(?<=<style>).*?(?=<\/style>)/gs, leanStyle)
    .replace(/^\s+/gm, "");
}

/** A style sheet without comments, and on one line. */
function leanStyle(css) {
  const lines = css.replace(/\/\*.*?\*\//gs, "").split("\n").map((line) => line.trim()).filter(Boolean);
  // A value goes on in the next line where nothing ends with this one.
  const joined = lines.reduce((text, line) => text + (text === "" || /[{};,]$/.test(text) ? "" : " ") + line, "");
  return joined
    .replaceAll(" {", "{")
    .replaceAll(";}", "}")
    .replace(/(?<=[{;][\w-]+:) /g, "");
}

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

/** Runs wasm-opt once more, so that what nothing needs any longer goes: also what no value reaches. */
function optimized(bytes) {
  return passed(bytes, "--gufa", "-O2");
}

/** Runs wasm-opt with these options. */
function passed(bytes, ...passes) {
  const folder = mkdtempSync(join(tmpdir(), "loopstream-"));
  const [before, after] = [join(folder, "before.wasm"), join(folder, "after.wasm")];
  writeFileSync(before, bytes);
  const features = FEATURES.map((name) => `--enable-${name}`);
  execFileSync("wasm-opt", [...features, ...passes, before, "-o", after], { stdio: "inherit" });
  const result = readFileSync(after);
  rmSync(folder, { recursive: true });
  return result;
}

/**
 * The program with each function after the one it is most like, so that a compression finds there
 * what it has just seen.
 *
 * How alike two are is estimated by the least hashes of their runs of four bytes (Broder 1997).
 * wasm-opt does the moving: it sorts by names, and gets names that are in order.
 */
function ordered(bytes, program) {
  const { bodies, imported } = functionsOf(bytes);
  const signs = bodies.map(signOf);
  const left = bodies.map((_, place) => place);
  const names = [];
  for (let now = 0, rank = 0; left.length > 0; rank++) {
    const [chosen] = left.splice(now, 1);
    names[chosen] = `f${String(rank).padStart(6, "0")}`;
    let most = -1;
    now = 0;
    left.forEach((other, place) => {
      const alike = likeness(signs[chosen], signs[other]);
      if (alike > most) [most, now] = [alike, place];
    });
  }
  const entries = names.map((name, place) => Buffer.concat([leb(imported + place), written(name)]));
  const map = Buffer.concat([leb(entries.length), ...entries]);
  const section = Buffer.concat([written("name"), Buffer.from([1]), leb(map.length), map]);
  const named = Buffer.concat([bytes, Buffer.from([0]), leb(section.length), section]);
  const moved = passed(named, "-g", "--reorder-functions-by-name");
  const result = passed(moved, "--strip-debug", "--strip-producers", "--strip-target-features");
  if (!WebAssembly.validate(result)) fail(`${program} is no longer valid`);
  return result;
}

/** The least hashes of the runs of four bytes of a function. */
function signOf(body) {
  const least = new Uint32Array(HASHES).fill(0xffffffff);
  for (let at = 0; at + 4 <= body.length; at++) {
    const run = Math.imul(body.readUInt32LE(at), 0x9e3779b1);
    for (let place = 0; place < HASHES; place++) {
      let hash = Math.imul(run ^ Math.imul(place, 0x9e3779b1), 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0;
      if (hash < least[place]) least[place] = hash;
    }
  }
  return least;
}

function likeness(one, other) {
  let same = 0;
  for (let place = 0; place < HASHES; place++) if (one[place] === other[place]) same++;
  return same;
}

/** The functions of a program, and how many it imports. */
function functionsOf(bytes) {
  let at = 8;
  const number = () => {
    const [value, next] = numberAt(bytes, at);
    at = next;
    return value;
  };
  const bodies = [];
  let imported = 0;
  while (at < bytes.length) {
    const id = bytes[at++];
    const end = number() + at;
    // Every import is a function: `edited` has seen to it.
    if (id === 2) imported = number();
    if (id === 10) {
      for (let left = number(); left > 0; left--) {
        const length = number();
        bodies.push(bytes.subarray(at, at + length));
        at += length;
      }
    }
    at = end;
  }
  return { bodies, imported };
}

/** A number as WebAssembly writes it, and where it ends. */
function numberAt(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

/** The start of a content's hash, for a name. */
function digestOf(content) {
  return createHash("sha384").update(content).digest("hex").slice(0, 16);
}

/** Puts new content in the place of a file that index.html names with its hash. */
function replaceNamed(name, content) {
  const old = createHash("sha384").update(readFileSync(join(options.dist, name))).digest("base64");
  if (!page.includes(name) || !page.includes(old)) fail(`index.html does not name ${name} with its hash`);
  const fresh = replaceFile(name, name.replace(/-[0-9a-f]+/, `-${digestOf(content)}`), content);
  page = page.replaceAll(name, fresh).replaceAll(old, createHash("sha384").update(content).digest("base64"));
}

/** Puts new content under a new name in the place of a file. */
function replaceFile(name, fresh, content) {
  rmSync(join(options.dist, name));
  writeFileSync(join(options.dist, fresh), content);
  return fresh;
}

/**
 * A WebAssembly module with other imports and exports.
 *
 * `exported` says by its name whether an export stays; `imported` and `module` give an import
 * and its module another name.
 */
function edited(bytes, program, { exported = () => true, imported = (name) => name, module = (name) => name }) {
  let at = 8;
  const number = () => {
    const [value, next] = numberAt(bytes, at);
    at = next;
    return value;
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
