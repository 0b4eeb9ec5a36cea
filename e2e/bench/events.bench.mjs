// Lines that run event by event: events a second, natively and in a web worker, beside SimPy and Ciw
// on the same lines; and how long a comparison of two futures takes.
//
// An event is an arrival, or the end of work on an item at a step, in each program alike. All take
// turns: a round is one run of each, so that what else the machine does meets all of them. Beside
// the speed stands the mean lead time with what theory says, so that one sees that all run the same
// line. Here every run also sums the time of items by cause and of people by what they do; a run of
// SimPy or Ciw only what is asked for.
//
// The program is examples/stream_runs/, which also says what the lines are. ./dev builds it into
// target/bench-events/, and installs SimPy and Ciw into .tools/events/; without them their rows are
// left out.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { readProgram, start } from "./program.mjs";

export const title = "Lines by events: native, in the worker, SimPy, Ciw";

const root = fileURLToPath(new URL("../../", import.meta.url));
const made = process.env.LOOPSTREAM_BENCH_EVENTS ?? join(root, "target/bench-events");
const python = process.env.LOOPSTREAM_EVENT_PEERS ?? join(root, ".tools/events/bin/python");
const ROUNDS = Number(process.env.LOOPSTREAM_BENCH_ROUNDS ?? 7);
/** How long a run of a peer may take, in ms. */
const PEER_MS = 300_000;

const WORDS = {
  mm1: "M/M/1 at 0.8",
  pools: "20 steps with rework, 4 pools for 5 steps each",
  long: "200 steps at 0.8",
};

export async function run({ fresh }) {
  const program = readProgram(made, "stream_runs", "./dev bench events");
  const rows = await fresh((page) => compared(page, program));
  for (const line of await native("list")) rows.push(...(await fresh((page) => measured(page, program, line))));
  return rows;
}

/** What the program answers natively. */
const native = (...words) => answerOf(join(made, "stream_runs"), words);

async function answerOf(file, words) {
  const { stdout } = await promisify(execFile)(file, words.map(String), { timeout: PEER_MS });
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

/** The rows of two futures of a map. The first comparison is that of a worker which has just started. */
async function compared(page, program) {
  const ask = await start(page, program);
  const first = await ask("compare 0");
  const [natives, workers] = [[], []];
  for (let round = 1; round <= ROUNDS; round += 1) {
    natives.push(await native("compare", round));
    workers.push(await ask(`compare ${round}`));
    same(natives.at(-1), workers.at(-1), "change");
  }
  const what = (words) => `two futures of 10 steps, 30 x 2 years: ${words}`;
  const of = (list, key) => list.map((answer) => answer[key]);
  return [
    { what: what("native"), unit: "s", digits: 2, values: of(natives, "seconds") },
    { what: what("in the worker"), unit: "s", digits: 2, values: of(workers, "seconds") },
    { what: what("in the worker, the first time"), unit: "s", digits: 2, values: [first.seconds] },
    { what: what("events of both"), unit: "million", digits: 2, values: of(workers, "events").map((events) => events / 1e6) },
    { what: what("lead time, change"), unit: "min", digits: 2, values: of(workers, "change") },
    { what: what("half the width of its 95 % interval"), unit: "min", digits: 2, values: of(workers, "halfWidth") },
  ];
}

/** The rows of a line. */
async function measured(page, program, line) {
  const ask = await start(page, program);
  // So that the browser has compiled the program a second time, for speed.
  await ask(`run ${line.name} 0`);
  const ways = {
    native: (round) => native("run", line.name, round),
    "in the worker": (round) => ask(`run ${line.name} ${round}`),
    ...(await peers(line)),
  };
  const runs = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const [way, run] of Object.entries(ways)) runs[way].push(await run(round));
    same(runs.native.at(-1), runs["in the worker"].at(-1), "lead");
  }
  const rate = ({ events, seconds }) => events / seconds / 1_000;
  const name = WORDS[line.name] ?? line.name;
  const rows = Object.entries(runs).map(([way, answers]) => ({
    what: `${name}: ${way}`,
    unit: "thousand events/s",
    values: answers.map(rate),
  }));
  for (const way of Object.keys(runs).slice(2)) {
    const values = runs[way].map((answer, round) => rate(runs["in the worker"][round]) / rate(answer));
    rows.push({ what: `${name}: in the worker, against ${way}`, unit: "×", values });
  }
  for (const [way, answers] of Object.entries(runs)) {
    const values = answers.map((answer) => answer.lead).filter((lead) => lead !== null);
    // Too short a run has none.
    if (values.length === 0) continue;
    const what = `${name}: mean lead time, ${way} (theory ${line.theory.toFixed(2)})`;
    rows.push({ what, unit: "min", digits: 2, values });
  }
  return rows;
}

/** By its name with the version: what runs a line in a peer; none where they are not installed. */
async function peers(line) {
  if (!existsSync(python)) {
    console.error(`    SimPy and Ciw are left out: there is no ${python}`);
    return {};
  }
  const ways = {};
  for (const [library, name] of [["simpy", "SimPy"], ["ciw", "Ciw"]]) {
    const run = (round) => answerOf(python, [join(root, "tools/events_runs.py"), library, JSON.stringify(line), round]);
    // One run that does not count: it says the version.
    const { version } = await run(0);
    ways[`${name} ${version}`] = run;
  }
  return ways;
}

/** The same program has to give the same natively and in a browser, but for the last digits of logarithms. */
function same(one, other, key) {
  if (Math.abs(one[key] - other[key]) <= 1e-6 * Math.abs(one[key]) && one.events === other.events) return;
  throw new Error(`natively ${key} is ${one[key]} after ${one.events} events, in the worker ${other[key]} after ${other.events}`);
}
