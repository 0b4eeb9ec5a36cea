// A story in the frame of another page: told step by step by its buttons and keys, without a hold on the page around
// it, at the sizes of frames.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { choose, drawRing, open } from "../page.mjs";

/** The link of a ring whose loops are told. */
async function link(page) {
  await open(page);
  await drawRing(page, ["+", "-", "+"]);
  await choose(page, "File", "Share a link");
  await expect(page.locator("#link-tell")).toBeVisible();
  const code = await page.locator("#link-tell").inputValue();
  expect(code).toContain(' allow="fullscreen"');
  const [, address] = code.match(/src="([^"]*#tell=z1\.[^"]*)"/);
  return address;
}

/** Another page with the frame between long texts. */
async function around(page, address, { width, height }) {
  const long = "<p style='height:1500px'>Text</p>";
  const frame = `<iframe src="${address}" title="Told" width="${width}" height="${height}" allow="fullscreen" style="border:0"></iframe>`;
  // A page of our own server, which may show what that server has; as any page of the web may.
  await page.goto("templates/index.json");
  await page.setContent(`<!doctype html><title>A page</title><h1>A page</h1>${frame}${long}`);
  const told = page.frameLocator("iframe");
  await expect(told.locator(".present-place")).toHaveText(/^1 \/ \d$/);
  return told;
}

test("it is told at once, by buttons and keys, and the page around it stays where it is", async ({ page }) => {
  const address = await link(page);
  const told = await around(page, address, { width: 720, height: 480 });
  // The frame has not taken the focus of its page.
  expect(await page.evaluate(() => document.activeElement.tagName)).toBe("BODY");
  const place = told.locator(".present-place");
  await expect(told.locator(".top-bar")).toHaveCount(0);
  await told.getByRole("button", { name: "Next step" }).click();
  await expect(place).toHaveText(/^2 /);
  for (const [key, number] of [["PageDown", 3], ["ArrowUp", 2], ["Home", 1], [" ", 2], ["ArrowDown", 3], ["2", 2], ["End", "\\d"]]) {
    await page.keyboard.press(key);
    await expect(place).toHaveText(new RegExp(`^${number} `));
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
  }
  // Where there is no next step, the key is not for the page around it either.
  await page.keyboard.press("PageDown");
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  // Nobody speaks here.
  await expect(told.getByRole("button", { name: "Speaker’s notes" })).toHaveCount(0);
  await told.getByRole("button", { name: "Whole screen" }).click();
  const whole = () => page.evaluate(() => document.fullscreenElement?.tagName);
  await expect.poll(whole).toBe("IFRAME");
  await page.evaluate(() => document.exitFullscreen());
  await expect.poll(whole).toBe(undefined);
  await expect(place).toBeVisible();
  // The diagram itself, with its live loops, and back to the story.
  await told.getByRole("button", { name: "Look at the diagram" }).click();
  await expect(place).toHaveCount(0);
  await expect(told.getByRole("link", { name: /^Open .* in Loopstream$/ })).toBeVisible();
  await told.getByRole("button", { name: "Tell the story" }).click();
  await expect(place).toHaveText(/^1 /);
});

for (const size of [{ width: 480, height: 320 }, { width: 640, height: 360 }, { width: 1280, height: 720 }]) {
  test(`words, picture and buttons have room at ${size.width} × ${size.height}`, async ({ page }) => {
    const address = await link(page);
    await page.setViewportSize({ width: 1320, height: 800 });
    const told = await around(page, address, size);
    const frame = page.frames()[1];
    const inside = await frame.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
    expect(inside[0]).toBeLessThanOrEqual(size.width);
    expect(inside[1]).toBeLessThanOrEqual(size.height);
    const count = Number((await told.locator(".present-place").textContent()).split("/")[1]);
    for (let number = 1; number <= count; number += 1) {
      await expect(told.locator(".present-place")).toHaveText(`${number} / ${count}`);
      const { room, words, controls } = await frame.evaluate(() => {
        const box = (selector) => document.querySelector(selector).getBoundingClientRect().toJSON();
        return { room: box(".present-room"), words: box(".present-told"), controls: box(".present-controls") };
      });
      // The picture has a third of the frame at least, and neither lies on the other.
      expect(room.width * room.height).toBeGreaterThan((size.width * size.height) / 3.2);
      expect(words.left >= room.right - 1 || words.top >= room.bottom - 1).toBe(true);
      expect(controls.bottom).toBeLessThanOrEqual(size.height);
      expect(words.bottom).toBeLessThanOrEqual(controls.top + 1);
      if (number < count) await told.getByRole("button", { name: "Next step" }).click();
    }
    const { violations } = await new AxeBuilder({ page }).include("iframe").options({ iframes: true }).analyze();
    expect(violations.filter((one) => !["region", "page-has-heading-one", "landmark-one-main"].includes(one.id)).map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
  });
}
