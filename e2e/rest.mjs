// Waiting until the page paints no more, and seeing that it does not.

import { expect } from "@playwright/test";

/** For `page.addInitScript`: counts the animation frames that the page asks for, and those that have not come yet. */
export function watchFrames() {
  const request = window.requestAnimationFrame.bind(window);
  const cancel = window.cancelAnimationFrame.bind(window);
  const awaited = new Set();
  window.framesAsked = 0;
  window.framesAwaited = () => awaited.size;
  window.requestAnimationFrame = (callback) => {
    window.framesAsked += 1;
    const number = request((time) => {
      awaited.delete(number);
      callback(time);
    });
    awaited.add(number);
    return number;
  };
  window.cancelAnimationFrame = (number) => {
    awaited.delete(number);
    cancel(number);
  };
}

/** How many animation frames the page asked for so far. */
export const framesAsked = (page) => page.evaluate(() => window.framesAsked);

/** How many it asks for in a time. */
export async function framesWithin(page, milliseconds) {
  const before = await framesAsked(page);
  await page.waitForTimeout(milliseconds);
  return (await framesAsked(page)) - before;
}

/**
 * Waits until the page asks for no more frames, and has all that it asked for: on a busy machine one may be long in
 * coming. A search for loops that goes on asks for some every 400 ms.
 */
export async function atRest(page) {
  const moving = async () => (await framesWithin(page, 600)) + (await page.evaluate(() => window.framesAwaited()));
  await expect.poll(moving, { timeout: 20_000, intervals: [0] }).toBe(0);
}
