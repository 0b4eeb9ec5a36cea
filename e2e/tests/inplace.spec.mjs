// Editing in place: the name of a loop at its badge, pasted lines, the undo list, findings by their marks.

import { expect, test } from "@playwright/test";

import {
  A, B, C, canvas, click, doubleClick, document, drawRing, field, loops, loopsPanel, open, redoButton, toast, undoButton, variable,
} from "../page.mjs";

const nameField = (page) => page.getByRole("textbox", { name: "Name of the loop" });
/** The middle of the ring that drawRing draws, where its badge stands. */
const MIDDLE = { x: (A.x + B.x + C.x) / 3, y: (A.y + B.y + C.y) / 3 };
const paste = (page, text) =>
  page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    window.document.querySelector("#canvas").dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);

/** The place of the badge, asked of the canvas: where the pointer is one that clicks. */
async function badge(page) {
  const box = await canvas(page).boundingBox();
  for (let ring = 0; ring < 12; ring += 1) {
    for (let turn = 0; turn < 8; turn += 1) {
      const place = { x: MIDDLE.x + ring * 12 * Math.cos((turn * Math.PI) / 4), y: MIDDLE.y + ring * 12 * Math.sin((turn * Math.PI) / 4) };
      await page.mouse.move(box.x + place.x, box.y + place.y);
      const hint = await page.locator(".hint").textContent();
      if (hint.includes("loop")) return place;
    }
  }
  throw new Error("there is no badge");
}

test("a loop is named at its badge, without a panel", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await page.getByRole("button", { name: "Close panel" }).click();
  const at = await badge(page);
  await doubleClick(page, at);
  await expect(nameField(page)).toBeFocused();
  await page.keyboard.type("Fear");
  await page.keyboard.press("Enter");
  await expect(nameField(page)).toHaveCount(0);
  await expect(canvas(page)).toBeFocused();
  await expect(loopsPanel(page)).toHaveCount(0);
  expect((await document(page)).loops.map((loop) => loop.name)).toEqual(["Fear"]);

  // What is there is selected: it is written over. Escape leaves it.
  await page.keyboard.press("F2");
  await expect(nameField(page)).toHaveValue("Fear");
  await page.keyboard.type("Courage");
  await page.keyboard.press("Escape");
  expect((await document(page)).loops.map((loop) => loop.name)).toEqual(["Fear"]);
  await page.keyboard.press("F2");
  await page.keyboard.type("Courage");
  await page.keyboard.press("Enter");
  expect((await document(page)).loops.map((loop) => loop.name)).toEqual(["Courage"]);
});

test("pasted lines become variables or steps, undone at once", async ({ page }) => {
  await open(page);
  await variable(page, "risk", A);
  const lines = [
    "we never have the time to write tests before a release is due, whatever we plan",
    "the build takes so long that everybody begins something else while they wait for it",
    "nobody dares to deploy on a Friday afternoon, and Thursdays are getting harder too",
  ];
  await page.keyboard.press("Escape");
  await paste(page, lines.map((line) => `- ${line}`).join("\n"));
  const offer = toast(page, "3 lines: make variables of them?");
  await offer.getByRole("button", { name: "Variables" }).click();
  await expect(offer).toHaveCount(0);
  const after = await document(page);
  expect(after.variables.map((one) => one.name).sort()).toEqual(["risk", ...lines].sort());
  expect(after.notes ?? []).toEqual([]);
  await undoButton(page).click();
  expect((await document(page)).variables).toHaveLength(1);

  await canvas(page).focus();
  await paste(page, lines.join("\n"));
  await toast(page, "3 lines").getByRole("button", { name: "One note" }).click();
  await expect(toast(page, "3 lines")).toHaveCount(0);
  expect((await document(page)).notes).toHaveLength(1);
  // By keyboard, also later.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("steps of its lines");
  await page.keyboard.press("Enter");
  expect((await document(page)).stations).toHaveLength(3);
});

test("the undo list goes to any point, by mouse, by a long press and by keyboard", async ({ page }) => {
  await open(page);
  for (const [name, place] of [["one", A], ["two", B], ["three", C]]) await variable(page, name, place);
  const list = page.getByRole("dialog", { name: "Undo list" });
  await undoButton(page).focus();
  await page.keyboard.press("ArrowDown");
  await expect(list.getByRole("listitem")).toHaveText([/three added.*now/, /two added/, /one added/, /As it was opened/]);
  await list.getByRole("button", { name: "one added" }).click();
  await expect(list.getByRole("button", { name: "one added" })).toHaveAttribute("aria-current", "step");
  await expect(list.getByRole("button", { name: /two added/ })).toContainText("undone");
  await expect(page.locator("#said")).toContainText("Went over 2 changes: one added");
  await page.keyboard.press("Escape");
  expect((await document(page)).variables.map((one) => one.name)).toEqual(["one"]);

  await undoButton(page).hover();
  await page.mouse.down();
  await expect(list).toBeVisible();
  await page.mouse.up();
  await list.getByRole("button", { name: /three added/ }).press("Enter");
  await page.keyboard.press("Escape");
  await expect(redoButton(page)).toBeDisabled();
  expect((await document(page)).variables).toHaveLength(3);
});

