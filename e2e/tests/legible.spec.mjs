// Words on the canvas can be read: how large every text is that is painted of a ready diagram, in the
// windows people have, and that what was fitted stays so when a panel opens or the window changes.

import { readFileSync } from "node:fs";

import { expect, test } from "@playwright/test";

import { canvas, choose, open, zoomValue } from "../page.mjs";
import { atRest, watchFrames } from "../rest.mjs";
import { DIST } from "../server.mjs";

const templates = JSON.parse(readFileSync(`${DIST}templates/index.json`, "utf8"));

/** In the page, before its own scripts: notes every text that is painted on a canvas, with its size. */
function watchTexts() {
  window.texts = new Map();
  const paint = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...more) {
    const size = Number.parseFloat(/([\d.]+)px/.exec(this.font)[1]);
    const pixels = (size * this.getTransform().a) / devicePixelRatio;
    window.texts.set(text, Math.min(pixels, window.texts.get(text) ?? Infinity));
    return paint.call(this, text, ...more);
  };
}

/** Every text of the picture as it stands, painted anew, with its size in CSS pixels. */
async function painted(page) {
  await atRest(page);
  await page.evaluate(() => window.texts.clear());
  await canvas(page).press("Control+'");
  await atRest(page);
  const texts = await page.evaluate(() => [...window.texts]);
  await canvas(page).press("Control+'");
  return texts;
}

for (const [width, height, least] of [[1280, 800, 11], [1024, 768, 11], [360, 740, 10]]) {
  test(`nothing on a fitted template is under ${least} px at ${width} x ${height}`, async ({ page }) => {
    test.setTimeout(150_000);
    await page.setViewportSize({ width, height });
    await page.addInitScript(watchFrames);
    await page.addInitScript(watchTexts);
    await open(page);
    for (const { title } of templates) {
      await choose(page, "File", "Open a template");
      await page.locator(".template").filter({ has: page.getByText(title, { exact: true }) }).click();
      await expect(page).toHaveTitle(`${title} – Loopstream`);
      await expect(page.getByRole("dialog")).toHaveCount(0);
      const texts = await painted(page);
      expect(texts.length, title).toBeGreaterThan(3);
      const small = texts.filter(([, pixels]) => pixels < least - 0.05);
      expect(small, `${title} at ${await zoomValue(page).textContent()}`).toEqual([]);
    }
  });
}

test("what was fitted is fitted again when a panel folds or the window changes, and only then", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 1100 });
  await open(page);
  await choose(page, "File", "Open a template");
  await page.locator(".template").filter({ hasText: "Feature" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  // The ladder comes from the worker, and is fitted too.
  await expect(page.locator(".headline")).toContainText("constraint");
  await page.getByRole("button", { name: "Fit the diagram" }).click();
  const zoom = async () => Number.parseFloat(await zoomValue(page).textContent());
  const narrow = await zoom();
  const button = page.locator(".side-button[aria-pressed=true]");
  await button.click();
  await expect.poll(zoom).toBeGreaterThan(narrow);
  const wide = await zoom();
  await page.setViewportSize({ width: 900, height: 1100 });
  await expect.poll(zoom).toBeLessThan(wide);
  await page.setViewportSize({ width: 1280, height: 1100 });
  await expect.poll(zoom).toBe(wide);
  // Whoever has looked elsewhere since stays there.
  await page.getByRole("button", { name: "Zoom in" }).click();
  const chosen = await zoom();
  await page.getByRole("button", { name: "Stream" }).first().click();
  await expect(page.getByRole("complementary")).toBeVisible();
  expect(await zoom()).toBe(chosen);
});
