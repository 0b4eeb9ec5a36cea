// Export as: every format in one dialog, copied or downloaded, with what it does not carry.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { A, choose, click, downloaded, drawRing, drop, loops, open, toast } from "../page.mjs";

test.beforeEach(async ({ page }) => open(page));

const dialog = (page) => page.getByRole("dialog", { name: "Export" });

/** Opens the dialog and waits for its list. */
async function exports(page) {
  await choose(page, "File", "Export…");
  await expect(dialog(page).getByRole("button", { name: "Copy as Mermaid" })).toBeVisible();
}

test("a format is downloaded under the name of the diagram, and what is lost is told", async ({ page }) => {
  await drawRing(page, ["+", "-", "+"]);
  await page.getByLabel("Title of the diagram").fill("Fear of deploying");
  await page.keyboard.press("Enter");
  await exports(page);
  const button = dialog(page).getByRole("button", { name: "Download as Graphviz DOT" });
  const file = await downloaded(page, () => button.click());
  expect(file.name).toBe("Fear-of-deploying.dot");
  expect(file.bytes.toString("utf8")).toContain("batch size");
  await expect(toast(page, "Exported Fear-of-deploying.dot")).toBeVisible();
});

test("formats are copied, and the dialog stays for the next", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await drawRing(page, ["+", "-", "+"]);
  await exports(page);
  for (const [format, expected] of [
    ["CSV list of links", "batch size,risk,+"],
    ["Graphviz DOT", "digraph"],
    ["Mermaid", "flowchart"],
    ["SVG picture", "<svg"],
  ]) {
    await dialog(page).getByRole("button", { name: `Copy as ${format}`, exact: true }).click();
    await expect(toast(page, `Copied as ${format}`).last()).toBeVisible();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(expected);
  }
});

/** What a preview shows, as the text of its SVG. */
const previewed = async (page) => {
  const source = await dialog(page).getByAltText("The picture as it will be").getAttribute("src");
  return decodeURIComponent(source.slice(source.indexOf(",") + 1));
};

/** Width and height in the head of a PNG. */
const sizeOf = ({ bytes }) => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];

test("a picture is seen before it is saved, with what is chosen, and the choices are remembered", async ({ page }) => {
  await drawRing(page, ["+", "-", "+"]);
  await page.getByLabel("Title of the diagram").fill("Fear of deploying");
  await page.keyboard.press("Enter");
  await exports(page);
  await expect(dialog(page).getByAltText("The picture as it will be")).toBeVisible();
  expect(await previewed(page)).not.toContain("opposite direction");
  await dialog(page).getByRole("radio", { name: "SVG" }).check();
  await dialog(page).getByRole("radio", { name: "White" }).check();
  await dialog(page).getByRole("checkbox", { name: "Title" }).check();
  await dialog(page).getByRole("checkbox", { name: /Legend/ }).check();
  const words = [">Fear of deploying</text>", "opposite direction: more makes less", "balancing loop", 'fill="#ffffff"'];
  for (const expected of words) await expect.poll(() => previewed(page)).toContain(expected);
  expect(await previewed(page)).not.toContain(">delay<");
  const saved = await downloaded(page, () => dialog(page).getByRole("button", { name: "Save SVG" }).click());
  expect(saved.name).toBe("Fear-of-deploying.svg");
  expect(saved.bytes.toString("utf8")).toBe(await previewed(page));

  // The command without a dialog does the same, also after a reload.
  await page.reload();
  await page.waitForFunction(() => performance.getEntriesByName("drawable").length > 0);
  await expect(loops(page)).toHaveCount(1);
  const quick = await downloaded(page, () => choose(page, "File", "Export SVG"));
  expect(quick.bytes.toString("utf8")).toBe(saved.bytes.toString("utf8"));
  await exports(page);
  await expect(dialog(page).getByRole("radio", { name: "White" })).toBeChecked();
  await expect(dialog(page).getByRole("checkbox", { name: "Title" })).toBeChecked();
});

test("a PNG has the scale that is chosen, and says its size", async ({ page }) => {
  await drawRing(page);
  await exports(page);
  const sizes = [];
  for (const scale of ["1×", "2×", "3×"]) {
    await dialog(page).getByRole("radio", { name: scale }).check();
    const file = await downloaded(page, () => dialog(page).getByRole("button", { name: "Save PNG" }).click());
    const [width, height] = sizeOf(file);
    const words = [width, height].map((side) => side.toLocaleString("en-US")).join(" × ");
    await expect(dialog(page)).toContainText(`${words} pixels`);
    sizes.push(width);
  }
  expect(sizes[1]).toBe(2 * sizes[0]);
  expect(sizes[2]).toBe(3 * sizes[0]);
});

