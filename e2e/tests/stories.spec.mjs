// Stories: begun by hand, from the loops and from the stream; their steps written, ordered, marked and shown on the
// canvas. By mouse, by keyboard alone, and by finger.

import { readFile } from "node:fs/promises";
import { inflateRawSync } from "node:zlib";

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import {
  A, B, canvas, choose, click, document, downloaded, drawRing, drop, fixture, loops, open, outline, reload, saved, swipe, undoButton,
} from "../page.mjs";

const panel = (page) => page.getByRole("complementary", { name: "Story", exact: true });
const list = (page) => panel(page).getByRole("list", { name: "Steps" });
const titles = (page) => list(page).locator(".story-title");
const row = (page, number) => list(page).locator(".story-row").nth(number - 1);
const handle = (page, number) => list(page).locator(".ordered-handle").nth(number - 1);
const button = (page, name) => panel(page).getByRole("button", { name, exact: true });
const chip = (page) => page.getByRole("group", { name: "Step on the canvas" });
const said = (page) => page.locator("#said");

/** The width and height of a PNG, in pixels. */
const sizeOf = (png) => {
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
};

/** The files of a ZIP archive, as its central directory has them. */
function unzipped(zip) {
  const end = zip.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const files = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, name, extra, comment] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    files.push({
      name: zip.subarray(at + 46, at + 46 + name).toString("utf8"),
      bytes: inflateRawSync(zip.subarray(from, from + packed)),
    });
    at += 46 + name + extra + comment;
  }
  return files;
}

