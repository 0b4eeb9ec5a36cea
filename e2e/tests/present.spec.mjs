// Presenting: by keys, mouse and finger, without motion, in the dark, from a link, and everything as it was
// afterwards.

import { readFile } from "node:fs/promises";

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import {
  A, canvas, choose, click, contextBar, document, drawRing, drop, fixture, open, ready, variable, zoomValue,
} from "../page.mjs";
import { atRest, watchFrames } from "../rest.mjs";

const stage = (page) => page.getByRole("region", { name: "Presentation", exact: true });
const title = (page) => stage(page).locator(".present-title");
const words = (page) => stage(page).locator(".present-words");
const place = (page) => stage(page).locator(".present-place");
const button = (page, name) => stage(page).getByRole("button", { name, exact: true });
const said = (page) => page.locator("#said");

/** A diagram with a story of three steps, as its file has it. */
function told() {
  const variables = [
    { id: "p1", name: "delivery pressure", x: 0, y: 0 },
    { id: "p2", name: "shortcuts", x: 320, y: 40 },
    { id: "p3", name: "Wartungsaufwand für Altsysteme", x: 160, y: 260 },
  ];
  const ends = [[0, 1, "+"], [1, 2, "+"], [2, 0, "+"]];
  const links = ends.map(([from, to, polarity], number) => ({
    id: `l${number}`, from: variables[from].id, to: variables[to].id, polarity,
  }));
  const story = "how";
  const mark = (about, how) => ({ about, how });
  const storySteps = [
    { id: "s1", story, place: 1, title: "It begins with pressure", words: "Somebody **promised** a date.\n\n- early\n- often\n\nMore [in the book](https://example.org/book).", notes: "Ask the room.", marks: [mark(variables[0].id, "lit")], rest: "hidden" },
    { id: "s2", story, place: 2, title: "", loops: [links.map((link) => link.id)], rest: "dimmed" },
    { id: "s3", story, place: 3, title: "The whole", words: "<b>not HTML</b>" },
  ];
  return { format: "loopstream", version: 6, title: "Pressure & shortcuts", variables, links, stories: [{ id: story, name: "How it went" }], storySteps };
}

async function openTold(page) {
  await open(page);
  await drop(page, { file: { name: "told.json", text: JSON.stringify(told()) } });
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("Pressure & shortcuts");
}

