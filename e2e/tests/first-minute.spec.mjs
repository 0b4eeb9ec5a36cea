// What somebody does who has never seen the app, in the first minute: a loop, a stream, and the habits of other programs.
// Actions are counted: clicks, drags, keys, and each name as one.

import { expect, test } from "@playwright/test";

import {
  canvas, click, contextBar, document, doubleClick, drag, field, link, loops, loopsPanel, move, name, onPage, open, saved, toast,
  undoButton, variable,
} from "../page.mjs";

/** Three places that stay in sight when a panel comes up. */
const A = { x: 240, y: 160 };
const B = { x: 640, y: 160 };

/** A person whose actions are counted. */
function person(page) {
  const counted = (act) => async (...what) => {
    me.actions += 1;
    await act(...what);
  };
  const me = {
    actions: 0,
    doubleClick: counted((place) => doubleClick(page, place)),
    click: counted((place) => click(page, place)),
    press: counted((locator) => locator.click()),
    drag: counted((from, to) => drag(page, from, to)),
    key: counted((key) => page.keyboard.press(key)),
    type: counted((words) => page.keyboard.type(words)),
    /** A name typed where the field has opened. */
    async name(words) {
      await expect(field(page)).toBeFocused();
      await me.type(words);
      await me.key("Enter");
    },
  };
  return me;
}

const signs = (page) => contextBar(page).getByRole("button", { name: /^Polarity/ });

test("the first named and signed loop takes 15 actions, 18 before", async ({ page }) => {
  await open(page);
  await expect(loopsPanel(page)).toHaveCount(0);
  const me = person(page);
  await me.doubleClick(A);
  await me.name("batch size");
  // The handle to the right of a name: half its width, and 15 pixels.
  await me.click({ x: A.x + 38 + 8 + 15, y: A.y });
  await me.name("risk");
  await me.key("+");
  const risk = await at(page, "risk", A, "batch size");
  await me.click({ x: risk.x, y: risk.y + 15 + 15 });
  await me.name("fear");
  await me.key("+");
  const fear = await at(page, "fear", A, "batch size");
  await me.drag({ x: fear.x, y: fear.y + 15 + 15 }, A);
  await me.key("+");

  // The panel comes up by itself, with the loop.
  await expect(loops(page)).toHaveCount(1);
  await expect(loops(page).locator(".loop-code")).toHaveText("R1");
  await me.press(loops(page).locator(".loop-row"));
  await page.getByLabel("Name", { exact: true }).focus();
  await me.type("Fear of deploying");
  await page.keyboard.press("Tab");
  await expect(loops(page).locator(".loop-name")).toHaveText("Fear of deploying");
  const { variables, links } = await document(page);
  expect(variables).toHaveLength(3);
  expect(links.map((one) => one.polarity)).toEqual(["+", "+", "+"]);
  expect(me.actions).toBe(15);
});

/** Where a variable stands on the canvas, from one whose place on the canvas is known, at 100 %. */
async function at(page, words, known, name) {
  const { variables } = await document(page);
  const [wanted, origin] = [words, name].map((words) => variables.find((one) => one.name === words));
  return { x: known.x + wanted.x - origin.x, y: known.y + wanted.y - origin.y };
}

test("the first stream with its constraint takes 23 actions, about 36 before", async ({ page }) => {
  await open(page);
  const me = person(page);
  await me.press(page.getByRole("button", { name: "Map a value stream" }));
  const steps = [["Refine", "1 h"], ["Develop", "8 h"], ["Review", "2 h"], ["Test", "16 h"], ["Deploy", "30 min"]];
  for (const [step] of steps) {
    await me.name(step);
    await expect(field(page)).toHaveValue("");
  }
  await me.key("Escape");
  const panel = page.getByRole("complementary", { name: "Value stream" });
  await me.press(panel.getByLabel("Refine: process time", { exact: true }));
  for (const [step, time] of steps) {
    await expect(panel.getByLabel(`${step}: process time`, { exact: true })).toBeFocused();
    await me.type(time);
    await me.key("Enter");
  }
  await expect(panel.locator(".headline")).toContainText("Test is the constraint");
  expect(me.actions).toBe(23);
});

