// Everything that can be pressed is large enough for a finger, and for a mouse (WCAG 2.2, 2.5.8).

import { readFile } from "node:fs/promises";

import { expect, test } from "@playwright/test";

import { choose, drop, fixture, loopsPanel, open } from "../page.mjs";

const EVERYTHING = await readFile(fixture("everything.loopstream.json"), "utf8");

/**
 * What can be pressed and is smaller than so many pixels, with its size; a box to tick is as large as its label. In the
 * bar at the top of the smallest phones a title needs some of the width.
 */
const smallerThan = (page, least, leastInBar) =>
  page.evaluate(([least, leastInBar]) => {
    const isSmall = (one, { width, height }) => {
      const across = one.closest(".top-bar") ? leastInBar : least;
      return width > 0 && (width < across - 0.5 || height < least - 0.5);
    };
    const pressed = "button, a[href], input, select, textarea, summary, [role=tab], [role=option], [role=menuitem]";
    const seen = [...document.querySelectorAll(pressed)].filter(
      (one) => one.offsetParent && !one.closest(".visually-hidden, .skip-links, .shell-words"),
    );
    const small = seen.map((one) => [one, (one.closest("label") ?? one).getBoundingClientRect()]);
    return small
      .filter(([one, rect]) => isSmall(one, rect))
      .map(([one, { width, height }]) => {
        const words = (one.getAttribute("aria-label") ?? one.textContent).trim().slice(0, 40);
        return `${one.tagName} “${words}”: ${Math.round(width)} × ${Math.round(height)}`;
      });
  }, [least, leastInBar]);

/** Goes through the panels and their tabs, and looks at each. */
async function expectLargeEnough(page, least, leastInBar = least) {
  await open(page);
  await drop(page, { file: { name: "one.loopstream.json", text: EVERYTHING } });
  await expect(page).toHaveTitle("Testing – Loopstream");
  const look = async (where) => expect.soft(await smallerThan(page, least, leastInBar), where).toEqual([]);
  for (const panel of ["Loops", "Stream", "Outline"]) {
    const button = page.getByRole("button", { name: panel, exact: true });
    if ((await button.getAttribute("aria-pressed")) !== "true") await button.click();
    await expect(page.locator("aside.side")).toBeVisible();
    await look(panel);
    if (panel !== "Loops") continue;
    for (const tab of ["Archetypes", "Checks", "Leverage", "Trace"]) {
      await loopsPanel(page).getByRole("tab", { name: tab }).click();
      await expect(loopsPanel(page).getByRole("tabpanel")).not.toBeEmpty();
      await look(tab);
    }
  }
  await page.locator("aside.side li button").first().click();
  await look("Outline, one selected");
  await choose(page, "More", "Story: tell the diagram step by step");
  await look("Story, none yet");
  await page.getByRole("button", { name: /From the loops/ }).click();
  await page.locator(".story-row").nth(1).click();
  await look("Story, a step that is open");
  await choose(page, "File", "Open a template");
  await page.getByRole("dialog").getByRole("button", { name: /Start a retrospective/ }).click();
  for (let step = 1; step <= 8; step += 1) {
    const head = page.locator(`#retro-step-${step}`);
    if ((await head.getAttribute("aria-expanded")) !== "true") await head.click();
    await look(`Retrospective, step ${step}`);
  }
}

test.describe("a finger", () => {
  for (const [width, leastInBar] of [[360, 40], [390, 44], [820, 44]]) {
    test(`hits everything on a page ${width} px wide`, async ({ browser, baseURL }) => {
      const options = { baseURL, viewport: { width, height: 800 }, hasTouch: true, isMobile: true };
      const context = await browser.newContext(options);
      await expectLargeEnough(await context.newPage(), 44, leastInBar);
      await context.close();
    });
  }
});

test("a mouse hits everything", async ({ page }) => {
  await expectLargeEnough(page, 24);
});
