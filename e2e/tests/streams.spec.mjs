// Value streams: laying, measuring, finding the limit, comparing, binding.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { canvas, click, field, fileChooser, lay, open, undoButton } from "../page.mjs";

const panel = (page) => page.getByRole("complementary", { name: "Value stream" });
const figure = (page, name) =>
  panel(page).locator(".figure", { has: page.locator(".figure-name", { hasText: new RegExp(`^${name}$`) }) });
const inspector = (page) => page.locator("#inspector");
const headline = (page) => panel(page).locator(".headline");
/** A part of the panel that folds away. */
const part = (page, title) => panel(page).getByRole("region", { name: title, exact: true });

/** Opens a part of the panel. */
async function unfold(page, id) {
  const head = page.locator(`#fold-${id}`);
  if ((await head.getAttribute("aria-expanded")) !== "true") await head.click();
}

/** Opens a ready map. */
async function openTemplate(page, title) {
  await page.getByRole("button", { name: "File", exact: true }).click();
  await page.getByRole("menuitem", { name: "Open a template" }).click();
  await page.getByRole("button", { name: new RegExp(title) }).click();
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(panel(page)).toBeVisible();
}

async function showOutline(page) {
  const button = page.getByRole("button", { name: "Outline", exact: true });
  if ((await button.getAttribute("aria-pressed")) !== "true") {
    await button.click();
  }
}

async function showStream(page) {
  await page.getByRole("button", { name: "Stream", exact: true }).click();
  await expect(panel(page)).toBeVisible();
}

/** Selects a station in the outline, and shows its measures. */
async function inspect(page, name) {
  await showOutline(page);
  await page.locator(".outline-words", { hasText: new RegExp(`^${name}$`) }).click();
  await showStream(page);
  await expect(inspector(page).getByRole("heading", { name })).toBeVisible();
}

async function measure(page, label, value) {
  const input = inspector(page).getByLabel(label, { exact: true });
  await input.fill(value);
  await input.press("Tab");
  await expect(input).toHaveValue(value);
}

test("a stream is laid by the keyboard, its limit found, and moved by one number", async ({ page }) => {
  await open(page);
  await lay(page, ["Refine", "Build", "Test", "Deploy"]);
  await showOutline(page);
  const flows = page.getByRole("region", { name: "Flows" });
  await expect(flows.locator(".outline-row")).toHaveCount(3);
  for (const [name, time] of [["Refine", "1 h"], ["Build", "8 h"], ["Test", "4 h"], ["Deploy", "30 min"]]) {
    await inspect(page, name);
    await measure(page, "Process time", time);
    await measure(page, "Wait before step", "1 d");
  }
  await expect(headline(page)).toContainText("Build is the constraint: 1 a day");
  await unfold(page, "limit");
  await expect(panel(page).getByText(/Next is Test/)).toBeVisible();
  await unfold(page, "figures");
  await expect(figure(page, "Process time")).toContainText("1.69 d");
  // 4 days of waiting of 8 hours each, and 13.5 hours of work.
  await expect(figure(page, "Lead time")).toContainText("5.69 d");
  await inspect(page, "Build");
  await measure(page, "Process time", "2 h");
  await expect(headline(page)).toContainText("Test is the constraint");
  await undoButton(page).click();
  await expect(headline(page)).toContainText("Build is the constraint");
});

test("a map is drawn without a mouse", async ({ page }) => {
  await open(page);
  await canvas(page).focus();
  await page.keyboard.press("Alt+Shift+P");
  for (const name of ["Build", "Test"]) {
    await expect(field(page)).toBeFocused();
    await expect(field(page)).toHaveValue("");
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
  }
  await page.keyboard.press("Escape");
  await showOutline(page);
  const form = page.getByRole("group", { name: "New flow" });
  await form.getByLabel("From", { exact: true }).selectOption({ label: "Test" });
  await form.getByLabel("To", { exact: true }).selectOption({ label: "Build" });
  await form.getByRole("button", { name: "Add flow" }).press("Enter");
  // Against the stream it is rework.
  const flows = page.getByRole("region", { name: "Flows" });
  await expect(flows.getByRole("button", { name: "Rework goes from Test back to Build" })).toBeVisible();
  await page.locator(".outline-words", { hasText: /^Build$/ }).press("Enter");
  await canvas(page).focus();
  await page.keyboard.press("Alt+m");
  await expect(inspector(page).getByLabel("Kind of step")).toBeVisible();
});