async function clean(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

/** How many pixels of the canvas are not paper. */
const inked = (page) =>
  page.evaluate(() => {
    const canvas = document.querySelector("#canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (Math.abs(data[at] - data[0]) + Math.abs(data[at + 1] - data[1]) + Math.abs(data[at + 2] - data[2]) > 60) count += 1;
    }
    return count;
  });

/** The same, once the view has come to rest. */
async function settled(page) {
  let before = -1;
  await expect.poll(async () => {
    const now = await inked(page);
    const rests = now === before;
    before = now;
    return rests;
  }, { intervals: [300] }).toBe(true);
  return before;
}

test("by keys: from step to step, to a number, to the ends, and out", async ({ page }) => {
  await openTold(page);
  const before = await zoomValue(page).textContent();
  await canvas(page).focus();
  await page.keyboard.press("Control+Enter");
  await expect(title(page)).toHaveText("It begins with pressure");
  await expect(stage(page).locator(".present-document")).toHaveText("Pressure & shortcuts");
  await expect(place(page)).toHaveText("1 / 3");
  await expect(said(page)).toContainText("Step 1 of 3. It begins with pressure. Somebody promised a date.");
  await expect(said(page)).toContainText("Lit: delivery pressure");
  // Words are words: a list, a link that opens elsewhere.
  await expect(words(page).locator("li")).toHaveText(["early", "often"]);
  await expect(words(page).getByRole("link")).toHaveAttribute("target", "_blank");
  // Nothing else of the page is there.
  for (const gone of [".top-bar", ".toolbar", ".zoom-bar", ".side"]) await expect(page.locator(gone)).toBeHidden();
  const few = await inked(page);
  // A lit loop without words is told by its sentence.
  await page.keyboard.press("PageDown");
  await expect(place(page)).toHaveText("2 / 3");
  await expect(words(page)).toContainText("delivery pressure up → shortcuts up");
  await page.keyboard.press(" ");
  await expect(title(page)).toHaveText("The whole");
  await expect(words(page)).toHaveText("<b>not HTML</b>");
  await expect.poll(() => inked(page)).toBeGreaterThan(few);
  await page.keyboard.press("ArrowRight");
  await expect(place(page)).toHaveText("3 / 3");
  await page.keyboard.press("Home");
  await expect(place(page)).toHaveText("1 / 3");
  await page.keyboard.press("3");
  await expect(place(page)).toHaveText("3 / 3");
  await page.keyboard.press("Backspace");
  await expect(place(page)).toHaveText("2 / 3");
  await page.keyboard.press("Escape");
  await expect(stage(page)).toHaveCount(0);
  await expect(page.locator(".top-bar")).toBeVisible();
  await expect(zoomValue(page)).toHaveText(before);
  await expect(canvas(page)).toBeFocused();
});

test("nothing is edited meanwhile, and all is as it was afterwards", async ({ page }) => {
  await openTold(page);
  const before = await document(page);
  await choose(page, "More", "Present");
  await expect(place(page)).toHaveText("1 / 3");
  for (const key of ["Delete", "Control+z", "Control+a", "p", "Control+k", "?"]) await page.keyboard.press(key);
  await page.mouse.dblclick(640, 300);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(contextBar(page)).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(stage(page)).toHaveCount(0);
  expect(await document(page)).toEqual(before);
});

test("by mouse: the right of the window leads on, the left back, and the controls do too", async ({ page }) => {
  await openTold(page);
  await choose(page, "More", "Present");
  await page.mouse.click(900, 300);
  await expect(place(page)).toHaveText("2 / 3");
  await page.mouse.click(100, 300);
  await expect(place(page)).toHaveText("1 / 3");
  await button(page, "Next step").click();
  await expect(place(page)).toHaveText("2 / 3");
  await button(page, "Step before").click();
  await expect(place(page)).toHaveText("1 / 3");
  // A drag of the mouse is no step.
  await page.mouse.move(700, 300);
  await page.mouse.down();
  await page.mouse.move(400, 300, { steps: 5 });
  await page.mouse.up();
  await expect(place(page)).toHaveText("1 / 3");
  await button(page, "Dark or light").click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  // The controls step back while nothing moves, and come again.
  await expect(stage(page)).toHaveClass(/present-quiet/, { timeout: 10_000 });
  await page.mouse.move(640, 200);
  await expect(stage(page)).not.toHaveClass(/present-quiet/);
  await button(page, "End presenting").click();
  await expect(stage(page)).toHaveCount(0);
});

test("the pointer leaves a trace that fades, and a finger that points leads nowhere", async ({ page }) => {
  await openTold(page);
  await choose(page, "More", "Present");
  const drawn = () =>
    page.evaluate(() => {
      const layer = document.querySelector(".present-pointer");
      if (layer.width === 0) return 0;
      const { data } = layer.getContext("2d").getImageData(0, 0, layer.width, layer.height);
      return data.filter((value, at) => at % 4 === 3 && value > 0).length;
    });
  await page.mouse.move(500, 200);
  expect(await drawn()).toBe(0);
  await page.keyboard.press("l");
  await expect(button(page, "Pointer")).toHaveAttribute("aria-pressed", "true");
  await page.mouse.move(500, 200);
  await page.mouse.move(800, 320, { steps: 12 });
  await expect.poll(drawn).toBeGreaterThan(1_000);
  // The dot stays where the trace has gone.
  await expect.poll(drawn).toBeLessThan(600);
  expect(await drawn()).toBeGreaterThan(200);
  await page.keyboard.press("l");
  await expect.poll(drawn).toBe(0);
  await expect(place(page)).toHaveText("1 / 3");
});

test("without a story the loops are told, and nothing is kept", async ({ page }) => {
  await open(page);
  await drawRing(page, ["+", "-", "+"]);
  const before = await document(page);
  await canvas(page).focus();
  await page.keyboard.press("Control+Enter");
  await expect(place(page)).toHaveText(/^1 \/ [2-9]$/);
  await page.keyboard.press("End");
  await expect(title(page)).toHaveText("The whole");
  await expect(words(page)).toContainText("It has 1 loop");
  await page.keyboard.press("Escape");
  expect(await document(page)).toEqual(before);
});

test("the whole screen is taken, given back by its key without an end, and left with one", async ({ page }) => {
  const whole = () => page.evaluate(() => document.fullscreenElement === document.documentElement);
  await openTold(page);
  expect(await whole()).toBe(false);
  await canvas(page).focus();
  await page.keyboard.press("Control+Enter");
  await expect(place(page)).toHaveText("1 / 3");
  await expect.poll(whole).toBe(true);
  await page.keyboard.press("f");
  await expect.poll(whole).toBe(false);
  await page.keyboard.press("PageDown");
  await expect(place(page)).toHaveText("2 / 3");
  await page.keyboard.press("f");
  await expect.poll(whole).toBe(true);
  // As by the browser's own key, of which no page hears anything else.
  await page.evaluate(() => document.exitFullscreen());
  await expect(stage(page)).toHaveCount(0);
  await expect(page.locator(".top-bar")).toBeVisible();
  // By our own key too nothing of it stays.
  await page.keyboard.press("Control+Enter");
  await expect.poll(whole).toBe(true);
  await page.keyboard.press("Escape");
  await expect(stage(page)).toHaveCount(0);
  await expect.poll(whole).toBe(false);
});

test("opening the notes gives the whole screen back, and the presentation goes on", async ({ page }) => {
  const whole = () => page.evaluate(() => document.fullscreenElement !== null);
  await openTold(page);
  await canvas(page).focus();
  await page.keyboard.press("Control+Enter");
  await expect.poll(whole).toBe(true);
  const opened = page.waitForEvent("popup");
  await page.keyboard.press("n");
  await opened;
  await expect.poll(whole).toBe(false);
  await expect(place(page)).toHaveText("1 / 3");
  await expect(page.locator(".toast")).toContainText("F takes the whole screen here");
});

test("figures are told with how far they are to be trusted, or as unknown", async ({ page }) => {
  const work = { id: "f", from: "a", to: "b", kind: "push" };
  const step = (id, name, x, measures) => ({ id, kind: "step", name, x, y: 0, measures });
  const map = {
    format: "loopstream", version: 6, title: "Two steps",
    stations: [step("a", "Develop", 0, { processTime: { guessed: 2, unit: "h" } }), step("b", "Test", 300, {})],
    flows: [work],
    stories: [{ id: "how", name: "How it went" }],
    storySteps: [
      { id: "s1", story: "how", title: "How long", figures: [{ of: "a", measure: "processTime" }, { of: "b", measure: "processTime" }] },
    ],
  };
  await open(page);
  await drop(page, { file: { name: "map.json", text: JSON.stringify(map) } });
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("Two steps");
  await choose(page, "More", "Present");
  const figures = stage(page).locator(".present-figures > div");
  await expect(figures).toHaveCount(2);
  await expect(figures.nth(0)).toContainText("process time of Develop");
  await expect(figures.nth(0)).toContainText("2 h");
  await expect(figures.nth(0).locator(".present-trust")).toHaveText("guessed");
  await expect(figures.nth(1)).toContainText("unknown");
  await clean(page);
});

test("a step with a moment shows the run at that time, and none is left afterwards", async ({ page }) => {
  const text = await readFile(fixture("limits.loopstream.json"), "utf8");
  const model = JSON.parse(text);
  model.stories = [{ id: "how", name: "How it grows" }];
  model.storySteps = [
    { id: "t1", story: "how", place: 1, title: "The model" },
    { id: "t2", story: "how", place: 2, title: "After 30 weeks", moment: 30 },
  ];
  await open(page);
  await drop(page, { file: { name: "limits.json", text: JSON.stringify(model) } });
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("Limits to growth");
  await choose(page, "More", "Present");
  await expect(title(page)).toHaveText("The model");
  const without = await settled(page);
  await page.keyboard.press("End");
  await expect(title(page)).toHaveText("After 30 weeks");
  await expect.poll(() => inked(page)).toBeGreaterThan(without + 300);
  await page.keyboard.press("Home");
  await expect.poll(() => inked(page)).toBeLessThan(without + 100);
});

test("the words stand where the diagram becomes larger: below a wide one, beside a tall one", async ({ page }) => {
  const tall = told();
  tall.variables.forEach((one, number) => { one.x = (number % 2) * 120; one.y = number * 400; });
  const wide = told();
  wide.variables.forEach((one, number) => { one.x = number * 500; one.y = (number % 2) * 60; });
  await open(page);
  for (const [diagram, aside] of [[tall, true], [wide, false]]) {
    diagram.storySteps = [{ id: "s1", story: "how", title: "All of it", words: "Some words that are told beside the picture. ".repeat(4) }];
    await drop(page, { file: { name: "told.json", text: JSON.stringify(diagram) } });
    await expect(canvas(page)).toHaveAttribute("aria-label", /^Diagram with 3 variables/);
    await choose(page, "More", "Present");
    await expect(place(page)).toHaveText("1 / 1");
    const room = await stage(page).locator(".present-room").boundingBox();
    const words = await stage(page).locator(".present-told").boundingBox();
    if (aside) expect(words.x).toBeGreaterThanOrEqual(room.x + room.width);
    else expect(words.y).toBeGreaterThanOrEqual(room.y + room.height);
    await page.keyboard.press("Escape");
    await expect(stage(page)).toHaveCount(0);
  }
});

test("an empty diagram is not presented", async ({ page }) => {
  await open(page);
  await canvas(page).focus();
  await page.keyboard.press("Control+Enter");
  await expect(page.locator(".toast")).toContainText("There is nothing to present yet");
  await expect(stage(page)).toHaveCount(0);
  // A single variable is one step.
  await variable(page, "trust", A);
  await canvas(page).focus();
  await page.keyboard.press("Control+Enter");
  await expect(place(page)).toHaveText("1 / 1");
});

test("what changes in another tab is followed", async ({ page, context }) => {
  await openTold(page);
  await expect(page.locator("#save-state")).toHaveText("Saved");
  const other = await context.newPage();
  await open(other);
  await expect(other.getByLabel("Title of the diagram")).toHaveValue("Pressure & shortcuts");
  await page.bringToFront();
  await choose(page, "More", "Present");
  await expect(place(page)).toHaveText("1 / 3");
  await other.bringToFront();
  await canvas(other).focus();
  await other.keyboard.press("Control+a");
  await other.keyboard.press("Delete");
  await page.bringToFront();
  await expect(stage(page).locator(".present-gone")).toHaveText("Gone since this step was made: 1 thing on the canvas.");
});

for (const colorScheme of ["light", "dark"]) {
  test.describe(`the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test("every step is clean", async ({ page }) => {
      await openTold(page);
      await choose(page, "More", "Present");
      for (const number of [1, 2, 3]) {
        await page.keyboard.press(String(number));
        await expect(place(page)).toHaveText(`${number} / 3`);
        await clean(page);
      }
    });
  });
}

test.describe("without motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("the view is at the step at once", async ({ page }) => {
    await page.addInitScript(watchFrames);
    await openTold(page);
    await canvas(page).focus();
    await page.keyboard.press("Control+Enter");
    await expect(place(page)).toHaveText("1 / 3");
    await page.keyboard.press("End");
    await expect(place(page)).toHaveText("3 / 3");
    // Nothing runs on.
    await atRest(page);
  });
});

test.describe("a phone", () => {
  test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });

  test("a swipe and a tap lead on and back, and the words are read", async ({ page }) => {
    await openTold(page);
    await canvas(page).focus();
    await page.keyboard.press("Control+Enter");
    await expect(place(page)).toHaveText("1 / 3");
    const finger = async (from, to) => {
      const session = await page.context().newCDPSession(page);
      const touch = (type, touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
      await touch("touchStart", [from]);
      for (const part of [0.3, 0.6, 1]) {
        await touch("touchMove", [{ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }]);
      }
      await touch("touchEnd", []);
    };
    await finger({ x: 300, y: 200 }, { x: 120, y: 205 });
    await expect(place(page)).toHaveText("2 / 3");
    await finger({ x: 100, y: 200 }, { x: 280, y: 195 });
    await expect(place(page)).toHaveText("1 / 3");
    await page.touchscreen.tap(250, 150);
    await expect(place(page)).toHaveText("2 / 3");
    await page.touchscreen.tap(60, 150);
    await expect(place(page)).toHaveText("1 / 3");
    // Nothing is wider than the window, and the controls stay.
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(360);
    await expect(button(page, "Next step")).toBeInViewport();
    await clean(page);
    await button(page, "End presenting").tap();
    await expect(stage(page)).toHaveCount(0);
  });
});

test("a link opens as a presentation, and shows the diagram afterwards", async ({ page, context }) => {
  await openTold(page);
  await choose(page, "File", "Share a link");
  await expect(page.locator("#link-present")).toBeVisible();
  const link = await page.locator("#link-present").inputValue();
  expect(link).toContain("#present=z1.");
  const viewer = await context.newPage();
  // From its first pixel on nothing but the presentation is there.
  await viewer.addInitScript(() => {
    window.seenBars = 0;
    const look = () => {
      const bar = document.querySelector(".top-bar");
      if (bar?.checkVisibility()) window.seenBars += 1;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await viewer.goto(link);
  await ready(viewer);
  expect(await viewer.evaluate(() => window.seenBars)).toBe(0);
  await expect(title(viewer)).toHaveText("It begins with pressure");
  await viewer.keyboard.press("PageDown");
  await expect(place(viewer)).toHaveText("2 / 3");
  await viewer.keyboard.press("Escape");
  await expect(stage(viewer)).toHaveCount(0);
  await expect(viewer.getByText("View only")).toBeVisible();
  await viewer.getByRole("button", { name: "Present", exact: true }).click();
  await expect(place(viewer)).toHaveText("1 / 3");
  await click(viewer, { x: 900, y: 300 });
  await expect(place(viewer)).toHaveText("2 / 3");
});
