// Drawing with the mouse, and what the loops panel makes of it.

import { expect, test } from "@playwright/test";

import {
  A, B, C, canvas, click, contextBar, document, doubleClick, drag, drawRing, field, fileText, link, loops, loopsPanel,
  move, name, onPage, open, redoButton, rim, story, undoButton, variable, zoomValue,
} from "../page.mjs";

test.beforeEach(async ({ page }) => open(page));

test("three variables and three links are a loop, told as a sentence", async ({ page }) => {
  await drawRing(page);
  await expect(loops(page)).toHaveCount(1);
  await expect(loops(page).locator(".loop-code")).toHaveText("R1");
  await expect(loops(page).locator(".loop-sentence")).toHaveText(story("batch size", "risk", "fear"));
  await expect(loops(page).locator(".loop-meta")).toHaveText("reinforcing · 3 links");
  await expect(page.locator("#loops-total")).toHaveText("1 loop");

  const { variables, links } = await document(page);
  expect(variables.map((one) => one.name).sort()).toEqual(["batch size", "fear", "risk"]);
  expect(links.map((one) => one.polarity)).toEqual(["+", "+", "+"]);
});

test("signs and delays turn the loop: balancing, not known, delayed", async ({ page }) => {
  await drawRing(page, ["+", "+", "-"]);
  const code = loops(page).locator(".loop-code");
  const meta = loops(page).locator(".loop-meta");
  await expect(code).toHaveText("B1");
  await expect(meta).toHaveText("balancing · 3 links");

  await page.keyboard.press("Control+a");
  await page.keyboard.press("+");
  await expect(code).toHaveText("R1");
  await page.keyboard.press("-");
  await expect(code).toHaveText("B1");
  await page.keyboard.press("d");
  await expect(meta).toHaveText("balancing · 3 links · delayed");
  await page.keyboard.press("?");
  await expect(code).toHaveText("?1");
  await expect(meta).toHaveText("unsigned · 3 links · delayed");
});