async function clean(page) {
  const { violations } = await new AxeBuilder({ page }).include("aside.side").include(".stage").analyze();
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join("\n")}`).join("\n\n")).toBe("");
}

/** Opens the panel by its key. */
async function openPanel(page) {
  await canvas(page).focus();
  await page.keyboard.press("Shift+T");
  await expect(panel(page)).toBeVisible();
}

/** Adds what is seen from the palette, whatever panel is open. */
async function addSeen(page) {
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Add what I see to the story");
  await page.keyboard.press("Enter");
}

/** A ring, and a story by hand with steps of these titles. */
async function told(page, names) {
  await open(page);
  await drawRing(page, ["+", "-", "+"]);
  await openPanel(page);
  for (const [at, name] of names.entries()) {
    await (at === 0 ? panel(page).getByRole("button", { name: /By hand/ }) : button(page, "Add what I see")).click();
    await expect(row(page, at + 1)).toHaveAttribute("aria-expanded", "true");
    await panel(page).getByLabel("Title", { exact: true }).fill(name);
    await page.keyboard.press("Enter");
  }
  await expect(titles(page)).toHaveText(names);
}

/** The steps as the file has them, in their order. */
async function steps(page) {
  const { storySteps = [] } = await document(page);
  return storySteps.toSorted((one, other) => (one.place ?? 0) - (other.place ?? 0));
}

async function openTemplate(page, title) {
  await open(page);
  await page.getByRole("button", { name: "Open a template" }).click();
  await page.locator(".template").filter({ has: page.getByText(title, { exact: true }) }).click();
  await expect(page).toHaveTitle(`${title} – Loopstream`);
}

test("by hand: what is lit is added, words are written, and it is kept", async ({ page }) => {
  await open(page);
  await drawRing(page, ["+", "-", "+"]);
  await loops(page).locator(".loop-row").click();
  await choose(page, "More", "Story: tell the diagram step by step");
  await panel(page).getByRole("button", { name: /By hand/ }).click();
  await expect(row(page, 1)).toContainText("1 loop lit, the rest dimmed");
  await expect(chip(page)).toContainText("Step 1 of 1 is shown");
  await expect(panel(page).getByLabel("Title", { exact: true })).toBeFocused();
  await page.keyboard.type("How fear grows");
  await panel(page).getByLabel("Words", { exact: true }).fill("**Look** at\n\n- <b>this</b>\n- [that](https://example.org)");
  await panel(page).getByLabel("Notes for the speaker").fill("Breathe.");
  await page.keyboard.press("Tab");
  const preview = panel(page).getByRole("group", { name: "How the words look" });
  await expect(preview.locator("strong")).toHaveText("Look");
  await expect(preview.locator("li")).toHaveText(["<b>this</b>", "that"]);
  await expect(preview.locator("a")).toHaveAttribute("href", "https://example.org");
  await expect(preview.locator("b")).toHaveCount(0);
  await panel(page).getByLabel("Name of the story").fill("Fear");
  await page.keyboard.press("Tab");
  await clean(page);
  await saved(page);
  await reload(page);
  const { stories } = await document(page);
  expect(stories.map((story) => story.name)).toEqual(["Fear"]);
  const [step] = await steps(page);
  expect(step).toMatchObject({ title: "How fear grows", notes: "Breathe.", rest: "dimmed" });
  expect(step.loops).toHaveLength(1);
  await openPanel(page);
  await expect(titles(page)).toHaveText(["How fear grows"]);
});

test("rows are dragged by mouse, moved by keys, and each move is told and undone", async ({ page }) => {
  await told(page, ["one", "two", "three"]);
  await row(page, 3).click();
  await expect(chip(page)).toHaveCount(0);
  const drag = async (from, to) => {
    const [start, end] = [await handle(page, from).boundingBox(), await row(page, to).boundingBox()];
    await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
    await page.mouse.down();
    await page.mouse.move(start.x + start.width / 2, end.y + end.height - 4, { steps: 5 });
    await page.mouse.up();
  };
  await drag(1, 3);
  await expect(titles(page)).toHaveText(["two", "three", "one"]);
  await expect(said(page)).toHaveText("one is step 3 of 3");
  await handle(page, 3).focus();
  await page.keyboard.press("ArrowUp");
  await expect(titles(page)).toHaveText(["two", "one", "three"]);
  await expect(handle(page, 2)).toBeFocused();
  await row(page, 2).focus();
  await page.keyboard.press("Alt+Shift+ArrowUp");
  await expect(titles(page)).toHaveText(["one", "two", "three"]);
  await expect(row(page, 1)).toBeFocused();
  await expect(said(page)).toHaveText("one is step 1 of 3");
  // At the end of the list nothing moves.
  await page.keyboard.press("Alt+Shift+ArrowUp");
  await expect(titles(page)).toHaveText(["one", "two", "three"]);
  await undoButton(page).click();
  await expect(titles(page)).toHaveText(["two", "one", "three"]);
  await undoButton(page).click();
  await undoButton(page).click();
  await expect(titles(page)).toHaveText(["one", "two", "three"]);
});

test("a drag is given up by Esc, and dropped where it began it changes nothing", async ({ page }) => {
  await told(page, ["one", "two"]);
  const [start, end] = [await handle(page, 1).boundingBox(), await row(page, 2).boundingBox()];
  const middle = { x: start.x + start.width / 2, y: start.y + start.height / 2 };
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  await page.mouse.move(middle.x, end.y + end.height - 4, { steps: 4 });
  await expect(list(page).locator(".ordered-drop-after")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(titles(page)).toHaveText(["one", "two"]);
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  await page.mouse.move(middle.x, middle.y + 6);
  await page.mouse.up();
  await expect(titles(page)).toHaveText(["one", "two"]);
});

test("a step is inserted, copied and removed, and the focus goes on", async ({ page }) => {
  await told(page, ["one", "two"]);
  await row(page, 1).click();
  await button(page, "Insert after").click();
  await expect(titles(page)).toHaveText(["one", "Step 2", "two"]);
  await expect(panel(page).getByLabel("Title", { exact: true })).toBeFocused();
  await page.keyboard.type("between");
  await page.keyboard.press("Enter");
  await button(page, "Duplicate this step").click();
  await expect(titles(page)).toHaveText(["one", "between", "between", "two"]);
  await button(page, "Remove this step").click();
  await expect(titles(page)).toHaveText(["one", "between", "two"]);
  await expect(row(page, 3)).toBeFocused();
  await expect(said(page)).toHaveText("between removed");
});

test("what is selected is marked, shown on the canvas, and what is gone is told", async ({ page }) => {
  await told(page, ["one"]);
  await click(page, A);
  await button(page, "Light").click();
  await expect(row(page, 1)).toContainText("1 thing lit");
  await expect(button(page, "Light")).toHaveAttribute("aria-pressed", "true");
  await panel(page).getByLabel("All else").selectOption("Dimmed");
  await panel(page).getByLabel("In view").selectOption("What is lit");
  await expect(row(page, 1)).toContainText("1 thing lit, the rest dimmed, close to what is lit");
  await canvas(page).focus();
  await page.keyboard.press("Escape");
  await expect(chip(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(chip(page)).toHaveCount(0);
  await button(page, "Show on the canvas").click();
  await expect(chip(page)).toContainText("Step 1 of 1 is shown");
  await chip(page).getByRole("button").click();
  await expect(chip(page)).toHaveCount(0);

  await panel(page).getByLabel("Light a loop").selectOption({ index: 1 });
  await expect(row(page, 1)).toContainText("1 loop lit");
  await page.getByRole("button", { name: "Outline" }).click();
  await outline(page).getByRole("button", { name: "batch size", exact: true }).click();
  await outline(page).getByRole("button", { name: "Delete batch size" }).click();
  await openPanel(page);
  await expect(row(page, 1)).toContainText("Gone since this step was made: 1 thing on the canvas and 1 loop.");
  await clean(page);
  await button(page, "Forget what is gone").click();
  await expect(row(page, 1)).not.toContainText("Gone");
  await undoButton(page).click();
  await undoButton(page).click();
  await expect(row(page, 1)).toContainText("1 loop lit, 1 thing lit");
});

test("what a step hides cannot be hit while it is shown", async ({ page }) => {
  await told(page, ["one"]);
  await click(page, A);
  await button(page, "Hide").click();
  await expect(row(page, 1)).toContainText("1 thing hidden");
  await click(page, A);
  await expect(panel(page)).toContainText("Select something on the canvas");
  // In the outline it is there all the same.
  await page.getByRole("button", { name: "Outline" }).click();
  await outline(page).getByRole("button", { name: "batch size", exact: true }).click();
  await choose(page, "More", "Story: tell the diagram step by step");
  await button(page, "As the rest").click();
  await expect(row(page, 1)).toContainText("Everything as drawn");
});

test("a story from the loops of a template", async ({ page }) => {
  await openTemplate(page, "Firefighting");
  await openPanel(page);
  // It comes with one of its own.
  await expect(panel(page).getByLabel("Name of the story")).toHaveValue("The urgent and the important");
  await button(page, "Another story").click();
  await panel(page).getByRole("button", { name: /From the loops/ }).click();
  await expect(said(page)).toHaveText(/Story begun with \d+ steps/);
  await expect(panel(page).getByLabel("Name of the story")).toHaveValue("Loop by loop");
  expect(await titles(page).count()).toBeGreaterThan(3);
  await expect(row(page, 1)).toBeFocused();
  await expect(list(page).locator(".story-shows", { hasText: "1 loop lit" }).first()).toBeVisible();
  // All of it is one step of undo.
  await undoButton(page).click();
  await expect(panel(page).getByLabel("Name of the story")).toHaveValue("The urgent and the important");
  await button(page, "Another story").click();
  await expect(panel(page).getByRole("button", { name: /By hand/ })).toBeVisible();
  await expect(panel(page).getByRole("button", { name: /From the stream/ })).toHaveCount(0);
});

test("a story of the stream of a template, and several stories", async ({ page }) => {
  await openTemplate(page, "Feature: idea to production");
  await openPanel(page);
  await panel(page).getByRole("button", { name: /From the stream/ }).click();
  await expect(panel(page).getByLabel("Name of the story")).toHaveValue("The value stream");
  const count = await titles(page).count();
  expect(count).toBeGreaterThan(3);
  await expect(list(page).locator(".story-shows", { hasText: "figure" }).first()).toBeVisible();
  await row(page, 2).click();
  await expect(row(page, 2)).toContainText("3 figures");
  // Each with its value, and how far it is to be trusted.
  const figures = panel(page).getByRole("group", { name: "Figures beside the words" }).locator(".story-line");
  await expect(figures.locator(".story-value")).toHaveCount(3);
  await expect(figures.first().locator(".story-value")).toHaveText(/\d/);
  await expect(figures.first().locator(".story-trust")).toHaveText(/\w/);
  await panel(page).getByLabel("Show a figure").selectOption({ index: 1 });
  await expect(row(page, 2)).toContainText("4 figures");
  await expect(figures.locator(".story-value")).toHaveCount(4);

  await button(page, "Another story").click();
  await panel(page).getByRole("button", { name: /By hand/ }).click();
  await expect(titles(page)).toHaveCount(1);
  const which = panel(page).getByLabel("Which story");
  await which.selectOption("The value stream");
  await expect(titles(page)).toHaveCount(count);
  await button(page, "Remove the story The value stream").click();
  await expect(page.locator(".toast")).toContainText("The story The value stream was removed.");
  await expect(which).toHaveCount(0);
  await expect(titles(page)).toHaveCount(1);
  await page.locator(".toast").getByRole("button", { name: "Undo", exact: true }).click();
  await expect(which.locator("option")).toHaveCount(2);
  await choose(page, "File", "Export…");
  const download = page.getByRole("dialog").getByRole("button", { name: "Download as Report in Markdown" });
  const report = await downloaded(page, () => download.click());
  expect(report.bytes.toString("utf8")).toContain("## Story: The value stream");
});

test("a step with a moment of a run shows the run at that moment, and none once it is closed", async ({ page }) => {
  const model = JSON.parse(await readFile(fixture("limits.loopstream.json"), "utf8"));
  model.stories = [{ id: "how", name: "How it grows" }];
  model.storySteps = [
    { id: "t1", story: "how", place: 1, title: "The model" },
    { id: "t2", story: "how", place: 2, title: "After 30 weeks", moment: 30 },
  ];
  await open(page);
  await drop(page, { file: { name: "limits.json", text: JSON.stringify(model) } });
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("Limits to growth");
  await openPanel(page);
  const inked = () => page.evaluate(() => {
    const canvas = document.querySelector("#canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (Math.abs(data[at] - data[0]) + Math.abs(data[at + 1] - data[1]) + Math.abs(data[at + 2] - data[2]) > 60) count += 1;
    }
    return count;
  });
  await row(page, 1).click();
  await expect(chip(page)).toContainText("Step 1 of 2 is shown");
  const without = await inked();
  await row(page, 2).click();
  await expect(chip(page)).toContainText("Step 2 of 2 is shown");
  await expect.poll(inked).toBeGreaterThan(without + 300);
  await row(page, 1).click();
  await expect.poll(inked).toBeLessThan(without + 100);
});

test("a step is saved as a picture, and all of a story in one archive", async ({ page }) => {
  await told(page, ["How fear grows", "The whole"]);
  await row(page, 1).click();
  const one = await downloaded(page, () => button(page, "Save this step as a picture").click());
  expect(one.name).toBe("01-How-fear-grows.png");
  expect(sizeOf(one.bytes)).toEqual([1920, 1080]);
  await choose(page, "File", "Export…");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("group", { name: "Story as pictures" })).toContainText("2 pictures, PNG, 1,920 × 1,080 pixels");
  const all = await downloaded(page, () => dialog.getByRole("button", { name: "Save all as ZIP" }).click());
  expect(all.name).toMatch(/\.zip$/);
  const pictures = unzipped(all.bytes);
  expect(pictures.map(({ name }) => name)).toEqual(["01-How-fear-grows.png", "02-The-whole.png"]);
  for (const { bytes } of pictures) expect(sizeOf(bytes)).toEqual([1920, 1080]);
  await dialog.getByRole("radio", { name: "SVG", exact: true }).check();
  await dialog.getByRole("radio", { name: "Picture alone" }).check();
  const drawn = unzipped((await downloaded(page, () => dialog.getByRole("button", { name: "Save all as ZIP" }).click())).bytes);
  expect(drawn.map(({ name }) => name)).toEqual(["01-How-fear-grows.svg", "02-The-whole.svg"]);
  const text = drawn[0].bytes.toString("utf8");
  expect(text).toContain('width="1920" height="1080"');
  expect(text).toContain("batch size");
  // The title is that of the file, and not in the picture.
  expect(text.split("How fear grows")).toHaveLength(2);
});

test("the story is printed, a page for each step, with the notes if they are wanted", async ({ page }) => {
  await page.addInitScript(() => {
    window.printed = 0;
    window.print = () => { window.printed += 1; };
  });
  await told(page, ["How fear grows", "The whole"]);
  await panel(page).getByLabel("Notes for the speaker").fill("Breathe.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Print the story");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => window.printed)).toBe(1);
  const pages = page.locator("#print-sheet article");
  await expect(pages).toHaveCount(2);
  await expect(pages.locator("p")).toHaveCount(0);
  await expect(pages.nth(0).getByRole("img", { name: "How fear grows", includeHidden: true })).toHaveCount(1);
  await page.emulateMedia({ media: "print" });
  // The room of A4 and of Letter, landscape, within their margins.
  for (const size of [{ width: 1031, height: 703 }, { width: 965, height: 725 }]) {
    await page.setViewportSize(size);
    for (const image of await pages.locator("img").all()) {
      const box = await image.boundingBox();
      expect(box.width).toBeGreaterThan(900);
      expect(box.height).toBeLessThanOrEqual(size.height);
      expect(await image.evaluate((one) => one.naturalWidth)).toBe(1920);
    }
  }
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString("latin1").match(/\/Type \/Page\b/g)).toHaveLength(2);
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await expect(page.locator("#print-sheet")).toHaveCount(0);
  await choose(page, "File", "Export…");
  await page.getByLabel("Speaker’s notes below each page").check();
  await page.getByRole("button", { name: "Print the story…" }).click();
  await expect.poll(() => page.evaluate(() => window.printed)).toBe(2);
  await expect(pages.locator("p")).toHaveText(["Breathe."]);
});

test("what is seen is added from wherever a person is", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await addSeen(page);
  await expect(page.locator(".toast")).toContainText("Step 1 of the story shows this.");
  await loops(page).locator(".loop-row").click();
  await addSeen(page);
  await expect(page.locator(".toast")).toContainText(["Step 2 of the story shows this."]);
  await expect(chip(page)).toHaveCount(0);
  expect(await steps(page)).toHaveLength(2);
});

test("words half typed stay while another tab changes the step", async ({ context }) => {
  const page = await context.newPage();
  await told(page, ["one"]);
  await saved(page);
  const other = await context.newPage();
  await open(other);
  await openPanel(other);
  const field = panel(page).getByLabel("Words", { exact: true });
  await field.focus();
  await page.keyboard.type("half");
  await row(other, 1).click();
  await panel(other).getByLabel("Words", { exact: true }).fill("Theirs");
  await panel(other).getByLabel("Title", { exact: true }).fill("renamed");
  await other.keyboard.press("Enter");
  await expect(titles(page)).toHaveText(["renamed"]);
  await expect(field).toHaveValue("half");
  await field.blur();
  await expect(panel(other).getByLabel("Words", { exact: true })).toHaveValue("half");
});

test.describe("by finger, on a phone", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 780 } });

  test("a story is begun, and a row is dragged", async ({ page }) => {
    await openTemplate(page, "Firefighting");
    await page.getByRole("button", { name: "More", exact: true }).tap();
    await page.getByRole("menuitem", { name: "Story: tell the diagram step by step" }).tap();
    await button(page, "Another story").tap();
    await panel(page).getByRole("button", { name: /From the loops/ }).tap();
    const before = await titles(page).allTextContents();
    await handle(page, 1).scrollIntoViewIfNeeded();
    const box = await canvas(page).boundingBox();
    const [start, end] = [await handle(page, 1).boundingBox(), await handle(page, 2).boundingBox()];
    const x = start.x + start.width / 2 - box.x;
    await swipe(page, { x, y: start.y + start.height / 2 - box.y }, { x, y: end.y + end.height - box.y });
    const [first, second, ...rest] = before;
    await expect(titles(page)).toHaveText([second, first, ...rest]);
    await row(page, 1).tap();
    await expect(chip(page)).toContainText(`Step 1 of ${before.length} is shown`);
    await clean(page);
  });
});

test("the presentation begins at the step on the canvas, which is there again at its end", async ({ page }) => {
  await told(page, ["Early", "Later", "Now"]);
  await row(page, 2).click();
  await expect(chip(page)).toContainText("2");
  await button(page, "Present").click();
  const stage = page.getByRole("region", { name: "Presentation", exact: true });
  await expect(stage.locator(".present-title")).toHaveText("Later");
  await page.keyboard.press("ArrowRight");
  await expect(stage.locator(".present-title")).toHaveText("Now");
  await page.keyboard.press("Escape");
  await expect(stage).toHaveCount(0);
  await expect(chip(page)).toContainText("2");
});
