// Pages that only show: what a frame leaves to the page around it, links that are damaged, and that
// nothing gets in.

import { expect, test } from "@playwright/test";

import { A, canvas, choose, click, document, drawRing, drop, onPage, open, ready, stored, toast } from "../page.mjs";

/** The links to a drawn ring. */
async function links(page) {
  await open(page);
  await drawRing(page, ["+", "-", "+"]);
  await choose(page, "File", "Share a link");
  const value = (id) => page.locator(id).inputValue();
  await expect(page.locator("#link-view")).toBeVisible();
  const all = { view: await value("#link-view"), open: await value("#link-open"), embed: await value("#link-embed") };
  await page.keyboard.press("Escape");
  return all;
}

/** A long page with the diagram in a frame; gives the frame. */
async function host(page, baseURL, snippet) {
  await page.goto(new URL("templates/index.json", baseURL).href);
  await page.setContent(`<!doctype html><title>A page</title><h1>A page</h1>${snippet}<p style="height:3000px">And more.</p>`);
  const inside = page.frames()[1];
  await ready(inside);
  return inside;
}

const frames = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Pastes without the clipboard of the system. */
const paste = (page, text) => page.evaluate((text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  window.document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}, text);

const fit = (frame) => frame.getByRole("button", { name: "Fit the diagram" });

test("the wheel over a frame scrolls the page around it; Ctrl and wheel zoom, and a button leads back", async ({ page, context, baseURL }) => {
  const { embed } = await links(page);
  const around = await context.newPage();
  const inside = await host(around, baseURL, embed);
  await expect(inside.locator("#canvas")).toBeVisible();
  await expect(fit(inside)).toHaveCount(0);
  const { x, y } = await onPage(inside, { x: 100, y: 100 });
  await around.mouse.move(x, y);
  await around.mouse.wheel(0, 40);
  await expect.poll(() => around.evaluate(() => scrollY)).toBeGreaterThan(0);
  await expect(fit(inside)).toHaveCount(0);
  const scrolled = await around.evaluate(() => scrollY);
  await around.keyboard.down("Control");
  await around.mouse.wheel(0, -20);
  await around.keyboard.up("Control");
  await expect(fit(inside)).toBeVisible();
  expect(await around.evaluate(() => scrollY)).toBe(scrolled);
  await fit(inside).click();
  await expect(fit(inside)).toHaveCount(0);
});

test("a finger over a frame scrolls the page around it", async ({ page, browser, baseURL }) => {
  const { embed } = await links(page);
  const phone = await browser.newContext({ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true, serviceWorkers: "block" });
  const around = await phone.newPage();
  const inside = await host(around, baseURL, `<meta name="viewport" content="width=device-width">${embed}`);
  await expect(inside.locator("#canvas")).toBeVisible();
  const { x, y } = await onPage(inside, { x: 150, y: 300 });
  const client = await phone.newCDPSession(around);
  const touch = (type, touchPoints) => client.send("Input.dispatchTouchEvent", { type, touchPoints });
  await touch("touchStart", [{ x, y }]);
  for (let way = 10; way <= 200; way += 10) {
    await touch("touchMove", [{ x, y: y - way }]);
    await frames(around);
  }
  await touch("touchEnd", []);
  await expect.poll(() => around.evaluate(() => scrollY)).toBeGreaterThan(100);
  await expect(fit(inside)).toHaveCount(0);
  await phone.close();
});

test("a frame that may keep nothing and start nothing shows its diagram without complaint", async ({ page, context, baseURL }) => {
  const { embed } = await links(page);
  const around = await context.newPage();
  await around.addInitScript(() => {
    const Real = window.Worker;
    window.Worker = class {
      constructor(...all) {
        window.tried = true;
        return new Real(...all);
      }
    };
  });
  const inside = await host(around, baseURL, embed.replace("<iframe", '<iframe sandbox="allow-scripts"'));
  await inside.waitForFunction(() => window.tried);
  await frames(inside);
  await expect(inside.getByRole("link", { name: /in Loopstream/ })).toBeVisible();
  await expect(inside.locator(".toast")).toHaveCount(0);
});

for (const what of ["view", "embed"]) {
  test(`a damaged link to ${what} says so in the middle, and nothing can be opened there`, async ({ page }) => {
    await open(page, `./#${what}=z1.abc`);
    await expect(page.getByText("The diagram cannot be shown: the link is not whole")).toBeVisible();
    await expect(page.locator(".toast")).toHaveCount(0);
    await expect(page.getByRole("link", { name: /Edit a copy|in Loopstream/ })).toHaveCount(0);
    await expect(page.locator(".hint")).toHaveText(what === "view" ? "" : []);
    await page.keyboard.press("Control+k");
    await frames(page);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    expect(Object.keys(await stored(page))).toEqual([]);
  });
}

test("an empty diagram says that it is empty", async ({ page, context }) => {
  await open(page);
  await choose(page, "File", "Share a link");
  const view = await page.locator("#link-view").inputValue();
  const viewer = await context.newPage();
  await open(viewer, view);
  await expect(viewer.getByText("This diagram is empty.")).toBeVisible();
});

