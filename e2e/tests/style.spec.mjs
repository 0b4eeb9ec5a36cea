// Colours, sizes, emphasis, labels and strengths; lining up: by mouse, keyboard and finger.

import { expect, test } from "@playwright/test";

import {
  A, B, C, canvas, choose, click, contextBar, document, drawRing, link, open, outline, saved, undoButton, variable,
} from "../page.mjs";

const panel = (page) => page.getByRole("dialog", { name: "Style" });
const said = (page) => page.locator("#said");

async function select(page, place) {
  await page.keyboard.press("Escape");
  await click(page, place);
}

test("a colour and a size from the bar, and back in one step each", async ({ page }) => {
  await open(page);
  await variable(page, "risk", A);
  await select(page, A);
  await contextBar(page).getByRole("button", { name: "Style" }).click();
  const red = panel(page).getByRole("button", { name: "Colour: red" });
  await red.click();
  await expect(red).toHaveAttribute("aria-pressed", "true");
  await panel(page).getByRole("button", { name: "Size: large" }).click();
  await panel(page).getByRole("button", { name: "Emphasis" }).click();
  await expect(said(page)).toHaveText("risk: emphasized");
  const [risk] = (await document(page)).variables;
  expect(risk).toMatchObject({ colour: "red", size: "large", emphasis: true });
  for (const _ of [1, 2, 3]) await undoButton(page).click();
  expect((await document(page)).variables[0]).not.toHaveProperty("colour");
});

test("the panel covers nothing of what it is about, and Escape leaves it", async ({ page }) => {
  await open(page);
  for (const place of [A, B, C]) await variable(page, "risk", place);
  for (const place of [A, B, C]) {
    await select(page, place);
    await contextBar(page).getByRole("button", { name: "Style" }).click();
    const box = await panel(page).boundingBox();
    const on = await canvas(page).boundingBox();
    const at = { x: on.x + place.x, y: on.y + place.y };
    const inside = at.x > box.x && at.x < box.x + box.width && at.y > box.y && at.y < box.y + box.height;
    expect(inside).toBe(false);
    await page.keyboard.press("Escape");
    await expect(panel(page)).toHaveCount(0);
    await expect(canvas(page)).toBeFocused();
  }
});

test("several at once, by the keyboard alone", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await canvas(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("colour and style");
  await page.keyboard.press("Enter");
  await expect(panel(page)).toBeVisible();
  await expect(panel(page).getByRole("button", { name: "No colour" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(said(page)).toHaveText("3 variables and 3 links: orange");
  const { variables, links } = await document(page);
  for (const one of [...variables, ...links]) expect(one.colour).toBe("orange");
});

test("lined up and with equal gaps", async ({ page }) => {
  await open(page);
  await variable(page, "one", { x: 200, y: 120 });
  await variable(page, "two", { x: 330, y: 180 });
  await variable(page, "three", { x: 700, y: 240 });
  await page.keyboard.press("Control+a");
  await contextBar(page).getByRole("button", { name: "Align" }).click();
  await panel(page).getByRole("button", { name: "Align middle" }).click();
  await panel(page).getByRole("button", { name: "Distribute across" }).click();
  const { variables } = await document(page);
  expect(new Set(variables.map(({ y }) => y)).size).toBe(1);
  const two = variables.find(({ name }) => name === "two");
  expect(two.x).toBeGreaterThan(400);
});

test("a label and a strength of a link in the outline", async ({ page }) => {
  await open(page);
  await variable(page, "batch size", A);
  await variable(page, "risk", B);
  await link(page, A, B);
  await contextBar(page).getByRole("button", { name: "Label" }).click();
  const label = outline(page).getByRole("textbox", { name: "Label on the line" });
  await expect(label).toBeFocused();
  await label.fill("each week");
  await label.press("Enter");
  await outline(page).getByRole("combobox", { name: "Strength" }).selectOption("strong");
  await outline(page).getByRole("combobox", { name: "Colour" }).selectOption("blue");
  const { links } = await document(page);
  expect(links).toContainEqual(expect.objectContaining({ label: "each week", strength: "strong", colour: "blue" }));
});

test("links by their signs, on the canvas and in what is exported", async ({ page }) => {
  await open(page);
  await drawRing(page, ["+", "-", "+"]);
  const before = await document(page);
  await choose(page, "More", "Colour links by sign on or off");
  await expect(said(page)).toHaveText("Links coloured by sign");
  const download = page.waitForEvent("download");
  await choose(page, "File", "Export SVG");
  const { readFile } = await import("node:fs/promises");
  const svg = await readFile(await (await download).path(), "utf8");
  expect(svg.match(/stroke-dasharray/g)).toHaveLength(1);
  expect(await document(page)).toEqual(before);
});

test.describe("with fingers", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 800 } });

  test("a variable is coloured", async ({ page }) => {
    await open(page);
    await variable(page, "risk", { x: 180, y: 240 });
    await select(page, { x: 180, y: 240 });
    await contextBar(page).getByRole("button", { name: "Style" }).tap();
    const blue = panel(page).getByRole("button", { name: "Colour: blue" });
    const { width, height } = await blue.boundingBox();
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    await blue.tap();
    await saved(page);
    expect((await document(page)).variables[0].colour).toBe("blue");
  });
});
