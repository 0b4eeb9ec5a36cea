// Stocks and flows: a bathtub drawn with the mouse, and with the keyboard alone.

import { expect, test } from "@playwright/test";

import {
  canvas, choose, click, contextBar, document, drag, field, name, onPage, open, outline, saved, swipe, undoButton, variable,
} from "../page.mjs";

const WATER = { x: 420, y: 200 };

test.beforeEach(async ({ page }) => open(page));

/** A stock, drawn with the mouse. */
async function stock(page, words, place) {
  await variable(page, words, place);
  await contextBar(page).getByRole("button", { name: "Stock" }).click();
  await page.keyboard.press("Escape");
}

/** What the stored document has, by names. */
async function records(page) {
  await saved(page);
  const { variables, links = [] } = await document(page);
  const called = Object.fromEntries(variables.map((one) => [one.id, one.name]));
  return {
    kinds: Object.fromEntries(variables.map((one) => [one.name, one.kind ?? "plain"])),
    pipes: links.map((one) => `${called[one.from]} ${one.polarity} ${called[one.to]}`).sort(),
  };
}

test("a bathtub with the mouse: a drag from the canvas and one onto it", async ({ page }) => {
  await stock(page, "Water", WATER);
  await page.getByRole("button", { name: "Flow", exact: true }).click();
  await drag(page, { x: 140, y: 200 }, WATER);
  await name(page, "Tap");
  await page.keyboard.press("Escape");
  await page.keyboard.press("o");
  await drag(page, WATER, { x: 720, y: 202 });
  await name(page, "Drain");
  await page.keyboard.press("Escape");
  expect(await records(page)).toEqual({
    kinds: { Water: "stock", Tap: "rate", Drain: "rate" },
    pipes: ["Drain - Water", "Tap + Water"],
  });

  // Each was one step.
  await undoButton(page).click();
  expect((await records(page)).pipes).toEqual(["Tap + Water"]);
  await undoButton(page).click();
  expect(await records(page)).toEqual({ kinds: { Water: "stock" }, pipes: [] });
  await page.keyboard.press("Control+Shift+z");
  expect((await records(page)).pipes).toEqual(["Tap + Water"]);
});

test("a bathtub with the keyboard alone", async ({ page }) => {
  await canvas(page).focus();
  await page.keyboard.press("Enter");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("Water");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Alt+s");
  await page.keyboard.press("Alt+Shift+U");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("Tap");
  await page.keyboard.press("Enter");
  const heard = (words) => expect(page.locator("[aria-live]").filter({ hasText: words }).first()).toBeAttached();
  await heard("Named Tap");
  await page.keyboard.press("]");
  await heard("Tap → Water, inflow");
  await page.keyboard.press("]");
  await heard("Water, stock");
  await page.keyboard.press("Alt+Shift+O");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("Drain");
  await page.keyboard.press("Enter");
  expect(await records(page)).toEqual({
    kinds: { Water: "stock", Tap: "rate", Drain: "rate" },
    pipes: ["Drain - Water", "Tap + Water"],
  });
  await page.keyboard.press("Control+z");
  expect((await records(page)).pipes).toEqual(["Tap + Water"]);
});

test("the outline says where a flow leads, adds flows and makes stocks", async ({ page }) => {
  await variable(page, "People", WATER);
  await page.getByRole("button", { name: "Outline" }).click();
  const rows = outline(page).locator(".outline-row");
  await rows.filter({ hasText: "People" }).getByRole("button").first().click();
  await outline(page).getByLabel("What it is").selectOption("stock");
  await expect(rows.filter({ hasText: "People, stock" })).toBeVisible();
  await outline(page).getByRole("button", { name: "Add an inflow" }).click();
  await name(page, "Births");
  await expect(rows.filter({ hasText: "Births, flow from outside to People" })).toBeVisible();
  await expect(rows.filter({ hasText: "Births → People, inflow" })).toBeVisible();
});