test("a double-click in the middle of an empty canvas draws, however slow", async ({ page }) => {
  await open(page);
  const box = await canvas(page).boundingBox();
  for (const place of [{ x: 480, y: 400 }, { x: 500, y: 440 }, { x: box.width / 2, y: box.height / 2 }]) {
    for (const pause of [0, 150, 300]) {
      const { x, y } = await onPage(page, place);
      await page.mouse.move(x, y);
      await page.mouse.down({ clickCount: 1 });
      await page.mouse.up({ clickCount: 1 });
      // A person's own pace, not something to wait for.
      await page.evaluate((pause) => new Promise((done) => setTimeout(done, pause)), pause);
      await page.mouse.down({ clickCount: 2 });
      await page.mouse.up({ clickCount: 2 });
      await expect(field(page)).toBeFocused();
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await page.keyboard.press("Escape");
      await expect(field(page)).toHaveCount(0);
    }
  }
});

test("a double-click on a card opens what the card opens, and nothing behind it", async ({ page }) => {
  await open(page);
  const card = await page.getByRole("button", { name: "Open a template" }).boundingBox();
  await page.mouse.dblclick(card.x + card.width / 2, card.y + card.height / 2);
  const dialog = page.getByRole("dialog", { name: "Templates" });
  await expect(dialog).toBeVisible();
  await expect(dialog.locator(".template")).not.toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  // The way to draw leaves no canvas under the pointer to end what it began.
  const draw = await page.getByRole("button", { name: "Draw" }).boundingBox();
  await page.mouse.dblclick(draw.x + draw.width / 2, draw.y + draw.height / 2);
  await name(page, "trust");
  expect((await document(page)).variables.map((one) => one.name)).toEqual(["trust"]);
});

test("a double-click beside an open field ends it and draws the next", async ({ page }) => {
  await open(page);
  await doubleClick(page, A);
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("risk");
  await doubleClick(page, B);
  await expect(field(page)).toHaveValue("");
  await name(page, "fear");
  expect((await document(page)).variables.map((one) => one.name).sort()).toEqual(["fear", "risk"]);
});

test("letters on a variable rename it, Escape brings the name back, and nothing is rearranged", async ({ page }) => {
  await open(page);
  await variable(page, "risk", A);
  await variable(page, "fear", B);
  const before = await document(page);
  await page.keyboard.type("Stable pace");
  await expect(field(page)).toHaveValue("Stable pace");
  await page.keyboard.press("Escape");
  await expect(field(page)).toHaveCount(0);
  expect(await document(page)).toEqual(before);
  await page.keyboard.type("Stable pace");
  await page.keyboard.press("Enter");
  const { variables } = await document(page);
  expect(variables.map((one) => one.name).sort()).toEqual(["Stable pace", "risk"]);
  expect(variables.map(({ x, y }) => [x, y]).sort()).toEqual(before.variables.map(({ x, y }) => [x, y]).sort());

  // Its commands have keys with Alt.
  await page.keyboard.press("Alt+s");
  await expect(contextBar(page).getByRole("button", { name: "Stock" })).toHaveAttribute("aria-pressed", "true");
});

test("an input method composes a name on what is selected", async ({ page }) => {
  await open(page);
  await variable(page, "risk", A);
  const session = await page.context().newCDPSession(page);
  // As Chromium tells of a key that an input method has taken: no letter yet.
  await session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Process", code: "KeyS", windowsVirtualKeyCode: 229 });
  await expect(field(page)).toBeFocused();
  await session.send("Input.imeSetComposition", { text: "しんらい", selectionStart: 4, selectionEnd: 4 });
  await session.send("Input.insertText", { text: "信頼" });
  await expect(field(page)).toHaveValue("信頼");
  await page.keyboard.press("Enter");
  expect((await document(page)).variables.map((one) => one.name)).toEqual(["信頼"]);
});

