// Chromium by Playwright, which the other browser tests have, as a driver that takes WebDriver's actions.

import { chromium } from "@playwright/test";

import { contextOptions, launchOptions } from "../browser.mjs";

/** What WebDriver's letters for keys are to Playwright. */
const KEYS = {
  "\uE009": "Control", "\uE008": "Shift", "\uE00A": "Alt", "\uE007": "Enter", "\uE00C": "Escape", "\uE004": "Tab", "\uE015": "ArrowDown", "\uE010": "End",
};

/** Starts a Chromium of its own; gives the driver that `person.mjs` describes. */
export async function startChromium() {
  const browser = await chromium.launch(launchOptions);
  // Who may use the microphone offers an address in the place of a name, which on a busy machine may
  // take long to be found. Firefox has names.
  const permissions = ["clipboard-read", "clipboard-write", "microphone", "camera"];
  const context = await browser.newContext({ ...contextOptions, serviceWorkers: "allow", permissions });
  let page = await context.newPage();
  let clicks = 0;
  const key = (value) => KEYS[value] ?? value;
  const kinds = {
    pointerMove: ({ x, y }) => {
      clicks = 0;
      return page.mouse.move(x, y);
    },
    pointerDown: () => page.mouse.down({ clickCount: (clicks += 1) }),
    pointerUp: () => page.mouse.up({ clickCount: clicks }),
    keyDown: ({ value }) => page.keyboard.down(key(value)),
    keyUp: ({ value }) => page.keyboard.up(key(value)),
    scroll: async ({ x, y, deltaX, deltaY }) => {
      await page.mouse.move(x, y);
      await page.mouse.wheel(deltaX, deltaY);
    },
  };
  return {
    go: (url) => page.goto(url),
    reload: () => page.reload(),
    script: (script, args) =>
      page.evaluate(([script, args]) => new Promise((done) => new Function(script)(...args, done)), [script, args]),
    async actions([{ actions }]) {
      for (const one of actions) await kinds[one.type](one);
    },
    release: async () => {},
    screenshot: async () => (await page.screenshot()).toString("base64"),
    resize: (width, height) => page.setViewportSize({ width, height }),
    window: async () => page,
    openWindow: () => context.newPage(),
    switchTo: async (other) => {
      page = other;
      await page.bringToFront();
    },
    closeWindow: () => page.close(),
    chooseFile: (selector, file) => page.setInputFiles(selector, file),
    close: () => browser.close(),
  };
}
