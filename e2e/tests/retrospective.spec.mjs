// Retrospective: from an event to structure, on a sheet beside the canvas. By mouse, by keyboard alone, by finger.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { canvas, choose, document, downloaded, open, reload, saved, undoButton } from "../page.mjs";

const panel = (page) => page.getByRole("complementary", { name: "Retrospective", exact: true });
const story = (page) => page.getByRole("complementary", { name: "Story", exact: true });
const head = (page, number) => panel(page).locator(`#retro-step-${number}`);
const button = (page, name) => panel(page).getByRole("button", { name, exact: true });
const facts = (page) => panel(page).getByRole("list", { name: "Facts" });
const varied = (page) => panel(page).getByRole("list", { name: "What varied" });
const causes = (page) => panel(page).locator("#retro-cause");
const said = (page) => page.locator("#said");

async function clean(page) {
  const { violations } = await new AxeBuilder({ page }).include("aside.side").include(".stage").analyze();
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join("\n")}`).join("\n\n")).toBe("");
}

/** The words of the field that says when, and of the one that says what, of each fact. */
const timeline = (page) =>
  facts(page).locator(".retro-line").evaluateAll((lines) =>
    lines.map((line) => [...line.querySelectorAll("input, textarea")].map((field) => field.value).join(" ")));

/** Opens the sheet from the gallery of templates. */
async function start(page) {
  await choose(page, "File", "Open a template");
  await page.getByRole("dialog").getByRole("button", { name: /Start a retrospective/ }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.locator("#retro-event")).toBeFocused();
}

/** Types a fact and presses Enter. */
async function addFact(page, when, what) {
  await panel(page).locator("#retro-when-new").fill(when);
  await panel(page).locator("#retro-what-new").fill(what);
  await page.keyboard.press("Enter");
}

async function addVaried(page, name) {
  await panel(page).locator("#retro-varied-new").fill(name);
  await page.keyboard.press("Enter");
}

async function addCause(page, name) {
  await causes(page).fill(name);
  await page.keyboard.press("Enter");
}

/** Opens a step that is not open. */
async function step(page, number) {
  await head(page, number).click();
  await expect(head(page, number)).toHaveAttribute("aria-expanded", "true");
}

/** A sheet with a loop of three: size of a release, fear, trust. */
async function withLoop(page) {
  await start(page);
  await step(page, 2);
  await addVaried(page, "Size of a release");
  await addVaried(page, "Fear of releasing");
  await button(page, "Put both on the canvas").click();
  await step(page, 3);
  await panel(page).getByRole("button", { name: /Size of a release/ }).click();
  await addCause(page, "Fear of releasing");
  await panel(page).getByRole("button", { name: /^Fear of releasing/ }).click();
  await addCause(page, "Trust in tests");
  // The cause that is new is asked about next.
  await expect(panel(page).getByRole("button", { name: /^Trust in tests/ })).toHaveAttribute("aria-expanded", "true");
  await addCause(page, "size of a release");
}

/** The signs of the causes that are shown, one after the other. */
async function sign(page, variable, name) {
  const row = panel(page).getByRole("button", { name: variable });
  if ((await row.getAttribute("aria-expanded")) !== "true") await row.click();
  await panel(page).locator(".retro-cause").getByRole("button", { name }).click();
}

test("from the event to the story and the report, by mouse", async ({ page }) => {
  await open(page);
  await start(page);
  await panel(page).locator("#retro-event").fill("A release took payments down for 40 minutes");
  await panel(page).getByLabel("When it happened").fill("Friday");
  await addFact(page, "14:02", "Deployment began");
  await expect(panel(page).locator("#retro-when-new")).toBeFocused();
  await addFact(page, "", "14:05 Alarm: payments fail");
  expect(await timeline(page)).toEqual(["14:02 Deployment began", "14:05 Alarm: payments fail"]);
  await expect(said(page)).toHaveText("Fact 2 of 2 added");
  await expect(head(page, 1)).toHaveAccessibleName(/What happened.*has content.*2 facts/);
  await clean(page);

  await panel(page).getByRole("button", { name: "Next: What varied" }).click();
  await expect(head(page, 2)).toBeFocused();
  await addVaried(page, "Size of a release");
  await addVaried(page, "Trust in tests");
  await panel(page).getByLabel("How Size of a release behaved").selectOption("rose");
  await panel(page).getByLabel("How Trust in tests behaved").selectOption("fell");
  await panel(page).getByLabel("Draw Trust in tests as").selectOption("stock");
  await button(page, "Put Trust in tests on the canvas").click();
  await expect(varied(page).getByText("Show", { exact: true })).toHaveCount(1);
  await button(page, "Put it on the canvas").click();
  await expect(varied(page).getByText("Show", { exact: true })).toHaveCount(2);
  await clean(page);

  await step(page, 3);
  await expect(panel(page).getByText("no link yet")).toHaveCount(2);
  await panel(page).getByRole("button", { name: /^Size of a release/ }).click();
  await expect(causes(page)).toHaveAttribute("placeholder", "What made it rise?");
  await addCause(page, "Fear of releasing");
  await expect(causes(page)).toHaveAttribute("placeholder", "What makes it change?");
  await expect(causes(page)).toBeFocused();
  await addCause(page, "trust in tests");
  await sign(page, /^Fear of releasing/, "Polarity minus");
  await sign(page, /^Size of a release/, "Polarity plus");
  await step(page, 4);
  await expect(panel(page).getByText("What do they lead to? Size of a release.")).toBeVisible();
  await expect(panel(page).getByText("What causes them? Trust in tests.")).toBeVisible();
  await step(page, 3);
  await panel(page).getByRole("button", { name: /^Trust in tests/ }).click();
  await expect(causes(page)).toHaveAttribute("placeholder", "What made it fall?");
  await addCause(page, "Size of a release");
  await sign(page, /^Trust in tests/, "Polarity minus");
  await clean(page);

  await panel(page).getByRole("button", { name: "Next: Find the loops" }).click();
  const row = panel(page).locator(".loop-row");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("reinforcing");
  await row.click();
  await expect(row).toHaveAttribute("aria-pressed", "true");
  await clean(page);

  await step(page, 5);
  await panel(page).getByLabel("Name of R1").fill("Fear of releasing");
  await page.keyboard.press("Enter");
  await panel(page).getByRole("button", { name: "Archetypes that fit" }).click();
  await expect(panel(page).getByText("Working…")).toHaveCount(0);
  await clean(page);

  await step(page, 6);
  // The loop is still chosen on the canvas.
  await button(page, "Choose R1 Fear of releasing").click();
  await expect(panel(page).locator("#retro-lever")).toHaveText("R1 Fear of releasing");
  await panel(page).getByLabel("Choose the leverage point by its name").selectOption("Size of a release");
  await expect(panel(page).locator("#retro-lever")).toHaveText("Size of a release");
  await panel(page).locator("#retro-level").selectOption({ label: "9 · delays" });
  await panel(page).locator("#retro-why").fill("It is passed each week.");
  await clean(page);

  await step(page, 7);
  await button(page, "Write down an experiment").click();
  await expect(panel(page).getByLabel("If we …")).toBeFocused();
  await page.keyboard.type("release each day");
  await panel(page).getByLabel("then …").fill("a release is small");
  await panel(page).getByLabel("because …").fill("less has waited");
  await panel(page).getByLabel("Which way").selectOption("should fall");
  await panel(page).getByLabel("By how much (optional)").fill("by half");
  await panel(page).getByLabel("We look at it").fill("2026-12-18");
  await panel(page).getByLabel("It is").selectOption("running");
  await expect(panel(page).getByLabel("What we saw")).toBeVisible();
  await expect(panel(page).locator(".retro-sentence")).toHaveText("If we release each day, then a release is small, because less has waited.");
  await clean(page);

  await step(page, 8);
  const report = await downloaded(page, () => panel(page).getByRole("button", { name: /Save the report/ }).click());
  const text = report.bytes.toString("utf8");
  for (const words of ["## Retrospective: A release took payments down", "### Leverage point", "Deployment began", "(running)"]) {
    expect(text).toContain(words);
  }
  await panel(page).getByRole("button", { name: /Begin a story from it/ }).click();
  await expect(story(page)).toBeVisible();
  await expect(story(page).locator(".story-title").first()).toHaveText("A release took payments down for 40 minutes");
  await expect(story(page).locator(".story-title").last()).toHaveText("What we are trying");
  await expect(story(page).locator(".story-title", { hasText: "Leverage point: Size of a release" })).toHaveCount(1);
  await expect(said(page)).toHaveText(/Story begun with \d+ steps/);

  await saved(page);
  await reload(page);
  const kept = await document(page);
  expect(kept.retrospectives).toMatchObject([{ when: "Friday", level: 9, why: "It is passed each week." }]);
  expect(kept.variables.find((one) => one.name === "Size of a release").leverage).toBe(9);
  expect(kept.experiments).toMatchObject([{ way: "fall", amount: "by half", ends: "2026-12-18", state: "running" }]);
  expect(kept.experiments[0].changes).toHaveLength(1);
  await canvas(page).focus();
  await page.keyboard.press("Shift+E");
  expect(await timeline(page)).toEqual(["14:02 Deployment began", "14:05 Alarm: payments fail"]);
});

test("by keyboard alone", async ({ page }) => {
  await open(page);
  await canvas(page).focus();
  await page.keyboard.press("Shift+E");
  await expect(panel(page)).toBeVisible();
  await button(page, "Start a retrospective").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("#retro-event")).toBeFocused();
  await page.keyboard.type("Payments were down");
  await page.keyboard.press("Enter");
  await expect(page.locator("#retro-event")).toBeFocused();
  for (let tab = 0; tab < 3; tab += 1) await page.keyboard.press("Tab");
  await expect(panel(page).locator("#retro-when-new")).toBeFocused();
  for (const [when, what] of [["1", "one"], ["2", "two"], ["3", "three"]]) {
    await page.keyboard.type(when);
    await page.keyboard.press("Tab");
    await page.keyboard.type(what);
    await page.keyboard.press("Enter");
    await expect(panel(page).locator("#retro-when-new")).toBeFocused();
  }
  await facts(page).getByRole("button", { name: "Move fact 3", exact: true }).focus();
  await page.keyboard.press("ArrowUp");
  await expect(said(page)).toHaveText("Fact: three: 2 of 3");
  await expect(facts(page).getByRole("button", { name: "Move fact 2", exact: true })).toBeFocused();
  expect(await timeline(page)).toEqual(["1 one", "3 three", "2 two"]);
  await facts(page).getByRole("button", { name: "Remove fact 2", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(facts(page).getByRole("button", { name: "Move fact 2", exact: true })).toBeFocused();
  await page.locator(".toast").getByRole("button", { name: "Undo", exact: true }).focus();
  await page.keyboard.press("Enter");
  expect(await timeline(page)).toEqual(["1 one", "3 three", "2 two"]);

  await head(page, 1).focus();
  await page.keyboard.press("Alt+PageDown");
  await expect(head(page, 2)).toBeFocused();
  await panel(page).locator("#retro-varied-new").focus();
  await page.keyboard.type("Queue");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Haste");
  // What was typed is added when somebody goes on.
  await page.keyboard.press("Alt+PageDown");
  await expect(head(page, 3)).toBeFocused();
  await button(page, "Put both on the canvas").focus();
  await page.keyboard.press("Enter");
  await panel(page).getByRole("button", { name: /^Queue/ }).focus();
  await page.keyboard.press("Enter");
  await causes(page).focus();
  await page.keyboard.type("Haste");
  await page.keyboard.press("Enter");
  await expect(said(page)).toHaveText("1 link added");
  await panel(page).getByRole("button", { name: /^Haste/ }).focus();
  await page.keyboard.press("Enter");
  await causes(page).focus();
  await page.keyboard.type("Queue");
  await page.keyboard.press("Enter");
  await panel(page).getByRole("button", { name: /^Haste/ }).focus();
  await page.keyboard.press("Alt+PageDown");
  await expect(head(page, 4)).toBeFocused();
  await expect(panel(page).locator(".loop-row")).toHaveCount(1);
  await page.keyboard.press("Alt+PageUp");
  await expect(head(page, 3)).toBeFocused();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Retrospective");
  await expect(page.getByRole("option").first()).toContainText("Retrospective");
});

test("facts are pasted, dragged, and each change is undone", async ({ page }) => {
  await open(page);
  await start(page);
  await panel(page).locator("#retro-what-new").evaluate((field) => {
    const data = new DataTransfer();
    data.setData("text/plain", "14:02 Deployment began\n- 14:05: Alarm\n\nNobody knew why");
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(facts(page).locator(".retro-line")).toHaveCount(3);
  expect(await timeline(page)).toEqual(["14:02 Deployment began", "14:05 Alarm", " Nobody knew why"]);
  await expect(said(page)).toHaveText("3 facts added");
  const handle = (number) => facts(page).getByRole("button", { name: `Move fact ${number}`, exact: true });
  await handle(1).scrollIntoViewIfNeeded();
  const [from, to] = [await handle(1).boundingBox(), await facts(page).locator(".retro-line").nth(2).boundingBox()];
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2, to.y + to.height - 2, { steps: 5 });
  await page.mouse.up();
  expect(await timeline(page)).toEqual(["14:05 Alarm", " Nobody knew why", "14:02 Deployment began"]);
  await undoButton(page).click();
  await undoButton(page).click();
  await expect(facts(page).locator(".retro-line")).toHaveCount(0);
});

test("what is gone is told, and comes back with undo", async ({ page }) => {
  await open(page);
  await withLoop(page);
  await step(page, 6);
  await panel(page).getByLabel("Choose the leverage point by its name").selectOption("Trust in tests");
  await step(page, 7);
  await button(page, "Write down an experiment").click();
  await page.keyboard.type("test first");
  await step(page, 6);
  await button(page, "Show").click();
  await canvas(page).focus();
  await page.keyboard.press("Delete");
  await expect(panel(page).getByText("What was chosen is gone from the diagram.")).toBeVisible();
  await step(page, 7);
  await expect(panel(page).getByText("Gone since it was written: 1 thing that it changes and what it should move.")).toBeVisible();
  await clean(page);
  await undoButton(page).click();
  await expect(panel(page).getByText(/Gone since/)).toHaveCount(0);
  await button(page, "Remove the retrospective unnamed").click();
  await expect(button(page, "Start a retrospective")).toBeVisible();
  // The experiment outlives its sheet.
  expect((await document(page)).experiments).toHaveLength(1);
  await page.locator(".toast").getByRole("button", { name: "Undo", exact: true }).click();
  await expect(head(page, 7)).toBeVisible();
});

test("the clock is started by hand and stops nothing", async ({ page }) => {
  await open(page);
  await start(page);
  await page.clock.install();
  const clock = panel(page).locator(".retro-clock");
  await expect(clock).toHaveText("Start the clock");
  await clock.click();
  await expect(clock).toHaveText("0 of 10 min");
  await page.clock.fastForward(3 * 60_000 + 500);
  await expect(clock).toHaveText("3 of 10 min");
  // It goes on while another panel is looked at.
  await page.getByRole("button", { name: "Outline" }).click();
  await page.clock.fastForward(9 * 60_000);
  await canvas(page).focus();
  await page.keyboard.press("Shift+E");
  await expect(clock).toHaveText("12 of 10 min");
  await expect(clock).toHaveAccessibleName("Clock: 12 of 10 minutes. Stop it");
  await clock.click();
  await expect(clock).toHaveText("Start the clock");
});

test("two people add facts, and lose none", async ({ context }) => {
  const page = await context.newPage();
  await open(page);
  await start(page);
  await addFact(page, "1", "mine");
  await saved(page);
  const other = await context.newPage();
  await open(other);
  await canvas(other).focus();
  await other.keyboard.press("Shift+E");
  const field = facts(page).getByLabel("What was seen, fact 1");
  await field.focus();
  await page.keyboard.press("End");
  await page.keyboard.type(", half typed");
  await addFact(other, "2", "theirs");
  await expect(facts(page).locator(".retro-line")).toHaveCount(2);
  await expect(field).toHaveValue("mine, half typed");
  await field.blur();
  await expect(facts(other).getByLabel("What was seen, fact 1")).toHaveValue("mine, half typed");
  expect(await timeline(page)).toEqual(await timeline(other));
});

test.describe("where less motion is asked for", () => {
  test.use({ reducedMotion: "reduce", contextOptions: { reducedMotion: "reduce" } });

  test("a sheet leads to a story that is presented", async ({ page }) => {
    await open(page);
    await withLoop(page);
    await step(page, 1);
    await panel(page).locator("#retro-event").fill("It happened");
    await addFact(page, "9:00", "Seen");
    await step(page, 8);
    await panel(page).getByRole("button", { name: /Begin a story from it/ }).click();
    await story(page).getByRole("button", { name: "Present", exact: true }).click();
    const stage = page.getByRole("region", { name: "Presentation", exact: true });
    await expect(stage.locator(".present-title")).toHaveText("It happened");
    await page.keyboard.press("ArrowRight");
    await expect(stage.locator(".present-title")).toHaveText("What happened");
    await expect(stage).toContainText("9:00 Seen");
    await page.keyboard.press("End");
    await expect(stage.locator(".present-title")).toHaveText("The whole");
  });
});

test.describe("by finger, on a phone", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });

  test("from the event to the story", async ({ page }) => {
    await open(page);
    await page.getByRole("button", { name: "File", exact: true }).tap();
    await page.getByRole("menuitem", { name: "Open a template" }).tap();
    await page.getByRole("dialog").getByRole("button", { name: /Start a retrospective/ }).tap();
    const add = (form) => panel(page).getByRole("form", { name: form }).getByRole("button").tap();
    await panel(page).locator("#retro-event").fill("Zahlungsdienstausfallbenachrichtigungsverfahrensfehler");
    await panel(page).locator("#retro-what-new").fill("14:02 بدأ النشر");
    await add("A further fact");
    expect(await timeline(page)).toEqual(["14:02 بدأ النشر"]);
    await clean(page);
    await panel(page).getByRole("button", { name: "Next: What varied" }).tap();
    for (const name of ["Donaudampfschifffahrtsgesellschaftskapitänsmütze", "الثقة"]) {
      await panel(page).locator("#retro-varied-new").fill(name);
      await add("What else varied");
    }
    await button(page, "Put both on the canvas").tap();
    await clean(page);
    await panel(page).getByRole("button", { name: "Next: Draw" }).tap();
    for (const [effect, cause] of [[/Donau/, "الثقة"], [/الثقة/, "donaudampfschifffahrtsgesellschaftskapitänsmütze"]]) {
      await panel(page).getByRole("button", { name: effect }).first().tap();
      await causes(page).fill(cause);
      await panel(page).getByRole("button", { name: "Link", exact: true }).tap();
    }
    await clean(page);
    await panel(page).getByRole("button", { name: "Next: Find the loops" }).tap();
    await expect(panel(page).locator(".loop-row")).toHaveCount(1);
    for (const number of [1, 2, 3, 5, 6, 7, 8]) {
      await head(page, number).tap();
      await expect(head(page, number)).toHaveAttribute("aria-expanded", "true");
      const wide = await panel(page).evaluate((side) => side.scrollWidth - side.clientWidth);
      expect(wide, `step ${number}`).toBe(0);
    }
    await panel(page).getByRole("button", { name: /Begin a story from it/ }).tap();
    await expect(story(page).locator(".story-title").first()).toHaveText("Zahlungsdienstausfallbenachrichtigungsverfahrensfehler");
  });
});
