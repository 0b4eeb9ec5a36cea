// Waiting until the page paints no more, and seeing that it does not.

import { expect } from "@playwright/test";

/** For `page.addInitScript`: counts the animation frames that the page asks for. */
export function watchFrames() {
  const request = window.requestAnimationFrame.bind(window);
  window.framesAsked = 0;
  window.requestAnimationFrame = (callback) => {
    window.framesAsked += 1;
    return request(callback);
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

/** Waits until the page asks for no more frames; a search for loops that goes on asks for some every 400 ms. */
export async function atRest(page) {
  await expect.poll(() => framesWithin(page, 600), { timeout: 20_000, intervals: [0] }).toBe(0);
}
