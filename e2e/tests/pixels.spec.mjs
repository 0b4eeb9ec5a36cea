// What is kept of the picture from frame to frame is as fresh as a picture painted anew.

import { expect, test } from "@playwright/test";

import { diagram, drop, randomNumbers } from "../bench/diagram.mjs";
import { atRest, watchFrames } from "../rest.mjs";

for (const [seed, view] of [[1, "fitted"], [2, "100 %"], [3, "halfway"]]) {
  test(`no stale pixels after random gestures, ${view}`, async ({ page }) => {
    test.setTimeout(120_000);
    const random = randomNumbers(seed);
    await page.addInitScript(watchFrames);
    await page.goto("./");
    await drop(page, diagram(90, seed));
    if (view !== "fitted") await page.getByRole("button", { name: "Zoom to 100 %" }).click();
    if (view === "halfway") for (let n = 0; n < 3; n += 1) await page.getByRole("button", { name: "Zoom out" }).click();
    await atRest(page);

    const box = await page.locator("#canvas").boundingBox();
    const at = () => ({
      x: box.x + box.width * (0.15 + 0.7 * random()),
      y: box.y + box.height * (0.15 + 0.7 * random()),
    });
    const gestures = {
      drag: async () => {
        const [from, to] = [await variable(page, at), at()];
        await page.mouse.move(from.x, from.y);
        await page.mouse.down();
        await page.mouse.move((from.x + to.x) / 2, to.y, { steps: 3 });
        await page.mouse.move(to.x, to.y, { steps: 3 });
        await page.mouse.up();
      },
      pan: () => page.mouse.wheel(600 * (random() - 0.5), 600 * (random() - 0.5)),
      zoom: async () => {
        const { x, y } = at();
        await page.mouse.move(x, y);
        await page.keyboard.down("Control");
        for (let n = 0; n < 4; n += 1) await page.mouse.wheel(0, 40 * (random() - 0.5));
        await page.keyboard.up("Control");
      },
      remove: async () => {
        const { x, y } = await variable(page, at);
        await page.mouse.click(x, y);
        await page.keyboard.press("Delete");
      },
      undo: () => page.keyboard.press("Control+z"),
      dragWhileZooming: async () => {
        await gestures.zoom();
        await gestures.drag();
      },
    };
    const names = ["drag", "drag", "zoom", "pan", "remove", "undo", "dragWhileZooming"];
    for (let round = 0; round < 12; round += 1) {
      const name = names[Math.floor(random() * names.length)];
      await gestures[name]();
      if (round % 3 !== 2) continue;
      // Nothing is pointed at.
      await page.mouse.move(2, 2);
      await atRest(page);
      await keep(page);
      await page.keyboard.press("Control+'");
      await atRest(page);
      expect((await differing(page)).share, "the grid shows").toBeGreaterThan(0.0005);
      await page.keyboard.press("Control+'");
      await atRest(page);
      const { share, drawn } = await differing(page);
      expect(drawn, "something is drawn").toBeGreaterThan(0.002);
      expect(share, `after ${name} in round ${round}`).toBeLessThan(0.0001);
    }
  });
}

/** A place where a press would take a variable or note. */
async function variable(page, at) {
  for (let n = 0; n < 200; n += 1) {
    const { x, y } = at();
    await page.mouse.move(x, y);
    const cursor = await page.evaluate(
      () => new Promise((later) => setTimeout(() => later(document.querySelector("#canvas").style.cursor))),
    );
    if (cursor === "move") return { x, y };
  }
  throw new Error("there is no variable in sight");
}

/** Remembers the pixels of the canvas, in the page. */
async function keep(page) {
  await page.evaluate(() => {
    const canvas = document.querySelector("#canvas");
    window.kept = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  });
}

/** The share of the pixels that differ visibly from those kept, and of those that are not paper. */
async function differing(page) {
  return page.evaluate(() => {
    const canvas = document.querySelector("#canvas");
    const now = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    const far = (a, i, b, j) =>
      Math.max(Math.abs(a[i] - b[j]), Math.abs(a[i + 1] - b[j + 1]), Math.abs(a[i + 2] - b[j + 2])) > 32;
    let [differ, drawn] = [0, 0];
    for (let i = 0; i < now.length; i += 4) {
      if (far(now, i, window.kept, i)) differ += 1;
      if (far(now, i, now, 0)) drawn += 1;
    }
    return { share: (differ * 4) / now.length, drawn: (drawn * 4) / now.length };
  });
}
