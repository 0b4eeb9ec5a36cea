// The size of a release build, and whether it hangs together. Run by ./dev build.
//
//   node tools/size.mjs --dist dist --public-url /loopstream/ --budget-kb 490 --on-demand templates/
//
// Fails when a first visit would download more than the budget, when index.html points at a file
// that is not there or outside the public url, or when a file differs from its declared hash.
// The budget is after brotli, the densest that browsers take; GitHub Pages sends gzip.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const { values: options } = parseArgs({
  options: {
    dist: { type: "string", default: "dist" },
    "public-url": { type: "string", default: "/" },
    "budget-kb": { type: "string" },
    "on-demand": { type: "string", default: "" },
  },
});

const files = readdirSync(options.dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => measure(join(entry.parentPath ?? entry.path, entry.name)))
  .sort((a, b) => b.brotli - a.brotli);
const onDemand = options["on-demand"].split(",").filter(Boolean);
const later = files.filter((file) => onDemand.some((prefix) => file.name.startsWith(prefix)));
const first = files.filter((file) => !later.includes(file));

table("First visit", first);
if (later.length > 0) table("Fetched on demand", later);

const problems = [...coherence(), ...budget()];
for (const problem of problems) console.error(`error: ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;

/** A file's path in dist, and its bytes raw, after gzip -9 and after brotli at quality 11. */
function measure(path) {
  const content = readFileSync(path);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  return {
    name: relative(options.dist, path).split(sep).join("/"),
    content,
    raw: content.length,
    gzip: gzipSync(content, { level: 9 }).length,
    brotli: brotliCompressSync(content, { params: quality }).length,
  };
}

/** Prints a markdown table of some files with their total. */
function table(title, rows) {
  const total = { name: "total" };
  for (const key of ["raw", "gzip", "brotli"]) total[key] = sum(rows, key);
  const width = Math.max(title.length, ...rows.map((row) => row.name.length));
  const line = (cells) => `| ${cells[0].padEnd(width)} | ${cells.slice(1).map((c) => c.padStart(9)).join(" | ")} |`;
  const bytes = (n) => n.toLocaleString("en-GB");
  console.log(`\n${line([title, "raw", "gzip -9", "brotli 11"])}`);
  console.log(`| ${"-".repeat(width)} | ${"-".repeat(8)}: | ${"-".repeat(8)}: | ${"-".repeat(8)}: |`);
  for (const row of [...rows, total]) console.log(line([row.name, bytes(row.raw), bytes(row.gzip), bytes(row.brotli)]));
}

function sum(rows, key) {
  return rows.reduce((total, row) => total + row[key], 0);
}

/** What is wrong with how the files refer to one another. */
function coherence() {
  const found = [];
  const page = files.find((file) => file.name === "index.html");
  if (!page) return ["there is no index.html in the build"];
  const html = page.content.toString("utf8");
  const base = options["public-url"];

  for (const [, url] of html.matchAll(/(?:href|src)=["']?([^"'\s>]+)/g)) {
    if (/^(#|data:|[a-z]+:)/i.test(url)) continue;
    if (url.startsWith("/") && !url.startsWith(base)) {
      found.push(`index.html points outside ${base}: ${url}`);
      continue;
    }
    const name = (url.startsWith(base) ? url.slice(base.length) : url.replace(/^\.\//, "")).split(/[?#]/)[0];
    if (name && !files.some((file) => file.name === name)) found.push(`index.html points at a missing file: ${url}`);
  }

  // The page's script is a link, the program is fetched by a script.
  const checked = [...html.matchAll(/<link\b[^>]*\bintegrity=[^>]*>|\bfetch\([^)]*\)/g)].map(([text]) => text);
  const unchecked = new Set(first.filter(({ name }) => /\.(js|wasm)$/.test(name)));
  for (const text of checked) {
    const url = /(?:\bhref=|\bfetch\()["'`]?([^"'`\s>]+)/.exec(text)?.[1] ?? "";
    const [, algorithm, digest] = /\bintegrity[=:]\s*["'`]?(sha\d+)-([^"'`\s>]+)/.exec(text) ?? [];
    const file = files.find((f) => url.endsWith(`/${f.name}`) || url === f.name);
    if (!file || !algorithm) {
      found.push(`index.html has no integrity, or a file that is not there: ${text}`);
      continue;
    }
    const actual = createHash(algorithm).update(file.content).digest("base64");
    if (actual !== digest) found.push(`${file.name} is not what index.html's integrity says it is`);
    unchecked.delete(file);
  }
  for (const { name } of unchecked) found.push(`index.html does not say what ${name} is by its integrity`);

  // Trunk's hash is 16 hexadecimal digits: name-0123456789abcdef.js, ..._bg.wasm.
  for (const { name } of first) {
    if (/\.(js|wasm|css)$/.test(name) && !name.startsWith("snippets/") && !/-[0-9a-f]{8,}(_bg)?\./.test(name)) {
      found.push(`${name} has no hash in its name: browsers would keep an old one after an update`);
    }
  }
  return found;
}

/** Whether a first visit stays within the budget. */
function budget() {
  const limit = Number(options["budget-kb"]) * 1000;
  if (!limit) return [];
  const size = sum(first, "brotli");
  const share = `${(size / 1000).toFixed(1)} of ${limit / 1000} kB (brotli)`;
  console.log(`\nA first visit downloads ${share}; GitHub Pages sends ${(sum(first, "gzip") / 1000).toFixed(1)} kB (gzip).`);
  if (size <= limit) return [];
  return [`the first visit is over its budget: ${share}. Make it smaller, or fetch it on demand (ON_DEMAND in tools.env).`];
}
