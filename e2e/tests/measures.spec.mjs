// The panel of a stream: its headline, the sheet of measures, and what it says while little is known.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { canvas, click, document, field, lay, open, undoButton } from "../page.mjs";

const panel = (page) => page.getByRole("complementary", { name: "Value stream" });
const headline = (page) => panel(page).locator(".headline");
const sheet = (page) => panel(page).getByRole("region", { name: "Measures of the steps" });
const cell = (page, step, measure) => sheet(page).getByLabel(`${step}: ${measure}`, { exact: true });
const problems = (page) => panel(page).getByRole("list", { name: "Problems" });

/** Pastes without the clipboard of the system. */
const paste = (field, text) => field.evaluate((one, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  one.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}, text);

/** The measures of a step, as the file has them. */
async function measures(page, name) {
  const { stations } = await document(page);
  return stations.find((station) => station.name === name).measures ?? {};
}

const STEPS = ["Refine", "Develop", "Test", "Deploy"];

test("a map without numbers asks for them, and has no figures and no constraint yet", async ({ page }) => {
  await open(page);
  await lay(page, STEPS);
  await expect(panel(page)).toBeVisible();
  await expect(problems(page)).toContainText("There is no customer");
  await expect(sheet(page).getByRole("row")).toHaveCount(5);
  await expect(sheet(page).getByRole("rowheader")).toHaveText(STEPS);
  await expect(page.locator("#fold-figures")).toHaveCount(0);
  await expect(panel(page).getByText("unknown", { exact: true })).toHaveCount(0);
  // One number limits nothing.
  await cell(page, "Test", "process time").fill("2 h");
  await cell(page, "Test", "process time").press("Enter");
  await expect(headline(page)).toContainText("So far only Test has a capacity: 4 a day.");
  await expect(page.locator("#fold-figures")).toBeVisible();
  // Two do.
  await cell(page, "Develop", "process time").fill("8 h");
  await cell(page, "Develop", "process time").press("Enter");
  await expect(headline(page)).toContainText("Develop is the constraint so far: at most 1 a day");
});

test("Tab and Enter go on as in a spreadsheet", async ({ page }) => {
  await open(page);
  await lay(page, STEPS);
  const first = cell(page, "Refine", "process time");
  await first.click();
  await page.keyboard.type("1 h");
  await page.keyboard.press("Tab");
  await expect(cell(page, "Refine", "waiting time")).toBeFocused();
  await page.keyboard.type("~2 d");
  await page.keyboard.press("Enter");
  await expect(cell(page, "Develop", "waiting time")).toBeFocused();
  await page.keyboard.type("1-2-5 d");
  await page.keyboard.press("Shift+Tab");
  await expect(cell(page, "Develop", "process time")).toBeFocused();
  await page.keyboard.type("8 h");
  await page.keyboard.press("Shift+Enter");
  await expect(first).toBeFocused();
  for (let row = 0; row < 6; row += 1) await page.keyboard.press("ArrowDown");
  await expect(cell(page, "Deploy", "process time")).toBeFocused();
  await page.keyboard.type("30 min");
  // The last row ends the column, and what was typed is kept.
  await page.keyboard.press("Enter");
  await expect(cell(page, "Deploy", "process time")).toBeFocused();
  expect(await measures(page, "Refine")).toEqual({
    processTime: { measured: 1, unit: "h" },
    waitingTime: { guessed: 2, unit: "day" },
  });
  expect((await measures(page, "Develop")).waitingTime).toEqual({ low: 1, likely: 2, high: 5, unit: "day" });
  expect((await measures(page, "Deploy")).processTime).toEqual({ measured: 30, unit: "min" });
  await expect(cell(page, "Develop", "waiting time")).toHaveValue("1\u{2013}2\u{2013}5 d");
});

