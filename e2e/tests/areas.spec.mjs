// Frames: titled areas of the canvas, by mouse, by keyboard, in the outline, and in pictures.

import { expect, test } from "@playwright/test";

import {
  canvas, choose, click, document, doubleClick, downloaded, drag, move, name, open, outline, reload, saved, undoButton,
  variable,
} from "../page.mjs";

/** Draws out a frame and titles it. */
async function frame(page, from, to, words) {
  await page.getByRole("button", { name: "Frame", exact: true }).first().click();
  await drag(page, from, to);
  await expect(page.getByLabel("Title of the frame")).toBeFocused();
  await name(page, words);
}

const record = async (page) => (await document(page)).frames[0];

test("a frame is drawn out, titled, moved with what lies in it, and kept", async ({ page }) => {
  await open(page);
  await variable(page, "risk", { x: 300, y: 260 });
  await variable(page, "trust", { x: 640, y: 480 });
  const before = await document(page);
  await frame(page, { x: 180, y: 160 }, { x: 460, y: 360 }, "Before the release");
  const drawn = await record(page);
  expect([drawn.title, drawn.width, drawn.height]).toEqual(["Before the release", 280, 200]);
  // By its title, which stands over its upper left corner; Control moves freely.
  await page.keyboard.down("Control");
  await drag(page, { x: 200, y: 148 }, { x: 240, y: 208 });
  await page.keyboard.up("Control");
  const moved = await document(page);
  expect([moved.frames[0].x - drawn.x, moved.frames[0].y - drawn.y]).toEqual([40, 60]);
  const place = (file, words) => file.variables.find((one) => one.name === words);
  expect(place(moved, "risk").x - place(before, "risk").x).toBe(40);
  expect(place(moved, "trust").x).toBe(place(before, "trust").x);
  await saved(page);
  await reload(page);
  expect((await record(page)).title).toBe("Before the release");
});

test("a frame is resized by an edge and a corner, and its inside stays canvas", async ({ page }) => {
  await open(page);
  await frame(page, { x: 180, y: 160 }, { x: 460, y: 360 }, "Area");
  await move(page, { x: 460, y: 260 });
  await expect(canvas(page)).toHaveCSS("cursor", "ew-resize");
  await page.keyboard.down("Control");
  await drag(page, { x: 460, y: 260 }, { x: 520, y: 270 });
  await page.keyboard.up("Control");
  expect((await record(page)).width).toBe(340);
  await page.keyboard.down("Control");
  await drag(page, { x: 520, y: 360 }, { x: 560, y: 420 });
  await page.keyboard.up("Control");
  const after = await record(page);
  expect([after.width, after.height]).toEqual([380, 260]);
  await variable(page, "inside", { x: 350, y: 280 });
  expect((await document(page)).variables[0].name).toBe("inside");
  await doubleClick(page, { x: 194, y: 148 });
  await expect(page.getByLabel("Title of the frame")).toHaveValue("Area");
  await name(page, "Zone");
  expect((await record(page)).title).toBe("Zone");
});

test("by keyboard alone: frame what is selected, title it, resize it in the outline", async ({ page }) => {
  await open(page);
  await variable(page, "risk", { x: 300, y: 260 });
  await variable(page, "trust", { x: 560, y: 420 });
  await canvas(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Alt+Shift+F");
  await name(page, "Both");
  await page.getByRole("button", { name: "Outline", exact: true }).click();
  const panel = outline(page);
  await expect(panel.getByRole("button", { name: "Frame: Both", exact: true })).toHaveAttribute("aria-pressed", "true");
  const before = await record(page);
  await panel.getByLabel("Width").fill("700");
  await panel.getByLabel("Width").press("Tab");
  await expect(panel.getByLabel("Height")).toBeFocused();
  const after = await record(page);
  expect(after.width).toBe(700);
  // Its upper left corner stays.
  expect(after.x - after.width / 2).toBeCloseTo(before.x - before.width / 2);
  await panel.getByLabel("Width").fill("7");
  await panel.getByLabel("Width").press("Tab");
  expect((await record(page)).width).toBe(700);
  await undoButton(page).click();
  await undoButton(page).click();
  expect((await document(page)).frames).toBeUndefined();
  expect((await document(page)).variables).toHaveLength(2);
});

test("a frame is in the picture that is exported", async ({ page }) => {
  await open(page);
  await frame(page, { x: 180, y: 160 }, { x: 460, y: 360 }, "Area <1>");
  const picture = await downloaded(page, () => choose(page, "File", "Export SVG"));
  const text = picture.bytes.toString("utf8").replace(/<metadata>.*<\/metadata>/su, "");
  expect(text).toContain("Area &lt;1&gt;");
});

test("the menu of the canvas adds a frame there", async ({ page }) => {
  await open(page);
  await variable(page, "risk", { x: 200, y: 120 });
  await click(page, { x: 500, y: 400 }, { button: "right" });
  await page.getByRole("menuitem", { name: "Add a frame" }).click();
  await name(page, "Here");
  const file = await document(page);
  const at = file.frames[0];
  const dx = at.x - file.variables[0].x;
  expect(dx).toBeCloseTo(300, 0);
});