test("Acme Stamping reads as in the book", async ({ page }) => {
  await open(page);
  await openTemplate(page, "Acme Stamping");
  await expect(headline(page)).toContainText("Lead time 23.6 d, work 188 s");
  await unfold(page, "figures");
  await unfold(page, "limit");
  await expect(figure(page, "Lead time")).toContainText("23.6 d");
  await expect(figure(page, "Process time")).toContainText("188 s");
  await expect(figure(page, "Takt time")).toContainText("60 s");
  await expect(headline(page)).toContainText("Assembly 1 is the constraint");
  await expect(panel(page).getByText(/Next is Weld 2/i)).toBeVisible();
  const row = part(page, "The constraint").getByRole("row", { name: /Assembly 1/i });
  await expect(row).toContainText("103.3 %");
  // Formula, inputs and source are one click away.
  await figure(page, "Lead time").click();
  await expect(panel(page).getByText(/sum of waiting and process times/)).toBeVisible();
  await expect(panel(page).getByText(/Martin & Osterling/).first()).toBeVisible();
  await panel(page).getByRole("list", { name: "Inputs" }).getByRole("button", { name: /Weld 1: process time/i }).click();
  await expect(inspector(page)).toContainText("Weld 1");
});

test("an improvement answers at once, and what is missing leads to its field", async ({ page }) => {
  await open(page);
  await openTemplate(page, "idea to production");
  await page.locator("#fold-what-if").click();
  const sentence = page.locator(".what-if-sentence");
  await expect(sentence).not.toBeEmpty();
  const before = await sentence.textContent();
  await page.getByLabel("Step to improve").selectOption({ label: "Refine" });
  await expect(sentence).not.toHaveText(before);
  // More people at the one step that limits let more through.
  await page.getByLabel("Step to improve").selectOption({ label: "Test" });
  await page.getByLabel("How", { exact: true }).selectOption({ label: "More people or machines" });
  await expect(page.getByLabel("How much")).toHaveValue("1");
  await expect(sentence).toContainText("Throughput rises");
  await page.getByLabel("How much").press("ArrowLeft");
  await expect(page.locator("output")).toHaveText("0 more");
  await page.locator("#fold-sequence").click();
  await expect(page.getByRole("columnheader", { name: "Lift" })).toBeVisible();
  await page.locator("#fold-missing").click();
  const first = page.locator(".missing-row").first();
  await expect(first).toBeVisible();
  await first.click();
  await expect(inspector(page)).toBeVisible();
  await expect(inspector(page).locator("input:focus")).toHaveCount(1);
});