test("a block of a spreadsheet fills the sheet in one step, and what cannot be read is told at its cell", async ({ page }) => {
  await open(page);
  await lay(page, STEPS);
  await paste(cell(page, "Develop", "process time"), "8 h\t1 d\t80 %\r\n4 ells\t~2 d\t\r\n30 min\t0 h\t95 %\t2\r\nbeyond\r\n");
  await expect(cell(page, "Develop", "process time")).toHaveValue("8 h");
  await expect(cell(page, "Deploy", "process time")).toHaveValue("30 min");
  await expect(cell(page, "Deploy", "people or machines")).toHaveValue("2");
  const wrong = cell(page, "Test", "process time");
  await expect(wrong).toHaveValue("4 ells");
  await expect(wrong).toHaveAttribute("aria-invalid", "true");
  await expect(wrong).toHaveAccessibleDescription(/is not a unit here/);
  await expect(sheet(page).getByRole("alert")).toContainText("is not a unit here");
  expect(await measures(page, "Test")).toEqual({ waitingTime: { guessed: 2, unit: "day" } });
  await wrong.fill("4 h");
  await wrong.press("Tab");
  await expect(sheet(page).getByRole("alert")).toHaveCount(0);
  await expect(wrong).toHaveAttribute("aria-invalid", "false");
  await undoButton(page).click();
  await expect(wrong).toHaveValue("");
  // The block was one step.
  await undoButton(page).click();
  await expect(cell(page, "Develop", "process time")).toHaveValue("");
  await expect(cell(page, "Deploy", "%C&A")).toHaveValue("");
});

test("the headline says what limits, what follows, and how long work takes, in the unit of the demand", async ({ page }) => {
  await open(page);
  await lay(page, ["Develop", "Test"]);
  await paste(cell(page, "Develop", "process time"), "4 h\t~2 d\n8 h\t1 d");
  await canvas(page).focus();
  await page.keyboard.press("Alt+c");
  await click(page, { x: 640, y: 420 });
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("Users");
  await click(page, { x: 640, y: 560 });
  await expect(field(page)).toHaveCount(0);
  await sheet(page).getByLabel("Users: demand").fill("6 per wk");
  await sheet(page).getByLabel("Users: demand").press("Enter");
  // It is on the canvas, and nothing flows to it.
  await expect(problems(page)).toContainText("Users is not joined yet: draw a flow from Test.");
  await expect(problems(page)).not.toContainText("There is no customer");
  await problems(page).getByRole("button", { name: "Join", exact: true }).click();
  await expect(headline(page)).toContainText("Test is the constraint: 5 a week, 6 asked; the queue grows by 1 a week.");
  await expect(headline(page)).toContainText("Lead time 4.5 d, work 1.5 d (33.3 %).");
  await expect(headline(page)).toContainText("from 1 guess");
  await expect(problems(page).getByRole("listitem")).toHaveCount(0);
  const found = await new AxeBuilder({ page }).include(".side").analyze();
  expect(found.violations).toEqual([]);
});

test("a number is stated until somebody says that it was measured", async ({ page }) => {
  await open(page);
  await lay(page, ["Develop", "Test"]);
  await paste(cell(page, "Develop", "process time"), "4 h\t1 d\n8 h\t1 d");
  await expect(headline(page)).toContainText("as stated");
  await sheet(page).getByRole("button", { name: "Test", exact: true }).click();
  const inspector = page.locator("#inspector");
  const time = inspector.locator(".measure", { hasText: "Process time" }).first();
  await expect(time.locator(".measure-knowledge")).toHaveText("stated");
  await time.getByRole("button", { name: "The process time was measured" }).click();
  await expect(time.locator(".measure-knowledge")).toHaveText("measured");
  await expect(inspector.getByLabel("Date of process time")).not.toHaveValue("");
  await expect(headline(page)).toContainText("stated and measured");
});

test("a diagram of loops asks nothing of the streams, and its panel follows", async ({ page }) => {
  const fetched = [];
  page.on("request", (request) => fetched.push(request.url()));
  await open(page);
  await lay(page, ["Develop", "Test"]);
  await expect(panel(page)).toBeVisible();
  expect(fetched.filter((url) => url.includes("worker-")).length).toBeGreaterThan(0);
  await page.getByRole("button", { name: "File", exact: true }).click();
  await page.getByRole("menuitem", { name: "Open a template" }).click();
  await page.getByRole("button", { name: /Technical debt/ }).first().click();
  await expect(page.getByRole("complementary", { name: "Loops" })).toBeVisible();
  await expect(canvas(page)).toBeVisible();
});
