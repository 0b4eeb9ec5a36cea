// A play: a variable is pushed, and the change travels. By mouse, by keyboard alone, by finger, without motion, and on
// the pages of who only looks.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { A, B, C, canvas, choose, click, contextBar, drawRing, onPage, open } from "../page.mjs";
import { atRest, watchFrames } from "../rest.mjs";

const bar = (page) => page.getByRole("group", { name: "Play", exact: true });
const button = (page, name) => bar(page).getByRole("button", { name, exact: true });
const round = (page) => bar(page).locator(".play-round");
const said = (page) => page.locator("#said");

/** How many of the pixels of the canvas differ from those of before. */
async function picture(page) {
  return page.evaluate(() => {
    const canvas = document.querySelector("#canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    for (let at = 0; at < data.length; at += 4) sum = (sum * 31 + data[at] * 7 + data[at + 1] * 3 + data[at + 2]) % 1e9;
    return sum;
  });
}

async function shareLinks(page) {
  await choose(page, "File", "Share a link");
  const value = (id) => page.locator(id).inputValue();
  await expect(page.locator("#link-view")).toBeVisible();
  return { view: await value("#link-view"), embed: await value("#link-embed") };
}

/** Selects by keys, until it is a variable: links come in between. */
async function selectVariable(page) {
  await canvas(page).focus();
  await expect(async () => {
    await page.keyboard.press("]");
    await expect(page.getByRole("button", { name: "Push up", exact: true })).toBeVisible({ timeout: 300 });
  }).toPass();
}

/** Stops the clock of the page: however slow the machine is, nothing plays on by itself. */
async function stopClock(page) {
  await page.clock.install();
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000));
}

async function steps(page, count) {
  for (let number = 0; number < count; number += 1) await button(page, "Next round").click();
}

test("by mouse: push, watch it travel, step, back, end", async ({ page }) => {
  await open(page);
  await drawRing(page, ["+", "-", "+"]);
  await click(page, A);
  await expect(contextBar(page)).toBeVisible();
  await stopClock(page);
  await contextBar(page).getByRole("button", { name: "Push up", exact: true }).click();
  await expect(bar(page)).toBeVisible();
  await expect(contextBar(page)).toHaveCount(0);
  await page.clock.runFor(100);
  const before = await picture(page);
  await page.clock.runFor(300);
  expect(await picture(page)).not.toBe(before);
  await button(page, "Pause").click();
  await button(page, "Back to the start").click();
  await expect(round(page)).toHaveText("Round 0 of 3");
  await steps(page, 1);
  await expect(round(page)).toHaveText("Round 1 of 3");
  await expect(bar(page).locator(".play-now")).toHaveText("risk rises (by batch size)");
  await steps(page, 2);
  await expect(bar(page).locator(".play-now")).toHaveText("The play is over: 1 rises, 1 falls");
  await button(page, "Rounds in words").click();
  const list = bar(page).getByRole("region", { name: "Rounds in words" });
  await expect(list).toContainText("Back at batch size, loop B1 answers the push (by fear)");
  await expect(list).toContainText("Rises: risk");
  await expect(list).toContainText("Falls: fear");
  await button(page, "Push down").click();
  await expect(list).toContainText("batch size pushed down");
  await button(page, "End the play").click();
  await expect(bar(page)).toHaveCount(0);
  await expect(contextBar(page)).toBeVisible();
});

test("it plays to its end by itself and then nothing runs", async ({ page }) => {
  await page.addInitScript(watchFrames);
  await open(page);
  await drawRing(page);
  await click(page, A);
  await page.keyboard.press("Alt+ArrowUp");
  await bar(page).getByLabel("Speed").selectOption("Fast");
  await expect(round(page)).toHaveText("Round 3 of 3");
  await expect(button(page, "Play")).toBeVisible();
  await expect(said(page)).toContainText("The play is over: 2 rise");
  await atRest(page);
});

test("by keyboard alone", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await selectVariable(page);
  await stopClock(page);
  await page.keyboard.press("Alt+ArrowDown");
  await expect(said(page)).toContainText(/pushed down/);
  await page.keyboard.press(".");
  await expect(round(page)).toHaveText("Round 1 of 3");
  await expect(said(page)).toContainText(/^Round 1: .* falls \(by .*\)$/);
  await page.keyboard.press("Alt+k");
  await expect(button(page, "Pause")).toBeVisible();
  await page.keyboard.press(",");
  await expect(round(page)).toHaveText("Round 0 of 3");
  // The bar is reached by Tab, and its buttons are pressed by Enter.
  await button(page, "Next round").focus();
  await page.keyboard.press("Enter");
  await expect(round(page)).toHaveText("Round 1 of 3");
  await page.keyboard.press("Escape");
  await expect(bar(page)).toHaveCount(0);
  await page.clock.runFor(50);
  await expect(canvas(page)).toBeFocused();
});

