// The bars at the edges of the page fit at every width, for a mouse and for fingers.

import { expect, test } from "@playwright/test";

import { A, choose, contextBar, drawRing, drop, link, open, ready, saved, variable } from "../page.mjs";

const WIDTHS = Array.from({ length: (1920 - 320) / 10 + 1 }, (_, step) => 320 + 10 * step);
const GERMAN = "Donaudampfschifffahrtsgesellschaftskapitänspatentverlängerungsantrag für die Übergangszeit";
const ARABIC = "مخطط تدفق القيمة لفريق تطوير البرمجيات مع قياسات الأداء وأوقات الانتظار (WIP)";

/** What does not fit: controls beyond the window or their bar, over each other, or under something. */
const faults = (page, selector) =>
  page.evaluate((selector) => {
    const found = [];
    const shown = [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility() && one.offsetWidth > 1);
    const named = (one) => one.getAttribute("aria-label") ?? one.textContent;
    const boxes = shown.map((one) => one.getBoundingClientRect());
    for (const [at, one] of shown.entries()) {
      const box = boxes[at];
      if (box.left < -0.5 || box.right > innerWidth + 0.5 || box.top < -0.5 || box.bottom > innerHeight + 0.5) {
        found.push(`${named(one)} is cut off`);
        continue;
      }
      if (box.width < 20) found.push(`${named(one)} is ${box.width} wide`);
      for (const [x, y] of [[0.5, 0.5], [0.06, 0.5], [0.94, 0.5]]) {
        const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
        if (!one.contains(top)) found.push(`${named(one)} is covered`);
      }
      for (const other of boxes.slice(at + 1)) {
        const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
        if (across > 1 && down > 1) found.push(`${named(one)} lies over ${named(shown[boxes.indexOf(other)])}`);
      }
    }
    if (shown.length === 0) found.push(`there is no ${selector}`);
    const wider = document.documentElement.scrollWidth - innerWidth;
    if (wider > 0) found.push(`the page is ${wider} wider than the window`);
    return found;
  }, selector);

const TOP = ".top-bar :is(button, a, input)";
const BARS = `${TOP}, .tool, .zoom-bar button`;

/** Folds the panel away, where one is shown: on a narrow page it is a sheet over the canvas and what stands there. */
async function fold(page) {
  const button = page.getByRole("button", { name: "Close panel" });
  if (await button.isVisible()) await button.click();
}

/** Resizes through every width and tells at which ones something does not fit. */
async function everyWidth(page, selector = BARS, widths = WIDTHS) {
  const found = {};
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    // Two frames: what follows the size has done so.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const all = await faults(page, selector);
    for (const fault of new Set(all)) (found[fault] ??= []).push(width);
  }
  for (const [fault, at] of Object.entries(found)) found[fault] = `${at.length} widths, ${at[0]} to ${at.at(-1)}`;
  expect(found).toEqual({});
}

/** The menus open within the window, and every entry can be pressed. */
async function menusFit(page, widths) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    for (const menu of ["File", "More"]) {
      await page.getByRole("button", { name: menu, exact: true }).click();
      await expect(page.getByRole("menuitem").first()).toBeVisible();
      expect(await faults(page, ".menu-entry"), `${menu} at ${width}`).toEqual([]);
      await page.keyboard.press("Escape");
    }
    // What the bar does not show at this width is in the menus.
    const theme = page.getByRole("button", { name: /^(Dark|Light) theme$/ });
    if (!(await theme.isVisible())) {
      await page.getByRole("button", { name: "More", exact: true }).click();
      await expect(page.getByRole("menuitem", { name: "Dark or light" })).toBeVisible();
      await page.keyboard.press("Escape");
    }
    for (const panel of ["Loops", "Stream", "Outline"]) {
      await expect(page.getByRole("button", { name: panel, exact: true })).toBeVisible();
    }
  }
}

for (const [pointer, options] of [["a mouse", {}], ["fingers", { hasTouch: true, isMobile: true }]]) {
  test.describe(`with ${pointer}`, () => {
    test.use(options);
    test.slow();

    test("an empty page fits at every width, and so do its menus", async ({ page }) => {
      await open(page);
      await fold(page);
      await everyWidth(page);
      await menusFit(page, [320, 360, 480, 768, 800, 853, 1000, 1280, 1920]);
    });
  });
}