test("each path is told and can be selected, and so is each stream", async ({ page }) => {
  await open(page);
  const minutes = (measured) => ({
    processTime: { measured, unit: "min" },
    waitingTime: { measured: 0, unit: "s" },
  });
  const demand = (measured) => ({ demand: { measured, unit: "per day" } });
  const map = {
    format: "loopstream",
    version: 5,
    title: "Two products",
    stream: { secondsPerDay: 28800 },
    stations: [
      { id: "cut", name: "Cut cups", x: 0, y: 0, resource: "press", measures: minutes(12) },
      { id: "paint", name: "Paint", x: 300, y: -200, measures: minutes(15) },
      { id: "shop", name: "Shop", kind: "customer", x: 600, y: 0, measures: demand(25) },
      { id: "lids", name: "Cut lids", x: 0, y: 400, resource: "press", measures: minutes(10) },
      { id: "mail", name: "Mail order", kind: "customer", x: 600, y: 400, measures: demand(30) },
    ],
    flows: [
      { id: "f1", from: "cut", to: "shop", kind: "push", measures: { share: { measured: 80 } } },
      { id: "f2", from: "cut", to: "paint", kind: "push" },
      { id: "f3", from: "paint", to: "shop", kind: "push" },
      { id: "f4", from: "lids", to: "mail", kind: "push" },
    ],
  };
  const chooser = await fileChooser(page, () => page.keyboard.press("Control+o"));
  await chooser.setFiles({ name: "two.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(map)) });
  await inspect(page, "Cut cups");
  await expect(panel(page).getByText("Of the stream to Shop.")).toBeVisible();
  await page.locator("#fold-paths").click();
  const paths = panel(page).locator(".missing-row");
  await expect(paths).toHaveCount(2);
  await expect(paths.first()).toContainText("20 % of the items");
  await paths.nth(1).click();
  // Two stations and the flow between them.
  await expect(inspector(page)).toHaveCount(0);
  await unfold(page, "limit");
  const limits = part(page, "The constraint");
  await expect(limits.getByRole("row", { name: /Cut cups/ }).first()).toContainText("125 %");
  await inspect(page, "Cut lids");
  await expect(panel(page).getByText("Of the stream to Mail order.")).toBeVisible();
  await unfold(page, "limit");
  await expect(limits.getByRole("row", { name: /Cut lids/ }).first()).toContainText("24 per d");
  await page.locator("#fold-paths").click();
  await expect(paths).toHaveCount(1);
});

test("what was counted at the end is what passes", async ({ page }) => {
  await open(page);
  await openTemplate(page, "Acme Stamping");
  await unfold(page, "figures");
  await expect(figure(page, "Lead time")).toContainText("measured");
  await page.locator("#fold-settings").click();
  const counted = page.getByLabel("Throughput, counted", { exact: true });
  await expect(counted).toHaveValue("920 per d");
  await counted.fill("");
  await counted.press("Tab");
  // Assembly 1 cannot do what is asked for: no steady state.
  await expect(figure(page, "Lead time")).toContainText("23.9 d");
  await expect(figure(page, "Lead time")).toContainText("no steady state");
  await expect(panel(page).getByText(/The last of the 2450 items/)).toBeVisible();
});

test("what cannot be read as a measure is said beside its field, and nothing is lost", async ({ page }) => {
  await open(page);
  await lay(page, ["Build", "Test"]);
  await inspect(page, "Build");
  await measure(page, "Process time", "2 h");
  const input = inspector(page).getByLabel("Process time", { exact: true });
  await input.fill("2 ells");
  await input.press("Tab");
  await expect(inspector(page).getByRole("alert")).toContainText("is not a unit here");
  // Two hours still, four of which make a day.
  await unfold(page, "limit");
  await expect(part(page, "The constraint").getByRole("row", { name: /^Build/ })).toContainText("4 per d");
  await input.fill("~3 h");
  await input.press("Tab");
  await expect(inspector(page).getByRole("alert")).toHaveCount(0);
  await expect(inspector(page).getByText("guess", { exact: true })).toBeVisible();
});

test("a variable shows what it is bound to, and says so when that is gone", async ({ page }) => {
  await open(page);
  await lay(page, ["Build", "Test"]);
  await inspect(page, "Build");
  await measure(page, "Process time", "2 h");
  await page.getByRole("button", { name: "Outline", exact: true }).click();
  await page.getByLabel("Name of a new variable").fill("Pressure");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await showStream(page);
  await inspector(page).getByLabel("Shows from the stream").selectOption({ label: "Build: process time" });
  await expect(inspector(page).getByText("Now 2 h")).toBeVisible();
  await page.reload();
  await inspect(page, "Build");
  await canvas(page).focus();
  await page.keyboard.press("Delete");
  await page.getByRole("button", { name: "Outline", exact: true }).click();
  await page.locator(".outline-words", { hasText: /^Pressure$/ }).click();
  await showStream(page);
  await expect(inspector(page).getByText("What it was bound to was deleted.")).toBeVisible();
});

test("two maps are compared, and one change is taken over", async ({ page }) => {
  await open(page);
  await lay(page, ["Build", "Test"]);
  await inspect(page, "Build");
  await measure(page, "Process time", "2 h");
  const other = {
    format: "loopstream",
    version: 2,
    title: "Future",
    stations: [
      { id: "a", name: "Build", x: 0, y: 0, measures: { processTime: { measured: 1, unit: "h" } } },
      { id: "b", name: "Deploy", x: 300, y: 0 },
    ],
  };
  await page.getByRole("button", { name: "Compare with another map" }).click();
  const dialog = page.getByRole("dialog", { name: "Compare two maps" });
  const chooser = await fileChooser(page, () => dialog.getByRole("button", { name: "Compare with a file" }).click());
  await chooser.setFiles({ name: "future.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(other)) });
  await expect(dialog.getByText("differs: process time")).toBeVisible();
  await expect(dialog.getByRole("img")).toHaveCount(2);
  // Headings are titles; what moves one picture moves the other.
  await expect(dialog.locator("figcaption").nth(1)).toHaveText("Future");
  const pictures = dialog.getByRole("img");
  const boxes = async () => Promise.all([0, 1].map(async (side) => {
    const frame = await dialog.locator(".compared-frame").nth(side).boundingBox();
    const box = await pictures.nth(side).boundingBox();
    return [box.x - frame.x, box.y - frame.y, box.width, box.height].map(Math.round);
  }));
  const whole = await boxes();
  expect(whole[0]).toEqual(whole[1]);
  await dialog.locator(".compared-frame").first().hover();
  await page.mouse.wheel(0, -300);
  await expect.poll(async () => (await boxes())[1][2]).toBeGreaterThan(whole[1][2] * 1.2);
  expect((await boxes())[0]).toEqual((await boxes())[1]);
  const frame = await dialog.locator(".compared-frame").first().boundingBox();
  const near = (await boxes())[1];
  await page.mouse.move(frame.x + 100, frame.y + 100);
  await page.mouse.down();
  await page.mouse.move(frame.x + 140, frame.y + 100);
  await page.mouse.up();
  expect((await boxes())[1][0]).toBe(near[0] + 40);
  await dialog.locator("#compared").focus();
  await page.keyboard.press("0");
  await expect.poll(boxes).toEqual(whole);
  await page.keyboard.press("+");
  await expect.poll(async () => (await boxes())[0][2]).toBeGreaterThan(whole[0][2]);
  // Figures that differ have a column for how much.
  await expect(dialog.getByRole("columnheader", { name: "Change" })).toBeVisible();
  await dialog.getByRole("checkbox", { name: /Build differs/ }).check();
  await dialog.getByRole("button", { name: "Apply 1 change" }).click();
  await expect(dialog.getByText("differs: process time")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Close" }).click();
  await unfold(page, "figures");
  await expect(figure(page, "Process time")).not.toContainText("2 h");
  await expect(inspector(page).getByLabel("Process time", { exact: true })).toHaveValue("1 h");
  await undoButton(page).click();
  await expect(inspector(page).getByLabel("Process time", { exact: true })).toHaveValue("2 h");
});

test("the map and its panel are accessible", async ({ page }) => {
  await open(page);
  await openTemplate(page, "idea to production");
  for (const part of ["figures", "limit", "what-if", "sequence", "missing", "paths", "queues", "physics", "dora", "settings"]) {
    await page.locator(`#fold-${part}`).click();
  }
  await inspect(page, "Test");
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations).toEqual([]);
});
