// What Safari and phones need, as far as Chromium can play their part; e2e/engines/ has the rest.

import { expect, test } from "@playwright/test";

import { A, canvas, choose, drawRing, drop, field, open, toast, variable, zoomValue } from "../page.mjs";

test("a pinch on Safari's trackpad zooms the diagram about its place, and not the page", async ({ page }) => {
  await open(page);
  await variable(page, "risk", A);
  const gesture = (name, scale) =>
    canvas(page).evaluate((canvas, { name, scale }) => {
      const { left, top } = canvas.getBoundingClientRect();
      const event = new Event(name, { bubbles: true, cancelable: true });
      Object.assign(event, { scale, clientX: left + 200, clientY: top + 120 });
      canvas.dispatchEvent(event);
      return event.defaultPrevented;
    }, { name, scale });
  for (const [name, scale, shown] of [
    ["gesturestart", 1, "100 %"],
    ["gesturechange", 1.2, "120 %"],
    ["gesturechange", 1.5, "150 %"],
    ["gestureend", 1.5, "150 %"],
    // The next one begins afresh.
    ["gesturestart", 1, "150 %"],
    ["gesturechange", 2, "300 %"],
  ]) {
    expect(await gesture(name, scale), name).toBe(true);
    await expect(zoomValue(page)).toHaveText(shown);
  }
  // The variable is still where the fingers were.
  await page.keyboard.press("Escape");
  const box = await canvas(page).boundingBox();
  await page.mouse.dblclick(box.x + A.x, box.y + A.y);
  await expect(field(page)).toHaveValue("risk");
});

test.describe("on a phone", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 780 } });

  test("no field has letters under 16 px, to which Safari would zoom the page", async ({ page }) => {
    await open(page);
    const sizes = () =>
      page.evaluate(() => {
        const fields = [...document.querySelectorAll("input:not([type=checkbox], [type=radio]), select, textarea")];
        return fields.map((one) => `${one.ariaLabel ?? one.id} ${getComputedStyle(one).fontSize}`);
      });
    const seen = [];
    const look = async () => {
      const all = await sizes();
      seen.push(...all);
      expect(all.filter((one) => parseFloat(one.match(/([\d.]+)px/)[1]) < 16)).toEqual([]);
    };
    await look();
    await page.keyboard.press("n");
    await canvas(page).tap({ position: { x: 150, y: 200 } });
    await expect(field(page)).toBeFocused();
    await look();
    await page.keyboard.press("Escape");
    for (const [name, control] of [["Loops", "Filter"], ["Outline", "Find"], ["Stream", ""]]) {
      await page.getByRole("button", { name, exact: false }).first().click();
      await look();
      await page.getByRole("button", { name: "Close panel" }).click();
    }
    for (const entry of ["My diagrams", "Share a link", "Import from text or link…"]) {
      await choose(page, "File", entry);
      await look();
      await page.keyboard.press("Escape");
    }
    expect(seen.length).toBeGreaterThan(8);
  });
});

test("a text of the worker is promised to the clipboard within the press", async ({ page }) => {
  // Safari's rule: nothing may be written once the press is over.
  await page.addInitScript(() => {
    let pressed = false;
    window.addEventListener("click", () => {
      pressed = true;
      setTimeout(() => (pressed = false), 0);
    }, true);
    const refuse = () => Promise.reject(new DOMException("not within a press", "NotAllowedError"));
    window.copied = [];
    Clipboard.prototype.writeText = (text) => (pressed ? Promise.resolve(void window.copied.push(text)) : refuse());
    Clipboard.prototype.write = async ([item]) => {
      if (!pressed) return refuse();
      const blob = await item.getType("text/plain");
      window.copied.push(await blob.text());
    };
  });
  await open(page);
  await choose(page, "File", "Export…");
  const copy = (format) => page.getByRole("button", { name: `Copy as ${format}`, exact: true }).click();
  await copy("Mermaid");
  await expect(toast(page, "There is nothing to copy yet.")).toBeVisible();
  await page.keyboard.press("Escape");
  await drawRing(page);
  await choose(page, "File", "Export…");
  await copy("Mermaid");
  await expect(toast(page, "Copied as Mermaid")).toBeVisible();
  await copy("Graphviz DOT");
  await expect(toast(page, "Copied as Graphviz DOT")).toBeVisible();
  const copied = await page.evaluate(() => window.copied);
  expect(copied.map((text) => text.match(/flowchart|digraph/)?.[0])).toEqual(["flowchart", "digraph"]);
});

test("a text that the clipboard refuses is offered as a file", async ({ page }) => {
  await page.addInitScript(() => {
    const refuse = () => Promise.reject(new DOMException("no", "NotAllowedError"));
    Object.assign(Clipboard.prototype, { write: refuse, writeText: refuse });
  });
  await open(page);
  await drawRing(page);
  await choose(page, "File", "Export…");
  await page.getByRole("button", { name: "Copy as Mermaid", exact: true }).click();
  await expect(toast(page, "The browser blocked copying; here is the Mermaid as a file.")).toBeVisible();
});