test("a variable is no end of a flow, and the hint says why", async ({ page }) => {
  await stock(page, "Stock", { x: 200, y: 160 });
  await variable(page, "Plain", { x: 640, y: 160 });
  await page.keyboard.press("Escape");
  await page.keyboard.press("o");
  const [from, to] = [await onPage(page, { x: 200, y: 160 }), await onPage(page, { x: 640, y: 160 })];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await expect(page.getByText("make this variable a stock first")).toBeVisible();
  await page.mouse.up();
  expect(await records(page)).toEqual({ kinds: { Stock: "stock", Plain: "plain" }, pipes: [] });
  // The menu of a stock has the same.
  await page.keyboard.press("Escape");
  await click(page, { x: 200, y: 160 }, { button: "right" });
  await page.getByRole("menuitem", { name: /Add an outflow/ }).click();
  await name(page, "Leak");
  expect((await records(page)).pipes).toEqual(["Leak - Stock"]);
});

const OTHER = { x: 800, y: 200 };

/** Two stocks with a flow between them, in the default view at 100 %; where its second half has its handle. */
async function pipe(page) {
  await stock(page, "Water", { x: 160, y: 200 });
  await stock(page, "Ground", OTHER);
  await page.keyboard.press("o");
  await drag(page, { x: 160, y: 200 }, OTHER);
  await name(page, "Seepage");
  await page.keyboard.press("Escape");
  // Half way between the valve, in the middle, and the box of the stock.
  return { x: 615, y: 200 };
}

/** Where the half of the pipe that fills a stock turns; undefined where the drawing decides. */
async function corner(page) {
  await saved(page);
  const { links } = await document(page);
  return links.find((one) => one.polarity === "+").corner;
}

test("the corner of a pipe follows the mouse and the keys, and finds its own way again", async ({ page }) => {
  const middle = await pipe(page);
  expect(await corner(page)).toBeUndefined();
  await click(page, middle);
  await drag(page, middle, { x: middle.x, y: 340 });
  const dragged = await corner(page);
  expect(dragged.y).toBeGreaterThan(120);
  expect(dragged.y).toBeLessThan(160);
  // It is another step to lead it elsewhere by keyboard.
  await page.keyboard.press("b");
  await page.keyboard.press("b");
  expect((await corner(page)).y).toBeCloseTo(dragged.y - 20, 0);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  expect(await corner(page)).toEqual(dragged);
  // The handle is in the middle between the valve and the middle of the stock now.
  await drag(page, { x: 640, y: 200 + dragged.y }, { x: 640, y: 203 });
  expect(await corner(page)).toBeUndefined();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test("flows are drawn with a finger", async ({ page }) => {
    await stock(page, "Water", { x: 60, y: 130 });
    await stock(page, "Ground", { x: 300, y: 130 });
    const tool = page.getByRole("button", { name: "Flow", exact: true });
    await expect(tool).toBeInViewport({ ratio: 1 });
    const { width, height } = await tool.boundingBox();
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    await tool.tap();
    await swipe(page, { x: 60, y: 130 }, { x: 180, y: 320 });
    await name(page, "Leak");
    await page.keyboard.press("Escape");
    expect((await records(page)).pipes).toEqual(["Leak - Water"]);
    await tool.tap();
    await swipe(page, { x: 60, y: 130 }, { x: 300, y: 130 });
    await name(page, "Seepage");
    expect((await records(page)).pipes).toEqual(["Leak - Water", "Seepage + Ground", "Seepage - Water"]);
  });

  test("every tool has room on a narrow page", async ({ page }) => {
    for (const width of [320, 360, 390]) {
      await page.setViewportSize({ width, height: 700 });
      const tools = await page.getByRole("toolbar", { name: "Tools" }).getByRole("button").all();
      for (const tool of tools) if (await tool.isVisible()) await expect(tool).toBeInViewport({ ratio: 0.99 });
      await expect(page.getByRole("button", { name: "Flow", exact: true })).toBeVisible();
    }
  });
});