test("arranging by key says so, with a way back", async ({ page }) => {
  await open(page);
  await variable(page, "risk", A);
  await variable(page, "fear", B);
  await link(page, A, B);
  await page.keyboard.press("Escape");
  const before = await document(page);
  await page.keyboard.press("a");
  await expect(toast(page, "Arranged.")).toBeVisible();
  await toast(page, "Arranged.").getByRole("button", { name: "Undo" }).click();
  await expect(toast(page, "Arranged.")).toHaveCount(0);
  expect(await document(page)).toEqual(before);
  // The offer goes with the next change.
  await canvas(page).focus();
  await page.keyboard.press("a");
  await expect(toast(page, "Arranged.")).toBeVisible();
  await variable(page, "trust", { x: 120, y: 600 });
  await expect(toast(page, "Arranged.")).toHaveCount(0);
});

test("a variable dropped on another stands beside it, and can be linked instead", async ({ page }) => {
  await open(page);
  await variable(page, "risk", A);
  await variable(page, "fear", B);
  const before = await document(page);
  await drag(page, A, B);
  const beside = toast(page, "risk stands beside fear now.");
  await expect(beside).toBeVisible();
  const moved = await document(page);
  const [one, other] = moved.variables.map(({ x, y }) => [x, y]);
  expect(Math.hypot(one[0] - other[0], one[1] - other[1])).toBeGreaterThan(25);
  await beside.getByRole("button", { name: "Link instead" }).click();
  await expect(signs(page).first()).toBeVisible();
  await page.keyboard.press("-");
  const { variables, links } = await document(page);
  expect(variables).toEqual(before.variables);
  expect(links.map((one) => one.polarity)).toEqual(["-"]);
});

test("the hint follows what was just done", async ({ page }) => {
  await open(page);
  const hint = page.locator(".hint");
  await expect(hint).toContainText("Double-click anywhere");
  await variable(page, "risk", A);
  await expect(hint).toContainText("Drag a dot to another to link");
  await variable(page, "fear", B);
  await link(page, A, B);
  await expect(hint).toHaveText("+ more makes more · − more makes less · D delay");
});

test("the first loop brings its panel, and a panel that was closed stays closed", async ({ page }) => {
  await open(page);
  await expect(loopsPanel(page)).toHaveCount(0);
  await variable(page, "risk", A);
  await variable(page, "fear", B);
  await link(page, A, B);
  await expect(loopsPanel(page)).toHaveCount(0);
  await link(page, B, A);
  await expect(loopsPanel(page)).toBeVisible();
  await page.getByRole("button", { name: "Close panel" }).click();
  await undoButton(page).click();
  await page.getByRole("button", { name: "Redo", exact: true }).click();
  await expect(contextBar(page).or(canvas(page)).first()).toBeVisible();
  await expect(loopsPanel(page)).toHaveCount(0);
});

test("on a tablet no panel comes up by itself", async ({ page }) => {
  await page.setViewportSize({ width: 820, height: 1180 });
  await open(page);
  await variable(page, "risk", A);
  await variable(page, "fear", B);
  await link(page, A, B);
  await link(page, B, A);
  await saved(page);
  await expect(loopsPanel(page)).toHaveCount(0);
});

