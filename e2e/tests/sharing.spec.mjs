// Taking a diagram elsewhere: links, the page of who only looks, frames, pictures that open again,
// paper.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import {
  A, B, C, canvas, choose, click, document, doubleClick, downloaded, drag, drawRing, fileText, loops, onPage, open, ready,
  stored, toast, variable,
} from "../page.mjs";

/** Draws the ring, names it, and gives its links. */
async function shared(page) {
  await drawRing(page, ["+", "-", "+"]);
  await page.getByLabel("Title of the diagram").fill('Fear & "risk"');
  await page.keyboard.press("Enter");
  await choose(page, "File", "Share a link");
  const value = (id) => page.locator(id).inputValue();
  await expect(page.locator("#link-view")).toBeVisible();
  return { view: await value("#link-view"), open: await value("#link-open"), embed: await value("#link-embed") };
}

/** The diagram as another page would have it: without ids of places in the storage. */
const essence = ({ title, variables, links }) => ({ title, variables, links });

test("a link opens as a diagram of its own, and the address forgets it", async ({ page, context }) => {
  await open(page);
  const links = await shared(page);
  await page.keyboard.press("Escape");
  const drawn = await document(page);
  const other = await context.newPage();
  const asked = [];
  other.on("request", (request) => asked.push(request.url()));
  await open(other, links.open);
  await expect(other.getByLabel("Title of the diagram")).toHaveValue('Fear & "risk"');
  expect(essence(await document(other))).toEqual(essence(drawn));
  // Nothing of the diagram went over the network.
  const secret = links.open.split("z1.")[1].slice(0, 40);
  expect(asked.filter((url) => url.includes(secret))).toEqual([]);
  expect(new URL(other.url()).hash).toBe("");
  // It stands beside the one of the other tab, which is as it was.
  const kept = Object.keys(await stored(other)).filter((key) => /^loopstream\/document\/.*\/a$/.test(key));
  expect(kept).toHaveLength(2);
  // A reload opens no second copy.
  await other.reload();
  await ready(other);
  expect(Object.keys(await stored(other)).filter((key) => /^loopstream\/document\/.*\/a$/.test(key))).toHaveLength(2);
});

test("a link typed into a tab with a diagram leaves that one alone", async ({ page }) => {
  await open(page);
  const links = await shared(page);
  await page.keyboard.press("Escape");
  await choose(page, "File", "New diagram");
  await variable(page, "mine", A);
  const mine = await fileText(page);
  await page.evaluate((hash) => { location.hash = hash; }, new URL(links.open).hash);
  await expect(page.getByLabel("Title of the diagram")).toHaveValue('Fear & "risk"');
  await choose(page, "File", "My diagrams");
  await expect(page.locator(".document")).toHaveCount(3);
  await page.getByRole("button", { name: "Open Untitled diagram" }).click();
  expect(await fileText(page)).toBe(mine);
});

test("a damaged link and one of a newer version are told, and nothing is lost", async ({ page }) => {
  await open(page);
  await variable(page, "mine", A);
  const mine = await fileText(page);
  for (const [hash, words] of [["#open=z1.abc", "not whole"], ["#open=z9.abc", "newer version"]]) {
    await page.evaluate((hash) => { location.hash = hash; }, hash);
    await expect(toast(page, words)).toBeVisible();
  }
  expect(await fileText(page)).toBe(mine);
});

test("who only looks can pan and light loops, and change nothing", async ({ page, context }) => {
  await open(page);
  const links = await shared(page);
  const viewer = await context.newPage();
  await open(viewer, links.view);
  await expect(viewer.getByRole("heading", { name: 'Fear & "risk"' })).toBeVisible();
  await expect(viewer.getByRole("toolbar")).toHaveCount(0);
  const before = await fileText(viewer);
  await loops(viewer).locator(".loop-row").click();
  await expect(loops(viewer).locator(".loop-row")).toHaveAttribute("aria-expanded", "true");
  await expect(viewer.locator("#loop-name")).toHaveCount(0);
  for (const place of [A, B, C]) await doubleClick(viewer, place);
  await viewer.keyboard.press("Control+a");
  await viewer.keyboard.press("Delete");
  await viewer.keyboard.press("n");
  await click(viewer, { x: 300, y: 300 });
  await drag(viewer, { x: 300, y: 300 }, { x: 400, y: 360 });
  await viewer.keyboard.press("Control+z");
  expect(await fileText(viewer)).toBe(before);
  await expect(viewer.locator(".text-field")).toHaveCount(0);
  // Nothing of it is kept, and the link still shows it.
  await viewer.reload();
  await ready(viewer);
  expect(await fileText(viewer)).toBe(before);
  expect(Object.keys(await stored(viewer)).filter((key) => /^loopstream\/document\/.*\/a$/.test(key))).toHaveLength(1);
  const { violations } = await new AxeBuilder({ page: viewer }).analyze();
  expect(violations.map((one) => one.id)).toEqual([]);
  // A copy can be changed.
  await viewer.getByRole("link", { name: "Edit a copy" }).click();
  await expect(viewer.getByLabel("Title of the diagram")).toHaveValue('Fear & "risk"');
  await ready(viewer);
  await variable(viewer, "one more", { x: 200, y: 400 });
});

