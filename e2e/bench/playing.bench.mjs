// Frames while a push travels along the links, and while a presentation flies to its next step, with
// 200 variables on a page of 1,920 x 1,080.
//
// As in the benchmark of frames, the browser's own limit on their number is lifted.

import { diagram, drop } from "./diagram.mjs";
import { watchFrames } from "./watch.mjs";

export const title = "Frames: playing a push, presenting a story";
export const flags = ["--disable-frame-rate-limit", "--disable-gpu-vsync"];

const VARIABLES = 200;
/** Longer than the search for loops goes on by itself. */
const SETTLE_MS = 3_000;
/** Several rounds of a play. */
const PLAY_MS = 4_500;
/** A flight from one step to the next. */
const FLIGHT_MS = 900;
const FLIGHTS = 8;

export async function run({ url, fresh }) {
  const rows = [];
  const add = (what, { frames, scripts }) => {
    rows.push({ what: `${VARIABLES} variables: ${what}`, unit: "ms", values: frames });
    rows.push({ what: `${VARIABLES} variables: ${what}, main thread`, unit: "ms", values: scripts });
  };
  await fresh(async (page) => {
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.addInitScript(watchFrames);
    await page.goto(url);
    await drop(page, told(diagram(VARIABLES)));
    await page.waitForTimeout(SETTLE_MS);
    const canvas = page.locator("#canvas");
    await canvas.focus();
    // Links come in between.
    const push = page.getByRole("button", { name: "Push up", exact: true });
    for (let n = 0; n < 20 && !(await push.isVisible()); n += 1) {
      await page.keyboard.press("]");
      await page.waitForTimeout(300);
    }
    await push.click();
    await page.getByRole("group", { name: "Play" }).waitFor();
    add("a push that travels", await frames(page, PLAY_MS));
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+Enter");
    await page.locator(".present-words").waitFor();
    await page.waitForTimeout(FLIGHT_MS);
    const flights = { frames: [], scripts: [] };
    for (let n = 0; n < FLIGHTS; n += 1) {
      await page.keyboard.press(n % 2 ? "ArrowLeft" : "ArrowRight");
      const flight = await frames(page, FLIGHT_MS);
      flights.frames.push(...flight.frames);
      flights.scripts.push(...flight.scripts);
    }
    add("a presentation that flies on", flights);
  });
  return rows;
}

/** The diagram with a story of two steps: one of its corners, dimmed but for some variables, and all. */
function told(contents) {
  const area = ({ x, y }) => ({ area: { x, y, width: 700, height: 400 } });
  const lit = contents.variables.slice(0, 6).map(({ id }) => ({ about: id, how: "lit" }));
  lit.sort((one, other) => one.about.length - other.about.length || (one.about < other.about ? -1 : 1));
  const steps = [
    { id: "s1", story: "s", words: "One corner.", marks: lit, rest: "dimmed", view: area(contents.variables[0]) },
    { id: "s2", story: "s", place: 1, words: "All of it." },
  ];
  return { ...contents, version: 6, stories: [{ id: "s", name: "Two steps" }], storySteps: steps };
}

/** The times of all frames of a while, and of the page's own code in each. */
const frames = (page, milliseconds) => page.evaluate(framesOfAWhile, milliseconds);

/** In the page. */
async function framesOfAWhile(milliseconds) {
  const moments = [performance.now()];
  const scripts = [];
  inFrames = 0;
  await new Promise((done) => {
    const frame = () => {
      moments.push(performance.now());
      scripts.push(inFrames);
      inFrames = 0;
      if (moments.at(-1) - moments[0] > milliseconds) done();
      else plainRequest(frame);
    };
    plainRequest(frame);
  });
  return { frames: moments.slice(1).map((moment, n) => moment - moments[n]), scripts };
}
