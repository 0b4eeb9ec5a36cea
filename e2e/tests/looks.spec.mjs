// Themes, small and large windows, zoomed pages, fingers.

import { expect, test } from "@playwright/test";

import {
  A, B, C, canvas, choose, contextBar, document, drawRing, link, loops, loopsPanel, name, onPage, open, reload, rim,
  swipe, variable,
} from "../page.mjs";

const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const LIGHT = "rgb(252, 251, 248)";
const DARK = "rgb(23, 25, 30)";

/** The colour of the canvas in its corner. */
const canvasPaper = (page) =>
  canvas(page).evaluate((canvas) => [...canvas.getContext("2d").getImageData(3, 3, 1, 1).data].slice(0, 3).join(", "));

/** Controls that are cut off by the window, by name. */
const cutOff = (page) =>
  page.evaluate(() => {
    const shown = [...document.querySelectorAll("button, input, select, textarea, a")].filter((one) => one.checkVisibility() && one.offsetWidth > 1);
    const out = shown.filter((one) => {
      const box = one.getBoundingClientRect();
      return box.left < -0.5 || box.right > innerWidth + 0.5;
    });
    return out.map((one) => one.getAttribute("aria-label") ?? one.textContent);
  });

/** Controls that lie over each other, by name: parts of what stands at the edges of the canvas. */
const covered = (page, selector) =>
  page.evaluate((selector) => {
    const all = [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
    return all
      .filter((one) => {
        const box = one.getBoundingClientRect();
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return !one.contains(top);
      })
      .map((one) => one.getAttribute("aria-label") ?? one.textContent);
  }, selector);

async function nothingIsCut(page) {
  expect(await cutOff(page), "controls beyond the window").toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), "scrolls sideways").toBeLessThanOrEqual(0);
}

