// Names the code of a release build after its content, and tells the page that content's hash, which
// the browser checks. Run by ./dev build, after Trunk.
//
//   node tools/hashes.mjs --dist dist
//
// Trunk takes the hash in a name from the program before wasm-opt, and gives a web worker none.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({ options: { dist: { type: "string", default: "dist" } } });

const index = join(options.dist, "index.html");
let page = readFileSync(index, "utf8");

const program = renamed(/^loopstream-[0-9a-f]+_bg\.wasm$/, "loopstream-*_bg.wasm");
const script = renamed(/^loopstream-[0-9a-f]+\.js$/, "loopstream-*.js");
// Trunk.toml leaves both without.
replace(/(rel="?modulepreload"?)/, `$1 integrity="sha384-${script.hash}"`);
replace(/integrity:\s*(["'`])\1/, `integrity:"sha384-${program.hash}"`);

worker("worker");
worker("together");

writeFileSync(index, page);

/** Gives the one file that is named like this a name with its hash, here and in the page. */
function renamed(pattern, wanted, addition = "") {
  const found = readdirSync(options.dist).filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`${options.dist} has ${found.length} files like ${pattern}`);
  const content = Buffer.concat([readFileSync(join(options.dist, found[0])), Buffer.from(addition)]);
  const digest = createHash("sha384").update(content).digest();
  const name = wanted.replace("*", digest.toString("hex").slice(0, 16));
  rmSync(join(options.dist, found[0]));
  writeFileSync(join(options.dist, name), content);
  page = page.replaceAll(found[0], name);
  return { name, hash: digest.toString("base64") };
}

/** Names the script and the program of a worker, and has the script fetch the program from beside
 * itself: a worker has no page to start it. */
function worker(bin) {
  const program = renamed(new RegExp(`^${bin}_bg\\.wasm$`), `${bin}-*_bg.wasm`);
  const start = `\nwasm_bindgen({ module_or_path: new URL("${program.name}", self.location.href) });\n`;
  const script = renamed(new RegExp(`^${bin}\\.js$`), `${bin}-*.js`, start);
  rmSync(join(options.dist, `${bin}_loader.js`));
  replace(new RegExp(`${bin}_loader\\.js`), script.name);
}

/** Changes the page in one place, which must be there. */
function replace(pattern, text) {
  if (!pattern.test(page)) throw new Error(`index.html has nothing like ${pattern}`);
  page = page.replace(pattern, text);
}
