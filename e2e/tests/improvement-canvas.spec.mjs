// An improvement that the canvas shows: what differs is marked, what is typed changes it and not today,
// steps are left out and put in.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { document, drop, open, outline, undoButton } from "../page.mjs";

const panel = (page) => page.getByRole("complementary", { name: "Value stream" });
const chip = (page) => page.getByRole("group", { name: "Shown on the canvas" });
const inspector = (page) => panel(page).getByRole("region", { name: "What is selected" });
const differs = (page) => chip(page).getByRole("list", { name: "What differs from today" });
const whose = (page) => panel(page).getByText(/You change the improvement/);

const step = (id, name, x, hours) => ({
  id,
  name,
  x,
  y: 0,
  measures: { processTime: { measured: hours, unit: "h" }, waitingTime: { measured: 1, unit: "day" } },
});

const MAP = {
  format: "loopstream",
  version: 6,
  title: "A line",
  stations: [
    step("build", "Build", 0, 2),
    step("test", "Test", 300, 8),
    step("ship", "Ship", 600, 1),
    { id: "out", name: "Customer", kind: "customer", x: 900, y: 0, measures: { demand: { measured: 1, unit: "per day" } } },
  ],
  flows: [
    { id: "f1", from: "build", to: "test", kind: "push" },
    { id: "f2", from: "test", to: "ship", kind: "push" },
    { id: "f3", from: "ship", to: "out", kind: "push" },
  ],
  improvements: [{ id: "pair", name: "Pair on tests", changes: [{ about: "test", measure: "processTime", change: { part: 0.5 } }] }],
};

const improvement = async (page) => (await document(page)).improvements[0];
const station = async (page, id) => (await document(page)).stations.find((one) => one.id === id);

async function shown(page) {
  await open(page);
  await drop(page, { file: { name: "line.loopstream.json", text: JSON.stringify(MAP) } });
  await expect(page).toHaveTitle("A line – Loopstream");
  if (!(await panel(page).isVisible())) await page.locator(".side-button", { hasText: "Stream" }).click();
  await page.locator("#fold-what-if").click();
  const table = panel(page).getByRole("group", { name: "Improvements beside today" });
  await table.getByRole("button", { name: "Pair on tests" }).click();
  await expect(chip(page)).toContainText("Showing: Pair on tests");
}

/** Selects a record by its words in the outline, and goes back to the panel of the stream. */
async function select(page, words) {
  await page.locator(".side-button", { hasText: "Outline" }).click();
  await outline(page).getByRole("button", { name: words, exact: true }).first().click();
  await page.locator(".side-button", { hasText: "Stream" }).click();
}

test("what differs is said, and what is typed changes the improvement", async ({ page }) => {
  await shown(page);
  await expect(differs(page)).toContainText("process time 4 h, was 8 h");
  await panel(page).getByRole("button", { name: "Test", exact: true }).click();
  await expect(whose(page)).toContainText("You change the improvement Pair on tests, not today.");
  const time = inspector(page).getByLabel("Process time", { exact: true });
  await expect(time).toHaveValue("4 h");
  await expect(inspector(page)).toContainText("Today: 8 h");
  await time.fill("3 h");
  await time.press("Enter");
  await expect(differs(page)).toContainText("process time 3 h, was 8 h");
  expect((await improvement(page)).changes).toEqual([
    { about: "test", measure: "processTime", change: { is: { measured: 3, unit: "h" } } },
  ]);
  expect((await station(page, "test")).measures.processTime).toEqual({ measured: 8, unit: "h" });
  // The sheet, too.
  const cell = panel(page).getByLabel("Build: waiting time");
  await cell.fill("2 h");
  await cell.press("Enter");
  await expect(differs(page)).toContainText("waiting time 2 h, was 1 d");
  await undoButton(page).first().click();
  await expect(differs(page)).not.toContainText("waiting time");
  // Emptied, it is as today; and today is one press away.
  await time.fill("");
  await time.press("Enter");
  await expect(time).toHaveValue("8 h");
  await panel(page).getByRole("button", { name: "Back to today" }).click();
  await expect(chip(page)).toHaveCount(0);
  await expect(whose(page)).toHaveCount(0);
  await time.fill("7 h");
  await time.press("Enter");
  await expect.poll(async () => (await station(page, "test")).measures.processTime.measured).toBe(7);
});

test("a step is left out and another put in, by keyboard, and both are made so", async ({ page }) => {
  await shown(page);
  await panel(page).getByRole("button", { name: "Ship", exact: true }).click();
  const leave = inspector(page).getByRole("button", { name: "Leave this step out" });
  await leave.focus();
  await page.keyboard.press("Enter");
  await expect(differs(page)).toContainText("Ship: left out");
  await expect(inspector(page).getByRole("button", { name: "Take this step back in" })).toBeVisible();
  await select(page, "Work goes from Build to Test");
  await inspector(page).getByRole("button", { name: "Put a step in here" }).press("Enter");
  const name = inspector(page).getByLabel("Name of the step that is put in");
  await expect(name).toBeFocused();
  await name.fill("Triage");
  await name.press("Enter");
  const added = inspector(page).getByRole("region", { name: "Put in: Triage" });
  await added.getByLabel("Process time", { exact: true }).fill("30 min");
  await added.getByLabel("Process time", { exact: true }).press("Enter");
  await expect(differs(page)).toContainText("Triage is put in");
  // The panel was another one meanwhile.
  await page.locator("#fold-what-if").click();
  const list = panel(page).getByRole("list", { name: "Saved improvements" });
  await expect(list).toContainText("Ship: left out");
  await expect(list).toContainText("Triage put in, process time 30 min");
  const results = await new AxeBuilder({ page }).include(".inspector").analyze();
  expect(results.violations).toEqual([]);
  const before = await document(page);
  await panel(page).getByRole("button", { name: "Make it so: Pair on tests" }).click();
  await expect.poll(async () => (await document(page)).stations.map((one) => one.name).sort()).toEqual([
    "Build",
    "Customer",
    "Test",
    "Triage",
  ]);
  await undoButton(page).first().click();
  await expect.poll(() => document(page)).toEqual(before);
});

test("an empty improvement begins on the canvas", async ({ page }) => {
  await shown(page);
  await panel(page).getByRole("button", { name: "New improvement on the canvas" }).click();
  await expect(chip(page)).toContainText("Showing: Improvement 2");
  await expect(differs(page).getByRole("listitem")).toHaveCount(0);
});
