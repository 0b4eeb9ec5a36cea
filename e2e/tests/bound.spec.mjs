// Loops, maps and models joined: a variable shows what runs of the map say, and a model runs with it.

import { expect, test } from "@playwright/test";

import { choose, downloaded, drop, open } from "../page.mjs";

const inspector = (page) => page.locator("#inspector");
const run = (page) => page.getByRole("complementary", { name: "Run" });

/** Two steps in a row, and a model whose rate wants a number that nobody has typed. */
const MAP = {
  format: "loopstream",
  version: 6,
  title: "Reviews",
  stream: { run: { replications: 4, days: 120 } },
  run: { stop: 10, step: 1, timeUnit: "day" },
  variables: [
    { id: "done", name: "Done", kind: "stock", x: 300, y: 300, equation: "0" },
    { id: "rate", name: "deploys", kind: "rate", x: 100, y: 300, equation: "throughput" },
    { id: "through", name: "throughput", x: 0, y: 420, units: "items/day" },
  ],
  links: [{ id: "l", from: "rate", to: "done", polarity: "+" }],
  stations: [
    { id: "in", name: "Ideas", kind: "supplier", x: 0, y: 0 },
    { id: "a", name: "Write", x: 220, y: 0, measures: { processTime: { measured: 12, unit: "min" }, variation: { measured: 0 } } },
    { id: "b", name: "Review", x: 440, y: 0, measures: { processTime: { measured: 30, unit: "min" }, variation: { measured: 0 } } },
    { id: "out", name: "Users", kind: "customer", x: 660, y: 0, measures: { demand: { measured: 20, unit: "per day" } } },
  ],
  flows: [
    { id: "f", from: "in", to: "a", kind: "push" },
    { id: "g", from: "a", to: "b", kind: "push" },
    { id: "h", from: "b", to: "out", kind: "push" },
  ],
};

async function select(page, name) {
  const outline = page.getByRole("button", { name: "Outline", exact: true });
  if ((await outline.getAttribute("aria-pressed")) !== "true") await outline.click();
  await page.locator(".outline-words", { hasText: new RegExp(`^${name}$`) }).click();
}

test("a variable is bound to runs of the map, and the model runs with what they say", async ({ page }) => {
  await open(page);
  await drop(page, { file: { name: "map.json", text: JSON.stringify(MAP) } });
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("Reviews");

  // The model asks for the number that it lacks.
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(run(page)).toContainText("“throughput”");

  await select(page, "throughput");
  await page.getByRole("button", { name: "Stream", exact: true }).click();
  const shows = inspector(page).getByLabel("Shows from the stream");
  await expect(shows.locator("optgroup")).toHaveAttribute("label", "Simulated");
  // Before the runs are over there is no number of them.
  await shows.selectOption({ label: "Stream: simulated lead time, P85" });
  await expect(inspector(page).getByRole("status")).toContainText("grows without end");
  await shows.selectOption({ label: "Stream: simulated throughput" });
  // 30 min each, in 8 h: no more than 16 a day, by the runs as by the formula.
  const said = inspector(page).getByRole("status");
  await expect(said).toContainText("Now 16 per d, simulated: 4 runs.");
  await expect(said).toContainText("4 runs of 120 working days each");
  await expect(said).toContainText("By formula, throughput: 16 per d");

  const picture = await downloaded(page, () => choose(page, "File", "Export SVG"));
  expect(picture.bytes.toString("utf8")).toContain("16 per d · simulated, 4 runs");

  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(run(page)).toContainText(
    "throughput: 16 items per working day of 8 h, from the stream: simulated throughput of the stream, of 4 runs.",
  );
  await expect(run(page).getByRole("slider", { name: "throughput" })).toHaveAttribute("aria-valuetext", "16 items/day");

  // A quicker review: the runs say more, and the model follows.
  await select(page, "Review");
  await page.getByRole("button", { name: "Stream", exact: true }).click();
  const time = inspector(page).getByLabel("Process time", { exact: true });
  await time.fill("15 min");
  await time.press("Tab");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(run(page).getByRole("slider", { name: "throughput" })).toHaveAttribute("aria-valuetext", /^(19|20)(\.\d+)? items\/day$/);
});
