// The web worker: counting and listing loops, arranging; and the page's frames meanwhile.
//
// The worker is spoken to as the page does it (worker.mjs): the first number says which request. Graphs are
// read from `graphs/NAME.txt` in the folder that LOOPSTREAM_SHARED_DATA names, or beside the
// project; a graph whose file is not there is left out. complete-10 is made here.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { PATIENCE_MS, teach } from "./worker.mjs";

export const title = "The worker: exact counts, listing, arranging";

const RUNS = 9;
const shared =
  process.env.LOOPSTREAM_SHARED_DATA ?? fileURLToPath(new URL("../../../shared/data/", import.meta.url));
const GRAPHS = ["world3", "complete-10", "random-30-90", "ring-100-150"];

export async function run({ url, fresh, repeat }) {
  const rows = [];
  for (const name of GRAPHS) {
    const text = graph(name);
    if (!text) {
      console.error(`    ${name} is left out: there is no graphs/${name}.txt in ${shared}`);
      continue;
    }
    const runs = await repeat(RUNS, () => fresh((page) => search(page, url, text)));
    rows.push({ what: `${name}: counted to the last, the first time`, unit: "ms", values: runs.map((run) => run.first) });
    rows.push({ what: `${name}: counted to the last, later`, unit: "ms", values: runs.flatMap((run) => run.counted) });
    rows.push({ what: `${name}: every loop listed`, unit: "ms", values: runs.flatMap((run) => run.listed) });
    if (name === "world3") {
      const arranged = await repeat(3, () => fresh((page) => arrange(page, url, text)));
      rows.push({ what: `${name}: arranged`, unit: "ms", values: arranged });
    }
  }
  const frames = await fresh((page) => framesWhileListing(page, url, complete(16)));
  rows.push({ what: "frames while loops are listed, from one to the next", unit: "ms", values: frames });
  return rows;
}

/** A graph file as a document; undefined where there is none. */
function graph(name) {
  if (name === "complete-10") return complete(10);
  const path = join(shared, "graphs", `${name}.txt`);
  if (!existsSync(path)) return undefined;
  const [[variables], ...links] = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  return file(variables, links);
}

function complete(size) {
  const ends = Array.from({ length: size }, (_, place) => place);
  const links = ends.flatMap((from) => ends.filter((to) => to !== from).map((to) => [from, to]));
  return file(size, links.map(([from, to], place) => [from, to, place % 3 === 2 ? -1 : 1]));
}

function file(size, links) {
  return JSON.stringify({
    format: "loopstream",
    version: 4,
    title: "",
    variables: Array.from({ length: size }, (_, place) => ({
      id: `v${place.toString(36)}`,
      name: `variable ${place}`,
      x: Math.round(900 * Math.cos((place / size) * 2 * Math.PI)),
      y: Math.round(900 * Math.sin((place / size) * 2 * Math.PI)),
    })),
    links: links.map(([from, to, sign], place) => ({
      id: `l${place.toString(36)}`,
      from: `v${from.toString(36)}`,
      to: `v${to.toString(36)}`,
      polarity: sign === 1 ? "+" : sign === -1 ? "-" : "?",
    })),
  });
}

/**
 * From the request to the exact numbers, and to the last loop of the list, in ms: the first time,
 * when the browser has compiled nothing but in haste, and later.
 */
async function search(page, url, text) {
  await teach(page);
  await page.goto(url);
  return page.evaluate(
    async ({ text, patience }) => {
      const { ask, hear, end } = await startWorker(patience);
      const some = (number, what) => {
        if (!(Number(number) > 0)) throw new Error(`${what}: ${number}; the graphs of this benchmark have loops`);
      };
      const written = hear("the document in another format", (data) => data[1] === "written");
      ask([0, 1, 7, text]);
      // Once it is written again, it has been read.
      ask([13, "csv", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
      if (!(await written).data[6]) throw new Error("the document was written as an empty text");
      const times = { counted: [], listed: [] };
      for (let run = 0; run < 8; run += 1) {
        const counted = hear("the exact counts", (data) => data[1] === "counts" && data[7] === 0);
        const listed = hear("the end of the list", (data) => data[1] === "listing" && data[4] >= 3);
        const shortest = hear("the shortest loops", (data) => data[1] === "shortest");
        const began = performance.now();
        ask([3]);
        const [counts, listing, loops] = [await counted, await listed, await shortest];
        some(counts.data[2], "loops counted");
        some(listing.data[2], "loops listed");
        some(loops.data[2], "loops shown");
        times.counted.push(counts.at - began);
        times.listed.push(listing.at - began);
      }
      end();
      return { first: times.counted[0], counted: times.counted.slice(3), listed: times.listed.slice(3) };
    },
    { text, patience: PATIENCE_MS },
  );
}

/** From the request to the patch that arranges the document afresh, in ms. */
async function arrange(page, url, text) {
  await teach(page);
  await page.goto(url);
  return page.evaluate(
    async ({ text, patience }) => {
      const { ask, hear, end } = await startWorker(patience);
      const { variables } = JSON.parse(text);
      const sizes = variables.flatMap(({ id }) => [id, { real: 90 }, { real: 24 }]);
      const arranged = hear("the arrangement", (data) => data[1] === "arranged");
      ask([0, 1, 7, text]);
      const began = performance.now();
      ask([7, 0, 0, variables.length, ...sizes]);
      const { at, data } = await arranged;
      end();
      // A patch that moves next to nothing is no arrangement of a graph whose variables stand in a row.
      if ((data[2] ?? "").length < variables.length) throw new Error(`the patch is too short: ${data[2]}`);
      return at - began;
    },
    { text, patience: PATIENCE_MS },
  );
}

/** The times between frames of the page while the worker lists without end. */
async function framesWhileListing(page, url, text) {
  await page.goto(url);
  await page.waitForFunction(() => performance.getEntriesByName("drawable").length > 0);
  const data = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dense.loopstream.json"));
    return data;
  }, text);
  await page.locator("#canvas").dispatchEvent("drop", { dataTransfer: data });
  const listing = () => /^Listing: [1-9]/.test(document.querySelector("#listing")?.textContent ?? "");
  await page.waitForFunction(listing);
  const times = await page.evaluate(
    () =>
      new Promise((done) => {
        const times = [];
        let before = performance.now();
        requestAnimationFrame(function frame(now) {
          times.push(now - before);
          before = now;
          if (times.length < 120) requestAnimationFrame(frame);
          else done(times.slice(1));
        });
      }),
  );
  if (!(await page.evaluate(listing))) throw new Error("the listing ended before the frames did: they say nothing");
  return times;
}