test("a right click, Shift+F10 and a long press open a menu of what is there", async ({ page }) => {
  await open(page);
  await variable(page, "risk", A);
  await page.keyboard.press("Escape");
  await click(page, A, { button: "right" });
  const menu = page.getByRole("menu", { name: "Variable" });
  await expect(menu.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await expect(menu.getByRole("menuitem", { name: "Delete" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(menu.getByRole("menuitem").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(menu).toHaveCount(0);
  await expect(canvas(page)).toBeFocused();

  await page.keyboard.press("Shift+F10");
  await menu.getByRole("menuitem", { name: /Stock on or off/ }).click();
  await expect(contextBar(page).getByRole("button", { name: "Stock" })).toHaveAttribute("aria-pressed", "true");

  const corner = { x: 700, y: 60 };
  await click(page, corner, { button: "right" });
  await page.getByRole("menu", { name: "Diagram" }).getByRole("menuitem", { name: "Add a variable" }).click();
  await name(page, "fear");
  await click(page, corner, { button: "right" });
  await expect(menu).toBeVisible();
  await click(page, { x: 60, y: 600 });
  await expect(menu).toHaveCount(0);
});

test("a menu at the edge stays within the canvas", async ({ page }) => {
  await open(page);
  const box = await canvas(page).boundingBox();
  await click(page, { x: box.width - 4, y: box.height - 4 }, { button: "right" });
  const menu = await page.getByRole("menu").boundingBox();
  expect(menu.x + menu.width).toBeLessThanOrEqual(box.x + box.width + 0.5);
  expect(menu.y + menu.height).toBeLessThanOrEqual(box.y + box.height + 0.5);
});

test.describe("with a finger", () => {
  test.use({ hasTouch: true });

  test("a long press opens the menu and moves nothing", async ({ page }) => {
    await open(page);
    await variable(page, "risk", A);
    const before = await document(page);
    const session = await page.context().newCDPSession(page);
    const { x, y } = await onPage(page, A);
    await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
    const menu = page.getByRole("menu", { name: "Variable" });
    await expect(menu).toBeVisible();
    await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await expect(menu).toBeVisible();
    await menu.getByRole("menuitem", { name: "Duplicate" }).tap();
    await expect(menu).toHaveCount(0);
    expect((await document(page)).variables).toHaveLength(2);
    expect(before.variables).toHaveLength(1);
  });
});

test("an example is one click away, and a stream has its card", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Show me an example" }).click();
  await expect(page).toHaveTitle("Fear of deploying – Loopstream");
  await expect(loops(page)).toHaveCount(2);
});

test("templates have pictures", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Open a template" }).click();
  const cards = page.locator(".template");
  await expect(cards).not.toHaveCount(0);
  await expect(page.locator(".template .picture canvas")).toHaveCount(await cards.count());
});

test("the canvas shows its focus only to who goes through the page with Tab", async ({ page }) => {
  await open(page);
  await variable(page, "risk", A);
  await expect(canvas(page)).toBeFocused();
  const ring = () => canvas(page).evaluate((one) => getComputedStyle(one).outlineStyle);
  expect(await ring()).toBe("none");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  await expect(canvas(page)).toBeFocused();
  expect(await ring()).not.toBe("none");
});

test("a mark tells its finding, and opens the checks", async ({ page }) => {
  await open(page);
  for (const [words, place] of [["risk", A], ["fear", B], ["care", { x: 440, y: 460 }]]) await variable(page, words, place);
  await variable(page, "forgotten", { x: 160, y: 460 });
  for (const [from, to] of [[A, B], [B, { x: 440, y: 460 }]]) await link(page, from, to);
  await page.keyboard.press("Escape");
  // Half the name, and three pixels: the corner of its box.
  const mark = { x: 160 + 45, y: 460 - 15 };
  const tip = page.getByRole("tooltip");
  await expect
    .poll(async () => {
      await move(page, { x: mark.x - 1, y: mark.y });
      await move(page, mark);
      return tip.count();
    })
    .toBe(1);
  await expect(tip).toContainText("forgotten");
  await click(page, mark);
  await expect(page.getByRole("tab", { name: "Checks" })).toHaveAttribute("aria-selected", "true");
  await expect(page.locator(".finding").filter({ hasText: "forgotten" })).toBeVisible();
});

test("two variables are linked by keyboard on the canvas", async ({ page }) => {
  await open(page);
  await variable(page, "batch size", A);
  await variable(page, "risk", B);
  await page.keyboard.press("Alt+l");
  const dialog = page.getByRole("dialog", { name: "Link to …" });
  await expect(dialog.getByRole("combobox", { name: "Link to" })).toBeFocused();
  await page.keyboard.type("bat");
  await expect(dialog.getByRole("option")).toHaveText(["batch size"]);
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press("+");
  const { links } = await document(page);
  expect(links.map((one) => one.polarity)).toEqual(["+"]);
});
