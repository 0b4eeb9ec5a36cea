// A value-stream map that runs: watched on the canvas, run many times, futures beside each other, forecasts.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { canvas, choose, document, drop, open, outline } from "../page.mjs";
import { atRest, watchFrames } from "../rest.mjs";

const panel = (page) => page.getByRole("complementary", { name: "Run" });
const bar = (page) => page.getByRole("group", { name: "Run of the map" });
const answer = (page) => panel(page).getByRole("region", { name: "What came of the runs" });
const cell = (page, row, column) =>
  answer(page).getByRole("row", { name: new RegExp(`^${row}`) }).getByRole("cell").nth(column - 1);
const now = (page) => bar(page).locator(".play-now");
const done = async (page) => Number((await now(page).textContent()).match(/([\d,]+) done/)?.[1].replace(",", "") ?? 0);

/** Two steps in a row, of which the second is the constraint, and an improvement of it. */
const MAP = {
  format: "loopstream",
  version: 6,
  title: "Reviews",
  stations: [
    { id: "in", name: "Ideas", kind: "supplier", x: 0, y: 0 },
    { id: "a", name: "Write", x: 220, y: 0, measures: { processTime: { measured: 12, unit: "min" }, variation: { measured: 1 } } },
    { id: "b", name: "Review", x: 440, y: 0, measures: { processTime: { measured: 19.2, unit: "min" }, variation: { measured: 1 } } },
    { id: "out", name: "Users", kind: "customer", x: 660, y: 0, measures: { demand: { measured: 20, unit: "per day" } } },
  ],
  flows: [
    { id: "f", from: "in", to: "a", kind: "push" },
    { id: "g", from: "a", to: "b", kind: "push" },
    { id: "h", from: "b", to: "out", kind: "push" },
  ],
  improvements: [{ id: "quick", name: "Two reviewers", changes: [{ about: "b", measure: "servers", change: { more: 1 } }] }],
};

async function openMap(page, map = MAP) {
  await open(page);
  await drop(page, { file: { name: "map.json", text: JSON.stringify(map) } });
  await expect(page.getByLabel("Title of the diagram")).toHaveValue(map.title);
  await canvas(page).focus();
}

async function showPanel(page) {
  await page.keyboard.press("Shift+R");
  await expect(panel(page)).toBeVisible();
}

async function runFor(page, question) {
  await panel(page).getByRole("combobox", { name: /^Ask/ }).selectOption(question);
  await panel(page).getByRole("button", { name: "Run many times" }).click();
}

test("the template runs on the map: it is watched, paused, led on and ended", async ({ page }) => {
  await page.addInitScript(watchFrames);
  await open(page);
  await choose(page, "File", "Open a template");
  await page.getByRole("button", { name: /^Penny Fab Two/ }).click();
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("Penny Fab Two");
  // What limits is marked on the canvas.
  await expect(page.locator(".headline")).toContainText("Stamp is the constraint");
  await canvas(page).focus();
  await atRest(page);
  const pixels = () => canvas(page).evaluate((canvas) => canvas.toDataURL());
  const before = await pixels();
  await page.keyboard.press("Alt+Shift+R");
  await expect(now(page)).toContainText("8 in it");
  await expect.poll(pixels).not.toBe(before);
  await bar(page).getByLabel("Speed").selectOption("Very fast");
  await expect.poll(() => done(page)).toBeGreaterThan(20);
  await page.keyboard.press("Alt+k");
  await expect(bar(page).getByRole("button", { name: "Go on" })).toBeVisible();
  const stopped = await pixels();
  // The next move, one at a time; each is told.
  await page.keyboard.press(".");
  await expect(page.locator("#said")).toContainText(/^(From |An item )/);
  await expect.poll(pixels).not.toBe(stopped);
  // A run is a run: from the start it goes the same way again.
  await page.keyboard.press(",");
  await expect.poll(() => done(page)).toBeLessThan(20);
  await page.keyboard.press("Escape");
  await expect(bar(page)).toBeHidden();
  await expect.poll(pixels).toBe(before);
});

test("percentiles, charts and where the time goes, beside the formulas", async ({ page }) => {
  await openMap(page);
  await showPanel(page);
  await runFor(page, "How long it takes");
  await expect(cell(page, "Lead time, P85", 1)).toHaveText(/^3\.\d+ h$/);
  await expect(cell(page, "Lead time, P85", 2)).toHaveText(/ h to .* h$/);
  await expect(cell(page, "Throughput", 3)).toHaveText("20 per d");
  await expect(answer(page).getByRole("img")).toHaveCount(4);
  await expect(answer(page).getByRole("table").nth(3).getByRole("row", { name: /^Review/ }).getByRole("cell").first())
    .toHaveText(/^(79|80|81)/);
  await expect(answer(page).getByText(/^Simulated: 20 runs of /)).toBeVisible();
  const found = await new AxeBuilder({ page }).include("#side").analyze();
  expect(found.violations).toEqual([]);
});

test("a future is compared under the same chance, and what pays is ranked", async ({ page }) => {
  await openMap(page);
  await showPanel(page);
  await panel(page).getByRole("combobox", { name: /^Ask/ }).selectOption("How two futures differ");
  // Today beside the first improvement is what one wants to see first.
  await expect(panel(page).getByRole("combobox", { name: /^Of/ })).toHaveValue("quick");
  await panel(page).getByRole("button", { name: "Run many times" }).click();
  await expect(answer(page).getByText(/^With Two reviewers, the lead time is .* shorter on the mean/)).toBeVisible();
  await expect(cell(page, "Lead time, mean", 3)).toHaveText(/^−.* \(−.* to −.*\)$/);
  // A map beside itself: exactly the same.
  await panel(page).getByRole("combobox", { name: /^Of/ }).selectOption("Today");
  await panel(page).getByRole("button", { name: "Run many times" }).click();
  await expect(answer(page).getByText("Today does exactly as Today in every run.")).toBeVisible();
  await runFor(page, "Which change pays");
  await expect(answer(page).getByText("A tenth off Review shortens the lead time most, on the mean.")).toBeVisible();
});

