// Makes a build work without a network: the service worker with the list of all files. Run by
// ./dev build, after everything else has its final content.
//
//   node tools/offline.mjs --dist dist
//
// The version is the hash of all names and contents: a build that differs in nothing is no update.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({ options: { dist: { type: "string", default: "dist" } } });

const SCRIPT = "service-worker.js";

// The page names the script; without this a page, such as one under development, has none.
const index = join(options.dist, "index.html");
const page = readFileSync(index, "utf8");
if (!page.includes("</head>")) throw new Error("index.html has no end of its head");
writeFileSync(index, page.replace("</head>", `<meta name="service-worker" content="${SCRIPT}"></head>`));

const names = readdirSync(options.dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== SCRIPT)
  .map((entry) => relative(options.dist, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
  .sort();
const version = createHash("sha256");
for (const name of names) version.update(`${name}\0`).update(readFileSync(join(options.dist, name)));

const files = names.map((name) => (name === "index.html" ? "./" : name));
const source = readFileSync(new URL("service-worker.js", import.meta.url), "utf8");
const script = source
  .replace("__VERSION__", version.digest("hex").slice(0, 16))
  .replace("__FILES__", JSON.stringify(files));
writeFileSync(join(options.dist, SCRIPT), script);
console.log(`Works offline: ${files.length} files.`);
