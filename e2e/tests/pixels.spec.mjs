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
    await keep(page);
    await gestures.drag();
    await page.mouse.move(2, 2);
    await atRest(page);
    expect((await differing(page)).differ, "a drag is seen").toBeGreaterThan(0.0001);

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
      expect((await differing(page)).changed, "the grid shows").toBeGreaterThan(0.0005);
      await page.keyboard.press("Control+'");
      await atRest(page);
      const { differ, drawn } = await differing(page);
      expect(drawn, "something is drawn").toBeGreaterThan(0.002);
      expect(differ, `after ${name} in round ${round}`).toBeLessThan(0.00001);
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

/**
 * Shares of the pixels: those that changed at all since they were kept, those that differ, and
 * those that are drawn on.
 *
 * One differs where it is dark, and neither it nor any around it is drawn on in the other picture:
 * a line that is painted in pieces has slightly other edges than one that is painted whole.
 */
async function differing(page) {
  return page.evaluate(() => {
    const canvas = document.querySelector("#canvas");
    const width = canvas.width * 4;
    const now = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    const paper = getComputedStyle(document.body).backgroundColor;
    const [red, green, blue] = paper.match(/\d+/g).map(Number);
    const ink = (data, i) =>
      Math.max(Math.abs(data[i] - red), Math.abs(data[i + 1] - green), Math.abs(data[i + 2] - blue));
    const around = [-width - 4, -width, -width + 4, -4, 0, 4, width - 4, width, width + 4];
    const alone = (one, i, other) => ink(one, i) > 100 && around.every((step) => ink(other, i + step) < 40);
    let [changed, differ, drawn] = [0, 0, 0];
    for (let i = width + 4; i < now.length - width - 4; i += 4) {
      if (ink(now, i) !== ink(window.kept, i)) changed += 1;
      if (alone(now, i, window.kept) || alone(window.kept, i, now)) differ += 1;
      if (ink(now, i) > 100) drawn += 1;
    }
    return { changed: (changed * 4) / now.length, differ: (differ * 4) / now.length, drawn: (drawn * 4) / now.length };
  });
}