test("embedded in another page it fits, has no panels, and its loops are live", async ({ page, context, baseURL }) => {
  await open(page);
  const { embed } = await shared(page);
  expect(embed).toContain('title="Fear &amp; &quot;risk&quot;"');
  const host = await context.newPage();
  await host.goto(new URL("templates/index.json", baseURL).href);
  await host.setContent(`<!doctype html><title>A page</title><h1>A page</h1>${embed}`);
  const frame = host.frameLocator("iframe");
  await expect(frame.getByRole("link", { name: /in Loopstream/ })).toHaveAttribute("rel", "noopener");
  await expect(frame.locator(".top-bar, .side, .toolbar, .zoom-bar")).toHaveCount(0);
  const inside = host.frames()[1];
  await inside.waitForFunction(() => performance.getEntriesByName("drawable").length > 0);
  // The warm and cool colours are those of badges and lit loops alone.
  const colours = () => inside.evaluate(() => {
    const canvas = window.document.querySelector("#canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let found = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] < 30 && data[at + 1] > 80 && data[at + 1] < 130 && data[at + 2] > 140) found += 1;
    return found;
  });
  const quiet = await colours();
  expect(quiet).toBeGreaterThan(20);
  // The badge is in the middle of the ring; somewhere near it the pointer meets it.
  const box = await host.locator("iframe").boundingBox();
  let most = 0;
  for (let y = 0.3; y <= 0.6 && most < quiet * 3; y += 0.03) {
    for (let x = 0.4; x <= 0.6 && most < quiet * 3; x += 0.02) {
      await host.mouse.move(box.x + box.width * x, box.y + box.height * y);
      await inside.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      most = Math.max(most, await colours());
    }
  }
  expect(most).toBeGreaterThan(quiet * 3);
});

test("exported pictures open again", async ({ page }) => {
  await open(page);
  await drawRing(page, ["+", "-", "?"]);
  const drawn = essence(await document(page));
  for (const entry of ["Export SVG", "Export PNG"]) {
    const { name, bytes } = await downloaded(page, () => choose(page, "File", entry));
    await expect(toast(page, `Exported ${name}.`)).toBeVisible();
    await choose(page, "File", "New diagram");
    await expect(loops(page)).toHaveCount(0);
    await dropBytes(page, name, bytes);
    await expect(loops(page)).toHaveCount(1);
    const { variables, links } = await document(page);
    expect({ variables, links }).toEqual({ variables: drawn.variables, links: drawn.links });
  }
});

test("a picture without a diagram says so", async ({ page }) => {
  await open(page);
  const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg==";
  await dropBytes(page, "pixel.png", Buffer.from(pixel, "base64"));
  await expect(toast(page, "there is no diagram in this picture")).toBeVisible();
});

test("the picture is copied to the clipboard", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  await drawRing(page);
  await choose(page, "More", "Copy as a picture");
  await expect(toast(page, "Copied as a picture.")).toBeVisible();
  const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types));
  expect(types).toContain("image/png");
});

for (const [way, drawn, print] of [
  ["by Loopstream", "svg", (page) => choose(page, "File", "Print, or save as PDF")],
  ["by the browser itself", "canvas", (page) => page.evaluate(() => window.dispatchEvent(new Event("beforeprint")))],
]) {
  test(`printed ${way}, there are title, picture and loops on the paper, and nothing of the page`, async ({ page }) => {
    // The browser's own dialog would wait for a person.
    await page.addInitScript(() => { window.print = () => {}; });
    await open(page);
    await drawRing(page);
    await page.getByLabel("Title of the diagram").fill("On paper");
    await page.keyboard.press("Enter");
    await print(page);
    const sheet = page.locator("#print-sheet");
    await expect(sheet).toHaveCount(1);
    await page.emulateMedia({ media: "print" });
    await expect(sheet.getByRole("heading", { name: "On paper" })).toBeVisible();
    await expect(sheet.locator(drawn)).toBeVisible();
    await expect(sheet.locator("li")).toHaveText(/^R1: \S.* up → /);
    await expect(canvas(page)).toBeHidden();
    await page.emulateMedia({ media: "screen" });
    await expect(sheet).toBeHidden();
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await expect(sheet).toHaveCount(0);
  });
}

test("a diagram that is too large for a link is offered as a file", async ({ page }) => {
  await open(page);
  // Random remarks, which no packing makes short.
  const variables = Array.from({ length: 400 }, (_, number) => ({
    id: `v${number}`, name: `Variable ${number}`, x: (number % 20) * 160, y: Math.floor(number / 20) * 90,
    remark: Array.from({ length: 30 }, () => Math.random().toString(36).slice(2)).join(" "),
  }));
  await dropBytes(page, "large.json", Buffer.from(JSON.stringify({ format: "loopstream", version: 1, title: "Large", variables })));
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("Large");
  await choose(page, "File", "Share a link");
  await expect(page.getByText("too large for a link")).toBeVisible();
  const { name } = await downloaded(page, () => page.getByRole("dialog").getByRole("button", { name: "Save as a file" }).click());
  expect(name).toBe("Large.loopstream.json");
});

/** Drops bytes as a file. */
async function dropBytes(page, name, bytes) {
  const data = await page.evaluateHandle(({ name, bytes }) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name));
    return data;
  }, { name, bytes: bytes.toString("base64") });
  await canvas(page).dispatchEvent("drop", { dataTransfer: data });
}
