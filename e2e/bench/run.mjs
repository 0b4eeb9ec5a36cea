// The browser benchmarks: serves the release build, runs every e2e/bench/*.bench.mjs, prints a table.
//
//   ./dev bench browser [NAME]       or, with a build in dist/:  node e2e/bench/run.mjs [NAME]
//
// A benchmark is a module that exports
//
//   export const title = "What it is about";
//   export async function run(bench) { return [{ what: "...", unit: "ms", values: [1, 2, 3] }]; }
//
// and is given
//
//   bench.url                 the page's address
//   bench.fresh(visit)        opens a page in a new browser context (empty cache and storage), hands it
//                             to `visit`, closes it, and returns what `visit` returned
//   bench.repeat(n, once)     calls `once` n times after one warm-up, and returns the n results
//
// and may export `flags`, a list of words for the browser's command line.
//
// A row may have `digits`, how many follow the point; 1 without.
//
// A row that could not be measured says why, in `trouble` instead of `values`.
//
// A benchmark that throws is reported, the others still run, and the command fails. It also fails
// where a benchmark does not come to an end, gives no rows, or a row without numbers.

import { existsSync, readdirSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";

import { chromium } from "@playwright/test";

import { contextOptions, launchOptions } from "../browser.mjs";
import { DIST, serve } from "../server.mjs";

const { values: options, positionals } = parseArgs({
  options: { base: { type: "string", default: "/loopstream/" } },
  allowPositionals: true,
});

const names = readdirSync(new URL(".", import.meta.url))
  .filter((file) => file.endsWith(".bench.mjs"))
  .map((file) => file.replace(/\.bench\.mjs$/, ""))
  .sort();
const chosen = positionals[0] ? names.filter((name) => name === positionals[0]) : names;
if (chosen.length === 0) fail(`There is no browser benchmark '${positionals[0]}'. There is: ${names.join(", ")}`);
if (!existsSync(`${DIST}index.html`)) fail("There is no release build to measure. Run: ./dev bench browser");

/** The longest that one visit of a page may take, in ms; the largest frames benchmark needs most of it. */
const VISIT_MS = Number(process.env.LOOPSTREAM_BENCH_VISIT_MS ?? 900_000);

const server = await serve({ base: options.base });
let browser;
const rows = [];
const troubles = [];
try {
  for (const name of chosen) {
    const { title, run, flags = [] } = await import(`./${name}.bench.mjs`);
    console.error(`==> ${title}`);
    await browser?.close();
    browser = await chromium.launch({ ...launchOptions, args: [...launchOptions.args, ...flags] });
    try {
      const measured = (await run({ url: server.url, fresh, repeat })) ?? [];
      if (measured.length === 0) throw new Error("it measured nothing");
      for (const row of measured) rows.push({ name, ...row });
    } catch (error) {
      // What follows is where in the page it happened.
      troubles.push(`${name}: ${error.message.split("\n")[0]}`);
    }
  }
  printTable();
} finally {
  await browser?.close();
  await server.close();
}
for (const trouble of troubles) console.error(`error: ${trouble}`);
process.exitCode = troubles.length > 0 ? 1 : 0;

/** The visit ends, with an error where it takes too long: what runs in the page has no limit of its own. */
async function fresh(visit) {
  const context = await browser.newContext(contextOptions);
  let timer;
  const late = new Promise((_, fail) => {
    const words = `a visit took more than ${VISIT_MS / 1000} s: something it waits for does not come`;
    timer = setTimeout(() => fail(new Error(words)), VISIT_MS);
  });
  try {
    return await Promise.race([visit(await context.newPage()), late]);
  } finally {
    clearTimeout(timer);
    // A page that is busy cannot be closed by asking it; the browser goes afterwards in any case.
    await Promise.race([context.close(), new Promise((done) => setTimeout(done, 5_000))]);
  }
}

async function repeat(n, once) {
  await once();
  const results = [];
  for (let i = 0; i < n; i += 1) results.push(await once());
  return results;
}

function printTable() {
  console.log(`\nChromium ${browser.version()}, Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model.trim()}\n`);
  console.log("| benchmark | what | median | p95 | least | most | runs |");
  console.log("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
  for (const { name, what, unit, digits = 1, values, trouble: told } of rows) {
    const trouble = told ?? lack(values);
    if (trouble) {
      troubles.push(`${name}, ${what}: ${trouble}`);
      console.log(`| ${name} | ${what} | not measured | | | |`);
      continue;
    }
    const sorted = [...values].sort((a, b) => a - b);
    const show = (n) => `${n.toFixed(digits)} ${unit}`;
    console.log(`| ${name} | ${what} | ${show(median(sorted))} | ${show(p95(sorted))} | ${show(sorted[0])} | ${show(sorted.at(-1))} | ${sorted.length} |`);
  }
}

/** Why values are no measurement; undefined where they are one. */
function lack(values) {
  if (!values?.length) return "there are no values";
  if (!values.every(Number.isFinite)) return `a value is no number: ${values.find((value) => !Number.isFinite(value))}`;
  return undefined;
}

function median(sorted) {
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** What 19 of 20 stay below. */
function p95(sorted) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))];
}

function fail(message) {
  console.error(`error: ${message}`);
  process.exit(1);
}
