// Experiments: from an improvement to an experiment, its mark on the canvas, numbers before and after, verdict, report;
// and how the structure changed. By mouse, by keyboard, by finger.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { A, canvas, choose, click, document, downloaded, drawRing, drop, open, reload, saved, variable } from "../page.mjs";

const panel = (page) => page.getByRole("complementary", { name: "Experiments", exact: true });
const button = (page, name) => panel(page).getByRole("button", { name, exact: true });
const group = (page, name) => panel(page).getByRole("region", { name });
const said = (page) => panel(page).locator(".experiment-said");

const step = (id, name, x, hours, wait) => ({
  id,
  name,
  x,
  y: 0,
  measures: { processTime: { measured: hours, unit: "h" }, waitingTime: { measured: wait, unit: "day" } },
});

const MAP = {
  format: "loopstream",
  version: 6,
  title: "A line",
  stations: [
    step("build", "Build", 0, 2, 1),
    step("test", "Test", 260, 4, 2),
    { id: "out", name: "Customer", kind: "customer", x: 520, y: 0, measures: { demand: { measured: 4, unit: "per day" } } },
  ],
  flows: [
    { id: "f1", from: "build", to: "test", kind: "push" },
    { id: "f2", from: "test", to: "out", kind: "push" },
  ],
  improvements: [
    { id: "i1", name: "Tests on demand", changes: [{ about: "test", measure: "waitingTime", change: { part: 0.5 } }] },
  ],
};

async function openFile(page, file) {
  await open(page);
  await drop(page, { file: { name: "line.loopstream.json", text: JSON.stringify(file) } });
  await expect(page).toHaveTitle(`${file.title} – Loopstream`);
}