test("a field grows with its words where the style sheet cannot do that", async ({ page }) => {
  // As in Safari before 26.2 and in older Firefoxes.
  await page.addInitScript(() => {
    const supports = CSS.supports.bind(CSS);
    CSS.supports = (...asked) => !asked.join().includes("field-sizing") && supports(...asked);
  });
  await open(page);
  await page.evaluate(() => {
    for (const sheet of document.styleSheets) sheet.insertRule(".text-field { field-sizing: fixed !important }", sheet.cssRules.length);
  });
  await page.keyboard.press("n");
  await canvas(page).click({ position: { x: 420, y: 300 } });
  await expect(field(page)).toBeFocused();
  const shown = () => field(page).evaluate((one) => [one.scrollHeight - one.clientHeight, one.offsetHeight]);
  const [, oneLine] = await shown();
  await page.keyboard.type("time that work waits for a decision of somebody who is not there");
  const [hidden, lines] = await shown();
  expect(hidden).toBeLessThanOrEqual(1);
  expect(lines).toBeGreaterThan(oneLine * 1.5);
  // It holds when the letters become larger, and it shrinks again.
  await canvas(page).dispatchEvent("wheel", { ctrlKey: true, deltaY: -24, clientX: 480, clientY: 350 });
  await expect(zoomValue(page)).not.toHaveText("100 %");
  expect((await shown())[0]).toBeLessThanOrEqual(1);
  await field(page).fill("time");
  expect((await shown())[1]).toBeLessThan(lines);
});

test("a menu closes on a second press, and its button takes the focus in Safari too", async ({ page }) => {
  await open(page);
  for (const name of ["File", "More"]) {
    const button = page.getByRole("button", { name, exact: true });
    await expect(button).toHaveAttribute("tabindex", "0");
    await button.click();
    await expect(page.getByRole("menu")).toBeVisible();
    await button.click();
    await expect(page.getByRole("menu")).toHaveCount(0);
  }
});

test("the address of a download lives on until the browser has taken it", async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    window.revoked = 0;
    URL.revokeObjectURL = () => (window.revoked += 1);
  });
  // Now: a page under this clock tells no times of its own.
  await page.clock.install();
  await Promise.all([page.waitForEvent("download"), page.keyboard.press("Control+s")]);
  await page.clock.runFor(30_000);
  expect(await page.evaluate(() => window.revoked)).toBe(0);
  await page.clock.runFor(40_000);
  expect(await page.evaluate(() => window.revoked)).toBe(1);
});

test("a picture of a large map is one that a phone can make", async ({ page }) => {
  await open(page);
  const ids = { a: [0, 0], b: [6_000, 0], c: [0, 5_000] };
  const variables = Object.entries(ids).map(([id, [x, y]]) => ({ id, name: id, x, y }));
  await drop(page, { file: { name: "large.json", text: JSON.stringify({ format: "loopstream", version: 1, title: "Large", variables }) } });
  await expect(canvas(page)).toHaveAttribute("aria-label", /3 variables/);
  await page.evaluate(() => {
    window.sizes = [];
    const make = HTMLCanvasElement.prototype.toDataURL;
    HTMLCanvasElement.prototype.toDataURL = function (...args) {
      window.sizes.push(this.width * this.height);
      return make.apply(this, args);
    };
  });
  await Promise.all([page.waitForEvent("download"), choose(page, "File", "Export PNG")]);
  const [pixels] = await page.evaluate(() => window.sizes);
  expect(pixels).toBeGreaterThan(10_000_000);
  expect(pixels).toBeLessThanOrEqual(4_096 * 4_096);
});

test("my diagrams and the canvas count steps and flows of a value stream", async ({ page }) => {
  await open(page);
  await choose(page, "File", "Open a template");
  await page.getByRole("button", { name: /^Acme Stamping/ }).click();
  await expect(canvas(page)).toHaveAttribute("aria-label", /^Value-stream map with 5 steps and \d+ flows/);
  await choose(page, "File", "My diagrams");
  const card = page.locator(".document-open .document-about");
  await expect(card).toContainText(/5 steps, \d+ flows/);
  await expect(card).not.toContainText("variable");
});

for (const width of [320, 420, 500, 590, 900]) {
  test(`the two buttons of a format stand side by side, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 760 });
    await open(page);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("Export…");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Export" });
    await expect(dialog.getByRole("button", { name: "Copy as Mermaid" })).toBeVisible();
    const tops = await dialog.locator(".formats li").evaluateAll((rows) =>
      rows.map((row) => new Set([...row.querySelectorAll("button")].map((one) => one.getBoundingClientRect().top)).size));
    expect(tops.length).toBeGreaterThan(5);
    expect(new Set(tops)).toEqual(new Set([1]));
  });
}

for (const colorScheme of ["light", "dark"]) {
  test(`the paper around a printed picture is white, theme ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    await drawRing(page);
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    await page.emulateMedia({ media: "print", colorScheme });
    for (const element of ["html", "body"]) {
      await expect(page.locator(element)).toHaveCSS("background-color", "rgb(255, 255, 255)");
    }
  });
}
