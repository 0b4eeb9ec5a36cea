// Images on notes: pasted, dropped, chosen, described, exported, kept; and files that are none.

import { expect, test } from "@playwright/test";

import {
  A, B, canvas, choose, click, document, downloaded, fileChooser, onPage, open, outline, reload, saved, stored, toast,
} from "../page.mjs";

/** The most bytes of an image in a document. */
const MOST_BYTES = 150_000;

/** A file of an image of plain colours, or of noise, which no program makes small, in base64. */
const picture = (page, { width, height, kind = "image/png", noise = false }) =>
  page.evaluate(({ width, height, kind, noise }) => {
    const canvas = window.document.createElement("canvas");
    Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d");
    context.fillStyle = "#ff0080";
    context.fillRect(0, 0, width, height);
    if (noise) {
      const pixels = context.getImageData(0, 0, width, height);
      let seed = 7;
      for (let at = 0; at < pixels.data.length; at += 1) {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        if (at % 4 < 3) pixels.data[at] = seed >> 16;
      }
      context.putImageData(pixels, 0, 0);
    }
    return canvas.toDataURL(kind).split(",")[1];
  }, { width, height, kind, noise });

/** A paste of the browser with a file, or a drop of files at a place of the canvas. */
async function bring(page, how, files, at = A) {
  const place = await onPage(page, at);
  await page.evaluate(({ how, files, place }) => {
    const data = new DataTransfer();
    for (const { name, type, base64, text } of files) {
      if (text) data.setData("text/plain", text);
      else data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name, { type }));
    }
    const about = { bubbles: true, cancelable: true };
    const event = how === "paste"
      ? new ClipboardEvent("paste", { ...about, clipboardData: data })
      : new DragEvent("drop", { ...about, dataTransfer: data, clientX: place.x, clientY: place.y });
    (how === "paste" ? window.document.body : window.document.querySelector("#canvas")).dispatchEvent(event);
  }, { how, files, place });
}

const png = (base64, name = "a.png") => ({ name, type: "image/png", base64 });

/** How many pixels of the canvas have the colour of the images. */
const pinks = (page) => canvas(page).evaluate((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] > 245 && data[at + 1] < 20 && Math.abs(data[at + 2] - 128) < 12) count += 1;
  }
  return count;
});

const rows = (page) => outline(page).locator(".outline-row");

test.beforeEach(async ({ page }) => open(page));

test("a pasted image is a note, is undone, and is there after a reload", async ({ page }) => {
  await bring(page, "paste", [png(await picture(page, { width: 200, height: 100 }))]);
  await expect.poll(() => pinks(page)).toBeGreaterThan(15_000);
  const { notes, images } = await document(page);
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatchObject({ text: "", width: 320 });
  expect(images).toHaveLength(1);
  expect(images[0].note).toBe(notes[0].id);
  expect(images[0].data).toMatch(/^data:image\/png;base64,iVBORw0KGgo/);
  await page.keyboard.press("Control+z");
  await expect.poll(() => pinks(page)).toBe(0);
  await page.keyboard.press("Control+y");
  await expect.poll(() => pinks(page)).toBeGreaterThan(15_000);
  await saved(page);
  await reload(page);
  await expect.poll(() => pinks(page)).toBeGreaterThan(15_000);
});

test("an image pasted onto a note is its picture, and text beside an image is pasted as text", async ({ page }) => {
  const base64 = await picture(page, { width: 200, height: 100 });
  await page.keyboard.press("t");
  await click(page, A);
  await page.keyboard.type("Monday");
  await page.keyboard.press("Control+Enter");
  await bring(page, "paste", [png(base64)]);
  await expect.poll(() => pinks(page)).toBeGreaterThan(15_000);
  let now = await document(page);
  expect(now.notes).toHaveLength(1);
  expect(now.notes[0].text).toBe("Monday");
  await page.keyboard.press("Escape");
  await bring(page, "paste", [{ text: "from a sheet" }, png(base64)]);
  await expect.poll(async () => (await document(page)).notes.length).toBe(2);
  now = await document(page);
  expect(now.images).toHaveLength(1);
});

test("dropped images are notes where they were dropped; one that carries a diagram opens", async ({ page }) => {
  const base64 = await picture(page, { width: 120, height: 80 });
  await bring(page, "drop", [png(base64), png(await picture(page, { width: 60, height: 80 }), "b.png")], B);
  await expect.poll(async () => (await document(page)).images?.length).toBe(2);
  await expect.poll(() => pinks(page)).toBeGreaterThan(8_000);
  const file = await downloaded(page, () => choose(page, "File", "Export PNG"));
  await choose(page, "File", "New diagram");
  await bring(page, "drop", [png(file.bytes.toString("base64"))], B);
  await expect.poll(async () => (await document(page)).images?.length).toBe(2);
});