async function clean(page, root = "aside.side") {
  const { violations } = await new AxeBuilder({ page }).include(root).analyze();
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join("\n")}`).join("\n\n")).toBe("");
}

/** Types into a field, and leaves it. */
async function type(page, label, words) {
  const field = panel(page).getByLabel(label);
  await field.fill(words);
  await field.blur();
}

const experiments = async (page) => (await document(page)).experiments;

test("from an improvement to what was learned, with its mark and the report", async ({ page }) => {
  await openFile(page, MAP);
  const stream = page.getByRole("complementary", { name: "Value stream" });
  if (!(await stream.isVisible())) await page.locator(".side-button", { hasText: "Stream" }).click();
  await page.locator("#fold-what-if").click();
  await stream.getByRole("button", { name: "Begin an experiment: Tests on demand" }).click();

  await expect(panel(page)).toBeVisible();
  await expect(panel(page).getByLabel("If we …")).toBeFocused();
  await expect(panel(page).getByLabel("If we …")).toHaveValue("try “Tests on demand”");
  await expect(panel(page).getByLabel("What should show that it works")).toHaveValue(/\d/);
  await expect(panel(page).getByLabel("Which way")).toHaveValue("fall");
  await expect(panel(page).getByLabel("By how much (optional)")).toHaveValue("by 1 d, from 3.75 d to 2.75 d");
  await expect(group(page, "Planned").getByRole("list").first()).toContainText("If we try “Tests on demand”");
  await clean(page);

  await type(page, "then …", "work waits half as long");
  await type(page, "Who looks after it", "Ada");
  await panel(page).getByLabel(/^It is/).selectOption("running");
  await expect(group(page, "Running")).toBeVisible();
  await expect(group(page, "Planned")).toHaveCount(0);
  await expect(panel(page).getByLabel(/^It is/)).toBeFocused();

  await type(page, /^Before/, "Lead time\n3 d\n5 d\n4,5 d\n9 d\n6 d");
  await expect(panel(page).getByLabel("Before, n = 5")).toHaveValue("3\n5\n4.5\n9\n6");
  await expect(panel(page).getByLabel(/^Their unit/)).toHaveValue("d");
  await expect(said(page)).toContainText("Before: n = 5, median 5 d, mean 5.5 d.");
  await expect(said(page)).toContainText("Nothing was measured after it yet.");
  await type(page, /^After/, "2\n48 h\nsome");
  await expect(panel(page).getByRole("alert").filter({ hasText: "Line 3" })).toHaveText(
    "Line 3 says “some”, which is no number.",
  );
  // Nothing of what was typed is lost.
  await expect(panel(page).getByLabel(/^After/)).toHaveValue("2\n48 h\nsome");
  await clean(page);
  await type(page, /^After/, "2\n12 h\n1\n2,5\n1.8");
  await expect(said(page)).toContainText("After it: lower by");
  await expect(said(page)).toContainText("Mann–Whitney test, exact, p = 0.008, n = 5 and 5");
  await panel(page).getByLabel("How it went").selectOption("as we expected");
  await type(page, "What we learned", "Most of the wait was for the room");
  await panel(page).getByLabel(/^It is/).selectOption("ended");
  await expect(group(page, "Ended")).toBeVisible();
  await clean(page);

  const [kept] = await experiments(page);
  expect(kept).toMatchObject({
    action: "try “Tests on demand”",
    changes: [{ record: "test" }],
    state: "ended",
    unit: "d",
    before: { numbers: [3, 5, 4.5, 9, 6] },
    verdict: "asExpected",
  });
  await choose(page, "File", "Export…");
  const download = page.getByRole("dialog").getByRole("button", { name: "Download as Report in Markdown" });
  const report = (await downloaded(page, () => download.click())).bytes.toString("utf8");
  expect(report).toContain("## Experiments");
  expect(report).toContain("Most of the wait was for the room");
  expect(report).toContain("Mann–Whitney test, exact");
});

test("a mark on the canvas leads to its experiment, and pictures can have it", async ({ page }) => {
  await openFile(page, {
    ...MAP,
    experiments: [{ id: "e1", action: "pair", state: "running", changes: [{ record: "test" }] }],
  });
  await canvas(page).focus();
  await page.keyboard.press("Alt+Shift+X");
  await expect(panel(page)).toBeVisible();
  await expect(panel(page).getByRole("button", { name: /If we pair/ })).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Alt+Shift+X");
  await expect(panel(page)).toHaveCount(0);

  await canvas(page).focus();
  // The first step, the flow, the second step.
  for (const words of ["Build", "Work goes from Build to Test", "Test"]) {
    await page.keyboard.press("]");
    await expect(page.locator("#said")).toContainText(words);
  }
  await expect(page.locator("#said")).toContainText("Test");
  await expect(page.locator("#said")).toContainText("1 running experiment");

  const svg = async (marked) => {
    await choose(page, "File", "Export…");
    const box = page.locator("#picture-experiments");
    if (marked) await box.check();
    else await box.uncheck();
    await page.getByRole("dialog").getByRole("radio", { name: "SVG", exact: true }).check();
    const file = await downloaded(page, () => page.locator("#save-picture").click());
    await page.keyboard.press("Escape");
    return file.bytes.toString("utf8");
  };
  const [without, withMarks] = [await svg(false), await svg(true)];
  expect(withMarks.split("\n").length).toBeGreaterThan(without.split("\n").length);
});

test("a press on the flask opens its experiment", async ({ page }) => {
  await open(page);
  await variable(page, "risk", A);
  await canvas(page).focus();
  await page.keyboard.press("Escape");
  await click(page, A);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("New experiment");
  await page.keyboard.press("Enter");
  await expect(panel(page).getByLabel("If we …")).toBeFocused();
  await page.keyboard.type("write it down");
  await panel(page).getByRole("button", { name: "Close panel" }).click();
  await expect(panel(page)).toHaveCount(0);
  // The flask stands at the lower left corner of the name.
  await click(page, { x: A.x - 21, y: A.y + 19 });
  await expect(panel(page).getByRole("button", { name: /If we write it down/ })).toBeFocused();
  await expect(panel(page).getByLabel("If we …")).toHaveValue("write it down");
});

test("everything by keyboard: begin, type, move, duplicate, remove, undo", async ({ page }) => {
  await open(page);
  await drawRing(page, ["+", "-", "+"]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("New experiment");
  await page.keyboard.press("Enter");
  await expect(panel(page).getByLabel("If we …")).toBeFocused();
  await page.keyboard.type("rest more");
  await page.keyboard.press("Tab");
  await expect(button(page, "Move planned experiment 1")).toBeVisible();
  await panel(page).locator("#experiment-new").focus();
  await page.keyboard.press("Enter");
  await expect(panel(page).getByLabel("If we …")).toBeFocused();
  await page.keyboard.type("meet less");
  await button(page, "Move planned experiment 2").focus();
  await page.keyboard.press("ArrowUp");
  await expect(page.locator("#said")).toContainText("1 of 2");
  await expect.poll(async () => (await experiments(page)).sort((a, b) => (a.place ?? 0) - (b.place ?? 0)).map((one) => one.action))
    .toEqual(["meet less", "rest more"]);
  await button(page, "Duplicate planned experiment 1").focus();
  await page.keyboard.press("Enter");
  await expect(group(page, "Planned").getByRole("listitem").filter({ hasText: "meet less" })).toHaveCount(2);
  await button(page, "Remove planned experiment 2").focus();
  await page.keyboard.press("Enter");
  await expect(group(page, "Planned").getByRole("listitem").filter({ hasText: "meet less" })).toHaveCount(1);
  await page.locator(".toast").getByRole("button", { name: "Undo", exact: true }).click();
  await expect(group(page, "Planned").getByRole("listitem").filter({ hasText: "meet less" })).toHaveCount(2);
});

test("what is selected is taken at once, and a reload keeps it", async ({ page }) => {
  await open(page);
  await drawRing(page, ["+", "-", "+"]);
  await canvas(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Alt+Shift+X");
  await panel(page).locator("#experiment-new").click();
  await expect(panel(page).getByRole("group", { name: "What it changes" }).getByRole("listitem")).toHaveCount(6);
  await saved(page);
  await reload(page);
  await page.keyboard.press("Alt+Shift+X");
  await panel(page).getByRole("button", { name: /Nothing is written down yet/ }).click();
  await expect(panel(page).getByRole("group", { name: "What it changes" }).getByRole("listitem")).toHaveCount(6);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test("the panel fits and is used by finger", async ({ page }) => {
    await openFile(page, {
      ...MAP,
      experiments: [
        { id: "e1", action: "die Bereitstellungswartezeitverkürzungsmaßnahmen erproben", state: "running", changes: [{ record: "test" }] },
        { id: "e2", action: "نجرب المراجعة في أزواج", changes: [{ record: "build" }] },
      ],
    });
    await page.keyboard.press("Shift+X");
    await panel(page).getByRole("button", { name: /erproben/ }).tap();
    await type(page, /^Before/, "12 of 80");
    await type(page, /^After/, "3 of 75");
    await expect(said(page)).toContainText("percentage points");
    await expect(said(page)).toContainText("Fisher’s exact test");
    const over = await page.evaluate(() => {
      const side = window.document.querySelector("aside.side");
      return side.scrollWidth - side.clientWidth;
    });
    expect(over).toBeLessThanOrEqual(0);
    await clean(page);
  });
});

test("how the structure changed is told with charts, words and a table", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openFile(page, {
    ...MAP,
    experiments: [{ id: "e1", action: "test on demand", begins: "2037-03-03", changes: [{ record: "test" }] }],
  });
  await saved(page);
  // Looking at the history takes a version; a day and a half later the tests are quick.
  await page.clock.setFixedTime(new Date("2037-03-02T12:00:00Z"));
  await choose(page, "File", "History of this diagram");
  await expect(page.getByRole("dialog", { name: "History" }).locator(".finding")).not.toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.clock.setFixedTime(new Date("2037-03-04T18:00:00Z"));
  const stream = page.getByRole("complementary", { name: "Value stream" });
  if (!(await stream.isVisible())) await page.locator(".side-button", { hasText: "Stream" }).click();
  await stream.locator("tr", { hasText: "Test" }).locator("input").first().fill("1 h");
  await page.keyboard.press("Tab");
  await saved(page);
  await choose(page, "File", "History of this diagram");
  await page.getByRole("dialog").getByRole("button", { name: "How the structure changed" }).click();
  const dialog = page.getByRole("dialog", { name: "How the structure changed" });
  await expect(dialog.getByRole("img", { name: /Lead time/ })).toBeVisible();
  await expect(dialog.getByRole("img", { name: /Lead time/ })).toHaveAttribute("src", /E1%20begins|E1 begins/);
  await expect(dialog).toContainText("the constraint moved from Test to Build");
  await expect(dialog.getByRole("row", { name: /^Now/ })).toContainText("Build");
  await clean(page, "dialog");
  await dialog.getByRole("button", { name: "Copy as CSV" }).click();
  await expect(page.locator(".toast").filter({ hasText: "copied as CSV" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^Version,.*Lead time,Throughput,Constraint/);
  await dialog.getByRole("button", { name: "Versions" }).click();
  await expect(page.getByRole("dialog", { name: "History" })).toBeVisible();
});

test("lead times come from a table of work items, by keyboard", async ({ page }) => {
  const experiment = { id: "e1", action: "pair on tests", begins: "2026-11-08" };
  await openFile(page, { ...MAP, experiments: [experiment] });
  await page.keyboard.press("Alt+Shift+X");
  await panel(page).getByRole("button", { name: /pair on tests/ }).first().click();
  const ask = panel(page).getByRole("button", { name: "Lead times from work items…" });
  await ask.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Import measurements" });
  const at = (day) => `2026-11-${String(day).padStart(2, "0")} 09:00`;
  const rows = [[2, 4], [2, 5], [3, 6], [9, 10], [9, 11], [5, 12]].map(([came, done], n) => `A-${n},${at(came)},${at(came)},${at(done)}`);
  await dialog.getByLabel("Table", { exact: true }).fill(["Key,Created,In Progress,Done", ...rows].join("\n"));
  await dialog.getByRole("button", { name: "Open" }).click();
  await expect(dialog.getByLabel("Experiment", { exact: true })).toHaveValue("e1");
  await expect(dialog.getByLabel("After, from this day on")).toHaveValue("2026-11-08");
  await expect(dialog).toContainText("3 items before, 3 items after. 1 of those after had begun before.");
  await dialog.getByRole("button", { name: "Take the lead times" }).press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(panel(page).getByLabel("Before, n = 3")).toBeVisible();
  await expect(panel(page).getByLabel("After, n = 3")).toBeVisible();
  const [kept] = await experiments(page);
  expect(kept.before.numbers).toHaveLength(3);
  expect(kept.unit).toBe("d");
  await page.getByRole("button", { name: "Undo", exact: true }).first().click();
  await expect.poll(async () => (await experiments(page))[0].before).toBeUndefined();
});