test.describe("themes", () => {
  for (const [scheme, colour] of [["light", LIGHT], ["dark", DARK]]) {
    test(`the page follows the system: ${scheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await open(page);
      expect(await paper(page)).toBe(colour);
      await variable(page, "one", A);
      await expect.poll(() => canvasPaper(page)).toBe(colour.slice(4, -1));
    });
  }

  test("the system turns dark while the page is open", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await open(page);
    await expect.poll(() => canvasPaper(page)).toBe(LIGHT.slice(4, -1));
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => canvasPaper(page)).toBe(DARK.slice(4, -1));
    await expect(page.getByRole("button", { name: "Light theme" })).toBeVisible();
  });

  test("the switch turns page and canvas, and a reload keeps it", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await open(page);
    await page.getByRole("button", { name: "Dark theme" }).click();
    await expect.poll(() => canvasPaper(page)).toBe(DARK.slice(4, -1));
    expect(await paper(page)).toBe(DARK);
    await reload(page);
    expect(await paper(page)).toBe(DARK);
    await expect.poll(() => canvasPaper(page)).toBe(DARK.slice(4, -1));
    await page.keyboard.press("Alt+Shift+D");
    await expect.poll(() => canvasPaper(page)).toBe(LIGHT.slice(4, -1));
    expect(await paper(page)).toBe(LIGHT);
  });
});

test.describe("a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test.beforeEach(async ({ page }) => open(page));

  test("everything has room, and tools are at the foot", async ({ page }) => {
    await nothingIsCut(page);
    for (const tool of ["Select", "Hand", "Variable", "Link", "Text"]) {
      const box = await page.getByRole("button", { name: tool, exact: true }).boundingBox();
      expect(box.width, tool).toBeGreaterThanOrEqual(44);
      expect(box.height, tool).toBeGreaterThanOrEqual(44);
      expect(box.y, tool).toBeGreaterThan(600);
    }
    expect((await page.getByLabel("Title of the diagram").boundingBox()).width).toBeGreaterThan(90);
    await expect(loopsPanel(page)).toHaveCount(0);
    expect(await covered(page, ".tool, .zoom-bar button, .way, .top-bar button")).toEqual([]);
    await page.getByRole("button", { name: "File", exact: true }).tap();
    await nothingIsCut(page);
    expect(await covered(page, ".menu-entry")).toEqual([]);
  });

  test("loops and outline are sheets over the canvas, and fold away", async ({ page }) => {
    for (const panel of ["Loops", "Outline"]) {
      await page.getByRole("button", { name: panel }).tap();
      const box = await page.getByRole("complementary", { name: panel }).boundingBox();
      expect(box.width).toBe(360);
      expect(box.height).toBeLessThan(500);
      expect(box.y + box.height).toBeLessThanOrEqual(740.5);
      await nothingIsCut(page);
      await page.getByRole("button", { name: "Close panel" }).tap();
      await expect(page.getByRole("complementary", { name: panel })).toHaveCount(0);
    }
  });

  test("two taps make a variable, a finger on its rim draws a link", async ({ page }) => {
    const [one, two] = [{ x: 100, y: 100 }, { x: 250, y: 520 }];
    await tapTwice(page, one);
    await name(page, "one");
    await tapTwice(page, two);
    await name(page, "two");
    await swipe(page, rim(one), two);
    await expect(contextBar(page).getByRole("button", { name: "Reverse" })).toBeVisible();
    const minus = contextBar(page).getByRole("button", { name: "Polarity −: opposite direction" });
    await minus.tap();
    await expect(minus).toHaveAttribute("aria-pressed", "true");
    await nothingIsCut(page);
    const { variables, links } = await document(page);
    expect(variables.map((each) => each.name).sort()).toEqual(["one", "two"]);
    expect(links.map((each) => each.polarity)).toEqual(["-"]);
  });

  test("a finger moves a variable; two fingers zoom", async ({ page }) => {
    const place = { x: 120, y: 100 };
    await tapTwice(page, place);
    await name(page, "one");
    const before = (await document(page)).variables[0];
    await swipe(page, place, { x: place.x + 60, y: place.y + 200 });
    const after = (await document(page)).variables[0];
    expect(after.x - before.x).toBeCloseTo(60, 0);
    expect(after.y - before.y).toBeCloseTo(200, 0);
    await pinch(page, { x: 180, y: 400 }, 40, 80);
    await page.getByRole("button", { name: "Zoom in" }).waitFor();
    await expect(page.locator(".zoom-value")).toHaveText("200 %");
  });

  test("every dialog fits", async ({ page }) => {
    for (const entry of ["My diagrams", "Open a template", "Import from text or link…"]) {
      await choose(page, "File", entry);
      await expect(page.getByRole("dialog")).toBeVisible();
      await nothingIsCut(page);
      const box = await page.getByRole("dialog").boundingBox();
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(360);
      expect(box.y + box.height).toBeLessThanOrEqual(740);
      await page.getByRole("button", { name: "Close", exact: true }).tap();
    }
  });
});

test.describe("a page zoomed to 200 %", () => {
  test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

  test("everything can be reached, and a loop can be drawn", async ({ page }) => {
    await open(page);
    await nothingIsCut(page);
    expect(await covered(page, ".tool, .zoom-bar button, .way, .top-bar button")).toEqual([]);
    // The words of an empty canvas are whole too.
    const heading = await page.getByRole("heading", { name: "What keeps happening, and why?" }).boundingBox();
    expect(heading.y).toBeGreaterThan(52);
    const [one, two] = [{ x: 60, y: 60 }, { x: 560, y: 60 }];
    await variable(page, "one", one);
    await variable(page, "two", two);
    await link(page, one, two);
    await page.keyboard.press("+");
    await link(page, two, one);
    await page.keyboard.press("+");
    await page.getByRole("button", { name: "Loops" }).click();
    await expect(loops(page).locator(".loop-code")).toHaveText("R1");
    await nothingIsCut(page);
    for (const entry of ["My diagrams", "Open a template"]) {
      await choose(page, "File", entry);
      await nothingIsCut(page);
      await page.keyboard.press("Escape");
    }
    // As sharp as the screen.
    expect(await canvas(page).evaluate((canvas) => canvas.width / canvas.clientWidth)).toBe(2);
  });
});

test("nothing moves by itself where motion is not wanted", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page);
  await drawRing(page);
  await choose(page, "File", "Open a template");
  await expect(page.locator(".template").first()).toBeVisible();
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll("*")]
      .filter((one) => {
        const style = getComputedStyle(one);
        return Number.parseFloat(style.transitionDuration) > 0 || (style.animationName !== "none" && Number.parseFloat(style.animationDuration) > 0);
      })
      .map((one) => one.className),
  );
  expect(moving).toEqual([]);
});

test("what stands over the canvas hides none of its own controls", async ({ page }) => {
  await open(page);
  expect(await covered(page, ".tool, .zoom-bar button, .way, .top-bar button:not(:disabled)")).toEqual([]);
  await drawRing(page);
  for (const place of [A, B, C]) {
    const { x, y } = await onPage(page, place);
    await page.mouse.click(x, y);
    expect(await covered(page, ".context-bar button, .zoom-bar button, .tool")).toEqual([]);
  }
});

async function tapTwice(page, place) {
  const { x, y } = await onPage(page, place);
  await page.touchscreen.tap(x, y);
  await page.touchscreen.tap(x, y);
}

/** Two fingers from one distance to another, around a place. */
async function pinch(page, place, from, to) {
  const session = await page.context().newCDPSession(page);
  const { x, y } = await onPage(page, place);
  const fingers = (distance) => [{ x: x - distance, y, id: 0 }, { x: x + distance, y, id: 1 }];
  const touch = (type, touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
  await touch("touchStart", fingers(from));
  for (const part of [0.25, 0.5, 0.75, 1]) await touch("touchMove", fingers(from + (to - from) * part));
  await touch("touchEnd", []);
}