test("a chosen photo is made small enough, keeps its proportions, and is described", async ({ page }) => {
  const base64 = await picture(page, { width: 1_600, height: 1_200, kind: "image/jpeg", noise: true });
  const chooser = await fileChooser(page, () => page.keyboard.press("Shift+I"));
  await chooser.setFiles({ name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from(base64, "base64") });
  await expect.poll(async () => (await document(page)).images?.length).toBe(1);
  const { images: [image] } = await document(page);
  const [head, bytes] = image.data.split(",");
  expect(head).toMatch(/^data:image\/(webp|jpeg);base64$/);
  expect(Buffer.from(bytes, "base64").length).toBeLessThanOrEqual(MOST_BYTES);
  const size = await page.evaluate(async (url) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  }, image.data);
  expect(Math.max(...size)).toBeLessThanOrEqual(1_024);
  expect(size[0] / size[1]).toBeCloseTo(4 / 3, 1);
  // By keyboard alone: the palette asks for the words.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Describe the image");
  await page.keyboard.press("Enter");
  const words = outline(page).getByLabel("What the image shows");
  await expect(words).toBeFocused();
  await words.fill("Noise of many colours");
  await words.press("Enter");
  await expect(rows(page)).toContainText(["Image: Noise of many colours"]);
  const svg = await downloaded(page, () => choose(page, "File", "Export SVG"));
  expect(svg.bytes.toString("utf8")).toContain('aria-label="Noise of many colours"><title>Noise of many colours</title></image>');
  // It is found by what it shows.
  await page.keyboard.press("Control+f");
  await page.keyboard.type("many colours");
  await expect(page.locator(".find-bar")).toContainText("1");
});

test("moving a note with an image does not write the image again", async ({ page }) => {
  await bring(page, "paste", [png(await picture(page, { width: 900, height: 700, noise: true }))]);
  await expect.poll(async () => (await document(page)).images?.length).toBe(1);
  await saved(page);
  const journal = async () => {
    const texts = Object.entries(await stored(page)).filter(([key]) => key.startsWith("loopstream/journal/"));
    return new Map(texts.map(([key, text]) => [key, text.length]));
  };
  const before = await journal();
  await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(async () => [...(await journal()).keys()].some((key) => !before.has(key))).toBe(true);
  const fresh = [...(await journal())].filter(([key]) => !before.has(key)).map(([, length]) => length);
  expect(Math.max(...fresh)).toBeLessThan(400);
});

test("an SVG picture shows the image by itself, and a PNG too", async ({ page }) => {
  await bring(page, "paste", [png(await picture(page, { width: 200, height: 100 }))]);
  await expect.poll(() => pinks(page)).toBeGreaterThan(15_000);
  for (const [entry, type] of [["Export SVG", "image/svg+xml"], ["Export PNG", "image/png"]]) {
    const { bytes } = await downloaded(page, () => choose(page, "File", entry));
    const pinkish = await page.evaluate(async ({ base64, type }) => {
      const image = new Image();
      image.src = `data:${type};base64,${base64}`;
      await image.decode();
      const canvas = window.document.createElement("canvas");
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      const [red, green, blue] = context.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data;
      return red > 245 && green < 20 && Math.abs(blue - 128) < 12;
    }, { base64: bytes.toString("base64"), type });
    expect(pinkish, entry).toBe(true);
  }
});

test("what is no image is refused in words, and nothing in it runs", async ({ page }) => {
  const base64 = (text) => Buffer.from(text).toString("base64");
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="window.ran = true"><script>window.ran = true</script></svg>';
  await bring(page, "drop", [png(base64(svg), "evil.png")]);
  await expect(toast(page, "No image was added")).toBeVisible();
  // It begins as a PNG does, and has no header.
  const headless = Buffer.concat([Buffer.from("iVBORw0KGgo=", "base64"), Buffer.alloc(60)]).toString("base64");
  await bring(page, "paste", [png(headless)]);
  await expect(toast(page, "No image was added: the browser can't show this file")).toBeVisible();
  // As a file of ours with an SVG for an image.
  const text = JSON.stringify({
    format: "loopstream", version: 6, title: "Evil",
    notes: [{ id: "n", text: "", x: 0, y: 0 }],
    images: [{ id: "i", note: "n", data: `data:image/svg+xml;base64,${base64(svg)}` }],
  });
  const chooser = await fileChooser(page, () => choose(page, "File", "Open a file"));
  await chooser.setFiles({ name: "evil.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await expect(toast(page, "PNG, JPEG or WebP")).toBeVisible();
  expect(await page.evaluate(() => window.ran)).toBeUndefined();
  expect((await document(page)).images).toBeUndefined();
});

test("a diagram with a large image is too large for a link and is offered as a file", async ({ page }) => {
  await bring(page, "paste", [png(await picture(page, { width: 900, height: 700, noise: true }))]);
  await expect.poll(async () => (await document(page)).images?.length).toBe(1);
  await choose(page, "File", "Share a link");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Its images make this diagram too large for a link");
  await expect(dialog.getByRole("button", { name: "Save as a file" })).toBeVisible();
});
