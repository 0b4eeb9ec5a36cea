// Frames while panning, zooming and dragging: one input event a frame, at three sizes, in two views.
//
// A frame's time is from one animation frame to the next, with the browser's own limit on their
// number lifted: so it has all that the browser does for a frame, its pixels too. The time on the
// main thread is that of the page's own code: the event and what it asked to be called for.
//
//   LOOPSTREAM_SIZES=500,2000 ./dev bench browser frames       only these numbers of variables

import { readFile } from "node:fs/promises";

import { diagram, drop } from "./diagram.mjs";
import { watchFrames } from "./watch.mjs";

export const title = "Frames: panning, zooming, dragging one variable";
export const flags = ["--disable-frame-rate-limit", "--disable-gpu-vsync"];

const SIZES = (process.env.LOOPSTREAM_SIZES ?? "500,2000,5000").split(",").map(Number);
const FRAMES = 180;
const WARM_UP = 40;
/** How often a zoom comes to rest, to see how the picture becomes sharp again. */
const SHARPENINGS = 12;
/** Longer than the search for loops goes on by itself, and than anything that waits for a pause. */
const SETTLE_MS = 4_500;

export async function run({ url, fresh }) {
  const rows = [];
  for (const size of SIZES) {
    const contents = diagram(size);
    await fresh(async (page) => {
      await page.addInitScript(watchFrames);
      await page.goto(url);
      await page.waitForFunction(() => performance.getEntriesByName("drawable").length > 0);
      await drop(page, contents);
      await page.waitForTimeout(SETTLE_MS);
      for (const view of ["fitted", "100 %"]) {
        for (const [what, measure] of [["pan", pan], ["zoom in", zoomIn], ["zoom out", zoomOut], ["drag", drag]]) {
          const label = `${size} ${view}: ${what}`;
          // Fitted, there is nothing to come into sight.
          if (view === "fitted" && measure === zoomOut) continue;
          await look(page, view);
          const { frames, scripts } = await measure(page, contents, label);
          rows.push({ what: label, unit: "ms", values: frames });
          rows.push({ what: `${label}, main thread`, unit: "ms", values: scripts });
        }
        await look(page, view);
        const sharpenings = [];
        for (let n = 0; n < SHARPENINGS; n += 1) sharpenings.push(await sharpen(page, n));
        const label = `${size} ${view}: after a zoom`;
        rows.push({ what: `${label}, frames`, unit: "ms", values: sharpenings.flatMap(({ frames }) => frames) });
        rows.push({ what: `${label}, sharp`, unit: "ms", values: sharpenings.map(({ sharp }) => sharp) });
      }
    });
  }
  return rows;
}

/** Shows the whole diagram, or its middle at 100 %. */
async function look(page, view) {
  await page.getByRole("button", { name: "Fit the diagram" }).click();
  if (view !== "fitted") await page.getByRole("button", { name: "Zoom to 100 %" }).click();
  await page.waitForTimeout(1_200);
}

async function pan(page, _, label) {
  const before = await keptView(page);
  const times = await frames(page, "pan");
  const after = await keptView(page);
  if (Math.hypot(after.x - before.x, after.y - before.y) * after.zoom < 50) throw new Error(`${label}: nothing moved`);
  return times;
}

/** In and back. */
const zoomIn = (page, _, label) => zoom(page, "in", label);
/** Out, to what was not in sight before, and back. */
const zoomOut = (page, _, label) => zoom(page, "out", label);

async function zoom(page, gesture, label) {
  const before = await keptView(page);
  const times = await frames(page, gesture);
  const after = await keptView(page);
  if (Math.abs(Math.log(after.zoom / before.zoom)) < 0.2) throw new Error(`${label}: nothing was zoomed`);
  return times;
}

/** Takes a variable near the middle of the canvas, and sees afterwards that it alone has moved. */
async function drag(page, contents, label) {
  const before = await savedPlaces(page);
  const times = await frames(page, "drag");
  const after = await savedPlaces(page);
  const moved = [...after].filter(([id, place]) => before.get(id) !== place);
  if (moved.length !== 1) throw new Error(`${label}: ${moved.length} variables have moved`);
  if (after.size !== contents.variables.length) throw new Error(`${label}: ${after.size} variables are left`);
  await page.locator("#canvas").press("Escape");
  return times;
}

/** Zooms a little, and follows the frames until the app asks for no more. */
async function sharpen(page, n) {
  const result = await page.evaluate(sharpenFrames, { turn: n % 2 ? 20 : -20 });
  await page.waitForTimeout(100);
  return result;
}

