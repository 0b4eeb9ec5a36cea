// Puts the Content-Security-Policy into a build's page. Run by ./dev build, when the page's
// scripts and styles are final: each inline one is allowed by its hash, and no other.
//
//   node tools/policy.mjs --dist dist

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({ options: { dist: { type: "string", default: "dist" } } });

const path = join(options.dist, "index.html");
const page = readFileSync(path, "utf8");
const hashes = (tag) =>
  [...page.matchAll(new RegExp(`<${tag}(?:\\s[^>]*)?>([^]*?)</${tag}>`, "g"))]
    .map(([, content]) => content)
    .filter(Boolean)
    .map((content) => `'sha256-${createHash("sha256").update(content).digest("base64")}'`);

const policy = [
  "default-src 'none'",
  // The program itself is WebAssembly.
  `script-src 'self' 'wasm-unsafe-eval' ${hashes("script").join(" ")}`,
  `style-src ${hashes("style").join(" ")}`,
  "connect-src 'self'",
  // Charts and pictures that the program draws.
  "img-src 'self' data: blob:",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const place = /<meta charset=["']?utf-8["']?\s*\/?>/i;
if (!place.test(page)) throw new Error("index.html has no <meta charset>");
writeFileSync(path, page.replace(place, (meta) => `${meta}<meta http-equiv="Content-Security-Policy" content="${policy}">`));
console.log(`Policy: ${policy.length} characters.`);
