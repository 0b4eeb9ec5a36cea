// A page at rest paints nothing, and typing outside the canvas does not paint it.

import { expect, test } from "@playwright/test";

import { diagram, drop } from "../bench/diagram.mjs";
import { atRest, framesAsked, framesWithin, watchFrames } from "../rest.mjs";

test.beforeEach(async ({ page }) => {
  await page.addInitScript(watchFrames);
  await page.goto("./");
  await drop(page, diagram(60));
  await atRest(page);
});

test("no frames are asked for once gestures are done", async ({ page }) => {
  const box = await page.locator("#canvas").boundingBox();
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const before = await framesAsked(page);
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.wheel(60, 40);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, 30);
  await page.keyboard.up("Control");
  await page.mouse.down();
  await page.mouse.move(middle.x + 80, middle.y + 60, { steps: 4 });
  await page.mouse.up();
  await page.mouse.dblclick(middle.x + 40, middle.y - 90);
  await page.keyboard.type("a name");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+z");
  expect(await framesAsked(page), "gestures are painted").toBeGreaterThan(before);
  await atRest(page);
  expect(await framesWithin(page, 500)).toBe(0);
});

test("typing the title paints no frame", async ({ page }) => {
  const title = page.locator("#title");
  await title.focus();
  await atRest(page);
  const before = await framesAsked(page);
  await title.pressSequentially("How work piles up");
  expect(await framesAsked(page)).toBe(before);
});