for (const [language, title, options] of [
  ["German", GERMAN, {}],
  ["Arabic", ARABIC, { hasTouch: true, isMobile: true }],
]) {
  test.describe(`a long ${language} title, and many loops`, () => {
    test.use(options);
    test.slow();

    test("fit at every width, also with something selected", async ({ page }) => {
      await open(page);
      await drop(page, { file: { name: "many.json", text: manyLoops(title) } });
      await expect(page.getByLabel("Title of the diagram")).toHaveValue(title);
      await saved(page);
      await expect(page.locator(".side-button .count").first()).toHaveText(/^[\d,]+\+?$|^\d+M\+$/);
      await everyWidth(page, TOP, [320, 480, 760, 770, 853, 912, 1040, 1280]);
      await fold(page);
      await everyWidth(page);
      await page.keyboard.press("Control+a");
      await expect(contextBar(page)).toBeVisible();
      await everyWidth(page, `${BARS}, .context-bar button`, [320, 330, 360, 480, 760, 770, 853, 1280]);
    });
  });
}

test.describe("a screen of twice as many pixels, which is a page zoomed to 200 %", () => {
  test.use({ deviceScaleFactor: 2 });
  test.slow();

  test("fits in windows of 640 to 1,920 pixels of the screen", async ({ page }) => {
    await open(page);
    await variable(page, "one", A);
    await fold(page);
    await everyWidth(page, BARS, WIDTHS.filter((width) => width <= 960));
  });
});

test("type twice as large, without zoom, fits from a phone's width on", async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setFontSizes", { fontSizes: { standard: 32 } });
  await open(page);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe("32px");
  await everyWidth(page, TOP, WIDTHS.filter((width) => width % 40 === 0));
});

test("a link's bar of signs fits at 320", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page);
  const [one, two] = [{ x: 80, y: 90 }, { x: 240, y: 90 }];
  await variable(page, "one", one);
  await variable(page, "two", two);
  await link(page, one, two);
  expect(await faults(page, `${BARS}, .context-bar button`)).toEqual([]);
});

test("every dialog fits at 320", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page);
  await variable(page, GERMAN.slice(0, 60), { x: 150, y: 120 });
  for (const [menu, entries] of Object.entries({
    File: ["My diagrams", "Open a template", "Import from text or link…", "Import measurements…", "History of this diagram",
      "Storage and backup", "Share a link", "Export…"],
    More: ["Command palette", "Compare with another map", "Keys and help"],
  })) {
    for (const entry of entries) {
      await page.getByRole("button", { name: menu, exact: true }).click();
      await page.getByRole("menuitem", { name: new RegExp(`^${entry}`) }).click();
      const dialog = page.getByRole("dialog");
      await expect(dialog).toBeVisible();
      const box = await dialog.boundingBox();
      expect(box.x, entry).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width, entry).toBeLessThanOrEqual(320);
      const wide = await dialog.evaluate((one) => one.scrollWidth - one.clientWidth);
      expect(wide, `${entry} scrolls sideways`).toBeLessThanOrEqual(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), entry).toBeLessThanOrEqual(0);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    }
  }
});

test("the page of who only looks fits at every width", async ({ page, context }) => {
  await open(page);
  await drawRing(page);
  await page.getByLabel("Title of the diagram").fill(GERMAN);
  await page.keyboard.press("Enter");
  await choose(page, "File", "Share a link");
  const address = await page.locator("#link-view").inputValue();
  const viewer = await context.newPage();
  await viewer.goto(address);
  await ready(viewer);
  await expect(viewer.getByRole("link", { name: "Edit a copy" })).toBeVisible();
  await fold(viewer);
  await everyWidth(viewer, BARS, WIDTHS.filter((width) => width % 20 === 0));
  for (const width of [320, 768, 1280]) {
    await viewer.setViewportSize({ width, height: 800 });
    await expect(viewer.getByRole("button", { name: /^(Dark|Light) theme$/ })).toBeVisible();
  }
});

/** Ten variables, each linked with each other: more loops than there is room to tell. */
function manyLoops(title) {
  const places = Array.from({ length: 10 }, (_, place) => place);
  return JSON.stringify({
    format: "loopstream",
    version: 4,
    title,
    variables: places.map((place) => ({ id: `v${place}`, name: `variable ${place}`, x: 90 * place, y: (place % 3) * 90 })),
    links: places.flatMap((from) =>
      places.filter((to) => to !== from).map((to) => ({ id: `l${from}${to}`, from: `v${from}`, to: `v${to}`, polarity: "+" })),
    ),
  });
}
