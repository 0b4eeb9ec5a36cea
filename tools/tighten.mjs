// Makes a release build smaller without changing what it does. Run by ./dev build, after Trunk.
//
//   node tools/tighten.mjs --dist dist
//
// wasm-bindgen keeps what any crate exports to scripts, gives every import a long name with a
// hash that no compression shortens, and writes comments. The page needs none of that: what its
// script does not call is taken out of the program, with all that only this needed; then imports
// that are left get short names. Files whose content changes get a new hash in their names. The
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

const names = readdirSync(options.dist);
let page = readFileSync(join(options.dist, "index.html"), "utf8");

const app = tightened({
  script: only(/^loopstream-[0-9a-f]+\.js$/),
  program: only(/^loopstream-[0-9a-f]+_bg\.wasm$/),
  module: '"./loopstream_bg.js"',
});
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

writeFileSync(join(options.dist, "index.html"), page);

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

/** The start of a content's hash, for a name. */
function digestOf(content) {
  return createHash("sha384").update(content).digest("hex").slice(0, 16);
}

/** Puts new content in the place of a file that index.html names with its hash. */
function replaceNamed(name, content) {
  const old = createHash("sha384").update(readFileSync(join(options.dist, name))).digest("base64");
  if (!page.includes(name) || !page.includes(old)) fail(`index.html does not name ${name} with its hash`);
  const fresh = replaceFile(name, name.replace(/-[0-9a-f]{16}/, `-${digestOf(content)}`), content);
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
