// A first visit: how long until something shows, and until one can draw.
//
// Times are from the start of navigation, in a fresh context (nothing cached), from a server on the
// same machine: they measure the page, not the network. Then the same as on a slow phone, with what
// GitHub Pages would send, beside Excalidraw in the same run: its npm package, in the smallest page
// that shows it (tools/load_peers.mjs).

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { serve } from "../server.mjs";

export const title = "Loading: first paint, and ready to draw";

const RUNS = 15;
const SLOW_RUNS = 5;
const PATIENCE_MS = 30_000;
/** 1.6 Mbit/s with 150 ms there and back, and a quarter of the processor: a cheap phone on a slow network. */
const SLOW_PHONE = { bytesPerSecond: 1_600_000 / 8, latencyMs: 150, processor: 4 };
/** Where the page of the peer is. */
const PEER = process.env.LOOPSTREAM_LOAD_PEERS ?? fileURLToPath(new URL("../../.tools/load/dist", import.meta.url));

/** What did not come once is not waited for again, by page. */
const missing = new Set();

export async function run({ url, fresh, repeat }) {
  const visits = await repeat(RUNS, () => fresh((page) => visit(page, url)));
  return [
    row("first paint", visits.map((v) => v.paint), "the browser reported no 'first-paint'"),
    row("first contentful paint", visits.map((v) => v.contentful), "the browser reported no 'first-contentful-paint'"),
    row(
      "ready to draw",
      visits.map((v) => v.drawable),
      "the app never called performance.mark('drawable'); it must, once the canvas takes its first stroke",
    ),
    ...(await slowRows({ fresh, repeat })),
  ];
}

/** Both pages on a slow phone, in turn, so that what disturbs the machine disturbs both. */
async function slowRows({ fresh, repeat }) {
  const ours = await serve({ gzip: true });
  const peer = existsSync(PEER) ? await serve({ gzip: true, dir: PEER }) : null;
  try {
    const pairs = await repeat(SLOW_RUNS, async () => ({
      ours: await fresh((page) => slowVisit(page, ours.url)),
      peer: peer && (await fresh((page) => slowVisit(page, peer.url))),
    }));
    const rows = [row("ready to draw, slow phone", pairs.map((pair) => pair.ours), "it never was")];
    const why = peer ? "it never was" : `there is no page in ${PEER}: ./dev bench browser load makes it`;
    return [...rows, row("Excalidraw ready to draw, slow phone", pairs.map((pair) => pair.peer ?? undefined), why)];
  } finally {
    await ours.close();
    await peer?.close();
  }
}

async function slowVisit(page, url) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: SLOW_PHONE.latencyMs,
    downloadThroughput: SLOW_PHONE.bytesPerSecond,
    uploadThroughput: SLOW_PHONE.bytesPerSecond,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW_PHONE.processor });
  await page.goto(url, { waitUntil: "commit" });
  return moment(page, "drawable", url);
}

/** One first visit; a time that never came is undefined. */
async function visit(page, url) {
  await page.goto(url);
  const paint = await moment(page, "first-paint", url);
  const contentful = await moment(page, "first-contentful-paint", url);
  const drawable = await moment(page, "drawable", url);
  return { paint, contentful, drawable };
}

/** When the performance entry of that name was made, in ms; undefined when it does not come. */
async function moment(page, name, url) {
  const key = `${url} ${name}`;
  if (missing.has(key)) return undefined;
  const handle = await page
    .waitForFunction((entry) => performance.getEntriesByName(entry)[0]?.startTime, name, { timeout: PATIENCE_MS })
    .catch((error) => {
      if (error.name !== "TimeoutError") throw error;
      missing.add(key);
      return undefined;
    });
  return handle?.jsonValue();
}

function row(what, values, trouble) {
  return values.every((v) => v !== undefined) ? { what, unit: "ms", values } : { what, trouble };
}