test("a forecast says when and how many", async ({ page }) => {
  await openMap(page);
  await showPanel(page);
  await panel(page).getByRole("combobox", { name: /^Ask/ }).selectOption("When items are done");
  await panel(page).getByLabel("Items", { exact: true }).fill("40");
  await panel(page).getByRole("button", { name: "Run many times" }).click();
  await expect(answer(page).getByRole("heading", { name: "40 items are done" })).toBeVisible();
  await expect(cell(page, "85 %", 1)).toHaveText(/^2\.\d+$/);
  await runFor(page, "How many get done");
  await expect(answer(page).getByRole("heading", { name: /^Done in 20 working days, until / })).toBeVisible();
  await expect(cell(page, "85 %", 1)).toHaveText(/^3\d\d$/);
  await panel(page).getByLabel("Within working days").fill("none");
  await panel(page).getByLabel("Within working days").press("Enter");
  await expect(panel(page).getByRole("alert")).toHaveText("A number above 0 is needed.");
});

test("what is missing is named, and settings are kept in the document", async ({ page }) => {
  const lacking = structuredClone(MAP);
  delete lacking.stations[2].measures.processTime;
  await openMap(page, lacking);
  await page.keyboard.press("Alt+Shift+R");
  await expect(answer(page).getByText(/^Review: /)).toBeVisible();
  await panel(page).getByRole("button", { name: "How it runs" }).click();
  await panel(page).getByLabel("Runs", { exact: true }).fill("40");
  await panel(page).getByLabel("Runs", { exact: true }).press("Enter");
  await panel(page).getByRole("combobox", { name: /^Items come/ }).selectOption("Evenly");
  await expect(panel(page).getByRole("combobox", { name: /^Items come/ })).toHaveValue("Evenly");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(panel(page).getByRole("combobox", { name: /^Items come/ })).toHaveValue("By chance: exponential");
  await panel(page).getByLabel("Items come at working hours").fill("4 soon");
  await panel(page).getByLabel("Items come at working hours").blur();
  await expect(panel(page).getByRole("alert")).toHaveText("soon is no time in working hours, 0 or more.");
  await panel(page).getByLabel("Items come at working hours").fill("4; 0,5 2");
  await panel(page).getByLabel("Items come at working hours").blur();
  await expect(panel(page).getByLabel("Items come at working hours")).toHaveValue("0.5 2 4");
  await expect(panel(page).getByLabel("Runs", { exact: true })).toHaveValue("40");
});

test("on a phone, without motion, the counts are shown", async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    baseURL, viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await openMap(page);
  await page.keyboard.press("Alt+Shift+R");
  await bar(page).getByLabel("Speed").selectOption("Fast");
  await expect.poll(() => done(page)).toBeGreaterThan(2);
  const box = await bar(page).boundingBox();
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(360);
  await bar(page).getByRole("button", { name: "Figures" }).tap();
  await expect(panel(page)).toBeVisible();
  await context.close();
});

test("a frame's limit and measured times are typed, kept in the document, and told with the run", async ({ page }) => {
  const framed = structuredClone(MAP);
  framed.frames = [{ id: "team", title: "Team", x: 330, y: 0, width: 480, height: 400 }];
  await openMap(page, framed);
  await page.getByRole("button", { name: "Outline", exact: true }).click();
  await outline(page).getByRole("button", { name: "Frame: Team", exact: true }).click();
  const limit = outline(page).getByLabel("Most items inside", { exact: true });
  await limit.fill("many");
  await limit.press("Enter");
  await expect(outline(page).getByRole("alert")).toContainText("is not a number");
  await limit.fill("1");
  await limit.press("Enter");
  await expect(outline(page).getByRole("button", { name: "Frame: Team, at most 1 inside", exact: true })).toBeVisible();
  await expect(outline(page).getByText("In runs of the stream, for: Write; Review.")).toBeVisible();
  expect((await document(page)).frames[0].limit).toEqual({ measured: 1 });

  await outline(page).getByRole("button", { name: /^Review/ }).first().click();
  await page.getByRole("button", { name: "Stream", exact: true }).click();
  const times = page.locator("#inspector").getByLabel("Measured times of process time");
  await times.fill("10 min, soon");
  await times.blur();
  await expect(page.locator("#inspector").getByRole("alert")).toContainText("soon");
  await times.fill("10 min\n20 min\n0.5 h");
  await times.blur();
  await expect(times).toHaveValue("10, 20, 30 min");
  await expect(page.locator("#inspector").getByText(
    "3 measured times, drawn in runs as they were. Their mean is 20 min; the figures count with 19.2 min.",
  )).toBeVisible();
  const review = (await document(page)).stations.find((station) => station.name === "Review");
  expect(review.measures.processTime.times).toEqual({ unit: "min", values: [10, 20, 30] });

  await page.getByRole("button", { name: "Run", exact: true }).click();
  await runFor(page, "How long it takes");
  await expect(answer(page).getByText(/Team, at most 1 inside: No more items are inside at once/)).toBeVisible();
  await expect(answer(page).getByText(/Review: The process time: 3 measured times, drawn as they were/)).toBeVisible();
  await expect(answer(page).getByRole("columnheader", { name: "Wait, P85" })).toBeVisible();
});