test("a click on a link selects it, and its bar does what the keys do", async ({ page }) => {
  await drawRing(page);
  // The link just drawn was selected, with its bar; Escape took both away.
  await expect(contextBar(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Outline" }).click();
  await page.getByRole("button", { name: "risk up → fear up" }).click();
  const bar = contextBar(page);

  await bar.getByRole("button", { name: "Polarity −: opposite direction" }).click();
  await expect(bar.getByRole("button", { name: "Polarity −: opposite direction" })).toHaveAttribute("aria-pressed", "true");
  await bar.getByRole("button", { name: "Delay" }).click();
  await expect(page.getByRole("button", { name: "risk up → fear down, delayed", exact: true })).toBeVisible();
  await bar.getByRole("button", { name: "No sign yet" }).click();
  await expect(page.getByRole("button", { name: "risk → fear, no sign yet, delayed", exact: true })).toBeVisible();
  await bar.getByRole("button", { name: "Polarity +: same direction" }).click();
  await bar.getByRole("button", { name: "Delay" }).click();
  await bar.getByRole("button", { name: "Reverse" }).click();
  await expect(page.getByRole("button", { name: "fear up → risk up", exact: true })).toBeVisible();
  await bar.getByRole("button", { name: "Delete" }).click();
  await expect(bar).toHaveCount(0);
  expect((await document(page)).links).toHaveLength(2);
});

test("the bar of a variable edits its words, makes it a stock, grows, locks, copies and deletes", async ({ page }) => {
  await variable(page, "debt", A);
  const bar = contextBar(page);
  await bar.getByRole("button", { name: "Edit text" }).click();
  await name(page, "technical debt");
  await bar.getByRole("button", { name: "Stock" }).click();
  await expect(bar.getByRole("button", { name: "Stock" })).toHaveAttribute("aria-pressed", "true");
  await bar.getByRole("button", { name: "Add next" }).click();
  await name(page, "slow work");
  expect((await document(page)).links).toHaveLength(1);

  await bar.getByRole("button", { name: "Duplicate" }).click();
  expect((await document(page)).variables.map((one) => one.name).sort()).toEqual(["slow work", "slow work", "technical debt"]);
  await bar.getByRole("button", { name: "Lock" }).click();
  await page.keyboard.press("Delete");
  expect((await document(page)).variables).toHaveLength(3);
  await bar.getByRole("button", { name: "Lock" }).click();
  await bar.getByRole("button", { name: "Delete" }).click();
  expect((await document(page)).variables).toHaveLength(2);
});

test("a loop keeps its name when its variables are renamed and moved", async ({ page }) => {
  await drawRing(page);
  await loops(page).locator(".loop-row").click();
  await page.getByLabel("Name", { exact: true }).fill("Fear of deploying");
  await page.keyboard.press("Enter");
  await expect(loops(page).locator(".loop-name")).toHaveText("Fear of deploying");

  await doubleClick(page, C);
  await name(page, "dread");
  await expect(loops(page).locator(".loop-sentence")).toHaveText(story("batch size", "risk", "dread"));
  const before = (await document(page)).variables.find((one) => one.name === "risk");
  await drag(page, B, { x: B.x + 60, y: B.y + 90 });
  const after = (await document(page)).variables.find((one) => one.name === "risk");
  expect(Math.abs(after.x - before.x - 60)).toBeLessThanOrEqual(6);
  expect(Math.abs(after.y - before.y - 90)).toBeLessThanOrEqual(6);
  await expect(loops(page).locator(".loop-name")).toHaveText("Fear of deploying");
});

test("everything can be undone, and done again with the loop's name", async ({ page }) => {
  await drawRing(page, ["+", "-", "+"]);
  await loops(page).locator(".loop-row").click();
  await page.getByLabel("Name", { exact: true }).fill("The brake");
  await page.keyboard.press("Enter");
  await expect(loops(page).locator(".loop-name")).toHaveText("The brake");
  const whole = await fileText(page);

  let steps = 0;
  while (await undoButton(page).isEnabled()) {
    await undoButton(page).click();
    steps += 1;
  }
  // Three variables, three links, three signs, the name.
  expect(steps).toBe(10);
  await expect(page.getByRole("heading", { name: "What keeps happening, and why?" })).toBeVisible();
  await expect(loops(page)).toHaveCount(0);

  await canvas(page).focus();
  for (let step = 0; step < steps; step += 1) await page.keyboard.press(step % 2 ? "Control+y" : "Control+Shift+z");
  await expect(redoButton(page)).toBeDisabled();
  await expect(loops(page).locator(".loop-name")).toHaveText("The brake");
  expect(await fileText(page)).toBe(whole);
});

test("selecting something does not take away what can be redone", async ({ page }) => {
  await variable(page, "one", A);
  await variable(page, "two", B);
  await page.keyboard.press("Control+z");
  await click(page, A);
  await click(page, C);
  await page.keyboard.press("Control+Shift+z");
  expect((await document(page)).variables).toHaveLength(2);
});

test("a link dropped on the empty canvas makes a new variable", async ({ page }) => {
  await variable(page, "workload", A);
  await drag(page, rim(A), C);
  await name(page, "overtime");
  await expect(loopsPanel(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Loops" }).click();
  await expect(page.getByText("No loops yet")).toBeVisible();
  const { variables, links } = await document(page);
  expect(variables.map((one) => one.name).sort()).toEqual(["overtime", "workload"]);
  expect(links).toHaveLength(1);
  await page.keyboard.press("Control+z");
  expect((await document(page)).variables.map((one) => one.name)).toEqual(["workload"]);
});

test("what is given up with Escape was never there", async ({ page }) => {
  await variable(page, "one", A);
  await doubleClick(page, B);
  await page.keyboard.type("gone");
  await page.keyboard.press("Escape");
  await expect(field(page)).toHaveCount(0);
  await move(page, A);
  await page.mouse.down();
  await move(page, B);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  const { variables } = await document(page);
  expect(variables).toHaveLength(1);
  await undoButton(page).click();
  await expect(undoButton(page)).toBeDisabled();
});

test("a box around things selects them, and Delete takes them away", async ({ page }) => {
  await drawRing(page);
  await drag(page, { x: 80, y: 60 }, { x: 800, y: 200 });
  await expect(contextBar(page).getByRole("button", { name: "Group", exact: true })).toBeVisible();
  await page.keyboard.press("Delete");
  const { variables, links } = await document(page);
  expect(variables.map((one) => one.name)).toEqual(["fear"]);
  expect(links ?? []).toEqual([]);
  await page.keyboard.press("Control+z");
  await expect(loops(page).locator(".loop-code")).toHaveText("R1");
});

test("copy, cut and paste go through the clipboard of the system", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await drawRing(page);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('"format": "loopstream"');
  await page.keyboard.press("Control+v");
  await expect(loops(page)).toHaveCount(2);
  await page.keyboard.press("Control+x");
  await expect(loops(page)).toHaveCount(1);
  await page.keyboard.press("Control+v");
  await expect(loops(page)).toHaveCount(2);
  expect((await document(page)).variables).toHaveLength(6);
});

test("pasted words become a note", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(() => navigator.clipboard.writeText("Remember: ask the team"));
  await canvas(page).focus();
  await page.keyboard.press("Control+v");
  await expect.poll(async () => (await document(page)).notes?.map((one) => one.text)).toEqual(["Remember: ask the team"]);
});

test("duplicating by key and by dragging with Alt", async ({ page }) => {
  await variable(page, "queue", A);
  await page.keyboard.press("Control+d");
  expect((await document(page)).variables).toHaveLength(2);
  await page.keyboard.press("Control+z");
  await page.keyboard.down("Alt");
  await drag(page, A, C);
  await page.keyboard.up("Alt");
  const { variables } = await document(page);
  expect(variables.map((one) => one.name)).toEqual(["queue", "queue"]);
  expect(new Set(variables.map((one) => one.x)).size).toBe(2);
});

test("a link is bent by dragging it", async ({ page }) => {
  await variable(page, "one", A);
  await variable(page, "two", B);
  await link(page, A, B);
  const before = (await document(page)).links[0].bend ?? 0;
  const middle = { x: (A.x + B.x) / 2, y: A.y - before * (B.x - A.x) };
  await drag(page, middle, { x: middle.x, y: A.y + 150 });
  const after = (await document(page)).links[0].bend;
  expect(after).toBeCloseTo(-150 / (B.x - A.x), 1);
});

test("a note is written with its tool, over several lines", async ({ page }) => {
  await page.getByRole("button", { name: "Text", exact: true }).click();
  await click(page, A);
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("First");
  await page.keyboard.press("Enter");
  await page.keyboard.type("second");
  await page.keyboard.press("Control+Enter");
  await expect(field(page)).toHaveCount(0);
  expect((await document(page)).notes.map((one) => one.text)).toEqual(["First\nsecond"]);
});

test("the wheel pans and zooms, and the diagram can be fitted", async ({ page }) => {
  await variable(page, "here", A);
  const [{ x, y }] = (await document(page)).variables;

  await move(page, C);
  await page.mouse.wheel(0, 100);
  await page.mouse.wheel(30, 0);
  // The variable has moved up and left under the pointer; the same place draws elsewhere.
  await variable(page, "there", { x: A.x - 30, y: A.y + 100 });
  const there = (await document(page)).variables.find((one) => one.name === "there");
  expect(there.x - x).toBeCloseTo(0, 3);
  expect(there.y - y).toBeCloseTo(200, 3);

  await move(page, A);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -24);
  await page.mouse.wheel(0, -24);
  await page.keyboard.up("Control");
  await expect(zoomValue(page)).toHaveText("162 %");
  await zoomValue(page).click();
  await expect(zoomValue(page)).toHaveText("100 %");
  await page.getByRole("button", { name: "Zoom in" }).click();
  await expect(zoomValue(page)).toHaveText("125 %");
  await canvas(page).focus();
  await page.keyboard.press("Control+-");
  await expect(zoomValue(page)).toHaveText("100 %");

  for (let turn = 0; turn < 5; turn += 1) await page.mouse.wheel(0, 400);
  await page.keyboard.press("Shift+1");
  // In the middle again: halfway between the two, where a click finds neither, and then one.
  const box = await canvas(page).boundingBox();
  const zoom = Number.parseInt(await zoomValue(page).textContent(), 10) / 100;
  await click(page, { x: box.width / 2, y: box.height / 2 - 100 * zoom });
  await expect(contextBar(page).getByRole("button", { name: "Stock" })).toBeVisible();
});

test("space and drag pans", async ({ page }) => {
  await variable(page, "here", A);
  await page.keyboard.press("Escape");
  await page.keyboard.down("Space");
  await drag(page, { x: 400, y: 400 }, { x: 450, y: 430 });
  await page.keyboard.up("Space");
  await click(page, { x: A.x + 50, y: A.y + 30 });
  await expect(contextBar(page).getByRole("button", { name: "Stock" })).toBeVisible();
  expect((await document(page)).variables).toHaveLength(1);
});

test("pointing at a loop in the list says which, and its badge can be clicked", async ({ page }) => {
  await drawRing(page);
  await loops(page).locator(".loop-row").hover();
  await expect(loops(page)).toHaveClass(/loop-lit/);
  await page.mouse.move(0, 0);
  await expect(loops(page)).not.toHaveClass(/loop-lit/);
  await expect(loopsPanel(page).getByLabel("Name", { exact: true })).toHaveCount(0);
});

test("a double-click on a link asks why, and the answer is kept", async ({ page }) => {
  await variable(page, "risk", A);
  await variable(page, "fear", B);
  await link(page, A, B);
  await page.keyboard.press("b");
  const bent = (await document(page)).links[0].bend;
  await page.keyboard.press("Shift+B");
  const straighter = (await document(page)).links[0].bend;
  expect(bent - straighter).toBeCloseTo(0.05);

  // The middle of the arc stands over that of its chord by its bend.
  const middle = { x: (A.x + B.x) / 2, y: A.y - straighter * (B.x - A.x) };
  await page.keyboard.press("Escape");
  await doubleClick(page, middle);
  await expect(page.locator("#link-remark")).toBeFocused();
  await page.keyboard.type("people remember");
  await page.keyboard.press("Tab");
  expect((await document(page)).links[0].remark).toBe("people remember");
});