for (const what of ["view", "embed"]) {
  test(`what is dropped or pasted on a page to ${what} does not get in`, async ({ page, browser, baseURL }) => {
    const address = (await links(page)).view.replace("#view=", `#${what}=`);
    const elsewhere = await browser.newContext({ baseURL, serviceWorkers: "block" });
    const viewer = await elsewhere.newPage();
    await open(viewer, address);
    const text = '{"format":"loopstream","version":1,"title":"Dropped","variables":[{"id":"a","name":"theirs","x":0,"y":0}]}';
    await drop(viewer, { file: { name: "dropped.json", text } });
    await drop(viewer, { text });
    for (const pasted of ["flowchart TD\n  a --> b\n", text, "words"]) await paste(viewer, pasted);
    if (what === "view") {
      // The worker answers in order: with this it has heard everything.
      await viewer.evaluate(() => { window.print = () => {}; });
      await viewer.keyboard.press("Control+p");
      await expect(viewer.locator("#print-sheet svg")).toHaveCount(1);
    }
    await frames(viewer);
    await expect(viewer.locator(".toast")).toHaveCount(0);
    await expect(canvas(viewer)).toHaveAttribute("aria-label", /^Diagram with 3 variables and 3 links/);
    expect(Object.keys(await stored(viewer))).toEqual([]);
    await elsewhere.close();
  });
}

test("a click on a page to look at gives the focus, and no ring", async ({ page, context }) => {
  const { view } = await links(page);
  const viewer = await context.newPage();
  await open(viewer, view);
  await click(viewer, { x: 60, y: 300 });
  await expect(canvas(viewer)).toBeFocused();
  expect(await canvas(viewer).evaluate((one) => one.matches(":focus-visible"))).toBe(false);
});

test("on a phone the bar over a diagram to look at ends at the right", async ({ page, context }) => {
  const { view } = await links(page);
  const viewer = await context.newPage();
  await viewer.setViewportSize({ width: 390, height: 780 });
  await open(viewer, view);
  const box = await viewer.getByRole("link", { name: "Edit a copy" }).boundingBox();
  expect(box.x + box.width).toBeGreaterThan(375);
  expect(box.x + box.width).toBeLessThanOrEqual(390);
});

test("a link among words opens, and a diagram without a title stays without", async ({ page, context }) => {
  const { view, open: link, embed } = await links(page);
  const title = (page) => page.getByLabel("Title of the diagram");
  const other = await context.newPage();
  await open(other, link);
  await expect(toast(other, "opened")).toHaveCount(0);
  expect((await document(other)).variables).toHaveLength(3);
  await expect(title(other)).toHaveValue("");
  for (const text of [`Have a look: ${view} (all of it).`, `${link}&fbclid=IwAR0`, embed]) {
    await choose(other, "File", "New diagram");
    await choose(other, "File", "Import from text or link…");
    const dialog = other.getByRole("dialog", { name: "Import from text or link" });
    await dialog.getByLabel("Text or link", { exact: true }).fill(text);
    await dialog.getByRole("button", { name: "Open", exact: true }).click();
    await expect(dialog).toHaveCount(0);
    expect((await document(other)).variables).toHaveLength(3);
    await expect(title(other)).toHaveValue("");
  }
});

test("a flowchart on one line and a link among words are pasted as diagrams", async ({ page, context }) => {
  const { view } = await links(page);
  const other = await context.newPage();
  await open(other);
  for (const [text, variables] of [["graph TD; A-->B; B-->C;", 6], [`Look: ${view}`, 9]]) {
    await paste(other, text);
    await expect(canvas(other)).toHaveAttribute("aria-label", new RegExp(`^Diagram with ${variables} variables`));
  }
});

test("the snippet is as wide as its page, and the length told is that of the address", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await choose(page, "File", "Share a link");
  expect(await page.locator("#link-embed").inputValue()).toContain('width="100%"');
  const { length } = await page.locator("#link-view").inputValue();
  await expect(page.getByText(/The link has/)).toContainText(`The link has ${length.toLocaleString("en-US")} characters`);
});

test("where the program cannot be fetched, the page says so after a while", async ({ page }) => {
  await page.route(/loopstream.*\.wasm/, (route) => route.abort());
  await page.goto("./");
  const words = page.getByText("Loopstream has not loaded.");
  await expect(words).toHaveCount(1);
  await expect(words).toBeHidden();
  // Twenty seconds later.
  await words.evaluate((one) => one.getAnimations().forEach((animation) => animation.finish()));
  await expect(words).toBeVisible();
});

test("a diagram in a frame is dragged with the mouse, and the button leads back", async ({ page, context, baseURL }) => {
  const { embed } = await links(page);
  const around = await context.newPage();
  const inside = await host(around, baseURL, embed);
  await expect(inside.locator("#canvas")).toBeVisible();
  const start = await onPage(inside, { x: 100, y: 100 });
  await around.mouse.move(start.x, start.y);
  await around.mouse.down();
  await around.mouse.move(start.x + 60, start.y + 40, { steps: 4 });
  await around.mouse.up();
  await expect(fit(inside)).toBeVisible();
  await fit(inside).click();
  await expect(fit(inside)).toHaveCount(0);
});