/** Where the document's variables are, from the file that the app saves. */
async function savedPlaces(page) {
  const download = page.waitForEvent("download");
  await page.locator("#canvas").press("Control+s");
  const saved = JSON.parse(await readFile(await (await download).path(), "utf8"));
  return new Map(saved.variables.map(({ id, x, y }) => [id, `${x} ${y}`]));
}

/** The middle and the zoom that the app keeps once the view stands still. */
async function keptView(page) {
  await page.waitForTimeout(500);
  const [x, y, zoom] = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.includes("view"));
    return (localStorage.getItem(key) ?? "").split(" ").map(Number);
  });
  return { x, y, zoom };
}

/** Dispatches one event of a gesture a frame; gives the times of the frames after the warm-up. */
async function frames(page, gesture) {
  const times = await page.evaluate(gestureFrames, { gesture, count: WARM_UP + FRAMES });
  return { frames: times.frames.slice(WARM_UP), scripts: times.scripts.slice(WARM_UP) };
}

/** In the page. */
async function gestureFrames({ gesture, count }) {
  const canvas = document.querySelector("#canvas");
  const box = canvas.getBoundingClientRect();
  const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  const event = (Kind, name, at, more) =>
    canvas.dispatchEvent(
      new Kind(name, { bubbles: true, cancelable: true, clientX: at.x, clientY: at.y, pointerId: 1, ...more }),
    );
  const wheel = (more) => event(WheelEvent, "wheel", middle, more);
  const point = (name, at, more) => event(PointerEvent, name, at, { isPrimary: true, pointerType: "mouse", ...more });
  const start = gesture === "drag" ? await variable() : middle;
  const round = (n, radius) => {
    const turn = (n / 90) * 2 * Math.PI;
    return { x: start.x + radius * Math.sin(turn), y: start.y + (radius / 2) * (1 - Math.cos(turn)) };
  };
  const steps = {
    // Along a wide arc: always on to what was not in sight before.
    pan: (n) => wheel({ deltaX: 28 * Math.cos(n / 60), deltaY: 28 * Math.sin(n / 60) }),
    // By a factor of 6, back again, and so on.
    in: (n) => wheel({ ctrlKey: true, deltaY: Math.floor(n / 45) % 2 ? 4 : -4 }),
    out: (n) => wheel({ ctrlKey: true, deltaY: Math.floor(n / 45) % 2 ? -4 : 4 }),
    drag: (n) => point("pointermove", round(n, 150), { buttons: 1 }),
  };
  if (gesture === "drag") point("pointerdown", start, { button: 0, buttons: 1 });
  const moments = [];
  const scripts = [];
  await new Promise((done) => {
    const frame = () => {
      moments.push(performance.now());
      if (moments.length > count) return done();
      const began = performance.now();
      steps[gesture](moments.length);
      scripts.push(performance.now() - began + inFrames);
      inFrames = 0;
      // Only now, so that the app's own frame comes before this one: else it would be every other.
      plainRequest(frame);
    };
    plainRequest(frame);
  });
  if (gesture === "drag") point("pointerup", round(count, 150), { button: 0 });
  const frames = moments.slice(1).map((moment, n) => moment - moments[n]);
  return { frames, scripts };

  /** The place nearest to the middle where the cursor says that a press would move something. */
  async function variable() {
    for (let n = 0; n < 2_000; n += 1) {
      const reach = Math.sqrt(n) * 5;
      const at = { x: Math.round(middle.x + reach * Math.cos(n)), y: Math.round(middle.y + reach * Math.sin(n)) };
      point("pointermove", at);
      await new Promise((later) => setTimeout(later));
      if (canvas.style.cursor === "move") return at;
    }
    throw new Error("there is no variable in sight");
  }
}

/** In the page. */
async function sharpenFrames({ turn }) {
  const canvas = document.querySelector("#canvas");
  const box = canvas.getBoundingClientRect();
  const at = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
  canvas.dispatchEvent(new WheelEvent("wheel", { ctrlKey: true, deltaY: turn, bubbles: true, cancelable: true, ...at }));
  const began = performance.now();
  const moments = [began];
  let [asked, idle] = [window.asked, 0];
  await new Promise((done) => {
    const frame = () => {
      moments.push(performance.now());
      idle = window.asked === asked ? idle + 1 : 0;
      asked = window.asked;
      if (idle > 1) done();
      else plainRequest(frame);
    };
    plainRequest(frame);
  });
  moments.pop();
  const frames = moments.slice(1).map((moment, n) => moment - moments[n]);
  return { frames, sharp: moments.at(-1) - began };
}