test("the mark of a finding leads to its row", async ({ page }) => {
  await open(page);
  await drawRing(page);
  // Without links, beside others that have some.
  const alone = { x: 760, y: 420 };
  await variable(page, "a long way off from all that", alone);
  await page.keyboard.press("Escape");
  await loopsPanel(page).getByRole("tab", { name: "Checks" }).click();
  await expect(page.locator(".finding-warning").first()).toBeVisible();
  await loopsPanel(page).getByRole("tab", { name: "Loops" }).click();
  const box = await canvas(page).boundingBox();
  let at;
  for (let x = 20; x < 140 && !at; x += 4) {
    for (let y = -30; y < 0 && !at; y += 4) {
      await page.mouse.move(box.x + alone.x + x, box.y + alone.y + y);
      if ((await page.locator(".tip").count()) > 0) at = { x: alone.x + x, y: alone.y + y };
    }
  }
  expect(at, "there is a mark").toBeTruthy();
  await click(page, at);
  const row = page.locator(".finding-sought");
  await expect(row).toHaveCount(1);
  await expect(row).toBeInViewport();
  await expect(row).toContainText("a long way off");
  // Once something else is selected it is a row like the others.
  await click(page, { x: 60, y: 420 });
  await expect(row).toHaveCount(0);
});

test("the palette finds variables, loops and templates, keeps its place, and knows what was done", async ({ page }) => {
  await open(page);
  await drawRing(page);
  const palette = page.getByRole("dialog", { name: "Commands" });
  const input = palette.getByRole("combobox");
  await page.keyboard.press("Control+k");
  const top = (await palette.boundingBox()).y;
  await input.fill("xyzzy");
  await expect(palette.getByText("No command")).toBeVisible();
  expect((await palette.boundingBox()).y).toBe(top);
  await input.fill("limits to");
  await expect(palette.getByRole("option", { name: /Limits to growth.*Template/ })).toBeVisible();
  await input.fill("R1");
  await palette.getByRole("option", { name: /R1.*Loop/ }).click();
  await expect(page.locator(".lit-chip")).toContainText("R1 lit");

  await page.keyboard.press("Control+k");
  await input.fill("grid");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+k");
  await expect(palette.getByRole("option").first()).toContainText("Grid on or off");
  await input.fill("batch");
  await palette.getByRole("option", { name: /batch size.*Variable/ }).click();
  await expect(page.locator(".context-bar")).toBeVisible();
  await page.keyboard.press("F2");
  await expect(field(page)).toHaveValue("batch size");
  await page.keyboard.press("Escape");
  await expect(loops(page)).toHaveCount(1);
});

test("several things are tagged at once, and a tag dims the rest until its chip is closed", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await page.getByRole("button", { name: "Close panel" }).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("tags");
  await page.keyboard.press("Enter");
  const tags = page.getByRole("dialog", { name: "Tags" });
  await tags.getByLabel("New tag").fill("people, urgent");
  await page.keyboard.press("Enter");
  await expect(tags.getByRole("checkbox", { name: "people" })).toHaveAttribute("aria-checked", "true");
  await tags.getByRole("checkbox", { name: "urgent" }).click();
  await expect(tags.getByRole("checkbox", { name: "urgent" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  const whole = await document(page);
  expect(whole.variables.map((one) => one.tags)).toEqual([["people"], ["people"], ["people"]]);

  await page.getByRole("button", { name: "Outline" }).click();
  const outline = page.getByRole("complementary", { name: "Outline" });
  await outline.locator(".outline-words", { hasText: /^fear$/ }).click();
  await outline.getByRole("textbox", { name: "Tags" }).fill("bosses");
  await page.keyboard.press("Tab");
  await outline.getByLabel("Show only what is tagged").selectOption({ label: "people (5)" });
  await expect(page.locator(".lit-chip")).toContainText("Tagged people");
  await expect(page.locator("#said")).toContainText("5 tagged people");
  await page.getByRole("button", { name: "Show everything" }).click();
  await expect(page.locator(".lit-chip")).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("only bosses");
  await page.keyboard.press("Enter");
  await expect(page.locator(".lit-chip")).toContainText("Tagged bosses");
  await canvas(page).focus();
  await page.keyboard.press("Escape");
  await expect(page.locator(".lit-chip")).toHaveCount(0);
});
