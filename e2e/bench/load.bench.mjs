// A first visit: how long until something shows, and until one can draw.
//
// Times are from the start of navigation, in a fresh context (nothing cached), from a server on the
// same machine: they measure the page, not the network.

export const title = "Loading: first paint, and ready to draw";

const RUNS = 15;
const PATIENCE_MS = 10_000;

/** What did not come once is not waited for again. */
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
  ];
}

/** One first visit; a time that never came is undefined. */
async function visit(page, url) {
  await page.goto(url);
  const paint = await moment(page, "first-paint");
  const contentful = await moment(page, "first-contentful-paint");
  const drawable = await moment(page, "drawable");
  return { paint, contentful, drawable };
}

/** When the performance entry of that name was made, in ms; undefined when it does not come. */
async function moment(page, name) {
  if (missing.has(name)) return undefined;
  const handle = await page
    .waitForFunction((entry) => performance.getEntriesByName(entry)[0]?.startTime, name, { timeout: PATIENCE_MS })
    .catch((error) => {
      if (error.name !== "TimeoutError") throw error;
      missing.add(name);
      return undefined;
    });
  return handle?.jsonValue();
}

function row(what, values, trouble) {
  return values.every((v) => v !== undefined) ? { what, unit: "ms", values } : { what, trouble };
}
