// Runs of models: from the text to the first result, and one run more, by a module of WebAssembly
// that is made for the model, and by the interpreter; beside PySD on the same models, natively.
//
// The program is examples/run_in_browser.rs. ./dev builds it into target/bench-simulate/, with the
// models, and installs PySD into .tools/pysd/; without PySD its rows are left out.

import { execFile } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { readProgram, start } from "./program.mjs";

export const title = "Runs of models: module, interpreter, PySD";

const root = fileURLToPath(new URL("../../", import.meta.url));
const made = process.env.LOOPSTREAM_BENCH_SIMULATE ?? join(root, "target/bench-simulate");
const python = process.env.LOOPSTREAM_PYSD ?? join(root, ".tools/pysd/bin/python");
/** How long PySD may take for a model, in s. */
const PYSD_S = Number(process.env.LOOPSTREAM_BENCH_PYSD_S ?? 120);
const VISITS = 5;

export async function run({ fresh }) {
  const program = readProgram(made, "run_in_browser", "./dev bench simulate");
  const files = readdirSync(made).filter((file) => file.endsWith(".mdl"));
  const rows = [];
  for (const file of files.sort()) {
    const name = basename(file, ".mdl");
    const text = readFileSync(join(made, file), "utf8");
    const visits = [];
    const measure = async (page) => (await start(page, program))(text);
    for (let visit = 0; visit < VISITS; visit += 1) visits.push(await fresh(measure));
    const of = (key) => visits.flatMap((visit) => visit[key]);
    const byModule = of("firstByModule").every((is) => is === 1) ? "by a module" : "by the interpreter";
    rows.push(
      { what: `${name}: read and compiled, the first time`, unit: "ms", values: of("compile") },
      { what: `${name}: first run, ${byModule}`, unit: "ms", values: of("first") },
      { what: `${name}: from the text to the first result`, unit: "ms", values: of("textToFirst") },
      { what: `${name}: first run by a module, in a program that is warm`, unit: "ms", values: of("made") },
      ...inUnits(`${name}: next run, by the module`, of("next")),
      ...inUnits(`${name}: next run, by the interpreter`, of("interpreted")),
      ...inUnits(`${name}: scores of links, by the module`, of("scored")),
      ...inUnits(`${name}: scores of links, by the interpreter`, of("scoredInterpreted")),
    );
    if (of("tenThousand").length > 0) rows.push({ what: `${name}: 10,000 runs, by the module`, unit: "ms", values: of("tenThousand") });
    rows.push(...(await peer(name, join(made, file))));
  }
  return rows;
}

/** A row in ms, or in µs where that says more. */
function inUnits(what, values) {
  if (values.some((value) => value >= 1)) return [{ what, unit: "ms", values }];
  return [{ what, unit: "µs", values: values.map((value) => value * 1000) }];
}

/** The rows of PySD; none where it is not installed. */
async function peer(name, path) {
  if (!existsSync(python)) {
    console.error(`    PySD is left out: there is no ${python}`);
    return [];
  }
  const words = { translated: "read and translated", first: "first run", next: "next run" };
  try {
    const { stdout } = await promisify(execFile)(python, [join(root, "tools/pysd_runs.py"), path, String(PYSD_S)], {
      timeout: 2_000 * PYSD_S,
    });
    const { version, ...times } = JSON.parse(stdout.trim().split("\n").at(-1));
    return Object.entries(words).map(([key, word]) => ({
      what: `${name}: PySD ${version}, ${word}`,
      unit: "ms",
      values: times[key],
    }));
  } catch (error) {
    const why = error.stderr?.trim().split("\n").at(-1) || "it took too long";
    console.error(`    PySD does not run ${name}: ${why}`);
    return [];
  }
}