test("without motion a round is over all at once", async ({ browser }) => {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  await open(page);
  await drawRing(page);
  await click(page, A);
  await page.keyboard.press("Alt+ArrowUp");
  await page.keyboard.press(".");
  await expect(round(page)).toHaveText("Round 1 of 3");
  await stopClock(page);
  await page.keyboard.press("Alt+k");
  await page.clock.runFor(200);
  const before = await picture(page);
  await page.clock.runFor(900);
  expect(await picture(page)).toBe(before);
  await expect(round(page)).toHaveText("Round 1 of 3");
  await page.clock.runFor(1_000);
  await expect(round(page)).toHaveText("Round 2 of 3");
  expect(await picture(page)).not.toBe(before);
  await context.close();
});

for (const where of ["view", "embed"]) {
  test(`by finger on the page of who only looks: ${where}`, async ({ page: author, browser }) => {
    await open(author);
    await drawRing(author);
    const links = await shareLinks(author);
    const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 780 } });
    const page = await context.newPage();
    const address = where === "view" ? links.view : links.embed.match(/src="([^"]+)"/)[1].replaceAll("&amp;", "&");
    await open(page, address);
    // Wherever the variables are in this window: by the keys of the canvas, then by a tap beside and on it.
    await selectVariable(page);
    const push = page.getByRole("group", { name: "Push the variable" });
    await expect(push).toBeVisible();
    for (const one of await push.getByRole("button").all()) {
      expect((await one.boundingBox()).height).toBeGreaterThanOrEqual(44);
    }
    const corner = await onPage(page, { x: 4, y: 4 });
    await page.touchscreen.tap(corner.x, corner.y);
    await expect(push).toHaveCount(0);
    await selectVariable(page);
    await stopClock(page);
    await push.getByRole("button", { name: "Push up" }).tap();
    await expect(bar(page)).toBeVisible();
    await expect(push).toHaveCount(0);
    for (const one of await bar(page).getByRole("button").all()) {
      const box = await one.boundingBox();
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
    }
    const box = await bar(page).boundingBox();
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    await button(page, "Next round").tap();
    await expect(round(page)).toHaveText("Round 1 of 3");
    await button(page, "End the play").tap();
    await expect(bar(page)).toHaveCount(0);
    await context.close();
  });
}

test("who only looks clicks a variable and pushes it", async ({ page: author, context }) => {
  await open(author);
  await drawRing(author);
  const { view } = await shareLinks(author);
  const page = await context.newPage();
  await open(page, view);
  const push = page.getByRole("group", { name: "Push the variable" });
  // The diagram is fitted here: over one of the places on a grid the pointer says that it is a variable.
  const place = await canvas(page).evaluate(async (canvas) => {
    const box = canvas.getBoundingClientRect();
    for (let y = 16; y < box.height; y += 16) {
      for (let x = 16; x < box.width; x += 40) {
        const at = { clientX: box.left + x, clientY: box.top + y, pointerId: 1, bubbles: true };
        canvas.dispatchEvent(new PointerEvent("pointermove", at));
        await new Promise((done) => setTimeout(done));
        if (canvas.style.cursor === "pointer" && !document.querySelector(".hint")?.textContent.includes("loop")) {
          return { x: at.clientX, y: at.clientY };
        }
      }
    }
    return null;
  });
  await page.mouse.click(place.x, place.y);
  await push.getByRole("button", { name: "Push down" }).click();
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(bar(page)).toHaveCount(0);
});

test("axe finds nothing in the bar and its list", async ({ page }) => {
  await open(page);
  await drawRing(page, ["+", "-", "?"]);
  await click(page, A);
  await page.keyboard.press("Alt+ArrowUp");
  await button(page, "Rounds in words").click();
  await steps(page, 3);
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    const found = await new AxeBuilder({ page }).include(".play-bar").analyze();
    expect(found.violations).toEqual([]);
  }
});

test("a change of the diagram begins the play again", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await click(page, A);
  await stopClock(page);
  await page.keyboard.press("Alt+ArrowUp");
  await steps(page, 2);
  await expect(round(page)).toHaveText("Round 2 of 3");
  await click(page, B);
  await page.keyboard.press("Delete");
  await expect(round(page)).toHaveText("No link leads on");
  await page.keyboard.press("Control+z");
  await expect(round(page)).toContainText("of 3");
  await click(page, C);
  await expect(contextBar(page)).toBeVisible();
});