test("a transparent PNG has nothing but the diagram, and is copied as it is saved", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await drawRing(page);
  await exports(page);
  await dialog(page).getByRole("radio", { name: "Transparent" }).check();
  await dialog(page).getByRole("button", { name: "Copy PNG" }).click();
  await expect(toast(page, "Copied as a picture.")).toBeVisible();
  const corner = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const bitmap = await createImageBitmap(await item.getType("image/png"));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    return [...context.getImageData(1, 1, 1, 1).data];
  });
  expect(corner[3]).toBe(0);
});

test("what is selected is exported alone", async ({ page }) => {
  await drawRing(page);
  await page.keyboard.press("Escape");
  await exports(page);
  await expect(dialog(page).getByRole("radio", { name: "Selection" })).toBeDisabled();
  await page.keyboard.press("Escape");
  await click(page, A);
  await exports(page);
  await dialog(page).getByRole("radio", { name: "Selection (1)" }).check();
  await dialog(page).getByRole("radio", { name: "SVG" }).check();
  await expect.poll(() => previewed(page)).not.toContain(">risk<");
  expect(await previewed(page)).toContain(">batch size<");
});

test("who only looks exports too, by the palette", async ({ page }) => {
  await drawRing(page);
  await choose(page, "File", "Share a link");
  const address = await page.locator("#link-view").inputValue();
  await page.goto("about:blank");
  await page.goto(address);
  await page.waitForFunction(() => performance.getEntriesByName("drawable").length > 0);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Command" }).fill("Export");
  await page.getByRole("option", { name: "Export…" }).click();
  await expect(dialog(page).getByAltText("The picture as it will be")).toBeVisible();
});

for (const colorScheme of ["light", "dark"]) {
  test.describe(`the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test("the dialog keeps the rules of accessibility", async ({ page }) => {
      await drawRing(page);
      await exports(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((one) => `${one.id}: ${one.help}`)).toEqual([]);
    });
  });
}

test("what was read is told, and more of it in details", async ({ page }) => {
  const text = "from,to,polarity,weight\nrabbits,foxes,+,3\nfoxes,rabbits,-,4\n";
  await drop(page, { file: { name: "links.csv", text } });
  const told = toast(page, "Read as a CSV list of links: 2 variables and 2 links; 1 detail.");
  await expect(told).toBeVisible();
  await told.getByText("Details").click();
  await expect(told.getByRole("listitem")).toContainText([
    "Links: 1 positive, 1 negative.",
    "so the diagram was arranged",
    "1 column is kept in the notes: weight.",
  ]);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((one) => `${one.id}: ${one.help}`)).toEqual([]);
});

for (const width of [1280, 360]) {
  test(`what was lost is told first, in numbers, without a click, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 760 });
    // What is said to who cannot see the canvas, one after the other.
    await page.evaluate(() => {
      const said = document.querySelector("#said");
      globalThis.heard = [];
      new MutationObserver(() => globalThis.heard.push(said.textContent)).observe(said, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    const bad = Array.from({ length: 12 }, (_, row) => `,v${row},+`).join("\n");
    const text = `from,to,polarity\nrabbits,foxes,maybe\nfoxes,rabbits,-\n${bad}\n`;
    await drop(page, { file: { name: "links.csv", text } });
    const told = toast(page, "Read as a CSV list of links: 2 variables and 2 links.");
    await expect(told).toBeVisible();
    const lost = told.locator(".toast-losses");
    await expect(lost).toContainText("13 things are missing or incomplete:");
    await expect(lost.getByRole("listitem")).toContainText([
      /^12 of 14 rows were not read: line 4 \(from is empty\), .* and 7 more\.$/,
      /^1 of 14 rows has a word that is not known: line 2 \(polarity "maybe"\);/,
    ]);
    // All of it is on the page, before what was read, and nothing of it in the details.
    for (const row of await lost.getByRole("listitem").all()) await expect(row).toBeInViewport({ ratio: 1 });
    const words = await told.innerText();
    expect(words.indexOf("13 things")).toBeLessThan(words.indexOf("Read as"));
    // Who listens hears it first too: in the message, and in what is said of the opening.
    await expect(page.locator(".toasts")).toHaveAttribute("aria-live", "polite");
    const heard = () => page.evaluate(() => globalThis.heard.join("\n"));
    await expect.poll(heard).toMatch(/13 things are missing.*links\.csv opened: 2 variables, 2 links/);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((one) => `${one.id}: ${one.help}`)).toEqual([]);
    // Other messages have gone by then; this one stays until it is closed.
    if (width > 1000) await page.waitForTimeout(10_000);
    await told.getByRole("button", { name: "Close this message" }).click();
    await expect(told).toHaveCount(0);
  });
}

test("what has nothing that can be drawn is refused, and the open diagram stays", async ({ page }) => {
  await drawRing(page);
  await drop(page, { file: { name: "broken.mmd", text: "flowchart LR\n  A[[unclosed --> B\n" } });
  await expect(toast(page, /broken\.mmd was not opened: .*nothing of it can be drawn: 1 line was not understood/)).toBeVisible();
  await expect(loops(page)).toHaveCount(1);
});
