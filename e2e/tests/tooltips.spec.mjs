// Words beside the controls: for the pointer, the keyboard and a finger.

import { expect, test } from "@playwright/test";

import { choose, open, variable } from "../page.mjs";

const tip = (page) => page.locator(".tooltip");
const arrange = (page) => page.getByRole("button", { name: "Arrange the diagram" });
const tool = (page) => page.getByRole("toolbar", { name: "Tools" }).getByRole("button").first();

/** The box of words is in the window and beside the control, not over it. */
async function expectBeside(page, control) {
  const words = await tip(page).boundingBox();
  const of = await control.boundingBox();
  const { width, height } = page.viewportSize();
  expect(words.x).toBeGreaterThanOrEqual(0);
  expect(words.y).toBeGreaterThanOrEqual(0);
  expect(words.x + words.width).toBeLessThanOrEqual(width);
  expect(words.y + words.height).toBeLessThanOrEqual(height);
  const apart = words.x >= of.x + of.width || words.x + words.width <= of.x || words.y >= of.y + of.height
    || words.y + words.height <= of.y;
  expect(apart, "the words cover their control").toBe(true);
}

test("the pointer that rests on a control shows what it does, and its keys", async ({ page }) => {
  await open(page);
  await expect(tip(page)).toBeHidden();
  await arrange(page).hover();
  await expect(tip(page)).toBeVisible();
  await expect(tip(page)).toContainText("Arrange (A)");
  await expectBeside(page, arrange(page));
  // The words may be pointed at, and go with the pointer.
  const { x, y, width, height } = await tip(page).boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 8 });
  await expect(tip(page)).toBeVisible();
  await page.mouse.move(400, 300);
  await expect(tip(page)).toBeHidden();
  await tool(page).hover();
  await expect(tip(page)).toBeVisible();
  await expectBeside(page, tool(page));
  await page.keyboard.press("Escape");
  await expect(tip(page)).toBeHidden();
});

test("the focus shows the words when it comes by the keyboard, and not by a press", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Zoom in", exact: true }).click();
  await page.mouse.move(400, 300);
  await expect(tip(page)).toBeHidden();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  await expect(tip(page)).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus[data-tip]")).toHaveCount(1);
  await expect(tip(page)).toHaveText(await page.locator(":focus").getAttribute("data-tip"));
});

test("the words are over an open dialog", async ({ page }) => {
  await open(page);
  await variable(page, "trust", { x: 300, y: 200 });
  await choose(page, "File", "My diagrams");
  await page.getByRole("dialog").locator("[data-tip]").first().hover();
  await expect(tip(page)).toBeVisible();
  // In the layer over all others, and shown there after the dialog.
  expect(await tip(page).evaluate((one) => one.matches(":popover-open"))).toBe(true);
  await page.keyboard.press("Escape");
  await expect(tip(page)).toBeHidden();
});

test.describe("a finger", () => {
  test.use({ hasTouch: true, viewport: { width: 360, height: 740 } });

  test("held on a control shows its words, within the window", async ({ page }) => {
    await open(page);
    const control = page.getByRole("button", { name: "Fit the diagram" });
    const { x, y, width, height } = await control.boundingBox();
    const touch = (type, buttons) =>
      control.dispatchEvent(type, {
        bubbles: true, pointerType: "touch", pointerId: 2, isPrimary: true, buttons,
        clientX: x + width / 2, clientY: y + height / 2,
      });
    await touch("pointerdown", 1);
    await expect(tip(page)).toBeVisible();
    await expectBeside(page, control);
    await touch("pointerup", 0);
    await expect(tip(page)).toBeHidden();
  });
});
